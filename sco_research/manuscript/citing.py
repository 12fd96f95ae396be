r"""Where a manuscript cites the id of a number: in LaTeX, Markdown or Word.

LaTeX: ``\scovalue{id}`` and its kind, and ``\sconumber{id}{twelve}``. Markdown:
``[twelve]{sco="id"}`` or ``twelve<!-- sco: id -->``. Word: a comment on the number that says
``sco: id``, or a content control whose tag is ``sco:id``. In all three: ``twelve [sco: id]``.
"""

import io
import re
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree import ElementTree

from sco_research.errors import SourceError
from sco_research.manuscript.written import Written, find_numbers
from sco_research.resources import file_text, read_file

_ID = r"[^\s\[\]{}<>\"']+"
_BRACKETS = re.compile(rf"\[sco:\s*({_ID})\s*\]")
_COMMENT = re.compile(rf"<!--\s*sco:\s*({_ID})\s*-->")
_SPAN = re.compile(rf"\[([^\[\]]*)\]\{{[^{{}}]*?\bsco=(?:\"({_ID})\"|({_ID}))[^{{}}]*\}}")
_TEX_VALUE = re.compile(rf"\\sco(?:value|low|high)\s*\{{({_ID})\}}")
_TEX_NUMBER = re.compile(rf"\\sconumber\s*\{{({_ID})\}}\s*\{{((?:[^{{}}]|\{{[^{{}}]*\}})*)\}}")
_TEX_REMARK = re.compile(r"(?<!\\)%.*")
_MARK = re.compile(rf"^\s*sco:\s*({_ID})\s*$")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_BYTES = 50_000_000
# What stands for a character in Word.
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
# A number and the citation after it stand so close.
_REACH = 120
_EMPTY_LINE = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d)]*\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Cited:
    """An id that a manuscript cites.

    Attributes
    ----------
    id : str
        The id as written.
    place : str
        Where it is: a line, or a paragraph of a Word document.
    written : Written or None
        The number that it is cited for; None where there is none.
    printed : bool
        Whether the manuscript prints the report's own number, so that none is written.
    """

    id: str
    place: str
    written: Written | None
    printed: bool = False


def read_manuscript(path: Path) -> list[Cited]:
    """Return the ids that a manuscript cites, in their order.

    Parameters
    ----------
    path : pathlib.Path
        A ``.docx``, ``.tex`` or ``.md`` file.

    Raises
    ------
    SourceError
        Where it is none of these, or cannot be read.
    """
    readers: dict[str, Callable[[Path], Iterator[Cited]]] = {
        ".docx": _word,
        ".tex": _latex,
        ".md": _markdown,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise SourceError(f"{path}: a manuscript is a .docx, .tex or .md file; save it as one")
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise SourceError(f"{path}: it is larger than {_MAX_BYTES:,} bytes; split it")
        return list(reader(path))
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); name another") from None
    except UnicodeDecodeError:
        raise SourceError(f"{path}: it is not UTF-8; save it as UTF-8") from None
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        raise SourceError(f"{path}: this is no Word document; save it as .docx") from None


def _latex(path: Path) -> Iterator[Cited]:
    text = file_text(path, "utf-8-sig")
    # A remark's characters stay, as spaces: places do not move.
    text = _TEX_REMARK.sub(lambda remark: " " * len(remark[0]), text)
    line = _lines(text)
    found = [(m.start(), Cited(m[1], line(m.start()), None, True))
             for m in _TEX_VALUE.finditer(text)]  # fmt: skip
    for match in _TEX_NUMBER.finditer(text):
        said = match[2].replace("~", " ").replace(r"\,", "").replace("$-$", "-")
        found.append((match.start(), Cited(match[1], line(match.start()), _only_number(said))))
    found += _before(text.replace("~", " "), _BRACKETS)
    yield from _in_order(found)


def _markdown(path: Path) -> Iterator[Cited]:
    text = file_text(path, "utf-8-sig")
    line = _lines(text)
    found = _before(text, _BRACKETS) + _before(text, _COMMENT)
    for match in _SPAN.finditer(text):
        place = line(match.start())
        found.append((match.start(), Cited(match[2] or match[3], place, _only_number(match[1]))))
    yield from _in_order(found)


def _in_order(found: list[tuple[int, Cited]]) -> Iterator[Cited]:
    yield from (cited for _, cited in sorted(found, key=lambda item: item[0]))


def _before(text: str, mark: re.Pattern[str]) -> list[tuple[int, Cited]]:
    """Return the ids of marks with the number before each."""
    line = _lines(text)
    return [
        (match.start(), Cited(match[1], line(match.start()), _last_number(text, match)))
        for match in mark.finditer(text)
    ]


def _last_number(text: str, mark: re.Match[str]) -> Written | None:
    """Return the last number before a mark, of its sentence and after any other mark."""
    before = text[max(0, mark.start() - _REACH) : mark.start()]
    for end in (_BRACKETS, _COMMENT, _SPAN, _SENTENCE_END, _EMPTY_LINE):
        ends = list(end.finditer(before))
        if ends:
            before = before[ends[-1].end() :]
    numbers = find_numbers(before)
    return numbers[-1] if numbers else None


def _only_number(text: str) -> Written | None:
    numbers = find_numbers(text)
    return numbers[0] if numbers else None


def _lines(text: str) -> Callable[[int], str]:
    """Return what names the line of a place in a text."""
    ends = [found.start() for found in re.finditer("\n", text)]
    return lambda at: f"line {bisect_left(ends, at) + 1}"


def _word(path: Path) -> Iterator[Cited]:
    with zipfile.ZipFile(io.BytesIO(read_file(path))) as archive:
        names = set(archive.namelist())
        comments = _Comments()
        if "word/comments.xml" in names:
            _parse(archive, "word/comments.xml", comments, path)
        reader = _Paragraphs(comments.marks)
        for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if part in names or part == "word/document.xml":
                _parse(archive, part, reader, path)
    if not reader.count:
        raise SourceError(f"{path}: this Word document holds no paragraph; save it as .docx")
    for _, found in sorted(reader.found, key=lambda item: item[0]):
        yield from _in_order(found)


def _parse(
    archive: zipfile.ZipFile, name: str, target: "_Comments | _Paragraphs", path: Path
) -> None:
    """Read a part without keeping it: it may be of any length and depth."""
    if archive.getinfo(name).file_size > _MAX_BYTES:
        raise SourceError(
            f"{path}: its {name} has more than {_MAX_BYTES / 1e6:.0f} MB; split the document"
        )
    data = archive.read(name)
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise zipfile.BadZipFile
    parser = ElementTree.XMLParser(target=target)
    parser.feed(data)
    parser.close()


class _Comments:
    """Collects the ids that comments name, by the comment's own id."""

    def __init__(self) -> None:
        self.marks: dict[str, str] = {}
        self._said: list[str] = []
        self._id = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin a comment, or go on in it."""
        if tag == f"{_W}comment":
            self._id, self._said = attributes.get(f"{_W}id", ""), []

    def data(self, text: str) -> None:
        """Take words."""
        self._said.append(text)

    def end(self, tag: str) -> None:
        """End a comment; words outside of its texts, such as line ends, are none."""
        if tag == f"{_W}comment" and (match := _MARK.match("".join(self._said))):
            self.marks[self._id] = match[1]

    def close(self) -> None:
        """End."""


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as far as it is read, with what is cited in it."""

    place: int
    text: str = ""
    starts: dict[str, int] = field(default_factory=dict)
    found: list[tuple[int, Cited]] = field(default_factory=list)
    controls: list[tuple[int, str]] = field(default_factory=list)

    def cite(self, id: str, start: int) -> None:
        """Cite an id for the words since a place."""
        number = _only_number(self.text[start:])
        self.found.append((start, Cited(id, f"paragraph {self.place}", number)))


class _Paragraphs:
    """Collects what the paragraphs of a Word document cite; a text box in one has its own."""

    def __init__(self, marks: Mapping[str, str]) -> None:
        self.count = 0
        self.found: list[tuple[int, list[tuple[int, Cited]]]] = []
        self._marks = marks
        self._open: list[_Paragraph] = []
        self._in_text = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        kind = tag.removeprefix(_W)
        if kind == "p":
            self.count += 1
            self._open.append(_Paragraph(self.count))
        elif self._open:
            self._start_in(self._open[-1], kind, attributes)

    def _start_in(self, here: _Paragraph, kind: str, attributes: Mapping[str, str]) -> None:
        name = attributes.get(f"{_W}id", "")
        if kind == "t":
            self._in_text = True
        elif kind in _SIGNS:
            here.text += _SIGNS[kind]
        elif kind == "commentRangeStart":
            here.starts[name] = len(here.text)
        elif kind == "commentRangeEnd" and name in self._marks:
            here.cite(self._marks[name], here.starts.get(name, 0))
        elif kind == "sdt":
            here.controls.append((len(here.text), ""))
        elif kind == "tag" and here.controls and not here.controls[-1][1]:
            match = _MARK.match(attributes.get(f"{_W}val", ""))
            here.controls[-1] = (here.controls[-1][0], match[1] if match else "")

    def data(self, text: str) -> None:
        """Take words."""
        if self._in_text and self._open:
            self._open[-1].text += text

    def end(self, tag: str) -> None:
        """End an element."""
        kind = tag.removeprefix(_W)
        if kind == "t":
            self._in_text = False
        elif kind == "sdt" and self._open and self._open[-1].controls:
            start, cited_id = self._open[-1].controls.pop()
            if cited_id:
                self._open[-1].cite(cited_id, start)
        elif kind == "p" and self._open:
            here = self._open.pop()
            for at, cited in _before(here.text, _BRACKETS):
                here.found.append((at, replace(cited, place=f"paragraph {here.place}")))
            if here.found:
                self.found.append((here.place, here.found))

    def close(self) -> None:
        """End."""
