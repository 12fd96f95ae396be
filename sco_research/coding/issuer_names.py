"""The names that a document's issuer gives to a codebook's patterns."""

import datetime
from collections.abc import Iterable
from functools import lru_cache

from sco_research.coding.codebooks.loading import IssuerNames, load_codebook
from sco_research.coding.codebooks.patterns import name_pattern
from sco_research.organizations import Profile, load_profile
from sco_research.organizations.states import state_ids, states
from sco_research.text.document import Document


JOINT = "joint"
"""The key of patterns that count in the texts of several issuers only: "our partnership"."""


def issuer_names(document: Document) -> IssuerNames | None:
    """Return what a document's issuers and their organs are called, and who is outside them.

    Parameters
    ----------
    document : Document
        Whose ``metadata.organization`` and date say who belonged to the issuer.

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
    said = document.metadata
    ids = tuple(said.organization.split())
    return _names(ids, said.profiles, said.date) if ids else None


@lru_cache(maxsize=64)
def _names(
    ids: tuple[str, ...], files: tuple[str, ...], on: datetime.date | None
) -> IssuerNames | None:
    own = {profile.id: profile for profile in map(load_profile, files)}
    issuing_states = {state_ids()[id].name for id in ids if id in state_ids()}
    found = [own.get(id) or load_profile(id) for id in ids if id not in state_ids()]
    belonging = issuing_states | {name for profile in found for name in profile.members(on)}
    return IssuerNames(
        ids=(*ids, JOINT) if len(ids) > 1 else ids,
        issuer=_patterns(word for profile in found for word in (*profile.names, *profile.calls_itself)),
        organs=_patterns(
            word for profile in found for word in (*profile.organs, *profile.speaking_organs)
        ),
        outsiders=_outsiders(found, belonging),
    )


def _outsiders(found: list[Profile], belonging: set[str]) -> tuple[str, ...]:
    names = [
        word
        for state in states().values()
        if state.name not in belonging
        for word in (state.name, *state.variants)
    ]
    ours = [load_profile(id) for id in belonging if id.islower()] + found
    issuing = set(_patterns(name for profile in ours for name in profile.names))
    others = [
        category.include
        for category in load_codebook("actors")
        if category.parent == "organizations" and issuing.isdisjoint(category.include)
    ]
    return (*_patterns(names), *(pattern for include in others for pattern in include))


def _patterns(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(name_pattern, names))))
