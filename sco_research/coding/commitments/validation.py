"""How well the commitment coder meets codings made by the protocol, in sample and out of it.

In sample is the bundled declaration, which the rules' author could read; out of sample are the
sentences of `out_of_sample`.

The scores out of sample do not depend on the document of a report: they are a data set of their
own, ``data/reference/validation-scores.csv``, with the hashes of the codebook, the rules and the
sentences.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from sco_research.coding.commitments.analysis import RULES_FILE, CodedSentence, coded_sentences
from sco_research.coding.commitments.lexicon import Lexicon, load_lexicon
from sco_research.coding.commitments.options import DEFAULT, CommitmentOptions
from sco_research.coding.commitments.out_of_sample import (
    ANSWERS,
    as_first_coded,
    out_of_sample,
    sheets,
)
from sco_research.errors import CodingError
from sco_research.resources import data_path
from sco_research.text.document import Document

COLUMNS = (
    "set",
    "sentences",
    "strict_sentences",
    "strict_precision",
    "strict_recall",
    "strict_f1",
    "first_run_f1",
    "broad_f1",
    "speech_act_accuracy",
    "binding_accuracy",
)
_LEVELS = ("none", "low", "high")
SCORES_FILE = "validation-scores.csv"
_MADE_OF = ("codebook_sha256", "rules_sha256", "sentences_sha256")
_BEFORE = {"paragraph": "\n\n", "line": "\n", "sentence": " "}


class _PlacedRows(NamedTuple):
    """Rows of a sheet in the text that they are read in."""

    text: str
    organization: str
    rows: tuple[tuple[str, int, int], ...]  # id, and where the row begins and ends in the text


def answers_to(
    sentences: pd.DataFrame,
    *,
    codebook: str | Path | Lexicon | None = None,
    options: CommitmentOptions = DEFAULT,
) -> pd.DataFrame:
    """Return the program's answers to sentences that stand alone.

    Parameters
    ----------
    sentences : pandas.DataFrame
        As from `out_of_sample`; a column ``organization`` names the family that speaks, else it is
        told from the text; a column ``context`` holds what stands before, where a pronoun or the
        item of a list needs it; of whole documents, ``document`` and ``begins`` say where each
        row stands.
    codebook : str, pathlib.Path or Lexicon, optional
        The commitment codebook; without it the bundled one.
    options : Options, optional
        The protocol's choices, and what an ablation takes out.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``speech_act``, ``strict``, ``broad`` ("yes", "no"), ``binding``, row by row.
    """
    lexicon = load_lexicon(codebook)
    rows = []
    for text, organization, places in _texts_of(sentences):
        document = Document.from_text(text, id="sentence", language="en")
        readings = coded_sentences(document, lexicon, replace(options, organization=organization))
        rows += [
            (name, *_answers([item for item in readings if _stands_in(item, start, end)]))
            for name, start, end in places
        ]
    return pd.DataFrame(rows, columns=["id", *ANSWERS])


def _texts_of(sentences: pd.DataFrame) -> Iterator[_PlacedRows]:
    """Yield every text of a sheet with the places of its rows, in the order of the rows.

    Raises
    ------
    CodingError
        Where a row of a document begins nothing that is known.
    """
    named = sentences.get("document", pd.Series("", index=sentences.index)).fillna("")
    whole = named.where(named != "", sentences["id"])
    for _, rows in sentences.groupby(whole, sort=False):
        yield _document(rows) if "" not in set(named[rows.index]) else _alone(rows)


def _document(rows: pd.DataFrame) -> _PlacedRows:
    text = ""
    places = []
    for name, begins, words in zip(rows["id"], rows["begins"], rows["text"], strict=True):
        if begins not in _BEFORE:
            raise CodingError(f"row {name}, begins {begins!r}: write {', '.join(_BEFORE)}")
        text += _BEFORE[begins] if text else ""
        places.append((str(name), len(text), len(text) + len(words)))
        text += words
    return _PlacedRows(text, _family(rows), tuple(places))


def _alone(rows: pd.DataFrame) -> _PlacedRows:
    row = rows.iloc[0]
    context = str(row.get("context", ""))
    # An item stands on a line of its own below its lead-in.
    between = "\n\n" if context.endswith(":") else " " if context else ""
    start = len(context) + len(between)
    text = f"{context}{between}{row['text']}"
    return _PlacedRows(text, _family(rows), ((str(row["id"]), start, len(text)),))


def _family(rows: pd.DataFrame) -> str:
    return str(rows.iloc[0].get("organization", "")) or "auto"


def _stands_in(coded: CodedSentence, start: int, end: int) -> bool:
    """Return whether most of the shorter of the two lies in the other."""
    sentence = coded.segment
    shared = min(sentence.end, end) - max(sentence.start, start)
    return shared > 0.5 * min(sentence.end - sentence.start, end - start)


def _answers(readings: Sequence[CodedSentence]) -> tuple[str, str, str, str]:
    """Return the answers to what stands in a row; nothing is read in titles and signatures."""
    binding = max((item.binding for item in readings), key=_LEVELS.index, default="none")
    return (
        readings[0].act if readings else "assertive",
        _yes(any(item.strict for item in readings)),
        _yes(any(item.broad for item in readings)),
        binding,
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def measured(found: pd.DataFrame, reference: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """Return how well answers meet a reference, as one row of a table of sets.

    Parameters
    ----------
    found, reference : pandas.DataFrame
        The columns of `ANSWERS`, row by row of the same sentences.
    name : str
        What the set is called.

    Returns
    -------
    pandas.DataFrame
        ``set``, ``sentences``, ``strict_sentences`` (in the reference), ``strict_precision``,
        ``strict_recall``, ``strict_f1``, ``first_run_f1`` (the same of the answers that the sheet
        keeps from before any of them was looked at), ``broad_f1`` (over sentences with a
        commitment or none), ``speech_act_accuracy``, ``binding_accuracy``: shares from 0 to 1,
        higher = nearer to the reference; NaN where there is nothing to divide by. A binding level
        that was not coded is left out.

    Examples
    --------
    >>> answers = pd.DataFrame([("commissive", "yes", "yes", "high")], columns=list(ANSWERS))
    >>> measured(answers, answers, name="itself")["strict_f1"].item()
    1.0
    """
    found = found.reset_index(drop=True)
    reference = reference.reset_index(drop=True)
    precision, recall, strict = _rates(found["strict"], reference["strict"])
    row = (
        name,
        len(reference),
        int((reference["strict"] == "yes").sum()),
        precision,
        recall,
        strict,
        _first_run(reference),
        _rates(found["broad"], reference["broad"])[2],
        _share(found["speech_act"] == reference["speech_act"]),
        _share((found["binding"] == reference["binding"])[reference["binding"] != ""]),
    )
    return pd.DataFrame([row], columns=list(COLUMNS))


def _first_run(reference: pd.DataFrame) -> float:
    """Return the strict F1 of the answers kept from the first run, before any was looked at."""
    kept = reference.get("first_strict", pd.Series("", index=reference.index)) != ""
    first = as_first_coded(reference)[kept]
    return _rates(first["first_strict"], first["strict"])[2] if len(first) else float("nan")


def _share(equal: "pd.Series[bool]") -> float:
    return float(equal.mean()) if len(equal) else float("nan")


def _rates(found: "pd.Series[str]", reference: "pd.Series[str]") -> tuple[float, float, float]:
    """Return precision, recall and F1 of the answer "yes"."""
    hits = int(((found == "yes") & (reference == "yes")).sum())
    said, wanted = int((found == "yes").sum()), int((reference == "yes").sum())
    nothing = float("nan")
    return (
        hits / said if said else nothing,
        hits / wanted if wanted else nothing,
        2 * hits / (said + wanted) if said + wanted else nothing,
    )


def score_out_of_sample(folder: str | Path = "") -> pd.DataFrame:
    """Code the sentences out of sample by the protocol's choices, and measure the answers.

    Parameters
    ----------
    folder : str or pathlib.Path
        As for `out_of_sample`.

    Returns
    -------
    pandas.DataFrame
        One row a set, by the column ``coder``: the columns of `measured`, and ``codebook_sha256``,
        ``rules_sha256`` and ``sentences_sha256``, what it was made of.
    """
    sentences = out_of_sample(folder)
    rows = [
        measured(answers_to(part), part, name=f"out of sample: {coder}")
        for coder, part in sentences.groupby("coder", sort=False)
    ]
    table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=list(COLUMNS))
    return table.assign(**_made_of(folder))


def _made_of(folder: str | Path) -> dict[str, str]:
    content = b"".join(path.read_bytes() for path in sheets(folder))
    rules = data_path("codebooks", RULES_FILE).read_bytes()
    digests = (
        load_lexicon().sha256,
        hashlib.sha256(rules).hexdigest(),
        hashlib.sha256(content).hexdigest(),
    )
    return dict(zip(_MADE_OF, digests, strict=True))
