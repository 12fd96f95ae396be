"""textstat beside this package: equal where the definitions agree, explained where they do not.

textstat downloads a dictionary when it first counts syllables. Here it gets one as NLTK gives it,
made from the package's own lexicon, and so runs without a network.
"""

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType, SimpleNamespace
from typing import Protocol, cast

import pandas as pd

from sco_research.frames import Column, Schema
from sco_research.metrics.measurement import evaluate, measure
from sco_research.metrics.syllables import pronounced
from sco_research.text.document import Document, Documents, documents_of
from sco_research.text.segments import sentences_of

CROSS_CHECK = Schema(
    Column("document_id", "str", "the document"),
    Column("metric", "str", "id of the metric"),
    Column("value", "float", "this package's value"),
    Column("textstat", "float", "textstat's, of the document's body as it stands"),
    Column("difference", "float", "textstat's less this package's: the sum of the three below"),
    Column("by_sentences", "float", "gone when textstat is given the same sentences"),
    Column("by_words", "float", "gone when this package's formula is given textstat's counts"),
    Column("by_formula", "float", "the rest"),
    Column("reasons", "list", "what each part comes from; empty where the values are equal"),
)
_FINAL_STOPS = ".!?"
_OTHER_STOPS = str.maketrans(_FINAL_STOPS, ",,,")


@dataclass(frozen=True, slots=True)
class _Peer:
    """textstat's function for a metric, and what in its definition is not the paper's."""

    function: str
    formula: str = ""


_PEERS = {
    "flesch_reading_ease": _Peer("flesch_reading_ease"),
    "flesch_kincaid": _Peer("flesch_kincaid_grade"),
    "gunning_fog": _Peer(
        "gunning_fog", "its complex words are polysyllables off its list of familiar words"
    ),
    "smog": _Peer("smog_index"),
    "coleman_liau": _Peer("coleman_liau_index", "its constant is 0.058, the paper's is 0.0588"),
    "automated_readability_index": _Peer(
        "automated_readability_index", "a dash between spaces is a word of its own to it"
    ),
    "dale_chall_1948": _Peer("dale_chall_readability_score"),
    "lix": _Peer("lix"),
    "rix": _Peer("rix"),
    "linsear_write": _Peer("linsear_write_formula", "it reads the first 100 words only"),
}
_WORDS = {
    "coleman_liau": "it counts digits as letters",
    "automated_readability_index": "it counts punctuation as characters",
    "dale_chall_1948": "inflected forms of familiar words, names and numbers are difficult to it",
    "lix": "it counts numbers among the long words",
    "rix": "it counts numbers among the long words",
}
_SYLLABLES = "it looks compounds up without their hyphens, so their syllables differ"
SENTENCES = (
    "it reads the dateline too, ends a sentence at every stop, drops those of one or two words"
)
_EQUAL = 1e-9


class Textstat(Protocol):
    """The part of textstat that is used here."""

    lexicon_count: Callable[[str], int]
    sentence_count: Callable[[str], int]
    syllable_count: Callable[[str], int]
    polysyllabcount: Callable[[str], int]
    letter_count: Callable[[str], int]
    char_count: Callable[[str], int]
    long_word_count: Callable[[str], int]
    difficult_words: Callable[[str, int, bool], int]


@cache
def offline_textstat() -> Textstat:
    """Return textstat for English, with a pronouncing dictionary: it never reaches for a network.

    Examples
    --------
    >>> offline_textstat().syllable_count("declaration")
    4
    """
    with _nltk_at_first_use():
        from textstat.backend.utils import _get_cmudict
        from textstat.textstat import textstatistics

    peer = cast(Textstat, textstatistics())
    theirs, _get_cmudict.nltk = _get_cmudict.nltk, _DICTIONARY
    try:
        peer.syllable_count("a")  # It takes the dictionary now, and keeps it.
    finally:
        _get_cmudict.nltk = theirs
    return peer


@contextmanager
def _nltk_at_first_use() -> Iterator[None]:
    """Keep what is imported in the block from importing all of NLTK before it uses any of it.

    NLTK imports scipy.stats and more, for as long as the rest of a report takes; textstat asks it
    for one dictionary.
    """
    if "nltk" in sys.modules:
        yield
        return
    sys.modules["nltk"] = _AtFirstUse("nltk")
    try:
        yield
    finally:
        del sys.modules["nltk"]


class _AtFirstUse(ModuleType):
    """A module that is imported when something of it is asked for."""

    def __getattr__(self, name: str) -> object:
        return getattr(importlib.import_module(self.__name__), name)


def _pronunciations() -> Mapping[str, Sequence[Sequence[str]]]:
    """Return the package's dictionary as NLTK's reader gives its own, which takes it a second."""
    # textstat counts the vowels of the first pronunciation; any vowel will do.
    numbers = set(pronounced().values())
    phones = {number: [["AH0"] * number or ["S"]] for number in numbers}
    return {word: phones[number] for word, number in pronounced().items()}


# What textstat asks NLTK for: whether the dictionary is there, and its words.
_DICTIONARY = SimpleNamespace(
    data=SimpleNamespace(find=str),
    corpus=SimpleNamespace(cmudict=SimpleNamespace(dict=_pronunciations)),
)


def textstat_counts(text: str) -> dict[str, float]:
    """Return what textstat counts in a text, under this package's names.

    >>> textstat_counts("We met. We agreed on security and trust.")["sentences"]
    1
    """
    peer = offline_textstat()
    return {
        "sentences": peer.sentence_count(text),
        "words": peer.lexicon_count(text),
        "letters": peer.letter_count(text),
        "characters": peer.char_count(text),
        "syllables": peer.syllable_count(text),
        "polysyllables": peer.polysyllabcount(text),
        "long_words": peer.long_word_count(text),
        "difficult_words": peer.difficult_words(text, 0, False),
    }


def same_sentences(document: Document) -> str:
    """Return a document so that textstat finds the sentences that this package finds.

    Every sentence ends with a stop, and no stop is left inside one; the words are the same.

    >>> same_sentences(Document.from_text("The U.S. gave 3.5 per cent.", id="note"))
    'The U,S, gave 3,5 per cent.'
    """
    texts = [sentence.text.rstrip() for sentence in sentences_of(document)]
    bare = [text[:-1] if text.endswith(tuple(_FINAL_STOPS)) else text for text in texts]
    return " ".join(text.translate(_OTHER_STOPS) + "." for text in bare)


def cross_check(documents: Documents) -> pd.DataFrame:
    """Return this package's values beside textstat's, the difference taken apart.

    Parameters
    ----------
    documents : Document, Corpus or iterable of Document
        English texts; others are left out, for textstat has no dictionary for them.

    Returns
    -------
    pandas.DataFrame
        One row per document and metric, with the columns of `CROSS_CHECK`.

    Examples
    --------
    >>> note = Document.from_text("The member states support peace in the region.", id="note")
    >>> frame = cross_check(note).set_index("metric")
    >>> frame.loc["flesch_reading_ease", "reasons"]
    []
    """
    frames = [_checked(item) for item in documents_of(documents) if item.metadata.language == "en"]
    return pd.concat([CROSS_CHECK.empty(), *frames], ignore_index=True)


def _checked(document: Document) -> pd.DataFrame:
    peer = offline_textstat()
    body, same = document.text[slice(*document.body)], same_sentences(document)
    names = list(_PEERS)
    values = measure(document, metrics=names)["value"].to_numpy()
    theirs, on_same = (
        [float(getattr(peer, _PEERS[name].function)(text)) for name in names]
        for text in (body, same)
    )
    with_their_counts = evaluate(textstat_counts(same), metrics=names)["value"].to_numpy()
    frame = pd.DataFrame(
        {
            "document_id": document.id,
            "metric": names,
            "value": values,
            "textstat": theirs,
            "difference": theirs - values,
            "by_sentences": pd.Series(theirs) - pd.Series(on_same),
            "by_words": with_their_counts - values,
            "by_formula": on_same - with_their_counts,
        }
    )
    parts = ["by_sentences", "by_words", "by_formula"]
    # A difference in the sixteenth digit is rounding.
    frame[parts] = frame[parts].where(frame[parts].abs() > _EQUAL, 0.0)
    reasons = [_reasons(*row) for row in frame[["metric", *parts]].to_numpy()]
    listed = pd.Series(reasons, index=frame.index, dtype=object)
    return CROSS_CHECK.typed(frame.assign(reasons=listed))


def _reasons(metric: str, by_sentences: float, by_words: float, by_formula: float) -> list[str]:
    reasons = {
        SENTENCES: by_sentences,
        _WORDS.get(metric, _SYLLABLES): by_words,
        _PEERS[metric].formula or "its counts overlap otherwise": by_formula,
    }
    return [reason for reason, part in reasons.items() if part]
