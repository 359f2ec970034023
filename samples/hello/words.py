"""Counts the words of a text, once it is complete.

Type a dot after `for word in text` and wait a moment:
the grey code is the model's. Tab takes it.
"""

from pathlib import Path


def count_words(text: str) -> dict[str, int]:
    """Return how often each word occurs in the text, in lower case."""
    counts: dict[str, int] = {}
    for word in text
    return counts


def most_frequent(counts: dict[str, int], n: int = 3) -> list[tuple[str, int]]:
    """Return the n words that occur most often, the most frequent one first."""
    return sorted(counts.items(), key=lambda item: item[1], reverse=True)[:n]


if __name__ == "__main__":
    text = Path(__file__).read_text(encoding="utf-8")
    for word, count in most_frequent(count_words(text)):
        print(f"{count:4} {word}")