"""What several tests need: the declaration, loaded once."""

from pathlib import Path

import pytest

from sco_research.loaders import load_document
from sco_research.text.document import Document


@pytest.fixture(scope="session")
def declaration() -> Document:
    return load_document("sco-2013-bishkek")


@pytest.fixture(scope="session")
def checkout() -> Path:
    return Path(__file__).resolve().parent.parent
