"""The rules R1 to R6: what a clause undertakes, instructs, supports or merely says.

Each finite verb of a sentence is judged once and by name: the rule, the class of words and the
words themselves go into the verdict, so that every result can be explained.
"""

from sco_research.coding.commitments.grammar import SPEAKERS, Place, Predicate, Role, Subject
from sco_research.coding.commitments.lexicon import WordClass
from sco_research.coding.commitments.lexicon_schema import Act
from sco_research.coding.commitments.modals import PRIORITY
from sco_research.coding.commitments.states import States
from sco_research.coding.commitments.verdicts import Verdict
from sco_research.coding.commitments.words import Tagged

_PERFORMATIVE = frozenset({"declare", "state", "proclaim", "agree", "announce", "adopt", "issue"})
_DOCUMENTS = frozenset({"declaration", "communique", "communiqué", "statement", "resolution"})

_THE_MEETING = [
    ("the", word) for word in ("meeting", "conference", "summit", "ministers", "council")
]
# Of whom a body may decide that it shall do something; other states it can only call upon.
_SETTLED = frozenset({Role.THING, Role.ORGAN, Role.WORK})

_EFFORTS = frozenset({"work", "strive", "seek", "aim", "intend", "plan"})


class Judge(States):
    """Applies the rules to the finite verbs of a sentence.

    Parameters
    ----------
    lexicon : Lexicon
    reader : ClauseReader
    options : Options
    """

    def verdicts(self, tagged: Tagged, predicates: list[Predicate]) -> list[Verdict]:
        """Return a verdict for every finite verb that is not subordinate."""
        if self._options.without:
            predicates = [self._ablated(item) for item in predicates]
        return [
            self._judge(tagged, predicates, item)
            for item in predicates
            if item.place is not Place.SUBORDINATE
        ]

    def _ablated(self, item: Predicate) -> Predicate:
        """Return a verb as it looks without one of the grammar's distinctions."""
        without = self._options.without
        if "subordination" in without:
            item = item._replace(place=Place.MAIN)
        if "tense" in without and item.tense in {"past", "perfect"}:
            item = item._replace(tense="present")
        if "subjects" in without:
            item = item._replace(subject=item.subject._replace(role=Role.MEMBERS))
        return item

    def _judge(self, tagged: Tagged, all_of_them: list[Predicate], item: Predicate) -> Verdict:
        if item.place is Place.THAT:
            governor = all_of_them[item.governor]
            agreed = governor.passive and governor.subject.role is Role.IT
            if (governor.subject.role not in SPEAKERS and not agreed) or (
                governor.tense != "present"
            ):
                return self._out(item, "assertive", "R1: reported, or said by others")
            decided = governor.verb in {"decide", "resolve"} and not governor.negated
            settled = item.subject.role in _SETTLED or item.verb == "be"
            if decided and item.modal in {"will", "shall"} and settled:
                return self._strict(tagged, item, "commissive", "high", "R2 verb of undertaking",
                    "verbs.undertaking", item.end)  # fmt: skip
            if item.modal in {"will", "shall"} and governor.verb not in self._sets["affirming"]:
                return self._out(item, "assertive", "R2: a belief about the future")
        role = item.subject.role
        if item.modal in {"will", "shall"}:
            return self._future(tagged, item, role)
        if item.modal in {"should", "must", "ought", "have to"}:
            return self._duty(tagged, item, role)
        if item.modal:
            return self._out(item, "assertive", "no undertaking: a possibility")
        if item.passive:
            return self._passive(tagged, item, role)
        if item.verb == "be":
            return self._copula(tagged, item, role)
        if role in SPEAKERS or self._speaks_here(tagged, item):
            return self._active(tagged, item)
        if role in (Role.SUBSET, Role.PARTY):
            word_class = self._verb_class(tagged, item)
            noun = self._noun_class(tagged, item.end, item.stop) if word_class else None
            acts = {word_class.act if word_class else "", noun[0].act if noun else ""}
            act: Act = "expressive" if "expressive" in acts else "assertive"
            if role is Role.SUBSET and "commissive" in acts and item.tense == "present":
                act = "commissive"
            return self._out(item, act, "R1: only some of the members, or others, act")
        ranked = item.verb == "remain" and not PRIORITY.isdisjoint(
            tagged.words[item.end : item.end + 5]
        )
        if role in (Role.THING, Role.WORK) and ranked:
            return self._broad(tagged, item, "assertive", "need", "nouns.need", item.end)
        if role is Role.WORK and item.verb == "need" and tagged.tags[item.end :][:2] == "Tb":
            # "action needs to be taken": the members' own, where no other doer is named
            own = self._own_work(tagged, item) and self._agent(tagged, item) is None
            return self._broad(
                tagged, item, "assertive", "need", "verbs.requirement", item.end, own=own
            )
        if role in (Role.THING, Role.WORK) and item.verb in {"require", "need"}:
            return self._broad(tagged, item, "assertive", "need", "verbs.requirement", item.end)
        return self._out(item, "assertive", "R1: the subject is not the members together")

    def _active(self, tagged: Tagged, item: Predicate) -> Verdict:
        opens = item.verb in _PERFORMATIVE and self._opens_the_text(tagged, item)
        if tagged.tags[item.end :] == ":" and item.tense == "present" and not opens:
            # "We decide:": what is decided stands in the items.
            for _, opening in self._lexicon.verbs.get(item.verb, ())[:1]:
                why = "list: the lead-in says nothing without its items"
                return self._out(item, opening.act, why, opening.name)
        word_class = self._verb_class(tagged, item)
        if word_class is None:
            return self._out(item, "assertive", "a bare statement")
        if opens:
            return self._out(item, "declarative", "the performative opening")
        if item.tense in {"past", "perfect"}:
            return self._past(tagged, item, word_class)
        if item.progressive and item.verb in _EFFORTS:
            return self._broad(
                tagged, item, "commissive", "effort under way", word_class.name, item.end, own=True
            )
        if item.negated:
            return self._out(item, word_class.act, "R2: nothing is to be done", word_class.name)
        if word_class.reading == "undertaking":
            return self._undertaking(tagged, item, word_class)
        if word_class.reading in {"instruction", "request"}:
            return self._directive(tagged, item, word_class)
        return (
            self._complement_noun(tagged, item, word_class)
            or self._opening_verb(tagged, item, word_class)
            or self._stated(tagged, item, word_class)
        )

    def _speaks_here(self, tagged: Tagged, item: Predicate) -> bool:
        """Tell "the ministers confirm …", whose own document this is, from an organ at work."""
        if item.subject.role in SPEAKERS or not self.is_a_meeting(tagged, item.subject):
            return False
        word_class = self._verb_class(tagged, item)
        return word_class is not None and word_class.id not in {"conduct", "sharing"}

    @staticmethod
    def is_a_meeting(tagged: Tagged, subject: Subject) -> bool:
        """Tell "the ministers", "the Meeting", who speak in their own document, from others."""
        words = tagged.words[subject.start : subject.end]
        ministers = subject.role is Role.ORGAN and any(word.endswith("ministers") for word in words)
        opens = subject.start == 0 and len(words) == len(_THE_MEETING[0])
        return ministers or (opens and words in _THE_MEETING and tagged.raw[1][:1].isupper())

    def _undertaking(self, tagged: Tagged, item: Predicate, word_class: WordClass) -> Verdict:
        level = word_class.level
        if level == "high":
            level = self._level_of_complement(level, tagged, item)
        rule = "R2 verb of undertaking"
        return self._strict(tagged, item, word_class.act, level, rule, word_class.name, item.end)

    def _opening_verb(
        self, tagged: Tagged, item: Predicate, word_class: WordClass
    ) -> Verdict | None:
        """Judge a verb that opens its sentence: an operative fragment whose lead-in is lost."""
        if item.start or item.subject.role is not Role.IMPLIED:
            return None
        if word_class.id == "conduct" or item.verb == "promote":
            return next(iter(self.fragment(tagged)), None)
        if word_class.reading == "support":
            return self._broad(
                tagged, item, "expressive", "lost lead-in", word_class.name, item.end, own=True
            )
        return None

    def _stated(self, tagged: Tagged, item: Predicate, word_class: WordClass) -> Verdict:
        reading = word_class.reading
        if item.verb == "continue" and tagged.tags[item.end : item.end + 1] == "T":
            return self._going_on(tagged, item)
        if reading == "need-if-adjective":
            return self._deeming(tagged, item, word_class)
        if reading in {"support", "encouragement", "need"}:
            return self._broad(tagged, item, word_class.act, reading, word_class.name, item.end)
        act = self._felt(tagged, item) or word_class.act
        return self._out(item, act, "no undertaking in the verb", word_class.name)

    def _felt(self, tagged: Tagged, item: Predicate) -> Act | None:
        """Return the act of "note with satisfaction": how it is noted is what is said."""
        place = next(
            (at for at in range(item.end, min(item.end + 3, item.stop)) if tagged.tags[at] == "P"),
            item.stop,
        )
        if tagged.words[place : place + 1] != ("with",):
            return None
        nouns = map(self._lexicon.nouns.get, tagged.words[place + 1 : place + 3])
        return next((noun.act for noun in nouns if noun and noun.id == "feeling"), None)

    def _opens_the_text(self, tagged: Tagged, item: Predicate) -> bool:
        rest = tagged.words[item.end : item.end + 8]
        if {"following", "follows", "as follows"} & set(rest[:4]):
            return True
        if item.verb in {"adopt", "issue"} and rest[:1] in {("this",), ("the",)}:
            this = "present" in rest[1:2] or rest[0] == "this"
            return this and not _DOCUMENTS.isdisjoint(rest[1:6])
        return item.verb in {"declare", "proclaim", "state"} and (
            not rest or (rest[0] in {":", "that"} and item.verb == "declare" and len(rest) < 3)
        )

    def _as_said_now(self, tagged: Tagged, item: Predicate) -> Verdict:
        """Judge "we reaffirmed our commitment to …" by its present: a strict one counts broad."""
        now = self._active(tagged, item._replace(tense="present"))
        if now.status != "strict":
            return self._out(item, now.act, "R2: a report in the past tense", now.word_class)
        return self._broad(
            tagged, item, now.act, "undertaken here", now.word_class, now.end, own=True
        )

    def _is_performed(self, tagged: Tagged, item: Predicate, word_class: WordClass) -> bool:
        """Tell "we agreed to open …", "have agreed to open …" from "the heads of state agreed to".

        The members who say "we" undertake by these words what the present would undertake; told of
        them by another, in the simple past, it is a report.
        """
        if item.negated or (item.tense == "past" and not self._is_first_person(tagged, item)):
            return False
        undertakes = word_class.reading == "undertaking"
        return undertakes and self._takes_action(tagged, item.end, reflexive=True)

    def _past(self, tagged: Tagged, item: Predicate, word_class: WordClass) -> Verdict:
        if word_class.reading == "instruction" or (
            word_class.reading == "request" and self._tells_organ(tagged, item)
        ):
            if self._points_back(tagged, item):
                return self._out(
                    item, "assertive", "R3: an instruction given earlier", word_class.name
                )
            return self._directive(tagged, item, word_class)
        saying = word_class.id != "conduct" and item.verb != "maintain"
        noun = self._complement_noun(tagged, item, word_class) if saying else None
        act = noun.act if noun is not None else word_class.act
        if self._points_back(tagged, item) or self._is_dated(tagged, item):
            act = "assertive"
        elif self._is_performed(tagged, item, word_class):
            return self._broad(
                tagged, item, act, "undertaken here", word_class.name, item.end, own=True
            )
        elif item.tense == "past" and self._is_first_person(tagged, item) and saying:
            return self._as_said_now(tagged, item)
        elif self._options.past and (
            word_class.reading != "none" or (noun is not None and noun.status != "out")
        ):
            return self._broad(tagged, item, act, "past tense", word_class.name, item.end, own=True)
        if word_class.id == "saying":
            act = self._felt(tagged, item) or act
        return self._out(item, act, "R2: a report in the past tense", word_class.name)
