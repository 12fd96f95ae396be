"""A sentence and what the grammar finds in it: tokens, subjects, clauses, predicates.

A sentence is read in three steps, each from value to value: `tagging.tag` gives every token a
class, `clauses.clauses` finds the finite verbs with their subjects, and `clauses.predicates` says
how far each reaches. What the rules ask of a sentence they ask of these values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Literal, NamedTuple

from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.text.tokens import ASCII_WORD, WORD

Tense = Literal["present", "past", "perfect", "modal"]

_TOKEN = re.compile(WORD.pattern + r"|[,;:()…]|(?<=s)['’](?=[\s,])|(?<!\S)[-–—](?!\S)|—")
# The same rule for ASCII alone, as in `sco_research.text.tokens`: most sentences, in half the time.
_ASCII_TOKEN = re.compile(ASCII_WORD.pattern + r"|[,;:()]|(?<=s)'(?=[\s,])|(?<!\S)-(?!\S)")

# "(a)", "(ii)", "(3)" before an item of a list within a sentence: layout, and no words of it.
_ENUMERATOR = re.compile(r"(?<!\S)\((?:[a-z]|[ivx]{2,4}|\d{1,2})\)(?=\s+\S)")


# Not frozen: a frozen one takes four times as long to make.
@dataclass(slots=True, unsafe_hash=True)
class Sentence:
    """The tokens of a sentence, each with its class; shared, so never to be changed.

    Attributes
    ----------
    words : tuple of str
        In small letters; a unit of the codebook ("member states") is one token.
    raw : tuple of str
        As written.
    tags : str
        One `TokenClass` a token.
    text : str
        What the tokens stand in; of an item read with its lead-in, the item's.
    units : tuple of (int, int)
        The first token, and the size, of each unit of several words in the text.
    lexicon : Lexicon
        The codebook that it was read with, as the organization speaks it.
    lead : Sentence or None
        The lead-in whose tokens stand before an item's.
    """

    words: tuple[str, ...]
    raw: tuple[str, ...]
    tags: str
    text: str
    units: tuple[tuple[int, int], ...]
    lexicon: Lexicon = field(repr=False)
    lead: "Sentence | None" = None

    def __add__(self, item: "Sentence") -> "Sentence":
        """Return a lead-in and its item as one sentence; the spans stay each one's own."""
        return Sentence(
            words=self.words + item.words,
            raw=self.raw + item.raw,
            tags=self.tags + item.tags,
            text=item.text,
            units=item.units,
            lexicon=self.lexicon,
            lead=self,
        )

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return the offsets of each token in its own text."""
        lead = self.lead.spans() if self.lead else ()
        found = [match.span() for match in tokens_of(without_enumerators(self.text))]
        if not self.units:
            return (*lead, *found)
        spans = list(lead)
        done = 0  # of the tokens as they were before units were joined
        for first, size in self.units:
            spans += found[done:first]
            done = first + size
            spans.append((found[first][0], found[done - 1][1]))
        return (*spans, *found[done:])


def tokens_of(text: str) -> Iterator[re.Match[str]]:
    """Return the words and signs of a text; none reaches over a blank."""
    pattern = _ASCII_TOKEN if text.isascii() else _TOKEN
    # A blank after it, since an apostrophe is a word only before a blank or a comma.
    return pattern.finditer(f"{text} ")


def without_enumerators(text: str) -> str:
    """Return a text with blanks in the place of "(a)", "(ii)" and "(3)" before items of a list.

    >>> without_enumerators("We will (a) open schools; and (b) train nurses.")
    'We will     open schools; and     train nurses.'
    """
    return _ENUMERATOR.sub(_blanks, text) if "(" in text else text


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


class Role(StrEnum):
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


SPEAKERS = frozenset({Role.MEMBERS, Role.IMPLIED})


class ClauseType(Enum):
    """Where in the sentence a clause stands."""

    MAIN = "main clause"
    THAT = "clause after that"
    SUBORDINATE = "subordinate clause"


class Antecedents(NamedTuple):
    """Whom the sentences before let the pronouns mean."""

    they: Role = Role.MEMBERS
    it: Role = Role.IT


NO_ANTECEDENTS = Antecedents()


class Subject(NamedTuple):
    """A subject: who it is and its tokens; an unstated one has none."""

    role: Role
    start: int
    end: int
    pronoun: bool = False


class VerbGroup(NamedTuple):
    """The words of a finite verb: "will not be used".

    Attributes
    ----------
    modal : str
        "will", "should" and the like, else empty.
    base : str
        The main verb's base form; "be" for a copula.
    tense : str
        "present", "past", "perfect" or "modal".
    verb_at, end : int
        The main verb, and the first token after the group.
    passive, negated, progressive : bool
    """

    modal: str
    base: str
    tense: Tense
    verb_at: int
    end: int
    passive: bool = False
    negated: bool = False
    progressive: bool = False


class Clause(NamedTuple):
    """A finite verb with its subject.

    Attributes
    ----------
    subject : Subject
    type : ClauseType
    governor : int
        For a clause after "that", the number of the clause above it, else -1.
    start : int
        The first token of the verb group.
    verb : VerbGroup
    """

    subject: Subject
    type: ClauseType
    governor: int
    start: int
    verb: VerbGroup


class Predicate(NamedTuple):
    """A finite verb of a sentence with all that the rules ask of it.

    Attributes
    ----------
    subject : Subject
    clause_type : ClauseType
    governor : int
        For a clause after "that", the number of the predicate above it, else -1.
    modal, verb, tense, passive, negated, progressive
        As of `VerbGroup`; ``verb`` is its base form.
    start, verb_at, end : int
        The first token of the verb group, its main verb, and the first token after it.
    stop : int
        The first token that no longer hangs on it.
    """

    subject: Subject
    clause_type: ClauseType
    governor: int
    modal: str
    verb: str
    tense: Tense
    passive: bool
    negated: bool
    progressive: bool
    start: int
    verb_at: int
    end: int
    stop: int
