"""The metrics by name and by group, and a table of them."""

from collections.abc import Iterable, Mapping
from typing import get_args

import pandas as pd

from sco_research.errors import ParameterError
from sco_research.frames import Column, Schema
from sco_research.metrics.definitions import DEFINITIONS
from sco_research.metrics.metric import ANY, Group, Metric

METRICS_TABLE = Schema(
    Column("metric", "str", "its id"),
    Column("label", "str", "its name in a table"),
    Column("group", "str", "``count``, ``readability`` or ``diversity``"),
    Column("unit", "str", "what a value is counted in"),
    Column("direction", "str", "what a higher or lower value means"),
    Column("formula", "str", "for people"),
    Column("source", "str", "key in the bibliography; empty for a plain count"),
    Column("languages", "list", "codes of the languages with a form of it, or ``any``"),
    Column("needs_words", "int", "words below which it is undefined"),
    Column("words", "int", "words below which a text is outside its published range; 0 for none"),
    Column("sentences", "int", "sentences below which a text is outside it; 0 for none"),
    Column("note", "str", "the variant, or what is particular"),
)
METRICS: Mapping[str, Metric] = {metric.id: metric for metric in DEFINITIONS}
GROUPS: tuple[Group, ...] = get_args(Group)


def chosen(metrics: str | Iterable[str] | None) -> tuple[Metric, ...]:
    """Return the metrics that a name, a group or a list of either stands for; all for None.

    Raises
    ------
    ParameterError
        Where a name is unknown, or stands twice.

    Examples
    --------
    >>> [metric.id for metric in chosen(["smog", "lix"])]
    ['smog', 'lix']
    """
    if metrics is None:
        return tuple(METRICS.values())
    found: dict[str, Metric] = {}
    for name in [metrics] if isinstance(metrics, str) else metrics:
        if name in METRICS:
            found[name] = METRICS[name]
        elif name in GROUPS:
            found.update({item.id: item for item in METRICS.values() if item.group == name})
        else:
            raise ParameterError(
                f"metric {name!r}: no such metric; choose of {', '.join((*GROUPS, *METRICS))}"
            )
    return tuple(found.values())


def metrics_table() -> pd.DataFrame:
    """Return what every metric is.

    Returns
    -------
    pandas.DataFrame
        One row per metric, with the columns of `METRICS_TABLE`.

    Examples
    --------
    >>> table = metrics_table().set_index("metric")
    >>> print(table.loc["smog", "sentences"])
    30
    """
    return METRICS_TABLE.frame(
        [
            {
                "metric": metric.id,
                "label": metric.label,
                "group": metric.group,
                "unit": metric.unit,
                "direction": metric.direction,
                "formula": metric.formula,
                "source": metric.source,
                "languages": list(metric.adaptations) or [ANY],
                "needs_words": metric.needs_words,
                "words": metric.words,
                "sentences": metric.sentences,
                "note": metric.note,
            }
            for metric in METRICS.values()
        ]
    )
