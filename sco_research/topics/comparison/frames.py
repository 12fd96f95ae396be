"""What the comparison joins: the documents, and their frames beside each other."""

import string
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from sco_research.coding.commitments.lexicon import Lexicon, load_lexicon
from sco_research.coding.commitments.names import instrument_spans, organ_spans, written
from sco_research.coding.commitments.tagging import tag
from sco_research.comparison import by_date
from sco_research.comparison.continuity import presence
from sco_research.comparison.keyness import KEYNESS, keyness, log_likelihood_four_cell
from sco_research.comparison.term_counts import TermCounts, terms_of
from sco_research.comparison.trends import TREND, share_of, trend
from sco_research.frames import Column, Schema
from sco_research.loaders import load_corpus
from sco_research.organizations.issuer import issuer
from sco_research.statistics import MIN_UNITS, Bootstrap, adjust_p_values
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import paragraph_id, segment, sentences_of
from sco_research.text.spelling import american_spellings
from sco_research.text.tokens import words
from sco_research.text.words import CORPUS

LEVELS: Final = ("none", "broad only", "strict, low", "strict, high")
"""What a sentence commits to, from nothing to the firmest."""
STRICT_LEVEL: Final = LEVELS.index("strict, low")
STRICT, BROAD = "commitment:strict", "commitment:broad"
"""The two readings of a commitment, where they stand beside the themes."""
CONTINUITY = Schema(
    Column("document_id", "str", "the document of the sentence"),
    Column("segment_id", "str", "a sentence with a commitment; empty where it is dropped"),
    Column("level", "int", "what it commits to, an index of `LEVELS`"),
    Column("status", "str", "new, added, returning, firmer, weaker, lost or dropped"),
    Column("earlier_document_id", "str", "the document of the earlier counterpart"),
    Column("earlier_segment_id", "str", "the counterpart; empty where there is none"),
    Column("earlier_level", "int", "what the counterpart commits to"),
    Column("earlier_text", "str", "its text"),
)
SHARES = Schema(
    TREND,
    Column("with_it", "int", "sentences with the mark"),
    Column("status", "str", "as from `presence`"),
)

_MIN_DOCUMENTS = 3


def compared(document: Document, others: Sequence[str]) -> Corpus:
    """Return a document with those that it is compared with, from the earliest to the latest.

    Where one has no date, the document itself comes last, after the others as they are named.

    Parameters
    ----------
    document : Document
        What the report is about.
    others : sequence of str
        Catalogue ids, paths of files, or folders; the document itself among them is passed over.

    Raises
    ------
    SourceError
        Where one cannot be read.
    ParameterError
        Where two documents have one id.

    Examples
    --------
    >>> note = Document.from_text("We will meet.", id="note")
    >>> [item.id for item in compared(note, ["sco-2013-bishkek"])]
    ['sco-2013-bishkek', 'note']
    """
    found = [other for name in others for other in load_corpus(name)]
    rest = [other for other in found if (other.id, other.sha256) != (document.id, document.sha256)]
    return Corpus(tuple(by_date([*rest, document])))


def others_of(document: Document, corpus: Corpus) -> list[Document]:
    """Return the documents of a corpus but this one."""
    return [other for other in corpus if other.id != document.id]


def in_english(corpus: Corpus) -> list[Document]:
    """Return the documents in English or of unknown language: those whose commitments are read."""
    return [document for document in corpus if document.may_be_in("en")]


def fingerprints(document: Document, corpus: Corpus) -> list[str]:
    """Return ids and hashes of the other documents, for the provenance."""
    return [f"{other.id} sha256:{other.sha256}" for other in others_of(document, corpus)]


def keyness_against_others(
    document: Document, corpus: Corpus, *, min_count: int = 3, confidence: float = 0.95
) -> pd.DataFrame:
    """Return the keyness of a document's words against the other documents together.

    British and American spellings of one word are one word, shown as this document spells it.

    Parameters
    ----------
    document : Document
        The document.
    corpus : Corpus
        It and the others.
    min_count : int
        How often a word must occur, in all documents together.
    confidence : float
        Coverage of the interval of the log ratio.

    Returns
    -------
    pandas.DataFrame
        As from `keyness`, function words left out; empty where there is nothing to compare.
    """
    others = others_of(document, corpus)
    if not others or not _has_words([document]) or not _has_words(others):
        return KEYNESS.empty()
    mine, theirs = ([terms_of(item) for item in side] for side in ([document], others))
    american = american_spellings(word for counts in [*mine, *theirs] for word in counts)
    shown = {american.get(word, word): word for word, _ in reversed(mine[0].most_common())}
    spelt = {word: shown.get(twin, twin) for word, twin in american.items()} | {
        twin: shown.get(twin, twin) for twin in american.values()
    }
    return keyness(
        _counted(document.id, [document], mine, spelt),
        _counted(CORPUS if len(others) > 1 else others[0].id, others, theirs, spelt),
        min_count=min_count,
        confidence=confidence,
        skip_function_words=True,
    )


def _counted(
    name: str,
    documents: Sequence[Document],
    counts: Sequence[Mapping[str, int]],
    spelt: Mapping[str, str],
) -> TermCounts:
    """Return the words of documents, each as it is to be spelt."""
    total, within = Counter[str](), Counter[str]()
    for one in counts:
        here = Counter[str]()
        for word, number in one.items():
            here[spelt.get(word, word)] += number
        total.update(here)
        within.update(here.keys())
    return TermCounts(name, total, tuple(item.id for item in documents), within)


def _has_words(documents: Iterable[Document]) -> bool:
    return any(
        character.isalnum()
        for document in documents
        for sentence in sentences_of(document)
        for character in sentence.text
    )


def attainable(keyness: pd.DataFrame, rate: float) -> int:
    """Return how many words are frequent enough to differ significantly at all.

    A word could where it would be below the false-discovery rate if all its occurrences were on
    one side, with every other word as it is.

    Parameters
    ----------
    keyness : pandas.DataFrame
        As from `keyness`.
    rate : float
        The false-discovery rate.
    """
    if not len(keyness):
        return 0
    total = keyness["count"] + keyness["reference_count"]
    sizes = {
        "size": float(keyness["size"].iloc[0]),
        "reference_size": float(keyness["reference_size"].iloc[0]),
    }
    # A side with fewer words than the word has occurrences cannot hold them all.
    here, there = (total.where(total <= size, 0) for size in sizes.values())
    surprise = np.fmax(
        log_likelihood_four_cell(here, 0 * here, **sizes),
        log_likelihood_four_cell(0 * there, there, **sizes),
    )
    p_values = keyness["p_value"].to_numpy(dtype=float)
    least = np.nan_to_num(chdtrc(1, surprise), nan=1.0).clip(0, 1)
    cases = pd.DataFrame({"p": p_values, "least": least})
    found = 0
    # Words with the same counts are one case.
    for _, alike in cases.groupby(["p", "least"], sort=False):
        changed = p_values.copy()
        place = int(alike.index[0])
        changed[place] = alike["least"].iloc[0]
        adjusted = adjust_p_values(changed, method="benjamini-hochberg")
        found += len(alike) * int(adjusted[place] <= rate)
    return found


def labels(corpus: Corpus) -> dict[str, str]:
    """Return a short name for each document: its year, with a letter where several have it."""
    years = Counter(item.metadata.date.year for item in corpus if item.metadata.date)
    letters = {year: iter(string.ascii_lowercase) for year, many in years.items() if many > 1}
    found = {}
    for item in corpus:
        year = item.metadata.date.year if item.metadata.date else None
        # After the alphabet, and without a date, the id is the name.
        letter = next(letters[year], "") if year in letters else ""
        found[item.id] = f"{year}{letter}" if letter or years[year] == 1 else item.id  # type: ignore[index] # no date has no count
    return found


def phrases_of(document: Document, phrases: pd.DataFrame) -> pd.DataFrame:
    """Return the phrases that this document shares with others.

    Parameters
    ----------
    document : Document
        The document.
    phrases : pandas.DataFrame
        As from `shared_phrases`.

    Returns
    -------
    pandas.DataFrame
        Those rows, with ``named``: whether, wherever the phrase stands in this document, at least
        half of its words lie within the name of an instrument or organ. Names are recognized in
        English only.

    Examples
    --------
    >>> from sco_research.comparison.formulaic import shared_phrases
    >>> texts = ("We apply the Agreement on Cooperation in Rescue.", "The Agreement on Cooperation "
    ...     "in Rescue is signed, and peace in the whole region.", "Peace in the whole region.")
    >>> one, two, three = (Document.from_text(text, id=f"n{n}") for n, text in enumerate(texts))
    >>> phrases_of(two, shared_phrases([one, two, three]))[["phrase", "named"]].values.tolist()
    [['agreement on cooperation in rescue', True], ['peace in the whole region', False]]
    """
    holders = phrases["document_ids"].map(lambda ids: document.id in ids)
    found = phrases[holders.astype(bool)].reset_index(drop=True)
    lexicon = load_lexicon().for_issuer(issuer(document))
    # By each word, the sentences with it, as words and as text.
    holding: dict[str, list[tuple[str, str]]] = {}
    for item in sentences_of(document) if document.may_be_in("en") else ():
        spoken = words(item.text.lower())
        for word in set(spoken):
            holding.setdefault(word, []).append((_spaced(spoken), item.text))
    named = [_is_named(str(phrase).split(" "), holding, lexicon) for phrase in found["phrase"]]
    return found.assign(named=pd.Series(named, index=found.index, dtype=bool))


def _is_named(
    phrase: list[str], holding: Mapping[str, list[tuple[str, str]]], lexicon: Lexicon
) -> bool:
    texts = [text for said, text in holding.get(phrase[0], ()) if _spaced(phrase) in said]
    return bool(texts) and all(
        any(2 * _shared_run(phrase, name) >= len(phrase) for name in _names(text, lexicon))
        for text in texts
    )


def _spaced(spoken: Sequence[str]) -> str:
    return f" {' '.join(spoken)} "


@lru_cache(maxsize=1_000)
def _names(text: str, lexicon: Lexicon) -> list[list[str]]:
    """Return the words of each instrument and organ that a sentence names."""
    sentence = tag(text, lexicon)
    spans = [*instrument_spans(sentence), *organ_spans(sentence)]
    return [words(name.lower()) for name in written(sentence, spans, sentence.spans())]


def _shared_run(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest run of words that both have."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.find_longest_match().size


def returning_sentences(
    document: Document, corpus: Corpus, reuse: pd.DataFrame, *, from_earlier: bool = True
) -> pd.DataFrame:
    """Return the document's sentences that return, each with its nearest counterpart.

    Parameters
    ----------
    document : Document
        The document.
    corpus : Corpus
        It and the others, in their order.
    reuse : pandas.DataFrame
        As from `find_reuse` of the documents.
    from_earlier : bool
        Whether the counterpart is in an earlier document; else in a later one.

    Returns
    -------
    pandas.DataFrame
        One row per sentence in reading order: ``segment_id``; ``other_document_id`` and
        ``other_segment_id``, of the counterpart, the most similar one in the nearest document that
        has one; ``similarity``, ``kind``, ``relation``, ``changes`` as in `find_reuse`.
    """
    mine, other = ("", "earlier_") if from_earlier else ("earlier_", "")
    order = [item.id for item in corpus]
    here = reuse[reuse[f"{mine}document_id"] == document.id]
    distance = here[f"{other}document_id"].map(
        lambda name: abs(order.index(str(name)) - order.index(document.id))
    )
    ranked = here.assign(distance=distance.astype(int)).sort_values(
        ["distance", "similarity"], ascending=[True, False], kind="stable"
    )
    best = ranked.drop_duplicates(f"{mine}segment_id").sort_values(f"{mine}start", kind="stable")
    names = {
        f"{mine}segment_id": "segment_id",
        f"{other}document_id": "other_document_id",
        f"{other}segment_id": "other_segment_id",
    }
    measures = ["similarity", "kind", "relation", "changes"]
    return best[[*names, *measures]].rename(columns=names).reset_index(drop=True)


def commitment_continuity(
    document: Document, corpus: Corpus, acts: pd.DataFrame, reuse: pd.DataFrame
) -> pd.DataFrame:
    """Return what became of commitments from the earlier documents to this one.

    Sentences are compared, not words: a commitment is made again where its sentence is paired with
    one of an earlier document, word for word or reworded. It is compared with the firmest partner
    in the latest earlier document that has one.

    Parameters
    ----------
    document : Document
        The document.
    corpus : Corpus
        It and the others, in their order.
    acts : pandas.DataFrame
        As from `code_speech_acts` of the documents.
    reuse : pandas.DataFrame
        As from `find_reuse` of the documents.

    Returns
    -------
    pandas.DataFrame
        One row per sentence of the document with a commitment, or with one that it had and lost,
        in reading order; then one per sentence dropped. ``document_id``; ``segment_id``, empty for
        a dropped one; ``level``, from 0 to 3, an index of `LEVELS`; ``status``, one of ``first``
        (no document is earlier), ``new`` (no earlier counterpart), ``added`` (the counterpart has
        no commitment), ``returning`` (as firm as before), ``firmer``, ``weaker``, ``lost`` (the
        sentence returns without a commitment) and ``dropped`` (of the document before, without a
        counterpart here); ``earlier_document_id``, ``earlier_segment_id``, ``earlier_level`` and
        ``earlier_text`` of the sentence compared with, empty and 0 where there is none.

    Examples
    --------
    >>> import datetime
    >>> from sco_research import code_speech_acts, find_reuse
    >>> old = Document.from_text("The Parties support an early opening of the trade office.",
    ...     id="old", date=datetime.date(2007, 8, 16))
    >>> new = Document.from_text("The Parties will support the early opening of the trade office.",
    ...     id="new", date=datetime.date(2013, 9, 13))
    >>> corpus = Corpus((old, new))
    >>> found = commitment_continuity(new, corpus, code_speech_acts(corpus), find_reuse(corpus))
    >>> found[["segment_id", "status", "level", "earlier_level"]].values.tolist()
    [['new:p1.s1', 'firmer', 3, 1]]
    """
    order = [item.id for item in corpus]
    before = order[: order.index(document.id)]
    levels = {str(row["segment_id"]): _level(row) for row in acts.to_dict("records")}
    texts = dict(zip(acts["segment_id"].astype(str), acts["text"].astype(str), strict=True))
    pairs = reuse[reuse["document_id"] == document.id].to_dict("records")
    here = [str(name) for name in acts.loc[acts["document_id"] == document.id, "segment_id"]]
    rows = []
    for segment_id in here:
        level = levels[segment_id]
        partner = _firmest_partner(segment_id, pairs, before, levels)
        if partner is None:
            if level:
                status = "new" if before else "first"
                rows.append((document.id, segment_id, level, status, "", "", 0, ""))
            continue
        earlier = str(partner["earlier_segment_id"])
        status = _status(level, earlier, pairs, levels)
        if level or status == "lost":
            rows.append(
                (document.id, segment_id, level, status, partner["earlier_document_id"], earlier,
                 levels.get(earlier, 0), texts.get(earlier, ""))
            )  # fmt: skip
    again = {str(pair["earlier_segment_id"]) for pair in pairs}
    last = acts.loc[acts["document_id"] == before[-1], "segment_id"] if before and here else ()
    rows += [
        (document.id, "", 0, "dropped", before[-1], name, levels[name], texts[name])
        for name in map(str, last)
        if levels[name] and name not in again
    ]
    return CONTINUITY.frame(rows)


def _level(act: Mapping[Any, Any]) -> int:
    """Return the level of a coded sentence: an index of `LEVELS`."""
    if act["strict"]:
        return LEVELS.index("strict, high" if act["binding"] == "high" else "strict, low")
    return LEVELS.index("broad only") if act["broad"] else 0


def _firmest_partner(
    segment_id: str,
    pairs: Sequence[Mapping[Any, Any]],
    before: Sequence[str],
    levels: Mapping[str, int],
) -> Mapping[Any, Any] | None:
    """Return the firmest partner in the latest earlier document, of equals the most similar."""
    return max(
        (pair for pair in pairs if pair["segment_id"] == segment_id),
        key=lambda pair: (
            before.index(str(pair["earlier_document_id"])),
            levels.get(str(pair["earlier_segment_id"]), 0),
            pair["similarity"],
        ),
        default=None,
    )


def _status(
    level: int, earlier: str, pairs: Sequence[Mapping[Any, Any]], levels: Mapping[str, int]
) -> str:
    """Return what a sentence is beside the earlier one, which others may take up too."""
    then = levels.get(earlier, 0)
    if level > then:
        return "firmer" if then else "added"
    # An earlier sentence that was split is weaker only where no part is as firm as it was.
    taken_up = (
        levels.get(str(pair["segment_id"]), 0)
        for pair in pairs
        if pair["earlier_segment_id"] == earlier
    )
    if max(taken_up, default=0) >= then:
        return "returning"
    return "weaker" if level else "lost"


def marks_of(corpus: Corpus, acts: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences with a commitment, by either reading, and with a theme.

    Parameters
    ----------
    corpus : Corpus
        The documents.
    acts, codings : pandas.DataFrame
        As from `code_speech_acts` and `code_themes`. Commitments are left out where not every
        document is in English.

    Returns
    -------
    pandas.DataFrame
        One row per sentence and what it holds: ``document_id``, ``segment_id``, ``category``
        (`STRICT`, `BROAD` or a theme's id).
    """
    columns = ["document_id", "segment_id"]
    parts = [codings[[*columns, "category"]]]
    if len(in_english(corpus)) == len(corpus):
        parts = [
            acts.loc[acts[reading].astype(bool), columns].assign(category=name)
            for reading, name in (("strict", STRICT), ("broad", BROAD))
        ] + parts
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)


def _sentence_marks(corpus: Corpus, marks: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return every sentence of a corpus with how many of its marks have each name."""
    sentences = segment(corpus, level="sentence")
    counts = (
        marks[marks["category"].isin(names)]
        .pivot_table(index="segment_id", columns="category", aggfunc="size", fill_value=0)
        .reindex(index=sentences["segment_id"], columns=names, fill_value=0)
        .fillna(0)
        .astype(int)
        .reset_index(drop=True)
    )
    counts.columns = pd.Index([str(name) for name in counts.columns])
    base = sentences[["document_id", "segment_id", "section"]].assign(
        sentences=1, words=[len(words(text)) for text in sentences["text"]]
    )
    return pd.concat([base, counts], axis=1)


def shares_by_date(
    corpus: Corpus,
    marks: pd.DataFrame,
    *,
    bootstrap: Bootstrap = Bootstrap(),
) -> pd.DataFrame:
    """Return the share of sentences with each mark over three or more dates.

    Parameters
    ----------
    corpus : Corpus
        The documents, in the order of their dates.
    marks : pandas.DataFrame
        As from `marks_of`.
    bootstrap : Bootstrap
        How the intervals are made.

    Returns
    -------
    pandas.DataFrame
        As from `trend`, with whole paragraphs drawn again instead of sentences, and no interval
        where a document has fewer than five, where the documents concerned have fewer than five
        such sentences together, or where all or none of a document's sentences are such: drawn
        again they do not vary. ``with_it`` is the number of sentences, ``status`` as from
        `presence`. Empty where there are fewer than three documents or one has
        no date.
    """
    if len(corpus) < _MIN_DOCUMENTS or any(item.metadata.date is None for item in corpus):
        return SHARES.empty()
    names = list(dict.fromkeys(marks["category"]))
    sentences = _sentence_marks(corpus, marks, names)
    paragraphs = (
        sentences.assign(segment_id=sentences["segment_id"].map(paragraph_id), section=0)
        .groupby(["document_id", "segment_id", "section"], as_index=False, sort=False)
        .sum(numeric_only=True)
    )
    found = trend(
        corpus,
        paragraphs,
        {name: share_of(name) for name in names},
        bootstrap=bootstrap,
    )
    standing = presence(corpus, marks, categories=names).rename(
        columns={"category": "measure", "sentences": "with_it"}
    )
    joined = found.merge(
        standing[["document_id", "measure", "with_it", "status"]], on=["document_id", "measure"]
    )
    return SHARES.typed(_without_weak_intervals(joined, paragraphs["document_id"].value_counts()))


def _without_weak_intervals(shares: pd.DataFrame, paragraphs: "pd.Series[int]") -> pd.DataFrame:
    """Return shares without the intervals that rest on too little, or on what cannot vary."""
    few = {"", *map(str, paragraphs.index[paragraphs < MIN_UNITS])}
    here = shares["document_id"].isin(few) | _cannot_vary(shares["value"])
    before = shares["previous_document_id"].isin(few) | _cannot_vary(
        shares["value"] - shares["change"]
    )
    counts = shares.set_index(["document_id", "measure"])["with_it"].to_dict()
    together = shares["with_it"] + [
        counts.get(key, 0)
        for key in zip(shares["previous_document_id"], shares["measure"], strict=True)
    ]
    level, change = ["low", "high"], ["change_low", "change_high"]
    kept = shares.copy()
    kept.loc[here | (shares["with_it"] < MIN_UNITS), level] = float("nan")
    kept.loc[here | before | (together < MIN_UNITS), change] = float("nan")
    return kept


def _cannot_vary(shares: "pd.Series[float]") -> "pd.Series[bool]":
    """Return which shares are 0 or 1, up to the rounding of a difference."""
    values = shares.to_numpy(dtype=float)
    return pd.Series(np.isclose(values, 0) | np.isclose(values, 1), index=shares.index)
