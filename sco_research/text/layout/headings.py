"""Which lines head what comes below them."""

import re

from sco_research.text.language import is_east_asian
from sco_research.text.layout.datelines import is_dateline
from sco_research.text.layout.lines import ROMAN_NUMERAL, is_ended
from sco_research.text.layout.paragraphs import BULLETS, Block, is_operative_line

_FINAL = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_MAX_WORDS_IN_HEADING = 15
_QUOTED = frozenset('“«"‘')
# "Article 5." may end with a stop; with a title below or beside it, it does not.
_WORDS_IN_DIVISION = 2
_MAX_WORDS_IN_TITLE = 30
LONGEST_HEADING = 300
_DIVISION = re.compile(
    rf"(?:part|chapter|title|section|article|часть|глава|раздел|статья)\s+(?:\d{{1,3}}|{ROMAN_NUMERAL}"
    r"|one|two|three|four|five|six|seven|eight|nine|ten)\b[.:]?",
    re.I,
)
_EAST_ASIAN_DIVISION = re.compile(r"第[一二三四五六七八九十百\d]{1,4}[条章節节部]")
_COUNTED = re.compile(
    rf"(?:\d{{1,2}}|[A-Z]|{ROMAN_NUMERAL})[.)]\s+\S|[(\uff08]?[一二三四五六七八九十]{{1,3}}[)\uff09、]\S"
)
_ARABIC = re.compile(r"(\d{1,3})[.)]\s+\S")
# "They welcome it. In particular they", above a list.
_STOP_INSIDE = re.compile(r"[a-zа-яё]{3}[.!?]\s+[^\W\d_]")
_BRACKETED = re.compile(r"\([^()]+\)|\[.+\]|\uff08[^\uff08\uff09]+\uff09")
_LONGEST_EAST_ASIAN_HEADING = 40
_SPEAKS = re.compile(r"(?:we|the|мы|signed|for|from|to|between|contents|subject)\b", re.I)
_VERB = re.compile(
    r"\b(?:will|shall|should|must|can|have|has|had|are|is|was|were|be|been|agree|agreed|met|meet)\b"
)


def is_heading(
    text: str, block: Block, before: Block | None, after: Block | None, *, in_title: bool
) -> bool:
    """Return whether a line is a heading, and not a short paragraph or an item of a list.

    Parameters
    ----------
    text : str
        The document's text.
    block : Block
        What may be a heading; at most `LONGEST_HEADING` characters.
    before, after : Block or None
        Its neighbours; the one before is classified already.
    in_title : bool
        Whether nothing but headings and datelines stands before it.
    """
    content = text[block.start : block.end]
    ended = is_ended(content) and not (in_title and _is_first_half(text, content, after))
    if ended and len(content.split(maxsplit=_WORDS_IN_DIVISION)) > _WORDS_IN_DIVISION:
        # Nearly every short paragraph: it needs no closer look.
        return False
    words = content.split()
    if _is_division(content, words):
        return True
    # A motto may stand in quotation marks: “Partnering for Change”.
    quoted = in_title and text[block.content] in _QUOTED and block.content + 1 < block.end
    first = text[block.content + quoted]
    if len(words) > (_MAX_WORDS_IN_TITLE if in_title else _MAX_WORDS_IN_HEADING):
        return False
    if ended or content[-1] in ",-–—":
        return False
    if is_east_asian(first):
        short = len(content) <= _LONGEST_EAST_ASIAN_HEADING
        return short and (in_title or _COUNTED.match(content) is not None)
    if in_title and before is not None and _BRACKETED.fullmatch(content):
        # "(Unofficial translation)", "[without reference to a Main Committee]".
        return True
    if not (first.isupper() or first.isdigit()):
        if before is None:
            # A title in small letters, above a text that has capitals.
            return after is not None and first.isalpha() and _is_title(text, content, after)
        # The second line of a title.
        return before.kind == "heading" and in_title and first.isalpha()
    if _STOP_INSIDE.search(content):
        return False
    if content[0] in f"{BULLETS}(" or (not content.isupper() and _VERB.search(content)):
        return False
    if after is not None and (
        _is_subject(text, content, after) or _is_item(content, text[after.start : after.end])
    ):
        return False
    if before is None or before.kind != "paragraph":
        return True
    if after is not None and _stands_between(text, before, after):
        return True
    return _heads_after(text, content, text[before.start : before.end], after)


def _is_subject(text: str, content: str, after: Block) -> bool:
    """Return whether the block below says what a line does: "The Council", and "Adopts the plan."""
    below = text[after.start : after.end]
    if after.content != after.start or not is_ended(below) or is_dateline(below):
        return False
    return below[0].islower() or (content.startswith("The ") and is_operative_line(below))


def _is_first_half(text: str, content: str, after: Block | None) -> bool:
    """Return whether a line is a title's up to its colon, and what the title says is the next."""
    if content[-1] != ":" or after is None or after.content != after.start:
        return False
    below = text[after.start : after.end]
    short = max(len(content.split()), len(below.split())) <= _MAX_WORDS_IN_HEADING
    plain = not (is_ended(below) or is_dateline(below) or is_operative_line(below))
    return (
        short
        and plain
        and below[0].isupper()
        and not (_VERB.search(content) or _SPEAKS.match(content))
    )


def _is_title(text: str, content: str, after: Block) -> bool:
    below = text[after.start : after.end]
    speaks = is_ended(below) or is_dateline(below)
    return (below[0].isupper() or below[0].isdigit()) and speaks and not _VERB.search(content)


def _stands_between(text: str, before: Block, after: Block) -> bool:
    """Return whether the blocks beside a line are numbered one after the other: it is no item."""
    numbers = [_ARABIC.match(text, block.start) for block in (before, after)]
    return bool(numbers[0] and numbers[1] and int(numbers[1][1]) == int(numbers[0][1]) + 1)


def _heads_after(text: str, content: str, last: str, after: Block | None) -> bool:
    """Return whether a line below a paragraph is a heading, and not an item of its list."""
    if _FINAL.search(last[-8:]):
        return True
    counted = _COUNTED.match(content) is not None
    if last[-1] == ":":
        return counted and after is not None and is_ended(text[after.start : after.end])
    long = len(last.split()) > _MAX_WORDS_IN_HEADING
    return last[-1] not in ",;" and long and (content.isupper() or counted)


def _is_item(content: str, next_content: str) -> bool:
    """Return whether a line is an item with the next item below it: it heads nothing."""
    numbers = [_ARABIC.match(item) for item in (content, next_content)]
    return bool(
        numbers[0]
        and numbers[1]
        and int(numbers[1][1]) == int(numbers[0][1]) + 1
        and not is_ended(next_content)
        and len(next_content.split()) <= _MAX_WORDS_IN_HEADING
    )


def _is_division(content: str, words: list[str]) -> bool:
    """Return whether a line is "Article 5" or its like, alone or with a title."""
    if match := _DIVISION.match(content):
        rest = content[match.end() :].strip()
        titled = not rest or not (is_ended(rest) or rest[0].islower() or _VERB.search(rest))
        return titled and len(words) <= _MAX_WORDS_IN_HEADING
    if _EAST_ASIAN_DIVISION.match(content):
        return len(content) <= _LONGEST_EAST_ASIAN_HEADING and not is_ended(content)
    return False


def heads_a_part(content: str) -> bool:
    """Return whether a heading is that of a part, and not the title of the whole.

    >>> heads_a_part("I. Security"), heads_a_part("Chapter 2"), heads_a_part("Declaration")
    (True, True, False)
    """
    forms = (_COUNTED, _DIVISION, _EAST_ASIAN_DIVISION)
    return any(form.match(content) for form in forms)


# What is said of the text above its title.
_LABEL = re.compile(
    r"[\W_]*(?:(?:(?:un)?official |provisional |working )?(?:translation|draft|copy|text)|仮訳"
    r"|неофициальный перевод|проект|embargoed (?:until|till) .*|for immediate release"
    r"|statements and remarks"
    r"|(?:no\.?|№|ref(?:erence)?\.?:?)\s*[\w./-]*\d[\w./-]*|\d{1,6}(?:[-/]\d{1,6}){2,4})[\W_]*",
    re.I,
)


def is_label(content: str) -> bool:
    """Return whether a line says what kind of copy a text is, and nothing of what is in it.

    >>> is_label("DRAFT"), is_label("[Unofficial translation]"), is_label("No. 12/2014")
    (True, True, True)
    >>> is_label("1734-13-09-2013"), is_label("Agenda 2030")
    (True, False)
    >>> is_label("Draft Plan for Fish")
    False
    """
    return _LABEL.fullmatch(content) is not None


def ends_or_says(content: str) -> bool:
    """Return whether a line ends with a stop or holds a verb, as a sentence does."""
    return bool(_FINAL.search(content) or _VERB.search(content))


# "Annex 1. List of Goods", "Chapter II", "第三条", "IV. Trade", "1.2 Trade", "三、文化".
_NUMBER_IN_HEADING = re.compile(
    rf"(?P<division>(?:annex|appendix|attachment|part|chapter|title|section|article|приложение|часть"
    r"|глава|раздел|статья)\s+(?:no\.?\s*|№\s*)?"
    rf"(?:\d{{1,3}}|(?-i:{ROMAN_NUMERAL})|(?-i:[A-Z])|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"|(?:第|附件|附属書|付属書)[一二三四五六七八九十百\d]{1,4}[条章节節部]?)(?!\w)(?<!第)"
    rf"|(?P<number>\d{{1,2}}(?:\.\d{{1,2}})*|(?-i:[A-Z])|(?-i:{ROMAN_NUMERAL}))(?:[.)]\s|(?<=\.\d)\s)"
    r"|(?P<han>[(\uff08][一二三四五六七八九十]{1,3}[)\uff09]|[一二三四五六七八九十]{1,3}(?=、))",
    re.I,
)


def number_of_heading(content: str) -> str:
    """Return the number that a heading prints, with the name of its division; empty for none.

    >>> number_of_heading("IV. Trade"), number_of_heading("Article 3. Bodies")
    ('IV', 'Article 3')
    >>> number_of_heading("三、文化"), number_of_heading("Trade in 2019")
    ('三', '')
    """
    match = _NUMBER_IN_HEADING.match(content)
    if match is None:
        return ""
    return " ".join(next(filter(None, match.groups())).split())
