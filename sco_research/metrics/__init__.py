"""Text → numbers: counts, readability and diversity, each with its source and its range."""

from sco_research.metrics.measurement import LEVELS, count, evaluate, measure, measure_each
from sco_research.metrics.metric import Metric
from sco_research.metrics.registry import METRICS, metrics_table

__all__ = [
    "LEVELS",
    "METRICS",
    "Metric",
    "count",
    "evaluate",
    "measure",
    "measure_each",
    "metrics_table",
]
