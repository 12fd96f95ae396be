"""Intervals, counts corrected for coding errors, p-values of many tests, on plain arrays."""

from sco_research.statistics.arrays import Numbers, divide
from sco_research.statistics.estimates import (
    MIN_UNITS,
    Confusion,
    Estimate,
    Rate,
    Stratum,
    chances,
    corrected_share,
    exact_rate,
    predicted_count,
    rogan_gladen,
    sampled_count,
)
from sco_research.statistics.resampling import (
    Bootstrap,
    Intervals,
    Statistic,
    bootstrap_intervals,
    bootstrap_shares,
)
from sco_research.statistics.significance import (
    Correction,
    adjust_p_values,
    hypergeometric_tail,
    log_likelihood,
)

__all__ = [
    "MIN_UNITS",
    "Bootstrap",
    "Confusion",
    "Correction",
    "Estimate",
    "Intervals",
    "Numbers",
    "Rate",
    "Statistic",
    "Stratum",
    "adjust_p_values",
    "bootstrap_intervals",
    "bootstrap_shares",
    "chances",
    "corrected_share",
    "divide",
    "exact_rate",
    "hypergeometric_tail",
    "log_likelihood",
    "predicted_count",
    "rogan_gladen",
    "sampled_count",
]
