"""What several tests need: the declaration, loaded once."""

import os
from pathlib import Path

import pytest

from sco_research.loaders import load_document
from sco_research.text.document import Document


@pytest.fixture(autouse=True, scope="session")
def _a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the user's own catalogue and fetched documents out of the tests."""
    os.environ["SCO_RESEARCH_HOME"] = str(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def declaration() -> Document:
    return load_document("sco-2013-bishkek")


@pytest.fixture(scope="session")
def checkout() -> Path:
    return Path(__file__).resolve().parent.parent
