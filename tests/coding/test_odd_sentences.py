"""Any sentence is coded: fragments, single words, signs and letters without a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_research import (
    Document,
    code_speech_acts,
    code_stance,
    code_themes,
    explain,
    find_commitments,
    measure,
)

WORDS = st.sampled_from(
    [
        "to",
        "will",
        "we",
        "they",
        "that",
        "which",
        "by",
        "of",
        "and",
        "or",
        "not",
        "be",
        "been",
        "being",
        "y",
        "c",
        "x",
        "I",
        "the",
        "a",
        "an",
        "must",
        "shall",
        "agree",
        "decide",
        "support",
        "need",
        "is",
        "are",
        "was",
        "2013",
        "3.5",
        "%",
        "§",
        "(",
        ")",
        "[",
        "]",
        '"',
        "“",
        "”",
        "'",
        ",",
        ";",
        ":",
        "–",
        "—",
        "-",
        "/",
        "…",
        ".",
        "!",
        "?",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize(
    "text",
    [
        *("to", "1. to", "to.", "y/c c", "y", "To and to", "(", "“", "Y y y"),
        *("is to", "We are to", "We are to.", "are to not", "We are not yet to", "is to be"),
    ],
)
def test_what_failed_once_is_coded(text: str) -> None:
    document = Document.from_text(text, id="n", language="en")
    for analysis in (code_speech_acts, find_commitments, code_themes, code_stance, measure):
        analysis(document)


@pytest.mark.parametrize("subject", ["We", "They", "The Secretariat", "Attention", "1.", "–"])
@pytest.mark.parametrize(
    "group",
    ["to", "are to", "is to be", "are to not", "are set to", "have to", "will", "will not", "shall",
     "will have been", "have been", "agree to", "agreed that", "remain", "call on", "and to", "or"],
)  # fmt: skip
def test_a_verb_group_without_its_verb_is_coded(subject: str, group: str) -> None:
    for end in ("", ".", ":", " and"):
        broken = f"{subject} {group}{end}"
        document = Document.from_text(f"{broken}\n\nWe will:\n\n– {broken}", id="n")
        acts, commitments = code_speech_acts(document), find_commitments(document)
        assert broken in set(acts["text"])
        assert set(commitments["segment_id"]) <= set(acts["segment_id"])


@given(st.lists(SENTENCES, min_size=1, max_size=4).map("\n\n".join))
def test_any_row_of_grammatical_words_is_coded(text: str) -> None:
    document = Document.from_text(text, id="n", language="en")
    acts = code_speech_acts(document)
    commitments = find_commitments(document)
    assert set(commitments["segment_id"]) <= set(acts.loc[acts["broad"], "segment_id"])
    for row in acts.to_dict("records"):
        assert document.text[row["start"] : row["end"]] == row["text"]
        assert explain(document, row["segment_id"])
