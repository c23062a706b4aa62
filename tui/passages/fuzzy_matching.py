"""Finds the spans of a text that a passage may refer to: exact and near quotes, with a score.

The weights are those of Hypothes.is: quote 50, prefix 20, suffix 20, distance from the stored
offset 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tui.passages.model import CONTEXT, Selector

_QUOTE, _PREFIX, _SUFFIX, _NEARNESS = 50, 20, 20, 2
_ALL = _QUOTE + _PREFIX + _SUFFIX + _NEARNESS

# The edit distance of a near quote is at most its length divided by this number.
_LENGTH_PER_EDIT = 4
# Long quotes are searched for by this number of characters at their start and end.
_PROBE = 128
# The number of starts that are examined.
_STARTS = 12
# At most `_MANY` exact quotes are scored; `_GLANCE` characters of their context select them.
_MANY, _GLANCE = 64, 6
# The number of ends that are examined for each start.
_ENDS = 5

# Characters that a change of format replaces; each maps to one character, to preserve offsets.
_FOLD = str.maketrans("\n\u2018\u2019\u201c\u201d\u2013\u2014\u00a0", " ''\"\"-- ")
# A near quote consists of whole tokens; in scripts without spaces, each character is a token.
_WORD = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\\W_]+|[^\\w\\s]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a text (code points, from 0), and its score from 0 to 1.

    `same`: its text is the quote. `sure`: its context is the same too, except for the characters of
    `_FOLD`.
    """

    start: int
    end: int
    score: float
    same: bool
    sure: bool = False


def candidates(text: str, selector: Selector) -> list[Candidate]:
    """The spans that a passage may refer to, best first.

    Of overlapping spans only the best is returned, where an exact quote is better than a near one.
    """
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
    # Exact quotes come first, so that no near quote that overlaps one takes its place.
    for candidate in sorted(scored, key=lambda c: not c.same):
        if all(candidate.end <= k.start or k.end <= candidate.start for k in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: -c.score)


def _exact(text: str, wanted: Selector) -> list[tuple[int, int]]:
    """The spans of the quote itself; if over `_MANY`, those whose nearest context fits best."""
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
    """Spans of whole tokens whose edit distance to the quote is at most a quarter of its length."""
    most = len(quote) // _LENGTH_PER_EDIT
    if most == 0 or not text:
        return
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    starts = [start for start, _ in words]
    ends = [end for _, end in words]
    head, tail = quote[:_PROBE], quote[-_PROBE:]
    # A window has the length of the head: if the passage has another length, the difference counts
    # a second time.
    allowed = min(len(head), 2 * (len(head) // _LENGTH_PER_EDIT) + 1)
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
    """The similarity of a context and the beginning of another one, from 0 to 1.

    The length of that beginning is chosen for the best fit, from half to one and a half times that
    of `wanted`, so that an added or deleted word does not shift all the rest.
    """
    if not wanted:
        # The quote was at an end of the text, so there is no context to compare.
        return 1.0
    if found.startswith(wanted):
        return 1.0
    least = min(
        Levenshtein.distance(wanted, found[:length])
        for length in range(len(wanted) // 2, min(len(found), len(wanted) * 3 // 2) + 1)
    ) if len(found) >= len(wanted) // 2 else len(wanted)  # fmt: skip
    return max(0.0, 1 - least / len(wanted))
