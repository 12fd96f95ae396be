"""Sentences out to a machine coder, such as a language model, and its labels in.

What goes out is a table ``id,text``; what comes in is a table ``id,label`` (or several columns of
labels), with who coded: model, version, date and the hash of the prompt. A label enters as an
answer of a coder, so that agreement and scores treat a machine as they treat a person.
"""

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sco_research.coding.reliability.cells import read_cells
from sco_research.coding.reliability.ratings import RATINGS, ratings_of
from sco_research.coding.reliability.schemes import NONE, SEPARATOR, CodingScheme
from sco_research.errors import CodingError, OutputError, ParameterError, closest, did_you_mean
from sco_research.frames import escape_formula
from sco_research.text.document import Documents
from sco_research.text.segments import Level, segment


@dataclass(frozen=True, slots=True)
class MachineCoder:
    """Who coded, so that a reader can judge it and code again.

    Attributes
    ----------
    model, version : str
        Such as a model's name and its release.
    prompt : str
        The instructions given with each sentence, whole; what is kept of them is the hash.
    date : str
        When it coded, as YYYY-MM-DD; may be empty.

    Examples
    --------
    >>> coder = MachineCoder("modelname", "2026-01", prompt="Does the sentence promise anything?")
    >>> coder.name
    'modelname 2026-01 (prompt 585c9e8e)'
    """

    model: str
    version: str
    prompt: str
    date: str = ""

    def __post_init__(self) -> None:
        """Refuse a coder without a model, a version or a prompt: labels are judged by these."""
        for field in ("model", "version", "prompt"):
            if not getattr(self, field).strip():
                raise ParameterError(
                    f"machine coder: no {field}; a reader needs it to judge the labels"
                )

    @property
    def prompt_sha256(self) -> str:
        """Hash of the prompt."""
        return hashlib.sha256(self.prompt.encode("utf-8")).hexdigest()

    @property
    def name(self) -> str:
        """The coder's name in every table: model, version and the hash's beginning."""
        return f"{self.model} {self.version} (prompt {self.prompt_sha256[:8]})"

    def record(self) -> Mapping[str, str]:
        """Return what a report says of the coder."""
        return {
            "model": self.model,
            "version": self.version,
            "date": self.date,
            "prompt_sha256": self.prompt_sha256,
        }


def write_texts(documents: Documents, path: str | Path, *, level: Level = "sentence") -> Path:
    """Write segments as a table ``id,text`` for a machine coder.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        What is to be coded.
    path : str or pathlib.Path
        A file that ends in ``.csv``; one that exists is replaced.
    level : str
        ``sentence``, ``paragraph`` or another level of `segment`.

    Returns
    -------
    pathlib.Path
        The file: UTF-8, one row a segment, the text as read (hyphens at line ends mended, white
        space single).

    Raises
    ------
    ParameterError
        Where the file's ending is another.
    OutputError
        Where it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from sco_research import Document
    >>> document = Document.from_text("They met. They agreed.", id="note")
    >>> file = write_texts(document, Path(tempfile.mkdtemp()) / "note.csv")
    >>> file.read_text().splitlines()
    ['id,text', 'note:p1.s1,They met.', 'note:p1.s2,They agreed.']
    """
    file = Path(path)
    if file.suffix.lower() != ".csv":
        raise ParameterError(f"{file}: the table ends in .csv; rename it")
    rows = segment(documents, level=level)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["id", "text"])
    for name, text in zip(rows["segment_id"], rows["clean"], strict=True):
        writer.writerow([name, escape_formula(" ".join(str(text).split()))])
    try:
        file.write_bytes(buffer.getvalue().encode("utf-8", "replace"))
    except OSError as error:
        raise OutputError(
            f"{file}: cannot be written ({error.strerror}); choose another place"
        ) from None
    return file


def read_labels(
    path: str | Path,
    documents: Documents,
    *,
    scheme: CodingScheme,
    coder: MachineCoder,
    level: Level = "sentence",
) -> pd.DataFrame:
    r"""Read a machine coder's labels as ratings.

    Parameters
    ----------
    path : str or pathlib.Path
        A table (CSV or XLSX) with a column ``id`` and a column for each variable of the scheme that
        was asked; where the scheme has one variable, its column may be called ``label``.
    documents : Document, Corpus or iterable of Document
        What was coded.
    scheme : CodingScheme
        What was asked.
    coder : MachineCoder
        Who coded.
    level : str
        The level that was coded.

    Returns
    -------
    pandas.DataFrame
        See `RATINGS`; an empty label is no answer. `sco_research.agreement` and
        `sco_research.score` take it beside the ratings of people.

    Raises
    ------
    CodingError
        Naming every fault by row and column: an id that is no segment, a segment twice, a label
        that the scheme does not have, no column of labels.

    Examples
    --------
    >>> import tempfile
    >>> from sco_research import Document
    >>> from sco_research.coding.reliability.schemes import theme_scheme
    >>> document = Document.from_text("They met. They fight drugs.", id="note")
    >>> file = Path(tempfile.mkdtemp()) / "labels.csv"
    >>> _ = file.write_text("id,label\nnote:p1.s2,drugs\n")
    >>> coder = MachineCoder("modelname", "1", prompt="Which theme?")
    >>> ratings = read_labels(file, document, scheme=theme_scheme(["drugs"]), coder=coder)
    >>> ratings[["segment_id", "category", "value"]].values.tolist()
    [['note:p1.s2', 'drugs', 'yes']]
    """
    known = segment(documents, level=level)["segment_id"].tolist()
    names = [variable.name for variable in scheme.variables]
    grid = read_cells(path, known=("id", "label", "text", *names), key="id")
    faults = [str(fault) for fault in grid.faults]
    sole = {"label": names[0]} if len(names) == 1 and names[0] not in grid.header else {}
    header = [sole.get(name, name) for name in grid.header]
    asked = [name for name in names if name in header]
    if not asked:
        faults.append(f"row 1: no column of labels; call it {' or '.join(map(repr, names))}")
    if faults:
        raise CodingError(str(path), faults)
    answers: dict[str, dict[str, str]] = {}
    segments = set(known)
    for row, cells in grid.rows:
        record = dict(zip(header, cells, strict=True))
        name = record["id"].strip()
        if name not in segments:
            mend = did_you_mean(closest(name, known), "name the document that it is of")
            faults.append(f"row {row}, id: {name!r} is no {level} of the documents; {mend}")
        elif name in answers:
            faults.append(f"row {row}, id: {name!r} stands in a row before; delete one")
        else:
            answers[name] = {"segment_id": name}
            for variable in asked:
                answers[name][variable] = _label(record[variable], scheme, variable, row, faults)
    if faults:
        raise CodingError(str(path), faults)
    if not answers:
        return RATINGS.empty()
    sheet = pd.DataFrame(answers.values()).replace("", None)
    return ratings_of(sheet, scheme=scheme, coder=coder.name)


def _label(cell: str, scheme: CodingScheme, name: str, row: int, faults: list[str]) -> str:
    """Return a label in its normal form, or note what is wrong with it."""
    variable = scheme.variable(name)
    given = [part.strip() for part in cell.split(SEPARATOR)] if variable.many else [cell.strip()]
    given = [part for part in given if part]
    if not given:
        return ""
    if variable.numeric:
        return given[0]
    spelt = {value.casefold(): value for value in (*variable.values, NONE)}
    for part in given:
        if variable.values and part.casefold() not in spelt:
            choice = f"choose of {', '.join(variable.values)}"
            mend = did_you_mean(closest(part, variable.values), choice)
            faults.append(f"row {row}, {name}: {part!r} is no answer of the scheme; {mend}")
    return SEPARATOR.join(spelt.get(part.casefold(), part) for part in given)
