"""The report on comparison: what returns from earlier documents, and what changed.

`frames` joins the documents and their codings, `tables` and `figures` show them, `facts` holds what
may be said, and ``text.md`` says it.
"""

from pathlib import Path

from sco_research.comparison.formulaic import novelty as novelty
from sco_research.comparison.formulaic import shared_phrases as shared_phrases
from sco_research.reports.prose import Prose
from sco_research.topics.comparison.facts import ComparisonFacts
from sco_research.topics.comparison.facts import comparison_facts as comparison_facts
from sco_research.topics.comparison.figures import novelty_plot as novelty_plot
from sco_research.topics.comparison.frames import commitment_continuity as commitment_continuity
from sco_research.topics.comparison.frames import compared as compared
from sco_research.topics.comparison.frames import fingerprints as fingerprints
from sco_research.topics.comparison.frames import in_english as in_english
from sco_research.topics.comparison.frames import keyness_against_others as keyness_against_others
from sco_research.topics.comparison.frames import labels as labels
from sco_research.topics.comparison.frames import marks_of as marks_of
from sco_research.topics.comparison.frames import phrases_of as phrases_of
from sco_research.topics.comparison.frames import returning_sentences as returning_sentences
from sco_research.topics.comparison.frames import shares_by_date as shares_by_date
from sco_research.topics.comparison.tables import commitments_table as commitments_table
from sco_research.topics.comparison.tables import documents_table as documents_table
from sco_research.topics.comparison.tables import dropped_table as dropped_table
from sco_research.topics.comparison.tables import key_figures as key_figures
from sco_research.topics.comparison.tables import keywords_table as keywords_table
from sco_research.topics.comparison.tables import phrases_table as phrases_table
from sco_research.topics.comparison.tables import reuse_table as reuse_table
from sco_research.topics.comparison.tables import sentences_table as sentences_table
from sco_research.topics.comparison.tables import shares_table as shares_table


def prose(facts: ComparisonFacts, template_file: str | Path = "") -> Prose:
    """Return the report's sentences: of the bundled template, or of one of your own.

    Parameters
    ----------
    facts : ComparisonFacts
        As from `comparison_facts`.
    template_file : str or pathlib.Path
        A ``text.md`` of your own; empty for the bundled one.
    """
    return Prose(facts, template_file or Path(__file__).with_name("text.md"))
