"""The names that a document's issuer gives to a codebook's patterns."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from sco_research.coding.codebooks.loading import IssuerNames, load_codebook
from sco_research.coding.codebooks.patterns import name_pattern
from sco_research.organizations import Profile, issuer
from sco_research.organizations.states import state_ids, states
from sco_research.text.document import Document

JOINT = "joint"
"""The key of patterns that count in the texts of several issuers only: "our partnership"."""


def issuer_names(document: Document) -> IssuerNames | None:
    """Return what a document's issuers and their organs are called, and who is outside them.

    Parameters
    ----------
    document : Document
        Whose metadata say who issued it, and when.

    Returns
    -------
    IssuerNames or None
        None where the issuer is unknown.

    Examples
    --------
    >>> document = Document.from_text("We met.", id="note", organization="sco")
    >>> found = issuer_names(document)
    >>> found.issuer[0], "japan" in found.outsiders, "china" in found.outsiders
    ('shanghai cooperation organi?ation', True, False)
    >>> issuer_names(Document.from_text("We met.", id="note")) is None
    True
    """
    who = issuer(document)
    return _names(who.profiles, who.members()) if who.is_known else None


# By who is a member, and not by the day: a corpus of thousands of days has few memberships.
@lru_cache(maxsize=64)
def _names(profiles: tuple[Profile, ...], members: frozenset[str]) -> IssuerNames:
    ids = tuple(profile.id for profile in profiles)
    # A state that issues a text together with others is no organization with an order of its own.
    bodies = [profile for profile in profiles if profile.id not in state_ids()]
    organs = tuple(name for body in bodies for name in _organs(body))
    inside = members.union(profile.label for profile in profiles)
    return IssuerNames(
        ids=(*ids, JOINT) if len(ids) > 1 else ids,
        issuer=_patterns(name for body in bodies for name in (*body.names, *body.calls_itself)),
        organs=_patterns(organs),
        bodies=_patterns(name for name in organs if len(name.split()) > 1 or name.isupper()),
        outsiders=(
            *_state_names(lambda name: name not in inside),
            *_organizations_outside(members.union(ids)),
        ),
        members=_state_names(inside.__contains__),
    )


def _organs(body: Profile) -> Iterable[str]:
    """Yield the names of a body's organs; one that is the body's own name is the body."""
    own = {name.casefold() for name in (*body.names, *body.calls_itself)}
    found = (*body.organs, *body.speaking_organs, *body.meetings)
    return (name for name in found if name.casefold() not in own)


def _state_names(wanted: Callable[[str], bool]) -> tuple[str, ...]:
    return _patterns(
        name
        for state in states().values()
        if wanted(state.name)
        for name in (state.name, *state.variants)
    )


def _organizations_outside(inside: frozenset[str]) -> Iterable[str]:
    """Yield the patterns of the organizations that neither issue the document nor are members."""
    for category in load_codebook("actors"):
        if category.parent == "organizations" and inside.isdisjoint(category.not_of_issuer):
            yield from category.include


def _patterns(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(name_pattern, names))))
