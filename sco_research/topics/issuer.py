"""Whose document a report is on, and who says so: a passage that several topics share."""

from dataclasses import dataclass

from sco_research.organizations import GENERIC, issuer, profiles
from sco_research.text.document import Document

_RECOGNISED = {
    "title": "the title",
    "header": "the header",
    "opening formula": "the opening formula",
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
    where : str
        Who says so: "the title", "the catalogue".
    choices : tuple of str
        The ids by which it can be named.
    """

    known: bool
    joint: bool
    label: str
    short_name: str
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
        where=_RECOGNISED.get(known.organization_from, known.organization_from),
        choices=tuple(sorted(profiles().keys() - {GENERIC})),
    )
