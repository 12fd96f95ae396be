"""A notebook's parameters, checked before a kernel starts.

papermill takes a misspelt name and a wrong type without a word; the report would then quietly be of
something else.
"""

import ast
import difflib
import io
import json
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError

from sco_research.errors import ParameterError, SourceError
from sco_research.resources import notebooks_folder

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
        """Return the value in its type, or say what is wrong with it."""
        try:
            adapter = TypeAdapter(self.type, config=ConfigDict(strict=True))
            return adapter.validate_python(value)
        except ValidationError:
            raise ParameterError(
                f"{where}, parameter {self.name!r}: {value!r} is not {describe(self.type)}"
            ) from None

    def parse(self, text: str, *, where: str) -> object:
        """Return the value that a word of the command line stands for."""
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


def describe(kind: object) -> str:
    """Return a type in words.

    >>> describe(Literal["section", "paragraph"]), describe(list[str]), describe(int)
    ("one of 'section', 'paragraph'", 'a list of text', 'a whole number')
    """
    if get_origin(kind) is Literal:
        return f"one of {', '.join(repr(choice) for choice in get_args(kind))}"
    if get_origin(kind) is list:
        return f"a list of {describe(get_args(kind)[0]).removeprefix('a ')}"
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
        close = difflib.get_close_matches(str(notebook), known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"it is one of {', '.join(known)}"
        raise SourceError(f"notebook {str(notebook)!r} is unknown; {hint}")
    if not path.is_file():
        raise SourceError(f"{path}: no such notebook; name one that exists, or a bundled one")
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
        found = list(_declared(code))
    except (OSError, ValueError, KeyError, TypeError, SyntaxError) as error:
        raise SourceError(
            f"{notebook}: this is no notebook with readable parameters ({error}); its cell tagged "
            "'parameters' holds lines like name: str = \"value\"  # what it is for"
        ) from None
    return {parameter.name: parameter for parameter in found}


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
    """Tell the package's own notebooks from a user's, by whatever path."""
    return notebook.resolve().parent == notebooks_folder().resolve()


def named_defaults(notebook: Path) -> dict[str, object]:
    """Return the defaults of a notebook of one's own that name files or documents.

    They are as good as given: a report hangs on them, and they travel with its job.
    """
    from sco_research.runs.staleness import known_documents, names_of_files

    if is_bundled(notebook):
        return {}
    named: dict[str, object] = {}
    for name, parameter in parameters_of(notebook).items():
        value = {name: parameter.default}
        if name not in ("document_id", "output_folder") and (
            any(names_of_files(value)) or any(known_documents(value))
        ):
            named |= value
    return named


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
            close = difflib.get_close_matches(name, declared, n=1)
            hint = f"did you mean {close[0]!r}? " if close else ""
            raise ParameterError(
                f"{where}: unknown parameter {name!r}; {hint}it takes {', '.join(declared)}"
            )
        if as_text and isinstance(value, str):
            checked[name] = parameter.parse(value, where=where)
        else:
            checked[name] = parameter.check(value, where=where)
    return checked
