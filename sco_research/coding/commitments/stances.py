"""The object of a stance: whether it is a future action of the members (R4, R5 relaxed)."""

from dataclasses import dataclass

from sco_research.coding.commitments.actions import object_is_action
from sco_research.coding.commitments.agents import (
    agent_is_other,
    is_own_instrument,
    is_owned_by_another,
    names_members,
)
from sco_research.coding.commitments.conditions import Case
from sco_research.coding.commitments.once import once
from sco_research.coding.commitments.sentence import Role
from sco_research.coding.commitments.surface import object_start
from sco_research.coding.commitments.token_classes import (
    AFTER_GERUND_NOUN,
    BEFORE_OBJECT,
    COMMA,
    ENDS_NEAR,
    GERUND,
    NOUN,
    TO,
)

_NEAR = 12


@dataclass(eq=False)
class StanceObject:
    """What a verb, noun or adjective of support or need is about, as the table looks at it.

    Attributes
    ----------
    case : Case
        The verb.
    start : int
        The first token of the object.
    stance : str
        "need", "openness" or "support".
    """

    case: Case
    start: int
    stance: str

    @classmethod
    def of(cls, case: Case, end: int, stance: str) -> "StanceObject":
        """Return the object that begins after the deciding words, over what parts it from them."""
        return cls(case, object_start(case.sentence, end, case.predicate.stop), stance)

    @property
    def verb(self) -> str:
        """The base form of the verb."""
        return self.case.verb

    @property
    def option(self) -> tuple[str, ...]:
        """The options of the coding that are switched on."""
        return self.case.options.switched_on

    @once
    def object_words(self) -> tuple[str, ...]:
        """The words of the object."""
        return self.case.sentence.words[self.start : self.case.predicate.stop]

    @property
    def is_empty(self) -> bool:
        """Whether nothing follows."""
        return not self.object_words

    @property
    def members_speak(self) -> bool:
        """Whether the members say it of something, and nobody of what they do."""
        return self.case.role in {"members", "implied"} and self.case.voice == "active"

    @once
    def own_instrument(self) -> bool:
        """Whether the object is an instrument of the members' own, or they themselves."""
        return is_own_instrument(self.case.sentence, self.start, self.case.predicate.stop)

    @once
    def begins_with_verb(self) -> bool:
        """Whether the object begins with what is done: "the need to join", "of building"."""
        sentence = self.case.sentence
        tags, stop = sentence.tags, self.case.predicate.stop
        index = self.start
        while index < stop and tags[index] in BEFORE_OBJECT:
            index += 1
        gerund = tags[index : index + 1] == GERUND
        return tags[index : index + 1] == TO or (
            gerund and tags[index + 1 : index + 2] not in AFTER_GERUND_NOUN
        )

    @once
    def is_action(self) -> bool:
        """Whether the object is something that can be done.

        One may be open to what is called an action; what is needed is done by those the sentence
        names.
        """
        sentence, predicate = self.case.sentence, self.case.predicate
        start, subject = self.start, predicate.subject
        if sentence.tags[start : start + 1] == COMMA:
            # "It is important, while …, to use"
            to = sentence.tags.find(TO, start, predicate.stop)
            start = to if to > 0 and sentence.tags[to - 1] == COMMA else start
        judged = self.case.voice == "copula" and self.case.subject_role in {"work", "thing"}
        if self.stance == "first" and object_is_action(sentence, start, predicate.stop):
            return True
        if judged and self.stance in {"need", "first"}:
            # What is said to be important is the subject, unless it is so "to reduce …".
            if self.begins_with_verb and object_is_action(sentence, start, predicate.stop):
                return True
            if self.is_empty and subject.role is Role.WORK:
                return True
            first = self.case.clause_start
            begins = 0 if self.is_empty else first  # a list of subjects has commas
            return names_members(sentence, begins, predicate.stop) and (
                object_is_action(sentence, subject.start, subject.end)
                or object_is_action(sentence, first, subject.end)
            )
        if object_is_action(sentence, start, predicate.stop):
            return True
        if self.stance == "openness":
            return not sentence.lexicon.sets["actions"].isdisjoint(self.object_words[:4])
        return (
            self.stance == "need"
            and self.case.subject_role in {"work", "thing"}
            and names_members(sentence, predicate.subject.start, predicate.stop)
        )

    @once
    def names_members(self) -> bool:
        """Whether the object names the members or what is theirs.

        Who says "we" does not mean the members by "their".
        """
        sentence = self.case.sentence
        none: frozenset[str] = frozenset()
        without = sentence.lexicon.sets["their"] if self.case.first_person else none
        return names_members(sentence, self.start, self.case.predicate.stop, without=without)

    @once
    def is_universal(self) -> bool:
        """Whether the object is a universal institution's: "reform the UN … its operations".

        What comes first in the object, before its first comma, says whose it is.
        """
        sentence = self.case.sentence
        for index in range(self.start, self.case.predicate.stop):
            if sentence.tags[index] == COMMA:
                return False
            if sentence.words[index] in sentence.lexicon.sets["universal"]:
                return not names_members(sentence, self.start, index)
        return False

    @once
    def agent_is_other(self) -> bool:
        """Whether somebody else is named as the doer: "the efforts of the UN"."""
        return agent_is_other(self.case.sentence, self.start, self.case.predicate.stop)

    @once
    def owned_by_another(self) -> bool:
        """Whether a possessive names another owner of the object: "Ruritania's accession"."""
        sentence = self.case.sentence
        sets = sentence.lexicon.sets
        no_others = sets["universal"] | sets["own_instruments"] | sets["documents"]
        return any(
            is_owned_by_another(sentence, at) and sentence.words[at][:-2] not in no_others
            for at in range(self.start, min(self.case.predicate.stop, self.start + _NEAR))
        )

    @property
    def sentence_words(self) -> tuple[str, ...]:
        """The words of the whole sentence."""
        return self.case.sentence.words

    @once
    def near_nouns(self) -> tuple[str, ...]:
        """The nouns of the object before its first infinitive, relative clause or means.

        Whom a policy lets act, or a fund helps, is no doer: "policies that allow companies to …",
        "by putting patients first".
        """
        tags, words = self.case.sentence.tags, self.case.sentence.words
        stop = self.case.predicate.stop
        means = self.case.sentence.lexicon.sets["before_means"]
        near = next(
            (
                index
                for index in range(self.start + 1, stop)
                if tags[index] in ENDS_NEAR
                or (words[index] in means and tags[index + 1 : index + 2] == GERUND)
            ),
            stop,
        )
        return tuple(words[index] for index in range(self.start, near) if tags[index] == NOUN)
