"""The issuer of a document: its organizations at its date, and all that is relative to them."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sco_research.errors import OrganizationError
from sco_research.organizations.profile import GENERIC, Profile
from sco_research.organizations.reading import SUFFIX, load_profile, profiles
from sco_research.organizations.recognition import issuer_of
from sco_research.organizations.states import state_ids, states
from sco_research.text.document import Document, Metadata

PARAMETER = "parameter"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who speaks in a document; nobody in particular where that is unknown.

    Attributes
    ----------
    profiles : tuple of Profile
        One for each organization or state that issues it; empty where it is unknown.
    date : datetime.date or None
        The document's day, at which membership and status are meant; without one, now.
    """

    profiles: tuple[Profile, ...] = ()
    date: datetime.date | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything may be said about members, partners, status and silence."""
        return bool(self.profiles)

    @property
    def is_joint(self) -> bool:
        """Whether several issue the document."""
        return len(self.profiles) > 1

    @property
    def ids(self) -> str:
        """The profiles' ids, with a space between them."""
        return " ".join(profile.id for profile in self.profiles)

    @property
    def label(self) -> str:
        """The full names, joined by "and".

        >>> Issuer((load_profile("asean"), load_profile("united-states"))).label
        'Association of Southeast Asian Nations and United States'
        """
        return " and ".join(profile.label for profile in self.profiles)

    @property
    def short_name(self) -> str:
        """The abbreviations, joined by "and"."""
        return " and ".join(profile.short_name for profile in self.profiles)

    @property
    def official_languages(self) -> dict[str, str]:
        """The names of the official languages by their codes; of a joint statement none."""
        return dict(self.profiles[0].official_languages) if len(self.profiles) == 1 else {}

    def members(self) -> frozenset[str]:
        """Return the states, and ids of organizations, that are members of any of the issuers."""
        return frozenset(name for item in self.profiles for name in item.members(self.date))

    def status(self, name: str) -> str:
        """Return what a state or organization is to the issuer at the document's date.

        Parameters
        ----------
        name : str
            A state's usual English name, or an organization's id.

        Returns
        -------
        str
            The issuer's own word: "member", "dialogue partner"; empty where it has no role. Of a
            joint statement a partner of one issuer is no partner: members and issuers alone have a
            status.

        Examples
        --------
        >>> sco = Issuer((load_profile("sco"),), datetime.date(2013, 9, 13))
        >>> sco.status("Belarus"), sco.status("Japan")
        ('dialogue partner', '')
        """
        if any(name in (profile.id, profile.label) for profile in self.profiles):
            return "one of the issuers" if self.is_joint else "the issuer"
        if name in self.members():
            return next(found for item in self.profiles if (found := item.status(name, self.date)))
        return "" if self.is_joint else self._of_one(name)

    def owns(self, names: Iterable[str]) -> bool:
        """Return whether one of these is what an organ of the issuer is called.

        >>> un = Issuer((load_profile("un"),))
        >>> un.owns(["General Assembly"]), un.owns(["World Bank"]), Issuer().owns(["Secretariat"])
        (True, False, False)
        """
        own = {
            organ.casefold()
            for item in self.profiles
            for organ in (*item.organs, *item.speaking_organs, *item.meetings)
            if organ not in item.names
        }
        return any(name.casefold() in own for name in names)

    def _of_one(self, name: str) -> str:
        return self.profiles[0].status(name, self.date) if self.profiles else ""


def issuer(document: Document) -> Issuer:
    """Return who issues a document, by its metadata.

    Raises
    ------
    OrganizationError
        Where the metadata name an organization that is unknown.

    Examples
    --------
    >>> issuer(Document.from_text("We met.", id="note", organization="brics")).label
    'BRICS'
    >>> issuer(Document.from_text("We met.", id="note")).is_known
    False
    """
    known = document.metadata
    return Issuer(profiles_named(known.organization, known.profiles), known.date)


def profiles_named(name: str, files: Iterable[str] = ()) -> tuple[Profile, ...]:
    """Return the profiles that a text names: by ids, by a path, or by an organization's name.

    Parameters
    ----------
    name : str
        Ids with spaces or commas between them; the path of a profile; a name such as "Shanghai
        Cooperation Organization"; nothing, or "generic", for nobody in particular.
    files : iterable of str
        Paths of profiles of the user's own that the ids may mean.

    Raises
    ------
    OrganizationError
        Where an organization is unknown.

    Examples
    --------
    >>> [profile.id for profile in profiles_named("asean united-states")]
    ['asean', 'united-states']
    >>> [profile.id for profile in profiles_named("Shanghai Cooperation Organization")]
    ['sco']
    """
    if not name.strip() or name == GENERIC:
        return ()
    if name.endswith(SUFFIX):
        return (load_profile(name),)
    own = {profile.id: profile for profile in map(load_profile, files)}
    known = {**profiles(), **own}
    words = name.replace(",", " ").split()
    if all(word in known or word in state_ids() for word in words):
        return tuple(known.get(word) or load_profile(word) for word in dict.fromkeys(words))
    if found := _by_name(name, known.values()):
        return found
    return (load_profile(name.strip()),)  # whose complaint names those known


def _by_name(name: str, known: Iterable[Profile]) -> tuple[Profile, ...]:
    """Return the profile whose whole name this is, or those that it names as a title would."""
    plain = " ".join(name.split()).casefold()
    given = tuple(known)
    for profile in given:
        if plain in (item.casefold() for item in (profile.label, *profile.names)):
            return (profile,)
    for state in states().values():
        if plain in (item.casefold() for item in (state.name, *state.variants)):
            return (load_profile(state.id),)
    by_id = {profile.id: profile for profile in given}
    named = issuer_of(name, known=given).ids
    return tuple(by_id.get(one) or load_profile(one) for one in named)


def issued_by(document: Document, organization: str | Path, *, where: str = PARAMETER) -> Document:
    """Return a document with another issuer than was recognised.

    Parameters
    ----------
    document : Document
        The document.
    organization : str or pathlib.Path
        Ids, a name, or the path of a profile of your own.
    where : str
        Who says so, for the report.

    Raises
    ------
    OrganizationError
        Where it is unknown.

    Examples
    --------
    >>> note = Document.from_text("The Union will act.", id="note")
    >>> issued_by(note, "eu").metadata.issuer
    'European Union'
    """
    return replace(
        document, metadata=with_issuer(document.metadata, str(organization), where=where)
    )


def with_issuer(known: Metadata, organization: str, *, where: str) -> Metadata:
    """Return metadata with the issuer that is named."""
    found = profiles_named(organization, known.profiles)
    files = (organization,) if organization.endswith(SUFFIX) else known.profiles
    return with_profiles(known, found, where=where, files=files)


def with_profiles(
    known: Metadata, found: Sequence[Profile], *, where: str, files: tuple[str, ...] = ()
) -> Metadata:
    """Return metadata with these profiles as the issuer."""
    speaks = Issuer(tuple(found))
    return replace(
        known,
        organization=speaks.ids,
        issuer=speaks.label,
        organization_from=where if found else "",
        profiles=files,
    )


def recognised(
    known: Metadata, *, header: Sequence[str] = (), opening: str = "", where: str = "header"
) -> Metadata:
    """Return a loaded document's metadata with its issuer: as the source says, or as its text does.

    Parameters
    ----------
    known : Metadata
        Its ``organization`` is what the source's header says, in its own words.
    header, opening
        As for `issuer_of`.
    where : str
        Who says whose the document is, where the source does.

    Returns
    -------
    Metadata
        A name of which no profile is known is kept as the issuer's name.
    """
    if known.organization:
        try:
            return with_issuer(known, known.organization, where=where)
        except OrganizationError:
            return replace(known, organization="", issuer=known.organization, organization_from="")
    found = issuer_of(known.title, header=header, opening=opening, date=known.date)
    if not found.ids:
        return known
    return with_profiles(known, [load_profile(one) for one in found.ids], where=found.where)
