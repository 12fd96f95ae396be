"""The net below a change of form: write every public frame before and after it, and compare.

Usage::

    python tests/golden/frames.py write OLD [--dev-data DIR] [--texts DIR]
    (change the code)
    python tests/golden/frames.py write NEW [--dev-data DIR] [--texts DIR]
    python tests/golden/frames.py compare OLD NEW [--ignore PATTERN ...]

`write` calls what the tables below name for the bundled declaration, every text in ``tests/``, the
sentences of the reference sets, of the protocols, of the codebooks' examples and of the tests'
modules, and whatever lies in a folder of data for development. `compare` names every frame that is
missing, extra or different, and ends with status 1 where there is one. A changed behaviour is
announced with ``--ignore``: a pattern of `fnmatch` for a frame (``*/themes``) or for a column of
frames (``*/commitments*:actor``). Where the tests themselves change, ``--texts`` names the folder
``tests`` of the older commit, so that both folders hold the same sentences.

A frame is one CSV file. Its header holds ``name|dtype`` of each column; an index that is more than
a row number comes first, as ``index:name``. Floats have all their digits. A cell that is not plain
text of its column begins with a backslash: ``\\None``, ``\\nan``, ``\\NaT``, ``\\<NA>``, and
``\\list [...]`` and the like for any other value, by its type; text that begins with a backslash
has it doubled. A call that raises has a frame of one row with the error's class and message.

A function that is renamed, or takes its options otherwise, is mended in the tables or in the small
functions just below them, and nowhere else.
"""

import argparse
import ast
import csv
import datetime
import hashlib
import io
import json
import os
import re
import sys
import tempfile
import tomllib
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from fnmatch import fnmatch
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal, get_args
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
import typst

from sco_research import (
    agreement,
    cite,
    code_speech_acts,
    code_stance,
    code_themes,
    collocations,
    explain,
    find_commitments,
    find_reuse,
    keyness,
    kwic,
    load_codebook,
    load_corpus,
    load_document,
    measure,
    score,
    segment,
    stream_corpus,
)
from sco_research.coding.codebooks.loading import codebook_names
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.out_of_sample import ANSWERS, out_of_sample
from sco_research.coding.commitments.validation import _texts_of as texts_of
from sco_research.coding.commitments.validation import answers_to, measured
from sco_research.coding.cooccurrence import cooccurrence
from sco_research.coding.prevalence import prevalence
from sco_research.coding.reliability.adjudication import (
    adjudicate,
    confusion,
    disagreements,
    gold_sheet,
)
from sco_research.coding.reliability.program import commitment_answers, theme_answers
from sco_research.coding.reliability.ratings import sheet_of
from sco_research.coding.reliability.reference import Reference, bundled_scheme, load_reference
from sco_research.coding.reliability.sheets import coding_sheet
from sco_research.coding.stance import stance_forms, stance_rates
from sco_research.coding.tone import theme_commitments, theme_tone
from sco_research.comparison import by_date
from sco_research.comparison.alignment import changes, marked, word_features, wording_similarity
from sco_research.comparison.continuity import commitment_history, presence
from sco_research.comparison.formulaic import novelty, shared_phrases
from sco_research.comparison.keyness import (
    chi_square,
    log_likelihood_four_cell,
    log_likelihood_two_cell,
    log_ratio,
    percent_difference,
    weighted_log_odds,
)
from sco_research.comparison.similarity import similarity, similarity_map
from sco_research.comparison.term_counts import terms_of
from sco_research.comparison.trends import share_of, trend
from sco_research.loaders.catalogue import catalogue
from sco_research.metrics import count
from sco_research.metrics.curves import diversity_curve, readability_curve
from sco_research.metrics.measurement import evaluate, measure_each
from sco_research.metrics.registry import metrics_table
from sco_research.metrics.textstat_check import cross_check
from sco_research.statistics import Bootstrap, adjust_p_values
from sco_research.text.collocations import association
from sco_research.text.dispersion import Part, dispersion
from sco_research.text.document import Corpus, Document
from sco_research.text.words import frequencies, ngrams, recurring_phrases

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
# The fewest that are taken: enough to see that the same ones are drawn.
FEW = Bootstrap(resamples=100)
WORDS = ["will", "should", "shall", "consider necessary", "non-interference", "secur*"]
SEGMENTS: tuple[Any, ...] = (
    "document",
    "section",
    "paragraph",
    "sentence",
    "heading",
    "dateline",
    "signature",
    "annex",
)
MEASURED: tuple[Any, ...] = ("corpus", "document", "section", "paragraph", "sentence")
COUNTED: tuple[Any, ...] = ("document", "section", "paragraph", "sentence")
BOOKS: tuple[Any, ...] = ("themes", "actors")
STYLES: tuple[Any, ...] = ("text", "apa", "chicago", "bibtex", "ris", "csl-json")

# Counts for the statistics that take bare numbers: joint, first, second, size.
GRID = np.array(
    [
        [1, 1, 1, 10],
        [3, 5, 9, 100],
        [0, 4, 4, 50],
        [12, 12, 40, 1000],
        [7, 0, 7, 90],
        [250, 300, 4000, 100_000],
    ],
    dtype=float,
)
SIZES: dict[str, Any] = {"size": 1200.0, "reference_size": 5400.0}
# What a study can choose when it codes speech acts and commitments.
CHOICES: dict[str, dict[str, Any]] = {
    "default": {},
    "no-instructions": {"instructions": False},
    "no-universal": {"universal": False},
    "past": {"past": True},
    "un": {"organization": "un"},
    "sco": {"organization": "sco"},
    "generic": {"organization": "generic"},
    "g20rg": {"binding_scheme": "g20rg", "scheme_file": HERE / "phrases.json"},
    "g20rg-no-lists": {"binding_scheme": "g20rg"},
}
# What the ablation takes out of the commitment coder, and the choices of a validation.
VALIDATED: dict[str, CommitmentOptions] = {
    "default": CommitmentOptions(),
    "no-instructions": CommitmentOptions(instructions=False),
    "no-universal": CommitmentOptions(universal=False),
    "past": CommitmentOptions(past=True),
    **{
        f"without-{number:02d}": CommitmentOptions(without=frozenset(taken_out))
        for number, taken_out in enumerate(
            [
                ("R2 will or shall", "R2 negative undertaking"),
                ("verbs.undertaking", "verbs.pledge"),
                ("verbs.intent",),
                ("nouns.will",),
                ("adjectives.will", "R2 adjective of will"),
                ("R2 negative undertaking",),
                ("R1 joint work goes on",),
                ("R1 passive, members implied",),
                ("R3 instruction", "R3 task of an organ"),
                ("list lead-ins",),
                ("subjects",),
                ("tense",),
                ("subordination",),
                ("deeds",),
                ("broad",),
            ],
            start=1,
        )
    },
}
KEYNESS: dict[str, dict[str, Any]] = {
    "default": {},
    "two-cell": {"test": "log_likelihood_two_cell", "correction": "holm"},
    "chi-square": {"test": "chi_square", "correction": "bonferroni"},
    "yekutieli": {"correction": "benjamini-yekutieli", "min_count": 5},
    "lemmas": {"unit": "lemma"},
    "pairs": {"size": 2, "min_count": 3},
    "content-words": {"skip_function_words": True, "zero": 0.25, "confidence": 0.9},
    "prior-size": {"prior_size": 500.0},
}


def table(rows: Iterable[Sequence[object]], *names: str) -> pd.DataFrame:
    """Return rows as a frame of objects."""
    return pd.DataFrame([tuple(row) for row in rows], columns=list(names), dtype=object)


def lines(texts: Mapping[str, str]) -> pd.DataFrame:
    """Return named texts as a frame."""
    return table(texts.items(), "name", "text")


def facts_of(document: Document) -> pd.DataFrame:
    """Return what a loader says of a document, and what it left out."""
    rows: list[tuple[str, object]] = [
        ("id", document.id),
        ("characters", len(document.text)),
        ("text", hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()),
        ("sha256", document.sha256),
        ("body", document.body),
    ]
    rows += [
        (item.name, getattr(document.metadata, item.name)) for item in fields(document.metadata)
    ]
    rows += [("notice", notice) for notice in document.notices]
    rows += [("removed", (item.kind, item.text, str(item.location))) for item in document.removed]
    if document.origin is not None:
        rows += [("form", document.origin.form), ("headings", document.origin.headings)]
    return table(rows, "fact", "value")


def places(document: Document) -> pd.DataFrame:
    """Return the place in the source of each segment's first and last character."""
    found = segment(document)
    return pd.DataFrame(
        {
            "segment_id": found["segment_id"],
            "first": [str(document.locate(start)) for start in found["start"]],
            "last": [str(document.locate(end - 1)) for end in found["end"]],
        }
    )


def speech_acts(given: dict[str, Any], corpus: Corpus, who: str) -> pd.DataFrame:
    """Return the speech acts, coded with the choices given."""
    return code_speech_acts(corpus, options=CommitmentOptions(**({"organization": who} | given)))


def commitments(given: dict[str, Any], corpus: Corpus, who: str) -> pd.DataFrame:
    """Return the commitments, coded with the choices given."""
    return find_commitments(corpus, options=CommitmentOptions(**({"organization": who} | given)))


def prevalence_of(
    book: str, level: Literal["document", "section"], document: Document
) -> pd.DataFrame:
    """Return the prevalence of a codebook's categories."""
    codings, named = code_themes(document, codebook=book), load_codebook(book)
    return prevalence(document, codings, categories=named, level=level, bootstrap=FEW)


def theme_dispersion(parts: Part, document: Document) -> pd.DataFrame:
    """Return how evenly the themes lie over the parts of a document."""
    themes = [category.id for category in load_codebook("themes")]
    return dispersion(document, code_themes(document), by="category", items=themes, parts=parts)


def word_dispersion(parts: Part, documents: Document | Corpus) -> pd.DataFrame:
    """Return how evenly words lie over the parts of documents."""
    return dispersion(documents, kwic(documents, WORDS), by="pattern", items=WORDS, parts=parts)


def cooccurrence_of(
    level: Literal["sentence", "paragraph", "section"], document: Document
) -> pd.DataFrame:
    """Return which themes meet."""
    return cooccurrence(document, code_themes(document), level=level)


def keyness_of(given: Mapping[str, Any], corpus: Corpus) -> pd.DataFrame:
    """Return the keyness of the last document against the others."""
    return keyness(last(corpus), before(corpus), **given)


@lru_cache(maxsize=len(VALIDATED))
def answers_of(given: CommitmentOptions) -> pd.DataFrame:
    """Return the answers to all sentences of the reference sets."""
    return answers_to(out_of_sample(), options=given)


def explanations(corpus: Corpus, who: str) -> pd.DataFrame:
    """Return why each sentence was coded as it was."""
    documents = {document.id: document for document in corpus}
    acts = code_speech_acts(corpus, options=CommitmentOptions(organization=who))
    rows = [
        (name, explain(documents[of], name, options=CommitmentOptions(organization=who)))
        for of, name in zip(acts["document_id"], acts["segment_id"], strict=True)
    ]
    return table(rows, "segment_id", "explanation")


def last(corpus: Corpus) -> Document:
    """Return the last document by date."""
    return by_date(corpus)[-1]


def before(corpus: Corpus) -> Corpus:
    """Return all documents but the last by date."""
    return Corpus(tuple(by_date(corpus)[:-1]))


def alignment(corpus: Corpus) -> pd.DataFrame:
    """Return how the words of each reused sentence changed."""
    found = find_reuse(corpus, threshold=0.5)
    rows = [
        (
            marked(changes(earlier, later)),
            wording_similarity(earlier.split(), later.split()),
            word_features(later),
        )
        for earlier, later in zip(found["earlier_text"], found["text"], strict=True)
    ]
    return table(rows, "marked", "wording", "forms")


def theme_trend(corpus: Corpus) -> pd.DataFrame:
    """Return the share of sentences of each theme that occurs, over the dates."""
    codings = code_themes(corpus)
    names = sorted(set(codings["category"]))
    sentences = segment(corpus, level="sentence")
    marks = sentences[["document_id", "segment_id", "section"]].assign(
        sentences=1,
        **{
            str(name): sentences["segment_id"].isin(part["segment_id"]).astype(int)
            for name, part in codings.groupby("category")
        },
    )
    return trend(corpus, marks, {name: share_of(name) for name in names}, bootstrap=FEW)


def book_of(name: str) -> pd.DataFrame:
    """Return a codebook, a row a category, as it is once read."""
    book = load_codebook(name)
    rows = [[getattr(category, item.name) for item in fields(category)] for category in book]
    named = [item.name for item in fields(next(iter(book)))]
    frame = table(rows, *named)
    return frame.assign(edition=book.edition, language=book.language)


def bundled() -> Document:
    """Return the bundled declaration."""
    return load_document("sco-2013-bishkek")


def reference_of(scheme: str) -> Reference:
    """Return the bundled reference coding."""
    return load_reference(bundled(), scheme=scheme)


def adjudicated(scheme: str) -> pd.DataFrame:
    """Return the coders' answers, settled by the decisions."""
    reference = reference_of(scheme)
    return adjudicate(reference.coders, reference.decisions)


def agreement_of(scheme: str) -> pd.DataFrame:
    """Return how far the bundled coders agree."""
    reference = reference_of(scheme)
    return agreement(reference.coders, variables=reference.scheme.variables, bootstrap=FEW)


def score_of(scheme: str) -> pd.DataFrame:
    """Return the program's answers scored against the bundled reference."""
    answers = theme_answers(bundled()) if scheme == "themes" else commitment_answers(bundled())
    answers = answers[~answers["variable"].str.endswith("_count")]
    return score(answers, reference_of(scheme).settled, bootstrap=FEW)


def validation() -> pd.DataFrame:
    """Return how well the coder meets each set, with its choices and with rules taken out."""
    rows = []
    settled = reference_of("commitments").settled
    reference = settled.pivot(index="segment_id", columns="variable", values="value")
    acts = code_speech_acts(bundled()).set_index("segment_id").loc[reference.index]
    yes = {True: "yes", False: "no"}
    answers = acts.assign(strict=acts["strict"].map(yes), broad=acts["broad"].map(yes))
    rows.append(measured(answers, reference.reindex(columns=list(ANSWERS)), name="in sample"))
    sentences = out_of_sample()
    for name, given in VALIDATED.items():
        found = answers_of(given).set_index("id")
        for coder, part in sentences.groupby("coder", sort=False):
            rows.append(measured(found.loc[part["id"]], part, name=f"{name}: {coder}"))
    return pd.concat(rows)


# Every sentence of a corpus of single sentences or documents, and of each whole document.
CODED: dict[str, Callable[[Corpus, str], pd.DataFrame]] = {
    "segments": lambda c, _: segment(c),
    "counts": lambda c, _: count(c),
    "themes": lambda c, _: code_themes(c),
    "actors": lambda c, _: code_themes(c, codebook="actors"),
    "stance": lambda c, _: code_stance(c),
    "explanations": lambda c, who: explanations(c, who),
    "explanations-un": lambda c, _: explanations(c, "un"),
    "commitments-themes": lambda c, who: find_commitments(
        c, options=CommitmentOptions(organization=who), themes=code_themes
    ),
    **{f"speech-acts-{name}": partial(speech_acts, given) for name, given in CHOICES.items()},
    **{f"commitments-{name}": partial(commitments, given) for name, given in CHOICES.items()},
}

# One document.
DOCUMENT: dict[str, Callable[[Document], pd.DataFrame]] = {
    "document": lambda d: facts_of(d),
    "places": lambda d: places(d),
    "citations": lambda d: lines({style: cite(d, style=style) for style in STYLES}),
    **{f"segments-{at}": partial(segment, level=at) for at in SEGMENTS},
    **{f"measures-{at}": partial(measure, level=at) for at in MEASURED},
    "measures-readability": lambda d: measure(
        d, metrics="readability", level=["document", "section"]
    ),
    "measures-two": lambda d: measure(d, metrics=["mtld", "flesch_kincaid"], level="paragraph"),
    **{f"counts-{at}": partial(count, level=at) for at in COUNTED},
    "evaluated": lambda d: evaluate(count(d, level="section")),
    "readability-curve": lambda d: readability_curve(d),
    "readability-curve-fog": lambda d: readability_curve(d, metric="gunning_fog"),
    "diversity-curve": lambda d: diversity_curve(d),
    "cross-check": lambda d: cross_check(d),
    "stance-forms": lambda d: stance_forms(d),
    "stance-rates": lambda d: stance_rates(d, bootstrap=FEW),
    "stance-rates-sections": lambda d: stance_rates(d, level="section", bootstrap=FEW),
    **{
        f"prevalence-{book}-{at}": partial(prevalence_of, book, at)
        for book in BOOKS
        for at in ("document", "section")
    },
    "prevalence-found": lambda d: prevalence(
        d, code_themes(d), bootstrap=replace(FEW, confidence=0.9, seed=7)
    ),
    **{f"theme-dispersion-{part}": partial(theme_dispersion, part) for part in get_args(Part)[:2]},
    **{
        f"cooccurrence-{at}": partial(cooccurrence_of, at)
        for at in ("sentence", "paragraph", "section")
    },
    "theme-commitments": lambda d: theme_commitments(
        code_themes(d), find_commitments(d), bootstrap=FEW
    ),
    "theme-tone": lambda d: theme_tone(code_themes(d), code_stance(d)),
    "kwic": lambda d: kwic(d, WORDS),
    "kwic-narrow": lambda d: kwic(d, "cooperat*", window=2),
    **{f"word-dispersion-{part}": partial(word_dispersion, part) for part in get_args(Part)},
    "collocations": lambda d: collocations(d),
    "collocations-wide": lambda d: collocations(
        d, window=4, min_count=4, skip=["the", "of", "and"]
    ),
    "frequencies": lambda d: frequencies(d),
    "ngrams-2": lambda d: ngrams(d, size=2),
    "ngrams-3": lambda d: ngrams(d),
    "recurring-phrases": lambda d: recurring_phrases(d),
    "terms": lambda d: table(terms_of(d).items(), "term", "count"),
    "terms-lemmas": lambda d: table(terms_of(d, unit="lemma", size=2).items(), "term", "count"),
    "sheet-themes": lambda d: coding_sheet(d, scheme=bundled_scheme("themes"), coder="anna"),
    "sheet-commitments": lambda d: coding_sheet(
        d, scheme=bundled_scheme("commitments"), level="paragraph"
    ),
    "answers-themes": lambda d: theme_answers(d),
    "answers-commitments": lambda d: commitment_answers(d),
    "reuse-within": lambda d: find_reuse(d, threshold=0.5),
}

# Several documents together.
CORPUS: dict[str, Callable[[Corpus], pd.DataFrame]] = {
    "order": lambda c: table([(d.id,) for d in by_date(c)], "document_id"),
    "segments": lambda c: segment(c),
    "measures": lambda c: measure(c, level=["corpus", "document"]),
    "measures-each": lambda c: pd.concat(measure_each(c, level=["document", "section"])),
    "counts": lambda c: count(c, level=["document", "sentence"]),
    "themes": lambda c: code_themes(c),
    "speech-acts": lambda c: code_speech_acts(c),
    "commitments": lambda c: find_commitments(c),
    "stance-rates": lambda c: stance_rates(c, bootstrap=FEW),
    "prevalence": lambda c: prevalence(c, code_themes(c), bootstrap=FEW),
    "theme-dispersion": lambda c: dispersion(c, code_themes(c), by="category", parts="section"),
    "cooccurrence": lambda c: cooccurrence(c, code_themes(c)),
    "theme-commitments": lambda c: theme_commitments(
        code_themes(c), find_commitments(c), bootstrap=FEW
    ),
    "kwic": lambda c: kwic(c, WORDS),
    "word-dispersion": partial(word_dispersion, "paragraph"),
    "collocations": lambda c: collocations(c),
    "collocations-together": lambda c: collocations(c, together=True, window=2),
    "frequencies": lambda c: frequencies(c, min_count=2),
    "frequencies-together": lambda c: frequencies(c, together=True),
    "ngrams-together": lambda c: ngrams(c, size=4, together=True),
    "recurring-phrases-together": lambda c: recurring_phrases(c, together=True, min_count=3),
    **{f"keyness-{name}": partial(keyness_of, given) for name, given in KEYNESS.items()},
    "keyness-list": lambda c: keyness(
        last(c), frequencies(before(c), together=True), reference_size=100_000
    ),
    "keyness-prior": lambda c: keyness(last(c), before(c), prior=c),
    "reuse": lambda c: find_reuse(c),
    "reuse-loose": lambda c: find_reuse(c, threshold=0.4, min_words=5),
    "reuse-reference": lambda c: find_reuse(last(c), reference=before(c)),
    "reuse-background": lambda c: find_reuse(before(c), background=last(c)),
    "alignment": lambda c: alignment(c),
    "shared-phrases": lambda c: shared_phrases(c),
    "shared-phrases-long": lambda c: shared_phrases(c, min_words=6, min_documents=3),
    "novelty": lambda c: novelty(c),
    "novelty-pairs": lambda c: novelty(c, size=2),
    "presence": lambda c: presence(c, code_themes(c)),
    "commitment-history": lambda c: commitment_history(c, find_commitments(c), find_reuse(c)),
    "similarity-lemmas": lambda c: similarity(c),
    "similarity-words": lambda c: similarity(c, unit="word"),
    "similarity-map": lambda c: similarity_map(c, similarity(c)),
    "trend-themes": lambda c: theme_trend(c),
    "trend-words": lambda c: trend(
        c, count(c).assign(sentences=1), {"words": share_of("words")}, bootstrap=FEW
    ),
}

# What depends on no text of the reader's.
ALONE: dict[str, Callable[[], pd.DataFrame]] = {
    "metrics": lambda: metrics_table(),
    "catalogue": lambda: table(
        [
            tuple(str(value) for value in entry.model_dump().values())
            for entry in catalogue().values()
        ],
        *next(iter(catalogue().values())).model_dump(),
    ),
    "software": lambda: lines({style: cite(style=style) for style in STYLES}),
    **{f"codebook-{name}": partial(book_of, name) for name in ("themes", "actors", "stance")},
    "codebooks": lambda: table([(name,) for name in codebook_names()], "codebook"),
    "out-of-sample": lambda: out_of_sample(),
    "validation": lambda: validation(),
    **{f"answers-{name}": partial(answers_of, given) for name, given in VALIDATED.items()},
    **{
        f"{call}-{scheme}": partial(work, scheme)
        for scheme in ("themes", "commitments")
        for call, work in {
            "reference": lambda scheme: reference_of(scheme).settled,
            "coders": lambda scheme: reference_of(scheme).coders,
            "decisions": lambda scheme: reference_of(scheme).decisions,
            "sheet": lambda scheme: sheet_of(
                reference_of(scheme).settled, scheme=reference_of(scheme).scheme
            ),
            "agreement": agreement_of,
            "score": score_of,
            "confusion": lambda scheme: confusion(reference_of(scheme).coders),
            "disagreements": lambda scheme: disagreements(
                reference_of(scheme).coders, segment(bundled(), level="sentence")
            ),
            "adjudicated": lambda scheme: adjudicated(scheme),
            "gold-sheet": lambda scheme: gold_sheet(
                adjudicated(scheme), scheme=reference_of(scheme).scheme
            ),
        }.items()
    },
    "association": lambda: association(*GRID.T),
    "log-ratio": lambda: pd.DataFrame(asdict(log_ratio(*GRID.T[:2], **SIZES))),
    "keyness-statistics": lambda: pd.DataFrame(
        {
            "two_cell": log_likelihood_two_cell(*GRID.T[:2], **SIZES),
            "four_cell": log_likelihood_four_cell(*GRID.T[:2], **SIZES),
            "chi_square": chi_square(*GRID.T[:2], **SIZES),
            "yates": chi_square(*GRID.T[:2], **SIZES, yates=True),
            "percent_difference": percent_difference(*GRID.T[:2], **SIZES),
            "log_odds": weighted_log_odds(*GRID.T[:3])[0],
            "log_odds_z": weighted_log_odds(*GRID.T[:3])[1],
        }
    ),
    "p-values": lambda: pd.DataFrame(
        {
            name: adjust_p_values([0.01, 0.04, float("nan"), 0.03, 1.0, 0.0, 0.04], method=name)
            for name in ("benjamini-hochberg", "benjamini-yekutieli", "holm", "bonferroni")
        }
    ),
}


# ---------------------------------------------------------------------------------------- inputs


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences that are coded by themselves, each with its context, by who speaks."""

    name: str
    by_organization: Mapping[str, Corpus]


def written_texts(folder: Path) -> list[Path]:
    """Return the files of a folder that a loader reads, but the records of benchmarks."""
    forms = {".txt", ".md", ".html", ".docx", ".pdf"}
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in forms and "results" not in path.parts and "golden" not in path.parts
    ]


def made_files(folder: Path) -> list[Path]:
    """Write the declaration as a Word document, a PDF and a page, and return them."""
    paragraphs = list(segment(bundled(), level="paragraph")["text"])
    word = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kinds = "http://schemas.openxmlformats.org/package/2006"
    office = "officedocument.wordprocessingml.document.main+xml"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        f'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-{office}"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body>{word}</w:body></w:document>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    (folder / "declaration.docx").write_bytes(data.getvalue())
    quoted = "\n\n".join("#text(" + '"' + text.replace('"', '\\"') + '")' for text in paragraphs)
    made = typst.compile(f'#set document(date: none)\n#set page(numbering: "1")\n{quoted}'.encode())
    assert isinstance(made, bytes)
    (folder / "declaration.pdf").write_bytes(made)
    page = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    (folder / "declaration.html").write_text(
        f"<html><body><nav>Home</nav><article><h1>Declaration</h1>{page}</article></body></html>",
        encoding="utf-8",
    )
    return sorted(folder.iterdir())


def alone(name: str, texts: Iterable[str], *, organization: str = "auto") -> Sentences:
    """Return texts as documents of their own, named by their words, each once."""
    documents = {
        (
            key := "t" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        ): Document.from_text(text, id=key, language="en")
        for text in texts
        if text.strip()
    }
    return Sentences(name, {organization: Corpus(tuple(documents.values()))})


def placed(name: str, rows: pd.DataFrame) -> Sentences:
    """Return the rows of a reference set in the texts that the validation reads them in."""
    found: dict[str, dict[str, Document]] = {}
    for item in texts_of(rows):
        here = found.setdefault(item.organization, {})
        key = item.rows[0][0]
        here[key] = Document.from_text(item.text, id=key, language="en")
    corpora = {who: Corpus(tuple(documents.values())) for who, documents in found.items()}
    return Sentences(name, corpora)


def sentence_sets(texts: Path, dev_data: Path | None) -> Iterator[Sentences]:
    """Yield every set of sentences."""
    for number, (_, rows) in enumerate(out_of_sample().groupby("coder", sort=True), start=1):
        yield placed(f"reference/set-{number}", rows)
    reference = CHECKOUT / "data" / "reference"
    for protocol in ("commitments", "themes"):
        text = (reference / f"{protocol}-protocol.md").read_text(encoding="utf-8")
        yield alone(f"protocol/{protocol}", re.findall(r'"([^"\n]+)"', text))
    for name in ("themes", "actors", "stance"):
        examples = [
            text
            for category in load_codebook(name)
            for text in (*category.examples, *category.counter_examples)
        ]
        yield alone(f"examples/{name}", examples)
    yield alone("written", strings_of(texts))
    if dev_data is not None:
        yield from listed(dev_data)


def listed(dev_data: Path) -> Iterator[Sentences]:
    """Yield the sentences of the data for development, as they are listed there."""
    for folder, organization in (
        ("g20_commitments/commitments", "g20"),
        ("sco_documents/codes", "sco"),
        ("other_organizations/codes", "auto"),
    ):
        path = dev_data / f"{folder}.csv"
        if path.is_file():
            rows = pd.read_csv(path, dtype=str, keep_default_na=False)
            yield alone(f"dev-data/{folder}", rows["text"], organization=organization)
    for path in sorted((dev_data / "un_resolution_verbs").glob("*.txt")):
        verbs = path.read_text(encoding="utf-8").splitlines()
        texts = [f"{verb.capitalize()} the work of the Committee." for verb in verbs]
        yield alone(f"dev-data/un_resolution_verbs/{path.stem}", texts, organization="un")


def strings_of(folder: Path) -> list[str]:
    """Return the sentences that stand as strings in the modules of the tests."""
    return [
        node.value
        for path in sorted(folder.rglob("*.py"))
        if "golden" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.match(r"[A-Z].* .* .*[.;:]$", node.value, re.DOTALL) and len(node.value) < 3000
    ]


def dev_documents(dev_data: Path) -> Iterator[tuple[str, Callable[[], Document]]]:
    """Yield the texts of the data for development by name: as files, and records by their text."""
    for folder in ("sco_documents", "other_organizations"):
        for path in sorted((dev_data / folder).glob("*")):
            if path.suffix == ".csv":
                continue
            yield f"{folder}/{path.name}", partial(load_document, path)
            if path.suffix == ".json":
                yield f"{folder}/{path.stem}.record", partial(record_of, path)


def record_of(path: Path) -> Document:
    """Return the text of a JSON record as a document."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return Document.from_text(record["text"], id=f"{path.stem}.record", title=record["title"])


def corpora(texts: Path, dev_data: Path | None) -> Iterator[tuple[str, Callable[[], Corpus]]]:
    """Yield the sets of documents that are compared with each other."""
    valley = sorted((texts / "fixtures" / "corpus").glob("*.txt"))
    yield "corpus/valley", lambda: load_corpus(valley)
    yield "corpus/valley-streamed", lambda: Corpus(tuple(stream_corpus(valley[::-1])))
    for path in sorted((texts / "benchmarks" / "reuse").glob("*.toml")):
        yield f"corpus/reuse-{path.stem}", partial(two_declarations, path)
    if dev_data is not None:
        for folder in ("sco_documents", "other_organizations"):
            here = [make for name, make in dev_documents(dev_data) if name.startswith(folder)]
            yield (
                f"corpus/{folder}",
                partial(beside_the_bundled, here),
            )


def beside_the_bundled(makers: Iterable[Callable[[], Document]]) -> Corpus:
    """Return documents after the bundled declaration."""
    return Corpus((bundled(), *(make() for make in makers)))


def two_declarations(path: Path) -> Corpus:
    """Return the sentences written for the benchmark of text reuse as two documents."""
    items = tomllib.loads(path.read_text(encoding="utf-8"))["item"]
    return Corpus(
        tuple(
            Document.from_text(
                "\n\n".join(text for item in items for text in item[side]),
                id=side,
                date=datetime.date(year, 9, 13),
            )
            for side, year in (("earlier", 2013), ("later", 2019))
        )
    )


# --------------------------------------------------------------------------------------- writing


@dataclass(slots=True)
class Writer:
    """Writes frames below a folder, and counts them and the errors among them."""

    folder: Path
    roots: Mapping[str, str]
    frames: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def write(self, name: str, call: Callable[[], pd.DataFrame]) -> None:
        """Write what a call returns, or the error that it raises."""
        try:
            frame = call()
        except Exception as error:
            kind = type(error).__name__
            frame = table([(kind, str(error))], "error", "message")
            self.errors[kind] += 1
        path = self.folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = text_of(frame)
        for root, sign in self.roots.items():
            text = text.replace(root, sign)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        self.frames += 1


def text_of(frame: pd.DataFrame) -> str:
    """Return a frame as text from which its values and their types can be told."""
    columns = [(str(name), frame.iloc[:, at]) for at, name in enumerate(frame.columns)]
    if not (isinstance(frame.index, pd.RangeIndex) and frame.index.name is None):
        levels = [frame.index.get_level_values(at) for at in range(frame.index.nlevels)]
        columns = [(f"index:{level.name or ''}", level.to_series()) for level in levels] + columns
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f"{name}|{column.dtype}" for name, column in columns])
    cells = [
        [cell(value, bare=column.dtype != object) for value in column.tolist()]
        for _, column in columns
    ]
    writer.writerows(zip(*cells, strict=True))
    return out.getvalue()


def cell(value: object, *, bare: bool) -> str:
    """Return a value as a cell; a bare one is of its column's own type."""
    if isinstance(value, str):
        return f"\\{value}" if value.startswith("\\") else value
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return f"\\{value}"
    if bare and isinstance(value, bool | int | float):
        return repr(value)
    return f"\\{type(value).__name__} {plain(value)}"


def plain(value: object) -> str:
    """Return a value in one form, whatever the order of its set or the kind of its number."""
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(plain, value))}]"
    if isinstance(value, set | frozenset):
        return f"{{{', '.join(sorted(map(plain, value)))}}}"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{plain(key)}: {plain(item)}' for key, item in value.items())}}}"
    return repr(value)


def write(folder: Path, texts: Path, dev_data: Path | None) -> Writer:
    """Write all frames."""
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder}: is not empty; name a new folder")
    with tempfile.TemporaryDirectory() as made:
        os.environ["SCO_RESEARCH_HOME"] = str(Path(made) / "home")
        files = Path(made) / "files"
        files.mkdir()
        roots = {made: "<made>", str(dev_data): "<dev-data>", str(texts): "<tests>"}
        writer = Writer(folder, roots | {str(CHECKOUT): "<checkout>"})
        for name, call in ALONE.items():
            writer.write(f"alone/{name}", call)
        sources: list[tuple[str, Callable[[], Document]]] = [("bundled", bundled)]
        for start, paths in ((texts, written_texts(texts)), (files, made_files(files))):
            for path in paths:
                name = f"{'made' if start == files else 'tests'}/{path.relative_to(start)}"
                sources.append((name, partial(load_document, path)))
        if dev_data is not None:
            sources += [(f"dev-data/{name}", make) for name, make in dev_documents(dev_data)]
        for name, make in sources:
            write_document(writer, name, make)
        for sentences in sentence_sets(texts, dev_data):
            for who, corpus in sentences.by_organization.items():
                for call_name, coded in CODED.items():
                    writer.write(
                        f"sentences/{sentences.name}/{who}/{call_name}",
                        partial(coded_apart, coded, corpus, who),
                    )
        for name, gather in corpora(texts, dev_data):
            write_corpus(writer, name, gather)
    return writer


def coded_apart(
    coded: Callable[[Corpus, str], pd.DataFrame], corpus: Corpus, who: str
) -> pd.DataFrame:
    """Return the frame of many sentences, where one of them raises with its error in its place."""
    try:
        return coded(corpus, who)
    except Exception as error:
        whole = (type(error).__name__, str(error))
    frames = []
    for document in corpus:
        try:
            frames.append(coded(Corpus((document,)), who))
        except Exception as error:
            row = (document.id, type(error).__name__, str(error))
            frames.append(table([row], "document_id", "error", "message"))
    raised = [frame for frame in frames if "error" in frame]
    if len(raised) == len(frames):
        return table([whole], "error", "message")
    return pd.concat(frames)


def write_document(writer: Writer, name: str, make: Callable[[], Document]) -> None:
    """Write every frame of one document, or why it cannot be loaded."""
    try:
        document = make()
    except Exception as error:
        writer.write(f"{name}/document", raising(error))
        return
    for call_name, call in DOCUMENT.items():
        writer.write(f"{name}/{call_name}", partial(call, document))
    for call_name, coded in CODED.items():
        writer.write(f"{name}/{call_name}", partial(coded, Corpus((document,)), "auto"))


def write_corpus(writer: Writer, name: str, gather: Callable[[], Corpus]) -> None:
    """Write every frame of documents together, or why they cannot be gathered."""
    try:
        corpus = gather()
    except Exception as error:
        writer.write(f"{name}/corpus", raising(error))
        return
    notes = [*corpus.notices, *corpus.faults]
    writer.write(f"{name}/corpus", lambda: table([(note,) for note in notes], "note"))
    for call_name, call in CORPUS.items():
        writer.write(f"{name}/{call_name}", partial(call, corpus))


def raising(error: Exception) -> Callable[[], pd.DataFrame]:
    """Return a call that raises this error."""

    def call() -> pd.DataFrame:
        raise error

    return call


# ------------------------------------------------------------------------------------- comparing


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame as it was written."""

    columns: tuple[str, ...]
    dtypes: Mapping[str, str]
    rows: Sequence[Mapping[str, str]]


def read_frame(path: Path) -> Frame:
    """Read a frame that `write` wrote; a column that is there twice is numbered."""
    csv.field_size_limit(sys.maxsize)
    text = path.read_bytes().decode("utf-8", "surrogatepass")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    names: list[str] = []
    dtypes = {}
    for title in head:
        name, _, dtype = title.rpartition("|")
        name += "'" * sum(name == known.rstrip("'") for known in names)
        names.append(name)
        dtypes[name] = dtype
    return Frame(tuple(names), dtypes, [dict(zip(names, row, strict=True)) for row in rows])


def compare(old: Path, new: Path, ignored: Sequence[str] = ()) -> dict[str, list[str]]:
    """Return the frames of two folders that differ, each with how."""
    before_, after = (
        {
            path.relative_to(folder).with_suffix("").as_posix(): path
            for path in folder.rglob("*.csv")
        }
        for folder in (old, new)
    )
    found = {}
    for name in sorted(before_.keys() | after.keys()):
        if any(fnmatch(name, pattern) for pattern in ignored):
            continue
        if name not in after:
            found[name] = ["missing"]
        elif name not in before_:
            found[name] = ["extra"]
        elif before_[name].read_bytes() != after[name].read_bytes():
            found[name] = differences(
                read_frame(before_[name]),
                read_frame(after[name]),
                partial(is_announced, name, ignored),
            )
    return {name: how for name, how in found.items() if how}


def is_announced(name: str, patterns: Iterable[str], column: str) -> bool:
    """Return whether changes of a frame's column are announced."""
    return any(fnmatch(f"{name}:{column}", pattern) for pattern in patterns)


def differences(old: Frame, new: Frame, is_ignored: Callable[[str], bool]) -> list[str]:
    """Return how two frames differ, in words; nothing where only ignored columns do."""
    before_, after = (
        [name for name in frame.columns if not is_ignored(name)] for frame in (old, new)
    )
    found = []
    if gone := [name for name in before_ if name not in after]:
        found.append(f"columns removed: {', '.join(gone)}")
    if added := [name for name in after if name not in before_]:
        found.append(f"columns added: {', '.join(added)}")
    shared = [name for name in before_ if name in after]
    if shared != [name for name in after if name in before_]:
        found.append(f"order of columns: {', '.join(before_)} -> {', '.join(after)}")
    found += [
        f"dtype of {name}: {old.dtypes[name]} -> {new.dtypes[name]}"
        for name in shared
        if old.dtypes[name] != new.dtypes[name]
    ]
    if len(old.rows) != len(new.rows):
        found.append(f"rows: {len(old.rows)} -> {len(new.rows)}")
    different = [
        (number, name, one[name], other[name])
        for number, (one, other) in enumerate(zip(old.rows, new.rows, strict=False))
        for name in shared
        if one[name] != other[name]
    ]
    if different:
        number, name, one, other = different[0]
        per_column = Counter(name for _, name, _, _ in different)
        where = ", ".join(f"{name} {times}" for name, times in per_column.items())
        found.append(f"cells: {len(different)} ({where})")
        found.append(f"first: row {number}, {name}: {around(one, other)} -> {around(other, one)}")
    return found


def around(text: str, other: str, *, width: int = 80) -> str:
    """Return a cell from a little before the place where it differs from another."""
    pairs = enumerate(zip(text, other, strict=False))
    same = next((at for at, (one, two) in pairs if one != two), min(len(text), len(other)))
    start = max(0, same - width // 4)
    shown = text[start : start + width]
    return ("…" if start else "") + repr(shown)[1:-1] + ("…" if start + width < len(text) else "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Write all public frames, or compare two folders.")
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write", help="write every frame into a new folder")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--dev-data", type=Path, help="folder of the data for development")
    writing.add_argument(
        "--texts", type=Path, default=CHECKOUT / "tests", help="folder tests of another commit"
    )
    comparing = commands.add_parser("compare", help="name every frame that differs")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument(
        "--ignore", action="append", default=[], metavar="PATTERN",
        help="frames, or frame:column, whose changes are announced",
    )  # fmt: skip
    given = parser.parse_args(arguments)
    if given.command == "write":
        dev_data = given.dev_data.resolve() if given.dev_data else None
        writer = write(given.folder, given.texts.resolve(), dev_data)
        errors = ", ".join(f"{kind} {times}" for kind, times in sorted(writer.errors.items()))
        print(f"{writer.frames} frames in {given.folder}; errors among them: {errors or 'none'}")
        return 0
    for folder in (given.old, given.new):
        if not any(folder.rglob("*.csv")):
            raise SystemExit(f"{folder}: no frames there; write them first")
    found = compare(given.old, given.new, given.ignore)
    for name, how in found.items():
        print(name)
        for line in how:
            print(f"    {line}")
    print(f"{len(found)} frames differ" if found else "all frames are equal")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
