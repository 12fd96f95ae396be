"""The language of a text, as far as its script shows it."""

import re

_SAMPLE = 20_000
_SCRIPTS = {
    "ja": re.compile("[\u3041-\u30ff]+"),
    "zh": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+"),
    "ru": re.compile("[\u0400-\u04ff]+"),
}
_LATIN = re.compile("[A-Za-z]+")
_HAN_OR_KANA = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_ASCII = re.compile("[\x00-\x7f]+")
# Official Japanese has few kana beside its Han characters; Chinese has none.
_LEAST_SHARE_OF_KANA = 0.05


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language that a script stands for.

    Latin script counts as English, Cyrillic as Russian: the languages this package has rules
    for. Another language of the same script must be named by the caller.

    >>> language_of("Главы государств"), language_of("元首们"), language_of("123")
    ('ru', 'zh', 'und')
    """
    sample = text[:_SAMPLE]
    beyond = _ASCII.sub("", sample)
    counts = {code: sum(map(len, script.findall(beyond))) for code, script in _SCRIPTS.items()}
    if not any(counts.values()):
        return "en" if _LATIN.search(sample) else "und"
    counts["en"] = sum(map(len, _LATIN.findall(sample)))
    east_asian = counts["ja"] + counts["zh"]
    if counts["ja"] >= _LEAST_SHARE_OF_KANA * max(east_asian, 1):
        counts["ja"] = east_asian
    return max(counts, key=lambda code: counts[code])


def is_east_asian(text: str) -> bool:
    """Return whether a text holds Han or kana, which know no capitals and no spaces.

    >>> is_east_asian("元首"), is_east_asian("Heads")
    (True, False)
    """
    return bool(_HAN_OR_KANA.search(text))
