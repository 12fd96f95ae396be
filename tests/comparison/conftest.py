"""The small corpus of the tests, loaded once."""

from pathlib import Path

import pytest

from sco_research.loaders import load_corpus
from sco_research.text.document import Corpus


@pytest.fixture(scope="session")
def corpus(checkout: Path) -> Corpus:
    texts = sorted((checkout / "tests" / "fixtures" / "corpus").glob("*.txt"))
    return load_corpus(texts)
