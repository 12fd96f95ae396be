"""Reservations: found in footnotes and sentences, told by `explain`, and not found elsewhere."""

from pathlib import Path

import pytest

from sco_research import Document, explain, load_document
from sco_research.coding.commitments.lexicon import load_lexicon
from sco_research.coding.commitments.reservations import reservations_of

_FOOTED = """---
title: Zenda Declaration
---

1. We will lower the tolls.

2. <sup>1 </sup>We will widen the canal.

3. We thank the hosts.

—–
<sup>1 </sup>Noting that one member has divergent views on tolls
in paragraphs 1 and 3, and stressed the value of ports.
<sup>2 </sup>The register is kept in Zenda.
"""


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One member state dissociates itself from paragraphs 4 to 6 and 9.", ("4", "5", "6", "9")),
        ("Some members have reservations on paragraph 12.", ("12",)),
        ("Two delegations did not join consensus on paragraph 3.", ("3",)),
        ("France disassociates itself from this declaration.", ()),
        ("The government of one state did not associate itself with this text.", ()),
    ],
)
def test_a_reservation_says_whose_and_on_what(text: str, paragraphs: tuple[str, ...]) -> None:
    (one,) = reservations_of(Document.from_text(text, id="n", language="en"), load_lexicon())
    assert (one.text, one.paragraphs, one.source) == (text, paragraphs, "n:p1.s1")


@pytest.mark.parametrize(
    "text",
    [
        "We have no reservations on this text.",
        "Some members have no objection to paragraph 3.",
        "France did not join the fund in 2011.",
        "We urge some states to withdraw their reservations.",
        "We note the divergent views on the text.",
        "One member state hosts the fair, as paragraph 4 of the declaration says.",
    ],
)
def test_what_is_no_reservation_is_not_found(text: str) -> None:
    document = Document.from_text(text, id="n", language="en")
    assert reservations_of(document, load_lexicon()) == ()


def test_this_paragraph_is_named_by_its_printed_number() -> None:
    text = "6. We will lower the tolls. One member state has reservations on this paragraph."
    document = Document.from_text(f"{text}\n\n7. We will meet.", id="n", language="en")
    (one,) = reservations_of(document, load_lexicon())
    assert one.paragraphs == ("6",)
    told = explain(document, "n:p1.s1").splitlines()
    assert told[-1] == (
        "- A reservation is recorded on its paragraph (¶ 1, sentence 2): "
        '"One member state has reservations on this paragraph."'
    )
    assert "reservation" not in explain(document, "n:p2.s1")


def test_a_footnote_is_read_whole_and_told_of_the_paragraphs_that_it_names(tmp_path: Path) -> None:
    path = tmp_path / "zenda.md"
    path.write_text(_FOOTED, encoding="utf-8")
    document = load_document(path, language="en")
    (one,) = reservations_of(document, load_lexicon())
    assert one.text == (
        "Noting that one member has divergent views on tolls in paragraphs 1 and 3, and stressed "
        "the value of ports."
    )
    assert (one.paragraphs, one.source) == (("1", "3"), "footnote")
    assert "(footnote)" in explain(document, "zenda:p1.s1")
    assert "reservation" not in explain(document, "zenda:p2.s1")
    # It undertakes nothing, so that nothing is reserved.
    assert "reservation" not in explain(document, "zenda:p3.s1")
