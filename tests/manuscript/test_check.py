"""A paper held against its reports: planted errors are found and told apart, and no other."""

import hashlib
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
import yaml
from docx.oxml import parse_xml

from sco_research.errors import ParameterError, SourceError
from sco_research.manuscript import citing
from sco_research.manuscript.check import FindingKind, check, compare, load_values
from sco_research.manuscript.citing import read_manuscript
from sco_research.manuscript.codecheck import codecheck
from sco_research.manuscript.written import find_numbers
from sco_research.reports.values import Value
from tests.commands import run_command

VALUES = {
    value.id: value
    for value in (
        Value("n:commitments:sentences", 51, "count"),
        Value("n:commitments:words", 1829, "count"),
        Value("n:commitments:strict", 12, "count"),
        Value("n:commitments:broad", 23, "count"),
        Value("n:commitments:high", 5, "count"),
        Value("n:commitments:estimate", 12.537, "number", 11, 16),
        Value("n:commitments:broad-estimate", 25.481, "number", 20, 33),
        Value("n:commitments:precision", 0.9783, "share", 0.9522, 0.9921),
        Value("n:themes:economy", 0.2353, "share", 0.1283, 0.3749),
        Value("n:themes:drugs", 0.1176, "share", 0.0444, 0.2387),
        Value("n:themes:health", 3.9216, "percent"),
        Value("n:language:mattr", 0.7501, "number"),
        Value("n:language:flesch", -2.3519, "number"),
        Value("n:language:mean", 35.8627, "number"),
        Value("n:language:will", 5, "count"),
        Value("n:language:shall", 0, "count"),
    )
}

RIGHT = [
    ("n:commitments:sentences", "51"),
    ("n:commitments:sentences", "fifty-one"),
    ("n:commitments:words", "1,829"),
    ("n:commitments:words", "about 1,800"),
    ("n:commitments:words", "more than 1,800"),
    ("n:commitments:words", "one thousand eight hundred and twenty-nine"),
    ("n:commitments:strict", "Twelve"),
    ("n:commitments:strict", "12 of 51"),
    ("n:commitments:estimate", "12.5"),
    ("n:commitments:estimate", "13"),
    ("n:commitments:estimate", "12.54 (95 % predictive interval 11 to 16)"),
    ("n:commitments:estimate", "between 11 and 16"),
    ("n:commitments:estimate", "11–16"),
    ("n:commitments:estimate.low", "11"),
    ("n:commitments:precision", "0.98 (0.95 to 0.99)"),
    ("n:commitments:precision", "97.8 %"),
    ("n:themes:economy", "24 percent"),
    ("n:themes:economy", "23.5 % (12.8 to 37.5 %)"),
    ("n:themes:economy", "0.235"),
    ("n:themes:economy", "12 of 51"),
    ("n:themes:economy", "a quarter"),
    ("n:themes:economy", "13–37 %"),
    ("n:themes:health", "3.9"),
    ("n:themes:health", "4 %"),
    ("n:language:mattr", "0.75"),
    ("n:language:mattr", "75 %"),
    ("n:language:mattr", "three quarters"),
    ("n:language:flesch", "\N{MINUS SIGN}2.4"),
    ("n:language:mean", "35.9"),
    ("n:language:mean", "36"),
    ("n:language:will", "five"),
    ("n:language:shall", "none"),
    ("n:language:shall", "no"),
    ("broad", "23"),
    ("commitments:broad", "twenty-three"),
]

PLANTED = [
    # Rounded wrongly, or cut off where it is rounded up.
    ("n:commitments:estimate", "12.4", FindingKind.ROUNDING),
    ("n:commitments:precision", "97 %", FindingKind.ROUNDING),
    ("n:language:mean", "35.8", FindingKind.ROUNDING),
    ("n:themes:economy", "0.23", FindingKind.ROUNDING),
    # Percent for share and the other way round.
    ("n:themes:economy", "0.24 %", FindingKind.PERCENT),
    ("n:themes:drugs", "11.8", FindingKind.PERCENT),
    ("n:themes:health", "0.0392 %", FindingKind.PERCENT),
    ("n:commitments:precision", "98", FindingKind.PERCENT),
    # Ranges and intervals.
    ("n:commitments:estimate", "12.5 (10 to 16)", FindingKind.RANGE),
    ("n:commitments:broad-estimate", "20–32", FindingKind.RANGE),
    ("n:themes:economy", "between 37 and 13 %", FindingKind.RANGE),
    ("n:commitments:strict", "11 to 16", FindingKind.RANGE),
    # Numbers in words.
    ("n:commitments:strict", "eleven", FindingKind.WORDS),
    ("n:commitments:words", "one thousand eight hundred and ninety-two", FindingKind.WORDS),
    ("n:language:will", "none", FindingKind.WORDS),
    ("n:themes:economy", "a third", FindingKind.WORDS),
    # Ids that stand at each other's number.
    ("n:commitments:sentences", "23", FindingKind.SWAPPED),
    ("n:commitments:broad", "51", FindingKind.SWAPPED),
    ("n:language:mattr", "35.9", FindingKind.SWAPPED),
    ("n:language:mean", "0.75", FindingKind.SWAPPED),
]

Items = list[tuple[str, str]]


def markdown(items: Items) -> str:
    """Write each number in one of the three ways of Markdown, in turn."""
    ways = ('[{1}]{{sco="{0}"}}', "{1}<!-- sco: {0} -->", "{1} sentences [sco: {0}]")
    said = (ways[at % 3].format(*item) for at, item in enumerate(items))
    return "# A paper\n\nIn 2013 there were 6 members.\n\n" + "\n\n".join(
        f"Of the 15 documents it is {one} here." for one in said
    )


def latex(items: Items) -> str:
    ways = (r"\sconumber{{{0}}}{{{1}}}", "{1} sentences [sco: {0}]")
    said = (
        ways[at % 2].format(key, text.replace(" %", r"~\%")) for at, (key, text) in enumerate(items)
    )
    lines = "\n\n".join(f"Of the 15 documents it is {one} here. % 99 [sco: gone]" for one in said)
    head = r"\input{values} \scovalue{n:language:will} \scolow{n:commitments:estimate}"
    return f"{head}\n{lines}"


def word(items: Items, path: Path) -> None:
    """Write each number with a comment, in a content control or before brackets, in turn."""
    paper = docx.Document()
    paper.add_paragraph("In 2013 there were 6 members.")
    table = paper.add_table(1, 1)
    note = paper.add_paragraph()
    for at, (key, text) in enumerate(items):
        paragraph = table.cell(0, 0).add_paragraph() if at == 7 else paper.add_paragraph()
        paragraph.add_run("Of the 15 documents it is ")
        if at % 3 == 0:
            # Word cuts a number into several runs.
            runs = [paragraph.add_run(text[:1]), paragraph.add_run(text[1:])]
            paper.add_comment(runs, text=f"sco: {key}", author="A", initials="A")
        elif at % 3 == 1:
            paragraph._p.append(parse_xml(
                '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                f'<w:sdtPr><w:tag w:val="sco:{escape(key)}"/></w:sdtPr><w:sdtContent><w:r>'
                f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:sdtContent></w:sdt>'
            ))  # fmt: skip
        else:
            paragraph.add_run(f"{text} sentences [sco: {key}]")
        paragraph.add_run(" here, and 99 more.")
    paper.add_comment(note.add_run("A remark on 40 things"), text="sco it says", author="B")
    paper.save(str(path))


def write(items: Items, path: Path) -> Path:
    text: dict[str, Callable[[Items], str]] = {".md": markdown, ".tex": latex}
    if path.suffix == ".docx":
        word(items, path)
    else:
        path.write_text(text[path.suffix](items), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["paper.md", "paper.tex", "paper.docx"])
def test_twenty_planted_errors_are_found_and_no_other(name: str, tmp_path: Path) -> None:
    items: Items = []
    for at, right in enumerate(RIGHT):
        items.append(right)
        items += [(key, text) for key, text, _ in PLANTED[at : at + 1]]
    found = check(write(items, tmp_path / name), VALUES)
    told = [(finding.id, finding.written, finding.kind) for finding in found.findings]
    said = [(key, text.replace(" %", r" \%"), kind) for key, text, kind in PLANTED]
    if name != "paper.tex":
        said = PLANTED
    assert sorted(told) == sorted(said)
    assert found.numbers == len(items) + (2 if name == "paper.tex" else 0)


@pytest.mark.parametrize("name", ["paper.md", "paper.tex", "paper.docx"])
def test_a_paper_without_errors_has_no_finding(name: str, tmp_path: Path) -> None:
    assert check(write(RIGHT, tmp_path / name), VALUES).findings == ()


@pytest.mark.parametrize(("key", "text"), RIGHT)
def test_each_number_read_alone_is_right(key: str, text: str) -> None:
    found = find_numbers(text)
    assert len(found) == 1
    short = {"broad": "n:commitments:broad", "commitments:broad": "n:commitments:broad"}
    if key.endswith(".low"):
        assert found[0].value.value == 11
    else:
        assert compare(found[0], VALUES[short.get(key, key)]) is None


def test_ids_that_no_report_has_and_numbers_that_are_missing_are_told(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text(
        "It has 12 [sco: n:commitments:strct].\n\nIt has many [sco: n:commitments:strict].\n\n"
        "In 2013. It has them [sco: n:commitments:strict].\n\n"
        "It is 12 [sco: n:commitments:strict.low]; and 0 [sco: shal].",
        encoding="utf-8",
    )
    findings = check(path, VALUES).findings
    assert [finding.kind for finding in findings] == [
        FindingKind.UNKNOWN, FindingKind.MISSING, FindingKind.MISSING,
        FindingKind.UNKNOWN, FindingKind.UNKNOWN,
    ]  # fmt: skip
    assert "did you mean n:commitments:strict?" in findings[0].expected
    assert str(findings[1]).startswith("line 3, n:commitments:strict: no number: write the number")


def test_a_short_id_that_two_reports_have_is_told(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text("It has 12 [sco: strict].", encoding="utf-8")
    more = {**VALUES, "m:commitments:strict": Value("m:commitments:strict", 12, "count")}
    assert check(path, VALUES).findings == ()
    assert "several reports have it" in check(path, more).findings[0].expected


def report(folder: Path, values: list[dict[str, object]]) -> Path:
    """Write a report's folder with no more than `check` and `codecheck` read."""
    folder.mkdir(parents=True)
    data = json.dumps(values).encode()
    (folder / "values.json").write_bytes(data)
    keys = "software notebook parameters codebooks bibliography lock formats look python packages"
    record: dict[str, object] = {key: {} for key in keys.split()}
    outputs = {
        "values.json": hashlib.sha256(data).hexdigest(),
        "tables/tbl-a.csv": "0" * 64,
        "tables/tbl-a.evidence.csv": "0" * 64,
        "figures/fig-a.svg": "1" * 64,
        "report.md": "2" * 64,
    }
    record |= {"report": "commitments", "document": {"id": "n"}, "outputs": outputs}
    (folder / "provenance.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


ONE = {"id": "n:commitments:strict", "value": 12, "unit": "count", "low": None, "high": None}


def test_values_are_read_as_the_report_wrote_them(tmp_path: Path) -> None:
    folder = report(tmp_path / "n" / "commitments", [ONE])
    assert load_values([tmp_path])["n:commitments:strict"].value == 12
    report(tmp_path / "again", [ONE])
    assert len(load_values([tmp_path])) == 1
    report(tmp_path / "other", [{**ONE, "value": 13}])
    with pytest.raises(SourceError, match="has another value than in another report"):
        load_values([tmp_path])
    (folder / "values.json").write_text("[]", encoding="utf-8")
    with pytest.raises(SourceError, match="is not as the report wrote it"):
        load_values([folder])
    (folder / "values.json").write_text('[{"id": "a"}]', encoding="utf-8")
    with pytest.raises(SourceError, match="make the report again"):
        load_values([folder])
    with pytest.raises(SourceError, match="make the report first"):
        load_values([tmp_path / "nothing"])


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("paper.odt", b"", "save it as one"),
        ("paper.docx", b"PK", "no Word document"),
        ("paper.tex", b"\xff\xfe1", "not UTF-8"),
        ("none.md", None, "cannot be read"),
    ],
)
def test_a_manuscript_that_cannot_be_read_is_told(
    name: str, content: bytes | None, complaint: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=complaint):
        read_manuscript(tmp_path / name)


def part(folder: Path, body: str) -> Path:
    """Return a Word document of one part."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    path = folder / "paper.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:body xmlns:w="{name}">{body}</w:body>')
    return path


def test_a_text_box_in_a_paragraph_has_its_own_numbers(tmp_path: Path) -> None:
    def said(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    box = f"<w:p>{said('Here 3 [sco: b].')}</w:p>"
    body = f"<w:p>{said('It is 12')}{box}{said(' [sco: a].')}</w:p><w:p>{said('4 [sco: c]')}</w:p>"
    found = [
        (one.id, one.place, one.written and one.written.text)
        for one in read_manuscript(part(tmp_path, body))
    ]
    assert found == [
        ("a", "paragraph 1", "12"), ("b", "paragraph 2", "3"), ("c", "paragraph 3", "4")
    ]  # fmt: skip


def test_a_paper_of_any_depth_and_size_costs_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = 20_000
    body = "<w:p>" * deep + "<w:r><w:t>5 [sco: a]</w:t></w:r>" + "</w:p>" * deep
    (found,) = read_manuscript(part(tmp_path, body))
    assert found.place == f"paragraph {deep}"
    paper = tmp_path / "paper.md"
    paper.write_text("We find 12 [sco: a].\n" * deep, encoding="utf-8")
    assert read_manuscript(paper)[-1].place == f"line {deep}"
    monkeypatch.setattr(citing, "_MAX_BYTES", 100_000)
    with pytest.raises(SourceError, match=r"its word/document\.xml has more than"):
        read_manuscript(part(tmp_path, body))
    with pytest.raises(SourceError, match="holds no paragraph"):
        read_manuscript(part(tmp_path, "<w:x/>"))


def test_the_codecheck_names_what_a_paper_shows(tmp_path: Path) -> None:
    folder = report(tmp_path / "r", [ONE])
    made = yaml.safe_load(codecheck([folder]))
    assert [Path(item["file"]).name for item in made["manifest"]] == [
        "fig-a.svg", "tbl-a.csv", "values.json",
    ]  # fmt: skip
    assert "1" * 64 in made["manifest"][0]["comment"]
    assert made["version"].startswith("https://codecheck.org.uk/spec/")
    with pytest.raises(ParameterError):
        codecheck([])


def test_the_commands(tmp_path: Path) -> None:
    folder = report(tmp_path / "r", [ONE])
    paper = tmp_path / "paper.md"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return run_command(*words, cwd=tmp_path)

    paper.write_text("It has 12 [sco: n:commitments:strict].", encoding="utf-8")
    done = run("check", "paper.md", "-r", str(folder))
    assert (done.returncode, done.stdout) == (0, "paper.md: 1 number cites an id, 0 to mend\n")
    paper.write_text("It has eleven [sco: n:commitments:strict].", encoding="utf-8")
    done = run("check", "paper.md", "-r", str(folder))
    assert done.returncode == 1
    assert "number in words: “eleven”, the report has 12" in done.stdout
    assert run("codecheck", "r").returncode == 0
    assert "values.json" in (tmp_path / "codecheck.yml").read_text(encoding="utf-8")
    again = run("codecheck", "r")
    assert (again.returncode, "may be filled in" in again.stderr) == (1, True)
