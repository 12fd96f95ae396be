"""The pages that a report can have, by name: what is asked for, and where it lies."""

from sco_research.errors import ParameterError

FILES = {"html": "report.html", "pdf": "report.pdf", "docx": "report.docx", "latex": "report.tex"}
"""The file of each format."""

LANDING = "index.html"
"""The page that lists the reports of a folder."""


def parse_formats(words: str) -> tuple[str, ...]:
    """Return the formats that a comma list names, in the order of `FILES`.

    >>> parse_formats("pdf, html"), parse_formats("all")
    (('html', 'pdf'), ('html', 'pdf', 'docx', 'latex'))
    """
    names = {word.strip().lower() for word in words.split(",") if word.strip()}
    unknown = sorted(names - {*FILES, "all"})
    if unknown or not names:
        raise ParameterError(
            f"--format {', '.join(unknown) or words!r}: choose of {', '.join(FILES)}, or all"
        )
    return tuple(name for name in FILES if name in names or "all" in names)
