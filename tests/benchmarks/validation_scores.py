"""The scores of the commitment coder on the sentences out of sample, for the reports to print.

Run ``python tests/benchmarks/validation_scores.py`` after a change of the rules, the codebook or
the sentences; it writes ``data/reference/validation-scores.csv``. A test codes the sentences again
and fails where the file is not of today.
"""

from pathlib import Path

from sco_research.coding.commitments.validation import SCORES_FILE, score_out_of_sample

_FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference"


def main() -> None:
    """Score every set, and write the file."""
    score_out_of_sample().to_csv(_FOLDER / SCORES_FILE, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
