"""How verdicts are made: strict by R1 to R3 and R6, broad where R4 and R5 are relaxed."""

from sco_research.coding.commitments.grammar import Place, Predicate, Role, Subject
from sco_research.coding.commitments.lexicon import WordClass
from sco_research.coding.commitments.lexicon_schema import Act, Level
from sco_research.coding.commitments.nouns_of_will import NounsOfWill
from sco_research.coding.commitments.verdicts import Verdict
from sco_research.coding.commitments.words import Tagged

_THEIRS = frozenset({"their", "themselves"})


class Judgements(NounsOfWill):
    """Makes verdicts, and sets their binding level."""

    def _out(
        self, item: Predicate, act: Act, why: str, word_class: str = "", rule: str = ""
    ) -> Verdict:
        return Verdict(
            act, "out", "none", rule or why.partition(":")[0], word_class, why, item,
            item.start, item.end,
        )  # fmt: skip

    def _strict(
        self,
        tagged: Tagged,
        item: Predicate,
        act: Act,
        level: Level,
        rule: str,
        word_class: str,
        end: int,
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

    def _broad(
        self, tagged: Tagged, item: Predicate, act: Act, reading: str, word_class: str, end: int,
        *, own: bool = False,
    ) -> Verdict:  # fmt: skip
        """Judge a statement of support, need or the like by its object (R4, R5 relaxed)."""
        rule = f"broad: {reading}"
        why = (
            "R4: need is no undertaking" if reading == "need" else "R5: a stance is no undertaking"
        )
        kept = self._options.without.isdisjoint({rule, word_class, "broad"})
        if kept and (own or self._object_counts(tagged, item, reading, end)):
            return Verdict(act, "broad", "low", rule, word_class, why, item, item.start, end)
        return self._out(
            item, act, f"{why}; its object is no future action of the members", word_class
        )

    def _object_counts(self, tagged: Tagged, item: Predicate, reading: str, end: int) -> bool:
        tags, words = tagged.tags, tagged.words
        span = range(end, item.stop)
        content = words[end : item.stop]
        if not content:
            return True
        if item.verb in {"endorse", "encourage", "call"} and self._is_own_instrument(
            tagged, end, item.stop
        ):
            return True
        action = self._object_is_action(tagged, end, item.stop) or (
            reading == "openness" and not self._sets["actions"].isdisjoint(words[end : end + 4])
        )
        if reading == "need" and item.subject.role in (Role.WORK, Role.THING):
            action = action or self._own_evidence(tagged, item.subject.start, item.stop)
        if not action:
            return False
        outside = not self._sets["outside"].isdisjoint(content)
        if outside:
            return False
        own = self._own_evidence(tagged, end, item.stop)
        if own and item.subject.pronoun and tagged.tags[item.subject.end - 1] == "I":
            # Who says "we" does not mean the members by "their".
            own = self._own_evidence(tagged, end, item.stop, without=_THEIRS)
        if own:
            return not self._doer_is_other(tagged, end, item.stop)
        if not self._sets["outside"].isdisjoint(tagged.words):
            # What the sentence says of a crisis elsewhere is not the members' own action.
            return False
        universal = not self._sets["universal"].isdisjoint(content)
        if universal:
            return self._options.universal and not self._doer_is_other(tagged, end, item.stop)
        # Whom a policy lets act, or a fund helps, is no doer: "policies that allow companies to …".
        near = next((place for place in span if place > end and tags[place] in "THW"), item.stop)
        return not self._doer_is_other(tagged, end, item.stop) and not any(
            words[place] in self._sets["others"] for place in range(end, near) if tags[place] == "n"
        )

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
        return (
            "object" in word_class.takes
            and following in {"D", "n", "G", "E"}
            and not (following == "D" and tagged.words[start] == "that")
        )

    def _deeming(self, tagged: Tagged, item: Predicate, word_class: WordClass) -> Verdict:
        for place in range(item.end, min(item.end + 6, len(tagged.words))):
            if tagged.tags[place] in "H;":
                break
            adjectives = self._lexicon.adjectives.get(tagged.words[place], ())
            if any(adjective.reading == "need" for adjective in adjectives):
                return self._broad(tagged, item, "assertive", "need", "adjectives.need", place + 1)
        for place in range(item.end, item.stop):
            # "consider the joint fight against fires one of the priorities of …"
            ranked = tagged.words[place] in {"priority", "priorities", "a priority"}
            if ranked and self._object_is_action(tagged, item.end, place):
                return self._broad(tagged, item, "assertive", "need", "nouns.need", item.end)
        return self._out(item, word_class.act, "a belief or judgement", word_class.name)

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
            if word_class.act == "expressive":
                return self._out(item, word_class.act, "R5: a stance goes on", word_class.name)
        return self._broad(
            tagged, item, "assertive", "conduct goes on", "verbs.conduct", item.end, own=True
        )

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
            why = "R2: a noun of will on a thing, nothing is to be done"
            return self._out(item, "expressive", why, "nouns.will")
        if self._renews_commitments(tagged, item):
            return self._broad(
                tagged, item, "commissive", "commitments renewed", "nouns.will", item.end, own=True
            )
        found = self._noun_class(tagged, item.end, item.stop)
        if found is None:
            return None
        noun, at = found
        if noun.reading in {"need", "support", "openness"}:
            return self._broad(tagged, item, noun.act, noun.reading, noun.name, at + 1)
        return self._out(item, noun.act, "R5: a stance or feeling", noun.name)

    def fragment(self, tagged: Tagged) -> list[Verdict]:
        """Judge a sentence without a finite verb: "To widen the exchange of seeds."."""
        if not self.is_operative(tagged) or "broad: lost lead-in" in self._options.without:
            return []
        why = "R2: the lead-in, and with it the undertaking, is lost"
        item = self._opening_deed(tagged)
        return [
            Verdict("commissive", "broad", "low", "broad: lost lead-in", "", why, item, 0, item.end)
        ]

    def opening(self, tagged: Tagged) -> list[Verdict]:
        """Judge a preamble's "Deeply concerned at …": it says something and undertakes nothing."""
        if tagged.tags[:2] == "I," and tagged.tags[-1] in ",;:":
            # "We, the Heads of State, gathered in …": what is declared follows.
            why = "the speakers name themselves"
            return [self._out(self._opening_deed(tagged), "declarative", why)]
        at = len(tagged.tags) - len(tagged.tags.lstrip("A"))
        if at == len(tagged.tags):
            return []
        classes = self._lexicon.adjectives.get(tagged.words[at], ())
        item = self._opening_deed(tagged)
        why = "a participle never makes a commitment"
        return [self._out(item, adjective.act, why, adjective.name) for adjective in classes[:1]]

    def undertaken_item(self, tagged: Tagged) -> Verdict:
        """Judge an item of "The Parties agree on the following: – widen the exchange of seeds"."""
        item = self._opening_deed(tagged)
        level = self._level("high", tagged, item)
        rule = "R2 verb of undertaking"
        return self._strict(tagged, item, "commissive", level, rule, "verbs.undertaking", item.end)

    def _opening_deed(self, tagged: Tagged) -> Predicate:
        """Return the verb that opens a fragment, with nobody for its subject."""
        at = int(tagged.tags[0] == "T")
        nobody = Subject(Role.IMPLIED, 0, 0)
        return Predicate(
            nobody, Place.MAIN, "", tagged.words[at], "present", False, False, False, 0, at, at + 1,
            len(tagged.tags),
        )  # fmt: skip

    def _level(self, level: Level, tagged: Tagged, item: Predicate) -> Level:
        """Let the complement override the modal: "will continue to", "agree to keep"."""
        if item.verb in self._sets["continuing"] or item.verb in self._sets["striving"]:
            return "low"
        place = item.end
        while place < len(tagged.tags) and tagged.tags[place] in "AT":
            place += 1
        if item.verb in {
            "agree",
            "decide",
            "resolve",
            "commit",
            "pledge",
            "undertake",
            "promise",
            "instruct",
        }:
            return self._level_of_complement(level, tagged, item)
        if tagged.words[place : place + 1] == ("committed",):
            return "low"
        if item.verb == "be":
            return level if item.negated else "low"
        return level

    def _level_of_complement(self, level: Level, tagged: Tagged, item: Predicate) -> Level:
        """Let what is undertaken lower the level; of coordinated infinitives the highest counts."""
        tags = tagged.tags
        low = self._sets["continuing"] | self._sets["striving"]
        found = False
        for place in range(item.end, min(item.stop, item.end + 25)):
            if tags[place] != "T" or (found and tags[place - 1] not in "C,"):
                continue
            found = True
            after = place + 1
            while after < len(tags) and tags[after] in "AN":
                after += 1
            word = tagged.words[after] if after < len(tagged.words) else ""
            base = self._lexicon.forms.get(word, (word, ""))[0]
            going_on = tagged.words[after + 1 : after + 2] == ("on",)
            if base not in low or (base == "go" and not going_on):
                return level
        return "low" if found else level
