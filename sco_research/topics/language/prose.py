"""What the language notebook says: sentences whose numbers come from the frames."""

from collections.abc import Iterable

import pandas as pd

from sco_research.metrics.registry import METRICS
from sco_research.metrics.textstat_check import SENTENCES
from sco_research.reports.markdown import escape
from sco_research.text.document import Document
from sco_research.text.segments import anchor_label

_LONG = 40
_OFFICIAL = (
    "The official languages of the Organization are Russian and Chinese. What is measured here is "
    "the English text: its modal verbs, its syntax and its readability may be the translator’s."
)


def title(document: Document) -> str:
    """Return the report's title."""
    return f"Language: {escape(document.metadata.title or document.id)}"


def value_of(metrics: pd.DataFrame, name: str) -> float:
    """Return the value of a metric of the whole document; NaN where it has none."""
    found = metrics.loc[(metrics["level"] == "document") & (metrics["metric"] == name), "value"]
    return float(found.iloc[0]) if len(found) else float("nan")


def abstract(
    document: Document, metrics: pd.DataFrame, counts: pd.DataFrame, forms: pd.DataFrame,
    rates: pd.DataFrame,
) -> str:  # fmt: skip
    """Return the findings in sentences.

    Parameters
    ----------
    document : Document
        The text.
    metrics, counts, forms, rates : pandas.DataFrame
        As from `measure`, `count` (with level ``sentence``), `stance_forms` and `stance_rates`.
    """
    title = escape(document.metadata.title or document.id)
    parts = [
        f"*{title}* has {_number(value_of(metrics, 'words'), 'word')} in "
        f"{_number(value_of(metrics, 'sentences'), 'sentence')}.",
        sentence_length(counts),
        _reading(metrics),
        variety(metrics),
        modality(forms),
        evaluation(rates),
    ]
    return " ".join(part for part in parts if part)


def _number(value: float, noun: str) -> str:
    """Return a number with its noun, which has an s unless there is one."""
    if pd.isna(value):
        return f"an uncounted number of {noun}s"
    return f"{value:,.0f} {noun}{'' if value == 1 else 's'}" if value else f"no {noun}s"


def sentence_length(counts: pd.DataFrame) -> str:
    """Return how long the sentences are."""
    sentences = counts[counts["level"] == "sentence"]
    sizes = sentences["words"].fillna(0).astype("int64")
    if sizes.empty or not sizes.sum():
        return ""
    longest = str(sentences["segment_id"].iloc[int(sizes.to_numpy().argmax())])
    over = int((sizes > _LONG).sum())
    many = f"; {over} of {len(sizes)} have more than {_LONG}" if over else ""
    return (
        f"A sentence has {sizes.mean():.1f} words on average, the longest {sizes.max()} "
        f"({anchor_label(longest)}){many}."
    )


def _reading(metrics: pd.DataFrame) -> str:
    ease, grade = value_of(metrics, "flesch_reading_ease"), value_of(metrics, "flesch_kincaid")
    if pd.isna(ease):
        return "No readability formula that is validated for its language applies to it."
    if pd.isna(grade):
        return f"Flesch reading ease, as adapted to its language, is {ease:.1f}."
    return (
        f"Flesch reading ease is {ease:.1f} on a scale on which plain English stands at 60 to 70, "
        f"the Flesch–Kincaid grade {grade:.1f}."
    )


def variety(metrics: pd.DataFrame) -> str:
    """Return how varied the words are."""
    mattr, mtld = value_of(metrics, "mattr"), value_of(metrics, "mtld")
    if pd.isna(mattr):
        return ""
    found = f"Of 50 words in a row {50 * mattr:.0f} are different (MATTR {mattr:.3f}"
    return found + (")." if pd.isna(mtld) else f"; MTLD {mtld:.1f}).")


def modality(forms: pd.DataFrame) -> str:
    """Return what the modal verbs say: which there are, and which there are not.

    Parameters
    ----------
    forms : pandas.DataFrame
        As from `stance_forms`.
    """
    if forms["hits"].isna().all():
        return ""
    totals = forms[forms["category"].str.startswith("modal")].groupby("pattern")["hits"].sum()
    hits = {name: int(totals.get(name, 0)) for name in ("will", "shall", "must", "should")}
    found = [f"“{name}” {_times(number)}" for name, number in hits.items() if number]
    absent = [f"“{name}”" for name, number in hits.items() if not number]
    if not found:
        return f"It never uses {_listed(absent, last='or')}."
    return f"It uses {_listed(found)}{', never ' + _listed(absent, last='or') if absent else ''}."


def evaluation(rates: pd.DataFrame) -> str:
    """Return how the text takes sides: support beside opposition, hedges beside boosters.

    Parameters
    ----------
    rates : pandas.DataFrame
        As from `stance_rates`.
    """
    whole = rates[(rates["level"] == "document") & rates["hits"].notna()]
    if whole.empty:
        return ""

    def hits(name: str) -> int:
        return int(whole.loc[whole["category"] == name, "hits"].sum())

    sides = [hits(f"evaluation.{name}") for name in ("support", "oppose", "condemn")]
    taken = (
        f"It speaks for something {_times(sides[0])}, against something {_times(sides[1])}, and "
        f"condemns {_times(sides[2])}; "
    )
    sure = f"{_number(hits('booster'), 'booster')} and {_number(hits('hedge'), 'hedge')}"
    return f"{taken if any(sides) else 'It takes no side; '}it has {sure}."


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _listed(parts: Iterable[str], *, last: str = "and") -> str:
    """Join parts as prose does.

    >>> _listed(["a", "b", "c"])
    'a, b and c'
    """
    *head, tail = list(parts)
    return f"{', '.join(head)} {last} {tail}" if head else tail


def caution(document: Document) -> str:
    """Return what every reader of a language report must know of its text.

    Parameters
    ----------
    document : Document
        The text.
    """
    language = document.metadata.language
    said = [_OFFICIAL] if document.metadata.organization.startswith("Shanghai") else []
    if language != "en":
        said.append(
            f"The language of this text is {escape(repr(language))}: what is not validated for it "
            "is left empty, and the stance is not coded."
        )
    said.append(
        "Readability formulas were made to choose books for schools and forms for the public. They "
        "count length, not sense; here they tell how the text is built, not who understands it."
    )
    return " ".join(said)


def counts_section(counts: pd.DataFrame) -> str:
    """Return the section on counts: what they are and what the sentences look like."""
    return (
        "## Counts and sentence length\n\nEverything is counted once, sentence by sentence. "
        "@tbl-counts sums it up; every formula below is arithmetic on such sums, so it can be "
        "checked by hand. Sentences are found by sentencex [@sentencex], syllables in the CMU "
        "Pronouncing Dictionary [@cmudict], else by where a word may be hyphenated [@pyphen]. "
        f"{sentence_length(counts)} @fig-through-the-text shows where they stand, @tbl-longest "
        "the longest."
    )


def readability_section(metrics: pd.DataFrame) -> str:
    """Return the section on readability: what the formulas are and what they say here."""
    lix = value_of(metrics, "lix")
    newspapers = (
        f" LIX is {lix:.1f}; for newspapers Björnsson found 52 in English and 65 in Russian "
        "[@bjornsson1983]."
    )
    return (
        "## Readability\n\n@tbl-readability gives the formulas for the whole text, @tbl-profile "
        "some of them by section, @tbl-formulas the formulas themselves "
        f"[{sources('readability')}]. {_reading(metrics)}{'' if pd.isna(lix) else newspapers} "
        f"{_hardest(metrics)}"
        "Most formulas were made on samples of 100 words or more, SMOG on 30 sentences; a value "
        "outside is given and marked."
    )


def _hardest(metrics: pd.DataFrame) -> str:
    """Return which sections are hardest and easiest, of those within the formula's range."""
    grades = metrics[(metrics["level"] == "section") & (metrics["metric"] == "flesch_kincaid")]
    grades = grades[grades["value"].notna() & (grades["flag"] == "")]
    if len(grades) < 2:
        return ""
    ordered = grades.sort_values("value", kind="stable")
    names = ordered["segment_id"].str.rpartition(":sec")[2].tolist()
    values = ordered["value"].tolist()
    return (
        f"By the Flesch–Kincaid grade section {names[-1]} is the hardest ({values[-1]:.1f}) and "
        f"section {names[0]} the easiest ({values[0]:.1f}). "
    )


def textstat_section(checked: pd.DataFrame) -> str:
    """Return why textstat's values are others.

    Parameters
    ----------
    checked : pandas.DataFrame
        As from `cross_check`.
    """
    head = "### Why other programs give other numbers\n\n"
    if checked.empty:
        return head + "textstat is left out: it has no dictionary for the language of this text."
    ease = checked.set_index("metric").loc["flesch_reading_ease"]
    alike = [METRICS[name].label for name in checked.loc[checked["by_formula"] == 0, "metric"]]
    return (
        f"{head}@tbl-textstat sets textstat [@textstat] beside this package. For Flesch reading "
        f"ease it gives {ease['textstat']:.2f}, this package {ease['value']:.2f}. Where sentences "
        f"end makes {ease['by_sentences']:+.2f} of the difference, how words and syllables are "
        f"counted {ease['by_words']:+.2f}, the formula {ease['by_formula']:+.2f}. Given textstat’s "
        f"counts, the formulas here give its values to nine digits for {_listed(alike)}; for the "
        "others the last column says what is different. As for sentences, textstat "
        f"{SENTENCES.removeprefix('it ')}."
    )


def diversity_section(metrics: pd.DataFrame) -> str:
    """Return the section on lexical diversity."""
    return (
        "## Lexical diversity\n\nTwo texts of different length can be compared by the measures "
        "that do not depend on it: MATTR, MTLD, HD-D. @tbl-diversity gives all with their variants "
        f"[{sources('diversity')}]; @fig-diversity follows the text. {variety(metrics)}"
    )


def stance_section(forms: pd.DataFrame, rates: pd.DataFrame) -> str:
    """Return the section on stance."""
    return (
        "## Stance\n\nHow binding the text speaks, whose side it takes and how sure it is: modal "
        "verbs (@tbl-modals), hedges and boosters after Hyland [-@hyland2005], evaluative verbs "
        "from welcome to condemn, passives and nominalisations (@tbl-stance, @fig-stance), with "
        f"the words themselves in @tbl-evidence. {modality(forms)} {evaluation(rates)} Patterns "
        "find words by their form: “support” before “of” may be a noun all the same."
    )


def words_section(document: Document) -> str:
    """Return the section on words, pairs and phrases."""
    about = "without function words" if document.metadata.language == "en" else "of all words"
    return (
        f"## Words and phrases\n\n@tbl-words lists the most frequent words, {about}. "
        "@tbl-collocations lists neighbours that "
        "stand together more often than chance would have it: log-likelihood [@dunning1993] tells "
        "how sure that is, PMI [@church1990] how exclusive they are. @tbl-phrases lists what the "
        "text says again in the same words."
    )


def concordance_section(words: Iterable[str]) -> str:
    """Return the section on the words that the reader asked for."""
    asked = _listed([f"“{escape(word)}”" for word in words] or ["no word"])
    return (
        f"## Concordance\n\n@tbl-concordance shows every place of {asked}, @tbl-dispersion how "
        "evenly they are spread: Gries’s deviation of proportions [@gries2008; @lijffijt2012]."
    )


def sources(group: str) -> str:
    """Return a sentence that cites every paper of a group of metrics.

    Parameters
    ----------
    group : str
        ``readability`` or ``diversity``.
    """
    metrics = [metric for metric in METRICS.values() if metric.group == group]
    adapted = [item.source for metric in metrics for item in metric.adaptations.values()]
    keys = [key for key in (*(metric.source for metric in metrics), *adapted) if key]
    return "; ".join(f"@{key}" for key in dict.fromkeys(keys))
