"""What the commitments notebook shows: tidy frames as a reader's tables."""

import pandas as pd

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.commitments.rows import SPEECH_ACTS
from sco_research.errors import CodebookError
from sco_research.resources import data_path
from sco_research.text.document import Document
from sco_research.text.segments import segment

LEVELS = ("high", "mid", "low", "none")
KINDS = ("strict, high", "strict, low", "broad only")


def with_kind(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return commitments with the column ``kind``: strict by binding level, or broad only."""
    level = commitments["binding"].where(commitments["binding"].isin(["high", "mid"]), "low")
    level = level.replace("mid", "high")
    kind = ("strict, " + level).where(commitments["strict"], "broad only")
    return commitments.assign(kind=kind)


def actor_labels(commitments: pd.DataFrame) -> "pd.Series[str]":
    """Return who undertakes, as a reader sees it: a pronoun with whom it means."""
    pronoun = commitments["actor"].str.lower().isin(["we", "they"])
    named = commitments["actor"] + (" [" + commitments["actor_role"] + "]").where(pronoun, "")
    return named.where(commitments["actor_role"] != "implied", "[members, implied]")


def actor_names(commitments: pd.DataFrame) -> "pd.Series[str]":
    """Return who undertakes in small letters and without an article, to count by."""
    labels = actor_labels(commitments)
    return labels.str.replace(r"^(?:the|all)\s+", "", case=False, regex=True).str.lower()


def verb_labels(rows: pd.DataFrame) -> "pd.Series[str]":
    """Return the words that undertake, after the modal that stands with an earlier verb."""
    modal = ("[" + rows["modal"] + "] ").where(rows["modal_carried"], "")
    return modal + rows["verb"]


def section_of(document: Document) -> "pd.Series[int]":
    """Return the section of each sentence, by its anchor."""
    frame = segment(document, level="sentence")
    return frame.set_index("segment_id")["section"].astype(int)


def summary_table(acts: pd.DataFrame, commitments: pd.DataFrame) -> pd.DataFrame:
    """Return both readings: sentences that commit, and discrete commitments by level."""
    rows = []
    for name, chosen in (("Strict", commitments["strict"]), ("Broad", commitments["broad"])):
        found = commitments[chosen]
        sentences = int(acts[name.lower()].sum())
        share = 100 * sentences / len(acts) if len(acts) else float("nan")
        high = int(found["binding"].isin(["high", "mid"]).sum())
        rows.append((name, sentences, share, len(found), high, len(found) - high))
    names = ["Reading", "Sentences", "% of sentences", "Commitments", "High", "Low"]
    return pd.DataFrame(rows, columns=names)


def act_table(acts: pd.DataFrame) -> pd.DataFrame:
    """Return the speech acts with how many of their sentences commit."""
    rows = []
    for act in SPEECH_ACTS:
        chosen = acts[acts["speech_act"] == act]
        verbs = verb_labels(chosen).str.lower().value_counts().head(3).index
        rows.append(
            (
                act,
                len(chosen),
                100 * len(chosen) / len(acts) if len(acts) else float("nan"),
                int(chosen["strict"].sum()),
                int(chosen["broad"].sum()),
                "; ".join(verb for verb in verbs if verb),
            )
        )
    names = ["Speech act", "Sentences", "% of sentences", "Strict", "Broad", "Most frequent verbs"]
    return pd.DataFrame(rows, columns=names)


def section_table(document: Document, commitments: pd.DataFrame) -> pd.DataFrame:
    """Return commitments by section and kind, with the section's sentences."""
    sections = section_of(document)
    counts = section_counts(document, commitments)
    table = pd.DataFrame(
        {
            "Section": ["Opening" if number == 0 else str(number) for number in counts.index],
            "Sentences": sections.value_counts().reindex(counts.index).to_numpy(),
        }
    )
    for kind in KINDS:
        table[kind.capitalize()] = counts[kind].to_numpy()
    return table.assign(All=counts.sum(axis=1).to_numpy())


def section_counts(document: Document, commitments: pd.DataFrame) -> pd.DataFrame:
    """Return commitments by section (rows) and kind (columns)."""
    sections = section_of(document)
    kinds = with_kind(commitments)
    place = kinds["segment_id"].map(sections)
    counts = pd.crosstab(place, kinds["kind"])
    everywhere = sorted(sections.unique())
    return counts.reindex(index=everywhere, columns=list(KINDS), fill_value=0).astype(int)


def verb_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return the words that undertake, with how many commitments each carries."""
    kinds = with_kind(commitments)
    verbs = verb_labels(kinds).str.lower()
    table = (
        kinds.assign(verb=verbs)
        .groupby(["kind", "verb"], sort=False)
        .agg(commitments=("commitment_id", "size"), where=("segment_id", "first"))
        .reset_index()
    )
    order = table["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    table = table.assign(order=order).sort_values(
        ["order", "commitments", "verb"], ascending=[True, False, True]
    )
    table = table[["kind", "verb", "commitments", "where"]]
    return table.set_axis(["Kind", "Words", "Commitments", "First"], axis=1).reset_index(drop=True)


def actor_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return who undertakes."""
    table = (
        commitments.assign(actor=actor_names(commitments))
        .groupby("actor")
        .agg(strict=("strict", "sum"), broad=("broad", "sum"))
        .sort_values(["strict", "broad"], ascending=False)
        .reset_index()
    )
    return table.set_axis(["Who", "Strict", "Broad"], axis=1)


def theme_counts(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return commitments by theme of their sentence (rows) and kind (columns), and all."""
    kinds = by_theme(commitments)
    counts = pd.crosstab(kinds["theme"], kinds["kind"]).reindex(columns=list(KINDS), fill_value=0)
    return counts.assign(All=counts.sum(axis=1)).sort_values("All", ascending=False, kind="stable")


def by_theme(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return commitments with ``kind`` and ``theme``, once for each theme of their sentence."""
    rows = with_kind(commitments).assign(theme=commitments["themes"]).explode("theme")
    return rows.assign(theme=rows["theme"].fillna(""))


def theme_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return commitments by theme of their sentence; one may stand under several."""
    counts = theme_counts(commitments)
    labels = [_theme_label(str(name)) for name in counts.index]
    table = counts.reset_index(drop=True).rename(columns=str.capitalize)
    table.insert(0, "Theme", labels)
    return table


def _theme_label(name: str) -> str:
    if not name:
        return "none of the codebook's"
    try:
        return load_codebook("themes")[name].label
    except CodebookError:
        return name


def legal_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return obligation, precision and delegation crossed: how many commitments have which."""
    table = (
        commitments.groupby(["obligation", "precision", "delegation"])
        .agg(strict=("strict", "sum"), broad=("broad", "sum"))
        .reset_index()
        .sort_values(["broad"], ascending=False, kind="stable")
    )
    names = ["Obligation", "Names instrument, date or sum", "Entrusts an organ", "Strict", "Broad"]
    return table.set_axis(names, axis=1).reset_index(drop=True)


def named_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return instruments, dates, sums, organs and references with the sentences that name them."""
    columns = {
        "instruments": "instrument",
        "dates": "date or period",
        "money": "sum",
        "organs": "organ",
        "references": "meeting or other organization",
    }
    pieces = []
    for column, kind in columns.items():
        long = commitments.assign(name=commitments[column]).explode("name")
        long = long[long["name"].notna()].drop_duplicates(["segment_id", "name"])
        pieces.append(long[["name", "segment_id"]].assign(kind=kind))
    table = pd.concat(pieces, ignore_index=True)[["kind", "name", "segment_id"]]
    return table.set_axis(["Kind", "Named", "Sentence"], axis=1)


def commitment_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return every discrete commitment with the sentence it stands in."""
    kinds = with_kind(commitments)
    return pd.DataFrame(
        {
            "Sentence": kinds["segment_id"],
            "Kind": kinds["kind"],
            "Who": actor_labels(kinds),
            "Undertakes by": verb_labels(kinds),
            "What": kinds["target"],
            "Polarity": kinds["polarity"],
        }
    ).reset_index(drop=True)


def published_table(commitments: pd.DataFrame, document: Document) -> pd.DataFrame:
    """Return published counts of other organizations beside this document's own."""
    published = pd.read_csv(data_path("reference", "published-commitment-counts.csv"))
    counted = {
        "strict": int(commitments["strict"].sum()),
        "broad": int(commitments["broad"].sum()),
    }
    date = document.metadata.date
    own = pd.DataFrame(
        [
            {
                "organization": "this document",
                "meeting": f"{document.metadata.place or document.id}, {reading} reading",
                "year": date.year if date else None,
                "commitments": number,
                "caveat": "counted here by rule, not by hand",
            }
            for reading, number in counted.items()
        ]
    )
    table = pd.concat([own, published], ignore_index=True)
    table = table[["organization", "meeting", "year", "commitments", "caveat"]]
    # A year is a name, not a quantity.
    years = table["year"].map(lambda year: "" if pd.isna(year) else str(int(year)))
    return table.assign(year=years).rename(columns=str.capitalize)
