"""Are the small inputs that once went wrong read right? One line a case, right or not.

Usage: python tests/benchmarks/cases.py FOLDER

The folder holds a folder a case (01-pdf-fake-bold, …) and is not copied: what is right is written
down here, the inputs' siblings are tests. The verdicts are printed, and kept in results/cases.json.
"""

import datetime
import json
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

from sco_research import code_themes, keyness, load_corpus, load_document, measure
from sco_research.loaders.dates import parse_date
from sco_research.metrics.syllables import english_syllables
from sco_research.text.document import Document
from sco_research.text.segments import segment
from sco_research.text.sentences import sentence_spans
from sco_research.text.tokens import words

RESULT = Path(__file__).parent / "results" / "cases.json"
DAY = datetime.date(2013, 9, 13)
LAKE = [
    "The Parties met at the lake and agreed on a long list of measures for peace and trade in the "
    "whole region.",
    "They will combat terrorism and drug trafficking together.",
    "They shall protect the environment and the water of the lake for those who come after them.",
]
HEADS = [
    "The Heads of State welcomed the new members of the Organization.",
    "They intend to open their markets to each other step by step.",
    "They support the central role of the United Nations in world affairs and call for a fair "
    "order.",
]
SHORT_LAKE = (
    "The Parties met at the lake and agreed on a long list of measures for peace and trade."
)
CLASSES = (
    "social-policy;comment-period;search-and-rescue;related-documents;banner-text;ad hoc;"
    "section-toc;copyright-law;share;chapter-header"
)
DATES = {
    "二〇一三年九月十三日": DAY,
    "一九九八年七月三日": datetime.date(1998, 7, 3),
    "13 сент. 2013 г.": DAY,
    "13 вересня 2013": DAY,
    "13-Sep-2013": DAY,
    "2556年9月13日": None,
    "1er mai 2014": datetime.date(2014, 5, 1),
    "13. März 2019": datetime.date(2019, 3, 13),
}
SENTENCES = (
    ("en", "The firm is the No. 2 and No. 3 seller in the U.S. and Asia.|It grows."),
    ("en", "They recall U.N. Doc. A/RES/60/1 and Doc. S/2013/50."),
    ("en", "See Prot. No. 2 and Reg. (EC) No. 44."),
    ("en", "The treaty (U.N.T.S. vol. 5, ch. II, sect. III, subpara. (b)) holds."),
    ("ru", "Стороны встретились 5 янв. 2016 г. в г. Ташкенте."),
    ("ru", "Протокол подписан 13.09.2013 г.|Стороны довольны."),
    ("ru", "Объем составил 5 млн. руб.|Стороны довольны."),
    ("ru", "Они строят мосты, дороги и т.д.|Встреча окончена."),
)


def sentences(document: Document) -> list[str]:
    """Return the sentences of a document as they are read."""
    return [str(text) for text in segment(document, level="sentence")["clean"]]


def kinds(document: Document) -> list[str]:
    """Return what was left out of a document, by kind."""
    return [one.kind for one in document.removed]


def value(document: Document, metric: str) -> float:
    """Return one measure of a document."""
    return float(measure(document, metrics=[metric])["value"].iloc[0])


def fake_bold(at: Path) -> bool:
    """Each letter counts once, however often it is drawn."""
    expected = [*LAKE, "The Parties shall never use force.", *HEADS]
    return sentences(load_document(at / "in.pdf")) == expected


def text_box(at: Path) -> bool:
    """A text box is read once, as paragraphs of its own."""
    return sentences(load_document(at / "in.docx")) == [
        "The Parties met in Lakeside.",
        "They shall strengthen trade.",
        "The Parties will combat terrorism together.",
        "They thanked the host.",
    ]


def ligatures(at: Path) -> bool:
    """Ligatures count and match as their letters."""
    read = [load_document(at / name) for name in ("lig.txt", "lig.html", "plain.txt")]
    counted = {(value(one, "letters"), value(one, "syllables")) for one in read}
    return len(counted) == 1 and len({tuple(code_themes(one)["category"]) for one in read}) == 1


def class_names(at: Path) -> bool:
    """Prose stays whatever its class is called."""
    page = (at / "in.html").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        kept = []
        for name in CLASSES.split(";"):
            path.write_text(page.replace("social-policy", name), encoding="utf-8")
            kept.append("workers" in load_document(path).text)
    return all(kept)


def apostrophes(at: Path) -> bool:
    """All apostrophes inside a word are one letter."""
    table = keyness(load_document(at / "curly.txt"), load_document(at / "straight.txt"))
    same = (table["count"] == table["reference_count"]).all()
    return bool(same) and value(load_document(at / "mixed.txt"), "types") == 6


def dates(at: Path) -> bool:
    """Days are read in many forms; a year to come is none."""
    read = [load_document(at / f"{name}.txt").metadata.date for name in ("zh", "zh2", "en", "fr")]
    return set(read) == {DAY} and {text: parse_date(text) for text in DATES} == DATES


def superscripts(at: Path) -> bool:
    """A power stays with its number, a note's figure does not."""
    document = load_document(at / "in.html")
    line = "The Treaty serves 3.5 \u00d7 10⁶ people on 5 km², and CO2 falls; see the 60th session."
    return sentences(document) == [SHORT_LAKE, line, SHORT_LAKE] and len(kinds(document)) == 2


def line_numbers(at: Path) -> bool:
    """Numbers in the margin are page matter."""
    read = load_document(at / "in.pdf")
    return sentences(read)[:6] == [*LAKE, *HEADS] and kinds(read) == ["line number"] * 14


def turned_text(at: Path) -> bool:
    """Text in the margin, watermarks and initials join no line they stand beside."""
    read = {path.stem: sentences(load_document(path)) for path in at.glob("*.pdf")}
    initial = [f"{LAKE[0]}", "They will act."]
    whole = [read[name][:6] == [*LAKE, *HEADS] for name in ("vmargin", "wm1", "landscape")]
    return all(whole) and read["dropcap"][:2] == initial


def hidden_text(at: Path) -> bool:
    """Hidden text is left out and listed."""
    document = load_document(at / "in.docx")
    return "Hidden" not in document.text and kinds(document) == ["hidden text"]


def ruby(at: Path) -> bool:
    """The base is read without its reading."""
    read = [load_document(at / name) for name in ("in.docx", "in.html")]
    return all("首脳は宣言を採択した。" in one.text and "せんげん" not in one.text for one in read)


def marks(at: Path) -> bool:
    """Combining marks belong to their words."""
    # "Стороны Росси́и и Кирги́зии договори́лись. Они́ встре́тятся сно́ва." has eight.
    counts = {"hi": 11, "ru": 8, "ar": 4}
    return {name: len(words(load_document(at / f"{name}.txt").text)) for name in counts} == counts


def long_tables(at: Path) -> bool:
    """Tables of any length and encoding are read whole."""
    lengths = {"short": 20, "long": 1500, "short1251": 2, "long1251": 2}
    return {name: len(load_corpus(at / f"{name}.csv")) for name in lengths} == lengths


def tracked_changes(at: Path) -> bool:
    """A deleted paragraph mark joins."""
    return sentences(load_document(at / "in.docx")) == [
        "The Parties agree to support the peace plan in full.",
        "The Parties shall open their markets.",
        "They keep the peace.",
        "They will meet in spring.",
    ]


def abbreviations(_: Path) -> bool:
    """Sentences end where a reader ends them."""
    return all(
        [text[start:end] for start, end in sentence_spans(text, language)] == given.split("|")
        for language, given in SENTENCES
        for text in (given.replace("|", " "),)
    )


def table_in_prose(at: Path) -> bool:
    """A table is read row by row, apart from the prose."""
    read = load_document(at / "in.pdf")
    rows = ["State Pledge Share", "Alpha build a railway 5.5", "Delta train police 1.0"]
    lines = [" ".join(line.split()) for line in read.text.splitlines()]
    return sentences(read) == [*LAKE, *HEADS] and all(row in lines for row in rows)


def right_to_left(at: Path) -> bool:
    """Arabic and Hebrew are read in their order, turned figures told."""
    read = load_document(at / "in.pdf")
    return read.metadata.language == "ar" and "2013" in read.text and "backwards" in read.notices[0]


def lock_file(at: Path) -> bool:
    """A word processor's lock file is passed over."""
    return [one.id for one in load_corpus(at / "texts")] == ["statement"]


def file_name(_: Path) -> bool:
    """Both forms of a name make one id."""
    with tempfile.TemporaryDirectory() as folder:
        ids = set()
        for form in ("NFC", "NFD"):
            within = Path(folder) / form
            within.mkdir()
            name = "Déclaration Бишкекский.txt"
            path = within / (
                unicodedata.normalize("NFC", name)
                if form == "NFC"
                else unicodedata.normalize("NFD", name)
            )
            path.write_text("The Parties met at the lake.\n", encoding="utf-8")
            ids.add(load_document(path).id)
    return len(ids) == 1


def lists(at: Path) -> bool:
    """Numbers of a list are those that a browser shows."""
    numbers = segment(load_document(at / "value.html"), level="paragraph")["number"]
    items = sentences(load_document(at / "in.html"))
    return list(numbers)[1:-1] == ["4", "9", "10", "2", "1"] and "open a port" in items


def readability(at: Path) -> bool:
    """Formulas are arithmetic on counts that are right."""
    document = load_document(at / "in.txt")
    flesch = 206.835 - 1.015 * value(document, "words") / value(document, "sentences")
    flesch -= 84.6 * value(document, "syllables") / value(document, "words")
    eight = sum(map(english_syllables, ("This", "sentence", "has", "eight", "syllables")))
    return abs(value(document, "flesch_reading_ease") - flesch) < 1e-6 and eight == 8


def signs_in_a_title(at: Path) -> bool:
    """A name full of signs is a name; what a report makes of it is a test of reports."""
    return all(load_document(path).id for path in at.glob("*ünï.txt"))


CASES: dict[str, Callable[[Path], bool]] = {
    "01-pdf-fake-bold": fake_bold,
    "02-docx-textbox-twice": text_box,
    "03-ligatures": ligatures,
    "04-html-class-names": class_names,
    "06-apostrophe-forms": apostrophes,
    "07-date-forms": dates,
    "08-html-superscript": superscripts,
    "10-pdf-line-numbers": line_numbers,
    "11-pdf-tall-or-turned-text": turned_text,
    "12-docx-hidden-text": hidden_text,
    "13-docx-ruby": ruby,
    "14-words-with-combining-marks": marks,
    "15-csv-utf16-long": long_tables,
    "17-docx-tracked-changes": tracked_changes,
    "18-abbreviations": abbreviations,
    "19-pdf-table-in-prose": table_in_prose,
    "20-pdf-right-to-left": right_to_left,
    "22-office-lock-file": lock_file,
    "23-nfd-file-name": file_name,
    "24-html-list-in-table": lists,
    "25-readability-numbers": readability,
    "27-tex-signs-in-title": signs_in_a_title,
}


def main() -> None:
    """Judge every case, print and keep the verdicts."""
    folder = Path(sys.argv[1])
    verdicts = {}
    for name, is_right in CASES.items():
        verdicts[name] = is_right(folder / name)
        print(f"{name:32} {'right' if verdicts[name] else 'NOT'}  {is_right.__doc__}")
    known = {path.name for path in folder.iterdir() if path.is_dir()}
    for name in sorted(known - CASES.keys()):
        print(f"{name:32} not judged")
    RESULT.write_text(json.dumps(verdicts, indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if all(verdicts.values()) else 1)


if __name__ == "__main__":
    main()
