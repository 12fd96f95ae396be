"""A document at a glance: who speaks, about what, undertaking what, in which language."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sco_research.coding.codebooks.loading import Codebook, load_codebook
from sco_research.coding.commitments.coder import find_commitments
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.stance import MAIN_MODALS, code_stance
from sco_research.coding.themes import code_themes
from sco_research.displays import in_notebook
from sco_research.errors import ParameterError
from sco_research.metrics import measure
from sco_research.metrics.diversity import WINDOW
from sco_research.metrics.readability import ease_class
from sco_research.reports.annotation import page_matter_note
from sco_research.reports.citations import long_date
from sco_research.text.document import Document
from sco_research.text.segments import segment

WIDTH = 96
"""Columns of the screen where nothing says how many there are."""

_LANGUAGES = {"en": "English", "ru": "Russian", "zh": "Chinese", "ja": "Japanese", "fr": "French",
              "de": "German", "es": "Spanish", "und": "language unknown"}  # fmt: skip
_MAX_THEMES = 12
_MAX_UNDERTAKINGS = 20
_MAX_NOTICES = 8
# More sections than this are shown as tenths of the text, which fit on any screen.
_MAX_SECTIONS = 14
_TENTHS = 10
_METRICS = ("words", "words_per_sentence", "flesch_reading_ease", "mattr")


@dataclass(frozen=True, slots=True)
class UndertakingLine:
    """One strict undertaking: its sentence's anchor without the document's id, and its words."""

    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """In how many sentences each theme is found, part of the text by part of the text.

    Attributes
    ----------
    parts : tuple of str
        What the parts are called: the sections' numbers, or the tenths of the text.
    by_section : bool
        Whether the parts are sections.
    rows : tuple of (str, tuple of int, int)
        Label of each theme, its sentences by part, and in all; in the codebook's order, since a
        difference of a sentence or two is no rank.
    found, known : int
        Themes that occur, and themes of the codebook.
    """

    parts: tuple[str, ...]
    by_section: bool
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    found: int
    known: int


@dataclass(frozen=True, slots=True, repr=False)
class Overview:
    """What `show` says of a document; printed, it is one screen.

    Attributes
    ----------
    title, when : str
        Its title, or its id; place and date.
    issuer, issuer_known : str
        Who speaks, and how that is known.
    size : str
        Language, words, sentences, paragraphs and sections, in words.
    strip : Strip
        The themes by section.
    undertakings : tuple of UndertakingLine or None
        The strict ones in reading order; None for a language that the rules do not read.
    language : tuple of str
        Readability, diversity and modality, each in a line with its meaning.
    notices : tuple of str
        What the loader has to say, and what was left out of this screen.
    """

    title: str
    when: str
    issuer: str
    issuer_known: str
    size: str
    strip: Strip
    undertakings: tuple[UndertakingLine, ...] | None
    language: tuple[str, ...]
    notices: tuple[str, ...]

    _repr_html_ = in_notebook

    def __repr__(self) -> str:
        """Return the screen, as a prompt shows it."""
        return self.screen()

    def screen(self, width: int = WIDTH) -> str:
        """Return the screen as text of at most so many columns."""
        return "\n".join(_screen(self, width))


def show(
    document: Document,
    *,
    codebook: str | Path | Codebook = "themes",
    options: CommitmentOptions | None = None,
) -> Overview:
    """Return a document at a glance: one screen, without a report.

    Parameters
    ----------
    document : Document
        What is shown.
    codebook : str, pathlib.Path or Codebook
        Whose themes are counted.
    options : CommitmentOptions, optional
        How the commitments are coded.

    Returns
    -------
    Overview
        Its ``repr`` is the screen; its attributes are what stands there.

    Examples
    --------
    >>> from sco_research.text.document import Document
    >>> note = Document.from_text("The member states will fight drugs.", id="note", title="A note")
    >>> show(note).undertakings[0].anchor
    'p1.s1'
    >>> print(show(note).screen().splitlines()[0])
    A note
    """
    book = load_codebook(codebook)
    sentences = segment(document, level="sentence")
    measured = measure(document, metrics=list(_METRICS)).set_index("metric")
    known = document.metadata
    when = ", ".join(filter(None, (known.place, long_date(known.date) if known.date else "")))
    issuer, how = _issuer(document)
    return Overview(
        title=known.title or document.id,
        when=when or "place and date unknown",
        issuer=issuer,
        issuer_known=how,
        size=_size(document, sentences, measured),
        strip=_strip(document, sentences, book),
        undertakings=_undertakings(document, options or CommitmentOptions()),
        language=tuple(_language(document, measured)),
        notices=tuple(filter(None, (*document.notices, page_matter_note(document)))),
    )


def _issuer(document: Document) -> tuple[str, str]:
    """Return who speaks and how that is known."""
    known = document.metadata
    if not known.organization and not known.issuer:
        return "unknown", "nobody is recognised in header, title or opening"
    return known.issuer or known.organization, f"from the {known.organization_from or 'source'}"


def _size(document: Document, sentences: pd.DataFrame, measured: pd.DataFrame) -> str:
    words = measured["value"].get("words")
    sections = sum(1 for name in segment(document, level="section")["section"] if name)
    counts = (
        ("word", 0 if words is None or pd.isna(words) else int(words)),
        ("sentence", len(sentences)),
        ("paragraph", len(segment(document, level="paragraph"))),
        ("section", sections),
    )
    language = document.metadata.language
    parts = [f"{number:,} {noun}{'' if number == 1 else 's'}" for noun, number in counts if number]
    return " · ".join([_LANGUAGES.get(language, language), *parts])


def _strip(document: Document, sentences: pd.DataFrame, book: Codebook) -> Strip:
    codings = code_themes(document, codebook=book)
    names = _parts(sentences)
    order = list(dict.fromkeys(names.values()))
    pairs = set(zip(codings["category"], codings["segment_id"], strict=True))
    by_theme = Counter(category for category, _ in pairs)
    cells = Counter((category, names[anchor]) for category, anchor in pairs)
    rows = [category for category in book if by_theme[category.id]]
    return Strip(
        parts=tuple(order),
        by_section=sentences["section"].nunique() in range(2, _MAX_SECTIONS + 1),
        rows=tuple(
            (
                category.label,
                tuple(cells[category.id, part] for part in order),
                by_theme[category.id],
            )
            for category in rows
        ),
        found=len(rows),
        known=len(book),
    )


def _parts(sentences: pd.DataFrame) -> dict[str, str]:
    """Return the part of the text that each sentence stands in: a section, or a tenth."""
    anchors = sentences["segment_id"]
    if sentences["section"].nunique() in range(2, _MAX_SECTIONS + 1):
        return {
            anchor: str(section)
            for anchor, section in zip(anchors, sentences["section"], strict=True)
        }
    many = max(1, len(sentences))
    parts = min(_TENTHS, many)
    return {anchor: str(1 + place * parts // many) for place, anchor in enumerate(anchors)}


def _undertakings(
    document: Document, options: CommitmentOptions
) -> tuple[UndertakingLine, ...] | None:
    try:
        found = find_commitments(document, options=options)
    except ParameterError:
        return None
    undertakings = []
    for row in found[found["strict"]].to_dict("records"):
        actor = row["actor"] or "[the members]"
        verb = f"[{row['modal']}] {row['verb']}" if row["modal_carried"] else row["verb"]
        anchor = str(row["segment_id"]).removeprefix(f"{document.id}:")
        undertakings.append(UndertakingLine(anchor, _sentence(actor, verb, row["clean_target"])))
    return tuple(undertakings)


def _sentence(actor: str, verb: str, target: str) -> str:
    """Return who undertakes what; a verb that both hold is said once.

    >>> _sentence("They", "will oppose", "oppose the misuse of it")
    'They will oppose the misuse of it'
    >>> _sentence("They", "aim", "continue the work")
    'They aim: continue the work'
    """
    last = verb.rpartition(" ")[2]
    if target.partition(" ")[0].lower() == last.lower():
        return " ".join(f"{actor} {verb[: -len(last)]}{target}".split())
    return " ".join(f"{actor} {verb}: {target}".split())


def _language(document: Document, measured: pd.DataFrame) -> Iterator[str]:
    """Yield readability, diversity and modality, each with what it means."""
    value, remark = measured["value"], measured["flag"]

    def known(name: str) -> float | None:
        return None if pd.isna(value.get(name)) else float(value[name])

    mean, ease, mattr = (known(name) for name in _METRICS[1:])
    if ease is not None and mean is not None:
        meaning = "by its own adaptation"
        if document.metadata.language == "en":
            meaning = ease_class(ease) or "beyond the ends of Flesch's scale"
        flag = f"; {remark['flesch_reading_ease']}" if remark["flesch_reading_ease"] else ""
        yield (
            f"Readability  Flesch reading ease {ease:.0f}, {meaning} (100 is easiest); "
            f"{mean:.1f} words a sentence{flag}"
        )
    if mattr is not None:
        yield (
            f"Diversity    MATTR {mattr:.2f}: of {WINDOW} words in a row {WINDOW * mattr:.0f} are "
            "different, on average"
        )
    if document.metadata.language == "en":
        hits = Counter(code_stance(document)["pattern"])
        there = [f"{modal} {hits[modal]}" for modal in MAIN_MODALS if hits[modal]]
        absent = [modal for modal in MAIN_MODALS if not hits[modal]]
        lacking = f"; no {', no '.join(absent)}" if absent and there else ""
        words = ", ".join(there) + lacking if there else f"none of {', '.join(absent)}"
        yield f"Modal verbs  {words}"


def _screen(seen: Overview, width: int) -> Iterator[str]:
    yield from textwrap.wrap(seen.title, width)
    yield from textwrap.wrap(f"{seen.when} · {seen.size}", width)
    yield from textwrap.wrap(f"Who speaks: {seen.issuer} ({seen.issuer_known})", width)
    yield ""
    yield from _strip_lines(seen.strip, width)
    yield ""
    yield from _undertaking_lines(seen.undertakings, width)
    yield ""
    for line in seen.language:
        yield from textwrap.wrap(line, width, subsequent_indent=" " * 13)
    yield from _notice_lines(seen.notices, width)


def _strip_lines(strip: Strip, width: int) -> Iterator[str]:
    kind = "section" if strip.by_section else "tenth of the text"
    if not strip.rows:
        yield f"Themes: none of the {strip.known} of the codebook is found"
        return
    cell = max(3, *(len(part) + 1 for part in strip.parts))
    room = max(16, min(48, width - cell * len(strip.parts) - 6))
    head = f"Themes: sentences by {kind}"
    head = f"{head} (0: the opening)" if strip.by_section and "0" in strip.parts else head
    columns = "".join(f"{part:>{cell}}" for part in strip.parts)
    yield f"{textwrap.shorten(head, room + 2, placeholder=' …'):<{room + 2}}{columns} all"
    shown = sorted(range(strip.found), key=lambda place: -strip.rows[place][2])[:_MAX_THEMES]
    for place in sorted(shown):
        label, numbers, total = strip.rows[place]
        marks = "".join(f"{number or '·':>{cell}}" for number in numbers)
        yield f"  {textwrap.shorten(label, room, placeholder=' …'):<{room}}{marks}{total:>4}"
    if strip.found > _MAX_THEMES:
        least = min(strip.rows[place][2] for place in shown)
        yield f"  and {strip.found - _MAX_THEMES} other themes, in {least} sentences or fewer"


def _undertaking_lines(found: tuple[UndertakingLine, ...] | None, width: int) -> Iterator[str]:
    if found is None:
        yield "Strict undertakings: not read, the rules are for English"
        return
    sentences = len({item.anchor for item in found})
    where = f" in {sentences} sentence{'' if sentences == 1 else 's'}" if found else ""
    yield f"Strict undertakings: {len(found) or 'none'}{where}"
    room = max((len(item.anchor) for item in found), default=0)
    for item in found[:_MAX_UNDERTAKINGS]:
        words = textwrap.shorten(item.words, width - room - 4, placeholder=" …")
        yield f"  {item.anchor:<{room}}  {words}"
    if len(found) > _MAX_UNDERTAKINGS:
        yield f"  and {len(found) - _MAX_UNDERTAKINGS} more"


def _notice_lines(notices: Sequence[str], width: int) -> Iterator[str]:
    if notices:
        yield ""
        yield "Notices"
    for notice in notices[:_MAX_NOTICES]:
        yield from textwrap.wrap(notice, width, initial_indent="  - ", subsequent_indent="    ")
    if len(notices) > _MAX_NOTICES:
        yield f"  and {len(notices) - _MAX_NOTICES} more"
