"""The commitment codebook: words by class, read from data and checked in full.

How the file is laid out, and what is refused in it, says `lexicon_file`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import get_args

from sco_research.coding.commitments.inflection import (
    Inflection,
    gerund,
    inflection_of,
    past_forms,
    third_person,
)
from sco_research.coding.commitments.lexicon_file import (
    SETS,
    Act,
    ActorsEntry,
    Kind,
    Level,
    LexiconFile,
    Reading,
    parsed_file,
)
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    CONJUNCTION,
    DETERMINER,
    DO,
    FINITE_BE,
    HAVE,
    IT,
    MODAL_DUTY,
    MODAL_POSSIBILITY,
    MODAL_WILL,
    NEGATION,
    NONFINITE_BE,
    NOUN,
    PREPOSITION,
    RELATIVE,
    SUBORDINATOR,
    THAT,
    THERE,
    THEY,
    TO,
    WE,
    TokenClass,
)
from sco_research.errors import CodebookError
from sco_research.organizations import GENERIC, Issuer, Profile, load_profile, states
from sco_research.organizations import profiles as known_profiles
from sco_research.organizations.states import state_ids
from sco_research.resources import data_path, read_file

Units = Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
"""By first and second word, the rows of words that are one unit, the longest first."""

CLOSED_CLASSES = {
    "determiners": DETERMINER,
    "prepositions": PREPOSITION,
    "to": TO,
    "conjunctions": CONJUNCTION,
    "relatives": RELATIVE,
    "that": THAT,
    "subordinators": SUBORDINATOR,
    "negations": NEGATION,
    "adverbs": ADVERB,
    "pronouns": WE,
    "anaphors": THEY,
    "it": IT,
    "there": THERE,
    "modals_of_will": MODAL_WILL,
    "modals_of_duty": MODAL_DUTY,
    "modals_of_possibility": MODAL_POSSIBILITY,
    "finite_be": FINITE_BE,
    "nonfinite_be": NONFINITE_BE,
    "have": HAVE,
    "do": DO,
    "other_units": NOUN,
}
"""The closed classes of English, which get no new words, by their names in the file."""
# Classes of verbs after which "that the members will …" is the members' own undertaking.
_UNDERTAKING = ("verbs.undertaking", "verbs.pledge")


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
    name : str
        Kind and id in one word, as `explain` and the ablation name the class.
    """

    kind: Kind
    id: str
    act: Act
    reading: Reading
    level: Level
    takes: frozenset[str] = frozenset({"any"})
    name: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Name the class once: its name is asked for at every verb."""
        object.__setattr__(self, "name", f"{self.kind}.{self.id}")


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
    closed_classes : mapping of str to TokenClass
        The class of each word of the grammar, and of each unit that stands for one.
    inflection : Inflection
        Irregular verbs.
    sets : mapping of str to frozenset of str
        The named sets of words, in small letters, and the verbs of each class ("verbs.intent").
    lists : mapping of str to tuple of str
        The same sets in their order, as written.
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
    tagging : Lexicon or None
        The codebook that gives tokens their classes, the same for all of an issuer's memberships;
        None where it is this one.
    """

    name: str
    version: str
    sha256: str
    verbs: Mapping[str, tuple[tuple[str, WordClass], ...]]
    forms: Mapping[str, tuple[str, str]]
    nouns: Mapping[str, WordClass]
    adjectives: Mapping[str, tuple[WordClass, ...]]
    actors: ActorsEntry
    closed_classes: Mapping[str, TokenClass]
    inflection: Inflection
    sets: Mapping[str, frozenset[str]]
    lists: Mapping[str, tuple[str, ...]]
    phrases: Units
    seconds: frozenset[str]
    actor_words: frozenset[str]
    organ_words: frozenset[str]
    own_names: frozenset[str] = frozenset()
    foreign_words: frozenset[str] = frozenset()
    foreign_names: frozenset[str] = frozenset()
    tagging: "Lexicon | None" = field(default=None, repr=False)

    @property
    def edition(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".strip()

    def for_issuer(self, issuer: Issuer) -> "Lexicon":
        """Return the codebook as a document's issuer speaks it.

        It knows what the issuer calls its members, itself and its organs; what other organizations
        are called is no name of these members, and states that are no members at the document's
        date are outside. Where nobody in particular is known to speak, the general names remain.
        """
        return _speaking_as(self, issuer.profiles, issuer.members())


@lru_cache(maxsize=64)
def _speaking_as(
    lexicon: Lexicon, profiles: tuple[Profile, ...], members: frozenset[str]
) -> Lexicon:
    speaking = _with_names(lexicon, profiles)
    outside = speaking.sets["outside"] | _outsiders(members)
    return replace(speaking, sets={**speaking.sets, "outside": outside}, tagging=speaking)


# A corpus of many years has a few memberships, and the names are the same in all of them.
@lru_cache(maxsize=64)
def _with_names(lexicon: Lexicon, profiles: tuple[Profile, ...]) -> Lexicon:
    speaks = profiles or (load_profile(GENERIC),)
    # In a joint statement each of the issuers is some of the members: its names are no doer's, and
    # its affairs are theirs all the same.
    whole = speaks if len(speaks) == 1 else ()
    doers = _small(name for profile in whole for name in (*profile.names, *_designations(profile)))
    bodies = [profile for profile in speaks if profile.id not in state_ids()]
    own = doers | _small(name for profile in bodies for name in profile.names)
    organs = _small(name for profile in speaks for name in (*profile.organs, *profile.charged))
    others = _small(
        name
        for profile in (*known_profiles().values(), *speaks)
        for name in (*profile.names, *profile.speaking_organs)
    )
    actors = (lexicon.sets["nouns"] | doers) - organs
    foreign = (lexicon.sets["other_organizations"] | others) - actors - organs - own
    phrases = _with_units(lexicon.phrases, [*actors, *organs, *others])
    return replace(
        lexicon,
        # What one organization calls its members ("economies") are others to the rest.
        sets={
            **lexicon.sets,
            "governments": lexicon.sets["governments"] - organs,
            "others": lexicon.sets["others"] - doers,
        },
        actor_words=actors,
        own_names=own,
        foreign_words=foreign,
        foreign_names=foreign - lexicon.sets["common_organs"],
        organ_words=lexicon.sets["organs"] | organs,
        phrases=phrases,
        seconds=frozenset(second for rows in phrases.values() for second in rows),
    )


def _designations(profile: Profile) -> Iterator[str]:
    """Yield what a profile's texts call the members, or the organization that they are."""
    yield from profile.member_designations
    yield from (name.removeprefix("the ") for name in profile.calls_itself)


def _small(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


@lru_cache(maxsize=64)
def _outsiders(members: frozenset[str]) -> frozenset[str]:
    """Return the single words that name states that are no members, in small letters."""
    return _small(
        word
        for state in states().values()
        if state.name not in members
        for word in (state.name, *state.variants, *state.adjectives)
        if " " not in word and len(word) > 2
    )


def _with_units(units: Units, words: Iterable[str]) -> Units:
    """Return units with those of further words among them."""
    rows = (" ".join(row) for group in units.values() for found in group.values() for row in found)
    return units_by_words([*rows, *words])


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
        content = read_file(path)
    except OSError as fault:
        raise CodebookError(
            f"{path}: cannot be read ({fault.strerror or fault}); give the path of a TOML file"
        ) from fault
    return _compiled(content, path.name)


@lru_cache(maxsize=8)
def _compiled(content: bytes, file: str) -> Lexicon:
    return _build(parsed_file(content, file), hashlib.sha256(content).hexdigest())


def _classes(entry: LexiconFile, kind: Kind) -> list[tuple[WordClass, list[str]]]:
    """Return the classes of a kind with their words, and those of words by their frames."""
    known = {
        item.id: WordClass(kind, item.id, item.act, item.reading, item.level, frozenset(item.takes))
        for item in getattr(entry, kind)
    }
    whole = [(known[item.id], item.words) for item in getattr(entry, kind)]
    framed = [
        (replace(known[name], takes=frozenset(takes)), [one.word])
        for one in entry.frames
        if one.kind == kind
        for name, takes in one.classes.items()
    ]
    return whole + framed


def _build(entry: LexiconFile, digest: str) -> Lexicon:
    verbs = _verbs(entry)
    adjectives: dict[str, list[WordClass]] = {}
    for word_class, words in _classes(entry, "adjectives"):
        for word in words:
            adjectives.setdefault(word, []).append(word_class)
    lists = {
        name: tuple(words)
        for section in (*(getattr(entry, section) for section in SETS), dict(entry.actors))
        for name, words in section.items()
    }
    inflection = inflection_of(
        {base: (past, participle) for base, (past, participle) in entry.irregular_verbs.items()},
        frozenset(lists["doubling"]),
    )
    sets = _sets(entry, lists)
    closed = {word: tag for name, tag in CLOSED_CLASSES.items() for word in lists[name]}
    actors, organs, names = sets["nouns"], sets["organs"], sets["other_organizations"]
    particles = {particle for readings in verbs.values() for particle, _ in readings}
    states = sets["governments"]
    phrases = units_by_words([*actors, *organs, *states, *adjectives, *names, *particles, *closed])
    return Lexicon(
        name=entry.name,
        version=entry.version,
        sha256=digest,
        verbs=verbs,
        forms=_forms(verbs, inflection),
        nouns={word: item for item, words in _classes(entry, "nouns") for word in words},
        adjectives={word: tuple(items) for word, items in adjectives.items()},
        actors=entry.actors,
        closed_classes=closed,
        inflection=inflection,
        sets=sets,
        lists=lists,
        phrases=phrases,
        seconds=frozenset(second for rows in phrases.values() for second in rows),
        actor_words=actors,
        organ_words=organs,
    )


def _sets(entry: LexiconFile, lists: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Return the named sets, and what follows for them from the classes of verbs."""
    sets = {name: frozenset(map(str.lower, words)) for name, words in lists.items()}
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        for word_class, words in _classes(entry, kind):
            # A verb is known by its base form, whatever its particle.
            plain = (word.partition(" ")[0] if kind == "verbs" else word for word in words)
            sets[word_class.name] = sets.get(word_class.name, frozenset()).union(plain)
    # One entry in a class is enough: these sets hold its verbs, too.
    sets["affirming"] |= frozenset().union(*(sets[name] for name in _UNDERTAKING))
    needing = sets["verbs.requirement"] - sets["nouns_too"]
    sets["stative"] |= needing | set(map(third_person, needing))
    return sets


def _verbs(entry: LexiconFile) -> dict[str, tuple[tuple[str, WordClass], ...]]:
    """Return each verb's particles and classes, "call on" before "call".

    Last is the class that a verb belongs to where what its own classes take is not there.
    """
    classes = _classes(entry, "verbs")
    by_id = {word_class.id: word_class for word_class, _ in reversed(classes)}
    last = [
        (
            by_id[item.otherwise],
            [word for one, words in classes if one.id == item.id for word in words],
        )
        for item in entry.verbs
        if item.otherwise
    ]
    verbs: dict[str, list[tuple[str, WordClass]]] = {}
    for part in (classes, last):
        # Of each part, what asks for a particle comes first.
        for word_class, word in sorted(
            ((word_class, word) for word_class, words in part for word in words),
            key=lambda item: " " not in item[1],
        ):
            base, _, particle = word.partition(" ")
            reading = (particle, word_class)
            if reading not in verbs.setdefault(base, []):
                verbs[base].append(reading)
    return {base: tuple(readings) for base, readings in verbs.items()}


def _forms(verbs: Iterable[str], inflection: Inflection) -> dict[str, tuple[str, str]]:
    """Return base and kind of every written form; a base form is nothing else."""
    forms: dict[str, tuple[str, str]] = {}
    for base in verbs:
        forms |= dict.fromkeys(past_forms(base, inflection), (base, "past"))
        forms[gerund(base, inflection)] = (base, "gerund")
        forms[third_person(base)] = (base, "third")
    return forms | {base: (base, "base") for base in verbs}


def units_by_words(units: Iterable[str]) -> Units:
    """Return the rows of two words or more by their first two words, the longest first.

    >>> units_by_words(["member states"])["member"]
    {'states': (('member', 'states'),)}
    """
    found: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    rows = {tuple(unit.split()) for unit in units}
    for row in sorted(rows, key=lambda row: (-len(row), row)):
        if len(row) > 1:
            seconds = found.setdefault(row[0], {})
            seconds[row[1]] = (*seconds.get(row[1], ()), row)
    return found
