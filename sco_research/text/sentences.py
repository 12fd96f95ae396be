"""Where a paragraph's sentences end.

`sentencex` finds them; what it does not know of official prose, the abbreviations of references
and ranks, stops without a space after them, numbers inside a line, is mended here.
"""

import re
from itertools import accumulate, pairwise

import sentencex

# What these stand before belongs to them: none ends a sentence.
_OPEN = {
    "adm", "amb", "amm", "art", "arts", "brig", "capt", "cf", "ch", "col", "comdr", "dept",
    "dir", "dr", "ed", "eds", "fig", "figs", "gen", "gov", "hon", "lt", "maj", "messrs", "mme",
    "mmes", "mr", "mrs", "ms", "mt", "nos", "op", "para", "paras", "pp", "prof", "res", "resp",
    "rev", "sec", "secs", "sen", "sgt", "st", "supt", "viz", "vol", "vols", "vs", "approx",
    "incl", "dzh", "kh", "sh", "shch", "ts", "ya", "ye", "yu", "zh", "им", "ст", "п", "пп",
    "ул", "просп", "обл", "рис", "см", "ср", "тов", "акад", "проф",
}  # fmt: skip
# These do only where a number follows: "No. 5", but "They said no."
_OPEN_BEFORE_NUMBER = {
    "no", "nr", "p", "c", "ca", "sub", "subpara", "item", "doc", "ref", "с", "т", "гл",
}  # fmt: skip
_SHORT_FORM = re.compile(r"(?<!\w)(?:i\.\s?e|e\.\s?g)\.$", re.I)
_LAST_WORD = re.compile(r"(?<![\w.])([^\W\d_]{1,8}+)\.$")
_YEAR = re.compile(r"\d\s*г\.$")
_LONE_MARK = re.compile(r"(?:^|[:;,(]\s*|\band\s)\(?\d{1,2}[.)]$")
_FIRST_LETTER = re.compile(r"[\"'“‘«(\[]*([^\W\d_])")
# "the region.The Parties" has lost a space, and "a mark of 4.2 m. The" ends with a unit.
# A pattern a stop: the search for one character is many times faster than for one of three.
_LOST_ENDS = {
    stop: re.compile(
        rf"{re.escape(stop)}"
        r"(?:(?<=[a-zа-яё]{2}.)(?=[A-ZА-ЯЁ][a-zа-яё]*[\s,])|(?<=\d [glmt]\.)(?= [A-Z][a-z]))"
    )
    for stop in ".!?"
}
# Sentences that stand between quotation marks on their own, in no sentence that quotes them.
_QUOTED = re.compile(r"“[^“”]*[.!?]”|«[^«»]*[.!?]»|\"[^\"]*[.!?]\"")
_OPENING = frozenset('“«"')
_SAID = frozenset('”’»」』"')
_WORD = re.compile(r"[^\W_]")


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return the sentences of a repaired paragraph, without the white space around them.

    Parameters
    ----------
    text : str
        One paragraph.
    language : str
        ISO 639-1 code; ``"und"`` is read as English.

    Examples
    --------
    >>> text = "They recall Res. No. 1373. It is valid."
    >>> [text[start:end] for start, end in sentence_spans(text, "en")]
    ['They recall Res. No. 1373.', 'It is valid.']
    """
    code = "en" if language == "und" else language
    # The pieces are the whole text; asking for their bounds takes twice as long.
    bounds = [0, *accumulate(map(len, sentencex.segment(code, text)))]
    # Where the space after a stop is lost, "the region.The Parties", it ends a sentence too.
    for stop, lost_end in _LOST_ENDS.items():
        if stop in text and lost_end.search(text):
            bounds = sorted({*bounds, *(match.end() for match in lost_end.finditer(text))})
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(bounds):
        content = text[start:end].strip()
        if not content:
            continue
        start = text.index(content[0], start)
        end = start + len(content)
        if spans and _goes_on(text, spans[-1], content):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    if any(text[start] in _OPENING for start, _ in spans):
        return [piece for span in spans for piece in _unquoted(text, span, code)]
    return spans


def _unquoted(text: str, span: tuple[int, int], code: str) -> list[tuple[int, int]]:
    """Divide a span that is all quotation into its sentences; the marks stay where they are."""
    start, end = span
    if text[start] not in _OPENING or not _QUOTED.fullmatch(text, start, end):
        return [span]
    inner = sentence_spans(text[start + 1 : end - 1], code)
    pieces = [(start + 1 + first, start + 1 + last) for first, last in inner]
    return [
        (start if number == 0 else first, end if number == len(pieces) - 1 else last)
        for number, (first, last) in enumerate(pieces)
    ]


def _goes_on(text: str, before: tuple[int, int], right: str) -> bool:
    """Return whether a sentence goes on after a stop."""
    left = text[before[0] : before[1]]
    # A stray stop or bracket belongs to the sentence before it.
    if not (right[0].isalnum() or _WORD.search(right)):
        return True
    if left[-1] in _SAID:
        # What is quoted is part of the sentence that quotes it.
        return right[0].islower() or (left[-1] in "」』" and right[0] in "とっ")
    if left[-1] != ".":
        return False
    if left[-2:-1].isdecimal() and _LONE_MARK.search(left[-12:]):
        return True
    first = None if right[0].isupper() else _FIRST_LETTER.match(right)
    if first and first[1].islower() and not left.endswith(".."):
        # In a text that writes its sentences with a capital, none begins without.
        opening = _FIRST_LETTER.match(left)
        return opening is None or not opening[1].islower()
    if left[-2:-1] in "eEgG" and _SHORT_FORM.search(left[-6:]):
        return True
    word = _LAST_WORD.search(left[-12:])
    if word is None:
        return False
    if word[1] == "г":
        # The year's "г." may end a sentence, the town's never does.
        return not _YEAR.search(left[-12:])
    abbreviation = word[1].lower()
    return abbreviation in _OPEN or (right[0].isdigit() and abbreviation in _OPEN_BEFORE_NUMBER)
