"""Categories and codebooks as they are once read: what they say, and what they find."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sco_research.coding.codebooks.matching import Anaphora, Match, Matcher
from sco_research.displays import in_notebook
from sco_research.errors import CodebookError

Attribute = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a codebook.

    Attributes
    ----------
    id : str
        Its name in every table; a dot stands between parent and child.
    label, definition : str
        What a reader sees.
    include, alone, exclude, continued_by : tuple of str
        The patterns; those of ``alone`` count only where no other pattern of the codebook does,
        those of ``continued_by`` point back to an earlier sentence.
    yields_to_children : bool
        Whether it counts only in sentences without a match of a category below it.
    relative : bool
        Whether it is coded only where the document's issuer is known.
    capitalised : bool
        Whether a match's last word needs a capital: Polish is a state's, "to polish" is not.
    not_of_issuer : tuple of str
        Ids of organizations in whose own documents it is not coded.
    of_issuer : mapping of str to tuple of str
        Patterns that count only in documents of one organization, by its id.
    examples, counter_examples : tuple of str
        Sentences that hit, and that do not.
    cap : tuple of int
        Major topics of the Comparative Agendas Project.
    g20 : tuple of str
        Issue areas of the G20 Research Group.
    attributes : mapping
        What else the codebook says of the category.
    """

    id: str
    label: str
    definition: str
    include: tuple[str, ...]
    alone: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    continued_by: tuple[str, ...] = ()
    yields_to_children: bool = False
    relative: bool = False
    capitalised: bool = False
    not_of_issuer: tuple[str, ...] = ()
    of_issuer: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    cap: tuple[int, ...] = ()
    g20: tuple[str, ...] = ()
    attributes: Mapping[str, Attribute] = field(default_factory=dict, hash=False)

    @property
    def parent(self) -> str:
        """The id of the category above, empty at the top."""
        return self.id.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class IssuerNames:
    """The names that a document's issuer gives to patterns, as patterns themselves.

    Attributes
    ----------
    ids : tuple of str
        Ids of the organizations that issued the document.
    issuer, organs : tuple of str
        What they are called in their own texts, and their organs.
    bodies : tuple of str
        The organs' names of several words, and their abbreviations.
    outsiders : tuple of str
        Names of states and organizations that do not belong to them.
    members : tuple of str
        Names of the states that do.
    """

    ids: tuple[str, ...]
    issuer: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    outsiders: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook: its identity, its categories in order, and their compiled patterns.

    Attributes
    ----------
    name, version : str
        Which codebook; ``codebook.citation`` names both and the hash.
    title, description, language : str
        For people; ISO 639-1 code of the patterns' words.
    categories : tuple of Category
        In the file's order, which is the order of every table.
    lists : mapping of str to tuple of str
        Words that patterns share: ``@name`` in a pattern is each of them.
    sha256 : str
        Hash of the file's bytes.
    file : str
        The file's name, for messages.
    """

    name: str
    version: str
    title: str
    description: str = field(hash=False)
    language: str
    categories: tuple[Category, ...] = field(hash=False)  # the file's hash stands for them
    sha256: str
    sources: tuple[str, ...] = field(default=(), hash=False)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    file: str = field(default="", compare=False, repr=False)
    _compiled: Callable[[], tuple[Matcher, Anaphora]] = field(
        kw_only=True, repr=False, compare=False
    )

    _repr_html_ = in_notebook

    def __repr__(self) -> str:
        """Return the codebook in a line: its edition and how much is in it."""
        patterns = sum(len(category.include) for category in self.categories)
        return f"Codebook({self.edition!r}, {len(self)} categories, {patterns} patterns)"

    def __iter__(self) -> Iterator[Category]:
        """Iterate over the categories in order."""
        return iter(self.categories)

    def __len__(self) -> int:
        """Return the number of categories."""
        return len(self.categories)

    def __getitem__(self, id: str) -> Category:
        """Return the category with this id."""
        for category in self.categories:
            if category.id == id:
                return category
        raise CodebookError(
            f"codebook {self.name!r}: no category {id!r}; it has "
            f"{', '.join(category.id for category in self.categories)}"
        )

    @property
    def edition(self) -> str:
        """Name and version, as the ``codebook`` column has them."""
        return f"{self.name} {self.version}".strip()

    @property
    def citation(self) -> str:
        """Name, version and the beginning of the hash, which identify the edition."""
        return f"{self.edition} (sha256 {self.sha256[:12]})"

    def matches(self, text: str) -> list[Match]:
        """Return the matches of all categories in one sentence, read by itself.

        Examples
        --------
        >>> from sco_research.coding.codebooks.loading import load_codebook
        >>> [match.category for match in load_codebook("themes").matches("They condemn terrorism.")]
        ['security.terrorism']
        """
        return self.paragraph_matches([text])[0]

    def paragraph_matches(self, sentences: Sequence[str]) -> list[list[Match]]:
        """Return the matches of each sentence of a paragraph; a later one may point back.

        Examples
        --------
        >>> from sco_research.coding.codebooks.loading import load_codebook
        >>> sentences = ["Iran met the six.", "Sanctions against this country are unacceptable."]
        >>> load_codebook("themes").paragraph_matches(sentences)[1]
        [Match(category='regions.iran', pattern='this|that country|nation|state', start=18, end=30)]
        """
        matcher, anaphora = self._compiled()
        return anaphora.resolved([matcher.matches(text) for text in sentences])
