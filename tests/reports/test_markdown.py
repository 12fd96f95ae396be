"""Text of a document is data: pandoc prints it as the characters it is."""

import subprocess

import pandas as pd
import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.reports.markdown import escape, pipe_table

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](http://y) ![i](j)",
    "$a$ and \\frac{1}{2}",
    "| a | b |",
    "@key [@key] and [^1]",
    "*a* _b_ **c** `d` ~~e~~ ^f^",
    "# heading",
    "- item",
    "1. item",
    "(a) item",
    "(@) example",
    "> quotation",
    ": definition",
    "% title",
    "::: {.div}",
    "---",
    "===",
    "&amp; &#60;",
    "https://example.org/a_b_c",
    "\\textbf{x} \\",
    "{.class #id}",
    "``` {=html}",
    "Table: caption",
    "\"curly\" -- dashes ... 'quotes'",
    "Ünïcödé 中文 – ‘’ 😀",
    "iv) item",
    "+ item",
]


def printed(markdown: str) -> str:
    """Return what pandoc prints for a paragraph of Markdown."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=markdown-smart", "--to=plain", "--wrap=none"],
        input=markdown,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip("\n")


def test_hostile_text_is_printed_as_it_is() -> None:
    # One process for all of them: each is a paragraph of its own.
    paragraphs = printed("\n\n".join(escape(text) for text in HOSTILE)).split("\n\n")
    assert paragraphs == HOSTILE


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text(alphabet="ab1 .()#*_[]<>|~^$@&`\\{}!:;-+='\"/%", min_size=1, max_size=25),
        min_size=1,
        max_size=8,
    )
)
def test_any_text_is_printed_as_it_is(texts: list[str]) -> None:
    expected = [" ".join(text.split()) for text in texts if text.strip()]
    found = printed("\n\n".join(f"x {escape(text)}" for text in expected))
    assert found.split("\n\n") == ([f"x {text}" for text in expected] or [""])


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab1 .)(#*[]|:-+=%>!", min_size=1, max_size=12).filter(str.strip))
def test_any_text_may_open_a_paragraph(text: str) -> None:
    assert printed(escape(text)) == " ".join(text.split())


def test_a_table_keeps_its_cells() -> None:
    frame = pd.DataFrame({"a|b": ["x|y", "<b>"], "n": [1, 2], "v": [0.5, float("nan")]})
    found = printed(pipe_table(frame, decimals={}))
    lines = [line.split() for line in found.splitlines() if line.strip(" -")]
    assert lines == [["a|b", "n", "v"], ["x|y", "1", "0.50"], ["<b>", "2", "–"]]


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([1.0, 2.0, float("nan")], ["1", "2", "–"]),
        ([1.5, 2.0], ["1.50", "2.00"]),
        ([1013, 12345, 999], ["1,013", "12,345", "999"]),
        ([True, False], ["yes", "no"]),
        (["note:p1.s2", "b"], ["[¶ 1, sentence 2](#p1.s2)", "b"]),
    ],
)
def test_numbers_are_readable(values: list[object], shown: list[str]) -> None:
    rows = pipe_table(pd.DataFrame({"v": values}), decimals={}).splitlines()[2:]
    assert [row.strip("| ") for row in rows] == shown
