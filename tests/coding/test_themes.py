"""Themes of the declaration, their measures, and the figures that the codebook must reach."""

import csv
import datetime
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.commitments.coder import find_commitments
from sco_research.coding.cooccurrence import COOCCURRENCE, cooccurrence
from sco_research.coding.prevalence import PREVALENCE, prevalence
from sco_research.coding.stance import code_stance
from sco_research.coding.themes import code_themes
from sco_research.coding.tone import theme_commitments, theme_tone
from sco_research.errors import CodebookError, ParameterError
from sco_research.statistics import Bootstrap
from sco_research.text.dispersion import dispersion
from sco_research.text.document import Corpus, Document
from sco_research.text.segments import segment

WRONG: Any = "word"
COLUMNS = ["document_id", "segment_id", "codebook", "category", "pattern", "match", "start", "end"]
DEV_DATA = Path(__file__).resolve().parents[2].parent / "shared" / "dev-data"


@pytest.fixture(scope="module")
def codings(declaration: Document) -> pd.DataFrame:
    return code_themes(declaration)


def test_every_hit_is_exactly_at_its_place(declaration: Document, codings: pd.DataFrame) -> None:
    assert list(codings.columns) == COLUMNS
    assert set(codings["codebook"]) == {load_codebook("themes").edition}
    sentences = segment(declaration, level="sentence")
    places = dict(
        zip(
            sentences["segment_id"],
            zip(sentences["start"], sentences["end"], strict=True),
            strict=True,
        )
    )
    for row in codings.to_dict("records"):
        start, end = int(row["start"]), int(row["end"])
        assert declaration.text[start:end] == row["match"]
        first, last = places[row["segment_id"]]
        assert first <= start < end <= last


def test_repaired_words_are_shown_as_the_source_has_them() -> None:
    text = (
        "The member states of the organisation have agreed that they will ban chemical weap-\n"
        "ons in the region, and that they will speak of the open and fair information  space ."
    )
    document = Document.from_text(text, id="note")
    matches = code_themes(document)["match"].tolist()
    assert matches == ["chemical weap-\nons", "information  space"]


def test_words_that_point_back_carry_the_theme_within_the_paragraph() -> None:
    document = Document.from_text(
        "Iran met the six. Sanctions against this country are wrong.\n\nThis country is ours.",
        id="note",
    )
    found = code_themes(document)
    iran = found[found["category"] == "regions.iran"]
    assert iran["segment_id"].tolist() == ["note:p1.s1", "note:p1.s2"]
    assert iran["match"].tolist() == ["Iran", "this country"]


def test_an_empty_result_has_all_columns_and_types(codings: pd.DataFrame) -> None:
    document = Document.from_text("We met.", id="note")
    empty = code_themes(document)
    assert list(empty.columns) == COLUMNS
    assert empty.dtypes.tolist() == codings.dtypes.tolist()
    for frame, kinds in (
        (prevalence(document, empty), PREVALENCE),
        (cooccurrence(document, empty), COOCCURRENCE),
        (code_themes(Corpus(())), dict.fromkeys(COLUMNS)),
    ):
        assert list(frame.columns) == list(kinds)
        assert len(frame) == 0


def test_an_argument_is_never_changed(declaration: Document, codings: pd.DataFrame) -> None:
    before = codings.copy(deep=True)
    prevalence(declaration, codings, bootstrap=Bootstrap(resamples=100))
    dispersion(declaration, codings, by="category")
    cooccurrence(declaration, codings)
    pd.testing.assert_frame_equal(codings, before)


def test_a_user_s_codebook_works_by_path(tmp_path: Path, declaration: Document) -> None:
    path = tmp_path / "own.yml"
    path.write_text("peace: [peace*]\n", encoding="utf-8")
    found = code_themes(declaration, codebook=path)
    assert set(found["category"]) == {"peace"}
    assert set(found["codebook"]) == {"own"}
    with pytest.raises(CodebookError):
        code_themes(declaration, codebook=str(tmp_path / "no.toml"))


def test_prevalence_counts_what_is_there() -> None:
    document = Document.from_text(
        "Drug trade is a drug menace. We met.\n\nOpium and banks.\n\n\nBanks lend.", id="note"
    )
    codings = code_themes(document)
    shares = prevalence(
        document,
        codings,
        categories=["security.drugs", "health"],
        bootstrap=Bootstrap(resamples=100),
    )
    drugs, health = shares.to_dict("records")
    assert (drugs["hits"], drugs["sentences"], drugs["paragraphs"]) == (3, 2, 2)
    assert (drugs["of_sentences"], drugs["of_paragraphs"], drugs["of_words"]) == (4, 3, 13)
    assert drugs["share_sentences"] == 0.5
    assert drugs["share_words"] == pytest.approx(drugs["words"] / 13)
    assert (health["hits"], health["share_words"]) == (0, 0.0)
    assert health["reason"]
    by_section = prevalence(document, codings, categories=["economy"], level="section")
    assert by_section["section"].tolist() == [1, 2]
    assert by_section["sentences"].tolist() == [1, 1]
    assert by_section["share_sentences"].tolist() == [pytest.approx(1 / 3), 1.0]
    assert by_section["share_sentences_low"].isna().tolist() == [False, True]


def test_a_document_in_another_language_has_no_shares_and_a_reason(
    caplog: pytest.LogCaptureFixture,
) -> None:
    document = Document.from_text("Стороны встретились в Бишкеке и приняли решение.", id="note")
    with caplog.at_level("WARNING"):
        codings = code_themes(document)
    assert caplog.messages == [
        "document 'note': nothing is coded, because its language is Russian ('ru') and the "
        f"codebook {load_codebook('themes').edition!r} is for English"
    ]
    shares = prevalence(document, codings, categories=load_codebook("themes"))
    assert shares["share_sentences"].isna().all()
    assert shares["reason"].str.contains("'en', the document is in 'ru'").all()


def test_what_is_relative_to_an_unknown_issuer_has_no_share_and_a_reason() -> None:
    text = "The role of the OTS grows. Cooperation with Japan goes on. The OTS fights drugs."
    document = Document.from_text(text, id="note")
    themes = load_codebook("themes")
    codings = code_themes(document)
    assert set(codings["category"]) == {"security.drugs"}
    shares = prevalence(document, codings, categories=themes).set_index("category")
    relative = [category.id for category in themes if category.relative]
    assert relative == ["organization", "partners"]
    assert shares.loc[relative, "share_sentences"].isna().all()
    assert shares.loc[relative, "reason"].str.startswith("relative to the issuer").all()
    assert shares.loc["health", "share_sentences"] == 0


def test_the_interval_holds_its_estimate_and_narrows_with_the_text() -> None:
    widths = []
    for copies in (5, 50):
        text = " ".join(["Drugs kill. They met. They left. They came."] * copies)
        document = Document.from_text(text, id="note")
        row = prevalence(document, code_themes(document)).iloc[0]
        assert row["share_sentences_low"] <= row["share_sentences"] <= row["share_sentences_high"]
        widths.append(row["share_sentences_high"] - row["share_sentences_low"])
    assert widths[1] < widths[0] / 2


def test_the_parts_add_up(declaration: Document, codings: pd.DataFrame) -> None:
    themes = load_codebook("themes")
    whole = prevalence(declaration, codings, categories=themes, bootstrap=Bootstrap(resamples=100))
    parts = prevalence(
        declaration, codings, categories=themes, level="section", bootstrap=Bootstrap(resamples=100)
    ).groupby("category", sort=False)
    for column in ("hits", "sentences", "paragraphs", "words"):
        assert parts[column].sum().tolist() == whole[column].tolist()
    assert whole["hits"].sum() == len(codings)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(["Drugs kill.", "They met.", "Banks lend."]), min_size=8))
def test_dispersion_lies_between_even_and_all_in_one_place(sentences: list[str]) -> None:
    document = Document.from_text("\n\n".join(sentences), id="note", language="en")
    rows = dispersion(document, code_themes(document), by="category")
    found = rows[rows["flag"] == ""]
    assert rows["dp"].notna().equals(rows["count"] >= 5)
    assert ((found["dp"] >= 0) & (found["dp"] < 1)).all()
    assert found["dp_norm"].between(0, 1 + 1e-12).all()


def test_dispersion_of_one_part_is_undefined_and_says_why() -> None:
    document = Document.from_text("Drugs kill.", id="note")
    row = dispersion(document, code_themes(document), by="category").iloc[0]
    assert pd.isna(row["dp"])
    assert row["flag"] == "undefined: one part only"


def test_pairs_are_counted_within_their_unit() -> None:
    document = Document.from_text("Drugs and banks. Banks lend.\n\nDrugs kill.", id="note")
    codings = code_themes(document)
    sentence = cooccurrence(document, codings).iloc[0]
    assert (sentence["category"], sentence["other"]) == ("economy", "security.drugs")
    assert (sentence["together"], sentence["with_category"], sentence["of"]) == (1, 2, 3)
    assert sentence["lift"] == pytest.approx(1 * 3 / (2 * 2))
    assert sentence["jaccard"] == pytest.approx(1 / 3)
    assert sentence["p_value"] == pytest.approx(1.0)
    paragraph = cooccurrence(document, codings, level="paragraph").iloc[0]
    assert (paragraph["together"], paragraph["with_other"], paragraph["of"]) == (1, 2, 2)


def test_themes_meet_commitments_and_tones_in_the_sentence() -> None:
    document = Document.from_text(
        "The member states will fight drugs. They condemn terrorism. Drugs kill.", id="note"
    )
    codings = code_themes(document)
    promises = theme_commitments(codings, find_commitments(document)).set_index("category")
    assert promises["sentences"].to_dict() == {"security.drugs": 2, "security.terrorism": 1}
    assert promises["strict"].to_dict() == {"security.drugs": 1, "security.terrorism": 0}
    assert promises["share_strict"].to_dict() == {"security.drugs": 0.5, "security.terrorism": 0}
    tone = theme_tone(codings, code_stance(document))
    assert tone[["category", "tone", "sentences", "of"]].values.tolist() == [
        ["security.terrorism", "condemn", 1, 1]
    ]


@pytest.mark.parametrize(
    "call",
    [
        lambda d, c: prevalence(d, c, level=WRONG),
        lambda d, c: dispersion(d, c, by="category", parts=WRONG),
        lambda d, c: cooccurrence(d, c, level=WRONG),
        lambda d, c: prevalence(d, c.assign(segment_id=f"{d.id}:p99.s1")),
    ],
)
def test_a_wrong_option_is_one_line(
    declaration: Document,
    codings: pd.DataFrame,
    call: Callable[[Document, pd.DataFrame], pd.DataFrame],
) -> None:
    with pytest.raises(ParameterError, match=r"choose|code this document"):
        call(declaration, codings)


def themes_of(frame: pd.DataFrame) -> dict[str, set[str]]:
    return {str(name): set(found) for name, found in frame.groupby("segment_id")["category"]}


def test_the_declaration_meets_its_reference_coding(checkout: Path, codings: pd.DataFrame) -> None:
    """In-sample. Codebook 1.0.0 scored 0.92 (micro and macro) before its author saw this."""
    found = themes_of(codings)
    path = checkout / "data/reference/sco-2013-bishkek.themes.csv"
    asked = set(path.with_suffix(".asked.txt").read_text(encoding="utf-8").split())
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            wanted = set(row["themes"].split(";")) - {"none"}
            here = found.get(row["segment_id"], set()) & asked
            for place, names in enumerate((wanted & here, here - wanted, wanted - here)):
                for name in names:
                    counts[name][place] += 1
    scores = {
        name: 2 * hit / (2 * hit + extra + miss) for name, (hit, extra, miss) in counts.items()
    }
    hit, extra, miss = (sum(row[place] for row in counts.values()) for place in range(3))
    assert 2 * hit / (2 * hit + extra + miss) >= 0.92
    assert sum(scores.values()) / len(scores) >= 0.85
    for name in ("security", "development"):
        right, false, _ = counts[name]
        assert right / (right + false) >= 0.8, name


# 128 sentences written by a language model in the manner of summit commitments, four or so to each
# area of the G20, labelled before they were coded, and later read to mend the patterns: in sample.
# The listed ones are development data. The map of areas was committed before the patterns of 2.0.0.
FIXTURES = Path(__file__).parents[1] / "fixtures"


def areas() -> dict[str, set[str]]:
    rows = pd.read_csv(FIXTURES / "g20-area-map.csv").to_dict("records")
    return {str(row["area"]): set(str(row["categories"]).split(";")) for row in rows}


def test_the_codebook_and_the_map_of_areas_agree() -> None:
    of_category = {
        area: {category.id for category in load_codebook("themes") if area in category.g20}
        for area in areas()
    }
    assert of_category == areas()


@pytest.mark.parametrize(
    ("path", "least"),
    [
        (FIXTURES / "g20-areas.csv", 0.80),
        (DEV_DATA / "g20_commitments" / "commitments.csv", 0.90),
    ],
    ids=["written", "listed"],
)
def test_the_areas_of_the_g20_are_found(path: Path, least: float) -> None:
    if not path.is_file():
        pytest.skip("the development data are not on this machine")
    rows = pd.read_csv(path)
    documents = [
        Document.from_text(text, id=f"g20-{number}", organization="g20", language="en")
        for number, text in enumerate(rows["text"])
    ]
    coded = code_themes(documents)
    found = {str(name): set(here) for name, here in coded.groupby("document_id")["category"]}
    each = [found.get(document.id, set()) for document in documents]
    mapped = [bool(here & areas()[area]) for here, area in zip(each, rows["area"], strict=True)]
    assert sum(mapped) / len(mapped) >= least
    assert sum(map(len, each)) / len(each) <= 2.0


def test_four_agendas_are_found_by_their_general_vocabulary() -> None:
    # 141 sentences invented by a language model, of which 2.1.0 found 49; the rest taught 2.2.0.
    rows = pd.read_csv(FIXTURES / "agendas.csv")
    documents = [
        Document.from_text(text, id=f"agenda-{number}", organization="g7", language="en")
        for number, text in enumerate(rows["text"])
    ]
    found = code_themes(documents).groupby("document_id")["category"].agg(set)
    rows["found"] = [
        not found.get(document.id, set()).isdisjoint(wanted.split(";"))
        for document, wanted in zip(documents, rows["categories"], strict=True)
    ]
    assert rows["found"].mean() >= 0.88
    assert rows.groupby("agenda")["found"].mean().min() >= 0.75


def test_kinds_of_fault_stay_mended_in_sentences_of_no_real_text() -> None:
    # Siblings of the faults of 2.2.0, invented by the language model that mended them: 2.2.0 gave
    # 129 of the 151 themes that are meant, and 66 of the 89 that are not.
    rows = pd.read_csv(FIXTURES / "themes-kinds.csv", keep_default_na=False)
    documents = [
        Document.from_text(
            text,
            id=f"kind-{number}",
            organization=issuer,
            language="en",
            date=datetime.date(2023, 6, 1),
        )
        for number, (text, issuer) in enumerate(
            zip(rows["text"], rows["organization"], strict=True)
        )
    ]
    found = code_themes(documents).groupby("document_id")["category"].agg(set)
    given = [found.get(document.id, set()) for document in documents]
    meant, other = (
        [set(cell.split(";")) - {""} for cell in rows[column]] for column in ("has", "has_not")
    )
    known = {category.id for category in load_codebook("themes")}
    assert set().union(*meant, *other) <= known
    right = sum(len(one & here) for one, here in zip(meant, given, strict=True))
    false = sum(len(one & here) for one, here in zip(other, given, strict=True))
    assert right / sum(map(len, meant)) >= 0.95
    assert false / sum(map(len, other)) <= 0.05


# One word in two senses: the sentence has the theme, its neighbour with the same word has not.
SENSES = [
    ("security.crime", "They prosecute crimes.", "They met the UN Office on Drugs and Crime."),
    ("environment", "They cut carbon.", "They build low-carbon power plants."),
    ("environment", "They welcome COP28.", "They met ministers of energy at COP28."),
    ("energy", "They burn fuel.", "Their quarrel is fuelling hatred."),
    ("transport", "They build links of connectivity.", "Connectivity and interdependence grow."),
    ("labour", "They support skills training.", "They teach digital skills training."),
    ("culture", "The media report.", "They run media campaigns."),
    ("transport", "We will build a bridge over the river.", "We will bridge the gap between us."),
    ("energy", "They save energy.", "Their creativity, dynamism and energy inspire us."),
    ("environment", "Mangrove ecosystems die.", "We support business ecosystems."),
    ("environment", "They protect the environment.", "They need an enabling environment."),
    ("economy", "They tax all incomes.", "They deny terrorists a safe haven."),
    ("security.crime", "Deny safe haven to the corrupt.", "Deny safe haven to terrorists."),
    ("security.military", "The armed forces exercise.", "The town holds a fire drill."),
    ("security.drugs", "They seize drugs.", "They need affordable drugs."),
    ("gender", "Women lead.", "They fight trafficking in women."),
    ("health", "Health comes first.", "We want the health of the economy to last."),
    ("agriculture", "They sow seeds.", "They sow the seeds of war."),
    ("security.nonproliferation", "They ban nuclear weapons.", "They build nuclear power."),
    ("development", "They end poverty.", "The development of rail links goes on."),
    ("sovereignty", "They respect sovereignty.", "Sovereign debt grows."),
    ("emergencies", "An emergency began.", "A health emergency began."),
    ("peace", "They resolve the crisis.", "They resolve the debt crisis."),
    ("peace", "They prevent conflicts.", "They prevent conflicts of interest."),
    ("peace", "They address risks of instability.", "They address risks of financial instability."),
    ("peace", "They go from war to peace.", "The Second World War was over."),
    ("security.terrorism", "They implement FATF standards.", "The FATF met on tax transparency."),
    ("security.nonproliferation", "They halt enrichment activities.", "They enrich the soil."),
    (
        "security.nonproliferation",
        "Proliferation goes on.",
        "The proliferation of small arms grows.",
    ),
    ("security.information", "They fight malware.", "They fight malaria."),
    ("digital", "They allot radio spectrum.", "They cover a wide spectrum of views."),
    ("digital", "They sell on the web.", "They spin a web of treaties."),
    ("digital", "They make chips.", "They burn wood chips."),
]


@pytest.mark.parametrize(("category", "meant", "other"), SENSES)
def test_a_word_of_another_sense_is_no_theme(category: str, meant: str, other: str) -> None:
    themes = load_codebook("themes")
    assert category in {match.category for match in themes.matches(meant)}
    assert category not in {match.category for match in themes.matches(other)}


def test_women_are_no_culture_and_a_formula_at_the_end_is_no_theme() -> None:
    themes = load_codebook("themes")
    assert {match.category for match in themes.matches("Women lead.")} == {"gender"}
    formula = "for lasting peace and sustainable development"
    assert {match.category for match in themes.matches(f"They build roads {formula}.")} == {
        "transport"
    }
    alone = {match.category for match in themes.matches(f"They work {formula}.")}
    assert alone == {"security", "development"}


def test_the_issuer_s_own_affairs_and_partners_are_relative_to_the_issuer() -> None:
    text = "The role of ASEAN grows. Cooperation with Japan and with Thailand goes on."
    for organization, date, expected in (
        ("", None, []),
        ("asean", None, ["organization", "partners"]),
        ("sco", None, ["partners"]),
    ):
        document = Document.from_text(text, id="note", organization=organization, date=date)
        found = code_themes(document)
        assert list(dict.fromkeys(found["category"])) == expected, organization
    asean = Document.from_text(text, id="note", organization="asean")
    found = code_themes(asean)
    assert found.loc[found["category"] == "partners", "match"].tolist() == [
        "Cooperation with Japan"
    ], "Thailand is a member"


def test_one_organization_s_history_is_no_theme_of_another() -> None:
    text = "The Shanghai Spirit lives."
    for organization, expected in (("sco", {"organization"}), ("g20", set()), ("", set())):
        document = Document.from_text(text, id="note", organization=organization)
        assert set(code_themes(document)["category"]) == expected


def test_members_are_those_of_the_document_s_day() -> None:
    text = "We work with India."
    for year, expected in ((2013, {"partners"}), (2018, set())):
        document = Document.from_text(
            text, id="note", organization="sco", date=datetime.date(year, 6, 15)
        )
        assert set(code_themes(document)["category"]) == expected
