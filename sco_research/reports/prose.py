"""A report's sentences: a template of Markdown, filled with facts.

A topic's facts are one typed value; its sentences are in a template, ``text.md``, with one block
a passage. Templates are a small language that always ends: text, the fields of the facts, filters,
``if``, and one level of ``for`` over a field. What a fact holds is put out as the characters it
is, so that a word of a document never becomes Markdown.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeVisitor
from markupsafe import Markup

from sco_research.errors import ParameterError, SourceError
from sco_research.reports.markdown import MINUS, NOTHING, escape
from sco_research.resources import file_text

MAX_TEMPLATE_BYTES: Final = 200_000
MAX_BLOCK_CHARACTERS: Final = 100_000
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IRREGULAR = {"analysis": "analyses", "basis": "bases", "person": "people"}
# What a template may hold; all else, such as calls, arithmetic or imports, is refused.
_ALLOWED = (
    nodes.Template,
    nodes.Block,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Keyword,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Test,
    nodes.Neg,
    nodes.List,
    nodes.Tuple,
)
_TESTS = frozenset({"none", "defined", "odd", "even", "eq", "ne", "gt", "ge", "lt", "le", "in"})


def plural(noun: str) -> str:
    """Return an English noun's plural; the last word of a phrase takes it.

    >>> plural("sentence"), plural("category"), plural("strict undertaking"), plural("analysis")
    ('sentences', 'categories', 'strict undertakings', 'analyses')
    """
    head, space, last = noun.rpartition(" ")
    if last in _IRREGULAR:
        made = _IRREGULAR[last]
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        made = f"{last[:-1]}ies"
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        made = f"{last}es"
    else:
        made = f"{last}s"
    return f"{head}{space}{made}"


def counted_noun(number: float, noun: str = "", *, words: bool = False) -> Markup:
    """Return a number with its noun, in words up to ten where asked.

    >>> print(counted_noun(1, "sentence"), "|", counted_noun(12_000, "word"))
    1 sentence | 12,000 words
    >>> print(counted_noun(0, "theme", words=True))
    no themes
    """
    whole = int(number)
    said = _WORDS[whole] if words and 0 <= whole < len(_WORDS) else f"{whole:,}"
    named = noun if whole == 1 else plural(noun) if noun else ""
    return Markup(f"{said} {named}".strip())


def decimals(number: float | None, digits: int = 1) -> Markup:
    """Return a number with that many decimals; a dash where it is missing.

    >>> print(decimals(2.345, 2), decimals(None), decimals(1.0))
    2.35 – 1.0
    """
    if number is None or math.isnan(number):
        return Markup(NOTHING)
    return Markup(f"{number:,.{digits}f}".replace("-", MINUS))


def percent(share: float | None, digits: int = 0) -> Markup:
    """Return a share, from 0 to 1, as a percentage; never 0 % or 100 % for what is neither.

    >>> print(percent(0.128), "|", percent(0.9991), "|", percent(0.001), "|", percent(1.0))
    13 % | over 99 % | under 1 % | 100 %
    """
    if share is None or math.isnan(share):
        return Markup(NOTHING)
    smallest = 10**-digits
    if share > 0 and round(100 * share, digits) <= 0:
        return Markup(f"under {smallest:g} %")
    if share < 1 and round(100 * share, digits) >= 100:
        return Markup(f"over {100 - smallest:g} %")
    return Markup(f"{100 * share:.{digits}f} %")


class HasEnds(Protocol):
    """A value with an interval."""

    @property
    def low(self) -> float | None:
        """The lower end."""

    @property
    def high(self) -> float | None:
        """The upper end."""


def interval(value: HasEnds, digits: int = 1) -> Markup:
    """Return the ends of a value's interval; a dash where it has none.

    >>> from types import SimpleNamespace
    >>> print(interval(SimpleNamespace(low=10.04, high=16.2)))
    10.0 to 16.2
    """
    low, high = value.low, value.high
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return Markup(NOTHING)
    return Markup(f"{decimals(low, digits)} to {decimals(high, digits)}")


class HasValue(HasEnds, Protocol):
    """A value that may have an interval."""

    @property
    def value(self) -> float | None:
        """The value."""


def estimate(value: HasValue, digits: int = 2) -> Markup:
    """Return a value with its interval in brackets; without brackets where it has none.

    >>> from types import SimpleNamespace
    >>> print(estimate(SimpleNamespace(value=0.9, low=0.86, high=0.934)))
    0.90 (0.86 to 0.93)
    >>> print(estimate(SimpleNamespace(value=1.0, low=None, high=None)))
    1.00
    """
    ends = interval(value, digits)
    return Markup(decimals(value.value, digits) + ("" if ends == NOTHING else f" ({ends})"))


def listed(items: Iterable[object], joined: str = "and", *, max_items: int = 0) -> Markup:
    """Return names as a list in a sentence, each once.

    >>> print(listed(["drugs"]), "|", listed(["drugs", "trade"]), "|", listed("abc"))
    drugs | drugs and trade | a, b and c
    >>> print(listed(["a", "b", "c", "d"], max_items=2))
    a, b and 2 others
    """
    # A place that is meant twice is named once.
    names = list(dict.fromkeys(finalize(item) for item in items))
    if max_items and len(names) > max_items + 1:
        rest = len(names) - max_items
        names = [*names[:max_items], f"{rest} others"]
    if len(names) < 2:
        return Markup("".join(names))
    return Markup(f"{', '.join(names[:-1])} {joined} {names[-1]}")


def quoted(items: str | Iterable[object]) -> Markup | list[Markup]:
    """Return a name in quotation marks, or each of several: names that hold commas stay apart.

    >>> print(quoted("Drugs"), "|", listed(quoted(["Drugs", "Economy, trade and finance"])))
    “Drugs” | “Drugs” and “Economy, trade and finance”
    """
    if isinstance(items, str):
        return Markup(f"“{finalize(items)}”")
    return [Markup(f"“{finalize(item)}”") for item in items]


def segment_link(segment_id: str, text: str = "") -> Markup:
    """Return a link to a sentence or paragraph of the report's document.

    >>> print(segment_link("n:p2.s1"), segment_link("n:p2.s1", "that sentence"))
    [¶ 2, sentence 1](#p2.s1) [that sentence](#p2.s1)
    """
    from sco_research.text.segments import anchor_label

    anchor = str(segment_id).rpartition(":")[2]
    return Markup(f"[{escape(text or anchor_label(str(segment_id)))}](#{anchor})")


def finalize(value: object) -> str:
    """Return a value as Markdown that prints it as it is; a filter's own Markdown stays."""
    if isinstance(value, Markup):
        return str(value)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return escape(str(value))


# Before a number that no filter has put out; no text may hold this character.
_BARE = "\ufdd0"
_COUNTED = (
    "booster|case|category|clause|coder|column|commitment|document|expression|figure|hedge|hit|"
    "interval|item|mention|model|page|pair|paragraph|participle|passive|phrase|question|row|"
    "section|sentence|set|source|table|text|theme|time|undertaking|unit|value|word|year"
)
_PLURALS = "|".join(sorted(map(plural, _COUNTED.split("|"))))
_NO_NOUN = "of|in|the|these|those|and|or|by|to|for|on|is|has|have|are|was|were|with|from|at|as"
_MISCOUNTED = re.compile(
    rf"{_BARE}[\d,]+\s+(?:(?!(?:{_NO_NOUN})\b)[a-z-]+\s+){{0,2}}?(?:{_PLURALS})\b"
)
_HTML = re.compile(r"<(?!https?:|mailto:)[/!?a-zA-Z][^>\n]*>?")


def _output(value: object) -> str:
    """Return a value as it is put out; a number without a filter is marked.

    Raises
    ------
    ValueError
        Where a number with decimals has no filter that says how many.
    """
    if isinstance(value, float) and not math.isnan(value):
        raise ValueError(
            f"the number {value!r} has no filter; write decimals, percent or count after it"
        )
    number = isinstance(value, int) and not isinstance(value, bool)
    return (_BARE if number else "") + finalize(value)


def _counted(text: str) -> str:
    """Return filled text without the marks.

    Raises
    ------
    ValueError
        Where a bare number stands before a noun in the plural, which one would make wrong.
    """
    wrong = _MISCOUNTED.search(text)
    if wrong:
        said = " ".join(wrong[0].removeprefix(_BARE).split())
        raise ValueError(
            f"“{said}” counts without the filter that makes one of them singular; "
            'write {{ number | count("noun") }}'
        )
    return text.replace(_BARE, "")


def capitalized(text: object) -> Markup:
    """Return text with its first letter as a capital: what begins a sentence.

    >>> print(capitalized("no theme"))
    No theme
    """
    said = finalize(text)
    return Markup(said[:1].upper() + said[1:])


FILTERS: Mapping[str, Callable[..., object]] = {
    "capitalized": capitalized,
    "count": counted_noun,
    "decimals": decimals,
    "estimate": estimate,
    "first": lambda items: next(iter(items)),
    "interval": interval,
    "length": len,
    "link": segment_link,
    "listed": listed,
    "percent": percent,
    "plural": plural,
    "quoted": quoted,
}


class Prose:
    """The sentences of a topic, filled with its facts.

    Parameters
    ----------
    facts : object
        The topic's facts: a frozen dataclass; the template calls it ``f``.
    template : str or Path
        The file of the template.

    Raises
    ------
    SourceError
        Where the file cannot be read.
    ParameterError
        Where the template is no such template; file, line and the mend are named.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Facts:
    ...     sentences: int
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "text.md"
    ...     _ = file.write_text("{% block abstract %}It has {{ f.sentences | count('sentence') }}."
    ...                         "{% endblock %}")
    ...     print(Prose(Facts(51), file)["abstract"])
    It has 51 sentences.
    """

    def __init__(self, facts: object, template: str | Path) -> None:
        self.facts = facts
        self.path = Path(template)
        self._template = _compiled(self.path, _read(self.path))

    @property
    def names(self) -> tuple[str, ...]:
        """The passages that the template has."""
        return tuple(self._template.blocks)

    def __contains__(self, name: object) -> bool:
        return name in self._template.blocks

    def __getitem__(self, name: str) -> str:
        """Return a passage as Markdown.

        Raises
        ------
        ParameterError
            Where the template has no such block, or names a fact that there is not.
        """
        if name not in self._template.blocks:
            raise ParameterError(
                f"{self.path}: the template has no block {name!r}; it has "
                f"{', '.join(self.names) or 'none'}"
            )
        context = self._template.new_context({"f": self.facts})
        parts, length = [], 0
        try:
            for part in self._template.blocks[name](context):
                parts.append(part)
                length += len(part)
                if length > MAX_BLOCK_CHARACTERS:
                    raise ParameterError(
                        f"{self.path}, block {name!r}: it fills more than "
                        f"{MAX_BLOCK_CHARACTERS:,} characters; shorten it"
                    )
            return _MANY_BLANK.sub("\n\n", _counted("".join(parts))).strip()
        except UndefinedError as error:
            raise ParameterError(
                f"{self.path}, block {name!r}: {error.message}; the facts are "
                f"{', '.join(_fields(self.facts))}"
            ) from None
        except (TemplateError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
            raise ParameterError(f"{self.path}, block {name!r}: {error}") from None


def _fields(facts: object) -> list[str]:
    names = getattr(type(facts), "__dataclass_fields__", None)
    return sorted(names) if names else sorted(vars(facts))


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_TEMPLATE_BYTES:
            raise ParameterError(
                f"{path}: a template has at most {MAX_TEMPLATE_BYTES:,} bytes; shorten it"
            )
        return file_text(path)
    except UnicodeDecodeError:
        raise SourceError(f"{path}: the template is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise SourceError(
            f"{path}: the template cannot be read ({error.strerror}); check its path"
        ) from None


class _Checker(NodeVisitor):
    """Refuse what a template may not hold."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.loops = 0

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - jinja's own signature
        if not isinstance(node, _ALLOWED):
            kind = type(node).__name__.lower()
            raise ParameterError(
                f"{self.path}, line {node.lineno}: a template holds text, facts, filters, if and "
                f"for; take out the {kind}"
            )
        super().generic_visit(node, *args, **kwargs)

    def visit_TemplateData(self, node: nodes.TemplateData) -> None:  # noqa: N802 - jinja looks for this name
        html = _HTML.search(node.data)
        if html:
            line = node.lineno + node.data.count("\n", 0, html.start())
            raise ParameterError(
                f"{self.path}, line {line}: a template is Markdown; take out the HTML {html[0]!r}"
            )

    def visit_For(self, node: nodes.For) -> None:  # noqa: N802 - jinja looks for this name
        if self.loops or not isinstance(node.iter, nodes.Getattr | nodes.Getitem | nodes.Name):
            raise ParameterError(
                f"{self.path}, line {node.lineno}: a loop goes over one field of the facts and "
                "holds no other loop"
            )
        self.loops += 1
        self.generic_visit(node)
        self.loops -= 1

    def visit_Filter(self, node: nodes.Filter) -> None:  # noqa: N802 - jinja looks for this name
        if node.name not in FILTERS:
            raise ParameterError(
                f"{self.path}, line {node.lineno}: there is no filter {node.name!r}; there are "
                f"{', '.join(FILTERS)}"
            )
        self.generic_visit(node)

    def visit_Test(self, node: nodes.Test) -> None:  # noqa: N802 - jinja looks for this name
        if node.name not in _TESTS:
            raise ParameterError(
                f"{self.path}, line {node.lineno}: there is no test {node.name!r}; there are "
                f"{', '.join(sorted(_TESTS))}"
            )
        self.generic_visit(node)


_MANY_BLANK = re.compile(r"\n{3,}")
# A tag, and the end of a line's last one, unless it says itself what becomes of the line's end.
_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}")
_LAST_TAG = re.compile(r"(?<![-+])\s*%\}(?=\r?\n?$)")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        finalize=_output,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.globals.clear()
    environment.filters = dict(FILTERS)
    return environment


def _with_ends(text: str) -> str:
    r"""Return a template in which a line of text that ends with a tag keeps its end.

    The end of a line that holds tags alone is dropped, so that it leaves no blank line. The end of
    a line of text is the space before the next sentence.

    >>> _with_ends("{% if f.a %}\nThey met{% if f.b %} again{% endif %}\nThey left.\n{% endif %}\n")
    '{% if f.a %}\nThey met{% if f.b %} again{% endif +%}\nThey left.\n{% endif %}\n'
    """
    return "".join(
        _LAST_TAG.sub(" +%}", line) if _TAG.sub("", line).strip() else line
        for line in text.splitlines(keepends=True)
    )


@lru_cache(maxsize=16)
def _compiled(path: Path, text: str) -> Any:  # noqa: ANN401 - jinja gives Any
    """Check and compile a template; keyed by its text, so that an edited one is read anew."""
    environment = _environment()
    try:
        parsed = environment.parse(_with_ends(text))
    except TemplateSyntaxError as error:
        raise ParameterError(f"{path}, line {error.lineno}: {error.message}") from None
    except RecursionError:
        raise ParameterError(f"{path}: the template is nested too deep; flatten it") from None
    _Checker(path).visit(parsed)
    return environment.from_string(parsed)
