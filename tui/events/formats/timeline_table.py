"""A timeline as a table for a terminal: dates, the numbers of accounts, and lines that wrap."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from tui.events.formats.timeline_record import TimelineRecord
from tui.events.formats.timeline_sections import DateGroup, by_date
from tui.safe_text import safe_line

# The date is wrapped if it is wider than this, and the line is never narrower than that.
_WIDEST_DATE = 24
_NARROWEST_LINE = 16
_GAP = "  "
_NO_CELL = ("Mn", "Me", "Cf")


def written(records: Iterable[TimelineRecord], width: int) -> str:
    """A table of `width` cells: each date once, then a row for each event of it.

    Lines wrap between words; nothing is cut off. In a terminal that is very narrow the table is
    wider than it.
    """
    groups = by_date(records)
    dates = min(max((_cells(g.label) for g in groups), default=0), _WIDEST_DATE)
    most = max((len(r["articles"]) for g in groups for r in g.records), default=0)
    counts = len(str(most))
    rest = max(width - dates - counts - 2 * len(_GAP), _NARROWEST_LINE)
    return "".join(row.rstrip() + "\n" for g in groups for row in _rows(g, dates, counts, rest))


def _rows(group: DateGroup, dates: int, counts: int, rest: int) -> Iterator[str]:
    right: list[tuple[str, str]] = []
    for record in group.records:
        status = record["status"]
        mark = "" if status == "happened" else f" ({status})"
        first, *others = wrapped(safe_line(record["headline"]) + mark, rest)
        right.append((str(len(record["articles"])), first))
        right += [("", other) for other in others]
    left = wrapped(group.label, dates)
    for number in range(max(len(left), len(right))):
        date = left[number] if number < len(left) else ""
        count, line = right[number] if number < len(right) else ("", "")
        yield f"{_padded(date, dates)}{_GAP}{count:>{counts}}{_GAP}{line}"


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` cells, at least one; a longer word is broken."""
    lines: list[str] = []
    current, used = "", 0
    for word in text.split():
        for piece in _pieces(word, width):
            cells = _cells(piece)
            if current and used + 1 + cells <= width:
                current, used = f"{current} {piece}", used + 1 + cells
            else:
                if current:
                    lines.append(current)
                current, used = piece, cells
    return [*lines, current]


def _pieces(word: str, width: int) -> list[str]:
    if _cells(word) <= width:
        return [word]
    pieces, used = [""], 0
    for character in word:
        cells = _cells(character)
        if pieces[-1] and used + cells > width:
            pieces.append("")
            used = 0
        pieces[-1] += character
        used += cells
    return pieces


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _cells(text))


def _cells(text: str) -> int:
    """The cells that a terminal draws a text in."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else unicodedata.category(c) not in _NO_CELL
        for c in text
    )
