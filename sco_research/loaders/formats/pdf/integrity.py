"""Whether the bytes of a PDF are whole.

PDFium reads what it can of a damaged file and says nothing. What was packed has a checksum, and the
file has a table of where its objects begin: both show what was changed or lost.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

_MAX_UNPACKED = 64_000_000
_CHUNK = 1_000_000
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_LONGEST_DICTIONARY = 4_096
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R|\d)")
_FILTER = re.compile(rb"/Filter\s*\[?\s*/(\w+)")
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_END = re.compile(rb"\s{0,4}endstream")
_START = re.compile(rb"startxref\s+(\d+)")
_TABLE = re.compile(rb"\s*xref\s+((?:\d+\s+\d+\s+(?:\d{10}\s+\d{5}\s+[nf]\s*)+)+)")
_ENTRY = re.compile(rb"(\d{10})\s+\d{5}\s+n")
_OBJECT = re.compile(rb"\s*\d+\s+\d+\s+obj")
_OBJECT_END = b"endobj"
# What draws a page: its strings, names and numbers, and the operators of ISO 32000-1, annex A.
_DRAWS = re.compile(rb"\bBT\b.*\bET\b", re.S)
_TOKEN = re.compile(
    rb"%[^\r\n]*|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)|<[0-9A-Fa-f\s]*+>|<<|>>|[\[\]]"
    rb"|/[^\s()<>\[\]{}/%]*+|[^\s()<>\[\]{}/%]++|[^\s]",
    re.S,
)
_VALUE = re.compile(rb"%.*|\(.*\)|<.*|>>|/.*|[\[\]]|[-+]?\d*\.?\d*|true|false|null", re.S)
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k"
    b" l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W"
    b" W* y ' \"".split()
)


def damage_of(data: bytes) -> str:
    """Say what is damaged in the bytes of a PDF; empty where nothing is found.

    Pictures are not looked at, nor the streams of an encrypted file.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    str
        Such as "2 of its streams cannot be unpacked".
    """
    found = []
    if not _has_sound_table(data):
        found.append("its table of objects is wrong")
    if b"/Encrypt" not in data:
        broken = sum(not sound for sound in _are_sound(data))
        if broken:
            found.append(f"{broken} of its streams cannot be unpacked")
        if unknown := sum(map(_holds_unknown_commands, _plain_drawings(data))):
            found.append(f"{unknown} of its streams hold commands that no PDF has")
    return ", ".join(found)


def _has_sound_table(data: bytes) -> bool:
    """Return whether the table of objects says where they begin."""
    starts = _START.findall(data, max(len(data) - 2_048, 0))
    if not starts:
        return False
    # Offsets count from the file's signature, which may come after stray bytes.
    signature = max(data.find(b"%PDF-"), 0)
    for first in {0, signature}:
        begin = int(starts[-1]) + first
        if table := _TABLE.match(data, begin):
            entries = [int(entry) + first for entry in _ENTRY.findall(table[1])]
            if all(_OBJECT.match(data, entry) for entry in entries):
                return _are_closed(data, sorted({*entries, begin}))
        elif _OBJECT.match(data, begin):
            return True
    return False


def _are_closed(data: bytes, starts: list[int]) -> bool:
    """Return whether each object ends before the next one, or the table, begins."""
    return all(data.find(_OBJECT_END, start, end) >= 0 for start, end in pairwise(starts))


def _plain_drawings(data: bytes) -> Iterator[bytes]:
    """Yield the streams that draw text and are not packed: these have no checksum."""
    end = 0
    while match := _STREAM.search(data, end):
        end = data.find(b"endstream", match.end())
        if end < 0:
            return
        about = data[max(match.end() - _LONGEST_DICTIONARY, 0) : match.start()]
        about = about.rpartition(b" obj")[2]
        drawn = data[match.end() : end]
        if b"/Filter" not in about and b"/Type" not in about and _DRAWS.search(drawn):
            yield drawn


def _holds_unknown_commands(drawn: bytes) -> bool:
    """Return whether what draws a page holds a word that is neither a value nor an operator."""
    if b"BI" in drawn.split():
        return False  # a picture in the line may hold any bytes
    return any(
        token not in _OPERATORS and not _VALUE.fullmatch(token) for token in _TOKEN.findall(drawn)
    )


def _are_sound(data: bytes) -> Iterator[bool]:
    """Yield whether each packed stream of a file can be unpacked to its end."""
    end = 0
    while match := _STREAM.search(data, end):
        begin = end = match.end()
        about = data[max(begin - _LONGEST_DICTIONARY, 0) : match.start()].rpartition(b" obj")[2]
        length = _LENGTH.search(about)
        if length:
            end = begin + int(length[1])
            if not _END.match(data, end):
                yield False
                end = begin
                continue
        else:
            end = data.find(b"endstream", begin)
            if end < 0:
                yield False
                return
        packed = _FILTER.search(about)
        if packed and packed[1] in (b"FlateDecode", b"Fl") and not _IMAGE.search(about):
            yield _unpacks(data[begin:end])


def _unpacks(packed: bytes) -> bool:
    """Return whether a stream ends with its right checksum; a very large one is taken for sound."""
    unpacker = zlib.decompressobj()
    total = 0
    try:
        while packed and not unpacker.eof and total < _MAX_UNPACKED:
            total += len(unpacker.decompress(packed, _CHUNK))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof or total >= _MAX_UNPACKED
