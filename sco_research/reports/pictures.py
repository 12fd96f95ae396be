"""A figure's SVG as PDF and PNG, by typst: drawn once, the same picture in every form."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeAlias

from sco_research.errors import RunError
from sco_research.process_lock import scratch_folder

PictureFormat: TypeAlias = Literal["pdf", "png"]

DOTS_PER_INCH = 300
_SOURCE = """\
#set document(date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image("figure.svg")
"""


def picture(svg: bytes, format: PictureFormat, *, dots_per_inch: int = DOTS_PER_INCH) -> bytes:
    r"""Return an SVG as a file of another format, without the hour of its making in it.

    Parameters
    ----------
    svg : bytes
        The picture; its letters must be outlines, as in every figure of a report.
    format : str
        ``pdf``, which keeps lines as lines, or ``png``.
    dots_per_inch : int
        The resolution of a PNG.

    Raises
    ------
    RunError
        Where typst cannot read the picture.

    Examples
    --------
    >>> svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"/>'
    >>> picture(svg, "png", dots_per_inch=10)[:4]
    b'\x89PNG'
    """
    import typst

    with scratch_folder() as folder:
        (folder / "figure.svg").write_bytes(svg)
        source = folder / "figure.typ"
        source.write_text(_SOURCE, encoding="utf-8", newline="\n")
        try:
            made: bytes = typst.compile(
                source,
                root=folder,
                format=format,
                ppi=dots_per_inch,
                ignore_system_fonts=True,
                # They go into other documents, whose own tags say what the picture shows.
                pdf_tags=False,
            )
        except typst.TypstError as error:
            raise RunError(f"typst cannot read the picture: {error}") from None
    return made


def write_pictures(folder: Path, formats: Iterable[PictureFormat]) -> None:
    """Write every figure of a report, which is an SVG, in other formats too.

    Raises
    ------
    RunError
        Where one cannot be read.
    """
    for path in sorted((folder / "figures").glob("*.svg")):
        svg = path.read_bytes()
        for kind in formats:
            try:
                data = picture(svg, kind)
            except RunError as error:
                raise RunError(f"figures/{path.name}: {error}") from None
            path.with_suffix(f".{kind}").write_bytes(data)
