"""The rules R1 to R6: what a clause undertakes, instructs, supports or merely says.

Each finite verb of a sentence is judged once and by name: the rule, the class of words and the words
themselves go into the verdict, so that every result can be explained.
"""

from dataclasses import dataclass, field
from typing import Literal

from sco_research.coding.clauses import SPEAKERS, ClauseReader, Place, Predicate, Role, Subject
from sco_research.coding.inflection import may_be_verb
from sco_research.coding.lexicon import Act, Level, Lexicon, WordClass
from sco_research.coding.tagging import Tagged

Status = Literal["strict", "broad", "out"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one finite verb amounts to.

    Attributes
    ----------
    act : str
        Its speech act.
    status : str
        "strict", "broad" or "out".
    binding : str
        "high", "low" or "none" after the `kirton` scheme.
    rule : str
        The rule that decided.
    word_class : str
        The class of the deciding word.
    why : str
        Why it is not the other reading.
    predicate : Predicate
    start, end : int
        The deciding words, by number.
    """

    act: Act
    status: Status
    binding: Level
    rule: str
    word_class: str
    why: str
    predicate: Predicate
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of the protocol that a study can make otherwise.

    Attributes
    ----------
    instructions : bool
        R3: whether instructions to the organization's own organs are strict commitments.
    universal : bool
        Whether support for a process of a universal institution is a broad one.
    past : bool
        Whether an undertaking reported in the past tense is a broad one, as the G20 Research Group
        lists it ("We agreed to …"); the protocol leaves it out.
    without : frozenset of str
        Rules and classes taken out, for the ablation.
    """

    instructions: bool = True
    universal: bool = True
    past: bool = False
    without: frozenset[str] = field(default_factory=frozenset)


_PERFORMATIVE = frozenset({"declare", "state", "proclaim", "agree", "announce", "adopt"})
_EARLIER = frozenset(
    "previous earlier last former then ago yesterday past prior preceding".split()
)


class Judge:
    """Applies the rules to the finite verbs of a sentence.

    Parameters
    ----------
    lexicon : Lexicon
    reader : ClauseReader
    options : Options
    """

    def __init__(self, lexicon: Lexicon, reader: ClauseReader, options: Options) -> None:
        self._lexicon = lexicon
        self._reader = reader
        self._options = options
        self._sets = lexicon.sets

    def verdicts(self, tagged: Tagged, predicates: list[Predicate]) -> list[Verdict]:
        """Return a verdict for every finite verb that is not subordinate."""
        return [
            self._judge(tagged, predicates, item)
            for item in predicates
            if item.place is not Place.SUBORDINATE
        ]

    def fragment(self, tagged: Tagged) -> list[Verdict]:
        """Judge a sentence without a finite verb: "To widen the exchange of seeds."."""
        if not self._is_operative(tagged) or "broad: lost lead-in" in self._options.without:
            return []
        nobody = Subject(Role.IMPLIED, 0, 0)
        item = Predicate(
            nobody, Place.MAIN, "", tagged.words[tagged.tags[0] == "T"], "present", False, False, False, 0, 1, 2,
            len(tagged.tags),
        )  # fmt: skip
        why = "R2: the lead-in, and with it the undertaking, is lost"
        return [Verdict("commissive", "broad", "low", "broad: lost lead-in", "", why, item, 0, 2)]

    def _is_operative(self, tagged: Tagged) -> bool:
        """Tell a sentence that opens with what is to be done from a heading or a bare noun."""
        tags, words = tagged.tags, tagged.words
        if len(tags) < _LEAST_FRAGMENT:
            return False
        if tags[0] == "T":
            return self._is_action(tagged, 1)
        nominal = words[0] in self._sets["actions"] or words[0] in self._sets["things"]
        if nominal and tags[0] == "n" and len(tags) < _LEAST_SURE_FRAGMENT:
            return False
        follows = tags[1] in "DAEGCH" or (tags[1] == "n" and tagged.raw[1].islower())
        return tags[0] in "nV" and follows and may_be_verb(words[0])

    # -- one verb

    def _judge(self, tagged: Tagged, all_of_them: list[Predicate], item: Predicate) -> Verdict:
        if item.place is Place.THAT:
            governor = all_of_them[item.governor]
            if governor.subject.role not in SPEAKERS or governor.tense != "present":
                return self._out(item, "assertive", "R1: reported, or said by others")
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
        if role in SPEAKERS:
            return self._active(tagged, item)
        if role is Role.SUBSET:
            return self._out(item, "assertive", "R1: only some of the members act")
        if role in (Role.THING, Role.WORK) and item.verb in {"require", "need"}:
            return self._broad(tagged, item, "assertive", "need", "verbs.requirement", item.end)
        return self._out(item, "assertive", "R1: the subject is not the members together")

    # -- verdicts

    def _out(self, item: Predicate, act: Act, why: str, word_class: str = "", rule: str = "") -> Verdict:
        return Verdict(
            act, "out", "none", rule or why.partition(":")[0], word_class, why, item,
            item.start, item.end,
        )  # fmt: skip

    def _strict(
        self, tagged: Tagged, item: Predicate, act: Act, level: Level, rule: str, word_class: str, end: int
    ) -> Verdict:
        if rule in self._options.without or word_class in self._options.without:
            return self._out(item, act, f"{rule}: taken out", word_class)
        if item.negated and rule != "R2 negative undertaking" and item.modal == "":
            return self._out(item, act, "R2: the undertaking itself is denied", word_class)
        why = "an undertaking of the members together about the future"
        if rule.startswith("R3"):
            if not self._options.instructions:
                return self._out(item, act, "R3: instructions are left out by choice", word_class)
            why = "a task laid on an organ of the members' own"
        return Verdict(act, "strict", level, rule, word_class, why, item, item.start, end)

    # -- will and shall

    def _future(self, tagged: Tagged, item: Predicate, role: Role) -> Verdict:
        sets = self._sets
        if role in SPEAKERS:
            return self._members_will(tagged, item)
        if item.passive:
            return self._passive_future(tagged, item, role)
        if role is Role.ORGAN:
            if item.verb in sets["announcing"] or item.verb in sets["predicting"]:
                return self._out(item, "assertive", "R3: an event, not a task")
            if item.place is Place.THAT:
                return self._out(item, "assertive", "R3: a task that is noted, not laid on")
            return self._strict(
                tagged, item, "directive", self._level("high", tagged, item), "R3 task of an organ",
                "actors.organs", item.end,
            )  # fmt: skip
        if role is Role.WORK:
            going_on = item.verb in {"continue", "proceed", "focus", "go", "expand", "concentrate",
                "intensify", "include", "cover", "develop"}  # fmt: skip
            if going_on and self._own_work(tagged, item):
                level: Level = "low" if item.verb in sets["continuing"] else "high"
                return self._strict(
                    tagged, item, "commissive", level, "R1 joint work goes on",
                    "actors.joint_work", item.end,
                )  # fmt: skip
            return self._out(item, "assertive", "R1: a prediction about the members' work")
        return self._out(item, "assertive", "R1: 'will' has another subject")

    def _own_work(self, tagged: Tagged, item: Predicate) -> bool:
        words = tagged.words[item.subject.start : item.subject.end]
        names = {"other", "donors"} | self._sets["outside"]
        return names.isdisjoint(words) and not self._names_a_party(tagged, item.subject.start, item.subject.end)

    def _names_a_party(self, tagged: Tagged, start: int, end: int) -> bool:
        """Tell whether a doer other than the members is named: "of the World Bank"."""
        return any(
            tagged.words[place] in {"of", "by"}
            and place + 1 < end
            and any(
                tagged.words[later] in self._sets["others"]
                and not {"member", "our", "participating"} & set(tagged.words[place:later])
                for later in range(place + 1, min(place + 5, end))
            )
            for place in range(start, end)
        )

    def _members_will(self, tagged: Tagged, item: Predicate) -> Verdict:
        sets = self._sets
        verb = item.verb
        if verb in sets["announcing"] and self._is_event(tagged, item.end):
            return self._out(item, "assertive", "R2: announces an event")
        if item.passive and self._agent(tagged, item) is None and not item.negated and verb != "guide":
            return self._out(item, "assertive", "R2: a prediction about the members")
        if verb in sets["predicting"] and not self._is_deed(tagged, item):
            return self._out(item, "assertive", "R2: a prediction about the members")
        rule = "R2 negative undertaking" if item.negated else "R2 will or shall"
        level = self._level("high", tagged, item)
        return self._strict(tagged, item, "commissive", level, rule, "modals.will", item.end)

    def _is_event(self, tagged: Tagged, start: int) -> bool:
        words = tagged.words[start : start + 9]
        if tagged.words[start - 1] in {"meet", "gather", "convene", "reconvene"}:
            return bool({"in", "at", "next", "again", "on"} & set(words[:3]))
        return bool({"next", "regular", "anniversary"} & set(words[:6])) and bool(
            (sets_of(self._sets, "events") | {"anniversary"}) & set(words)
        )

    def _is_deed(self, tagged: Tagged, item: Predicate) -> bool:
        """Tell "will remain committed to", "will have regular talks" from "will benefit"."""
        following = tagged.words[item.end : item.end + 4]
        if item.verb in {"remain", "stay"}:
            return any(
                word_class.id == "will" or word in {"seized", "engaged", "vigilant", "open"}
                for word in following
                for word_class in self._lexicon.adjectives.get(word, _NOTHING)
            ) or not {"seized", "engaged", "vigilant"}.isdisjoint(following)
        return item.verb == "see" and following[:1] == ("to",)

    def _level(self, level: Level, tagged: Tagged, item: Predicate) -> Level:
        """Let the complement override the modal: "will continue to", "agree to keep"."""
        if item.verb in self._sets["continuing"] or item.verb in self._sets["striving"]:
            return "low"
        place = item.end
        while place < len(tagged.tags) and tagged.tags[place] in "AT":
            place += 1
        if item.verb in {"agree", "decide", "resolve", "commit", "pledge", "undertake", "promise", "instruct"}:
            return self._level_of_complement(level, tagged, item)
        if tagged.words[place : place + 1] == ("committed",):
            return "low"
        if item.verb == "be":
            return "low"
        return level

    def _level_of_complement(self, level: Level, tagged: Tagged, item: Predicate) -> Level:
        for place in range(item.end, min(item.stop, item.end + 25)):
            if tagged.tags[place] == "T":
                after = place + 1
                while after < len(tagged.tags) and tagged.tags[after] in "AN":
                    after += 1
                word = tagged.words[after] if after < len(tagged.words) else ""
                base = self._lexicon.forms.get(word, (word, ""))[0]
                low = self._sets["continuing"] | self._sets["striving"]
                return "low" if base in low and base != "go" else level
        return level

    # -- passives

    def _agent(self, tagged: Tagged, item: Predicate) -> Role | None:
        """Return who the doer of a passive is, where "by …" names one."""
        for place in range(item.end, min(item.stop, item.end + 14)):
            if tagged.words[place] == "by" and place + 1 < len(tagged.tags):
                head = place + 1
                while head < len(tagged.tags) and tagged.tags[head] in "DA":
                    head += 1
                if head >= len(tagged.tags) or tagged.tags[head] == "G":
                    return None
                if tagged.words[head].isdigit() or tagged.words[head] in _TIMES:
                    return None
                last = head
                while last + 1 < len(tagged.tags) and tagged.tags[last + 1] in "nXVZ":
                    last += 1
                if tagged.tags[head] in "IJ":
                    return Role.MEMBERS
                role = self._reader.role_of(tagged, place + 1, last)
                return role
            if tagged.tags[place] in ";:":
                break
        return None

    def _passive_future(self, tagged: Tagged, item: Predicate, role: Role) -> Verdict:
        agent = self._agent(tagged, item)
        if agent is Role.ORGAN:
            return self._strict(tagged, item, "directive", "high", "R3 task of an organ",
                "actors.organs", item.end)  # fmt: skip
        if agent not in (None, Role.MEMBERS):
            return self._out(item, "assertive", "R1: the doer is named and is not the members")
        verb = item.verb
        if verb not in self._sets["passives_of_action"] and agent is None and role is not Role.WORK:
            return self._out(item, "assertive", "R2: announces an event or predicts")
        if role in (Role.PARTY, Role.SUBSET):
            return self._out(item, "assertive", "R1: 'will' has another subject")
        if verb in {"hold"} or tagged.words[item.subject.end - 1 : item.subject.end] and (
            self._subject_head(tagged, item) in self._sets["events"]
        ):
            return self._out(item, "assertive", "R2: announces an event")
        if verb == "open" and not {"joint", "common", "our"} & set(
            tagged.words[item.subject.start : item.subject.end]
        ):
            return self._out(item, "assertive", "R2: announces an event")
        if not self._own_work(tagged, item):
            return self._out(item, "assertive", "R1: the doer is named and is not the members")
        level: Level = "low" if verb in self._sets["continuing"] or verb in self._sets["striving"] else "high"
        if "continue" in tagged.words[item.start : item.end]:
            level = "low"
        return self._strict(
            tagged, item, "commissive", level, "R1 passive, members implied", "modals.will", item.end
        )

    def _subject_head(self, tagged: Tagged, item: Predicate) -> str:
        for place in range(item.subject.start, item.subject.end):
            if tagged.tags[place] == "P":
                return tagged.words[place - 1]
        return tagged.words[item.subject.end - 1] if item.subject.end else ""

    def _passive(self, tagged: Tagged, item: Predicate, role: Role) -> Verdict:
        adjective = self._adjective(tagged, item, item.verb_at)
        if role in SPEAKERS and adjective is not None and item.tense == "present":
            return self._copula(tagged, item, role)
        word_class = self._verb_class(tagged, item)
        if item.tense != "present":
            if word_class is not None and word_class.reading == "instruction" and item.tense == "past":
                return self._instruct_passive(tagged, item, role, word_class, past=True)
            return self._out(item, "assertive", "R2: a report in the past tense")
        if word_class is not None:
            if word_class.reading == "undertaking" and role in (Role.IT, Role.THING):
                if self._takes_action(tagged, item.end):
                    return self._strict(tagged, item, "commissive",
                        self._level_of_complement("high", tagged, item),
                        "R1 passive, members implied", word_class.name, item.end)  # fmt: skip
            if word_class.reading in {"instruction", "request"}:
                return self._instruct_passive(tagged, item, role, word_class, past=False)
        if item.verb in {"need", "require"}:
            return self._needed(tagged, item)
        if item.verb == "convince" and role in SPEAKERS:
            return self._convinced(tagged, item)
        return self._out(item, "assertive", "a bare statement")

    def _needed(self, tagged: Tagged, item: Predicate) -> Verdict:
        """Judge "joint efforts of the members are required" by its subject."""
        own = self._own_evidence(tagged, item.subject.start, item.subject.end)
        if own:
            return self._broad(
                tagged, item, "assertive", "need", "adjectives.need", item.end, own=True
            )
        return self._out(item, "assertive", "R4: need of something, not of the members' action")

    def _convinced(self, tagged: Tagged, item: Predicate) -> Verdict:
        noun = self._noun_class(tagged, item.end, item.stop, need_only=True)
        if noun is not None:
            word_class, at = noun
            return self._broad(tagged, item, "assertive", "need", word_class.name, at + 1)
        return self._out(item, "assertive", "a belief")

    def _instruct_passive(
        self, tagged: Tagged, item: Predicate, role: Role, word_class: WordClass, *, past: bool
    ) -> Verdict:
        if role is not Role.ORGAN:
            act: Act = "directive" if role in (Role.PARTY, Role.SUBSET) else "assertive"
            return self._out(item, act, "R3: no organ of the members' own is told", word_class.name)
        if past and self._points_back(tagged):
            return self._out(item, "assertive", "R3: an instruction given earlier", word_class.name)
        level = self._level_of_complement("high", tagged, item)
        return self._strict(
            tagged, item, "directive", level, "R3 instruction", word_class.name, item.end
        )

    # -- be

    def _adjective(self, tagged: Tagged, item: Predicate, place: int) -> WordClass | None:
        word = tagged.words[place] if place < len(tagged.words) else ""
        classes = self._lexicon.adjectives.get(word, ())
        for word_class in classes:
            if "any" in word_class.takes or self._takes_action(tagged, place + 1, strict=True):
                return word_class
        return None

    def _copula(self, tagged: Tagged, item: Predicate, role: Role) -> Verdict:
        place = item.end if item.verb == "be" else item.verb_at
        while place < len(tagged.tags) and tagged.tags[place] in "AND":
            place += 1
        if place < len(tagged.words) and tagged.words[place] == "of":
            # "is of importance", "are of the view"
            place += 1
            while place < len(tagged.tags) and tagged.tags[place] in "AD":
                place += 1
        if item.tense != "present":
            return self._out(item, "assertive", "R2: a report in the past tense")
        word_class = self._adjective(tagged, item, place)
        if role in SPEAKERS:
            return self._members_are(tagged, item, place, word_class)
        noun = tagged.words[place] if place < len(tagged.words) else ""
        if role in (Role.IT, Role.THING, Role.WORK):
            if self._is_our_aim(tagged, item, place):
                return self._strict(tagged, item, "commissive", "low", "R2 noun of will",
                    "nouns.will", place + 1)  # fmt: skip
            if noun in {"needed", "required"}:
                return self._needed(tagged, item)
            if word_class is not None and word_class.reading == "need":
                return self._broad(tagged, item, "assertive", "need", word_class.name, place + 1)
            if noun in {"need", "necessity", "priority", "importance"}:
                return self._broad(tagged, item, "assertive", "need", "nouns.need", place + 1)
        if role is Role.THERE and "need" in tagged.words[place : place + 3]:
            return self._broad(tagged, item, "assertive", "need", "nouns.need", place + 2)
        return self._out(item, "assertive", "a bare statement")

    def _is_our_aim(self, tagged: Tagged, item: Predicate, place: int) -> bool:
        """Tell "our aim is to open …", "it is the intention of the members to open …"."""
        words, tags = tagged.words, tagged.tags
        subject = range(item.subject.start, item.subject.end)
        if any(words[at] in _AIMS for at in subject):
            return self._is_owned(tagged, subject) and self._takes_action(tagged, place)
        if words[place : place + 1] and words[place] in _AIMS:
            stop = tags.find("T", place)
            return stop > 0 and self._is_owned(tagged, range(item.end, stop)) and (
                self._takes_action(tagged, stop)
            )
        return False

    def _is_owned(self, tagged: Tagged, span: range) -> bool:
        return any(
            tagged.words[at] in {"our", "their"} or tagged.tags[at] in "XIJ" for at in span
        )

    def _members_are(
        self, tagged: Tagged, item: Predicate, place: int, word_class: WordClass | None
    ) -> Verdict:
        words = tagged.words
        if word_class is None:
            if words[place : place + 1] == ("convinced",):
                return self._convinced(tagged, item)
            # "are firm in their resolve to"
            noun = self._will_noun(tagged, place, item.stop)
            if noun is not None and tagged.tags[noun - 1] in "DnAGE":
                return self._strict(tagged, item, "commissive", "low", "R2 noun of will", "nouns.will", noun + 1)
            return self._out(item, "assertive", "a bare statement")
        if word_class.reading == "undertaking":
            return self._strict(tagged, item, word_class.act, word_class.level,
                "R2 adjective of will", word_class.name, place + 1)  # fmt: skip
        if word_class.reading in {"support", "openness"}:
            return self._broad(
                tagged, item, word_class.act, word_class.reading, word_class.name, place + 1
            )
        return self._out(item, word_class.act, "R5: a stance", word_class.name)

    # -- active verbs in the present or past

    def _verb_class(self, tagged: Tagged, item: Predicate) -> WordClass | None:
        """Return the first class of a verb whose particle and complement are there."""
        after = tagged.words[item.end] if item.end < len(tagged.words) else ""
        place = item.end
        while place < len(tagged.tags) and tagged.tags[place] == "A":
            place += 1
        later = tagged.words[place] if place < len(tagged.words) else ""
        for particle, word_class in self._lexicon.verbs.get(item.verb, ()):
            if word_class.name in self._options.without:
                continue
            start = item.end
            if particle:
                if after == particle:
                    start = item.end + 1
                elif later == particle:
                    start = place + 1
                else:
                    continue
            if self._is_met(tagged, item, word_class, start, particle):
                return word_class
        return None

    def _is_met(
        self, tagged: Tagged, item: Predicate, word_class: WordClass, start: int, particle: str
    ) -> bool:
        if "any" in word_class.takes:
            return True
        if "to" in word_class.takes:
            return self._takes_action(tagged, start, reflexive=True, gerund=bool(particle))
        if particle == "that":
            return True
        following = tagged.tags[start : start + 1]
        if following == "H":
            return "that" in word_class.takes
        return "object" in word_class.takes and following in {"D", "n", "G", "E"} and not (
            following == "D" and tagged.words[start] == "that"
        )

    def _active(self, tagged: Tagged, item: Predicate) -> Verdict:
        word_class = self._verb_class(tagged, item)
        if word_class is None:
            return self._out(item, "assertive", "a bare statement")
        if item.verb in _PERFORMATIVE and self._opens_the_text(tagged, item):
            return self._out(item, "declarative", "the performative opening")
        reading = word_class.reading
        if item.tense in {"past", "perfect"}:
            return self._past(tagged, item, word_class)
        if item.progressive and item.verb in {"work", "strive", "seek", "aim", "intend", "plan"}:
            return self._broad(
                tagged, item, "commissive", "effort under way", word_class.name, item.end, own=True
            )
        if item.negated:
            return self._out(item, word_class.act, "R2: nothing is to be done", word_class.name)
        if reading == "undertaking":
            level = word_class.level
            if level == "high":
                level = self._level_of_complement(level, tagged, item)
            return self._strict(
                tagged, item, word_class.act, level, "R2 verb of undertaking", word_class.name, item.end
            )
        if reading in {"instruction", "request"}:
            return self._directive(tagged, item, word_class)
        noun = self._complement_noun(tagged, item, word_class)
        if noun is not None:
            return noun
        if item.verb == "continue" and tagged.tags[item.end : item.end + 1] == "T":
            return self._going_on(tagged, item)
        opens = item.start == 0 and item.subject.role is Role.IMPLIED
        if opens and (word_class.id == "conduct" or item.verb == "promote"):
            kept = self.fragment(tagged)
            if kept:
                return kept[0]
        if opens and reading == "support":
            return self._broad(tagged, item, "expressive", "lost lead-in", word_class.name, item.end, own=True)
        if reading == "need-if-adjective":
            return self._deeming(tagged, item, word_class)
        if reading in {"support", "encouragement", "need"}:
            return self._broad(tagged, item, word_class.act, reading, word_class.name, item.end)
        return self._out(item, word_class.act, "no undertaking in the verb", word_class.name)

    def _going_on(self, tagged: Tagged, item: Predicate) -> Verdict:
        """Judge "we continue to support …" by what goes on; else it describes conduct."""
        place = item.end + 1
        while place < item.stop and tagged.tags[place] in "AN":
            place += 1
        word = tagged.words[place] if place < item.stop else ""
        for _, word_class in self._lexicon.verbs.get(word, ()):
            if word_class.reading in {"support", "encouragement"}:
                return self._broad(
                    tagged, item, word_class.act, "support", word_class.name, place + 1
                )
        return self._broad(tagged, item, "assertive", "conduct goes on", "verbs.conduct", item.end, own=True)

    def _opens_the_text(self, tagged: Tagged, item: Predicate) -> bool:
        rest = tagged.words[item.end : item.end + 8]
        if {"following", "follows", "as follows"} & set(rest[:4]):
            return True
        return item.verb in {"declare", "proclaim", "state"} and (
            not rest or rest[0] in {":", "that"} and item.verb == "declare" and len(rest) < 3
        )

    def _past(self, tagged: Tagged, item: Predicate, word_class: WordClass) -> Verdict:
        if word_class.reading == "instruction" or (
            word_class.reading == "request" and self._tells_organ(tagged, item)
        ):
            if self._points_back(tagged):
                return self._out(item, "assertive", "R3: an instruction given earlier", word_class.name)
            return self._directive(tagged, item, word_class)
        saying = word_class.id != "conduct" and item.verb != "maintain"
        noun = self._complement_noun(tagged, item, word_class) if saying else None
        act = noun.act if noun is not None else word_class.act
        if self._points_back(tagged):
            act = "assertive"
        elif self._options.past and (word_class.reading != "none" or act == "commissive"):
            return self._broad(tagged, item, act, "past tense", word_class.name, item.end, own=True)
        return self._out(item, act, "R2: a report in the past tense", word_class.name)

    def _points_back(self, tagged: Tagged) -> bool:
        """Tell whether a sentence reports an earlier occasion: "at the Strelsau summit"."""
        words = tagged.words
        if not _EARLIER.isdisjoint(words):
            return True
        return any(
            word in _OCCASIONS
            and "at" in words[max(0, place - 6) : place]
            and {"next", "this", "our"}.isdisjoint(words[max(0, place - 6) : place])
            for place, word in enumerate(words)
        )

    # -- instructions

    def _tells_organ(self, tagged: Tagged, item: Predicate) -> bool:
        return self._addressee(tagged, item) is Role.ORGAN

    def _addressee(self, tagged: Tagged, item: Predicate) -> Role:
        """Tell who is told: the noun phrase after the verb."""
        place = item.end
        tags = tagged.tags
        while place < item.stop and tags[place] in "PADN,":
            place += 1
        if place >= item.stop:
            return Role.THING
        if tags[place] == "T":
            return Role.IMPLIED
        seen: list[Role] = []
        first = place
        while place < item.stop and tags[place] not in "T:;":
            if tags[place] == "P" and seen and seen[0] is not Role.THING:
                break
            if tagged.words[place] in _AMBIGUOUS_PARTIES:
                seen.append(Role.PARTY)
            elif tags[place] in "nXVZ":
                seen.append(self._reader.role_of(tagged, first, place))
            elif tags[place] in "JI":
                seen.append(Role.MEMBERS)
            place += 1
            if place - first > 14:
                break
        for role in (Role.ORGAN, Role.MEMBERS):
            if role in seen:
                return role
        return seen[-1] if seen else Role.THING

    def _directive(self, tagged: Tagged, item: Predicate, word_class: WordClass) -> Verdict:
        role = self._addressee(tagged, item)
        if role is Role.ORGAN and self._is_own_organ(tagged, item):
            level = self._level_of_complement("high", tagged, item)
            return self._strict(
                tagged, item, "directive", level, "R3 instruction", word_class.name, item.end
            )
        if role is Role.IMPLIED and word_class.reading == "instruction":
            level = self._level_of_complement("high", tagged, item)
            return self._strict(
                tagged, item, "directive", level, "R3 instruction", word_class.name, item.end
            )
        if role is Role.MEMBERS and item.tense == "present":
            return Verdict("directive", "broad", "low", "broad: a call on the members themselves",
                word_class.name, "R5: a call is no undertaking", item, item.start, item.end)  # fmt: skip
        if word_class.reading == "instruction" and role is Role.THING and item.tense == "present":
            return self._out(item, "assertive", "R3: nobody is told", word_class.name)
        return self._out(item, "directive", "R5: a call on others", word_class.name)

    def _is_own_organ(self, tagged: Tagged, item: Predicate) -> bool:
        """An organ of another organization is an outsider: "the UN Secretary-General"."""
        words = set(tagged.words[item.end : item.end + 8])
        return words.isdisjoint(self._reader.foreign - {"council", "group", "committee"})

    # -- nouns under a verb of saying

    def _complement_noun(
        self, tagged: Tagged, item: Predicate, word_class: WordClass
    ) -> Verdict | None:
        if word_class.reading in {"support", "encouragement"} or word_class.id == "stance":
            return None
        will = self._will_noun(tagged, item.end, item.stop)
        if will is not None and "nouns.will" not in self._options.without:
            return self._strict(
                tagged, item, "commissive", "low", "R2 noun of will", "nouns.will", will + 1
            )
        if self._adheres(tagged, item):
            return self._out(item, "expressive", "R2: a noun of will on a thing, nothing is to be done",
                "nouns.will")  # fmt: skip
        if self._renews_commitments(tagged, item):
            return self._broad(
                tagged, item, "commissive", "commitments renewed", "nouns.will", item.end, own=True
            )
        found = self._noun_class(tagged, item.end, item.stop)
        if found is None:
            return None
        noun, at = found
        if noun.reading in {"need", "support"}:
            return self._broad(tagged, item, noun.act, noun.reading, noun.name, at + 1)
        return self._out(item, noun.act, "R5: a stance or feeling", noun.name)

    def _adheres(self, tagged: Tagged, item: Predicate) -> bool:
        """Tell "reaffirm their commitment to the principles of …"."""
        for place in range(item.end, min(item.stop, item.end + 14)):
            if tagged.tags[place] in "H;":
                return False
            noun = self._lexicon.nouns.get(tagged.words[place])
            if noun is not None and noun.id != "will":
                return False
            if noun is not None and tagged.tags[place + 1 : place + 2] == "T":
                return True
        return False

    def _renews_commitments(self, tagged: Tagged, item: Predicate) -> bool:
        """Tell "extend our standstill commitment until …" from adherence to principles."""
        if item.verb not in {"reaffirm", "extend", "renew", "reiterate", "confirm", "reinforce"}:
            return False
        for place in range(item.end, min(item.stop, item.end + 12)):
            if tagged.words[place] in {"commitment", "commitments", "pledge"}:
                owned = {"our", "their"} & set(tagged.words[item.end : place + 9])
                return bool(owned) and tagged.words[place + 1 : place + 2] != ("to",)
        return False

    def _noun_class(
        self, tagged: Tagged, start: int, stop: int, *, need_only: bool = False
    ) -> tuple[WordClass, int] | None:
        """Return the class of the head of the object right after a verb."""
        tags, words = tagged.tags, tagged.words
        place = start
        while place < stop and tags[place] in "DAnEGVZPC":
            noun = self._lexicon.nouns.get(words[place])
            if tags[place] in "PC" and not need_only and place > start and tags[place] == "P":
                break
            if noun is not None and noun.id != "will" and (not need_only or noun.id == "need"):
                return noun, place
            place += 1
            if place - start > 9:
                break
        return None

    def _will_noun(self, tagged: Tagged, start: int, stop: int) -> int | None:
        """Return a noun of will in the object, with what is to be done, and the members' own."""
        tags, words = tagged.tags, tagged.words
        depth = 0
        for place in range(start, stop):
            letter = tags[place]
            if letter in "HW;":
                return None
            if letter == "G" and place + 1 < stop and tags[place - 1] in ",":
                return None
            noun = self._lexicon.nouns.get(words[place])
            if noun is None or noun.id != "will" or place + 1 >= stop:
                continue
            if not self._is_own_will(tagged, start, place):
                continue
            after = self._after_will(tagged, place, stop)
            if after is not None and (
                tags[after] != "T" or self._takes_action(tagged, after, strict=True)
            ):
                return place
        return None

    def _is_own_will(self, tagged: Tagged, start: int, noun: int) -> bool:
        tags = tagged.tags
        place = noun - 1
        while place >= start and tags[place] in "AnEG" :
            place -= 1
        if place < start:
            return True
        if tags[place] == "D":
            owner = tagged.words[place]
            if owner not in {"their", "our", "its", "the", "a", "own", "this", "his"} and not (
                owner.endswith("s") or owner in {"'", "’"}
            ):
                return False
            if owner.endswith(("'s", "’s")):
                return owner[:-2] in self._lexicon.actor_words
            before = place - 1
            return before < start or tags[before] in "C,DAXEVn" or tagged.words[before] in {
                "on", "about", "with", "of", "to", "in", "by",
            }  # fmt: skip
        return tags[place] in "C,"

    def _after_will(self, tagged: Tagged, noun: int, stop: int) -> int | None:
        """Return the place of "to", over "of the member states" and coordinated nouns of will."""
        tags, words = tagged.tags, tagged.words
        place = noun + 1
        if place < stop and words[place] == "of":
            head = place + 1
            while head < stop and tags[head] in "DAn" and tags[head] != "X":
                head += 1
            if head < stop and tags[head] == "X":
                place = head + 1
                while place < stop and tags[place] in "PDnX" and words[place] != "to":
                    place += 1
        while place < stop and (
            tags[place] in "C,A" or (tags[place] in "DnVGE" and self._leads_to_will(tagged, place, stop))
        ):
            place += 1
        if place < stop and words[place] in {"at", "in", "under", "from", "within"}:
            later = place
            while later < stop and tags[later] in "PDnXAGE" and later - place < 12:
                later += 1
            if later < stop and tags[later] == "T":
                place = later
        if place < stop and tags[place] == "E":
            # "the commitment made in Strelsau: to …"
            while place < stop and tags[place] in "EPDnA":
                place += 1
        if place < stop and tags[place] in ",:":
            place += 1
        if place < stop and tags[place] == "H":
            return place
        if place < stop and words[place] == "on" and self._is_action_phrase(tagged, place + 1):
            return place
        return place if place < stop and tags[place] == "T" else None

    def _leads_to_will(self, tagged: Tagged, place: int, stop: int) -> bool:
        for later in range(place, min(stop, place + 4)):
            noun = self._lexicon.nouns.get(tagged.words[later])
            if noun is not None and noun.id == "will":
                return True
            if tagged.tags[later] not in "DnAGVE":
                return False
        return False

    # -- what is to be done

    def _takes_action(
        self, tagged: Tagged, start: int, *, reflexive: bool = False, strict: bool = False, gerund: bool = False
    ) -> bool:
        """Tell whether "to" follows with something that can be done (R2, R6).

        An infinitive, a gerund and a noun of action can; a principle or a treaty cannot.
        """
        tags, words = tagged.tags, tagged.words
        total = len(tags)
        place = start
        if reflexive and words[place : place + 1] and words[place] in {"ourselves", "themselves", "itself"}:
            place += 1
        if gerund and place < total:
            return self._is_action(tagged, place)
        place = self._over_insertions(tagged, place)
        if place >= total:
            return False
        if tags[place] != "T":
            return False
        place += 1
        while place < total and tags[place] in "AN:-,":
            place += 1
        if place + 2 < total and tags[place] == "C" and tags[place + 1] in "Vn":
            # "commit to and prioritize the implementation"
            place += 2
        if place >= total:
            return True
        return self._is_action(tagged, place)

    def _over_insertions(self, tagged: Tagged, place: int) -> int:
        tags = tagged.tags
        total = len(tags)
        while place < total and tags[place] in "AN":
            place += 1
        if tags[place : place + 2] == ",T":
            return place + 1
        if place < total and tags[place] in ",(":
            for later in range(place + 1, min(total, place + 16)):
                if tags[later] in ",)":
                    return later + 1 if later + 1 < total and tags[later + 1] in "T" else place
        # "decided in Strelsau to", "agree on this basis to"
        if place < total and tags[place] == "P":
            for later in range(place + 1, min(total, place + 7)):
                if tags[later] == "T":
                    return later
                if tags[later] not in "DnAX":
                    break
        return place

    def _is_action(self, tagged: Tagged, place: int) -> bool:
        tags, words = tagged.tags, tagged.words
        total = len(tags)
        while place + 1 < total and tags[place] in "AN":
            place += 1
        word = words[place]
        letter = tags[place]
        following = tags[place + 1] if place + 1 < total else "."
        if letter == "G":
            return True
        if letter in "Vbh" or (letter == "n" and may_be_verb(word)):
            nominal = word in self._sets["things"] or word in self._sets["actions"]
            if not (nominal and following in "PC,;:.)"):
                if letter != "n" or following not in "PC" or word not in self._sets["things"]:
                    return True
        return self._is_action_phrase(tagged, place)

    def _is_action_phrase(self, tagged: Tagged, place: int) -> bool:
        """Tell whether noun phrases name something to be done, by their heads.

        A bare good ("peace and development") is nothing to be done; a good that is to grow
        ("further development", "the development of ports") is.
        """
        tags, words = tagged.tags, tagged.words
        total = len(tags)
        end = place
        while end < total and tags[end] in "DAnEGVXZKC," and end - place < _LONGEST_PHRASE:
            end += 1
        begin = place
        for later in range(place, end + 1):
            if later < end and tags[later] not in "C,":
                continue
            last = later - 1
            if last >= begin and self._is_action_head(tagged, begin, last, later):
                return True
            begin = later + 1
        return False

    def _is_action_head(self, tagged: Tagged, begin: int, last: int, after: int) -> bool:
        tags, words = tagged.tags, tagged.words
        word = words[last]
        following = tags[after] if after < len(tags) else "."
        if any(tags[place] == "G" and words[place] not in self._sets["things"]
               for place in range(begin, last + 1)):
            return following != "n"
        if word in _GOALS:
            target = words[after + 1 : after + 2]
            return following == "T" or (
                words[after : after + 1] == ("of",) and tags[after + 1 : after + 2] == "G"
            ) or bool(target and False)
        if tagged.raw[last][:1].isupper() and last > begin and not tagged.raw[last].isupper():
            return False
        if word in self._sets["things"] or not self._is_action_noun((word,)):
            return False
        grows = not self._sets["changes"].isdisjoint(words[begin:last])
        qualified = any(letter != "D" for letter in tags[begin:last])
        means = following == "T" or words[after : after + 1] in _OF
        return word not in _GOODS or grows or qualified or means

    def _is_action_noun(self, words: tuple[str, ...]) -> bool:
        return any(
            word in self._sets["actions"]
            or (word.endswith(_ACTION_ENDINGS) and word not in self._sets["things"])
            for word in words
        )

    # -- need, support, duty

    def _deeming(self, tagged: Tagged, item: Predicate, word_class: WordClass) -> Verdict:
        for place in range(item.end, min(item.end + 6, len(tagged.words))):
            if tagged.tags[place] in "H;":
                break
            adjectives = self._lexicon.adjectives.get(tagged.words[place], ())
            if any(adjective.reading == "need" for adjective in adjectives):
                return self._broad(tagged, item, "assertive", "need", "adjectives.need", place + 1)
        return self._out(item, word_class.act, "a belief or judgement", word_class.name)

    def _duty(self, tagged: Tagged, item: Predicate, role: Role) -> Verdict:
        if role in SPEAKERS:
            return self._broad(tagged, item, "assertive", "need", "modals.should", item.end, own=True)
        agent = self._agent(tagged, item) if item.passive else None
        if role in (Role.PARTY, Role.SUBSET, Role.ORGAN) and not item.passive:
            if role is Role.ORGAN and item.modal == "must":
                return self._strict(tagged, item, "directive", "high", "R3 task of an organ",
                    "actors.organs", item.end)  # fmt: skip
            return self._out(item, "directive", "R5: a duty laid on others")
        if agent is Role.MEMBERS:
            return self._broad(tagged, item, "assertive", "need", "modals.should", item.end, own=True)
        if role is Role.WORK and self._own_evidence(tagged, item.subject.start, item.subject.end):
            return self._broad(tagged, item, "assertive", "need", "modals.should", item.end, own=True)
        return self._out(item, "assertive", "R4: a duty without the members as doers")

    def _broad(
        self, tagged: Tagged, item: Predicate, act: Act, reading: str, word_class: str, end: int,
        *, own: bool = False,
    ) -> Verdict:  # fmt: skip
        """Judge a statement of support, need or the like by its object (R4, R5 relaxed)."""
        rule = f"broad: {reading}"
        why = "R4: need is no undertaking" if reading == "need" else "R5: a stance is no undertaking"
        kept = self._options.without.isdisjoint({rule, word_class, "broad"})
        if kept and (own or self._object_counts(tagged, item, reading, end)):
            return Verdict(act, "broad", "low", rule, word_class, why, item, item.start, end)
        return self._out(item, act, f"{why}; its object is no future action of the members", word_class)

    def _own_evidence(self, tagged: Tagged, start: int, stop: int) -> bool:
        words = tagged.words[start:stop]
        return not self._sets["own"].isdisjoint(words) or any(
            tagged.tags[place] in "XIJ" for place in range(start, stop)
        ) or not self._reader.own_names.isdisjoint(words)

    def _object_counts(self, tagged: Tagged, item: Predicate, reading: str, end: int) -> bool:
        tags, words = tagged.tags, tagged.words
        span = range(end, item.stop)
        content = words[end : item.stop]
        if not content:
            return True
        if item.verb in {"endorse", "encourage", "call"} and self._is_own_instrument(tagged, end, item.stop):
            return True
        action = self._object_is_action(tagged, end, item.stop)
        if reading == "need" and item.subject.role in (Role.WORK, Role.THING):
            action = action or self._own_evidence(tagged, item.subject.start, item.stop)
        if not action:
            return False
        outside = not self._sets["outside"].isdisjoint(content)
        if outside:
            return False
        own = self._own_evidence(tagged, end, item.stop)
        if own:
            return not self._doer_is_other(tagged, end, item.stop)
        universal = not self._sets["universal"].isdisjoint(content)
        if universal:
            return self._options.universal and not self._doer_is_other(tagged, end, item.stop)
        return not self._doer_is_other(tagged, end, item.stop) and not any(
            words[place] in self._sets["others"] for place in span if tags[place] == "n"
        )

    def _is_own_instrument(self, tagged: Tagged, start: int, stop: int) -> bool:
        """Tell "endorse the Organization's plan", "encourage members to" from others' plans."""
        words = tagged.words[start : min(stop, start + 12)]
        if not self._reader.foreign.isdisjoint(words):
            return False
        named = any(tagged.tags[place] in "XIJ" for place in range(start, min(stop, start + 4)))
        ours = not self._reader.own_names.isdisjoint(words) or "our" in words
        titled = any(raw[:1].isupper() for raw in tagged.raw[start + 1 : start + 6])
        return named or ours or (titled and "'" not in words)

    def _doer_is_other(self, tagged: Tagged, start: int, stop: int) -> bool:
        """Tell whether somebody else is named as doer: "their efforts", "'s work", "by the UN"."""
        tags, words = tagged.tags, tagged.words
        for place in range(start, min(stop, start + 6)):
            if words[place] in {"efforts", "work", "initiative", "initiatives", "bid", "activities"}:
                owner = words[place - 1]
                if owner.endswith(("'s", "’s")) or owner in {"'", "’", "international"}:
                    return True
                following = words[place + 1 : place + 2]
                if following in {("of",), ("by",)}:
                    return not any(tags[later] in "XIJ" for later in range(place, min(stop, place + 6)))
                return words[place] == "bid"
        comma = tags.find(",", start, stop)
        near = range(start, stop if comma < 0 else comma)
        if any(words[place] == "community" and tags[place] == "n" for place in near):
            return True
        return any(
            words[place] == "by"
            and place + 1 < stop
            and tags[place + 1] in "Dn"
            and self._reader.role_of(tagged, place + 1, min(place + 2, stop - 1)) is Role.PARTY
            for place in near
        )

    def _object_is_action(self, tagged: Tagged, start: int, stop: int) -> bool:
        tags, words = tagged.tags, tagged.words
        place = start
        while place < stop and tags[place] in "DPA":
            place += 1
        if place >= stop:
            return False
        if tags[place] == "T":
            return place + 1 < stop and self._is_action(tagged, place + 1)
        if tags[place] == "H":
            return any(tags[later] in "IJX" for later in range(place, min(stop, place + 4)))
        if not self._sets["changes"].isdisjoint(words[start : place + 3]):
            return True
        if tags[place] == "G":
            return True
        return self._is_action_phrase(tagged, place)


_LONGEST_PHRASE = 25
_NOTHING: tuple[WordClass, ...] = ()
_LEAST_FRAGMENT = 3
_LEAST_SURE_FRAGMENT = 8
_ACTION_ENDINGS = ("tion", "sion", "ment", "ance", "ening", "ing", "tions", "ments", "al", "age")
_OF = {("of",), ("in",), ("among",), ("between",), ("with",), ("within",)}
# Called on, these are the parties to a conflict or a treaty, not the members.
_AMBIGUOUS_PARTIES = frozenset({"parties", "sides", "participants", "states parties", "delegations"})
_OCCASIONS = frozenset({"summit", "meeting", "session", "conference"})
_AIMS = frozenset({"aim", "intention", "goal", "resolve", "commitment", "ambition", "objective"})
_GOALS = frozenset({"goal", "goals", "objective", "aim", "task", "tasks", "idea"})
_GOODS = frozenset(
    "development growth progress integration inclusion openness respect compliance cooperation"
    " dialogue partnership trade investment education innovation non-proliferation disarmament"
    " connectivity mobility participation cohesion".split()
)
_TIMES = frozenset(
    "next end spring summer autumn winter january february march april may june july august"
    " september october november december then means consensus way".split()
)


def sets_of(sets: object, name: str) -> frozenset[str]:
    """Return one of the codebook's word sets."""
    assert isinstance(sets, dict)
    found = sets[name]
    assert isinstance(found, frozenset)
    return found
