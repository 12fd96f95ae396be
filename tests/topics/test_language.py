"""What the language report states, shows and says."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle, StepPatch

from sco_research import code_stance, kwic, load_codebook, measure
from sco_research.reports.counts import CountTable
from sco_research.reports.figures import figure_svg
from sco_research.reports.prose import Prose
from sco_research.reports.report import Report
from sco_research.resources import notebooks_folder
from sco_research.text.document import Document
from sco_research.text.segments import segments_of, sentences_of
from sco_research.text.tokens import words
from sco_research.topics import language
from sco_research.topics.language import figures
from sco_research.topics.language.facts import Agency, CategoryHits, Curve, LanguageFacts

MAX_WORDS, MAX_EXHIBITS = 1_500, 6
OWN_CODEBOOK = """
name = "own"
version = "3"
[[category]]
id = "praise"
label = "Praise"
definition = "Praise."
include = ["good"]
examples = ["A good day."]
counter_examples = ["A day."]
"""
SMALL = Document.from_text(
    "We strongly support peace. The parties shall meet, and should agree.\n\n\n"
    "It is unacceptable that a text is written by nobody. We express deep concern.",
    id="small",
    language="en",
)
ONE = Document.from_text("We shall meet.", id="one", language="en")
EMPTY = Document.from_text("... !!! ???", id="empty", language="en")
RUSSIAN = Document.from_text("Главы государств встретились.", id="ru", language="ru")
CHINESE = Document.from_text("元首们签署了宣言。成员国将继续合作。", id="zh", language="zh")
FRENCH = Document.from_text("Les chefs d’État se sont réunis.", id="fr", language="fr")


def counts_of(document: Document) -> pd.DataFrame:
    return language.count(document, level=["document", "section", "sentence"])


def facts_of(document: Document, codebook: str | Path = "stance") -> LanguageFacts:
    book = load_codebook(codebook)
    return language.language_facts(
        document,
        counts=counts_of(document),
        metrics=measure(document),
        curve=language.readability_curve(document),
        checked=language.cross_check(document),
        codebook=book,
        codings=code_stance(document, codebook=book),
        forms=language.stance_forms(document, codebook=book),
        rates=language.stance_rates(document, codebook=book),
        words=["will", "shall"],
    )


@pytest.fixture(scope="module")
def facts(declaration: Document) -> LanguageFacts:
    return facts_of(declaration)


@pytest.fixture(scope="module")
def own_codebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("codebook") / "own.toml"
    path.write_text(OWN_CODEBOOK, encoding="utf-8")
    return path


# Facts


def test_length_is_that_of_the_sentences(declaration: Document, facts: LanguageFacts) -> None:
    sizes = [len(words(sentence.text)) for sentence in sentences_of(declaration)]
    length = facts.length
    assert (length.words, length.sentences, length.longest_words) == (sum(sizes), 51, max(sizes))
    assert length.mean == pytest.approx(sum(sizes) / 51)
    assert length.long_sentences == sum(size > 40 for size in sizes)
    assert length.longest == sentences_of(declaration)[sizes.index(max(sizes))].id
    assert length.sections == 6


def test_readability_has_the_class_of_its_author(facts: LanguageFacts) -> None:
    readability = facts.readability
    assert readability
    assert readability.ease == pytest.approx(206.835 - 1.015 * 1829 / 51 - 84.6 * 3576 / 1829)
    assert (readability.ease_class, readability.outside) == ("very difficult", ())
    for text, times, said, beyond in (
        ("We met. We ate. We go home now. ", 20, "", "above 100"),
        ("We met. We ate. We go home now. ", 1, "", ""),
        ("We go home to the village today. ", 20, "very easy", ""),
        ("International organizations' representatives deliberated. ", 30, "", "below 0"),
    ):
        easy = facts_of(Document.from_text(text * times, id="easy", language="en")).readability
        assert easy
        assert (easy.ease_class, easy.ease_beyond) == (said, beyond)
        assert ("Flesch reading ease" in easy.outside) is (times == 1)


def test_an_adapted_formula_has_no_class_and_its_own_source() -> None:
    readability = facts_of(RUSSIAN).readability
    assert readability
    assert (readability.ease_class, readability.grade) == ("", None)
    assert {measure.source for measure in readability.cited} == {"oborneva2006", "bjornsson1983"}


def test_diversity_is_that_of_moving_windows(declaration: Document, facts: LanguageFacts) -> None:
    tokens = [
        word.lower() for sentence in sentences_of(declaration) for word in words(sentence.text)
    ]
    windows = [len(set(tokens[start : start + 50])) for start in range(len(tokens) - 49)]
    assert facts.diversity
    assert facts.diversity.different == pytest.approx(sum(windows) / len(windows))
    assert facts.diversity.types == len(set(tokens))
    assert facts.diversity.undefined == ()
    short = facts_of(SMALL).diversity
    assert short
    assert "MTLD" in short.undefined
    assert "MATTR" not in [measure.label for measure in short.measures]


def test_modal_verbs_are_those_of_the_text(declaration: Document, facts: LanguageFacts) -> None:
    body = declaration.text[slice(*declaration.body)].lower()
    found = {verb: len(re.findall(rf"\b{verb}\b", body)) for verb in ("will", "should", "shall")}
    assert facts.modality
    assert facts.modality.present == (
        CategoryHits("will", found["will"]),
        CategoryHits("should", found["should"]),
    )
    assert (found["shall"], facts.modality.absent) == (0, ("shall", "must"))


def test_stance_is_counted_by_category() -> None:
    stance = facts_of(SMALL).stance
    assert stance
    assert {kind.name: kind.hits for kind in stance.present} == {
        "support": 1, "concern and regret": 1, "opposition": 1,
    }  # fmt: skip
    assert set(stance.absent) == {"welcome", "condemnation"}
    assert (stance.boosters, stance.hedges) == (3, 0)
    assert stance.passives
    assert (stance.passives.hits, stance.passives.with_agent) == (1, 0)
    # "unacceptable" and "deep concern" are boosters too.
    assert stance.in_two_categories == 2
    assert stance.shared == ("unacceptable", "deep concern")
    said = language.prose(facts_of(SMALL))["stance"]
    assert (
        "Two expressions belong to two categories and are counted in both: “unacceptable”" in said
    )
    twice = "They are of deep concern. Deep concern is voiced. It is unacceptable."
    said = language.prose(facts_of(Document.from_text(twice, id="n", language="en")))["stance"]
    assert "Two expressions, in 3 places, belong to two categories and are" in said
    assert "in both: “deep concern” and “unacceptable”." in said


def test_a_term_among_the_nominalizations_is_told() -> None:
    """A term of the subject that is a fifth of them makes the rate hard to compare."""
    text = "They note resistance. " * 6 + "Resistance and the improvement of implementation matter."
    found = facts_of(Document.from_text(text, id="n", language="en"))
    assert found.stance
    assert found.stance.frequent_noun == CategoryHits("resistance", 7)
    assert found.length.words == 25
    assert found.stance.rate_without_it == pytest.approx(1000 * 2 / 25)
    said = " ".join(language.prose(found)["stance"].split())
    assert "The most frequent is “resistance” (7 of 9), which may be a term" in said
    assert "without it the rate is 80.0 per 1,000 words." in said
    few = facts_of(Document.from_text("They note resistance and improvement.", id="n"))
    assert few.stance
    assert few.stance.frequent_noun is None


def test_the_words_of_the_annex_are_named() -> None:
    assert (
        "each occurrence of “will” and “shall”, the words"
        in (language.prose(facts_of(ONE))["concordance"])
    )


def test_clauses_counted_as_sentences_are_told_beside_the_mean() -> None:
    clauses = "We:\n\nMeet in Zenda;\n\nSpeak of the lake;\n\nOpen the school."
    found = facts_of(Document.from_text(clauses, id="n", language="en"))
    said = " ".join(language.prose(found)["abstract"].split())
    assert found.length.mostly_clauses is ("not comparable with those of prose" in said)
    many = replace(found, length=replace(found.length, clauses=found.length.sentences))
    assert "are clauses that end in a semicolon" in language.prose(many)["abstract"]


def test_agents_are_agents(facts: LanguageFacts) -> None:
    # "achieved by the Syrians", "sanctioned by the UN Security Council"; not "gained by the
    # meetings", "caused by … disaster" or "be settled solely by peaceful … means".
    assert facts.stance
    assert facts.stance.passives == Agency(3, 0)
    assert facts.stance.participles == Agency(4, 2)


def test_a_codebook_of_ones_own_has_the_categories_that_it_has(own_codebook: Path) -> None:
    found = facts_of(Document.from_text("A good day.", id="n", language="en"), own_codebook)
    assert found.modality is None
    assert found.stance
    assert (found.stance.bundled, found.stance.hedges, found.stance.present) == (False, None, ())


@pytest.mark.parametrize("document", [RUSSIAN, CHINESE, FRENCH], ids=lambda item: item.id)
def test_no_stance_is_stated_of_another_language(document: Document) -> None:
    found = facts_of(document)
    assert (found.stance, found.modality, found.cross_check) == (None, None, None)


def test_nothing_is_stated_of_no_words() -> None:
    found = facts_of(EMPTY)
    assert (found.length.words, found.length.sentences, found.length.mean) == (0, 0, None)
    assert [found.readability, found.curve, found.diversity, found.stance] == [None] * 4


def test_an_original_is_no_translation(facts: LanguageFacts) -> None:
    assert facts.official_languages == ("Russian", "Chinese")
    russian = Document.from_text("Мы встретились.", id="r", language="ru", organization="sco")
    assert facts_of(russian).official_languages == ()
    assert facts_of(SMALL).official_languages == ()


def test_textstat_is_equal_where_it_prints_the_same() -> None:
    found = facts_of(ONE).cross_check
    assert found
    assert found.equal is (f"{found.own:.1f}" == f"{found.textstat:.1f}")


# Prose

EXTREMES = ("declaration", "largest", "small", "one", "empty", "ru", "zh", "fr", "own")


def extreme(name: str, declared: LanguageFacts, own_codebook: Path) -> LanguageFacts:
    if name == "declaration":
        return declared
    if name == "own":
        return facts_of(Document.from_text("A good day.", id="n", language="en"), own_codebook)
    if name == "largest":
        assert declared.stance
        assert declared.readability
        return replace(
            declared,
            length=replace(declared.length, words=1_234_567, sentences=40_000, sections=250),
            curve=Curve("Flesch–Kincaid grade", -3.0, 1_000.0),
            readability=replace(
                declared.readability, ease=-120.0, ease_class="", ease_beyond="below 0"
            ),
            stance=replace(
                declared.stance,
                in_two_categories=11_000,
                shared_forms=300,
                nominalisations=80_000,
            ),
        )
    documents = (SMALL, ONE, EMPTY, RUSSIAN, CHINESE, FRENCH)
    return facts_of({document.id: document for document in documents}[name])


@pytest.fixture(scope="module", params=EXTREMES)
def prose(request: pytest.FixtureRequest, facts: LanguageFacts, own_codebook: Path) -> Prose:
    return language.prose(extreme(str(request.param), facts, own_codebook))


def test_every_passage_can_be_read(prose: Prose) -> None:
    for name in prose.names:
        text = prose[name]
        assert not re.search(r"\bnan\b|None|\b1 [a-z-]+s\b|\b0 of\b|–\.|\(\)|\{|\}|<", text), text
        assert not re.search(r" [.,;:]|[.,;]{2}|  \w|\bno [a-z]+ in no\b", text), text
        assert not re.search(r"\b(one|1) [a-z]+ (have|belong|are)\b", text), text
        prefix = re.sub(r"^## [^\n]+\n*", "", text)
        assert not prefix or prefix.rstrip()[-1] in ".:" or name == "title", (name, text)


def test_the_abstract_says_what_was_found(facts: LanguageFacts) -> None:
    text = " ".join(language.prose(facts)["abstract"].split())
    assert "1,829 words in 51 sentences, or 35.9 words per sentence" in text
    assert (
        "Of the modal verbs *will*, *shall*, *must* and *should*, the text uses *will* (5) and "
        "*should* (4)." in text
    )
    assert "finds 12 expressions of support, 2 of concern and regret, 3 of opposition" in text


def test_a_score_beyond_the_scale_has_no_class() -> None:
    text = "International organizations' representatives deliberated. " * 30
    prose = language.prose(facts_of(Document.from_text(text, id="hard", language="en")))
    assert ", below 0, where Flesch’s scale ends;" in prose["abstract"]
    assert "has none of his classes" in prose["readability"]
    assert "classed as" not in prose["abstract"]


def test_the_abstract_says_that_forms_are_counted_whoever_speaks(facts: LanguageFacts) -> None:
    said = "Words are counted by their form, whoever speaks, also in quotations."
    assert said in language.prose(facts)["abstract"]
    none = facts_of(Document.from_text("We met today.", id="n", language="en"))
    assert said not in language.prose(none)["abstract"]


def test_words_run_together_are_told() -> None:
    text = "They seek economicgrowth and aid. Economic growth of all is away; a way is found."
    found = facts_of(Document.from_text(text, id="fused", language="en"))
    assert found.length.also_apart_words == ("economicgrowth",)
    said = "Of its words, one is written elsewhere as two: “economicgrowth”."
    assert said in " ".join(language.prose(found)["length"].split())
    many = replace(found, length=replace(found.length, also_apart=8))
    said = " ".join(language.prose(many)["length"].split())
    assert "eight are written elsewhere as two, such as “economicgrowth”." in said
    assert "elsewhere as two" not in language.prose(facts_of(SMALL))["length"]


def test_small_texts_are_told_as_they_are() -> None:
    said = {
        document.id: " ".join(language.prose(facts_of(document))["abstract"].split())
        for document in (ONE, EMPTY, CHINESE)
    }
    assert said["one"].startswith("The text has 3 words in 1 sentence.")
    assert "too short for these values to be reliable" in said["one"]
    assert said["empty"] == "The text contains no words."
    assert said["zh"].startswith("The text has 2 sentences. Its words are not counted")


def test_a_codebook_of_ones_own_is_not_called_ours(own_codebook: Path) -> None:
    found = facts_of(Document.from_text("A good day.", id="n", language="en"), own_codebook)
    text = language.prose(found)["stance"]
    assert "our own" not in text
    assert "Hyland" not in text


def test_a_template_of_ones_own_takes_its_place(tmp_path: Path, facts: LanguageFacts) -> None:
    file = tmp_path / "text.md"
    file.write_text("{% block title %}Sprache: {{ f.length.words }}{% endblock %}", "utf-8")
    assert language.prose(facts, str(file))["title"] == "Sprache: 1,829"


def test_the_methods_that_it_names_are_there(facts: LanguageFacts, checkout: Path) -> None:
    prose = language.prose(facts)
    named = set(re.findall(r"`(docs/[^`]+)`", "".join(prose[name] for name in prose.names)))
    assert named
    assert all((checkout / name).is_file() for name in named)


# Tables and figure


def test_counts_add_up_over_the_sections(declaration: Document) -> None:
    table = language.counts_table(counts_of(declaration)).frame
    assert table["Part"].tolist() == [
        "Opening", *(f"Section {number}" for number in range(1, 7)), "Whole text",
    ]  # fmt: skip
    for column in ("Sentences", "Words", "Syllables"):
        assert table[column].iloc[:-1].sum() == table[column].iloc[-1]
    assert table["Longest sentence (words)"].max() == table["Longest sentence (words)"].iloc[-1]


def test_a_text_without_sections_has_one_row_and_no_empty_column() -> None:
    table = language.counts_table(counts_of(FRENCH)).frame
    assert table["Part"].tolist() == ["Whole text"]
    assert "Syllables" not in table
    assert table.notna().all(axis=None)


def test_an_opening_and_one_section_are_not_told_apart() -> None:
    text = "We declare the following.\n\n\nWe met.\n\nWe will meet again."
    opened = Document.from_text(text, id="opened", language="en")
    counts = counts_of(opened)
    assert (counts["level"] == "section").sum() == 2
    assert facts_of(opened).length.sections == 1
    assert language.counts_table(counts).frame["Part"].tolist() == ["Whole text"]


def test_each_measure_of_diversity_has_its_variant(declaration: Document) -> None:
    table = language.diversity_table(measure(declaration), counts="tbl-counts").frame
    variants = table.set_index("Measure")["Variant"]
    for name, said in {
        "MATTR": "windows of 50", "MSTTR": "segments of 50", "HD-D": "samples of 42",
        "MTLD": "0.72", "Maas a²": "base 10",
    }.items():  # fmt: skip
        assert said in variants[name]
    assert (variants != "").all()
    assert "Remark" not in table


def test_a_remark_is_shown_where_there_is_one() -> None:
    table = language.readability_table(measure(ONE), counts="tbl-counts").frame
    assert table["Remark"].str.contains("fewer than 100 words").any()


def test_rates_of_few_sentences_have_no_interval(declaration: Document) -> None:
    book = load_codebook("stance")
    codings, rates = code_stance(declaration), language.stance_rates(declaration)
    table = language.stance_table(rates, codings, book).frame.set_index("Category")
    assert table["95 % interval"].notna().tolist() == (table["Hits"] >= 5).tolist()
    assert table.loc["Condemnation", "Most frequent expressions"] == "condemn (1)"
    one = Document.from_text(
        "We met. We support " + "support, " * 9 + "peace.", id="n", language="en"
    )
    table = language.stance_table(language.stance_rates(one), code_stance(one), book).frame
    support = table.set_index("Category").loc["Support"]
    assert (support["Hits"], support["95 % interval"]) == (10, None)


def test_dispersion_of_few_hits_is_not_given(declaration: Document) -> None:
    wanted = ["the", "condemn", "unicorn"]
    hits = kwic(declaration, wanted)
    table = language.dispersion_table(
        language.dispersion(declaration, hits, by="pattern", items=wanted), hits
    )
    assert table.frame["Word"].tolist() == ["the"]
    assert table.frame["DP"].notna().all()
    none = language.dispersion(declaration, hits.head(0), by="pattern", items=wanted[1:])
    assert len(language.dispersion_table(none, hits.head(0)).frame) == 0


def test_a_modal_verb_is_shown_where_it_is_counted() -> None:
    text = "We will act. They showed political will in May. It may rain, and will pass."
    note = Document.from_text(text, id="n", language="en")
    forms = language.stance_forms(note)
    hits = language.as_counted(kwic(note, ["will", "may", "act"]), forms, code_stance(note))
    shown = hits["pattern"].value_counts().to_dict()
    assert shown == {"will": 2, "may": 1, "act": 1}
    for verb in ("will", "may"):
        assert shown[verb] == forms.set_index("pattern")["hits"][verb]


def test_names_in_an_expression_keep_their_capitals() -> None:
    text = "Sanctions adopted by the UN Security Council hold. Supporting peace, we support it."
    note = Document.from_text(text, id="n", language="en")
    table = language.stance_table(
        language.stance_rates(note), code_stance(note), load_codebook("stance")
    )
    shown = " ".join(table.frame["Most frequent expressions"])
    assert "adopted by the UN" in shown
    assert "adopted by the un" not in shown
    assert "support (1)" in shown


def test_what_a_formula_was_fitted_on_is_said_of_that_formula() -> None:
    found = facts_of(SMALL).readability
    assert found is not None
    fitted = {name: one.texts for one in found.calibrations for name in one.labels}
    assert fitted["SMOG"] == "school reading tests"
    assert "Navy" in fitted["Flesch–Kincaid grade"]
    assert "LIX" not in fitted, "its constants were fitted on no texts"
    said = language.prose(facts_of(SMALL))["readability"]
    assert "Flesch reading ease and SMOG were calibrated on school reading tests" in said


def test_key_figures_leave_out_what_is_not_known(facts: LanguageFacts) -> None:
    assert language.key_figures(facts) == {
        "Words": "1,829", "Sentences": "51", "Words per sentence": "35.9",
        "Flesch reading ease": "5.0", "MTLD": "54.4",
    }  # fmt: skip
    assert set(language.key_figures(facts_of(CHINESE))) == {"Sentences"}


def test_the_figure_is_the_same_bytes_each_time(declaration: Document) -> None:
    counts = counts_of(declaration)
    curve = language.readability_curve(declaration)
    one, other = (figure_svg(language.through_the_text(counts, curve)) for _ in range(2))
    assert one == other


# The report

TEXTS: Mapping[str, str] = {
    "sections": "We declare the following.\n\n\nWe will meet.\n\n\nThey fight drugs.",
    "no-stop": "the parties will continue to cooperate " * 200,
    "one-word": "Hello",
    "russian": "Главы государств заявляют следующее. Они будут продолжать сотрудничество.",
    "chinese": "元首们签署了宣言。成员国将继续合作。",
}
Tables = dict[str, pd.DataFrame | CountTable]


def report_of(document: str, folder: Path) -> tuple[Report, Tables]:
    """Run the notebook's cells and return its report, and its tables by id."""
    found: Tables = {}
    original = Report.table

    def table(self: Report, table: pd.DataFrame | CountTable, **options: str) -> None:
        found[options["id"]] = table
        original(self, table, **options)  # type: ignore[arg-type] # as given

    names: dict[str, object] = {}
    source = json.loads((notebooks_folder() / "language.ipynb").read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Report, "table", table)
        patch.setattr(Report, "save", Report.markdown)
        for cell in source["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", ()):
                    names |= {"document_id": document, "output_folder": str(folder)}
    report = names["report"]
    assert isinstance(report, Report)
    return report, found


@pytest.fixture(scope="module", params=["sco-2013-bishkek", *TEXTS])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Report, Tables]:
    name = str(request.param)
    folder = tmp_path_factory.mktemp("report")
    if name in TEXTS:
        (folder / f"{name}.txt").write_text(TEXTS[name], encoding="utf-8")
        name = str(folder / f"{name}.txt")
    return report_of(name, folder / "out")


def test_the_body_keeps_its_limits(made: tuple[Report, Tables]) -> None:
    head, _, rest = made[0].markdown().partition("\n---\n")
    body = re.split(r"^## (?:Annex|References)", rest, flags=re.MULTILINE)[0]
    exhibits = re.findall(r"\{#(?:tbl|fig)-[a-z-]+ ", body)
    prose = re.sub(r"^:::.*?^:::$|^!\[.*?\]\(.*?\)\{.*?\}$", "", body, flags=re.DOTALL | re.M)
    assert "|" not in prose
    assert len(prose.split()) <= MAX_WORDS
    assert len(exhibits) <= MAX_EXHIBITS
    abstract = json.loads(re.findall(r"^abstract: (.*)$", head, flags=re.MULTILINE)[0])
    assert len(abstract.split()) <= 250


def test_every_count_is_the_length_of_its_list(made: tuple[Report, Tables]) -> None:
    report, tables = made
    known = {item.id for item in segments_of(report.document)} | set(tables)
    counted = {"Sentences", "Hits"}
    for name, table in tables.items():
        if not isinstance(table, CountTable):
            assert not counted & set(table.columns), name
            continue
        for column in counted & set(table.frame.columns):
            lists = table.evidence[column]
            assert table.frame[column].tolist() == [len(ids) for ids in lists], (name, column)
        for cells in table.evidence.values():
            for cell in cells:
                for item in cell:
                    ids = [item] if isinstance(item, str) else item[1]
                    assert set(ids) <= known, (name, item)
                    if not isinstance(item, str):
                        assert item[0].endswith(f" ({len(ids)})")


def test_no_table_has_an_empty_column(made: tuple[Report, Tables]) -> None:
    for name, table in made[1].items():
        frame = table.frame if isinstance(table, CountTable) else table
        for column in set(frame.columns) - {"95 % interval", "DP", "DP, normalised"}:
            if name != "tbl-counts" and column != "Most frequent expressions":
                assert frame[column].astype(str).str.strip().ne("").any(), (name, column)


@pytest.mark.parametrize("more", [0, 1])
def test_the_sentences_of_a_long_text_are_one_shape(more: int) -> None:
    number = figures._MOST_BARS + more
    document = Document.from_text("We met. They will build a school. " * number, id="n")
    counts = language.count(document, level=["section", "sentence"])
    sentences = counts[counts["level"] == "sentence"].head(number)
    shown = pd.concat([counts[counts["level"] == "section"], sentences])
    patches = language.through_the_text(shown, language.readability_curve([])).axes[0].patches
    colour = to_hex(figures._BARS)
    ours = [one for one in patches if to_hex(one.get_facecolor()) == colour]
    assert len(ours) == (1 if more else number)
    bars = [one.get_height() for one in ours if isinstance(one, Rectangle)]
    steps = [top for one in ours if isinstance(one, StepPatch) for top in one.get_data()[0]]
    assert (steps if more else bars) == sentences["words"].tolist()


def test_clauses_that_are_counted_as_sentences_are_told() -> None:
    """A resolution is one sentence of a hundred clauses: its readability is not that of prose."""
    clauses = "\n\n".join(f"{number}. Recognize the need of care;" for number in range(1, 9))
    said = language.prose(facts_of(Document.from_text(f"We, the heads:\n\n{clauses}", id="n")))
    assert "Of these sentences, 8 end in a semicolon" in said["length"]
    assert "semicolon" not in language.prose(facts_of(SMALL))["length"]
