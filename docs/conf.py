"""How the documentation is built: offline, and every warning is an error (``make docs``).

What the package knows of itself is written from it: a page a measure from the registry of metrics,
a page a public name from its docstring, the columns of every frame from its `Schema`, and the
bundled reports from their committed text. It all goes into ``docs/generated``, which git ignores.
"""

import importlib
import inspect
import pkgutil
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import sco_research
from sco_research.frames import Schema
from sco_research.metrics import METRICS, Metric
from sco_research.metrics.metric import ANY
from sco_research.reports.references import formatted, method_items

HERE = Path(__file__).resolve().parent
GENERATED = HERE / "generated"
REPORTS = HERE.parent / "reports"
_LATEX_LINK = re.compile(r'<a\b[^>]*\bhref="tables/[^"]+\.tex"[^>]*>(.*?)</a>', re.DOTALL)
EXTRA = GENERATED / "extra"
# Sphinx looks for it before anything is written.
EXTRA.mkdir(parents=True, exist_ok=True)

project = "sco_research"
author = "sco_research contributors"
copyright = "sco_research contributors, MIT licence"
version = release = sco_research.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["_build", "README.md"]
# A name in a docstring leads to its page, where it has one.
default_role = "py:obj"
myst_heading_anchors = 3
myst_enable_extensions = ["deflist", "colon_fence"]
numpydoc_show_class_members = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"
nitpicky = False
html_theme = "pydata_sphinx_theme"
html_title = "sco_research"
html_show_sourcelink = False
html_copy_source = False
html_extra_path = ["generated/extra"]
html_theme_options = {
    "show_prev_next": False,
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
}

# Measures that are functions; their docstrings have formula, variant and source.
FUNCTIONS = {
    "Keyness": (
        "comparison.keyness",
        "log_likelihood_two_cell log_likelihood_four_cell chi_square log_ratio percent_difference "
        "weighted_log_odds",
    ),
    "Agreement of coders": (
        "coding.reliability.coefficients",
        "krippendorff_alpha cohen_kappa scott_pi fleiss_kappa gwet_ac1 percent_agreement",
    ),
    "Intervals and corrections": (
        "statistics",
        "exact_rate bootstrap_intervals rogan_gladen corrected_share predicted_count "
        "adjust_p_values",
    ),
    "Words in a text": ("text.dispersion", "deviation_of_proportions"),
    "Words together": ("text.collocations", "association"),
    "Rows of words": ("text.words", "ngrams"),
    "Lexical diversity along a text": ("metrics.curves", "diversity_curve"),
    "Themes together": ("coding.cooccurrence", "cooccurrence"),
    "Themes with commitments and tone": ("coding.tone", "theme_commitments theme_tone"),
    "Documents beside each other": ("comparison.similarity", "similarity similarity_map"),
    "Commitments over documents": ("comparison.continuity", "commitment_history"),
    "Formula": ("comparison.formulaic", "shared_phrases novelty"),
}
GROUPS = {"readability": "Readability", "diversity": "Lexical diversity", "count": "Counts"}
LANGUAGES = {"en": "English", "ru": "Russian", ANY: "any language with words"}


def _write(path: Path, text: str) -> None:
    """Write a page where it has changed, so that Sphinx reads anew only what did."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines
    )


def _toctree(pages: Iterable[str]) -> str:
    return "\n".join(["```{toctree}", ":hidden:", "", *pages, "```"])


def _measures() -> None:
    """Write a page for each measure, from the registry, and their list."""
    lines = ["# Measures", "", "Each with its formula, variant, source and range."]
    pages = []
    for group, title in GROUPS.items():
        metrics = [metric for metric in METRICS.values() if metric.group == group]
        lines += ["", f"## {title}", ""]
        lines.append(
            _table(
                ("measure", "formula", "range"),
                (
                    (f"[{item.label}](measures/{item.id}.md)", _formula(item), _range(item))
                    for item in metrics
                ),
            )
        )
        for metric in metrics:
            _write(GENERATED / "measures" / f"{metric.id}.md", _measure(metric))
            pages.append(f"measures/{metric.id}")
    for title, (room, names) in FUNCTIONS.items():
        module = f"sco_research.{room}"
        lines += ["", f"## {title}", ""]
        rows = []
        for name in names.split():
            doc = inspect.getdoc(getattr(importlib.import_module(module), name)) or ""
            rows.append((f"[`{name}`](measures/{name}.md)", doc.partition("\n")[0]))
            directive = f"```{{eval-rst}}\n.. autofunction:: {module}.{name}\n```"
            heading = name.replace("_", " ").capitalize()
            _write(GENERATED / "measures" / f"{name}.md", f"# {heading}\n\n{directive}\n")
            pages.append(f"measures/{name}")
        lines.append(_table(("measure", "what it is"), rows))
    _write(GENERATED / "measures.md", "\n".join([*lines, "", _toctree(pages), ""]))


def _formula(metric: Metric) -> str:
    return f"`{metric.formula}`" if metric.formula else metric.note or "a count"


def _range(metric: Metric) -> str:
    parts = [f"{metric.words} words or more"] if metric.words else []
    parts += [f"{metric.sentences} sentences or more"] if metric.sentences else []
    return ", ".join(parts) or "any length"


def _measure(metric: Metric) -> str:
    languages = metric.adaptations or {ANY: None}
    facts = [
        ("Name in code", f"`{metric.id}`"),
        ("Formula", f"`{metric.formula}`" if metric.formula else "a count"),
        ("Unit", metric.unit),
        ("Direction", metric.direction or "none: a count is not better or worse"),
        ("Variant", metric.note or "as published"),
        ("Languages", ", ".join(LANGUAGES.get(name, name) for name in languages)),
        ("Published for", _range(metric)),
        ("Undefined below", f"{metric.needs_words} words: then it is missing, never 0"),
    ]
    adapted = [
        f"- {LANGUAGES.get(name, name)}: {item.note or 'a formula of its own'}{_cited(item.source)}"
        for name, item in metric.adaptations.items()
        if item.source and item.source != metric.source
    ]
    example = (
        "```python\nfrom sco_research import load_document, measure\n\n"
        f'measure(load_document("sco-2013-bishkek"), metrics=["{metric.id}"])\n```'
    )
    parts = [
        f"# {metric.label}",
        _table(("", ""), facts),
        "A value outside the published range is given, and flagged.",
        *(["## Adaptations", "\n".join(adapted)] if adapted else []),
        *(["## Source", _reference(metric.source)] if metric.source else []),
        "## In Python",
        example,
    ]
    return "\n\n".join(parts) + "\n"


def _reference(key: str) -> str:
    return " ".join(formatted([method_items()[key]], "chicago").split())


def _cited(key: str) -> str:
    return f" ({_reference(key)})" if key else ""


def _names() -> None:
    """Write a page for each public name, from its docstring, and their list by room."""
    rooms: dict[str, list[str]] = defaultdict(list)
    for name in sco_research.__all__:
        value = getattr(sco_research, name)
        rooms[value.__module__.split(".")[1]].append(name)
        kind = "autoclass" if inspect.isclass(value) else "autofunction"
        members = "\n   :members:" if inspect.isclass(value) else ""
        directive = f"```{{eval-rst}}\n.. {kind}:: sco_research.{name}{members}\n```"
        _write(GENERATED / "api" / f"{name}.md", f"# {name}\n\n{directive}\n")
    lines = [
        "# Public names",
        "",
        "All are imported from `sco_research`. Columns of the frames that they return stand under "
        "[frames](frames.md).",
    ]
    for room, names in rooms.items():
        rows = ((f"[`{name}`](api/{name}.md)", _summary(name)) for name in names)
        lines += ["", f"## {room.capitalize()}", "", _table(("name", "what it does"), rows)]
    pages = [f"api/{name}" for name in sco_research.__all__]
    _write(GENERATED / "api.md", "\n".join([*lines, "", _toctree(pages), ""]))


def _summary(name: str) -> str:
    doc = inspect.getdoc(getattr(sco_research, name)) or ""
    return doc.partition("\n\n")[0].replace("\n", " ")


def _frames() -> None:
    """Write the columns of every frame, from its schema."""
    found: dict[str, tuple[str, Schema]] = {}
    for info in pkgutil.walk_packages(sco_research.__path__, "sco_research."):
        if ".cli" in info.name or info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            if isinstance(value, Schema) and name.isupper():
                found.setdefault(name, (info.name, value))
    lines = ["# Frames", "", "What is computed is a tidy data frame; a column means one thing."]
    for name, (module, schema) in sorted(found.items()):
        rows = ((f"`{c.name}`", c.kind, c.meaning) for c in schema.columns)
        lines += ["", f"## {name}", "", f"`{module}.{name}`", ""]
        lines.append(_table(("column", "kind", "meaning"), rows))
    _write(GENERATED / "frames.md", "\n".join([*lines, ""]))


def _bundled_reports() -> None:
    """Render the bundled reports from their committed text, as pages of their own."""
    from sco_research.reports.render import render

    extra = EXTRA / "reports"
    shutil.rmtree(extra, ignore_errors=True)
    lines = [
        "# Reports on the Bishkek Declaration",
        "",
        "What `sco-research report` makes of the bundled declaration; each number leads to its "
        "sentences.",
        "",
    ]
    for source in sorted(REPORTS.glob("*/*/report.md")):
        name = source.parent.relative_to(REPORTS).as_posix()
        folder = extra / name
        # Hidden files are what a run on this machine left for its next one: no part of a report.
        shutil.copytree(source.parent, folder, ignore=shutil.ignore_patterns(".*"))
        failures = render(folder, ("html",))
        if failures:
            raise RuntimeError(f"{source}: {failures}")
        # A table's LaTeX is built with its report and not committed: there is nothing to link to.
        page = folder / "report.html"
        text = page.read_text(encoding="utf-8")
        page.write_text(_LATEX_LINK.sub(r"\1", text), encoding="utf-8")
        title = source.parent.name.capitalize()
        lines.append(f'- <a href="../reports/{name}/report.html">{title}</a>')
    _write(GENERATED / "reports.md", "\n".join([*lines, ""]))


def _generate(_: object) -> None:
    _measures()
    _names()
    _frames()
    _bundled_reports()


def setup(app: object) -> None:
    """Write the generated pages before Sphinx looks for pages."""
    app.connect("builder-inited", _generate)  # type: ignore[attr-defined]
