"""Import of dictionaries in quanteda's YAML layout.

Keys are categories, nested as deep as wished; lists hold words, phrases and ``*``/``?`` wildcards.
Where a key holds both words and keys, the words stand in a list beside the nested keys.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping

import yaml

from sco_research.coding.codebooks.schema import CategoryEntry
from sco_research.errors import CodebookError

_DEEPEST = 8
_MAX_PATTERNS = 500_000
_MAX_CATEGORIES = 10_000


class _Loader(yaml.SafeLoader):
    """YAML's safe loader, which would let the second of two equal keys win without a word."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        """Return a mapping; refuse a key that appears twice."""
        keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        twice = [key for key, count in keys.items() if count > 1]
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {twice[0]!r} appears twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def entries_of_yaml(text: str, file: str) -> list[CategoryEntry]:
    """Return the categories of a YAML dictionary.

    Parameters
    ----------
    text : str
        The YAML document.
    file : str
        Its name, for messages.

    Raises
    ------
    CodebookError
        Where it is no YAML, no nesting of keys and lists of words, holds itself, or is empty.

    Examples
    --------
    >>> entries = entries_of_yaml("security: {drugs: [narcotic*, drug trade]}", "own.yml")
    >>> entries[0].id, entries[0].include
    ('security.drugs', ['narcotic*', 'drug trade'])
    """
    try:
        content = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as fault:
        reason = " ".join(str(fault).split()) or "nested too deeply"
        raise CodebookError(f"{file}: no valid YAML ({reason}); mend that place") from fault
    if not isinstance(content, Mapping) or not content:
        raise CodebookError(
            f"{file}: holds no categories; write keys with lists of words, as in 'drugs: [opium]'"
        )
    entries: dict[str, CategoryEntry] = {}
    total = 0
    for labels, patterns in _leaves(content, (), file):
        name = ".".join(_id_of(label, file) for label in labels)
        total += len(patterns)
        # A few aliases of aliases can stand for billions of words.
        if total > _MAX_PATTERNS or len(entries) >= _MAX_CATEGORIES:
            raise CodebookError(
                f"{file}: more than {_MAX_PATTERNS} patterns or {_MAX_CATEGORIES} categories; "
                "divide the file"
            )
        if name in entries:
            raise CodebookError(f"{file}, category {name!r}: appears twice; merge or rename them")
        entries[name] = CategoryEntry(
            id=name, label=labels[-1], definition="", include=list(dict.fromkeys(patterns))
        )
    return list(entries.values())


def _leaves(
    node: object, labels: tuple[str, ...], file: str
) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield each category that has words, with the labels on the way to it."""
    where = f"{file}, category {' > '.join(labels)!r}" if labels else file
    if len(labels) > _DEEPEST:
        raise CodebookError(
            f"{where}: nested more than {_DEEPEST} deep or inside itself; flatten it"
        )
    items = node if isinstance(node, list) else [node]
    words = [item for item in items if not isinstance(item, Mapping)]
    for word in words:
        if isinstance(word, bool) or not isinstance(word, (str, int, float)):
            raise CodebookError(f"{where}: {word!r} is no word; put words in quotation marks")
    if words:
        # quanteda writes the spaces of a compound as underscores; a number is a word all the same.
        yield labels, [str(word).replace("_", " ") for word in words]
    mappings = [item for item in items if isinstance(item, Mapping)]
    if not words and not any(mappings):
        raise CodebookError(f"{where}: has no words; add some or delete it")
    for mapping in mappings:
        for key, value in mapping.items():
            yield from _leaves(value, (*labels, str(key)), file)


def _id_of(label: str, file: str) -> str:
    name = re.sub(r"\W+", "_", label.lower()).strip("_")
    if not name:
        raise CodebookError(f"{file}, category {label!r}: has no letter in it; rename it")
    return name if name[0].isalpha() else f"c_{name}"
