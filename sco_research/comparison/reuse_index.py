"""Which sentences may be alike: found by their rare words, without comparing all with all."""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from sco_research.comparison.alignment import Weighed, Weights, together
from sco_research.comparison.word_features import Form, forms_of
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
    looked at only where such a rare word of the one stands in the other, and aligned only where
    all that they have in common could reach the threshold. No pair is lost by it.

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
        self._threshold = threshold
        self.weighed = [weight.weigh(passage.forms) for passage in passages]
        self._rare: dict[str, list[int]] = defaultdict(list)
        self._rest: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.weighed):
            rare, rest = self._parted(sentence)
            for key in rare:
                self._rare[key].append(number)
            for key in rest:
                self._rest[key].append(number)

    def candidates(self, sentence: Weighed, among: Container[str]) -> Iterator[int]:
        """Yield the passages of these documents that may be like this sentence, by number."""
        rare, rest = self._parted(sentence)
        found: set[int] = set()
        for key in rare:
            found.update(self._rare.get(key, ()), self._rest.get(key, ()))
        for key in rest:
            found.update(self._rare.get(key, ()))
        for number in sorted(found):
            if self.passages[number].document_id not in among:
                continue
            other = self.weighed[number]
            if not sentence.may_reach(other, self._threshold):
                continue
            if together(sentence.most(other), other.most(sentence)) >= self._threshold:
                yield number

    def _parted(self, sentence: Weighed) -> tuple[set[str], frozenset[str]]:
        """Return a sentence's keys: the rarest, one of which must return, and the rest."""
        places = sorted(range(len(sentence.forms)), key=lambda place: -sentence.weights[place])
        spare = (1 - self._threshold) * sentence.total
        rare: set[str] = set()
        for place in places:
            rare.update(sentence.forms[place].keys)
            spare -= sentence.weights[place]
            if spare < 0:
                break
        return rare, sentence.keys - rare
