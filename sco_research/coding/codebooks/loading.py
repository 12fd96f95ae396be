"""Codebooks: categories with definitions and patterns, read from data and checked in full.

A codebook is a TOML file. At its top stand ``name``, ``title``, ``version``, ``language`` (of the
patterns), ``description`` and ``sources``; each ``[[category]]`` has

- ``id``: words of small letters, digits and underscores, nested by dots (``security.drugs``);
- ``label`` and ``definition``: what a reader sees;
- ``include`` and ``exclude``: patterns in the language of `patterns`;
- ``continued_by``: patterns such as "this country", which count only in later sentences of a
  paragraph, for the category that the paragraph's last sentence with any such category had;
- ``yields_to_children``: true where the category counts only in sentences without a match of a
  category below it ("security" where no threat is named);
- ``examples`` and ``counter_examples``: sentences that must hit and must not, checked at loading;
- ``cap`` and ``g20``: the Comparative Agendas Project's major topics and the G20's issue areas;
- ``attributes``: a table of the codebook's own, such as ``strength = 2``.
"""

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from sco_research.coding.codebooks.categories import Category, Codebook
from sco_research.coding.codebooks.matching import Anaphora, CategoryPatterns, Matcher
from sco_research.coding.codebooks.patterns import Pattern, parse_pattern
from sco_research.coding.codebooks.schema import CategoryEntry, CodebookFile, validated
from sco_research.errors import CodebookError
from sco_research.resources import data_path

__all__ = ["Category", "Codebook", "codebook_names", "load_codebook"]


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
    """Return the file of a bundled name or a path; a file of the user's own comes first."""
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
        from sco_research.coding.codebooks.dictionaries import entries_of_yaml

        entry = CodebookFile(name=stem, category=entries_of_yaml(text, file))
    else:
        try:
            entry = validated(tomllib.loads(text), file)
        except tomllib.TOMLDecodeError as fault:
            raise CodebookError(f"{file}: no valid TOML ({fault}); mend that place") from fault
    return _compiled(entry, file, stem, digest)


def _compiled(entry: CodebookFile, file: str, stem: str, digest: str) -> Codebook:
    rules = [_rules(category, file, entry.language) for category in entry.category]
    anaphora = Anaphora(
        {
            category.id: _parsed(category.continued_by, category.id, file, entry.language)
            for category in entry.category
        }
    )
    codebook = Codebook(
        name=entry.name or stem,
        version=entry.version,
        title=entry.title or entry.name or stem,
        description=entry.description,
        language=entry.language,
        categories=tuple(_category(category) for category in entry.category),
        sha256=digest,
        sources=tuple(entry.sources),
        _matcher=Matcher([*rules, *anaphora.rules], language=entry.language),
        _anaphora=anaphora,
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
        continued_by=tuple(entry.continued_by),
        yields_to_children=entry.yields_to_children,
        examples=tuple(entry.examples),
        counter_examples=tuple(entry.counter_examples),
        cap=tuple(entry.cap),
        g20=tuple(entry.g20),
        attributes=MappingProxyType(dict(entry.attributes)),
    )


def _rules(category: CategoryEntry, file: str, language: str) -> CategoryPatterns:
    both = [*category.include, *category.exclude]
    parsed = _parsed(both, category.id, file, language)
    included = len(category.include)
    return CategoryPatterns(
        category.id, parsed[:included], parsed[included:], category.yields_to_children
    )


def _parsed(patterns: list[str], id: str, file: str, language: str) -> tuple[Pattern, ...]:
    where = f"{file}, category {id!r}"
    seen: set[tuple[object, ...]] = set()
    parsed: list[Pattern] = []
    for text in patterns:
        try:
            pattern = parse_pattern(text, language=language)
        except ValueError as fault:
            raise CodebookError(f"{where}: pattern {text!r} {fault}") from fault
        meaning = (pattern.phrases, pattern.distance)
        if meaning in seen:
            raise CodebookError(f"{where}: pattern {text!r} appears twice; delete one")
        seen.add(meaning)
        parsed.append(pattern)
    return tuple(parsed)


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
