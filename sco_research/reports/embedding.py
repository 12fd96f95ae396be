"""What a report and the files of its style may embed: files in their own folder, nothing else.

A style sheet, a template, a Word document, a citation style or a passage of prose can name other
files and addresses. pandoc, typst, Word or the reader's browser would follow them, so that a report
would depend on a network, tell who reads it, or hold a file that nobody meant to publish. Each kind
is checked before anything is rendered.
"""

import base64
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import tinycss2

from sco_research.errors import ParameterError

_MEDIA_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
# In these a string is an address, as it is after @import.
_ADDRESS_FUNCTIONS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
# What puts an address there that the sheet does not spell out.
_SUBSTITUTIONS = frozenset({"var", "env", "attr", "if", "inherit"})
_LONGEST_SHOWN = 80
# Attributes of a span or a picture by which a page loads or runs something.
_LOADING_ATTRIBUTES = frozenset(
    {"background", "data", "data-background-image", "data-src", "href", "poster", "src", "srcset"}
    | {"style"}
)
_TAG = re.compile(r"<[^>]*>")
_SHEET = re.compile(r'<link rel="stylesheet" href="[^"]*">')
_FIGURE = re.compile(r'<img( src="(figures/[\w.-]+\.svg)")( alt="([^"]*)".*)>', re.DOTALL)
# A task's, by pandoc; those of the annotated document are written without the slash.
_BOX = re.compile(r"<input .*/>", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# pandoc's partials, as $name()$, ${name()} or ${field:name()}.
_PARTIAL = re.compile(r"\$\{?\s*(?:[^\s${}():]+:)?([^\s${}()\[\]:]+)\(\)")
_TYPST_LOADS = re.compile(r"\b(?:import|include)\b(?!\s*\"[^\"\\@][^\"\\]*\")|\b(?:eval|std)\b")
_WORD_PART = re.compile(r"word/[^/]+\.xml")
_WORD_RELATIONSHIPS = re.compile(r"(?:.*/)?_rels/[^/]*\.rels")
_LOADING_FIELD = re.compile(
    r"\b(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|RD)\b"
)


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet that needs no other file.

    Attributes
    ----------
    text : str
        The sheet, with the files that it names inside it.
    files : tuple of pathlib.Path
        Those files.
    """

    text: str
    files: tuple[Path, ...]


def embedded_sheet(path: Path) -> StyleSheet:
    """Return a style sheet with the images, fonts and sheets that it names embedded.

    Parameters
    ----------
    path : Path
        The sheet; what it names must be in its folder or below.

    Raises
    ------
    ParameterError
        Where it names an address, a file elsewhere or one that is no image, font or sheet.
    """
    files: dict[Path, None] = {}
    text = _Sheet(path, path.resolve().parent, (path.resolve(),), files).text()
    # Inside a page the sheet must not end its own element.
    text = re.sub(r"</(?=style)", r"<\\/", text, flags=re.IGNORECASE)
    return StyleSheet(text, tuple(files))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that is being read: its path, the user's folder, the sheets that import it."""

    path: Path
    folder: Path
    stack: tuple[Path, ...]
    files: dict[Path, None]

    def text(self) -> str:
        try:
            css = self.path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise ParameterError(f"--css {self.path}: it is not UTF-8; save it as UTF-8") from None
        nodes = tinycss2.parse_component_value_list(css, skip_comments=True)
        self._embed(nodes)
        return str(tinycss2.serialize(nodes))

    def _embed(self, nodes: Sequence[Any]) -> None:
        """Put data for every address among the nodes, in place."""
        imports = False
        for node in nodes:
            if node.type == "whitespace":
                continue
            if node.type == "url" or (imports and node.type == "string"):
                self._replace(node, is_sheet=imports)
            elif node.type == "function" and node.lower_name in _ADDRESS_FUNCTIONS:
                self._embed_arguments(node, is_sheet=imports)
            else:
                for part in ("arguments", "content"):
                    self._embed(getattr(node, part, None) or ())
            imports = node.type == "at-keyword" and node.lower_value == "import"

    def _embed_arguments(self, function: Any, *, is_sheet: bool) -> None:  # noqa: ANN401 - tinycss2 has no types
        for node in function.arguments:
            if node.type == "string":
                self._replace(node, is_sheet=is_sheet)
            elif node.type == "function" and node.lower_name in _SUBSTITUTIONS:
                raise self._refusal(node, f"{node.lower_name}()")
        self._embed([node for node in function.arguments if node.type != "string"])

    def _replace(self, node: Any, *, is_sheet: bool) -> None:  # noqa: ANN401 - tinycss2 has no types
        address = str(node.value).strip()
        if address.startswith("#") or (address.lower().startswith("data:") and not is_sheet):
            return
        path = _inside(self.folder, self.path.parent, address)
        if path is None or path.suffix.lower() not in _MEDIA_TYPES:
            raise self._refusal(node, address)
        if is_sheet != (path.suffix.lower() == ".css") or path in self.stack:
            raise self._refusal(node, address)
        self.files[path] = None
        data = (
            _Sheet(path, self.folder, (*self.stack, path), self.files).text().encode()
            if is_sheet
            else path.read_bytes()
        )
        fragment = urlsplit(address).fragment
        encoded = base64.b64encode(data).decode("ascii")
        value = f"data:{_MEDIA_TYPES[path.suffix.lower()]};base64,{encoded}"
        value += f"#{_quoted(fragment)}" if fragment else ""
        node.representation = f'url("{value}")' if node.type == "url" else f'"{value}"'

    def _refusal(self, node: Any, what: str) -> ParameterError:  # noqa: ANN401 - tinycss2 has no types
        return ParameterError(
            f"--css {self.path}, line {node.source_line}: {_shown(what)} is no image, font or "
            f"other sheet in {self.folder}; put the file there and name it by a relative path, or "
            "take this out"
        )


def embedded_page(page: str, folder: Path, sheet: Path) -> str | None:
    """Return a page that pandoc made with its style sheet and its figures inside it.

    These are the bytes of ``--embed-resources``, by which pandoc reads the whole page once more: it
    takes as long as to write it.

    Parameters
    ----------
    page : str
        The page, with a link to one sheet.
    folder : Path
        The report's folder.
    sheet : Path
        The sheet, which names no other file.

    Returns
    -------
    str or None
        None where the page holds a picture that is no figure of the report, or a box to tick.
    """
    parts: list[str] = []
    end, before = 0, ""
    for tag in _TAG.finditer(page):
        said, written = page[end : tag.start()], tag.group()
        if before.startswith("<style"):
            said = _without_indents(said)
        else:
            said = said.replace("'", "&#39;").replace('"', "&quot;")
        if _SHEET.fullmatch(written):
            css = _without_indents(sheet.read_text(encoding="utf-8"))
            written = f'<style type="text/css">{css}</style>'
        elif written.startswith("<img") or _BOX.fullmatch(written):
            figure = _FIGURE.fullmatch(written)
            if figure is None:
                return None
            data = base64.b64encode((folder / figure[2]).read_bytes()).decode("ascii")
            source = f'src="data:{_MEDIA_TYPES[".svg"]};base64,{data}"'
            written = f'<img role="img" aria-label="{figure[4]}" {source}{figure[3]}>'
        parts += [said, written]
        end, before = tag.end(), tag.group()
    return "".join([*parts, page[end:]]).replace("&#x27;", "&#39;")


def _without_indents(css: str) -> str:
    return re.sub(r"^[ \t]+", "", _COMMENT.sub("", css), flags=re.MULTILINE)


def _quoted(fragment: str) -> str:
    return re.sub(r"[^\w.~:/?-]", "", fragment)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…")


def _inside(folder: Path, base: Path, address: str) -> Path | None:
    """Return the file that a relative address names, if it is in the folder."""
    try:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or "\\" in address:
            return None
        path = (base / unquote(parts.path)).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (OSError, ValueError):
        return None


def check_typst_partials(template: Path) -> None:
    """Check that the partials of a pandoc template are in its folder.

    Raises
    ------
    ParameterError
        Where one does not.
    """
    folder = template.resolve().parent
    waiting, seen = [template.resolve()], set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise ParameterError(
                f"--typst-template {path}: it is not UTF-8; save it as UTF-8"
            ) from None
        for name in _PARTIAL.findall(text):
            file = name if Path(name).suffix else f"{name}{template.suffix}"
            partial = _inside(folder, folder, file.replace("%", "%25"))
            if partial is None:
                raise ParameterError(
                    f"--typst-template {path}: the partial {_shown(name)} is no file in {folder}; "
                    "put it beside the template, or take it out"
                )
            if partial not in seen:
                waiting.append(partial)


def check_typst_source(source: str, template: Path) -> None:
    """Check that a template's typst code loads nothing that it does not name as a local file.

    Parameters
    ----------
    source : str
        What the template gives for a report without words.
    template : Path
        The template, for the message.

    Raises
    ------
    ParameterError
        Where it imports a package, or code by a name that is computed.
    """
    found = _TYPST_LOADS.search(source)
    if found:
        line = source[found.start() :].splitlines()[0]
        raise ParameterError(
            f"--typst-template {template}: {_shown(line)} loads code that is not in the report; "
            "write what it defines into the template itself"
        )


def check_word_document(path: Path) -> None:
    """Check that a Word document is one, and loads nothing from elsewhere.

    Links that a reader may click stay.

    Raises
    ------
    ParameterError
        Where it is no Word document, or names a file or address that Word would load.
    """
    option = f"--reference-docx {path}"
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "word/styles.xml" not in names:
                raise ParameterError(f"{option}: this is no Word document; save it as .docx")
            for name in names:
                if _WORD_RELATIONSHIPS.fullmatch(name):
                    loaded = _external(ElementTree.fromstring(archive.read(name)))
                elif _WORD_PART.fullmatch(name):
                    loaded = _loading_fields(ElementTree.fromstring(archive.read(name)))
                else:
                    continue
                for what in loaded:
                    raise ParameterError(
                        f"{option}, {name}: it loads {_shown(what)} from elsewhere; put the "
                        "content into the document, or take this out"
                    )
    except (zipfile.BadZipFile, ElementTree.ParseError, NotImplementedError, RuntimeError):
        raise ParameterError(f"{option}: this is no Word document; save it as .docx") from None


def _external(relationships: ElementTree.Element) -> Iterator[str]:
    for item in relationships.iter():
        is_link = item.get("Type", "").endswith("/hyperlink")
        if item.get("TargetMode", "").lower() == "external" and not is_link:
            yield item.get("Target", "")


def _loading_fields(part: ElementTree.Element) -> Iterator[str]:
    """Return the field codes that make Word load something."""
    for paragraph in part.iter():
        if paragraph.tag.endswith("}p"):
            # A code may be cut into several runs.
            code = "".join(_codes(paragraph.iter()))
            if _LOADING_FIELD.search(code.upper()):
                yield " ".join(code.split())


def _codes(elements: Iterable[ElementTree.Element]) -> Iterator[str]:
    for item in elements:
        if item.tag.endswith("}instrText"):
            yield item.text or ""
        elif item.tag.endswith("}fldSimple"):
            yield next((value for name, value in item.items() if name.endswith("}instr")), "")


def check_citation_style(path: Path) -> None:
    """Check that a file is a citation style with rules of its own.

    Raises
    ------
    ParameterError
        Where it is no style, or only gives another one's address.
    """
    option = f"--style {path}"
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError:
        root = ElementTree.Element("none")
    if root.tag.rpartition("}")[2] != "style":
        raise ParameterError(
            f"{option}: this is no style of the Citation Style Language; take another"
        )
    parent = parent_style(root)
    if parent:
        name = parent.rpartition("/")[2]
        raise ParameterError(
            f"{option}: this style only refers to {_shown(parent)}; name that one, as --style "
            f"{name} or by the path of its .csl file"
        )


def parent_style(style: ElementTree.Element) -> str:
    """Return the address of the style that a style only renames; empty where it has its own rules.

    >>> link = '<link rel="independent-parent" href="http://www.zotero.org/styles/apa"/>'
    >>> parent_style(ElementTree.fromstring(f"<style><info>{link}</info></style>"))
    'http://www.zotero.org/styles/apa'
    """
    for item in style.iter():
        is_parent = item.get("rel", "").strip().lower() == "independent-parent"
        if item.tag.rpartition("}")[2] == "link" and is_parent:
            return item.get("href", "")
    return ""


def check_prose(tree: object, folder: Path) -> None:
    """Check that a report's text embeds pictures of its own folder only.

    Parameters
    ----------
    tree : object
        The text as pandoc's JSON has it.
    folder : Path
        The report's folder.

    Raises
    ------
    ParameterError
        Where a picture is elsewhere, or an attribute loads or runs something.
    """
    if isinstance(tree, dict):
        kind, content = tree.get("t"), tree.get("c")
        if kind == "Image" and isinstance(content, list):
            _check_picture(str(content[2][0]), folder)
        if isinstance(content, list):
            for name in _attribute_names(content):
                if name.lower() in _LOADING_ATTRIBUTES or name.lower().startswith("on"):
                    raise ParameterError(
                        f"report.md: the attribute {_shown(name)} loads or runs something in the "
                        "page; take it out"
                    )
    parts = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    for part in parts:
        check_prose(part, folder)


def _check_picture(target: str, folder: Path) -> None:
    root = folder.resolve()
    if not target.startswith("data:image/") and _inside(root, root, target) is None:
        raise ParameterError(
            f"report.md: the picture {_shown(target)} is no file of the report; add it by "
            "report.figure, or take it out"
        )


def _attribute_names(content: list[object]) -> Iterator[str]:
    """Return the names of an element's attributes: pandoc writes id, classes, names and values."""
    for item in content:
        if (
            isinstance(item, list)
            and len(item) == 3
            and isinstance(item[0], str)
            and isinstance(item[1], list)
            and isinstance(item[2], list)
        ):
            yield from (str(pair[0]) for pair in item[2] if isinstance(pair, list) and pair)
