"""Where a kept passage stands in a text that may have changed since.

After the fuzzy anchoring of Hypothes.is, with its weights (see `near`). It differs in what it
refuses: below a least score, or with two places about as good, a passage is not attached at all, as
a wrong place is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.model import Anchor, Selector

if TYPE_CHECKING:
    from tui.notebook.near import Candidate

CONTEXT = 32
LEAST = 0.75
MARGIN = 0.05


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
    # A twin of the quote in a text of many alike may stand in a context that is nearly the same:
    # only one that is the same to the letter needs no second look.
    return Anchor("exact" if best.sure else "near", best.start, best.end, best.score)


def candidates(text: str, selector: Selector) -> list[Candidate]:
    """Every place that may be meant, best first; of places that overlap only the best."""
    # Not at the top: most passages stand where they stood, and a start need not load the matcher.
    from tui.notebook.near import candidates as find

    return find(text, selector)
