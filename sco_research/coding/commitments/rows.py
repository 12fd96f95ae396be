"""Rows of the frames of speech acts and undertakings: what a verdict looks like to a reader."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple, cast

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from sco_research.coding.commitments.action_words import is_infinitive, only_goes_on, over_adverbs
from sco_research.coding.commitments.analysis import CodedSentence
from sco_research.coding.commitments.attributes import (
    beneficiary_of,
    dates_of,
    money_of,
    reference_spans,
)
from sco_research.coding.commitments.binding import Scheme
from sco_research.coding.commitments.names import (
    Span,
    bodies_among,
    instrument_spans,
    is_large,
    longest,
    organ_spans,
    without_short_forms,
    written,
)
from sco_research.coding.commitments.objects import objects_of
from sco_research.coding.commitments.sentence import Role, Sentence, Subject
from sco_research.coding.commitments.token_classes import (
    BEFORE_OBJECT,
    COLON_OR_DASH,
    DETERMINER,
    ENDS_DIRECTED,
    GERUND,
    LEAD_IN_SIGN,
    MEMBERS,
    NOT_TO,
    NOUN_OR_MEMBERS,
    TO,
)
from sco_research.coding.commitments.undertakings import Undertaking, undertakings_of
from sco_research.coding.commitments.verb_phrases import phrase_end
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
UNDERTAKINGS = Schema(
    Column("document_id", "str", "the document"),
    Column("segment_id", "str", "the sentence"),
    Column("undertaking_id", "str", "the sentence's anchor and a number"),
    Column("actor", "str", "who undertakes it, as written; empty where it is implied"),
    Column("actor_role", "str", "members, organ, implied or other"),
    Column("modal", "str", "modal verb, such as will"),
    Column("modal_carried", "bool", "whether the modal belongs to an earlier verb"),
    Column("verb", "str", "words that undertake, as written"),
    Column("target", "str", "what is undertaken, as the source has it, purpose and all"),
    Column("clean_target", "str", "the target as it is read: faults mended, page matter off"),
    Column("objects", "list", "what the one action lists"),
    Column("polarity", "str", "positive or negative"),
    Column("addressee", "str", "whom a directive names"),
    Column("beneficiary", "str", "for whom"),
    Column("speech_act", "str", "commissive, directive, expressive or assertive"),
    Column("strict", "bool", "whether it counts in the strict reading"),
    Column("broad", "bool", "whether it counts in the broad reading, which includes the strict"),
    Column("binding", "str", "high, mid or low, by the binding scheme"),
    Column("binding_scheme", "str", "kirton or g20rg"),
    Column("instruments", "list", "treaties, programmes and strategies that it names"),
    Column("dates", "list", "dates and periods that it names, or that its clause opens with"),
    Column("money", "list", "sums that it names"),
    Column("organs", "list", "organs of the organization that its clause names"),
    Column("references", "list", "meetings and other organizations that its clause names"),
    Column("obligation", "str", "binding level, as the first dimension of legalization"),
    Column("precision", "bool", "whether it names an instrument, a date or a sum"),
    Column("organ_entrusted", "bool", "whether an organ of the organization's own is to do it"),
    Column("themes", "list", "themes of its own words, where a theme coder is given"),
    Column("start", "int", "first character of the target in the document's text"),
    Column("end", "int", "character after its last"),
    Column("text", "str", "the sentence as the source has it"),
)
"""Undertakings, one row an action."""
SPEECH_ACTS = ("declarative", "directive", "commissive", "expressive", "assertive")
ThemeCoder = Callable[[Document], pd.DataFrame]
"""What codes the themes of a document: a frame with ``segment_id``,
``category``, ``start`` and ``end``."""


ThemeSpans = Mapping[str, Sequence[tuple[int, int, str]]]
"""By sentence, where each theme's words stand."""
Spans = tuple[tuple[int, int], ...]
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"))
_NEAR = 2
_MAX_COPIED = 100_000_000
_TIME_OF_NAME = re.compile(
    r"\b(?:for|until|till|through|in) (?=\w* ?\d).*?\d{4}(?:\s?[-–/]\s?\d{2,4})?"
)


def framed(batches: Iterable[list[dict[str, object]]], schema: Schema) -> pd.DataFrame:
    """Return rows, as they come, in a frame with every column and its type even without a row."""
    # Column by column, each with its type at once: half the time of rows first and types after,
    # and a long corpus need not keep its rows.
    values: dict[str, list[object]] = {name: [] for name in schema}
    of_names = [(held, itemgetter(name)) for name, held in values.items()]
    for rows in batches:
        for held, value in of_names:
            held += map(value, rows)
    typed = {column.name: _column(column, values[column.name]) for column in schema.columns}
    return pd.DataFrame(typed, copy=False)


def _column(column: Column, held: list[object]) -> np.ndarray | ExtensionArray:
    if column.kind == "list":
        lists = map(list, cast("list[Iterable[str]]", held))
        return np.fromiter(lists, dtype=object, count=len(held))
    if column.kind == "str":
        texts = [str(value) for value in held]
        # Arrow copies every text, and a sentence without end stands in the row of each of its
        # undertakings: such a column refers to its texts.
        array = np.array(texts, dtype=object)
        if sum(map(len, texts)) > _MAX_COPIED:
            return pd.array(array, dtype=pd.StringDtype("python", na_value=np.nan))
        return pd.array(array, dtype="str")
    return np.array(held, dtype=column.dtype)


def sentence_row(document: Document, coded: CodedSentence, scheme: Scheme) -> dict[str, object]:
    """Return what the speech-act frame says of a sentence."""
    sentence, verdict = coded.segment, coded.deciding
    text = document.text[sentence.start : sentence.end]
    return {
        "document_id": document.id,
        "segment_id": sentence.id,
        **_subject_and_verb(coded, verdict),
        "verb": _verb_phrase(coded, verdict),
        "speech_act": coded.act,
        "addressee": _addressee(coded, verdict),
        "strict": coded.strict,
        "broad": coded.broad,
        "binding": scheme(coded.binding, sentence.text),
        "start": sentence.start,
        "end": sentence.end,
        "text": text,
    }


def undertaking_rows(
    document: Document, coded: CodedSentence, scheme: Scheme, themes: ThemeSpans
) -> Iterator[dict[str, object]]:
    """Yield a row for each undertaking of a sentence."""
    segment, sentence = coded.segment, coded.sentence
    found = undertakings_of(sentence, coded.verdicts, coded.lead)
    if not found:
        return
    spans = sentence.spans()
    names = _names(sentence, coded.lead)
    text = document.text[segment.start : segment.end]
    clause = coded.lead
    lead = _lead_names(coded)
    for number, one in enumerate(found, 1):
        own = span_of(coded, one, spans)
        start, end = segment.raw_span(*own)
        words = segment.text[slice(*own)]
        opened = segment.text[slice(*_span(spans, clause, one.end))]
        objects = (_span(spans, *piece) for piece in objects_of(sentence, one, names.instruments))
        yield {
            **_undertaken_by(coded, one),
            **_status(coded, one, scheme, opened),
            **_named(coded, one, names, spans, Passage(clause, words, opened), lead),
            "document_id": document.id,
            "segment_id": segment.id,
            "undertaking_id": f"{segment.id}.u{number}",
            "target": document.text[start:end],
            "clean_target": words,
            "objects": [" ".join(segment.text[slice(*piece)].split()) for piece in objects],
            "themes": _themes_within(themes.get(segment.id, ()), start, end),
            "start": start,
            "end": end,
            "text": text,
        }
        clause = one.end


class Names(NamedTuple):
    """What a sentence names, by its tokens."""

    instruments: list[Span]
    organs: list[Span]
    references: list[Span]


def _names(sentence: Sentence, begin: int) -> Names:
    """Return what a sentence names from a token on; of names in each other the longest counts."""
    instruments = instrument_spans(sentence, begin)
    references = longest(reference_spans(sentence, begin), instruments)
    organs = longest(organ_spans(sentence, begin), [*instruments, *references])
    bodies = bodies_among(sentence, instruments)
    instruments = [span for span in instruments if span not in bodies]
    organs = sorted([*organs, *bodies])
    return Names(instruments, organs, longest(references, organs))


class LeadNames(NamedTuple):
    """What a lead-in names, as written: what every item's clause opens with."""

    dates: list[str]
    organs: list[str]
    references: list[str]


_NO_LEAD = LeadNames([], [], [])


def _lead_names(coded: CodedSentence) -> LeadNames:
    """Return what the lead-in of an item names: "By 2040, we will: – …" dates its items."""
    lead = coded.sentence.lead
    if lead is None:
        return _NO_LEAD
    names, spans = _names(lead, 0), lead.spans()
    titles = written(lead, names.instruments, spans)
    return LeadNames(
        dates_of(_without_titles(lead.text, titles), lead.lexicon),
        written(lead, names.organs, spans),
        written(lead, names.references, spans),
    )


class Passage(NamedTuple):
    """The text of an undertaking, and that with what its clause opens with, from a token on."""

    clause: int
    own: str
    opened: str


def _status(
    coded: CodedSentence, one: Undertaking, scheme: Scheme, clause: str
) -> dict[str, object]:
    """Return how an undertaking counts, by the verb that undertakes it and what is to be done."""
    verdict = one.verdict
    level = scheme("low" if _goes_on(coded.sentence, one) else verdict.binding, clause)
    strict = verdict.status == "strict"
    return {
        "speech_act": verdict.act,
        "addressee": _addressee(coded, verdict),
        "strict": strict,
        "broad": True,
        "binding": level,
        "binding_scheme": scheme.name,
        "obligation": level,
        "polarity": _polarity(coded, verdict),
        "organ_entrusted": strict and verdict.act == "directive" and _names_organ(coded, verdict),
    }


def _goes_on(sentence: Sentence, one: Undertaking) -> bool:
    """Return whether a coordinated action only goes on: "commit to build … and to continue …"."""
    at = over_adverbs(sentence, one.start + (sentence.tags[one.start] == TO), one.end)
    return one.verdict.binding == "high" and at < one.end and only_goes_on(sentence, at)


def _named(
    coded: CodedSentence,
    one: Undertaking,
    names: Names,
    spans: Spans,
    passage: Passage,
    lead: LeadNames,
) -> dict[str, object]:
    """Return what an undertaking names; dates and organs also in what its clause opens with."""
    sentence = coded.sentence
    lexicon = sentence.lexicon

    def within(found: list[Span], begin: int) -> list[str]:
        inside = [span for span in found if begin <= span[0] and span[1] <= one.end]
        return without_short_forms(written(sentence, inside, spans))

    # "continue these efforts": what they are stands before it in the sentence
    begin = passage.clause if _takes_up(sentence, one) else max(one.start, passage.clause)
    instruments = within(names.instruments, begin)
    titles = [written(sentence, [span], spans)[0] for span in names.instruments]
    dates = _each_once(lead.dates, dates_of(_without_titles(passage.opened, titles), lexicon))
    money = money_of(passage.own, lexicon)
    return {
        "beneficiary": beneficiary_of(passage.own, lexicon),
        "instruments": instruments,
        "dates": dates,
        "money": money,
        "organs": _each_once(lead.organs, within(names.organs, passage.clause)),
        "references": _each_once(lead.references, within(names.references, passage.clause)),
        "precision": bool(instruments or dates or money),
    }


def _each_once(first: list[str], then: list[str]) -> list[str]:
    return list(dict.fromkeys([*first, *then])) if first else then


def _without_titles(text: str, names: Iterable[str]) -> str:
    """Return a passage without the names in it: "2050" of "the 2050 Strategy" is no date.

    What a name says of its time stays: "the Strategy until 2040", "the Plan for 2011-2016".
    """
    line = " ".join(text.split())
    for name in sorted(names, key=len, reverse=True):
        line = line.replace(name, " ; ".join(["", *_TIME_OF_NAME.findall(name), ""]))
    return line


def _takes_up(sentence: Sentence, one: Undertaking) -> bool:
    """Return whether the object is what was named before: "continue these efforts"."""
    resumed = sentence.lexicon.sets["resumed_by_targets"]
    return not resumed.isdisjoint(sentence.words[one.object_at : one.object_at + 1])


def span_of(coded: CodedSentence, one: Undertaking, spans: Spans) -> tuple[int, int]:
    """Return where an undertaking stands in its sentence, in characters."""
    return _closed(coded.segment.text, *_span(spans, max(one.start, coded.lead), one.end))


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the quotation mark or bracket that closes what opens in it."""
    for opening, closing in _PAIRS:
        span = text[start:end]
        if span.count(opening) > span.count(closing):
            last = text.find(closing, end)
            if 0 <= last <= end + _NEAR and not text[end:last].strip(".,;"):
                end = last + 1
    return start, end


def _polarity(coded: CodedSentence, verdict: Verdict) -> str:
    """Return "negative" of a promise not to do: "will not allow", "undertake not to be first"."""
    after = coded.sentence.tags[verdict.predicate.end : verdict.predicate.end + 2]
    return "negative" if verdict.predicate.negated or after == NOT_TO else "positive"


def themes_of(document: Document, themes: ThemeCoder | None) -> ThemeSpans:
    """Return the themes of each sentence with their place, by its anchor."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    if themes is None:
        return {}
    frame = themes(document)
    columns = (frame[name] for name in ("segment_id", "start", "end", "category"))
    for segment, start, end, category in zip(*columns, strict=True):
        found.setdefault(str(segment), []).append((int(start), int(end), str(category)))
    return found


def _themes_within(hits: Iterable[tuple[int, int, str]], start: int, end: int) -> list[str]:
    """Return the themes whose words stand in a span."""
    inside = (category for first, last, category in hits if start <= first and last <= end)
    return list(dict.fromkeys(inside))


def _span(spans: Spans, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of the tokens from start up to end, of one at least."""
    end = min(max(end, start + 1), len(spans))
    start = min(start, end - 1)
    return spans[start][0], spans[end - 1][1]


def words_of(coded: CodedSentence, start: int, end: int) -> str:
    """Return some words of a sentence as written, without the signs that open a list."""
    sentence = coded.sentence
    words = zip(sentence.raw[start:end], sentence.tags[start:end], strict=True)
    said = " ".join(word for word, sign in words if sign not in COLON_OR_DASH)
    return said.replace(" ,", ",").replace(" ;", ";")


_LEAD_IN_SIGNS = "".join(LEAD_IN_SIGN)
# Who can undertake; of others it is said what will happen to them.
_ACTORS = frozenset({Role.MEMBERS, Role.IMPLIED, Role.ORGAN, Role.PARTY, Role.SUBSET})
_ROLES = {Role.MEMBERS: "members", Role.IMPLIED: "implied", Role.ORGAN: "organ"}


def _undertaken_by(coded: CodedSentence, one: Undertaking) -> dict[str, object]:
    """Return who undertakes an action; where a thing is the subject, it is the members.

    "A centre will be founded", "the crisis requires joint action by the Parties".
    """
    predicate = one.verdict.predicate
    found = _subject_and_verb(coded, one.verdict)
    role = predicate.subject.role
    # "The Parties are convinced of the need" is no passive: they are who is convinced.
    spoken_of = role is Role.MEMBERS and not predicate.modal
    acted_on = predicate.passive and one.verdict.act != "directive" and not spoken_of
    if acted_on or role not in _ACTORS or _is_piece_of_name(coded.sentence, predicate.subject):
        found |= {"actor": _doer(coded, one), "actor_role": "implied"}
        if found["actor"]:
            found["actor_role"] = "members"
    if others := _what_others_do(coded, one.verdict):
        return found | {"verb": f"{found['verb']} {others}"}
    if predicate.modal and one.start >= predicate.end:
        # "will open … and train …": the modal is the first verb's
        found |= {"modal_carried": True, "verb": words_of(coded, one.start, one.object_at)}
    return found


def _what_others_do(coded: CodedSentence, verdict: Verdict) -> str:
    """Return the words of a lead-in by which others do what its items say: "support cities to".

    "We call on the Council to support cities to: – train nurses" has the Council support, and the
    cities train. Empty where who undertakes, or is told, does so himself.
    """
    sentence, predicate = coded.sentence, verdict.predicate
    end = len(sentence.tags[: coded.lead].rstrip(_LEAD_IN_SIGNS))
    start = max(verdict.end, predicate.end)
    open_ended = sentence.tags[end - 1 : end] == TO and end - 2 >= start
    if not open_ended or sentence.tags[end - 2] not in NOUN_OR_MEMBERS:
        return ""
    lower = [
        at
        for at in range(start, end - 2)
        if sentence.tags[at] == TO and is_infinitive(sentence, at + 1, end)
    ]
    joint = predicate.verb in sentence.lexicon.sets["joint_verbs"]
    if not lower and (verdict.act == "directive" or joint):
        return ""  # "We call on the Council to:", "We will work with the Council to:"
    first = max(lower, default=start)
    return ("… " if first > start else "") + words_of(coded, first, end)


def _is_piece_of_name(sentence: Sentence, subject: Subject) -> bool:
    """Return whether a subject is the end of another's name: "Agriculture Organization"."""
    last = subject.end - 1
    return sentence.words[last] in sentence.lexicon.sets["organization"] and any(
        is_large(sentence, at) and sentence.words[at] not in sentence.lexicon.own_names
        for at in range(subject.start, last)
    )


def _doer(coded: CodedSentence, one: Undertaking) -> str:
    """Return the members where they are named as doers: "by the member states"."""
    sentence = coded.sentence
    for at in range(one.start, one.end):
        if sentence.words[at] != "by":
            continue
        end = at + 1
        while end < one.end and sentence.tags[end] in {DETERMINER, MEMBERS}:
            end += 1
        if sentence.tags[end - 1] == MEMBERS:
            return words_of(coded, at + 1, end)
    return ""


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


def _verb_phrase(coded: CodedSentence, verdict: Verdict | None) -> str:
    """Return the words of the deciding verb, whole: "look forward to", "remain committed"."""
    if verdict is None:
        return ""
    end = max(verdict.end, phrase_end(coded.sentence, verdict.predicate))
    return words_of(coded, verdict.start, end)


def _names_organ(coded: CodedSentence, verdict: Verdict) -> bool:
    """Return whether who is told to act is named: not "relevant ministers", nor nobody at all."""
    lexicon = coded.sentence.lexicon
    raw = [word.strip(",") for word in _addressee(coded, verdict).split()]
    words = [word.lower() for word in raw]
    unnamed = lexicon.sets["unnamed_holders"]
    named = [word for word, lowered in zip(raw, words, strict=True) if lowered not in unnamed]
    return any(word[:1].isupper() for word in named) or (
        bool(named) and not lexicon.organ_words.isdisjoint(words)
    )


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
    words = coded.sentence.words
    readings = coded.sentence.lexicon.verbs.get(predicate.verb, ())
    instructs = any(one.reading == "instruction" for _, one in readings)
    while end < predicate.stop and tags[end] not in ENDS_DIRECTED:
        if words[end] == "with" and (instructs or tags[end + 1 : end + 2] == GERUND):
            break  # "task the ministers with the draft"
        end += 1
    return words_of(coded, start, end)
