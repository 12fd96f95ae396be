"""Coding by hand, one sentence after the other: what is asked, what was answered, saved each time.

Nothing here shows or knows what the program says of a sentence: who codes is blind to it. The sheet
is that of ``sco-research coding``, so that `read_sheet`, agreement and the corrected counts take it
as it is. The screen of it is `hand_coding_widget`.
"""

import datetime
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from sco_research.coding.reliability.agreement import agreement
from sco_research.coding.reliability.ratings import ratings_of
from sco_research.coding.reliability.reference import bundled_scheme
from sco_research.coding.reliability.samples import (
    DEFINITIONS,
    draw_sample,
    expected_rates,
    program_finds,
    read_sample,
    sampled_errors,
)
from sco_research.coding.reliability.schemes import NO, NONE, SEPARATOR, YES, CodingScheme, Variable
from sco_research.coding.reliability.sheet_reading import read_sheet
from sco_research.coding.reliability.sheets import coding_sheet, write_sheet
from sco_research.errors import CodingError, OutputError, ParameterError, closest, did_you_mean
from sco_research.frames import Column, Schema
from sco_research.text.document import Document
from sco_research.text.segments import anchor_label, sentences_of

ESTIMATES = Schema(
    Column("question", "str", "what is counted: strict, broad, or a theme"),
    Column("coder", "str", "by whose answers the count is corrected"),
    Column("coded", "int", "sentences of the sample that the coder answered"),
    Column("program", "int", "sentences in which the program finds it"),
    Column("estimate", "float", "sentences that hold it, corrected by the coder's answers"),
    Column("low", "float", "lower end of its 95 % interval"),
    Column("high", "float", "upper end"),
)
"""Counts corrected by what coders said of a sample, one row a coder."""

# What one answer settles of another, by the protocol: a strict commitment is a broad one, and
# where there is none it binds nobody.
_IMPLIED: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("strict", YES): {"broad": YES},
    ("broad", NO): {"strict": NO, "binding": NONE, "undertakings": "0"},
}
_KEPT = ("document_id", "segment_id", "place", "text", "text_hash", "coder")


class SheetSentence(NamedTuple):
    """A sentence to be coded, with what stands around it.

    Attributes
    ----------
    segment_id, place : str
        Its anchor, and the anchor as a person reads it.
    before, text, after : str
        The sentence before it in the document, itself, and the one after; read only for context.
    """

    segment_id: str
    place: str
    before: str
    text: str
    after: str


@dataclass
class HandCoding:
    """A coder at work on a document: the sentences, the answers, and the sheet that keeps them.

    Make one with `hand_coding`, or on the screen with `code_by_hand`.

    Attributes
    ----------
    document : Document
    scheme : CodingScheme
        What is asked.
    coder : str
        Who codes.
    sheet : pathlib.Path
        The file; it is written anew at every answer.
    sentences : tuple of SheetSentence
        What is to be coded, in reading order.
    position : int
        Which of them is before the coder.
    saved : str
        When the sheet was written last, or why it could not be.
    """

    document: Document
    scheme: CodingScheme
    coder: str
    sheet: Path
    sentences: tuple[SheetSentence, ...]
    position: int = 0
    saved: str = ""
    _answers: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)

    @property
    def current(self) -> SheetSentence:
        """The sentence before the coder."""
        return self.sentences[self.position]

    @property
    def coded(self) -> int:
        """How many sentences have an answer to every question."""
        return sum(self.is_coded(sentence.segment_id) for sentence in self.sentences)

    def answers(self, segment_id: str) -> Mapping[str, str]:
        """Return what was answered of a sentence, by question; free text too."""
        return dict(self._answers.get(segment_id, {}))

    def is_coded(self, segment_id: str) -> bool:
        """Return whether every question has an answer."""
        given = self._answers.get(segment_id, {})
        return all(given.get(variable.name) for variable in self.scheme.variables)

    def go(self, position: int) -> None:
        """Put another sentence before the coder; beyond either end it is the last one there."""
        self.position = min(max(position, 0), len(self.sentences) - 1)

    def go_to_open(self) -> None:
        """Put the first sentence before the coder that has no full answer, if there is one."""
        for position, sentence in enumerate(self.sentences):
            if not self.is_coded(sentence.segment_id):
                self.position = position
                return

    def answer(self, question: str, value: str) -> None:
        """Answer a question of the current sentence, and save.

        Parameters
        ----------
        question : str
            A variable of the scheme, or one of its free columns.
        value : str
            The answer; several are separated by ``;``. Empty takes an answer back.

        Raises
        ------
        ParameterError
            Where there is no such question, or it has no such answer.
        """
        given = self._answers.setdefault(self.current.segment_id, {})
        if question in self.scheme.free:
            given[question] = value.strip()
        else:
            given[question] = _checked(self.scheme.variable(question), value)
            names = {variable.name for variable in self.scheme.variables}
            for other, settled in _IMPLIED.get((question, given[question]), {}).items():
                if other in names:
                    given[other] = settled
        self.save()

    def save(self) -> None:
        """Write the sheet whole beside the old one, then in its place.

        Where that fails nothing is lost: the answers stay here, ``saved`` says why, and the next
        answer tries again.
        """
        beside = self.sheet.with_name(f".{self.sheet.stem}.{os.getpid()}.csv")
        try:
            self.sheet.parent.mkdir(parents=True, exist_ok=True)
            write_sheet(self.frame(), beside, scheme=self.scheme)
            beside.replace(self.sheet)
        except (OSError, OutputError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self.saved = f"not saved: {reason}; the answers are kept here, free the place and go on"
            return
        now = datetime.datetime.now().astimezone()
        self.saved = f"saved {now:%H:%M:%S}"

    def frame(self) -> pd.DataFrame:
        """Return the sheet: one row a sentence, empty cells where there is no answer."""
        sheet = coding_sheet(self.document, scheme=self.scheme, coder=self.coder)
        wanted = {sentence.segment_id for sentence in self.sentences}
        sheet = sheet[sheet["segment_id"].isin(wanted)].reset_index(drop=True)
        for column in self.scheme.columns:
            sheet[column] = [
                self._answers.get(str(name), {}).get(column, "") for name in sheet["segment_id"]
            ]
        return sheet


def hand_coding(
    document: Document,
    *,
    scheme: str = "commitments",
    sample: int | None = 60,
    question: str = "",
    coder: str = "coder-a",
    folder: str | Path = ".",
    codebook: str | Path = "themes",
    seed: int = 2013,
) -> HandCoding:
    """Begin to code a document by hand, or go on where a coder stopped.

    Parameters
    ----------
    document : Document
        What is coded.
    scheme : str
        ``commitments`` or ``themes``.
    sample : int, optional
        How many sentences are drawn at random; None for all.
    question : str
        What the sample is to correct the count of: ``strict``, ``broad``, or a theme's id. The
        sentences are then drawn in two strata (see `draw_sample`), and the design is written beside
        the sheet for `compare_coders`. Without it ``strict`` for commitments; themes are then drawn
        without strata.
    coder : str
        Who codes: letters, digits, hyphens and underscores. Two coders take two names, and get the
        same sentences.
    folder : str or pathlib.Path
        Where the sheet lies. If it is there already the coder goes on with it, with its sentences.
    codebook : str or pathlib.Path
        Whose categories the themes are.
    seed : int
        The same seed draws the same sentences.

    Returns
    -------
    HandCoding

    Raises
    ------
    ParameterError
        Where there is no such scheme or question, the coder's name cannot be a file's, or there is
        nothing to code.
    CodingError
        Where the sheet that is there is of another text, or has faults.

    Examples
    --------
    >>> import tempfile
    >>> document = Document.from_text("We will meet. The lake is deep.", id="note")
    >>> work = hand_coding(document, sample=None, folder=tempfile.mkdtemp(), coder="anna")
    >>> work.current.text
    'We will meet.'
    >>> work.answer("strict", "yes")
    >>> work.answers("note:p1.s1")["broad"]
    'yes'
    """
    asked = bundled_scheme(scheme, codebook=codebook)
    if not coder.replace("-", "").replace("_", "").isalnum():
        raise ParameterError(f"coder {coder!r}: use letters, digits, hyphens and underscores")
    place = Path(folder)
    of = question or (DEFINITIONS[0] if scheme == "commitments" else "")
    stem = document.id if sample is None or not of else f"{document.id}.{of}"
    sheet = place / f"{stem}.{scheme}.{coder}.csv"
    if sheet.exists():
        return _resumed(document, asked, coder, sheet)
    chosen = _drawn(document, sample, of, codebook, seed, place / f"{stem}.sample.csv")
    sentences = tuple(item for item in _in_context(document) if item.segment_id in chosen)
    if not sentences:
        raise ParameterError(f"{document.id}: there is no sentence to code; check the document")
    return HandCoding(document, asked, coder, sheet, sentences)


def _drawn(
    document: Document,
    sample: int | None,
    question: str,
    codebook: str | Path,
    seed: int,
    design: Path,
) -> set[str]:
    """Return the sentences that are coded; write the design of a stratified sample."""
    names = [sentence.id for sentence in sentences_of(document)]
    if sample is None or (not question and sample >= len(names)):
        return set(names)
    if not question:
        drawn = pd.Series(names).sample(sample, random_state=seed)
        return set(drawn.tolist())
    if design.exists():
        frame = read_sample(design, document)
    else:
        answers = program_finds(document, question, codebook=codebook)
        rates = expected_rates(answers, document.metadata.organization)
        frame = draw_sample(answers, sample, rates=rates, seed=seed)
        _write_design(frame, design)
    return set(frame.loc[frame["drawn"], "segment_id"])


def _write_design(frame: pd.DataFrame, path: Path) -> None:
    words = {name: frame[name].map({True: YES, False: NO}) for name in ("found", "drawn")}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(frame.assign(**words).to_csv(index=False, lineterminator="\n").encode())
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); choose another folder"
        ) from None


def _resumed(document: Document, scheme: CodingScheme, coder: str, sheet: Path) -> HandCoding:
    """Return a coder's work as the sheet has it, at the first sentence that is open."""
    read = read_sheet(sheet, documents=document, scheme=scheme, coder=coder)
    rows = read.fillna("").set_index("segment_id")
    others = sorted(set(rows["coder"]) - {coder})
    if others:
        raise CodingError(
            str(sheet), [f"coded by {others[0]!r}, not by {coder!r}; choose another name or folder"]
        )
    sentences = tuple(item for item in _in_context(document) if item.segment_id in rows.index)
    answers = {
        str(name): {column: str(row[column]) for column in scheme.columns}
        for name, row in rows.to_dict("index").items()
    }
    work = HandCoding(document, scheme, coder, sheet, sentences, _answers=answers)
    work.go_to_open()
    work.saved = f"{work.coded} of {len(sentences)} were coded before"
    return work


def _in_context(document: Document) -> Iterator[SheetSentence]:
    texts = [" ".join(item.text.split()) for item in sentences_of(document)]
    around = ["", *texts, ""]
    for index, item in enumerate(sentences_of(document)):
        place = anchor_label(item.id)
        yield SheetSentence(item.id, place, around[index], texts[index], around[index + 2])


def _checked(variable: Variable, value: str) -> str:
    """Return an answer in its normal form."""
    parts = [part.strip() for part in value.split(SEPARATOR)] if variable.many else [value.strip()]
    parts = list(dict.fromkeys(part for part in parts if part))
    if variable.numeric:
        if parts and not (parts[0].isascii() and parts[0].isdigit()):
            raise ParameterError(f"{variable.name}, {value!r}: write a whole number")
        return "".join(parts)
    allowed = (*variable.values, NONE) if variable.many else variable.values
    for part in parts:
        if allowed and part not in allowed:
            mend = did_you_mean(closest(part, allowed), f"choose of {', '.join(allowed)}")
            raise ParameterError(f"{variable.name}, {part!r}: {mend}")
    if variable.many and NONE in parts and len(parts) > 1:
        raise ParameterError(f"{variable.name}: {NONE!r} stands alone; take it or the others back")
    if variable.many:
        parts.sort(key=[*variable.values, NONE].index)
    return SEPARATOR.join(parts)


class CodersCompared(NamedTuple):
    """What several coders' answers say together.

    Attributes
    ----------
    agreement : pandas.DataFrame
        As `sco_research.agreement` returns it; without rows where one coder alone answered.
    estimates : pandas.DataFrame
        See `ESTIMATES`; without rows where the sentences were no stratified sample.
    """

    agreement: pd.DataFrame
    estimates: pd.DataFrame


def compare_coders(*works: HandCoding) -> CodersCompared:
    """Compare what coders answered, and correct the program's count by it.

    Parameters
    ----------
    *works : HandCoding
        The coders' work on one document by one scheme, finished or not: what has no answer is
        passed over.

    Returns
    -------
    CodersCompared

    Raises
    ------
    ParameterError
        Where there is none, or they are of several documents or schemes, or by one coder.

    Examples
    --------
    >>> import tempfile
    >>> document = Document.from_text("We will meet. The lake is deep.", id="note")
    >>> works = []
    >>> for coder in ("anna", "ben"):
    ...     works.append(hand_coding(document, folder=tempfile.mkdtemp(), coder=coder))
    ...     works[-1].answer("strict", "yes")
    ...     works[-1].go(1)
    ...     works[-1].answer("strict", "no")
    >>> found = compare_coders(*works)
    >>> found.estimates[["coder", "program", "estimate"]].values.tolist()
    [['anna', 1, 1.0], ['ben', 1, 1.0]]
    """
    if not works:
        raise ParameterError("compare_coders: no coder given; name two at least")
    for what, of in (
        ("documents", {work.document.id for work in works}),
        ("schemes", {work.scheme.name for work in works}),
    ):
        if len(of) > 1:
            raise ParameterError(
                f"compare_coders: several {what} ({', '.join(sorted(of))}); compare one at a time"
            )
    if len({work.coder for work in works}) < len(works):
        raise ParameterError("compare_coders: one coder twice; give each a name of their own")
    scheme = works[0].scheme
    sheets = pd.concat([work.frame() for work in works], ignore_index=True)
    ratings = ratings_of(sheets.replace("", None), scheme=scheme)
    table = agreement(ratings, variables=scheme.variables)
    return CodersCompared(table, ESTIMATES.frame(_estimates(works, ratings)))


def _estimates(
    works: tuple[HandCoding, ...], ratings: pd.DataFrame
) -> Iterator[Mapping[str, object]]:
    """Yield for each coder of a stratified sample what it says of the program's count."""
    for work in works:
        name = work.sheet.name.removesuffix(f".{work.scheme.name}.{work.coder}.csv")
        path = work.sheet.with_name(f"{name}.sample.csv")
        if not path.exists():
            continue
        design = read_sample(path, work.document)
        question = str(design["question"].iloc[0])
        column = "variable" if question in DEFINITIONS else "category"
        mine = ratings[(ratings["coder"] == work.coder) & (ratings[column] == question)]
        answered = mine.dropna(subset="value")
        coded = dict(zip(answered["segment_id"], answered["value"] == YES, strict=True))
        try:
            found = sampled_errors(design, coded)
        except ParameterError:
            continue  # nothing of one stratum is coded yet: there is nothing to correct by
        yield {
            "question": question,
            "coder": work.coder,
            "coded": len(coded),
            "program": found.found,
            "estimate": found.estimate.value,
            "low": found.estimate.low,
            "high": found.estimate.high,
        }
