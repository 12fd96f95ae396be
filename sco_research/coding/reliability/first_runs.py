"""What the program reached on texts that its makers had not seen, at the first run on them.

A later run on the same texts says less: what a first run missed teaches the rules. The files of
``data/reference`` therefore keep the results of first runs for good, with the version of the
program, and a run on new texts adds rows to them.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

import pandas as pd

from sco_research.coding.commitments.out_of_sample import as_first_coded, out_of_sample
from sco_research.errors import CodingError
from sco_research.frames import Column, Schema
from sco_research.resources import data_path
from sco_research.statistics import Confusion

Definition: TypeAlias = Literal["strict", "broad"]
"""Under which definition a sentence is a commitment."""

FIRST_RUNS = Schema(
    Column("set", "str", "which texts"),
    Column("label", "str", "short name of the set, for tables"),
    Column("documents", "count", "how many documents"),
    Column("sentences", "int", "how many sentences were coded"),
    Column("text", "str", "real or invented"),
    Column("coders", "str", "who coded the sentences"),
    Column("agreement_strict_kappa", "float", "Cohen's kappa of the coders on strict"),
    Column("program", "str", "version of the program"),
    Column("strict_tp", "int", "strict sentences that the program found"),
    Column("strict_fp", "count", "sentences that it wrongly called strict; missing where unknown"),
    Column("strict_fn", "int", "strict sentences that it missed"),
    Column("broad_tp", "int", "broad sentences that it found"),
    Column("broad_fp", "count", "sentences that it wrongly called broad; missing where unknown"),
    Column("broad_fn", "int", "broad sentences that it missed"),
    Column("acts_equal", "str", "speech acts as coded, of how many"),
    Column("binding_equal", "str", "binding levels as coded, of how many"),
    Column("undertakings_program", "count", "undertakings that the program counted"),
    Column("undertakings_coders", "count", "undertakings that the coders counted"),
    Column("undertakings_equal_of_sentences", "str", "sentences with equal counts, of how many"),
    Column("note", "str", "what else is to be known"),
)
"""First runs of the commitment coder on real texts, one row a set of documents."""

DOCUMENT_FIRST_RUNS = Schema(
    Column("set", "str", "which texts, as in `FIRST_RUNS`"),
    Column("document", "str", "which of them"),
    Column("document_id", "str", "the same, as its codes are kept; empty where they are not"),
    Column("sentences", "int", "how many sentences were coded"),
    Column("strict_tp", "int", "strict sentences that the program found"),
    Column("strict_fp", "int", "sentences that it wrongly called strict"),
    Column("strict_fn", "int", "strict sentences that it missed"),
    Column("broad_tp", "int", "broad sentences that it found"),
    Column("broad_fp", "int", "sentences that it wrongly called broad"),
    Column("broad_fn", "int", "broad sentences that it missed"),
)
"""The same by document, where that is known, one row a document."""

THEME_FIRST_RUNS = Schema(
    Column("theme", "str", "category of the theme codebook"),
    Column("coders", "int", "sentences to which the coders gave it"),
    Column("right", "int", "of these, sentences to which the program gave it"),
    Column("false", "int", "sentences to which only the program gave it"),
    Column("missed", "int", "sentences to which only the coders gave it"),
)
"""The first run of the theme coder on real texts, one row a theme."""

THEME_FIRST_RUN_SETS = Schema(
    Column("set", "str", "which texts"),
    Column("documents", "count", "how many documents; missing where unknown"),
    Column("sentences", "int", "how many sentences were coded"),
    Column("text", "str", "real or invented"),
    Column("coders", "str", "who coded the sentences"),
    Column("equal_sentences", "int", "sentences to which the coders gave the same themes"),
    Column("f1_between_coders", "float", "F1 of one coder against the other, 0 to 1"),
    Column("program", "str", "version of the program"),
    Column("codebook", "str", "version of the codebook"),
)
"""The texts of `THEME_FIRST_RUNS`, one row a set."""

INVENTED_FIRST_RUNS = Schema(
    Column("set", "str", "which sentences"),
    Column("use", "str", "held out, or development: the rules were mended on such sentences"),
    Column("documents", "count", "how many documents; missing where sentences stand alone"),
    Column("sentences", "int", "how many sentences"),
    Column("coders", "str", "who wrote and coded them"),
    Column("strict_f1", "float", "strict F1 at the first run, 0 to 1; NaN where it was not kept"),
    Column("note", "str", "what else is to be known"),
)
"""First runs on invented sentences of which only F1 is known, one row a set."""

FIRST_ANSWERS = Schema(
    Column("set", "str", "letter of the writer, from A on"),
    Column("document_id", "str", "the invented document"),
    Column("segment_id", "str", "the sentence"),
    Column("strict", "bool", "whether the coder calls it strict"),
    Column("broad", "bool", "whether the coder calls it broad"),
    Column("first_strict", "bool", "whether the program did so at the first run"),
    Column("first_broad", "bool", "whether the program did so at the first run"),
)
"""The answers of first runs on invented documents, one row a sentence."""

COUNT_FIRST_RUNS = Schema(
    Column("segment_id", "str", "the sentence, of an invented document"),
    Column("program", "str", "version of the program"),
    Column("undertakings", "int", "undertakings that its coder counted"),
    Column("first_undertakings", "int", "undertakings that the program counted at its first run"),
)
"""First counts of undertakings where program and coder call a sentence strict, oldest run first."""

_FILES = ("first-runs", "out-of-sample")


@dataclass(frozen=True, slots=True)
class FirstRuns:
    """The results of first runs.

    Attributes
    ----------
    real : pandas.DataFrame
        The commitment coder on real texts: see `FIRST_RUNS`.
    documents : pandas.DataFrame
        The same by document, for the sets of which that is known: see `DOCUMENT_FIRST_RUNS`.
    themes : pandas.DataFrame
        The theme coder on real texts, by theme: see `THEME_FIRST_RUNS`; the counts are of the
        answers on which both coders agree.
    theme_sets : pandas.DataFrame
        Which texts these were: see `THEME_FIRST_RUN_SETS`.
    invented : pandas.DataFrame
        The commitment coder on invented sentences of which only F1 is known: see
        `INVENTED_FIRST_RUNS`.
    answers : pandas.DataFrame
        The same on invented documents whose answers were kept: see `FIRST_ANSWERS`.
    counts : pandas.DataFrame
        The undertakings that were counted on some of these: see `COUNT_FIRST_RUNS`.
    """

    real: pd.DataFrame
    documents: pd.DataFrame
    themes: pd.DataFrame
    theme_sets: pd.DataFrame
    invented: pd.DataFrame
    answers: pd.DataFrame
    counts: pd.DataFrame


def load_first_runs(folder: str | Path = "") -> FirstRuns:
    """Read the results of first runs.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where ``first-runs*.csv`` and ``out-of-sample*.csv`` lie; empty for the package's
        ``data/reference``. A file that is missing gives a frame without a row.

    Returns
    -------
    FirstRuns

    Raises
    ------
    CodingError
        Where a file lacks a column, or a cell is not of its column's type.

    Examples
    --------
    >>> runs = load_first_runs()
    >>> runs.themes[["right", "false", "missed"]].sum().tolist()
    [178, 50, 48]
    >>> len(runs.answers), runs.answers["document_id"].nunique()
    (1238, 69)
    """
    place = Path(folder) if str(folder) else data_path("reference")
    files = sorted(path for start in _FILES for path in place.glob(f"{start}*.csv"))
    runs = _loaded(place, tuple((path.name, path.read_bytes()) for path in files))
    # A copy is lazy, and what is written into it stays in it.
    return FirstRuns(*(getattr(runs, field.name).copy(deep=False) for field in fields(FirstRuns)))


@lru_cache(maxsize=2)
def _loaded(place: Path, files: tuple[tuple[str, bytes], ...]) -> FirstRuns:
    """Read a folder's first runs; keyed by its files' bytes, so that an edited one is read anew.

    A report asks several times.
    """
    return FirstRuns(
        _read(place / "first-runs.csv", FIRST_RUNS),
        _read(place / "first-runs-documents.csv", DOCUMENT_FIRST_RUNS),
        _read(place / "first-runs-themes.csv", THEME_FIRST_RUNS),
        _read(place / "first-runs-themes-set.csv", THEME_FIRST_RUN_SETS),
        _read(place / "first-runs-invented.csv", INVENTED_FIRST_RUNS),
        _first_answers(place),
        _first_counts(place),
    )


def coding_errors(
    runs: FirstRuns, definition: Definition, *, organization: str = ""
) -> tuple[Confusion, ...]:
    """Return the errors of the commitment coder's first runs on real texts, by document.

    Parameters
    ----------
    runs : FirstRuns
        As from `load_first_runs`.
    definition : str
        ``strict`` or ``broad``.
    organization : str
        Ids of the profiles of those whose document is to be corrected, as in
        ``Document.metadata.organization``. For ``sco`` the sets of the SCO's documents are taken,
        for all else those of other organizations.

    Returns
    -------
    tuple of Confusion
        One item a document; a set of which only the sum is known is one item.

    Examples
    --------
    >>> errors = coding_errors(load_first_runs(), "strict", organization="sco")
    >>> len(errors), sum(one.true_positives for one in errors)
    (7, 93)
    """
    return errors_by_document(runs, sets_like(runs, organization), definition)


def sets_like(runs: FirstRuns, organization: str) -> pd.DataFrame:
    """Return the sets of real documents with every sentence coded that are like a document.

    Parameters
    ----------
    runs : FirstRuns
        As from `load_first_runs`.
    organization : str
        Ids of the profiles of those whose document it is: see `coding_errors`.

    Examples
    --------
    >>> runs = load_first_runs()
    >>> sets_like(runs, "sco")["sentences"].sum(), sets_like(runs, "g20")["sentences"].sum()
    (np.int64(477), np.int64(309))
    """
    whole = runs.real[runs.real["strict_fp"].notna() & (runs.real["text"] == "real")]
    of_sco = whole["set"].str.startswith("SCO,")
    return whole[of_sco if "sco" in organization.split() else ~of_sco]


def errors_by_document(
    runs: FirstRuns, chosen: pd.DataFrame, definition: Definition
) -> tuple[Confusion, ...]:
    """Return the errors of the commitment coder's first runs on some sets, by document.

    Parameters
    ----------
    runs : FirstRuns
        As from `load_first_runs`.
    chosen : pandas.DataFrame
        Rows of ``runs.real`` of which every sentence was coded.
    definition : str
        ``strict`` or ``broad``.

    Returns
    -------
    tuple of Confusion
        One item a document; a set of which only the sum is known is one item.

    Examples
    --------
    >>> runs = load_first_runs()
    >>> len(errors_by_document(runs, runs.real.head(1), "strict"))
    6
    """
    known = runs.documents[runs.documents["set"].isin(chosen["set"])]
    sums = chosen[~chosen["set"].isin(known["set"])]
    counts = [f"{definition}_{name}" for name in ("tp", "fp", "fn")]
    rows = pd.concat([part[["sentences", *counts]].astype(int) for part in (known, sums)])
    return tuple(
        Confusion(true, false, missed, sentences - true - false - missed)
        for sentences, true, false, missed in rows.itertuples(index=False, name=None)
    )


def _first_answers(folder: Path) -> pd.DataFrame:
    """Return what the program said of invented documents before anybody had seen an answer."""
    sentences = as_first_coded(out_of_sample(folder))
    if "first_strict" not in sentences:
        return FIRST_ANSWERS.empty()
    kept = sentences[sentences["first_strict"] != ""]
    answers = ["strict", "broad", "first_strict", "first_broad"]
    frame = (kept[answers] == "yes").assign(
        set=kept["id"].map(writer_of),
        document_id=kept["document"],
        segment_id=kept["id"],
    )
    return FIRST_ANSWERS.typed(frame.reset_index(drop=True))


def writer_of(sentence: str) -> str:
    """Return the letter of the set that an invented sentence belongs to, by its id.

    >>> writer_of("k1-d2-s03"), writer_of("k10-d1-s01")
    ('A', 'J')
    """
    # Ids of writer A begin with k1, of B with k2, and so on.
    number = re.match(r"k(\d+)", sentence)
    return chr(ord("A") - 1 + int(number[1])) if number else ""


def _first_counts(folder: Path) -> pd.DataFrame:
    """Return the numbers of undertakings at the first run, where they were kept."""
    sentences = out_of_sample(folder)
    if "first_undertakings" not in sentences:
        return COUNT_FIRST_RUNS.empty()
    kept = sentences[
        (sentences["first_undertakings"].fillna("") != "")
        & (sentences["strict"] == "yes")
        & (sentences["first_strict"] == "yes")
    ]
    names = {"id": "segment_id", "first_program": "program"}
    frame = kept.rename(columns=names)[list(COUNT_FIRST_RUNS)].reset_index(drop=True)
    counts = {name: frame[name].astype(int) for name in ("undertakings", "first_undertakings")}
    return COUNT_FIRST_RUNS.typed(frame.assign(**counts))


def known_sentences(texts: Iterable[str], *, table: str = "commitments-real-documents.csv") -> int:
    """Return how many sentences of a document are among the real ones on which the program was run.

    Headings and page breaks part sentences in more than one way: a document of which half of the
    coded sentences are found again is that document, and all of them count.

    Parameters
    ----------
    texts : iterable of str
        The sentences of a document.
    table : str
        The file of ``data/reference`` with the hashes of such sentences.

    Examples
    --------
    >>> known_sentences(["The lake is deep.", "Its water is cold."])
    0
    """
    hashes = {_sentence_hash(text) for text in texts}
    return _known_of(pd.read_csv(data_path("reference", table), dtype=str), hashes)[0]


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """What the package knows of a document that is among those of the first runs.

    Attributes
    ----------
    coded : int
        Sentences of the document that two coders coded.
    coders_equal : int
        Of these, sentences on which both give the same answer under the strict definition.
    document_id : str
        The coded document that it is; empty where it is none or several of them.
    codes : pandas.DataFrame
        The sentences found again word for word, one row each: ``segment_id``, and the settled
        ``strict`` and ``broad`` ("yes", "no", or missing where the coders differ and none settled
        it; broad is of one coder where one coder alone gave it).
    """

    coded: int
    coders_equal: int
    document_id: str
    codes: pd.DataFrame


def known_codes(sentences: pd.DataFrame) -> KnownCodes | None:
    """Return the codes that sentences of a document have among those of the first runs.

    Parameters
    ----------
    sentences : pandas.DataFrame
        The sentences of a document, with ``segment_id`` and ``text``.

    Returns
    -------
    KnownCodes or None
        None for a document that was not coded there: of which less than half of the coded
        sentences are found again, and which does not consist of such sentences by half. A sentence
        that documents share by chance makes none of them known.

    Examples
    --------
    >>> known_codes(pd.DataFrame({"segment_id": ["n:p1.s1"], "text": ["The lake is deep."]}))
    """
    table = pd.read_csv(data_path("reference", "commitments-real-documents.csv"), dtype=str)
    hashes = sentences["text"].map(_sentence_hash)
    coded, whole = _known_of(table, set(hashes))
    found = table[table["sha1"].isin(set(hashes))]
    if not coded or (not whole and 2 * len(found) < len(sentences)):
        return None
    rows = table[table["document"].isin(whole) | table["sha1"].isin(set(hashes))]
    first, second = rows["coder_a_strict"], rows["coder_b_strict"]
    settled = rows["strict"].fillna(first.where(first == second))
    known = pd.DataFrame(
        {
            "sha1": rows["sha1"],
            "strict": settled,
            "broad": rows["broad"].fillna(rows["coder_b_broad"]),
        }
    ).drop_duplicates("sha1")
    codes = pd.DataFrame({"segment_id": sentences["segment_id"], "sha1": hashes}).merge(
        known, on="sha1"
    )
    return KnownCodes(
        coded,
        coders_equal=int((first == second).sum()),
        document_id=next(iter(whole)) if len(whole) == 1 else "",
        codes=codes.drop(columns="sha1"),
    )


def _known_of(table: pd.DataFrame, hashes: set[str]) -> tuple[int, frozenset[str]]:
    """Return how many coded sentences a document has, and which coded documents it is."""
    found = table["sha1"].isin(hashes)
    of_document = found.groupby(table["document"]).agg(["sum", "size"])
    whole = 2 * of_document["sum"] >= of_document["size"]
    count = int(of_document["size"].where(whole, of_document["sum"]).sum())
    return count, frozenset(of_document.index[whole])


def _sentence_hash(text: str) -> str:
    line = " ".join(text.split())
    return hashlib.sha1(line.encode(), usedforsecurity=False).hexdigest()[:12]


def _read(path: Path, schema: Schema) -> pd.DataFrame:
    """Return a file of first runs; without a row where it is missing."""
    if not path.is_file():
        return schema.empty()
    words = {column.name: "str" for column in schema.columns if column.kind == "str"}
    table = pd.read_csv(path, dtype=words, encoding="utf-8-sig")
    missing = [column for column in schema if column not in table.columns]
    if missing:
        raise CodingError(str(path), [f"there is no column {missing[0]!r}; add it"])
    try:
        return schema.typed(table.fillna(dict.fromkeys(words, "")))
    except (ValueError, TypeError) as error:
        raise CodingError(str(path), [f"{error}; write whole numbers where counts are"]) from None
