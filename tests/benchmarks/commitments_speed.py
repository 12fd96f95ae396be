"""How many words a second go through speech acts and commitments together, on one core.

Run ``python tests/benchmarks/commitments_speed.py [millions of words]``. The text is made of the
bundled declaration's paragraphs in documents of about 20,000 words, each with other years in it, so
that no answer can come from a cache; the first document warms the word lists and does not count.
"""

import sys
import time
from collections.abc import Iterator

from sco_research import Document, code_speech_acts, find_commitments, load_document

_COPIES = 11  # of the declaration in a document


def documents(words: int) -> Iterator[Document]:
    """Yield documents until so many words are reached."""
    source = load_document("sco-2013-bishkek")
    body = source.text[slice(*source.body)]
    number = done = 0
    while done < words:
        text = "\n\n".join(
            body.replace("2013", str(1900 + number % 100)).replace("Bishkek", f"T{number}-{copy}")
            for copy in range(_COPIES)
        )
        yield Document.from_text(text, id=f"d{number}", organization="SCO", language="en")
        done += len(text.split())
        number += 1


def main() -> None:
    """Print words, seconds of processor time and words a second, for a tenth and for the whole."""
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    for share in (0.1, 1.0):
        total = int(millions * share * 1_000_000)
        words, seconds = 0, 0.0
        for number, document in enumerate(documents(total + 20_000)):
            start = time.process_time()
            code_speech_acts(document)
            find_commitments(document)
            if number:
                seconds += time.process_time() - start
                words += len(document.text.split())
        sys.stdout.write(f"{words:>12,} words {seconds:8.1f} s {words / seconds:>12,.0f} words/s\n")


if __name__ == "__main__":
    main()
