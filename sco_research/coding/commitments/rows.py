"""Rows of the commitment frames: what a verdict looks like to a reader."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from sco_research.coding.commitments.analysis import CodedSentence
from sco_research.coding.commitments.attributes import (
    beneficiary_of,
    dates_of,
    instruments_of,
    money_of,
    organs_of,
    references_of,
)
from sco_research.coding.commitments.binding import Scheme
from sco_research.coding.commitments.sentence import SPEAKERS, Role, Sentence
from sco_research.coding.commitments.targets import Target, targets_of
from sco_research.coding.commitments.token_classes import (
    BEFORE_OBJECT,
    BEFORE_TARGET,
    COMMA,
    COMMA_TO,
    ENDS_DIRECTED,
    NOT_TO,
)
from sco_research.coding.commitments.verdicts import Verdict
from sco_research.text.document import Document

SPEECH_ACT_COLUMNS = (
    "document_id",
    "segment_id",
    "actor",
    "actor_role",
    "modal",
    "modal_carried",
    "verb",
    "speech_act",
    "addressee",
    "strict",
    "broad",
    "binding",
    "start",
    "end",
    "text",
)
COMMITMENT_COLUMNS = (
    *SPEECH_ACT_COLUMNS,
    "commitment_id",
    "binding_scheme",
    "target",
    "polarity",
    "beneficiary",
    "instruments",
    "dates",
    "money",
    "organs",
    "references",
    "obligation",
    "precision",
    "delegation",
    "themes",
)
SPEECH_ACTS = ("declarative", "directive", "commissive", "expressive", "assertive")
LIST_COLUMNS = ("instruments", "dates", "money", "organs", "references", "themes")
_TYPES: dict[str, type] = {
    "modal_carried": bool, "strict": bool, "broad": bool, "start": int, "end": int,
}  # fmt: skip

ThemeCoder = Callable[[Document], pd.DataFrame]
"""What codes the themes of a document: a frame with ``segment_id`` and ``category``."""


def framed(batches: Iterable[list[dict[str, object]]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Return rows, as they come, in a frame with every column and its type even without a row."""
    # Column by column, each with its type at once: half the time of rows first and types after,
    # and a long corpus need not keep its rows.
    values: dict[str, list[object]] = {column: [] for column in columns}
    for rows in batches:
        for column, held in values.items():
            held += [row[column] for row in rows]
    return pd.DataFrame({name: _column(name, held) for name, held in values.items()}, copy=False)


def _column(name: str, held: list[object]) -> np.ndarray | ExtensionArray:
    if name in LIST_COLUMNS:
        column = np.empty(len(held), dtype=object)
        column[:] = held
        return column
    if name in _TYPES:
        return np.array(held, dtype=_TYPES[name])
    return pd.array([str(value) for value in held], dtype="str")


def sentence_row(document: Document, coded: CodedSentence, scheme: Scheme) -> dict[str, object]:
    """Return what the speech-act frame says of a sentence."""
    sentence, verdict = coded.segment, coded.deciding
    text = document.text[sentence.start : sentence.end]
    return {
        "document_id": document.id,
        "segment_id": sentence.id,
        **_subject_and_verb(coded, verdict),
        "speech_act": coded.act,
        "addressee": _addressee(coded, verdict),
        "strict": coded.strict,
        "broad": coded.broad,
        "binding": scheme(coded.binding, sentence.text),
        "start": sentence.start,
        "end": sentence.end,
        "text": text,
    }


def commitment_rows(
    document: Document,
    coded: CodedSentence,
    scheme: Scheme,
    themes: dict[str, tuple[str, ...]],
) -> Iterator[dict[str, object]]:
    """Yield a row for each discrete commitment of a sentence."""
    number, status = 0, "out"
    anchor = coded.segment.id
    around = _named_in_sentence(coded)
    spans = coded.sentence.spans()
    for verdict in coded.verdicts:
        if verdict.status == "out":
            continue
        shared = _clause_row(coded, verdict, scheme, _clause_text(coded, spans, verdict))
        begin = max(verdict.predicate.start, coded.lead)
        for target in _targets(coded, verdict):
            again = not coded.sentence.lexicon.sets["resumed"].isdisjoint(
                coded.sentence.words[target.start :][1:2]
            )
            if again and status == verdict.status:
                continue  # "draft a plan and submit it": one target, two verbs
            number += 1
            status = verdict.status
            start, end = _raw_span(coded, spans, begin, target.end)
            first, last = _raw_span(coded, spans, max(target.start, coded.lead), target.end)
            yield {
                **shared,
                **around,
                "document_id": document.id,
                "segment_id": anchor,
                "start": start,
                "end": end,
                "text": document.text[start:end],
                "commitment_id": f"{anchor}.c{number}",
                "target": document.text[first:last],
                "themes": themes.get(anchor, ()),
            }


def _clause_row(
    coded: CodedSentence, verdict: Verdict, scheme: Scheme, clause: str
) -> dict[str, object]:
    """Return what all commitments of one clause share."""
    named = _named(clause, coded.sentence)
    level = scheme(verdict.binding, clause)
    return {
        **_subject_and_verb(coded, verdict),
        "speech_act": verdict.act,
        "addressee": _addressee(coded, verdict),
        "strict": verdict.status == "strict",
        "broad": True,
        "binding": level,
        "binding_scheme": scheme.name,
        "polarity": _polarity(coded, verdict),
        **named,
        "obligation": level,
        "precision": _yes(named["instruments"] or named["dates"] or named["money"]),
        "delegation": _yes(verdict.rule.startswith("R3")),
    }


def _polarity(coded: CodedSentence, verdict: Verdict) -> str:
    """Return "negative" of a promise not to do: "will not allow", "undertake not to be first"."""
    after = coded.sentence.tags[verdict.predicate.end : verdict.predicate.end + 2]
    return "negative" if verdict.predicate.negated or after == NOT_TO else "positive"


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _named(clause: str, sentence: Sentence) -> dict[str, object]:
    lexicon = sentence.lexicon
    heads = lexicon.sets["instrument_heads"]
    instruments = [] if heads.isdisjoint(sentence.words) else instruments_of(clause, lexicon)
    return {
        "beneficiary": beneficiary_of(clause, lexicon),
        "instruments": tuple(instruments),
        "dates": tuple(dates_of(clause, lexicon)),
        "money": tuple(money_of(clause, lexicon)),
    }


def _named_in_sentence(coded: CodedSentence) -> dict[str, object]:
    references = references_of(coded.segment.text, coded.sentence)
    return {
        "organs": tuple(organs_of(coded.sentence)),
        "references": tuple(references),
    }


def themes_of(document: Document, themes: ThemeCoder | None) -> dict[str, tuple[str, ...]]:
    """Return each sentence's themes by its anchor."""
    if themes is None:
        return {}
    frame = themes(document)
    return {
        str(segment): tuple(dict.fromkeys(map(str, categories)))
        for segment, categories in frame.groupby("segment_id", sort=False)["category"]
    }


Spans = tuple[tuple[int, int], ...]


def _raw_span(coded: CodedSentence, spans: Spans, start: int, end: int) -> tuple[int, int]:
    """Return the source's offsets of the tokens from start up to end."""
    return coded.segment.raw_span(*_span(spans, start, end))


def _clause_text(coded: CodedSentence, spans: Spans, verdict: Verdict) -> str:
    start = max(verdict.predicate.start, coded.lead)
    return coded.segment.text[slice(*_span(spans, start, verdict.predicate.stop))]


def _span(spans: Spans, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of the tokens from start up to end, of one at least."""
    end = min(max(end, start + 1), len(spans))
    start = min(start, end - 1)
    return spans[start][0], spans[end - 1][1]


def _targets(coded: CodedSentence, verdict: Verdict) -> list[Target]:
    sets = coded.sentence.lexicon.sets
    predicate = verdict.predicate
    begin = predicate.verb_at if predicate.modal in sets["modals_of_will"] else verdict.end
    if verdict.rule == "broad: lost lead-in":
        begin = predicate.start
    if predicate.passive and predicate.subject.role not in SPEAKERS:
        if coded.sentence.words[predicate.subject.end - 1] in sets["attention"]:
            # "attention will be given to …": what it is given to is the target.
            begin = predicate.end
            while begin < predicate.stop and coded.sentence.tags[begin] in BEFORE_TARGET:
                begin += 1
            if begin < predicate.stop:
                return targets_of(coded.sentence, begin, predicate.stop)
        return [Target(predicate.subject.start, max(predicate.subject.end, 1))]
    begin = max(begin, coded.lead)
    tags = coded.sentence.tags
    over = (
        tags.find(COMMA_TO, begin + 1, predicate.stop) if tags[begin : begin + 1] == COMMA else -1
    )
    if over > 0:
        begin = over  # "agree, within the framework of the plan, to share …"
    while begin < predicate.stop and tags[begin] in BEFORE_TARGET:
        begin += 1
    return targets_of(coded.sentence, begin, predicate.stop)


def words_of(coded: CodedSentence, start: int, end: int) -> str:
    """Return some words of a sentence as written."""
    return " ".join(coded.sentence.raw[start:end])


_ROLES = {Role.MEMBERS: "members", Role.IMPLIED: "implied", Role.ORGAN: "organ"}


def _subject_and_verb(coded: CodedSentence, verdict: Verdict | None) -> dict[str, object]:
    """Return who acts and by which words, as written; all empty where no verb counts."""
    if verdict is None:
        return {"actor": "", "actor_role": "", "modal": "", "modal_carried": False, "verb": ""}
    predicate, subject = verdict.predicate, verdict.predicate.subject
    written = coded.sentence.words[verdict.start : predicate.end]
    implied = subject.role is Role.IMPLIED
    return {
        "actor": "" if implied else words_of(coded, subject.start, subject.end),
        "actor_role": _ROLES.get(subject.role, "other"),
        "modal": predicate.modal,
        "modal_carried": bool(predicate.modal) and predicate.modal not in written,
        "verb": words_of(coded, verdict.start, max(verdict.end, predicate.end)),
    }


def _addressee(coded: CodedSentence, verdict: Verdict | None) -> str:
    """Return who is told to act: what stands between a directive verb and "to"."""
    if verdict is None or verdict.act != "directive":
        return ""
    predicate, tags = verdict.predicate, coded.sentence.tags
    if predicate.modal or predicate.passive:
        return words_of(coded, predicate.subject.start, predicate.subject.end)
    start = predicate.end
    while start < predicate.stop and tags[start] in BEFORE_OBJECT:
        start += 1
    end = start
    while end < predicate.stop and tags[end] not in ENDS_DIRECTED:
        end += 1
    return words_of(coded, start, end)
