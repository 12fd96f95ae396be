"""Commitments and speech acts: every sentence judged, every commitment listed, each with its why.

The construct, the two readings and the rules R1 to R6 are those of the coding protocol in
``data/reference/commitments-protocol.md``; the words stand in ``data/codebooks/commitments.toml``.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from functools import partial
from itertools import islice
from pathlib import Path

import pandas as pd

from sco_research.coding.commitments.analysis import CodedSentence, coded_sentences, rules_for
from sco_research.coding.commitments.binding import Scheme, kirton, load_scheme
from sco_research.coding.commitments.judge import rules_that_hold
from sco_research.coding.commitments.lexicon import Lexicon, load_lexicon
from sco_research.coding.commitments.options import DEFAULT, CommitmentOptions
from sco_research.coding.commitments.reservations import reservations_of
from sco_research.coding.commitments.rows import (
    SPEECH_ACT_FRAME,
    UNDERTAKINGS,
    ThemeCoder,
    framed,
    sentence_row,
    span_of,
    themes_of,
    undertaking_rows,
    words_of,
)
from sco_research.coding.commitments.rules import RuleRow, RuleTable
from sco_research.coding.commitments.undertakings import undertakings_of
from sco_research.coding.commitments.verdicts import Verdict
from sco_research.errors import ParameterError
from sco_research.parallel import map_documents
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import anchor_label, segments_of

Codebook = str | Path | Lexicon | None


def code_speech_acts(
    documents: Documents,
    *,
    codebook: Codebook = None,
    options: CommitmentOptions = DEFAULT,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Code every sentence: its speech act and whether it holds a commitment.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What to code; English only.
    codebook : str, pathlib.Path or Lexicon, optional
        The path of a codebook of your own; without it the bundled "commitments".
    options : CommitmentOptions
        Who speaks, by which scheme commitments bind, and what counts.
    executor : concurrent.futures.Executor, optional
        Works on the documents side by side; the rows and their order are the same.

    Returns
    -------
    pandas.DataFrame
        One row per sentence with the columns of `SPEECH_ACT_FRAME`; actor, modal and verb are those
        of the deciding verb, and ``document.text[start:end]`` is ``text``.

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
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text("The Parties will meet floods together.", id="note")
    >>> acts = code_speech_acts(document)
    >>> acts[["actor", "verb", "speech_act", "strict", "binding"]].values.tolist()
    [['The Parties', 'will meet', 'commissive', True, 'high']]
    """
    lexicon = load_lexicon(codebook)
    scheme = load_scheme(options.binding_scheme, options.scheme_file)
    if executor is not None:
        work = partial(code_speech_acts, codebook=codebook, options=options)
        return map_documents(work, documents_of(documents), executor=executor)

    def rows() -> Iterator[list[dict[str, object]]]:
        for document in documents_of(documents):
            sentences = coded_sentences(document, lexicon, options)
            yield [sentence_row(document, coded, scheme) for coded in sentences]

    return framed(rows(), SPEECH_ACT_FRAME)


def find_commitments(
    documents: Documents,
    *,
    codebook: Codebook = None,
    options: CommitmentOptions = DEFAULT,
    themes: ThemeCoder | None = None,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """List the undertakings of documents: one row an action, with its whole object.

    A strict sentence counts its strict actions only, one that is only broad its broad ones.

    Parameters
    ----------
    documents, codebook, options
        As for `code_speech_acts`.
    themes : callable, optional
        What codes a document's themes, such as `sco_research.code_themes`; without it the column
        ``themes`` is empty.
    executor : concurrent.futures.Executor, optional
        Works on the documents side by side; the rows and their order are the same.

    Returns
    -------
    pandas.DataFrame
        One row per undertaking, in reading order, with the columns of `UNDERTAKINGS`;
        ``document.text[start:end]`` is ``target``.

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
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text("We will open clinics and train nurses by 2030.", id="note")
    >>> find_commitments(document)[["undertaking_id", "target", "dates"]].values.tolist()[1]
    ['note:p1.s1.u2', 'train nurses by 2030', ['2030']]
    """
    lexicon = load_lexicon(codebook)
    scheme = load_scheme(options.binding_scheme, options.scheme_file)
    if executor is not None:
        work = partial(find_commitments, codebook=codebook, options=options, themes=themes)
        return map_documents(work, documents_of(documents), executor=executor)

    def rows() -> Iterator[list[dict[str, object]]]:
        for document in documents_of(documents):
            by_sentence = themes_of(document, themes)
            sentences = coded_sentences(document, lexicon, options)
            yield [
                row
                for coded in sentences
                if coded.broad
                for row in undertaking_rows(document, coded, scheme, by_sentence)
            ]

    return framed(rows(), UNDERTAKINGS)


def explain(
    documents: Documents,
    segment_id: str,
    *,
    codebook: Codebook = None,
    options: CommitmentOptions = DEFAULT,
) -> str:
    """Say why a sentence was coded as it was, and what else could have been said.

    For each finite verb: its words, act and reading, the rows of the rule table that decided with
    what they cite, and the next row that would have held.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        Where the sentence stands.
    segment_id : str
        Its anchor.
    codebook, options
        As for `code_speech_acts`: those of the coding that is to be explained.

    Raises
    ------
    ParameterError
        Where no sentence has this anchor.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> document = Document.from_text("The Parties welcome the treaty.", id="note")
    >>> print(explain(document, "note:p1.s1"))
    ¶ 1, sentence 1: expressive; no commitment in either reading.
    - "The Parties welcome": expressive, out. no undertaking in the verb (class verbs.stance).
      Row members.state (R2, R5); no row after it would have held.
    """
    lexicon = load_lexicon(codebook)
    scheme = load_scheme(options.binding_scheme, options.scheme_file)
    for document in documents_of(documents):
        for coded in coded_sentences(document, lexicon, options):
            if coded.segment.id == segment_id:
                table = rules_for(coded.sentence.lexicon, options.rules)
                told = explained(coded, table, scheme, options)
                return "\n".join([*told, *_reserved(document, coded)])
    raise ParameterError(
        f"segment {segment_id!r}: no sentence has this id; take one from code_speech_acts"
    )


def _reserved(document: Document, coded: CodedSentence) -> Iterator[str]:
    """Yield each reservation on a commitment: its paragraph is named by its printed number."""
    if not coded.broad:
        return
    number = next(
        item.number
        for item in segments_of(document)
        if item.level == "paragraph" and item.paragraph == coded.segment.paragraph
    )
    for one in reservations_of(document, coded.sentence.lexicon):
        if number and number in one.paragraphs and one.source != coded.segment.id:
            where = "footnote" if one.source == "footnote" else anchor_label(one.source)
            yield f'- A reservation is recorded on its paragraph ({where}): "{one.text}"'


def explained(
    coded: CodedSentence,
    table: RuleTable,
    scheme: Scheme = kirton,
    options: CommitmentOptions = DEFAULT,
) -> Iterator[str]:
    """Yield an explanation: the sentence, each verb with its rows, each undertaking."""
    status = (
        "a strict commitment"
        if coded.strict
        else "a broad commitment only"
        if coded.broad
        else "no commitment in either reading"
    )
    level = scheme(coded.binding, coded.segment.text)
    binding = f", binding {level}" if coded.broad else ""
    yield f"{anchor_label(coded.segment.id)}: {coded.act}; {status}{binding}."
    if coded.lead:
        yield "- It is an item of a list: its lead-in is read before it."
    if not coded.verdicts:
        yield "- No finite verb of a main clause was found: a bare statement or a fragment."
    for verdict in coded.verdicts:
        subject = verdict.predicate.subject
        start = subject.start if subject.end > subject.start else verdict.start
        words = words_of(coded, min(start, verdict.start), max(verdict.end, verdict.predicate.end))
        word_class = f" (class {verdict.word_class})" if verdict.word_class else ""
        rule = f"{verdict.rule}; " if verdict.status != "out" else ""
        yield f'- "{words}": {verdict.act}, {verdict.status}. {rule}{verdict.why}{word_class}.'
        yield f"  {_rows_told(coded, verdict, table, options)}"
    found = undertakings_of(coded.sentence, coded.verdicts, coded.lead)
    if coded.broad and not found:
        yield "- It holds no undertaking of its own: what is undertaken stands in its items."
    spans = coded.sentence.spans()
    for number, one in enumerate(found, 1):
        words = " ".join(coded.segment.text[slice(*span_of(coded, one, spans))].split())
        yield f'- Undertaking {number} of {len(found)}: "{words}".'


def _rows_told(
    coded: CodedSentence, verdict: Verdict, table: RuleTable, options: CommitmentOptions
) -> str:
    """Return the rows that decided, what they cite, and the next rule that would have held."""
    cited = [
        f"{row.id} ({row.cites})" if isinstance(row, RuleRow) else row.id
        for row in (table.by_id[name] for name in verdict.rows)
    ]
    told = f"Row{'s' if len(cited) > 1 else ''} {', '.join(cited)}"
    if any(row in {item.row.id for item in table.texts} for row in verdict.rows):
        return f"{told}."
    others = list(islice(rules_that_hold(verdict, coded.sentence, table, options), 2))[1:]
    for row in others:
        return f"{told}; else {row.id}: {row.act}, {row.verdict}."
    return f"{told}; no row after it would have held."
