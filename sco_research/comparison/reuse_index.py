"""Which sentences may be alike: found by their rare words, without comparing all with all."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_research.comparison.alignment import Weights
from sco_research.comparison.likeness import Form, forms_of
from sco_research.text.document import Document
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import words

_FULL_WORD = 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as it is compared.

    Attributes
    ----------
    document_id, segment_id : str
        Where it stands.
    start, end : int
        Offsets in the document's text.
    text : str
        As the source has it, white space folded.
    words : tuple of str
        In small letters.
    forms : tuple of Form
        What each word is compared by.
    """

    document_id: str
    segment_id: str
    start: int
    end: int
    text: str
    words: tuple[str, ...]
    forms: tuple[Form, ...]


def passages_of(document: Document, *, least_words: int) -> list[Passage]:
    """Return a document's sentences of at least so many words that name something."""
    found = []
    for sentence in sentences_of(document):
        forms = tuple(forms_of(sentence.text, document.metadata.language))
        if sum(form.weight >= _FULL_WORD for form in forms) >= least_words:
            found.append(
                Passage(
                    document.id,
                    sentence.id,
                    sentence.start,
                    sentence.end,
                    " ".join(document.text[sentence.start : sentence.end].split()),
                    tuple(words(sentence.text.lower())),
                    forms,
                )
            )
    return found


class PassageIndex:
    """Passages by their words.

    If the share of a sentence that returns in another is to reach the threshold, one of its rarest
    words must return, of those that together weigh more than what may be missing. So a pair is
    looked at only where such a rare word of the one stands in the other. No pair is lost by it.

    Parameters
    ----------
    passages : sequence of Passage
        What is searched.
    weight : Weights
        Of the words.
    threshold : float
        The similarity that a pair must reach.
    """

    def __init__(self, passages: Sequence[Passage], weight: Weights, threshold: float) -> None:
        self.passages = passages
        self._weight = weight
        self._threshold = threshold
        self._rare: dict[str, list[int]] = defaultdict(list)
        self._rest: dict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            rare, rest = self._parted(passage)
            for key in rare:
                self._rare[key].append(number)
            for key in rest:
                self._rest[key].append(number)

    def candidates(self, passage: Passage) -> Iterator[int]:
        """Yield the numbers of the passages that may be like this one, in order."""
        rare, rest = self._parted(passage)
        found: set[int] = set()
        for key in rare:
            found.update(self._rare.get(key, ()), self._rest.get(key, ()))
        for key in rest:
            found.update(self._rare.get(key, ()))
        yield from sorted(found)

    def _parted(self, passage: Passage) -> tuple[set[str], set[str]]:
        """Return a passage's keys: the rarest, one of which must return, and the rest."""
        weighed = sorted(
            ((self._weight(form), form.keys) for form in passage.forms), key=lambda item: -item[0]
        )
        spare = (1 - self._threshold) * sum(weight for weight, _ in weighed)
        rare: set[str] = set()
        for weight, keys in weighed:
            rare.update(keys)
            spare -= weight
            if spare < 0:
                break
        return rare, {key for _, keys in weighed for key in keys} - rare
