"""What the fuzz once found is read ever after, and a few fresh inputs with it."""

import sys
from pathlib import Path

import pytest

SOAK = Path(__file__).with_name("soak")
sys.path.insert(0, str(SOAK))
import fuzz  # type: ignore[import-not-found]  # noqa: E402 # an installed package may be called tests
import inputs  # type: ignore[import-not-found]  # noqa: E402 # the same

FOUND = sorted((SOAK / "found").iterdir())
SOURCES = inputs.sound_sources()


@pytest.mark.parametrize("path", FOUND, ids=[path.name for path in FOUND])
def test_what_failed_once_is_read(path: Path) -> None:
    assert inputs.faults_of(path) == []


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_sound_source_is_read_and_spoilt_ones_are_too(name: str, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(inputs.PARAGRAPHS[1], encoding="utf-8")
    path = tmp_path / name
    path.write_bytes(SOURCES[name])
    assert inputs.faults_of(path, inputs.QUICK) == []
    for number in range(3):
        path.write_bytes(inputs.spoilt(SOURCES[name], name, fuzz.random.Random(number)))
        assert inputs.faults_of(path, inputs.QUICK) == []


def test_an_input_is_made_by_its_number() -> None:
    assert fuzz.input_of(2013, 7, SOURCES) == fuzz.input_of(2013, 7, SOURCES)
    assert fuzz.input_of(2013, 7, SOURCES) != fuzz.input_of(2013, 8, SOURCES)
