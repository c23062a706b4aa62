"""The timeline: a heading for each day or longer span, a line for each event under it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment

from tui.app.rows import RowList
from tui.app.text_fit import fit, fit_right
from tui.edtf import interval, label
from tui.model import EventRow, EventStatus, TimelineIndex

MARKS: dict[EventStatus, str] = {"happened": "●", "planned": "○", "claimed": "◇"}
UNDATED = "Undated"

Fetch = Callable[[Sequence[int]], dict[int, EventRow]]


class Timeline(RowList[EventRow | str]):
    """Events in order of time; those that the open article tells of stand out."""

    DEFAULT_CSS = """
    Timeline {
        & > .timeline--day { color: $muted; text-style: bold; }
        & > .timeline--here { color: $accent; }
        & > .timeline--own { color: $foreground; }
        & > .timeline--other { color: $muted; }
        & > .timeline--happened { color: $primary; }
        & > .timeline--planned { color: $success; }
        & > .timeline--claimed { color: $warning; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "timeline--day",
        "timeline--here",
        "timeline--own",
        "timeline--other",
        "timeline--happened",
        "timeline--planned",
        "timeline--claimed",
    }
    exact = True

    def __init__(self, fetch: Fetch) -> None:
        super().__init__(id="timeline")
        self._fetch = fetch
        self._index = TimelineIndex()
        self._own: frozenset[int] = frozenset()
        self._here: int | None = None

    def show(self, index: TimelineIndex) -> None:
        """Show other events; the cursor stays on the one that it is on, if that is still there."""
        here = self.event
        top = self.scroll_offset.y - self.cursor
        self._index = index
        if here is not None:
            row = self._row_of(here, None)
            if row is not None:
                self.set_reactive(Timeline.cursor, row)
        elif self.count() > 1:
            self.set_reactive(Timeline.cursor, 1)
        self.reload()
        if here is not None and self.size.height:
            self.scroll_to(y=max(0, self.cursor + top), animate=False)

    def mark_own(self, events: frozenset[int]) -> None:
        """Let the events of the open article stand out."""
        if events != self._own:
            self._own = events
            self.refresh()

    def mark_here(self, event: int | None, when: str | None) -> None:
        """Show where the reader is: at an event told on the page."""
        if event is None or event == self._here:
            return
        row = self._row_of(event, when)
        if row is None:
            return
        self._here = event
        self.go_to(row)

    @property
    def event(self) -> int | None:
        """The event under the cursor, None on a heading."""
        if self.cursor < len(self._index.rows):
            number = self._index.rows[self.cursor]
            return number if number > 0 else None
        return None

    def _row_of(self, event: int, when: str | None) -> int | None:
        """The row of an event: looked for under its day first."""
        starts = self._index.starts
        if when:
            day = interval(when).first
            first = bisect_left(self._index.days, day)
            last = bisect_right(self._index.days, day)
            begin = starts[first] if first < len(starts) else 0
            end = starts[last] if last < len(starts) else len(self._index.rows)
            try:
                return self._index.rows.index(event, begin, end)
            except ValueError:
                pass
        try:
            return self._index.rows.index(event)
        except ValueError:
            return None

    def count(self) -> int:
        """How many rows there are, headings too."""
        return len(self._index.rows)

    def event_count(self) -> int:
        """How many events there are."""
        return len(self._index.rows) - len(self._index.spans)

    def rests(self, number: int) -> bool:
        """The cursor rests on events alone."""
        return self._index.rows[number] > 0

    def fetch(self, first: int, last: int) -> Sequence[EventRow | str | None]:
        """The rows of a window: events, and the EDTF strings of headings."""
        numbers = self._index.rows[first:last].tolist()
        rows = self._fetch([number for number in numbers if number > 0])
        return [
            rows.get(number) if number > 0 else self._index.spans[-number - 1] for number in numbers
        ]

    def draw(self, row: EventRow | str, number: int, line: int, width: int) -> list[Segment]:
        """A heading, or an event with its mark and the number of its accounts."""
        if isinstance(row, str):
            heading = label(row, weekday=True) if row else UNDATED
            return [Segment(fit(f" {heading}", width), self.style_of("timeline--day"))]
        own = row.key in self._own
        words = self.style_of("timeline--own" if own else "timeline--other")
        bar = "▎" if own else " "
        counted = f"{row.accounts}" if row.accounts > 1 else ""
        said = f"~{row.headline}" if row.inferred else row.headline
        room = width - 4 - (len(counted) + 1 if counted else 0)
        return [
            Segment(bar, self.style_of("timeline--here")),
            Segment(MARKS[row.status], self.style_of(f"timeline--{row.status}")),
            Segment(" "),
            Segment(fit(said, room), words),
            Segment(
                fit_right(counted, len(counted) + 1) if counted else "",
                self.style_of("row--accent"),
            ),
            Segment(" "),
        ]

    def action_next_day(self, count: int = 1) -> None:
        """To the first event of the next heading."""
        at = bisect_right(self._index.starts, self.cursor) + count - 1
        if at < len(self._index.starts):
            self.move(self._index.starts[at] + 1 - self.cursor)

    def action_last_day(self, count: int = 1) -> None:
        """To the first event of this heading, or of the one before it."""
        at = bisect_right(self._index.starts, self.cursor) - 1
        if at >= 0 and self._index.starts[at] + 1 == self.cursor:
            at -= 1
        at = max(0, at - count + 1)
        if self._index.starts:
            self.move(self._index.starts[at] + 1 - self.cursor)
