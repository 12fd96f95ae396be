"""What the report on commitments says: its tables, its figure, its facts and its sentences."""

from pathlib import Path

from sco_research.reports.prose import Prose
from sco_research.topics.commitments.facts import CommitmentFacts, commitment_facts
from sco_research.topics.commitments.figures import through_text
from sco_research.topics.commitments.tables import (
    act_table,
    actor_table,
    broad_table,
    definition_table,
    legalization_table,
    named_table,
    section_table,
    strict_table,
    with_interval,
)

__all__ = [
    "CommitmentFacts",
    "act_table",
    "actor_table",
    "broad_table",
    "commitment_facts",
    "definition_table",
    "key_figures",
    "legalization_table",
    "named_table",
    "prose",
    "section_table",
    "strict_table",
    "through_text",
]


def prose(facts: CommitmentFacts, template_file: str | Path = "") -> Prose:
    """Return the report's sentences, in the template of the package or in one of your own."""
    return Prose(facts, template_file or Path(__file__).with_name("text.md"))


def key_figures(facts: CommitmentFacts) -> dict[str, str]:
    """Return the few numbers that stand for the report where all reports are listed."""
    corrected = with_interval(facts.strict.estimate)
    return {
        "Sentences with a strict commitment": f"{facts.strict.sentences:,} of {facts.sentences:,}",
        **({"the same, corrected for coding error": corrected} if corrected else {}),
        "Strict undertakings": f"{facts.strict.undertakings:,}",
        "of high binding level": f"{facts.strict.high:,}",
        "Sentences, broad definition": f"{facts.broad.sentences:,} of {facts.sentences:,}",
        "Undertakings, broad definition": f"{facts.broad.undertakings:,}",
    }
