"""REFI-QDA, the exchange format of ATLAS.ti, MAXQDA, NVivo, QualCoder and others.

A project (``.qdpx``) is a ZIP archive with ``project.qde``, an XML file of codes, sources, coded
stretches and coders, and a folder ``Sources`` with the plain texts; a codebook (``.qdc``) is one
XML file. Positions count Unicode characters from 0, the end is the character after the last. Texts
are written with a line feed at each line's end, as the format's readers count one character there.

What is written depends on nothing but what is given: the same codings give the same bytes.

References
----------
Rotterdam Exchange Format Initiative (2019). *REFI-QDA Standard*, version 1.5. www.qdasoftware.org
"""

import datetime
import hashlib
import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from lxml import etree

from sco_research import __version__
from sco_research.errors import CodingError, OutputError, ParameterError, closest
from sco_research.exchange.codes import CODED, PROGRAM, Code, tree_of
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import Sentence, sentences_of

_PROJECT, _CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_ORIGIN = f"sco-research {__version__}"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, _PROJECT)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_LINE_ENDS = re.compile(r"\r\n?")
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAX_BYTES = 200_000_000
_ID_LINE = "sco-research id: "
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


def write_codebook(codes: Iterable[Code], path: str | Path) -> Path:
    """Write codes as a REFI-QDA codebook.

    Parameters
    ----------
    codes : iterable of Code
        Such as `codes_of` a codebook, or `COMMITMENT_CODES`.
    path : str or pathlib.Path
        A file that ends in ``.qdc``; one that exists is replaced.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ParameterError
        Where the file's ending is another, or there is no code.
    OutputError
        Where it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> file = write_codebook([Code("security.drugs", "Drugs")], folder / "themes.qdc")
    >>> [(code.id, code.label) for code in read_codebook(file)]
    [('security.drugs', 'Drugs')]
    """
    root = etree.Element(f"{{{_CODEBOOK}}}CodeBook", nsmap={None: _CODEBOOK})
    root.set("origin", _ORIGIN)
    _add_codes(root, tuple(codes), _CODEBOOK)
    return _write(path, ".qdc", _xml(root))


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


def write_project(
    documents: Documents,
    coded: pd.DataFrame,
    path: str | Path,
    *,
    codes: Iterable[Code],
    name: str = "",
    created: datetime.datetime | None = None,
) -> Path:
    """Write documents with what is coded in them as a REFI-QDA project.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        The texts; each source bears its document's id and the hash of its text.
    coded : pandas.DataFrame
        With the columns of `CODED`, as `coded_hits` and `coded_sentences` return them, also several
        put together; may be empty, for coders to start from.
    path : str or pathlib.Path
        A file that ends in ``.qdpx``; one that exists is replaced.
    codes : iterable of Code
        All codes of the project; a code that ``coded`` has must be among them.
    name : str
        The project's name; else the file's.
    created : datetime.datetime, optional
        When the coding was made, said of the project. Without it no time is said.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ParameterError
        Where the file's ending is another, a document or a code is not among those given, or a
        coded stretch does not lie in its text.
    OutputError
        Where it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from sco_research import code_themes, load_codebook
    >>> from sco_research.exchange.codes import coded_hits, codes_of
    >>> document = Document.from_text("They fight drugs.", id="note")
    >>> codes = codes_of(load_codebook("themes"))
    >>> coded = coded_hits(code_themes(document))
    >>> file = write_project(
    ...     document, coded, Path(tempfile.mkdtemp()) / "note.qdpx", codes=codes
    ... )
    >>> read_project(file, document).equals(coded)
    True
    """
    texts = {document.id: document for document in documents_of(documents)}
    if not texts:
        raise ParameterError("documents: none given; a project needs one at least")
    known = tuple(codes)
    _check_coded(coded, texts, {code.id for code in known})
    root = etree.Element(f"{{{_PROJECT}}}Project", nsmap={None: _PROJECT})
    root.set("name", _clean(name or Path(path).stem))
    root.set("origin", _ORIGIN)
    if created is not None:
        root.set("creationDateTime", created.isoformat(timespec="seconds"))
    coders = list(dict.fromkeys([*coded["coder"], PROGRAM]))
    users = _add(root, "Users")
    for coder in coders:
        _add(users, "User", guid=_guid("user", coder), name=_clean(coder))
    _add_codes(_add(root, "CodeBook"), known, _PROJECT)
    sources = _add(root, "Sources")
    files = {}
    for document in texts.values():
        rows = coded[coded["document_id"] == document.id]
        content = _LINE_ENDS.sub("\n", document.text).encode("utf-8")
        guid = _guid("source", document.id)
        files[f"Sources/{guid}.txt"] = content
        _add_source(sources, document, rows, guid, content)
    return _write(path, ".qdpx", _zipped({"project.qde": _xml(root), **files}))


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
            near = _did_you_mean(Path(source.name).stem, texts)
            faults.append(
                f"source {source.name!r}: its text is none of the documents given{near}; "
                "name the document that it was made of, unchanged"
            )
            continue
        rows += _rows(source, document, faults)
    if faults:
        raise CodingError(str(file), faults)
    return CODED.frame(rows)


def _check_coded(
    coded: pd.DataFrame, texts: Mapping[str, Document], known: frozenset[str] | set[str]
) -> None:
    """Refuse rows that the project could not hold."""
    missing = [name for name in CODED if name not in coded]
    if missing:
        raise ParameterError(
            f"coded: no column {missing[0]!r}; it needs those of CODED: {', '.join(CODED)}"
        )
    columns = (coded[name].tolist() for name in ("document_id", "category", "start", "end"))
    for document, category, start, end in zip(*columns, strict=True):
        if document not in texts:
            raise ParameterError(f"coded: document {document!r} is not among those given; add it")
        if category not in known:
            raise ParameterError(
                f"coded: code {category!r} is not among the codes given"
                f"{_did_you_mean(category, known)}; add it"
            )
        length = len(texts[document].text)
        if not 0 <= start < end <= length:
            raise ParameterError(
                f"coded: characters {start} to {end} do not lie in the text of "
                f"{document!r}, which has {length}; code the document again"
            )


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    near = closest(name, known)
    return f", did you mean {near!r}?" if near else ""


def _add_codes(parent: etree._Element, codes: tuple[Code, ...], namespace: str) -> None:
    """Add the tree of codes; a parent that is no code of its own cannot be assigned."""
    if not codes:
        raise ParameterError("codes: none given; a codebook needs one at least")
    tree, own = tree_of(codes), {code.id for code in codes}

    def add(parent: etree._Element, code: Code) -> None:
        element = etree.SubElement(parent, f"{{{namespace}}}Code")
        element.set("guid", _guid("code", code.id))
        element.set("name", _clean(code.label) or code.id)
        element.set("isCodable", "true" if code.id in own else "false")
        description = etree.SubElement(element, f"{{{namespace}}}Description")
        said = [_clean(code.definition)] if code.definition else []
        description.text = "\n".join([*said, f"{_ID_LINE}{code.id}"])
        for child in tree.get(code.id, ()):
            add(element, child)

    whole = etree.SubElement(parent, f"{{{namespace}}}Codes")
    for code in tree[""]:
        add(whole, code)


def _add_source(
    sources: etree._Element, document: Document, rows: pd.DataFrame, guid: str, content: bytes
) -> None:
    """Add a text, its hash, and what is coded in it: one selection for each stretch."""
    source = _add(
        sources, "TextSource", guid=guid, name=document.id, plainTextPath=f"internal://{guid}.txt"
    )
    digest = hashlib.sha256(content).hexdigest()
    title = _clean(document.metadata.title)
    said = [title] if title else []
    _add(source, "Description").text = "\n".join([*said, f"sha256 of the text: {digest}"])
    position = _positions(document.text)
    stretches: dict[tuple[int, int], list[tuple[str, str]]] = {}
    columns = (rows[name].tolist() for name in ("start", "end", "category", "coder"))
    for start, end, category, coder in zip(*columns, strict=True):
        held = stretches.setdefault((start, end), [])
        if (category, coder) not in held:
            held.append((category, coder))
    for (start, end), codings in sorted(stretches.items()):
        key = f"{document.id} {start} {end}"
        selection = _add(
            source,
            "PlainTextSelection",
            guid=_guid("selection", key),
            name=_clean(" ".join(document.text[start:end].split()))[:60],
            startPosition=str(position[start]),
            endPosition=str(position[end]),
        )
        for category, coder in codings:
            coding = _add(
                selection,
                "Coding",
                guid=_guid("coding", f"{key} {category} {coder}"),
                creatingUser=_guid("user", coder),
            )
            _add(coding, "CodeRef", targetGUID=_guid("code", category))


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_PROJECT}}}{tag}")
    for attribute, value in attributes.items():
        element.set(attribute, value)
    return element


def _positions(text: str) -> Sequence[int]:
    """Return for each character of a text, and its end, the position once lines end in a feed."""
    if "\r\n" not in text:
        return range(len(text) + 1)
    positions, at = [], 0
    for index, letter in enumerate(text):
        positions.append(at)
        at += not (letter == "\r" and text[index + 1 : index + 2] == "\n")
    return [*positions, at]


def _guid(kind: str, key: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{kind} {key}"))


def _clean(text: str) -> str:
    """Return a text without the characters that XML has no place for."""
    return _NOT_IN_XML.sub("", text)


def _xml(root: etree._Element) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _write(path: str | Path, ending: str, content: bytes) -> Path:
    file = Path(path)
    if file.suffix.lower() != ending:
        raise ParameterError(f"{file}: a file of this kind ends in {ending}; rename it")
    try:
        file.write_bytes(content)
    except OSError as error:
        raise OutputError(
            f"{file}: cannot be written ({error.strerror}); choose another place"
        ) from None
    return file


def _bytes_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise CodingError(str(file), [f"larger than {_MAX_BYTES} bytes; divide it"])
        return file.read_bytes()
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
            named = [line.removeprefix(_ID_LINE) for line in lines if line.startswith(_ID_LINE)]
            definition = "\n".join(line for line in lines if not line.startswith(_ID_LINE))
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


def _reading_order(row: tuple[_Selection, int, int, Sentence]) -> tuple[int, int, int]:
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
