"""Instructions (R3) and calls (R5), in the active and the passive."""

from sco_research.coding.commitments.grammar import Predicate, Role
from sco_research.coding.commitments.inflection import word_set
from sco_research.coding.commitments.lexicon import WordClass
from sco_research.coding.commitments.lexicon_schema import Act
from sco_research.coding.commitments.modals import Modals
from sco_research.coding.commitments.verdicts import Verdict
from sco_research.coding.commitments.words import Tagged

_EARLIER = word_set("previous earlier last former then ago yesterday past prior preceding")
_ADVERBS = word_set("earlier then ago yesterday")
_LAST = {("year",), ("month",), ("week",), ("time",), ("spring",), ("autumn",)}
_WHEN = frozenset({"in", "at", "on", "during", "since"})
_ON_IT = frozenset({"at", "during", "since"})
_OCCASIONS = frozenset({"summit", "meeting", "session", "conference"})


class Instructions(Modals):
    """Judges who is told to do what."""

    def _directive(self, tagged: Tagged, item: Predicate, word_class: WordClass) -> Verdict:
        role = self._addressee(tagged, item)
        if role is Role.ORGAN and self._is_own_organ(tagged, item):
            level = self._level_of_complement("high", tagged, item)
            return self._strict(
                tagged, item, "directive", level, "R3 instruction", word_class.name, item.end
            )
        # Whom "we task them" means stands in a sentence before; nobody tasks an outsider.
        governments = "governments" in tagged.words[item.end : item.end + 3]
        them = governments or tagged.words[item.end : item.end + 1] in {
            ("them",),
            ("it",),
            ("him",),
            ("her",),
        }
        if (them or role is Role.IMPLIED) and word_class.reading == "instruction":
            level = self._level_of_complement("high", tagged, item)
            return self._strict(
                tagged, item, "directive", level, "R3 instruction", word_class.name, item.end
            )
        if role is Role.MEMBERS and item.tense == "present":
            return Verdict("directive", "broad", "low", "broad: a call on the members themselves",
                word_class.name, "R5: a call is no undertaking", item, item.start,
                item.end)  # fmt: skip
        if word_class.reading == "instruction" and role is Role.THING and item.tense == "present":
            return self._out(item, "assertive", "R3: nobody is told", word_class.name)
        return self._out(item, "directive", "R5: a call on others", word_class.name)

    def _instruct_passive(
        self, tagged: Tagged, item: Predicate, role: Role, word_class: WordClass, *, past: bool
    ) -> Verdict:
        words = tagged.words[item.subject.start : item.subject.end]
        governments = word_class.reading == "instruction" and words[-1:] == ("governments",)
        named = not self._reader.own_names.isdisjoint(words)  # "the SCO University"
        if role is not Role.ORGAN and not governments and not named:
            told = role in (Role.PARTY, Role.SUBSET) or (
                word_class.reading == "request" and words[:1] in {("those",), ("all",)} and not past
            )
            act: Act = "directive" if told else "assertive"
            return self._out(item, act, "R3: no organ of the members' own is told", word_class.name)
        if past and self._points_back(tagged, item):
            return self._out(item, "assertive", "R3: an instruction given earlier", word_class.name)
        level = self._level_of_complement("high", tagged, item)
        return self._strict(
            tagged, item, "directive", level, "R3 instruction", word_class.name, item.end
        )

    def _points_back(self, tagged: Tagged, item: Predicate) -> bool:
        """Tell whether a verb reports an earlier occasion: "at the Strelsau summit".

        What stands inside the object does not date the verb: "approved the report on the past
        year", "instructed the ministers to carry out the decisions of the previous meeting".
        """
        words, tags = tagged.words, tagged.tags
        after = next((at for at in range(item.end, item.stop) if tags[at] in "TH;"), item.stop)
        subject = item.subject
        verb = next((at for at in range(subject.end, item.start) if tags[at] in "VZEM"), item.start)
        for first, last in ((0, subject.start), (subject.end, verb), (item.end, after)):
            for place in range(first, last):
                word = words[place]
                before = words[max(first, place - 6) : place]
                if word in _EARLIER and (word in _ADVERBS or not _WHEN.isdisjoint(before[-3:])):
                    return True
                if word == "last" and words[place + 1 : place + 2] in _LAST:
                    return True
                if (
                    word in _OCCASIONS
                    and not _ON_IT.isdisjoint(before)
                    and {"next", "this", "our"}.isdisjoint(before)
                ):
                    return True
        return False

    @staticmethod
    def _is_first_person(tagged: Tagged, item: Predicate) -> bool:
        return item.subject.pronoun and tagged.tags[item.subject.end - 1] == "I"

    def _is_dated(self, tagged: Tagged, item: Predicate) -> bool:
        """Tell "in 2009 we agreed", "we agreed in Zenda to" from what this document agrees."""
        words, raw, tags = tagged.words, tagged.raw, tagged.tags
        place = item.end
        while place < item.stop and tags[place] not in "TH,;":
            place += 1
        return any(
            words[at] in _WHEN
            and tags[at + 1 : at + 2] == "n"
            and (raw[at + 1].isdigit() or (raw[at + 1][:1].isupper() and words[at] != "on"))
            for at in (*range(min(1, item.subject.start)), *range(item.end, place))
        )
