"""What a warmed process does between requests: a small report in steps, to fill the caches.

A forked kernel starts with what was read here: codebooks and their patterns, lexicons, fonts, the
bibliography. The text is made up, so that no result of a real document is cached. No step may start
a thread, because a fork keeps only one: Parquet is left out.
"""

from collections.abc import Callable, Iterator

_TEXT = """1. The member states will hold a conference on security in 2014 and welcome its results.

They shall strengthen cooperation against terrorism and should consider a fund of 5 million dollars.

2. The Parties firmly oppose drug trafficking; trade and investment have grown.
"""


def steps() -> Iterator[Callable[[], object]]:
    """Yield the steps, each of at most about a second."""
    yield _sources
    yield _page
    yield _pictures
    yield _themes
    yield _commitments
    yield _language
    yield _words


def _sources() -> None:
    from sco_research.reports import fingerprints
    from sco_research.reports.citations import cite
    from sco_research.reports.software import software

    fingerprints.versions()
    software()
    cite(style="bibtex")
    cite(style="csl-json")


def _page() -> None:
    import pandas as pd

    from sco_research.process_lock import scratch_folder
    from sco_research.reports.markdown import pipe_table
    from sco_research.reports.report import Report
    from sco_research.reports.tables import csv_bytes, latex_table
    from sco_research.text.document import Document

    document = Document.from_text(_TEXT, id="warmup")
    frame = pd.DataFrame({"Text": ["a", "b"], "Number": [1.5, 2.0], "Count": [1, 2]})
    pipe_table(frame, decimals={})
    csv_bytes(frame)
    latex_table(frame, id="tbl-a", caption="A", decimals={})
    with scratch_folder() as folder:
        report = Report("themes", document, title="A", output_folder=folder / "report")
        report.text("We rest on @searle1976 [@flesch1948].")
        report.save(formats=())


def _pictures() -> None:
    from sco_research.reports.figures import figure_style, figure_svg, new_figure

    with figure_style():
        figure = new_figure()
        axes = figure.add_subplot()
        axes.plot([1, 2], [0.5, 1.5], label="a")
        axes.bar([1, 2], [1, 2])
        axes.set_xlabel("A label", fontweight="bold", fontstyle="italic")
        axes.legend()
    figure_svg(figure)


def _themes() -> None:
    from sco_research.coding.codebooks.loading import load_codebook
    from sco_research.coding.prevalence import prevalence
    from sco_research.coding.themes import code_themes
    from sco_research.statistics import Bootstrap
    from sco_research.text.document import Document

    document = Document.from_text(_TEXT, id="warmup")
    for name in ("themes", "actors"):
        book = load_codebook(name)
        hits = code_themes(document, codebook=book)
        prevalence(document, hits, categories=book, bootstrap=Bootstrap(resamples=100))


def _commitments() -> None:
    from sco_research.coding.commitments.coder import code_speech_acts, find_commitments
    from sco_research.coding.themes import code_themes
    from sco_research.text.document import Document

    document = Document.from_text(_TEXT, id="warmup")
    code_speech_acts(document)
    find_commitments(document, themes=code_themes)


def _language() -> None:
    from sco_research.coding.stance import code_stance, stance_forms, stance_rates
    from sco_research.metrics import measure
    from sco_research.metrics.textstat_check import cross_check
    from sco_research.text.document import Document

    document = Document.from_text(_TEXT, id="warmup")
    measure(document, level=["document", "section"])
    cross_check(document)
    code_stance(document)
    stance_forms(document)
    stance_rates(document)


def _words() -> None:
    from sco_research.text.collocations import collocations
    from sco_research.text.document import Document
    from sco_research.text.words import frequencies, function_words, recurring_phrases

    document = Document.from_text(_TEXT, id="warmup")
    frequencies(document)
    collocations(document, min_count=1, skip=function_words())
    recurring_phrases(document)
