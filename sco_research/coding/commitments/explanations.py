"""Why a sentence was coded as it was, in lines that a person reads."""

from collections.abc import Iterator

from sco_research.coding.commitments.analysis import CodedSentence
from sco_research.coding.commitments.rows import words_of
from sco_research.text.segments import place_of


def explained(coded: CodedSentence) -> Iterator[str]:
    """Yield the lines of an explanation: the sentence, then each verb that counts."""
    status = (
        "a strict commitment"
        if coded.strict
        else "a broad commitment only"
        if coded.broad
        else "no commitment in either reading"
    )
    level = f", binding {coded.binding}" if coded.broad else ""
    yield f"{place_of(coded.segment.id)}: {coded.act}; {status}{level}."
    if coded.lead:
        yield "- It is an item of a list: its lead-in is read before it."
    if not coded.verdicts:
        yield "- No finite verb of a main clause was found: a bare statement or a fragment."
    for verdict in coded.verdicts:
        subject = verdict.predicate.subject
        start = subject.start if subject.end > subject.start else verdict.start
        words = words_of(coded, min(start, verdict.start), max(verdict.end, verdict.predicate.end))
        word_class = f" (class {verdict.word_class})" if verdict.word_class else ""
        rule = f"{verdict.rule}; " if verdict.status != "out" else ""
        yield f'- "{words}": {verdict.act}, {verdict.status}. {rule}{verdict.why}{word_class}.'
