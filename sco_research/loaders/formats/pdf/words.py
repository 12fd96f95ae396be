"""The words of a PDF's pages with their places, as PDFium finds them.

PDFium gives the letters in the order in which they are drawn, each with its box, its size and its
turn. Letters that stand side by side are a word; which words are a line is asked later, of their
places alone: see `sco_research.loaders.formats.pdf.lines`.
"""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from sco_research.loaders.formats.pdf.direction import is_right_to_left

MAX_PAGES = 3_000
MAX_WORDS = 3_000_000
# A space is a quarter of the letter's height wide; what is set tighter belongs to the word.
_SPACE = 0.15
_NEAR = 0.2
# Shares of the type's size: how far below the line its box reaches, how far two letters of one
# word may overlap, and how far their lines may lie apart.
_DESCENT = 0.22
_OVERLAP = 0.35
_SHIFT = 0.12
_OTHER_SIZE = 0.06
# Degrees. A scanned page may lie askew; what is turned further is no line of the page.
_ASKEW = 8.0
_SHIFT_OF_A_COPY = 0.2
_BOLD = 650
_FORCED_BOLD = 1 << 18
_DEEPEST_FORM = 8
# What PDFium writes for a hyphen at a line's end, and the signs of the fonts for bullets, which
# have code points of their own.
_SIGNS = {"\x02": "-", "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "‣", "\uf02d": "-"}
_SPACES = frozenset(
    " \t\r\n\f\v\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u202f\u205f\u3000\ufffe"
)
_PRESENTED = re.compile("[\ufb00-\ufdfb\ufe70-\ufefc]")
_UNKNOWN = "\ufffd"
_SOFT_HYPHEN = "\u00ad"
# Accents that are drawn by themselves, over a letter before or after them.
_ACCENTS = {
    "`": "\u0300",
    "\u00b4": "\u0301",
    "\u02c6": "\u0302",
    "\u02dc": "\u0303",
    "\u00af": "\u0304",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u00a8": "\u0308",
    "\u02da": "\u030a",
    "\u02dd": "\u030b",
    "\u02c7": "\u030c",
    "\u00b8": "\u0327",
    "\u02db": "\u0328",
}
_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"
_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class _Style:
    """What the letters of one text object share.

    ``quarter`` counts the quarters of a turn by which they are turned anticlockwise, and is None
    where they stand aslant.
    """

    size: float
    bold: bool
    invisible: bool
    quarter: int | None


# Not frozen: a page has thousands, and frozen ones take four times as long to make.
@dataclass(slots=True)
class _Glyph:
    """What is drawn as one sign: a letter, or the letters of a ligature.

    ``left`` and ``right`` lie along the line that the glyph stands on, ``base`` is the height of
    that line, in the coordinates of the page turned by the style's quarter.
    """

    text: str
    left: float
    right: float
    base: float
    style: _Style
    source: int
    spaced: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """How the coordinates of glyphs become points from the upper left corner of the page."""

    right: float
    down: float
    sign: int
    width: float
    height: float


class UnreadableError(Exception):
    """Say that PDFium does not open a file: the kind of fault, and more where it is damaged."""

    def __init__(self, kind: str, reason: str = "") -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason


def pages_of(data: bytes, *, look: bool = False) -> dict[str, Any]:
    """Return the pages of a PDF, each with its words.

    Parameters
    ----------
    data : bytes
        The file.
    look : bool
        Read no more than to the first words.

    Raises
    ------
    UnreadableError
        Where PDFium does not open it.
    """
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        code = pdfium.FPDF_GetLastError()
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableError("encrypted")
        raise UnreadableError("damaged", "its objects cannot be found")
    try:
        return _pages_of(document, look=look)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _pages_of(document: object, *, look: bool) -> dict[str, Any]:
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        raise UnreadableError("damaged", "it has no pages")
    pages: list[dict[str, Any]] = []
    total = 0
    for number in range(min(count, MAX_PAGES)):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            pages.append({"words": [], "lost": True, "images": 0})
            continue
        try:
            pages.append(_page(page))
        finally:
            pdfium.FPDF_ClosePage(page)
        words = len(pages[-1]["words"])
        total += words
        if look and words:
            break
        if total > MAX_WORDS:
            return {"error": "large", "reason": f"{total} words on {len(pages)} pages"}
    if all(page.get("lost") for page in pages):
        raise UnreadableError("damaged", "no page of it can be read")
    return {"pages": pages, "count": count}


def _page(page: object) -> dict[str, Any]:
    """Return the words of a page, what is turned on it, and what tells how well it was read."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return {"words": [], "lost": True, "images": 0}
    try:
        glyphs, unmapped = _glyphs(text)
    finally:
        pdfium.FPDFText_ClosePage(text)
    quarters = Counter(glyph.style.quarter for glyph in glyphs if glyph)
    # As it is held to be read, most of a page is upright.
    quarter = max(range(4), key=lambda number: quarters[number])
    frame = _frame(page, quarter)
    words, doubled = _words(glyphs, quarter, frame)
    return {
        "words": words,
        "turned": list(_turned(glyphs, quarter)),
        "width": round(frame.width, 2),
        "height": round(frame.height, 2),
        "letters": sum(quarters.values()),
        "unmapped": unmapped,
        "doubled": doubled,
        "invisible": sum(glyph.style.invisible for glyph in glyphs if glyph),
        "images": 0 if words else _images(page),
    }


def _frame(page: object, quarter: int) -> _Frame:
    """Return the frame of a page of which this quarter of a turn is upright."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        box.left, box.bottom, box.right, box.top = 0.0, 0.0, 612.0, 792.0
    width, height = box.right - box.left, box.top - box.bottom
    return (
        _Frame(-box.left, box.top, -1, width, height),
        _Frame(-box.bottom, -box.left, 1, height, width),
        _Frame(box.right, -box.bottom, -1, width, height),
        _Frame(box.top, box.right, 1, height, width),
    )[quarter]


def _images(page: object) -> int:
    """Return how many pictures a page holds, those within its forms too."""
    found = 0
    stack = [
        (pdfium.FPDFPage_GetObject(page, number), 0)
        for number in range(pdfium.FPDFPage_CountObjects(page))
    ]
    while stack:
        item, depth = stack.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        found += kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            stack += [
                (pdfium.FPDFFormObj_GetObject(item, number), depth + 1)
                for number in range(pdfium.FPDFFormObj_CountObjects(item))
            ]
    return found


def _glyphs(page: object) -> tuple[list[_Glyph | None], int]:
    """Return what is drawn on a page in the order of drawing, None for white space.

    Beside it: how many letters have no known code point.
    """
    source_of, is_unmapped = _quick_source_of(), pdfium.FPDFText_HasUnicodeMapError
    box_of, origin_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    glyphs: list[_Glyph | None] = []
    styles: dict[int, _Style] = {}
    fonts: dict[int, bool] = {}
    unmapped = 0
    space: _Glyph | None = None
    last_origin = (0, 0.0, 0.0)
    for number, letter in _letters(page):
        source = source_of(page, number)
        is_space = letter in _SPACES
        if (is_space or not source) and glyphs and glyphs[-1]:
            glyphs.append(None)
        if not source:
            # PDFium's own guess at white space, of which the places tell more.
            continue
        style = styles.get(source)
        if style is None:
            style = styles[source] = _style(page, number, fonts)
        box_of(page, number, box)
        origin_of(page, number, x, y)
        left, right, base = _along(style.quarter, box, x.value, y.value)
        glyph = _Glyph(letter, left, right, base, style, source, spaced=False)
        if is_space:
            space = glyph
            continue
        unmapped += letter == _UNKNOWN or is_unmapped(page, number)
        origin = (source, x.value, y.value)
        last = glyphs[-1] if glyphs else None
        if last and origin == last_origin:
            last.right = max(last.right, right)
            _add_to_ligature(last, letter)
        else:
            glyph.spaced = space is not None and _follows(space, glyph)
            space = None
            glyphs.append(glyph)
        last_origin = origin
    return glyphs, unmapped


def _letters(page: object) -> Iterator[tuple[int, str]]:
    """Yield the number and the letter of what PDFium finds on a page."""
    unicode_of = pdfium.FPDFText_GetUnicode
    high = 0
    for number in range(pdfium.FPDFText_CountChars(page)):
        code = unicode_of(page, number)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            # The second half of a letter beyond the first 65,536.
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else ord(_UNKNOWN)
            high = 0
        letter = chr(code)
        letter = _SIGNS.get(letter, letter)
        if letter.isprintable() or letter in _SPACES or letter == _SOFT_HYPHEN:
            yield number, letter
        elif letter not in _UNSEEN:
            # Neither a letter nor a sign: a code of the font's own.
            yield number, _UNKNOWN


def _along(
    quarter: int | None, box: pdfium.FS_RECTF, x: float, y: float
) -> tuple[float, float, float]:
    """Return where a glyph begins and ends along its line, and the height of the line."""
    if quarter == 1:
        return box.bottom, box.top, x
    if quarter == 2:
        return -box.right, -box.left, -y
    if quarter == 3:
        return -box.top, -box.bottom, -x
    return box.left, box.right, y


def _follows(space: _Glyph, glyph: _Glyph) -> bool:
    """Return whether a glyph stands beside a space, at whichever side, on one line."""
    gap = min(abs(glyph.left - space.right), abs(space.left - glyph.right))
    size = glyph.style.size
    return gap <= _NEAR * size and abs(glyph.base - space.base) <= _SHIFT * size


def _quick_source_of() -> Callable[[Any, int], int | None]:
    """Return a function for the address of the text object of a letter; None for white space.

    The binding wraps the address in an object, and a page has thousands of letters.
    """
    address = ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value
    assert address
    return ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(address)


def _add_to_ligature(glyph: _Glyph, letter: str) -> None:
    """Add a letter to the glyph that it is drawn with.

    Letters that run from right to left come in PDFium's order, which is the reverse of its order
    for the letters of other glyphs; "lam" comes before "alef", and a mark after its letter.
    """
    if letter == _SOFT_HYPHEN:
        return
    glyph.text += letter
    first, second = glyph.text[-2], glyph.text[-1]
    if (first in _ALEFS and second == _LAM) or (
        unicodedata.combining(first) and is_right_to_left(second)
    ):
        glyph.text = glyph.text[:-2] + second + first


def _style(page: object, number: int, fonts: dict[int, bool]) -> _Style:
    """Return the style of a letter; ``fonts`` keeps which fonts are bold."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(page, number, matrix)
    item = pdfium.FPDFText_GetTextObject(page, number)
    size = pdfium.FPDFText_GetFontSize(page, number)
    font = pdfium.FPDFTextObj_GetFont(item)
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in fonts:
        fonts[key] = bool(font) and _is_bold(font)
    turn = math.degrees(math.atan2(matrix.b, matrix.a)) / 90 + (2 if size < 0 else 0)
    quarter = round(turn)
    return _Style(
        size=round(abs(size) * math.hypot(matrix.c, matrix.d), 2),
        bold=fonts[key],
        invisible=pdfium.FPDFTextObj_GetTextRenderMode(item)
        == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
        quarter=quarter % 4 if abs(turn - quarter) * 90 <= _ASKEW else None,
    )


def _is_bold(font: object) -> bool:
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFFont_GetBaseFontName(font, name, length)
    words = name.value.lower()
    if any(word in words for word in (b"bold", b"black", b"heavy")):
        return True
    return bool(
        pdfium.FPDFFont_GetWeight(font) >= _BOLD or pdfium.FPDFFont_GetFlags(font) & _FORCED_BOLD
    )


def _words(glyphs: list[_Glyph | None], quarter: int, frame: _Frame) -> tuple[list[list[Any]], int]:
    """Return the upright words of a page in the order of drawing, and how many glyphs come twice.

    A word ends at white space, at a gap and where the type changes; a reader of lines joins what
    touches.
    """
    words: list[list[Any]] = []
    word: list[_Glyph] = []
    doubled = 0
    for glyph in glyphs:
        if glyph is None or glyph.style.quarter != quarter:
            if word:
                words.append(_word(word, frame))
                word = []
            continue
        if (
            word
            and word[-1].text == _SOFT_HYPHEN
            and 2 * glyph.left < word[-1].left + word[-1].right
        ):
            # It takes no room: no line ends here, and nothing is drawn.
            word.pop()
        if word and (accented := _accented(word[-1], glyph)):
            word[-1] = accented
            continue
        if word:
            last = word[-1]
            if glyph.text == last.text and _covers(last, glyph):
                # Bold type is made of plain type by drawing it again, a little to the side.
                doubled += 1
                continue
            if not _touch(last, glyph):
                words.append(_word(word, frame))
                word = []
        word.append(glyph)
    if word:
        words.append(_word(word, frame))
    return words, doubled


def _accented(first: _Glyph, second: _Glyph) -> _Glyph | None:
    """Return a letter and the accent that is drawn over it as one; None where they are not."""
    if first.text in _ACCENTS:
        accent, letter = first, second
    elif second.text in _ACCENTS:
        accent, letter = second, first
    else:
        return None
    over = min(first.right, second.right) - max(first.left, second.left)
    composed = unicodedata.normalize("NFC", letter.text + _ACCENTS[accent.text])
    if len(composed) > 1 or over < 0.5 * (accent.right - accent.left):
        return None
    return replace(letter, text=composed, spaced=first.spaced)


def _covers(first: _Glyph, second: _Glyph) -> bool:
    """Return whether a glyph is drawn over another one: two of a kind in a word stand apart."""
    shift = abs(first.left - second.left)
    return (
        shift < 0.5 * (first.right - first.left)
        and abs(first.base - second.base) < _SHIFT_OF_A_COPY * first.style.size
    )


def _touch(first: _Glyph, second: _Glyph) -> bool:
    """Return whether two glyphs drawn one after the other stand side by side in one type."""
    one, other = first.style, second.style
    if one is not other and (
        abs(one.size - other.size) > _OTHER_SIZE * one.size or one.bold != other.bold
    ):
        return False
    if abs(first.base - second.base) > _SHIFT * one.size:
        return False
    gap = second.left - first.right
    if gap < -_OVERLAP * one.size and is_right_to_left(first.text[0] + second.text[0]):
        gap = first.left - second.right
    return -_OVERLAP * one.size <= gap <= _SPACE * one.size


def _word(glyphs: list[_Glyph], frame: _Frame) -> list[Any]:
    """Return a word as the values of `sco_research.loaders.formats.pdf.rows.Word`.

    Its letters come from left to right, whatever their script.
    """
    first = glyphs[0]
    style = first.style
    text = "".join([glyph.text for glyph in glyphs])
    if not text.isascii():
        if is_right_to_left(text):
            glyphs = sorted(glyphs, key=lambda glyph: glyph.left)
            text = "".join([_plain(glyph.text)[::-1] for glyph in glyphs])
        else:
            # A hyphen may be encoded as a soft one; what is drawn on a page is there.
            text = _plain(text).replace(_SOFT_HYPHEN, "-")
    base = frame.down + frame.sign * first.base
    return [
        round(min([glyph.left for glyph in glyphs]) + frame.right, 2),
        round(base - (1 - _DESCENT) * style.size, 2),
        round(max([glyph.right for glyph in glyphs]) + frame.right, 2),
        round(base + _DESCENT * style.size, 2),
        style.size,
        style.bold,
        text,
        first.spaced,
    ]


def _plain(text: str) -> str:
    """Return ligatures and the forms of Arabic letters as letters."""
    return _PRESENTED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _turned(glyphs: list[_Glyph | None], quarter: int) -> Iterator[list[Any]]:
    """Yield what is turned on a page: whether it is aslant, its size, and its words."""
    pieces: list[str] = []
    style: _Style | None = None
    for glyph in [*glyphs, None]:
        if glyph is None:
            pieces.append(" ")
            continue
        if style and glyph.style.quarter != style.quarter:
            yield [style.quarter is None, style.size, "".join(pieces).strip()]
            pieces, style = [], None
        if glyph.style.quarter != quarter:
            style = style or glyph.style
            pieces.append(glyph.text)
    if style:
        yield [style.quarter is None, style.size, "".join(pieces).strip()]
