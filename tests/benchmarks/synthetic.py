"""Synthetic declarations: as many as asked for, one after another, never on disk as a whole.

Each is made of the bundled declaration's sentences and of sentences put together from its words, by
a generator that the document's number seeds: the same number gives the same document anywhere.
"""

import datetime
import random
from collections.abc import Iterator

from sco_research.loaders import load_document
from sco_research.text.document import Document
from sco_research.text.segments import sentences_of
from sco_research.text.tokens import words

WORDS = 2_000
_KEPT = 0.15  # sentences that are the declaration's own, word for word
_CHANGED = 0.25  # and those with some words changed
_PARAGRAPH = 4


class Synthesis:
    """Makes documents of about `WORDS` words."""

    def __init__(self) -> None:
        source = load_document("sco-2013-bishkek")
        self._sentences = [item.text for item in sentences_of(source)]
        self._words = [words(text) for text in self._sentences]
        self._all = [word for part in self._words for word in part]

    def document(self, number: int, *, length: int = WORDS) -> Document:
        """Return one document; its date, of 2001 to 2025, goes with its number."""
        draw = random.Random(number)
        sentences: list[str] = []
        total = 0
        while total < length:
            sentence = self._sentence(draw, number)
            sentences.append(sentence)
            total += sentence.count(" ") + 1
        paragraphs = (
            " ".join(sentences[place : place + _PARAGRAPH])
            for place in range(0, len(sentences), _PARAGRAPH)
        )
        return Document.from_text(
            "\n\n".join(paragraphs),
            id=f"synthetic-{number:06d}",
            title=f"Synthetic declaration {number}",
            date=datetime.date(2001 + number % 25, 1 + number % 12, 1 + number % 28),
            language="en",
            organization="sco",
        )

    def documents(self, first: int, last: int) -> Iterator[Document]:
        """Yield the documents of these numbers, the last one not included."""
        return (self.document(number) for number in range(first, last))

    def _sentence(self, draw: random.Random, number: int) -> str:
        kind = draw.random()
        place = draw.randrange(len(self._sentences))
        if kind < _KEPT:
            return self._sentences[place]
        if kind < _CHANGED:
            changed = list(self._words[place])
            for _ in range(max(1, len(changed) // 8)):
                changed[draw.randrange(len(changed))] = draw.choice(self._all)
            return " ".join(changed) + "."
        opening = draw.choice(("The member states will", "The heads of state", "They support"))
        picked = " ".join(draw.choices(self._all, k=draw.randint(12, 40)))
        # A word of this document alone: a corpus has a long tail of them.
        return f"{opening} {picked} of District{number}-{draw.randrange(10)}."
