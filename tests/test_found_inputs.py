"""What the fuzz once found is read ever after, and a few fresh inputs with it."""

import random
from pathlib import Path

import pytest

from tests.soak import fuzz, inputs

FOUND = sorted((Path(__file__).with_name("soak") / "found").iterdir())
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
        path.write_bytes(inputs.spoilt(SOURCES[name], name, random.Random(number)))
        assert inputs.faults_of(path, inputs.QUICK) == []


def test_an_input_is_made_by_its_number() -> None:
    assert fuzz.input_of(2013, 7, SOURCES) == fuzz.input_of(2013, 7, SOURCES)
    assert fuzz.input_of(2013, 7, SOURCES) != fuzz.input_of(2013, 8, SOURCES)
