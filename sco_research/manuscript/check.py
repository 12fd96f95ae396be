"""The numbers of a manuscript compared with those of the reports that it cites."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sco_research.errors import SourceError, closest
from sco_research.manuscript.citing import Cited, read_manuscript
from sco_research.manuscript.written import Written, WrittenNumber
from sco_research.reports.provenance import FILE_NAME
from sco_research.reports.values import JSON_FILE, Value, parse_values, shown

# "A third" is said of what is near it.
_NEAR = 0.03
_TINY = 1e-9
_MORE = frozenset({"over", "more than", "at least"})
_LESS = frozenset({"under", "less than", "fewer than", "nearly", "almost"})


class FindingKind(StrEnum):
    """What is wrong with a number."""

    UNKNOWN = "unknown id"
    MISSING = "no number"
    ROUNDING = "rounding"
    PERCENT = "percent and share"
    RANGE = "range"
    WORDS = "number in words"
    SWAPPED = "swapped ids"
    DIFFERENT = "another number"


@dataclass(frozen=True, slots=True)
class Finding:
    """A number of a manuscript that is not the report's.

    Attributes
    ----------
    place : str
        Where it is.
    id : str
        The id that it cites.
    kind : FindingKind
        What is wrong.
    written : str
        What the manuscript says.
    expected : str
        What the report says, or the mend.
    """

    place: str
    id: str
    kind: FindingKind
    written: str
    expected: str

    def __str__(self) -> str:
        """Return where, what and the mend, in a line."""
        said = f"“{self.written}”, " if self.written else ""
        return f"{self.place}, {self.id}: {self.kind}: {said}{self.expected}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A manuscript that was checked.

    Attributes
    ----------
    numbers : int
        Numbers that cite an id.
    findings : tuple of Finding
        Those that differ.
    """

    numbers: int
    findings: tuple[Finding, ...]


def load_values(folders: Iterable[Path]) -> dict[str, Value]:
    """Return the values of all reports in folders, by id.

    Raises
    ------
    SourceError
        Where there is none, where a file is no such file or not the one that its report wrote, or
        where two reports give one id different numbers.
    """
    found: dict[str, Value] = {}
    for folder in folders:
        files = sorted(
            path
            for path in folder.rglob(JSON_FILE)
            if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        )
        if not files:
            raise SourceError(
                f"{folder}: there is no {JSON_FILE} of a report here; make the report first, or "
                "name its folder with --reports"
            )
        for path in files:
            for value in _read(path):
                if value != found.setdefault(value.id, value):
                    raise SourceError(
                        f"{path}: {value.id} has another value than in another report here; name "
                        "the one report that the paper cites with --reports"
                    )
    return found


def _read(path: Path) -> list[Value]:
    try:
        data = path.read_bytes()
        values = parse_values(data.decode("utf-8"))
        outputs = json.loads((path.parent / FILE_NAME).read_text(encoding="utf-8"))["outputs"]
        written = outputs[JSON_FILE]
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = getattr(error, "strerror", "") or error
        raise SourceError(f"{path}: cannot be read ({reason}); make the report again") from None
    if hashlib.sha256(data).hexdigest() != written:
        raise SourceError(f"{path}: it is not as the report wrote it; make the report again")
    return values


def check(path: Path, values: Mapping[str, Value]) -> Checked:
    """Compare the numbers of a manuscript that cite an id with the reports' values.

    Parameters
    ----------
    path : pathlib.Path
        The manuscript: ``.docx``, ``.tex`` or ``.md``.
    values : mapping of str to Value
        As from `load_values`.

    Returns
    -------
    Checked
        What differs, each with its kind; a number that is rounded correctly does not differ.
    """
    cited = read_manuscript(path)
    findings, wrong = [], []
    for one in cited:
        value, problem = _find(one.id, values)
        if value is None:
            findings.append(Finding(one.place, one.id, FindingKind.UNKNOWN, "", problem))
        elif one.printed:
            continue
        elif one.written is None:
            mend = f"write the number before it, {value.shown}, or take the id out"
            findings.append(Finding(one.place, one.id, FindingKind.MISSING, "", mend))
        elif (kind := compare(one.written, value)) is not None:
            wrong.append((one, value, kind))
    findings += _with_swaps(wrong)
    order = {id(one): place for place, one in enumerate(cited)}
    places = {(one.place, one.id): order[id(one)] for one in reversed(cited)}
    findings.sort(key=lambda finding: places.get((finding.place, finding.id), 0))
    return Checked(len(cited), tuple(findings))


def _find(id: str, values: Mapping[str, Value]) -> tuple[Value | None, str]:
    """Return the value of an id, whole or without what all reports share; else the mend."""
    stem, _, end = id.rpartition(".")
    for name in (id, *([stem] if end in ("low", "high") else [])):
        found = values.get(name)
        alike = [found] if found else [
            value for key, value in values.items() if key.endswith(f":{name}")
        ]  # fmt: skip
        if len(alike) > 1:
            return None, f"several reports have it; write {alike[0].id} or another in full"
        if alike and name == id:
            return alike[0], ""
        if alike:
            number = alike[0].low if end == "low" else alike[0].high
            if number is not None:
                return replace(alike[0], id=id, value=number, low=None, high=None), ""
    near = closest(id, values) or closest(id, (key.partition(":")[2] for key in values))
    return None, f"no report has it; {f'did you mean {near}?' if near else 'see values.json'}"


_Wrong = tuple[Cited, Value, FindingKind]


def _with_swaps(wrong: Sequence[_Wrong]) -> list[Finding]:
    """Return the findings; two numbers of which each is the other's are swapped ids."""
    findings = []
    for one, value, kind in wrong:
        assert one.written is not None
        other = next(
            (
                another
                for another, of_another, _ in wrong
                if another.written is not None
                and of_another.id != value.id
                and compare(one.written, of_another) is None
                and compare(another.written, value) is None
            ),
            None,
        )
        if other is not None:
            kind = FindingKind.SWAPPED
            expected = f"this is the number of {other.id} ({other.place}), and that this one's"
        else:
            expected = f"the report has {_as_reported(value)}"
        findings.append(Finding(one.place, one.id, kind, one.written.text, expected))
    return findings


def _as_reported(value: Value) -> str:
    interval = ""
    if value.low is not None and value.high is not None:
        interval = f" ({shown(value.low, value.unit)} to {shown(value.high, value.unit)})"
    percent = f", {100 * value.value:.1f} %" if value.unit == "share" else ""
    return f"{value.shown}{' %' if value.unit == 'percent' else ''}{interval}{percent}"


def compare(written: Written, value: Value) -> FindingKind | None:
    """Return what is wrong with a number as written; None where it is the report's.

    Examples
    --------
    >>> from sco_research.manuscript.written import find_numbers
    >>> share = Value("n:c:share", 0.2353, "share")
    >>> [compare(find_numbers(text)[0], share) for text in ("24 %", "0.235", "23 %", "0.24 %")]
    [None, None, <FindingKind.ROUNDING: 'rounding'>, <FindingKind.PERCENT: 'percent and share'>]
    """
    if written.end is not None:
        return _compare_range(written.value, written.end, value)
    number = written.value
    if written.of is not None and value.unit in ("share", "percent"):
        part = number.value / written.of.value if written.of.value else float("nan")
        number = WrittenNumber(100 * part if value.unit == "percent" else part, decimals=2)
        exact = value.value
        return None if abs(number.value - exact) <= _half(2) else FindingKind.DIFFERENT
    kind = _compare_number(number, value.value, value, written.about)
    if kind is None and written.low is not None and written.high is not None:
        return _compare_range(written.low, written.high, value)
    return kind


def _compare_range(low: WrittenNumber, high: WrittenNumber, value: Value) -> FindingKind | None:
    if value.low is None or value.high is None:
        return FindingKind.RANGE
    ends = ((low, value.low), (high, value.high))
    right = all(_compare_number(number, end, value) is None for number, end in ends)
    return None if right else FindingKind.RANGE


def _compare_number(
    number: WrittenNumber, exact: float, value: Value, about: str = ""
) -> FindingKind | None:
    targets, others = _targets(number, exact, value)
    if any(_is(number, target, about) for target in targets):
        return None
    if any(_is(number, other, about) for other in others):
        return FindingKind.PERCENT
    if number.in_words:
        return FindingKind.WORDS
    step = 10.0**-number.decimals
    if any(
        not float(target).is_integer() and abs(number.value - target) < 1.5 * step
        for target in targets
    ):
        return FindingKind.ROUNDING
    return FindingKind.DIFFERENT


def _targets(number: WrittenNumber, exact: float, value: Value) -> tuple[list[float], list[float]]:
    """Return what a number may be, and what it would be with percent and share mistaken."""
    hundred, hundredth = 100 * exact, exact / 100
    if value.unit == "share" or (value.unit == "number" and 0 <= exact <= 1):
        right, other = (hundred, exact) if number.is_percent else (exact, hundred)
        return [right], [other]
    if value.unit == "percent":
        is_share = number.decimals > 0 and number.value < 1 <= exact and not number.is_percent
        if number.is_fraction or is_share:
            return [hundredth], []
        return [exact], [hundredth, hundred]
    return ([], [exact]) if number.is_percent else ([exact], [])


def _is(number: WrittenNumber, target: float, about: str) -> bool:
    """Return whether a number, rounded as it is written, is the target."""
    if number.is_fraction:
        return abs(number.value - target) <= _NEAR
    half = _half(number.decimals - number.zeros if about else number.decimals)
    difference = target - number.value
    if about in _MORE and not number.in_words:
        return -_TINY <= difference <= 2 * half + _TINY
    if about in _LESS:
        return -2 * half - _TINY <= difference <= _TINY
    return abs(difference) <= half + _TINY


def _half(decimals: int) -> float:
    return 0.5 * 10.0**-decimals
