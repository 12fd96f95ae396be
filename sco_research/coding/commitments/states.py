"""Clauses with "be": adjectives of will, need, openness and stance."""

from sco_research.coding.commitments.grammar import SPEAKERS, Predicate, Role
from sco_research.coding.commitments.inflection import base_of
from sco_research.coding.commitments.instructions import Instructions
from sco_research.coding.commitments.lexicon import WordClass
from sco_research.coding.commitments.lexicon_schema import Act
from sco_research.coding.commitments.modals import PRIORITY
from sco_research.coding.commitments.verdicts import Verdict
from sco_research.coding.commitments.words import Tagged


class States(Instructions):
    """Judges what the members, or what it, is."""

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
            said: Act = "assertive"
            if item.tense == "past" and self._is_first_person(tagged, item):
                said = self._copula(tagged, item._replace(tense="present"), role).act
            return self._out(item, said, "R2: a report in the past tense")
        to_be = tagged.tags[place : place + 2] == "Tb" and role in (Role.THING, Role.WORK)
        if to_be or (tagged.tags[place : place + 1] == "T" and role in {Role.ORGAN, *SPEAKERS}):
            return self._are_to(tagged, item, place + 1, role)
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
            ranked = not PRIORITY.isdisjoint(tagged.words[place : place + 6])
            if noun in {"need", "necessity", "importance"} or ranked:
                return self._broad(tagged, item, "assertive", "need", "nouns.need", place + 1)
        if role in (Role.SUBSET, Role.PARTY) and word_class is not None:
            act: Act = "expressive" if word_class.act == "expressive" else "assertive"
            return self._out(item, act, "R1: only some of the members, or others")
        if role is Role.THERE and "need" in tagged.words[place : place + 3]:
            return self._broad(tagged, item, "assertive", "need", "nouns.need", place + 2)
        return self._out(item, "assertive", "a bare statement")

    def _are_to(self, tagged: Tagged, item: Predicate, place: int, role: Role) -> Verdict:
        """Read "the ministers are to submit …" as "the ministers shall submit …"."""
        while place < len(tagged.tags) and tagged.tags[place] in "AN":
            place += 1
        passive = tagged.tags[place : place + 2] == "bE"
        place += passive
        word = tagged.words[place] if place < len(tagged.words) else ""
        shall = item._replace(
            modal="shall", verb=base_of(word) if passive else word, tense="modal", passive=passive,
            verb_at=place, end=place + 1,
        )  # fmt: skip
        return self._future(tagged, shall, role)

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
                return self._strict(
                    tagged, item, "commissive", "low", "R2 noun of will", "nouns.will", noun + 1
                )
            return self._out(item, "assertive", "a bare statement")
        if word_class.reading == "undertaking":
            return self._strict(tagged, item, word_class.act, word_class.level,
                "R2 adjective of will", word_class.name, place + 1)  # fmt: skip
        if word_class.reading in {"support", "openness"}:
            return self._broad(
                tagged, item, word_class.act, word_class.reading, word_class.name, place + 1
            )
        return self._out(item, word_class.act, "R5: a stance", word_class.name)

    def _passive(self, tagged: Tagged, item: Predicate, role: Role) -> Verdict:
        adjective = self._adjective(tagged, item, item.verb_at)
        called = item.verb == "encourage" and tagged.tags[item.end : item.end + 1] == "T"
        if called and item.tense == "present" and role in {Role.ORGAN, *SPEAKERS}:
            return self._broad(tagged, item, "directive", "encouragement", "verbs.encouragement",
                item.end, own=True)  # fmt: skip
        if role in SPEAKERS and adjective is not None and item.tense == "present":
            return self._copula(tagged, item, role)
        word_class = self._verb_class(tagged, item)
        if item.tense != "present":
            if (
                word_class is not None
                and word_class.reading == "instruction"
                and item.tense == "past"
            ):
                return self._instruct_passive(tagged, item, role, word_class, past=True)
            act = self._act_of_report(tagged, item, role, word_class)
            return self._out(item, act, "R2: a report in the past tense")
        if word_class is not None and word_class.reading == "need-if-adjective":
            if role is Role.IT:
                return self._deeming(tagged, item, word_class)
        elif word_class is not None:
            meant = role is Role.THING and word_class.id == "intent"  # "this is intended to show"
            agreed = word_class.reading == "undertaking" and role in (Role.IT, Role.THING)
            agreed = agreed and not meant
            if agreed and self._takes_action(tagged, item.end):
                level = self._level_of_complement(word_class.level, tagged, item)
                return self._strict(tagged, item, "commissive", level,
                    "R1 passive, members implied", word_class.name, item.end)  # fmt: skip
            if word_class.reading in {"instruction", "request"}:
                return self._instruct_passive(tagged, item, role, word_class, past=False)
        if word_class is not None and word_class.reading == "support":
            subject = item.subject
            action = self._object_is_action(tagged, subject.start, subject.end)
            if action and self._agent(tagged, item) is Role.MEMBERS:
                return self._broad(
                    tagged, item, word_class.act, "support", word_class.name, item.end, own=True
                )
        if item.verb in {"need", "require"}:
            return self._needed(tagged, item)
        if item.verb == "convince" and role in SPEAKERS:
            return self._convinced(tagged, item)
        return self._out(item, self._act_of_passive(tagged, item, role), "a bare statement")

    def _act_of_passive(self, tagged: Tagged, item: Predicate, role: Role) -> Act:
        """Return the act of "sanctions are rejected", "all are called upon", "concern was voiced".

        Nobody else is named, so it is the members who reject and call.
        """
        word_class = self._verb_class(tagged, item)
        if word_class is None or role in SPEAKERS or self._agent(tagged, item) is not None:
            return "assertive"
        noun = self._noun_class(tagged, item.subject.start, item.subject.end)
        act = noun[0].act if noun is not None and word_class.id == "saying" else word_class.act
        return act if act in {"expressive", "directive"} else "assertive"

    def _act_of_report(
        self, tagged: Tagged, item: Predicate, role: Role, word_class: WordClass | None
    ) -> Act:
        """Return the act of "it was decided to …": that of its present, if done by this text."""
        performed = word_class is not None and word_class.act in {"commissive", "expressive"}
        if word_class is not None and word_class.id == "saying":
            return self._act_of_passive(tagged, item, role)
        if word_class is None or not performed or role not in (Role.IT, Role.THING):
            return "assertive"
        place = tagged.tags.find("T", item.end, item.stop) + 1
        event = tagged.words[place] in self._sets["announcing"] and "next" in tagged.words[place:]
        earlier = self._points_back(tagged, item) or self._is_dated(tagged, item)
        if earlier or event or self._agent(tagged, item) is not None:
            return "assertive"
        return word_class.act
