"""Why a sentence was coded as it was, in lines that a person reads."""

from collections.abc import Iterator

from sco_research.coding.commitments.analysis import Reading
from sco_research.coding.commitments.rows import words_of
from sco_research.text.segments import anchor_label


def explained(reading: Reading) -> Iterator[str]:
    """Yield the lines of an explanation: the sentence, then each verb that counts."""
    status = (
        "a strict commitment"
        if reading.strict
        else "a broad commitment only"
        if reading.broad
        else "no commitment in either reading"
    )
    level = f", binding {reading.binding}" if reading.broad else ""
    yield f"{anchor_label(reading.sentence.id)}: {reading.act}; {status}{level}."
    if reading.lead:
        yield "- It is an item of a list: its lead-in is read before it."
    if not reading.verdicts:
        yield "- No finite verb of a main clause was found: a bare statement or a fragment."
    for verdict in reading.verdicts:
        subject = verdict.predicate.subject
        start = subject.start if subject.end > subject.start else verdict.start
        words = words_of(
            reading, min(start, verdict.start), max(verdict.end, verdict.predicate.end)
        )
        word_class = f" (class {verdict.word_class})" if verdict.word_class else ""
        rule = f"{verdict.rule}; " if verdict.status != "out" else ""
        yield f'- "{words}": {verdict.act}, {verdict.status}. {rule}{verdict.why}{word_class}.'
