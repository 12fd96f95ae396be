"""Every verb of the codebook in every frame of its class: a word means what its class does.

The sentences are made from the codebook, so that a verb added to a class is tried at once. A
frame has ``{base}``, ``{third}``, ``{past}`` or ``{participle}`` where the verb stands; its answer
is what the protocol gives, whichever verb it is. Verbs that mean something else in a frame are
named with the reason.
"""

import tomllib
from pathlib import Path

import pytest

from sco_research import Document
from sco_research.coding.commitments.analysis import coded_sentences
from sco_research.coding.commitments.conditions import Case
from sco_research.coding.commitments.inflection import past_forms, third_person
from sco_research.coding.commitments.lexicon import Lexicon, load_lexicon
from sco_research.coding.commitments.options import DEFAULT
from sco_research.resources import data_path

_LEXICON = load_lexicon()
_BUNDLED = data_path("codebooks", "commitments.toml").read_text(encoding="utf-8")
_CONTENT = tomllib.loads(_BUNDLED)
_CLASSES = {
    entry["id"]: [
        *entry["words"],
        *(
            framed["word"]
            for framed in _CONTENT["frames"]
            if framed["kind"] == "verbs"
            and all(framed["takes"].get(what) == entry["id"] for what in entry["takes"])
        ),
    ]
    for entry in _CONTENT["verbs"]
}
_FRAMES = {
    "undertaking": """
We {base} to open a seed bank. | strict
The Parties {base} to open a seed bank and to train nurses. | strict
They {past} to open a seed bank. | strict
{third} to open a seed bank. | strict
We will {base} to open a seed bank. | strict
We hereby {base} to open a seed bank. | strict
We have {participle} to open a seed bank. | strict
In 2009 they {past} to open a seed bank. | out
We do not {base} to open a seed bank. | out
The donors {base} to open a seed bank. | out
Some members {base} to open a seed bank. | out
""",
    "intent": """
We {base} to open a seed bank. | strict
They {past} to open a seed bank. | strict
{third} to open a seed bank. | strict
We will {base} to open a seed bank. | strict
We also {base} to open a seed bank and to train nurses. | strict
In 2009 they {past} to open a seed bank. | out
We do not {base} to open a seed bank. | out
The donors {base} to open a seed bank. | out
""",
    "pledge": """
We {base} five million dollars for the clinics. | strict
They {past} five million dollars for the clinics. | strict
The donors {base} five million dollars for the clinics. | out
""",
    "instruction": """
We {base} our ministers to draft a plan. | strict
We {base} our ministers with drafting a plan. | strict
They {past} the Secretariat to draft a plan. | strict
{third} the Secretary-General to draft a plan. | strict
Our ministers are {participle} to draft a plan. | strict
We have {participle} our ministers to draft a plan. | strict
We {base} the donors to pay. | out
We {base} all member states to pay. | broad
The donors are {participle} to pay. | out
In 2009 they {past} the Secretariat to draft a plan. | out
""",
    "request": """
We {base} our ministers to draft a plan. | strict
They {past} the Secretariat to draft a plan. | strict
{third} the Secretary-General to draft a plan. | strict
We {base} the donors to pay. | out
We {base} all member states to pay. | broad
Our ministers are {participle} to draft a plan. | strict
The donors are {participle} to pay. | out
""",
    "reliance": """
We {base} our ministers to draft a plan. | strict
We {base} the donors to pay. | out
We {base} all member states to pay. | broad
{third} the Secretary-General to draft a plan. | strict
""",
    "assignment": """
We {base} our ministers to draft a plan. | strict
We {base} the donors to pay. | out
{third} the Secretary-General to draft a plan. | strict
Our ministers are {participle} to draft a plan. | strict
""",
    "encouragement": """
We {base} our ministers to draft a plan. | broad
We {base} the donors to pay. | out
We {base} the drafting of a joint plan. | broad
They {past} the drafting of a joint plan. | broad
""",
    "support": """
We {base} the drafting of a joint plan. | broad
They {past} the drafting of a joint plan. | broad
We {base} a treaty. | out
We {base} the drafting of a plan by the World Bank. | out
We continue to {base} the drafting of a joint plan. | broad
We will {base} the drafting of a joint plan. | strict
""",
    "stance": """
We {base} the drafting of a joint plan. | out
They {past} the drafting of a joint plan. | out
We {base} the raids. | out
We continue to {base} the raids. | out
""",
    "saying": """
We {base} their value. | out
We {base} the need to draft a joint plan. | broad
They {past} the need to draft a joint plan. | broad
We {base} our readiness to draft a joint plan. | strict
They {past} their readiness to draft a joint plan. | strict
""",
    "requirement": """
We {base} to draft a joint plan. | broad
The floods {base} joint action of the member states. | broad
The floods {base} action by the World Bank. | out
""",
    "conduct": """
We {base} the plan. | out
""",
}  # fmt: skip
_OTHERWISE = {
    # "They maintained the road" tells what was done.
    "They {past} the need to draft a joint plan.": {"maintain": "out"},
    "They {past} their readiness to draft a joint plan.": {"maintain": "out"},
    # "They approved the plan" tells what was done.
    "They {past} the drafting of a joint plan.": {"approve": "out"},
    # "Set" is its own past.
    "In 2009 they {past} to open a seed bank.": {"set out": "strict"},
    # "The floods need" may be a noun.
    "The floods {base} joint action of the member states.": {"need": "out"},
}
_CASES = [
    pytest.param(name, *line.split(" | "), id=f"{name}: {line}")
    for name, lines in _FRAMES.items()
    for line in lines.strip().splitlines()
]


def _reading(text: str, lexicon: Lexicon = _LEXICON) -> str:
    coded = coded_sentences(Document.from_text(text, id="t", language="en"), lexicon)[-1]
    return "strict" if coded.strict else "broad" if coded.broad else "out"


def _in_frame(verb: str, frame: str) -> str:
    base, _, particle = verb.partition(" ")
    past, participle = (past_forms(base, _LEXICON.inflection) * 2)[:2]
    forms = {"base": base, "third": third_person(base), "past": past, "participle": participle}
    text = frame.format(**{name: f"{form} {particle}".strip() for name, form in forms.items()})
    return text[0].upper() + text[1:]


@pytest.mark.parametrize(("name", "frame", "answer"), _CASES)
def test_every_verb_of_a_class_means_the_same_in_a_frame(
    name: str, frame: str, answer: str
) -> None:
    otherwise = _OTHERWISE.get(frame, {})
    texts = {verb: _in_frame(verb, frame) for verb in _CLASSES[name]}
    found = {verb: _reading(text) for verb, text in texts.items()}
    expected = {verb: otherwise.get(verb, answer) for verb in texts}
    assert {verb: read for verb, read in found.items() if read != expected[verb]} == {}


@pytest.mark.parametrize(
    ("kind", "word", "name", "text"),
    [
        pytest.param(one["kind"], one["word"], one["takes"][what], text, id=text)
        for one in _CONTENT["frames"]
        for what, text in one["examples"].items()
    ],
)
def test_what_follows_a_word_decides_its_class(kind: str, word: str, name: str, text: str) -> None:
    coded = coded_sentences(Document.from_text(text, id="t", language="en"), _LEXICON)[-1]
    case = Case.of(coded.sentence, coded.verdicts[0].predicate, None, DEFAULT)
    found = case.word_class if kind == "verbs" else case.adjective
    assert word in coded.sentence.words
    assert found is not None
    assert found.id == name


@pytest.mark.parametrize("name", _FRAMES)
def test_a_made_up_verb_means_in_every_frame_what_its_class_does(tmp_path: Path, name: str) -> None:
    head = f'[[verbs]]\nid = "{name}"\n'
    at = _BUNDLED.index("\nwords = [", _BUNDLED.index(head)) + len("\nwords = [")
    path = tmp_path / "own.toml"
    path.write_text(f'{_BUNDLED[:at]}"zorble", {_BUNDLED[at:]}', encoding="utf-8")
    own = load_lexicon(path)
    answers = dict(line.split(" | ") for line in _FRAMES[name].strip().splitlines())
    assert {frame: _reading(_in_frame("zorble", frame), own) for frame in answers} == answers


def test_the_frames_cover_every_class_of_verbs() -> None:
    # "Share" is one verb; what is deemed hangs on the adjective.
    assert set(_CLASSES) - set(_FRAMES) == {"sharing", "deeming"}


def test_every_frame_has_two_examples_and_no_word_stands_twice() -> None:
    for one in _CONTENT["frames"]:
        assert len(set(one["examples"]) & set(one["takes"])) > 1, one["word"]
    for kind in ("verbs", "nouns", "adjectives"):
        words = [word for entry in _CONTENT[kind] for word in entry["words"]]
        words += [one["word"] for one in _CONTENT["frames"] if one["kind"] == kind]
        assert len(words) == len(set(words)), sorted(
            word for word in set(words) if words.count(word) > 1
        )
