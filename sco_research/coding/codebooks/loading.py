"""Codebooks: categories with definitions and patterns, read from data and checked in full.

A codebook is a TOML file. At its top stand ``name``, ``title``, ``version``, ``language`` (of the
patterns), ``description`` and ``sources``, and in ``[lists]`` words that many patterns share, by a
name that patterns write with ``@``; each ``[[category]]`` has

- ``id``: words of small letters, digits and underscores, nested by dots (``security.drugs``);
- ``label`` and ``definition``: what a reader sees;
- ``include`` and ``exclude``: patterns in the language of `patterns`;
- ``alone``: patterns too general to count beside another theme ("sustainable development" at the
  end of a sentence on roads): they count only in sentences in which no other pattern does;
- ``of_issuer``: patterns that count only in documents of one organization, by its profile's id;
- ``continued_by``: patterns such as "this country", which count only in later sentences of a
  paragraph, for the category that the paragraph's last sentence with any such category had;
- ``yields_to_children``: true where the category counts only in sentences without a match of a
  category below it ("security" where no threat is named);
- ``capitalised``: true where a match's last word must begin with a capital, as names do;
- ``relative``: true where the category is about the issuer, so that it is coded only where the
  document's issuer is known;
- ``not_of_issuer``: ids of organizations in whose own documents it is not coded, since another
  category holds them there;
- ``examples`` and ``counter_examples``: sentences that must hit and must not, checked at loading
  with the names of ``example_issuer``, a table at the top of the file;
- ``cap`` and ``g20``: the Comparative Agendas Project's major topics and the G20's issue areas;
- ``attributes``: a table of the codebook's own, such as ``strength = 2``.
"""

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType

from sco_research.coding.codebooks.categories import Category, Codebook, IssuerNames
from sco_research.coding.codebooks.matching import Anaphora, CategoryPatterns, Matcher
from sco_research.coding.codebooks.patterns import (
    KINDS_OF_NAMES,
    Pattern,
    Phrase,
    WordForm,
    parse_pattern,
    with_lists,
)
from sco_research.coding.codebooks.schema import CategoryEntry, CodebookFile, validated
from sco_research.errors import CodebookError, closest_path
from sco_research.resources import data_path, read_file, toml_table, utf8_text

__all__ = [
    "Category",
    "Codebook",
    "IssuerNames",
    "codebook_names",
    "for_issuer",
    "load_codebook",
]


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
        content = read_file(path)
    except OSError as fault:
        raise CodebookError(
            f"{path}: cannot be read ({fault.strerror or fault}); give the path of a TOML or YAML "
            "file"
        ) from fault
    return _loaded(content, path.name, path.stem)


def _path_of(source: str | Path) -> Path:
    """Return the file of a bundled name or a path; a file of the user's own comes first."""
    path = Path(source).expanduser()
    bundled = data_path("codebooks", f"{source}.toml")
    looks_like_path = path.suffix in {".toml", ".yml", ".yaml"} or len(path.parts) > 1
    if looks_like_path or isinstance(source, Path):
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "there is no such file"
            close = closest_path(path, codebook_names())
            hint = f"did you mean {close!r}? Or " if close else ""
            raise CodebookError(f"{path}: {what}; {hint}give the path of a TOML or YAML codebook")
        return path
    if source and bundled.is_file():
        return bundled
    close = closest_path(path, codebook_names())
    hint = f"did you mean {close!r}? Or " if close else ""
    raise CodebookError(
        f"codebook {source!r}: no such codebook; {hint}choose one of "
        f"{', '.join(codebook_names())}, or give the path of your own TOML or YAML file"
    )


@lru_cache(maxsize=16)
def _loaded(content: bytes, file: str, stem: str) -> Codebook:
    """Parse, compile and check a codebook; keyed by its bytes, so an edited file is read anew."""
    digest = hashlib.sha256(content).hexdigest()
    faults: list[str] = []
    if file.endswith((".yml", ".yaml")):
        # Only those who bring a YAML dictionary pay for the YAML reader.
        from sco_research.coding.codebooks.dictionaries import entries_of_yaml

        text = utf8_text(content, file, CodebookError)
        entry = CodebookFile(name=stem, category=entries_of_yaml(text, file))
    else:
        entry = validated(toml_table(content, file, CodebookError), file, faults)
    codebook = _compiled(entry, file, stem, digest, faults)
    if faults:
        raise CodebookError(dict.fromkeys(faults), file)
    return codebook


def _compiled(
    entry: CodebookFile, file: str, stem: str, digest: str, faults: list[str]
) -> Codebook:
    """Return the codebook of a file's content; what is wrong in it is added to the faults."""
    categories = tuple(_category(category) for category in entry.category)
    example = IssuerNames(
        (), **{kind: tuple(words) for kind, words in entry.example_issuer.items()}
    )
    # Compiled once: as the examples need it, and for an issuer when a document of its is coded.
    lists = MappingProxyType({name: tuple(words) for name, words in entry.lists.items()})
    with_example = _patterns_of(categories, lists, entry.language, file, example, faults)
    codebook = Codebook(
        name=entry.name or stem,
        version=entry.version,
        title=entry.title or entry.name or stem,
        description=entry.description,
        language=entry.language,
        categories=categories,
        lists=lists,
        sha256=digest,
        sources=tuple(entry.sources),
        file=file,
        _compiled=lambda: with_example,
    )
    # A pattern that cannot be read would make examples look wrong that are not.
    spoilt = {
        item.id for item in entry.category if any(f"{item.id!r}: pattern" in f for f in faults)
    }
    faults += _faults_of_examples(codebook, file, apart=spoilt)
    if not _depends_on_issuer(codebook):
        return codebook
    return replace(codebook, _compiled=_when_needed(codebook, None))


@lru_cache(maxsize=64)
def for_issuer(codebook: Codebook, issuer: IssuerNames | None) -> Codebook:
    """Return a codebook with the patterns that the issuer of a document gives it.

    Parameters
    ----------
    codebook : Codebook
        The codebook.
    issuer : IssuerNames or None
        The issuer's names; None where it is unknown, so that categories that are relative to it
        are not coded.

    Examples
    --------
    >>> book = for_issuer(load_codebook("themes"), IssuerNames(("ots",), issuer=("OTS",)))
    >>> [match.category for match in book.matches("The role of the OTS grows.")]
    ['organization']
    >>> load_codebook("themes").matches("The role of the OTS grows.")
    []
    """
    if issuer is None or not _depends_on_issuer(codebook):
        return codebook
    return replace(codebook, _compiled=_when_needed(codebook, issuer))


def _depends_on_issuer(codebook: Codebook) -> bool:
    """Return whether a codebook finds other things in the texts of another issuer."""
    return any(
        category.relative
        or category.of_issuer
        or category.not_of_issuer
        or "{" in " ".join((*category.include, *category.alone, *category.exclude))
        for category in codebook
    )


def _when_needed(
    codebook: Codebook, issuer: IssuerNames | None
) -> Callable[[], tuple[Matcher, Anaphora]]:
    """Return what compiles a codebook's patterns for an issuer, when first asked and then never."""
    return cache(
        partial(
            _patterns_of,
            codebook.categories,
            codebook.lists,
            codebook.language,
            codebook.file,
            issuer,
        )
    )


def _category(entry: CategoryEntry) -> Category:
    return Category(
        id=entry.id,
        label=entry.label,
        definition=" ".join(entry.definition.split()),
        include=tuple(entry.include),
        alone=tuple(entry.alone),
        exclude=tuple(entry.exclude),
        continued_by=tuple(entry.continued_by),
        yields_to_children=entry.yields_to_children,
        relative=entry.relative,
        capitalised=entry.capitalised,
        not_of_issuer=tuple(entry.not_of_issuer),
        of_issuer=MappingProxyType({key: tuple(found) for key, found in entry.of_issuer.items()}),
        examples=tuple(entry.examples),
        counter_examples=tuple(entry.counter_examples),
        cap=tuple(entry.cap),
        g20=tuple(entry.g20),
        attributes=MappingProxyType(dict(entry.attributes)),
    )


def _patterns_of(
    categories: tuple[Category, ...],
    lists: Mapping[str, tuple[str, ...]],
    language: str,
    file: str,
    issuer: IssuerNames | None = None,
    faults: list[str] | None = None,
) -> tuple[Matcher, Anaphora]:
    """Compile the patterns of some categories, for one issuer or for none.

    Those that cannot be read are left out, and added to the faults where a file is being loaded.
    """
    parser = _Parser(file, lists, language, issuer, [] if faults is None else faults)
    rules = [rule for category in categories for rule in parser.rules(category)]
    anaphora = Anaphora(
        {
            category.id: tuple(chain(*parser.parsed(category.continued_by, category.id)))
            for category in categories
        }
    )
    matcher = Matcher([*rules, *anaphora.rules], language=language, names=parser.names)
    return matcher, anaphora


class _Parser:
    """Reads the patterns of a file's categories, with the names of an issuer if there is one."""

    def __init__(
        self,
        file: str,
        lists: Mapping[str, tuple[str, ...]],
        language: str,
        issuer: IssuerNames | None,
        faults: list[str],
    ) -> None:
        self._file = file
        self._lists = lists
        self._faults = faults
        self._language = language
        self._issuer = issuer
        self.names = {
            kind: [
                phrase
                for name in getattr(issuer, kind, ())
                for phrase in _with_article(parse_pattern(name, language=language).phrases[0], kind)
            ]
            for kind in KINDS_OF_NAMES
        }

    def rules(self, category: Category) -> Iterator[CategoryPatterns]:
        """Yield the rule of a category, and one for its patterns that yield to all others."""
        ids = self._issuer.ids if self._issuer else ()
        of_issuer = [found for one in ids for found in category.of_issuer.get(one, ())]
        groups = ((*category.include, *of_issuer), category.alone, category.exclude)
        parsed = iter(self.parsed(list(chain(*groups)), category.id))
        include, alone, exclude = (
            tuple(chain.from_iterable(islice(parsed, len(group)))) for group in groups
        )
        for group in category.of_issuer.values():
            self.parsed(group, category.id)  # a fault in those of other issuers is told too
        if (category.relative and self._issuer is None) or not set(ids).isdisjoint(
            category.not_of_issuer
        ):
            return
        rule = CategoryPatterns(
            category.id,
            include,
            exclude,
            yields_to_children=category.yields_to_children,
            capitalised=category.capitalised,
        )
        yield rule
        if alone:
            yield rule._replace(include=alone, alone=True)

    def parsed(self, patterns: Iterable[str], id: str) -> list[list[Pattern]]:
        """Return what each pattern of a category stands for; nothing for one with a fault."""
        where = f"{self._file}, category {id!r}"
        seen: set[tuple[object, ...]] = set()
        parsed: list[list[Pattern]] = []
        for text in patterns:
            parsed.append([])
            try:
                pattern = self._read(text)
            except ValueError as fault:
                self._faults.append(f"{where}: pattern {text!r} {fault}")
                continue
            meaning = (pattern.phrases, pattern.distance)
            if meaning in seen:
                self._faults.append(f"{where}: pattern {text!r} appears twice; delete one")
            else:
                # Of two phrases, those that stand near each other must be of one name.
                near = pattern.distance is not None
                parsed[-1] = pattern.filled(self.names) if near else [pattern]
            seen.add(meaning)
        return parsed

    def _read(self, text: str) -> Pattern:
        """Take a pattern apart; it stays called as the codebook has it."""
        whole = with_lists(text, self._lists)
        pattern = parse_pattern(whole, language=self._language)
        return pattern if whole == text else replace(pattern, text=text)


_ARTICLE = (WordForm("word", "the"),)


def _with_article(phrase: Phrase, kind: str) -> Iterator[Phrase]:
    """Yield a name and, where it may have one, the name with its article."""
    yield phrase
    (form, *_) = phrase[0]
    # "the League", "the SCO", "the Maldives"; but never "the Japan".
    is_a_state = kind in ("outsiders", "members") and len(phrase) == 1 and form.kind == "word"
    if phrase[0] != _ARTICLE and not (is_a_state and not form.value.endswith("s")):
        yield (_ARTICLE, *phrase)


def _faults_of_examples(codebook: Codebook, file: str, *, apart: Container[str]) -> Iterator[str]:
    """Yield the examples that are not hit and the counter-examples that are."""
    for category in codebook:
        if category.id in apart:
            continue
        where = f"{file}, category {category.id!r}"
        for example in category.examples:
            if all(match.category != category.id for match in codebook.matches(example)):
                yield (
                    f"{where}: example {example!r} is not hit; add a pattern that finds it or "
                    "choose another example"
                )
        for example in category.counter_examples:
            for match in codebook.matches(example):
                if match.category == category.id:
                    yield (
                        f"{where}: counter-example {example!r} is hit by pattern "
                        f"{match.pattern!r}; narrow the pattern or exclude the phrase"
                    )
