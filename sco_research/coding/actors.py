"""Who is named: each mention of an actor once, by its longest name, and nobody's piece."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.codings import code
from sco_research.coding.commitments.lexicon import Lexicon, load_lexicon
from sco_research.coding.commitments.names import Span, instrument_spans, organ_spans
from sco_research.coding.commitments.tagging import tag
from sco_research.organizations import issuer
from sco_research.text.document import Document
from sco_research.text.segments import SentenceSegment, sentences_of

# Bodies, of the issuer's own or not: in the name of one they are who is named.
_BODIES = ("issuer.organs", "organizations")
# What a treaty calls its members, and what any text may call those of another agreement.
_PARTIES = "the parties"


class _Mention(NamedTuple):
    """One row of the codings: where it is, and of what category."""

    row: int
    start: int
    end: int
    category: str


_BRACKET = re.compile(r"\s*\(\s*(?P<from_here>here(?:in)?after\b[^()]{0,80}?)?(?:\bthe\s+)?", re.I)


def code_actors(document: Document, *, codebook: str | Path | Codebook = "actors") -> pd.DataFrame:
    """Code who is named in a document, one row a mention.

    Parameters
    ----------
    document : Document
        What to code. "The Parties" are its members where a sentence of it begins with them, so
        that it calls its members so; elsewhere they may be those of any agreement.
    codebook : str, pathlib.Path or Codebook
        Of actors; see `code`.

    Returns
    -------
    pandas.DataFrame
        As from `code`, but no words count twice: of names that share words the longest counts, and
        a name with its abbreviation in brackets, or with what it is called from there on, is one
        mention. What stands in the name of an instrument ("the United Nations Charter"), of another
        body, or of a currency ("United States dollars") is no mention of an actor.

    Examples
    --------
    >>> note = Document.from_text("The SCO member states apply the SCO Charter.", id="n",
    ...                           organization="sco")
    >>> code_actors(note)[["category", "match"]].values.tolist()
    [['issuer.members', 'The SCO member states']]
    """
    found = code(document, codebook=codebook)
    if found.empty:
        return found
    lexicon = load_lexicon().for_issuer(issuer(document))
    sentences = {sentence.id: sentence for sentence in sentences_of(document)}
    found = _without_other_parties(found, sentences)
    kept: list[int] = []
    for name, rows in found.reset_index(drop=True).groupby("segment_id", sort=False):
        columns = (rows.index, rows["start"], rows["end"], rows["category"])
        mentions = [
            _Mention(row, _after_article(document.text, start, end), end, category)
            for row, start, end, category in zip(*columns, strict=True)
        ]
        kept += _counted(sentences[str(name)], mentions, document.text, lexicon)
    return found.iloc[sorted(kept)].reset_index(drop=True)


def _counted(
    sentence: SentenceSegment, mentions: Sequence[_Mention], text: str, lexicon: Lexicon
) -> list[int]:
    """Return the rows of a sentence that are mentions, each of other words."""
    tagged = tag(sentence.text, lexicon)
    spans = tagged.spans()

    def places(names: Iterable[Span]) -> list[Span]:
        return [sentence.raw_span(spans[first][0], spans[end - 1][1]) for first, end in names]

    instruments, bodies = places(instrument_spans(tagged)), places(organ_spans(tagged))
    currencies = frozenset(lexicon.lists["currencies"])
    left = [
        one
        for one in mentions
        if not _within(one, instruments)
        and (not _within(one, bodies) or one.category.startswith(_BODIES))
        and currencies.isdisjoint({following := _next_word(text, one.end), f"{following}s"})
    ]
    # The name that says more comes first: "Business Council" before "an organ of the issuer".
    left.sort(key=lambda one: (one.start - one.end, one.category == "issuer.organs", one.row))
    taken: list[_Mention] = []
    for one in left:
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    taken.sort(key=lambda one: one.start)
    kept: list[_Mention] = []
    for one in taken:
        if not (kept and _repeats(one, kept[-1], text)):
            kept.append(one)
    return [one.row for one in kept]


def _repeats(one: _Mention, before: _Mention, text: str) -> bool:
    """Return whether a mention is the one before it by another name: "World Bank (WB)".

    So are the names by which it is called from there on, "(hereinafter the Bank or WB)", and what
    an organization is called besides: "Gavi, the Vaccine Alliance".
    """
    if one.category != before.category and not before.category.startswith(f"{one.category}."):
        return False
    if one.category.startswith("organizations.") and text[before.end : one.start] == ", the ":
        return True
    opened = _BRACKET.fullmatch(text, before.end, one.start)
    if opened is None:
        return False
    return bool(opened["from_here"]) or text[one.end : one.end + 1] == ")"


def _without_other_parties(
    found: pd.DataFrame, sentences: Mapping[str, SentenceSegment]
) -> pd.DataFrame:
    """Drop "the parties" from a text in which no sentence begins with them."""
    is_parties = found["match"].str.lower().str.split().str.join(" ") == _PARTIES
    starts = found["segment_id"].map({name: one.start for name, one in sentences.items()})
    return found if (is_parties & (found["start"] == starts)).any() else found[~is_parties]


def _after_article(text: str, start: int, end: int) -> int:
    """Return where a name begins: "the SCO" is as long as "SCO"."""
    article, _, name = text[start:end].partition(" ")
    return end - len(name) if name and article.lower() == "the" else start


def _within(one: _Mention, names: Iterable[Span]) -> bool:
    """Return whether a mention is a part of a name, and not the whole of it."""
    return any(
        start <= one.start and one.end <= end and (start, end) != (one.start, one.end)
        for start, end in names
    )


def _next_word(text: str, end: int) -> str:
    return text[end : end + 40].strip().partition(" ")[0].strip(".,;:)").lower()
