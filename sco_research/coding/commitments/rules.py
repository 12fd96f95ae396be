"""The rule table: ordered rows that say what a finite verb amounts to, read and checked.

The file's layout is shown by the bundled ``data/codebooks/commitment-rules.toml`` and taught by
``data/codebooks/README.md``. Rows are asked in order, and the first that holds decides. What a row
may ask is a named condition of `conditions.Case`, `stances.StanceObject` or `lists.Whole`; there
are no patterns in it, so that no row of a user's own can run for ever.

The table is compiled once for a codebook. What hangs on the form of the verb alone (clause, role,
modal, tense, voice, the verb itself) is asked once for each form that occurs; a verb is then judged
by the few rows that are left.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sco_research.coding.commitments.answers import ACTS, CLASSES, LEVELS, WORDS
from sco_research.coding.commitments.conditions import Case
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.lexicon_file import Act, Reading
from sco_research.coding.commitments.lists import Whole
from sco_research.coding.commitments.sentence import Role, Tense
from sco_research.coding.commitments.stances import StanceObject
from sco_research.coding.commitments.verdicts import Status
from sco_research.errors import CodebookError
from sco_research.resources import toml_table

Value = bool | str | list[str]
Conditions = dict[str, Value]
_Act = Literal[
    "declarative", "directive", "commissive", "expressive", "assertive",
    "of verb", "of listed verb", "of statement", "of noun", "of adjective", "of saying",
    "of stance of others", "of passive", "of what goes on", "of running action",
    "as said",
]  # fmt: skip
_Level = Literal[
    "high", "low", "none", "of modal", "of complement", "of verb", "of adjective", "of action"
]
_Words = Literal[
    "verb", "particles", "complement", "noun of will", "firm will", "noun", "needed noun", "deemed",
    "second need", "what goes on",
]  # fmt: skip
_Id = Annotated[str, Field(pattern=r"^[\w.-]+$")]
_SUFFIX = "_in"
_OF_FORM = frozenset(
    {"clause", "role", "modal", "mood", "tense", "voice", "negated", "progressive"}
)
_OF_VERB = frozenset(
    {"verb", "is_listed", "listed_reading", "verb_class", "verb_reading", "class_act"}
)
"""What hangs on the form of a verb alone, and what on the verb and its class."""
_MAX_FORMS = 20_000
"""How many forms of verbs are remembered; a text's own words are no bound."""


_WORD = re.compile(r"(?:[\w'’&/-]+(?: [\w'’&/-]+)*)?\Z")
# Answers with one of a few words; nothing after a last comma is the answer "nothing".
_FEW = {
    "clause": "main, that",
    "voice": "active, passive, copula",
    "mood": "will, duty, possibility, ",
    "after_verb": "to, to be, participle, colon, ",
    "continued": "support, stance, conduct",
    "deemed": "need, rejection, priority, ",
    "renewed": "policy, standing, ",
    "place": "alone, lead-in, announced item",
}


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: _Id
    when: Conditions = {}
    unless: Conditions = {}
    example: str = ""
    counter_example: str = ""


class RereadRow(_Row):
    """A ``[[reread]]``: a verb that is read as another form of itself."""

    read_as: Literal[
        "the present",
        "an adjective",
        "the members",
        "shall",
        "a duty",
        "a passive",
        "its call",
        "agreed now",
        "what is said",
    ]


class RuleRow(_Row):
    """A ``[[rule]]`` or ``[[text]]``: what a verb, or a sentence without one, amounts to."""

    only_if: Conditions = {}
    verdict: Status
    act: _Act
    level: _Level = "none"
    rule: str = ""
    word_class: str = ""
    words: _Words = "verb"
    stance: Literal["need", "first", "openness", "support"] = "support"
    why: Annotated[str, Field(min_length=1)]
    otherwise: str = ""
    cites: Annotated[str, Field(min_length=1)]


class ObjectRow(_Row):
    """An ``[[object]]``: whether what is supported or needed is the members' own action."""

    counts: bool


class RuleFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: str = "commitment-rules"
    version: str = ""
    description: str = ""
    reread: list[RereadRow] = []
    rule: Annotated[list[RuleRow], Field(min_length=1)]
    object: Annotated[list[ObjectRow], Field(min_length=1)]
    text: list[RuleRow] = []

    @property
    def rows(self) -> Sequence[_Row]:
        """All rows, table after table."""
        return [*self.reread, *self.rule, *self.object, *self.text]


class Condition(NamedTuple):
    """One condition: a property by name, the values it may have, and whether it must have one."""

    name: str
    values: frozenset[object]
    many: bool
    wanted: bool

    def holds(self, thing: object) -> bool:
        """Return whether the condition holds of a verb, an object or a sentence."""
        value = getattr(thing, self.name)
        found = not self.values.isdisjoint(value) if self.many else value in self.values
        return found is self.wanted


def hold(conditions: Iterable[Condition], thing: object) -> bool:
    """Return whether all conditions hold."""
    for name, values, many, wanted in conditions:
        value = getattr(thing, name)
        if ((not values.isdisjoint(value)) if many else value in values) is not wanted:
            return False
    return True


class Compiled(NamedTuple):
    """A row made ready: its conditions by what they hang on, and what computes its answers."""

    row: Any
    name: str
    of_form: tuple[Condition, ...]
    of_verb: tuple[Condition, ...]
    conditions: tuple[Condition, ...]
    only_if: tuple[Condition, ...]
    about_object: bool
    act: Callable[[Case], Any] | None
    level: Callable[[Case], Any] | None
    word_class: Callable[[Case], str] | None
    end: Callable[[Case], int]


_Rows = tuple[tuple[Compiled, ...], tuple[Compiled, ...]]
"""Rows of re-reading, and rules."""


class RuleTable:
    """A rule table, compiled for one codebook.

    Parameters
    ----------
    content : RuleFile
    lexicon : Lexicon
        Whose sets of words the rows name.
    file : str
        What the file is called, for errors.
    """

    def __init__(self, content: RuleFile, lexicon: Lexicon, file: str) -> None:
        self.content = content
        self.file = file
        compiler = _Compiler(lexicon, file)
        self.rereads = tuple(compiler.compiled(row, Case) for row in content.reread)
        self.rules = tuple(compiler.compiled(row, Case) for row in content.rule)
        self.objects = tuple(compiler.compiled(row, StanceObject) for row in content.object)
        self.texts = tuple(compiler.compiled(row, Whole) for row in content.text)
        self._by_form: dict[object, _Rows] = {}
        self._by_verb: dict[object, _Rows] = {}
        self._verbs = frozenset(lexicon.verbs).union(
            *(
                condition.values
                for row in (*self.rereads, *self.rules)
                for condition in row.of_verb
                if condition.name == "verb"
            )
        )

    @cached_property
    def by_id(self) -> Mapping[str, _Row]:
        """The rows by their ids."""
        return {row.id: row for row in self.content.rows}

    def rows_for(self, case: Case) -> _Rows:
        """Return the rows of re-reading and the rules that may hold of such a verb."""
        predicate, word_class = case.predicate, case.word_class
        form = (
            case.role, predicate.modal, case.tense, case.voice, predicate.negated,
            predicate.progressive, case.governor is None,
        )  # fmt: skip
        # To the rows, all verbs that neither they nor the codebook know are one.
        verb = predicate.verb if predicate.verb in self._verbs else None
        key = (form, verb, word_class and word_class.id)
        found = self._by_verb.get(key)
        if found is None:
            if len(self._by_verb) >= _MAX_FORMS:
                self._by_verb.clear()
                self._by_form.clear()
            rereads, rules = self._of_form(form, case)
            found = self._by_verb[key] = (_of_verb(rereads, case), _of_verb(rules, case))
        return found

    def _of_form(self, form: object, case: Case) -> _Rows:
        """Return the rows that may hold of verbs of a form, whatever the verb."""
        found = self._by_form.get(form)
        if found is None:
            rereads, rules = (
                tuple(row for row in rows if hold(row.of_form, case))
                for rows in (self.rereads, self.rules)
            )
            found = self._by_form[form] = (rereads, rules)
        return found


def _of_verb(rows: Iterable[Compiled], case: Case) -> tuple[Compiled, ...]:
    """Return the rows that may hold of a verb and its class, up to the first that surely does."""
    found = []
    for row in rows:
        if hold(row.of_verb, case):
            found.append(row)
            if not row.conditions:
                break
    return tuple(found)


def _answers(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Return what the conditions may answer whose answers are few, by name."""
    classes = {one.id for readings in lexicon.verbs.values() for _, one in readings}
    roles = {role.name.lower() for role in Role}
    readings = {*get_args(Reading), ""}
    return {
        **dict.fromkeys(("role", "subject_role"), frozenset(roles)),
        **dict.fromkeys(("governor_role", "agent", "addressee"), frozenset(roles | {""})),
        **dict.fromkeys(
            ("verb_reading", "listed_reading", "noun_reading", "adjective_reading"),
            frozenset(readings),
        ),
        "verb_class": frozenset(classes | {""}),
        "class_act": frozenset({*get_args(Act), ""}),
        "tense": frozenset(get_args(Tense)),
        "governor_tense": frozenset({*get_args(Tense), ""}),
        "last_status": frozenset({*get_args(Status), ""}),
        **{name: frozenset(words.split(", ")) for name, words in _FEW.items()},
    }


class _Compiler:
    """Makes rows ready, and raises for what they ask in vain."""

    def __init__(self, lexicon: Lexicon, file: str) -> None:
        self.lexicon = lexicon
        self.file = file
        self.answers = _answers(lexicon)

    def compiled(self, row: _Row, kind: type) -> Compiled:
        """Return a row with its conditions looked up."""
        asked = [
            self._condition(row, kind, name, value, wanted=wanted)
            for conditions, wanted in ((row.when, True), (row.unless, False))
            for name, value in conditions.items()
        ]
        forms = kind is Case
        rule = row if isinstance(row, RuleRow) else None
        only_if = dict(rule.only_if) if rule else {}
        about_object = only_if.pop("object", None) is not None
        word_class = rule.word_class if rule else ""
        if word_class.startswith("of ") and word_class not in CLASSES:
            known = ", ".join(CLASSES)
            raise CodebookError(
                f"{self.file}, row {row.id!r}: no word_class {word_class!r}; take one of {known}"
            )
        return Compiled(
            row=row,
            name=rule.why.partition(":")[0] if rule else row.id,
            of_form=tuple(item for item in asked if forms and item.name in _OF_FORM),
            of_verb=tuple(item for item in asked if forms and item.name in _OF_VERB),
            conditions=tuple(
                item for item in asked if not forms or item.name not in _OF_FORM | _OF_VERB
            ),
            only_if=tuple(
                self._condition(row, kind, name, value, wanted=True)
                for name, value in only_if.items()
            ),
            about_object=about_object,
            act=ACTS.get(rule.act) if rule else None,
            level=LEVELS.get(rule.level) if rule else None,
            word_class=CLASSES.get(word_class),
            end=WORDS[rule.words if rule else "verb"],
        )

    def _condition(
        self, row: _Row, kind: type, name: str, value: Value, *, wanted: bool
    ) -> Condition:
        where = f"{self.file}, row {row.id!r}"
        plain = name.removesuffix(_SUFFIX)
        kinds = conditions_of(kind)
        if plain not in kinds:
            raise CodebookError(
                f"{where}: nothing is called {name!r}; ask for one of {', '.join(sorted(kinds))}"
            )
        given = value if isinstance(value, list) else [value]
        words = (one for one in given if isinstance(one, str) and name == plain)
        no_word = next((one for one in words if not _WORD.match(one)), "")
        if no_word:
            raise CodebookError(
                f"{where}: {name} = {no_word!r} is no word; a row holds no patterns, so write the "
                "words out, or name a set of the codebook with _in"
            )
        boolean = kinds[plain] is bool
        if boolean is not all(isinstance(item, bool) for item in given) or not given:
            wants = "true or false" if boolean else "a word or a list of words"
            raise CodebookError(f"{where}: {name} = {value!r}; give {wants}")
        answers = self.answers.get(plain) if name == plain else None
        strange = next((one for one in given if answers and one not in answers), None)
        if answers and strange is not None:
            raise CodebookError(
                f"{where}: {name} is never {strange!r}; give one of "
                f"{', '.join(repr(one) for one in sorted(answers))}"
            )
        values: frozenset[object] = frozenset(given)
        if name != plain:
            values = frozenset().union(*(self._set(where, name, str(item)) for item in given))
        return Condition(plain, values, kinds[plain] is tuple, wanted)

    def _set(self, where: str, name: str, words: str) -> frozenset[str]:
        if words not in self.lexicon.sets:
            raise CodebookError(
                f"{where}: {name} = {words!r}, but the codebook {self.lexicon.name!r} has no such "
                "set or class of words; write its name as the codebook does, such as 'announcing' "
                "or 'verbs.requirement'"
            )
        return self.lexicon.sets[words]


@cache
def conditions_of(kind: type) -> dict[str, type]:
    """Return what rows may ask of a verb, an object or a sentence: bool, str or tuple by name.

    >>> conditions_of(Case)["opens_sentence"]
    <class 'bool'>
    """
    found: dict[str, type] = {}
    for name, item in vars(kind).items():
        function = getattr(item, "fget", None) or getattr(item, "func", None)
        returned = getattr(function, "__annotations__", {}).get("return")
        if returned in (bool, str):
            found[name] = returned
        elif returned == tuple[str, ...]:
            found[name] = tuple
    found |= {
        name: type_
        for name, type_ in getattr(kind, "__annotations__", {}).items()
        if type_ in (bool, str)
    }
    return found


@lru_cache(maxsize=8)
def parsed_rules(content: bytes, file: str) -> RuleFile:
    """Return the rows of a rule table, or raise with the first fault in plain words.

    Raises
    ------
    CodebookError
        Where the file is no such table, or two rows have one id.
    """
    table = toml_table(content, file, CodebookError)
    try:
        entry = RuleFile.model_validate(table)
    except ValidationError as fault:
        raise CodebookError(_told(fault, table, file)) from fault
    seen: set[str] = set()
    for row in entry.rows:
        if row.id in seen:
            raise CodebookError(
                f"{file}, row {row.id!r}: two rows have this id; rename or delete one"
            )
        seen.add(row.id)
    return entry


def _told(fault: ValidationError, table: dict[str, Any], file: str) -> str:
    """Return the first fault with the row's id, where it has one."""
    first = fault.errors(include_url=False)[0]
    place = first["loc"]
    row: Any = table
    for part in place[:2]:
        try:
            row = row[part]
        except (KeyError, IndexError, TypeError):
            row = None
            break
    name = row.get("id") if isinstance(row, dict) and len(place) > 1 else None
    where = f"row {name!r}" if name else f"entry {'.'.join(map(str, place[:2]))!r}"
    rest = ".".join(str(part) for part in place[2:] if isinstance(part, str))
    return (
        f"{file}, {where}: {rest + ': ' if rest else ''}{first['msg']}; compare the bundled "
        "commitment-rules.toml"
    )
