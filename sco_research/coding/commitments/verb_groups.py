"""Verb groups: mood, tense and voice of a finite verb, and whether a word is a verb at all."""

from sco_research.coding.commitments.grammar import Predicate, Role
from sco_research.coding.commitments.inflection import PARTICIPLES, base_of, may_be_verb, word_set
from sco_research.coding.commitments.roles import Roles
from sco_research.coding.commitments.words import Tagged

# Adjectives that a dictionary knows as verbs, too.
_QUALITIES = word_set("primary common joint equal mutual free clean dry perfect")
_COPULAS = frozenset({"remain", "stand"})
# Base forms that are nouns as often as verbs.
_NOUNS_TOO = word_set(
    "support call resolve pledge aim desire hope regret demand request stress note state work plan"
    " need favour favor promise value respect trust review exchange share mark process record"
    " register view draw place use fight struggle counter conduct act address launch build offer"
    " back champion honour honor face object appeal mandate charge task commission welcome direct"
    " wish mention show promise present put stand purpose find view follow combat play hold account"
    " extend take import make"
)
_OTHER_POLITICAL_WILL = word_set("political free good sovereign popular common collective own")

_ATTITUDES = word_set("undertaking intent saying stance request instruction support")
# Of the verbs of attitude, those that are deeds as well: "will support", "will promote".
_ACTS_TOO = word_set(
    "support promote respect share uphold back champion oppose address take give exchange offer"
    " discuss review examine attach pay accord place draw extend mark"
)


class VerbGroups:
    """Reads the verb groups of one sentence; the other readers stand on it.

    Parameters
    ----------
    reader : Roles
    tagged : Tagged
        The sentence.
    they, it : Role
        Whom the sentences before let these pronouns mean.
    """

    def __init__(self, reader: Roles, tagged: Tagged, they: Role, it: Role) -> None:
        self.reader = reader
        self.they = they
        self.it = it
        self.tagged = tagged
        self.words = tagged.words
        self.tags = tagged.tags
        self.found: list[Predicate] = []

    def _skip_adverbs(self, place: int) -> int:
        tags = self.tags
        while place >= 0:
            if tags[place] in "AN":
                place -= 1
            elif tags[place] == "C" and place > 0 and tags[place - 1 : place + 2 : 2] == "AA":
                # "actively and consistently"
                place -= 2
            else:
                break
        return place

    def _skip(self, place: int) -> tuple[int, bool]:
        """Go over adverbs, negations and short insertions between commas."""
        negated = False
        total = len(self.tags)
        while place < total:
            letter = self.tags[place]
            if letter in "AN":
                negated = negated or letter == "N"
                place += 1
            elif letter in ",(:-;":
                closing = self._insertion(place)
                if closing is None:
                    break
                place = closing
            else:
                break
        return place, negated

    def _insertion(self, place: int) -> int | None:
        """Return what follows ", in this regard," or the sign of a list."""
        if self.tags[place] in ":-;":
            return place + 1
        for later in range(place + 1, min(len(self.tags), place + 16)):
            if self.tags[later] in ",)":
                return later + 1
            if self.tags[later] in "MOQBh;:":
                return None
        return None

    def _group(self, at: int) -> tuple[str, str, str, bool, bool, bool, int, int] | None:
        tag = self.tags[at]
        modal = self.words[at] if tag in "MOQ" else ""
        if tag in "VZEn":
            base = self._base(self.words[at])
            tense = "past" if tag == "E" else "present"
            after, negated = self._skip(at + 1)
            if (
                base in _COPULAS
                and after < len(self.tags)
                and (self.words[after] in self.reader.lexicon.adjectives)
            ):
                return modal, "be", tense, False, negated, False, at, after
            return modal, base, tense, False, False, False, at, at + 1
        place, negated = self._skip(at + 1)
        tense = (
            "modal"
            if modal
            else ("past" if self.words[at] in {"was", "were", "had", "did"} else "present")
        )
        if tag in "MOQd":
            if tag == "O" and place < len(self.tags) and self.tags[place] == "T":
                place += 1
            return self._verb_after_modal(modal, tense, negated, place)
        if tag == "h":
            return self._perfect(tense, negated, at, place)
        return self._be(modal, tense, negated, at, place)

    def _verb_after_modal(
        self, modal: str, tense: str, negated: bool, place: int
    ) -> tuple[str, str, str, bool, bool, bool, int, int]:
        total = len(self.tags)
        if place >= total:
            return modal, "", tense, False, negated, False, total - 1, total
        if self.tags[place] == "b":
            return self._be(modal, tense, negated, place, self._skip(place + 1)[0])
        if self.words[place] == "have":
            after, _ = self._skip(place + 1)
            if after < total and self.tags[after] == "E":
                base = self._base(self.words[after])
                return modal, base, tense, False, negated, False, after, after + 1
        word = self.words[place]
        return modal, word, tense, False, negated, False, place, place + 1

    def _is_adjective(self, place: int, modal: str) -> bool:
        """Tell "are set to" and "are concerned" from the passive "is set up"."""
        classes = self.reader.lexicon.adjectives.get(self.words[place], ())
        after, _ = self._skip(place + 1)
        to = self.tags[after : after + 1] == "T"
        if modal and self.tags[place] == "E" and not to:
            return False  # "will be encouraged"
        return any(to or "any" in word_class.takes for word_class in classes)

    def _base(self, word: str) -> str:
        form = self.reader.lexicon.forms.get(word)
        return form[0] if form else base_of(word)

    def _perfect(
        self, tense: str, negated: bool, at: int, place: int
    ) -> tuple[str, str, str, bool, bool, bool, int, int]:
        total = len(self.tags)
        if place < total and self.tags[place] == "E":
            return (
                "",
                self._base(self.words[place]),
                "perfect",
                False,
                negated,
                False,
                place,
                place + 1,
            )
        if place < total and self.tags[place] == "b":
            after, _ = self._skip(place + 1)
            passive = after < total and self.tags[after] == "E"
            verb = self._base(self.words[after]) if passive else "be"
            at_verb = after if passive else place
            return "", verb, "perfect", passive, negated, False, at_verb, at_verb + 1
        if place < total and self.tags[place] == "T":
            return "have to", "need", tense, False, negated, False, at, place
        return "", "have", tense, False, negated, False, at, at + 1

    def _be(
        self, modal: str, tense: str, negated: bool, at: int, place: int
    ) -> tuple[str, str, str, bool, bool, bool, int, int]:
        total = len(self.tags)
        if place < total and self.tags[place] == "b":
            place, _ = self._skip(place + 1)
        if place < total and self.tags[place] == "N":
            negated, place = True, place + 1
        if place < total:
            word = self.words[place]
            if self.tags[at] in "Bb" and self._is_adjective(place, modal):
                return modal, "be", tense, False, negated, False, at, place
            if self.tags[place] == "E" or word in PARTICIPLES:
                return modal, self._base(word), tense, True, negated, False, place, place + 1
            if self.tags[place] == "G":
                return modal, self._base(word), tense, False, negated, True, place, place + 1
        return modal, "be", tense, False, negated, False, at, place

    def _is_noun_will(self, at: int) -> bool:
        if self.words[at] != "will":
            return False
        left = self.words[at - 1] if at else ""
        after = self.tags[at + 1 : at + 2]
        return (
            (at > 0 and self.tags[at - 1] == "D")
            or left in _OTHER_POLITICAL_WILL
            or after in {"P", "T"}
            or (after == "C" and self.tags[at - 1 : at] not in {"X", "I", "J"})
        )

    def _is_noun(self, at: int) -> bool:
        """Tell whether a word that may be a verb is a noun here, by what follows."""
        word = self.words[at]
        base = self.reader.lexicon.forms.get(word, (word, ""))[0]
        if base not in _NOUNS_TOO:
            return False
        following = self.tags[at + 1 : at + 2]
        if following == "T" and base in {"support", "respect"}:
            return True
        if following == "P":
            particles = {particle for particle, _ in self.reader.lexicon.verbs.get(base, ())}
            return self.words[at + 1] not in particles
        return not following or following in "C,;:)-.BMOQhWHV"[:13] or following == "N"

    def _says(self, at: int) -> bool:
        """Tell a verb of attitude from a verb of action."""
        base = self.reader.lexicon.forms.get(self.words[at], ("", ""))[0]
        classes = self.reader.lexicon.verbs.get(base, ())
        return base not in _ACTS_TOO and any(item.id in _ATTITUDES for _, item in classes)

    def _has_infinitive(self, start: int, end: int) -> bool:
        """Tell whether an infinitive stands open between two words."""
        cut = max(self.tags.rfind(";", start, end), start)
        return any(
            self.tags[place] == "T"
            and self.tags[place + 1] in "VAn"
            and (self.tags[place + 1] != "n" or self._opens_infinitive(place + 1))
            for place in range(cut, end - 1)
        )

    def _opens_infinitive(self, place: int) -> bool:
        """Tell "to document the finds" from "to primary care"."""
        return may_be_verb(self.words[place]) and self.words[place] not in _QUALITIES

    def _is_singular(self, predicate: Predicate) -> bool:
        return self.tags[predicate.start] == "Z" or self.words[predicate.start] in {"is", "has"}
