"""How many words a second go through speech acts and commitments together, on one core.

Run ``python tests/benchmarks/commitments_speed.py [millions of words]``. The text is made of the
bundled declaration's paragraphs in documents of about 20,000 words, each with other years in it, so
that no answer can come from a cache; the first document warms the word lists and does not count. A
loop of ten million additions is timed before and after, to tell a busy machine from an idle one.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from sco_research import Corpus, Document, code_speech_acts, find_commitments, load_document

_RESULTS = Path(__file__).resolve().parent / "results" / "commitments_speed.json"
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


def calibration() -> float:
    """Return the seconds that ten million additions take here: about 0.5 on an idle machine."""
    start = time.process_time()
    total = 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - start


def measured(total: int) -> dict[str, float]:
    """Return words, seconds of processor time, words a second, and the calibration around it."""
    words, seconds = 0, 0.0
    before = calibration()
    for number, document in enumerate(documents(total + 20_000)):
        start = time.process_time()
        code_speech_acts(document)
        find_commitments(document)
        if number:
            seconds += time.process_time() - start
            words += len(document.text.split())
    return {
        "words": words,
        "seconds": round(seconds, 1),
        "words_per_second": round(words / seconds),
        "calibration_before": round(before, 2),
        "calibration_after": round(calibration(), 2),
    }


def measured_corpus(total: int) -> dict[str, float]:
    """Return the same for one corpus, asked for all its speech acts and then its commitments."""
    corpus = Corpus(tuple(documents(total)))
    words = sum(len(document.text.split()) for document in corpus)
    before = calibration()
    start = time.process_time()
    code_speech_acts(corpus)
    find_commitments(corpus)
    seconds = time.process_time() - start
    return {
        "words": words,
        "seconds": round(seconds, 1),
        "words_per_second": round(words / seconds),
        "calibration_before": round(before, 2),
        "calibration_after": round(calibration(), 2),
    }


def main() -> None:
    """Measure a tenth and the whole, then a corpus; print all, and keep them with the results."""
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    rows = [measured(int(millions * share * 1_000_000)) for share in (0.1, 1.0)]
    rows.append({"corpus": True, **measured_corpus(300_000)})
    text = json.dumps(rows, indent=1) + "\n"
    sys.stdout.write(text)
    _RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
