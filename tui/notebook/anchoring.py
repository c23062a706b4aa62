"""Where a kept passage stands in a text that may have changed since.

After the fuzzy anchoring of Hypothes.is, with its weights: quote 50, prefix 20, suffix 20, nearness
2. It differs in what it refuses: below a least score, or with two places about as good, a passage
is not attached at all, as a wrong place is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tui.model import Anchor, Selector

CONTEXT = 32
LEAST = 0.75
MARGIN = 0.05
# From here on a place needs no second look.
SURE = 0.85

_QUOTE, _PREFIX, _SUFFIX, _NEARNESS = 50, 20, 20, 2
_ALL = _QUOTE + _PREFIX + _SUFFIX + _NEARNESS

# A near quote differs by at most this part of its length.
_ERRORS = 4
# Long quotes are looked for by their heads and tails of this many characters.
_PROBE = 128
_STARTS = 12
_ENDS = 5

# Signs that a change of format changes: each stands for one character, so that offsets stay.
_FOLD = str.maketrans("\n\u2018\u2019\u201c\u201d\u2013\u2014\u00a0", " ''\"\"-- ")
# Where a word begins or ends; scripts without blanks may be cut anywhere.
_WORD = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\\W_]+|[^\\w\\s]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the text and how well it fits, from 0 to 1; `same` if it is the quote itself."""

    start: int
    end: int
    score: float
    same: bool


def selector_of(text: str, start: int, end: int) -> Selector:
    """The selectors of a span of a text, which may not be empty.

    Raises:
        ValueError: if the span is empty or not in the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no span of the text: {start} to {end}")
    return Selector(
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
        start,
        end,
    )


def anchor(text: str, selector: Selector) -> Anchor:
    """Where a passage stands in a text.

    The position, if quote and context stand there unchanged; otherwise the best of all exact and
    near quotes, judged together by context, so that a like sentence elsewhere does not win over
    the edited one.
    """
    start, end, exact = selector.start, selector.end, selector.exact
    if not exact.strip():
        return Anchor("orphan")
    if (
        text.startswith(exact, max(0, start))
        and text.endswith(selector.prefix, 0, start)
        and text.startswith(selector.suffix, end)
    ):
        return Anchor("exact", start, end, 1.0)
    return judge(candidates(text, selector))


def judge(found: Sequence[Candidate]) -> Anchor:
    """What candidates, best first, come to."""
    if not found:
        return Anchor("orphan")
    best = found[0]
    if best.score < LEAST:
        # The quote itself somewhere else is worth a look; a like one is not even that.
        return Anchor("doubtful" if best.same else "orphan", score=best.score)
    if len(found) > 1 and best.score - found[1].score < MARGIN:
        return Anchor("doubtful", score=best.score)
    sure = best.same and best.score >= SURE
    return Anchor("exact" if sure else "near", best.start, best.end, best.score)


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
    spans = set(_exact(text, selector.exact)) or set(_exact(folded, wanted.exact))
    spans.update(_near(folded, wanted.exact))
    scored = [
        Candidate(start, end, _score(folded, wanted, start, end), text[start:end] == selector.exact)
        for start, end in spans
    ]
    scored.sort(key=lambda c: (-c.score, abs(c.start - selector.start), c.start))
    kept: list[Candidate] = []
    # The quote itself is never given up for a like span around it.
    for candidate in sorted(scored, key=lambda c: not c.same):
        if all(candidate.end <= k.start or k.end <= candidate.start for k in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: -c.score)


def _exact(text: str, quote: str) -> Iterator[tuple[int, int]]:
    at = text.find(quote)
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + 1)


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
