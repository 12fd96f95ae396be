"""Bytes to text, where it is certain, and never a guess passed off as a fact."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sco_research.errors import ParameterError, SourceError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN_FORMS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, XLSX, ODT or EPUB)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
)
_PRINTER_MARKS = frozenset("–—‘’‚“”„…«»‹›·•§°№€£©®™\u00a0\u00ad½¼¾ªº¹²³")
_KANA = re.compile("[\u3041-\u30fe]")
_HAN_OR_KANA = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uff5e]")
_CYRILLIC_WORD = re.compile("[\u0401\u0410-\u044f\u0451]+")
# "à", "é" and "ó" are words of French, Portuguese and Spanish by themselves.
_LATIN_IN_WORD = re.compile(
    r"(?<![^\W\d_])(?:[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ]*[a-zA-Z][A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ]*"
    r"|[àáèéòóÀÁÈÉÒÓ](?![^\W\d_]))"
)
_MAX_ACCENTS = 0.2
_SAMPLE = 64_000
_MAX_SAMPLED = 2_000_000


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An encoding without a signature, and what its text looks like when it is the right one."""

    name: str
    is_plausible: Callable[[str, list[str]], bool]


def _looks_japanese(text: str, foreign: list[str]) -> bool:
    east_asian = len(_HAN_OR_KANA.findall(text))
    return east_asian >= 0.9 * len(foreign) and len(_KANA.findall(text)) >= 0.1 * east_asian


def _looks_russian(text: str, foreign: list[str]) -> bool:
    found = _CYRILLIC_WORD.findall(text)
    letters = sum(map(len, found))
    marks = sum(character in _PRINTER_MARKS for character in foreign)
    regular = sum(word[1:].islower() or word.isupper() or len(word) == 1 for word in found)
    return (
        letters + marks == len(foreign)
        and letters >= 3 * len(found) > 0
        and regular >= 0.95 * len(found)
    )


def _looks_western(text: str, foreign: list[str]) -> bool:
    accents = [character for character in foreign if character not in _PRINTER_MARKS]
    in_words = sum(
        character > "\x7f" for word in _LATIN_IN_WORD.findall(text) for character in word
    )
    return in_words == len(accents) and len(foreign) <= _MAX_ACCENTS * len(text)


_CANDIDATES = (
    _Candidate("cp932", _looks_japanese),
    _Candidate("euc_jp", _looks_japanese),
    _Candidate("cp1251", _looks_russian),
    _Candidate("koi8_r", _looks_russian),
    _Candidate("cp1252", _looks_western),
)


def decode(data: bytes, *, where: str, encoding: str | None = None) -> tuple[str, str]:
    """Decode a source.

    Parameters
    ----------
    data : bytes
        The source.
    where : str
        What to call it in an error.
    encoding : str, optional
        Python's name of the encoding, where the caller knows it.

    Returns
    -------
    text, encoding : str
        The text, without its byte-order mark, and the encoding it was in.

    Raises
    ------
    SourceError
        Where the bytes are no text, or no encoding explains them for certain.
    ParameterError
        Where ``encoding`` names none that Python knows.

    Examples
    --------
    >>> decode("Communiqué".encode("cp1252"), where="a.txt")
    ('Communiqué', 'cp1252')
    """
    if encoding is not None:
        return _decode_as(data, where, encoding), encoding
    for signature, form in _FOREIGN_FORMS:
        if data.startswith(signature):
            raise SourceError(f"{where}: this is {form}, not a text; save it as plain text first")
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data, where, name), name
    for name in _wide_encodings(data):
        return _decode_as(data, where, name), name
    try:
        name = "iso2022_jp" if b"\x1b$" in data else "utf-8"
        return data.decode(name), name
    except UnicodeDecodeError as error:
        return _most_plausible(data, where, error.start)


def encoding_of_file(path: Path) -> str:
    """Return the encoding of a text file of any length, of which little is held at a time.

    Raises
    ------
    SourceError
        Where the bytes are no text, or no encoding explains them for certain.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        for mark, name in _BYTE_ORDER_MARKS:
            if head.startswith(mark):
                return name
        for name in _wide_encodings(head[: len(head) // 2 * 2]):
            return name
        if len(head) < _SAMPLE or any(head.startswith(sign) for sign, _ in _FOREIGN_FORMS):
            return decode(head, where=str(path))[1]
        decoder = codecs.getincrementaldecoder("utf-8")()
        chunk, start = head, 0
        is_japanese = False
        while chunk:
            is_japanese = is_japanese or b"\x1b$" in chunk
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                break
            start += len(chunk)
            chunk = file.read(_SAMPLE)
        else:
            return "iso2022_jp" if is_japanese else "utf-8"
        # The lines around the first byte that is no UTF-8 tell the rest.
        file.seek(max(0, start - _SAMPLE))
        sample = file.read(_MAX_SAMPLED)
    begin = sample.find(b"\n") + 1 if start > _SAMPLE else 0
    end = sample.rfind(b"\n") + 1 if len(sample) == _MAX_SAMPLED else len(sample)
    return decode(sample[begin : end or len(sample)], where=str(path))[1]


def _decode_as(data: bytes, where: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise ParameterError(
            f"{where}: encoding {encoding!r} is unknown; name one like utf-8, cp1252 or shift_jis"
        ) from None
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{where}: byte {error.start} is no {encoding}; save the file as UTF-8 or name its "
            "encoding"
        ) from None


def _wide_encodings(data: bytes) -> list[str]:
    """Return UTF-16 without a mark where every other byte of a mostly Latin text is zero."""
    sample = data[:4000]
    half = len(sample) // 2
    zeros = {"utf-16-le": sample[1::2].count(0), "utf-16-be": sample[0::2].count(0)}
    if half < 2 or len(data) % 2:
        return []
    return [
        name
        for name, count in zeros.items()
        if count > 0.7 * half and count > 10 * (sum(zeros.values()) - count)
    ]


def _most_plausible(data: bytes, where: str, offset: int) -> tuple[str, str]:
    """Return the one reading that looks like prose."""
    readings: dict[str, str] = {}
    for candidate in _CANDIDATES:
        try:
            text = data.decode(candidate.name)
        except UnicodeDecodeError:
            continue
        foreign = [character for character in text if character > "\x7f"]
        if candidate.is_plausible(text, foreign):
            readings[candidate.name] = text
    if len(readings) == 1:
        name, text = readings.popitem()
        return text, name
    reason = (
        f"it could be {' or '.join(readings)}" if readings else "no encoding explains its bytes"
    )
    raise SourceError(
        f"{where}: byte {offset} is no UTF-8, and {reason}; save the file as UTF-8 or name its "
        "encoding"
    )
