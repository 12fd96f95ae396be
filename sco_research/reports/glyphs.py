"""Which characters the pages' fonts have: no character may vanish from a quotation."""

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


def tex_declarations(text: str) -> str:
    r"""Return the preamble by which pdfLaTeX prints the characters it has none for.

    Each stands as its code point then; the other engines read the character itself.

    >>> print(tex_declarations("A Ж").splitlines()[-2])
      \codepoint{0416}{Ж}
    """
    found = sorted({character for character in text if ord(character) > _LAST_ASCII})
    return "\n".join(
        [
            r"\ifPDFTeX",
            r"  \newcommand{\codepoint}[2]{\ifcsname u8:\detokenize{#2}\endcsname\else",
            r"    \DeclareUnicodeCharacter{#1}{\textlangle U+#1\textrangle\allowbreak}\fi}",
            *(rf"  \codepoint{{{ord(character):04X}}}{{{character}}}" for character in found),
            "\\fi\n",
        ]
    )
