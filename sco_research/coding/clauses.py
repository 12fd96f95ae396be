"""The clauses of a sentence: every finite verb with its subject, its mood and what hangs on it.

A finite verb is looked for from left to right, and its subject to its left: a noun phrase or a
pronoun right before it, the subject of the verb before it where a conjunction stands there
("reaffirm … and will continue …"), nobody where it opens the sentence ("Decides to …"). What follows
"which", "if" or a participle is marked as subordinate: it never decides.
"""

import re
from dataclasses import dataclass
from enum import Enum

from sco_research.coding.inflection import PARTICIPLES, base_of, may_be_verb
from sco_research.coding.lexicon import Lexicon
from sco_research.coding.tagging import Tagged


class Role(Enum):
    """Who a subject is."""

    MEMBERS = "members"
    IMPLIED = "members, implied"
    SUBSET = "some members"
    ORGAN = "organ"
    WORK = "joint work"
    PARTY = "other party"
    THING = "thing"
    IT = "it"
    THERE = "there"


class Place(Enum):
    """Where in the sentence a clause stands."""

    MAIN = "main clause"
    THAT = "clause after that"
    SUBORDINATE = "subordinate clause"


SPEAKERS = frozenset({Role.MEMBERS, Role.IMPLIED})


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: who it is and its words, by number; an unstated one has none."""

    role: Role
    start: int
    end: int
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Predicate:
    """A finite verb of a sentence.

    Attributes
    ----------
    subject : Subject
    place : Place
    modal : str
        "will", "should" and the like, else empty.
    verb : str
        The main verb's base form; "be" for a copula.
    tense : str
        "present", "past", "perfect" or "modal".
    passive, negated, progressive : bool
    start, verb_at, end : int
        By word: the whole group, its main verb, and the first word after it.
    stop : int
        The first word that no longer hangs on it.
    governor : int
        For a clause after "that", the number of the predicate above it, else -1.
    """

    subject: Subject
    place: Place
    modal: str
    verb: str
    tense: str
    passive: bool
    negated: bool
    progressive: bool
    start: int
    verb_at: int
    end: int
    stop: int
    governor: int = -1


# A base form that the codebook does not know may stand under a modal before it.
_FINITE = re.compile("[MOQBhdVZE]|(?<=C)n(?=[DX])")
_NOUN_PHRASE = frozenset("nXEGLVvZAYIJK")
_NOMINAL = frozenset("nXGVZEJIK")
_PUNCTUATION = frozenset(",;:-()")
_AFTER_NOUN = frozenset("P,;:).-")
_FARTHEST_SUBJECT = 60
_LEAST_CLAUSE = 4
_AFTER_THE_HEAD = frozenset({"concerned", "responsible", "involved", "present"})
_COLLECTIVES = frozenset(
    "organization organisation association union league community alliance assembly".split()
)
_COPULAS = frozenset({"remain", "stand"})
# Base forms that are nouns as often as verbs.
_NOUNS_TOO = frozenset(
    "support call resolve pledge aim desire hope regret demand request stress note state work plan"
    " need favour favor promise value respect trust review exchange share mark process record"
    " register view draw place use fight struggle counter conduct act address launch build offer"
    " back champion honour honor face object appeal mandate charge task commission welcome direct"
    " wish mention show promise present put stand purpose find view follow combat play hold account"
    " extend take import make".split()
)
_OTHER_POLITICAL_WILL = frozenset("political free good sovereign popular common collective own".split())


class ClauseReader:
    """Reads clauses with the words of one codebook, for one family of organizations.

    Parameters
    ----------
    lexicon : Lexicon
        The codebook.
    own_names : frozenset of str
        What the speaking organization is called, in small letters; other organizations' "member
        states" are not the members.
    """

    def __init__(self, lexicon: Lexicon, own_names: frozenset[str]) -> None:
        self.lexicon = lexicon
        self._sets = lexicon.sets
        self.own_names = own_names
        self.foreign = lexicon.foreign_words

    def predicates(
        self, tagged: Tagged, *, they: Role = Role.MEMBERS, it: Role = Role.IT
    ) -> list[Predicate]:
        """Return the finite verbs of a sentence in order.

        ``they`` and ``it`` are whom the sentences before let these pronouns mean.
        """
        return _Reading(self, tagged, they, it).run()

    def role_of(self, tagged: Tagged, start: int, head: int) -> Role:
        """Tell who a noun phrase is, from its first word and its head."""
        words, tags = tagged.words, tagged.tags
        before = words[start:head]
        if tags[head] == "X":
            if self._is_subset(before, tagged, head):
                return Role.SUBSET
            if self._is_foreign(before, tagged, head):
                return Role.PARTY
            return Role.MEMBERS
        word = words[head]
        if word in self._sets["organs"]:
            return Role.ORGAN
        if word in self.lexicon.organ_words:
            return Role.ORGAN
        if word in self._sets["joint_work"]:
            return Role.WORK
        if word in self._sets["others"]:
            return Role.PARTY
        raw = tagged.raw[head]
        if word in self.foreign:
            return Role.PARTY
        if raw[0].isupper() and head > 0 and not raw.isupper() and tags[head] == "n":
            return Role.PARTY
        return Role.THING

    def _is_subset(self, before: tuple[str, ...], tagged: Tagged, head: int) -> bool:
        if not self._sets["subsets"].isdisjoint(before):
            # "the two sides" of a bilateral text and "both sides" are all of them.
            return not (
                tagged.words[head] in {"sides", "parties", "leaders", "presidents", "heads of state"}
                and set(before) & {"two", "both", "three", "four", "five"}
            )
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
        if before and titled and tagged.words[head] in _COLLECTIVES:
            # "the World Meteorological Organization"
            return True
        return not names.isdisjoint(self.foreign) or (
            tagged.words[head] in {"parties", "sides"} and not names.isdisjoint(self._sets["outside"])
        )


class _Reading:
    """One sentence on its way to its predicates."""

    def __init__(self, reader: ClauseReader, tagged: Tagged, they: Role, it: Role) -> None:
        self.reader = reader
        self.they = they
        self.it = it
        self.tagged = tagged
        self.words = tagged.words
        self.tags = tagged.tags
        self.found: list[Predicate] = []

    def run(self) -> list[Predicate]:
        done = 0
        for match in _FINITE.finditer(self.tags):
            at = match.start()
            if at < done:
                continue
            predicate = self._predicate(at)
            if predicate is not None:
                self.found.append(predicate)
                done = predicate.end
        return self._with_stops()

    def _with_stops(self) -> list[Predicate]:
        """Let each predicate reach to the next one of its own level or above."""
        result = []
        total = len(self.tags)
        for number, item in enumerate(self.found):
            stop = total
            for later in self.found[number + 1 :]:
                if later.place is Place.MAIN or (
                    item.place is not Place.MAIN and later.start > item.start
                ):
                    stop = later.start
                    break
            result.append(_replaced(item, stop))
        return result

    # -- one predicate

    def _predicate(self, at: int) -> Predicate | None:
        tag = self.tags[at]
        if tag == "n":
            return self._under_modal(at)
        if tag == "M" and self._is_noun_will(at):
            return None
        left = self._skip_adverbs(at - 1)
        letter = self.tags[left] if left >= 0 else "^"
        if letter in "TD" or (letter == "P" and tag in "VZE"):
            return None
        if letter in "MOQdBbh" and tag in "VZE":
            return None
        link = self._subject(at, left, letter)
        if link is None:
            return None
        subject, place, governor = link
        group = self._group(at)
        if group is None:
            return None
        modal, verb, tense, passive, negated, progressive, verb_at, end = group
        carried = self._carried_modal(at, letter, subject)
        if carried:
            modal, tense = carried, "modal"
        return Predicate(
            subject, place, modal, verb, tense, passive, negated, progressive, at, verb_at, end, end,
            governor,
        )  # fmt: skip

    def _under_modal(self, at: int) -> Predicate | None:
        """Read "will oppose … and prevent …": a base form that the modal before it reaches."""
        last = self.found[-1] if self.found else None
        if last is None or last.modal not in {"will", "shall"} or last.place is not Place.MAIN:
            return None
        if last.subject.role not in SPEAKERS or not may_be_verb(self.words[at]):
            return None
        return Predicate(
            last.subject, Place.MAIN, last.modal, self.words[at], "modal", False, False, False, at,
            at, at + 1, at + 1,
        )  # fmt: skip

    def _carried_modal(self, at: int, letter: str, subject: Subject) -> str:
        """Return the modal that reaches over a conjunction: "will oppose … and support …"."""
        last = self.found[-1] if self.found else None
        joined = letter == "C" or letter in _PUNCTUATION
        if last is None or not joined or self.tags[at] != "V" or self._says(at):
            return ""
        return last.modal if last.subject == subject and last.place is Place.MAIN else ""

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

    # -- subjects

    def _subject(self, at: int, left: int, letter: str) -> tuple[Subject, Place, int] | None:
        tag = self.tags[at]
        if letter == "^":
            return self._unstated(at)
        if letter == "W" or (letter == "H" and tag != "E"):
            return Subject(Role.THING, left, left + 1), Place.SUBORDINATE, -1
        if letter == "S":
            return None
        if letter in "IJKL" or letter in "nXEGVZA":
            return self._after_noun_phrase(at, left)
        if letter in _PUNCTUATION or letter == "C":
            return self._after_break(at, left)
        return None

    def _unstated(self, at: int) -> tuple[Subject, Place, int] | None:
        """Read a sentence that opens with its verb: "Decides to …"."""
        tag = self.tags[at]
        following = self.tags[at + 1 : at + 2]
        noun = self._is_noun(at) and (tag == "V" or following in "BMOQhV")
        if tag == "E" or (tag in "VZ" and noun):
            return None
        if tag in "BOQd" and following in {"D", "I", "J", "X"}:
            return None
        return Subject(Role.IMPLIED, at, at), Place.MAIN, -1

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

    def _after_noun_phrase(self, at: int, left: int) -> tuple[Subject, Place, int] | None:
        start, head = self._noun_phrase(left)
        role = self._role(start, head)
        tag = self.tags[at]
        if tag == "V" and role not in (Role.MEMBERS, Role.SUBSET):
            # "mutual support": a noun; "all states support" asserts nothing that is coded.
            unambiguous = self.words[at] not in _NOUNS_TOO and role in (Role.PARTY, Role.ORGAN)
            if not unambiguous:
                return None
        if tag == "V" and self.words[head] in {"organization", "organisation"}:
            return None
        if tag == "E" and role not in (Role.MEMBERS, Role.ORGAN, Role.SUBSET, Role.IT):
            return None
        if tag == "E" and self._is_reduced_relative(at):
            return None
        if tag == "Z" and role not in (Role.MEMBERS, Role.ORGAN, Role.IT, Role.PARTY, Role.THING):
            return None
        if tag == "Z" and role in (Role.THING, Role.PARTY) and self._is_noun(at):
            return None
        place, governor = self._place(start)
        if role is Role.THING and place is Place.MAIN and self._is_object(start):
            # "welcome the progress made": no subject, hence no verb of its own.
            if tag in "VZE":
                return None
        pronoun = self.tags[head] in "IJ"
        return Subject(role, start, left + 1 if head < left else head + 1, pronoun), place, governor

    def _is_object(self, start: int) -> bool:
        before = self._skip_adverbs(start - 1)
        return before >= 0 and self.tags[before] in "VZEG" and before + 1 == start

    def _is_reduced_relative(self, at: int) -> bool:
        """Tell "the parties committed to the treaty will …" from "the parties committed to …"."""
        if self.tags[at + 1 : at + 2] not in {"P", "T"}:
            return False
        base = self.reader.lexicon.forms.get(self.words[at], ("", ""))[0]
        return self.words[at + 1] in {"by", "in", "at", "on", "from", "for"} and base not in {
            "call", "agree", "decide",
        }  # fmt: skip

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
            if place < limit or tags[place] != "P" or place == 0:
                return (start, head) if not (place == 0 and tags[0] == "P" and inner) else inner
            inner = inner or (start, head)
            place -= 1
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
        if letter == "I":
            return Role.MEMBERS
        if letter == "J":
            return self.they
        if letter == "K":
            return self.it
        if letter == "L":
            return Role.THERE
        return self.reader.role_of(self.tagged, start, head)

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
                # "Noting that calm prevails, the Parties …": the comma ends the participle's clause.
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

    def _opening(self, closing: int) -> int:
        for place in range(closing - 1, -1, -1):
            if self.tags[place] == "(":
                return place
        return closing

    def _after_break(self, at: int, left: int) -> tuple[Subject, Place, int] | None:
        """Read a verb after a comma, a conjunction or a bracket."""
        tag = self.tags[at]
        if self.tags[left] == ")":
            before = self._opening(left) - 1
            if before >= 0 and self.tags[before] in _NOMINAL:
                return self._after_noun_phrase(at, before)
        last = self._governing(at, left)
        lower = last.end if last is not None else 0
        waiting = self._waiting(lower, left)
        if waiting is not None:
            if tag == "E" and not self._is_past_of(at, waiting[0]):
                return None
            if tag in "VZ" and waiting[0].role not in (Role.MEMBERS, Role.SUBSET, Role.ORGAN):
                return None
            return waiting
        if tag in "VZ" and self._is_noun(at):
            return None
        if last is None:
            # "In this regard, reaffirm …"; an "E" here is a participle.
            opens = self.tags[left] in ",:-;" and tag != "E" and not self._has_infinitive(0, at)
            if self.tags[0] in "DnX":
                # "Threats – old ones, new ones – have become …"
                return Subject(Role.THING, 0, left), Place.MAIN, -1
            if not opens or (tag in "BOQ"):
                return None
            return Subject(Role.IMPLIED, at, at), Place.MAIN, -1
        return self._coordinated(at, left, last)

    def _is_past_of(self, at: int, subject: Subject) -> bool:
        """Tell "the Parties, meeting in Strelsau, noted …" from "the Parties, based on …"."""
        known = self.words[at] in self.reader.lexicon.forms
        return known and subject.role is Role.MEMBERS and self.tags[at + 1 : at + 2] != "P"

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
            closed = "," in self.tags[last.end : left + 1] or ";" in self.tags[last.end : left + 1]
            return outer if closed or outer is None else last
        # After "that …": a verb that fits the members goes back to them.
        fits = self.tags[at] == "V" and outer is not None and outer.tense == "present"
        if fits and (last.modal == "" or self.tags[left - 1 : left] == "," or self._says(at)):
            return outer
        comma = "," in self.tags[max(last.end, left - 1) : left + 1] or last.subject.role in (
            Role.IT,
            Role.THERE,
        )
        return outer if comma and outer is not None and self.tags[at] in "MhE" else last

    def _says(self, at: int) -> bool:
        """Tell a verb of attitude from a verb of action."""
        base = self.reader.lexicon.forms.get(self.words[at], ("", ""))[0]
        classes = self.reader.lexicon.verbs.get(base, ())
        return base not in {"support", "promote", "respect", "share", "uphold"} and any(
            item.id in {"undertaking", "intent", "saying", "stance", "request", "instruction"}
            for _, item in classes
        )

    def _coordinated(
        self, at: int, left: int, last: Predicate
    ) -> tuple[Subject, Place, int] | None:
        tag = self.tags[at]
        if tag == "Z" and not (last.tense == "present" and self._is_singular(last)):
            return None
        if tag == "E" and last.tense not in {"past", "perfect"}:
            return None
        if tag == "V":
            if last.tense == "present" and self._is_singular(last):
                return None
            if last.tense in {"past", "perfect"} and not (last.subject.pronoun or self._says(at)):
                return None
            if self._has_infinitive(last.end, at) and not self._says(at):
                after_comma = self.tags[left] == "C" and self.tags[left - 1 : left] == ","
                if not after_comma:
                    return None
        if tag in "Bhd" and last.subject.role is Role.THING and last.tense == "modal":
            return last.subject, last.place, last.governor
        return last.subject, last.place, last.governor

    def _is_singular(self, predicate: Predicate) -> bool:
        return self.tags[predicate.start] == "Z" or self.words[predicate.start] in {"is", "has"}

    def _has_infinitive(self, start: int, end: int) -> bool:
        """Tell whether an infinitive stands open between two words."""
        cut = max(self.tags.rfind(";", start, end), start)
        return any(
            self.tags[place] == "T"
            and self.tags[place + 1] in "VAnb"
            and (self.tags[place + 1] != "n" or may_be_verb(self.words[place + 1]))
            for place in range(cut, end - 1)
        )

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

    def _opening_phrase(self, left: int) -> tuple[Subject, Place, int] | None:
        """Return the noun phrase that opens the sentence: "The summit, held in Astana, will"."""
        place = 0
        while place < left and self.tags[place] in "DnAEXZ":
            place += 1
        if place == 0 or place >= left or self.tags[place] not in ",(P":
            return None
        if self.tags[0] in "AEZ" or "X" in self.tags[:place]:
            return None
        start, head = self._noun_phrase(place - 1)
        return Subject(self._role(start, head), start, head + 1), Place.MAIN, -1

    # -- verb groups

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

    def _group(
        self, at: int
    ) -> tuple[str, str, str, bool, bool, bool, int, int] | None:
        tag = self.tags[at]
        modal = self.words[at] if tag in "MOQ" else ""
        if tag in "VZE":
            base = self._base(self.words[at])
            tense = "past" if tag == "E" else "present"
            after, negated = self._skip(at + 1)
            if base in _COPULAS and after < len(self.tags) and (
                self.words[after] in self.reader.lexicon.adjectives
            ):
                return modal, "be", tense, False, negated, False, at, after
            return modal, base, tense, False, False, False, at, at + 1
        place, negated = self._skip(at + 1)
        tense = "modal" if modal else ("past" if self.words[at] in {"was", "were", "had", "did"} else "present")
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

    def _is_adjective(self, place: int) -> bool:
        """Tell "are set to" and "are concerned" from the passive "is set up"."""
        classes = self.reader.lexicon.adjectives.get(self.words[place], ())
        after, _ = self._skip(place + 1)
        to = self.tags[after : after + 1] == "T"
        return any(to or "any" in word_class.takes for word_class in classes)

    def _base(self, word: str) -> str:
        form = self.reader.lexicon.forms.get(word)
        return form[0] if form else base_of(word)

    def _perfect(
        self, tense: str, negated: bool, at: int, place: int
    ) -> tuple[str, str, str, bool, bool, bool, int, int]:
        total = len(self.tags)
        if place < total and self.tags[place] == "E":
            return "", self._base(self.words[place]), "perfect", False, negated, False, place, place + 1
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
            if self.tags[at] in "Bb" and self._is_adjective(place):
                return modal, "be", tense, False, negated, False, at, place
            if self.tags[place] == "E" or word in PARTICIPLES:
                return modal, self._base(word), tense, True, negated, False, place, place + 1
            if self.tags[place] == "G":
                return modal, self._base(word), tense, False, negated, True, place, place + 1
        return modal, "be", tense, False, negated, False, at, place


def _replaced(item: Predicate, stop: int) -> Predicate:
    return Predicate(
        item.subject, item.place, item.modal, item.verb, item.tense, item.passive, item.negated,
        item.progressive, item.start, item.verb_at, item.end, stop, item.governor,
    )  # fmt: skip
