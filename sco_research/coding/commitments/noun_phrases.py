"""Noun phrases: where one begins, which word is its head, and who it is."""

from sco_research.coding.commitments.grammar import Role, Subject
from sco_research.coding.commitments.inflection import word_set
from sco_research.coding.commitments.roles import COLLECTIVES
from sco_research.coding.commitments.verb_groups import VerbGroups

_NOMINAL = frozenset("nXGVZEJIK")
_FARTHEST_SUBJECT = 60
_AFTER_THE_HEAD = frozenset({"concerned", "responsible", "involved", "present"})
# Base forms that are nouns as often as verbs.
_NOUNS_TOO = word_set(
    "support call resolve pledge aim desire hope regret demand request stress note state work plan"
    " need favour favor promise value respect trust review exchange share mark process record"
    " register view draw place use fight struggle counter conduct act address launch build offer"
    " back champion honour honor face object appeal mandate charge task commission welcome direct"
    " wish mention show promise present put stand purpose find view follow combat play hold account"
    " extend take import make"
)

_ALL_OF_US = {(word, "of", "us") for word in ("all", "each", "both")}


class NounPhrases(VerbGroups):
    """Finds the noun phrase that ends at a word, and its head."""

    def _noun_phrase(self, left: int) -> tuple[int, int]:
        """Return first word and head of the noun phrase that ends at a word.

        A prepositional phrase at its end belongs to it: "the work of the member states" has the
        head "work".
        """
        tags = self.tags
        inner: tuple[int, int] | None = None
        place = left
        limit = max(0, left - _FARTHEST_SUBJECT)
        while True:
            end = place
            if tags[place] in "IJKL":
                return inner if inner and self.tags[inner[1]] == "X" else (place, place)
            while place >= limit and tags[place] in "nXEGVZA" and self._joins(place, end):
                place -= 1
            while place >= limit and tags[place] == "D":
                place -= 1
                if place >= limit and tags[place] in "nX" and self.words[place + 1] in {"'", "’"}:
                    while place >= limit and tags[place] in "nX":
                        place -= 1
            start = place + 1
            head = self._head(start, end)
            # "the parties to the treaty": this "to" stands before a noun.
            until = self.words[place] == "until" and self.words[place + 1].isdigit()
            links = place > 0 and (tags[place] == "P" or tags[place : place + 2] == "TD" or until)
            if place < limit or not links:
                return (start, head) if not (place == 0 and tags[0] == "P" and inner) else inner
            inner = inner or (start, head)
            place -= 1
            if tags[place] == "C" and self.words[place + 1] == "of":
                place -= 1  # "of a centre and of a network"
            if tags[place] not in _NOMINAL:
                return inner

    def _joins(self, place: int, end: int) -> bool:
        """Keep a finite verb out of the noun phrase after it: "note the …" has its article."""
        if self.tags[place] not in "VZ":
            return True
        base = self.reader.lexicon.forms.get(self.words[place], ("", ""))[0]
        return base in _NOUNS_TOO

    def _head(self, start: int, end: int) -> int:
        for place in range(end, start - 1, -1):
            if self.tags[place] in "nXGVZIJKL" and self.words[place] not in _AFTER_THE_HEAD:
                return place
        return end

    def _role(self, start: int, head: int) -> Role:
        letter = self.tags[head]
        if self.words[max(0, start - 2) : head + 1] in _ALL_OF_US:
            return Role.MEMBERS
        if letter == "I":
            return Role.MEMBERS
        if letter == "J":
            return self.they
        if letter == "K":
            return self._meant_by_it()
        if letter == "L":
            return Role.THERE
        return self.reader.role_of(self.tagged, start, head)

    def _meant_by_it(self) -> Role:
        """Let "it" mean the organization that spoke in the clause before."""
        subject = self.found[-1].subject if self.found else None
        if subject is not None and subject.role is Role.MEMBERS:
            words = set(self.words[subject.start : subject.end])
            if not words.isdisjoint(COLLECTIVES | self.reader.own_names):
                return Role.MEMBERS
        return self.it

    def _opening(self, closing: int) -> int:
        for place in range(closing - 1, -1, -1):
            if self.tags[place] == "(":
                return place
        return closing

    def _is_object(self, start: int) -> bool:
        before = self._skip_adverbs(start - 1)
        return before >= 0 and self.tags[before] in "VZEG" and before + 1 == start

    def _is_reduced_relative(self, at: int) -> bool:
        """Tell "the parties committed to the treaty will …" from "the parties committed to …"."""
        if self.tags[at + 1 : at + 2] not in {"P", "T"}:
            return False
        base = self.reader.lexicon.forms.get(self.words[at], ("", ""))[0]
        return self.words[at + 1] in {"by", "in", "at", "on", "from", "for"} and base not in {
            "call", "agree", "decide", "meet", "gather",
        }  # fmt: skip

    def _is_past_of(self, at: int, subject: Subject) -> bool:
        """Tell "the Parties, meeting in Strelsau, noted …" from "the Parties, based on …"."""
        known = self.words[at] in self.reader.lexicon.forms
        return known and subject.role is Role.MEMBERS and self.tags[at + 1 : at + 2] != "P"

    def _comma_before(self, place: int) -> bool:
        return self.tags[place - 1 : place] in {",", ")", "-"}

    def _comma_after(self, place: int) -> int | None:
        """Return the comma after a noun phrase and its prepositional phrases."""
        for later in range(place + 1, min(len(self.tags), place + 25)):
            if self.tags[later] in ",(-:":
                return later
            if self.tags[later] in "MOQBhVZTWHS;":
                return None
        return None
