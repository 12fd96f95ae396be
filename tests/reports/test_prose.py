"""Templates say what facts hold, and nothing else."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from sco_research.errors import ParameterError, SourceError
from sco_research.reports import prose
from sco_research.reports.prose import Prose


@dataclass(frozen=True, slots=True)
class Facts:
    sentences: int = 51
    title: str = "A *bold* <b>title</b> [x](javascript:1)"
    themes: tuple[str, ...] = ("drugs", "trade", "[b]")
    share: float = float("nan")
    mean: float = 593.0


def filled(tmp_path: Path, body: str) -> str:
    path = tmp_path / "text.md"
    path.write_text("{% block a %}" + body + "{% endblock %}", encoding="utf-8")
    return Prose(Facts(), path)["a"]


def test_facts_are_put_out_as_the_characters_they_are(tmp_path: Path) -> None:
    said = filled(tmp_path, "**{{ f.title }}**: {{ f.themes | listed }}, {{ f.share }}")
    assert said == (
        r"**A \*bold\* \<b\>title\</b\> \[x\](javascript:1)**: drugs, trade and \[b\], –"
    )


def test_if_and_one_loop_are_understood(tmp_path: Path) -> None:
    body = (
        "{% if f.sentences > 50 %}Long{% else %}Short{% endif %}:"
        "{% for name in f.themes %} {{ name }}{% if not loop.last %},{% endif %}{% endfor %}"
    )
    assert filled(tmp_path, body) == r"Long: drugs, trade, \[b\]"


def test_numbers_are_put_out_by_filters(tmp_path: Path) -> None:
    said = filled(
        tmp_path,
        "{{ f.sentences }} of the sentences; {{ f.sentences | count('sentence') }}; "
        "{{ f.mean | decimals(0) }} words; {{ f.sentences }} < 60 <https://example.org>",
    )
    assert said == ("51 of the sentences; 51 sentences; 593 words; 51 < 60 <https://example.org>")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{{ f.nothing }}", "no attribute 'nothing'; the facts are mean, sentences, share"),
        ("{{ f.__class__ }}", "unsafe|no attribute|not safe"),
        ("{{ f.themes | count }}", "block 'a'"),
        ("{{ f.themes | shout }}", "there is no filter 'shout'; there are capitalized"),
        ("{{ f.title is callable }}", "there is no test 'callable'"),
        ("{{ f.title.upper() }}", "take out the call"),
        ("{{ 'a' * 10000000000 }}", "take out the mul"),
        ("{{ 9 ** 9 }}", "take out the pow"),
        ("{{ f.title ~ 'x' }}", "take out the concat"),
        ("{% for i in range(9) %}{% endfor %}", "a loop goes over one field"),
        (
            "{% for i in f.themes %}{% for j in f.themes %}{% endfor %}{% endfor %}",
            "holds no other loop",
        ),
        ("{% set x = 1 %}", "take out the assign"),
        ("{% macro m() %}{% endmacro %}", "take out the macro"),
        ("{% include 'x' %}", "take out the include"),
        ("{% import 'x' as y %}", "take out the import"),
        ("{% if %}", "line 1"),
        ("It has {{ f.sentences }} sentences.", "“51 sentences” counts without the filter"),
        ("{{ f.sentences }} long\npairs", "“51 long pairs” counts without the filter"),
        ("It has {{ f.mean }} words.", "593.0 has no filter; write decimals"),
        ("One\n\n<b>bold</b>", "line 3: a template is Markdown; take out the HTML '<b>'"),
        ("<!-- aside -->", "take out the HTML"),
        ("<img src=x onerror=alert(1)", "take out the HTML"),
        ("{{ ((((" + "(" * 5000 + "1" + ")" * 5004 + " }}", "nested too deep"),
    ],
)
def test_all_else_is_refused_with_its_place(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message) as refused:
        filled(tmp_path, body)
    assert str(tmp_path / "text.md") in str(refused.value)


def test_what_a_template_cannot_be_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        Prose(Facts(), tmp_path / "none.md")
    path = tmp_path / "text.md"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SourceError, match="not UTF-8"):
        Prose(Facts(), path)
    path.write_text("{% block a %}{{ f.title }}{% endblock %}")
    with pytest.raises(ParameterError, match="no block 'b'; it has a"):
        _ = Prose(Facts(), path)["b"]
    monkeypatch.setattr(prose, "MAX_BLOCK_CHARACTERS", 5)
    with pytest.raises(ParameterError, match="fills more than 5 characters"):
        _ = Prose(Facts(), path)["a"]
    monkeypatch.setattr(prose, "MAX_TEMPLATE_BYTES", 5)
    with pytest.raises(ParameterError, match="at most 5 bytes"):
        Prose(Facts(), path)
