"""How far the commitment coding can be trusted: the program against codings by the protocol."""

from pathlib import Path

import pandas as pd

from sco_research.coding.commitments.coder import code_speech_acts
from sco_research.coding.commitments.options import DEFAULT, CommitmentOptions
from sco_research.coding.commitments.validation import ANSWERS, measured, out_of_sample_scores
from sco_research.coding.reliability.reference import load_reference
from sco_research.errors import ParameterError
from sco_research.resources import data_path
from sco_research.text.document import Document


def validation_table(
    document: Document, *, folder: str = "", options: CommitmentOptions = DEFAULT
) -> pd.DataFrame:
    """Return how well the coding meets the codings there are, in sample and out of it apart.

    Empty where neither a reference coding of the document nor out-of-sample sentences are there,
    and for options that depart from the protocol: no reference is of such a coding.
    """
    pieces = (
        []
        if options.departures
        else [*_in_sample(document, folder, options), *_out_of_sample(folder)]
    )
    names = {
        "set": "Set",
        "sentences": "Sentences",
        "strict_sentences": "With strict",
        "strict_precision": "Precision",
        "strict_recall": "Recall",
        "strict_f1": "F1",
        "first_run_f1": "First run",
        "broad_f1": "Broad F1",
        "speech_act_accuracy": "Speech acts",
        "binding_accuracy": "Binding",
    }
    if not pieces:
        return pd.DataFrame(columns=list(names.values()))
    return pd.concat(pieces, ignore_index=True).rename(columns=names)


def settled_answers(document: Document, folder: str) -> pd.DataFrame | None:
    """Return the reference coding, one column a question; None where there is none."""
    try:
        reference = load_reference(document, scheme="commitments", folder=folder)
    except ParameterError:
        return None
    settled = reference.settled
    wide = settled.pivot(index="segment_id", columns="variable", values="value")
    return wide.reindex(columns=list(ANSWERS))


def _program(document: Document, options: CommitmentOptions) -> pd.DataFrame:
    acts = code_speech_acts(document, options=options).set_index("segment_id")
    yes = {True: "yes", False: "no"}
    return acts.assign(strict=acts["strict"].map(yes), broad=acts["broad"].map(yes))


def _in_sample(document: Document, folder: str, options: CommitmentOptions) -> list[pd.DataFrame]:
    settled = settled_answers(document, folder)
    if settled is None:
        return []
    found = _program(document, options).loc[settled.index]
    return [measured(found, settled, name=f"in sample: {document.id}")]


def _out_of_sample(folder: str) -> list[pd.DataFrame]:
    scores = out_of_sample_scores(folder)
    return [scores] if len(scores) else []


def ablation_table(*, folder: str = "") -> pd.DataFrame:
    """Return strict F1 on each set with one class of rules taken out; empty without a file."""
    path = (Path(folder) if folder else data_path("reference")) / "ablation.csv"
    if not path.is_file():
        return pd.DataFrame(columns=["Taken out"])
    rows = pd.read_csv(path)
    wide = rows.pivot(index="taken_out", columns="set", values="strict_f1")
    ordered = wide.loc[list(dict.fromkeys(rows["taken_out"])), list(dict.fromkeys(rows["set"]))]
    table = ordered.rename_axis(index=None, columns=None).reset_index(names="Taken out")
    return table.rename(columns=lambda name: name[:1].upper() + name[1:])


def disagreement_table(
    document: Document, *, folder: str = "", options: CommitmentOptions = DEFAULT
) -> pd.DataFrame:
    """Return the sentences in which the coding differs from the reference coding.

    Empty for options that depart from the protocol.
    """
    names = ["Sentence", "Question", "Program", "Reference", "Text"]
    settled = None if options.departures else settled_answers(document, folder)
    if settled is None:
        return pd.DataFrame(columns=names)
    found = _program(document, options).loc[settled.index]
    rows = [
        (
            anchor,
            question.replace("_", " "),
            found.at[anchor, question],
            answer,
            found.at[anchor, "text"],
        )
        for question in ANSWERS
        for anchor, answer in settled[question].items()
        if found.at[anchor, question] != answer
    ]
    return pd.DataFrame(rows, columns=names)
