"""WordprocessingML: its names, its values, and what styles say of paragraphs and runs."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml import etree

_OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|title|subtitle|überschrift|заголовок|标题|見出し)\s*\d*$", re.I)


@cache
def qn(path: str) -> str:
    """Return a name, or a path of names, of WordprocessingML as the tree has it."""
    return re.sub(r"\bw:", "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}", path)


def value(element: "etree._Element", name: str) -> str:
    """Return an attribute; empty where there is none."""
    return element.get(qn(name)) or ""


def child_value(element: "etree._Element", path: str) -> str:
    """Return the value of what a path leads to; empty where there is none."""
    child = element.find(qn(path))
    return "" if child is None else value(child, "w:val")


def is_on(switch: "etree._Element | None") -> bool:
    """Return whether a switch is there and not set to off."""
    return switch is not None and (switch.get(qn("w:val")) or "1").lower() not in _OFF


class Styles:
    """What the styles of a document say of its paragraphs and runs."""

    def __init__(self, word: "WordDocument") -> None:
        self._by_id = {
            item.get(qn("w:styleId")): item for item in word.styles.element.iter(qn("w:style"))
        }

    def chain(self, name: str) -> "list[etree._Element]":
        """Return a style and those it is based on, nearest first."""
        found: list[etree._Element] = []
        while name in self._by_id and self._by_id[name] not in found:
            style = self._by_id[name]
            found.append(style)
            name = child_value(style, "w:basedOn")
        return found

    def of_paragraph(self, paragraph: "etree._Element") -> "list[etree._Element]":
        """Return the styles of a paragraph, nearest first."""
        return self.chain(child_value(paragraph, "w:pPr/w:pStyle"))

    def is_set(self, run: "etree._Element", switch: str, paragraph: "etree._Element") -> bool:
        """Return whether a run has a switch, by itself or by its styles.

        What the styles of a run and of its paragraph both set is off, as Word shows it: emphasis
        within what is emphasised.
        """
        own = run.find(qn(f"w:rPr/{switch}"))
        if own is not None:
            return is_on(own)
        styles = self.chain(child_value(run, "w:rPr/w:rStyle"))
        return _says(styles, switch) != _says(self.of_paragraph(paragraph), switch)

    def is_heading(self, paragraph: "etree._Element") -> bool:
        """Return whether a paragraph is a heading by its style's name or its outline level."""
        styles = self.of_paragraph(paragraph)
        names = [child_value(paragraph, "w:pPr/w:pStyle")]
        names += [child_value(style, "w:name") for style in styles[:1]]
        if any(map(_HEADING.match, names)):
            return True
        levels = (child_value(place, "w:pPr/w:outlineLvl") for place in (paragraph, *styles))
        return next(filter(None, levels), "9") != "9"


def _says(styles: "list[etree._Element]", switch: str) -> bool:
    """Return what the nearest style that has a switch sets it to."""
    found = (style.find(qn(f"w:rPr/{switch}")) for style in styles)
    return is_on(next((one for one in found if one is not None), None))
