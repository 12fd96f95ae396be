"""Whose document a report is on, and who says so: a passage that several topics share."""

from dataclasses import dataclass

from sco_research.organizations import GENERIC, issuer, profiles
from sco_research.organizations.states import state_ids
from sco_research.text.document import Document

_RECOGNISED = {
    "title": "the title",
    "header": "the header",
    "opening formula": "the opening formula",
    "meeting in the opening formula": "the opening formula, which names its meeting or its seat",
    "states in the opening formula": (
        "the states that speak in the opening formula, which are its members"
    ),
    "catalogue": "the catalogue",
    "parameter": "the parameter organization",
    "manifest": "the manifest",
    "table": "the table",
}


@dataclass(frozen=True, slots=True)
class IssuerFacts:
    """What a report says of a document's issuer.

    Attributes
    ----------
    known : bool
        Whether a profile says who its members are.
    joint : bool
        Whether several issue the document.
    label : str
        Its full name; where no profile is known, the name that the source gives, or nothing.
    short_name : str
        Its abbreviation.
    bodies, states : tuple of str
        The labels of the organizations and of the states that issue it.
    where : str
        Who says so: "the title", "the catalogue".
    choices : tuple of str
        The ids by which it can be named.
    """

    known: bool
    joint: bool
    label: str
    short_name: str
    bodies: tuple[str, ...]
    states: tuple[str, ...]
    where: str
    choices: tuple[str, ...]


def issuer_facts(document: Document) -> IssuerFacts:
    """Return who issues a document, and who says so.

    Examples
    --------
    >>> note = Document.from_text("We met.", id="note", organization="apec")
    >>> issuer_facts(note).label, issuer_facts(note).where
    ('Asia-Pacific Economic Cooperation', 'the parameter organization')
    """
    speaks = issuer(document)
    known = document.metadata
    return IssuerFacts(
        known=speaks.is_known,
        joint=speaks.is_joint,
        label=speaks.label or known.issuer,
        short_name=speaks.short_name,
        bodies=tuple(item.label for item in speaks.profiles if item.id not in state_ids()),
        states=tuple(item.label for item in speaks.profiles if item.id in state_ids()),
        where=_RECOGNISED.get(known.organization_from, known.organization_from),
        choices=tuple(sorted(profiles().keys() - {GENERIC})),
    )
