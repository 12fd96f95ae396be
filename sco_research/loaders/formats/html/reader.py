"""HTML pages: those of the "World and Japan" database, and any page that holds one text."""

import re

from sco_research.errors import SourceError
from sco_research.loaders.encoding import decode
from sco_research.loaders.source import ParsedSource, Source

_START = re.compile(
    rb"(?:\xef\xbb\xbf|\s|<\?xml[^>]{0,200}\?>|<!--.{0,5000}?-->)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAG = re.compile(rb"<(?:p|div|br|table|h[1-6]|span|meta|title)\b", re.I)
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_HEAD = 4_096
# Beyond this no page that people wrote lies, and a parser's time and memory stay small.
MAX_BYTES = 20_000_000


def recognises(source: Source) -> bool:
    """Return whether a source is HTML, from its first bytes or from its name and tags."""
    head = source.data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    return bool(_START.match(head) or (source.suffix in _SUFFIXES and _TAG.search(head)))


def read(source: Source) -> ParsedSource:
    """Read the document out of a page, without the site around it.

    Raises
    ------
    SourceError
        Where the page is too large or nests too deep, or holds no running text.
    """
    if len(source.data) > MAX_BYTES:
        size = len(source.data) / 1e6
        raise SourceError(
            f"{source.where}: this HTML page has {size:.0f} MB, and {MAX_BYTES / 1e6:.0f} MB are "
            "read at most; save its text as plain text"
        )
    text, encoding, notices = _decode(source)
    if encoding != "utf-8":
        notices = (f"decoded as {encoding}", *notices)
    # Whoever loads no HTML does not wait for its parser.
    from sco_research.loaders.formats.html.page import read_page

    return read_page(text, source, notices)


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


def declares_encoding(data: bytes) -> bool:
    """Return whether a page declares its encoding, which is believed before its server."""
    return _has_mark(data) or _CHARSET.search(data[:_HEAD]) is not None
