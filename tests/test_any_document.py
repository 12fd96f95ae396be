"""Every notebook reports any text there is; what is undefined says so and stops nothing.

The cells are run here without a kernel, which is the same code in a twentieth of the time.
"""

import json
import re
from pathlib import Path

import pytest

from sco_research.errors import ParameterError
from sco_research.resources import notebooks_folder
from sco_research.runs.parameters import parameters_of

pytestmark = pytest.mark.slow
NOTEBOOKS = sorted(path.stem for path in notebooks_folder().glob("*.ipynb"))

TEXTS = {
    "one-word": "Hello",
    "no-words": "... !!! ???",
    "odd": (
        "We <script>alert(1)</script> will [meet](x) for $5 | @key & `code` *now* in 2014.\n\n"
        "THE PARTIES SHALL MEET. THEY CONDEMN TERRORISM AND DRUG TRAFFICKING.\n\n"
        "We 😀 will meet\x00 again\x07. Cafe\u0301 \u200bnaïve.\x0c أعلن رؤساء الدول."
    ),
    "no-stop": "the parties will continue to cooperate " * 200,
    "nothing-found": "The lake is deep. Its water is cold.\n\nIt snows on the hills.",
    "one-sentence": "We will build a school for the children of the valley by 2030.",
    "sections": "We declare the following.\n\n\nWe will meet.\n\n\nThey fight drugs.",
    "russian": "Главы государств заявляют следующее. Они будут продолжать сотрудничество.",
    "chinese": "元首们签署了宣言。成员国将继续合作。",
}
# A word alone is of unknown language: what cannot be told is not read as English.
NOT_ENGLISH = ("russian", "chinese", "one-word")


MAX_WORDS, MAX_EXHIBITS = 1_500, 6
_END = re.compile(
    r"^## (?:Annex|References|The sentences behind|The document, sentence|How to cite)",
    re.MULTILINE,
)
_EXHIBIT = re.compile(r"^::: \{#tbl-.*?^:::$|^!\[.*?\]\(figures/.*?$", re.MULTILINE | re.DOTALL)

_COUNTED = "sentence|word|theme|pair|paragraph|commitment|document|section|mention|hit|booster|row"
_MISCOUNTED = re.compile(rf"(?<![\d,.] )(?<![\d,.])\b1 (?:{_COUNTED})s\b|\b\d{{3,}}\.000\b")


# What referees marked: a private dialect, and one thing under several names.
DIALECT = """
By sentences the weightiest
comes first
meets most often
silent on
something to read, not a proof
themes commit
Positions without any commitment
meet in the sentence
it does not say of whom
named by themselves
and The Korean
spoke for
near-by words
hangs on single
in the shortest section
bind highly
oblige highly
they stand in
Who undertakes what
words that undertake
Beside other organizations
an order of size
figure flatters
by different hands
what somebody wrote
mended the rules
is worth
put one in its place
before any answer was looked at
Taken out
nouns of will
adjectives of will
Undertakes by
Polarity
what hangs on them
contradicts it
Rules read words
sums it up
where it may be hyphenated
words in a row
It speaks for something
given and marked
is made of, by section
always belongs to it
with his exceptions
as in most packages
Why other programs
a word of its own to it
those of one or two words
by the measures that do not
moving window holds
whose side it takes
those that are missing too
takes sides, hedges
stand together more often
says again in the same words
each as long as it recurs
Who answered how much
yes-or-no question of its own
more alike than two people
Too many
How near the program comes
will do no better
nothing to vary
where one answer is rare
frequent than there
if words came one by one
half a word for none
what the plane leaves out
filled to the top
out of sample
out-of-sample
in-sample
0–100
0-100
how sure
hapax
""".strip("\n").split("\n")


def prose_of(markdown: str) -> str:
    """Return a report without the document's own words, which may be any."""
    own = re.split(r"^## (?:References|The sentences behind|The document, sentence)", markdown,
                   flags=re.MULTILINE)[0]  # fmt: skip
    return re.sub(r"^\|.*$|“[^”]*”", "", own, flags=re.MULTILINE)


def body_of(markdown: str) -> tuple[int, int]:
    """Return the words of a report's body, captions apart, and its tables and figures."""
    head, _, text = markdown.partition("\n---\n")
    body = _END.split(text)[0]
    abstract = re.search(r'^abstract: "(.*)"$', head, flags=re.MULTILINE)
    said = (abstract[1] if abstract else "") + " " + _EXHIBIT.sub("", body)
    return len(said.split()), len(_EXHIBIT.findall(body))


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


CASES = [
    (notebook, name)
    for notebook in NOTEBOOKS
    for name in TEXTS
    if (notebook, name) not in {("commitments", other) for other in NOT_ENGLISH}
]


@pytest.mark.parametrize(("notebook", "name"), CASES)
def test_any_text_is_reported(notebook: str, name: str, tmp_path: Path) -> None:
    document = tmp_path / f"{name}.txt"
    document.write_text(TEXTS[name], encoding="utf-8", newline="")
    run_cells(notebook, document, tmp_path / "report")
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    tables = (tmp_path / "report" / "report.md").read_text(encoding="utf-8")
    assert "| nan |" not in tables, "a missing number is a dash"
    words, exhibits = body_of(tables)
    assert words <= MAX_WORDS
    assert exhibits <= MAX_EXHIBITS
    assert _MISCOUNTED.findall(tables) == []
    assert [phrase for phrase in DIALECT if phrase in prose_of(tables)] == []
    # The provenance says all that a second run needs.
    record = json.loads((tmp_path / "report" / "provenance.json").read_text(encoding="utf-8"))
    declared = parameters_of(notebooks_folder() / f"{notebook}.ipynb")
    assert set(record["parameters"]) == set(declared) - {"output_folder"}


# The comparison of the declaration with nothing says so, and shows no exhibit.
@pytest.mark.parametrize("notebook", sorted(set(NOTEBOOKS) - {"comparison"}))
def test_the_body_of_the_declarations_report_is_short(notebook: str, tmp_path: Path) -> None:
    document = tmp_path / "sco-2013-bishkek"
    run_cells(notebook, Path(document.name), tmp_path / "report")
    report = (tmp_path / "report" / "report.md").read_text(encoding="utf-8")
    assert _MISCOUNTED.findall(report) == []
    assert [phrase for phrase in DIALECT if phrase in prose_of(report)] == []
    words, exhibits = body_of(report)
    assert 50 < words <= MAX_WORDS
    assert 1 <= exhibits <= MAX_EXHIBITS


@pytest.mark.parametrize("name", NOT_ENGLISH)
def test_commitments_are_read_in_english_alone(name: str, tmp_path: Path) -> None:
    document = tmp_path / f"{name}.txt"
    document.write_text(TEXTS[name], encoding="utf-8")
    with pytest.raises(ParameterError, match="English only; give the English text"):
        run_cells("commitments", document, tmp_path / "report")
    assert not (tmp_path / "report").exists()
