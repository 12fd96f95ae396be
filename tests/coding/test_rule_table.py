"""The rule table: every row decides its example, a row can be added, each fault is told."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sco_research import CommitmentOptions, Document, code_speech_acts, explain
from sco_research.coding.commitments.analysis import check_examples, deciding_rows, rules_for
from sco_research.coding.commitments.answers import ACTS, LEVELS, WORDS
from sco_research.coding.commitments.conditions import Case
from sco_research.coding.commitments.lexicon import Lexicon, load_lexicon
from sco_research.coding.commitments.options import DEFAULT
from sco_research.coding.commitments.rereading import READINGS
from sco_research.coding.commitments.rules import RuleRow, RuleTable, conditions_of
from sco_research.errors import CodebookError
from sco_research.organizations import Issuer
from sco_research.resources import data_path

_BUNDLED = data_path("codebooks", "commitment-rules.toml").read_text(encoding="utf-8")
_README = data_path("codebooks", "README.md").read_text(encoding="utf-8")


def _speaking() -> Lexicon:
    lexicon = load_lexicon()
    return lexicon.for_issuer(Issuer())


def _table() -> tuple[RuleTable, Lexicon]:
    lexicon = _speaking()
    return rules_for(lexicon), lexicon


def _own(folder: Path, old: str, new: str) -> CommitmentOptions:
    assert old in _BUNDLED
    path = folder / "own.toml"
    path.write_text(_BUNDLED.replace(old, new, 1), encoding="utf-8")
    return CommitmentOptions(rules=path)


def _one(text: str, options: CommitmentOptions = DEFAULT) -> tuple[str, bool, bool]:
    row = code_speech_acts(Document.from_text(text, id="t", language="en"), options=options).iloc[0]
    return row["speech_act"], bool(row["strict"]), bool(row["broad"])


def test_every_row_decides_its_example_and_not_its_counter_example() -> None:
    table, lexicon = _table()
    check_examples(table, lexicon)
    assert len(table.content.rows) > 100


def test_every_row_has_an_example_but_those_of_options() -> None:
    table, _ = _table()
    bare = {row.id for row in table.content.rows if not row.example}
    assert all("option" in str(row.when | row.unless) for row in map(table.by_id.get, bare) if row)
    assert not {row.id for row in table.content.rows if row.id in bare and not row.counter_example}


def test_examples_are_sentences_of_their_own() -> None:
    declaration = data_path("declarations", "sco-2013-bishkek.txt").read_text(encoding="utf-8")
    for row in _table()[0].content.rows:
        for text in (row.example, row.counter_example):
            words = re.findall(r"\w+", text)
            pieces = [" ".join(words[at : at + 7]) for at in range(len(words) - 6)]
            assert not [piece for piece in pieces if piece in declaration], row.id


def _row_of_the_readme() -> str:
    found = re.search(r"   ```toml\n(.*?)   ```", _README, re.DOTALL)
    assert found is not None
    return re.sub(r"^   ", "", found[1], flags=re.MULTILINE)


def test_the_row_that_the_readme_teaches_can_be_added(tmp_path: Path) -> None:
    before = '[[rule]]\nid = "that.belief"'
    options = _own(tmp_path, before, f"{_row_of_the_readme()}\n{before}")
    text = "It is presumed that the members will open a school."
    assert _one(text)[0] != "expressive"
    assert _one(text, options) == ("expressive", False, False)
    kept = "We affirm that the members will open a school."
    assert _one(kept, options) == _one(kept)


def test_a_row_in_vain_is_told_where_another_decides_before_it(tmp_path: Path) -> None:
    last = '[[object]]\nid = "object.none"'
    row = _row_of_the_readme()
    options = _own(tmp_path, last, f"{row}\n{last}")
    with pytest.raises(
        CodebookError, match=r"own\.toml, row 'that\.presumed': its example"
    ) as caught:
        _one("We met.", options)
    assert "that.belief" in str(caught.value) or "that.said-by-others" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "that.reported"', 'id = "that.belief"', "two rows have this id"),
        ('mood = "will", role = "subset"', 'mod = "will", role = "subset"', "nothing is called 'm"),
        ('verb_in = "likeness"', 'verb_in = "x"', "no such set or class of words"),
        ("own_work = false }", 'own_work = "no" }', "give true or false"),
        ('role = "there"', "role = true", "give a word or a list"),
        ('role = "there"', "role = []", "give a word or a list"),
        ('role = "there"', 'role = "thare"', "role is never 'thare'; give one of 'implied'"),
        ('voice = "copula"', 'voice = "middle"', "voice is never 'middle'"),
        ('verb_class = "sharing"', 'verb_class = "shearing"', "verb_class is never 'shearing'"),
        ('noun_reading = "openness"', 'noun_reading = "open"', "noun_reading is never 'open'"),
        ('tense = "perfect"', 'tense = "future"', "tense is never 'future'"),
        ('place = "lead-in"', 'place = "lead"', "row 'text.lead-in': place is never 'lead'"),
        ('verb = "hold"', 'verb = "(h+o*)+ld"', "is no word; a row holds no patterns"),
        ('verb = "hold"', 'verb = ["hold", ".*"]', "verb = '.*' is no word"),
        ('id = "will.held"', "", "id: Field required"),
        ('id = "will.held"', 'id = "will held"', "id: String should match"),
        ('why = "R2: announces an event"', "why = 2", "row 'will.event': why"),
        ('why = "R2: announces an event"', "", "row 'will.event': why: Field required"),
        ("when = { modal = ", "when = { tense = 1, modal = ", "when"),
        ('read_as = "the present"', 'read_as = "the past"', "read_as: Input should be"),
        ('verdict = "broad"', 'verdict = "perhaps"', "'strict', 'broad' or 'out'"),
        ('act = "of saying"', 'act = "of saint"', "row 'others.say'"),
        ('word_class = "of noun"', 'word_class = "of nouns"', "no word_class 'of nouns'"),
        ('cites = "R1"', 'cite = "R1"', "cite"),
        ('example = "We can open a school."', 'example = "We met."', "row 'can': its example"),
        ('counter_example = "We will open a school."', 'counter_example = "We can go."', "counter"),
        ("[[object]]", "[[objects]]", "object"),
        ("[[rule]]", "[[rule]", "no valid TOML"),
    ],
)
def test_a_fault_is_told_in_one_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(CodebookError, match=r"own\.toml") as caught:
        _one("We met.", _own(tmp_path, old, new))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_table_and_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    with pytest.raises(CodebookError, match="cannot be read"):
        _one("We met.", CommitmentOptions(rules=path))
    path.write_bytes(b'name = "\xff"')
    with pytest.raises(CodebookError, match="no UTF-8"):
        _one("We met.", CommitmentOptions(rules=path))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "entry 'rule': Field required"),
        ("rule = []\nobject = []", "entry 'rule': List should have at least 1 item"),
        ("rule = 3", "entry 'rule': Input should be a valid list"),
        ("[rule]\nid = 'mine'", "entry 'rule': Input should be a valid list"),
        ("<html>", "no valid TOML"),
        ('{"rule": []}', "no valid TOML"),
    ],
)
def test_what_is_no_rule_table_is_told(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"own\.toml") as caught:
        _one("We met.", CommitmentOptions(rules=path))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_is_no_rule_table(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be read"):
        _one("We met.", CommitmentOptions(rules=tmp_path))


def test_the_order_of_rows_decides(tmp_path: Path) -> None:
    """The same condition before another row takes its verbs."""
    row = (
        '[[rule]]\nid = "mine"\nwhen = { verb = "sail", role = ["members"] }\nverdict = "broad"\n'
        'act = "expressive"\nlevel = "low"\nwhy = "R5: ours"\ncites = "mine"\n'
        'example = "We sail the seas."\ncounter_example = "We note the seas."\n\n'
    )
    before = '[[rule]]\nid = "members.no-class"'
    counter = '"We sail the seas."\ncounter_example = "We agree to sail the seas."'
    path = _own(tmp_path, before, row + before).rules
    assert isinstance(path, Path)
    path.write_text(path.read_text().replace(counter, counter.replace("sail the", "row the", 1)))
    assert _one("We sail the seas.", CommitmentOptions(rules=path)) == ("expressive", False, True)
    assert _one("We sail the seas.") == ("assertive", False, False)


def test_explain_prints_the_rows_their_citation_and_the_next_that_held() -> None:
    document = Document.from_text("We note that the Secretariat will draft a plan.", id="n")
    said = explain(document, "n:p1.s1")
    assert "Row members.state (R2, R5)" in said
    assert "Row that.belief (R2); else will.organ-noted: assertive, out." in said
    past = explain(Document.from_text("They agreed to open a school.", id="n"), "n:p1.s1")
    assert "Rows reread.past-of-this-meeting, members.undertake (R2); else members.state" in past
    fragment = explain(Document.from_text("To widen the exchange of seeds.", id="n"), "n:p1.s1")
    assert "Row text.fragment (lists)." in fragment


# Asked by other conditions, or by the rows of objects.
_USED_BY_OTHERS = {"first_person", "opens_the_text", "subject_first", "subject_role", "option"}


def _used(table: RuleTable, field: str) -> Iterator[str]:
    for row in table.content.rows:
        if isinstance(row, RuleRow):
            yield getattr(row, field)


def test_what_the_code_offers_is_used_by_some_row() -> None:
    table, _ = _table()
    assert set(ACTS) <= set(_used(table, "act"))
    assert set(LEVELS) <= set(_used(table, "level"))
    assert set(WORDS) <= set(_used(table, "words"))
    assert set(READINGS) == {row.read_as for row in table.content.reread}
    asked = {
        name.removesuffix("_in")
        for row in table.content.rows
        for name in (*row.when, *row.unless, *getattr(row, "only_if", {}))
    }
    idle = set(conditions_of(Case)) - asked - _USED_BY_OTHERS
    assert not idle


def test_the_verdict_names_rows_of_rereading_rule_and_object() -> None:
    _, lexicon = _table()
    rows = deciding_rows(
        "They supported the drafting of a joint plan.", rules_for(lexicon), lexicon
    )
    assert rows == {"reread.past-of-this-meeting", "members.support", "object.own"}
