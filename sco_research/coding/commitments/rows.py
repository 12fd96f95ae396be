"""Rows of the commitment frames: what a verdict looks like to a reader."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pandas as pd

from sco_research.coding.commitments.analysis import Reading
from sco_research.coding.commitments.attributes import (
    INSTRUMENT_HEADS,
    beneficiary_of,
    dates_of,
    instruments_of,
    money_of,
    organs_of,
    references_of,
)
from sco_research.coding.commitments.binding import Scheme
from sco_research.coding.commitments.grammar import SPEAKERS, Role
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.targets import Target, targets_of
from sco_research.coding.commitments.verdicts import Verdict
from sco_research.text.document import Document

SPEECH_ACT_COLUMNS = (
    "document_id",
    "segment_id",
    "actor",
    "modal",
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
_TYPES: dict[str, type[bool] | type[int]] = {
    "strict": bool, "broad": bool, "start": int, "end": int,
}  # fmt: skip
_SEPARATOR = "; "

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
    return pd.DataFrame(
        {
            column: np.array(held, dtype=_TYPES[column])
            if column in _TYPES
            else pd.array([str(value) for value in held], dtype="str")
            for column, held in values.items()
        },
        copy=False,
    )


def sentence_row(document: Document, reading: Reading, scheme: Scheme) -> dict[str, object]:
    """Return what the speech-act frame says of a sentence."""
    sentence, verdict = reading.sentence, reading.deciding
    text = document.text[sentence.start : sentence.end]
    return {
        "document_id": document.id,
        "segment_id": sentence.id,
        "actor": _actor(reading, verdict),
        "modal": verdict.predicate.modal if verdict else "",
        "verb": _verb(reading, verdict),
        "speech_act": reading.act,
        "addressee": _addressee(reading, verdict),
        "strict": reading.strict,
        "broad": reading.broad,
        "binding": scheme(reading.binding, sentence.text),
        "start": sentence.start,
        "end": sentence.end,
        "text": text,
    }


_PRONOUNS = frozenset({"it", "them"})


def commitment_rows(
    document: Document,
    reading: Reading,
    scheme: Scheme,
    lexicon: Lexicon,
    themes: dict[str, str],
) -> Iterator[dict[str, object]]:
    """Yield a row for each discrete commitment of a sentence."""
    number, status = 0, "out"
    anchor = reading.sentence.id
    around = _named_in_sentence(reading, lexicon)
    for verdict in reading.verdicts:
        if verdict.status == "out":
            continue
        shared = _clause_row(reading, verdict, scheme, _clause_text(reading, verdict))
        begin = max(verdict.predicate.start, reading.lead)
        for target in _targets(reading, verdict):
            again = not _PRONOUNS.isdisjoint(reading.tagged.words[target.start :][1:2])
            if again and status == verdict.status:
                continue  # "draft a plan and submit it": one target, two verbs
            number += 1
            status = verdict.status
            start, end = _raw_span(reading, begin, target.end)
            first, last = _raw_span(reading, max(target.start, reading.lead), target.end)
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
                "themes": themes.get(anchor, ""),
            }


def _clause_row(
    reading: Reading, verdict: Verdict, scheme: Scheme, clause: str
) -> dict[str, object]:
    """Return what all commitments of one clause share."""
    named = _named(clause, reading.tagged.words)
    level = scheme(verdict.binding, clause)
    return {
        "actor": _actor(reading, verdict),
        "modal": verdict.predicate.modal,
        "verb": _verb(reading, verdict),
        "speech_act": verdict.act,
        "addressee": _addressee(reading, verdict),
        "strict": verdict.status == "strict",
        "broad": True,
        "binding": level,
        "binding_scheme": scheme.name,
        "polarity": _polarity(reading, verdict),
        **named,
        "obligation": level,
        "precision": _yes(named["instruments"] or named["dates"] or named["money"]),
        "delegation": _yes(verdict.rule.startswith("R3")),
    }


def _polarity(reading: Reading, verdict: Verdict) -> str:
    """Tell a promise not to do: "will not allow", "undertake not to be the first"."""
    after = reading.tagged.tags[verdict.predicate.end : verdict.predicate.end + 2]
    return "negative" if verdict.predicate.negated or after == "NT" else "positive"


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _named(clause: str, words: tuple[str, ...]) -> dict[str, str]:
    instruments = [] if INSTRUMENT_HEADS.isdisjoint(words) else instruments_of(clause)
    return {
        "beneficiary": beneficiary_of(clause),
        "instruments": _SEPARATOR.join(instruments),
        "dates": _SEPARATOR.join(dates_of(clause)),
        "money": _SEPARATOR.join(money_of(clause)),
    }


def _named_in_sentence(reading: Reading, lexicon: Lexicon) -> dict[str, str]:
    tagged = reading.tagged
    references = references_of(reading.sentence.text, tagged, lexicon.foreign_words)
    return {
        "organs": _SEPARATOR.join(organs_of(tagged, lexicon)),
        "references": _SEPARATOR.join(references),
    }


def themes_of(document: Document, themes: ThemeCoder | None) -> dict[str, str]:
    """Return each sentence's themes, joined, by its anchor."""
    if themes is None:
        return {}
    frame = themes(document)
    return {
        str(segment): _SEPARATOR.join(dict.fromkeys(map(str, categories)))
        for segment, categories in frame.groupby("segment_id", sort=False)["category"]
    }


def _raw_span(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Return the source's offsets of some words of a sentence."""
    end = min(max(end, start + 1), len(reading.tagged.tags))
    start = min(start, end - 1)
    return reading.sentence.raw_span(*reading.tagged.span(start, end))


def _clause_text(reading: Reading, verdict: Verdict) -> str:
    start = max(verdict.predicate.start, reading.lead)
    stop = min(max(verdict.predicate.stop, start + 1), len(reading.tagged.tags))
    return reading.sentence.text[slice(*reading.tagged.span(start, stop))]


_ATTENTION = frozenset({"attention", "emphasis", "priority", "consideration", "focus"})


def _targets(reading: Reading, verdict: Verdict) -> list[Target]:
    predicate = verdict.predicate
    begin = predicate.verb_at if predicate.modal in {"will", "shall"} else verdict.end
    if verdict.rule == "broad: lost lead-in":
        begin = predicate.start
    if predicate.passive and predicate.subject.role not in SPEAKERS:
        if reading.tagged.words[predicate.subject.end - 1] in _ATTENTION:
            # "attention will be given to …": what it is given to is the target.
            begin = predicate.end
            while begin < predicate.stop and reading.tagged.tags[begin] in "TDPA,":
                begin += 1
            if begin < predicate.stop:
                return targets_of(reading.tagged, begin, predicate.stop)
        return [Target(predicate.subject.start, max(predicate.subject.end, 1))]
    begin = max(begin, reading.lead)
    tags = reading.tagged.tags
    over = tags.find(",T", begin + 1, predicate.stop) if tags[begin : begin + 1] == "," else -1
    if over > 0:
        begin = over  # "agree, within the framework of the plan, to share …"
    while begin < predicate.stop and tags[begin] in "TDPA,":
        begin += 1
    return targets_of(reading.tagged, begin, predicate.stop)


def words_of(reading: Reading, start: int, end: int) -> str:
    """Return some words of a sentence as written."""
    return " ".join(reading.tagged.raw[start:end])


def _actor(reading: Reading, verdict: Verdict | None) -> str:
    if verdict is None:
        return "[unstated]"
    subject = verdict.predicate.subject
    if subject.role is Role.IMPLIED:
        return "[members, implied]"
    words = words_of(reading, subject.start, subject.end)
    return f"{words} [{subject.role.value}]" if subject.pronoun else words


def _verb(reading: Reading, verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    predicate = verdict.predicate
    words = words_of(reading, verdict.start, max(verdict.end, predicate.end))
    carried = (
        predicate.modal
        and predicate.modal not in reading.tagged.words[verdict.start : predicate.end]
    )
    return f"[{predicate.modal}] {words}" if carried else words


def _addressee(reading: Reading, verdict: Verdict | None) -> str:
    """Return who is told to act: what stands between a directive verb and "to"."""
    if verdict is None or verdict.act != "directive":
        return ""
    predicate, tags = verdict.predicate, reading.tagged.tags
    if predicate.modal or predicate.passive:
        return words_of(reading, predicate.subject.start, predicate.subject.end)
    start = predicate.end
    while start < predicate.stop and tags[start] in "PAD":
        start += 1
    end = start
    while end < predicate.stop and tags[end] not in "T,;:H-":
        end += 1
    return words_of(reading, start, end)
