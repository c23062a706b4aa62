"""The labels of the encoder: BIO labels for the kinds of names, and their decoding.

A label is an index into `LABELS`.
"""

from __future__ import annotations

from collections.abc import Sequence

KINDS = ("PER", "ORG", "LOC", "NORP", "MISC")
LABELS = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BI"))


def viterbi(scores: Sequence[Sequence[float]]) -> list[int]:
    """The most probable sequence of labels in which I follows only B or I of the same kind.

    `scores` has a row for each word, with the log-probabilities of all labels. Returns one label
    for each word, computed with the Viterbi algorithm.
    """
    if not scores:
        return []
    size = len(LABELS)
    before = [score if not at or at % 2 else -1e9 for at, score in enumerate(scores[0])]
    paths: list[list[int]] = []
    for row in scores[1:]:
        # O and B may follow any label, so that their best predecessor is the best label overall.
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
    """The names in a valid sequence of labels.

    Returns the index of the first word, the index after the last word, and the kind of each name.
    """
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
