"""Codebooks: the bundled ones, and every fault with its file, category, pattern and mend."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from sco_research.coding.codebooks import loading
from sco_research.coding.codebooks.loading import (
    IssuerNames,
    codebook_names,
    for_issuer,
    load_codebook,
)
from sco_research.coding.codebooks.matching import CategoryPatterns, Matcher
from sco_research.coding.codebooks.patterns import Phrase
from sco_research.coding.pattern_hits import pattern_hits
from sco_research.coding.themes import code_themes
from sco_research.errors import CodebookError
from sco_research.text.document import Document

GOOD = """
name = "own"
version = "2"

[[category]]
id = "security"
label = "Security"
definition = "Being safe."
include = ["safe*"]

[[category]]
id = "security.drugs"
label = "Drugs"
definition = "Illicit drugs."
include = ["narco*", "drug trade"]
exclude = ["narcolepsy"]
examples = ["The drug trade grows."]
counter_examples = ["Narcolepsy is an illness."]
cap = [12]
attributes = { strength = 2 }
"""

# Of the first edition: what was coded by them keeps its sense.
THEMES = [
    "organization",
    "world_order",
    "sovereignty",
    "united_nations",
    "security",
    "security.terrorism",
    "security.crime",
    "security.drugs",
    "security.migration",
    "security.information",
    "security.nonproliferation",
    "security.missile_defence",
    "security.military",
    "regions.afghanistan",
    "regions.middle_east",
    "regions.iran",
    "regions.korea",
    "regions.other",
    "economy",
    "transport",
    "energy",
    "agriculture",
    "digital",
    "development",
    "culture",
    "history",
    "health",
    "emergencies",
    "environment",
    "partners",
]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_the_themes_are_the_protocol_s(checkout: Path) -> None:
    themes = load_codebook("themes")
    protocol = (checkout / "data/reference/themes-protocol.md").read_text(encoding="utf-8")
    headings = re.findall(r"(?m)^### `(.*?)`", protocol)
    assert [category.id for category in themes] == headings
    assert [name for name in headings if name in THEMES] == THEMES
    for category in themes:
        section = protocol.partition(f"### `{category.id}`")[2].partition("\n### ")[0]
        assert category.definition in section, category.id
        assert category.examples, category.id
        assert category.counter_examples, category.id


def test_each_bundled_codebook_loads_and_says_who_it_is() -> None:
    assert {"themes", "actors"} <= set(codebook_names())
    for name in ("themes", "actors"):
        codebook = load_codebook(name)
        assert codebook.name == name
        assert codebook.version
        assert codebook.sha256[:12] in codebook.citation


def test_a_users_codebook_is_read_by_path(own: Path) -> None:
    codebook = load_codebook(own)
    assert load_codebook(str(own)) is codebook
    assert load_codebook(codebook) is codebook
    assert codebook.edition == "own 2"
    assert codebook["security.drugs"].parent == "security"
    assert codebook["security.drugs"].attributes["strength"] == 2
    assert codebook["security"].parent == ""


def test_an_edited_codebook_is_read_anew(own: Path) -> None:
    before = load_codebook(own)
    own.write_text(GOOD.replace('"safe*"', '"safety"'), encoding="utf-8")
    after = load_codebook(own)
    assert after.sha256 != before.sha256
    assert after["security"].include == ("safety",)


def test_a_byte_order_mark_is_no_fault(own: Path) -> None:
    own.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert len(load_codebook(own)) == 2


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('label = "Drugs"\n', "", ["category 'security.drugs'", "'label'", "missing; add it"]),
        ('id = "security"\n', "", ["category no. 1", "'id'", "add it"]),
        ('"narco*"', '""', ["'security.drugs'", "pattern ''", "is empty"]),
        ('"narco*"', '"*"', ["pattern '*'", "bare '*'"]),
        ('"narco*"', '"??"', ["pattern '??'", "almost any word"]),
        ('"narco*"', '"* trade"', ["pattern '* trade'", "bare '*'"]),
        ('"narco*"', '"(a+)+b"', ["pattern '(a+)+b'", "regular expressions"]),
        ('"narco*"', '"a*a*a*a*a"', ["more than 3 '*'", "use fewer"]),
        ('"narco*"', '"a NEAR/99 b"', ["NEAR/99", "1 to 30"]),
        ('"narco*"', '"a NEAR/5"', ["one side of NEAR"]),
        ('"narco*"', '"a NEAR b"', ["NEAR/5"]),
        ('"narco*"', '"<settling> it"', ["<settling>", "write <settle>"]),
        ('"narco*"', '"drug trade"', ["pattern 'drug trade' appears twice; delete one"]),
        ('"narcolepsy"', '"narco*"', ["pattern 'narco*' appears twice"]),
        ('"narcolepsy"', '"Drug  Trade"', ["pattern 'Drug  Trade' appears twice"]),
        ('["narco*", "drug trade"]', "[]", ["'include'", "is empty"]),
        ('["narco*", "drug trade"]', '"narco*"', ["'include'", "square brackets"]),
        ("cap = [12]", 'cap = ["12"]', ["'cap'", "whole number"]),
        ("cap = [12]", 'parent = "security"', ["'parent'", "not a field"]),
        ("security.drugs", "security", ["category 'security': stands 2 times"]),
        ("security.drugs", "Security Drugs", ["category 'Security Drugs'", "choose another id"]),
        ('"The drug trade grows."', '"Nothing."', ["example 'Nothing.' is not hit"]),
        ('"narcolepsy"', '"else"', ["counter-example", "pattern 'narco*'", "narrow"]),
        ("[[category]]", "[[kategory]]", ["'kategory'", "did you mean 'category'?"]),
        ('name = "own"', "name = own", ["no valid TOML", "line 2"]),
    ],
)
def test_a_fault_is_told_with_its_place_and_mend(
    own: Path, old: str, new: str, says: list[str]
) -> None:
    assert old in GOOD
    own.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(own)
    message = str(caught.value)
    assert message.startswith("own.toml")
    assert "\n" not in message
    for words in says:
        assert words in message


@pytest.mark.parametrize("name", ["nothing", "", "themes.toml", "no/such.toml", "dictionary.yml"])
def test_an_unknown_codebook_is_one_line(name: str) -> None:
    with pytest.raises(CodebookError, match="give the path"):
        load_codebook(name)


def test_a_folder_and_foreign_bytes_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="is a folder"):
        load_codebook(tmp_path)
    (tmp_path / "odd.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(CodebookError, match="save the file as UTF-8"):
        load_codebook(tmp_path / "odd.toml")


def yaml(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "dictionary.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_quanteda_dictionary_is_read(tmp_path: Path) -> None:
    path = yaml(
        tmp_path,
        "Security:\n  Drug trade:\n    - narco*\n    - drug_trade\n  Terror: [terroris*, 1373]\n"
        "Economy: tax*\n",
    )
    codebook = load_codebook(path)
    assert codebook.name == "dictionary"
    assert [category.id for category in codebook] == [
        "security.drug_trade",
        "security.terror",
        "economy",
    ]
    text = "Taxes on the drug trade, resolution 1373"
    assert [match.category for match in codebook.matches(text)] == [
        "economy",
        "security.drug_trade",
        "security.terror",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no categories"),
        ("- a\n- b", "holds no categories"),
        ("a: [b", "no valid YAML"),
        ("a: [x]\na: [y]", "the key 'a' appears twice"),
        ("[a]: [x]\n? [b]\n: [y]", "no valid YAML"),
        ("a: []", "has no words"),
        ("a:", "is no word"),
        ("a: [true]", "is no word"),
        ("a: [[b]]", "is no word"),
        ("a: &loop\n  b: *loop", "inside itself"),
        ("a b: [x]\na_b: [y]", "appears twice"),
        ("'!': [x]", "has no letter"),
        ("a: ['(b']", "pattern '(b'"),
    ],
)
def test_a_faulty_dictionary_is_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CodebookError) as caught:
        load_codebook(yaml(tmp_path, text))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_nest_of_aliases_is_bounded(tmp_path: Path) -> None:
    lines = ["a: &a0 [x0, y0]"]
    lines += [
        f"b{depth}: &a{depth} {{" + ", ".join(f"k{n}: *a{depth - 1}" for n in range(30)) + "}"
        for depth in range(1, 7)
    ]
    with pytest.raises(CodebookError, match="more than"):
        load_codebook(yaml(tmp_path, "\n".join(lines)))


def test_a_dictionary_of_fifty_thousand_entries(tmp_path: Path) -> None:
    words = "\n".join(f"  - word{number}*" for number in range(50_000))
    codebook = load_codebook(yaml(tmp_path, f"big:\n{words}\n"))
    assert [match.pattern for match in codebook.matches("a word49999s here")] == [
        "word4*"  # longest match is by words; of equals the first listed stands
    ]


RELATIVE = """
name = "own"
[example_issuer]
issuer = ["league"]

[[category]]
id = "issuer"
label = "Issuer"
definition = "The issuer."
relative = true
include = ["role of {issuer}"]
examples = ["The role of the League grows."]

[[category]]
id = "peace"
label = "Peace"
definition = "Peace."
include = ["peace"]
of_issuer = { lake-league = ["lake spirit"] }
"""


def test_names_of_the_issuer_fill_the_braces(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(RELATIVE, encoding="utf-8")
    codebook = load_codebook(path)

    def categories(text: str, issuer: IssuerNames | None) -> list[str]:
        return [match.category for match in for_issuer(codebook, issuer).matches(text)]

    text = "The role of the Lake League and the Lake Spirit bring peace."
    lake = IssuerNames(("lake-league",), issuer=("lake league", "LL"))
    assert categories(text, lake) == ["issuer", "peace", "peace"]
    assert categories("The role of LL grows, ll not.", lake) == ["issuer"]
    assert categories(text, IssuerNames(("other",), issuer=("OT",))) == ["peace"]
    assert categories(text, None) == ["peace"]
    assert for_issuer(codebook, lake) is for_issuer(codebook, lake), "compiled once"


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        (
            "role of {isuer}",
            "the names of an issuer are {issuer}, {organs}, {bodies}, {outsiders}, {members}",
        ),
        ("a|{issuer} role", "write one pattern for each"),
    ],
)
def test_a_wrong_brace_is_told(tmp_path: Path, pattern: str, fault: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(RELATIVE.replace("role of {issuer}", pattern), encoding="utf-8")
    with pytest.raises(CodebookError, match=re.escape(fault)):
        load_codebook(path)


LISTED = GOOD.replace(
    'version = "2"', 'version = "2"\n[lists]\nsubstance = ["opium", "heroin", "<drug>"]'
).replace('"drug trade"', '"@substance|crack trade", "trade in @substance"')


def test_patterns_share_lists_of_words(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(LISTED, encoding="utf-8")
    book = load_codebook(path)
    assert book.lists == {"substance": ("opium", "heroin", "<drug>")}
    text = "The drug trade, the heroin trade, the crack trade and trade in drugs; no tea trade."
    found = book.matches(text)
    assert [text[match.start : match.end] for match in found] == [
        "drug trade", "heroin trade", "crack trade", "trade in drugs",
    ]  # fmt: skip
    # A pattern is called as the codebook has it, not by all its words.
    assert {match.pattern for match in found} == {"@substance|crack trade", "trade in @substance"}
    written_out = path.with_name("whole.toml")
    whole = LISTED.replace("@substance", "opium|heroin|<drug>")
    written_out.write_text(whole, encoding="utf-8")
    assert [match.start for match in load_codebook(written_out).matches(text)] == [
        match.start for match in found
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("in @substance", "in @substances", ["'@substances'", "did you mean '@substance'?"]),
        ("in @substance", "in @tea", ["pattern 'trade in @tea'", "add it under [lists]"]),
        ("in @substance", "in opium|heroin|<drug>|@substance", []),
        ('"heroin"', '"red tea"', ["list 'substance', word 2", "one word of a pattern"]),
        ('"heroin"', '"a|b"', ["list 'substance', word 2", "one word of a pattern"]),
        ('"heroin"', "7", ["list 'substance', word 2", "text in quotation marks"]),
        ('"heroin"', '"(tea"', ["holds '(tea'", "regular expressions"]),
        ('["opium", "heroin", "<drug>"]', "[]", ["list 'substance'", "is empty"]),
        ('["opium", "heroin", "<drug>"]', '"opium"', ["list 'substance'", "square brackets"]),
    ],
)
def test_a_fault_in_a_list_is_told(tmp_path: Path, old: str, new: str, says: list[str]) -> None:
    assert old in LISTED
    path = tmp_path / "own.toml"
    path.write_text(LISTED.replace(old, new), encoding="utf-8")
    if not says:
        assert load_codebook(path).matches("Trade in opium.")
        return
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert str(caught.value).startswith("own.toml")
    for words in says:
        assert words in str(caught.value)


def test_a_fault_in_another_issuer_s_patterns_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(RELATIVE.replace("lake spirit", "NEAR/99"), encoding="utf-8")
    with pytest.raises(CodebookError, match="'peace'"):
        load_codebook(path)


TEN_FAULTS = """
nmae = "mine"
version = 1

[[category]]
id = "Water"
label = "Water"
definition = "."
include = ["river*", "river*", "a NEAR/99 b", "**"]

[[category]]
id = "trade"
definition = "."
include = []

[[category]]
id = "health"
label = "Health"
definition = "."
include = ["health"]
examples = ["They open schools."]
counter_examples = ["The Health Day is near."]
colour = "red"

[[category]]
id = "drugs"
label = "Drugs"
definition = "."
include = ["drug*"]
examples = ["They open clinics."]
"""


def test_all_faults_of_a_codebook_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TEN_FAULTS, encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    faults = caught.value.faults
    expected = (
        "field 'nmae' is not a field of a codebook; did you mean 'name'?",
        "field 'version' must be text",
        "'Water': an id is small letters",
        "'Water': pattern 'river*' appears twice",
        "'Water': pattern 'a NEAR/99 b'",
        "'Water': pattern '**'",
        "'trade': field 'label' is missing",
        "'trade': field 'include' is empty",
        "'health': field 'colour' is not a field",
        "'drugs': example 'They open clinics.' is not hit",
    )
    for words in expected:
        assert sum(words in fault for fault in faults) == 1, (words, faults)
    assert len(faults) == len(expected)
    assert str(caught.value).splitlines()[0] == "mine.toml: 10 faults"
    assert all(fault.startswith("mine.toml") for fault in faults)


def test_a_bad_pattern_makes_no_example_look_wrong(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = (
        '[[category]]\nid = "a"\nlabel = "A"\ndefinition = "."\ninclude = ["**"]\n'
        'examples = ["They trade."]\n'
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert len(caught.value.faults) == 1


def test_each_pattern_is_shown_with_what_it_hits() -> None:
    note = Document.from_text("They fight drugs. The drug trade and drugs.", id="note")
    codings = code_themes(note)
    found = pattern_hits(note, codebook="themes")
    assert found["hits"].sum() == len(codings)
    drugs = found[(found["category"] == "security.drugs") & (found["hits"] > 0)]
    matches = [match for row in drugs["matches"] for match in row]
    assert sorted(matches) == ["drug", "drugs", "drugs"]
    assert {anchor for row in drugs["segments"] for anchor in row} == {"note:p1.s1", "note:p1.s2"}
    assert (found["hits"] == 0).any()


def test_patterns_are_compiled_once_for_whom_they_are_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Matcher] = []

    def counted(
        rules: Iterable[CategoryPatterns], *, language: str, names: Mapping[str, list[Phrase]]
    ) -> Matcher:
        made.append(Matcher(rules, language=language, names=names))
        return made[-1]

    monkeypatch.setattr(loading, "Matcher", counted)
    loading._loaded.cache_clear()
    loading.for_issuer.cache_clear()
    try:
        book = load_codebook("themes")
        assert len(made) == 1, "with the names that its examples need"
        of_issuer = loading.for_issuer(book, IssuerNames(("ots",), issuer=("OTS",)))
        for _ in range(2):
            assert of_issuer.matches("The role of the OTS grows.")
        assert len(made) == 2
        for _ in range(2):
            assert book.matches("Drugs kill.")
        assert len(made) == 3
    finally:
        loading._loaded.cache_clear()
        loading.for_issuer.cache_clear()
