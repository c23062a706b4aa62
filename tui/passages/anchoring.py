"""Finds the anchor of a bookmarked passage in a text that may have changed since.

The method is the fuzzy anchoring of Hypothes.is, with its weights (see `fuzzy_matching`). Unlike
there, a passage is not attached at all if the best score is too low or two candidates have about
the same score, because a wrong anchor is worse than no anchor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.passages.model import CONTEXT, Anchor, Selector

if TYPE_CHECKING:
    from tui.passages.fuzzy_matching import Candidate

# The least score at which a passage is attached, and its least lead over the second candidate.
MIN_SCORE = 0.75
MARGIN = 0.05


def selector_of(text: str, start: int, end: int) -> Selector:
    """The selector of a span of a text; offsets are code points, from 0.

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
    """The anchor of a passage in a text.

    It is at the stored offsets if quote and context are unchanged there. Otherwise all exact and
    near quotes are compared by their scores, which include the context, so that a similar sentence
    elsewhere does not win over the edited one.
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
    """The anchor for candidates, best first; it is attached only if the best one is clear."""
    if not found:
        return Anchor("orphan")
    best = found[0]
    if best.score < MIN_SCORE:
        # The same quote in another context is for the reader to check; a similar one is not enough.
        return Anchor("doubtful" if best.same else "orphan", score=best.score)
    if len(found) > 1 and best.score - found[1].score < MARGIN:
        return Anchor("doubtful", score=best.score)
    # In a text with many similar sentences, another copy of the quote may have nearly the same
    # context: unless the context is identical, the reader should check the anchor.
    return Anchor("exact" if best.sure else "near", best.start, best.end, best.score)


def candidates(text: str, selector: Selector) -> list[Candidate]:
    """The spans that a passage may refer to, best first; see `fuzzy_matching.candidates`."""
    # Imported here because most passages are found at their stored position, without the matcher.
    from tui.passages.fuzzy_matching import candidates as find

    return find(text, selector)
