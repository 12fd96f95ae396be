"""What the report on reliability says: how far the program's coding can be trusted.

The validation is reported here and nowhere else: first runs on texts that the program's makers had
not seen, the agreement of the coders of a document, and the program's errors on it.
"""

from pathlib import Path

from sco_research.coding.reliability.first_runs import load_first_runs
from sco_research.coding.reliability.program import commitment_answers, theme_answers
from sco_research.coding.reliability.reference import load_reference
from sco_research.reports.prose import Prose
from sco_research.topics.reliability.facts import ReliabilityFacts, reliability_facts
from sco_research.topics.reliability.tables import (
    agreement_table,
    coder_differences,
    invented_table,
    key_figures,
    outcome_table,
    program_differences,
    real_table,
    theme_table,
)

__all__ = [
    "agreement_table",
    "coder_differences",
    "commitment_answers",
    "invented_table",
    "key_figures",
    "load_first_runs",
    "load_reference",
    "outcome_table",
    "program_differences",
    "prose",
    "real_table",
    "reliability_facts",
    "theme_answers",
    "theme_table",
]


def prose(facts: ReliabilityFacts, template_file: str = "") -> Prose:
    """Return the report's sentences, filled with its facts.

    Parameters
    ----------
    facts : ReliabilityFacts
        As from `reliability_facts`.
    template_file : str
        A template of one's own with the blocks of ``text.md``; empty for the package's.
    """
    return Prose(facts, template_file or Path(__file__).with_name("text.md"))
