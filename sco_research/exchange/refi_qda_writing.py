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
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd
from lxml import etree

from sco_research import __version__
from sco_research.errors import OutputError, ParameterError, closest, did_you_mean
from sco_research.exchange.codes import CODED, ID_LINE, PROGRAM, Code, tree_of
from sco_research.text.document import Document, Documents, documents_of

_PROJECT, _CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_ORIGIN = f"sco-research {__version__}"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, _PROJECT)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_LINE_ENDS = re.compile(r"\r\n?")
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    >>> from sco_research.exchange.refi_qda_reading import read_codebook
    >>> folder = Path(tempfile.mkdtemp())
    >>> file = write_codebook([Code("security.drugs", "Drugs")], folder / "themes.qdc")
    >>> [(code.id, code.label) for code in read_codebook(file)]
    [('security.drugs', 'Drugs')]
    """
    root = etree.Element(f"{{{_CODEBOOK}}}CodeBook", nsmap={None: _CODEBOOK})
    root.set("origin", _ORIGIN)
    _add_codes(root, tuple(codes), _CODEBOOK)
    return _write(path, ".qdc", _xml(root))


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
    >>> from sco_research.exchange.refi_qda_reading import read_project
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
                f"coded: code {category!r} is not among the codes given; "
                f"{did_you_mean(closest(category, known), 'add it')}"
            )
        length = len(texts[document].text)
        if not 0 <= start < end <= length:
            raise ParameterError(
                f"coded: characters {start} to {end} do not lie in the text of "
                f"{document!r}, which has {length}; code the document again"
            )


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
        description.text = "\n".join([*said, f"{ID_LINE}{code.id}"])
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
