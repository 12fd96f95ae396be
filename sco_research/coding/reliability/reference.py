"""Reference codings: coders' sheets, the decisions on their differences, and the settled coding."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.reliability.cells import read_table
from sco_research.coding.reliability.ratings import RATINGS, ratings_of
from sco_research.coding.reliability.schemes import (
    COMMITMENTS,
    YES,
    CodingScheme,
    theme_scheme,
)
from sco_research.coding.reliability.sheet_reading import read_sheet
from sco_research.errors import CodingError, ParameterError
from sco_research.frames import Column, Schema
from sco_research.resources import data_path
from sco_research.text.document import Document

DECISIONS = Schema(
    Column("segment_id", "str", "the segment"),
    Column("variable", "str", "the question"),
    Column("category", "str", "the category, of a variable with many answers; else empty"),
    Column("value", "str", "the answer decided"),
    Column("reason", "str", "why"),
)
"""Decisions on questions that coders answer differently, one row a question."""
SETTLED = "reference"
_UNKNOWN = "The reference coding does not say who made it (no made-by.txt beside it)."


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference coding of one document.

    Attributes
    ----------
    scheme : CodingScheme
        What was asked.
    coders : pandas.DataFrame
        The coders' ratings, as handed in; empty where only the settled coding is there.
    settled : pandas.DataFrame
        The settled ratings, to score against.
    decisions : pandas.DataFrame
        How differences were settled: see `DECISIONS`.
    made_by : str
        Who coded, and how, as the coding's own note says it.
    files : tuple of Path
        What was read, for the provenance.
    """

    scheme: CodingScheme
    coders: pd.DataFrame
    settled: pd.DataFrame
    decisions: pd.DataFrame
    made_by: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ReferenceCounts:
    """How many commitments the package's reference coding of a document has.

    Attributes
    ----------
    strict_sentences, broad_sentences : tuple of str
        Ids under either definition; the broad one includes the strict.
    strict_undertakings, undertakings : int
        Undertakings of the strict sentences, and of all.
    speech_acts : mapping of str to str
        The speech act of each sentence.
    """

    strict_sentences: tuple[str, ...]
    broad_sentences: tuple[str, ...]
    strict_undertakings: int
    undertakings: int
    speech_acts: Mapping[str, str]

    @property
    def strict(self) -> int:
        """How many sentences are strict."""
        return len(self.strict_sentences)

    @property
    def broad(self) -> int:
        """How many sentences are broad, the strict ones among them."""
        return len(self.broad_sentences)


def reference_counts(document: Document) -> ReferenceCounts | None:
    """Return what the package's reference coding of a document has.

    Parameters
    ----------
    document : Document
        The document; a coding is of one text, to the byte.

    Returns
    -------
    ReferenceCounts or None
        None for a text of which the package has no reference coding.

    Examples
    --------
    >>> from sco_research.loaders.document import load_document
    >>> found = reference_counts(load_document("sco-2013-bishkek"))
    >>> found.strict, found.broad, found.strict_undertakings, found.undertakings
    (12, 23, 14, 25)
    """
    source = data_path("declarations", f"{document.id}.txt")
    coded = data_path("reference", f"{document.id}.commitments.csv")
    if not (coded.is_file() and source.is_file()):
        return None
    if hashlib.sha256(source.read_bytes()).hexdigest() != document.sha256:
        return None
    answers = load_reference(document, scheme="commitments").settled
    order = answers["segment_id"].unique()
    wide = answers.pivot(index="segment_id", columns="variable", values="value").loc[order]
    counts = wide["undertakings"].astype(float).fillna(0).astype(int)
    strict = wide["strict"] == YES
    broad = strict | (wide["broad"] == YES)
    return ReferenceCounts(
        tuple(wide.index[strict]),
        tuple(wide.index[broad]),
        int(counts[strict].sum()),
        int(counts.sum()),
        {str(name): str(act) for name, act in wide["speech_act"].items()},
    )


def bundled_scheme(name: str, *, codebook: str | Path = "themes") -> CodingScheme:
    """Return the scheme of a bundled protocol.

    Parameters
    ----------
    name : str
        ``themes`` or ``commitments``.
    codebook : str or pathlib.Path
        The codebook whose categories the themes are.

    Raises
    ------
    ParameterError
        Where the name is neither.

    Examples
    --------
    >>> bundled_scheme("themes").variable("themes").values[0]
    'organization'
    """
    if name == "themes":
        return theme_scheme(category.id for category in load_codebook(codebook).categories)
    if name == "commitments":
        return COMMITMENTS
    raise ParameterError(f"scheme {name!r}: choose themes or commitments")


def _asked(path: Path, scheme: str, codebook: str | Path) -> CodingScheme:
    """Return what the coders of a document were asked: all of the scheme, or a file's list."""
    whole = bundled_scheme(scheme, codebook=codebook)
    if not path.is_file():
        return whole
    listed = path.read_text(encoding="utf-8").split()
    if scheme == "themes":
        known = {category.id for category in load_codebook(codebook)}
        holder = "codebook has no category"
    else:
        known = {variable.name for variable in whole.variables}
        holder = "protocol has no question"
    if unknown := [name for name in listed if name not in known]:
        raise CodingError(f"{path.name}: the {holder} {unknown[0]!r}; correct the list")
    if scheme == "themes":
        return theme_scheme(listed)
    return CodingScheme(whole.name, tuple(map(whole.variable, listed)), whole.free)


def load_reference(
    document: Document,
    *,
    scheme: str,
    folder: str | Path = "",
    codebook: str | Path = "themes",
    required: bool = True,
) -> Reference:
    """Read the reference coding of a document.

    Parameters
    ----------
    document : Document
        The document that was coded.
    scheme : str
        ``themes`` or ``commitments``.
    folder : str or pathlib.Path
        Where ``<document>.<scheme>.csv`` lies and, beside it, ``….coder-*.csv``,
        ``….decisions.csv`` and ``<document>.made-by.txt``, a note on who coded. Where a codebook
        or a protocol has gained categories or questions since, ``….asked.txt`` lists those that the
        coders were asked for.
        Empty for the package's own ``data/reference``.
    codebook : str or pathlib.Path
        The codebook whose categories the themes are.
    required : bool
        Whether it is an error that there is no coding of the document.

    Returns
    -------
    Reference
        Coders, settled coding and decisions; without a row where there is no coding and none is
        required.

    Raises
    ------
    ParameterError
        Where the folder has no settled coding of the document.
    CodingError
        Where a sheet has faults; all are named.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> load_reference(Document.from_text("One.", id="other"), scheme="themes")
    Traceback (most recent call last):
    sco_research.errors.ParameterError: document 'other': no reference coding other.themes.csv in
    ...
    """
    place = Path(folder) if str(folder) else data_path("reference")
    asked = _asked(place / f"{document.id}.{scheme}.asked.txt", scheme, codebook)
    settled = place / f"{document.id}.{scheme}.csv"
    if not settled.is_file() and not required:
        nothing = RATINGS.empty()
        return Reference(asked, nothing, nothing, DECISIONS.empty(), "", ())
    if not settled.is_file():
        raise ParameterError(
            f"document {document.id!r}: no reference coding {settled.name} in {place.name}; code "
            "it by hand (sco-research coding export), or name the folder it lies in"
        )
    sheets = sorted(place.glob(f"{document.id}.{scheme}.coder-*.csv"))
    coders = [
        ratings_of(read_sheet(path, documents=document, scheme=asked), scheme=asked)
        for path in sheets
    ]
    note = place / f"{document.id}.made-by.txt"
    decisions = place / f"{document.id}.{scheme}.decisions.csv"
    gold = read_sheet(settled, documents=document, scheme=asked, complete=True)
    return Reference(
        asked,
        pd.concat([RATINGS.empty(), *coders], ignore_index=True),
        ratings_of(gold, scheme=asked, coder=SETTLED),
        read_decisions(decisions),
        note.read_text(encoding="utf-8").strip() if note.is_file() else _UNKNOWN,
        tuple(path for path in (settled, *sheets, decisions, note) if path.is_file()),
    )


def read_decisions(path: Path) -> pd.DataFrame:
    """Return the decisions of a CSV file, such as a filled list of disagreements.

    A row without a value is left out: it is still open. A file that is not there has none.

    Raises
    ------
    CodingError
        Where the file lacks a column.
    """
    if not path.is_file():
        return DECISIONS.empty()
    table = read_table(path, known=tuple(DECISIONS))
    missing = [name for name in DECISIONS if name not in table]
    if missing:
        raise CodingError(
            str(path), [f"no column {missing[0]!r}; start from the list of disagreements"]
        )
    decided = table.loc[table["value"].str.strip() != "", list(DECISIONS)]
    return decided.reset_index(drop=True)
