"""Profiles read from ``data/organizations/`` or from a file of the user's own, and checked."""

import datetime
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sco_research.errors import OrganizationError, closest, did_you_mean
from sco_research.organizations.profile import GENERIC, Membership, Profile, PublishedCount, Role
from sco_research.organizations.states import state_ids, states
from sco_research.resources import data_path, home_folder, read_file, toml_table

FOLDER = "organizations"
"""The folder of profiles, the package's and the user's own."""
SUFFIX = ".toml"
_YEARS = range(1800, 2200)

Name = Annotated[str, Field(min_length=1, pattern=r"\S")]
Day = datetime.date | int
"""A day; or a year, where the source tells no more: all of it counts."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Words(_Strict):
    """Names of one kind, with the source that bears them out."""

    words: Annotated[list[Name], Field(min_length=1)]
    source: Name


class _Spell(_Strict):
    """Some that have one role for one time."""

    states: list[Name] = []
    organizations: list[Name] = []
    since: Day
    until: Day | None = None
    called: str = ""
    source: Name


class _Count(_Strict):
    document: Name
    commitments: Annotated[int, Field(ge=0)]
    source: Name


class _File(_Strict):
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    label: Name
    abbreviation: str = ""
    calls_itself: list[Name] = []
    official_languages: dict[Annotated[str, Field(pattern="^[a-z]{2}$")], Name] = {}
    not_this: list[Name] = []
    source: str = ""
    sources: Annotated[dict[str, Name], Field(min_length=1)]
    names: list[_Words] = []
    member_designations: list[_Words] = []
    organs: list[_Words] = []
    charged: list[_Words] = []
    speaking_organs: list[_Words] = []
    meetings: list[_Words] = []
    members: list[_Spell] = []
    observers: list[_Spell] = []
    partners: list[_Spell] = []
    published_counts: list[_Count] = []


_LISTS_OF_WORDS = (
    "names",
    "member_designations",
    "organs",
    "charged",
    "speaking_organs",
    "meetings",
)
_LISTS_OF_ROLES: Mapping[str, Role] = {
    "members": "member",
    "observers": "observer",
    "partners": "partner",
}
_MENDS = {
    "extra_forbidden": "is no field of a profile",
    "missing": "is missing; add it",
}


def profiles() -> dict[str, Profile]:
    """Return the known profiles by id: the package's, then the user's own.

    The user's are the files in ``organizations`` in the folder that
    `sco_research.resources.home_folder` names.

    Raises
    ------
    OrganizationError
        Where a profile has faults, or one of the user's has an id of the package's.

    Examples
    --------
    >>> sorted(profiles())[:4]
    ['african-union', 'apec', 'asean', 'brics']
    """
    own = _stamped(_folder_in(home_folder()))
    return _profiles_in(_packaged(), own) if own else _known()


@lru_cache(maxsize=4)
def _folder_in(home: Path) -> Path:
    return home / FOLDER


@cache
def _packaged() -> tuple[tuple[Path, int], ...]:
    """Return the package's own profiles, of which a process reads one edition."""
    return _stamped(data_path(FOLDER))


@cache
def _known() -> dict[str, Profile]:
    return _profiles_in(_packaged(), ())


def _stamped(folder: Path) -> tuple[tuple[Path, int], ...]:
    """Return the profiles of a folder with the time of their last change."""
    if not os.path.isdir(folder):  # noqa: PTH112 - asked for every document that is loaded
        return ()
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
        return tuple((path, path.stat().st_mtime_ns) for path in paths)
    except OSError:
        return ()


@lru_cache(maxsize=4)
def _profiles_in(
    ours: tuple[tuple[Path, int], ...], own: tuple[tuple[Path, int], ...]
) -> dict[str, Profile]:
    found: dict[str, Profile] = {}
    for path, _ in (*ours, *own):
        profile = _read(path)
        if profile.id in found:
            raise OrganizationError(
                [f"{path}, id: {profile.id!r} is another profile's; give yours an id of its own"]
            )
        found[profile.id] = profile
    for path, _ in own:
        _refuse_circles(_read(path), path)
    return found


def load_profile(id_or_path: str | Path) -> Profile:
    """Return the profile of an organization, or of a state that is an issuer of its own.

    Parameters
    ----------
    id_or_path : str or pathlib.Path
        An id such as ``"sco"``; a state's, such as ``"united-states"``; or the path of a profile of
        your own, a TOML file.

    Raises
    ------
    OrganizationError
        Where the organization is unknown, with those known; where a file cannot be read or has
        faults: for each the file, the field and the mend.

    Examples
    --------
    >>> load_profile("brics").members()[:4]
    ('Brazil', 'China', 'India', 'Russia')
    >>> load_profile("united-states").label
    'United States'
    """
    name = str(id_or_path)
    if Path(name).suffix == SUFFIX:
        path = Path(name).expanduser()
        profile = _read(path)
        _refuse_circles(profile, path)
        return profile
    known = profiles()
    if name in known:
        return known[name]
    if name in state_ids():
        return _of_state(name)
    near = closest(name, [*known, *state_ids()])
    hint = f"did you mean {near!r}? " if near else ""
    raise OrganizationError(
        [
            f"organization {name!r} is unknown; {hint}known are {', '.join(sorted(known))}, states "
            "by their names, and a profile of your own by the path of its TOML file"
        ]
    )


@cache
def _of_state(id: str) -> Profile:
    """Return the profile of a state that speaks for itself: it is its one member."""
    state = state_ids()[id]
    own = Membership(state.name, "member", "member", datetime.date.min, None, "itself")
    names = (state.name, *state.variants)
    return Profile(
        id, state.name, names=names, member_designations=names, memberships=(own,), sha256=id
    )


def _read(path: Path) -> Profile:
    try:
        content = read_file(path)
    except OSError as fault:
        raise OrganizationError(
            [f"{path}: cannot be read ({fault.strerror or fault}); give the path of a TOML file"]
        ) from fault
    return _profile(content, str(path))


@lru_cache(maxsize=256)
def _profile(content: bytes, where: str) -> Profile:
    entry = _parsed(content, where)
    if faults := [f"{where}, {fault}" for fault in _faults(entry)]:
        raise OrganizationError(faults)
    words = {
        name: tuple(dict.fromkeys(word for item in getattr(entry, name) for word in item.words))
        for name in _LISTS_OF_WORDS
    }
    return Profile(
        id=entry.id,
        label=entry.label,
        abbreviation=entry.abbreviation,
        calls_itself=tuple(entry.calls_itself),
        not_this=tuple(entry.not_this),
        official_languages=tuple(entry.official_languages.items()),
        memberships=tuple(_memberships(entry)),
        published_counts=tuple(
            PublishedCount(item.document, item.commitments, entry.sources[item.source])
            for item in entry.published_counts
        ),
        sources=dict(entry.sources),
        file=Path(where).name,
        sha256=hashlib.sha256(content).hexdigest(),
        **words,
    )


def _parsed(content: bytes, where: str) -> _File:
    try:
        return _File.model_validate(toml_table(content, where, OrganizationError))
    except ValidationError as fault:
        # A union is tried arm by arm; one line a field is enough.
        by_place = {_place(item["loc"]): item for item in reversed(fault.errors(include_url=False))}
        raise OrganizationError(
            f"{where}, {place}: {_said(item)}" for place, item in reversed(by_place.items())
        ) from fault


def _place(loc: tuple[int | str, ...]) -> str:
    """Return where a fault is, as a reader of TOML counts: the third of the members is 3."""
    names = [part for part in loc if str(part) not in ("date", "int")]
    return "".join(
        f" {part + 1}" if isinstance(part, int) else f".{part}" for part in names
    ).removeprefix(".")


def _said(item: Any) -> str:  # noqa: ANN401 - pydantic's own record of a fault
    kind, last = item["type"], str(item["loc"][-1])
    if kind == "extra_forbidden":
        model = _Spell if item["loc"][0] in _LISTS_OF_ROLES else _Words
        fields = _File.model_fields if len(item["loc"]) == 1 else model.model_fields
        hint = did_you_mean(closest(last, fields), f"it takes {', '.join(fields)}")
        return f"{_MENDS[kind]}; {hint}"
    if kind in _MENDS:
        return _MENDS[kind]
    mend = (
        "write a day as 2001-06-15, or a year as 2001" if last in ("date", "int") else "correct it"
    )
    given = "" if isinstance(item["input"], dict | list) else f"{item['input']!r}: "
    return f"{given}{item['msg']}; {mend}"


def _faults(entry: _File) -> Iterator[str]:
    """Yield what is wrong in a profile that has the right form."""
    if (entry.calls_itself or entry.official_languages) and not entry.source:
        yield "source: is missing; name the source of calls_itself and official_languages"
    if entry.source and entry.source not in entry.sources:
        yield _unknown_source("source", entry.source, entry)
    for name in (*_LISTS_OF_WORDS, *_LISTS_OF_ROLES, "published_counts"):
        for number, item in enumerate(getattr(entry, name), start=1):
            where = f"{name} {number}"
            if item.source not in entry.sources:
                yield _unknown_source(f"{where}.source", item.source, entry)
            if isinstance(item, _Spell):
                yield from _faults_of_spell(item, where)
            elif isinstance(item, _Words):
                yield from _repeated(item.words, f"{where}.words")
    if entry.id != GENERIC and not (entry.names and entry.members):
        missing = "members" if entry.names else "names"
        yield f"{missing}: is missing; say what it is called and who belongs to it"
    if not any(True for _ in _wrong_days(entry)):
        yield from _overlaps(entry)


def _unknown_source(where: str, source: str, entry: _File) -> str:
    hint = did_you_mean(closest(source, entry.sources), "add it to [sources]")
    return f"{where}: {source!r} is no key of [sources]; {hint}"


def _repeated(words: Iterable[str], where: str) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            yield f"{where}: {word!r} appears twice; delete one"
        seen.add(word)


def _faults_of_spell(spell: _Spell, where: str) -> Iterator[str]:
    if not (spell.states or spell.organizations):
        yield f"{where}: names nobody; give states or organizations"
    for state in spell.states:
        if state not in states():
            yield f"{where}.states: {state!r} is no state that is known; {_state_meant(state)}"
    yield from _repeated(spell.states, f"{where}.states")
    yield from _repeated(spell.organizations, f"{where}.organizations")
    for name, day in (("since", spell.since), ("until", spell.until)):
        if isinstance(day, int) and day not in _YEARS:
            yield f"{where}.{name}: {day} is no year; write a day as 2001-06-15, or a year as 2001"
            return
    if spell.until is not None and _last(spell.until) < _first(spell.since):
        yield f"{where}.until: {spell.until} is before since, {spell.since}; correct one of them"


def _state_meant(name: str) -> str:
    """Return the mend for a state that is not known by its name."""
    by_variant = {other: state.name for state in states().values() for other in state.variants}
    near = by_variant.get(name) or closest(name, [*states(), *by_variant])
    near = by_variant.get(near, near) if near else None
    return did_you_mean(near, "use a name of data/organizations/states.csv")


def _wrong_days(entry: _File) -> Iterator[_Spell]:
    for name in _LISTS_OF_ROLES:
        for spell in getattr(entry, name):
            days = [day for day in (spell.since, spell.until) if isinstance(day, int)]
            if any(day not in _YEARS for day in days):
                yield spell


def _first(day: Day) -> datetime.date:
    return datetime.date(day, 1, 1) if isinstance(day, int) else day


def _last(day: Day) -> datetime.date:
    return datetime.date(day, 12, 31) if isinstance(day, int) else day


def _overlaps(entry: _File) -> Iterator[str]:
    """Yield who has two roles, or one twice, on the same days."""
    seen: dict[str, list[tuple[datetime.date, datetime.date, str]]] = {}
    for name in _LISTS_OF_ROLES:
        for number, spell in enumerate(getattr(entry, name), start=1):
            first = _first(spell.since)
            last = datetime.date.max if spell.until is None else _last(spell.until)
            for who in dict.fromkeys((*spell.states, *spell.organizations)):
                for begins, ends, other in seen.setdefault(who, []):
                    if begins <= last and first <= ends:
                        yield (
                            f"{name} {number}: {who!r} stands in {other} too, for the same "
                            "days; delete one, or end the earlier with until"
                        )
                seen[who].append((first, last, f"{name} {number}"))


def _memberships(entry: _File) -> Iterator[Membership]:
    for name, role in _LISTS_OF_ROLES.items():
        for spell in getattr(entry, name):
            for who in (*spell.states, *spell.organizations):
                yield Membership(
                    name=who,
                    role=role,
                    called=spell.called or role,
                    since=_first(spell.since),
                    until=None if spell.until is None else _last(spell.until),
                    source=entry.sources[spell.source],
                    is_organization=who in spell.organizations,
                )


def _refuse_circles(profile: Profile, path: Path) -> None:
    """Raise where an organization is a member of itself, by way of its members or at once."""
    _walk(profile, path, (profile.id,))


def _walk(profile: Profile, path: Path, way: tuple[str, ...]) -> None:
    for item in profile.memberships:
        if not item.is_organization:
            continue
        if item.role == "member" and item.name in way:
            circle = " → ".join((*way, item.name))
            raise OrganizationError(
                [f"{path}, members: a circle of organizations ({circle}); delete one of them"]
            )
        other = _other(item.name, path)
        if item.role == "member":
            _walk(other, path, (*way, item.name))


def _other(id: str, path: Path) -> Profile:
    """Return the profile of an organization that another names: beside it, else a known one."""
    beside = path.with_name(f"{id}{SUFFIX}")
    if beside.is_file():
        return _read(beside)
    known = _known()
    if id in known:
        return known[id]
    hint = did_you_mean(closest(id, known), f"put {id}{SUFFIX} beside it")
    raise OrganizationError([f"{path}, organizations: {id!r} is no profile that is known; {hint}"])
