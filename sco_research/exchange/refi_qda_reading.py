"""Read REFI-QDA projects and codebooks, whoever wrote them; `refi_qda_writing` says the format."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from lxml import etree

from sco_research.errors import CodingError, closest, did_you_mean
from sco_research.exchange.codes import CODED, ID_LINE, Code
from sco_research.resources import read_file
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import SentenceSegment, sentences_of

_MAX_BYTES = 200_000_000
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


class _Selection(NamedTuple):
    """A coded stretch of a source, as a project has it."""

    start: int
    end: int
    code: str
    coder: str


@dataclass(frozen=True, slots=True)
class _Source:
    """A plain text of a project with what is coded in it."""

    name: str
    guid: str
    text: str
    selections: tuple[_Selection, ...]


def read_codebook(path: str | Path) -> tuple[Code, ...]:
    """Read the codes of a REFI-QDA codebook, or of a project.

    Parameters
    ----------
    path : str or pathlib.Path
        A ``.qdc`` or ``.qdpx`` file.

    Returns
    -------
    tuple of Code
        Those that may be assigned, in the file's order. An id is the one that this package wrote,
        else the names on the way to the code, in lower case with dots between them.

    Raises
    ------
    CodingError
        Where the file cannot be read as such.
    """
    file = Path(path)
    root = _project_root(file) if _is_zip(file) else _parsed(_bytes_of(file), file)
    return tuple(code for code, codable in _codes_in(root).values() if codable)


def read_project(path: str | Path, documents: Documents) -> pd.DataFrame:
    """Read what was coded in a REFI-QDA project, in the documents that it was made of.

    Parameters
    ----------
    path : str or pathlib.Path
        A ``.qdpx`` file, written by any program.
    documents : Document, Corpus or iterable of Document
        The texts. A source of the project is the document whose id it bears as its name, or whose
        text it has; white space may differ, since some programs change it.

    Returns
    -------
    pandas.DataFrame
        See `CODED`: a row for each code, coded stretch and sentence that it touches, in reading
        order. ``category`` is the code's id, as `read_codebook` reads it.

    Raises
    ------
    CodingError
        Naming every fault: no such archive, a source that is none of the documents, a position
        outside its text, a code that the project does not have.
    """
    file = Path(path)
    texts = {document.id: document for document in documents_of(documents)}
    faults: list[str] = []
    rows: list[dict[str, object]] = []
    for source in _sources_of(file, faults):
        document = _document_of(source, texts)
        if document is None:
            near = closest(Path(source.name).stem, texts)
            mend = did_you_mean(near, "name the document that it was made of, unchanged")
            faults.append(
                f"source {source.name!r}: its text is none of the documents given; {mend}"
            )
            continue
        rows += _rows(source, document, faults)
    if faults:
        raise CodingError(str(file), faults)
    return CODED.frame(rows)


def _bytes_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise CodingError(str(file), [f"larger than {_MAX_BYTES} bytes; divide it"])
        return read_file(file)
    except OSError as error:
        raise CodingError(str(file), [f"cannot be read ({error.strerror}); check it"]) from None


def _is_zip(file: Path) -> bool:
    return _bytes_of(file)[:2] == b"PK"


def _parsed(content: bytes, file: Path) -> etree._Element:
    try:
        return etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as error:
        raise CodingError(
            str(file), [f"no valid XML ({error.msg}); export it again from its program"]
        ) from None


def _project_root(file: Path) -> etree._Element:
    """Return the XML of a project."""
    names, read = _archive(file)
    projects = [name for name in names if name.lower().endswith(".qde")]
    if not projects:
        raise CodingError(
            str(file), ["holds no .qde file: no REFI-QDA project; export it as one (.qdpx)"]
        )
    return _parsed(read(projects[0]), file)


def _archive(file: Path) -> tuple[list[str], "_Reader"]:
    """Return the names in an archive and what reads one, with a bound on what comes out."""
    content = _bytes_of(file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        raise CodingError(
            str(file), ["no ZIP archive: no REFI-QDA project; export it as one (.qdpx)"]
        ) from None
    return names, _Reader(file, content)


@dataclass(frozen=True, slots=True)
class _Reader:
    file: Path
    content: bytes

    def __call__(self, name: str) -> bytes:
        """Return a member's bytes, never more than the bound."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as archive, archive.open(name) as member:
                held = member.read(_MAX_BYTES + 1)
        except (KeyError, zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
            reason = "is missing" if isinstance(error, KeyError) else "is damaged or encrypted"
            raise CodingError(
                str(self.file), [f"{name!r} in it {reason}; export it again from its program"]
            ) from None
        if len(held) > _MAX_BYTES:
            raise CodingError(str(self.file), [f"{name!r} in it is larger than {_MAX_BYTES} bytes"])
        return held


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _local(child) == name)


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if _local(element) == name)


def _bare(guid: str | None) -> str:
    """Return a GUID as every program writes it: without braces, in lower case."""
    return (guid or "").strip().strip("{}").lower()


def _codes_in(root: etree._Element) -> dict[str, tuple[Code, bool]]:
    """Return codes by GUID, each with whether it may be assigned."""
    codes: dict[str, tuple[Code, bool]] = {}

    def walk(parent: etree._Element, path: tuple[str, ...]) -> None:
        for element in _children(parent, "Code"):
            label = element.get("name") or ""
            names = (*path, label)
            described = next(_children(element, "Description"), None)
            said = (described.text or "") if described is not None else ""
            lines = said.split("\n")
            named = [line.removeprefix(ID_LINE) for line in lines if line.startswith(ID_LINE)]
            definition = "\n".join(line for line in lines if not line.startswith(ID_LINE))
            name = named[0].strip() if named else ".".join(map(_slug, names))
            codable = element.get("isCodable", "true") in ("true", "1")
            codes[_bare(element.get("guid"))] = (Code(name, label, definition), codable)
            walk(element, names)

    for whole in _all(root, "Codes"):
        walk(whole, ())
    return codes


def _slug(name: str) -> str:
    return re.sub(r"\W+", "_", name.lower()).strip("_") or "code"


def _sources_of(file: Path, faults: list[str]) -> Iterator[_Source]:
    """Yield the plain texts of a project with what is coded in them."""
    _, read = _archive(file)
    root = _project_root(file)
    codes = {guid: code.id for guid, (code, _) in _codes_in(root).items()}
    users = {_bare(user.get("guid")): user.get("name") or "" for user in _all(root, "User")}
    for element in _all(root, "TextSource"):
        guid, name = _bare(element.get("guid")), element.get("name") or ""
        selections = list(_selections(element, name, codes, users, faults))
        yield _Source(name, guid, _text_of(element, read), tuple(selections))


def _text_of(element: etree._Element, read: _Reader) -> str:
    path = element.get("plainTextPath") or ""
    if not path:
        content = next(_children(element, "PlainTextContent"), None)
        return (content.text or "") if content is not None else ""
    base = path.removeprefix("internal://").lstrip("/")
    names, _ = _archive(read.file)
    for folder in ("Sources/", "sources/", ""):
        if folder + base in names:
            return read(folder + base).decode("utf-8-sig", "replace")
    raise CodingError(
        str(read.file), [f"the text {path!r} is not in it; export the project with its sources"]
    )


def _selections(
    element: etree._Element,
    source: str,
    codes: Mapping[str, str],
    users: Mapping[str, str],
    faults: list[str],
) -> Iterator[_Selection]:
    for selection in _children(element, "PlainTextSelection"):
        try:
            start = int(selection.get("startPosition") or "")
            end = int(selection.get("endPosition") or "")
        except ValueError:
            faults.append(f"source {source!r}: a selection without positions; export it again")
            continue
        for coding in _children(selection, "Coding"):
            target = next(_children(coding, "CodeRef"), None)
            guid = _bare(target.get("targetGUID")) if target is not None else ""
            if guid not in codes:
                faults.append(
                    f"source {source!r}, characters {start} to {end}: a code that the project "
                    "does not have; export it again"
                )
                continue
            user = _bare(coding.get("creatingUser") or selection.get("creatingUser"))
            yield _Selection(start, end, codes[guid], users.get(user) or "unnamed")


def _document_of(source: _Source, texts: Mapping[str, Document]) -> Document | None:
    """Return the document that a source is, by its name or its words; None where there is none."""
    words = _squeezed(source.text)
    named = [texts[name] for name in (source.name, Path(source.name).stem) if name in texts]
    for document in (*named, *texts.values()):
        if _squeezed(document.text) == words:
            return document
    return None


def _squeezed(text: str) -> str:
    return "".join(text.split()).lstrip("\ufeff")


def _rows(source: _Source, document: Document, faults: list[str]) -> Iterator[dict[str, object]]:
    """Yield a row for each coding and sentence that it touches."""
    back = _offsets(source.text, document.text)
    sentences = sentences_of(document)
    rows = []
    for selection in source.selections:
        if not 0 <= selection.start < selection.end <= len(source.text):
            faults.append(
                f"source {source.name!r}: characters {selection.start} to {selection.end} do not "
                f"lie in its text of {len(source.text)}; export it again"
            )
            continue
        start, end = back(selection.start, selection.end)
        touched = [item for item in sentences if item.start < end and item.end > start]
        if not touched:
            faults.append(
                f"source {source.name!r}: {document.text[start:end]!r} lies in no sentence of the "
                "document; code within a sentence"
            )
        rows += [(selection, start, end, sentence) for sentence in touched]
    for selection, start, end, sentence in sorted(rows, key=_reading_order):
        yield {
            "document_id": document.id,
            "segment_id": sentence.id,
            "coder": selection.coder,
            "category": selection.code,
            "start": start,
            "end": end,
            "text": document.text[start:end],
        }


def _reading_order(row: tuple[_Selection, int, int, SentenceSegment]) -> tuple[int, int, int]:
    return row[1], row[2], row[3].start


class _Offsets(NamedTuple):
    """What leads from positions in a project's text to those in the document's."""

    theirs: Sequence[int]
    ours: Sequence[int]

    def __call__(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch begins and ends in the document, white space around it apart."""
        first = self.theirs[start]
        last = max(self.theirs[end] - 1, first)
        first, last = min(first, len(self.ours) - 1), min(last, len(self.ours) - 1)
        return self.ours[first], self.ours[last] + 1


def _offsets(theirs: str, ours: str) -> _Offsets:
    """Return the way from one text to another that differs from it in white space only."""
    counts, at = [], 0
    for letter in theirs:
        counts.append(at)
        at += not (letter.isspace() or letter == "\ufeff")
    return _Offsets(
        [*counts, at],
        [index for index, letter in enumerate(ours) if not (letter.isspace() or letter == "\ufeff")]
        or [0],
    )
