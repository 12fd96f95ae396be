"""Nouns of will, need, support and feeling in the object of a verb of saying."""

from collections.abc import Iterator

from sco_research.coding.commitments.doers import Doers
from sco_research.coding.commitments.grammar import Predicate
from sco_research.coding.commitments.inflection import word_set
from sco_research.coding.commitments.lexicon import WordClass
from sco_research.coding.commitments.words import Tagged

_AIMS = word_set("aim intention goal resolve commitment ambition objective determination")


_GOALS = frozenset({"goal", "objective"})


class NounsOfWill(Doers):
    """Finds the noun that decides what a verb of saying does."""

    def _noun_class(
        self, tagged: Tagged, start: int, stop: int, *, need_only: bool = False
    ) -> tuple[WordClass, int] | None:
        """Return the class of the head of the object right after a verb."""
        tags, words = tagged.tags, tagged.words
        place = start
        if words[start : start + 1] == ("with",):
            return None  # "note with interest": how it is noted, not what
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
        for place in range(start, stop):
            letter = tags[place]
            if letter in "HW;" or tags[place : place + 2] == "SG":
                return None
            if letter == "G" and place + 1 < stop and tags[place - 1] in ",":
                return None
            noun = self._lexicon.nouns.get(words[place])
            if noun is not None and noun.id == "need" and words[place + 1 : place + 2] == ("for",):
                return None  # "stress the need for the neighbours to honour their pledge to"
            if noun is None or noun.id != "will" or place + 1 >= stop:
                continue
            if not self._is_own_will(tagged, start, place):
                continue
            after = self._after_will(tagged, place, stop)
            if after is not None and (
                tags[after] != "T"
                or any(
                    self._takes_action(tagged, to, strict=True)
                    for to in self._coordinated_to(tagged, after, stop)
                )
            ):
                return place
        return None

    def _coordinated_to(self, tagged: Tagged, first: int, stop: int) -> Iterator[int]:
        """Yield the place of "to", and of "and to" after it: "to the charter and to deepening"."""
        yield first
        for place in range(first + 1, min(stop, first + 20)):
            if tagged.tags[place] == "T" and tagged.tags[place - 1] == "C":
                yield place

    def _is_own_will(self, tagged: Tagged, start: int, noun: int) -> bool:
        tags = tagged.tags
        place = noun - 1
        while place >= start and tags[place] in "AnEG":
            place -= 1
        if tagged.words[noun] in _GOALS and not self._is_willed(tagged, start, place):
            return False
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

    def _is_willed(self, tagged: Tagged, start: int, owner: int) -> bool:
        """Tell "reaffirm our goal to", "share the goal to" from "recall the Accord's goal to"."""
        form = self._lexicon.forms.get(tagged.words[start - 1], ("", ""))[0] if start else ""
        shared = any(item.id == "sharing" for _, item in self._lexicon.verbs.get(form, ()))
        return shared or tagged.words[max(owner, 0)] in {"our", "their"}

    def _after_will(self, tagged: Tagged, noun: int, stop: int) -> int | None:
        """Return the place of "to", over "of the member states" and coordinated nouns of will."""
        tags, words = tagged.tags, tagged.words
        place = noun + 1
        if place < stop and words[place] == "of":
            head = place + 1
            while head < stop and tags[head] in "DAn" and tags[head] != "X":
                head += 1
            theirs = words[place + 1 : place + 2] in {("their",), ("our",)}
            if theirs and tags[place + 2 : place + 3] in {"n", "Z"}:
                head = place + 2  # "the readiness of their states to …"
            if head < stop and (tags[head] == "X" or (head == place + 2 and theirs)):
                place = head + 1
                while place < stop and tags[place] in "PDnX" and words[place] != "to":
                    place += 1
        while place < stop and (
            tags[place] in "C,AN"
            or (tags[place] in "DnVGE" and self._leads_to_will(tagged, place, stop))
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
            if words[place + 1 : place + 2] == ("by",) and self._is_made_by_another(tagged, place):
                return None
            while place < stop and tags[place] in "EPDnA":
                place += 1
        if place < stop and tags[place] in ",:":
            place += 1
        if place < stop and tags[place] == "H":
            return place
        if place < stop and words[place] == "on" and self._is_action_phrase(tagged, place + 1):
            return place
        return place if place < stop and tags[place] == "T" else None

    def _is_made_by_another(self, tagged: Tagged, participle: int) -> bool:
        """Tell "the pledge made by developed countries" from "… by the member states"."""
        until = tagged.tags.find("T", participle)
        return not any(
            tagged.tags[place] in "XI" for place in range(participle, max(until, participle))
        )

    def _leads_to_will(self, tagged: Tagged, place: int, stop: int) -> bool:
        for later in range(place, min(stop, place + 4)):
            noun = self._lexicon.nouns.get(tagged.words[later])
            if noun is not None and noun.id == "will":
                return True
            if tagged.tags[later] not in "DnAGVE":
                return False
        return False

    def _adheres(self, tagged: Tagged, item: Predicate) -> bool:
        """Tell "reaffirm their commitment to the principles of …"."""
        for place in range(item.end, min(item.stop, item.end + 14)):
            if tagged.tags[place] in "HWG;":
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

    def _is_our_aim(self, tagged: Tagged, item: Predicate, place: int) -> bool:
        """Tell "our aim is to open …", "it is the intention of the members to open …"."""
        words, tags = tagged.words, tagged.tags
        subject = range(item.subject.start, item.subject.end)
        if any(words[at] in _AIMS for at in subject):
            return self._is_owned(tagged, subject) and self._takes_action(tagged, place)
        if not _AIMS.isdisjoint(words[place : place + 3]):
            stop = tags.find("T", place)
            return (
                stop > 0
                and self._is_owned(tagged, range(item.end, stop))
                and (self._takes_action(tagged, stop))
            )
        return False
