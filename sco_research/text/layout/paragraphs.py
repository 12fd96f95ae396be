"""The layout of a text: which lines make a paragraph.

Only the layout is read here, never the meaning, so that one set of rules serves texts of one line a
paragraph, hard-wrapped extracts, numbered paragraphs and dash lists alike. What a block is, a
heading, a dateline, a signature, is decided in `sco_research.text.layout.parts`.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from sco_research.text.layout.datelines import goes_on_with_day, is_formula, stands_alone
from sco_research.text.layout.lines import (
    ROMAN_NUMERAL,
    Line,
    is_ended,
    is_lead_in,
    is_wrapped,
    lines_of,
    note_marks,
    opens_with_act,
)
from sco_research.text.layout.wrapping import Wrapping, wrapping_of

# What opens an item or a numbered paragraph. A number needs its point or bracket and white space.
BULLETS = "-–—\u2012\u2015\u2212•*·▪‣◦●○■□➢✓\uf0b7\uf0a7"
_MARK = re.compile(
    rf"(?:[{re.escape(BULLETS)}]+\s+|o\s+(?=[a-z])|\(?(?:\d{{1,3}}|[a-z]|[ivx]{{1,5}})\)\s+|[a-z]\.\s+"
    r"|\d{1,3}(?:\.\d{1,2})*(?:\s?(?:bis|ter|quater))?\.\s+"
    r"|\d+(?:\.\d+)+\s+|\d{1,3}(?:\t| {2,}|\u3000)\s*(?=\S)"
    r"|\[\d{1,3}\]\s+|\d{1,3}[\uff0e、]\s*|[(\uff08][\d一二三四五六七八九十]{1,3}[)\uff09]\s*|[\u2460-\u2473]\s*"
    r"|(?:Article|ARTICLE|Section|Статья)\s+\d{1,3}\.\s+(?=\S)"
    # "§ 12", "¶ 7.", "Para 15.", "OP12", "PP3.", and, in a quoted resolution, “1. Decides".
    r"|[§¶]\s?\d{1,3}\.?\s+(?=\S)|(?:Para(?:graph)?|Пункт)\.?\s\d{1,3}\.\s+(?=\S)"
    r"|[OP]P\s?\d{1,3}(?:bis|ter)?[.:)]?\s+(?=\S)|[“«\"]\d{1,3}\.\s+(?=\S))"
)
# A row of a table, or a signer beside an office.
_COLUMNS = re.compile(r"\S(?: {5,}|\t+ *)\S|_{5,}")
_NUMBERED = re.compile(r"(\d{1,3})\.\s+(?=[A-ZА-ЯЁ“«])")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]")
_NUMERAL_MARK = re.compile(
    rf"(?P<numeral>{ROMAN_NUMERAL})[.)]\s+|(?P<han>[一二三四五六七八九十]{{1,3}})、\s*"
)
_FIRST_NUMERALS = (["I", "II"], ["一", "二"])
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_VALUES = {
    f"{ten}{one}": 10 * tens + ones
    for tens, ten in enumerate(("", "X", "XX", "XXX", "XL", "L"))
    for ones, one in enumerate(_ONES)
    if tens or ones
}
# "Desiring to contribute", in a preamble.
_PARTICIPLE = re.compile(
    r"(?:(?:Also|Further|Deeply|Gravely|Seriously|Fully|Strongly|Having|Bearing|Mindful|Aware|"
    r"Conscious|Cognizant)\b|(?!United\b)[A-Z][a-z]+(?:ing|ed)\b)"
)
# The same in small letters, below a line that names who speaks: "noting", "guided by", "отмечая".
_SMALL_PARTICIPLE = re.compile(
    r"(?:(?:also|further|deeply|fully|strongly)\s+)?(?:(?:acknowledg|affirm|appreciat|bear|commend|"
    r"condemn|confirm|consider|desir|emphasi[sz]|express|highlight|not|proceed|reaffirm|recall|"
    r"recogni[sz]|reiterat|seek|stress|striv|support|tak|underlin|underscor|welcom|wish)ing"
    r"|having|guided|convinced|determined|concerned|alarmed|inspired|mindful|aware|conscious"
    r"|(?:вновь\s+|высоко\s+|особо\s+)?(?:будучи|выражая|высказывая|действуя|желая|имея|исходя|"
    r"констатируя|напоминая|намереваясь|опираясь|осознавая|основываясь|осуждая|отмечая|оценивая|"
    r"поддерживая|подтверждая|подч[её]ркивая|полагая|придавая|признавая|приветствуя|принимая|"
    r"руководствуясь|следуя|сознавая|ссылаясь|стремясь|считая|учитывая))\b",
    re.I,
)
# What a preamble leads to: "Have agreed as follows:", "Adopts the following", "заявляют".
_OPERATIVE = re.compile(
    r"(?:(?:have|has)\s+(?:agreed|decided|resolved|adopted|reached)|hereby|declares?|states?\s+(?:the|that)|"
    r"adopts?|agrees?|approves?|calls?\s+(?:up)?on|condemns?|decides?|endorses?|encourages?|invites?|"
    r"notes?|proclaims?|reaffirms?|recommends?|requests?|resolves?|takes?\s+note|urges?|welcomes?|"
    r"заявля(?:ем|ют|ет)|договорились|согласились|решили?|провозглаша(?:ем|ют)|приняли|постановля\w+)\b",
    re.I,
)
# "The General Assembly,", "The Ministerial Council,": who speaks, on a line of its own.
_SPEAKER_ALONE = re.compile(r"The(?: [A-Z][\w’'-]+| of| and){1,7},")
# The same without its comma, before the one clause that it is the subject of: "Adopts the plan".
_SUBJECT_ALONE = re.compile(r"The(?: [A-Z][\w’'-]+| of| and){1,7}")
_ACT_OF_ONE = re.compile(
    r"(?:adopts|agrees|approves|calls|condemns|decides|declares|endorses|encourages|invites|"
    r"proclaims|reaffirms|recommends|requests|resolves|urges|welcomes)\b",
    re.I,
)
_MIN_SHORTFALL = 0.03
_MAX_WORDS_ALONE = 4
# "have agreed as follows:"
_MAX_WORDS_OF_ACT = 5
_MIN_LEFT_BESIDE = 0.4
# In a text of one line a paragraph, a line this long that ends in a word is a piece of one.
_SHORTEST_PIECE = 50
# What a number belongs to that stands at the head of the next line.
_BEFORE_NUMBER = re.compile(
    r"(?<!\w)(?:Arts?|Nos?|No|para|paras|ст|п|пп|гл|Res|Doc|Vol|pp?|ch|sec)\.$", re.I
)
# "Issued by the Heads of State": said of the text below its title.
_SAID_OF_TEXT = re.compile(r"(?:Issued|Adopted|Resolution adopted|Agreed|Endorsed) by\b")
# "[without reference to a Main Committee (A/74/L.4)]", "74/3. Political declaration".
_MASTHEAD = re.compile(r"\[[^\[\]]+\]|\d{1,3}/\d{1,3}\.\s+\S.*|Delegations will find\b.*")
# "ANNEX A" and its like on a line of their own, whose title is the next.
_PART_ALONE = re.compile(
    r"(?:annex|appendix|attachment|part|chapter|section|article|приложение|часть|глава|раздел|статья)"
    r"\s+(?:\d{1,3}|[IVXL]+|[A-Z])[.:]?",
    re.I,
)
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010" + _SOFT_HYPHEN
# A quotation mark or bracket at the wrong end of a line: the line goes on.
_OPENING = "“«„(["
_CLOSING = "”»)],;."
# No sentence and no heading ends with one of these.
_NEVER_LAST = frozenset(
    {"a", "an", "and", "at", "between", "from", "of", "or", "the", "their", "with"}
)
# "We, the Heads of State"; "The Member States of the Organization".
_SPEAKERS = re.compile(
    r"(?:We|WE)\b|(?:The|THE)\s+(?:(?:[Hh]eads|[Ll]eaders|[Pp]residents|[Mm]inisters|[Mm]ember|[Pp]arties|"
    r"[Gg]overnments?|[Cc]ouncil|[Cc]onference|[Gg]eneral|[Ss]tates?|[Hh]igh)\b)"
    r"|(?:Мы,|Главы\s|Совет\s|Государства\b|Стороны\b|Правительств[ао]\s)",
)
# "Council in Lakeside 11-12 July 2018" is a line's rest and no dateline.
_TAIL = re.compile(r"\w\s+(?:in|at|on|of|в)\s")
_OPEN_TITLE = _NEVER_LAST | {"on", "for", "in", "to", "by", "against", "concerning"}
_ANNEX_ALONE = re.compile(r"(?:annex|appendix)(?:\s+(?:\d{1,2}|[ivx]{1,4}|[a-z]))?", re.I)
_MAX_LINES_OF_TITLE = 8
_MAX_LINES_OF_MASTHEAD = 20
_LONGEST_QUOTATION = 4
_MIN_DOUBLE_SPACED = 6
_MIN_BROKEN = 0.3


# What a block is. Plain strings: an enumeration's members hash in Python, and slowly.
Kind: TypeAlias = Literal[
    "paragraph", "heading", "row", "numeral", "dateline", "signature", "annex"
]


# Not frozen, as a line is not.
@dataclass(slots=True)
class Block:
    """A run of lines that belong together.

    ``start`` and ``end`` are offsets in the document, ``content`` is where the words begin after
    a number or a dash, ``gap`` counts the blank lines before, and ``removed`` holds the spans
    inside that are no part of it.
    """

    kind: Kind
    start: int
    end: int
    content: int
    gap: int
    removed: tuple[tuple[int, int], ...] = ()


def group_lines(text: str, start: int, end: int) -> list[Block]:
    """Return the blocks of ``text[start:end]`` in order, page matter taken out.

    Each is a numeral on a line of its own or, for now, a paragraph.
    """
    return _without_note_marks(_grouped(text, start, end), note_marks(text, start, end))


def _without_note_marks(found: list[Block], marks: list[tuple[int, int]]) -> list[Block]:
    """Take the figures that lead to notes out of the blocks that they stand in."""
    if not marks:
        return found
    return [
        replace(
            block,
            removed=tuple(
                sorted(
                    {*block.removed, *(one for one in marks if block.content <= one[0] < block.end)}
                )
            ),
        )
        for block in found
    ]


def _grouped(text: str, start: int, end: int) -> list[Block]:
    lines = _single_spaced(lines_of(text, start, end))
    wrapping = wrapping_of(lines)
    broken = any(
        line.after_page or _is_open(before, line) or goes_on_with_day(before.text, line.text)
        for before, line in pairwise(lines)
    )
    if wrapping is None and not broken:
        return _without_numeral_marks(text, [_block([line]) for line in lines])
    found: list[Block] = []
    group: list[Line] = []
    parted = (
        _numbered_paragraphs(lines) | _opening_formula(lines, wrapping) | _lone(lines, wrapping)
        if wrapping
        else frozenset[int]()
    )
    for number, line in enumerate(lines):
        if group and (number in parted or not _continues(group, line, wrapping)):
            found.append(_block(group))
            group = []
        group.append(line)
    if group:
        found.append(_block(group))
    return _without_numeral_marks(text, found)


def _numbered_paragraphs(lines: list[Line]) -> frozenset[int]:
    """Return the lines that open numbered paragraphs, and the headings of one line above them.

    A paragraph's number is the next after the last one's: no sentence is broken before it.
    """
    found: set[int] = set()
    last = 0
    for number, line in enumerate(lines):
        match = _NUMBERED.match(line.text)
        if not match or _is_reference(lines, number):
            continue
        headed = (
            number > 1 and is_ended(lines[number - 2].text) and not is_ended(lines[number - 1].text)
        )
        # A plan below the text counts from one again.
        again = headed and int(match[1]) == 1
        if last and int(match[1]) != last + 1 and not again:
            continue
        last = int(match[1])
        found.add(number)
        if headed:
            found.add(number - 1)
    return frozenset(found)


def _is_reference(lines: list[Line], number: int) -> bool:
    """Return whether a number at the head of a line belongs to the line before: "Art.", "51."."""
    before = lines[number - 1] if number else None
    return before is not None and not lines[number].gap and bool(_BEFORE_NUMBER.search(before.text))


def _opening_formula(lines: list[Line], wrapping: Wrapping) -> frozenset[int]:
    """Return the line that says who speaks, below a title without a blank line between them.

    And "The General Assembly,", wherever it stands alone on its line.
    """
    masthead = {
        n for n, line in enumerate(lines[:_MAX_LINES_OF_MASTHEAD]) if _MASTHEAD.fullmatch(line.text)
    }
    found = {
        number
        for number, (before, line, after) in enumerate(
            zip(lines, lines[1:], lines[2:], strict=False), 1
        )
        if _SPEAKER_ALONE.fullmatch(line.text)
        and after.text[0].isupper()
        and before.text[-1] != ","
    }
    below = {number + 1 for number in found}
    below |= {n + 1 for n in masthead if lines[n].text[0] == "["}
    # What is annexed has a title and a formula of its own.
    annexed = {
        first + number
        for first, line in enumerate(lines, start=1)
        if _ANNEX_ALONE.fullmatch(line.text)
        for number in _first_speaker(lines[first:], wrapping)
    }
    return frozenset(found | masthead | below | annexed) | _first_speaker(lines, wrapping)


def _lone(lines: list[Line], wrapping: Wrapping) -> frozenset[int]:
    """Return the headings of a few words between an ended line, full or not, and a new one.

    "Commitments" is no end of a sentence: none stands there, and the line below had had room.
    """
    return frozenset(
        number
        for number, (before, line, after) in enumerate(
            zip(lines, lines[1:], lines[2:], strict=False), 1
        )
        if is_ended(before.text)
        and not (line.gap or after.gap or after.after_page or line.after_page)
        and line.text[0].isupper()
        and (after.text[0].isupper() or _MARK.match(after.text))
        and line.text[-1].isalpha()
        and len(line.text.split()) <= _MAX_WORDS_ALONE
        and wrapping.shortfall(line, after) > _MIN_LEFT_BESIDE
    )


def _first_speaker(lines: list[Line], wrapping: Wrapping) -> frozenset[int]:
    for number, (before, line) in enumerate(pairwise(lines[:_MAX_LINES_OF_TITLE]), start=1):
        if is_ended(before.text):
            break
        if _SAID_OF_TEXT.match(line.text):
            return frozenset({number})
        opens = _SPEAKERS.match(line.text) and not is_lead_in(before.text)
        whole = before.text[-1] not in ",-–—" and wrapping.shortfall(before, line) > wrapping.slack
        below = lines[number + 1].text if number + 1 < len(lines) else ""
        leads = line.text[-1] == ":" or (below[-1:] == ":" and is_operative_line(below))
        open_title = before.text.rpartition(" ")[2].lower() in _OPEN_TITLE
        if opens and (leads or (whole and not open_title)):
            return frozenset({number})
    return frozenset()


def _single_spaced(lines: list[Line]) -> list[Line]:
    """Take the blank line out that double spacing sets after every printed line."""
    if len(lines) < _MIN_DOUBLE_SPACED or is_wrapped(lines):
        return lines
    if not all(line.gap for line in lines[1:]):
        return lines
    broken = [
        line
        for before, line in pairwise(lines)
        if line.text[0].islower() and before.text[-1] not in ",-–—" and not is_ended(before.text)
    ]
    if len(broken) < _MIN_BROKEN * (len(lines) - 1):
        return lines
    closed = [replace(line, gap=max(line.gap - 1, 0)) for line in lines]
    return closed if is_wrapped(closed) else lines


def _continues(group: list[Line], line: Line, wrapping: Wrapping | None) -> bool:
    """Return whether a line continues the paragraph of the lines before it."""
    before = group[-1]
    if line.is_soft or (not line.gap and goes_on_with_day(before.text, line.text)):
        return True
    is_open = _is_open(before, line)
    if not (wrapping or line.after_page or is_open) or line.numeral or before.numeral or line.item:
        return False
    if any(_COLUMNS.search(text) for text in (line.text, before.text)):
        return False
    if stands_alone(line.text) and not _ends_a_line(before, line, wrapping):
        return False
    if stands_alone(before.text) or is_formula(group[0].text):
        # A closing formula may be long: "Done at Lakeside on 1 May 2018 in one copy, in the …".
        goes_on = line.text[0].islower() or _ends_a_line(before, line, wrapping)
        return is_formula(group[0].text) and goes_on and not (line.gap or is_ended(before.text))
    if is_ended(before.text) and (is_formula(line.text) or _PART_ALONE.fullmatch(line.text)):
        return False
    if is_open:
        return True
    if line.after_page or line.gap:
        return _goes_on_below(group, line, wrapping)
    return wrapping is not None and not _author_broke(group, line, wrapping)


def _ends_a_line(before: Line, line: Line, wrapping: Wrapping | None) -> bool:
    """Return whether a line is filled and not ended, and the next begins with no place or day."""
    if wrapping is None or line.gap or is_ended(before.text) or before.text[-1] == ",":
        return False
    full = wrapping.shortfall(before, line) <= max(wrapping.slack, 0.0)
    return full and (is_formula(before.text) or _TAIL.search(line.text) is not None)


def is_operative_line(text: str) -> bool:
    """Return whether a line begins with what an assembly does: "Adopts", "Have agreed".

    >>> is_operative_line("Adopts the plan"), is_operative_line("Adopted plans")
    (True, False)
    """
    return _OPERATIVE.match(text) is not None


def begins_a_clause(before: str, text: str) -> bool:
    """Return whether a line opens the next clause of a preamble, or what the preamble leads to.

    >>> begins_a_clause("Recalling the Charter,", "Adopts the following plan.")
    True
    >>> begins_a_clause("The states of Upland,", "Lowland and Ruritania met.")
    False
    """
    if before[-1] not in ",;:":
        return False
    if opens_with_act(text):
        return True
    return before[-1] != ":" and bool(
        _PARTICIPLE.match(text) or _SMALL_PARTICIPLE.match(text) or _OPERATIVE.match(text)
    )


def _is_clause(text: str) -> bool:
    return opens_with_act(text) or bool(_PARTICIPLE.match(text) or _SMALL_PARTICIPLE.match(text))


def _goes_on_below(group: list[Line], line: Line, wrapping: Wrapping | None) -> bool:
    """Return whether a sentence continues after a page break or a blank line."""
    before = group[-1]
    full = wrapping is not None and wrapping.shortfall(before, line) <= wrapping.slack
    if is_ended(before.text):
        # A filled line that ends with a stop ends a page more often than a paragraph.
        exact = wrapping is not None and wrapping.is_exact
        flush = line.indent <= before.indent and not _MARK.match(line.text)
        open_end = before.text[-1] not in ":;" and not line.gap
        return line.after_page and exact and full and flush and open_end
    if _MARK.match(line.text):
        return False
    if line.after_page and before.text[-1] in _HYPHENS and before.text[-2:-1].isalpha():
        # "Counter-" at the foot of a page, "Terrorism" at the head of the next.
        return True
    clause = begins_a_clause(before.text, line.text)
    if clause and not line.after_page:
        return False
    if before.text[-1] == "," and line.after_page:
        # The clauses of a preamble stand each on its own.
        return not (clause and _is_clause(group[0].text))
    if before.text[-1] in "-–—":
        return line.after_page and (full or line.text[0].islower())
    if line.text[0].islower():
        return line.after_page or full
    # "more than", and "750 ships" on the next page.
    return line.after_page and (full or line.text[0].isdigit())


def _is_open(before: Line, line: Line) -> bool:
    """Return whether no paragraph can end with a line: in a word, or before what is quoted.

    "coun-" before "tries", "Secretary-" before "General", "2018-" before "2019"; "the so-" is
    never the end of anything.
    """
    last = before.text[-1]
    if last in _HYPHENS:
        if not before.text[-2:-1].isalnum():
            return False
        return line.text[0].islower() or (not line.gap and line.text[0].isalnum())
    if is_lead_in(before.text):
        # "WE RECALL", and what, on the next line.
        return line.gap <= (1 if line.text[0].islower() else 0)
    if _says_who_acts(before.text, line) or _is_subject_of(before.text, line):
        return True
    if line.gap or line.after_page:
        return False
    if last in _OPENING or line.text[0] in _CLOSING:
        return True
    if line.text[0].isdigit() and _BEFORE_NUMBER.search(before.text):
        return True
    if _is_cut(before, line):
        return True
    first, _, word = before.text.rpartition(" ")
    # "Mr. Vale; and" is an item of a list.
    if word.lower() not in _NEVER_LAST or not first or _MARK.match(line.text):
        return False
    if word in ("and", "or") and first[-1] in ",;":
        return False
    return not _PART_ALONE.fullmatch(before.text)


def _says_who_acts(who: str, line: Line) -> bool:
    """Return whether a line is the act of those that the line before names: "decided:"."""
    text = line.text
    return (
        text[-1] == ":"
        and line.gap <= 1
        and (text[0].islower() or (text.isupper() and not who.isupper()))
        and who[-1].isalpha()
        and len(text.split(maxsplit=_MAX_WORDS_OF_ACT)) <= _MAX_WORDS_OF_ACT
        and is_operative_line(text)
    )


def _is_subject_of(who: str, line: Line) -> bool:
    """Return whether a line is the clause of a body that the line before is the name of."""
    return (
        line.gap <= 1
        and _ACT_OF_ONE.match(line.text) is not None
        and _SUBJECT_ALONE.fullmatch(who) is not None
    )


def _is_cut(before: Line, line: Line) -> bool:
    """Return whether a long line ends in the midst of a clause that the next takes up."""
    if not line.text[0].islower() or len(before.text) < _SHORTEST_PIECE:
        return False
    # A title's second line is short and has no stop.
    goes_on = is_ended(line.text) or len(line.text) >= _SHORTEST_PIECE
    free = before.text.isupper() or _MARK.match(line.text)
    return goes_on and before.text[-1].isalnum() and not free


def _author_broke(group: list[Line], line: Line, wrapping: Wrapping) -> bool:
    """Return whether a line end is the author's, in a text without blank lines."""
    before = group[-1]
    ended = is_ended(before.text)
    short = wrapping.shortfall(before, line)
    if len(group) == 1 and _PART_ALONE.fullmatch(before.text):
        return True
    if mark := _MARK.match(line.text):
        first = _MARK.match(group[0].text)
        listed = first is not None and (
            (short > wrapping.slack and first[0][0] == mark[0][0])
            or _follows(group[0].text, line.text)
        )
        if ended or before.text[-1] == "," or listed:
            return True
    if begins_a_clause(before.text, line.text) and (
        _is_clause(group[0].text) or _SPEAKERS.match(group[0].text) or len(group) == 1
    ):
        if opens_with_act(line.text):
            return True
        alike = line.text[0].isupper() == group[0].text[0].isupper()
        return (alike and _is_clause(group[0].text)) or short > min(wrapping.slack, _MIN_SHORTFALL)
    if ended:
        indented = line.indent > before.indent + 1 and not _is_hanging(group)
        return short > wrapping.slack or indented
    if all(item.text.isupper() for item in group) and len(before.text) > 3:
        # A title in capitals may be set in several lines.
        return not line.text.isupper()
    opens = mark is not None or line.text[0].isupper() or before.text[-1] == ","
    return short > wrapping.heading and opens and not _is_quoting(group)


def _is_quoting(group: list[Line]) -> bool:
    """Return whether a quotation is open at the end of a few lines."""
    last = group[-_LONGEST_QUOTATION:]
    return sum(line.text.count("“") - line.text.count("”") for line in last) > 0


def _is_hanging(group: list[Line]) -> bool:
    """Return whether an item's further lines are indented from its first."""
    return len(group) == 1 and _MARK.match(group[0].text) is not None


def _follows(first: str, second: str) -> bool:
    numbers = [_NUMBER.match(first), _NUMBER.match(second)]
    return bool(numbers[0] and numbers[1] and int(numbers[1][1]) == int(numbers[0][1]) + 1)


def _block(group: list[Line]) -> Block:
    first, last = group[0], group[-1]
    mark = _MARK.match(first.text)
    content = first.start + (mark.end() if mark else 0)
    removed: tuple[tuple[int, int], ...] = ()
    if first is not last:
        pairs = pairwise(group)
        removed = tuple((before.end, line.start) for before, line in pairs if line.after_page)
    kind: Kind = "numeral" if first.numeral else "paragraph"
    return Block(kind, first.start, last.end, content, first.gap, removed)


def _without_numeral_marks(text: str, found: list[Block]) -> list[Block]:
    """Take the Roman and Han numbers of paragraphs off, where they count: "I. Karimov" is none."""
    marked = [
        (number, match)
        for number, block in enumerate(found)
        if (match := _NUMERAL_MARK.match(text, block.start, block.end))
    ]
    figures = [match["numeral"] or match["han"] for _, match in marked]
    # "XII." is no initial, and what is numbered on from another text counts up all the same.
    counted = [_VALUES.get(figure, 0) for figure in figures[:2]]
    goes_on = len(counted) == 2 and counted[1] == counted[0] + 1 and len(figures[0]) > 1
    if figures[:2] not in _FIRST_NUMERALS and not goes_on:
        return found
    result = list(found)
    for number, match in marked:
        result[number] = replace(result[number], content=match.end())
    return result
