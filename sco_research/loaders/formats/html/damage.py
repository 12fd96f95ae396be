"""What shows that a page was damaged before it came here: a browser mends it and says nothing."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement, defs

_SHOWN = 40
_MAX_NAMED = 3
_NOT_READ = re.compile(r"<!--.*?-->|<(script|style)\b[^>]*+>.*?</\1\s*>", re.S | re.I)
# A tag, its attributes, and no sign that ends it before the next one begins.
_OPEN = re.compile(
    r"</?[A-Za-z][\w:-]*+"
    r"(?:[\s/]++[^\s<>=/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++))?+)*+\s*+/?+(?=<)"
)
# These a page has to close; paragraphs, cells and items end by themselves.
_TO_CLOSE = re.compile(
    r"<(/?)(article|main|section|div|table|ul|ol|dl|blockquote|h[1-6]|title|span|strong|em)\b", re.I
)
_ENDS = re.compile(r"</(?:body|html)\b", re.I)
_ROWS = ("table", "tbody", "thead", "tfoot", "tr")
_LISTS = ("ol", "ul", "menu", "dir")
_SHOW_NOTHING = frozenset({"script", "style", "template", "form", "input"})
# Of tables and lists, what may stand in them and hold words.
_HOLD_WORDS = {
    **dict.fromkeys(_ROWS, frozenset({*_ROWS, *_SHOW_NOTHING, "td", "th", "caption", "colgroup"})),
    **dict.fromkeys(_LISTS, frozenset({*_LISTS, *_SHOW_NOTHING, "li"})),
}
# What is younger or older than the library's list; pictures and formulas are not looked into.
_OTHERS = """
main picture template dialog data bdi search slot nobr rb rtc xmp plaintext listing image noframes
frame svg math
"""
_KNOWN = defs.tags | frozenset(map(str, _OTHERS.split()))
_WITH_NAMES_OF_THEIR_OWN = ("svg", "math")


def damaged_in(text: str) -> Iterator[str]:
    """Yield what is damaged in the source of a page.

    Examples
    --------
    >>> list(damaged_in("<p>They met.</p"))
    []
    >>> list(damaged_in("<div><p>They met.</p><pThey parted.</p>"))[1]
    'the page ends before what it opened is closed (div): it may be cut; save it again'
    """
    if zeros := text.count("\0"):
        yield f"the page holds bytes of zero ({zeros}), which are left out; save it again"
    seen = _NOT_READ.sub("", text)
    if broken := [match[0] for match in _OPEN.finditer(seen)]:
        first = " ".join(broken[0].split())[:_SHOWN]
        count = "a tag is" if len(broken) == 1 else f"{len(broken)} tags are"
        yield f"{count} not closed ({first}): the words in it are lost; save the page again"
    if not _ENDS.search(seen):
        opened: Counter[str] = Counter()
        for match in _TO_CLOSE.finditer(seen):
            opened[match[2].lower()] += -1 if match[1] else 1
        if names := [name for name, count in opened.items() if count > 0]:
            named = ", ".join(names[:_MAX_NAMED])
            yield (
                f"the page ends before what it opened is closed ({named}): it may be cut; save it "
                "again"
            )


def misplaced_in(root: HtmlElement) -> Iterator[str]:
    """Yield what to say of words that a damaged tag left in no cell, no item and no element.

    Examples
    --------
    >>> from lxml.html import document_fromstring
    >>> page = document_fromstring("<table><tr><td>Goal</td> by <td>2020</td></tr></table>")
    >>> list(misplaced_in(page))
    ['words of a table or a list stand in none of its parts (by); check them']
    """
    between: list[str] = []
    unknown: set[str] = set()
    for element in root.iter():
        name = element.tag.lower() if isinstance(element.tag, str) else ""
        if name in _HOLD_WORDS:
            between += _words_between(element, _HOLD_WORDS[name])
        elif name == "li" and _parent(element) not in _LISTS:
            between += element.text_content().split()
        elif (
            name.isalnum()
            and name not in _KNOWN
            and element.text_content().strip()
            and next(element.iterancestors(*_WITH_NAMES_OF_THEIR_OWN), None) is None
        ):
            unknown.add(name)
    if between:
        words = " ".join(between)[:_SHOWN]
        yield f"words of a table or a list stand in none of its parts ({words}); check them"
    if unknown:
        named = ", ".join(sorted(unknown)[:_MAX_NAMED])
        yield f"the page has elements that HTML does not have ({named}): check the words in them"


def _words_between(holder: HtmlElement, held: frozenset[str]) -> list[str]:
    """Return the words of a table, a row or a list that stand outside its parts."""
    pieces = [holder.text or ""]
    for child in holder:
        name = child.tag.lower() if isinstance(child.tag, str) else ""
        pieces += [child.text_content() if name and name not in held else "", child.tail or ""]
    return " ".join(pieces).split()


def _parent(element: HtmlElement) -> str:
    above = element.getparent()
    return "" if above is None or not isinstance(above.tag, str) else above.tag.lower()
