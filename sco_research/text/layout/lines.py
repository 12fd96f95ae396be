"""The lines of a text, and which of them are the page's and not the document's.

Page numbers and running heads and feet interrupt sentences, and a number on a line of its own may
as well head a section: only its neighbours show what a line is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

ROMAN_NUMERAL = r"(?=[IVXLC])(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})"
_NUMERAL = re.compile(
    rf"(?:[(\[]?{ROMAN_NUMERAL}[.)\]]?|[\u2160-\u216b][.、]?|[一二三四五六七八九十]{{1,3}}[、.\uff0e]?)"
)
_LONGEST_NUMERAL = 8
_POINTED_NUMBER = re.compile(r"(?:\((\d{1,2})\)|(\d{1,2})[.)])")
_BARE_NUMBER = re.compile(r"(\d{1,2})")
# The number of a printer's job: "24-18680 (E)", "*2418680*", "2/15 24-18680".
_PAGE_OF = r"\d{1,3}/\d{1,3}"
_JOB = rf"(?:{_PAGE_OF}\s+)?\d{{2}}-\d{{5}}(?:\s+\([A-Z]\))?(?:\s+\d{{6}})?(?:\s+{_PAGE_OF})?"
_PAGE_NUMBER = re.compile(
    rf"\*\d{{7}}\*|{_JOB}|"
    r"(?:[-–—|\[(]\s*)?(?:(?:page|p\.|pg\.?|стр\.|第)\s*)?\d{1,3}(?:\s*(?:of|/|from|из)\s*\d{1,3})?"
    r"\s*(?:页|頁|ページ|\|\s*page)?(?:\s*[-–—|\])])?",
    re.I,
)
_LONGEST_PAGE_NUMBER = 25
_PAGE_IN_ROMAN = re.compile(r"[ivx]{1,5}")
_ENDED = re.compile(r"[.!?:;…。！？：；][\"'”’»)\]]*$")
_SEPARATOR = re.compile(r"[*_=~•·○◦\-–—\s]{3,}|[–—]{2}|[*○]")
_RULE = re.compile(r"_{5,}")
_NOTE = re.compile(r"(\d{1,3})\s+(?=\S)")
_MAX_LINES_OF_NOTES = 40
_LONGEST_NOTES = 4_000
# "WE RECALL", "HAVING REGARD", "EXPRESS OUR CONCERN": what these begin goes on in small letters.
_ACTS = (
    "ACKNOWLEDG|ADOPT|AFFIRM|AGRE|APPRECIAT|CALL|COMMEND|COMMIT|CONCERN|CONDEMN|CONFIRM|CONSIDER|"
    "CONVINC|DECID|DECLAR|DESIR|DETERMIN|EMPHASI[SZ]|ENCOURAG|ENDORS|EXPRESS|GUID|HIGHLIGHT|"
    "INSTRUCT|INVIT|MINDFUL|NOT|PLEDG|PROCLAIM|REAFFIRM|RECALL|RECOGNI[SZ]|RECOMMEND|REITERAT|"
    "REQUEST|RESOLV|RESTAT|STRESS|SUPPORT|UNDERLIN|UNDERSCOR|UNDERTAK|URG|WELCOM"
)
_LEAD_IN = re.compile(
    r"(?:WE|HAVING|BEARING IN MIND|TAKING|"
    rf"(?:AND |ALSO |FURTHER )?(?:{_ACTS})(?:E|S|ES|ED|ING)?)\b"
)
_BLANK_LINES_OF_A_SEPARATOR = 2
_LONE_BULLETS = frozenset("•·▪‣◦●■□➢✓\uf0b7\uf0a7")
_MIN_PAGES = 3
_MIN_LINE_ENDS = 5
_MAX_ENDED = 0.1
# A stop and the quotation marks and brackets after it.
_LONGEST_CLOSE = 8
_DIGITS = re.compile(r"\d+")
# A head that holds its page's number: "River Organization      Page 2 of 7".
_PAGED = re.compile(
    rf"^{_PAGE_OF}\s|\s{_PAGE_OF}$|"
    r"\b(?:page|стр\.)\s*\d{1,3}\b|^\d{1,3}\s{3,}\S|\S\s{3,}\d{1,3}$",
    re.I,
)
# "A/RES/74/3", "MC.DEC/3/18", "OECD/LEGAL/0473", "EUCO 8/17": what a document is registered by.
_SYMBOL = r"(?:[A-Z][\w.()-]*(?:/[\w.()-]+)+(?<=[\d)])(?: \(\d{4}\))?|[A-Z]{2,6} \d{1,4}/\d{2,4})"
_ONLY_SYMBOL = re.compile(rf"(?:Doc\.?\s+)?{_SYMBOL}\*{{0,3}}", re.ASCII)
_WITH_SYMBOL = re.compile(rf"(?P<first>{_SYMBOL})\s.*|.*\s(?P<last>{_SYMBOL})", re.ASCII)
_LANGUAGE = re.compile("[A-Z]{2,3}")
_LINES_OF_A_MASTHEAD = 12
_SHARE_OF_SHORT_HEAD = 0.6
_NEARLY = 0.95
# A head or a foot is set in one or two lines, and a page has the same as the page before.
_REACH = 2
_LONGEST_RUNNING_HEAD = 120
_SHORTEST_RUNNING_HEAD = 4
_MIN_REPEATS_OFF_A_BOUNDARY = 3


# Not frozen: a text is hundreds of these, and a frozen one takes four times as long to make.
@dataclass(slots=True)
class Line:
    """A line that holds something.

    ``gap`` counts the blank lines before it, ``indent`` the white space at its head, and
    ``after_page`` says that a page ended between it and the line before, ``item`` that a bullet
    stood on a line of its own above it, and ``is_soft`` that the line before it ended nothing.
    """

    start: int
    end: int
    text: str
    gap: int
    indent: int
    after_page: bool = False
    numeral: bool = False
    item: bool = False
    is_soft: bool = False


def is_ended(text: str) -> bool:
    """Return whether a line ends with a stop, colon or semicolon, quotation marks aside."""
    return bool(_ENDED.search(text[-_LONGEST_CLOSE:]))


def is_lead_in(text: str) -> bool:
    """Return whether a line in capitals is what a paragraph says first, and no heading.

    >>> is_lead_in("WE RECALL"), is_lead_in("HAVING REGARD"), is_lead_in("DECLARATION")
    (True, True, False)
    """
    return text.isupper() and not is_ended(text) and _LEAD_IN.match(text) is not None


def opens_with_act(text: str) -> bool:
    """Return whether a line begins with a clause's act in capitals: "RECALLING", "WE INVITE"."""
    return _LEAD_IN.match(text) is not None


def is_symbol(text: str) -> bool:
    """Return whether a line is the symbol of a document and nothing else.

    >>> is_symbol("A/RES/74/3"), is_symbol("Doc. EX.CL/12(IV)"), is_symbol("and/or")
    (True, True, False)
    """
    return _ONLY_SYMBOL.fullmatch(text) is not None


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """Return the lines of ``text[start:end]``, page matter taken out and numerals marked.

    Where there is nothing but page matter, it is the text.
    """
    lines = _without_lone_bullets(list(_raw_lines(text, start, end)))
    marked = _mark_numerals(lines)
    kept = _without_page_matter(marked)
    return kept or lines


def _raw_lines(text: str, start: int, end: int) -> Iterator[Line]:
    gap = 0
    position = start
    after_page = False
    # A page saved as text ends its wrapped lines with two characters, and all others with one.
    wraps = _is_saved_page(text, start, end)
    is_soft = False
    for line in text[start:end].splitlines(keepends=True):
        content = line.strip()
        if content:
            indent = len(line) - len(line.lstrip())
            first = position + indent
            yield Line(
                first, first + len(content), content, gap, indent, after_page, is_soft=is_soft
            )
            gap = 0
            after_page = False
            is_soft = wraps and line.endswith("\r\n")
        else:
            gap += 1
            is_soft = False
        # A form feed ends a line.
        after_page = after_page or line[-1] == "\f"
        position += len(line)


def _is_saved_page(text: str, start: int, end: int) -> bool:
    """Return whether line ends of one kind, of two that a text has, stand amid its sentences."""
    soft = text.count("\r\n", start, end)
    if soft < _MIN_LINE_ENDS or min(soft, text.count("\n", start, end) - soft) < _MIN_LINE_ENDS:
        return False
    lines = [piece.rpartition("\n")[2].strip() for piece in text[start:end].split("\r\n")[:-1]]
    wrapped = list(filter(None, lines))
    return sum(map(is_ended, wrapped)) <= _MAX_ENDED * len(wrapped)


def _without_lone_bullets(lines: list[Line]) -> list[Line]:
    """Take off the bullets that stand on lines of their own; each marks the line below."""
    if not any(line.text in _LONE_BULLETS for line in lines):
        return lines
    kept: list[Line] = []
    bullet: Line | None = None
    for line in lines:
        if line.text in _LONE_BULLETS:
            bullet = line
        else:
            kept.append(replace(line, gap=bullet.gap, item=True) if bullet else line)
            bullet = None
    return kept or lines


def _mark_numerals(lines: list[Line]) -> list[Line]:
    """Mark the numerals that stand on a line of their own and head a section."""
    short = [number for number, line in enumerate(lines) if len(line.text) <= _LONGEST_NUMERAL]
    numerals = {number for number in short if _NUMERAL.fullmatch(lines[number].text)}
    for pattern, certain in ((_POINTED_NUMBER, True), (_BARE_NUMBER, False)):
        found = [
            (number, int(next(filter(None, match.groups()))))
            for number in short
            if (match := pattern.fullmatch(lines[number].text))
        ]
        if _count_sections(lines, found, certain=certain):
            numerals |= {number for number, _ in found}
    if not numerals:
        return lines
    return [
        replace(line, numeral=True) if number in numerals else line
        for number, line in enumerate(lines)
    ]


def _count_sections(lines: list[Line], found: list[tuple[int, int]], *, certain: bool) -> bool:
    """Return whether numbers on lines of their own are those of sections, not of pages.

    They count from one, each has something below it, and none breaks a sentence. A bare number is
    a section's only in a text without printed pages: one where each paragraph is one line.
    """
    if [value for _, value in found] != list(range(1, len(found) + 1)) or len(found) < 2 - certain:
        return False
    last = len(lines) - 1
    for number, _ in found:
        if number == last or (number and not _closes(lines[number - 1])):
            return False
        if lines[number + 1].text[0].islower() or lines[number + 1].after_page:
            return False
    printed = any(line.after_page for line in lines) or is_wrapped(lines)
    return certain or not printed


def _closes(line: Line) -> bool:
    return is_ended(line.text) or line.text.isupper() or len(line.text.split()) <= 15


def is_page_number(text: str) -> bool:
    """Return whether a line is only a page number."""
    return len(text) <= _LONGEST_PAGE_NUMBER and bool(
        _PAGE_NUMBER.fullmatch(text) or _PAGE_IN_ROMAN.fullmatch(text)
    )


def _without_page_matter(lines: list[Line]) -> list[Line]:
    matter = {
        number
        for number, line in enumerate(lines)
        if not line.numeral and is_page_number(line.text)
    }
    matter |= _paged_heads(lines) - matter
    matter |= _notes_at_the_foot(lines, matter)
    matter |= _running_heads(lines, matter)
    matter |= _heads_set_once(lines, matter)
    matter |= _pointers_at_the_end(lines)
    partings = {
        number
        for number, line in enumerate(lines)
        if not line.text[0].isalnum() and _SEPARATOR.fullmatch(line.text)
    } - matter
    if not (matter or partings):
        return _without_gaps_of_pages(lines)
    kept: list[Line] = []
    gap = 0
    after_page = parted = False
    for number, line in enumerate(lines):
        after_page = after_page or line.after_page
        gap += line.gap
        if number in partings:
            # A row of stars or dashes parts what stands above it from what stands below.
            parted = True
        elif number in matter:
            after_page = True
        else:
            gap = max(gap, _BLANK_LINES_OF_A_SEPARATOR) if parted else gap
            if gap != line.gap or after_page is not line.after_page:
                line = replace(line, gap=gap, after_page=after_page and not parted)
            kept.append(line)
            gap = 0
            after_page = parted = False
    return _without_gaps_of_pages(kept)


# What stands over the titles of other documents, as a site sets them below a text.
_POINTER = re.compile(
    r"(?:(?:annex(?:es)?|attachments?)\s*:"
    r"|(?:see also|related (?:documents?|links?|content|pages?)|further reading|downloads?)\s*:?)",
    re.I,
)
_MAX_POINTED_TO = 12
_LONGEST_POINTED_TO = 200


def _pointers_at_the_end(lines: list[Line]) -> set[int]:
    """Return the lines at the end that only name other documents: "See also:" and their titles."""
    last = len(lines) - 1
    first = last + 1
    for number in range(last, max(0, last - _MAX_POINTED_TO), -1):
        text = lines[number].text
        if _POINTER.fullmatch(text):
            first = number
        elif is_ended(text) or len(text) > _LONGEST_POINTED_TO:
            break
    return set(range(first, last + 1)) if first < last else set()


def _without_gaps_of_pages(lines: list[Line]) -> list[Line]:
    """Take off the blank lines that every page has at its end; what is left is the author's."""
    gaps = [line.gap for line in lines[1:] if line.after_page]
    if not gaps:
        return lines
    # Among a few pages each may end with a paragraph.
    always = min(gaps) if len(gaps) >= _MIN_PAGES else max(gaps) - 1
    return [
        replace(line, gap=max(line.gap - max(always, 0), 0)) if line.after_page else line
        for line in lines
    ]


def _notes_at_the_foot(lines: list[Line], page_numbers: set[int]) -> set[int]:
    """Return the notes between a rule and the end of a page, amid a paragraph or between two.

    They count up through the document, and have no stop after their numbers.
    """
    notes: set[int] = set()
    last = 0
    for rule, line in enumerate(lines):
        if not _RULE.fullmatch(line.text):
            continue
        stop = next((n for n in range(rule + 1, len(lines)) if n in page_numbers), None)
        if stop is None or lines[rule + 1].text[0] not in "0123456789":
            continue
        below = range(rule + 1, stop)
        numbers = [int(match[1]) for n in below if (match := _NOTE.match(lines[n].text))]
        if len(below) <= _MAX_LINES_OF_NOTES and numbers and numbers[0] == last + 1:
            last = max(numbers[0], *numbers)
            notes |= {rule, *below}
    return notes


# "Development;1", "by 2030,4 and", "the pledge”2 of": what leads to a note, behind a word.
_NOTE_MARK = re.compile(
    r"(?:(?<=\w[,;:])|(?<=[^\W\d_][)”’\"»])|(?<=[^\W\d_][.,;][”’\"»])|(?<=[^\W\d_A-Z]{3})"
    r"|(?<=[^\W\d_]{3}\.)(?<!Add\.)(?<!Rev\.)(?<!Corr\.)(?<!Vol\.)(?<!Nos\.)(?<!Art\.)"
    r"(?<!para\.))"
    r"(\d{1,3})(?=[\s,;.:]|$)"
)
_RULED_NOTES = re.compile(r"^[ \t]*_{5,}[ \t]*\r?\n(?=[ \t]*(\d{1,3})\s+\S)", re.M)
_NOTE_LINE = re.compile(r"^[ \t]*(\d{1,3})\s+(?=\S)", re.M)


def note_marks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""Return the spans of the figures that lead to the notes below a rule at the foot of pages.

    They count up with the notes: a figure out of its turn is none.

    >>> text = "They recall the Pact,1 and act.\n_____\n1 Of 2012.\n"
    >>> [text[first:last] for first, last in note_marks(text, 0, len(text))]
    ['1']
    """
    if "_____" not in text:
        return []
    numbers: list[int] = []
    for rule in _RULED_NOTES.finditer(text, start, end):
        if int(rule[1]) != len(numbers) + 1:
            continue
        for line in _NOTE_LINE.finditer(text, rule.end(), min(end, rule.end() + _LONGEST_NOTES)):
            if int(line[1]) == len(numbers) + 1:
                numbers.append(int(line[1]))
    marks: list[tuple[int, int]] = []
    for match in _NOTE_MARK.finditer(text, start, end) if numbers else ():
        if len(marks) < len(numbers) and int(match[1]) == len(marks) + 1:
            marks.append(match.span(1))
    return marks


def _paged_heads(lines: list[Line]) -> set[int]:
    """Return the lines that say the same again and again but for one number, which counts up."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if len(line.text) <= _LONGEST_RUNNING_HEAD and _PAGED.search(line.text):
            found.setdefault(_DIGITS.sub("#", " ".join(line.text.split())), []).append(number)
    heads: set[int] = set()
    for places in found.values():
        columns = list(zip(*(_DIGITS.findall(lines[place].text) for place in places), strict=True))
        moving = [list(map(int, column)) for column in columns if len(set(column)) > 1]
        if len(moving) == 1 and all(first < second for first, second in pairwise(moving[0])):
            heads |= set(places)
    return heads


def _running_heads(lines: list[Line], page_numbers: set[int]) -> set[int]:
    """Return the lines that stand at the edge of page after page."""
    shapes = [
        _DIGITS.sub("#", " ".join(line.text.split()).lower())
        if len(line.text) <= _LONGEST_RUNNING_HEAD and not line.numeral
        else ""
        for line in lines
    ]
    own = list(filter(None, shapes))
    if len(set(own)) == len(own):
        return set()
    counts = Counter(own)
    # "EN", in capitals, is the language that a page is printed in.
    codes = {line.text.lower() for line in lines if _LANGUAGE.fullmatch(line.text)}
    repeated = {
        shape
        for shape, count in counts.items()
        if count > 1 and (len(shape) >= _SHORTEST_RUNNING_HEAD or shape in codes)
    }
    if not repeated:
        return set()
    edges = _edges(lines, page_numbers)
    at_edge = Counter(shapes[number] for number in edges)
    # A line set twice may be said twice; one that never stands but where a page begins is a head.
    heads = {
        shape
        for shape in repeated
        if at_edge[shape] >= max(2, 0.6 * counts[shape]) or _interrupts(lines, shapes, shape)
    }
    return {number for number, shape in enumerate(shapes) if shape in heads}


def _heads_set_once(lines: list[Line], page_numbers: set[int]) -> set[int]:
    """Return the heads that a text of two pages has once: a symbol, or what breaks a sentence."""
    if len(lines) <= _LINES_OF_A_MASTHEAD:
        return set()
    masthead = lines[:_LINES_OF_A_MASTHEAD]
    own = {line.text for line in masthead if is_symbol(line.text)} | _symbols_at_the_edge(masthead)
    edges = _edges(lines, page_numbers)
    width = width_of(lines) if is_wrapped(lines) else 0
    heads: set[int] = set()
    rest = [number for number in range(len(lines)) if number not in page_numbers]
    for above, number, below in zip(rest, rest[1:], [*rest[2:], *rest[-1:]], strict=False):
        text = lines[number].text
        if number < _LINES_OF_A_MASTHEAD or len(text) > _LONGEST_RUNNING_HEAD:
            continue
        neighbours = lines[above].text, lines[below].text
        breaks = below != number and not is_ended(neighbours[0]) and neighbours[1][0].islower()
        is_own = (number in edges or breaks) and _has_symbol(text, own)
        if is_own or (breaks and width and _stands_in_a_line(text, *neighbours, width)):
            heads.add(number)
    return heads


def _symbols_at_the_edge(lines: list[Line]) -> set[str]:
    matches = (_WITH_SYMBOL.fullmatch(line.text) for line in lines)
    return {match["first"] or match["last"] for match in matches if match}


def _has_symbol(text: str, own: set[str]) -> bool:
    """Return whether a line is a symbol, or begins or ends with that of the document."""
    if is_symbol(text):
        return True
    match = _WITH_SYMBOL.fullmatch(text)
    return match is not None and (match["first"] or match["last"]) in own


def _stands_in_a_line(text: str, above: str, below: str, width: int) -> bool:
    """Return whether a short line with a number stands where a full line goes on below it."""
    if text[0].islower() or text[-1] in ",;-" or not _DIGITS.search(text):
        return False
    is_full = len(above) + 1 + len(below.split(maxsplit=1)[0]) > _NEARLY * width
    return is_full and len(text) <= _SHARE_OF_SHORT_HEAD * width


def _edges(lines: list[Line], page_numbers: set[int]) -> set[int]:
    """Return the lines within reach of the end of a page."""
    edges: set[int] = set()
    for number, line in enumerate(lines):
        if line.after_page:
            edges |= {*range(number, number + _REACH), *range(number - _REACH, number)}
        if number in page_numbers:
            edges |= {*range(number - _REACH, number + _REACH + 1)}
    if edges:
        # The first page begins and the last one ends without a sign.
        edges |= {*range(_REACH), *range(len(lines) - _REACH, len(lines))}
    return {number for number in edges - page_numbers if 0 <= number < len(lines)}


def _interrupts(lines: list[Line], shapes: list[str], shape: str) -> bool:
    """Return whether a line recurs through the text, also amid sentences."""
    places = [number for number, found in enumerate(shapes) if found == shape]
    first = lines[places[0]].text
    if len(places) < _MIN_REPEATS_OFF_A_BOUNDARY or first[0].islower() or is_lead_in(first):
        return False
    return any(
        0 < number < len(lines) - 1
        and not is_ended(lines[number - 1].text)
        and lines[number + 1].text[0].islower()
        and len(lines[number - 1].text) > len(lines[number].text)
        for number in places
    )


# A line much longer than a printed one was never wrapped, and one much shorter says nothing.
_WIDEST_PRINTED_LINE = 160
_NARROWEST_PRINTED_LINE = 25
_SHARE_OF_FULL_LINE = 0.75
_MIN_SHARE_OF_OPEN_LINE_ENDS = 0.3
_FEW_LINES = 20


def width_of(lines: Iterable[Line]) -> int:
    """Return the length of a full line: one odd line among many does not count."""
    lengths = sorted([len(line.text) for line in lines])
    if not lengths:
        return 0
    return lengths[-1] if len(lengths) < _FEW_LINES else lengths[int(0.97 * len(lengths))]


def is_wrapped(lines: list[Line]) -> bool:
    """Return whether line ends are the printer's and not the author's."""
    width = width_of(lines)
    if not _NARROWEST_PRINTED_LINE <= width <= _WIDEST_PRINTED_LINE:
        return False
    # A short line, a heading or a numeral, says nothing about where the printer broke.
    inner = [
        (line, after)
        for line, after in pairwise(lines)
        if after.gap == 0 and len(line.text) >= _SHARE_OF_FULL_LINE * width
    ]
    open_ends = [after for line, after in inner if not is_ended(line.text)]
    return len(open_ends) >= _MIN_SHARE_OF_OPEN_LINE_ENDS * len(inner) > 0 and any(
        not after.text[0].isupper() for after in open_ends
    )
