"""Warm kernels for all tests of runs: what they make is the same with cold ones, and slower."""

from collections.abc import Iterator

import pytest

from sco_research.runs.kernels.forking import WarmKernels, warm_kernels


@pytest.fixture(autouse=True, scope="session")
def kernels() -> Iterator[WarmKernels]:
    """Fork the kernels of reports that tests make in this very process."""
    with warm_kernels() as found:
        yield found
