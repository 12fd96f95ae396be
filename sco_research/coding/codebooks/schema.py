"""What a codebook file may hold, and the words in which a fault in it is told."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sco_research.errors import CodebookError

ID = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_DEEPEST = 8

_MENDS = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not a field of a codebook; delete it or correct its spelling",
    "too_short": "is empty; write something",
    "string_too_short": "is empty; write something",
    "string_type": "must be text in quotation marks",
    "list_type": "must be a list in square brackets",
    "int_type": "must be a whole number",
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CategoryEntry(_Strict):
    """A ``[[category]]`` of the file."""

    id: Annotated[str, Field(min_length=1)]
    label: Annotated[str, Field(min_length=1)]
    definition: str
    include: Annotated[list[str], Field(min_length=1)]
    alone: list[str] = []
    exclude: list[str] = []
    continued_by: list[str] = []
    yields_to_children: bool = False
    relative: bool = False
    capitalised: bool = False
    not_of_issuer: list[str] = []
    of_issuer: dict[str, list[str]] = {}
    examples: list[str] = []
    counter_examples: list[str] = []
    cap: list[int] = []
    g20: list[str] = []
    attributes: dict[str, str | int | float | bool] = {}


class CodebookFile(_Strict):
    """The whole file."""

    name: str = ""
    title: str = ""
    version: str = ""
    language: str = "en"
    description: str = ""
    sources: list[str] = []
    example_issuer: dict[str, list[str]] = {}
    category: Annotated[list[CategoryEntry], Field(min_length=1)]


def validated(content: Mapping[str, object], file: str) -> CodebookFile:
    """Return the content of a codebook file, or raise with its first fault in plain words."""
    try:
        entry = CodebookFile.model_validate(content)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = _place(content, first["loc"])
        mend = _MENDS.get(first["type"], f"is wrong: {first['msg']}")
        raise CodebookError(f"{file}{place} {mend}") from fault
    for category in entry.category:
        deep = category.id.count(".") >= _DEEPEST
        if deep or not ID.fullmatch(category.id) or category.id != category.id.lower():
            raise CodebookError(
                f"{file}, category {category.id!r}: an id is small letters, digits and "
                "underscores, with dots between parent and child; choose another id"
            )
    name, count = Counter(category.id for category in entry.category).most_common(1)[0]
    if count > 1:
        raise CodebookError(
            f"{file}, category {name!r}: stands {count} times; merge or rename them"
        )
    return entry


def _place(content: Mapping[str, object], location: tuple[int | str, ...]) -> str:
    """Name the place of a fault: ", category 'drugs': field 'label'"."""
    if len(location) < 2 or location[0] != "category":
        return f": field {location[0]!r}" if location else ""
    categories = content["category"]
    number = location[1]
    entry = categories[number] if isinstance(categories, list) and isinstance(number, int) else None
    named = isinstance(entry, Mapping) and isinstance(entry.get("id"), str)
    name = repr(entry["id"]) if named and isinstance(entry, Mapping) else f"no. {int(number) + 1}"
    field = f": field {location[2]!r}" if len(location) > 2 else ""
    return f", category {name}{field}"
