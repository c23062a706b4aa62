"""The timeline: a heading for each day or longer span, a line for each event under it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment

from tui.app.widgets.row_list import RowList
from tui.app.widgets.text_fit import fit, fit_right
from tui.events.model import EventRow, TimelineIndex
from tui.nlp.document import EventStatus
from tui.times.date_labels import label
from tui.times.edtf import interval

MARKS: dict[EventStatus, str] = {"happened": "●", "planned": "○", "claimed": "◇"}
UNDATED = "Undated"

Fetch = Callable[[Sequence[int]], dict[int, EventRow]]


class TimelinePane(RowList[EventRow | str]):
    """Events in order of time; those of the open article are highlighted."""

    DEFAULT_CSS = """
    TimelinePane {
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
        self._of_article: frozenset[int] = frozenset()
        self._here: int | None = None

    def show(self, index: TimelineIndex) -> None:
        """Replace the events; the cursor stays on its event if that is still there."""
        here = self.event
        top = self.scroll_offset.y - self.cursor
        self._index = index
        if here is not None:
            row = self._row_of(here, None)
            if row is not None:
                self.set_reactive(TimelinePane.cursor, row)
        elif self.count() > 1:
            self.set_reactive(TimelinePane.cursor, 1)
        self.reload()
        if here is not None and self.size.height:
            self.scroll_to(y=max(0, self.cursor + top), animate=False)

    def mark_own(self, events: frozenset[int]) -> None:
        """Highlight the events of the open article, given by row id."""
        if events != self._of_article:
            self._of_article = events
            self.refresh()

    def go_to_event(self, event: int | None, when: str | None) -> None:
        """Put the cursor on the event that the reader is at on the page, given by row id.

        `when` is the date (EDTF) of the event, under which it is searched first.
        """
        if event is None or event == self._here:
            return
        row = self._row_of(event, when)
        if row is None:
            return
        self._here = event
        self.go_to(row)

    @property
    def event(self) -> int | None:
        """The row id of the event under the cursor, None on a heading."""
        if self.cursor < len(self._index.rows):
            number = self._index.rows[self.cursor]
            return number if number > 0 else None
        return None

    def _row_of(self, event: int, when: str | None) -> int | None:
        """The index of the row of an event, searched under its date first; None if absent."""
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
        """The number of rows, headings included."""
        return len(self._index.rows)

    def event_count(self) -> int:
        """The number of events."""
        return len(self._index.rows) - len(self._index.spans)

    def rests(self, number: int) -> bool:
        """Whether a row is an event; the cursor skips headings."""
        return self._index.rows[number] > 0

    def fetch(self, first: int, last: int) -> Sequence[EventRow | str | None]:
        """The events and headings (EDTF strings) from `first` up to, not including, `last`."""
        numbers = self._index.rows[first:last].tolist()
        rows = self._fetch([number for number in numbers if number > 0])
        return [
            rows.get(number) if number > 0 else self._index.spans[-number - 1] for number in numbers
        ]

    def draw(self, row: EventRow | str, number: int, line: int, width: int) -> list[Segment]:
        """A heading, or an event with its status, its headline and the number of its accounts."""
        if isinstance(row, str):
            heading = label(row, weekday=True) if row else UNDATED
            return [Segment(fit(f" {heading}", width), self.style_of("timeline--day"))]
        own = row.row_id in self._of_article
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
        """Move to the first event under the next heading."""
        at = bisect_right(self._index.starts, self.cursor) + count - 1
        if at < len(self._index.starts):
            self.move(self._index.starts[at] + 1 - self.cursor)

    def action_previous_day(self, count: int = 1) -> None:
        """Move to the first event under this heading or, from there, under the previous one."""
        at = bisect_right(self._index.starts, self.cursor) - 1
        if at >= 0 and self._index.starts[at] + 1 == self.cursor:
            at -= 1
        at = max(0, at - count + 1)
        if self._index.starts:
            self.move(self._index.starts[at] + 1 - self.cursor)
