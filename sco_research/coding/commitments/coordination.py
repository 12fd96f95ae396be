"""Coordination: which actions are joined with one, and what belongs to its purpose or means.

A sentence is read from left to right. At each comma and conjunction either another action of the
same form begins, or what follows belongs to the purpose, the means or the clause that is open.
"""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from sco_research.coding.commitments.action_words import (
    base_form,
    is_gerund,
    is_infinitive,
    is_joined_verb,
    is_name,
    over_adverbs,
    verbal_noun,
)
from sco_research.coding.commitments.chains import Form, Head, chain
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    ADVERB_OR_PREPOSITION,
    ADVERBIAL,
    BASE_FORM,
    CLOSING,
    COMMA,
    CONJUNCTION,
    DASH,
    END,
    ENDS_ACTION_ALONE,
    GERUND,
    INFINITIVE,
    INSERTED_PHRASE,
    JOINS_ACTIONS,
    MAY_NEST,
    MEMBERS,
    MODAL_OR_TO,
    NEGATION,
    OPENING,
    OPENS_CLAUSE,
    OPENS_INSERTED,
    PERSONAL_PRONOUN,
    PREPOSITION,
    PREPOSITION_OR_TO,
    QUALIFIED_NOUN,
    RELATIVE_OR_THAT,
    SEMICOLON,
    SUBORDINATE_GERUND,
    TO,
)
from sco_research.coding.commitments.verb_groups import is_attitude_verb

_LONGEST_INSERTION = 8
# Where another action may begin, or something nests; by whether a base form nests too.
_SIGNS = tuple(
    re.compile(
        f"[{re.escape(''.join(sorted({OPENING.value} | JOINS_ACTIONS | MAY_NEST | others)))}]"
    )
    for others in (frozenset(), INFINITIVE)
)
NOT_COUNTED = -1


class Nested(Enum):
    """What is open beneath an action, and takes what has its own form."""

    # A member is one object, and the hash that an enum makes of its name is far slower.
    __hash__ = object.__hash__

    INFINITIVE = "a purpose: to …"
    GERUND = "a means: by …ing"
    CLAUSE = "a clause: which …"
    EXAMPLES = "examples: including …"
    LISTED_ACTIONS = "examples of what to do: including to …"


_BEFORE_INFINITIVE = frozenset({Form.BARE, Form.GERUND})
_TAKES_VERBS = frozenset({Nested.INFINITIVE, Nested.CLAUSE})


class Join(NamedTuple):
    """Commas and conjunctions between two actions: what they are, and where they end."""

    end: int
    comma: bool
    semicolon: bool
    conjunction: str
    start: int


@dataclass(slots=True)
class _Scan:
    """What is open while a sentence is read to the right of an action."""

    forms: frozenset[Form]
    since: int  # the first token after the verbs of the last action
    helps: bool  # whether a base form tells what somebody is helped to do
    nested: set[Nested] = field(default_factory=set)
    listed: bool = False  # what is nested has begun a list of its own
    loose: bool = False  # an adjunct between commas has closed what is nested
    closed: bool = False  # "and" has closed the list of actions
    waiting: list[Head] = field(default_factory=list)  # actions, if "and" closes the list

    def renew(self) -> None:
        """Forget what is nested: another action, or a semicolon, has closed it."""
        self.nested.clear()
        self.listed = self.loose = False


def joined_actions(sentence: Sentence, head: Head, stop: int, barred: set[int]) -> list[Head]:
    """Return the actions coordinated with the first one, and where one begins that counts not."""
    found: list[Head] = []
    scan = _Scan(head.forms, head.object_at, _helps(sentence, head.object_at))
    tags = sentence.tags
    index = head.object_at
    while sign := _SIGNS[scan.helps].search(tags, index, stop):
        index = sign.start()
        if tags[index] == OPENING:
            closing = tags.find(CLOSING, index, stop)
            index = closing + 1 if closing > 0 else index + 1
            continue
        if tags[index] not in JOINS_ACTIONS:
            _nest(sentence, index, stop, scan)
            index += 1
            continue
        join = _join_at(sentence, index, stop)
        if join.semicolon:
            scan.renew()
        action = _action_at(sentence, join, stop, scan)
        if action is None or not _is_level(sentence, action, join, scan):
            scan.loose = scan.loose or (join.comma and tags[join.end : join.end + 1] == PREPOSITION)
            index = join.end
            continue
        head = _head(sentence, action, stop)._replace(cut=join.start)
        if action.at in barred or _speaks(sentence, action, join):
            found.append(head._replace(object_at=NOT_COUNTED))
        elif join.conjunction or join.semicolon or (action.form is Form.BARE and not action.to):
            found += [*scan.waiting, head]
            scan.waiting.clear()
            scan.closed = scan.closed or bool(join.conjunction)
        else:
            scan.waiting.append(head)
        scan.forms |= head.forms
        scan.renew()
        index = scan.since = head.object_at
        scan.helps = _helps(sentence, index)
    return found


class Action(NamedTuple):
    """What may be another action after a comma or a conjunction."""

    start: int
    at: int
    form: Form
    to: bool


def _join_at(sentence: Sentence, index: int, stop: int) -> Join:
    tags = sentence.tags
    begin = index
    conjunction = ""
    while index < stop and (
        tags[index] in JOINS_ACTIONS or (tags[index] == DASH and index > begin)
    ):
        if tags[index] == CONJUNCTION:
            conjunction = sentence.words[index]
        index += 1
    signs = tags[begin:index]
    return Join(index, COMMA in signs, SEMICOLON in signs, conjunction, begin)


def _action_at(sentence: Sentence, join: Join, stop: int, scan: _Scan) -> Action | None:
    """Return the action that may begin after a comma or a conjunction; None where none does."""
    tags = sentence.tags
    at = over_adverbs(sentence, join.end, stop)
    adjoined = join.conjunction and not join.comma
    if adjoined and tags[join.start - 1] in ADVERB_OR_PREPOSITION and _is_adjunct(tags, join, at):
        return None
    if join.conjunction:
        at = _over_insertion(sentence, at, stop)
    if at >= stop:
        return None
    to = tags[at] == TO
    if to:
        at = over_adverbs(sentence, at + 1, stop)
    start = at
    while start > join.end and sentence.words[start - 1].endswith("ly"):
        start -= 1
    if is_gerund(sentence, at, stop):
        return Action(start, at, Form.GERUND, to)
    if is_infinitive(sentence, at, stop) if to else is_joined_verb(sentence, at, stop):
        return Action(start, at, Form.BARE, to)
    if Form.NOMINAL in scan.forms and (noun := verbal_noun(sentence, at, stop)) is not None:
        return Action(start, noun, Form.NOMINAL, to)
    return None


def _is_adjunct(tags: str, join: Join, at: int) -> bool:
    """Return whether an adjunct goes on: "individually and collectively to", "in and beyond"."""
    return at > join.end or tags[at : at + 1] == PREPOSITION


def _speaks(sentence: Sentence, action: Action, join: Join) -> bool:
    """Return whether a verb after an insertion is one of saying: "and, in this regard, welcome"."""
    inserted = join.conjunction and action.at > join.end and not action.to
    closed = sentence.tags[action.at - 1] == COMMA
    return bool(inserted) and closed and is_attitude_verb(sentence, action.at)


def _over_insertion(sentence: Sentence, index: int, stop: int) -> int:
    """Return the index after "in this context", "by 2030," between a conjunction and an action."""
    tags = sentence.tags
    if index >= stop or tags[index] not in OPENS_INSERTED:
        return index
    if tags[index] == COMMA and tags[index - 1] in ADVERBIAL:
        return index + 1  # "and therefore, open …"
    for later in range(index + 2, min(stop, index + _LONGEST_INSERTION)):
        if tags[later] in {TO, GERUND, BASE_FORM} and tags[later - 1] != PREPOSITION:
            return later
        if tags[later] not in INSERTED_PHRASE:
            break
    return index


def _is_level(sentence: Sentence, action: Action, join: Join, scan: _Scan) -> bool:
    """Return whether an action is coordinated with those that count, and with nothing nested."""
    if action.form is Form.NOMINAL:
        # An object of its own, which "engagement with and promotion of" has not.
        # One after a comma alone waits for the "and" that closes their list.
        owned = PREPOSITION in sentence.tags[scan.since : join.start - 1]
        level = owned and not scan.nested
        return level and not _is_of_a_goal(sentence, scan.since, join.start)
    if action.form is Form.GERUND:
        return _is_level_of_gerunds(sentence, action, join, scan)
    if action.to:
        return _is_level_of_infinitives(join, scan)
    return _is_level_of_verbs(sentence, action, join, scan)


def _is_of_a_goal(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether verbal nouns make up one goal: "the goal of the clearance … and the …"."""
    words = sentence.words
    first = next((at for at in range(max(start, 1), end) if words[at] == "of"), 0)
    return first > 0 and words[first - 1] in sentence.lexicon.sets["goals"]


def _is_level_of_gerunds(sentence: Sentence, action: Action, join: Join, scan: _Scan) -> bool:
    """Judge "promoting trade and training …": under "by promoting" it is a means."""
    level = Form.GERUND in scan.forms
    if level and action.to:
        return bool(join.conjunction)
    if join.conjunction:
        nested = Nested.GERUND in scan.nested
    else:
        # ", drawing on …" tells the manner unless "and" closes a list of such actions.
        manner = sentence.words[action.at] in sentence.lexicon.sets["gerunds_of_manner"]
        nested = bool(scan.nested - {Nested.EXAMPLES}) or scan.closed or manner
    if not level or nested:
        scan.nested.add(Nested.GERUND)
    return level and not nested


def _is_level_of_infinitives(join: Join, scan: _Scan) -> bool:
    """Judge ", to train …" and "and to train …": after a purpose it is another purpose."""
    level = Form.INFINITIVE in scan.forms
    purpose = Nested.INFINITIVE in scan.nested
    if join.conjunction:
        # "commit to training nurses and to continue the talks": of two forms, both after "to".
        counts = not purpose and (level or not scan.forms.isdisjoint(_BEFORE_INFINITIVE))
        counts = counts or (purpose and level and join.comma and not scan.closed)
    else:
        counts = level and scan.nested <= {Nested.EXAMPLES} and not scan.closed
    if not counts:
        # An adjunct before a purpose closes nothing of it: "including by sea, to build, …".
        scan.nested.add(Nested.INFINITIVE)
        scan.loose = False
    return counts


def _is_level_of_verbs(sentence: Sentence, action: Action, join: Join, scan: _Scan) -> bool:
    """Judge "and train …", which may belong to "to open …" or "which open …" before it."""
    sets = sentence.lexicon.sets
    beside = join.conjunction == "as well as"
    if Nested.LISTED_ACTIONS in scan.nested:
        return False  # "including not to place weapons there, or station them"
    if scan.nested & _TAKES_VERBS and _ends_without_object(sentence, join.start):
        return False  # "which will complement, and not duplicate, …"
    if Form.BARE not in scan.forms:
        return beside and scan.nested <= {Nested.EXAMPLES}
    purposes = bool(scan.waiting) and not join.comma  # "…, to open clinics and train nurses"
    nested = purposes or not scan.nested.isdisjoint(_TAKES_VERBS)
    pronoun = sentence.words[action.at + 1 : action.at + 2]
    if Nested.CLAUSE in scan.nested and not sets["object_pronouns"].isdisjoint(pronoun):
        if pronoun == ("them",) and _names_no_several(sentence, scan.since, join.start):
            return True  # "find the storms that shape the coast and send them help"
        scan.listed = True
        return False  # "plans that need funds, and give them …"
    verb = base_form(sentence, action.at)
    goes_on = (sentence.tags[action.at + 1 : action.at + 2] or END) not in ENDS_ACTION_ALONE
    leads = verb in sets["chain_verbs"] or (verb in sets["joint_verbs"] and goes_on)
    if not nested or beside or leads:
        return bool(join.conjunction) or not scan.closed
    if join.comma and join.conjunction:
        return not scan.listed
    if join.comma and not scan.loose:
        scan.listed = True
    return join.comma and scan.loose


def _names_no_several(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether the last clause names nobody and nothing that "them" may mean within it.

    Its own subject is none, of which the clause would say "themselves".
    """
    tags, words = sentence.tags, sentence.words
    opening = max(tags.rfind(tag, start, end) for tag in RELATIVE_OR_THAT)
    inside = range(opening + 1, end)
    return opening >= 0 and not any(
        tags[at] == MEMBERS or (tags[at] in QUALIFIED_NOUN and words[at].endswith("s"))
        for at in inside
    )


def _ends_without_object(sentence: Sentence, end: int) -> bool:
    """Return whether verbs right after a modal or "to" await their object: "to prevent, manage"."""
    tags, words = sentence.tags, sentence.words
    at = end - 1
    while at > 1 and tags[at] in INFINITIVE and tags[at - 1] == COMMA:
        at -= 2
    if tags[at] not in INFINITIVE:
        return False
    before = at - 1
    while before > 0 and (
        tags[before] == ADVERB or words[before] in sentence.lexicon.sets["comparatives"]
    ):
        before -= 1
    return before >= 0 and tags[before] in MODAL_OR_TO


def _nest(sentence: Sentence, index: int, stop: int, scan: _Scan) -> None:
    """Note a purpose, a means or a clause that opens at a token."""
    tag = sentence.tags[index]
    if tag in OPENS_CLAUSE:
        scan.nested.add(Nested.CLAUSE)
        if sentence.tags[index : index + 2] == SUBORDINATE_GERUND:
            scan.nested.add(Nested.GERUND)  # "while updating and strengthening …"
        return
    if tag in INFINITIVE:
        if index > scan.since and is_joined_verb(sentence, index, stop):
            scan.nested.add(Nested.INFINITIVE)  # "help cities plan ports"
        return
    if tag not in PREPOSITION_OR_TO:
        return
    if sentence.words[index] in sentence.lexicon.sets["opens_examples"]:
        scan.nested.add(Nested.EXAMPLES)
        if sentence.tags[index + 1 : index + 3].lstrip(NEGATION)[:1] == TO:
            scan.nested.add(Nested.LISTED_ACTIONS)
    after = over_adverbs(sentence, index + 1, stop)
    if tag == TO and after + 1 < stop:  # "to better prevent"
        after += sentence.words[after] in sentence.lexicon.sets["comparatives"]
    if after < stop and sentence.tags[after] in PERSONAL_PRONOUN:
        scan.nested.add(Nested.CLAUSE)  # "cooperate as we face …"
    elif after < stop and sentence.tags[after] == GERUND:
        if is_gerund(sentence, after, stop):
            scan.nested.add(Nested.GERUND)
    elif tag == TO and is_infinitive(sentence, after, stop) and not is_name(sentence, after):
        scan.nested.add(Nested.INFINITIVE)


def _helps(sentence: Sentence, object_at: int) -> bool:
    """Return whether a base form may follow the object: "help cities plan ports"."""
    return object_at > 0 and base_form(sentence, object_at - 1) in sentence.lexicon.sets["helping"]


def _head(sentence: Sentence, action: Action, stop: int) -> Head:
    if action.form is Form.NOMINAL:
        return Head(action.start, action.at + 1, frozenset({Form.NOMINAL}))
    return chain(sentence, action.at, action.form, stop, start=action.start, to=action.to)
