"""Markdown: what it reads as, without its marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sco_research.loaders.dates import parse_date
from sco_research.loaders.extraction import (
    NO_WORDS,
    Extraction,
    heads_in_bold,
    is_power,
    raise_number,
)
from sco_research.loaders.header_lines import is_key_line
from sco_research.loaders.source import ParsedSource, Source
from sco_research.text.origin import SourceLocation

if TYPE_CHECKING:
    from markdown_it.token import Token

_MAX_NAMED = 3
_LONGEST_MARK = 60
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
# What other programs call these fields.
_ALIASES = {
    "url": ("source_url", "canonical_url", "link", "permalink"),
    "language": ("lang",),
    "organization": ("organisation",),
}
_PUBLISHED = ("published_time", "published", "publish_date", "pubdate")
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_NOTE_BEGINS = re.compile(r" {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*")
# What pandoc writes and common Markdown does not know: "::: {.note}", "# Trade {#trade}",
# "[Zenda]{.place}", ":   what a term means".
_FENCE = re.compile(r" {0,3}:{3,}.*$")
_ATTRIBUTES = re.compile(r"(?<=\S)\s*\{(?:[#.][\w-]+|-|[\w-]+=\S+)(?:\s+[^{}]*)?\}\s*$")
_SPAN = re.compile(r"(?<!!)\[([^\[\]]+)\]\{[#.][^{}]*\}")
# "10^6^", "the Treaty^1^", "H~2~O": no space is inside.
_SUPERSCRIPT = re.compile(r"(?<=[\w.,;:!?)\]”’»\"'%])\^([\w()+\u2212–,.*†‡-]{1,20})\^")
_SUBSCRIPT = re.compile(r"(?<=[^\W_])~([\w+\u2212–-]{1,12})~(?!~)")
_DEFINITION = re.compile(r"^ {0,3}[:~]\s{1,3}(?=\S)")
_NOTE_LINK = re.compile(r"#.*(?:fn|ftn|note|edn|cite)", re.I)
_NOTES_HEADING = re.compile(r"\W*(?:foot|end)?notes?\W*|сноски|примечания", re.I)
# What a site sets around a text: rows of links, and whose it is.
_SITE = re.compile(
    r"©|\ball rights reserved\b|^(?:share|tweet|print|e-?mail|follow us|skip to)\b"
    r"|\blast updated\b",
    re.I,
)
_EMPTY_LINE = re.compile(r"[ \t\xa0\u200b\ufeff]*$")
_LEADING = re.compile(r"^([ \t]*)[\xa0\u2007\u202f][ \t\xa0\u2007\u202f]*")
_LEFT_OVER = re.compile(r"\*{2,3}")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b", re.I)
_LEFT_OUT_TAGS = {
    "del": "struck-out text",
    "s": "struck-out text",
    "strike": "struck-out text",
    "rt": "ruby reading",
    "rp": "",
}
_RAISED_NUMBER = re.compile(r"\s*[\[(]?[-\u2212–+]?\d{1,3}[\])]?\s*")
_MARK = re.compile(r"\s*[*†‡]{1,3}\s*")
_COUNTED = re.compile(r"\(?(\d{1,3})[.)]\s+[\W_]*[^\W\d_a-zа-яё]")
_STOP = re.compile(r"[.;:!?。；：][\"'”’»)\]]*$")
_STOP_OF_PROSE = re.compile(r"[.,;!?。\uff0c；][\"'”’»)\]]*$")
_LONGEST_HEADING = 300
_MIN_KEYS = 2
_MIN_LINKS_OF_A_BAR = 3


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
    extraction = Extraction()
    body = text[front.end() :] if front else text
    notices = (*notices, *_notes_missing(body))
    body = _without_notes(body, offset, extraction)
    body = body if front else _with_header_broken(body)
    counts: list[tuple[int, str]] = []
    is_first_cell = False
    seen: set[str] = set()
    # Indented lines are prose in a text that was made from a page, never code.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")
    tokens = parser.parse(body)
    left_out = _left_out(tokens)
    for number, token in enumerate(tokens):
        line = (token.map[0] if token.map else 0) + 1 + offset
        place = SourceLocation(line=line)
        if number in left_out:
            words = "".join(read.text for read in _lines_of(token, line))
            extraction.remove(left_out[number], words, place)
        elif token.type in ("ordered_list_open", "bullet_list_open"):
            counts.append(_numbering(token))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            counts.pop()
            extraction.end_line() if counts else extraction.end_paragraph()
        elif token.type in ("list_item_open", "tr_open"):
            extraction.end_line()
            is_first_cell = True
            _count_item(token, counts)
        elif token.type == "inline" and tokens[number - 1].type in ("th_open", "td_open"):
            if not is_first_cell and not extraction.at_line_start:
                extraction.write("\t", place)
            is_first_cell = False
            for written in _lines_of(token, line):
                _write_line(extraction, written, "", heading=False, seen=seen)
        elif token.type == "inline":
            mark = ""
            opens = number > 1 and tokens[number - 2].type == "list_item_open"
            if counts and opens:
                mark = _next_mark(counts)
            elif counts:
                extraction.end_paragraph()
            opener = tokens[number - 1]
            heads = opener.type == "heading_open" and not _is_underlined_prose(opener, token)
            _write_block(extraction, _lines_of(token, line), mark, heads=heads, seen=seen)
            extraction.end_line() if counts else extraction.end_paragraph()
        elif token.type == "fence":
            extraction.remove("code", token.content, place)
        elif token.type == "html_block":
            _write_markup(extraction, token.content, place)
        elif token.type in ("heading_open", "paragraph_open", "hr", "table_close"):
            extraction.end_line() if counts else extraction.end_paragraph()
    title = _first_heading(tokens)
    return _parsed(extraction, values, notices, title)


def _with_header_broken(body: str) -> str:
    """Return a body whose header of keys and values is one line a key, as it is written."""
    head, gap, rest = body.partition("\n\n")
    lines = head.split("\n")
    if sum(map(is_key_line, lines)) < _MIN_KEYS:
        return body
    # Two spaces at the end of a line keep it.
    kept = [f"{line}  " if is_key_line(below) else line for line, below in pairwise([*lines, ""])]
    return "\n".join(kept) + gap + rest


def _count_item(token: "Token", counts: list[tuple[int, str]]) -> None:
    """Go on to the number that an item prints, where it is beyond the next.

    A list that a page begins anew, "10." after "3.", is one list in Markdown.
    """
    if token.info.isdecimal() and counts:
        count, point = counts[-1]
        counts[-1] = (max(int(token.info), count), point)


def _next_mark(counts: list[tuple[int, str]]) -> str:
    """Return the mark of the innermost list's next item, and count on."""
    count, point = counts[-1]
    counts[-1] = (count + 1, point)
    return f"{count}{point} " if point else "- "


def _left_out(tokens: "list[Token]") -> dict[int, str]:
    """Return the places of the blocks that are no text, and what each is."""
    left_out = dict.fromkeys(_site_around(tokens), "links")
    in_notes = False
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            in_notes = _NOTES_HEADING.fullmatch(tokens[number + 1].content) is not None
        elif token.type == "inline" and in_notes:
            left_out[number] = "footnote"
    return left_out


def _site_around(tokens: "list[Token]") -> frozenset[int]:
    """Return the places of what a site sets before and after its text: links and its own name."""
    places = [number for number, token in enumerate(tokens) if token.type == "inline"]
    links = {number: _count_links(tokens[number]) for number in places}
    first = next((n for n, place in enumerate(places) if not links[place]), len(places))
    above = places[:first] if sum(links[place] for place in places[:first]) > 1 else []
    for place in places[first:]:
        # A row of links may stand below the title.
        if links[place] >= _MIN_LINKS_OF_A_BAR:
            above.append(place)
        elif tokens[place - 1].type != "heading_open":
            break
    below: list[int] = []
    for place in reversed(places[first:]):
        token = tokens[place]
        if not (links[place] > 1 or (len(token.content) < _LONGEST_HEADING and _says_site(token))):
            break
        below.append(place)
    # A text that is nothing else is the text.
    return frozenset([*above, *below]) if len(above) + len(below) < len(places) else frozenset()


def _says_site(token: "Token") -> bool:
    return _SITE.search(re.sub(r"[\[\]*_]", "", token.content)) is not None


def _count_links(token: "Token") -> int:
    """Return how many links a block is made of; 0 where words stand beside them."""
    depth = count = 0
    for child in token.children or ():
        if child.type == "link_open":
            depth, count = depth + 1, count + 1
        elif child.type == "link_close":
            depth -= 1
        elif not depth and child.type != "image" and re.search(r"\w", child.content):
            return 0
    return count


def _numbering(token: "Token") -> tuple[int, str]:
    """Return the first number of a list and what follows it; nothing follows a bullet."""
    start = token.attrGet("start")
    is_ordered = token.type.startswith("ordered")
    return 1 if start is None else int(start), token.markup if is_ordered else ""


def _parsed(
    extraction: Extraction, values: dict[str, str], notices: tuple[str, ...], heading: str
) -> ParsedSource:
    """Return what was read, with what the front matter says of it."""
    found = extraction.text
    title = " ".join(values.get("title", "").split()) or heading
    date = parse_date(values.get("date", ""))
    published = next(filter(None, (parse_date(values.get(name, "")) for name in _PUBLISHED)), None)
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
        # A site's date is that of its post: what the text itself says comes first.
        date=None if date == published else date,
        published=published,
        notices=notices,
        removed=tuple(sorted(extraction.removed, key=lambda one: one.location.line or 0)),
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
    for name, others in _ALIASES.items():
        if given := next((values[other] for other in others if values.get(other)), ""):
            values.setdefault(name, given)
    other = [name for name in _KNOWN if name in found and name not in values]
    notices = [f"front matter, {name}: it is no single value; it is left out" for name in other]
    if (date := values.get("date", "").strip()) and parse_date(date) is None:
        notices.append(f"front matter, date: {date[:40]!r} is no day that can be read")
    return values, tuple(notices)


def _first_heading(tokens: "list[Token]") -> str:
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            lines = _lines_of(tokens[number + 1], 1)
            return " ".join(" ".join(line.text for line in lines).split())
    return ""


def _notes_missing(body: str) -> Iterator[str]:
    r"""Yield what to say of marks whose notes stand nowhere in a source.

    >>> list(_notes_missing("They met.[^1] They left.[^2]\n\n[^1]: In Zenda."))
    ['footnotes have a mark and no words: [^2]; they may stand in the text, or be lost']
    """
    begun = {
        f"[^{label}]"
        for line in body.splitlines()
        for label in _NOTE_BEGINS.findall(line[:_LONGEST_MARK])
    }
    if missing := [mark for mark in dict.fromkeys(_NOTE.findall(body)) if mark not in begun]:
        named = ", ".join(missing[:_MAX_NAMED])
        yield f"footnotes have a mark and no words: {named}; they may stand in the text, or be lost"


def _without_notes(text: str, offset: int, extraction: Extraction) -> str:
    """Return a body whose no-break spaces are spaces and whose footnotes are kept apart.

    The number of lines stays.
    """
    lines = []
    note: list[str] = []
    place = SourceLocation()

    def end_note() -> None:
        if note:
            extraction.remove("footnote", " ".join(note), place)
            note.clear()

    is_empty = False
    for number, line in enumerate(text.splitlines(), start=1 + offset):
        if _EMPTY_LINE.match(line):
            is_empty = True
            lines.append("")
            continue
        if begins := _NOTE_BEGINS.match(line):
            end_note()
            place = SourceLocation(line=number)
            note.append(line[begins.end() :])
            lines.append("")
        elif note and (not is_empty or line.startswith(("    ", "\t"))):
            # What is indented goes on with the note, however many paragraphs it has.
            note.append(line.strip())
            lines.append("")
        else:
            end_note()
            line = _LEADING.sub(r"\1", line).replace("\xa0", " ")
            if _FENCE.match(line):
                line = ""
            elif line.lstrip().startswith("#"):
                line = _ATTRIBUTES.sub("", line)
            line = _SPAN.sub(r"\1", _DEFINITION.sub("", line))
            if "^" in line or "~" in line:
                line = _SUBSCRIPT.sub(r"\1", _SUPERSCRIPT.sub(r"<sup>\1</sup>", line))
            lines.append(line)
        is_empty = False
    end_note()
    return "\n".join(lines)


@dataclass(slots=True)
class _Line:
    """One line of a paragraph as it reads, with what it leads to and leaves out.

    ``pieces`` are text and whether it is raised; ``removed`` are kind and text; a line ``breaks``
    where the source sets a hard break before it.
    """

    number: int
    breaks: bool = False
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)
    is_bold: bool = True

    @property
    def text(self) -> str:
        """The line without the marks of its notes."""
        return "".join(piece for piece, _ in self.pieces).strip()


@dataclass(slots=True)
class _Inline:
    """The lines of an inline token as far as they are read, and which marks are open."""

    lines: list[_Line]
    bold: int = 0
    raised: bool = False
    left_out: list[str] = field(default_factory=list)  # why; empty where nothing is to be kept

    def leave_out(self, why: str, *, opens: bool) -> None:
        """Begin or end what is left out."""
        if opens:
            self.left_out.append(why)
        elif self.left_out:
            self.left_out.pop()


def _lines_of(token: "Token", number: int) -> list[_Line]:
    """Return the lines of an inline token as they read."""
    state = _Inline([_Line(number)])
    for child in token.children or ():
        line = state.lines[-1]
        if child.type == "html_inline":
            _read_tag(state, child.content)
        elif child.type in ("strong_open", "strong_close"):
            state.bold += 1 if child.type == "strong_open" else -1
        elif child.type in ("s_open", "s_close"):
            state.leave_out("struck-out text", opens=child.type == "s_open")
        elif child.type in ("softbreak", "hardbreak"):
            state.lines.append(_Line(line.number + 1, breaks=child.type == "hardbreak"))
        elif child.type in ("link_open", "link_close"):
            href = str(child.attrGet("href") or "")
            # The figure of a note: it leads there, or back.
            state.raised = child.type == "link_open" and _NOTE_LINK.match(href) is not None
        elif child.type == "image":
            line.removed.append(("image", child.content))
        elif child.type in ("text", "code_inline"):
            words = _LEFT_OVER.sub("", child.content) if child.type == "text" else child.content
            _read_words(state, words)
    return state.lines


def _read_tag(state: _Inline, content: str) -> None:
    """Read a tag of HTML among words: a line's end, raised, bold or left out."""
    tag = _TAG.match(content)
    if tag is None:
        return
    closes, name = bool(tag[1]), tag[2].lower()
    if name == "br":
        state.lines.append(_Line(state.lines[-1].number, breaks=True))
    elif name == "sup":
        state.raised = not closes
    elif name in _LEFT_OUT_TAGS:
        state.leave_out(_LEFT_OUT_TAGS[name], opens=not closes)
    elif name in ("b", "strong"):
        state.bold += -1 if closes else 1


def _read_words(state: _Inline, words: str) -> None:
    """Read words: those left out are told, marks of notes are taken off."""
    line = state.lines[-1]
    if state.left_out:
        if state.left_out[-1]:
            line.removed.append((state.left_out[-1], words))
        return
    line.removed += [("footnote mark", found[0]) for found in _NOTE.finditer(words)]
    words = _NOTE.sub("", words)
    line.pieces.append((words, state.raised))
    line.is_bold = line.is_bold and (state.bold > 0 or not words.strip())


def _is_underlined_prose(opener: "Token", token: "Token") -> bool:
    """Return whether a heading is a paragraph above a rule, which Markdown reads as one."""
    if opener.markup not in ("-", "="):
        return False
    return len(token.content) > _LONGEST_HEADING or bool(_STOP_OF_PROSE.search(token.content))


def _write_block(
    extraction: Extraction, lines: list[_Line], mark: str, *, heads: bool, seen: set[str]
) -> None:
    """Write the lines of one block: what the source wraps goes on, what it breaks does not."""
    count = None
    last = ""
    in_note = False
    for position, line in enumerate(lines):
        words = line.text
        if not words and not line.removed:
            continue
        if NO_WORDS.match(words):
            extraction.remove("rule", words, SourceLocation(line=line.number))
            continue
        counted = _COUNTED.match(words)
        number = int(counted[1]) if counted else None
        if position and (in_note or line.breaks):
            extraction.end_line()
        if position and number is not None and (number - 1 == count or _STOP.search(last)):
            extraction.end_paragraph()
        alone = (position + 1 == len(lines) or lines[position + 1].breaks) and (
            line.breaks or not position
        )
        titles = alone and not mark and not heads and line.is_bold and heads_in_bold(words)
        if titles:
            extraction.end_paragraph()
        figure = "" if mark and not position else _figure_begun_with(line)
        in_note = (figure in seen) if figure else in_note and not line.breaks
        if in_note:
            extraction.remove("footnote", words, SourceLocation(line=line.number))
            continue
        heading = (heads and not position) or titles
        _write_line(extraction, line, mark if not position else "", heading=heading, seen=seen)
        if titles:
            extraction.end_paragraph()
        count, last = (number if number is not None else count), words


def _figure_begun_with(line: _Line) -> str:
    """Return the raised figure that a line begins with; empty where it begins with words."""
    for piece, raised in line.pieces:
        if piece.strip():
            is_mark = _RAISED_NUMBER.fullmatch(piece) or _MARK.fullmatch(piece)
            return piece.strip(" []()") if raised and is_mark else ""
    return ""


def _write_line(
    extraction: Extraction, line: _Line, mark: str, *, heading: bool, seen: set[str]
) -> None:
    place = SourceLocation(line=line.number)
    text = ""
    for position, (piece, raised) in enumerate(line.pieces):
        after = line.pieces[position + 1][0] if position + 1 < len(line.pieces) else ""
        begins = not text.strip()
        if not raised or (begins and not mark):
            text += piece
        elif _RAISED_NUMBER.fullmatch(piece) and is_power(piece, text, after):
            text += raise_number(piece)
        elif _RAISED_NUMBER.fullmatch(piece) or _MARK.fullmatch(piece):
            line.removed.append(("footnote mark", piece))
            seen.add(piece.strip(" []()"))
        else:
            text += piece
    for kind, words in line.removed:
        extraction.remove(kind, words, place)
    clean = " ".join(text.split())
    if not clean:
        return
    if not mark and not extraction.ends_with_space:
        # A line end in Markdown is a space.
        clean = " " + clean
    extraction.write(mark + clean, place, heading=heading)


def _write_markup(extraction: Extraction, markup: str, place: SourceLocation) -> None:
    """Write what a block of HTML shows; one without words is left out."""
    from sco_research.loaders.formats.html.article import Article
    from sco_research.loaders.formats.html.markup import parse, write

    extraction.end_paragraph()
    if not re.sub(r"<!--.*?-->|<[^>]*>|\s", "", markup, flags=re.S):
        extraction.remove("markup", markup, place)
        return
    page = parse(markup, "markup")
    body = page.find(".//body")
    shown = write(page if body is None else body, Article(page).noise)
    for removed in shown.removed:
        extraction.remove(removed.kind, removed.text, place)
    start = 0
    for line in shown.text.splitlines(keepends=True):
        if line.strip():
            extraction.write(line.strip(), place, heading=start in shown.headings)
            extraction.end_line()
        else:
            extraction.end_paragraph()
        start += len(line)
    extraction.end_paragraph()
