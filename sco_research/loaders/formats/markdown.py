"""Markdown: what it reads as, without its marks."""

import re
from typing import TYPE_CHECKING

from sco_research.loaders.dates import parse_date
from sco_research.loaders.extraction import Extraction
from sco_research.loaders.source import ParsedSource, Source
from sco_research.text.origin import SourceLocation

if TYPE_CHECKING:
    from markdown_it.token import Token

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_KNOWN = (
    "title",
    "place",
    "date",
    "source",
    "notes",
    "publisher",
    "url",
    "language",
    "organization",
)
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\](:[ \t]*)?")


def recognises(source: Source) -> bool:
    """Return whether the file name is Markdown's: any text is valid Markdown."""
    return source.suffix in _SUFFIXES


def read(source: Source) -> ParsedSource:
    """Read headings, paragraphs, lists and quotations; keep footnotes apart."""
    # Whoever loads no Markdown does not wait for this.
    from markdown_it import MarkdownIt

    text = source.text
    front = _FRONT_MATTER.match(text)
    values, notices = _front_matter(front[1]) if front else ({}, ())
    offset = text[: front.end()].count("\n") if front else 0
    body = text[front.end() :] if front else text
    extraction = Extraction()
    counts: list[tuple[int, str]] = []
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    for number, token in enumerate(tokens):
        line = (token.map[0] if token.map else 0) + 1 + offset
        if token.type in ("ordered_list_open", "bullet_list_open"):
            first = int(token.attrGet("start") or 1)
            counts.append((first, "." if token.type.startswith("ordered") else ""))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            counts.pop()
        elif token.type == "list_item_open":
            extraction.end_line()
        elif token.type == "inline":
            mark = ""
            if counts and number > 1 and tokens[number - 2].type == "list_item_open":
                count, point = counts[-1]
                mark = f"{count}. " if point else "- "
                counts[-1] = (count + 1, point)
            heads = tokens[number - 1].type == "heading_open"
            _write_inline(extraction, token, SourceLocation(line=line), mark, heading=heads)
            if not counts:
                extraction.end_paragraph()
            else:
                extraction.end_line()
        elif token.type in ("fence", "code_block"):
            extraction.remove("code", token.content, SourceLocation(line=line))
        elif token.type == "html_block":
            extraction.remove("markup", token.content, SourceLocation(line=line))
        elif token.type in ("heading_open", "paragraph_open", "hr", "tr_open"):
            extraction.end_line() if counts else extraction.end_paragraph()
    found = extraction.text
    title = values.get("title", "") or _first_heading(tokens)
    return ParsedSource(
        found,
        (0, len(found)),
        title=title,
        place=values.get("place", ""),
        source=values.get("source", ""),
        notes=values.get("notes", ""),
        publisher=values.get("publisher", ""),
        url=values.get("url", ""),
        language=values.get("language", ""),
        organization=values.get("organization", ""),
        date=parse_date(values.get("date", "")),
        notices=notices,
        removed=tuple(extraction.removed),
        starts=tuple(extraction.starts),
        locations=tuple(extraction.locations),
        headings=tuple(extraction.headings),
    )


def _front_matter(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the front matter's fields as text, and what is wrong with it."""
    import yaml

    try:
        # Scalars stay the text they are: a date that is none must not cost the rest. An alias
        # could stand for more than any memory holds.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.BaseLoader)):
            return {}, ("the front matter holds aliases (*name); it is left out",)
        found = yaml.load(text, yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 2}: " if error.problem_mark else ""
        return {}, (f"the front matter cannot be read ({line}{error.problem}); it is left out",)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).split("\n")[0][:100]
        return {}, (f"the front matter cannot be read ({reason}); it is left out",)
    if not isinstance(found, dict):
        return {}, ("the front matter holds no fields (name: value); it is left out",)
    values = {str(name): value for name, value in found.items() if isinstance(value, str)}
    other = [name for name in _KNOWN if name in found and name not in values]
    notices = [f"front matter, {name}: it is no single value; it is left out" for name in other]
    if (date := values.get("date", "").strip()) and parse_date(date) is None:
        notices.append(f"front matter, date: {date[:40]!r} is no day that can be read")
    return values, tuple(notices)


def _first_heading(tokens: "list[Token]") -> str:
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return " ".join(_plain(tokens[number + 1]).split())
    return ""


def _write_inline(
    extraction: Extraction, token: "Token", place: SourceLocation, mark: str, *, heading: bool
) -> None:
    line = place.line or 1
    words = _plain(token)
    for number, piece in enumerate(words.split("\n")):
        note = _NOTE.match(piece)
        where = SourceLocation(line=line + number)
        if note and note[1]:
            extraction.remove("footnote", piece[note.end() :], where)
            continue
        for found in _NOTE.finditer(piece):
            extraction.remove("footnote mark", found[0], where)
        clean = _NOTE.sub("", piece).strip()
        if not clean:
            continue
        if number and not extraction.at_line_start:
            # A line end in Markdown is a space.
            clean = " " + clean
        extraction.write(
            (mark if not number else "") + clean, where, heading=heading and not number
        )


def _plain(token: "Token") -> str:
    """Return what an inline token reads as."""
    pieces: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif child.type == "image":
            pieces.append(child.content)
    return "".join(pieces)
