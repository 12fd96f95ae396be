"""Tables of the commitments report, each number with its sentences."""

import datetime as dt
import re
from collections.abc import Mapping

import pandas as pd

from sco_research.coding.commitments.rows import SPEECH_ACTS
from sco_research.coding.reliability.reference import ReferenceCounts
from sco_research.reports.counts import CountTable, counted_words, counts_by, ids_by
from sco_research.statistics import Estimate
from sco_research.text.document import Document
from sco_research.text.segments import segment

KINDS = ("strict, high", "strict, low", "broad only")
"""Binding level in the strict definition, and what only the broad one adds."""
ROLES = {
    "members": "the members or their leaders, named or by a pronoun",
    "implied": "the members, implied",
    "organ": "an organ of the organization",
    "other": "another subject",
}
_COPULAS = frozenset({"is", "are", "was", "were", "will be", "should be", "must be"})
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
NAMED = {
    "instruments": "instrument",
    "dates": "date or period",
    "money": "sum of money",
    "organs": "organ or other body",
    "references": "meeting or other organization",
}
"""What an undertaking can name, by the column that lists it."""


def with_kind(undertakings: pd.DataFrame) -> pd.DataFrame:
    """Return undertakings with the column ``kind``, one of `KINDS`."""
    level = undertakings["binding"].where(undertakings["binding"].isin(["high", "mid"]), "low")
    level = level.replace("mid", "high")
    kind = ("strict, " + level).where(undertakings["strict"], "broad only")
    return undertakings.assign(kind=kind)


def wording(rows: pd.DataFrame) -> "pd.Series[str]":
    """Return the words that commit, with the modal of an earlier verb in brackets."""
    # After "will continue advancing", "and accelerating" has no modal of its own to supply.
    supplied = rows["modal_carried"] & ~rows["verb"].str.match(r"\w+ing\b")
    modal = ("[" + rows["modal"] + "] ").where(supplied, "")
    return modal + rows["verb"]


def actor_label(rows: pd.DataFrame) -> "pd.Series[str]":
    """Return who commits, as written; a pronoun and an implied subject with their sense."""
    implied = rows["actor_role"] == "implied"
    pronoun = rows["actor"].str.lower().isin(["we", "they"])
    label = rows["actor"] + (" [" + rows["actor_role"] + "]").where(pronoun, "")
    return label.where(~implied, "[members, implied]")


def checkable(undertakings: pd.DataFrame, date: dt.date | None) -> "pd.Series[bool]":
    """Return which undertakings name an instrument, a sum of money, or a date that is not past.

    What they would be checked at lies ahead: "since 2009" names no time at which to look. A date
    without a year is taken to lie ahead. Of an undated document dates are left out, since none can
    be told to lie ahead.

    Parameters
    ----------
    undertakings : pandas.DataFrame
        As from `find_commitments`.
    date : datetime.date, optional
        The document's own date; None where it is not known.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     {"dates": [["2009"], ["2009", "2030"], ["July 2022"], ["the end of the year"], []],
    ...      "instruments": [[]] * 5, "money": [[]] * 5}
    ... )
    >>> checkable(rows, dt.date(2022, 11, 16)).tolist(), checkable(rows, None).tolist()
    ([False, True, False, True, False], [False, False, False, False, False])
    """
    named = undertakings["instruments"].map(len) + undertakings["money"].map(len) > 0
    if date is None:
        return named.astype(bool)
    ahead = undertakings["dates"].map(lambda dates: any(not _is_past(one, date) for one in dates))
    return (named | ahead).astype(bool)


def _is_past(words: str, date: dt.date) -> bool:
    """Return whether a date ended before that of the document, as far as year and month tell.

    >>> summit = dt.date(2022, 11, 16)
    >>> [_is_past(one, summit) for one in ("July 2022", "December 2022", "2022", "2019-2024")]
    [True, False, False, False]
    """
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", words)]
    if not years:
        return False
    if max(years) != date.year:
        return max(years) < date.year
    months = [at for at, name in enumerate(_MONTHS, 1) if name in words.casefold()]
    return bool(months) and max(months) < date.month


def with_interval(estimate: Estimate | None) -> str:
    r"""Return an estimated number of sentences with its interval; nothing where there is none.

    >>> with_interval(Estimate(12.54, 11, 16))
    '12.5\xa0(11\xa0to\xa016)'
    """
    if estimate is None:
        return ""
    decimals = 0 if estimate.value >= 100 else 1
    # In a table as wide as a page a line would be broken at a blank, and after a dash.
    shown = f"{estimate.value:,.{decimals}f} ({estimate.low:,.0f} to {estimate.high:,.0f})"
    return shown.replace(" ", "\xa0")


def definition_table(
    acts: pd.DataFrame,
    undertakings: pd.DataFrame,
    estimates: Mapping[str, Estimate | None] | None = None,
    reference: ReferenceCounts | None = None,
) -> CountTable:
    """Return both definitions: the sentences that commit, and their undertakings.

    Parameters
    ----------
    acts, undertakings : pandas.DataFrame
        As from `code_speech_acts` and `find_commitments`.
    estimates : mapping of str to Estimate, optional
        Sentences corrected for coding errors, by definition; adds a column.
    reference : ReferenceCounts, optional
        Sentences of the document's reference coding; adds a column.
    """
    definitions = ("strict", "broad")
    table = CountTable(pd.DataFrame({"Definition": [name.capitalize() for name in definitions]}))
    table = table.with_counts("Sentences", [_ids(acts[acts[name]]) for name in definitions])
    table = table.with_shares("% of sentences", "Sentences", len(acts))
    if reference:
        coded = (reference.strict_sentences, reference.broad_sentences)
        table = table.with_counts("In the reference", coded)
    corrected = [with_interval((estimates or {}).get(name)) for name in definitions]
    if any(corrected):
        table = table.with_values("Corrected", corrected)
    found = [_ids(undertakings[undertakings[name]]) for name in definitions]
    return table.with_counts("Undertakings", found)


def strict_table(undertakings: pd.DataFrame) -> pd.DataFrame:
    """Return the strict undertakings in reading order: who, in which words, to what, how firmly."""
    rows = undertakings[undertakings["strict"]]
    return _listed(rows).assign(Level=rows["binding"].to_numpy())


def broad_table(undertakings: pd.DataFrame) -> pd.DataFrame:
    """Return the undertakings that only the broad definition adds, in reading order."""
    return _listed(undertakings[~undertakings["strict"]])


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Sentence": rows["segment_id"],
            "Actor": actor_label(rows),
            "Words": wording(rows) + _told(rows),
            "Target": rows["clean_target"],
        }
    ).reset_index(drop=True)


def _told(rows: pd.DataFrame) -> "pd.Series[str]":
    """Return who is told to act, in brackets, where the undertaking is an instruction or a call."""
    told = (rows["speech_act"] == "directive") & (rows["addressee"] != "")
    return (" [" + rows["addressee"] + "]").where(told, "")


def act_table(acts: pd.DataFrame) -> CountTable:
    """Return the speech acts that occur, with the sentences that commit under either definition."""
    occurring = [act for act in SPEECH_ACTS if (acts["speech_act"] == act).any()]
    table = counts_by(
        acts,
        "speech_act",
        {"Sentences": True, "Strict": acts["strict"], "Broad": acts["broad"]},
        header="Speech act",
        order=occurring,
    )
    verbs = wording(acts).str.lower().where(acts["verb"] != "")
    frequent = [
        counted_words(rows, _shortest(verbs[rows.index]), max_words=3)
        for rows in (acts[acts["speech_act"] == act] for act in occurring)
    ]
    return table.with_words("Most frequent verbs (sentences)", frequent)


def _shortest(phrases: "pd.Series[str]") -> "pd.Series[str]":
    """Return phrases, each as the shortest of them that it begins with.

    >>> _shortest(pd.Series(["are convinced of the need", "are convinced", "are"])).tolist()
    ['are convinced', 'are convinced', 'are']
    """
    known = sorted(set(phrases.dropna()), key=len)

    def start_of(phrase: str) -> str:
        # A copula alone is no beginning of what is said with it.
        starts = (one for one in known if phrase.startswith(f"{one} "))
        return next((one for one in starts if one not in _COPULAS), phrase)

    return phrases.map(start_of, na_action="ignore")


def actor_table(undertakings: pd.DataFrame) -> CountTable:
    """Return the undertakings by the role of their actor."""
    return counts_by(
        undertakings,
        "actor_role",
        {"Strict": undertakings["strict"], "Broad": undertakings["broad"]},
        header="Actor",
        label=lambda role: ROLES[str(role)],
    )


def legalization_table(undertakings: pd.DataFrame, date: dt.date | None = None) -> CountTable:
    """Return the strict undertakings by level, and how many are checkable and tell a body to act.

    Parameters
    ----------
    undertakings : pandas.DataFrame
        As from `find_commitments`.
    date : datetime.date, optional
        The document's own date; see `checkable`.
    """
    strict = with_kind(undertakings)[undertakings["strict"]]
    named = "an instrument, a coming date or a sum" if date else "an instrument or a sum"
    return counts_by(
        strict,
        strict["kind"].str.removeprefix("strict, "),
        {
            "Undertakings": True,
            "Instructions and calls": strict["speech_act"] == "directive",
            f"Name {named}": checkable(strict, date),
        },
        header="Binding level",
        order=[level for level in ("high", "low") if (strict["kind"] == f"strict, {level}").any()],
    )


def section_table(document: Document, undertakings: pd.DataFrame) -> CountTable:
    """Return the undertakings of each section, by kind."""
    sentences = segment(document, level="sentence")
    section = sentences.set_index("segment_id")["section"].astype(int)
    numbers = sorted(section.unique())
    rows = with_kind(undertakings)
    return counts_by(
        rows,
        rows["segment_id"].map(section),
        {kind.capitalize(): rows["kind"] == kind for kind in KINDS},
        header="Section",
        order=numbers,
        label=lambda number: str(number) if number else "opening",
    )


def named_table(undertakings: pd.DataFrame) -> CountTable:
    """Return what undertakings name, with the sentences that hold them."""
    pieces = []
    for column, kind in NAMED.items():
        long = undertakings[["segment_id"]].assign(name=undertakings[column].map(list), kind=kind)
        pieces.append(long.explode("name").dropna(subset="name"))
    rows = pd.concat(pieces, ignore_index=True)
    found = ids_by(rows, zip(rows["kind"], rows["name"], strict=True))
    names = pd.DataFrame([*found], columns=["Kind", "Name"], dtype="str")
    return CountTable(names).with_counts("Sentences", found.values())


def _ids(rows: pd.DataFrame) -> list[str]:
    return [str(name) for name in rows["segment_id"]]
