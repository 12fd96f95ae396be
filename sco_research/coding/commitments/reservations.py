"""Reservations: where a text records that not all members agree with what it says.

A footnote says "Noting that one member has divergent views on debt issues in paragraph 33", or a
sentence that one state does not associate itself with a paragraph. The commitments of that
paragraph are coded as they stand; who cites them as agreed by all should know of it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.sentence import Sentence
from sco_research.coding.commitments.tagging import tag
from sco_research.coding.commitments.token_classes import NEGATION
from sco_research.organizations.states import is_state
from sco_research.text.document import Document
from sco_research.text.segments import segments_of, sentences_of

_PARAGRAPHS = re.compile(r"(?i)\bparagraphs?\s+((?:\d{1,3}\b(?:\s*(?:,|and|to|-|–)\s*)*)+)")
_THIS_PARAGRAPH = re.compile(r"(?i)\bthis\s+paragraph\b")
_RANGE = re.compile(r"(\d+)\s*(?:to|-|–)\s*(\d+)")
_MARK = re.compile(r"\A\d+\s+")  # the footnote's own number
_NUMBER = re.compile(r"\d+")
_NEAR = 4  # words after "not" and after "one" in which what belongs to it stands
_FOOTNOTE = "footnote"


class Reservation(NamedTuple):
    """A reservation that a document records.

    Attributes
    ----------
    text : str
        Its words, white space collapsed.
    paragraphs : tuple of str
        The numbers of the paragraphs that it names; none where it names none.
    source : str
        "footnote", or the anchor of the sentence.
    """

    text: str
    paragraphs: tuple[str, ...]
    source: str


def reservations_of(document: Document, lexicon: Lexicon) -> tuple[Reservation, ...]:
    """Return the reservations that a document records, in its footnotes and in its sentences.

    Parameters
    ----------
    document : Document
        Its loader keeps footnotes apart (`Document.removed`).
    lexicon : Lexicon
        The words of the commitment codebook.

    Examples
    --------
    >>> from sco_research.coding.commitments.lexicon import load_lexicon
    >>> text = "We will lower the tolls. One member state has reservations on paragraph 7."
    >>> (one,) = reservations_of(Document.from_text(text, id="n"), load_lexicon())
    >>> one.paragraphs, one.source
    (('7',), 'n:p1.s2')
    """
    numbers = {
        item.paragraph: item.number for item in segments_of(document) if item.level == "paragraph"
    }
    noted = [
        Reservation(text, _paragraphs(text), _FOOTNOTE)
        for text in _footnotes(document)
        if _reserves(text, lexicon)
    ]
    said = []
    for sentence in sentences_of(document):
        if _reserves(sentence.text, lexicon):
            named = _paragraphs(sentence.text)
            if not named and _THIS_PARAGRAPH.search(sentence.text):
                named = tuple(filter(None, [numbers.get(sentence.paragraph, "")]))
            said.append(Reservation(" ".join(sentence.text.split()), named, sentence.id))
    return (*noted, *said)


def _footnotes(document: Document) -> Iterator[str]:
    """Yield each footnote whole: its lines stand one by one in what the loader left out."""
    lines: list[str] = []
    before = None
    for item in document.removed:
        if item.kind != _FOOTNOTE:
            continue
        here = (item.location.page, item.location.line)
        follows = before is not None and here == (before[0], (before[1] or 0) + 1)
        opens = _NUMBER.match(item.text) is not None
        if lines and (opens or not follows):
            yield " ".join(lines)
            lines = []
        lines.append(item.text if lines else _MARK.sub("", item.text))
        before = here
    if lines:
        yield " ".join(lines)


def _paragraphs(text: str) -> tuple[str, ...]:
    """Return the numbers of the paragraphs that a text names.

    >>> _paragraphs("Some members disagree with paragraphs 3, 5 to 7 and 9.")
    ('3', '5', '6', '7', '9')
    """
    found: list[str] = []
    for match in _PARAGRAPHS.finditer(text):
        listed = _RANGE.sub(
            lambda one: " ".join(map(str, range(int(one[1]), int(one[2]) + 1))), match[1]
        )
        found += _NUMBER.findall(listed)
    return tuple(dict.fromkeys(found))


def _reserves(text: str, lexicon: Lexicon) -> bool:
    """Return whether some of the members, or a state by its name, do not agree with the text."""
    sets, plain = lexicon.sets, set(text.lower().replace(".", " ").replace(",", " ").split())
    if sets["reserved_on"].isdisjoint(plain):
        return False
    if sets["dissenting"].isdisjoint(plain) and sets["joining"].isdisjoint(plain):
        return False
    sentence = tag(text, lexicon)
    return _dissents(sentence) and _names_some(sentence)


def _dissents(sentence: Sentence) -> bool:
    """Return whether somebody has reservations, or does not associate himself."""
    words, tags, sets = sentence.words, sentence.tags, sentence.lexicon.sets
    return any(
        (word in sets["dissenting"] and words[at - 1 : at] != ("no",))
        or (tags[at] == NEGATION and not sets["joining"].isdisjoint(words[at + 1 : at + _NEAR]))
        for at, word in enumerate(words)
    )


def _names_some(sentence: Sentence) -> bool:
    """Return whether one member or some are named: "one member", "some states", "Sylvania"."""
    sets = sentence.lexicon.sets
    return any(
        (
            word in sets["dissenters"]
            # Units of the codebook ("member state") are one token.
            and not sets["parted_members"].isdisjoint(
                " ".join(sentence.words[at + 1 : at + _NEAR]).split()
            )
        )
        or is_state(sentence.raw[at])
        for at, word in enumerate(sentence.words)
    )
