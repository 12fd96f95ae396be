"""What the report on themes says: its tables, its figure, its facts and their text."""

from pathlib import Path

from sco_research.coding.actors import code_actors
from sco_research.coding.cooccurrence import cooccurrence
from sco_research.reports.prose import Prose
from sco_research.topics.themes.facts import ThemesFacts, key_figures, themes_facts
from sco_research.topics.themes.figures import strip_plot
from sco_research.topics.themes.pairs import Pairs, Unit, attainable_pairs
from sco_research.topics.themes.tables import (
    actor_table,
    pair_table,
    section_table,
    theme_table,
    word_table,
)
from sco_research.topics.themes.validation import Validation, validation
from sco_research.topics.themes.weights import theme_weights

__all__ = [
    "Pairs",
    "ThemesFacts",
    "Unit",
    "Validation",
    "actor_table",
    "attainable_pairs",
    "code_actors",
    "cooccurrence",
    "key_figures",
    "pair_table",
    "prose",
    "section_table",
    "strip_plot",
    "theme_table",
    "theme_weights",
    "themes_facts",
    "validation",
    "word_table",
]


def prose(facts: ThemesFacts, template_file: str | Path = "") -> Prose:
    """Return the report's sentences, filled with its facts.

    Parameters
    ----------
    facts : ThemesFacts
        As from `themes_facts`.
    template_file : str or pathlib.Path
        A template of your own; empty for the package's.
    """
    return Prose(facts, template_file or Path(__file__).with_name("text.md"))
