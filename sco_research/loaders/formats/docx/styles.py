"""WordprocessingML: its names, its values, and what styles say of paragraphs and runs."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml import etree

_OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|title|subtitle|überschrift|заголовок|标题|見出し)\s*\d*$", re.I)


def qn(name: str) -> str:
    """Return a name of WordprocessingML as the tree has it."""
    prefix, _, local = name.partition(":")
    assert prefix == "w"
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{local}"


PROPERTIES = qn("w:pPr")
_OF_RUN = qn("w:rPr")


def value(element: "etree._Element", name: str) -> str:
    """Return an attribute; empty where there is none."""
    return element.get(qn(name)) or ""


def child_value(element: "etree._Element", name: str) -> str:
    """Return the value of a child; empty where there is none."""
    child = element.find(qn(name))
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

    def chain(self, name: str | None) -> "list[etree._Element]":
        """Return a style and those it is based on, nearest first."""
        found: list[etree._Element] = []
        while name in self._by_id and self._by_id[name] not in found:
            style = self._by_id[name]
            found.append(style)
            base = style.find(qn("w:basedOn"))
            name = base.get(qn("w:val")) if base is not None else None
        return found

    def of_paragraph(self, paragraph: "etree._Element") -> "list[etree._Element]":
        """Return the styles of a paragraph, nearest first."""
        named = paragraph.find(f"{PROPERTIES}/{qn('w:pStyle')}")
        return self.chain(named.get(qn("w:val")) if named is not None else None)

    def is_set(self, run: "etree._Element", switch: str, paragraph: "etree._Element") -> bool:
        """Return whether a run has a switch, by itself or by its styles.

        What the styles of a run and of its paragraph both set is off, as Word shows it: emphasis
        within what is emphasised.
        """
        own = run.find(f"{_OF_RUN}/{qn(switch)}")
        if own is not None:
            return is_on(own)
        named = run.find(f"{_OF_RUN}/{qn('w:rStyle')}")
        styles = self.chain(named.get(qn("w:val")) if named is not None else None)
        return _says(styles, switch) != _says(self.of_paragraph(paragraph), switch)

    def is_heading(self, paragraph: "etree._Element") -> bool:
        """Return whether a paragraph is a heading by its style's name or its outline level."""
        named = paragraph.find(f"{PROPERTIES}/{qn('w:pStyle')}")
        styles = self.of_paragraph(paragraph)
        name = styles[0].find(qn("w:name")) if styles else None
        names = [
            name.get(qn("w:val")) if name is not None else "",
            named.get(qn("w:val")) if named is not None else "",
        ]
        if any(_HEADING.match(item or "") for item in names):
            return True
        places = (paragraph, *styles)
        levels = (place.find(f"{PROPERTIES}/{qn('w:outlineLvl')}") for place in places)
        level = next((found for found in levels if found is not None), None)
        return level is not None and (level.get(qn("w:val")) or "9") != "9"


def _says(styles: "list[etree._Element]", switch: str) -> bool:
    """Return what the nearest style that has a switch sets it to."""
    found = (style.find(f"{_OF_RUN}/{qn(switch)}") for style in styles)
    return is_on(next((one for one in found if one is not None), None))
