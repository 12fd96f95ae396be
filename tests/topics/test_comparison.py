"""The comparison report says what the frames hold, alone and beside others."""

import dataclasses
import datetime
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.commitments.coder import code_speech_acts
from sco_research.coding.themes import code_themes
from sco_research.comparison.text_reuse import find_reuse
from sco_research.errors import ParameterError, ScoResearchError
from sco_research.loaders import load_corpus
from sco_research.reports.counts import CountTable
from sco_research.reports.figures import figure_svg
from sco_research.reports.report import Report
from sco_research.resources import notebooks_folder
from sco_research.runs.checks import check_inputs
from sco_research.runs.plan import plan_jobs
from sco_research.statistics import Bootstrap, adjust_p_values
from sco_research.text.document import Corpus, Document, Metadata
from sco_research.text.segments import segments_of, sentences_of
from sco_research.text.tokens import words
from sco_research.topics import comparison as topic
from sco_research.topics.comparison.facts import ComparisonFacts
from sco_research.topics.comparison.frames import BROAD, STRICT, attainable, labels

BOOK = load_codebook("themes")
CORPUS = Path(__file__).resolve().parent.parent / "fixtures" / "corpus"
BENCHMARK = Path(__file__).resolve().parent.parent / "benchmarks" / "results" / "reuse.json"
OPTIONS = {"threshold": 0.6, "formula_words": 4, "confidence": 0.95, "resamples": 100}
MAX_WORDS = 1_500
MAX_EXHIBITS = 6
# Whole numbers of a table that count nothing of this document, and why.
NOT_OF_THE_DOCUMENT = {
    ("tbl-keywords", "Others"): "occurrences in the other documents",
    ("tbl-phrases", "Documents"): "documents, not sentences",
    ("tbl-documents", "Words"): "the document is counted as a whole",
}


@dataclass(frozen=True)
class Compared:
    """A document beside others, and every frame of its report."""

    document: Document
    corpus: Corpus
    acts: pd.DataFrame
    reuse: pd.DataFrame
    continuity: pd.DataFrame
    marks: pd.DataFrame
    shares: pd.DataFrame
    keyness: pd.DataFrame
    phrases: pd.DataFrame
    novelty: pd.DataFrame

    @property
    def facts(self) -> ComparisonFacts:
        return topic.comparison_facts(
            self.document,
            self.corpus,
            reuse=self.reuse,
            continuity=self.continuity,
            keywords=self.keyness,
            novelty=self.novelty,
            phrases=self.phrases,
            shares=self.shares,
            codebook=BOOK,
            options=OPTIONS,
        )


def compare(document: Document, others: Iterable[Document]) -> Compared:
    corpus = Corpus((*others, document))
    if all(item.metadata.date for item in corpus):
        corpus = Corpus(tuple(sorted(corpus, key=lambda item: str(item.metadata.date))))
    reuse = find_reuse(corpus)
    acts = code_speech_acts(topic.in_english(corpus))
    marks = topic.marks_of(corpus, acts, code_themes(corpus))
    return Compared(
        document=document,
        corpus=corpus,
        acts=acts,
        reuse=reuse,
        continuity=topic.commitment_continuity(document, corpus, acts, reuse),
        marks=marks,
        shares=topic.shares_by_date(corpus, marks, bootstrap=Bootstrap(resamples=100, seed=1)),
        keyness=topic.keyness_against_others(document, corpus),
        phrases=topic.phrases_of(document, topic.shared_phrases(corpus)),
        novelty=topic.novelty(corpus),
    )


def note(text: str, name: str, year: int | None = None) -> Document:
    date = None if year is None else datetime.date(year, 6, 1)
    return Document.from_text(text, id=name, date=date, language="en")


def statuses(old: str, new: str) -> list[tuple[str, str, int, int]]:
    """Return what became of the commitments of two texts: sentence, status, levels."""
    made = compare(note(new, "new", 2013), [note(old, "old", 2007)])
    columns = ["segment_id", "earlier_segment_id", "status", "level", "earlier_level"]
    return [
        (str(here or there), str(status), int(level), int(before))
        for here, there, status, level, before in made.continuity[columns].values.tolist()
    ]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(sorted(CORPUS.glob("*.txt")))


@pytest.fixture(scope="module")
def valley(corpus: Corpus) -> Compared:
    document = corpus["valley-2016"]
    return compare(document, [item for item in corpus if item.id != document.id])


@pytest.fixture(scope="module")
def variant(declaration: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a later declaration in which two sentences of the bundled one return reworded."""
    text = declaration.text.replace("September 13, 2013", "September 13, 2014")
    for before, after in (
        ("commitment to work together on", "commitment to act together on"),
        ("are in favor of further strengthening the UN", "will continue strengthening the UN"),
        ("They recognize the need to reform the UN", "Floods threaten the lowlands; they reform"),
    ):
        assert before in text
        text = text.replace(before, after)
    path = tmp_path_factory.mktemp("variant") / "variant.txt"
    path.write_text(text, encoding="utf-8")
    return path


def run(document: Path | str, others: Sequence[str], output: Path, **given: object) -> Path:
    """Run the notebook's cells in one namespace, with these parameters after its own."""
    names: dict[str, object] = {}
    path = notebooks_folder() / "comparison.ipynb"
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", ()):
                names |= {"document_id": str(document), "others": list(others), "resamples": 100}
                names |= {"output_folder": str(output), **given}
    return output


@dataclass(frozen=True)
class Written:
    """A report as the notebook made it: its Markdown, and its tables by id."""

    document: Document
    markdown: str
    tables: dict[str, CountTable | pd.DataFrame]


def written(document: Path | str, others: Sequence[str]) -> Written:
    """Run the notebook without writing anything."""
    made: list[Report] = []
    tables: dict[str, CountTable | pd.DataFrame] = {}
    original = Report.table

    def table(self: Report, given: CountTable | pd.DataFrame, **options: object) -> None:
        tables[str(options["id"])] = given
        original(self, given, **options)  # type: ignore[arg-type] # as given

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Report, "table", table)
        patch.setattr(Report, "save", lambda report: made.append(report))
        run(document, others, Path("nowhere"))
    return Written(made[0].document, made[0].markdown(), tables)


@pytest.fixture(scope="module")
def reports(variant: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    small = tmp_path_factory.mktemp("small") / "small.txt"
    small.write_text("We met.", encoding="utf-8")
    return {
        "of five": written(CORPUS / "valley-2016.txt", [str(CORPUS)]),
        "of two": written(variant, ["sco-2013-bishkek"]),
        "the earliest": written("sco-2013-bishkek", [str(variant)]),
        "one sentence": written(small, ["sco-2013-bishkek"]),
    }


# The notebook


def test_it_reports_a_document_of_a_corpus(tmp_path: Path) -> None:
    folder = run(CORPUS / "valley-2016.txt", [str(CORPUS)], tmp_path / "report")
    text = (folder / "report.md").read_text(encoding="utf-8")
    assert "is compared with four other documents, dated 16 August 2007 to 14 June 2019." in text
    for part in ("documents", "reuse", "commitments", "dates", "sentences", "dropped", "phrases"):
        assert f"{{#tbl-{part} .table}}" in text, part
    assert (folder / "figures" / "fig-formula.svg").is_file()
    assert "| nan |" not in text
    # Sentences of other documents are quoted with their ids; only its own are links.
    assert "| 2012, ¶ 4, sentence 1 |" in text
    page = (folder / "report.html").read_text(encoding="utf-8")
    anchors = {part.split('"')[0] for part in page.split('href="#p')[1:]}
    assert all(f'id="p{anchor}"' in page for anchor in anchors)
    record = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert len(record["parameters"]["others"]) == 4
    assert record["parameters"]["others"][0].startswith("valley-2007 sha256:")
    assert "/" not in json.dumps(record["parameters"])


def test_alone_it_says_what_it_needs(tmp_path: Path) -> None:
    folder = run("sco-2013-bishkek", [], tmp_path / "report")
    text = (folder / "report.md").read_text(encoding="utf-8")
    assert "A comparison needs at least one other document" in text
    assert "others=" in text
    assert not (folder / "figures").exists()
    assert not (folder / "tables").exists()


@pytest.mark.parametrize(
    "text",
    ["Hello", "... !!! ???", "Главы государств.", "We <script>alert(1)</script> will $5 | @key"],
)
def test_any_document_beside_any_other(text: str, tmp_path: Path) -> None:
    source, other = tmp_path / "odd.txt", tmp_path / "other.txt"
    source.write_text(text, encoding="utf-8")
    other.write_text("We will meet. They fight drugs and terror.", encoding="utf-8")
    page = (run(source, [str(other)], tmp_path / "report") / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert "Not every document has a date" in page


def test_a_template_of_ones_own_says_it_otherwise(valley: Compared, tmp_path: Path) -> None:
    own = tmp_path / "text.md"
    own.write_text("{% block abstract %}{{ f.others }} others{% endblock %}", encoding="utf-8")
    assert topic.prose(valley.facts, own)["abstract"] == "4 others"
    own.write_text("{% block abstract %}{{ f.rank }}{% endblock %}", encoding="utf-8")
    with pytest.raises(ParameterError, match="rank"):
        topic.prose(valley.facts, own)["abstract"]


def test_the_documents_are_found_and_the_one_itself_is_passed_over(corpus: Corpus) -> None:
    document = corpus["valley-2012"]
    found = topic.compared(document, [str(CORPUS)])
    assert [item.id for item in found] == [item.id for item in corpus]
    undated = Document.from_text("Undated.", id="undated")
    assert [item.id for item in topic.compared(undated, [str(CORPUS / "valley-2019.txt")])] == [
        "valley-2019",
        "undated",
    ]
    with pytest.raises(ScoResearchError, match="nowhere"):
        topic.compared(document, ["nowhere.txt"])


def test_others_are_read_before_a_kernel_starts() -> None:
    jobs = partial(plan_jobs, "sco-2013-bishkek", "comparison")
    with pytest.raises(ScoResearchError, match=r"(?s)'comparison', parameter 'others': .*nowhere"):
        check_inputs(jobs(parameters={"others": f"{CORPUS}, nowhere.txt"}))
    check_inputs(jobs(parameters={"others": str(CORPUS)}))


# What became of the commitments


def test_a_reworded_commitment_is_neither_new_nor_dropped() -> None:
    old = (
        "The member states reaffirm their commitment to work together on the basis of the Charter."
    )
    new = "The member states reaffirm their commitment to act together on the basis of the Charter."
    assert statuses(old, new) == [("new:p1.s1", "returning", 2, 2)]


def test_commitments_become_firmer_and_weaker() -> None:
    open_office = "open a common trade office in the port of Besk"
    assert statuses(
        f"We support plans to {open_office}.", f"We will continue to {open_office}."
    ) == [("new:p1.s1", "firmer", 2, 1)]
    assert statuses(f"We will {open_office}.", f"We will continue to {open_office}.") == [
        ("new:p1.s1", "weaker", 2, 3)
    ]


def test_a_commitment_is_added_to_a_sentence_that_returns_or_lost_from_it() -> None:
    committed = "The Parties will exchange lists of banned organisations twice a year."
    bare = "The authorities of Besk exchange lists of banned organisations twice a year."
    assert statuses(committed, bare) == [("new:p1.s1", "lost", 0, 3)]
    assert statuses(bare, committed) == [("new:p1.s1", "added", 3, 0)]


def test_commitments_are_new_and_dropped() -> None:
    assert statuses("We will build seven hospitals.", "We will protect mountain glaciers.") == [
        ("new:p1.s1", "new", 3, 0),
        ("old:p1.s1", "dropped", 0, 3),
    ]


def test_a_sentence_that_is_split_is_not_weaker() -> None:
    old = (
        "The Parties will open a trade office in the port of Besk and recall the old fishing "
        "agreement on the northern lakes."
    )
    new = (
        "The Parties will open a trade office in the port of Besk. "
        "The Parties recall the old fishing agreement on the northern lakes."
    )
    assert statuses(old, new) == [("new:p1.s1", "returning", 3, 3)]


def test_the_earliest_document_has_first_commitments_and_says_nothing_of_them() -> None:
    made = compare(note("We will meet.", "a", 2007), [note("We will meet.", "b", 2013)])
    assert made.continuity["status"].tolist() == ["first"]
    assert made.facts.commitments is None
    assert made.facts.earlier == 0
    assert made.facts.in_later.sentences == made.reuse["earlier_segment_id"].nunique()


def test_the_counts_of_commitments_add_up(valley: Compared) -> None:
    facts = valley.facts.commitments
    assert facts is not None
    acts = valley.acts[valley.acts["document_id"] == "valley-2016"]
    assert facts.strict.sentences == int(acts["strict"].sum())
    assert facts.broad.sentences == int(acts["broad"].sum())
    pairs = valley.reuse[valley.reuse["document_id"] == "valley-2016"]
    with_one = acts["segment_id"].isin(pairs["segment_id"])
    assert facts.strict.new == int((acts["strict"] & ~with_one).sum())
    # Of those with a counterpart, one was added to a sentence that had no commitment.
    assert facts.strict.added == len(facts.added) == 1
    assert facts.strict.returning == int((acts["strict"] & with_one).sum()) - 1
    assert facts.strict.lost == len(facts.lost) == 1
    before = valley.acts[valley.acts["document_id"] == "valley-2012"]
    gone = ~before["segment_id"].isin(pairs["earlier_segment_id"])
    assert facts.strict.dropped == int((before["strict"] & gone).sum())
    assert facts.broad.dropped == int((before["broad"] & gone).sum())
    assert len(topic.dropped_table(valley.continuity)) == facts.broad.dropped
    table = topic.commitments_table(valley.continuity)
    rows = table.frame.set_index(table.frame.columns[0])
    made = rows[~rows.index.str.startswith(("Dropped", "Lost"))]
    assert int(rows["Strict"].sum() - made["Strict"].sum()) == (
        facts.strict.dropped + facts.strict.lost
    )
    assert int(made["Strict"].sum()) == facts.strict.sentences
    assert int(made["Broad only"].sum()) == facts.broad.sentences - facts.strict.sentences


# The other facts, counted again


def test_returning_sentences_are_those_with_a_pair(valley: Compared) -> None:
    facts, reuse = valley.facts, valley.reuse
    mine = reuse[reuse["document_id"] == "valley-2016"]
    assert facts.from_earlier.sentences == mine["segment_id"].nunique()
    later = reuse[reuse["earlier_document_id"] == "valley-2016"]
    assert facts.in_later.sentences == later["earlier_segment_id"].nunique()
    kinds = facts.from_earlier
    assert kinds.sentences == kinds.verbatim + kinds.near_verbatim + kinds.reworded
    # The counterpart is the nearest document's: of the dates, the latest of the earlier ones.
    found = topic.returning_sentences(valley.document, valley.corpus, reuse)
    nearest = mine.groupby("segment_id")["earlier_document_id"].max()
    shown = found.set_index("segment_id")["other_document_id"]
    assert shown.sort_index().to_dict() == nearest.to_dict()


def test_shares_are_sentences_of_sentences(valley: Compared) -> None:
    found = valley.shares.set_index(["document_id", "measure"])
    coded = code_themes(valley.corpus)
    for document in valley.corpus:
        total = len(sentences_of(document))
        here = valley.acts[valley.acts["document_id"] == document.id]
        assert found.loc[(document.id, STRICT), "value"] == pytest.approx(
            here["strict"].sum() / total
        )
        assert found.loc[(document.id, BROAD), "value"] == pytest.approx(
            here["broad"].sum() / total
        )
        drugs = coded[
            (coded["document_id"] == document.id) & (coded["category"] == "security.drugs")
        ]
        assert (
            found.loc[(document.id, "security.drugs"), "with_it"] == drugs["segment_id"].nunique()
        )
    dates = valley.facts.dates
    assert dates is not None
    here = valley.shares[valley.shares["document_id"] == "valley-2016"].dropna(
        subset=["change_low", "change_high"]
    )
    assert dates.intervals == len(here)
    outside = here[(here["change_low"] * here["change_high"]) > 0]
    assert len(dates.changed) == len(outside)


def test_there_is_no_change_of_two_documents_or_without_dates(corpus: Corpus) -> None:
    two = compare(corpus["valley-2009"], [corpus["valley-2007"]])
    assert two.shares.empty
    assert two.facts.dates is None
    dated = [note("We will meet.", f"n{year}", year) for year in (2007, 2009)]
    assert compare(note("We will meet.", "undated"), dated).facts.dates is None


def test_an_interval_needs_paragraphs_sentences_and_both_kinds_of_them() -> None:
    plain, drugs = "They met in Besk.", "They fight drugs."

    def has_interval(*texts: list[str]) -> bool:
        documents = [
            note("\n\n".join(text), f"n{place}", 2000 + place) for place, text in enumerate(texts)
        ]
        shares = compare(documents[-1], documents[:-1]).shares
        here = shares[shares["document_id"] == documents[-1].id]
        mine = here[here["measure"] == "security.drugs"]
        low, high = mine["change_low"].item(), mine["change_high"].item()
        assert pd.isna(low) == pd.isna(high)
        return not pd.isna(low)

    first = [plain]
    some = [drugs, drugs, drugs, plain, plain, plain]
    assert has_interval(first, some, some)
    # Too few paragraphs; too few such sentences; none or all of the sentences.
    assert not has_interval(first, some, some[2:])
    assert not has_interval(first, [drugs, *[plain] * 5], [drugs, *[plain] * 5])
    assert not has_interval(first, [plain] * 6, [drugs] * 5 + [plain])
    assert not has_interval(first, some, [drugs] * 6)


def test_formula_is_a_share_of_words(valley: Compared) -> None:
    formula = valley.facts.formula
    assert formula is not None
    here = valley.novelty[valley.novelty["document_id"] == "valley-2016"]
    assert formula.share == pytest.approx(here["formulaic_words"].sum() / here["words"].sum())
    assert formula.sentences == len(sentences_of(valley.document))
    assert formula.whole == sum(here["formulaic_words"] == here["words"])
    text = " ".join(words(valley.document.text.lower()))
    assert valley.facts.phrases
    assert all(phrase.text in text for phrase in valley.facts.phrases)
    assert valley.facts.phrase_count == sum(
        valley.document.id in ids for ids in topic.shared_phrases(valley.corpus)["document_ids"]
    )


def test_words_are_told_where_they_can_be_told_apart() -> None:
    other = note("They talk of peace and of trust. " * 40, "other", 2007)
    made = compare(note("They talk of opium and of trust. " * 40, "one", 2013), [other])
    facts = made.facts.keywords
    assert facts is not None
    assert (facts.more, facts.less) == (("opium",), ("peace",))
    table = topic.keywords_table(made.document, made.keyness)
    # Of a count of 0 the ratio has no interval.
    assert table.frame["Interval"].tolist() == ["–", "–"]
    assert table.frame["Word"].tolist() == ["opium", "peace"]
    assert table.frame["Here"].tolist() == [40, 0]
    # With one other document, how many of the others have a word says nothing.
    assert "Documents" not in table.frame
    more, less = table.frame["Conservative"].tolist()
    assert 0 < more < table.frame["Log ratio"][0]
    assert table.frame["Log ratio"][1] < less < 0
    third = note("They talk of peace. " * 40, "third", 2008)
    three = compare(note("They talk of opium and of trust. " * 40, "one", 2013), [other, third])
    spread = topic.keywords_table(three.document, three.keyness).frame
    assert dict(zip(spread["Word"], spread["Documents"], strict=True))["peace"] == 2
    assert "talk" in made.keyness["term"].tolist()


def test_one_word_in_two_spellings_is_one_word() -> None:
    other = note("The organisation favours a programme of work. " * 40, "other", 2007)
    mine = "The organization favors a program of work. " * 40 + "An organisation trades opium. " * 9
    made = compare(note(mine, "one", 2013), [other])
    counts = made.keyness.set_index("term")[["count", "reference_count"]].T.to_dict("list")
    assert counts["organization"] == [49, 40]
    assert counts["favors"] == counts["program"] == [40, 40]
    assert not {"organisation", "favours", "programme"} & set(counts)
    assert made.facts.keywords is not None
    assert set(made.facts.keywords.more) == {"trades", "opium"}
    table = topic.keywords_table(made.document, made.keyness.assign(p_adjusted=0.01))
    shown = dict(zip(table.frame["Word"], table.frame["Here"], strict=True))
    assert shown["organization"] == 49, "both spellings lead to their sentences"


def test_the_phrases_shown_are_told_of_all(valley: Compared) -> None:
    many = dataclasses.replace(valley.facts, phrase_count=55, phrases_shown=40)
    assert (
        "shares 55 phrases with other documents (@tbl-phrases has the first 40)."
        in (blocks(many)["formula"])
    )
    assert "has the first" not in blocks(valley.facts)["formula"]


def test_the_earliest_document_shows_no_change(corpus: Corpus) -> None:
    first = compare(corpus["valley-2007"], [corpus[f"valley-{year}"] for year in (2009, 2012)])
    assert len(first.shares)
    assert first.facts.dates is None
    table = topic.documents_table(first.corpus, first.reuse, first.novelty).frame
    assert pd.isna(table["With a counterpart"].iloc[0]), "before the first there is none"
    assert table["Document"].iloc[0].startswith("2007: valley-2007")


def test_how_many_words_could_be_told_apart_is_counted_one_by_one(valley: Compared) -> None:
    frame = valley.keyness
    p_values = frame["p_value"].to_numpy()
    could = 0
    for place, row in enumerate(frame.to_dict("records")):
        total = row["count"] + row["reference_count"]
        sides = [(total, 0), (0, total)]
        least = min(_g_test(*side, row["size"], row["reference_size"]) for side in sides)
        changed = p_values.copy()
        changed[place] = least
        could += adjust_p_values(changed, method="benjamini-hochberg")[place] <= 0.05
    assert 0 < could < len(frame)
    assert attainable(frame, 0.05) == could
    assert attainable(frame.iloc[:0], 0.05) == 0


def _g_test(here: float, there: float, size: float, other: float) -> float:
    from scipy.stats import chi2_contingency

    cells = [[here, there], [size - here, other - there]]
    return float(chi2_contingency(cells, correction=False, lambda_="log-likelihood").pvalue)


# The tables


def test_every_count_is_the_length_of_its_list(reports: dict[str, Written]) -> None:
    checked = set()
    for report in reports.values():
        ids = {item.id for item in segments_of(report.document)}
        for name, table in report.tables.items():
            frame = table.frame if isinstance(table, CountTable) else table
            evidence = table.evidence if isinstance(table, CountTable) else {}
            for column in frame.columns:
                whole = frame[column].dtype.kind in "iu"
                if not whole or (name, column) in NOT_OF_THE_DOCUMENT:
                    continue
                shown = [0 if pd.isna(number) else number for number in frame[column]]
                assert shown == list(map(len, evidence[column])), (name, column)
                checked.add((name, column))
                for cell in evidence[column]:
                    mine = [str(one) for one in cell if f"{report.document.id}:" in str(one)]
                    assert set(mine) <= ids
    assert {name for name, _ in checked} >= {"tbl-documents", "tbl-commitments", "tbl-dates"}


def test_the_annex_has_every_sentence_once(reports: dict[str, Written]) -> None:
    for report in reports.values():
        table = report.tables["tbl-sentences"]
        assert isinstance(table, pd.DataFrame)
        assert table["Sentence"].tolist() == [item.id for item in sentences_of(report.document)]


def test_the_table_of_reuse_holds_the_changed_words(valley: Compared) -> None:
    returning = topic.returning_sentences(valley.document, valley.corpus, valley.reuse)
    reworded = returning[returning["kind"] != "verbatim"]
    assert 0 < len(reworded) < len(returning)
    table = topic.reuse_table(returning, valley.continuity)
    assert table["Sentence"].tolist() == reworded["segment_id"].tolist()
    marks = re.compile(r"\[-.*?-\]|\{\+.*?\+\}")
    for shown, whole in zip(table["Differences"], reworded["changes"], strict=True):
        assert marks.findall(shown) == marks.findall(whole)
    firmer = table[table["Commitment"].str.contains("firmer")]["Sentence"].tolist()
    commitments = valley.facts.commitments
    assert commitments is not None
    assert firmer == [change.segment_id for change in commitments.firmer]
    assert len(topic.reuse_table(returning, valley.continuity, max_rows=3)) == 3


def test_the_annex_gives_back_both_sentences_of_a_pair(valley: Compared) -> None:
    returning = topic.returning_sentences(valley.document, valley.corpus, valley.reuse)
    table = topic.sentences_table(valley.document, returning, valley.continuity, valley.novelty)
    shown = table.set_index("Sentence")["Differences"]
    texts = {item.id: item.text.split() for one in valley.corpus for item in sentences_of(one)}
    marks = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}|\{~(.*?) → (.*?)~\}")
    pairs = zip(returning["segment_id"], returning["other_segment_id"], strict=True)
    for mine, other in pairs:
        line = str(shown[mine])
        assert marks.sub(r"\1\3", line).split() == texts[str(other)]
        assert marks.sub(r"\2\4", line).split() == texts[str(mine)]
    assert len(returning) > 5


def test_a_year_names_a_document_where_it_is_the_only_one(corpus: Corpus) -> None:
    twice = Corpus(
        (*corpus, Document.from_text("Twin.", id="twin", date=corpus["valley-2019"].metadata.date))
    )
    names = labels(twice)
    assert names["valley-2016"] == "2016"
    assert (names["valley-2019"], names["twin"]) == ("2019a", "2019b")
    undated = Document.from_text("Undated.", id="undated")
    assert labels(Corpus((undated,))) == {"undated": "undated"}


# The prose


def smallest() -> ComparisonFacts:
    return compare(note("We met.", "small"), []).facts


FAULTS = re.compile(
    r"\bNone\b(?! of)|\bnan\b|\b0 of 0\b|\b1 (sentences|words|phrases|documents)\b"
    r"|\b[2-9] (sentence|word)\b|[{%]%|  |\(\)|, \.|\.\.",
)


def blocks(facts: ComparisonFacts) -> dict[str, str]:
    text = topic.prose(facts)
    # The figure is drawn where there is a formula, and the list where commitments were dropped.
    never = set() if facts.formula else {"formula_alt"}
    never |= set() if facts.commitments else {"dropped_caption"}
    return {name: text[name] for name in text.names if name not in never}


def test_every_passage_reads_whatever_the_facts(valley: Compared, corpus: Corpus) -> None:
    one = compare(note("We will meet.", "one", 2013), [note("We will meet.", "two", 2007)]).facts
    lone = dataclasses.replace(valley.facts, commitments=None, dates=None, keywords=None)
    empty = dataclasses.replace(lone, formula=None, phrases=(), phrase_count=0)
    first = compare(corpus["valley-2007"], [corpus["valley-2009"]]).facts
    wordless = compare(note("... !!!", "dots"), [note("We will meet.", "two")]).facts
    apart = compare(note("They met.", "apart"), [note("We will meet.", "two")]).facts
    for facts in (smallest(), one, first, valley.facts, lone, empty, wordless, apart):
        for name, said in blocks(facts).items():
            assert not FAULTS.search(said), (name, said)
    assert "two words" not in blocks(one)["abstract"]


def test_alone_no_passage_but_one_speaks_of_a_comparison() -> None:
    said = blocks(smallest())
    assert "is the only document of this report" in said["abstract"]
    for name in (
        "reuse",
        "commitments",
        "dates",
        "keywords",
        "formula",
        "method",
        "annex",
        "sources",
    ):
        assert said[name] == "", name


def test_the_abstract_says_the_facts(valley: Compared) -> None:
    facts, said = valley.facts, blocks(valley.facts)["abstract"]
    found = facts.commitments
    assert found is not None
    assert (
        f"The program pairs {facts.from_earlier.sentences} of its 19 sentences with sentences of "
        "an earlier document ("
    ) in said
    assert "in part or in other words" in said
    assert f"Under the strict definition, {found.strict.sentences} sentences commit" in said
    strict = found.strict
    assert strict.sentences == strict.new + strict.added + strict.returning
    assert (
        f": {strict.new} are new, without a counterpart in an earlier document; {strict.returning} "
        f"return from one; {strict.added} adds a commitment to what returns."
    ) in said
    assert facts.keywords is not None
    # No word can be told apart from chance: the abstract lists none, nor says so.
    assert not facts.keywords.more
    assert "requent" not in said


def test_an_issuer_that_is_not_known_is_no_other_issuer() -> None:
    sco, unknown, g20 = (
        Document.from_text(f"We will meet in {place}.", id=place, language="en", organization=name)
        for place, name in (("Besk", "sco"), ("Tarn", ""), ("Osk", "g20"))
    )
    said = [
        blocks(compare(one, [other]).facts)["reuse"]
        for one, other in ((sco, unknown), (sco, g20), (sco, dataclasses.replace(sco, id="again")))
    ]
    assert "Not every document has a known issuer" in said[0]
    assert "not all of one issuer" not in said[0]
    assert "The documents are not all of one issuer." in said[1]
    assert "one issuer" not in said[2]
    assert "known issuer" not in said[2]


def test_texts_that_may_be_translations_are_said_to_be() -> None:
    sco, asean, unknown = (
        Document.from_text(f"We will meet in {name}.", id=name, language="en", organization=issuer)
        for name, issuer in (("Besk", "sco"), ("Tarn", "asean"), ("Osk", ""))
    )
    again = dataclasses.replace(sco, id="again")

    def said(*documents: Document) -> str:
        return blocks(compare(documents[0], documents[1:]).facts)["reuse"]

    assert "None of the documents is in an official language of its issuer (Russian or" in said(
        sco, again
    )
    mixed = said(sco, asean, unknown)
    assert "One document is not in an official language of the issuer (Russian or Chinese)" in mixed
    assert "Of one document the language of the original is not known." in mixed
    # English is the working language of one, so its texts are no translations.
    assert "translat" not in said(asean, dataclasses.replace(asean, id="again"))


def test_every_other_document_is_cited(valley: Compared) -> None:
    said = blocks(valley.facts)["sources"]
    for item in valley.corpus:
        assert (item.sha256 in said) == (item.id != valley.document.id)
    online = dataclasses.replace(
        note("We will meet.", "online", 2007),
        metadata=Metadata(title="A note", date=datetime.date(2007, 6, 1), url="https://e.org/n"),
    )
    made = compare(note("We will meet.", "one", 2013), [online]).facts.sources
    assert [(item.name, item.document_id) for item in made] == [("2007", "online")]
    assert "“A note”. 1 June 2007. https://e.org/n" in made[0].citation


def test_only_what_is_shown_is_called_coded(valley: Compared) -> None:
    assert "Commitments and themes are the program" in blocks(valley.facts)["method"]
    two = compare(note("We will meet.", "one", 2013), [note("We will meet.", "two", 2007)]).facts
    assert "Commitments are the program" in blocks(two)["method"]
    french = dataclasses.replace(two, coded=())
    assert "the program's coding" not in blocks(french)["method"]


def test_phrases_of_names_stand_apart() -> None:
    name = "Agreement on Cooperation in Mountain Rescue"
    other = note(f"They signed the {name}. Peace in the whole region was near.", "other", 2007)
    made = compare(
        note(f"We apply the {name}. We seek peace in the whole region.", "one", 2013), [other]
    )
    assert dict(zip(made.phrases["phrase"], made.phrases["named"], strict=True)) == {
        name.lower(): True,
        "peace in the whole region": False,
    }
    assert made.facts.named_phrases == 1
    assert [phrase.text for phrase in made.facts.phrases] == ["peace in the whole region"]
    assert topic.phrases_table(made.document, made.phrases).frame["Name"].tolist() == ["yes", "no"]


def test_a_document_without_earlier_ones_has_no_column_of_formula(corpus: Corpus) -> None:
    for year, has_column in ((2007, False), (2009, True)):
        document = corpus[f"valley-{year}"]
        made = compare(document, [corpus["valley-2007"], corpus["valley-2009"]][year == 2007 :][:1])
        returning = topic.returning_sentences(document, made.corpus, made.reuse)
        table = topic.sentences_table(document, returning, made.continuity, made.novelty)
        assert ("Formulaic words (%)" in table) == has_column


def test_the_abstract_holds_no_count_of_nothing(valley: Compared) -> None:
    found = valley.facts.commitments
    assert found is not None
    for name in ("new", "returning", "added"):
        strict = dataclasses.replace(found.strict, **{name: 0})
        facts = dataclasses.replace(
            valley.facts, commitments=dataclasses.replace(found, strict=strict)
        )
        said = blocks(facts)["abstract"]
        assert not re.search(r"\b0\b|\bnone\b|: ;|; ;|;\.", said), said
    assert "(0 " not in blocks(valley.facts)["abstract"]


def test_the_key_figures_are_the_facts(valley: Compared) -> None:
    assert topic.key_figures(smallest()) == {"Documents": "1"}
    found, facts = topic.key_figures(valley.facts), valley.facts.commitments
    assert facts is not None
    assert found["With an earlier counterpart"] == f"{valley.facts.from_earlier.sentences} of 19"
    assert found["New strict commitments"] == f"{facts.strict.new} of {facts.strict.sentences}"
    assert len(found) <= 6


def test_the_first_has_no_past_and_the_last_no_future(corpus: Corpus) -> None:
    first = compare(corpus["valley-2007"], [corpus["valley-2009"]]).facts
    said = blocks(first)
    assert "earlier document" not in said["abstract"]
    assert "The document is the earliest of those compared." in said["reuse"]
    last = compare(corpus["valley-2009"], [corpus["valley-2007"]]).facts
    assert "later document" not in blocks(last)["abstract"]


def test_what_is_said_of_the_pairing_is_what_was_measured(valley: Compared) -> None:
    held_out = json.loads(BENCHMARK.read_text(encoding="utf-8"))["held-out"]
    said = blocks(valley.facts)["reuse"]
    assert (valley.facts.pair_recall.hits, valley.facts.pair_recall.of) == (
        held_out["paired"],
        held_out["pairs"],
    )
    assert (valley.facts.pair_precision.hits, valley.facts.pair_precision.of) == (
        held_out["paired"],
        held_out["found"],
    )
    assert held_out["found"] - held_out["paired"] == held_out["false"]
    assert f"Of {held_out['pairs']} pairs" in said
    assert f"it found {held_out['paired']}; of the {held_out['found']} pairs" in said
    assert "recall 0.94, precision 0.96" in said
    # The pairs are no sample of a population: an interval would claim one.
    assert "interval" not in said
    # Of another threshold nothing was measured.
    other = dataclasses.replace(valley.facts, threshold=0.5, tested_threshold=False)
    assert "recall" not in blocks(other)["reuse"]


def test_the_body_is_short(reports: dict[str, Written]) -> None:
    for name, report in reports.items():
        body = report.markdown.partition("\n---\n")[2].partition("## Annex")[0]
        exhibits = re.findall(r"\{#(?:tbl|fig)-[a-z-]+ ", body)
        assert len(exhibits) <= MAX_EXHIBITS, name
        lines = [line for line in body.splitlines() if not line.startswith(("|", ":", "!["))]
        assert len(" ".join(lines).split()) <= MAX_WORDS, name


def test_a_variant_of_the_declaration_is_told_as_one(reports: dict[str, Written]) -> None:
    said = reports["of two"].markdown
    table = reports["of two"].tables["tbl-sentences"]
    assert isinstance(table, pd.DataFrame)
    rows = table.set_index("Sentence")
    said_of = rows["Commitment"].str.extract(r"\((.*)\)$", expand=False)
    assert said_of["variant:p2.s1"] == "as firm"
    assert said_of["variant:p6.s1"] == "firmer"
    assert said_of["variant:p6.s2"] == "lost"
    assert re.fullmatch(
        r"(near-verbatim|similar) \(0\.\d\d\)", str(rows.loc["variant:p2.s1", "Wording"])
    )
    assert "[¶ 6, sentence 1](#p6.s1) (“broad only” in sco-2013-bishkek" in said
    # Nothing is ranked, and nothing mapped, of two documents.
    assert "most like" not in said
    assert "fig-map" not in said


# The figure


def test_the_figure_is_drawn_the_same_each_time(valley: Compared) -> None:
    def drawn() -> bytes:
        return figure_svg(topic.novelty_plot(valley.document, valley.novelty))

    assert drawn() == drawn()
