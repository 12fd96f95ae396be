"""Words that point back: "this country" in a sentence after one on Iran is about Iran too.

Categories with the same list of such words form a family. In a paragraph, a sentence that has no
match of a family's categories but one of its words takes the categories of the last sentence that
had any; the words that point back are the evidence.
"""

from collections.abc import Mapping, Sequence

from sco_research.coding.codebooks.matching import Match, Rules
from sco_research.coding.codebooks.patterns import Pattern

# No id of a category begins so.
_MARK = "~"


class Anaphora:
    """The families of a codebook.

    Parameters
    ----------
    patterns : mapping
        For each category id the patterns of its words that point back.
    """

    __slots__ = ("_family", "rules")

    def __init__(self, patterns: Mapping[str, tuple[Pattern, ...]]) -> None:
        families = list(dict.fromkeys(found for found in patterns.values() if found))
        names = {family: f"{_MARK}{number}" for number, family in enumerate(families)}
        self._family = {name: names[found] for name, found in patterns.items() if found}
        self.rules = tuple(Rules(names[family], family, ()) for family in families)

    def resolved(self, paragraph: Sequence[list[Match]]) -> list[list[Match]]:
        """Return the matches of a paragraph's sentences with the words that point back resolved."""
        # Most paragraphs have nothing to resolve.
        if not any(match[0].startswith(_MARK) for matches in paragraph for match in matches):
            return list(paragraph)
        last: dict[str, list[str]] = {}
        result = []
        for matches in paragraph:
            own: dict[str, list[str]] = {}
            for match in matches:
                family = self._family.get(match.category)
                if family is not None and match.category not in own.setdefault(family, []):
                    own[family].append(match.category)
            kept = []
            for match in matches:
                if not match.category.startswith(_MARK):
                    kept.append(match)
                elif match.category not in own:
                    kept += [match._replace(category=name) for name in last.get(match.category, ())]
            last.update(own)
            result.append(kept)
        return result
