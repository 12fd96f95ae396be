"""What a commitment codebook may hold, and the words in which a fault in it is told."""

import tomllib
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sco_research.errors import CodebookError

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
    "none",
]
Takes = Literal["to", "that", "object", "any"]
Kind = Literal["verbs", "nouns", "adjectives"]
Words = Annotated[list[Annotated[str, Field(pattern=r"^[\w'’/-]+( [\w'’/-]+)*$")]], Field()]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ClassEntry(_Strict):
    """A ``[[verbs]]``, ``[[nouns]]`` or ``[[adjectives]]`` of the file."""

    id: Annotated[str, Field(min_length=1)]
    act: Act
    reading: Reading
    level: Level
    takes: list[Takes] = ["any"]
    words: Annotated[Words, Field(min_length=1)]
    definition: Annotated[str, Field(min_length=1)]
    examples: list[str] = []
    counter_examples: list[str] = []


class FamilyEntry(_Strict):
    """An ``[[actors.family]]``: how one family of organizations calls its members and organs."""

    id: Annotated[str, Field(min_length=1)]
    label: str
    names: Words
    nouns: Words
    organs: Words


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
    family: Annotated[list[FamilyEntry], Field(min_length=1)]


class ObjectsEntry(_Strict):
    """The ``[objects]`` of the file."""

    things: Words
    actions: Words
    changes: Words
    own: Words
    outside: Words
    universal: Words
    events: Words


class VerbSetsEntry(_Strict):
    """The ``[verbs_of]`` of the file: verbs after a modal."""

    affirming: Words
    announcing: Words
    predicting: Words
    continuing: Words
    striving: Words
    passives_of_effect: Words
    passives_among_members: Words


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
    actors: ActorsEntry
    objects: ObjectsEntry
    verbs_of: VerbSetsEntry


def parsed(content: bytes, file: str) -> LexiconFile:
    """Return the content of a codebook file, or raise with its first fault in plain words."""
    try:
        entry = LexiconFile.model_validate(tomllib.loads(content.decode("utf-8-sig")))
    except UnicodeDecodeError as fault:
        raise CodebookError(
            f"{file}: byte {fault.start} is no UTF-8; save the file as UTF-8"
        ) from fault
    except tomllib.TOMLDecodeError as fault:
        raise CodebookError(f"{file}: no valid TOML ({fault}); mend that place") from fault
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise CodebookError(
            f"{file}, entry {place!r}: {first['msg']}; compare the bundled commitments.toml"
        ) from fault
    _refuse_duplicates(entry, file)
    return entry


def _refuse_duplicates(entry: LexiconFile, file: str) -> None:
    for kind in ("verbs", "nouns", "adjectives"):
        seen: set[str] = set()
        for item in getattr(entry, kind):
            where = f"{file}, {kind} {item.id!r}"
            if item.id in seen:
                raise CodebookError(f"{where}: stands twice; merge or rename them")
            seen.add(item.id)
            twice = next((word for word in item.words if item.words.count(word) > 1), None)
            if twice is not None:
                raise CodebookError(f"{where}: word {twice!r} stands twice; delete one")
