"""Every public frame has the columns and types of its schema, also without a row."""

from collections.abc import Callable

import pandas as pd
import pytest

from sco_research.coding.codings import CODINGS, code
from sco_research.coding.commitments.coder import find_commitments
from sco_research.coding.cooccurrence import COOCCURRENCE, cooccurrence
from sco_research.coding.prevalence import PREVALENCE, prevalence
from sco_research.coding.reliability.adjudication import (
    CONFUSION,
    DISAGREEMENTS,
    SETTLED,
    adjudicate,
    confusion,
    disagreements,
)
from sco_research.coding.reliability.agreement import AGREEMENT, agreement
from sco_research.coding.reliability.first_runs import (
    FIRST_ANSWERS,
    FIRST_RUNS,
    INVENTED_FIRST_RUNS,
    THEME_FIRST_RUN_SETS,
    THEME_FIRST_RUNS,
    load_first_runs,
)
from sco_research.coding.reliability.ratings import RATINGS, ratings_of, ratings_of_hits
from sco_research.coding.reliability.reference import DECISIONS
from sco_research.coding.reliability.schemes import theme_scheme
from sco_research.coding.reliability.scoring import OUTCOMES, SCORES, outcomes, score
from sco_research.coding.stance import (
    STANCE_FORMS,
    STANCE_RATES,
    code_stance,
    stance_forms,
    stance_rates,
)
from sco_research.coding.themes import code_themes
from sco_research.coding.tone import THEME_COMMITMENTS, THEME_TONE, theme_commitments, theme_tone
from sco_research.frames import Schema
from sco_research.text.document import Document
from sco_research.text.segments import segment

NOTE = Document.from_text(
    "They fight drugs and terrorism.\n\nThey strongly condemn drugs. They met.", id="n"
)
IDS = segment(NOTE, level="sentence")["segment_id"].tolist()
NOTHING: list[Document] = []
HITS = code_themes(NOTE)
NO_HITS = code_themes(NOTHING)
COMMITMENTS = find_commitments(Document.from_text("They will fight drugs.", id="n"))
SCHEME = theme_scheme(["security.drugs", "economy"])
ANNA, BEN = (
    ratings_of(pd.DataFrame({"segment_id": IDS, "themes": themes}), scheme=SCHEME, coder=coder)
    for coder, themes in {
        "anna": ["security.drugs", "security.drugs", "none"],
        "ben": ["security.drugs", "none", "none"],
    }.items()
)
BOTH = pd.concat([ANNA, BEN], ignore_index=True)
DECIDED = DECISIONS.frame([(IDS[1], "themes", "security.drugs", "yes", "T1")])
Made = Callable[[], pd.DataFrame]

FRAMES: dict[str, tuple[Schema, Made, Made | None]] = {
    "code": (
        CODINGS,
        lambda: code(NOTE, codebook="themes"),
        lambda: code(NOTHING, codebook="themes"),
    ),
    "code_themes": (CODINGS, lambda: HITS, lambda: NO_HITS),
    "code_stance": (CODINGS, lambda: code_stance(NOTE), lambda: code_stance(NOTHING)),
    "stance_rates": (
        STANCE_RATES,
        lambda: stance_rates(NOTE),
        lambda: stance_rates(NOTHING),
    ),
    "stance_forms": (STANCE_FORMS, lambda: stance_forms(NOTE), lambda: stance_forms(NOTHING)),
    "prevalence": (
        PREVALENCE,
        lambda: prevalence(NOTE, HITS),
        lambda: prevalence(NOTHING, NO_HITS),
    ),
    "cooccurrence": (
        COOCCURRENCE,
        lambda: cooccurrence(NOTE, HITS),
        lambda: cooccurrence(NOTE, NO_HITS),
    ),
    "theme_commitments": (
        THEME_COMMITMENTS,
        lambda: theme_commitments(HITS, COMMITMENTS),
        lambda: theme_commitments(NO_HITS, COMMITMENTS),
    ),
    "theme_tone": (
        THEME_TONE,
        lambda: theme_tone(HITS, code_stance(NOTE)),
        lambda: theme_tone(NO_HITS, code_stance(NOTE)),
    ),
    "ratings_of": (RATINGS, lambda: ANNA, None),
    "ratings_of_hits": (
        RATINGS,
        lambda: ratings_of_hits(HITS, IDS, categories=["economy"]),
        lambda: ratings_of_hits(HITS, [], categories=[]),
    ),
    "agreement": (
        AGREEMENT,
        lambda: agreement(BOTH),
        lambda: agreement(RATINGS.empty()),
    ),
    "score": (SCORES, lambda: score(ANNA, BEN), None),
    "outcomes": (OUTCOMES, lambda: outcomes(ANNA, BEN), None),
    "disagreements": (
        DISAGREEMENTS,
        lambda: disagreements(BOTH, segment(NOTE, level="sentence")),
        lambda: disagreements(ANNA, segment(NOTE, level="sentence")),
    ),
    "confusion": (CONFUSION, lambda: confusion(BOTH), lambda: confusion(RATINGS.empty())),
    "adjudicate": (
        SETTLED,
        lambda: adjudicate(BOTH, DECIDED),
        lambda: adjudicate(RATINGS.empty(), DECISIONS.empty()),
    ),
    "first_runs.real": (FIRST_RUNS, lambda: load_first_runs().real, None),
    "first_runs.themes": (THEME_FIRST_RUNS, lambda: load_first_runs().themes, None),
    "first_runs.theme_sets": (THEME_FIRST_RUN_SETS, lambda: load_first_runs().theme_sets, None),
    "first_runs.invented": (INVENTED_FIRST_RUNS, lambda: load_first_runs().invented, None),
    "first_runs.answers": (FIRST_ANSWERS, lambda: load_first_runs().answers, None),
}


def types_of(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_is_its_schema(name: str) -> None:
    schema, made, _ = FRAMES[name]
    frame = made()
    assert len(frame)
    assert types_of(frame) == schema.dtypes
    assert tuple(frame.columns) == schema.names


@pytest.mark.parametrize("name", [name for name, (_, _, empty) in FRAMES.items() if empty])
def test_a_frame_without_a_row_is_its_schema_too(name: str) -> None:
    schema, _, empty = FRAMES[name]
    assert empty is not None
    frame = empty()
    assert len(frame) == 0
    assert tuple(frame.columns) == schema.names
    assert types_of(frame) == schema.dtypes
