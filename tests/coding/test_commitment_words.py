"""Words are data: a word added to a class of the codebook behaves as its neighbours do."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sco_research import CommitmentOptions, Document, code_speech_acts, find_commitments
from sco_research.coding.commitments import lexicon as lexicons
from sco_research.coding.commitments.conditions import Case
from sco_research.coding.commitments.inflection import gerund, past_forms, third_person
from sco_research.coding.commitments.lexicon import CLOSED_CLASSES, load_lexicon
from sco_research.coding.commitments.names import instrument_spans
from sco_research.coding.commitments.rules import conditions_of
from sco_research.coding.commitments.sentence import Role
from sco_research.coding.commitments.tagging import tag
from sco_research.errors import CodebookError
from sco_research.resources import data_path

_BUNDLED = data_path("codebooks", "commitments.toml").read_text(encoding="utf-8")
_CONTENT = tomllib.loads(_BUNDLED)
_ROOM = Path(lexicons.__file__).parent
_MADE_UP = "zorble"


def _with(folder: Path, section: str, name: str) -> Path:
    """Return a codebook of one's own with the made-up word in one class."""
    head = f'[[{section}]]\nid = "{name}"\n' if section in _KINDS else f"[{section}]\n"
    entry = "words" if section in _KINDS else name
    at = _BUNDLED.index(head)
    at = _BUNDLED.index(f"\n{entry} = [", at) + len(f"\n{entry} = [")
    path = folder / "own.toml"
    path.write_text(f'{_BUNDLED[:at]}"{_MADE_UP}", {_BUNDLED[at:]}', encoding="utf-8")
    return path


_KINDS = ("verbs", "nouns", "adjectives")


def _replaced(entry: dict[str, list[str]], kind: str) -> Iterator[tuple[str, str]]:
    """Yield each example that holds a word of its class, and the same with the made-up one."""
    inflection = load_lexicon().inflection
    made_up: dict[str, str] = {}
    framed = [
        one["word"]
        for one in _CONTENT["frames"]
        if one["kind"] == kind and entry["id"] in one["takes"].values()
    ]
    for word in (*entry["words"], *framed):
        base = word.partition(" ")[0]
        made_up[base] = _MADE_UP
        if kind == "verbs":
            made_up[third_person(base)] = third_person(_MADE_UP)
            made_up[gerund(base, inflection)] = gerund(_MADE_UP, inflection)
            made_up |= dict.fromkeys(
                past_forms(base, inflection), past_forms(_MADE_UP, inflection)[0]
            )
    for example in entry["examples"]:
        for word in sorted(made_up, key=len, reverse=True):
            pattern = rf"\b{word}\b"
            # A particle stays: "call on" asks for "on" after the made-up verb, too.
            if " " not in word and re.search(pattern, example):
                yield example, re.sub(pattern, made_up[word], example, count=1)
                break


_CLASSES = [
    pytest.param(kind, entry["id"], example, changed, id=f"{kind}.{entry['id']}")
    for kind in _KINDS
    for entry in _CONTENT[kind]
    for example, changed in [*_replaced(entry, kind)][:1]
]


def _coded(text: str, codebook: Path | None = None) -> list[object]:
    document = Document.from_text(text, id="t", language="en")
    acts = code_speech_acts(document, codebook=codebook)
    return acts[["speech_act", "strict", "broad", "binding"]].iloc[0].tolist()


@pytest.mark.parametrize(("kind", "name", "example", "changed"), _CLASSES)
def test_a_made_up_word_behaves_as_its_class(
    tmp_path: Path, kind: str, name: str, example: str, changed: str
) -> None:
    assert _MADE_UP in changed or "zorbl" in changed
    assert _coded(changed, _with(tmp_path, kind, name)) == _coded(example)


def test_every_class_is_tried() -> None:
    tried = {(case.values[0], case.values[1]) for case in _CLASSES}
    every = {(kind, entry["id"]) for kind in _KINDS for entry in _CONTENT[kind]}
    assert tried == every


@pytest.mark.parametrize(
    "text",
    [
        "We will {} to continue the exchange of seeds.",
        "They {} that they will meet the costs.",
        "The Parties will {} to open a joint seed bank.",
        "It was {}d to open a joint seed bank.",
    ],
)
def test_one_entry_is_enough_for_a_verb_of_undertaking(tmp_path: Path, text: str) -> None:
    own = _with(tmp_path, "verbs", "undertaking")
    assert _coded(text.format(_MADE_UP), own) == _coded(text.format("agree"))


def test_a_made_up_verb_states_a_need(tmp_path: Path) -> None:
    own = _with(tmp_path, "verbs", "requirement")
    text = "The floods {} joint action of the member states."
    assert _coded(text.format(_MADE_UP), own) == _coded(text.format("require"))
    assert _coded(text.format(_MADE_UP)) != _coded(text.format("require"))


@pytest.mark.parametrize(
    ("section", "name", "text", "neighbour"),
    [
        ("verbs_of", "continuing", "We will {} the exchange of seeds.", "maintain"),
        ("verbs_of", "striving", "We will {} to open the port.", "attempt"),
        ("verbs_of", "predicting", "We will {} from the port.", "benefit"),
        ("objects", "actions", "They support the {} of the members.", "signing"),
        ("objects", "things", "They reaffirm their commitment to the {}.", "spirit"),
        ("actors", "organs", "The {} shall draft a plan.", "secretariat"),
        ("actors", "others", "The {} will draft a plan.", "opposition"),
        ("actors", "nouns", "The {} will draft a plan.", "signatories"),
        ("nouns_of", "collectives", "This {} will draft a plan.", "alliance"),
        ("grammar", "modals_of_will", "We {} draft a plan.", "shall"),
        ("grammar", "modals_of_duty", "We {} draft a plan.", "must"),
        ("grammar", "subordinators", "{} we will draft a plan, they met.", "if"),
        ("grammar", "negations", "We will {} draft a plan.", "never"),
    ],
)  # fmt: skip
def test_a_made_up_word_behaves_as_its_set(
    tmp_path: Path, section: str, name: str, text: str, neighbour: str
) -> None:
    own = _with(tmp_path, section, name)
    assert _coded(text.format(_MADE_UP), own) == _coded(text.format(neighbour))


def test_a_corridor_becomes_an_instrument_by_one_entry(tmp_path: Path) -> None:
    text = "the Northern Economic Corridor until 2040"
    assert instrument_spans(tag(text, load_lexicon())) == []
    path = tmp_path / "own.toml"
    path.write_text(_BUNDLED.replace("instrument_heads = [", 'instrument_heads = ["corridor", '))
    document = Document.from_text(f"We will build {text}.", id="t", language="en")
    found = find_commitments(document, codebook=path)["instruments"]
    assert found.iloc[0] == ["Northern Economic Corridor until 2040"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\ncopulas = ", "\ncopula = ", "entry 'verbs_of.copulas': is missing"),
        ("\n[shapes]", "\nmore = []\n[shapes]", "entry 'grammar.more': no rule asks for such"),
        ('begin = ["began", "begun"]', 'begin = ["began"]', "entry 'irregular_verbs.begin'"),
    ],
)
def test_a_fault_in_a_set_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in _BUNDLED
    path = tmp_path / "own.toml"
    path.write_text(_BUNDLED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=r"own\.toml") as caught:
        load_lexicon(path)
    assert told in str(caught.value)


def _strings(node: ast.AST) -> list[str]:
    return [
        item.value
        for item in ast.walk(node)
        if isinstance(item, ast.Constant) and isinstance(item.value, str)
    ]


def test_no_list_of_words_stands_in_the_code() -> None:
    """A set, a list or a tuple of two words or more belongs into the codebook."""
    known = {word for name, words in load_lexicon().sets.items() for word in words}
    # What the program itself calls something: classes, readings, tenses, answers, columns.
    program = {entry["id"] for kind in _KINDS for entry in _CONTENT[kind]}
    program |= {"past", "perfect", "present", "modal", "commissive", "directive", "expressive"}
    program |= {"", "to", "that", "object", "any", "high", "mid", "low", "none", "of", "us"}
    program |= {"actor", "binding", "end", "organs", "start", "text", "rule", "is", "money"}
    program |= {"strict", "broad", "out", *CommitmentOptions.__dataclass_fields__}
    program |= {role.name.lower() for role in Role} | {"modal", "will", *conditions_of(Case)}
    for path in sorted(_ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Set | ast.List | ast.Tuple):
                words = {word for word in _strings(node) if word in known} - program
                assert len(words) < 2, (path.name, node.lineno, sorted(words))


# What holds words of a text, and no name of the program's own.
_OF_A_TEXT = {"words", "word", "base", "verb", "following", "rest", "particle", "modal", "raw"}


def _holder(node: ast.AST) -> str:
    """Return the name of what an expression takes its value from."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return getattr(node, "attr", getattr(node, "id", ""))


def test_the_code_asks_for_no_word_that_a_language_could_have_more_of() -> None:
    """Rules in code may ask for "of" or "be"; a noun or a verb stands in the codebook."""
    closed = {"us", "'"}
    for name in CLOSED_CLASSES:
        closed.update(*(_CONTENT[part].get(name, []) for part in ("actors", "grammar")))
    asked: set[str] = set()
    for path in sorted(_ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                if not _OF_A_TEXT.isdisjoint(map(_holder, sides)):
                    plain = [s for s in sides if isinstance(s, ast.Constant | ast.Tuple | ast.Set)]
                    strings = (one for side in plain for one in _strings(side))
                    asked.update(one for one in strings if re.fullmatch("[a-z' ]+", one))
    assert {"of", "as well as", "be"} <= asked
    open_words = {one for one in asked - closed if not closed.issuperset(one.split())}
    assert open_words == set()


def test_a_verb_falls_back_on_what_its_class_names(tmp_path: Path) -> None:
    own = _with(tmp_path, "verbs", "undertaking")
    assert _coded("We zorble that the talks were useful.", own) == _coded(
        "We agree that the talks were useful."
    )
    path = tmp_path / "fault.toml"
    path.write_text(_BUNDLED.replace('otherwise = "saying"', 'otherwise = "sayin"', 1))
    with pytest.raises(
        CodebookError, match=r"verbs 'undertaking': otherwise = 'sayin' is no class"
    ):
        load_lexicon(path)
