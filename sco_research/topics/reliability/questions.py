"""What coders were asked, in words and in rows."""

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.reliability.agreement import POOLED

ALPHA = "krippendorff_alpha"
QUESTIONS = {
    "themes": "All themes",
    "speech_act": "Speech act",
    "strict": "Strict commitment",
    "broad": "Broad commitment",
    "binding": "Binding level",
    "undertakings": "Number of undertakings",
}


def question(variable: str, category: str, codebook: Codebook) -> str:
    """Return what was asked, as a person reads it.

    >>> from sco_research.coding.codebooks.loading import load_codebook
    >>> book = load_codebook("themes")
    >>> question("themes", "security.drugs", book), question("binding", "high", book)
    ('Drugs', 'Binding level: high')
    """
    name = QUESTIONS.get(variable, variable)
    if category in ("", POOLED, "yes"):
        return name
    label = next((item.label for item in codebook if item.id == category), "")
    return label or f"{name}: {category}"


def of_all_coders(agreed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `agreement` that are about all coders, not about a pair of many."""
    if not len(agreed):
        return agreed
    numbers = agreed["coders"].map(len)
    return agreed[numbers == numbers.groupby(agreed["variable"]).transform("max")]


def by_question(frame: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """Return the rows of each variable and category, and of each variable under no category."""
    wholes = frame.groupby("variable", sort=False)
    parts = frame[frame["category"] != ""].groupby(["variable", "category"], sort=False)
    found = {(str(name), ""): rows for name, rows in wholes}
    return found | {(str(name), str(category)): rows for (name, category), rows in parts}


def differing(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return the questions that coders answer differently: segment, variable and category."""
    key = ["segment_id", "variable", "category"]
    given = ratings.dropna(subset="value")
    values = given.groupby(key, sort=False)["value"].nunique()
    return values[values > 1].reset_index()[key]
