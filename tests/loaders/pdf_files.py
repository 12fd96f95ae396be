"""PDFs made by hand: small, and wrong in one way each."""

import textwrap
import zlib
from pathlib import Path

import matplotlib
import typst


def typeset(source: str) -> bytes:
    """Return a PDF of a typst source."""
    # DejaVu has the letters of Arabic and Hebrew.
    fonts = typst.Fonts(font_paths=[Path(matplotlib.get_data_path()) / "fonts" / "ttf"])
    made = typst.compile(source.encode(), format="pdf", font_paths=fonts)
    assert isinstance(made, bytes)
    return made


def by_hand(
    content: bytes, *, filters: bytes = b"", trailer: bytes = b"", extra: bytes = b""
) -> bytes:
    """Return a PDF of one page with this content stream."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *([extra] if extra else []),
    ]
    return _file(objects, trailer)


def drawn(*pages: bytes, turn: int = 0) -> bytes:
    """Return a PDF with a page of 500 by 700 points for each of these content streams."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for content in pages:
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 700] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (turn, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects)


def text(
    left: float,
    height: float,
    words: str,
    *,
    size: float = 11,
    mode: int = 0,
    matrix: str = "1 0 0 1",
) -> bytes:
    """Return what draws words in Helvetica; ``mode`` 3 draws nothing that is seen."""
    quoted = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
    place = f"{matrix} {left:g} {height:g}".encode()
    return b"BT %d Tr /F1 %g Tf %s Tm (%s) Tj ET\n" % (mode, size, place, quoted)


def paragraph(
    left: float, height: float, words: str, *, letters: int = 66, lead: float = 14
) -> bytes:
    """Return what draws a paragraph in lines of at most so many letters, from a height down."""
    lines = textwrap.wrap(words, letters)
    return b"".join(text(left, height - lead * place, line) for place, line in enumerate(lines))


def _file(objects: list[bytes], trailer: bytes = b"") -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return data + b"startxref\n%d\n%%%%EOF\n" % start


def encrypted() -> bytes:
    """Return a PDF that asks for a password."""
    key = b"<" + b"ab" * 32 + b">"
    return by_hand(
        b"BT /F1 12 Tf 20 200 Td (secret) Tj ET",
        extra=b"<< /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >>" % (key, key),
        trailer=b"/Encrypt 6 0 R /ID [<00><00>]",
    )


def bomb(size: int) -> bytes:
    """Return a small PDF whose content unpacks, twice packed, to ``size`` bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"q Q " * 250_000) for _ in range(size // 1_000_000))
    packed = zlib.compress(packed + packer.flush(), 9)
    return by_hand(packed, filters=b"/Filter [/FlateDecode /FlateDecode]")
