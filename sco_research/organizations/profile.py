"""An organization's profile: what it is called, who belongs to it and since when."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["member", "observer", "partner"]
GENERIC = "generic"
"""The profile of no organization in particular: the names that any body uses."""


@dataclass(frozen=True, slots=True)
class Membership:
    """One state or organization in one role, for one time.

    Attributes
    ----------
    name : str
        The state's usual English name, or another organization's id.
    role : str
        ``"member"``, ``"observer"`` or ``"partner"``.
    called : str
        The organization's own word for the role, such as ``"dialogue partner"``.
    since : datetime.date
        The first day.
    until : datetime.date or None
        The last day; None where it has not ended.
    source : str
        What bears it out.
    is_organization : bool
        Whether an organization, not a state, has the role.
    """

    name: str
    role: Role
    called: str
    since: datetime.date
    until: datetime.date | None
    source: str
    is_organization: bool = False

    def holds(self, on: datetime.date | None) -> bool:
        """Return whether it holds on a day; without a day, whether it has not ended."""
        if on is None:
            return self.until is None
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one organization, each fact with its source.

    Attributes
    ----------
    id : str
        The name by which documents and parameters refer to it.
    label, abbreviation : str
        Its full name, and the short one; the latter may be empty.
    names : tuple of str
        What it is called in texts, by which an issuer is recognised.
    not_this : tuple of str
        Longer names that hold one of these and are another body's.
    calls_itself : tuple of str
        Self-designations that name it in its own texts only: "the Organization".
    member_designations : tuple of str
        What its texts call the members together, or the organization that they are.
    organs : tuple of str
        Its own organs, on which a document may lay a task.
    charged : tuple of str
        Who is no organ of it and yet gets tasks from its documents as organs do: a body of its own
        standing, offices in the members' governments.
    speaking_organs : tuple of str
        Organs that issue documents in their own name: "the General Assembly".
    meetings : tuple of str
        Bodies and kinds of meeting in which the members meet.
    official_languages : tuple of (str, str)
        ISO 639-1 codes with the languages' English names; empty where its rules name none.
    memberships : tuple of Membership
        Members, observers and partners through time.
    published_counts : tuple of PublishedCount
        Commitments that others have counted in its documents.
    sources : mapping of str to str
        The sources by their keys in the file.
    file, sha256 : str
        Name and hash of the profile's file; a state's has no file.
    """

    id: str
    label: str
    abbreviation: str = ""
    names: tuple[str, ...] = ()
    not_this: tuple[str, ...] = ()
    calls_itself: tuple[str, ...] = ()
    member_designations: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    charged: tuple[str, ...] = ()
    speaking_organs: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    official_languages: tuple[tuple[str, str], ...] = ()
    memberships: tuple[Membership, ...] = ()
    published_counts: tuple["PublishedCount", ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    file: str = ""
    sha256: str = ""

    def __hash__(self) -> int:
        """Hash the id alone: caches ask for all profiles with each document.

        >>> hash(Profile("ots", "Two Seas")) == hash(Profile("ots", "Two Seas"))
        True
        """
        return hash(self.id)

    @property
    def short_name(self) -> str:
        """The abbreviation, or the full name where there is none."""
        return self.abbreviation or self.label

    def members(self, on: datetime.date | None = None) -> tuple[str, ...]:
        """Return the states, and ids of organizations, that are members on a day.

        Examples
        --------
        >>> from sco_research.organizations import load_profile
        >>> load_profile("sco").members(datetime.date(2013, 9, 13))
        ('China', 'Kazakhstan', 'Kyrgyzstan', 'Russia', 'Tajikistan', 'Uzbekistan')
        """
        return self.those("member", on)

    def observers(self, on: datetime.date | None = None) -> tuple[str, ...]:
        """Return the observers on a day; without a day, those of now."""
        return self.those("observer", on)

    def partners(self, on: datetime.date | None = None) -> tuple[str, ...]:
        """Return the partners on a day; without a day, those of now."""
        return self.those("partner", on)

    def those(self, role: Role, on: datetime.date | None = None) -> tuple[str, ...]:
        """Return who has a role on a day, in the order of the file."""
        return tuple(item.name for item in self.memberships if item.role == role and item.holds(on))

    def status(self, name: str, on: datetime.date | None = None) -> str:
        """Return the organization's word for a state's role on a day; empty where it has none.

        Parameters
        ----------
        name : str
            A state's usual English name, or an organization's id.
        on : datetime.date, optional
            The day; without it, now.

        Examples
        --------
        >>> from sco_research.organizations import load_profile
        >>> sco = load_profile("sco")
        >>> sco.status("India", datetime.date(2013, 9, 13)), sco.status("India")
        ('observer', 'member')
        >>> sco.status("Japan")
        ''
        """
        held = [item for item in self.memberships if item.name == name and item.holds(on)]
        order: tuple[Role, ...] = ("member", "observer", "partner")
        held.sort(key=lambda item: order.index(item.role))
        return held[0].called if held else ""


@dataclass(frozen=True, slots=True)
class PublishedCount:
    """How many commitments others have counted in one document."""

    document: str
    commitments: int
    source: str
