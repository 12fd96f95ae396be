"""The comparison report says what the frames hold, alone and beside others."""

import json
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.themes import code_themes
from sco_research.comparison.continuity import commitment_history, presence
from sco_research.comparison.formulaic import novelty, shared_phrases
from sco_research.comparison.similarity import similarity, similarity_map
from sco_research.comparison.text_reuse import find_reuse
from sco_research.errors import ScoResearchError
from sco_research.loaders import load_corpus
from sco_research.reports.style import figure_bytes
from sco_research.resources import notebooks_folder
from sco_research.runs.checks import check_inputs
from sco_research.runs.plan import plan_jobs
from sco_research.statistics import Bootstrap
from sco_research.text.document import Corpus, Document
from sco_research.topics.comparison import figures, prose, tables, views, words

BOOK = load_codebook("themes")
CORPUS = Path(__file__).resolve().parent.parent / "fixtures" / "corpus"
BOOTSTRAP = Bootstrap(resamples=200, seed=1)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(sorted(CORPUS.glob("*.txt")))


@pytest.fixture(scope="module")
def reuse(corpus: Corpus) -> pd.DataFrame:
    return find_reuse(corpus)


def run(document: Path | str, others: list[str], output: Path, **parameters: object) -> Path:
    """Run the notebook's cells in one namespace, with these parameters after its own."""
    names: dict[str, object] = {}
    path = notebooks_folder() / "comparison.ipynb"
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", ()):
                names |= {"document_id": str(document), "others": others, "resamples": 200}
                names |= {"output_folder": str(output), **parameters}
    return output


def test_it_reports_a_document_of_a_corpus(tmp_path: Path) -> None:
    folder = run(CORPUS / "valley-2016.txt", [str(CORPUS)], tmp_path / "report")
    text = (folder / "report.md").read_text(encoding="utf-8")
    assert "is compared with 4 other documents, from 16 August 2007 to 14 June 2019." in text
    for part in ("reuse", "commitments", "themes", "language", "keywords", "formulas", "new"):
        assert f"{{#tbl-{part} .table}}" in text, part
    for part in ("reuse", "themes", "language", "keyness", "formula", "map"):
        assert (folder / "figures" / f"fig-{part}.svg").is_file(), part
    assert "| nan |" not in text
    # Sentences of other documents are quoted with their ids; only its own are links.
    assert "from valley-2012, ¶ 4, sentence 1" in text
    # The number of sentences with a theme leads to them.
    table = pd.read_csv(folder / "tables" / "tbl-themes.csv")
    proof = pd.read_csv(folder / "tables" / "tbl-themes.evidence.csv")
    shares = dict(zip(table["Theme"], table["2016"], strict=True))
    for theme, sentences in proof.groupby("name"):
        assert shares[theme] == pytest.approx(100 * len(sentences) / 19)
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
    assert "Nothing to compare with" in text
    assert "others=" in text
    assert not (folder / "figures").exists()


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
    assert "A document has no date" in page


def test_the_documents_are_found_and_the_one_itself_is_passed_over(corpus: Corpus) -> None:
    document = corpus["valley-2012"]
    found = views.compared(document, [str(CORPUS)])
    assert [item.id for item in found] == [item.id for item in corpus]
    undated = Document.from_text("Undated.", id="undated")
    assert [item.id for item in views.compared(undated, [str(CORPUS / "valley-2019.txt")])] == [
        "valley-2019",
        "undated",
    ]
    with pytest.raises(ScoResearchError, match="nowhere"):
        views.compared(document, ["nowhere.txt"])


def test_others_are_read_before_a_kernel_starts() -> None:
    jobs = partial(plan_jobs, "sco-2013-bishkek", "comparison")
    with pytest.raises(ScoResearchError, match=r"(?s)'comparison', parameter 'others': .*nowhere"):
        check_inputs(jobs(parameters={"others": f"{CORPUS}, nowhere.txt"}))
    check_inputs(jobs(parameters={"others": str(CORPUS)}))


def test_tables_hold_what_the_frames_hold(corpus: Corpus, reuse: pd.DataFrame) -> None:
    document = corpus["valley-2016"]
    found = tables.returning(document, reuse)
    mine = reuse[reuse["document_id"] == document.id]
    assert set(found.loc[found["way"] == "from", "segment_id"]) == set(mine["segment_id"])
    best = mine.groupby("segment_id")["similarity"].max()
    shown = found[found["way"] == "from"].set_index("segment_id")["similarity"]
    assert shown.sort_index().tolist() == pytest.approx(best.sort_index().tolist())
    history = commitment_history(corpus, views.commitments_of(corpus), reuse)
    here = history[history["document_id"] == document.id]
    assert len(tables.commitment_table(document, history)) == (here["status"] != "dropped").sum()
    assert len(tables.dropped_table(document, history)) == (here["status"] == "dropped").sum()
    new = words.new_table(document, novelty(corpus), reuse)
    assert set(new["Sentence"]).isdisjoint(mine["segment_id"])
    phrases = words.formula_table(document, shared_phrases(corpus))
    text = " ".join(document.text.lower().split())
    assert all(phrase in text for phrase in phrases["Phrase"].head(3))


def test_keywords_lead_to_their_sentences(corpus: Corpus) -> None:
    document = corpus["valley-2016"]
    found = views.keywords(document, corpus, confidence=0.95)
    table = words.keyword_table(found, direction="target", most=5)
    held = words.sentences_with(document, table["Word"])
    for count, anchors in zip(table["Here"], held, strict=True):
        assert 1 <= len(anchors) <= count
    other = words.keyword_table(found, direction="reference", most=5)
    assert (other["Log ratio"] < 0).all()
    assert (table["Log ratio"] > 0).all()


def test_the_first_has_no_past_and_the_last_no_future(corpus: Corpus, reuse: pd.DataFrame) -> None:
    first, last = corpus["valley-2007"], corpus["valley-2019"]
    assert "earlier" not in prose.returning(first, corpus, reuse)
    assert "of its 21 sentences return in a later document" in prose.returning(first, corpus, reuse)
    assert "later" not in prose.returning(last, corpus, reuse)
    history = commitment_history(corpus, views.commitments_of(corpus), reuse)
    assert "are the first of the documents compared" in prose.commitments(first, history)


def test_sentences_say_the_numbers(corpus: Corpus, reuse: pd.DataFrame) -> None:
    document = corpus["valley-2016"]
    standing = presence(corpus, code_themes(corpus))
    history = commitment_history(corpus, views.commitments_of(corpus), reuse)
    text = prose.abstract(
        document,
        corpus,
        reuse=reuse,
        novelty=novelty(corpus),
        keywords=views.keywords(document, corpus, confidence=0.95),
        presence=standing,
        history=history,
        codebook=BOOK,
    )
    number = reuse.loc[reuse["document_id"] == document.id, "segment_id"].nunique()
    assert f"Of its 19 sentences {number} return from an earlier document" in text
    made = history[(history["document_id"] == document.id) & (history["status"] != "dropped")]
    new = int((made["status"] == "new").sum())
    assert f"Of its {len(made)} commitments {new} are new" in text
    assert "new: The Organization itself" in text


def test_a_year_names_a_document_where_it_is_the_only_one(corpus: Corpus) -> None:
    twice = Corpus(
        (*corpus, Document.from_text("Twin.", id="twin", date=corpus["valley-2019"].metadata.date))
    )
    names = views.labels(twice)
    assert names["valley-2016"] == "2016"
    assert names["valley-2019"] == "valley-2019"


def test_every_figure_is_drawn_the_same_each_time(corpus: Corpus, reuse: pd.DataFrame) -> None:
    document = corpus["valley-2016"]
    alike = similarity(corpus)
    themes = views.theme_trend(corpus, code_themes(corpus), BOOK, BOOTSTRAP)
    names = dict.fromkeys(themes["measure"].unique(), "A theme of a rather long and wordy name")

    def drawn() -> list[bytes]:
        return [
            figure_bytes(figure, "svg")
            for figure in (
                figures.keyness_plot(views.keywords(document, corpus, confidence=0.95), most=12),
                figures.map_plot(similarity_map(corpus, alike), corpus, document),
                figures.over_dates(themes, corpus, document, names, scale=100, unit="%"),
                figures.reuse_plot(corpus["valley-2007"], document, reuse),
                figures.novelty_plot(document, novelty(corpus)),
            )
        ]

    assert drawn() == drawn()
