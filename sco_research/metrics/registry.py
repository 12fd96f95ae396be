"""The metrics by name and by group, and a table of them."""

from collections.abc import Iterable, Mapping
from typing import get_args

import pandas as pd

from sco_research.errors import ParameterError
from sco_research.metrics.definitions import DEFINITIONS
from sco_research.metrics.metric import ANY, Group, Metric

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
        One row per metric: ``metric``, ``label``, ``group``, ``unit``, ``direction``, ``formula``,
        ``source`` (key in the bibliography), ``languages``, ``needs_words`` (undefined below),
        ``words`` and ``sentences`` (outside the published range below; 0 for none), ``note``.

    Examples
    --------
    >>> table = metrics_table().set_index("metric")
    >>> print(table.loc["smog", "sentences"])
    30
    """
    return pd.DataFrame(
        [
            {
                "metric": metric.id,
                "label": metric.label,
                "group": metric.group,
                "unit": metric.unit,
                "direction": metric.direction,
                "formula": metric.formula,
                "source": metric.source,
                "languages": ", ".join(metric.adaptations) or ANY,
                "needs_words": metric.needs_words,
                "words": metric.words,
                "sentences": metric.sentences,
                "note": metric.note,
            }
            for metric in METRICS.values()
        ]
    )
