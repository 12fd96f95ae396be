"""The scores of the coders of commitments and of themes, for the reports to print.

Run ``python tests/benchmarks/validation_scores.py`` after a change of the rules, a codebook or the
sentences; it writes ``validation-scores.csv`` and ``themes-scores.csv`` in ``data/reference``. A
test codes the sentences again and fails where a file is not of today.
"""

from pathlib import Path

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.commitments.validation import SCORES_FILE, score_out_of_sample
from sco_research.topics.themes.validation import SCORES_FILE as THEMES_FILE
from sco_research.topics.themes.validation import scores_in_sample

_FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference"


def main() -> None:
    """Score every set, and write the files."""
    score_out_of_sample().to_csv(_FOLDER / SCORES_FILE, index=False, lineterminator="\n")
    of_themes = scores_in_sample(load_codebook("themes"))
    of_themes.to_csv(_FOLDER / THEMES_FILE, index=False, lineterminator="\n", na_rep="nan")


if __name__ == "__main__":
    main()
