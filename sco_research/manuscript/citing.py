r"""Where a manuscript cites the id of a number: in LaTeX, Markdown or Word.

LaTeX: ``\scovalue{id}`` and its kind, and ``\sconumber{id}{twelve}``. Markdown:
``[twelve]{sco="id"}`` or ``twelve<!-- sco: id -->``. Word: a comment on the number that says
``sco: id``, or a content control whose tag is ``sco:id``. In all three: ``twelve [sco: id]``.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from sco_research.errors import SourceError
from sco_research.manuscript.written import Written, find_numbers

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
# A number and the citation after it stand so close.
_REACH = 120
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
    text = path.read_text(encoding="utf-8-sig")
    # A remark's characters stay, as spaces: places do not move.
    text = _TEX_REMARK.sub(lambda remark: " " * len(remark[0]), text)
    found = [(m.start(), Cited(m[1], _line(text, m.start()), None, True))
             for m in _TEX_VALUE.finditer(text)]  # fmt: skip
    for match in _TEX_NUMBER.finditer(text):
        said = match[2].replace("~", " ").replace(r"\,", "").replace("$-$", "-")
        found.append(
            (match.start(), Cited(match[1], _line(text, match.start()), _only_number(said)))
        )
    found += _before(text.replace("~", " "), _BRACKETS)
    yield from _in_order(found)


def _markdown(path: Path) -> Iterator[Cited]:
    text = path.read_text(encoding="utf-8-sig")
    found = _before(text, _BRACKETS) + _before(text, _COMMENT)
    for match in _SPAN.finditer(text):
        place = _line(text, match.start())
        found.append((match.start(), Cited(match[2] or match[3], place, _only_number(match[1]))))
    yield from _in_order(found)


def _in_order(found: list[tuple[int, Cited]]) -> Iterator[Cited]:
    yield from (cited for _, cited in sorted(found, key=lambda item: item[0]))


def _before(text: str, mark: re.Pattern[str]) -> list[tuple[int, Cited]]:
    """Return the ids of marks with the number before each."""
    return [
        (match.start(), Cited(match[1], _line(text, match.start()), _last_number(text, match)))
        for match in mark.finditer(text)
    ]


def _last_number(text: str, mark: re.Match[str]) -> Written | None:
    """Return the last number before a mark, of its sentence and after any other mark."""
    before = text[max(0, mark.start() - _REACH) : mark.start()]
    for end in (_BRACKETS, _COMMENT, _SPAN, _SENTENCE_END, re.compile(r"\n\s*\n")):
        ends = list(end.finditer(before))
        if ends:
            before = before[ends[-1].end() :]
    numbers = find_numbers(before)
    return numbers[-1] if numbers else None


def _only_number(text: str) -> Written | None:
    numbers = find_numbers(text)
    return numbers[0] if numbers else None


def _line(text: str, at: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1}"


def _word(path: Path) -> Iterator[Cited]:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if sum(archive.getinfo(name).file_size for name in names) > 10 * _MAX_BYTES:
            raise SourceError(f"{path}: it unpacks to too much; save it anew")
        marks = _comments(_tree(archive, "word/comments.xml")) if (
            "word/comments.xml" in names
        ) else {}  # fmt: skip
        paragraphs = 0
        for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if part not in names and part != "word/document.xml":
                continue
            for paragraph in _tree(archive, part).iter(f"{_W}p"):
                paragraphs += 1
                yield from _paragraph(paragraph, f"paragraph {paragraphs}", marks)


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    data = archive.read(name)
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise zipfile.BadZipFile
    return ElementTree.fromstring(data)


def _comments(tree: ElementTree.Element) -> dict[str, str]:
    """Return the ids that comments name, by the comment's own id."""
    found = {}
    for comment in tree.iter(f"{_W}comment"):
        said = "".join(piece.text or "" for piece in comment.iter(f"{_W}t"))
        match = _MARK.match(said)
        if match:
            found[comment.get(f"{_W}id", "")] = match[1]
    return found


def _paragraph(
    paragraph: ElementTree.Element, place: str, marks: dict[str, str]
) -> Iterator[Cited]:
    text, starts = "", {}
    found: list[tuple[int, Cited]] = []
    for item in paragraph.iter():
        kind = item.tag.removeprefix(_W)
        if kind == "t":
            text += item.text or ""
        elif kind in ("tab", "br", "cr"):
            text += " "
        elif kind == "noBreakHyphen":
            text += "-"
        elif kind == "commentRangeStart":
            starts[item.get(f"{_W}id", "")] = len(text)
        elif kind == "commentRangeEnd" and (name := item.get(f"{_W}id", "")) in marks:
            begin = starts.get(name, 0)
            found.append((begin, Cited(marks[name], place, _only_number(text[begin:]))))
        elif kind == "sdt":
            tag = item.find(f"{_W}sdtPr/{_W}tag")
            match = _MARK.match(tag.get(f"{_W}val", "")) if tag is not None else None
            if match:
                inside = "".join(piece.text or "" for piece in item.iter(f"{_W}t"))
                found.append((len(text), Cited(match[1], place, _only_number(inside))))
    for at, cited in _before(text, _BRACKETS):
        found.append((at, Cited(cited.id, place, cited.written)))
    yield from _in_order(found)
