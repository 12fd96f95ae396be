"""Codebooks: categories with definitions and patterns, read from data and checked in full.

A codebook is a TOML file. At its top stand ``name``, ``title``, ``version``, ``language`` (of the
patterns), ``description`` and ``sources``; each ``[[category]]`` has

- ``id``: words of small letters, digits and underscores, nested by dots (``security.drugs``);
- ``label`` and ``definition``: what a reader sees;
- ``include`` and ``exclude``: patterns in the language of `patterns`;
- ``yields_to_children``: true where the category counts only in sentences without a match of a
  category below it ("security" where no threat is named);
- ``examples`` and ``counter_examples``: sentences that must hit and must not, checked at loading;
- ``cap`` and ``g20``: the Comparative Agendas Project's major topics and the G20's issue areas;
- ``attributes``: a table of the codebook's own, such as ``strength = 2``.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from sco_research.coding.matching import Match, Matcher, Rules
from sco_research.coding.patterns import Pattern, parse_pattern
from sco_research.coding.schema import CategoryEntry, CodebookFile, validated
from sco_research.errors import CodebookError
from sco_research.resources import data_path

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
    include, exclude : tuple of str
        The patterns.
    yields_to_children : bool
        Whether it counts only in sentences without a match of a category below it.
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
    exclude: tuple[str, ...] = ()
    yields_to_children: bool = False
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
    sha256 : str
        Hash of the file's bytes.
    """

    name: str
    version: str
    title: str
    description: str
    language: str
    categories: tuple[Category, ...]
    sha256: str
    sources: tuple[str, ...] = ()
    _matcher: Matcher = field(kw_only=True, repr=False, compare=False)

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
        """Name, version and the hash's beginning: enough to tell two editions apart."""
        return f"{self.edition} (sha256 {self.sha256[:12]})"

    def matches(self, text: str) -> list[Match]:
        """Return the matches of all categories in one sentence.

        Examples
        --------
        >>> [match.category for match in load_codebook("themes").matches("They condemn terrorism.")]
        ['security.terrorism']
        """
        return self._matcher.matches(text)


def codebook_names() -> list[str]:
    """Return the names of the bundled codebooks.

    >>> "themes" in codebook_names()
    True
    """
    return sorted(path.stem for path in data_path("codebooks").glob("*.toml"))


def load_codebook(source: str | Path | Codebook) -> Codebook:
    """Load a codebook and check all of it.

    Parameters
    ----------
    source : str, pathlib.Path or Codebook
        A bundled codebook's name; or the path of a TOML codebook or of a YAML dictionary in
        quanteda's layout. A Codebook is returned as it is.

    Returns
    -------
    Codebook

    Raises
    ------
    CodebookError
        Where the file is missing or something in it is wrong: the file, the category, the pattern
        and the mend.

    Examples
    --------
    >>> load_codebook("themes")["security.drugs"].parent
    'security'
    """
    if isinstance(source, Codebook):
        return source
    path = _path_of(source)
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise CodebookError(
            f"{path}: cannot be read ({fault.strerror or fault}); give the path of a TOML or YAML "
            "file"
        ) from fault
    return _loaded(content, path.name, path.stem)


def _path_of(source: str | Path) -> Path:
    """Tell a bundled name from a path; a file of the user's own comes first."""
    path = Path(source).expanduser()
    bundled = data_path("codebooks", f"{source}.toml")
    looks_like_path = path.suffix in {".toml", ".yml", ".yaml"} or len(path.parts) > 1
    if looks_like_path or isinstance(source, Path):
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "there is no such file"
            raise CodebookError(f"{path}: {what}; give the path of a TOML or YAML codebook")
        return path
    if source and bundled.is_file():
        return bundled
    raise CodebookError(
        f"codebook {source!r}: no such codebook; choose one of {', '.join(codebook_names())}, or "
        "give the path of your own TOML or YAML file"
    )


@lru_cache(maxsize=16)
def _loaded(content: bytes, file: str, stem: str) -> Codebook:
    """Parse, compile and check a codebook; keyed by its bytes, so an edited file is read anew."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CodebookError(
            f"{file}: byte {fault.start} is no UTF-8; save the file as UTF-8"
        ) from fault
    if file.endswith((".yml", ".yaml")):
        # Only those who bring a YAML dictionary pay for the YAML reader.
        from sco_research.coding.dictionaries import entries_of_yaml

        entry = CodebookFile(name=stem, category=entries_of_yaml(text, file))
    else:
        try:
            entry = validated(tomllib.loads(text), file)
        except tomllib.TOMLDecodeError as fault:
            raise CodebookError(f"{file}: no valid TOML ({fault}); mend that place") from fault
    return _compiled(entry, file, stem, digest)


def _compiled(entry: CodebookFile, file: str, stem: str, digest: str) -> Codebook:
    rules = [_rules(category, file, entry.language) for category in entry.category]
    codebook = Codebook(
        name=entry.name or stem,
        version=entry.version,
        title=entry.title or entry.name or stem,
        description=entry.description,
        language=entry.language,
        categories=tuple(_category(category) for category in entry.category),
        sha256=digest,
        sources=tuple(entry.sources),
        _matcher=Matcher(rules, language=entry.language),
    )
    _check_examples(codebook, file)
    return codebook


def _category(entry: CategoryEntry) -> Category:
    return Category(
        id=entry.id,
        label=entry.label,
        definition=" ".join(entry.definition.split()),
        include=tuple(entry.include),
        exclude=tuple(entry.exclude),
        yields_to_children=entry.yields_to_children,
        examples=tuple(entry.examples),
        counter_examples=tuple(entry.counter_examples),
        cap=tuple(entry.cap),
        g20=tuple(entry.g20),
        attributes=MappingProxyType(dict(entry.attributes)),
    )


def _rules(category: CategoryEntry, file: str, language: str) -> Rules:
    where = f"{file}, category {category.id!r}"
    seen: set[str] = set()
    parsed: list[list[Pattern]] = []
    for patterns in (category.include, category.exclude):
        parsed.append([])
        for pattern in patterns:
            plain = " ".join(pattern.split())
            if plain in seen:
                raise CodebookError(f"{where}: pattern {pattern!r} stands twice; delete one")
            seen.add(plain)
            try:
                parsed[-1].append(parse_pattern(pattern, language=language))
            except ValueError as fault:
                raise CodebookError(f"{where}: pattern {pattern!r} {fault}") from fault
    return Rules(category.id, tuple(parsed[0]), tuple(parsed[1]), category.yields_to_children)


def _check_examples(codebook: Codebook, file: str) -> None:
    for category in codebook:
        for example in category.examples:
            if all(match.category != category.id for match in codebook.matches(example)):
                raise CodebookError(
                    f"{file}, category {category.id!r}: example {example!r} is not hit; add a "
                    "pattern that finds it or choose another example"
                )
        for example in category.counter_examples:
            for match in codebook.matches(example):
                if match.category == category.id:
                    raise CodebookError(
                        f"{file}, category {category.id!r}: counter-example {example!r} is hit by "
                        f"pattern {match.pattern!r}; narrow the pattern or exclude the phrase"
                    )
