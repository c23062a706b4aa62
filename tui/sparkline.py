"""How often something comes up over time, as a row of blocks."""

from __future__ import annotations

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(days: Sequence[tuple[int, int]], width: int) -> str:
    """Counts of days (ordinals, sorted) as at most `width` blocks of equal spans of days.

    A span with nothing is a blank; the highest block is the most that a span has.
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
