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
    "incl", "ste", "dzh", "kh", "sh", "shch", "ts", "ya", "ye", "yu", "zh", "им", "ст", "п", "пп",
    "ул", "просп", "обл", "пос", "бульв", "рис", "см", "ср", "тов", "акад", "проф",
}  # fmt: skip
# These do only where a number or a symbol follows: "No. 5", but "They said no."
_OPEN_BEFORE_NUMBER = {
    "no", "nr", "p", "c", "ca", "sub", "subpara", "item", "doc", "docs", "ref", "prot", "reg",
    "regs", "add", "corr", "ser", "supp", "suppl", "chap", "sect", "sess", "mtg", "conv", "decl",
    "ord", "app", "pt", "max", "min", "dec", "jan", "feb", "aug", "sept", "oct", "nov",
    "с", "т", "гл", "абз", "разд", "прил", "док", "рез", "час",
    "янв", "февр", "фев", "мар", "апр", "июн", "июл", "авг", "сент", "сен", "окт", "нояб", "ноя",
    "дек",
}  # fmt: skip
# "Doc. A/RES/60/1", "Prot. No. 2", "Reg. (EC) No. 44", "Док. S/2013/50", "Chap. IV".
_NUMBER = re.compile(
    r"[(\[]?\d|(?:No|Nos|Nr)\.\s*\d|[№#]|[A-ZА-ЯЁ][\w.-]*/\S*\d|\((?:EC|EU|EEC|UN|ЕС|ООН)\)\s"
    r"|(?!I\s+[a-z])[IVX]+\b|[B-HJ-Z](?=[.,;)])"
)
_SHORT_FORM = re.compile(r"(?<!\w)(?:i\.\s?e|e\.\s?g|т\.\s?[еко])\.$", re.I)
# "M. Dupont et MM. Durand": a title of one letter, which ends no sentence.
_FRENCH_TITLE = re.compile(r"(?:^|\b(?:et|de|par|à|avec|pour|que|président)\s)MM?\.$")
# "С.Ш. Мирзиёев".
_RUSSIAN_INITIALS = re.compile(r"(?<![^\W\d_])[А-ЯЁ]\.\s?[А-ЯЁ]\.$")
_LAST_WORD = re.compile(r"(?<![\w.])([^\W\d_]{1,8}+)\.$")
# Russian short forms that end a sentence as often as they stand inside one: years, units, "и т.д.".
_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "kk", "ky", "tg", "mn", "sr", "mk"})
_RUSSIAN_END = re.compile(
    r"(?:\d\s*(?:гг?|мин|сек|час|проц|км|кг|га|шт)|[IVX]\s*вв?|\b(?:тыс|млн|млрд|трлн|руб|долл|чел|экз)|\bи\s+(?:т\.\s*[дп]|др|пр))\.$"
)
_RUSSIAN_ENDS = re.compile(_RUSSIAN_END.pattern.removesuffix("$") + r"(?=\s+[«“\"(]?[А-ЯЁ])")
# Whose money it is: "5 млрд. долл. США".
_RUSSIAN_OWNER = re.compile(r"(?:США|СДР|АТЭС|ЕС|КНР|РФ)\b")
# "В 2014 г. Стороны подписали …": a date at the head of a sentence ends none before its verb.
_RUSSIAN_ADVERBIAL = re.compile(
    r"[«“\"(]*(?:\d|(?:[вксо]|во|со|ко|на|по|от|до|из|за|при|для|после|согласно|начиная|осенью|"
    r"весной|летом|зимой)\s)",
    re.I,
)
_RUSSIAN_VERB = re.compile(
    r"[а-яё]{2}(?:ли(?:сь)?|л(?:ся)?|ла(?:сь)?|ло(?:сь)?|[юуя]т(?:ся)?|[еи]тся)\b"
    r"|[а-яё](?:писан|нят|добрен|здан|вержд[её]н|ключ[её]н|снован|чрежд[её]н|стигнут|ед[её]н|крыт"
    r"|начат|строен)[аоы]?\b|\b(?:будет|будут|был[аио]?|является|составляет|имеет)\b"
)
_NO_RUSSIAN_VERB = re.compile(
    r"\b(?:предел|отдел|раздел|сил|начал|дел|числ|глав|пут|институт|статут|маршрут)[аоеыи]?\b", re.I
)
# "of the U.S. They agreed": what no name begins with begins a sentence.
_STARTERS = (
    "The|They|We|It|This|These|Those|He|She|In|On|At|As|For|To|Its|Their|Our|Both|All|However|"
    "Moreover|Further|Furthermore|Therefore|There|Such|If|When|While|With|Parties|States"
)
_POINTED = re.compile(rf"\.(?<=[A-Z]\.)[A-Z]\.(?=\s+(?:{_STARTERS})\b)")
_POINTED_END = re.compile(r"(?<![^\W\d_])[A-Z]\.(?:[A-Z]\.)*$")
_STARTER = re.compile(rf"(?:{_STARTERS})\b")
_NUMERAL = re.compile(r"[IVXL]{1,6}\.")
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
# Russian sets the last stop behind the mark.
_QUOTED = re.compile(r"“[^“”]*[.!?]”|«[^«»]*[.!?]»|«[^«»]*[.!?]\s[^«»]*»\.|\"[^\"]*[.!?]\"")
# "We go on… The Parties", "(They agreed.) They left": ends that are missed.
_ELLIPSES = re.compile(r"…[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-ZÀ-ÞА-ЯЁ])")
_BRACKETED = re.compile(
    r"(?:^|[.!?][\"”’»]?\s+)\([A-ZÀ-ÞА-ЯЁ][^()]*[.!?]\)(?=\s+[\"“«(]?[A-ZÀ-ÞА-ЯЁ])"
)
_OPENING = frozenset('“«"')
_PAIRS = {"“": "”", "«": "»", "„": "“", "(": ")", "[": "]", "‘": "’"}
_MAX_OPEN = 50
_SAID = frozenset('”’»」』"')
_WORD = re.compile(r"[^\W_]")
# So much of a sentence's end is looked at where it may go on.
_LONGEST_END = 16


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
    bounds = [0, *accumulate(map(len, sentencex.segment(code, _without_open_marks(text))))]
    # Where the space after a stop is lost, "the region.The Parties", it ends a sentence too.
    for stop, lost_end in _LOST_ENDS.items():
        if stop in text and lost_end.search(text):
            bounds = sorted({*bounds, *(match.end() for match in lost_end.finditer(text))})
    if "…" in text:
        bounds = sorted({*bounds, *(match.end() for match in _ELLIPSES.finditer(text))})
    if "(" in text:
        bounds = sorted({*bounds, *(match.end() for match in _BRACKETED.finditer(text))})
    if "." in text:
        # Ends that may be, between two words; whether they are is asked below.
        missed = [match.end() for match in _POINTED.finditer(text)]
        if code in _CYRILLIC:
            missed += [match.end() for match in _RUSSIAN_ENDS.finditer(text)]
        if missed:
            bounds = sorted({*bounds, *missed})
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


def _without_open_marks(text: str) -> str:
    """Mask the opening marks of a text that hardly closes any, as damaged ones do.

    `sentencex` looks from each of them to the end of the text. Lengths stay the same.
    """
    for opening, closing in _PAIRS.items():
        if text.count(opening) > text.count(closing) + _MAX_OPEN:
            text = text.replace(opening, "*")
    return text


def _unquoted(text: str, span: tuple[int, int], code: str) -> list[tuple[int, int]]:
    """Divide a span that is all quotation into its sentences; the marks stay where they are."""
    start, end = span
    if text[start] not in _OPENING or not _QUOTED.fullmatch(text, start, end):
        return [span]
    inner = sentence_spans(text[start + 1 : end - (2 if text[end - 1] == "." else 1)], code)
    pieces = [(start + 1 + first, start + 1 + last) for first, last in inner]
    return [
        (start if number == 0 else first, end if number == len(pieces) - 1 else last)
        for number, (first, last) in enumerate(pieces)
    ]


def _goes_on(text: str, before: tuple[int, int], right: str) -> bool:
    """Return whether a sentence goes on after a stop."""
    start, end = before
    # Its end alone: a sentence that goes on after thousands of stops is not copied at each.
    left = text[max(start, end - _LONGEST_END) : end]
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
        opening = _FIRST_LETTER.match(text, start, end)
        return opening is None or not opening[1].islower()
    if left[-2:-1] in "eEgGеко" and _SHORT_FORM.search(left[-6:]):
        return True
    if left[-2:-1] == "M" and _FRENCH_TITLE.search(left[-16:]):
        return True
    if start == 0 and left[-2:-1] in "IVXL" and _NUMERAL.fullmatch(left):
        # "I. We reaffirm": the number of a paragraph.
        return True
    if left[-2:-1].isupper() and (pointed := _POINTED_END.search(left[-12:])):
        # "ASEAN-U.|S. Partnership", "the U.N.|Charter", but "the U.N.|The Charter".
        return text[end].isalnum() or (len(pointed[0]) > 2 and _is_named(right))
    if "А" <= left[-2:-1] <= "Я" and _RUSSIAN_INITIALS.search(left[-6:]):
        return right[0].isupper()
    if left[-2:-1] >= "а" and _RUSSIAN_END.search(left[-12:]):
        return _goes_on_in_russian(text[start:end], right)
    word = _LAST_WORD.search(left[-12:])
    if word is None:
        return False
    # The year's "г." is done with; the town's never ends a sentence.
    abbreviation = word[1].lower()
    if word[1] == "г" or abbreviation in _OPEN:
        return True
    return abbreviation in _OPEN_BEFORE_NUMBER and _NUMBER.match(right) is not None


def _is_named(right: str) -> bool:
    """Return whether what follows "the U.N." is its name's next word, and opens no sentence."""
    return right[0].isupper() and not _STARTER.match(right)


def _goes_on_in_russian(left: str, right: str) -> bool:
    """Return whether a sentence goes on after "2014 г.", "млн." or "и т.д." and a capital."""
    if _RUSSIAN_OWNER.match(right) or not _FIRST_LETTER.match(right):
        return True
    if not _RUSSIAN_ADVERBIAL.match(left):
        return False
    return not _RUSSIAN_VERB.search(_NO_RUSSIAN_VERB.sub("", left))
