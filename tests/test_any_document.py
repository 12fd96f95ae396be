"""Every notebook reports any text there is; what is undefined says so and stops nothing.

The cells are run here without a kernel, which is the same code in a twentieth of the time.
"""

import json
from pathlib import Path

import pytest

from sco_research.resources import notebooks_folder
from sco_research.runs.parameters import parameters_of

NOTEBOOKS = sorted(path.stem for path in notebooks_folder().glob("*.ipynb"))
# Coders code the declaration, so its reliability is reported and no other text's.
OF_ANY_DOCUMENT = [name for name in NOTEBOOKS if name != "reliability"]

TEXTS = {
    "one-word": "Hello",
    "punctuation": "... !!! ???",
    "numbers": "1 2 3\n\n4.5 6,000",
    "markup": "We <script>alert(1)</script> will [meet](x) for $5 | @key & `code` *now*.",
    "capitals": "THE PARTIES SHALL MEET. THEY CONDEMN TERRORISM AND DRUG TRAFFICKING.",
    "russian": "Главы государств заявляют следующее. Они будут продолжать сотрудничество.",
    "chinese": "元首们签署了宣言。成员国将继续合作，打击恐怖主义。",
    "arabic": "أعلن رؤساء الدول ما يلي. سيواصلون التعاون.",
    "emoji": "We 😀 will meet 🎉. Cafe\u0301 \u200bnaïve.",
    "control": "We\x00 will\x07 meet.\x0c They will part.",
    "no-stop": "the parties will continue to cooperate " * 200,
    "two-sections": "We declare the following.\n\n\nWe will meet.\n\n\nThey fight drugs.",
}


def run_cells(notebook: str, document: Path, output: Path) -> None:
    """Run a notebook's cells in one namespace, with its two places set after its parameters."""
    names: dict[str, object] = {}
    path = notebooks_folder() / f"{notebook}.ipynb"
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        exec("".join(cell["source"]), names)
        if "parameters" in cell["metadata"].get("tags", ()):
            names |= {"document_id": str(document), "output_folder": str(output)}


@pytest.mark.parametrize("notebook", OF_ANY_DOCUMENT)
@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_reported(notebook: str, name: str, tmp_path: Path) -> None:
    document = tmp_path / f"{name}.txt"
    document.write_text(TEXTS[name], encoding="utf-8", newline="")
    run_cells(notebook, document, tmp_path / "report")
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    tables = (tmp_path / "report" / "report.md").read_text(encoding="utf-8")
    assert "| nan |" not in tables, "a missing number is a dash"
    # The provenance says all that a second run needs.
    record = json.loads((tmp_path / "report" / "provenance.json").read_text(encoding="utf-8"))
    declared = parameters_of(notebooks_folder() / f"{notebook}.ipynb")
    assert set(record["parameters"]) == set(declared) - {"output_folder"}
