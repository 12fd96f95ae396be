"""Roles: whether a noun phrase is the members together, some of them, an organ, or another."""

from sco_research.coding.commitments.grammar import Role
from sco_research.coding.commitments.inflection import word_set
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.words import Tagged

COLLECTIVES = word_set(
    "organization organisation association union league community alliance assembly"
)

# "No Party will …", "each side will …": all of them.
_ONE_OF_ALL = frozenset({"party", "side", "member", "signatory", "sides"})
_EACH = frozenset({"no", "each", "every", "neither"})

# "international financial institutions", "private experts": organs of somebody else.
_OUTSIDERS = frozenset({"international", "foreign", "private", "independent", "external"})

_OURS = frozenset({"countries", "states", "nations"})  # as "our countries": the members
_EXCEPTING = frozenset({"except", "excluding", "exception", "barring"})

_OF_WHICH_STATE = frozenset({"governments", "authorities"})
_OF_ANY_STATE = frozenset(
    {"governments", "authorities", "services", "ministries", "agencies", "ministry", "bodies"}
)


class Roles:
    """Tells who a noun phrase is, for one family of organizations.

    Parameters
    ----------
    lexicon : Lexicon
        The codebook, as the family speaks it (`Lexicon.speaking_as`).
    own_names : frozenset of str
        What the speaking organization is called, in small letters; other organizations' "member
        states" are not the members.
    """

    def __init__(self, lexicon: Lexicon, own_names: frozenset[str]) -> None:
        self.lexicon = lexicon
        self._sets = lexicon.sets
        self.own_names = own_names
        self.foreign = lexicon.foreign_words
        # Not "the Council", "the Group": every organization has them.
        self._foreign_names = self.foreign - {"council", "group", "committee"}

    def role_of(self, tagged: Tagged, start: int, head: int) -> Role:
        """Tell who a noun phrase is, from its first word and its head."""
        words, tags = tagged.words, tagged.tags
        before = words[start:head]
        if tags[head] == "X":
            if before and before[0] in {"this", "a", "an", "every"} and words[head] in COLLECTIVES:
                return Role.THING
            if self._is_subset(before, tagged, head):
                return Role.SUBSET
            if "all" in before and tagged.raw[head] in {"parties", "sides"}:
                return Role.PARTY  # to a conflict; those of a treaty are "the Parties"
            if self._is_foreign(before, tagged, head):
                return Role.PARTY
            return Role.MEMBERS
        word = words[head]
        # Of a unit that another family knows ("finance ministers"), the last word counts here.
        plain = word.rpartition(" ")[2] if word not in self.foreign else word
        if word in self.lexicon.organ_words or plain in self.lexicon.organ_words:
            foreign = not (self._foreign_names | _OUTSIDERS).isdisjoint(before)
            elsewhere = (
                self._is_elsewhere(tagged, head)
                or (foreign and "our" not in (*before[:1], *words[max(0, start - 1) : start]))
                or (word in _OF_WHICH_STATE and not self._is_ours(tagged, before, head))
            )
            return Role.PARTY if elsewhere else Role.ORGAN
        if word in self._sets["joint_work"]:
            return Role.WORK
        one_of_all = word in _ONE_OF_ALL or (word in {"state", "country"} and "member" in before)
        if one_of_all and not _EACH.isdisjoint(before):
            return Role.MEMBERS
        if word in _OURS and before[:1] == ("our",):
            return Role.MEMBERS
        if word in self._sets["others"]:
            return Role.PARTY
        raw = tagged.raw[head]
        if word in self.foreign:
            # A treaty acts no more than a thing; its "states parties" are others all the same.
            return Role.THING if word in self._sets["things"] else Role.PARTY
        if raw[0].isupper() and head > 0 and not raw.isupper() and tags[head] == "n":
            return Role.PARTY
        return Role.THING

    def _is_ours(self, tagged: Tagged, before: tuple[str, ...], head: int) -> bool:
        """Tell "our governments", "the competent authorities" from "the authorities there"."""
        after = tagged.tags[head + 1 : head + 5]
        qualified = any(
            tagged.tags[place] in "nAE" or tagged.words[place] in {"our", "their", "its"}
            for place in range(head - len(before), head)
        )
        return qualified or ("X" in after and tagged.words[head + 1] == "of")

    def _is_elsewhere(self, tagged: Tagged, head: int) -> bool:
        """Tell "the governments of Sylvania" from "the Council of Ministers"."""
        if tagged.words[head] not in _OF_ANY_STATE or tagged.words[head + 1 : head + 2] != ("of",):
            return False
        place = head + 2
        while place < len(tagged.tags) and tagged.tags[place] == "D":
            place += 1
        name = tagged.raw[place : place + 1]
        return bool(name) and name[0][:1].isupper() and tagged.tags[place] == "n"

    def _is_subset(self, before: tuple[str, ...], tagged: Tagged, head: int) -> bool:
        if not self._sets["subsets"].isdisjoint(before):
            # "the two sides" of a bilateral text and "both sides" are all of them.
            return not (
                tagged.words[head]
                in {"sides", "parties", "leaders", "presidents", "heads of state"}
                and set(before) & {"two", "both", "three", "four", "five"}
            )
        if not _EXCEPTING.isdisjoint(tagged.words[head + 1 : head + 5]):
            return True  # "the members, except Sylvania,", "with the exception of"
        which = tagged.words[head].endswith("s") and tagged.words[head + 1 : head + 2]
        if which in {("that",), ("which",), ("who",), ("whose",), ("where",)}:
            return True  # "those member states that have not yet done so"
        return tagged.words[head + 1 : head + 2] in {("concerned",), ("involved",), ("interested",)}

    def _is_foreign(self, before: tuple[str, ...], tagged: Tagged, head: int) -> bool:
        names = set(before)
        if tagged.words[head + 1 : head + 2] in {("of",), ("to",), ("in",)}:
            after = tagged.words[head + 2 : head + 9]
            for place, word in enumerate(after):
                if tagged.tags[head + 2 + place] in "MOQBhVZ,;:":
                    break
                names.add(word)
        own = names | set(tagged.words[head].split())
        if own & self.own_names:
            return False
        titled = any(raw[:1].isupper() for raw in tagged.raw[head - len(before) + 1 : head])
        if before and titled and tagged.words[head] in COLLECTIVES:
            # "the World Meteorological Organization"
            return True
        return not names.isdisjoint(self.foreign) or (
            tagged.words[head] in {"parties", "sides"}
            and not names.isdisjoint(self._sets["outside"])
        )
