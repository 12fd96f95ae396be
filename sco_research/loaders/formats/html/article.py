"""Which part of an HTML page is the document, and which is the site around it."""

import re

from lxml.html import HtmlElement

from sco_research.loaders.extraction import NO_WORDS
from sco_research.loaders.formats.html.markup import BLOCKS, tag_of
from sco_research.loaders.formats.html.notes import mark_notes
from sco_research.text.layout.datelines import is_dateline, is_publication

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
    "figcaption": "caption",
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
    "topbar skip skiplink toc sitemap language languages lang locale switcher topicpath "
    "breadcrumbtrail",
    "contacts": "contact contacts",
    "aside": "sidebar aside related recommended",
    "page footer": "footer colophon copyright",
    "page header": "masthead banner",
    "sharing": "share sharing social addthis",
    "comments": "comment comments disqus",
    "advertisement": "ad ads advert advertisement promo sponsored",
    "dialog": "cookie cookies consent modal popup newsletter subscribe",
    "form": "search login signup",
    "footnote": "footnote footnotes endnotes reflist",
    "pull quote": "pullquote pull quote",
    "caption": "caption",
}
_KIND_OF_NAME = {word: kind for kind, words in _KINDS_BY_NAME.items() for word in words.split()}
# Words beside which a name still means the furniture of a site: "sidebar-left", "social-links",
# and not "social-policy".
_LAYOUT = (
    "area article articles bar block body bottom box btn button buttons col collapse column "
    "columns container content dropdown first fixed footer global group header icon icons inner "
    "info item items js layout left link links list main media mobile module notice outer overlay "
    "page pages panel post posts press primary region right row secondary second section site "
    "sites sticky top view widget widgets wrap wrapper"
)
_OF_LAYOUT = frozenset(_LAYOUT.split())
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_STRUCK = re.compile(r"text-decoration[^;]*\bline-through", re.I)
_KINDS_OF_INLINE_TAGS = {
    "del": "struck-out text",
    "s": "struck-out text",
    "strike": "struck-out text",
    "rt": "ruby reading",
    "rp": "hidden",
}
# What confirms that a part named like furniture is furniture.
_SAYS_SO = {
    "dialog": re.compile(r"\bcookies?\b|\bsubscri|\bnewsletter\b|\bprivacy policy\b", re.I),
    "page footer": re.compile(r"©|\bcopyright\b|\ball rights reserved\b", re.I),
    "advertisement": re.compile(r"\badvertise|\bsponsored\b", re.I),
    "contacts": re.compile(r"@|\+\d[\d ()-]{5,}|\btel\b|\bphone\b", re.I),
    "footnote": re.compile(
        r"\s*(?:[\[(]?\d{1,3}[\]).]?(?!\d)|[*†‡§^↑])\s*\S|\s*(?:foot|end)?notes?\b", re.I
    ),
}
# What a site says below a text, of itself.
_SITE_FOOT = re.compile(
    r"^\s*(?:tags?|keywords?|topics?|filed under|share this|related (?:links|news|documents)):"
    r"|\bnot an official record\b|\b(?:send|please send) (?:any )?comments\b"
    r"|\binformation (?:system|centre|center) is provided\b|\bthis (?:page|site) is maintained\b"
    r"|©|\ball rights reserved\b|\bcopyright\s+(?:\(c\)|\d{4})|\bwebmaster\b"
    r"|\b(?:web)?(?:page|site)\b.{0,30}\blast (?:updated|modified)\b|\ball contents copyright\b"
    r"|^\s*last (?:updated|modified)\b",
    re.I,
)
_MAX_SHARE_OF_SITE_FOOT = 0.4
# A link to the same text in another form, or to another place of the page.
_OTHER_FORM = re.compile(
    r"\W*(?:(?:as |view |download )?(?:the )?(?:pdf|docx?|html|word|printable|print)"
    r"(?: version| file)?|print this page|(?:back )?to (?:the )?top(?: of page)?"
    r"|(?:read|listen to) (?:more|this page))\W*",
    re.I,
)
_STOP = re.compile(r"[.;:!?。！？][\"'”’»)\]]*\s*$")
_WORDS_OF_A_SENTENCE = 4
# Prose is a block of this many characters that are not mostly links.
_SHORTEST_PROSE = 60
_MAX_LINKS = 0.5
_SHARE_OF_PROSE = 0.85
_SHARE_NEVER_LEFT_OUT = 0.4
_MIN_LINKS_OF_A_CELL = 3
_MIN_LINKS_OF_A_BAR = 3
AROUND_A_FACT = " |-–—•·"
_LONGEST_FACT = 60
_STROKE = re.compile(r"[|•·/»›\]\[\s]+")
# What holds a part of a text, and never the whole where something stands beside it.
_PARTS = frozenset({"table", "tbody", "ul", "ol", "dl", "blockquote", "center"})


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
        self._page = page
        self._body: HtmlElement = page if body is None else body
        self._elements = list(self._body.iter())
        self.noise: dict[HtmlElement, str] = {}
        self._named: dict[HtmlElement, str] = {}
        self._sizes: dict[HtmlElement, int] = {}
        self._links: dict[HtmlElement, int] = {}
        self._good: dict[HtmlElement, int] = {}
        self._facts: list[HtmlElement] = []
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
            is_prose = total >= _SHORTEST_PROSE and links < _MAX_LINKS * total
            self._sizes[element] = self._sizes.get(element, 0) + total
            self._links[element] = self._links.get(element, 0) + links
            self._good[element] = self._good.get(element, 0) + (total if is_prose else 0)
            parent = element.getparent()
            if element is not self._body:
                self._sizes[parent] = self._sizes.get(parent, 0) + self._sizes[element]
                self._links[parent] = self._links.get(parent, 0) + self._links[element]
                self._good[parent] = self._good.get(parent, 0) + self._good[element]

    def _mark_noise(self) -> None:
        article = self._body.findall(".//article")
        named: dict[HtmlElement, str] = {}
        for element in self._elements:
            tag = tag_of(element)
            if not tag or element is self._body:
                continue
            if tag in _NEVER_SHOWN or tag in _CONTROLS:
                self.noise[element] = "hidden" if tag in _NEVER_SHOWN else "form"
            elif tag in _KINDS_OF_INLINE_TAGS or _STRUCK.search(element.get("style") or ""):
                self.noise[element] = _KINDS_OF_INLINE_TAGS.get(tag, "struck-out text")
            # A tag that says so is left out, but where nearly everything stands in it.
            elif kind := _kind_of(element, tag):
                share = _SHARE_OF_PROSE if tag in _KINDS_BY_TAG else _SHARE_NEVER_LEFT_OUT
                if self._good[element] <= self.prose * share:
                    self.noise[element] = kind
            elif (kind := _kind_by_name(element, tag)) and (
                self._good[element] <= self.prose * _SHARE_NEVER_LEFT_OUT
            ):
                named[element] = kind
        # A name is a hint where the article begins and ends; inside it, prose stays.
        inside = set(article[0].iter()) if len(article) == 1 else set()
        self.noise |= {element: kind for element, kind in named.items() if element not in inside}
        self._named = named

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
                break
            root = inner
        while root is not self._body and tag_of(root) in _PARTS:
            root = root.getparent()
        return root

    def _mark_surroundings(self) -> None:
        """Mark what the document's element holds besides it, and give back its own prose."""
        inside = set(self.root.iter())
        for element, kind in self._named.items():
            if element in inside:
                if self._has_prose(element) and not self._is_confirmed(element, kind):
                    self.noise.pop(element, None)
                else:
                    self.noise[element] = kind
        for element in self.root.iter("ul", "ol", "table", "td", "div", "p", "header"):
            if element is self.root or element in self.noise or self._good[element]:
                continue
            if tag_of(element) == "td" and len(element.findall(".//a")) < _MIN_LINKS_OF_A_CELL:
                continue
            of_links = self._links[element] / max(self._sizes[element], 1)
            if (
                (of_links > 0.8 or (of_links > _MAX_LINKS and _is_bar(element)))
                and tag_of(element.getparent()) != "li"
                and not _is_sentence(element)
            ):
                self.noise[element] = "links"
            elif tag_of(element) == "p" and NO_WORDS.fullmatch(element.text_content().strip()):
                self.noise[element] = "rule"
        for link in self.root.iter("a"):
            if _OTHER_FORM.fullmatch(link.text_content()) and link not in self.noise:
                self.noise[link] = "links"
                _unbracket(link)
        self._mark_facts()
        self._mark_site_foot()
        mark_notes(self.root, self.noise)

    def _mark_facts(self) -> None:
        """Mark a list above the prose that says when and as what a text was issued."""
        for element in self.root.iterdescendants():
            if element in self.noise or any(up in self.noise for up in element.iterancestors()):
                continue
            if self._good[element] and not any(map(self._good.get, element)):
                return
            items = element.findall("li") if tag_of(element) in ("ul", "ol") else []
            said = [" ".join(item.text_content().split()).strip(AROUND_A_FACT) for item in items]
            if any(is_dateline(words) or is_publication(words) for words in said) and all(
                len(words) <= _LONGEST_FACT for words in said
            ):
                self.noise.setdefault(element, "page header")
                self._facts += items
            if len((element.tail or "").strip()) >= _SHORTEST_PROSE:
                return

    def _mark_site_foot(self) -> None:
        """Mark what stands below the last rule, or last of all, and speaks of the site itself."""
        foot: list[HtmlElement] = []
        holder = self.root
        # The cell of a table that is there for the layout.
        while (inner := self._cell_of_prose(holder)) is not None:
            holder = inner
        children = [child for child in holder if tag_of(child)]
        rules = [number for number, child in enumerate(children) if tag_of(child) == "hr"]
        below = children[rules[-1] + 1 :] if rules else []
        shown = sum(self._good[child] + len((child.tail or "").strip()) for child in below)
        if shown > _MAX_SHARE_OF_SITE_FOOT * self._good[self.root]:
            # The last rule stands above the text.
            below = []
        if below and all(map(_is_link_of_a_row, below)):
            foot = below
            for child in below:
                child.tail = ""
        elif below and any(_SITE_FOOT.search(child.text_content()) for child in below):
            foot = below
        else:
            for child in reversed(children):
                words = child.text_content()
                is_text = words.strip() and child not in self.noise
                if (child.tail or "").strip() or (is_text and not _SITE_FOOT.search(words)):
                    break
                foot.append(child)
        prose = sum(self._good[child] for child in foot)
        said = (words for child in foot if (words := child.text_content()).strip())
        if prose <= _MAX_SHARE_OF_SITE_FOOT * self._good[self.root] or all(
            map(_SITE_FOOT.search, said)
        ):
            for child in foot:
                if child.text_content().strip():
                    self.noise.setdefault(child, "page footer")

    def _cell_of_prose(self, element: HtmlElement) -> HtmlElement | None:
        """Return the row or cell inside an element that holds nearly all of its prose."""
        least = _SHARE_OF_PROSE * self._good[element]
        parts = (child for child in element if tag_of(child) in ("tbody", "tr", "td"))
        return next((part for part in parts if self._good[part] >= least > 0), None)

    def _has_prose(self, element: HtmlElement) -> bool:
        if self._good[element]:
            return True
        links = self._links[element]
        return links < _MAX_LINKS * self._sizes[element] and any(
            _is_sentence(inner)
            for inner in element.iter()
            if inner is element or tag_of(inner) in BLOCKS
        )

    def _is_confirmed(self, element: HtmlElement, kind: str) -> bool:
        """Return whether what a part holds says the same as its name."""
        fields = ("input", "textarea", "select")
        if any(next(element.iter(tag), None) is not None for tag in fields):
            return True
        words = " ".join(element.text_content().split())
        if kind == "pull quote":
            # Its words stand in the text as well.
            return " ".join(self.root.text_content().split()).count(words.strip('“”"')) > 1
        if kind == "caption":
            return element.getparent().find(".//img") is not None
        says = _SAYS_SO.get(kind)
        if says is None:
            return False
        return bool(says.match(words) if kind == "footnote" else says.search(words))

    def heading(self) -> HtmlElement | None:
        """Return the heading that the page sets above the document, where it has just one."""
        heads = list(self._body.iter("h1"))
        if not heads:
            heads = [head for head in self._above() if tag_of(head) == "h2"][-1:]
        if not heads:
            # Old pages set it as a line in large type, and name it as their title.
            title = next((element.text_content() for element in self._page.iter("title")), "")
            heads = [block for block in self._above() if _are_same_words(block, title)][-1:]
        return heads[0] if len(heads) == 1 and self.root not in heads[0].iterancestors() else None

    def head(self) -> list[HtmlElement]:
        """Return the innermost blocks beside the page's one heading and above the document."""
        heading = self.heading()
        if heading is None:
            return self._facts
        above = [block for block in self._above() if block is not heading]
        # What stands below the heading says more of the document than what stands above it.
        below = set(self._elements[self._elements.index(heading) :])
        return self._facts + sorted(above, key=lambda block: block not in below)

    def _above(self) -> list[HtmlElement]:
        """Return the innermost blocks above the document that are no furniture of the site."""
        found: list[HtmlElement] = []
        for element in self._elements:
            if element is self.root:
                return found
            # A day may stand in a part of its own beside the hour's block.
            if (
                not (tag_of(element) in BLOCKS or tag_of(element) == "time")
                or element in self.noise
            ):
                continue
            is_inner = not any(tag_of(inner) in BLOCKS for inner in element.iterdescendants())
            if is_inner and not any(up in self.noise for up in element.iterancestors()):
                found.append(element)
        return []

    def notices(self) -> tuple[str, ...]:
        """Return what of the article and of the page's prose is left out, with its share."""
        kinds: dict[str, int] = {}
        for element in self.root.iter():
            kind = self.noise.get(element, "")
            if not kind or kind in ("hidden", "footnote mark", "ruby reading", "rule"):
                continue
            if element is self.root or any(
                up in self.noise for up in element.iterancestors() if up is not self.root
            ):
                continue
            if shown := len("".join(element.text_content().split())):
                kinds[kind] = kinds.get(kind, 0) + shown
        whole = len("".join(self.root.text_content().split()))
        found = []
        if kinds:
            names = ", ".join(sorted(kinds))
            found.append(
                f"left out of the article: {names} ({sum(kinds.values()) / whole:.1%} of it)"
            )
        outside = self.prose - self._good[self.root]
        if outside > 0:
            found.append(
                f"left out around the article: {outside / self.prose:.1%} of the page's prose"
            )
        return tuple(found)

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
        return "hidden text"
    return ""


def _kind_by_name(element: HtmlElement, tag: str) -> str:
    """Return the kind of furniture that an element's class or id names, all its words together."""
    if tag in ("main", "article", "p", "a", "span", *(f"h{n}" for n in range(1, 7))):
        return ""
    for name in f"{element.get('class') or ''} {element.get('id') or ''}".split():
        words = [word.lower() for word in _NAME.findall(name)]
        kinds = [_KIND_OF_NAME[word] for word in words if word in _KIND_OF_NAME]
        if kinds and all(word in _KIND_OF_NAME or word in _OF_LAYOUT for word in words):
            return kinds[0]
    return ""


def _is_bar(element: HtmlElement) -> bool:
    """Return whether an element is a row of links with strokes between them: "Home | About"."""
    links = list(element.iter("a"))
    between = [(link.tail or "").strip() for link in links[:-1]]
    return len(links) >= _MIN_LINKS_OF_A_BAR and all(map(_STROKE.fullmatch, between))


def _are_same_words(block: HtmlElement, words: str) -> bool:
    return bool(words.strip()) and block.text_content().split() == words.split()


def _is_link_of_a_row(element: HtmlElement) -> bool:
    """Return whether an element is a link with nothing but a sign between it and the next."""
    return tag_of(element) in ("a", "br") and not re.search(r"\w", element.tail or "")


def _unbracket(link: HtmlElement) -> None:
    """Take off the brackets around a link that is left out."""
    before, parent = link.getprevious(), link.getparent()
    text = ((parent.text if before is None else before.tail) or "").rstrip()
    after = (link.tail or "").lstrip()
    if not (text.endswith(("[", "(")) and after.startswith(("]", ")"))):
        return
    if before is None:
        parent.text = text[:-1]
    else:
        before.tail = text[:-1]
    link.tail = after[1:]


def _is_sentence(element: HtmlElement) -> bool:
    words = element.text_content()
    return bool(_STOP.search(words)) and len(words.split()) >= _WORDS_OF_A_SENTENCE
