"""PDFs made by hand: small, and wrong in one way each."""

import zlib

import typst


def typeset(source: str) -> bytes:
    """Return a PDF of a typst source."""
    made = typst.compile(source.encode(), format="pdf")
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
