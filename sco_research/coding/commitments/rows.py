"""Rows of the commitment frames: what a verdict looks like to a reader."""

from collections.abc import Callable, Iterable, Iterator
from typing import cast

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
from sco_research.frames import Column, Schema
from sco_research.text.document import Document

SPEECH_ACT_FRAME = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the sentence"),
    Column("actor", "str", "subject of the deciding verb as written; empty where it is implied"),
    Column("actor_role", "str", "members, organ, implied or other; empty where no verb counts"),
    Column("modal", "str", "modal verb, such as will"),
    Column("modal_carried", "bool", "whether the modal belongs to an earlier verb"),
    Column("verb", "str", "words that decide, as written"),
    Column("speech_act", "str", "declarative, directive, commissive, expressive or assertive"),
    Column("addressee", "str", "whom a directive names"),
    Column("strict", "bool", "whether it is a commitment in the strict reading"),
    Column("broad", "bool", "whether it is one in the broad reading, which includes the strict"),
    Column("binding", "str", "high, mid, low or none, by the binding scheme"),
    Column("start", "int", "first character in the document's text"),
    Column("end", "int", "character after the last"),
    Column("text", "str", "the sentence as the source has it"),
)
"""Speech acts, one row a sentence."""
COMMITMENT_FRAME = Schema(
    SPEECH_ACT_FRAME,
    Column("commitment_id", "str", "the sentence's anchor and a number"),
    Column("binding_scheme", "str", "kirton or g20rg"),
    Column("target", "str", "what is undertaken, as the source has it"),
    Column("polarity", "str", "positive or negative"),
    Column("beneficiary", "str", "for whom"),
    Column("instruments", "list", "treaties, programmes, strategies named in the clause"),
    Column("dates", "list", "dates and periods named in the clause"),
    Column("money", "list", "sums named in the clause"),
    Column("organs", "list", "organs of the organization named in the sentence"),
    Column("references", "list", "meetings and other organizations named in the sentence"),
    Column("obligation", "str", "binding level, as the first dimension of legalization"),
    Column("precision", "str", "yes where an instrument, a date or a sum is named, else no"),
    Column("delegation", "str", "yes where an own organ is entrusted, else no"),
    Column("themes", "list", "themes of the sentence, where a theme coder is given"),
)
"""Commitments, one row a target."""
SPEECH_ACTS = ("declarative", "directive", "commissive", "expressive", "assertive")
ThemeCoder = Callable[[Document], pd.DataFrame]
"""What codes the themes of a document: a frame with ``segment_id`` and ``category``."""


def framed(batches: Iterable[list[dict[str, object]]], schema: Schema) -> pd.DataFrame:
    """Return rows, as they come, in a frame with every column and its type even without a row."""
    # Column by column, each with its type at once: half the time of rows first and types after,
    # and a long corpus need not keep its rows.
    values: dict[str, list[object]] = {name: [] for name in schema}
    for rows in batches:
        for name, held in values.items():
            held += [row[name] for row in rows]
    typed = {column.name: _column(column, values[column.name]) for column in schema.columns}
    return pd.DataFrame(typed, copy=False)


def _column(column: Column, held: list[object]) -> np.ndarray | ExtensionArray:
    if column.kind == "list":
        lists = np.empty(len(held), dtype=object)
        for place, items in enumerate(held):
            lists[place] = list(cast("Iterable[str]", items))
        return lists
    if column.kind == "str":
        return pd.array([str(value) for value in held], dtype="str")
    return np.array(held, dtype=column.dtype)


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
