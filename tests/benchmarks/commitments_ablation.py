"""What each class of rule is worth: take it out, and see what falls, in sample and out of it.

Run ``python tests/benchmarks/commitments_ablation.py``; it writes ``data/reference/ablation.csv``.
"""

from pathlib import Path

import pandas as pd

from sco_research import Document, load_document
from sco_research.coding.commitments.analysis import coded_sentences
from sco_research.coding.commitments.lexicon import load_lexicon
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.out_of_sample import ANSWERS, out_of_sample
from sco_research.coding.commitments.validation import answers_to, measured
from sco_research.coding.reliability.reference import load_reference
from sco_research.text.segments import sentences_of

_OUTPUT = Path(__file__).resolve().parents[2] / "data" / "reference" / "ablation.csv"
_RULES = {
    "nothing": (),
    "will and shall": ("R2 will or shall", "R2 negative undertaking"),
    "verbs of undertaking": ("verbs.undertaking", "verbs.pledge"),
    "verbs of intent": ("verbs.intent",),
    "nouns of will": ("nouns.will",),
    "adjectives of will": ("adjectives.will", "R2 adjective of will"),
    "negative undertakings": ("R2 negative undertaking",),
    "joint work goes on": ("R1 joint work goes on",),
    "passive, members implied": ("R1 passive, members implied",),
    "instructions and tasks (R3)": ("R3 instruction", "R3 task of an organ"),
    "lists and their lead-ins": ("list lead-ins",),
    "whose subject it is (R1)": ("subjects",),
    "past and perfect tense": ("tense",),
    "relative and other subordinate clauses": ("subordination",),
    "what can be done (R2, R6)": ("deeds",),
    "broad reading": ("broad",),
}
_ALL = "all: a regular expression instead"
# All the rules taken out: what one would search for in a minute.
_SEARCH = (
    r"(?i)\b(?:will|shall|intends?|pledge|commit|resolve|decide|agree to|undertake|instruct"
    r"|intention to|readiness to|determination to|commitment to|determined to|ready to)\b"
)


def searched(texts: "pd.Series[str]") -> pd.DataFrame:
    """Return the answers of a regular expression."""
    found = texts.str.contains(_SEARCH)
    return pd.DataFrame(
        {
            "speech_act": found.map({True: "commissive", False: "assertive"}),
            "strict": found.map({True: "yes", False: "no"}),
            "broad": found.map({True: "yes", False: "no"}),
            "binding": found.map({True: "low", False: "none"}),
        }
    )


def in_sample(document: Document, options: CommitmentOptions) -> pd.DataFrame:
    """Return the answers to the bundled declaration, by anchor."""
    rows = [
        (
            coded.segment.id,
            coded.act,
            "yes" if coded.strict else "no",
            "yes" if coded.broad else "no",
            coded.binding,
        )
        for coded in coded_sentences(document, load_lexicon(), options)
    ]
    return pd.DataFrame(rows, columns=["id", *ANSWERS]).set_index("id")


def ablation() -> pd.DataFrame:
    """Return one row a class of rule taken out and set of sentences."""
    document = load_document("sco-2013-bishkek")
    settled = load_reference(document, scheme="commitments").settled
    reference = settled.pivot(index="segment_id", columns="variable", values="value")
    sentences = out_of_sample()
    rows = []
    for name, taken_out in _RULES.items():
        options = CommitmentOptions(without=frozenset(taken_out))
        found = in_sample(document, options).loc[reference.index]
        rows.append(measured(found, reference, name="in sample").assign(taken_out=name))
        for coder, part in sentences.groupby("coder", sort=False):
            answers = answers_to(part, options=options)
            row = measured(answers, part, name=f"out of sample: {coder}")
            rows.append(row.assign(taken_out=name))
    bare = pd.Series({item.id: item.text for item in sentences_of(document)})
    found = searched(bare.loc[reference.index])
    rows.append(measured(found, reference, name="in sample").assign(taken_out=_ALL))
    for coder, part in sentences.groupby("coder", sort=False):
        row = measured(searched(part["text"]), part, name=f"out of sample: {coder}")
        rows.append(row.assign(taken_out=_ALL))
    table = pd.concat(rows, ignore_index=True).drop(columns="first_run_f1")
    first = ["taken_out", "set"]
    return table[first + [name for name in table.columns if name not in first]].round(3)


if __name__ == "__main__":
    ablation().to_csv(_OUTPUT, index=False, lineterminator="\n")
