"""HTML pages: those of the "World and Japan" database, and any page that holds one text."""

import re
from dataclasses import replace

from lxml.html import HtmlElement

from sco_research.errors import SourceError
from sco_research.loaders import worldjpn
from sco_research.loaders.article import Article
from sco_research.loaders.dates import parse_date
from sco_research.loaders.encoding import decode
from sco_research.loaders.extraction import Extraction
from sco_research.loaders.markup import MOST_BYTES, parse, write
from sco_research.loaders.reading import Reading
from sco_research.loaders.source import Source
from sco_research.text.origin import Place

_START = re.compile(
    rb"(?:\xef\xbb\xbf|\s|<\?xml[^>]{0,200}\?>|<!--.{0,5000}?-->)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAG = re.compile(rb"<(?:p|div|br|table|h[1-6]|span|meta|title)\b", re.I)
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_HEAD = 4_096
_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='date' or @name='DC.date' or @name='dcterms.date']/@content",
)
_LONGEST_TITLE = 300


def recognises(source: Source) -> bool:
    """Tell a page by how it begins, or by its name and its tags."""
    head = source.data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    return bool(_START.match(head) or (source.suffix in _SUFFIXES and _TAG.search(head)))


def read(source: Source) -> Reading:
    """Read the document out of a page, without the site around it.

    Raises
    ------
    SourceError
        Where the page is too large or nests too deep, or holds no running text.
    """
    if len(source.data) > MOST_BYTES:
        size = len(source.data) / 1e6
        raise SourceError(
            f"{source.where}: this HTML page has {size:.0f} MB, and {MOST_BYTES / 1e6:.0f} MB are "
            "read at most; save its text as plain text"
        )
    text, encoding, notices = _decode(source)
    if encoding != "utf-8":
        notices = (f"decoded as {encoding}", *notices)
    page = parse(text, source.where)
    article = Article(page)
    extraction = write(article.root, article.noise)
    found = extraction.text
    if not worldjpn.is_page(found):
        whole = write(
            page if page.find(".//body") is None else page.find(".//body"), _hidden(article)
        )
        if worldjpn.is_page(whole.text.lstrip()):
            extraction, found = whole, whole.text
        else:
            _keep_surroundings(article, extraction)
            _check(page, article, found, source.where)
    return _reading(page, extraction, source, notices)


def _decode(source: Source) -> tuple[str, str, tuple[str, ...]]:
    """Return text, encoding, and what there is to say: a page may declare its encoding, or lie."""
    declared = _CHARSET.search(source.data[:_HEAD])
    if source.encoding is not None or declared is None or _has_mark(source.data):
        return source.text, source.text_encoding, ()
    name = declared[1].decode("ascii")
    # What the web calls Latin-1 and Shift-JIS are Windows' supersets of them.
    name = _AS_THE_WEB_READS.get(name.lower(), name.lower())
    try:
        text, _ = decode(source.data, where=source.where, encoding=name)
    except Exception as error:
        if source.text_encoding == name:
            raise
        reason = str(error).rpartition(": ")[2].split(";")[0]
        return source.text, source.text_encoding, (f"the page declares {name}, but {reason}",)
    return text, name, ()


_AS_THE_WEB_READS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "utf8": "utf-8",
    "windows-1251": "cp1251",
    "windows-1252": "cp1252",
    "koi8-r": "koi8_r",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
}


def _has_mark(data: bytes) -> bool:
    return data[:3] == b"\xef\xbb\xbf" or data[:2] in (b"\xff\xfe", b"\xfe\xff")


def _hidden(article: Article) -> dict[HtmlElement, str]:
    return {element: kind for element, kind in article.noise.items() if kind == "hidden"}


def _keep_surroundings(article: Article, extraction: Extraction) -> None:
    for element in article.surroundings():
        kind = article.noise.get(element, "outside the text")
        if kind != "hidden":
            path = element.getroottree().getpath(element)
            place = Place(line=element.sourceline, element=path)
            extraction.remove(kind, element.text_content(), place)


def _check(page: HtmlElement, article: Article, text: str, where: str) -> None:
    if not any(character.isalnum() for character in text):
        raise SourceError(
            f"{where}: this HTML page shows no text without a program that fetches it; open it in "
            "a browser and save the text"
        )
    rows = [line for line in text.splitlines() if "\t" in line]
    if len(rows) > 1 and sum(map(len, rows)) > 0.6 * len(text) and not article.prose:
        raise SourceError(
            f"{where}: this HTML page holds a table and no running text; save the table as CSV and "
            "load the column that holds the texts"
        )


def _reading(
    page: HtmlElement, extraction: Extraction, source: Source, notices: tuple[str, ...]
) -> Reading:
    text = extraction.text
    if worldjpn.is_page(text):
        reading = worldjpn.read_text(text, source.where)
        notices = (*notices, *reading.notices)
    else:
        reading = Reading(
            text,
            (0, len(text)),
            title=_title(page, extraction),
            date=next((day for value in _values(page, _DATES) if (day := parse_date(value))), None),
        )
    languages = (page.get("lang") or "").split("-")[0].lower()
    return replace(
        reading,
        url=reading.url or next(iter(_values(page, _ADDRESSES)), ""),
        language=languages if re.fullmatch("[a-z]{2}", languages) else "",
        notices=notices,
        removed=tuple(extraction.removed),
        starts=tuple(extraction.starts),
        places=tuple(extraction.places),
        headings=tuple(extraction.headings),
    )


def _values(page: HtmlElement, paths: tuple[str, ...]) -> list[str]:
    return [
        str(value).strip() for path in paths for value in page.xpath(path) if str(value).strip()
    ]


def _title(page: HtmlElement, extraction: Extraction) -> str:
    """Return the page's one first heading, or what its head calls it."""
    firsts = [element.text_content() for element in page.iter("h1")]
    named = _values(page, ("//meta[@property='og:title']/@content",))
    heads = [element.text_content() for element in page.iter("title")][:1]
    found = (firsts if len(firsts) == 1 else []) + named + heads
    return next(
        (words[:_LONGEST_TITLE] for title in found if (words := " ".join(title.split()))), ""
    )
