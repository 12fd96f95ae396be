"""Documents that a corpus holds twice: the same bytes, the same words, or nearly so."""

import hashlib
import string
import zlib

from sco_research.text.document import Document

# Of each document its few smallest hashes of lines are kept: two that share most of them share most
# of their lines, and a hundred thousand documents fit into memory.
_SKETCH = 6
_SHARED = 4
_SHORTEST_LINE = 30
_BYTES_OF_A_HASH = 16


# In bytes the letters of a text are folded ten times as fast as in a string.
_ASCII = bytes(range(128))
_LINE_ENDS = b"\r\x0b\x0c\x1c\x1d\x1e"
_WHITE_SPACE = string.whitespace.encode()
_FOLDED = bytes.maketrans(
    string.ascii_uppercase.encode() + _LINE_ENDS + b"\x1f",
    string.ascii_lowercase.encode() + b"\n" * len(_LINE_ENDS) + b" ",
)


def tells_duplicate(notice: str) -> bool:
    """Return whether a document's notice names another document that it repeats.

    >>> tells_duplicate("the same words as a"), tells_duplicate("decoded as cp1252")
    (True, False)
    """
    return notice.startswith(("the same ", "nearly the same "))


class Duplicates:
    """What has been seen so far, to hold the next document against it."""

    def __init__(self) -> None:
        self._sources: dict[bytes, str] = {}
        self._words: dict[bytes, str] = {}
        self._lines: dict[int, str] = {}

    def check(self, document: Document) -> str:
        """Return what to say of a document that is here already, or nothing.

        The document is remembered under its id.
        """
        digest = bytes.fromhex(document.sha256)
        first = self._sources.setdefault(digest, document.id)
        if first != document.id:
            return f"the same file as {first}"
        body = _folded(document.text[slice(*document.body)])
        # The same letters in the same order, wherever the spaces stand, are the same words.
        words = hashlib.sha256(body.translate(None, _WHITE_SPACE), usedforsecurity=False)
        first = self._words.setdefault(words.digest()[:_BYTES_OF_A_HASH], document.id)
        if first != document.id:
            return f"the same words as {first}"
        return self._check_lines(body, document.id)

    def _check_lines(self, body: bytes, id: str) -> str:
        hashes = {zlib.crc32(line) for line in body.split(b"\n") if len(line) >= _SHORTEST_LINE}
        sketch = sorted(hashes)[:_SKETCH]
        owners = [self._lines.setdefault(value, id) for value in sketch]
        for owner in dict.fromkeys(owners):
            if owner != id and owners.count(owner) >= _SHARED:
                return f"nearly the same text as {owner}"
        return ""


def _folded(text: str) -> bytes:
    r"""Return a text in UTF-8, its letters folded, with one sign for any white space and line end.

    >>> _folded("Ein GRUSS\u00a0\r\nan alle").decode()
    'ein gruss\nan alle'
    """
    data = text.encode("utf-8", "replace")
    if text.isascii():
        return data.translate(_FOLDED)
    beside = data.translate(None, _ASCII).decode()
    if beside and (beside.casefold() != beside or beside.split() != [beside]):
        folded = (" ".join(line.split()) for line in text.casefold().splitlines())
        data = "\n".join(folded).encode("utf-8", "replace")
    return data.translate(_FOLDED)
