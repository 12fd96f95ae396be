"""Commitments and speech acts: every sentence judged, every commitment listed, each with its why.

The construct, the two readings and the rules R1 to R6 are those of the coding protocol in
``data/reference/commitments-protocol.md``; the words stand in ``data/codebooks/commitments.toml``.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from sco_research.coding.analysis import AUTOMATIC, Reading, family_of, readings_of
from sco_research.coding.attributes import (
    beneficiary_of,
    dates_of,
    instruments_of,
    money_of,
    organs_of,
    references_of,
)
from sco_research.coding.binding import Scheme, load_scheme
from sco_research.coding.grammar import SPEAKERS, Role
from sco_research.coding.lexicon import Lexicon, load_lexicon
from sco_research.coding.targets import Target, targets_of
from sco_research.coding.verdicts import Options, Verdict
from sco_research.errors import ParameterError
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import place_of

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
_TYPES: dict[str, type | str] = {"strict": bool, "broad": bool, "start": int, "end": int}
_SEPARATOR = "; "

ThemeCoder = Callable[[Document], pd.DataFrame]
"""What codes the themes of a document: a frame with ``segment_id`` and ``category``."""


def code_speech_acts(
    documents: Documents,
    *,
    codebook: str | Path | Lexicon = "commitments",
    organization: str = AUTOMATIC,
    binding_scheme: str = "kirton",
    scheme_file: str | Path | None = None,
    instructions: bool = True,
    universal: bool = True,
) -> pd.DataFrame:
    """Code every sentence: its speech act and whether it holds a commitment.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What to code; English only.
    codebook : str, pathlib.Path or Lexicon
        The bundled "commitments", or the path of one of your own.
    organization : str
        Whose declaration it is: a family of the codebook ("sco", "brics", "g20", "asean", "un",
        "generic"), or "auto" to take the one that the text names most.
    binding_scheme : str
        "kirton" or "g20rg".
    scheme_file : str or pathlib.Path, optional
        The word lists that "g20rg" needs; see `sco_research.coding.binding`.
    instructions : bool
        R3: whether instructions to the organization's own organs count as strict commitments.
    universal : bool
        Whether support for a process of a universal institution counts as a broad one.

    Returns
    -------
    pandas.DataFrame
        One row per sentence: ``document_id``, ``segment_id``, ``actor`` (subject of the deciding
        verb as written, a pronoun followed by whom it means), ``modal``, ``verb`` (the deciding
        verb as written), ``speech_act`` (Searle 1976), ``addressee``, ``strict``, ``broad``,
        ``binding`` ("high", "low", "none"), ``start``, ``end`` (characters;
        ``document.text[start:end]`` is ``text``), ``text``.

    Raises
    ------
    ParameterError
        Where a document is not in English or an option has no such value.
    CodebookError
        Where the codebook or the scheme's file is missing or faulty.

    References
    ----------
    Searle, J. R. (1976). A classification of illocutionary acts. *Language in Society* 5(1), 1-23.
    Kirton, J. J., Kokotsis, E., Guebert, J., & Bracht, C. (2020). *Compliance Coding Manual*.

    Examples
    --------
    >>> document = Document.from_text("The Parties will meet floods together.", id="note")
    >>> code_speech_acts(document)[["actor", "verb", "speech_act", "strict", "binding"]].values.tolist()
    [['The Parties', 'will meet', 'commissive', True, 'high']]
    """
    lexicon = load_lexicon(codebook)
    scheme = load_scheme(binding_scheme, scheme_file)
    options = Options(instructions=instructions, universal=universal)
    rows = [
        _sentence_row(document, reading, scheme)
        for document in documents_of(documents)
        for reading in readings_of(document, lexicon, organization=organization, options=options)
    ]
    return _framed(rows, SPEECH_ACT_COLUMNS)


def find_commitments(
    documents: Documents,
    *,
    codebook: str | Path | Lexicon = "commitments",
    organization: str = AUTOMATIC,
    binding_scheme: str = "kirton",
    scheme_file: str | Path | None = None,
    instructions: bool = True,
    universal: bool = True,
    themes: ThemeCoder | None = None,
) -> pd.DataFrame:
    """List the discrete commitments of documents, one for each target.

    Parameters
    ----------
    documents, codebook, organization, binding_scheme, scheme_file, instructions, universal
        As for `code_speech_acts`.
    themes : callable, optional
        What codes a document's themes, such as `sco_research.code_themes`; without it the column
        ``themes`` is empty.

    Returns
    -------
    pandas.DataFrame
        One row per discrete commitment, in reading order, broad ones included: the columns of
        `code_speech_acts`, here of the clause that undertakes it, and ``commitment_id`` (the
        sentence's anchor and a number), ``binding_scheme``, ``target`` (what is undertaken, as
        written), ``polarity`` ("positive", or "negative" for a promise not to do), ``beneficiary``,
        ``instruments``, ``dates``, ``money``, ``organs``, ``references`` (earlier meetings and
        other organizations), each joined by "; " and empty where there is none, ``obligation``
        (the binding level), ``precision`` and ``delegation`` (Abbott et al. 2000: whether an
        instrument, date or sum is named, and whether an organ is entrusted: "yes" or "no"), and
        ``themes`` (categories of the sentence, joined by "; ").

    Raises
    ------
    ParameterError, CodebookError
        As `code_speech_acts`.

    References
    ----------
    Abbott, K. W., Keohane, R. O., Moravcsik, A., Slaughter, A.-M., & Snidal, D. (2000). The concept
    of legalization. *International Organization* 54(3), 401-419.

    Examples
    --------
    >>> document = Document.from_text("We will open clinics and train nurses by 2030.", id="note")
    >>> find_commitments(document)[["commitment_id", "target", "dates"]].values.tolist()
    [['note:p1.s1.c1', 'open clinics', '2030'], ['note:p1.s1.c2', 'train nurses by 2030', '2030']]
    """
    lexicon = load_lexicon(codebook)
    scheme = load_scheme(binding_scheme, scheme_file)
    options = Options(instructions=instructions, universal=universal)
    rows: list[dict[str, object]] = []
    for document in documents_of(documents):
        found = _themes_of(document, themes)
        speaking = lexicon.speaking_as(family_of(document, lexicon, organization))
        for reading in readings_of(document, lexicon, organization=organization, options=options):
            if reading.broad:
                rows += _commitment_rows(document, reading, scheme, speaking, found)
    return _framed(rows, COMMITMENT_COLUMNS)


def explain(
    documents: Documents,
    segment_id: str,
    *,
    codebook: str | Path | Lexicon = "commitments",
    organization: str = AUTOMATIC,
) -> str:
    """Say why a sentence was coded as it was: the rule, the words, their class, and why not else.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        Where the sentence stands.
    segment_id : str
        Its anchor.
    codebook, organization
        As for `code_speech_acts`.

    Raises
    ------
    ParameterError
        Where no sentence has this anchor.

    Examples
    --------
    >>> document = Document.from_text("The Parties welcome the treaty.", id="note")
    >>> print(explain(document, "note:p1.s1"))
    ¶ 1, sentence 1: expressive; no commitment in either reading.
    - "The Parties welcome": expressive, out. no undertaking in the verb (class verbs.stance).
    """
    lexicon = load_lexicon(codebook)
    for document in documents_of(documents):
        for reading in readings_of(document, lexicon, organization=organization):
            if reading.sentence.id == segment_id:
                return "\n".join(_explained(reading))
    raise ParameterError(
        f"segment {segment_id!r}: no sentence has this id; take one from code_speech_acts"
    )


# -- rows


def _framed(rows: list[dict[str, object]], columns: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype({column: _TYPES.get(column, "str") for column in columns})


def _sentence_row(document: Document, reading: Reading, scheme: Scheme) -> dict[str, object]:
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


def _commitment_rows(
    document: Document,
    reading: Reading,
    scheme: Scheme,
    lexicon: Lexicon,
    themes: dict[str, str],
) -> Iterator[dict[str, object]]:
    number = 0
    sentence = reading.sentence
    spans = reading.tagged.spans
    around = _named_in_sentence(reading, lexicon)
    for verdict in reading.verdicts:
        if verdict.status == "out":
            continue
        clause = _clause_text(reading, verdict, spans)
        named = _named(clause) | around
        for target in _targets(reading, verdict):
            number += 1
            start, end = _raw_span(
                reading, spans, max(verdict.predicate.start, reading.lead), target.end
            )
            first, last = _raw_span(reading, spans, max(target.start, reading.lead), target.end)
            yield {
                "document_id": document.id,
                "segment_id": sentence.id,
                "actor": _actor(reading, verdict),
                "modal": verdict.predicate.modal,
                "verb": _verb(reading, verdict),
                "speech_act": verdict.act,
                "addressee": _addressee(reading, verdict),
                "strict": verdict.status == "strict",
                "broad": True,
                "binding": scheme(verdict.binding, clause),
                "start": start,
                "end": end,
                "text": document.text[start:end],
                "commitment_id": f"{sentence.id}.c{number}",
                "binding_scheme": scheme.name,
                "target": document.text[first:last],
                "polarity": "negative" if verdict.predicate.negated else "positive",
                **named,
                "obligation": scheme(verdict.binding, clause),
                "precision": _yes(named["instruments"] or named["dates"] or named["money"]),
                "delegation": _yes(verdict.rule.startswith("R3")),
                "themes": themes.get(sentence.id, ""),
            }


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _named(clause: str) -> dict[str, str]:
    return {
        "beneficiary": beneficiary_of(clause),
        "instruments": _SEPARATOR.join(instruments_of(clause)),
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


def _themes_of(document: Document, themes: ThemeCoder | None) -> dict[str, str]:
    if themes is None:
        return {}
    frame = themes(document)
    return {
        str(segment): _SEPARATOR.join(dict.fromkeys(map(str, categories)))
        for segment, categories in frame.groupby("segment_id", sort=False)["category"]
    }


def _raw_span(
    reading: Reading, spans: Sequence[tuple[int, int]], start: int, end: int
) -> tuple[int, int]:
    """Return the source's offsets of some words of a sentence."""
    end = min(max(end, start + 1), len(spans))
    start = min(start, end - 1)
    return reading.sentence.raw_span(spans[start][0], spans[end - 1][1])


def _clause_text(reading: Reading, verdict: Verdict, spans: Sequence[tuple[int, int]]) -> str:
    start = max(verdict.predicate.start, reading.lead)
    stop = max(verdict.predicate.stop, start + 1)
    return reading.sentence.text[spans[start][0] : spans[min(stop, len(spans)) - 1][1]]


def _targets(reading: Reading, verdict: Verdict) -> list[Target]:
    predicate = verdict.predicate
    begin = predicate.verb_at if predicate.modal in {"will", "shall"} else verdict.end
    if predicate.passive and predicate.subject.role not in SPEAKERS:
        return [Target(predicate.subject.start, max(predicate.subject.end, 1))]
    begin = max(begin, reading.lead)
    tags = reading.tagged.tags
    while begin < predicate.stop and tags[begin] in "TDPA,":
        begin += 1
    return targets_of(reading.tagged, begin, predicate.stop)


# -- words of a verdict


def _words(reading: Reading, start: int, end: int) -> str:
    return " ".join(reading.tagged.raw[start:end])


def _actor(reading: Reading, verdict: Verdict | None) -> str:
    if verdict is None:
        return "[unstated]"
    subject = verdict.predicate.subject
    if subject.role is Role.IMPLIED:
        return "[members, implied]"
    words = _words(reading, subject.start, subject.end)
    return f"{words} [{subject.role.value}]" if subject.pronoun else words


def _verb(reading: Reading, verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    predicate = verdict.predicate
    words = _words(reading, verdict.start, max(verdict.end, predicate.end))
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
        return _words(reading, predicate.subject.start, predicate.subject.end)
    start = predicate.end
    while start < predicate.stop and tags[start] in "PAD":
        start += 1
    end = start
    while end < predicate.stop and tags[end] not in "T,;:H-":
        end += 1
    return _words(reading, start, end)


def _explained(reading: Reading) -> Iterator[str]:
    status = (
        "a strict commitment"
        if reading.strict
        else "a broad commitment only"
        if reading.broad
        else "no commitment in either reading"
    )
    level = f", binding {reading.binding}" if reading.broad else ""
    yield f"{place_of(reading.sentence.id)}: {reading.act}; {status}{level}."
    if reading.lead:
        yield "- It is an item of a list: its lead-in is read before it."
    if not reading.verdicts:
        yield "- No finite verb of a main clause was found: a bare statement or a fragment."
    for verdict in reading.verdicts:
        subject = verdict.predicate.subject
        start = subject.start if subject.end > subject.start else verdict.start
        words = _words(reading, min(start, verdict.start), max(verdict.end, verdict.predicate.end))
        word_class = f" (class {verdict.word_class})" if verdict.word_class else ""
        rule = f"{verdict.rule}; " if verdict.status != "out" else ""
        yield f'- "{words}": {verdict.act}, {verdict.status}. {rule}{verdict.why}{word_class}.'
