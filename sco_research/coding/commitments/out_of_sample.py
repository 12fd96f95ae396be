"""Sentences that were written or kept to test the commitment coder, with the protocol's answers.

They stand in ``data/reference/out-of-sample*.csv``, one a row with the answers by the protocol; who
wrote and coded them stands in the column ``coder``, and sets by different hands are never mixed.
Some stand alone, others make up whole documents: there a row stands for each sentence, in order;
its column ``document`` names where it belongs and ``begins`` says what it begins there: a
``paragraph``, a ``line`` (an item, a numbered clause), or only a ``sentence`` of the one above.
"""

from pathlib import Path

import pandas as pd

from sco_research.errors import CodingError
from sco_research.resources import data_path

ANSWERS = ("speech_act", "strict", "broad", "binding")
"""What the protocol asks of each."""
_NEEDED = ("id", "text", "coder", *ANSWERS)


def out_of_sample(folder: str | Path = "") -> pd.DataFrame:
    """Return the sentences written to test the coder, with the protocol's answers.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where ``out-of-sample*.csv`` lie; empty for the package's ``data/reference``.

    Returns
    -------
    pandas.DataFrame
        One row per sentence, all columns as text, what a file does not tell empty; no row where
        there is no such file.

    Raises
    ------
    CodingError
        Where a file lacks a column.
    """
    frames = []
    for path in sheets(folder):
        frame = pd.read_csv(path, dtype="str", keep_default_na=False)
        missing = [name for name in _NEEDED if name not in frame.columns]
        if missing:
            raise CodingError(f"{path.name}: column {missing[0]!r} is missing; add it")
        frames.append(frame)
    if not frames:
        return pd.DataFrame(columns=list(_NEEDED), dtype="str")
    return pd.concat(frames, ignore_index=True).fillna("")


def sheets(folder: str | Path) -> list[Path]:
    """Return the files of these sentences, in the order of their names; a folder as above."""
    place = Path(folder) if str(folder) else data_path("reference")
    return sorted(place.glob("out-of-sample*.csv"))


def as_first_coded(sentences: pd.DataFrame) -> pd.DataFrame:
    """Return sentences with the codes that stood when the program was first run on them.

    Where the protocol changed afterwards, the sheet keeps the older codes as ``then_strict`` and
    ``then_broad``: a first run is measured by what it was asked.
    """
    answers = {
        name: sentences[f"then_{name}"].where(sentences[f"then_{name}"] != "", sentences[name])
        for name in ("strict", "broad")
        if f"then_{name}" in sentences
    }
    return sentences.assign(**answers)
