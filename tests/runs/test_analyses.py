"""One document that makes an analysis fail costs its own row, and nothing else."""

from collections.abc import Sequence

import pandas as pd
import pytest

from sco_research.metrics import measure
from sco_research.runs.corpus import analyses
from sco_research.runs.corpus.analyses import FAULTS, Settings, analyse
from sco_research.text.document import Document


def test_a_failing_document_is_one_fault_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(documents: Sequence[Document], _: Settings) -> pd.DataFrame:
        if any("boom" in document.text for document in documents):
            raise IndexError("tuple index\nout of range")
        return measure(documents)

    monkeypatch.setitem(analyses.ANALYSES, "measures", fails)
    documents = [
        Document.from_text(text, id=name)
        for name, text in (("a", "We met."), ("b", "We met.\n\nIt went boom."), ("c", "We left."))
    ]
    settings = Settings(analyses=("documents", "measures", "themes"))
    tables, faults = analyse(documents, settings)
    assert tables["documents"]["document_id"].tolist() == ["a", "b", "c"]
    assert set(tables["measures"]["document_id"]) == {"a", "c"}
    FAULTS.check(faults)
    (fault,) = faults.to_dict("records")
    assert (fault["document_id"], fault["analysis"]) == ("b", "measures")
    assert fault["reason"] == (
        "b: the analysis 'measures' failed at ¶ 2 (IndexError: tuple index out of range); leave "
        "the document out, and report the paragraph as a fault of the package"
    )
