"""How fast codebook coding is, and how it grows with the text and with the patterns.

Usage: python tests/benchmarks/themes.py [--rounds 7]

The documents are the bundled declaration with its paragraphs in another order each. Processor
seconds count, the best of the rounds, so that a neighbour's load does not. "coding" is the codings
frame of segmented documents, "with segmentation" the same from the raw text. "patterns" begin with
words of the declaration and do not match: what remains is what the patterns themselves cost.
"patterns that match" are drawn from the declaration's own words, so that hits grow with them. The
result is printed, and kept in results/themes.json.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

from sco_research.coding.codebooks.loading import load_codebook
from sco_research.coding.codebooks.matching import CategoryPatterns, Matcher
from sco_research.coding.codebooks.patterns import parse_pattern
from sco_research.coding.codings import code
from sco_research.loaders import load_document
from sco_research.text.document import Document
from sco_research.text.segments import segments_of, sentences_of
from sco_research.text.tokens import words

RESULT = Path(__file__).parent / "results" / "themes.json"
DOCUMENTS = 12  # fewer than the segments remembered
COPIES = 8


def documents() -> list[Document]:
    """Return documents of some 14,600 words each."""
    source = load_document("sco-2013-bishkek")
    blocks = source.text[slice(*source.body)].split("\n\n")
    made = []
    for number in range(DOCUMENTS):
        order = random.Random(number)
        shuffled = [block for _ in range(COPIES) for block in order.sample(blocks, len(blocks))]
        made.append(Document.from_text("\n\n".join(shuffled), id=f"d{number}", language="en"))
    return made


def best(work: Callable[[], object], rounds: int) -> float:
    """Return the processor seconds of the quickest round."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def drawn_patterns(vocabulary: list[str], number: int) -> list[str]:
    """Return distinct patterns of every kind, made of a text's own words."""
    draw = random.Random(1)
    made: dict[str, None] = {}
    while len(made) < number:
        one, two = draw.choice(vocabulary), draw.choice(vocabulary)
        kind = draw.randrange(5)
        made[(f"{one} {two}", f"{one[:5]}* {two}", f"{one} {two} {len(made)}",
              f"{one} NEAR/3 {two}", f"{one}{len(made)}*")[kind]] = None  # fmt: skip
    return list(made)


def idle_patterns(vocabulary: list[str], number: int) -> list[str]:
    """Return distinct phrases that begin with a text's words and go on as it never does."""
    return [f"{vocabulary[place % len(vocabulary)]} zz{place}*" for place in range(number)]


def growth(
    sentences: list[str],
    vocabulary: list[str],
    make: Callable[[list[str], int], list[str]],
    total: int,
    rounds: int,
) -> dict[int, dict[str, int]]:
    """Return words a second and hits by the number of patterns."""
    found = {}
    for number in (10, 100, 1_000, 10_000):
        patterns = tuple(parse_pattern(text) for text in make(vocabulary, number))
        matcher = Matcher([CategoryPatterns("all", patterns, ())])

        def matching(matcher: Matcher = matcher) -> int:
            return sum(len(matcher.matches(sentence)) for sentence in sentences)

        hits = matching()
        found[number] = {"words_per_second": round(total / best(matching, rounds)), "hits": hits}
    return found


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    texts = documents()
    total = sum(len(words(document.text)) for document in texts)
    result: dict[str, object] = {"words": total}

    speeds = {}
    for name in ("themes", "actors"):
        book = load_codebook(name)
        for document in texts:
            segments_of(document)

        def coding(book: object = book) -> None:
            code(texts, codebook=book)  # type: ignore[arg-type]

        def from_raw(book: object = book) -> None:
            segments_of.cache_clear()
            code(texts, codebook=book)  # type: ignore[arg-type]

        coding()
        speeds[name] = {
            "patterns": sum(len(item.include) + len(item.exclude) for item in book),
            "coding_words_per_second": round(total / best(coding, rounds)),
            "with_segmentation_words_per_second": round(total / best(from_raw, rounds)),
        }
    result["codebooks"] = speeds

    sentences = [sentence.text for document in texts for sentence in sentences_of(document)]
    vocabulary = sorted({word.lower() for word in words(texts[0].text) if word.isalpha()})
    result["patterns"] = growth(sentences, vocabulary, idle_patterns, total, rounds)
    result["patterns_that_match"] = growth(sentences, vocabulary, drawn_patterns, total, rounds)

    book = load_codebook("themes")
    by_length = {}
    for share in (DOCUMENTS // 4, DOCUMENTS // 2, DOCUMENTS):
        part = texts[:share]
        length = sum(len(words(document.text)) for document in part)
        seconds = best(lambda part=part: code(part, codebook=book), rounds)  # type: ignore[misc]
        by_length[length] = round(length / seconds)
    result["by_length_of_text"] = by_length

    print(json.dumps(result, indent=1))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
