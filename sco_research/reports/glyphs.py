"""Which characters the PDF's fonts have: no character may vanish from a quotation."""

from functools import cache
from pathlib import Path

from sco_research.resources import data_path

_LAST_ASCII = 0x7F


def font_folders() -> tuple[Path, Path]:
    """Return where the fonts of the PDF lie: ours, and those inside matplotlib."""
    import matplotlib as mpl

    return data_path("fonts"), Path(mpl.get_data_path()) / "fonts" / "ttf"


@cache
def _known() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    ours, theirs = font_folders()
    fonts = (theirs / "DejaVuSans.ttf", ours / "DroidSansFallback.ttf")
    return frozenset(code for font in fonts for code in FT2Font(str(font)).get_charmap())


def printable(text: str) -> str:
    """Return text with every character that no font of the PDF has as its code point.

    >>> printable("上海 Қ हि")
    '上海 Қ ⟨U+0939⟩⟨U+093F⟩'
    """
    missing = {
        ord(character)
        for character in set(text)
        if ord(character) > _LAST_ASCII and ord(character) not in _known()
    }
    return text.translate({code: f"⟨U+{code:04X}⟩" for code in missing})
