"""What the report on language says: its tables, figure, facts and sentences.

The names that its notebook uses are here, those of the library that measure and code too.
"""

from pathlib import Path

from sco_research.coding.stance import stance_forms, stance_rates
from sco_research.metrics import count
from sco_research.metrics.curves import readability_curve
from sco_research.metrics.textstat_check import cross_check
from sco_research.reports.prose import Prose
from sco_research.text.dispersion import dispersion
from sco_research.topics.language.facts import LanguageFacts, language_facts
from sco_research.topics.language.figures import through_the_text
from sco_research.topics.language.tables import (
    as_counted,
    concordance_table,
    counts_table,
    dispersion_table,
    diversity_table,
    key_figures,
    modals_table,
    readability_table,
    stance_table,
)

__all__ = [
    "LanguageFacts",
    "as_counted",
    "concordance_table",
    "count",
    "counts_table",
    "cross_check",
    "dispersion",
    "dispersion_table",
    "diversity_table",
    "key_figures",
    "language_facts",
    "modals_table",
    "prose",
    "readability_curve",
    "readability_table",
    "stance_forms",
    "stance_rates",
    "stance_table",
    "through_the_text",
]


def prose(facts: LanguageFacts, template_file: str = "") -> Prose:
    """Return the report's sentences, filled with its facts.

    Parameters
    ----------
    facts : LanguageFacts
        As from `language_facts`.
    template_file : str
        A template of your own; empty for the package's ``text.md``.
    """
    return Prose(facts, template_file or Path(__file__).with_name("text.md"))
