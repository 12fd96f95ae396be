"""What the reliability report says, as one value: first runs, agreement, errors on this text."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook
from sco_research.coding.reliability.first_runs import FirstRuns
from sco_research.coding.reliability.reference import Reference
from sco_research.statistics import Bootstrap
from sco_research.text.document import Document
from sco_research.topics.reliability.document import (
    CoderFacts,
    KnownFacts,
    TextFacts,
    coder_facts,
    known_facts,
    text_facts,
)
from sco_research.topics.reliability.first_runs import (
    InventedFacts,
    RealFacts,
    ThemeFacts,
    invented_facts,
    real_facts,
    theme_facts,
)


@dataclass(frozen=True, slots=True)
class ReliabilityFacts:
    """All that the report says."""

    document_id: str
    title: str
    confidence: float
    resamples: int
    seed: str
    real: RealFacts | None
    invented: InventedFacts | None
    themes: ThemeFacts | None
    coders: CoderFacts | None
    text: TextFacts | None
    known: KnownFacts | None

    @property
    def differences(self) -> bool:
        """Whether the coders, or the program and the reference coding, differ in an answer."""
        coders = self.coders is not None and bool(self.coders.all_different)
        return coders or (self.text is not None and bool(self.text.different_sentences))


def reliability_facts(
    document: Document,
    runs: FirstRuns,
    references: Sequence[Reference],
    program: pd.DataFrame,
    agreed: pd.DataFrame,
    codebook: Codebook,
    *,
    bundled: bool = True,
    bootstrap: Bootstrap = Bootstrap(),
) -> ReliabilityFacts:
    """Return the facts of the reliability report.

    Parameters
    ----------
    document : Document
        The document whose report it is.
    runs : FirstRuns
        The results of first runs.
    references : sequence of Reference
        The document's reference codings; without a row where there is none.
    program : pandas.DataFrame
        The program's ratings of the document, of all schemes.
    agreed : pandas.DataFrame
        As from `agreement`, of the coders of all schemes.
    codebook : Codebook
        Whose themes were coded.
    bundled : bool
        Whether the reference coding is the package's own: then the rules were written with the
        document at hand.
    bootstrap : Bootstrap
        Of the intervals.

    Examples
    --------
    >>> from sco_research.coding.codebooks.loading import load_codebook
    >>> from sco_research.coding.reliability.agreement import agreement
    >>> from sco_research.coding.reliability.first_runs import load_first_runs
    >>> from sco_research.coding.reliability.ratings import RATINGS
    >>> facts = reliability_facts(
    ...     Document.from_text("We met.", id="note"), load_first_runs(), [], RATINGS.empty(),
    ...     agreement(RATINGS.empty()), load_codebook("themes"),
    ...     bootstrap=Bootstrap(resamples=100),
    ... )
    >>> facts.real.strict.recall.hits, facts.real.strict.recall.of, facts.text
    (225, 250, None)
    """
    confidence = bootstrap.confidence
    return ReliabilityFacts(
        document_id=document.id,
        title=document.metadata.title or document.id,
        confidence=confidence,
        resamples=bootstrap.resamples,
        seed=str(bootstrap.seed),
        real=real_facts(runs, bootstrap),
        invented=invented_facts(runs, confidence),
        themes=theme_facts(runs, codebook, confidence),
        coders=coder_facts(references, agreed, codebook, confidence),
        text=text_facts(references, program, codebook, bundled, bootstrap),
        known=known_facts(document, runs.documents, confidence),
    )
