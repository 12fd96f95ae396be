"""The commitment codebook: what it may hold, and how each fault in it is told."""

from pathlib import Path

import pytest

from sco_research import CommitmentOptions, Document, code_speech_acts, load_document
from sco_research.coding.commitments.analysis import coded_sentences
from sco_research.coding.commitments.binding import load_scheme, word_list_level
from sco_research.coding.commitments.lexicon import load_lexicon
from sco_research.coding.commitments.tagging import tag
from sco_research.errors import CodebookError, OrganizationError, ParameterError
from sco_research.organizations import Issuer
from sco_research.resources import data_path

_BUNDLED = data_path("codebooks", "commitments.toml").read_text(encoding="utf-8")


def _own(folder: Path, old: str, new: str) -> Path:
    assert old in _BUNDLED
    path = folder / "own.toml"
    path.write_text(_BUNDLED.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "intent"', 'id = "undertaking"', "verbs 'undertaking': appears twice"),
        ('words = ["agree", "agree on"', 'words = ["agree", "agree"', "word 'agree' appears twice"),
        ('definition = "A verb by which', '# definition = "A verb by which', "verbs.0.definition"),
        ('level = "low"', "level = 3", "entry 'verbs.2.level'"),
        ('act = "commissive"', 'act = "promise"', "entry 'verbs.0.act'"),
        ('takes = ["to"]', 'takes = ["two"]', "entry 'verbs.0.takes.0'"),
        ('words = ["agree"', 'words = ["(a+)+b"', "entry 'verbs.0.words.0'"),
        ("[verbs_of]", "[verbs_off]", "entry 'verbs_of'"),
        ('"rely upon", "expect"', '"rely upon", "agree"', "'agree' stands in 'undertaking' too"),
        (
            'words = ["openness"',
            'words = ["support", "openness"',
            "nouns 'openness': word 'support'",
        ),
        ('words = ["focused on"', 'words = ["going", "focused on"', "one entry in [[frames]]"),
        ('words = ["share"]', "words = []", "verbs 'sharing': holds no word"),
        ('word = "vow"', 'word = "wish"', "frames of 'wish': appear twice"),
        ('word = "vow"', 'word = "agree"', "frames of 'agree': the word stands in verbs"),
        ('any = "stance" }', 'any = "stanza" }', "'stanza' is no class of verbs; name one of"),
        ('{ to = "undertaking", that = "pledge" }', '{ two = "pledge" }', "entry 'frames.4.takes"),
        ('takes = { to = "undertaking", that = "pledge" }', "", "entry 'frames.4.takes'"),
        ('kind = "adjectives"', 'kind = "adverbs"', "entry 'frames.11.kind'"),
        ("[objects]", "[objects", "no valid TOML"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(CodebookError, match=r"own\.toml") as caught:
        load_lexicon(_own(tmp_path, old, new))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value).partition(":")[0]


def test_a_missing_codebook_is_told(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be read"):
        load_lexicon(tmp_path / "none.toml")


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b'name = "\xff"')
    with pytest.raises(CodebookError, match="no UTF-8"):
        load_lexicon(path)


def test_a_codebook_of_ones_own_decides(tmp_path: Path) -> None:
    path = _own(tmp_path, '"resolve", "concur"', '"resolve", "concur", "zorble"')
    document = Document.from_text("The Parties zorble to share water.", id="t", language="en")
    assert not code_speech_acts(document)["strict"].any()
    assert code_speech_acts(document, codebook=path)["strict"].all()


def test_an_unknown_organization_is_told() -> None:
    with pytest.raises(OrganizationError, match=r"organization 'nato' is unknown; .*known are"):
        code_speech_acts(
            Document.from_text("We met.", id="t"), options=CommitmentOptions(organization="nato")
        )


def test_every_class_has_a_definition_an_example_and_a_counter_example() -> None:
    import tomllib

    content = tomllib.loads(_BUNDLED)
    for kind in ("verbs", "nouns", "adjectives"):
        for entry in content[kind]:
            assert entry["definition"], entry["id"]
            assert entry["examples"], entry["id"]
            assert entry["counter_examples"], entry["id"]


def test_no_long_entry_was_made_for_the_bundled_declaration() -> None:
    """No entry of three words or more may match the bundled text alone."""
    text = load_document("sco-2013-bishkek").text.lower()
    lexicon = load_lexicon()
    particles = [
        f"{verb} {particle}" for verb, readings in lexicon.verbs.items() for particle, _ in readings
    ]
    units = [*particles, *lexicon.nouns, *lexicon.adjectives, *lexicon.actor_words]
    long = [unit for unit in units if len(unit.split()) > 2 and unit in text]
    general = {"in favor of", "heads of state", "shanghai cooperation organization"}
    assert not [unit for unit in long if unit not in general | {"council of heads of state"}]


def test_units_and_spans_stay_true() -> None:
    text = "The heads of state and government, as well as we, shall meet."
    tagged = tag(text, load_lexicon().for_issuer(Issuer()))
    assert "heads of state and government" in tagged.words
    pieces = [text[start:end].lower() for start, end in tagged.spans()]
    assert pieces == list(tagged.words)


def test_the_issuer_s_names_are_those_of_the_members() -> None:
    text = "ASEAN Member States will build it."
    document = Document.from_text(text, id="t", language="en", organization="asean")
    assert coded_sentences(document, load_lexicon())[0].strict
    of_another = Document.from_text(text, id="t", language="en", organization="brics")
    assert not coded_sentences(of_another, load_lexicon())[0].strict


def test_another_language_is_refused() -> None:
    with pytest.raises(ParameterError, match="read English only"):
        coded_sentences(Document.from_text("我们将继续合作。", id="zh"), load_lexicon())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "no valid JSON"),
        ('{"high": [], "mid": []}', "entry 'low'"),
        ('{"high": "will", "mid": [], "low": []}', "entry 'high'"),
        ("[]", "entry 'high'"),
    ],
)
def test_faulty_word_lists_are_told(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "lists.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"lists\.json") as caught:
        load_scheme("g20rg", path)
    assert told in str(caught.value)


def test_later_lists_overwrite_earlier_ones() -> None:
    lists = {"high": ["will"], "mid": ["support"], "low": ["ask"]}
    assert word_list_level("We go.", lists) == "none"
    assert word_list_level("We will go.", lists) == "high"
    assert word_list_level("We will support it.", lists) == "mid"
    assert word_list_level("We will support the task.", lists) == "low"
