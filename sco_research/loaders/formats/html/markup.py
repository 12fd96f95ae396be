"""An HTML page as lines of text: what a browser would show below each other, and nothing hidden."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lxml import html
from lxml.etree import LxmlError, ParserError, iterwalk
from lxml.html import HtmlElement

from sco_research.errors import SourceError
from sco_research.loaders.extraction import Extraction, heads_in_bold, raise_number, roman
from sco_research.text.origin import SourceLocation

_DEEPEST = 2_000
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_LONGEST_CELL = 120
# Deep paths would take more room than the text.
_LONGEST_PATH = 500

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "caption",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    }
)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
RAISED_NUMBER = re.compile(r"\s*[-\u2212–+]?\d{1,3}\s*")
_PRINTABLE = re.compile(r"[^\s\u200b\ufeff]")
_NUMBER_CELL = re.compile(r"\s*(?:[(\[]?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)\]]+|[-–—•*·])\s*")
_WITH_NUMBERS_OF_THEIR_OWN = frozenset({"li", "ol", "ul", "dl", "table", "tbody", "tr", "hr"})
_MARKED = re.compile(r"\s*(?:[-–—•*·]|\(?\w{1,3}[.)])\s")
_NUMBERINGS: dict[str, Callable[[int], str]] = {
    "1": lambda n: f"{n}. ",
    "a": lambda n: f"{chr(96 + n)}) " if n <= 26 else f"{n}) ",
    "A": lambda n: f"{chr(64 + n)}. " if n <= 26 else f"{n}. ",
    "i": lambda n: f"({roman(n).lower()}) ",
    "I": lambda n: f"{roman(n)}. ",
}


def parse(text: str, where: str) -> HtmlElement:
    """Return the tree of a page.

    Raises
    ------
    SourceError
        Where the page holds nothing, or nests deeper than any page does.
    """
    # A declaration of the encoding would contradict what is decoded already.
    data = text.replace("\0", "").encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (ParserError, LxmlError, AssertionError):
        raise SourceError(f"{where}: this HTML page is empty; save it again") from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise SourceError(
            f"{where}: this HTML page nests its elements more than {_DEEPEST} levels deep, as no "
            "page does that people wrote; save its text as plain text"
        )
    for heading in root.iter(*HEADINGS):
        for line_end in heading.iter("br"):
            # Its words are asked for without the lines they are set in.
            line_end.tail = f" {line_end.tail or ''}"
    return root


def tag_of(element: HtmlElement) -> str:
    """Return an element's name; empty for a comment or an instruction."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def lines_in(element: HtmlElement) -> list[str]:
    """Return the words of an element, line by line as ``br`` breaks them."""
    pieces: list[str] = []
    for event, inner in iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces += ["\n" if tag_of(inner) == "br" else "", _SPACE.sub(" ", inner.text or "")]
        elif inner is not element:
            pieces.append(_SPACE.sub(" ", inner.tail or ""))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def write(root: HtmlElement, noise: dict[HtmlElement, str]) -> Extraction:
    """Write what an element shows, without what is noise, each block with its place.

    Parameters
    ----------
    root : HtmlElement
        What to write.
    noise : dict
        The elements to leave out, and what each is.
    """
    writer = _Writer(root, noise)
    for step, element in _walk(root, noise):
        if step == "start":
            writer.start(element)
        elif step == "end":
            writer.end(element)
        else:
            writer.leave_out(element)
        # What follows an element belongs to its parent.
        if step != "start" and element is not root:
            writer.write(element.tail or "")
    return writer.extraction


def _walk(root: HtmlElement, noise: dict[HtmlElement, str]) -> Iterator[tuple[str, HtmlElement]]:
    """Yield every element at its start and its end, and noise once, in the order of the page."""
    stack: list[Iterator[HtmlElement]] = [iter((root,))]
    open_elements: list[HtmlElement] = []
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            if open_elements:
                yield "end", open_elements.pop()
        elif element in noise or not tag_of(element):
            yield "noise", element
        else:
            yield "start", element
            open_elements.append(element)
            stack.append(iter(element))


class _Writer:
    def __init__(self, root: HtmlElement, noise: dict[HtmlElement, str]) -> None:
        self.extraction = Extraction()
        self._noise = noise
        # Of every open element its path and how many of each name it holds so far: to ask the
        # tree for a path would count all siblings anew each time.
        path, _, name = root.getroottree().getpath(root).rpartition("/")
        self._open: list[tuple[str, Counter[str]]] = [(path, Counter())]
        self._root_name = name
        self._blocks: list[SourceLocation] = []
        self._lengths: list[int] = []
        self._preformatted = 0
        self._marks: list[str] = []
        self._counts: list[tuple[int, int]] = []
        self._heads: list[bool] = []

    def start(self, element: HtmlElement) -> None:
        tag = tag_of(element)
        place = self._next_place(element, tag)
        self._open.append((place.element, Counter()))
        if tag == "br":
            self.extraction.add_break()
        elif tag in BLOCKS:
            self._begin_block(element, tag, place)
        text = element.text or ""
        if tag == "sup" and RAISED_NUMBER.fullmatch(text):
            text = raise_number(text)
        self.write(text)

    def _next_place(self, element: HtmlElement, tag: str) -> SourceLocation:
        path, counts = self._open[-1]
        counts[tag] += 1
        name = self._root_name if len(self._open) == 1 else f"{tag}[{counts[tag]}]"
        return SourceLocation(line=element.sourceline, element=f"{path}/{name}"[-_LONGEST_PATH:])

    def _begin_block(self, element: HtmlElement, tag: str, place: SourceLocation) -> None:
        if (
            tag in ("td", "th")
            and not self._is_layout(element)
            and element.getprevious() is not None
        ):
            if not self.extraction.at_line_start:
                self.extraction.write("\t", self._place())
        elif tag not in _WITH_NUMBERS_OF_THEIR_OWN and _is_number_beside(element):
            if not self.extraction.at_line_start or tag != "td":
                # The number's own block ended its line.
                self.extraction.go_on()
                self.extraction.write(" ", self._place())
        elif tag in ("li", "tr", "td", "th"):
            self.extraction.end_line()
        else:
            self.extraction.end_paragraph()
        self._blocks.append(place)
        self._lengths.append(self.extraction.length)
        self._preformatted += tag == "pre"
        self._heads.append(tag in HEADINGS or (tag in ("p", "div") and _is_bold_heading(element)))
        if tag in ("ol", "ul"):
            self._counts.append(_numbering(element))
        if tag == "li":
            self._marks.append(self._mark(element))

    def _mark(self, element: HtmlElement) -> str:
        parent = element.getparent()
        if parent is None or tag_of(parent) != "ol" or not self._counts:
            return "- "
        number, step = self._counts[-1]
        if _NUMBER.fullmatch(given := (element.get("value") or "").strip()):
            number = int(given)
        self._counts[-1] = (number + step, step)
        numbering = _NUMBERINGS.get(parent.get("type") or "1", _NUMBERINGS["1"])
        return numbering(number) if 0 < number < 4000 else f"{number}. "

    def end(self, element: HtmlElement) -> None:
        tag = tag_of(element)
        self._open.pop()
        if tag not in BLOCKS:
            return
        self._blocks.pop()
        self._heads.pop()
        self._preformatted -= tag == "pre"
        is_empty = self._lengths.pop() == self.extraction.length
        if tag in ("ol", "ul") and self._counts:
            self._counts.pop()
        if tag == "li":
            self._marks.pop()
        if tag in ("li", "tr"):
            self.extraction.end_line()
        elif tag not in ("td", "th"):
            self.extraction.end_paragraph()
            # An empty paragraph is how a page sets a wider gap.
            if is_empty and tag in ("p", "div") and len(element) == 0 and self.extraction.length:
                self.extraction.add_break()

    def write(self, text: str) -> None:
        if not _PRINTABLE.search(text):
            if text and not self.extraction.ends_with_space and not self._preformatted:
                self.extraction.write(" ", self._place())
            elif self._preformatted:
                self._write_lines(text)
            return
        if self._preformatted:
            self._write_lines(text)
            return
        collapsed = _SPACE.sub(" ", text)
        if self.extraction.ends_with_space:
            collapsed = collapsed.lstrip(" ")
        self._write_piece(collapsed)

    def _write_lines(self, text: str) -> None:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for number, line in enumerate(lines):
            if number:
                self.extraction.add_break()
            if _PRINTABLE.search(line):
                self._write_piece(line.rstrip())

    def _write_piece(self, piece: str) -> None:
        if self._marks and self._marks[-1]:
            mark = "" if _MARKED.match(piece) else self._marks[-1]
            self._marks[-1] = ""
            piece = mark + piece
        heads = bool(self._heads and self._heads[-1]) and self.extraction.at_line_start
        self.extraction.write(piece, self._place(), heading=heads)

    def leave_out(self, element: HtmlElement) -> None:
        kind = self._noise.get(element, "")
        tag = tag_of(element)
        place = self._next_place(element, tag) if tag else SourceLocation()
        if kind and kind != "hidden":
            self.extraction.remove(kind, element.text_content(), place)
        if tag in BLOCKS:
            self.extraction.end_paragraph()

    def _place(self) -> SourceLocation:
        return self._blocks[-1] if self._blocks else SourceLocation()

    def _is_layout(self, cell: HtmlElement) -> bool:
        """Return whether a table cell holds prose, as on pages laid out before style sheets."""
        inner = cell.iter("p", "div", "br", "table", "ul", "ol", *HEADINGS)
        if next(inner, None) is not None:
            return True
        return sum(map(len, cell.itertext())) > _LONGEST_CELL


def _is_number_beside(block: HtmlElement) -> bool:
    """Return whether a cell or a block has its number, and nothing else, before it."""
    before, parent = block.getprevious(), block.getparent()
    if before is None or parent is None or not tag_of(before):
        return False
    number = before.text_content()
    if tag_of(block) != "td":
        is_first = before.getprevious() is None
        number = f"{parent.text or ''}{number}{before.tail or ''}" if is_first else ""
    return _NUMBER_CELL.fullmatch(number) is not None


def _is_bold_heading(block: HtmlElement) -> bool:
    """Return whether a block is one bold line that heads what follows."""
    if next(block.iterancestors("li"), None) is not None:
        return False
    inner = [child for child in block if tag_of(child)]
    if len(inner) != 1 or tag_of(inner[0]) not in ("b", "strong"):
        return False
    if (block.text or "").strip() or (inner[0].tail or "").strip():
        return False
    return heads_in_bold(" ".join(inner[0].text_content().split()))


def _numbering(element: HtmlElement) -> tuple[int, int]:
    """Return the number of a list's first item and the step to the next, as a browser counts."""
    given = (element.get("start") or "").strip()
    reversed_ = element.get("reversed") is not None
    if _NUMBER.fullmatch(given):
        first = int(given)
    else:
        first = len(element.findall("li")) if reversed_ else 1
    return first, -1 if reversed_ else 1
