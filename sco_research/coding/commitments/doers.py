"""Doers: who acts, who is told to, and whose the thing supported is."""

from sco_research.coding.commitments.deeds import Deeds
from sco_research.coding.commitments.grammar import Predicate, Role
from sco_research.coding.commitments.inflection import word_set
from sco_research.coding.commitments.words import Tagged

# Called on, these are the parties to a conflict or a treaty, not the members.
_AMBIGUOUS_PARTIES = frozenset(
    {"parties", "sides", "participants", "states parties", "delegations"}
)
_TIMES = word_set(
    "next end spring summer autumn winter january february march april may june july august"
    " september october november december then means consensus way"
)
_AMOUNTS = word_set(
    "half one two three four five six seven eight nine ten a third quarter fifth tenth percent"
)


class Doers(Deeds):
    """Tells the members and their organs from everybody else around a verb."""

    def _own_evidence(
        self, tagged: Tagged, start: int, stop: int, *, without: frozenset[str] = frozenset()
    ) -> bool:
        words = tagged.words[start:stop]
        return (
            not (self._sets["own"] - without).isdisjoint(words)
            or any(tagged.tags[place] in "XIJ" for place in range(start, stop))
            or not self._reader.own_names.isdisjoint(words)
        )

    def _is_own_instrument(self, tagged: Tagged, start: int, stop: int) -> bool:
        """Tell "endorse the Organization's plan", "encourage members to" from others' plans."""
        words = tagged.words[start : min(stop, start + 12)]
        if not self._reader.foreign.isdisjoint(words):
            return False
        until = next((place for place in range(start, stop) if tagged.tags[place] in "TPH"), stop)
        encouraged = tagged.words[until - 1] if until > start else ""
        if encouraged in self._sets["others"] and encouraged not in self._lexicon.organ_words:
            return False  # "our business communities", "our partners"
        named = any(tagged.tags[place] in "XIJ" for place in range(start, min(stop, start + 4)))
        ours = not self._reader.own_names.isdisjoint(words) or "our" in words
        titled = any(raw[:1].isupper() for raw in tagged.raw[start + 1 : start + 6])
        return named or ours or (titled and "'" not in words)

    def _doer_is_other(self, tagged: Tagged, start: int, stop: int) -> bool:
        """Tell whether somebody else is named as doer: "their efforts", "'s work", "by the UN"."""
        tags, words = tagged.tags, tagged.words
        for place in range(start, min(stop, start + 6)):
            if words[place] in {
                "efforts",
                "work",
                "initiative",
                "initiatives",
                "bid",
                "activities",
            }:
                owner = words[place - 1]
                if owner.endswith(("'s", "’s")) or owner in {"'", "’", "international"}:
                    return True
                following = words[place + 1 : place + 2]
                if following in {("of",), ("by",)}:
                    return not self._is_theirs(tagged, place, min(stop, place + 9))
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

    def _is_theirs(self, tagged: Tagged, start: int, stop: int) -> bool:
        """Tell whether the members, or an organ of their own, stand in some words."""
        words = tagged.words[start:stop]
        organ = not self._lexicon.organ_words.isdisjoint(words)
        return any(letter in "XIJ" for letter in tagged.tags[start:stop]) or (
            organ and self._reader.foreign.isdisjoint(words)
        )

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

    def _own_work(self, tagged: Tagged, item: Predicate) -> bool:
        words = tagged.words[item.subject.start : item.subject.end]
        names = {"other", "donors"} | self._sets["outside"]
        return names.isdisjoint(words) and not self._names_a_party(
            tagged, item.subject.start, item.subject.end
        )

    def _agent(self, tagged: Tagged, item: Predicate) -> Role | None:
        """Return who the doer of a passive is, where "by …" names one."""
        for place in range(item.end, min(item.stop, item.end + 14)):
            if tagged.words[place] == "by" and place + 1 < len(tagged.tags):
                head = place + 1
                while head < len(tagged.tags) and tagged.tags[head] in "DA":
                    head += 1
                if head >= len(tagged.tags) or tagged.tags[head] == "G":
                    return None
                if tagged.words[head][0].isdigit() or tagged.words[head] in _TIMES | _AMOUNTS:
                    return None
                last = head
                while last + 1 < len(tagged.tags) and tagged.tags[last + 1] in "nXVZ":
                    last += 1
                if tagged.words[last] in _TIMES:
                    return None
                if tagged.tags[head] in "IJ":
                    return Role.MEMBERS
                return self._reader.role_of(tagged, place + 1, last)
            if tagged.tags[place] in ";:":
                break
        return None

    def _addressee(self, tagged: Tagged, item: Predicate) -> Role:
        """Tell who is told: the noun phrase after the verb."""
        place = item.end
        tags = tagged.tags
        # "entrust to the Secretariat …": this "to" stands before a noun.
        while place < item.stop and (tags[place] in "PADN," or tags[place : place + 2] == "TD"):
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

    def _is_own_organ(self, tagged: Tagged, item: Predicate) -> bool:
        """Tell an organ of another organization, an outsider: "the UN Secretary-General"."""
        first = item.end + (tagged.tags[item.end : item.end + 1] == "T")
        task = tagged.tags.find("T", first, first + 8)
        words = set(tagged.words[first : task if task > 0 else first + 8])
        if any(self._is_anothers(tagged, place) for place in range(item.end, item.stop)[:6]):
            return False
        return words.isdisjoint(self._reader.foreign - {"council", "group", "committee"})

    def _is_anothers(self, tagged: Tagged, place: int) -> bool:
        """Tell "the Fund's board" from "the Organization's Secretariat"."""
        word = tagged.words[place]
        owner = word[:-2] if word.endswith(("'s", "’s")) else ""
        return (
            tagged.raw[place][:1].isupper()
            and bool(owner)
            and not (owner in self._lexicon.actor_words or owner in self._reader.own_names)
        )

    def _tells_organ(self, tagged: Tagged, item: Predicate) -> bool:
        return self._addressee(tagged, item) is Role.ORGAN

    def _is_owned(self, tagged: Tagged, span: range) -> bool:
        return any(tagged.words[at] in {"our", "their"} or tagged.tags[at] in "XIJ" for at in span)
