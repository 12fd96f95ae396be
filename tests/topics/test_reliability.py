"""What the reliability report says of agreement and scores, also where there is little to say."""

import pandas as pd

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.reliability.adjudication import confusion
from sco_research.coding.reliability.agreement import agreement
from sco_research.coding.reliability.ratings import ratings_of
from sco_research.coding.reliability.reference import Reference
from sco_research.coding.reliability.schemes import Scheme, Variable
from sco_research.coding.reliability.scoring import score
from sco_research.reports.style import figure_bytes
from sco_research.text.document import Document
from sco_research.topics.reliability import figures, prose
from sco_research.topics.reliability import tables as views

BOOK = load_codebook("themes")
SCHEME = Scheme(
    "commitments",
    (
        Variable("strict", values=("yes", "no")),
        Variable("binding", level="ordinal", values=("none", "low", "high")),
        Variable("strict_count", level="ratio"),
    ),
)
DOCUMENT = Document.from_text("One.\n\nTwo.\n\nThree <b>.\n\nFour.", id="d")
IDS = [f"d:p{number}.s1" for number in range(1, 5)]


def coder(name: str, strict: str, binding: str) -> pd.DataFrame:
    words = {"y": "yes", "n": "no", "-": "none", "l": "low", "h": "high"}
    sheet = pd.DataFrame(
        {
            "segment_id": IDS,
            "strict": [words[mark] for mark in strict],
            "binding": [words[mark] for mark in binding],
            "strict_count": [int(mark == "y") for mark in strict],
        }
    )
    return ratings_of(sheet, scheme=SCHEME, coder=name)


def reference(*coders: pd.DataFrame) -> Reference:
    decisions = pd.DataFrame(
        {"segment_id": ["d:p3.s1"], "variable": ["strict"], "category": [""], "value": ["yes"],
         "reason": ["R2"]}
    )  # fmt: skip
    return Reference(
        SCHEME, pd.concat(coders), coder("reference", "ynyn", "l-h-"), decisions, "By <people>.", ()
    )


TWO = reference(coder("anna", "ynyn", "l-h-"), coder("ben", "ynnn", "l---"))
AGREED = agreement(TWO.coders, variables=SCHEME.variables)
PROGRAM = coder("program", "yyyn", "ll--")
SCORES = score(views.without_counts(PROGRAM), TWO.settled)


def test_who_answered_how_much() -> None:
    table = views.coders_table([TWO])
    assert table["Coder"].tolist() == ["anna", "ben", "settled"]
    assert table["Sentences"].tolist() == [4, 4, 4]
    assert table["Answers"].tolist() == [12, 12, 12]


def test_the_table_of_agreement_has_a_row_a_question() -> None:
    table = views.agreement_table(AGREED, BOOK).set_index("Question")
    assert list(table.index) == [
        "Strict commitment", "Binding level", "Binding level: none", "Binding level: low",
        "Binding level: high", "Strict targets",
    ]  # fmt: skip
    assert table.loc["Strict commitment", "Agreement, %"] == 75
    assert table.loc["Binding level: low", "Interval"] in ("full agreement", "too rare")
    assert table.loc["Binding level: low", "Interval, %"] == "40 to 100"


def test_the_table_of_scores_ends_with_the_averages_and_counts_nothing_twice() -> None:
    table = views.score_table(SCORES, BOOK)
    assert table["Category"].tolist() == [
        "Strict commitment", "Binding level: high", "Binding level: low", "Binding level: none",
        "Binding level: micro average", "Binding level: macro average",
    ]  # fmt: skip
    counts = table.set_index("Category")[["Right", "Too many", "Missed"]]
    assert list(counts.loc["Strict commitment"]) == [2, 1, 0]
    assert counts.loc["Binding level: macro average"].isna().all()


def test_disagreements_are_shown_with_text_and_decision() -> None:
    table = views.decision_table(TWO, DOCUMENT, BOOK).set_index("Question")
    assert table.loc["Strict commitment", "Settled as"] == "yes"
    assert table.loc["Binding level", "Settled as"] == "open"
    assert table.loc["Strict commitment", "Text"] == "Three <b>."
    said = prose.decision_text(table.reset_index())
    assert said == "3 answers differ, in one sentence; 2 of them are still open: @tbl-decisions."


def test_errors_of_the_program_are_shown() -> None:
    table = views.error_table(PROGRAM, TWO, DOCUMENT, BOOK)
    assert ("d:p2.s1", "Strict commitment") in set(
        zip(table["Sentence"], table["Question"], strict=True)
    )
    assert prose.error_text(table).endswith("in 2 sentences: @tbl-errors.")
    assert "every question" in prose.error_text(table.head(0))


def test_who_met_whom() -> None:
    values = ("none", "low", "high")
    table = views.confusion_table(confusion(TWO.coders), variable="binding", values=values)
    assert list(table.set_index("First \\ second").loc["high"]) == [1, 0, 0]


def test_sentences_carry_the_numbers_of_the_frames() -> None:
    assert "at alpha 0.53" in prose.agreement_sentence(AGREED, variable="strict")
    assert "over 4 sentences" in prose.agreement_sentence(AGREED, variable="strict")
    assert "F1 0.80" in prose.score_sentence(SCORES, variable="strict")
    assert "micro F1" in prose.score_text(SCORES)


def test_the_abstract_names_the_figures_and_says_in_sample() -> None:
    said = prose.abstract(TWO, [AGREED], [SCORES])
    assert (
        "Over 4 sentences the coders agree, by Krippendorff's alpha, on strict commitment 0.53"
        in said
    )
    assert "by F1 and in-sample, on strict commitment 0.80" in said
    assert "nothing that could be measured" in prose.abstract(TWO, [AGREED.head(0)], [SCORES])


def test_counts_are_compared_as_numbers() -> None:
    both = pd.concat(
        [
            pd.concat([ratings, ratings.replace("strict_count", "broad_count")]).drop_duplicates()
            for ratings in (TWO.settled, PROGRAM)
        ]
    )
    counted = agreement(both, variables=SCHEME.variables)
    gold, found = (both[both["coder"] == name] for name in ("reference", "program"))
    said = prose.count_text(gold, found, counted)
    assert "On the strict reading the reference counts 2 commitments and the program 3" in said


def test_who_coded_is_said_in_the_codings_own_words() -> None:
    assert prose.made_by(TWO) == "By \\<people\\>."


def test_one_coder_and_none_have_their_sentences() -> None:
    one = agreement(coder("anna", "ynyn", "l-h-"), variables=SCHEME.variables)
    assert "undefined: one coder only" in prose.agreement_sentence(one, variable="strict")
    none = agreement(TWO.coders.head(0))
    assert "no coders' sheets" in prose.agreement_text(none, BOOK)
    assert "no coders' sheets" in prose.agreement_sentence(none, variable="strict")
    assert len(views.agreement_table(none, BOOK)) == 0


def test_figures_are_the_same_twice_also_with_nothing_to_draw() -> None:
    for table in (figures.drawn_alphas(AGREED), figures.drawn_scores(SCORES), AGREED.head(0)):
        first, second = (
            figure_bytes(figures.interval_figure(table, BOOK, label="alpha"), "svg")
            for _ in range(2)
        )
        assert first == second
    assert prose.interval_alt(AGREED.head(0), BOOK, what="Alpha") == "Alpha: none."
