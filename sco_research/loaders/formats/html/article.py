"""Which part of an HTML page is the document, and which is the site around it."""

import re

from lxml.html import HtmlElement

from sco_research.loaders.formats.html.markup import BLOCKS, tag_of

_NEVER_SHOWN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "svg",
        "math",
        "canvas",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "map",
        "datalist",
    }
)
_CONTROLS = frozenset({"button", "select", "input", "textarea", "option"})
_KINDS_BY_TAG = {
    "nav": "navigation",
    "menu": "navigation",
    "aside": "aside",
    "footer": "page footer",
    "form": "form",
    "dialog": "dialog",
}
_KINDS_BY_ROLE = {
    "navigation": "navigation",
    "banner": "page header",
    "contentinfo": "page footer",
    "complementary": "aside",
    "search": "form",
    "dialog": "dialog",
    "alert": "dialog",
    "doc-endnotes": "footnote",
    "doc-footnote": "footnote",
}
_KINDS_BY_NAME = {
    "navigation": "nav navbar navigation menu menubar breadcrumb breadcrumbs pagination pager "
    "topbar skip skiplink toc sitemap languages",
    "aside": "sidebar aside related recommended",
    "page footer": "footer colophon copyright",
    "page header": "masthead banner",
    "sharing": "share sharing social addthis",
    "comments": "comment comments disqus",
    "advertisement": "ad ads advert advertisement promo sponsored",
    "dialog": "cookie cookies consent modal popup newsletter subscribe",
    "form": "search login signup",
    "footnote": "footnote footnotes endnotes reflist",
}
_KIND_OF_NAME = {word: kind for kind, words in _KINDS_BY_NAME.items() for word in words.split()}
_NAME = re.compile(r"[a-z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡])[\])]?\s*")
# Prose is a block of this many characters that are not mostly links.
_SHORTEST_PROSE = 60
_MOST_LINKS = 0.5
_SHARE_OF_PROSE = 0.85
_SHARE_NEVER_LEFT_OUT = 0.4


class Article:
    """The element that holds the document, and what inside it does not belong to it.

    Attributes
    ----------
    root : HtmlElement
        The smallest element that holds nearly all the prose of the page.
    noise : dict
        The elements to leave out, each with what it is.
    prose : int
        Characters of prose on the page.
    """

    def __init__(self, page: HtmlElement) -> None:
        body = page.find(".//body")
        self._body: HtmlElement = page if body is None else body
        self._elements = list(self._body.iter())
        self.noise: dict[HtmlElement, str] = {}
        self._sizes: dict[HtmlElement, int] = {}
        self._links: dict[HtmlElement, int] = {}
        self._good: dict[HtmlElement, int] = {}
        self._measure()
        self.prose = self._good[self._body]
        self._mark_noise()
        self.root = self._narrowest()
        self._mark_surroundings()

    def _measure(self) -> None:
        """Count, for every element, the characters it shows and those of prose."""
        own: dict[HtmlElement, list[int]] = {}
        block: dict[HtmlElement, HtmlElement] = {self._body: self._body}
        linked: dict[HtmlElement, bool] = {self._body: False}
        for element in self._elements:
            parent = element.getparent()
            tag = tag_of(element)
            if element is not self._body:
                block[element] = element if tag in BLOCKS else block[parent]
                linked[element] = linked[parent] or tag == "a"
            counts = own.setdefault(block[element], [0, 0])
            if tag and tag not in _NEVER_SHOWN:
                length = len((element.text or "").strip())
                counts[0] += length
                counts[1] += length if linked[element] else 0
            if element is not self._body and element.tail:
                own.setdefault(block[parent], [0, 0])[0] += len(element.tail.strip())
        for element in reversed(self._elements):
            total, links = own.get(element, (0, 0)) if block[element] is element else (0, 0)
            is_prose = total >= _SHORTEST_PROSE and links < _MOST_LINKS * total
            self._sizes[element] = self._sizes.get(element, 0) + total
            self._links[element] = self._links.get(element, 0) + links
            self._good[element] = self._good.get(element, 0) + (total if is_prose else 0)
            parent = element.getparent()
            if element is not self._body:
                self._sizes[parent] = self._sizes.get(parent, 0) + self._sizes[element]
                self._links[parent] = self._links.get(parent, 0) + self._links[element]
                self._good[parent] = self._good.get(parent, 0) + self._good[element]

    def _mark_noise(self) -> None:
        for element in self._elements:
            tag = tag_of(element)
            if not tag or element is self._body:
                continue
            if tag in _NEVER_SHOWN or tag in _CONTROLS:
                self.noise[element] = "hidden" if tag in _NEVER_SHOWN else "form"
            # A name is a hint: what holds the text itself is no sidebar, whatever it is called.
            # A tag that says so is more, but where nearly everything stands in it.
            elif (kind := _kind_of(element, tag)) and self._good[element] <= self.prose * (
                _SHARE_OF_PROSE if tag in _KINDS_BY_TAG else _SHARE_NEVER_LEFT_OUT
            ):
                self.noise[element] = kind

    def _narrowest(self) -> HtmlElement:
        """Return the smallest element that holds nearly all the prose outside noise."""
        good = dict(self._good)
        for element in self.noise:
            lost = self._good.get(element, 0)
            above = element.getparent()
            if any(up in self.noise for up in element.iterancestors()):
                continue
            while lost and above is not None and above in good:
                good[above] -= lost
                above = above.getparent()
        least = _SHARE_OF_PROSE * good[self._body]
        root = self._body
        while True:
            inner = next(
                (
                    child
                    for child in root
                    if child not in self.noise and good.get(child, 0) >= least > 0
                ),
                None,
            )
            if inner is None or tag_of(inner) in ("p", "pre", "tr", "li"):
                return root
            root = inner

    def _mark_surroundings(self) -> None:
        """Mark lists of links inside the document's element."""
        for element in self.root.iter("ul", "ol", "table", "div", "p"):
            if element is self.root or element in self.noise or self._good[element]:
                continue
            if (
                self._links[element] > 0.8 * self._sizes[element] > 0
                and tag_of(element.getparent()) != "li"
            ):
                self.noise[element] = "links"
        for mark in self.root.iter("sup"):
            link = mark.find(".//a")
            if link is not None and _NOTE_MARK.fullmatch(mark.text_content()):
                self.noise[mark] = "footnote mark"

    def surroundings(self) -> list[HtmlElement]:
        """Return the elements around the document, outermost first."""
        found: list[HtmlElement] = []
        element = self.root
        while element is not self._body:
            parent = element.getparent()
            found += [child for child in parent if child is not element and tag_of(child)]
            element = parent
        return found


def _kind_of(element: HtmlElement, tag: str) -> str:
    if tag in _KINDS_BY_TAG:
        return _KINDS_BY_TAG[tag]
    role = (element.get("role") or "").strip().lower()
    if role in _KINDS_BY_ROLE:
        return _KINDS_BY_ROLE[role]
    if (
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "").lower() == "true"
        or _HIDDEN.search(element.get("style") or "")
    ):
        return "hidden"
    if tag in ("main", "article", "p", "a", "span", *(f"h{n}" for n in range(1, 7))):
        return ""
    names = _NAME.findall(f"{element.get('class') or ''} {element.get('id') or ''}".lower())
    return next((_KIND_OF_NAME[name] for name in names if name in _KIND_OF_NAME), "")
