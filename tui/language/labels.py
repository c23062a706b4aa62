"""The labels of the encoder: BIO over the kinds of names, and the likeliest sequence of them."""

from __future__ import annotations

from collections.abc import Sequence

KINDS = ("PER", "ORG", "LOC", "NORP", "MISC")
LABELS = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BI"))


def viterbi(scores: Sequence[Sequence[float]]) -> list[int]:
    """The best sequence of labels in which I follows only B or I of its own kind.

    `scores` has a row of log-probabilities for each word.
    """
    if not scores:
        return []
    size = len(LABELS)
    before = [score if not at or at % 2 else -1e9 for at, score in enumerate(scores[0])]
    paths: list[list[int]] = []
    for row in scores[1:]:
        # Any label may be followed by O or a B: only the best counts there.
        best = max(range(size), key=before.__getitem__)
        top = before[best]
        now = [top + row[0]]
        came = [best]
        for begin in range(1, size, 2):
            now.append(top + row[begin])
            came.append(best)
            inner = begin if before[begin] >= before[begin + 1] else begin + 1
            now.append(before[inner] + row[begin + 1])
            came.append(inner)
        paths.append(came)
        before = now
    at = max(range(size), key=before.__getitem__)
    found = [at]
    for came in reversed(paths):
        at = came[at]
        found.append(at)
    return found[::-1]


def spans(labels: Sequence[int]) -> list[tuple[int, int, str]]:
    """The names of a sequence of labels: first word, word behind the last, kind."""
    found: list[tuple[int, int, str]] = []
    start = -1
    for at, label in enumerate([*labels, 0]):
        inside = label and label % 2 == 0
        if start >= 0 and not inside:
            found.append((start, at, KINDS[(labels[start] - 1) // 2]))
            start = -1
        if label and not inside:
            start = at
    return found
