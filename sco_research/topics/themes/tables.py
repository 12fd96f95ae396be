"""What the themes notebook shows: tidy frames as a reader's tables."""

from collections.abc import Mapping

import pandas as pd

from sco_research.coding.codebooks.categories import Attribute
from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.commitments.coder import find_commitments
from sco_research.coding.stance import code_stance
from sco_research.coding.tone import theme_commitments, theme_tone
from sco_research.statistics import Bootstrap
from sco_research.text.document import Document
from sco_research.text.segments import segment

_FEW = 3


def label_of(codebook: Codebook, category: str) -> str:
    """Return a category's label; its id where the codebook has none.

    >>> from sco_research.coding.codebooks.loading import load_codebook
    >>> label_of(load_codebook("themes"), "security.drugs")
    'Drugs'
    """
    return next((item.label for item in codebook if item.id == category), category)


def theme_table(
    shares: pd.DataFrame, spread: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Return the themes by weight: how often, how much of the text, how spread, where first.

    Parameters
    ----------
    shares, spread : pandas.DataFrame
        As from `prevalence` of the document and `dispersion`.
    codings : pandas.DataFrame
        As from `code_themes`.
    codebook : Codebook
        Whose labels are shown.
    """
    evenness = spread[["item", "dp_norm"]].rename(columns={"item": "category"})
    merged = shares.merge(evenness, on="category", validate="one_to_one")
    merged = merged[merged["hits"] > 0]
    # Most sentences first; where two are even, the codebook's order.
    merged = merged.sort_values("sentences", ascending=False, kind="stable")
    first = codings.drop_duplicates("category").set_index("category")["segment_id"]
    return pd.DataFrame(
        {
            "Theme": [label_of(codebook, name) for name in merged["category"]],
            "Hits": merged["hits"],
            "Sentences": merged["sentences"],
            "Share (%)": 100 * merged["share_sentences"],
            "Interval": [
                _interval(low, high)
                for low, high in zip(
                    merged["share_sentences_low"], merged["share_sentences_high"], strict=True
                )
            ],
            "Words (%)": 100 * merged["share_words"],
            "DP": merged["dp_norm"],
            "First": merged["category"].map(first),
        }
    ).reset_index(drop=True)


def _interval(low: float, high: float) -> str:
    return "–" if pd.isna(low) else f"{100 * low:.0f}–{100 * high:.0f}"


def section_table(document: Document, shares: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the sections with their length and their leading themes.

    Parameters
    ----------
    document : Document
        The document.
    shares : pandas.DataFrame
        As from `prevalence` by section.
    codebook : Codebook
        Whose labels are shown.
    """
    paragraphs = segment(document, level="paragraph").groupby("section")["paragraph"]
    rows = []
    for section, here in shares.groupby("section"):
        span = paragraphs.get_group(section)
        rows.append(
            {
                "Section": "opening" if section == 0 else str(section),
                "Paragraphs": _from_to(int(span.min()), int(span.max())),
                "Sentences": int(here["of_sentences"].iloc[0]),
                "Leading themes (sentences)": "; ".join(leading_themes(here, codebook).values())
                or "none",
            }
        )
    columns = ["Section", "Paragraphs", "Sentences", "Leading themes (sentences)"]
    return pd.DataFrame(rows, columns=columns)


def leading_themes(shares: pd.DataFrame, codebook: Codebook) -> dict[str, str]:
    """Return the themes of most sentences of one section, each as the table shows it, by id."""
    found = shares[shares["sentences"] > 0]
    leading = found.sort_values("sentences", ascending=False, kind="stable").head(_FEW)
    return {
        str(name): f"{label_of(codebook, name)} ({count})"
        for name, count in zip(leading["category"], leading["sentences"], strict=True)
    }


def _from_to(first: int, last: int) -> str:
    return f"¶ {first}" if first == last else f"¶ {first}–{last}"


def frequent_pairs(pairs: pd.DataFrame, *, least: int) -> pd.DataFrame:
    """Return the pairs that meet at least so often."""
    return pairs[pairs["together"] >= least]


def pair_table(pairs: pd.DataFrame, codebook: Codebook, *, least: int = 2) -> pd.DataFrame:
    """Return the pairs of themes that meet at least so often."""
    kept = frequent_pairs(pairs, least=least)
    return pd.DataFrame(
        {
            "Theme": [label_of(codebook, name) for name in kept["category"]],
            "With": [label_of(codebook, name) for name in kept["other"]],
            "Together": kept["together"],
            "Of": [
                f"{one}/{two}"
                for one, two in zip(kept["with_category"], kept["with_other"], strict=True)
            ],
            "Lift": kept["lift"],
            "p, corrected": kept["p_adjusted"],
        }
    ).reset_index(drop=True)


def actor_table(document: Document, codings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return who is named, how often, and what each was to the Organization at that time.

    Parameters
    ----------
    document : Document
        The document; its date decides the status.
    codings : pandas.DataFrame
        Codings by the codebook of actors.
    codebook : Codebook
        The codebook of actors.
    """
    year = document.metadata.date.year if document.metadata.date else None
    rows = []
    for category in codebook:
        here = codings[codings["category"] == category.id]
        if len(here):
            rows.append(
                {
                    "Actor": category.label,
                    "Status": _status(category.attributes, category.id, year),
                    "Mentions": len(here),
                    "Sentences": here["segment_id"].nunique(),
                    "First": here["segment_id"].iloc[0],
                }
            )
    frame = pd.DataFrame(rows, columns=["Actor", "Status", "Mentions", "Sentences", "First"])
    return frame.sort_values("Mentions", ascending=False, kind="stable", ignore_index=True)


_GROUPS = {
    "sco": "the Organization",
    "members": "members",
    "observers": "observers",
    "partners": "dialogue partners",
    "third_states": "other states",
    "organizations": "organisations",
    "organs": "organ of the Organization",
    "community": "the wider world",
}


def _status(attributes: Mapping[str, Attribute], id: str, year: int | None) -> str:
    """Return a state's status in a year, or the group where it has none of its own."""
    top = id.partition(".")[0]
    if not attributes or year is None:
        return _GROUPS.get(top, top)
    for status in ("member", "observer", "partner"):
        begun = attributes.get(f"{status}_since")
        if begun is not None and int(begun) <= year:
            return {"partner": "dialogue partner"}.get(status, status)
    return "other state"


def absent_table(shares: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the codebook's themes on which the document is silent, with what they cover."""
    silent = set(shares.loc[shares["hits"] == 0, "category"])
    rows = [
        {"Theme": category.label, "Covers": category.definition}
        for category in codebook
        if category.id in silent
    ]
    return pd.DataFrame(rows, columns=["Theme", "Covers"])


def commitment_frames(
    document: Document,
    codings: pd.DataFrame,
    *,
    bootstrap: Bootstrap,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return `theme_commitments` and `theme_tone` of a document, empty where it is not English.

    The rules of commitments read English only; themes can be coded in any language.
    """
    if document.metadata.language not in ("en", "und"):
        nothing = codings.iloc[:0]
        found = nothing.assign(strict=False, broad=False)
        return theme_commitments(nothing, found), theme_tone(nothing, nothing)
    promises = theme_commitments(codings, find_commitments(document), bootstrap=bootstrap)
    return promises, theme_tone(codings, code_stance(document))


def commitment_table(
    commitments: pd.DataFrame, tone: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Return the themes that commit, the most committed first, with the tone of each.

    Parameters
    ----------
    commitments, tone : pandas.DataFrame
        As from `theme_commitments` and `theme_tone`.
    codebook : Codebook
        Whose labels are shown.
    """
    ranked = most_committed(commitments)
    tones = {name: "; ".join(here.values()) for name, here in tones_of(tone).items()}
    return pd.DataFrame(
        {
            "Theme": [label_of(codebook, name) for name in ranked["category"]],
            "Sentences": ranked["sentences"],
            "Strict": ranked["strict"],
            "Broad": ranked["broad"],
            "% broad": 100 * ranked["share_broad"],
            "Interval": [
                _interval(low, high)
                for low, high in zip(
                    ranked["share_broad_low"], ranked["share_broad_high"], strict=True
                )
            ],
            "Tone (sentences)": [tones.get(str(name), "–") for name in ranked["category"]],
        }
    ).reset_index(drop=True)


def most_committed(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return the themes of `theme_commitments`, the most committed first."""
    return commitments.sort_values(
        ["strict", "broad", "sentences"], ascending=[False, False, True], kind="stable"
    )


def tones_of(tone: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the tones of each theme by name, each as the table shows it."""
    found: dict[str, dict[str, str]] = {}
    heard = tone.sort_values("sentences", ascending=False, kind="stable")
    for theme, name, count in zip(
        heard["category"], heard["tone"], heard["sentences"], strict=True
    ):
        found.setdefault(str(theme), {})[str(name)] = f"{name} ({count})"
    return found
