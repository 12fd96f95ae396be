"""The comparison's frames as a reader's tables; each count of a document knows its sentences."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.reports.counts import CountTable, counts_by, ids_by
from sco_research.reports.markdown import MINUS, NOTHING
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import anchor_label, sentences_of
from sco_research.text.spelling import american_spellings
from sco_research.text.tokens import words
from sco_research.topics.comparison.facts import (
    FALSE_DISCOVERY_RATE,
    MAX_PHRASES,
    ComparisonFacts,
    share_labels,
)
from sco_research.topics.comparison.frames import BROAD, LEVELS, STRICT, STRICT_LEVEL, labels

STATUS: Final = {
    "new": "New: no counterpart in an earlier document",
    "added": "Added: the counterpart has no commitment",
    "returning": "Returning, as firm as before",
    "firmer": "Returning, firmer",
    "weaker": "Returning, weaker",
    "lost": "Lost: the sentence returns without a commitment",
    "dropped": "Dropped: in the document before, without a counterpart here",
}
"""What became of a commitment, in the order of the table."""
_STATUS_OF_ONE = {
    "first": NOTHING,
    "new": "new",
    "added": "added",
    "returning": "as firm",
    "firmer": "firmer",
    "weaker": "weaker",
    "lost": "lost",
}
_CHANGE = re.compile(r"\[-.*?-\]|\{\+.*?\+\}")
_PIECE = re.compile(rf"{_CHANGE.pattern}|\{{~.*?~\}}|\S+")
_CONTEXT = 2
_FORMULA = "Formulaic words (%)"
_MAX_DOCUMENTS = 5


def key_figures(facts: ComparisonFacts) -> dict[str, str]:
    """Return the few numbers that stand for the report on the page of all reports."""
    found = {"Documents": f"{facts.others + 1:,}"}
    total = f"of {facts.sentences:,}"
    if facts.earlier:
        found["With an earlier counterpart"] = f"{facts.from_earlier.sentences:,} {total}"
    if facts.later:
        found["With a later counterpart"] = f"{facts.in_later.sentences:,} {total}"
    if facts.commitments:
        strict = facts.commitments.strict
        if strict.sentences:
            found["New strict commitments"] = f"{strict.new:,} of {strict.sentences:,}"
        if strict.returning:
            found["Firmer"] = f"{len(facts.commitments.firmer):,}"
            found["Weaker"] = f"{len(facts.commitments.weaker):,}"
    return found


def documents_table(corpus: Corpus, reuse: pd.DataFrame, novelty: pd.DataFrame) -> CountTable:
    """Return the documents compared, and how much of each an earlier one has.

    Parameters
    ----------
    corpus : Corpus
        The documents, in their order.
    reuse, novelty : pandas.DataFrame
        As from `find_reuse` and `novelty` of them.
    """
    sentences = {item.id: sentences_of(item) for item in corpus}
    paired = ids_by(reuse, reuse["document_id"])
    counted = novelty.groupby("document_id")[["formulaic_words", "words"]].sum()
    share = (100 * counted["formulaic_words"] / counted["words"]).to_dict()
    short = labels(corpus)
    # Before the first document there is none: not 0 sentences return, but none can.
    first = next(iter(corpus)).id
    returning = [paired.get(one.id, ()) for one in corpus]
    table = CountTable(
        pd.DataFrame(
            {
                "Document": [
                    ": ".join(dict.fromkeys((short[item.id], item.id)))
                    + (f". {item.metadata.title}" if item.metadata.title else "")
                    for item in corpus
                ],
                "Date": [str(item.metadata.date or "–") for item in corpus],
            }
        )
    )
    return (
        table.with_counts("Sentences", [[item.id for item in sentences[one.id]] for one in corpus])
        .with_values(
            "Words",
            [sum(len(words(item.text)) for item in sentences[one.id]) for one in corpus],
            evidence=[[one.id] for one in corpus],
        )
        .with_values(
            "With a counterpart",
            pd.array(
                [
                    None if one.id == first else len(ids)
                    for one, ids in zip(corpus, returning, strict=True)
                ],
                dtype="Int64",
            ),
            evidence=returning,
        )
        .with_values(_FORMULA, [share.get(one.id, float("nan")) for one in corpus])
    )


def reuse_table(
    returning: pd.DataFrame,
    continuity: pd.DataFrame,
    *,
    max_rows: int = 20,
    names: Mapping[str, str] = {},
) -> pd.DataFrame:
    """Return the sentences that are similar to another, with the words that differ.

    Parameters
    ----------
    returning : pandas.DataFrame
        As from `returning_sentences`.
    continuity : pandas.DataFrame
        As from `commitment_continuity`.
    max_rows : int
        How many sentences are shown.
    names : mapping of str to str
        As from `labels`: what other documents are called; by their ids where not given.
    """
    shown = returning[returning["kind"] != "verbatim"].head(max_rows)
    levels = {
        str(row["segment_id"]): _levels(row)
        for row in continuity.to_dict("records")
        if row["earlier_segment_id"] and row["segment_id"]
    }
    table = pd.DataFrame(
        {
            "Sentence": shown["segment_id"],
            "Counterpart": [
                _place(str(name), names) + ("" if relation == "one to one" else f" ({relation})")
                for name, relation in zip(shown["other_segment_id"], shown["relation"], strict=True)
            ],
            "Similarity": shown["similarity"],
            "Differences": list(map(changed_words, shown["changes"])),
            "Commitment": [levels.get(str(name), "–") for name in shown["segment_id"]],
        }
    )
    return table if levels else table.drop(columns="Commitment")


def _levels(row: Mapping[Any, Any]) -> str:
    before, now = LEVELS[row["earlier_level"]], LEVELS[row["level"]]
    if row["status"] == "returning":
        return now
    return f"{before} → {now} ({row['status']})"


def _place(segment_id: str, names: Mapping[str, str] = {}) -> str:
    """Return a sentence of another document as text: a link would lead into this one.

    >>> _place("valley-2007:p2.s1")
    'valley-2007, ¶ 2, sentence 1'
    """
    if not segment_id:
        return NOTHING
    document_id = segment_id.rpartition(":")[0]
    return f"{names.get(document_id, document_id)}, {anchor_label(segment_id)}"


def changed_words(changes: str, *, context: int = _CONTEXT) -> str:
    """Return the words that differ, with a few words around them.

    Capitals, stops and spellings that differ are shown only where they stand beside such a word.

    >>> changed_words("The Parties will [-fight-] {+combat+} trafficking in drugs and in arms.")
    '… Parties will [-fight-] {+combat+} trafficking in …'
    >>> changed_words("They {~met → met.~}")
    'no difference in words'
    """
    pieces = _PIECE.findall(changes)
    places = [place for place, piece in enumerate(pieces) if _CHANGE.fullmatch(piece)]
    near = {
        other
        for place in places
        for other in range(max(0, place - context), min(len(pieces), place + context + 1))
    }
    parts: list[str] = []
    for place, piece in enumerate(pieces):
        if place in near:
            parts.append(piece)
        elif not parts or parts[-1] != "…":
            parts.append("…")
    return " ".join(parts) if places else "no difference in words"


def commitments_table(continuity: pd.DataFrame) -> CountTable:
    """Return how many sentences with a commitment are new, return, or were dropped.

    A commitment that was lost or dropped is counted by its earlier level.

    Parameters
    ----------
    continuity : pandas.DataFrame
        As from `commitment_continuity`.
    """
    dropped = continuity["status"] == "dropped"
    ended = dropped | (continuity["status"] == "lost")
    level = continuity["level"].where(~ended, continuity["earlier_level"])
    # A dropped sentence is one of the earlier document.
    rows = continuity.assign(
        segment_id=continuity["segment_id"].where(~dropped, continuity["earlier_segment_id"])
    )
    occurring = [status for status in STATUS if (rows["status"] == status).any()]
    return counts_by(
        rows,
        "status",
        {
            "Strict": level >= STRICT_LEVEL,
            "Broad only": level == LEVELS.index("broad only"),
        },
        header="Sentences with a commitment",
        order=occurring,
        label=lambda status: STATUS[str(status)],
    )


def keywords_table(
    document: Document,
    keyness: pd.DataFrame,
    *,
    rate: float = FALSE_DISCOVERY_RATE,
    max_rows: int = 20,
) -> CountTable:
    """Return the words that differ significantly, from most over here to most over there.

    Parameters
    ----------
    document : Document
        The document.
    keyness : pandas.DataFrame
        As from `keyness_against_others`.
    rate : float
        The false-discovery rate that a word's corrected p-value must not exceed.
    max_rows : int
        How many words are shown of either direction.
    """
    sure = keyness[keyness["p_adjusted"] <= rate]
    shown = sure[sure.groupby("direction").cumcount() < max_rows].sort_values(
        "log_ratio", ascending=False, kind="stable"
    )
    terms = set(shown["term"])
    tokens = [(item.id, words(item.text.lower())) for item in sentences_of(document)]
    american = american_spellings(terms.union(*(found for _, found in tokens)))
    term_of = {american.get(term, term): term for term in terms}
    occurrences = pd.DataFrame(
        [
            (segment_id, term_of[american.get(word, word)])
            for segment_id, found in tokens
            for word in found
            if american.get(word, word) in term_of
        ],
        columns=["segment_id", "term"],
    )
    table = counts_by(
        occurrences, "term", {"Here": True}, header="Word", order=shown["term"]
    ).with_counts(
        "In sentences",
        [ids_by(occurrences, occurrences["term"]).get(term, ()) for term in shown["term"]],
    )
    spread = bool((keyness["reference_documents"] > 1).any())
    for name, values in {
        "Others": shown["reference_count"],
        **({"Documents": shown["reference_documents"]} if spread else {}),
        "Log ratio": shown["log_ratio"],
        # Of a count of 0 the ratio is a convention, and has no interval.
        "Interval": map(
            _interval,
            shown["log_ratio_low"].where(shown["count"].ne(0) & shown["reference_count"].ne(0)),
            shown["log_ratio_high"],
        ),
        "Conservative": shown["log_ratio_conservative"],
        "p, corrected": [f"{p:.3f}" if p >= 0.0005 else "< 0.001" for p in shown["p_adjusted"]],
    }.items():
        table = table.with_values(name, values)
    return table


def _interval(low: float, high: float, decimals: int = 1) -> str:
    shown = NOTHING if pd.isna(low) else f"{low:.{decimals}f} to {high:.{decimals}f}"
    return shown.replace("-", MINUS)


def shares_table(
    document: Document,
    corpus: Corpus,
    shares: pd.DataFrame,
    marks: pd.DataFrame,
    codebook: Codebook,
    *,
    max_rows: int = 12,
) -> CountTable:
    """Return the share of sentences with a commitment or a theme over the dates.

    Parameters
    ----------
    document : Document
        Whose sentences are counted, and whose change from the document before is shown.
    corpus : Corpus
        The documents, in their order; of more than five the nearest are shown.
    shares : pandas.DataFrame
        As from `shares_by_date`.
    marks : pandas.DataFrame
        As from `marks_of`: the sentences that the shares count.
    codebook : Codebook
        Of the themes.
    max_rows : int
        How many rows are shown: both readings of commitment, then the themes that reach the
        largest shares in this document or the one before.
    """
    names = _leading(document, shares, max_rows)
    label = share_labels(codebook)
    here = shares[shares["document_id"] == document.id].set_index("measure")
    mine = marks[marks["document_id"] == document.id]
    table = counts_by(
        mine,
        "category",
        {"Sentences": True},
        header="Sentences with",
        order=names,
        label=lambda name: label[str(name)],
        distinct=True,
    )
    short = labels(corpus)
    for name in _nearest([item.id for item in corpus], document.id):
        part = shares[shares["document_id"] == name].set_index("measure")["value"]
        table = table.with_values(
            f"{short[name]} (%)",
            [100 * part[one] for one in names],
            evidence=table.evidence["Sentences"] if name == document.id else None,  # type: ignore[arg-type] # a column of counts
        )
    low, high = (100 * here.loc[names, end] for end in ("change_low", "change_high"))
    return (
        table.with_values("Change", 100 * here.loc[names, "change"])
        .with_values("Interval", [_interval(a, b, 0) for a, b in zip(low, high, strict=True)])
        .with_values("Here", here.loc[names, "status"])
    )


def _leading(document: Document, shares: pd.DataFrame, max_rows: int) -> list[str]:
    here = shares[shares["document_id"] == document.id]
    weight = pd.concat([here["value"], here["value"] - here["change"]], axis=1).max(axis=1)
    ranked = here.assign(weight=weight, theme=~here["measure"].isin([STRICT, BROAD])).sort_values(
        ["theme", "weight"], ascending=[True, False], kind="stable"
    )
    return list(ranked.loc[~ranked["theme"] | (ranked["weight"] > 0), "measure"].head(max_rows))


def _nearest(ids: Sequence[str], here: str) -> Sequence[str]:
    place = ids.index(here)
    first = max(0, min(place - _MAX_DOCUMENTS + 2, len(ids) - _MAX_DOCUMENTS))
    return ids[first : first + _MAX_DOCUMENTS]


def sentences_table(
    document: Document,
    returning: pd.DataFrame,
    continuity: pd.DataFrame,
    novelty: pd.DataFrame,
    *,
    names: Mapping[str, str] = {},
) -> pd.DataFrame:
    """Return every sentence with its counterpart, its formula and its commitment.

    Parameters
    ----------
    document : Document
        The document.
    returning, continuity, novelty : pandas.DataFrame
        As from `returning_sentences`, `commitment_continuity` and `novelty`.
    names : mapping of str to str
        As in `reuse_table`.
    """
    counterparts = returning.set_index("segment_id").to_dict("index")
    levels = {
        str(row["segment_id"]): (LEVELS[row["level"]], _STATUS_OF_ONE[row["status"]])
        for row in continuity[continuity["segment_id"] != ""].to_dict("records")
    }
    formula = novelty.set_index("segment_id")["formulaic_share"].to_dict()
    rows = []
    for item in sentences_of(document):
        found = counterparts.get(item.id, {})
        level, status = levels.get(item.id, (NOTHING, NOTHING))
        rows.append(
            {
                "Sentence": item.id,
                "Counterpart": _place(str(found.get("other_segment_id", "")), names),
                "Wording": _wording(found) if found else NOTHING,
                _FORMULA: 100 * float(formula.get(item.id, "nan")),
                "Commitment": level if status == NOTHING else f"{level} ({status})",
                "Differences": found.get("changes", NOTHING),
            }
        )
    table = pd.DataFrame(rows)
    # Of the earliest document no word can be in an earlier one.
    return (
        table
        if len(formula) and table[_FORMULA].notna().any()
        else table.drop(columns=_FORMULA, errors="ignore")
    )


def _wording(pair: Mapping[Any, Any]) -> str:
    kind = "similar" if pair["kind"] == "reworded" else pair["kind"]
    return f"{kind} ({pair['similarity']:.2f})"


def dropped_table(continuity: pd.DataFrame, *, names: Mapping[str, str] = {}) -> pd.DataFrame:
    """Return the sentences with a commitment in the document before that have no counterpart.

    Parameters
    ----------
    continuity : pandas.DataFrame
        As from `commitment_continuity`.
    names : mapping of str to str
        As in `reuse_table`.
    """
    kept = continuity[continuity["status"] == "dropped"]
    return pd.DataFrame(
        {
            "Sentence": [_place(str(name), names) for name in kept["earlier_segment_id"]],
            "Commitment": [LEVELS[level] for level in kept["earlier_level"]],
            "Text": list(kept["earlier_text"]),
        }
    )


def phrases_table(
    document: Document, phrases: pd.DataFrame, *, max_rows: int = MAX_PHRASES
) -> CountTable:
    """Return the phrases that this document shares with others, those of most documents first.

    Parameters
    ----------
    document : Document
        The document.
    phrases : pandas.DataFrame
        As from `phrases_of`.
    max_rows : int
        How many are shown.
    """
    shown = phrases.head(max_rows)
    tokens = [(item.id, words(item.text.lower())) for item in sentences_of(document)]
    return CountTable(pd.DataFrame({"Phrase": shown["phrase"]})).with_counts(
        "Here",
        [list(_places(str(phrase).split(" "), tokens)) for phrase in shown["phrase"]],
    ).with_values("Documents", shown["documents"]).with_values(
        "Name", ["yes" if named else "no" for named in shown["named"]]
    )  # fmt: skip


def _places(phrase: Sequence[str], tokens: Iterable[tuple[str, Sequence[str]]]) -> Iterable[str]:
    """Yield the sentence of each occurrence of a phrase."""
    size = len(phrase)
    for segment_id, found in tokens:
        for start in range(len(found) - size + 1):
            if list(found[start : start + size]) == list(phrase):
                yield segment_id
