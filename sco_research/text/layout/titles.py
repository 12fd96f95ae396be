"""The title that a text bears at its head."""

import re
from collections.abc import Iterable
from functools import lru_cache

from sco_research.text.layout.datelines import is_publication
from sco_research.text.layout.headings import heads_a_part, is_label
from sco_research.text.layout.lines import is_symbol
from sco_research.text.layout.paragraphs import Block
from sco_research.text.layout.parts import blocks
from sco_research.text.layout.sections import is_headed

# A title stands at the very head: of a long text no more is looked at.
_HEAD = 3_000
_LONGEST_TITLE = 300
# Chinese and Japanese set no space where a line ends.
_EAST_ASIAN = "[\u3005-\u30ff\u4e00-\u9fff]"
_BETWEEN_HAN = re.compile(rf"(?<={_EAST_ASIAN}) (?={_EAST_ASIAN})")
# "79/2. Political declaration on health", between a resolution's masthead and who adopts it.
_RESOLUTION = re.compile(
    r"^[ \t]*\d{1,3}/\d{1,3}\.\s+(?P<title>\S[^\n]*(?:\n[^\n]+){0,3}?)\n\s*The "
    r"(?:General Assembly|Security Council|Economic and Social Council|Human Rights Council),?\s*$",
    re.MULTILINE,
)
# "Subject: European Council meeting (22 June 2017) – Conclusions", in a note that covers a text.
_SUBJECT = re.compile(r"^[ \t]*Subject:\s+(?P<title>\S[^\n]*(?:\n[ \t]*[–—-][^\n]*)?)$", re.M)
# "DECISION No. 3/18", below a masthead.
_NUMBERED = re.compile(
    r"(?:decision|resolution|recommendation|declaration|statement|conclusions?|opinion|order|решение"
    r"|постановление|заявление)\s+(?:(?:no\.?|n°|№)\s*\S*\d|\d+ \(\d{4}\)$)",
    re.I,
)
# What is said of the text below its title.
_ISSUED = re.compile(r"(?:issued|adopted|agreed|endorsed) by\b|original:\s", re.I)
# The same behind a title: "Joint Statement (Unofficial Translation)".
_LABEL_BEHIND = re.compile(
    r"\s*[(\[\uff08](?:(?:(?:un)?official|provisional|working) (?:translation|draft|text)|draft"
    r"|仮訳|неофициальный перевод)[)\]\uff09]$",
    re.I,
)
_RELEASE = re.compile(r"\W*for immediate release\b[^.]{0,60}$", re.I)
_MEETS = re.compile(r"(?:having )?(?:met|meeting|gather|assembl|conven)", re.I)
# What a document is. A title that says it not may go on below its dateline.
_KIND = re.compile(
    r"\b(?:agreement|charter|communiqu|conclusions|convention|decision|declaration|memorandum|"
    r"final document|outcome|pact|plan|protocol|recommendation|resolution|statement|treaty|vision|"
    r"декларац|заявлени|коммюнике|договор|соглашени|решени)|宣言|声明|コミュニケ|公报|协定",
    re.I,
)


def title_of(
    text: str, start: int, end: int, headings: Iterable[int] = (), *, without: str = ""
) -> str:
    r"""Return the headings that stand above everything else, in one line; empty where none do.

    The heading of a first section is none of them, nor is the line ``without``.

    >>> text = "DECLARATION\nof the Heads of State\n\nAstana, 4 July 2024\n\nThey met."
    >>> title_of(text, 0, len(text))
    'DECLARATION of the Heads of State'
    """
    stop = min(end, start + _HEAD)
    # Few heads hold either, and to look for a letter is quick.
    if text.find("/", start, stop) >= 0 and (named := _RESOLUTION.search(text, start, stop)):
        return " ".join(named["title"].split())
    if text.find("Subject:", start, stop) >= 0 and (named := _SUBJECT.search(text, start, stop)):
        return " ".join(named["title"].split())
    head, found = _head_of(text, start, end, headings)
    found = _below_the_masthead(head, found)
    run: list[Block] = []
    for number, block in enumerate(found):
        content = head[block.start : block.end]
        if block.kind == "heading" and is_symbol(content):
            # What stands above it is the issuer's name.
            run = run if content.startswith("Doc") else []
            continue
        if block.kind == "heading" and _RELEASE.match(content):
            # Above it stands the house that sent it out.
            run = []
            continue
        if block.kind != "paragraph" and (
            is_publication(content) or (not run and _ISSUED.match(content))
        ):
            continue
        if block.kind == "heading" and not heads_a_part(content) and not _ISSUED.match(content):
            is_place = content == without and (
                run or not _names_a_kind(head, block, found[number:])
            )
            if not (content[0] in "([\uff08" or is_label(content) or is_place):
                run.append(block)
        elif block.kind == "dateline" and (not run or _goes_on_below(head, run, found, number)):
            continue
        else:
            headed = block.kind == "paragraph" and len(run) > 1 and is_headed(head, list(found))
            # "FORUM COMMUNIQUÉ", below the dateline, says what the whole is.
            if headed and not _says_first(head, run):
                run.pop()
            break
    run = run[_begins(head, run) :]
    title = " ".join(" ".join(head[block.start : block.end] for block in run).split())
    title = without_label(title)
    title = _BETWEEN_HAN.sub("", title)
    return title if len(title) <= _LONGEST_TITLE else ""


def _names_a_kind(head: str, block: Block, found: tuple[Block, ...]) -> bool:
    """Return whether a title is set in two lines, a place and what is named after it.

    "Lakeside", and "Declaration" right below it.
    """
    below = found[1] if len(found) > 1 else None
    if below is None or head[block.end : below.start].count("\n") > 1:
        return False
    words = head[below.start : below.end]
    return " " not in words and says_what_it_is(words)


def says_what_it_is(words: str) -> bool:
    """Return whether words say what kind of text a document is.

    >>> says_what_it_is("Joint Communiqué"), says_what_it_is("Zenda")
    (True, False)
    """
    return _KIND.search(words) is not None


def without_label(title: str) -> str:
    """Return a title without what is said behind it of its text.

    >>> without_label("Joint Statement (Unofficial translation)")
    'Joint Statement'
    """
    return _LABEL_BEHIND.sub("", title)


def _begins(head: str, run: list[Block]) -> int:
    """Return where a title begins: at "DECISION" above "on the Plan", whoever stands over it."""
    lines = [head[block.start : block.end] for block in run]
    for number in range(1, len(lines) - 1):
        line, below = lines[number : number + 2]
        if line.isupper() and _KIND.match(line) and " " not in line and below[0].islower():
            return 0 if any(map(_KIND.search, lines[:number])) else number
    return 0


def _says_first(head: str, run: list[Block]) -> bool:
    """Return whether the last line of a title is the first that says what the document is."""
    kinds = [_KIND.search(head[block.start : block.end]) is not None for block in run]
    return kinds[-1] and not any(kinds[:-1])


def _goes_on_below(head: str, run: list[Block], found: tuple[Block, ...], dateline: int) -> bool:
    """Return whether the line below a dateline says what a document is, and its title does not."""
    below = found[dateline + 1] if dateline + 1 < len(found) else None
    if below is None or below.kind != "heading" or heads_a_part(head[below.start : below.end]):
        return False
    above = " ".join(head[block.start : block.end] for block in run)
    return not _KIND.search(above) and _KIND.search(head[below.start : below.end]) is not None


def _below_the_masthead(head: str, found: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks from "DECISION No. 3/18" on, where a title begins so.

    Or those below the symbol that ends a masthead with days and places in it.
    """
    first = next((n for n, block in enumerate(found) if block.kind == "paragraph"), len(found))
    dated = False
    for number, block in enumerate(found[:first]):
        content = head[block.start : block.end]
        if block.kind == "heading" and _NUMBERED.match(content):
            return found[number:]
        is_title = number + 1 < first and found[number + 1].kind == "heading"
        if dated and is_title and is_symbol(content) and not content.startswith("Doc"):
            return found[number + 1 :]
        dated = dated or block.kind == "dateline"
    return found


def opening_of(text: str, start: int, end: int, headings: Iterable[int] = ()) -> str:
    r"""Return the first paragraph, where a text says who met, where and when.

    A clause below it that says so is part of it.

    >>> text = "WE, the Leaders,\n\nMEETING in Zenda on 5 May 2019;\n\nRECALLING the Pact;"
    >>> opening_of(text, 0, len(text))
    'WE, the Leaders,\n\nMEETING in Zenda on 5 May 2019;'
    """
    head, found = _head_of(text, start, end, headings)
    first = next((n for n, item in enumerate(found) if item.kind == "paragraph"), None)
    if first is None:
        return ""
    last = found[first]
    if head[last.end - 1] == "," and first + 1 < len(found):
        below = found[first + 1]
        last = below if _MEETS.match(head, below.content, below.end) else last
    return head[found[first].start : last.end]


def _head_of(
    text: str, start: int, end: int, headings: Iterable[int]
) -> tuple[str, tuple[Block, ...]]:
    """Return the head of a text, and its blocks by their places in it."""
    stop = min(end, start + _HEAD)
    if (line_end := text.find("\n", stop, end)) >= 0:
        stop = min(line_end, stop + _HEAD)
    marked = tuple(place - start for place in headings if start <= place < stop)
    head = text[start:stop]
    return head, _blocks_of(head, marked)


# Title, date and place are asked for one after the other.
@lru_cache(maxsize=4)
def _blocks_of(head: str, headings: tuple[int, ...]) -> tuple[Block, ...]:
    return tuple(blocks(head, 0, len(head), headings))
