"""The commitment codebook: words by class, read from data and checked in full.

The file's layout is shown by the bundled ``data/codebooks/commitments.toml``. It holds no patterns,
only words, so that no entry of a user's own can run for ever.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sco_research.coding.commitments.inflection import gerund, past_forms, third_person
from sco_research.coding.commitments.lexicon_schema import (
    Act,
    ActorsEntry,
    ClassEntry,
    Kind,
    Level,
    LexiconFile,
    Reading,
    parsed,
)
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    CONJUNCTION,
    NOUN,
    PREPOSITION,
    SUBORDINATOR,
    TokenClass,
)
from sco_research.errors import CodebookError
from sco_research.resources import data_path

Units = Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
"""By first and second word, the rows of words that are one unit, the longest first."""

# Units of the language itself that the grammar reads as one word.
FIXED_PHRASES: dict[str, TokenClass] = {
    "as well as": CONJUNCTION,
    "and/or": CONJUNCTION,
    "in particular": ADVERB,
    "inter alia": ADVERB,
    "in this regard": ADVERB,
    "in this connection": ADVERB,
    "in this context": ADVERB,
    "in this respect": ADVERB,
    "at the same time": ADVERB,
    "in general": ADVERB,
    "once again": ADVERB,
    "for their part": ADVERB,
    "for its part": ADVERB,
    "of course": ADVERB,
    "as appropriate": ADVERB,
    "in order": ADVERB,
    "so as": ADVERB,
    "with a view": PREPOSITION,
    "in every way": ADVERB,
    "in full": ADVERB,
    "as before": ADVERB,
    "at present": ADVERB,
    "in the future": ADVERB,
    "in future": ADVERB,
    "as far as possible": ADVERB,
    "as a whole": ADVERB,
    "according to": PREPOSITION,
    "due to": PREPOSITION,
    "prior to": PREPOSITION,
    "owing to": PREPOSITION,
    "thanks to": PREPOSITION,
    "with regard to": PREPOSITION,
    "with respect to": PREPOSITION,
    "in relation to": PREPOSITION,
    "in addition to": PREPOSITION,
    "in response to": PREPOSITION,
    "contrary to": PREPOSITION,
    "such as": PREPOSITION,
    "as follows": NOUN,
    "so that": SUBORDINATOR,
    "in case": SUBORDINATOR,
    "provided that": SUBORDINATOR,
    "now that": SUBORDINATOR,
    "as soon as": SUBORDINATOR,
    "given that": SUBORDINATOR,
    "as long as": SUBORDINATOR,
    "to that end": ADVERB,
    "to this end": ADVERB,
    "to these ends": ADVERB,
}
_ANY_ORGANS = frozenset({"council", "group", "committee"})


@dataclass(frozen=True, slots=True)
class WordClass:
    """One class of words: what it is called, which act and reading it makes.

    Attributes
    ----------
    kind, id : str
        "verbs", "nouns" or "adjectives", and the class's name.
    act : str
        The speech act of a clause that it governs.
    reading : str
        How the commitment rules treat it.
    level : str
        Binding level of a commitment that it makes, before the complement is looked at.
    takes : frozenset of str
        What must follow.
    """

    kind: Kind
    id: str
    act: Act
    reading: Reading
    level: Level
    takes: frozenset[str] = frozenset({"any"})

    @property
    def name(self) -> str:
        """Kind and id in one word, as `explain` and the ablation name the class."""
        return f"{self.kind}.{self.id}"


@dataclass(frozen=True, slots=True)
class Family:
    """The names of one family of organizations."""

    id: str
    label: str
    names: frozenset[str]
    nouns: frozenset[str]
    organs: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The codebook, compiled for look-up by word.

    Attributes
    ----------
    verbs : mapping of str to list of (particle, WordClass)
        By base form; a particle is what must follow at once, as in "call on".
    forms : mapping of str to (str, str)
        From a written form to its base and the kind of form: base, third, past, gerund.
    nouns, adjectives : mapping of str to tuple of WordClass
        By word.
    phrases : Units
        The units of several words.
    seconds : frozenset of str
        The second words of such rows.
    own_names : frozenset of str
        What the speaking organization is called, in small letters; other organizations' "member
        states" are not the members.
    foreign_words, foreign_names : frozenset of str
        What other organizations are called; the names without "the Council", "the Group", which
        every organization has.
    """

    name: str
    version: str
    sha256: str
    verbs: Mapping[str, tuple[tuple[str, WordClass], ...]]
    forms: Mapping[str, tuple[str, str]]
    nouns: Mapping[str, WordClass]
    adjectives: Mapping[str, tuple[WordClass, ...]]
    actors: ActorsEntry
    families: tuple[Family, ...]
    sets: Mapping[str, frozenset[str]]
    phrases: Units
    seconds: frozenset[str]
    actor_words: frozenset[str]
    organ_words: frozenset[str]
    own_names: frozenset[str] = frozenset()
    foreign_words: frozenset[str] = frozenset()
    foreign_names: frozenset[str] = frozenset()

    @property
    def edition(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".strip()

    def speaking_as(self, family: Family) -> "Lexicon":
        """Return the codebook as one family of organizations speaks it.

        What another family calls its members is no name of these members.
        """
        return _speaking_as(self, family)

    def family(self, id: str) -> Family:
        """Return the family with this id."""
        for family in self.families:
            if family.id == id:
                return family
        known = ", ".join(family.id for family in self.families)
        raise CodebookError(f"codebook {self.name!r}: no actor family {id!r}; it has {known}")


@lru_cache(maxsize=32)
def _speaking_as(lexicon: Lexicon, family: Family) -> Lexicon:
    actors = lexicon.sets["nouns"] | family.nouns | family.names
    named = lexicon.sets["other_organizations"].union(*(item.names for item in lexicon.families))
    foreign = named - actors - family.organs
    return replace(
        lexicon,
        actor_words=actors,
        own_names=family.names | family.nouns,
        foreign_words=foreign,
        foreign_names=foreign - _ANY_ORGANS,
        organ_words=lexicon.sets["organs"] | family.organs,
    )


def load_lexicon(source: str | Path | Lexicon | None = None) -> Lexicon:
    """Load the commitment codebook, or one of the user's own by path, and check all of it.

    Parameters
    ----------
    source : str, pathlib.Path or Lexicon, optional
        The name of a bundled codebook, or a path; without it the bundled "commitments".

    Raises
    ------
    CodebookError
        Where the file is missing or something in it is wrong: the file, the entry and the mend.

    Examples
    --------
    >>> load_lexicon().forms["undertook"]
    ('undertake', 'past')
    """
    if isinstance(source, Lexicon):
        return source
    source = source or "commitments"
    bundled = data_path("codebooks", f"{source}.toml")
    path = bundled if isinstance(source, str) and bundled.is_file() else Path(source).expanduser()
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise CodebookError(
            f"{path}: cannot be read ({fault.strerror or fault}); give the path of a TOML file"
        ) from fault
    return _compiled(content, path.name)


@lru_cache(maxsize=8)
def _compiled(content: bytes, file: str) -> Lexicon:
    return _build(parsed(content, file), hashlib.sha256(content).hexdigest())


def _classes(kind: Kind, entries: Iterable[ClassEntry]) -> list[tuple[WordClass, list[str]]]:
    return [
        (
            WordClass(kind, item.id, item.act, item.reading, item.level, frozenset(item.takes)),
            item.words,
        )
        for item in entries
    ]


def _build(entry: LexiconFile, digest: str) -> Lexicon:
    verbs = _verbs(entry)
    adjectives: dict[str, list[WordClass]] = {}
    for word_class, words in _classes("adjectives", entry.adjectives):
        for word in words:
            adjectives.setdefault(word, []).append(word_class)
    families = tuple(
        Family(item.id, item.label, *map(frozenset, (item.names, item.nouns, item.organs)))
        for item in entry.actors.family
    )
    sets = {
        name: frozenset(word.lower() for word in value)
        for part in (entry.objects, entry.verbs_of, entry.actors)
        for name, value in part
        if name != "family"
    }
    actors = sets["nouns"].union(*(family.nouns for family in families))
    organs = sets["organs"].union(*(family.organs for family in families))
    names = sets["other_organizations"].union(*(family.names for family in families))
    particles = {particle for readings in verbs.values() for particle, _ in readings}
    phrases = units_by_words([*actors, *organs, *adjectives, *names, *particles])
    return Lexicon(
        name=entry.name,
        version=entry.version,
        sha256=digest,
        verbs=verbs,
        forms=_forms(verbs),
        nouns={word: item for item, words in _classes("nouns", entry.nouns) for word in words},
        adjectives={word: tuple(items) for word, items in adjectives.items()},
        actors=entry.actors,
        families=families,
        sets=sets,
        phrases=phrases,
        seconds=frozenset(second for rows in phrases.values() for second in rows),
        actor_words=actors,
        organ_words=organs,
    )


def _verbs(entry: LexiconFile) -> dict[str, tuple[tuple[str, WordClass], ...]]:
    """Return each verb's particles and classes, "call on" before "call"."""
    verbs: dict[str, list[tuple[str, WordClass]]] = {}
    for word_class, words in _classes("verbs", entry.verbs):
        for word in words:
            base, _, particle = word.partition(" ")
            verbs.setdefault(base, []).append((particle, word_class))
    return {
        base: tuple(sorted(readings, key=lambda item: item[0] == ""))
        for base, readings in verbs.items()
    }


def _forms(verbs: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return base and kind of every written form; a base form is nothing else."""
    forms: dict[str, tuple[str, str]] = {}
    for base in verbs:
        forms |= dict.fromkeys(past_forms(base), (base, "past"))
        forms[gerund(base)] = (base, "gerund")
        forms[third_person(base)] = (base, "third")
    return forms | {base: (base, "base") for base in verbs}


def units_by_words(units: Iterable[str]) -> Units:
    """Return the rows of two words or more by their first two words, the longest first.

    >>> units_by_words(["member states"])["member"]
    {'states': (('member', 'states'),)}
    """
    found: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    rows = {tuple(unit.split()) for unit in (*units, *FIXED_PHRASES)}
    for row in sorted(rows, key=lambda row: (-len(row), row)):
        if len(row) > 1:
            seconds = found.setdefault(row[0], {})
            seconds[row[1]] = (*seconds.get(row[1], ()), row)
    return found
