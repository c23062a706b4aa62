"""The places in a text that a passage may mean: exact and near quotes, scored by their context.

The weights are those of Hypothes.is: quote 50, prefix 20, suffix 20, nearness 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tui.model import Selector
from tui.notebook.anchoring import CONTEXT

_QUOTE, _PREFIX, _SUFFIX, _NEARNESS = 50, 20, 20, 2
_ALL = _QUOTE + _PREFIX + _SUFFIX + _NEARNESS

# A near quote differs by at most this part of its length.
_ERRORS = 4
# Long quotes are looked for by their heads and tails of this many characters.
_PROBE = 128
_STARTS = 12
# More places of a short quote are not scored: a glance at this much of their context chooses.
_MANY, _GLANCE = 64, 6
_ENDS = 5

# Signs that a change of format changes: each stands for one character, so that offsets stay.
_FOLD = str.maketrans("\n\u2018\u2019\u201c\u201d\u2013\u2014\u00a0", " ''\"\"-- ")
# Where a word begins or ends; scripts without blanks may be cut anywhere.
_WORD = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\\W_]+|[^\\w\\s]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the text and how well it fits, from 0 to 1.

    `same` if it is the quote itself, `sure` if what stands around it is the same too.
    """

    start: int
    end: int
    score: float
    same: bool
    sure: bool = False


def candidates(text: str, selector: Selector) -> list[Candidate]:
    """Every place that may be meant, best first; of places that overlap only the best."""
    folded = text.translate(_FOLD)
    wanted = Selector(
        selector.exact.translate(_FOLD),
        selector.prefix.translate(_FOLD),
        selector.suffix.translate(_FOLD),
        selector.start,
        selector.end,
    )
    spans = set(_exact(text, selector)) or set(_exact(folded, wanted))
    spans.update(_near(folded, wanted.exact))
    scored = [
        Candidate(
            start,
            end,
            _score(folded, wanted, start, end),
            text[start:end] == selector.exact,
            text[start:end] == selector.exact
            and folded.endswith(wanted.prefix, 0, start)
            and folded.startswith(wanted.suffix, end),
        )
        for start, end in spans
    ]
    scored.sort(key=lambda c: (-c.score, abs(c.start - selector.start), c.start))
    kept: list[Candidate] = []
    # The quote itself is never given up for a like span around it.
    for candidate in sorted(scored, key=lambda c: not c.same):
        if all(candidate.end <= k.start or k.end <= candidate.start for k in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: -c.score)


def _exact(text: str, wanted: Selector) -> list[tuple[int, int]]:
    """Where the quote itself stands; of very many places the likeliest."""
    quote, found = wanted.exact, []
    at = text.find(quote)
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    if len(found) <= _MANY:
        return found
    before, behind = wanted.prefix[-_GLANCE:], wanted.suffix[:_GLANCE]

    def like(span: tuple[int, int]) -> tuple[int, int]:
        alike = text.endswith(before, 0, span[0]) + text.startswith(behind, span[1])
        return -alike, abs(span[0] - wanted.start)

    return sorted(found, key=like)[:_MANY]


def _near(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Spans from word to word whose edit distance to the quote is at most a quarter of it."""
    most = len(quote) // _ERRORS
    if most == 0 or not text:
        return
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    starts = [start for start, _ in words]
    ends = [end for _, end in words]
    head, tail = quote[:_PROBE], quote[-_PROBE:]
    # A window of the quote's length misses by up to the difference in length once more.
    allowed = min(len(head), 2 * (len(head) // _ERRORS) + 1)
    windows = [text[start : start + len(head)] for start in starts]
    hits = process.extract(
        head, windows, scorer=Levenshtein.distance, score_cutoff=allowed, limit=_STARTS
    )
    for _, _, number in hits:
        start = starts[number]
        close = [end for end in ends if abs(end - start - len(quote)) <= most]
        close.sort(
            key=lambda end: (
                Levenshtein.distance(tail, text[max(0, end - len(tail)) : end]),
                abs(end - start - len(quote)),
            )
        )
        best = min(
            ((Levenshtein.distance(quote, text[start:end]), end) for end in close[:_ENDS]),
            default=None,
        )
        if best is not None and best[0] <= most:
            yield start, best[1]


def _score(text: str, wanted: Selector, start: int, end: int) -> float:
    quote = Levenshtein.normalized_similarity(wanted.exact, text[start:end])
    near = 1 - min(1.0, abs(start - wanted.start) / max(1, len(text)))
    before = text[max(0, start - 2 * CONTEXT) : start]
    behind = text[end : end + 2 * CONTEXT]
    return (
        _QUOTE * quote
        + _PREFIX * _context(wanted.prefix[::-1], before[::-1])
        + _SUFFIX * _context(wanted.suffix, behind)
        + _NEARNESS * near
    ) / _ALL


def _context(wanted: str, found: str) -> float:
    """How much of a context stands at the beginning of another, from 0 to 1.

    How long the other one is there is free: a word more or less does not move all the rest.
    """
    if not wanted:
        # The quote stood at an end of the text, of which nothing can be said.
        return 1.0
    if found.startswith(wanted):
        return 1.0
    least = min(
        Levenshtein.distance(wanted, found[:length])
        for length in range(len(wanted) // 2, min(len(found), len(wanted) * 3 // 2) + 1)
    ) if len(found) >= len(wanted) // 2 else len(wanted)  # fmt: skip
    return max(0.0, 1 - least / len(wanted))
