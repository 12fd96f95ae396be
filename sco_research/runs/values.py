"""What a parameter's value may be, by its name: a wrong one is said before anything runs."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sco_research import statistics
from sco_research.errors import ParameterError
from sco_research.loaders import document_id_of, files_in, load_document
from sco_research.loaders.single import is_known
from sco_research.loaders.walking import matches
from sco_research.runs.staleness import documents_behind

Values = Mapping[str, object]
Reader = Callable[[Any, Values], None]


def _at_least(least: int, value: int, _: Values) -> None:
    if value < least:
        raise ParameterError(f"{value}: give {least} or more")


def _similarity(value: float, _: Values) -> None:
    if not 0 < value <= 1:
        raise ParameterError(f"{value:g}: give one above 0, up to 1")


def _resamples(value: int, _: Values) -> None:
    statistics.check("percentile", 0, 0, value, statistics.CONFIDENCE)


def _confidence(value: float, _: Values) -> None:
    statistics.check("percentile", 0, 0, statistics.RESAMPLES, value)


def _formula(value: str, _: Values) -> None:
    from sco_research.metrics.curves import readability_curve

    readability_curve([], metric=value)


def _family(value: str, _: Values) -> None:
    from sco_research.coding.commitments.analysis import AUTOMATIC
    from sco_research.coding.commitments.lexicon import load_lexicon

    if value != AUTOMATIC:
        load_lexicon().family(value)


def _binding(value: str, values: Values) -> None:
    from sco_research.coding.commitments.binding import load_scheme

    # What is in the file is said of the file.
    if not values.get("scheme_file"):
        load_scheme(value)


def _scheme(value: str, _: Values) -> None:
    from sco_research.coding.commitments.binding import load_scheme

    if value:
        load_scheme("g20rg", value)


def _folder(value: str, _: Values) -> None:
    if value and not Path(value).is_dir():
        raise ParameterError(f"{value}: no such folder; name the one that the coding lies in")


def _codebook(value: object, _: Values) -> None:
    from sco_research.coding.codebooks.loading import load_codebook

    # In a notebook of one's own it may be anything.
    if isinstance(value, str):
        load_codebook(value)


def _others(value: object, _: Values) -> None:
    """Look for a document that a report is compared with; of one's own files the run reads it."""
    if not isinstance(value, str):
        return
    if not value.strip():
        raise ParameterError("an empty name; delete the comma too many, or name a document")
    if is_known(value):
        load_document(value)
    elif Path(value).is_dir():
        files_in(Path(value))
    elif not matches(value):
        document_id_of(value)
    for item in documents_behind(value):
        if isinstance(item, str) and item != value:
            load_document(item)


def _template(value: str, _: Values) -> None:
    from sco_research.reports.prose import Prose

    if value:
        Prose(None, value)


def _word(value: str, _: Values) -> None:
    from sco_research.text.concordance import WordPattern

    WordPattern.of(value)


READERS: Mapping[str, Reader] = {
    "actors": _codebook,
    "binding_scheme": _binding,
    "codebook": _codebook,
    "confidence": _confidence,
    "curve": _formula,
    "diversity_window": partial(_at_least, 1),
    "formula_words": partial(_at_least, 2),
    "least_pairs": partial(_at_least, 1),
    "least_together": partial(_at_least, 1),
    "most_keywords": partial(_at_least, 1),
    "organization": _family,
    "others": _others,
    "reference_folder": _folder,
    "resamples": _resamples,
    "rows": partial(_at_least, 1),
    "scheme_file": _scheme,
    "seed": partial(_at_least, 0),
    "template_file": _template,
    "threshold": _similarity,
    "window": partial(_at_least, 0),
    "words": _word,
}
"""By a parameter's name, who refuses a value with its mend; the job's other values are at hand."""
OF_ANY = ("codebook", "others")
"""The names that mean the same in any notebook."""
