"""What a codebook file may hold, and the words in which a fault in it is reported."""

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from sco_research.errors import closest

ID = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_WORD = re.compile(r"^[^\s|@{}]+$")
_DEEPEST = 8

_MENDS = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not a field of a codebook; delete it or correct its spelling",
    "too_short": "is empty; write something",
    "string_too_short": "is empty; write something",
    "string_type": "must be text in quotation marks",
    "list_type": "must be a list in square brackets",
    "int_type": "must be a whole number",
    "string_pattern_mismatch": "must be one word of a pattern, without a blank, '|', '@' or braces",
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


_Word = Annotated[str, Field(pattern=_WORD.pattern)]


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
    lists: dict[str, Annotated[list[_Word], Field(min_length=1)]] = {}
    category: Annotated[list[CategoryEntry], Field(min_length=1)]


_FIELDS = (*CodebookFile.model_fields, *CategoryEntry.model_fields)


def validated(content: Mapping[str, object], file: str, faults: list[str]) -> CodebookFile:
    """Return the content of a codebook file; what is at fault is left out and added to the list."""
    try:
        entry = CodebookFile.model_validate(content)
    except ValidationError as found:
        errors = found.errors(include_url=False)
        meant = {(*fault["loc"][:-1], _meant(fault)) for fault in errors}
        # Of a misspelt field it is enough to say which is meant.
        faults += [
            _said(content, fault, file)
            for fault in errors
            if fault["type"] != "missing" or fault["loc"] not in meant
        ]
        entry = _sound_part(content)
    for category in entry.category:
        deep = category.id.count(".") >= _DEEPEST
        if deep or not ID.fullmatch(category.id) or category.id != category.id.lower():
            faults.append(
                f"{file}, category {category.id!r}: an id is small letters, digits and "
                "underscores, with dots between parent and child; choose another id"
            )
    for name, count in Counter(category.id for category in entry.category).items():
        if count > 1:
            faults.append(f"{file}, category {name!r}: stands {count} times; merge or rename them")
    return entry


def _said(content: Mapping[str, object], fault: ErrorDetails, file: str) -> str:
    mend = _MENDS.get(fault["type"], f"is wrong: {fault['msg']}")
    if meant := _meant(fault):
        mend = f"is not a field of a codebook; did you mean {meant!r}?"
    return f"{file}{_place(content, fault['loc'])} {mend}"


def _meant(fault: ErrorDetails) -> str | None:
    """Return the field that a misspelt one seems to mean."""
    is_unknown = fault["type"] == "extra_forbidden"
    return closest(str(fault["loc"][-1]), _FIELDS) if is_unknown else None


def _sound_part(content: Mapping[str, object]) -> CodebookFile:
    """Return the categories that are as they should be, whose patterns can be looked at as well."""
    sound = []
    listed = content.get("category")
    for item in listed if isinstance(listed, list) else []:
        with suppress(ValidationError):
            sound.append(CategoryEntry.model_validate(item))
    language = content.get("language", "en")
    lists = content.get("lists")
    known = lists.items() if isinstance(lists, Mapping) else ()
    return CodebookFile.model_construct(
        language=language if isinstance(language, str) else "en",
        # What is wrong in a list is told already; that patterns ask for it is no fault of theirs.
        lists={
            name: [word for word in words if isinstance(word, str) and _WORD.fullmatch(word)]
            for name, words in known
            if isinstance(words, list)
        },
        category=sound,
    )


def _place(content: Mapping[str, object], location: tuple[int | str, ...]) -> str:
    """Name the place of a fault: ", category 'drugs': field 'label'"."""
    if len(location) > 1 and location[0] == "lists":
        word = f", word {int(location[2]) + 1}" if len(location) > 2 else ""
        return f", list {location[1]!r}{word}"
    if len(location) < 2 or location[0] != "category":
        return f": field {location[0]!r}" if location else ""
    categories = content["category"]
    number = location[1]
    entry = categories[number] if isinstance(categories, list) and isinstance(number, int) else None
    named = isinstance(entry, Mapping) and isinstance(entry.get("id"), str)
    name = repr(entry["id"]) if named and isinstance(entry, Mapping) else f"no. {int(number) + 1}"
    field = f": field {location[2]!r}" if len(location) > 2 else ""
    return f", category {name}{field}"
