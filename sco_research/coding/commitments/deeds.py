"""Deeds: whether a phrase names something that can be done (R2, R6)."""

from sco_research.coding.commitments.clauses import ClauseReader
from sco_research.coding.commitments.inflection import base_of, may_be_verb, word_set
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.verdicts import Options
from sco_research.coding.commitments.words import Tagged

_LONGEST_PHRASE = 25
_LEAST_FRAGMENT = 3
_LEAST_SURE_FRAGMENT = 8
_ACTION_ENDINGS = ("tion", "sion", "ment", "ance", "ening", "ing", "tions", "ments", "al", "age")
_OF = {("of",), ("in",), ("among",), ("between",), ("with",), ("within",), ("on",)}
_SETS_OF = frozenset({"range", "number", "set", "series", "package", "variety", "system"})
_GOALS = frozenset({"goal", "goals", "objective", "aim", "task", "tasks", "idea"})
_GOODS = word_set(
    "development growth progress integration inclusion openness respect compliance cooperation"
    " dialogue partnership trade investment education innovation non-proliferation disarmament"
    " connectivity mobility participation cohesion"
)


class Deeds:
    """Tells what is to be done from a thing, a principle or a bare good."""

    def __init__(self, lexicon: Lexicon, reader: ClauseReader, options: Options) -> None:
        self._lexicon = lexicon
        self._reader = reader
        self._options = options
        self._sets = lexicon.sets

    def _takes_action(
        self,
        tagged: Tagged,
        start: int,
        *,
        reflexive: bool = False,
        strict: bool = False,
        gerund: bool = False,
    ) -> bool:
        """Tell whether "to" follows with something that can be done (R2, R6).

        An infinitive, a gerund and a noun of action can; a principle or a treaty cannot.
        """
        tags, words = tagged.tags, tagged.words
        total = len(tags)
        place = start
        if (
            reflexive
            and words[place : place + 1]
            and words[place] in {"ourselves", "themselves", "itself"}
        ):
            place += 1
        if gerund and place < total:
            return self._is_action(tagged, place)
        place = self._over_insertions(tagged, place)
        if tags[place : place + 1] == ":":
            # "we agree: – to open …; – to train …" within one sentence
            place += 1 + (tags[place + 1 : place + 2] == "-")
        if place >= total:
            return False
        if tags[place] != "T":
            return False
        if "deeds" in self._options.without:
            return True
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
        while place + 1 < total and tags[place] in "AN:-":
            place += 1
        word = words[place]
        letter = tags[place]
        following = tags[place + 1] if place + 1 < total else "."
        if letter == "G":
            return True
        if letter in "nA" and following == "D" and tags[place - 1] in "TA":
            return True  # "to guard the unity": no noun stands between "to" and an article
        either = letter == "E" and base_of(word) == word  # "to cut", "to set"
        if letter in "Vbhd" or either or (letter == "n" and may_be_verb(word)):
            nominal = word in self._sets["things"] or word in self._sets["actions"]
            if not (nominal and following in "PC,;:.)"):
                return True
        return self._is_action_phrase(tagged, place)

    def _is_action_phrase(self, tagged: Tagged, place: int) -> bool:
        """Tell whether noun phrases name something to be done, by their heads.

        A bare good ("peace and development") is nothing to be done; a good that is to grow
        ("further development", "the development of ports") is.
        """
        tags = tagged.tags
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
        first = begin
        while first < last and tags[first] in "DA":
            first += 1
        # "deepening trade", "the early strengthening", but no "coordinating role".
        if "G" in (tags[first], tags[last]) and word not in self._sets["things"]:
            return following != "n"
        if tags[first] == "G" and first < last and words[first] not in self._sets["things"]:
            return True
        if word in _SETS_OF and words[after : after + 1] == ("of",):
            return self._is_action_phrase(tagged, after + 1)
        if word in _GOALS:
            return following == "T" or (
                words[after : after + 1] == ("of",) and tags[after + 1 : after + 2] == "G"
            )
        if tagged.raw[last][:1].isupper() and last > begin and not tagged.raw[last].isupper():
            return False
        named = any(tagged.raw[at][:1].isupper() for at in range(first + 1, last))
        if named and word in {"initiative", "initiatives", "project", "programme", "program"}:
            return False  # "support for the Northern Arc transport initiative": for a thing
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

    def _object_is_action(self, tagged: Tagged, start: int, stop: int) -> bool:
        tags, words = tagged.tags, tagged.words
        place = start
        while place < stop and tags[place] in "DPA":
            place += 1
        if place >= stop:
            return False
        if tags[place] == "X" and tags[place + 1 : place + 2] == "T":
            place += 1  # "the need for member states to simplify …"
        if tags[place] == "T":
            return place + 1 < stop and self._is_action(tagged, place + 1)
        if tags[place] == "H":
            return any(tags[later] in "IJX" for later in range(place, min(stop, place + 4)))
        if not self._sets["changes"].isdisjoint(words[start : place + 3]):
            return True
        if tags[place] == "G":
            return True
        return self._is_action_phrase(tagged, place)

    def is_operative(self, tagged: Tagged) -> bool:
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
