"""The numbers that Word sets before the items of its lists, which are no text of theirs."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sco_research.loaders.extraction import roman
from sco_research.loaders.formats.docx.styles import (
    Styles,
    child_value,
    is_on,
    qn,
    value,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml import etree


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: the form and the shape of its numbers, and how they are counted."""

    form: str
    shape: str
    start: int
    # The level above that starts this one anew; 0 for none, None for any.
    restart: int | None
    is_legal: bool
    # The style whose paragraphs stand at this level, where they name none.
    style: str


class Numbering:
    """The lists of a document, and how far each has counted.

    Attributes
    ----------
    plain : set of str
        The forms of numbers, as Word names them, that were written in plain figures instead.
    """

    def __init__(self, word: "WordDocument", styles: Styles) -> None:
        self.plain: set[str] = set()
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        # Lists of one abstract list count on together.
        self._list_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        try:
            root = word.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {value(item, "w:abstractNumId"): item for item in root.iter(qn("w:abstractNum"))}
        for item in root.iter(qn("w:num")):
            number = value(item, "w:numId")
            name = self._resolved(child_value(item, "w:abstractNumId"), abstract, root)
            self._list_of[number] = name
            levels = {} if name not in abstract else _levels_of(abstract[name])
            self._restarts[number] = {}
            for change in item.iter(qn("w:lvlOverride")):
                depth = _whole(value(change, "w:ilvl"), 0)
                levels |= _levels_of(change)
                if start := child_value(change, "w:startOverride"):
                    self._restarts[number][depth] = _whole(start, 1)
            self._levels[number] = levels

    def _resolved(
        self, name: str, abstract: "dict[str, etree._Element]", root: "etree._Element"
    ) -> str:
        """Return the abstract list that one linked to a style stands for."""
        if name not in abstract or not (link := child_value(abstract[name], "w:numStyleLink")):
            return name
        for style in self._styles.chain(link):
            number = child_value(style, "w:pPr/w:numPr/w:numId")
            for item in root.iter(qn("w:num")):
                if number and value(item, "w:numId") == number:
                    return child_value(item, "w:abstractNumId")
        return name

    def mark_of(self, paragraph: "etree._Element") -> str:
        """Return the mark of an item, or nothing where the paragraph is none."""
        number, depth = self._place_of(paragraph)
        if number in ("", "0"):
            return ""
        levels = self._levels.get(number, {})
        level = levels.get(depth)
        if level is None or level.form == "bullet":
            return "- "
        counts = self._counts.setdefault(self._list_of[number], {})
        for place, start in self._restarts[number].items():
            # A list that is told to start anew does so where it is first used.
            counts.pop(place, None)
            levels[place] = replace(levels.get(place, level), start=start)
        self._restarts[number] = {}
        level = levels[depth]
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [place for place in counts if place > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and depth < restart):
                del counts[deeper]
        shape = level.shape
        for place in range(depth + 1):
            sign = f"%{place + 1}"
            if sign in shape:
                above = levels.get(place, level)
                count = counts.setdefault(place, above.start)
                shape = shape.replace(
                    sign, self._figure(count, "decimal" if level.is_legal else above.form)
                )
        return f"{shape.strip()} " if shape.strip() else ""

    def _place_of(self, paragraph: "etree._Element") -> tuple[str, int]:
        """Return the list of a paragraph and the level in it, by itself or by its styles."""
        number, level = "", ""
        styles = self._styles.of_paragraph(paragraph)
        for place in (paragraph, *styles):
            number = child_value(place, "w:pPr/w:numPr/w:numId")
            level = level or child_value(place, "w:pPr/w:numPr/w:ilvl")
            if number:
                break
        if not level:
            # A list may name the style whose paragraphs stand at each of its levels.
            names = [value(style, "w:styleId") for style in styles]
            named = {one.style: depth for depth, one in self._levels.get(number, {}).items()}
            return number, next((named[name] for name in names if name in named), 0)
        return number, _whole(level, 0)

    def _figure(self, number: int, form: str) -> str:
        """Return a number as a form of Word's writes it; in plain figures for one that is rare."""
        written = _FIGURES[form](number) if form in _FIGURES and number > 0 else ""
        if not written and form != "none":
            if form != "decimal" and number > 0:
                self.plain.add(form)
            return str(number)
        return written


def _levels_of(element: "etree._Element") -> dict[int, _Level]:
    return {
        _whole(value(level, "w:ilvl"), 0): _Level(
            form=child_value(level, "w:numFmt") or "decimal",
            shape=child_value(level, "w:lvlText"),
            start=_whole(child_value(level, "w:start"), 1),
            restart=_whole(restart, 0) if (restart := child_value(level, "w:lvlRestart")) else None,
            is_legal=is_on(level.find(qn("w:isLgl"))),
            style=child_value(level, "w:pStyle"),
        )
        for level in element.iter(qn("w:lvl"))
    }


def _whole(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text) else otherwise


# Each form of a number, by Word's name for it; nothing for a number beyond it.
_Form = Callable[[int], str]


def _repeated(letters: str) -> _Form:
    """Return a form that counts by letters, and after the last by two of the first."""

    def figure(number: int) -> str:
        times, place = divmod(number - 1, len(letters))
        return letters[place] * (times + 1) if times < 5 else ""

    return figure


def _signs(signs: str) -> _Form:
    """Return a form that has one sign a number, and ends with the last."""
    return lambda number: signs[number - 1] if number <= len(signs) else ""


def _figures(zero: str) -> _Form:
    """Return a form that writes numbers in the ten figures that begin with this one."""
    table = {ord("0") + figure: ord(zero) + figure for figure in range(10)}
    return lambda number: str(number).translate(table)


def _roman(number: int) -> str:
    return roman(number) if number < 4000 else ""


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


_HAN = "〇一二三四五六七八九"


def _han_digits(number: int) -> str:
    return "".join(_HAN[int(digit)] for digit in str(number))


def _han(number: int) -> str:
    if number > 99:
        return ""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_HAN[tens]}十")
    return head + (_HAN[ones] if ones else "")


_FIGURES: dict[str, _Form] = {
    "none": lambda number: "",
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "lowerLetter": _repeated("abcdefghijklmnopqrstuvwxyz"),
    "upperLetter": _repeated("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "russianLower": _repeated("абвгдежзиклмнопрстуфхцчшщыэюя"),
    "russianUpper": _repeated("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
    "arabicAlpha": _repeated("أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    "arabicAbjad": _repeated("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
    "ganada": _repeated("가나다라마바사아자차카타파하"),
    "decimalFullWidth": _figures("\uff10"),
    "decimalFullWidth2": _figures("\uff10"),
    "hindiNumbers": _figures("\u0966"),
    "thaiNumbers": _figures("\u0e50"),
    "decimalEnclosedCircle": _signs("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _signs("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _signs("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _signs("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "ideographTraditional": _signs("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _signs("子丑寅卯辰巳午未申酉戌亥"),
    "chineseCounting": _han,
    "chineseCountingThousand": _han,
    "ideographDigital": _han_digits,
    "japaneseCounting": _han,
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han,
}
