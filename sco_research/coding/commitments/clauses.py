"""The clauses of a sentence: every finite verb with its subject, its mood and what hangs on it.

A finite verb is looked for from left to right, and its subject to its left: a noun phrase or a
pronoun right before it, the subject of the verb before it where a conjunction stands there
("reaffirm … and will continue …"), nobody where it opens the sentence ("Decides to …"). What
follows "which", "if" or a participle is marked as subordinate: it never decides.
"""

import re

from sco_research.coding.commitments.grammar import SPEAKERS, Place, Predicate, Role, Subject
from sco_research.coding.commitments.inflection import may_be_verb, word_set
from sco_research.coding.commitments.roles import COLLECTIVES, Roles
from sco_research.coding.commitments.subordination import Subordination
from sco_research.coding.commitments.words import Tagged

# A base form that the codebook does not know may stand under a modal before it.
# After "to" and "the", a preposition or an auxiliary, a verb is not finite, or no verb.
_FINITE = re.compile(
    "(?<![TD])[MOQBhd]|(?<![TDPMOQBbhd])[VZE]|(?<=[CXIJA])n(?:(?<=Cn)(?=[DX])|(?:(?<=[XIJ]n)|(?<=[XIJ]An))(?=[DAnGE]))"
)
_NOMINAL = frozenset("nXGVZEJIK")
_PUNCTUATION = frozenset(",;:-()")
# Base forms that are nouns as often as verbs.
_NOUNS_TOO = word_set(
    "support call resolve pledge aim desire hope regret demand request stress note state work plan"
    " need favour favor promise value respect trust review exchange share mark process record"
    " register view draw place use fight struggle counter conduct act address launch build offer"
    " back champion honour honor face object appeal mandate charge task commission welcome direct"
    " wish mention show promise present put stand purpose find view follow combat play hold account"
    " extend take import make"
)


# Never a noun, and never what the members do.
_STATES = frozenset({"remain", "remains", "require", "requires"})


def _replaced(item: Predicate, stop: int) -> Predicate:
    return Predicate(
        item.subject, item.place, item.modal, item.verb, item.tense, item.passive, item.negated,
        item.progressive, item.start, item.verb_at, item.end, stop, item.governor,
    )  # fmt: skip


_WHO_ACTED = frozenset({Role.MEMBERS, Role.ORGAN, Role.SUBSET, Role.IT})


class ClauseReader(Roles):
    """Reads clauses with the words of one codebook, for one family of organizations."""

    def predicates(
        self, tagged: Tagged, *, they: Role = Role.MEMBERS, it: Role = Role.IT
    ) -> list[Predicate]:
        """Return the finite verbs of a sentence in order.

        ``they`` and ``it`` are whom the sentences before let these pronouns mean.
        """
        return _Reading(self, tagged, they, it).run()


class _Reading(Subordination):
    """One sentence on its way to its predicates."""

    def run(self) -> list[Predicate]:
        done = 0
        for match in _FINITE.finditer(self.tags):
            at = match.start()
            if at < done:
                continue
            predicate = self._predicate(at)
            if predicate is not None:
                self.found.append(predicate)
                done = predicate.end
        return self._with_stops()

    def _with_stops(self) -> list[Predicate]:
        """Let each predicate reach to the next one of its own level or above."""
        result = []
        total = len(self.tags)
        for number, item in enumerate(self.found):
            stop = total
            for later in self.found[number + 1 :]:
                if later.place is Place.MAIN or (
                    item.place is not Place.MAIN and later.start > item.start
                ):
                    stop = later.start
                    break
            result.append(item if stop == item.stop else _replaced(item, stop))
        return result

    def _predicate(self, at: int) -> Predicate | None:
        tag = self.tags[at]
        if tag == "n" and self.tags[at - 1] == "C":
            return self._under_modal(at)
        if tag == "n" and not self._is_plain_verb(at):
            return None
        if tag == "M" and self._is_noun_will(at):
            return None
        left = at - 1
        if left >= 0 and self.tags[left] in "ANC":
            left = self._skip_adverbs(left)
        letter = self.tags[left] if left >= 0 else "^"
        if letter in "TD" or (letter == "P" and tag in "VZE"):
            return None
        if letter in "MOQdBbh" and tag in "VZE":
            return None
        link = self._subject(at, left, letter)
        if link is None:
            return None
        subject, place, governor = link
        group = self._group(at)
        if group is None:
            return None
        modal, verb, tense, passive, negated, progressive, verb_at, end = group
        carried = self._carried_modal(at, letter, subject)
        if carried:
            modal, tense = carried, "modal"
        return Predicate(
            subject, place, modal, verb, tense, passive, negated, progressive, at, verb_at, end,
            end, governor,
        )  # fmt: skip

    def _is_plain_verb(self, at: int) -> bool:
        """Tell "the members resist pressure" from "the members' trade turnover"."""
        actor = self.words[self._skip_adverbs(at - 1)]
        singular = actor in self.reader.own_names or actor in COLLECTIVES
        return not singular and may_be_verb(self.words[at]) and not self._is_noun(at)

    def _under_modal(self, at: int) -> Predicate | None:
        """Read "will oppose … and prevent …": a base form that the modal before it reaches."""
        last = self.found[-1] if self.found else None
        if last is None or last.modal not in {"will", "shall"} or last.place is not Place.MAIN:
            return None
        if last.subject.role not in SPEAKERS or not may_be_verb(self.words[at]):
            return None
        return Predicate(
            last.subject, Place.MAIN, last.modal, self.words[at], "modal", False, False, False, at,
            at, at + 1, at + 1,
        )  # fmt: skip

    def _carried_modal(self, at: int, letter: str, subject: Subject) -> str:
        """Return the modal that reaches over a conjunction: "will oppose … and support …"."""
        last = self.found[-1] if self.found else None
        joined = letter == "C" or letter in _PUNCTUATION
        if last is None or not joined or self.tags[at] != "V" or self._says(at):
            return ""
        return last.modal if last.subject == subject and last.place is Place.MAIN else ""

    def _subject(self, at: int, left: int, letter: str) -> tuple[Subject, Place, int] | None:
        tag = self.tags[at]
        if letter == "^":
            return self._unstated(at)
        if letter == "W" or (letter == "H" and tag != "E"):
            return Subject(Role.THING, left, left + 1), Place.SUBORDINATE, -1
        if letter == "S":
            return None
        if letter in "IJKL" or letter in "nXEGVZA":
            return self._after_noun_phrase(at, left)
        if letter in _PUNCTUATION or letter == "C":
            return self._after_break(at, left)
        return None

    def _unstated(self, at: int) -> tuple[Subject, Place, int] | None:
        """Read a sentence that opens with its verb: "Decides to …"."""
        tag = self.tags[at]
        following = self.tags[at + 1 : at + 2]
        hereby = at > 0 and self.words[at - 1] == "hereby"
        noun = not hereby and self._is_noun(at) and (tag == "V" or following in "BMOQhV")
        if tag == "E" or (tag in "VZ" and noun):
            return None
        if tag in "BOQd" and following in {"D", "I", "J", "X"}:
            return None
        return Subject(Role.IMPLIED, at, at), Place.MAIN, -1

    def _after_noun_phrase(self, at: int, left: int) -> tuple[Subject, Place, int] | None:
        start, head = self._noun_phrase(left)
        if self.found and start < self.found[-1].end and self.tags[at] in "VZ":
            # "exchanged views": what stands right after a verb is its object.
            return None
        role = self._role(start, head)
        which = self._relative_before(at, start)
        if which is not None:
            start, head = which
            role = self._role(start, head)
        if role in (Role.PARTY, Role.THING):
            outer = self._modified(start)
            if outer is None and not self.found and self._heads_a_list(start):
                outer = 0, self._first_head()
            if outer is not None:
                start, head = outer
                role = self._role(start, head)
        tag = self.tags[at]
        if tag == "V" and role not in (Role.MEMBERS, Role.SUBSET):
            # "mutual support": a noun; "all states support" asserts nothing that is coded.
            unambiguous = self.words[at] in _STATES or (
                self.words[at] not in _NOUNS_TOO and role in (Role.PARTY, Role.ORGAN)
            )
            if not unambiguous:
                return None
        if tag == "V" and self.words[head] in {"organization", "organisation"}:
            return None
        known = self.words[at] in self.reader.lexicon.forms and role is Role.PARTY
        if tag == "E" and role not in _WHO_ACTED and not known:
            return None
        if tag == "E" and self._is_reduced_relative(at):
            return None
        # "action needs to be taken"; else a verb's form after such a noun is a noun itself.
        work = role is Role.WORK and self.tags[at + 1 : at + 2] != "T"
        if tag == "Z" and (work or role in (Role.SUBSET, Role.THERE)):
            return None
        if tag == "Z" and role in (Role.THING, Role.PARTY) and self._is_noun(at):
            return None
        place, governor = self._place(start)
        object_of_another = role is Role.THING and place is Place.MAIN and self._is_object(start)
        if object_of_another and tag in "VZE":
            # "welcome the progress made": no subject, hence no verb of its own.
            return None
        pronoun = self.tags[head] in "IJ"
        return Subject(role, start, left + 1 if head < left else head + 1, pronoun), place, governor

    def _after_break(self, at: int, left: int) -> tuple[Subject, Place, int] | None:
        """Read a verb after a comma, a conjunction or a bracket."""
        tag = self.tags[at]
        if self.tags[left] == ")":
            before = self._opening(left) - 1
            if before >= 0 and self.tags[before] in _NOMINAL:
                return self._after_noun_phrase(at, before)
        last = self._governing(at, left)
        lower = last.end if last is not None else 0
        waiting = self._waiting(lower, left)
        if waiting is not None:
            if tag == "E" and not self._is_past_of(at, waiting[0]):
                return None
            if tag in "VZ" and waiting[0].role not in (Role.MEMBERS, Role.SUBSET, Role.ORGAN):
                return None
            return waiting
        if tag in "VZ" and self._is_noun(at):
            return None
        if last is None:
            # "In this regard, reaffirm …"; an "E" here is a participle.
            opens = self.tags[left] in ",:-;" and tag != "E" and not self._has_infinitive(0, at)
            is_state = tag == "B" or self.words[at] in _STATES
            if self.tags[0] in "DnX" or (self.tags[0] == "G" and is_state):
                # "Threats – old ones, new ones – have become …"
                return Subject(Role.THING, 0, left), Place.MAIN, -1
            if not opens or (tag in "BOQ"):
                return None
            return Subject(Role.IMPLIED, at, at), Place.MAIN, -1
        return self._coordinated(at, left, last)

    def _coordinated(
        self, at: int, left: int, last: Predicate
    ) -> tuple[Subject, Place, int] | None:
        tag = self.tags[at]
        if tag == "Z" and not (last.tense == "present" and self._is_singular(last)):
            return None
        if tag == "E" and last.tense not in {"past", "perfect"}:
            return None
        if tag == "V":
            if last.tense == "present" and self._is_singular(last):
                return None
            if last.tense in {"past", "perfect"} and not (last.subject.pronoun or self._says(at)):
                return None
            if self._has_infinitive(last.end, at) and not self._says(at):
                after_comma = self.tags[left] == "C" and self.tags[left - 1 : left] == ","
                if not after_comma:
                    return None
        if tag in "Bhd" and last.subject.role is Role.THING and last.tense == "modal":
            return last.subject, last.place, last.governor
        return last.subject, last.place, last.governor
