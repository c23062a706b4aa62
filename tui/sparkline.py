"""Sparklines: counts over time as a row of block characters."""

from __future__ import annotations

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(days: Sequence[tuple[int, int]], width: int) -> str:
    """A sparkline of at most `width` characters for counts of days (sorted ordinals).

    Each character stands for an equal span of days: a space if the count is 0, the highest block
    for the greatest count. The sparkline is "" if there are no days or `width` is less than 1.
    """
    if not days or width < 1:
        return ""
    first, last = days[0][0], days[-1][0]
    size = min(width, last - first + 1)
    counts = [0] * size
    for day, count in days:
        counts[(day - first) * size // (last - first + 1)] += count
    most = max(counts)
    return "".join(
        _BLOCKS[(count * len(_BLOCKS) - 1) // most] if count else " " for count in counts
    )
