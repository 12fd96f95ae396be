"""An HTML page as a document: the text without the site around it, with its title and date."""

import re
from dataclasses import replace

from lxml.html import HtmlElement

from sco_research.errors import SourceError
from sco_research.loaders.dates import parse_date
from sco_research.loaders.extraction import NO_TITLE, Extraction
from sco_research.loaders.formats import worldjpn
from sco_research.loaders.formats.html.article import AROUND_A_FACT, Article
from sco_research.loaders.formats.html.damage import damaged_in, misplaced_in
from sco_research.loaders.formats.html.markup import lines_in, parse, tag_of, write
from sco_research.loaders.source import ParsedSource, Source
from sco_research.loaders.towns import town_beside_day, town_of_state
from sco_research.text.layout.datelines import is_dateline, is_publication, place_in_dateline
from sco_research.text.layout.titles import title_of, without_label
from sco_research.text.origin import SourceLocation

_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='date' or @name='DC.date' or @name='dcterms.date']/@content",
)
_LONGEST_TITLE = 300
_LONGEST_HEAD = 80
_NAMES_PLACE = re.compile(r"(?<![a-z])(?:location|place|venue|city)(?![a-z])", re.I)


def read_page(text: str, source: Source, notices: tuple[str, ...]) -> ParsedSource:
    """Read the document out of a decoded page.

    Raises
    ------
    SourceError
        Where the page nests too deep, or holds no running text.
    """
    page = parse(text, source.where)
    article = Article(page)
    notices = (*notices, *damaged_in(text), *misplaced_in(article.root))
    extraction = write(article.root, article.noise)
    found = extraction.text
    if worldjpn.is_page(found):
        return _reading(page, extraction, source, notices)
    # The database's header may stand apart from its text.
    if worldjpn.names_itself(text):
        body = page.find(".//body")
        whole = write(page if body is None else body, _hidden(article))
        if worldjpn.is_page(whole.text):
            return _reading(page, whole, source, notices)
    _keep_surroundings(article, extraction)
    _check(article, found, source.where)
    reading = _reading(page, extraction, source, (*notices, *article.notices()))
    return _with_head(reading, article)


def _with_head(reading: ParsedSource, article: Article) -> ParsedSource:
    """Take the title, the day and the place that a page sets above its text."""
    heading = article.heading()
    if heading is not None and tag_of(heading) == "h2":
        reading = replace(reading, title=" ".join(heading.text_content().split())[:_LONGEST_TITLE])
    day, issued, place, label = None, None, "", ""
    lines: list[str] = []
    for element in article.head():
        # "Location:", and the place in the next field.
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {label}"
        for words in lines_in(element):
            line = words.strip(AROUND_A_FACT)
            if len(line) > _LONGEST_HEAD:
                continue
            lines.append(line)
            label = line if line.endswith(":") else ""
            if is_publication(line):
                issued = issued or parse_date(line)
            elif day is None and is_dateline(line) and (day := parse_date(line)):
                place = place or place_in_dateline(line)
            elif _NAMES_PLACE.search(names) and not label:
                place = place or line
    place = reading.place or place or _town_in(lines, reading)
    return replace(reading, published=day or issued or reading.published, place=place)


def _town_in(lines: list[str], reading: ParsedSource) -> str:
    """Return the place that stands on a line of its own above a text."""
    if not lines:
        return ""
    head = "\n".join(lines)
    text = f"{reading.title}\n\n{head}\n\n{reading.text}"
    whole = ParsedSource(text, (0, len(text)), title=reading.title)
    return town_of_state(lines) or town_beside_day(whole)


def _hidden(article: Article) -> dict[HtmlElement, str]:
    return {element: kind for element, kind in article.noise.items() if kind.startswith("hidden")}


def _keep_surroundings(article: Article, extraction: Extraction) -> None:
    for element in article.surroundings():
        kind = article.noise.get(element, "outside the text")
        if kind != "hidden":
            path = element.getroottree().getpath(element)
            place = SourceLocation(line=element.sourceline, element=path)
            extraction.remove(kind, element.text_content(), place)


def _check(article: Article, text: str, where: str) -> None:
    if not any(character.isalnum() for character in text):
        raise SourceError(
            f"{where}: this HTML page shows no text without a program that fetches it; open it in "
            "a browser and save the text"
        )
    rows = [line for line in text.splitlines() if "\t" in line]
    if len(rows) > 1 and sum(map(len, rows)) > 0.6 * len(text) and not article.prose:
        raise SourceError(
            f"{where}: this HTML page holds a table and no running text; save the table as CSV and "
            "load the column that holds the texts"
        )


def _reading(
    page: HtmlElement, extraction: Extraction, source: Source, notices: tuple[str, ...]
) -> ParsedSource:
    text = extraction.text
    if worldjpn.is_page(text):
        reading = worldjpn.read_text(text, source.where)
        notices = (*notices, *reading.notices)
    else:
        reading = ParsedSource(
            text,
            (0, len(text)),
            title=_title(page, extraction),
            published=next(filter(None, map(parse_date, _values(page, _DATES))), None),
        )
    languages = (page.get("lang") or "").split("-")[0].lower()
    return replace(
        reading,
        url=reading.url or next(iter(_values(page, _ADDRESSES)), ""),
        language=languages if re.fullmatch("[a-z]{2}", languages) else "",
        notices=notices,
        removed=tuple(extraction.removed),
        starts=tuple(extraction.starts),
        locations=tuple(extraction.locations),
        headings=tuple(extraction.headings),
    )


def _values(page: HtmlElement, paths: tuple[str, ...]) -> list[str]:
    return [
        str(value).strip() for path in paths for value in page.xpath(path) if str(value).strip()
    ]


def _title(page: HtmlElement, extraction: Extraction) -> str:
    """Return the page's one first heading, or what its head calls it."""
    firsts = [element.text_content() for element in page.iter("h1")]
    named = _values(page, ("//meta[@property='og:title']/@content",))
    text = extraction.text
    # What a page calls itself in a window's frame may be its site's name.
    heads = [
        title_of(text, 0, len(text), extraction.headings),
        *[element.text_content() for element in page.iter("title")][:1],
    ]
    found = (firsts if len(firsts) == 1 else []) + named + heads
    titles = (" ".join(title.split()) for title in found)
    words = next((title for title in titles if not NO_TITLE.match(title)), "")
    return without_label(words)[:_LONGEST_TITLE]
