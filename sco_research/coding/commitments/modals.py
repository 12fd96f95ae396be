"""Clauses with will, shall, should and must."""

from sco_research.coding.commitments.grammar import SPEAKERS, Place, Predicate, Role
from sco_research.coding.commitments.inflection import base_of, word_set
from sco_research.coding.commitments.judgements import Judgements
from sco_research.coding.commitments.lexicon import WordClass
from sco_research.coding.commitments.lexicon_schema import Level
from sco_research.coding.commitments.verdicts import Verdict
from sco_research.coding.commitments.words import Tagged

PRIORITY = frozenset({"priority", "priorities", "a priority"})
_BODIES = word_set("group council committee commission board bureau conference assembly fund")
_INSTRUMENTS = word_set(
    "programme program strategy plan concept roadmap agreement convention treaty protocol"
    " memorandum framework fund centre center mechanism platform network project initiative"
)
_IS_LIKE = frozenset({"rest", "be", "remain"})
_NOTHING: tuple[WordClass, ...] = ()


class Modals(Judgements):
    """Judges what will be and what ought to be."""

    def _future(self, tagged: Tagged, item: Predicate, role: Role) -> Verdict:
        sets = self._sets
        if role in SPEAKERS:
            return self._members_will(tagged, item)
        devoted = item.verb == "be" and tagged.tags[item.end : item.end + 1] == "E"
        if devoted and not item.passive:
            # "attention will be devoted": only of the members it is an adjective.
            verb = base_of(tagged.words[item.end])
            item = item._replace(passive=True, verb=verb, verb_at=item.end, end=item.end + 1)
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
        if item.verb == "remain" and not PRIORITY.isdisjoint(tagged.words[item.end :][:5]):
            return self._broad(tagged, item, "assertive", "need", "nouns.need", item.end)
        if role is Role.PARTY and item.modal == "shall" and self._is_a_body(tagged, item):
            return self._strict(
                tagged, item, "directive", self._level("high", tagged, item), "R3 task of an organ",
                "actors.organs", item.end,
            )  # fmt: skip
        if role is Role.SUBSET:
            return self._out(item, "commissive", "R1: only some of the members act")
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

    def _is_a_body(self, tagged: Tagged, item: Predicate) -> bool:
        """Tell "the Common Market Group shall" from "the Sylvanian Government shall"."""
        last = item.subject.end - 1
        return (
            tagged.words[last] in _BODIES
            and tagged.raw[last][:1].isupper()
            and self._reader.foreign.isdisjoint(
                set(tagged.words[item.subject.start : last]) - _BODIES
            )
        )

    def _members_will(self, tagged: Tagged, item: Predicate) -> Verdict:
        sets = self._sets
        verb = item.verb
        if verb in sets["announcing"] and self._is_event(tagged, item.end):
            return self._out(item, "assertive", "R2: announces an event")
        if (
            item.passive
            and self._agent(tagged, item) is None
            and not item.negated
            and verb != "guide"
        ):
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
            (self._sets["events"] | {"anniversary"}) & set(words)
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

    def _passive_future(self, tagged: Tagged, item: Predicate, role: Role) -> Verdict:
        agent = self._agent(tagged, item)
        if agent is Role.THING:
            agent = None  # "shall be met by annual contributions": a means, no doer
        word_class = self._verb_class(tagged, item)
        instructs = word_class is not None and word_class.reading == "instruction"
        if word_class and instructs and (role is Role.ORGAN or self._tells_organ(tagged, item)):
            # "the Secretariat shall be tasked with …", "… shall be entrusted to the Secretariat"
            return self._strict(tagged, item, "directive", "high", "R3 instruction",
                word_class.name, item.end)  # fmt: skip
        if agent is Role.ORGAN:
            return self._strict(tagged, item, "directive", "high", "R3 task of an organ",
                "actors.organs", item.end)  # fmt: skip
        if agent not in (None, Role.MEMBERS):
            return self._out(item, "assertive", "R1: the doer is named and is not the members")
        verb = item.verb
        among = verb in self._sets["passives_among_members"] and self._own_evidence(
            tagged, item.subject.start, item.subject.end
        )
        member_matter = verb in self._sets["passives_among_members"]
        deed = not member_matter and verb not in self._sets["passives_of_effect"]
        known = among or deed or role is Role.WORK
        if not known and agent is None:
            return self._out(item, "assertive", "R2: announces an event or predicts")
        anew = tagged.words[item.subject.start : item.subject.end][:1] in {("a",), ("an",)}
        named = set(tagged.words[item.subject.start : item.subject.end])
        ours = named.isdisjoint(self._reader.foreign | {"international", "world"})
        instrument = ours and self._subject_head(tagged, item) in _INSTRUMENTS
        if role is Role.SUBSET or (role is Role.PARTY and not anew and not instrument):
            return self._out(item, "assertive", "R1: 'will' has another subject")
        if verb in {"hold"} or (
            tagged.words[item.subject.end - 1 : item.subject.end]
            and (self._subject_head(tagged, item) in self._sets["events"])
        ):
            return self._out(item, "assertive", "R2: announces an event")
        if verb == "open" and not {"joint", "common", "our", "new"} & set(
            tagged.words[item.subject.start : item.subject.end]
        ):
            return self._out(item, "assertive", "R2: announces an event")
        if not self._own_work(tagged, item):
            return self._out(item, "assertive", "R1: the doer is named and is not the members")
        level: Level = (
            "low" if verb in self._sets["continuing"] or verb in self._sets["striving"] else "high"
        )
        if "continue" in tagged.words[item.start : item.end]:
            level = "low"
        return self._strict(
            tagged,
            item,
            "commissive",
            level,
            "R1 passive, members implied",
            "modals.will",
            item.end,
        )

    def _subject_head(self, tagged: Tagged, item: Predicate) -> str:
        for place in range(item.subject.start, item.subject.end):
            if tagged.tags[place] == "P":
                return tagged.words[place - 1]
        return tagged.words[item.subject.end - 1] if item.subject.end else ""

    def _duty(self, tagged: Tagged, item: Predicate, role: Role) -> Verdict:
        if role in SPEAKERS:
            return self._broad(
                tagged, item, "assertive", "need", "modals.should", item.end, own=True
            )
        agent = self._agent(tagged, item) if item.passive else None
        if role in (Role.PARTY, Role.SUBSET, Role.ORGAN) and not item.passive:
            if role is Role.ORGAN and item.modal == "must":
                return self._strict(tagged, item, "directive", "high", "R3 task of an organ",
                    "actors.organs", item.end)  # fmt: skip
            return self._out(item, "directive", "R5: a duty laid on others")
        if agent is Role.MEMBERS:
            return self._broad(
                tagged, item, "assertive", "need", "modals.should", item.end, own=True
            )
        # "Cooperation should rest on equality" says what it is like, not that it is to grow.
        if role is Role.WORK and item.verb in _IS_LIKE:
            return self._out(item, "assertive", "R4: a principle, nothing is to be done")
        named = set(tagged.words[item.subject.start : item.subject.end])
        ours = role is Role.PARTY and not self._reader.own_names.isdisjoint(named)
        joint = (role is Role.THING or ours) and item.passive and agent is None
        work = role is Role.WORK or (joint and ("joint" in named or ours))
        if work and self._own_evidence(tagged, item.subject.start, item.subject.end):
            return self._broad(
                tagged, item, "assertive", "need", "modals.should", item.end, own=True
            )
        return self._out(item, "assertive", "R4: a duty without the members as doers")
