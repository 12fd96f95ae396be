"""Inputs for the fuzz: sound sources of every form, how to spoil them, and what must hold."""

import io
import json
import random
import re
import resource
import signal
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import pandas as pd

import sco_research as sco
from sco_research.coding.prevalence import prevalence
from sco_research.comparison.continuity import presence
from sco_research.comparison.formulaic import novelty, shared_phrases
from sco_research.comparison.similarity import similarity
from sco_research.errors import ScoResearchError
from sco_research.text.dispersion import dispersion
from sco_research.text.document import Document
from sco_research.text.words import frequencies, ngrams, recurring_phrases

MOST_CPU_SECONDS = 20.0

TITLE = "Joint Statement of the Ministers of the River Organization"
PARAGRAPHS = (
    "The ministers met in Lakeside on 9 June 2017 and agreed as follows.",
    "1. We will open a school of boat-building by 2020, and we call on all states to support it. "
    "The Secretary-General (Mr. R. Vale) shall report on it to the Council.",
    "2. The member states reaffirm that they agree that trade, which grew by 4.5 per cent, is in"
    " the interest of all; they “stand ready” to cooperate on the basis of Res. 44/12.",
    "3. We welcome the work of the U.N. Office on Drugs and condemn terrorism in all its forms:",
    "(a) to strengthen information security and the fight against drug trafficking;",
    "(b) to promote culture, health and education – in the five-year plan too.",
    "Главы государств заявляют, что в 2014 г. стороны будут продолжать сотрудничество.",
)

# What has broken programs that read texts: signs of formats, of direction, of no width, of nothing.
HOSTILE = (
    "", " ", "\n", "\n\n", "\n\n\n", "\r", "\t", "\x00", "\x07", "\x0b", "\x0c", "\x1b[31m", "\x85",
    "\u00a0", "\u00ad", "\u200b", "\u200d", "\u202e", "\u2028", "\u2066", "\ufeff",
    "\ufffd", "\ufffe",
    "\U0001f600", "\U000e0041", "e\u0301\u0301\u0301", "\u0644\u0627", "ﬁ", "²", "①", "Ⅳ", "٣", "ǅ",
    "“", "”", "«", "»", "\"", "'", "`", "((((", "))))", "[", "]", "{", "}", "<", ">", "&", "&#0;",
    "&#xD800;", "&amp;lt;", "<script>alert(1)</script>", "<!--", "-->", "]]>", "<![CDATA[", "</p>",
    "---", "***", "|", "||", "#", "####### ", "=1+1", "@SUM(A1)", "\\", "\\input{x}", "$",
    "$$", "%",
    "~", "^", "_", "{{", "{%", "%}", "I.", "IV", "1.", "2)", "(a)", "- ", "– ", "• ", "Article 1",
    "ANNEX", "第一条", "一、", "to", "that", "that they agree that", "will", "shall", "and", "or",
    "not",
    "no.", "U.S.", "г.", "и т.д.", "co-", "-operation", "9 June 2017", "31 February 2017",
    "Done at Lakeside", "9" * 40, "1,234,567.89", "http://x:99999/", "javascript:alert(1)",
    "../../etc/passwd", "C:\\x", "\ud800",
)  # fmt: skip
_XML = (
    "<w:p/>", "<w:r>", "</w:p>", "<w:t>", "&x;", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "<w:txbxContent>", "<w:del>", "w:val='-1'", "<a:b>", "\x00",
)  # fmt: skip


def _text() -> str:
    return "\n\n".join((TITLE, *PARAGRAPHS, "Lakeside, 9 June 2017"))


def _docx() -> bytes:
    import docx

    word = docx.Document()
    word.add_heading(TITLE, 1)
    for paragraph in PARAGRAPHS:
        word.add_paragraph(paragraph)
    table = word.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Goal", "2020"
    word.add_paragraph("We will meet again.", style="List Number")
    whole = io.BytesIO()
    word.save(whole)
    return whole.getvalue()


def _pdf() -> bytes:
    """Return a PDF of one page whose content is not compressed, so that spoiling tells."""
    lines = [
        line for text in (TITLE, *PARAGRAPHS[:6]) for line in re.findall(r".{1,80}(?:\s|$)", text)
    ]
    drawn = "\n".join(
        f"BT /F1 10 Tf 50 {740 - 14 * at} Td ({_escaped(line)}) Tj ET"
        for at, line in enumerate(lines)
    ).encode("cp1252", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(parts) + 1
    end = (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n"
    )
    return data + end % (size, table, size, len(data))


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _zipped(**members: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return whole.getvalue()


def _parquet() -> bytes:
    frame = pd.DataFrame({"text": [_text(), PARAGRAPHS[1]], "id": ["a", "b"], "year": [2017, 2018]})
    return frame.to_parquet(index=False)


def sound_sources() -> dict[str, bytes]:
    """Return a sound source of every form, by a name whose ending is the form's."""
    text = _text()
    record = {"doc_id": "a", "title": TITLE, "date": "2017-06-09", "language": "en", "text": text}
    html = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
    page = (
        f"<!DOCTYPE html><html lang='en'><head><title>{TITLE}</title><meta charset='utf-8'></head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{TITLE}</h1>{html}<ol start='4'>"
        "<li>We will act."
        "</li></ol><table><tr><td>Goal</td><td>2020</td></tr></table></article></body></html>"
    )
    front = f'---\ntitle: "{TITLE}"\ndate: 2017-06-09\nurl: https://example.org/a\n---\n\n'
    marked = (
        front
        + f"# {TITLE}\n\n"
        + "\n\n".join(PARAGRAPHS)
        + "\n\n**Next steps**\n\n- we meet[^1]\n\n[^1]: Soon.\n"
    )
    worldjpn = (
        f'"The World and Japan" Database\n\n[Title] {TITLE}\n[Place] Lakeside\n'
        "[Date] June 9, 2017\n[Source] Secretariat\n[Full text]\n\n" + "\n\n\n".join(PARAGRAPHS)
    )
    wrapped = re.sub(r"(.{60,72}) ", r"\1\n", text) + "\n\n- 2 -\n\fRiver Organization\n" + text
    rows = "id,title,text\n" + "".join(
        f'r{at},"{TITLE}","{paragraph.replace(chr(34), chr(34) * 2)}"\n'
        for at, paragraph in enumerate(PARAGRAPHS)
    )
    manifest = '[[document]]\nfile = "other.txt"\nid = "o"\ndate = 2017-06-09\ntitle = "T"\n'
    return {
        "plain.txt": text.encode(),
        "wrapped.txt": wrapped.encode(),
        "utf16.txt": text.encode("utf-16"),
        "cp1251.txt": text.encode("cp1251", "replace"),
        "worldjpn.txt": worldjpn.encode(),
        "marked.md": marked.encode(),
        "page.html": page.encode(),
        "word.docx": _docx(),
        "print.pdf": _pdf(),
        "record.json": json.dumps(record, ensure_ascii=False, indent=1).encode(),
        "records.json": json.dumps([record, {**record, "doc_id": "b"}]).encode(),
        "lines.jsonl": f"{json.dumps(record)}\n{json.dumps(record | {'doc_id': 'b'})}\n".encode(),
        "table.csv": rows.encode(),
        "table.tsv": rows.replace(",", "\t").encode("utf-16"),
        "rows.parquet": _parquet(),
        "many.zip": _zipped(a__txt=text.encode(), b__html=page.encode(), c__md=marked.encode()),
        "list.toml": manifest.encode(),
    }  # fmt: skip


def spoilt(data: bytes, name: str, draw: random.Random) -> bytes:
    """Return a source spoilt once or a few times, in its bytes, its letters or its parts."""
    if name.endswith((".docx", ".zip")) and draw.random() < 0.8:
        return _spoilt_archive(data, draw)
    for _ in range(draw.choice((1, 1, 2, 3, 8))):
        data = draw.choice((_bytes_spoilt, _text_spoilt, _text_spoilt, _lines_spoilt))(data, draw)
    return data


def _bytes_spoilt(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    to = min(len(data), at + draw.choice((1, 2, 8, 64, 1000)))
    how = draw.randrange(6)
    if how == 0:
        return data[:at] + bytes(draw.randrange(256) for _ in range(to - at)) + data[to:]
    if how == 1:
        return data[:at] + data[to:]
    if how == 2:
        return data[:at] + data[at:to] * draw.choice((2, 3, 50)) + data[to:]
    if how == 3:
        return data[:at]
    if how == 4:
        return data[at:]
    return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]


def _text_spoilt(data: bytes, draw: random.Random) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    sign = draw.choice(HOSTILE) * draw.choice((1, 1, 1, 2, 40))
    at = draw.randrange(len(text) + 1)
    if draw.random() < 0.3:
        # In the place of every one of some sign.
        old = text[at : at + 1] or " "
        text = text.replace(old, sign, draw.choice((1, 5, 100)))
    else:
        text = text[:at] + sign + text[at:]
    whole = not any("\udc80" <= letter <= "\udcff" for letter in text)
    return text.encode(
        "utf-8",
        "surrogatepass" if whole else "surrogateescape" if "\ud800" not in sign else "replace",
    )


def _lines_spoilt(data: bytes, draw: random.Random) -> bytes:
    lines = data.split(b"\n")
    at, to = sorted(draw.randrange(len(lines) + 1) for _ in range(2))
    how = draw.randrange(4)
    if how == 0:
        return b"\n".join(lines[:at] + lines[to:])
    if how == 1:
        return b"\n".join(lines[:at] + lines[at:to] * draw.choice((2, 20)) + lines[to:])
    if how == 2:
        draw.shuffle(lines)
        return b"\n".join(lines)
    return draw.choice((b"\r", b"\r\n", b" ", b"\n\n")).join(lines)


def _spoilt_archive(data: bytes, draw: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(draw.choice((1, 1, 2))):
        name = draw.choice(sorted(members))
        how = draw.randrange(5)
        if how == 0:
            del members[name]
            if not members:
                return b"PK\x05\x06" + bytes(18)
        elif how == 1:
            members[name] = _bytes_spoilt(members[name], draw)
        elif how == 2:
            members[draw.choice(("../out.txt", "/etc/x.txt", "a\\b.txt", "x" * 300 + ".txt"))] = (
                members[name]
            )
        else:
            text = members[name].decode("utf-8", "replace")
            tags = [match.span() for match in re.finditer(r"<[^>]*>", text)] or [(0, 0)]
            start, end = draw.choice(tags)
            new = draw.choice(("", text[start:end] * 2, draw.choice(_XML), draw.choice(HOSTILE)))
            members[name] = (text[:start] + new + text[end:]).encode("utf-8", "replace")
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return whole.getvalue()


def made_up(draw: random.Random) -> str:
    """Return a text of words and signs that no one would write."""
    words = [word for paragraph in PARAGRAPHS for word in paragraph.split()]
    pieces: list[str] = []
    for _ in range(draw.choice((1, 3, 10, 60, 300))):
        piece = draw.choice(HOSTILE if draw.random() < 0.4 else words)
        pieces.append(piece + draw.choice((" ", " ", " ", "\n", "\n\n", "")))
    return "".join(pieces) * draw.choice((1, 1, 1, 5))


class TooSlowError(Exception):
    """More processor time than any input may take."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so many seconds of this process's processor time."""

    def stop(number: int, frame: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


REFERENCE = Document.from_text(_text(), id="the-reference")


def _themes_and_annotation(documents: list[Document]) -> Iterator[pd.DataFrame]:
    codings = sco.code_themes(documents)
    yield codings
    yield prevalence(documents, codings, bootstrap=sco.Bootstrap(resamples=100))
    for document in documents[:1]:
        marked = sco.annotate(document, codings)
        assert "<script" not in marked.page


def _explained(documents: list[Document]) -> Iterator[pd.DataFrame]:
    acts = sco.code_speech_acts(documents)
    yield acts
    yield sco.find_commitments(documents)
    for name in acts["segment_id"][:2]:
        sco.explain(documents, name)


def _words(documents: list[Document]) -> Iterator[pd.DataFrame]:
    yield sco.kwic(documents, ["will", "coop*"])
    yield sco.collocations(documents, min_count=1)
    yield frequencies(documents)
    yield ngrams(documents)
    yield recurring_phrases(documents)
    yield dispersion(documents, sco.code_themes(documents), by="category")


def _compared(documents: list[Document]) -> Iterator[pd.DataFrame]:
    yield sco.keyness(documents, REFERENCE)
    yield sco.find_reuse(documents, reference=REFERENCE)
    both = [*documents[:2], REFERENCE]
    yield similarity(both)
    yield novelty(both)
    yield shared_phrases(both)
    yield presence(both, sco.code_themes(both))


def _measured(documents: list[Document]) -> Iterator[pd.DataFrame]:
    yield sco.measure(documents)
    yield sco.measure(documents, level=["section", "paragraph"])


def _stances(documents: list[Document]) -> Iterator[pd.DataFrame]:
    yield sco.code_stance(documents)


def _cited(documents: list[Document]) -> Iterator[pd.DataFrame]:
    for style in ("text", "apa", "bibtex", "ris", "csl-json"):
        sco.cite(documents[0], style=style)
    yield sco.segment(documents)


Analysis = Callable[[list[Document]], Iterator[pd.DataFrame]]
QUICK: tuple[Analysis, ...] = (_measured, _explained, _stances, _cited)
# These resample and compare: they take as long as all others together.
SLOW: tuple[Analysis, ...] = (_themes_and_annotation, _words, _compared)


def faults_of(path: Path, analyses: tuple[Analysis, ...] = (*QUICK, *SLOW)) -> list[str]:
    """Return what is wrong with how a source is read and analysed; nothing where all is well.

    Whatever it holds, it gives documents or an error of the package's own in one line a source;
    every segment is exactly its stretch of the text; every analysis ends, with frames or such an
    error.
    """
    faults: list[str] = []
    begun = _cpu()
    try:
        with limited(2 * MOST_CPU_SECONDS):
            _examine(path, faults, analyses)
    except TooSlowError:
        faults.append("too slow: " + _where(sys.exc_info()[2]))
    except Exception as error:
        faults.append(_said(error))
    if (spent := _cpu() - begun) > MOST_CPU_SECONDS:
        faults.append(f"too slow: {spent:.0f} seconds")
    return faults


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:200]} at {_where(error.__traceback__)}"


def _examine(path: Path, faults: list[str], analyses: tuple[Analysis, ...]) -> None:
    try:
        corpus = sco.load_corpus(path, faults="keep")
    except ScoResearchError as error:
        faults += [f"no clear line: {error}"] if not str(error).strip() else []
        return
    for said in corpus.faults:
        if not said.strip() or len(said.splitlines()) != 1 or len(said) > 2000:
            faults.append(f"no clear line: {said[:200]!r}")
    documents = list(corpus)[:3]
    if not documents and not corpus.faults and not corpus.notices:
        faults.append("silence: neither a document nor a word")
    for document in documents:
        faults += _offset_faults(document)
    for analysis in analyses if documents else ():
        try:
            for frame in analysis(documents):
                frame.to_csv(io.BytesIO(), encoding="utf-8")
        except ScoResearchError as error:
            if not str(error).strip():
                faults.append(f"{analysis.__name__}: an error without a word")
        except TooSlowError:
            raise
        except Exception as error:
            faults.append(_said(error))


def _offset_faults(document: Document) -> Iterator[str]:
    end = -1
    for row in sco.segment(document).to_dict("records"):
        start, stop = row["start"], row["end"]
        if document.text[start:stop] != row["text"] or not 0 <= start <= stop <= len(document.text):
            yield f"offset: {row['segment_id']}"
        if row["level"] == "sentence":
            if start < end:
                yield f"overlap: {row['segment_id']}"
            if not row["text"].strip():
                yield f"empty: {row['segment_id']}"
            end = stop
    json.dumps(document.notices, ensure_ascii=False).encode("utf-8")


def _cpu() -> float:
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        total += used.ru_utime + used.ru_stime
    return total


def _where(trace: TracebackType | None) -> str:
    ours = [frame for frame in traceback.extract_tb(trace) if "sco_research" in frame.filename]
    last = ours[-1] if ours else traceback.extract_tb(trace)[-1]
    return f"{Path(last.filename).name}:{last.name}"


def shrunk(data: bytes, name: str, fault: str, *, tries: int = 300) -> bytes:
    """Return a smaller source that has the same fault."""
    kind = fault.partition(":")[0] + fault.rpartition(" at ")[2]

    def fails(smaller: bytes) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(smaller)
            found = faults_of(path)
        return any(one.partition(":")[0] + one.rpartition(" at ")[2] == kind for one in found)

    size = len(data) // 2
    while size and tries:
        at = 0
        while at < len(data) and tries:
            tries -= 1
            smaller = data[:at] + data[at + size :]
            if fails(smaller):
                data = smaller
            else:
                at += size
        size //= 2
    return data
