"""The numbers of tables and figures, and the references to them."""

import re

from sco_research.errors import ParameterError

_KINDS = {"tbl": "Table", "fig": "Figure"}
_ID = re.compile(r"(tbl|fig)-[a-z0-9]+(?:-[a-z0-9]+)*")
_REFERENCE = re.compile(r"(?<![\w\\])@((?:tbl|fig)-[a-z0-9]+(?:-[a-z0-9]+)*)")


class Labels:
    """The labels of a report's tables and figures by id, in the order they come.

    Examples
    --------
    >>> labels = Labels()
    >>> labels.number("tbl", "tbl-words")
    'Table 1'
    >>> labels.resolve("See @tbl-words.", strict=True)
    'See [Table 1](#tbl-words).'
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def number(self, kind: str, id: str) -> str:
        """Give an id the next number of its kind, ``tbl`` or ``fig``, and return the label.

        Raises
        ------
        ParameterError
            Where the id is malformed or already taken.
        """
        if not _ID.fullmatch(id) or not id.startswith(kind):
            raise ParameterError(
                f"{_KINDS[kind].lower()} id {id!r}: an id is {kind}- and lower-case words joined "
                "by hyphens; rename it"
            )
        if id in self._known:
            raise ParameterError(f"id {id!r} appears twice in the report; rename one")
        label = f"{_KINDS[kind]} {sum(known.startswith(kind) for known in self._known) + 1}"
        self._known[id] = label
        return label

    def resolve(self, markdown: str, *, strict: bool) -> str:
        """Replace references by labels; while the notebook runs, a later table has none yet.

        Raises
        ------
        ParameterError
            Where a reference has no target and `strict` is set.
        """

        def link(match: re.Match[str]) -> str:
            name = match[1]
            if name in self._known:
                return f"[{self._known[name]}](#{name})"
            if strict:
                known = ", ".join(self._known) or "none"
                raise ParameterError(
                    f"@{name}: the report has no such table or figure; it has {known}"
                )
            return f"the {_KINDS[name[:3]].lower()} below"

        return _REFERENCE.sub(link, markdown)
