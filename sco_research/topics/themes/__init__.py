"""What the report on themes says: its tables, its figure, its facts and their text."""

from sco_research.coding.actors import code_actors
from sco_research.coding.cooccurrence import cooccurrence
from sco_research.topics.themes.facts import (
    Pairs,
    ThemesFacts,
    Unit,
    attainable_pairs,
    key_figures,
    prose,
    themes_facts,
)
from sco_research.topics.themes.figures import strip_plot
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
