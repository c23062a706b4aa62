"""The table of a run, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: what was done, both sides with their units, and what is allowed.

    `most` is None where there is no bound; `note` says more of how the figures came about.
    """

    work: str
    ours: str
    rival: str
    ratio: float
    most: float | None = None
    note: str = ""

    def verdict(self, judged: bool) -> str:
        """Whether the bound was kept, where it is one for this size."""
        if self.most is None or not judged:
            return ""
        return "ok" if self.ratio <= self.most else "MISSED"


def ms(seconds: float, what: str = "") -> str:
    """Seconds as milliseconds, with what was measured (cpu, wall)."""
    digits = 0 if seconds >= 0.1 else 1 if seconds >= 0.01 else 2
    return f"{seconds * 1000:,.{digits}f} ms {what}".strip()


def mb(megabytes: float) -> str:
    """Megabytes."""
    return f"{megabytes:,.0f} MB"


def compared(
    work: str, ours: float, rival: float, most: float | None, what: str, note: str = ""
) -> Row:
    """A row of two times in seconds."""
    return Row(work, ms(ours, what), ms(rival, what), ours / rival, most, note)


def markdown(rows: Sequence[Row], judged: bool) -> str:
    """The rows as a table, with verdicts if the bounds are meant for this size of library."""
    head = ("work", "ours", "rival", "ratio", "at most", "", "note")
    cells = [head, ("---",) * len(head)]
    for row in rows:
        ratio = f"{row.ratio:.3f}" if row.ratio < 1 else f"{row.ratio:.2f}"
        most = "" if row.most is None else f"{row.most:g}"
        cells.append((row.work, row.ours, row.rival, ratio, most, row.verdict(judged), row.note))
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in cells
    )
