"""Instructions (R3) and calls (R5), in the active and the passive."""

from sco_research.coding.commitments.grammar import Predicate, Role
from sco_research.coding.commitments.inflection import word_set
from sco_research.coding.commitments.lexicon import WordClass
from sco_research.coding.commitments.lexicon_schema import Act
from sco_research.coding.commitments.modals import Modals
from sco_research.coding.commitments.verdicts import Verdict
from sco_research.coding.commitments.words import Tagged

_EARLIER = word_set("previous earlier last former then ago yesterday past prior preceding")
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
        if role is Role.IMPLIED and word_class.reading == "instruction":
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
        if role is not Role.ORGAN:
            act: Act = "directive" if role in (Role.PARTY, Role.SUBSET) else "assertive"
            return self._out(item, act, "R3: no organ of the members' own is told", word_class.name)
        if past and self._points_back(tagged):
            return self._out(item, "assertive", "R3: an instruction given earlier", word_class.name)
        level = self._level_of_complement("high", tagged, item)
        return self._strict(
            tagged, item, "directive", level, "R3 instruction", word_class.name, item.end
        )

    def _points_back(self, tagged: Tagged) -> bool:
        """Tell whether a sentence reports an earlier occasion: "at the Strelsau summit"."""
        words = tagged.words
        if not _EARLIER.isdisjoint(words):
            return True
        return any(
            word in _OCCASIONS
            and not _ON_IT.isdisjoint(words[max(0, place - 6) : place])
            and {"next", "this", "our"}.isdisjoint(words[max(0, place - 6) : place])
            for place, word in enumerate(words)
        )

    def _is_dated(self, tagged: Tagged, item: Predicate) -> bool:
        """Tell "in 2009 we agreed", "we agreed in Zenda to" from what this document agrees."""
        words, raw, tags = tagged.words, tagged.raw, tagged.tags
        place = item.end
        while place < item.stop and tags[place] not in "TH,;":
            place += 1
        return any(
            words[at] in _WHEN
            and tags[at + 1 : at + 2] == "n"
            and (raw[at + 1][:1].isupper() or raw[at + 1].isdigit())
            for at in (*range(item.start), *range(item.end, place))
        )
