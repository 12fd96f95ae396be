"""Which clause a subject opens, and which predicate a coordinated verb joins."""

from sco_research.coding.commitments.grammar import SPEAKERS, Place, Predicate, Role, Subject
from sco_research.coding.commitments.inflection import may_be_verb
from sco_research.coding.commitments.noun_phrases import NounPhrases

_LEAST_CLAUSE = 4


class Subordination(NounPhrases):
    """Tells main clauses from those after "that", and from subordinate ones."""

    def _place(self, start: int) -> tuple[Place, int]:
        """Tell from the word before a subject which kind of clause it opens."""
        before = self._skip_adverbs(start - 1)
        letter = self.tags[before] if before >= 0 else "^"
        if letter == ")":
            before = self._opening(before) - 1
            letter = self.tags[before] if before >= 0 else "^"
        if letter in "WS" or (letter == "P" and self.words[before] == "as"):
            return Place.SUBORDINATE, -1
        if letter == "H":
            return self._after_that(before, start)
        that = self._open_that(before)
        if that is not None:
            return self._after_that(that, start)
        if letter in ",C" and self.found and self.found[-1].place is not Place.MAIN:
            last = self.found[-1]
            # "that A will …, and B will …": still inside, unless a semicolon came between.
            if last.place is Place.THAT and letter == "C":
                return Place.THAT, last.governor
        if letter == "," and before > 0:
            return self._after_comma(before, start)
        return Place.MAIN, -1

    def _open_that(self, before: int) -> int | None:
        """Return a "that" whose clause has no verb yet: "that calm and order should …"."""
        lower = self.found[-1].end if self.found else 0
        that = self.tags.rfind("H", lower, before + 1)
        if that < 0 or ";" in self.tags[that : before + 1]:
            return None
        relative = not self.found and self.tags[that - 1 : that] in {"n", "X"}
        if relative and ",C" in self.tags[that : before + 1]:
            return None  # "the food that our citizens eat, and we …"
        return that

    def _after_comma(self, comma: int, start: int) -> tuple[Place, int]:
        """Look whether "that" stands before an adjunct: "note that, in this regard, the …"."""
        for place in range(comma - 1, max(-1, comma - 12), -1):
            if self.tags[place] == ",":
                before = self.tags[place - 1 : place]
                return self._after_that(place - 1, start) if before == "H" else (Place.MAIN, -1)
            if self.tags[place] in "MOQB;":
                break
        return Place.MAIN, -1

    def _after_that(self, that: int, start: int) -> tuple[Place, int]:
        """Find what governs a clause after "that": a finite verb, or a participle or noun."""
        if self.words[that - 1 : that] == ("so",) or that == 0:
            return Place.SUBORDINATE, -1
        for place in range(that - 1, max(-1, that - 14), -1):
            if self.tags[place] == "G":
                # "Noting that calm prevails, the Parties …": a comma ends the participle.
                over = self.tags[start - 1 : start] == "," and start - that > _LEAST_CLAUSE
                return (Place.MAIN, -1) if over else (Place.SUBORDINATE, -1)
            if self.found and place < self.found[-1].end:
                governor = self._main_number()
                return (Place.THAT, governor) if governor >= 0 else (Place.SUBORDINATE, -1)
        if self.found and self.found[-1].place is Place.MAIN:
            return Place.THAT, self._main_number()
        return Place.SUBORDINATE, -1

    def _main_number(self) -> int:
        for number in range(len(self.found) - 1, -1, -1):
            if self.found[number].place is Place.MAIN:
                return number
        return -1

    def _waiting(self, lower: int, left: int) -> tuple[Subject, Place, int] | None:
        """Return the subject that waits for its verb over commas: "The Parties, being …, will"."""
        if self.tags[left] == "C" and self.found and not self._comma_before(left):
            return None
        for place in range(lower, left):
            letter = self.tags[place]
            if letter in "IJX" and self.tags[place + 1] in "P,(-:":
                start, head = self._noun_phrase(place)
                if head != place:
                    continue
                before = self.tags[start - 1] if start else "^"
                if before in "PVZETGD" and not (before == "P" and start - 1 == 0):
                    continue
                if lower and before not in ",;:-C)H":
                    continue
                comma = self._comma_after(place)
                if comma is None or comma >= left + 1:
                    continue
                role = self._role(start, head)
                where, governor = self._place(start)
                subject = Subject(role, start, head + 1, letter in "IJ")
                return subject, where, governor
        if lower == 0 and self.tags[left] != "C":
            return self._opening_phrase(left)
        return None

    def _opening_phrase(self, left: int) -> tuple[Subject, Place, int] | None:
        """Return the noun phrase that opens the sentence: "The summit, held in Astana, will"."""
        place = 0
        while place < left and (
            self.tags[place] in "DnAEXZ" or self.tags[max(place - 1, 0) : place + 1] == "DV"
        ):
            place += 1
        if place == 0 or place >= left or self.tags[place] not in ",(P":
            return None
        if self.tags[0] in "AEZ" or "X" in self.tags[:place]:
            return None
        start, head = self._noun_phrase(place - 1)
        return Subject(self._role(start, head), start, head + 1), Place.MAIN, -1

    def _governing(self, at: int, left: int) -> Predicate | None:
        """Return the predicate that a coordinated verb joins."""
        if not self.found:
            return None
        last = self.found[-1]
        if last.place is Place.MAIN:
            return last
        main = self._main_number()
        outer = self.found[main] if main >= 0 else None
        if last.place is Place.SUBORDINATE:
            if self.tags[at] == "M" and outer is not None and self._says_again(last, outer):
                return outer  # "reject levies that have no basis and will resist …"
            closed = "," in self.tags[last.end : left + 1] or ";" in self.tags[last.end : left + 1]
            return outer if closed or outer is None else last
        # After "that …": a verb that fits the members goes back to them.
        fits = self.tags[at] == "V" and outer is not None and outer.tense == "present"
        if fits and (last.modal == "" or self.tags[left - 1 : left] == "," or self._says(at)):
            return outer
        other_modal = self.tags[at] == "M" and last.modal not in {"", self.words[at]}
        if other_modal and outer is not None and outer.subject.role in SPEAKERS:
            return outer  # "agree that more must be done and will do it"
        if self.tags[at] == "E" and outer is not None and last.tense == "modal":
            return outer  # "reaffirmed that the Union will grow and agreed to …"
        comma = "," in self.tags[max(last.end, left - 1) : left + 1] or last.subject.role in (
            Role.IT,
            Role.THERE,
        )
        return outer if comma and outer is not None and self.tags[at] in "MhE" else last

    @staticmethod
    def _says_again(last: Predicate, outer: Predicate) -> bool:
        said = outer.subject.role in SPEAKERS and outer.tense == "present"
        return said and not last.modal

    def _first_head(self) -> int:
        """Return the head of the noun phrase that opens the sentence."""
        place = 0
        while (
            place < len(self.tags) and self.tags[place] in "DnAEXGVZ" and self._joins(place, place)
        ):
            place += 1
        return place - 1

    def _relative_before(self, at: int, start: int) -> tuple[int, int] | None:
        """Return the quotas of "quotas which are in force among the states will be lifted"."""
        last = self.found[-1] if self.found else None
        if last is None or self.tags[at] != "M" or self.tags[start - 1 : start] != "P":
            return None
        which = last.start - 1
        if last.place is not Place.SUBORDINATE or self.tags[which : which + 1] not in {"W", "H"}:
            return None
        noun = which - 1 - (self.tags[which - 1 : which] == ",")
        return self._noun_phrase(noun) if noun >= 0 and self.tags[noun] in "nX" else None

    def _modified(self, start: int) -> tuple[int, int] | None:
        """Return the noun phrase that opens the clause and reaches over the one that starts here.

        "Work to protect the lakes will …": the lakes are what is to be protected. "The cable
        connecting our centres will …": the centres are what it connects.
        """
        verb = start - 1
        if verb < 1:
            return None
        infinitive = self.tags[verb - 1] == "T" and self.tags[verb] in "Vn"
        infinitive = infinitive and may_be_verb(self.words[verb])
        participle = self.tags[verb] == "G" and self.tags[start] == "D"
        last = verb - 2 if infinitive else verb - 1
        if not (infinitive or participle) or last < 0 or self.tags[last] not in "nX":
            return None
        found = self._noun_phrase(last)
        opens = found[0] == 0 or self.tags[found[0] - 1] == "H"
        return found if opens else None

    def _heads_a_list(self, start: int) -> bool:
        """Tell "cooperation with the UN, ASEAN and the CIS will …": the list hangs on its head."""
        if self.tags[start - 1 : start] not in {"C", ","} or ";" in self.tags[:start]:
            return False
        head = self._first_head()
        work = head >= 0 and self._role(0, head) is Role.WORK
        return work and self.tags[head + 1 : head + 2] == "P"
