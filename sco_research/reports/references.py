"""A reference in the formats that reference managers and journals read.

A reference is an item of the Citation Style Language's JSON; every other format is made from it.
"""

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeAlias, cast, get_args

from sco_research.errors import ParameterError
from sco_research.reports.markdown import escape
from sco_research.reports.render import run_pandoc
from sco_research.reports.report_style import ReportStyle
from sco_research.reports.tables import tex
from sco_research.resources import data_path

Item: TypeAlias = Mapping[str, Any]
Style: TypeAlias = Literal["text", "apa", "chicago", "bibtex", "ris", "csl-json"]

_JOINER = "\u2060"
_CSL = {"apa": "apa", "chicago": "chicago-author-date"}
# Type of the item, of the BibTeX entry, of the RIS record.
_TYPES = {
    "software": ("software", "COMP"),
    "report": ("techreport", "RPRT"),
    "webpage": ("misc", "ELEC"),
    "document": ("misc", "GEN"),
    "article-journal": ("article", "JOUR"),
    "paper-conference": ("inproceedings", "CPAPER"),
    "chapter": ("incollection", "CHAP"),
    "book": ("book", "BOOK"),
}
# Their titles are names, and in braces BibTeX's styles keep the capitals.
_NAMED = ("software", "report", "webpage", "document")
_BIBTEX = {
    "title": "title",
    "container-title": "howpublished",
    "publisher": "institution",
    "publisher-place": "address",
    "version": "version",
    "genre": "type",
    "number": "number",
    "note": "note",
    "DOI": "doi",
    "URL": "url",
}
_RIS = {
    "title": "TI",
    "container-title": "T2",
    "volume": "VL",
    "issue": "IS",
    "publisher": "PB",
    "publisher-place": "CY",
    "version": "ET",
    "genre": "M3",
    "number": "SN",
    "note": "N1",
    "DOI": "DO",
    "URL": "UR",
}

_ENTRY = re.compile(r'<div id="ref-([^"]+)" class="csl-entry"[^>]*>(.*?)</div>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LETTERED = re.compile(r"(?P<work>.*?\(\d{4})[a-z](?P<rest>[,)].*)", re.DOTALL)


def formatted(items: Sequence[Item], style: str) -> str:
    """Return references in a style.

    Parameters
    ----------
    items : sequence of Item
        As in CSL-JSON.
    style : str
        ``"apa"``, ``"chicago"``, ``"bibtex"``, ``"ris"`` or ``"csl-json"``.

    Examples
    --------
    >>> print(formatted([{"id": "a", "type": "book", "title": "T"}], "ris"))
    TY  - BOOK
    ID  - a
    TI  - T
    ER  -
    """
    if style == "csl-json":
        return json.dumps(list(items), ensure_ascii=False, indent=2)
    if style in _CSL:
        return _by_citeproc(json.dumps([_literal(item) for item in items]), _CSL[style])
    writers = {"bibtex": _bibtex, "ris": _ris}
    return "\n\n".join(writers[style](item) for item in items)


def parse_style(word: str) -> Style:
    """Return the style that a word of the command line names."""
    for style in get_args(Style):
        if style == word:
            return cast(Style, style)
    raise ParameterError(f"cite, style {word!r}: choose {', '.join(get_args(Style))}")


@cache
def method_items() -> dict[str, Item]:
    """Return the entries of the bundled bibliography by key, as pandoc reads them."""
    items = json.loads(data_path("bibliography.json").read_text(encoding="utf-8"))
    return {str(item["id"]): item for item in items}


@cache
def _method_references() -> dict[str, str]:
    """Return the bibliography's entries in APA by key, in that style's order, as Markdown."""
    kept: dict[str, str] = json.loads(data_path("references.json").read_text(encoding="utf-8"))
    return kept


def references_markdown(keys: Iterable[str]) -> str:
    """Return the references of a report's citations, each with its key, as Markdown.

    Whoever reads ``report.md`` finds what ``[@searle1976]`` stands for; the other formats set the
    list by their own style. Their text is kept in the data, for citeproc takes as long for them as
    the rest of a page.

    >>> print(references_markdown(["searle1976", "searle1976"])[:35])
    `@searle1976`
    :   Searle, J. R. (19
    """
    cited = set(keys)
    found = {key: said for key, said in _method_references().items() if key in cited}
    known = method_items()
    if not found.keys() >= known.keys() & cited:
        # An entry that is new since they were kept.
        found = references_by_citeproc(item for key, item in known.items() if key in cited)
    # Works of the same authors and year have letters where several are cited.
    works = {key: match for key, said in found.items() if (match := _LETTERED.match(said))}
    for key, match in works.items():
        alike = [other for other, work in works.items() if work["work"] == match["work"]]
        letter = chr(ord("a") + alike.index(key)) if len(alike) > 1 else ""
        found[key] = f"{match['work']}{letter}{match['rest']}"
    return "\n\n".join(f"`@{key}`\n:   {said}" for key, said in found.items())


def references_by_citeproc(items: Iterable[Item]) -> dict[str, str]:
    """Return references in APA by key, in that style's order, as Markdown."""
    options = ["--from=csljson", "--to=html", "--wrap=none", "--citeproc"]
    options.append(f"--csl={ReportStyle(citation_style='apa').csl()}")
    page = run_pandoc(options, text=json.dumps([_literal(item) for item in items]))
    plainer = ((key, html.unescape(_TAG.sub("", said))) for key, said in _ENTRY.findall(page))
    return {key: escape(" ".join(said.replace(_JOINER, "").split())) for key, said in plainer}


@cache
def _by_citeproc(items: str, style: str) -> str:
    options = [
        "--from=csljson",
        "--to=plain",
        "--citeproc",
        f"--csl={ReportStyle(citation_style=style).csl()}",
    ]
    return run_pandoc(options, text=items).strip().replace(_JOINER, "")


# citeproc seeks the partner of each mark among all the others: with 40 it takes minutes.
_QUOTES = "“”„‟«»‹›‘’‚\"'"
_MAX_QUOTES = 16


def _literal(item: Item) -> Item:
    """Keep citeproc from taking a title for markup, and from giving the package a capital."""
    title = str(item.get("title", ""))
    if sum(map(title.count, _QUOTES)) > _MAX_QUOTES:
        title = title.translate(dict.fromkeys(map(ord, _QUOTES)))
    # A joiner without width parts a tag; it goes again below.
    title = title.replace("<", f"<{_JOINER}")
    name = "sco_research"
    return {**item, "title": title.replace(name, f'<span class="nocase">{name}</span>')}


def _year(item: Item) -> str:
    parts = _date_parts(item)
    return str(parts[0]) if parts else ""


def _date_parts(item: Item) -> list[int]:
    dates = item.get("issued", {}).get("date-parts", [[]])
    return [int(part) for part in dates[0]]


def name_of(person: Mapping[str, str]) -> str:
    """Return the name of a person, family name first, or of a body."""
    if "literal" in person:
        return person["literal"]
    family = " ".join(filter(None, (person.get("non-dropping-particle"), person.get("family"))))
    return ", ".join(filter(None, (family, person.get("given"))))


def _bibtex(item: Item) -> str:
    people = " and ".join(
        # An organisation in braces of its own is not a person of several names.
        f"{{{tex(name_of(person))}}}" if "literal" in person else tex(name_of(person))
        for person in item.get("author", ())
    )
    date = "-".join(f"{part:02d}" for part in _date_parts(item))
    fields = {"author": people, "year": _year(item), "date": date}
    journal = item.get("type") == "article-journal"
    for name, ours in _BIBTEX.items():
        key = "journal" if journal and name == "container-title" else ours
        # An address is read unescaped by the packages that print it.
        value = str(item.get(name, ""))
        fields[key] = value if name in ("URL", "DOI") else _in_bibtex(value)
    kind = _TYPES.get(str(item.get("type")), ("misc", "GEN"))[0]
    if item.get("type") in _NAMED and fields["title"]:
        fields["title"] = f"{{{fields['title']}}}"
    if kind == "techreport":
        # The styles ask who answers for a report, and call it a technical one unless told.
        fields |= {
            "institution": fields["institution"] or people,
            "type": fields["type"] or "Report",
        }
    fields |= {"volume": str(item.get("volume", "")), "pages": tex(str(item.get("page", "")))}
    if item.get("issue"):
        fields["number"] = str(item["issue"])
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{item['id']},", *lines, "}"])


def _in_bibtex(text: str) -> str:
    """Return text with quotation marks that TeX sets as such."""
    return re.sub(r'"([^"]*)"', r"``\1''", tex(text))


def _ris(item: Item) -> str:
    lines = [("TY", _TYPES.get(str(item.get("type")), ("misc", "GEN"))[1]), ("ID", item["id"])]
    lines += [("AU", name_of(person)) for person in item.get("author", ())]
    parts = _date_parts(item)
    if parts:
        day = [f"{part:02d}" for part in parts[1:]]
        lines += [("PY", str(parts[0])), ("DA", "/".join([str(parts[0]), *day]))]
    lines += [(tag, item[name]) for name, tag in _RIS.items() if item.get(name)]
    pages = str(item.get("page", "")).replace("–", "-").split("-")
    lines += list(zip(("SP", "EP"), filter(None, pages), strict=False))
    # A line break would begin another field.
    return "\n".join([*(f"{tag}  - {' '.join(str(text).split())}" for tag, text in lines), "ER  -"])
