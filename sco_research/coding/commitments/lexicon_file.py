"""The file of the commitment codebook: its entries, and what is refused in it.

The layout is shown by the bundled ``data/codebooks/commitments.toml``. It holds no patterns, only
words, so that no entry of a user's own can run for ever.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sco_research.errors import CodebookError
from sco_research.resources import toml_table

SETS = {
    "objects": (
        "things actions changes to_come going_on own outside universal events sets_of goals goods "
        "goods_of_will named_initiatives action_endings"
    ),
    "verbs_of": (
        "affirming announcing predicting continuing striving passives_among_members "
        "passives_of_effect passives_of_manner verb_prefixes including attaching nouns_too "
        "acts_too copulas nouns_before_to stative never_reduced "
        "opening issuing declaring efforts settling wishing agreeing interpreting "
        "endorsing reported renewing gathering staying joint_work_continuing likeness believing "
        "receiving declaring_that seeing_to going_on_with_on "
        "listed_with_predicate listed_with_infinitive listed_particles particles_with_to "
        "listed_with_words"
    ),
    "nouns_of": (
        "collectives singular_collectives organization one_of_all one_state our_states "
        "outsiders fields_of_others running policies bound_with_us governments state_bodies "
        "common_organs sides counted_members ambiguous_parties others_work other_owners "
        "members_before not_own_work meetings "
        "bodies own_instruments not_ours jointly_opened priority aware owed called_on needed "
        "engaged engaged_or_open aims wishes goals_of_will renewed tells_no_policy names_policy "
        "documents other_political_will dictionary_verbs tasks standing views "
        "others_work_alone others_alone bound_participles bound_to_goods governments_told"
    ),
    "undertakings": (
        "chain_verbs joint_verbs joint_particles helping what_is_joined "
        "before_what_is_undertaken opens_examples before_means compound_nouns opens_manner "
        "deeds_of_saying prepositional_verbs gerunds_of_manner noun_modifiers nouns_or_verbs "
        "adjectives_or_verbs adjectives_often_verbs adjectives_rarely_verbs verbs_alone "
        "gerund_nouns compound_heads "
        "collective_persons gerund_adjectives comparatives qualities quality_endings no_qualities "
        "partners partner_adjectives attention"
    ),
    "attributes": (
        "instrument_heads funds instrument_abbreviations institutions lists_of_actions "
        "before_last_year no_names meeting_names "
        "earlier_meetings no_organizations named_like_instruments joins_names benefits "
        "currency_signs currency_codes currencies "
        "number_words magnitudes aiming_participles small_in_names unnamed_holders "
        "treaty_heads offices"
    ),
    "time": (
        "earlier earlier_adverbs dated_by_period last_periods dating_prepositions "
        "occasion_prepositions occasions this_occasion event_signs event_adjectives times "
        "amounts months seasons"
    ),
    "grammar": (
        "determiners prepositions to conjunctions relatives that subordinators negations "
        "adverbs it there modals_of_will modals_of_duty modals_of_possibility finite_be "
        "nonfinite_be have do other_units past_auxiliaries singular_auxiliaries apostrophes "
        "possessives_of_members possessives their reflexives us object_pronouns "
        "demonstratives_of_others restricting for_some demonstrative_subjects praising_adverbs "
        "resumed resumed_by_targets indefinite_articles not_members_determiners each all_of_us "
        "numbers_of_all excepting dissenting joining dissenters parted_members reserved_on "
        "restricting_relatives restricting_adjectives owner_prepositions after_the_head "
        "doer_prepositions means_prepositions reduced_relative_prepositions name_prepositions "
        "will_determiners will_prepositions adjunct_prepositions this_or_the "
        "announcing_what_follows this_document_adjectives"
    ),
    "shapes": "no_adverbs no_participles no_gerunds gerunds_or_nouns doubling",
}
"""The named sets of words that the rules ask for, by the section of the file."""

Act = Literal["declarative", "directive", "commissive", "expressive", "assertive"]
Level = Literal["high", "low", "none"]
Reading = Literal[
    "undertaking",
    "instruction",
    "request",
    "encouragement",
    "support",
    "need",
    "need-if-adjective",
    "openness",
    "call",
    "none",
]
Takes = Literal["to", "that", "object", "somebody", "any"]
Kind = Literal["verbs", "nouns", "adjectives"]
Word = Annotated[str, Field(pattern=r"^(?:[\w'’/-]+( [\w'’/-]+)*|[&$€£¥])$")]
Words = list[Word]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ClassEntry(_Strict):
    """A ``[[verbs]]``, ``[[nouns]]`` or ``[[adjectives]]`` of the file."""

    id: Annotated[str, Field(min_length=1)]
    act: Act
    reading: Reading
    level: Level
    takes: list[Takes] = ["any"]
    otherwise: str = ""
    words: Words
    definition: Annotated[str, Field(min_length=1)]
    examples: list[str] = []
    counter_examples: list[str] = []


class FramesEntry(_Strict):
    """A ``[[frames]]`` of the file: a word whose class hangs on what follows it."""

    kind: Literal["verbs", "adjectives"]
    word: Word
    takes: Annotated[dict[Takes, str], Field(min_length=2)]
    examples: dict[Takes, str] = {}

    @property
    def classes(self) -> dict[str, list[str]]:
        """What must follow, by the class that the word then has, in the order of the file."""
        found: dict[str, list[str]] = {}
        for what, word_class in self.takes.items():
            found.setdefault(word_class, []).append(what)
        return found


class ActorsEntry(_Strict):
    """The ``[actors]`` of the file."""

    pronouns: Words
    anaphors: Words
    nouns: Words
    joint_work: Words
    subsets: Words
    others: Words
    other_organizations: Words
    organs: Words


class LexiconFile(_Strict):
    """The whole file."""

    name: str = "commitments"
    title: str = ""
    version: str = ""
    language: Literal["en"] = "en"
    description: str = ""
    sources: list[str] = []
    verbs: Annotated[list[ClassEntry], Field(min_length=1)]
    nouns: Annotated[list[ClassEntry], Field(min_length=1)]
    adjectives: Annotated[list[ClassEntry], Field(min_length=1)]
    frames: list[FramesEntry] = []
    actors: ActorsEntry
    objects: dict[str, Words]
    verbs_of: dict[str, Words]
    nouns_of: dict[str, Words]
    undertakings: dict[str, Words]
    attributes: dict[str, Words]
    time: dict[str, Words]
    grammar: dict[str, Words]
    shapes: dict[str, Words]
    irregular_verbs: dict[str, Annotated[Words, Field(min_length=2, max_length=2)]]


def parsed_file(content: bytes, file: str) -> LexiconFile:
    """Return the content of a codebook file, or raise with its first fault in plain words."""
    table = toml_table(content, file, CodebookError)
    try:
        entry = LexiconFile.model_validate(table)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise CodebookError(
            f"{file}, entry {place!r}: {first['msg']}; compare the bundled commitments.toml"
        ) from fault
    _refuse_duplicates(entry, file)
    _refuse_other_sets(entry, file)
    return entry


def _refuse_duplicates(entry: LexiconFile, file: str) -> None:
    """Raise where a class or a word appears twice, or a class falls back on none."""
    for kind in ("verbs", "nouns", "adjectives"):
        seen: set[str] = set()
        homes: dict[str, str] = {}
        for item in getattr(entry, kind):
            where = f"{file}, {kind} {item.id!r}"
            if item.id in seen:
                raise CodebookError(f"{where}: appears twice; merge or rename them")
            seen.add(item.id)
            known = [other.id for other in getattr(entry, kind)] if kind == "verbs" else [""]
            if item.otherwise not in {"", *known}:
                raise CodebookError(
                    f"{where}: otherwise = {item.otherwise!r} is no class of verbs; name one of "
                    f"{', '.join(known)}"
                )
            twice = next((word for word in item.words if item.words.count(word) > 1), None)
            if twice is not None:
                raise CodebookError(f"{where}: word {twice!r} appears twice; delete one")
            for word in item.words:
                if homes.setdefault(word, item.id) != item.id:
                    raise CodebookError(
                        f"{where}: word {word!r} stands in {homes[word]!r} too; give it one entry "
                        "in [[frames]] that says what must follow for each"
                    )
        framed = {name for one in entry.frames if one.kind == kind for name in one.takes.values()}
        bare = [one.id for one in getattr(entry, kind) if not one.words and one.id not in framed]
        if bare:
            raise CodebookError(
                f"{file}, {kind} {bare[0]!r}: holds no word; give it one, or delete the class"
            )
        _refuse_frames([one for one in entry.frames if one.kind == kind], seen, homes, file)


def _refuse_frames(
    frames: list[FramesEntry], known: set[str], homes: Mapping[str, str], file: str
) -> None:
    """Raise where a word has two entries of frames, or also a class, or a class is unknown."""
    seen: set[str] = set()
    for item in frames:
        where = f"{file}, frames of {item.word!r}"
        if item.word in seen:
            raise CodebookError(f"{where}: appear twice; merge them")
        seen.add(item.word)
        if item.word in homes:
            raise CodebookError(
                f"{where}: the word stands in {item.kind} {homes[item.word]!r} too; delete it there"
            )
        unknown = next((name for name in item.takes.values() if name not in known), None)
        if unknown is not None:
            raise CodebookError(
                f"{where}: {unknown!r} is no class of {item.kind}; name one of "
                f"{', '.join(sorted(known))}"
            )


def _refuse_other_sets(entry: LexiconFile, file: str) -> None:
    """Raise where a named set of words that the rules ask for is missing, or none asks for one."""
    for section, names in SETS.items():
        given = getattr(entry, section)
        for name in names.split():
            if name not in given:
                raise CodebookError(
                    f"{file}, entry '{section}.{name}': is missing; copy it from the bundled "
                    "commitments.toml"
                )
        unknown = next((name for name in given if name not in names.split()), None)
        if unknown is not None:
            raise CodebookError(
                f"{file}, entry '{section}.{unknown}': no rule asks for such words; delete it, or "
                "compare the bundled commitments.toml"
            )
