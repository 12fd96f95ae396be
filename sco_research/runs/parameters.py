"""A notebook's parameters: names, types and values, checked before a kernel starts.

papermill accepts a misspelt name and a wrong type without a word, and the report would be of
something else.
"""

import ast
import io
import json
import tokenize
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError

from sco_research.errors import (
    ParameterError,
    SourceError,
    check_letters,
    closest,
    closest_path,
    did_you_mean,
)
from sco_research.loaders import document_id_of, files_in, load_document
from sco_research.resources import notebooks_folder
from sco_research.runs.names import (
    SET_BY_THE_RUN,
    NameKind,
    documents_behind,
    documents_named,
    files_named,
    kind_of,
)
from sco_research.statistics import Bootstrap

_TYPES: dict[str, Any] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "list": list,
    "Literal": Literal,
    "None": None,
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a notebook: its name, its type, its default and what it is for."""

    name: str
    type: Any
    default: object
    help: str

    def check(self, value: object, *, where: str) -> object:
        """Return the value in its type.

        Raises
        ------
        ParameterError
            Where it has another type, is not one of the choices or holds broken letters.
        """
        try:
            adapter = TypeAdapter(self.type, config=ConfigDict(strict=True))
            found = adapter.validate_python(value)
        except ValidationError:
            raise ParameterError(
                f"{where}, parameter {self.name!r}: {value!r} is not {type_in_words(self.type)}"
            ) from None
        check_letters(found, f"{where}, parameter {self.name!r}")
        return found

    def parse(self, text: str, *, where: str) -> object:
        """Return the value that a word of the command line stands for, in the parameter's type.

        Raises
        ------
        ParameterError
            Where it has another type or is not one of the choices.
        """
        if self.type is str or get_origin(self.type) is Literal:
            return self.check(text, where=where)
        try:
            value = json.loads(text)
        except ValueError:
            value = [item.strip() for item in text.split(",")] if _is_list(self.type) else text
        if _is_list(self.type) and not isinstance(value, list):
            value = [text]
        return self.check(value, where=where)


def _is_list(kind: object) -> bool:
    return kind is list or get_origin(kind) is list


def type_in_words(kind: object) -> str:
    """Return a type in words.

    >>> type_in_words(Literal["section", "paragraph"]), type_in_words(list[str]), type_in_words(int)
    ("one of 'section', 'paragraph'", 'a list of text', 'a whole number')
    """
    if get_origin(kind) is Literal:
        return f"one of {', '.join(repr(choice) for choice in get_args(kind))}"
    if get_origin(kind) is list:
        return f"a list of {type_in_words(get_args(kind)[0]).removeprefix('a ')}"
    names: dict[object, str] = {
        str: "text",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        list: "a list",
    }
    return names.get(kind, str(kind))


def find_notebook(notebook: str | Path) -> Path:
    """Return the path of a bundled notebook by name, or of the user's own by path.

    Raises
    ------
    SourceError
        Where there is none.
    """
    path = Path(notebook)
    if path.suffix != ".ipynb":
        known = bundled_notebooks()
        if str(notebook) in known:
            return notebooks_folder() / f"{notebook}.ipynb"
        hint = did_you_mean(closest(str(notebook), known), f"it is one of {', '.join(known)}")
        raise SourceError(f"notebook {str(notebook)!r} is unknown; {hint}")
    if not path.is_file():
        close = closest_path(path, bundled_notebooks())
        hint = did_you_mean(close, "name one that exists, or a bundled one")
        raise SourceError(f"{path}: there is no such notebook; {hint}")
    return path


def bundled_notebooks() -> list[str]:
    """Return the names of the bundled notebooks."""
    return sorted(path.stem for path in notebooks_folder().glob("*.ipynb"))


def parameters_of(notebook: Path) -> dict[str, Parameter]:
    """Return the parameters that a notebook declares in its cell tagged ``parameters``.

    Raises
    ------
    SourceError
        Where the file is no notebook, or its parameters cell is not a list of annotated
        assignments.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
        code = "".join(tagged[0]["source"]) if tagged else ""
        parameters = list(_declared(code))
    except (OSError, ValueError, KeyError, TypeError, SyntaxError) as error:
        raise SourceError(
            f"{notebook}: this is not a notebook with readable parameters ({error}); its cell "
            "tagged 'parameters' holds lines like name: str = \"value\"  # what it is for"
        ) from None
    return {parameter.name: parameter for parameter in parameters}


def _declared(code: str) -> Iterable[Parameter]:
    comments = {
        token.start[0]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(io.StringIO(code).readline)
        if token.type == tokenize.COMMENT
    }
    for node in ast.parse(code).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            kind = _type_of(node.annotation)
            comment = comments.get(node.end_lineno or 0) or comments.get(node.lineno - 1, "")
            yield Parameter(node.target.id, kind, ast.literal_eval(node.value), comment)


def _type_of(annotation: ast.expr) -> Any:  # noqa: ANN401 - a type form has no type of its own yet
    """Return the type that an annotation names, without running anything else."""
    for node in ast.walk(annotation):
        if isinstance(node, ast.Call | ast.Attribute):
            raise ValueError(f"{ast.unparse(annotation)} is no plain type")
    code = compile(ast.Expression(annotation), "<parameters>", "eval")
    return eval(code, {"__builtins__": {}}, dict(_TYPES))


def is_bundled(notebook: Path) -> bool:
    """Return whether a notebook is one of the package's own, by whatever path."""
    return notebook.resolve().parent == notebooks_folder().resolve()


def named_defaults(notebook: Path) -> dict[str, object]:
    """Return the defaults of a user's notebook that name files or documents.

    They count as given: the report depends on them.
    """
    if is_bundled(notebook):
        return {}
    named: dict[str, object] = {}
    for name, parameter in parameters_of(notebook).items():
        value = {name: parameter.default}
        if name not in SET_BY_THE_RUN and (any(files_named(value)) or any(documents_named(value))):
            named |= value
    return named


def unknown_parameter(name: str, declared: Iterable[str], notebook: Path) -> str:
    """Return the message on a name that a notebook does not declare, and how to correct it."""
    takes = [item for item in declared if item not in SET_BY_THE_RUN]
    near = closest(name, takes)
    hint = f"did you mean {near!r}? " if near else ""
    return (
        f"notebook {notebook.stem!r}: unknown parameter {name!r}; {hint}it takes {', '.join(takes)}"
    )


def check_parameters(
    notebook: Path, given: Mapping[str, object], *, as_text: bool = False
) -> dict[str, object]:
    """Check names, types and choices of what a run is given against what its notebook declares.

    Parameters
    ----------
    notebook : Path
        The notebook.
    given : mapping of str to object
        Values by name.
    as_text : bool
        The values are words of the command line, to be read in the parameter's type.

    Returns
    -------
    dict
        The values in their types, those given only.

    Raises
    ------
    ParameterError
        Where a name, a type or a choice is wrong; the message names the valid ones.
    """
    declared = parameters_of(notebook)
    where = f"notebook {notebook.stem!r}"
    checked: dict[str, object] = {}
    for name, value in given.items():
        parameter = declared.get(name)
        if parameter is None:
            raise ParameterError(unknown_parameter(name, declared, notebook))
        if as_text and isinstance(value, str):
            checked[name] = parameter.parse(value, where=where)
        else:
            checked[name] = parameter.check(value, where=where)
    return checked


Values = Mapping[str, object]
ValueCheck = Callable[[Any, Values], None]
"""Raises an error that says how to correct a value that its parameter cannot have; the second
argument holds the job's other values."""


def _at_least(min_value: int, value: int, _: Values) -> None:
    if value < min_value:
        raise ParameterError(f"{value}: give {min_value} or more")


def _similarity(value: float, _: Values) -> None:
    if not 0 < value <= 1:
        raise ParameterError(f"{value:g}: give one above 0, up to 1")


def _resamples(value: int, _: Values) -> None:
    Bootstrap(resamples=value)


def _confidence(value: float, _: Values) -> None:
    Bootstrap(confidence=value)


def _formula(value: str, _: Values) -> None:
    from sco_research.metrics.curves import readability_curve

    readability_curve([], metric=value)


def _organization(value: str, _: Values) -> None:
    from sco_research.organizations.issuer import profiles_named

    if value != "auto":
        profiles_named(value)


def _binding(value: str, values: Values) -> None:
    from sco_research.coding.commitments.binding import load_scheme

    # A fault in the file is reported for the file.
    if not values.get("scheme_file"):
        load_scheme(value)


def _scheme(value: str, _: Values) -> None:
    from sco_research.coding.commitments.binding import load_scheme

    if value:
        load_scheme("g20rg", value)


def _folder(value: str, _: Values) -> None:
    if value and kind_of(value) is not NameKind.FOLDER:
        raise ParameterError(f"{value}: there is no such folder; name the one with the coding")


def _codebook(value: object, _: Values) -> None:
    from sco_research.coding.codebooks.loading import load_codebook

    # In a user's notebook it may be anything.
    if isinstance(value, str):
        load_codebook(value)


def _others(value: object, _: Values) -> None:
    """Look for a document that a report is compared with; the user's own files are read later."""
    if not isinstance(value, str):
        return
    if not value.strip():
        raise ParameterError("an empty name; delete the extra comma, or name a document")
    kind = kind_of(value)
    if kind.is_known:
        load_document(value)
        return
    behind = documents_behind(value)
    if kind is NameKind.FOLDER:
        files_in(Path(value))
    elif not behind:
        document_id_of(value)
    for item in behind:
        if isinstance(item, str):
            load_document(item)


def _template(value: str, _: Values) -> None:
    from sco_research.reports.prose import Prose

    if value:
        Prose(None, value)


def _word(value: str, _: Values) -> None:
    from sco_research.text.concordance import WordPattern

    WordPattern.of(value)


VALUE_CHECKS: Mapping[str, ValueCheck] = {
    "actors": _codebook,
    "binding_scheme": _binding,
    "codebook": _codebook,
    "confidence": _confidence,
    "curve": _formula,
    "formula_words": partial(_at_least, 2),
    "organization": _organization,
    "others": _others,
    "reference_folder": _folder,
    "resamples": _resamples,
    "scheme_file": _scheme,
    "seed": partial(_at_least, 0),
    "template_file": _template,
    "threshold": _similarity,
    "window": partial(_at_least, 0),
    "words": _word,
}
"""The check of a value, by the name of its parameter."""
IN_ANY_NOTEBOOK = ("codebook", "others")
"""The parameters that mean the same in a user's notebook as in a bundled one."""
