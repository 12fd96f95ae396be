"""What stands on a page beside its running text, and text that is no plain column."""

import random
import re
import string
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from sco_research.errors import SourceError
from sco_research.loaders import load_document
from sco_research.loaders.formats.pdf import reader
from sco_research.loaders.formats.pdf.joints import Compounds, joint_of_lines
from sco_research.loaders.formats.pdf.legibility import fault_of
from sco_research.loaders.formats.pdf.lines import Cell, PageLine
from sco_research.loaders.formats.pdf.tables import set_apart
from sco_research.loaders.formats.pdf.words import pages_of
from sco_research.text.document import Document
from sco_research.text.segments import segment
from tests.loaders import pdf_files as files

Load = Callable[[bytes], Document]


FIRST = (
    "The Parties met at the lake and agreed on a long list of measures for peace and trade in the "
    "whole region. They will combat terrorism together. They shall protect the water of the lake "
    "for those who come after them."
)
SECOND = (
    "The Heads of State welcomed the new members of the Organization. They intend to open their "
    "markets to each other step by step, and call for a fair order in the affairs of the world."
)
THIRD = (
    "Ministers shall meet each spring in the capital of one of the members. Between the meetings "
    "a secretariat of twelve officials keeps the papers and prepares what is to be decided."
)


RUSSIAN = (
    "Главы государств заявляют, что стороны будут продолжать сотрудничество в области торговли и "
    "культуры. Они выступают за мир у озера и поддерживают друг друга в любом деле."
)
GERMAN = (
    "Die Staatsoberhäupter erklären, dass die Zusammenarbeit im Bereich des Handels fortgesetzt "
    "wird. Sie treten für den Frieden an den Ufern des Sees ein und unterstützen einander."
)


@pytest.fixture
def load_apart(tmp_path: Path) -> Load:
    def loaded(data: bytes) -> Document:
        path = tmp_path / "page.pdf"
        path.write_bytes(data)
        return load_document(path)

    return loaded


@pytest.fixture
def load(load_apart: Load, monkeypatch: pytest.MonkeyPatch) -> Load:
    # These files are sound: they need no process of their own, whose start takes the longest.
    monkeypatch.setattr(reader, "_words", lambda source: pages_of(source.data))
    return load_apart


def paragraphs(document: Document) -> list[str]:
    return re.split(r"\n{2,}", document.text)


def removed(document: Document, kind: str) -> list[str]:
    return [item.text for item in document.removed if item.kind == kind]


@pytest.mark.parametrize(
    ("end", "begin", "joined"),
    [
        ("the coun-", "tries build", "the countries build"),
        ("the Secretary-", "General builds", "the Secretary-General builds"),
        ("the plan of 2018-", "2019 for", "the plan of 2018-2019 for"),
        ("the SCO-", "Russia plan for", "the SCO-Russia plan for"),
    ],
)
@pytest.mark.parametrize(("apart", "foot"), [(False, False), (True, False), (True, True)])
def test_a_hyphen_ends_no_paragraph(
    load: Load, end: str, begin: str, joined: str, foot: bool, apart: bool
) -> None:
    above = [*textwrap.wrap(FIRST, 70)[:3], "and they agree together that", f"by then {end}"]
    below = [f"{begin} a common market", *textwrap.wrap(SECOND, 70)]
    halves = [
        b"".join(files.text(60, high - 14 * place, line) for place, line in enumerate(lines))
        for high, lines in ((660, above), (660 if apart else 590, below))
    ]
    if foot and apart:
        halves = [half + files.text(240, 30, f"{page}") for page, half in enumerate(halves, 1)]
    document = load(files.drawn(*halves) if apart else files.drawn(b"".join(halves)))
    assert f"by then {joined} a common market" in paragraphs(document)[0]


# -------------------------------------------------------------------------------- drawn twice

TWICE = """
#set page(width: 150mm, height: 160mm)
#set text(size: 11pt)
#let again(body, dx, dy) = context box(body + place(top + left, dx: dx, dy: dy, body))
"""


def test_lines_drawn_again_count_once(load: Load) -> None:
    source = (
        f"{TWICE}#again([The Lake Declaration], 0.3pt, 0pt)\n\n{FIRST}\n\n"
        "#again([They shall not use force in the small hills.], 0.4pt, 0.4pt)\n\n"
        f"#again(again([All ill will shall fall off.], 0.5pt, 0pt), 0.2pt, 0.1pt)\n\n{SECOND}"
    )
    assert paragraphs(load(files.typeset(source))) == [
        "The Lake Declaration",
        FIRST,
        "They shall not use force in the small hills.",
        "All ill will shall fall off.",
        SECOND,
    ]


@pytest.mark.parametrize("shifts", [(0, 0.35), (0, 0.2, 0.4), (0, -0.3)])
def test_letters_drawn_again_one_by_one_count_once(load: Load, shifts: tuple[float, ...]) -> None:
    words = "Bookkeepers shall fill all little bottles."
    width = {"i": 2.45, "l": 2.45, " ": 3.1, ".": 3.1, "t": 3.1, "f": 3.1, "r": 3.7}
    content, left = files.paragraph(60, 650, FIRST), 60.0
    for letter in words:
        content += b"".join(files.text(left + shift, 580, letter) for shift in shifts)
        left += width.get(letter, 6.15)
    assert paragraphs(load(files.drawn(content))) == [FIRST, words]


# ------------------------------------------------------------------------------- line numbers


def numbered(step: int, left: float, texts: list[list[str]], *, anew: bool) -> bytes:
    """Return pages whose lines are counted at one side."""
    pages, count = [], 0
    for page in texts:
        content, height = b"", 660
        count = 0 if anew else count
        for words in page:
            for line in textwrap.wrap(words, 60):
                count += 1
                if count % step == 0:
                    content += files.text(left, height, str(count), size=8)
                content += files.text(70, height, line)
                height -= 20
            height -= 12
        pages.append(content)
    made = files.drawn(*pages)
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize(
    ("step", "left", "anew"), [(1, 40, False), (1, 470, True), (5, 40, False), (2, 40, True)]
)
def test_numbers_of_lines_are_page_matter(load: Load, step: int, left: int, anew: bool) -> None:
    texts = [[FIRST, SECOND], [THIRD, FIRST.replace("lake", "river"), SECOND]]
    document = load(numbered(step, left, texts, anew=anew))
    assert paragraphs(document) == [words for page in texts for words in page]
    numbers = removed(document, "line number")
    assert len(numbers) > 3
    assert numbers[0] == str(step)


def test_numbers_of_paragraphs_are_no_line_numbers(load: Load) -> None:
    words = [FIRST, SECOND, THIRD, SECOND.replace("Heads", "Leaders"), "The end is near."]
    content = b"".join(
        files.text(40, 660 - 90 * place, str(place + 1))
        + files.paragraph(60, 660 - 90 * place, text)
        for place, text in enumerate(words)
    )
    document = load(files.drawn(content))
    assert paragraphs(document) == [f"{place} {text}" for place, text in enumerate(words, start=1)]
    assert not removed(document, "line number")


def test_numbers_of_short_items_are_no_line_numbers(load: Load) -> None:
    items = ["Open the archives", "Close the gap", "Share the data", "Train the police"]
    content = files.paragraph(40, 660, FIRST) + b"".join(
        files.text(40, 560 - 14 * place, str(place + 1)) + files.text(60, 560 - 14 * place, item)
        for place, item in enumerate(items)
    )
    document = load(files.drawn(content))
    assert paragraphs(document)[1:] == [f"{n} {item}" for n, item in enumerate(items, start=1)]


# ------------------------------------------------------------------- turned, across and large


def test_text_in_the_margin_and_across_joins_no_line(load: Load) -> None:
    source = (
        "#set page(width: 150mm, height: 160mm, background: rotate(-45deg, text(50pt)[UNOFFICIAL]))"
        "\n#set text(size: 11pt)\n"
        "#place(left + top, dx: -40pt, dy: 9pt, rotate(90deg, reflow: true)[Gazette No. 12, 2019])"
        "\n#place(right + top, dx: 40pt, rotate(-90deg, reflow: true)[certified copy])\n"
        f"{FIRST}\n\n{SECOND}"
    )
    document = load(files.typeset(source))
    assert paragraphs(document) == [FIRST, SECOND]
    assert removed(document, "turned text") == ["Gazette No. 12, 2019", "certified copy"]
    assert removed(document, "watermark") == ["UNOFFICIAL"]


def test_large_words_printed_across_are_a_watermark(load: Load) -> None:
    source = (
        "#set page(width: 150mm, height: 120mm, background: text(80pt)[DRAFT])\n"
        f"#set text(size: 11pt)\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{FIRST}"
    )
    document = load(files.typeset(source))
    assert paragraphs(document) == [FIRST, SECOND, THIRD, FIRST]
    assert removed(document, "watermark") == ["DRAFT"]


@pytest.mark.parametrize(
    ("matrix", "turn"), [("0 1 -1 0", 90), ("0 1 -1 0", 0), ("-1 0 0 -1", 180), ("0 -1 1 0", 0)]
)
def test_a_page_is_read_as_it_is_held(load: Load, matrix: str, turn: int) -> None:
    lines = textwrap.wrap(f"{FIRST} {SECOND}", 70)
    places: dict[str, Callable[[int], tuple[int, int]]] = {
        "0 1 -1 0": lambda line: (60 + 14 * line, 60),
        "0 -1 1 0": lambda line: (440 - 14 * line, 640),
        "-1 0 0 -1": lambda line: (460, 60 + 14 * line),
    }
    content = b"".join(
        files.text(*places[matrix](place), line, matrix=matrix) for place, line in enumerate(lines)
    )
    document = load(files.drawn(content, turn=turn))
    assert paragraphs(document) == [f"{FIRST} {SECOND}"]
    assert not document.removed


@pytest.mark.parametrize(
    ("initial", "rest", "begins"),
    [
        ("T", "he Parties met", "The Parties met"),
        ("W", "e, the Heads of State, met", "We, the Heads of State, met"),
        ("\u201cT", "he Parties\u201d met", "\u201cThe Parties\u201d met"),
        ("A", " new era began", "A new era began"),
        ("A", "ll members met", "All members met"),
        ("I", "hereby declare: we met", "I hereby declare: we met"),
    ],
)
def test_a_large_initial_begins_its_word(load: Load, initial: str, rest: str, begins: str) -> None:
    widths = {"T": 28.1, "W": 43.4, "A": 30.7, "I": 12.8, "\u201cT": 43.4}
    lines = textwrap.wrap(f"{rest.strip()} at the lake, and agreed on many things. {SECOND}", 50)
    lines[0] = rest[: len(rest) - len(rest.lstrip())] + lines[0]
    content = files.text(60, 622, initial, size=46)
    content += b"".join(
        files.text(63 + widths[initial], 650 - 14 * n, line) for n, line in enumerate(lines[:3])
    )
    content += files.paragraph(60, 608, " ".join(lines[3:]))
    document = load(files.drawn(content))
    assert paragraphs(document) == [f"{begins} at the lake, and agreed on many things. {SECOND}"]


# -------------------------------------------------------------------------- tables and columns


def in_prose(middle: str) -> bytes:
    settings = "#set page(width: 150mm, height: 200mm)\n#set text(size: 11pt)\n"
    made = files.typeset(f"{settings}{FIRST}\n\n{middle}\n\n{SECOND}")
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "#table(columns: 3)[State][Pledge][Share][Alpha][build a road][5.5][Beta][a port][7]",
            ["State Pledge Share", "Alpha build a road 5.5", "Beta a port 7"],
        ),
        (
            "#table(columns: 2, align: (left, right), stroke: none)"
            "[Alpha][12.5][Beta][7.25][Gamma][1,250]",
            ["Alpha 12.5", "Beta 7.25", "Gamma 1,250"],
        ),
        (
            "#table(columns: (60pt, 150pt, 80pt))[Alpha][build a railway to the northern border of "
            "the country][Ministry of Transport][Beta][open a port][Sea]"
            "[Gamma][share water data with its neighbours twice a year][Ministry of Waters]",
            [
                "Alpha build a railway to the northern border of the country Ministry of Transport",
                "Beta open a port Sea",
                "Gamma share water data with its neighbours twice a year Ministry of Waters",
            ],
        ),
        (
            "#table(columns: (60pt, 150pt, 80pt), inset: (y: 2pt), stroke: none)[Alpha][build a "
            "railway to the northern border of the country][5.5][Beta][open a port][7]"
            "[Gamma][share water data][9.1]",
            [
                "Alpha build a railway to the northern border of the country 5.5",
                "Beta open a port 7",
                "Gamma share water data 9.1",
            ],
        ),
    ],
)
def test_tables_are_read_row_by_row_apart_from_prose(
    load: Load, table: str, rows: list[str]
) -> None:
    document = load(in_prose(table))
    assert paragraphs(document) == [FIRST, *rows, SECOND]
    place = document.locate(document.text.index(rows[-1]))
    assert (place.page, place.line) > (1, len(rows) + 3)


def test_a_table_of_a_page_is_no_prose(load: Load) -> None:
    rows = [[f"{letter * (1 + n % 4)} {n}" for letter in "abcdefgh"] for n in range(20, 45)]
    cells = "".join(f"[{cell}]" for row in rows for cell in row)
    source = f"#set page(width: 240mm)\n#set text(size: 9pt)\n#table(columns: 8){cells}"
    assert paragraphs(load(files.typeset(source))) == [" ".join(row) for row in rows]


def test_a_table_of_contents_is_read_line_by_line(load: Load) -> None:
    source = f"#set page(width: 150mm)\n#outline()\n= First Part\n{FIRST}\n= Second Part\n{SECOND}"
    found = paragraphs(load(files.typeset(source)))
    assert [line.partition(" .")[0] for line in found[:3]] == [
        "Contents",
        "First Part",
        "Second Part",
    ]
    assert found[3:] == ["First Part", FIRST, "Second Part", SECOND]


@pytest.mark.parametrize(("gap", "is_table"), [(11.0, False), (22.0, True)])
def test_wide_spaces_of_justified_prose_make_no_table(gap: float, is_table: bool) -> None:
    pieces = [
        ("the members will open their markets", "to each other step by step and"),
        ("keep the peace on the three rivers", "for all those who live on their"),
        ("banks and for those who come later", "to trade in the old towns there"),
    ]
    lines = [
        PageLine(
            page=1,
            number=number,
            left=60,
            top=14 * number,
            right=400,
            bottom=14 * number + 10,
            size=10,
            bold=False,
            text=" ".join(pair),
            first_word=20,
            gap=4,
            cells=(Cell(60, 230, pair[0]), Cell(230 + gap, 400, pair[1])),
        )
        for number, pair in enumerate(pieces)
    ]
    found = set_apart(lines, 10, 4, Compounds.of([]))
    assert [line.text for line in found] == [" ".join(pair) for pair in pieces]
    assert [line.apart for line in found] == [is_table] * 3


@pytest.mark.parametrize("gutter", ["8pt", "30pt"])
@pytest.mark.parametrize("justify", ["true", "false"])
def test_columns_are_read_by_their_prose(load: Load, gutter: str, justify: str) -> None:
    words = [
        text.replace("lake", f"lake of {name}")
        for name in string.ascii_uppercase[:8]
        for text in (FIRST, f"In {name} there are {SECOND[4:]}")
    ]
    source = (
        f"#set page(width: 160mm, height: 180mm, columns: 2)\n#set columns(gutter: {gutter})\n"
        f"#set text(size: 9pt)\n#set par(justify: {justify})\n" + "\n\n".join(words)
    )
    assert paragraphs(load(files.typeset(source))) == words


def test_three_columns_and_a_heading_across_them(load: Load) -> None:
    words = [FIRST.replace("lake", f"lake {name}") for name in string.ascii_uppercase[:9]]
    source = (
        "#set page(width: 200mm, height: 90mm)\n#set text(size: 8pt)\n#set par(justify: true)\n"
        "= Report\n#columns(3)[" + "\n\n".join(words) + "]"
    )
    assert paragraphs(load(files.typeset(source))) == ["Report", *words]


def test_a_table_within_a_column(load: Load) -> None:
    words = [FIRST.replace("lake", f"lake {name}") for name in string.ascii_uppercase[:8]]
    table = "#table(columns: 3)[State][Pledge][Share][Alpha][a railway][5.5][Beta][a port][7.2]"
    source = (
        "#set page(width: 180mm, height: 120mm, columns: 2)\n#set text(size: 10pt)\n"
        "#set par(justify: true)\n" + "\n\n".join([*words[:2], table, *words[2:]])
    )
    assert paragraphs(load(files.typeset(source))) == [
        *words[:2],
        "State Pledge Share",
        "Alpha a railway 5.5",
        "Beta a port 7.2",
        *words[2:],
    ]


@pytest.mark.parametrize(
    ("grid", "signed"),
    [
        (
            "[For the Kingdom of Ruritania][For the Republic of Sylvania]"
            "[Rudolf Elphberg][Sylvia Sylvan][King][President]",
            [
                *("For the Kingdom of Ruritania", "Rudolf Elphberg", "King"),
                *("For the Republic of Sylvania", "Sylvia Sylvan", "President"),
            ],
        ),
        (
            "[Rudolf Elphberg][Sylvia Sylvan][King of Ruritania][President of Sylvania]",
            [
                *("Rudolf Elphberg", "King of Ruritania"),
                *("Sylvia Sylvan", "President of Sylvania"),
            ],
        ),
        (
            "[For Ruritania][For Sylvania][R. Elphberg][S. Sylvan]"
            "[For Freedonia][For Fenwick][R. Firefly][G. Fenwick]",
            [
                *("For Ruritania", "R. Elphberg", "For Sylvania", "S. Sylvan"),
                *("For Freedonia", "R. Firefly", "For Fenwick", "G. Fenwick"),
            ],
        ),
        (
            "[President of Ruritania][R. Elphberg][President of Sylvania][S. Sylvan]"
            "[Prime Minister of Freedonia][R. Firefly]",
            [
                "President of Ruritania R. Elphberg",
                "President of Sylvania S. Sylvan",
                "Prime Minister of Freedonia R. Firefly",
            ],
        ),
    ],
)
def test_signatures_side_by_side_are_read_one_after_the_other(
    load: Load, grid: str, signed: list[str]
) -> None:
    source = (
        f"#set page(width: 150mm, height: 160mm)\n#set text(size: 11pt)\n{FIRST}\n\n{SECOND}\n\n"
        f"#grid(columns: (1fr, 1fr), row-gutter: 9pt){grid}"
    )
    document = load(files.typeset(source))
    assert paragraphs(document)[2:] == signed
    frame = segment(document)
    assert frame.loc[frame["level"] == "signature", "text"].tolist() == signed


# ------------------------------------------------------------------------- right to left, scans

ARABIC = (
    "اجتمعت الأطراف في البحيرة عام 2013 واتفقت على قائمة من 12.5 مليون وفقا للقرار A/RES/60/1 "
    "(الفقرة 12). وتحمي الأطراف «مياه البحيرة» لمن يأتي بعدها."
)
HEBREW = "המדינות נפגשו באגם בשנת 2013 והסכימו על שלום ומסחר (סעיף 12). הן יגנו על מימי האגם."


@pytest.mark.parametrize(("language", "words"), [("ar", ARABIC), ("he", HEBREW)])
def test_text_from_right_to_left_is_read_in_order(load: Load, language: str, words: str) -> None:
    source = (
        "#set page(width: 125mm, height: 120mm)\n"
        f'#set text(size: 11pt, font: "DejaVu Sans", lang: "{language}")\n'
        f"{words}\n\n{words.replace('2013', '2014')}"
    )
    document = load(files.typeset(source))
    assert paragraphs(document) == [words, words.replace("2013", "2014")]
    assert document.notices == tuple(
        f"the source names no {it}" for it in ("date", "title", "place")
    )


def test_columns_and_tables_from_right_to_left(load: Load) -> None:
    lakes = (
        "الكبيرة",
        "الصغيرة",
        "الزرقاء",
        "البعيدة",
        "القريبة",
        "العميقة",
        "الشمالية",
        "الجنوبية",
    )
    words = [f"في البحيرة {lake} {ARABIC}" for lake in lakes]
    table = "#table(columns: 3)[الدولة][التعهد][2013][ألفا][سكة حديد][5.5][بيتا][ميناء][7.2]"
    source = (
        "#set page(width: 160mm, height: 110mm, columns: 2)\n"
        '#set text(size: 9pt, font: "DejaVu Sans", lang: "ar")\n'
        + "\n\n".join([*words[:4], table, *words[4:]])
    )
    rows = ["الدولة التعهد 2013", "ألفا سكة حديد 5.5", "بيتا ميناء 7.2"]
    assert paragraphs(load(files.typeset(source))) == [*words[:4], *rows, *words[4:]]


def test_words_from_right_to_left_within_a_line(load: Load) -> None:
    words = f"The name is שלום עולם in Hebrew (not البحيرة الكبيرة, as some say). {FIRST}"
    source = f'#set page(width: 130mm)\n#set text(size: 11pt, font: "DejaVu Sans")\n{words}'
    assert paragraphs(load(files.typeset(source))) == [words]


def test_backward_numbers_are_turned_and_told(load: Load) -> None:
    source = (
        '#set page(width: 110mm)\n#set text(size: 11pt, font: "DejaVu Sans", lang: "he")\n'
        + HEBREW.replace("2013", "3102").replace("12", "21")
    )
    document = load(files.typeset(source))
    assert paragraphs(document) == [HEBREW]
    assert "page 1: its numbers stand backwards and were turned; check them" in document.notices


@pytest.mark.parametrize("mode", [0, 3])
def test_a_recognised_scan_has_no_headings_for_its_sizes(load: Load, mode: int) -> None:
    chance = random.Random(7)
    sizes = [9.2, 9.6, 10.0, 10.4, 10.8, 11.2, 11.6, 12.0, 12.4]
    words = [FIRST, SECOND, THIRD, FIRST.replace("lake", "sea")]
    content, height = b"", 660.0
    for text in words:
        for line in textwrap.wrap(text, 70):
            askew = 0.008
            size = chance.choice(sizes)
            matrix = f"1 {askew:g} {-askew:g} 1"
            content += files.text(
                60, height + chance.uniform(-0.5, 0.5), line, size=size, mode=mode, matrix=matrix
            )
            height -= 15
        height -= 12
    document = load(files.drawn(content))
    assert document.origin is not None
    assert document.origin.headings == ()
    assert document.text.split() == " ".join(words).split()


# ------------------------------------------------------------------------------ letters, faults


def test_ligatures_and_soft_hyphens_are_letters(load: Load) -> None:
    words = "The \ufb01nancial o\ufb03ce will \ufb02oat ef\u00adfi\u00adcient a\ufb00airs."
    source = (
        f'#set page(width: 150mm)\n#set text(size: 11pt, font: "DejaVu Sans")\n{FIRST}\n\n{words}'
    )
    assert paragraphs(load(files.typeset(source)))[1] == (
        "The financial office will float efficient affairs."
    )


@pytest.mark.parametrize("accent_first", [True, False])
def test_accents_drawn_over_letters_are_theirs(load: Load, accent_first: bool) -> None:
    content = files.paragraph(60, 660, FIRST) + files.text(60, 560, "Un caf")
    pieces = [files.text(93.6, 560, "\u00b4"), files.text(92.4, 560, "e")]
    content += b"".join(pieces if accent_first else reversed(pieces))
    content += files.text(98.5, 560, "s ouvert.")
    assert paragraphs(load(files.drawn(content)))[1] == "Un caf\u00e9s ouvert."


def test_a_page_that_reads_badly_is_told_by_its_number(load: Load) -> None:
    cipher = "".join(chr(ord(letter) - 29) if letter > "<" else letter for letter in FIRST)
    document = load(
        files.drawn(
            files.paragraph(60, 660, FIRST),
            files.paragraph(60, 660, FIRST.replace(" ", "")[:60] + " " + SECOND.replace(" ", "")),
            files.paragraph(60, 660, cipher),
        )
    )
    told = [notice for notice in document.notices if notice.startswith("page")]
    assert [notice.partition(";")[0] for notice in told] == [
        "page 2: it has no spaces between its words",
        "page 3: its letters make no words",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (FIRST, ""),
        (FIRST.upper(), ""),
        ("第一条 缔约各方应当加强在湖区的合作,共同打击恐怖主义。" * 9, ""),
        (f"https://example.org/{'a' * 60} {FIRST}", ""),
        ("".join(letter * 2 if letter.isalpha() else letter for letter in FIRST), "are doubled"),
        (FIRST[::-1], "are kept backwards"),
        (" ".join(FIRST.replace(" ", "")), "fall apart into letters"),
        (re.sub(r"(\w\w)(?=\w)", r"\1 ", FIRST), "fall apart into letters"),
        (re.sub(r"(\w+)", r"\1 \1", FIRST), "stand twice"),
        (FIRST.replace("t", "l").replace("h", "li").replace("m", "rn"), "are in no word list"),
        (re.sub(r"(\w+) (\w+)(?= )", r"\1\2", FIRST), "are in no word list"),
        (
            ".,;' |-~ 1 li {tl. ,.I: Ii1} ~.--il .:, !tJ ;_.J r'l .. t~ I'll ,:-._ ] il )" * 3,
            "signs",
        ),
        (f"{FIRST} They met in 3102 and in 4102.", "numbers stand backwards"),
        (f"{FIRST} They met in 2013, by resolutions 3102 and 4102.", ""),
        (f"{FIRST} See resolution 3102.", ""),
        (RUSSIAN, ""),
        (RUSSIAN.translate(str.maketrans("аеоурхст", "aeoypxct")), "mix two alphabets"),
        (f"Contents\n{'Trade and culture of the lake . . . . . . . . ........... 12 ' * 9}", ""),
        (f"{SECOND} {GERMAN}", ""),
        (GERMAN, ""),
    ],
)
def test_faults_of_a_page(text: str, fault: str) -> None:
    found = fault_of(text)
    assert fault in found
    assert bool(found) == bool(fault)


def test_unknown_signs_are_a_fault() -> None:
    assert fault_of(FIRST, unmapped=2) == ""
    assert fault_of(FIRST, unmapped=40) == "40 of its letters are unknown signs"


@pytest.mark.parametrize(
    ("before", "text", "joint"),
    [
        ("in the coun-", "tries", ""),
        ("the COVID-", "19 pandemic", "-"),
        ("the years 2018-", "2019", "-"),
        ("the Counter-", "Terrorism Centre", "-"),
        ("an IMF-", "supported programme", "-"),
        ("a U.S.-", "led group", "-"),
        ("short-", "and long-term", " "),
        ("climate/", "environmental", "-"),
        ("the years 2018–", "2019", "-"),
        ("a pre\u00ad", "existing", ""),
        ("the group –", "as agreed –", " "),
        ("the Parties", "met", " "),
    ],
)
def test_what_joins_two_lines(before: str, text: str, joint: str) -> None:
    hyphenated = Compounds.of(["all coun-", "tries"])
    assert joint_of_lines(before, text, hyphenated) == joint


def test_a_text_that_breaks_no_word_keeps_its_hyphens() -> None:
    lines = ["it is pre-", "existing and cross-", "country"]
    assert joint_of_lines(lines[0], lines[1], Compounds.of(lines)) == "-"
    broken = Compounds.of([*lines, "all coun-", "tries"])
    assert joint_of_lines(lines[0], lines[1], broken) == ""


def test_damage_is_never_silent(load_apart: Load) -> None:
    load = load_apart
    whole = files.typeset(f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n#pagebreak()\n\n{FIRST}")
    sound = load(whole)
    assert not [notice for notice in sound.notices if "damaged" in notice]
    chance = random.Random(3)
    for _ in range(8):
        data = bytearray(whole)
        place = chance.randrange(len(data) // 20, len(data) - 200)
        if chance.random() < 0.5:
            data[place] ^= 0x5A
        else:
            del data[place : place + 9]
        try:
            document = load(bytes(data))
        except SourceError as error:
            told = "damaged" in str(error)
        else:
            told = any("damaged" in notice for notice in document.notices)
            told = told or document.text == sound.text
        assert told
