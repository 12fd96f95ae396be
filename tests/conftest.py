"""What several tests need: the declaration, loaded once; and how Hypothesis looks for examples."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from sco_research.loaders import load_document
from sco_research.runs.machine import skip_slow_imports
from sco_research.text.document import Document

# How long an example takes, or how long it takes to be found, says how busy the machine is.
settings.register_profile("any-load", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-load")

# As in a worker of ours: importing papermill is to read no grammar of web addresses.
skip_slow_imports()


def pytest_collection_finish() -> None:
    """Keep the garbage collector off the modules and the tests: they stay to the end."""
    gc.collect()
    gc.freeze()


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
