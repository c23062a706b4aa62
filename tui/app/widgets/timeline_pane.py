"""The timeline: a heading for each day or longer span, and under it a line for each event.

The lines are wrapped, so that each can be read whole. The first row of the pane always shows the
day of what is below it, and where in the whole span that is.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from tui.app.text_layout import lay_out
from tui.app.widgets.row_list import RowList
from tui.app.widgets.text_fit import fit, fit_right, fit_words
from tui.events.model import EventRow, TimelineIndex
from tui.nlp.document import EventStatus
from tui.sparkline import sparkline
from tui.times.date_labels import label
from tui.times.edtf import interval

MARKS: dict[EventStatus, str] = {"happened": "●", "planned": "○", "claimed": "◇"}
UNDATED = "Undated"

Fetch = Callable[[Sequence[int]], dict[int, EventRow]]

# The lines of more events are not wrapped but cut behind a word: all would have to be read first.
_MOST_WRAPPED = 1500
_CHUNK = 500
# The columns beside the words of a line: the bar, the mark, a blank, and one at the right.
_BESIDE = 4
_STRIP = 28
# The length of the EDTF of a single day; the strip counts no longer spans.
_DAY = len("2024-03-25")
_LEAST_STRIP = 6


class Part(NamedTuple):
    """A row of the pane: a heading, or one row of the wrapped line of an event.

    `event` is None for a heading; `first` is whether it is the first row of its line.
    """

    words: str
    event: EventRow | None
    first: bool


class TimelinePane(RowList[Part]):
    """Events in order of time; those of the open article are highlighted."""

    DEFAULT_CSS = """
    TimelinePane {
        & > .timeline--day { color: $muted; text-style: bold; }
        & > .timeline--density { color: $rule; }
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
        "timeline--density",
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
        # The row of the pane at which each row of the index begins; one more for the end.
        self._tops: array[int] = array("q", [0])
        self._wrapped: dict[int, tuple[EventRow, list[str]]] | None = {}
        self._width = 0
        self._density = ""
        self._of_article: frozenset[int] = frozenset()
        self._here: int | None = None

    def show(self, index: TimelineIndex) -> None:
        """Replace the events; the cursor stays on its event, or on the one that is nearest in
        time."""
        here, day = self.event, self.day
        top = self.scroll_offset.y - self.cursor
        self._index = index
        self._lay_out()
        row = self._row_of(here, None) if here is not None else None
        if row is not None:
            self.set_reactive(TimelinePane.cursor, row)
        elif day is not None:
            self.set_reactive(TimelinePane.cursor, self._first_from(day))
        elif self.count() > 1:
            self.set_reactive(TimelinePane.cursor, self._tops[1])
        self.reload()
        if here is not None and self.size.height:
            self.scroll_to(y=max(0, self.cursor + top), animate=False)

    def _lay_out(self) -> None:
        """Wrap the lines at the width of the pane."""
        self._width = self.size.width
        rows = self._index.rows
        events = [number for number in rows if number > 0]
        self._tops = array("q", [0])
        self._wrapped = None
        if len(events) <= _MOST_WRAPPED and self._width > _BESIDE:
            self._wrapped = {}
            for first in range(0, len(events), _CHUNK):
                for number, event in self._fetch(events[first : first + _CHUNK]).items():
                    self._wrapped[number] = (event, self._lines_of(event))
        for number in rows:
            own = self._wrapped.get(number) if self._wrapped is not None else None
            self._tops.append(self._tops[-1] + (len(own[1]) if own is not None else 1))
        ends = [*self._index.starts[1:], len(rows)] if rows else []
        counts = [
            (day, end - start - 1)
            for day, start, end in zip(self._index.days, self._index.starts, ends, strict=True)
            if len(self._index.spans[-rows[start] - 1]) == _DAY
        ]
        self._density = sparkline(counts, _STRIP)

    def _lines_of(self, event: EventRow) -> list[str]:
        words = f"~{event.headline}" if event.inferred else event.headline
        room = self._width - _BESIDE - (len(str(event.accounts)) + 1 if event.accounts > 1 else 0)
        layout = lay_out(words, frozenset(), max(1, room), "\n")
        return [words[s:e] for s, e in zip(layout.starts, layout.ends, strict=True)] or [""]

    def on_resize(self) -> None:
        """Wrap the lines again, and keep the cursor in the window."""
        if self.size.width != self._width:
            number = self._index_of(self.cursor) if self.count() else 0
            self._lay_out()
            self.set_reactive(TimelinePane.cursor, self._tops[min(number, len(self._tops) - 1)])
            self.reload()
        super().on_resize()

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
        self._here = event
        if row is not None:
            self.go_to(row)
        elif when and self.count():
            self.go_to(self._first_from(interval(when).first))

    def select(self, event: int) -> None:
        """Put the cursor on an event, given by row id."""
        row = self._row_of(event, None)
        if row is not None:
            self._here = event
            self.go_to(row)

    def go_to_day(self, day: int) -> bool:
        """Put the cursor on the first event of a day or after it, given as an ordinal.

        Returns whether an event of a date lies there.
        """
        if not self.count():
            return False
        row = self._first_from(day)
        self.go_to(row)
        return self.day is not None and self.day >= day

    def shown_events(self) -> list[int]:
        """The row ids of all events that are shown, in order."""
        return [number for number in self._index.rows if number > 0]

    @property
    def event(self) -> int | None:
        """The row id of the event under the cursor, None on a heading."""
        if self.cursor < self.count():
            number = self._index.rows[self._index_of(self.cursor)]
            return number if number > 0 else None
        return None

    @property
    def day(self) -> int | None:
        """The ordinal of the first day under whose heading the cursor is, None if undated."""
        if not self.count():
            return None
        at = self._heading_at(self._index_of(self.cursor))
        return self._index.days[at] if self._index.spans[at] else None

    def _index_of(self, row: int) -> int:
        """The row of the index that a row of the pane belongs to."""
        return bisect_right(self._tops, row, hi=len(self._index.rows)) - 1

    def _heading_at(self, number: int) -> int:
        """The number of the heading that a row of the index is under."""
        return bisect_right(self._index.starts, number) - 1

    def _first_from(self, day: int) -> int:
        """The row of the first event of a day or after it, or else of the last event."""
        at = bisect_left(self._index.days, day)
        if at < len(self._index.starts):
            return self._tops[self._index.starts[at] + 1]
        return self._tops[len(self._index.rows) - 1] if len(self._index.rows) else 0

    def _row_of(self, event: int, when: str | None) -> int | None:
        """The row of an event in the pane, searched under its date first; None if absent."""
        starts, rows = self._index.starts, self._index.rows
        if when:
            day = interval(when).first
            first = bisect_left(self._index.days, day)
            last = bisect_right(self._index.days, day)
            begin = starts[first] if first < len(starts) else 0
            end = starts[last] if last < len(starts) else len(rows)
            try:
                return self._tops[rows.index(event, begin, end)]
            except ValueError:
                pass
        try:
            return self._tops[rows.index(event)]
        except ValueError:
            return None

    def count(self) -> int:
        """The number of rows, headings included."""
        return self._tops[-1]

    def event_count(self) -> int:
        """The number of events that are shown."""
        return len(self._index.rows) - len(self._index.spans)

    @property
    def total(self) -> int:
        """The number of events that could be shown."""
        return self._index.total

    def extent(self, number: int) -> tuple[int, int]:
        """The first row of the line that a row belongs to, and the number of its rows."""
        at = self._index_of(number)
        return self._tops[at], self._tops[at + 1] - self._tops[at]

    def rests(self, number: int) -> bool:
        """Whether a row is the first of an event; the cursor skips the others and headings."""
        at = self._index_of(number)
        return self._index.rows[at] > 0 and self._tops[at] == number

    def fetch(self, first: int, last: int) -> Sequence[Part | None]:
        """The rows from `first` up to, not including, `last`."""
        begin, end = self._index_of(first), self._index_of(max(first, last - 1)) + 1
        numbers = self._index.rows[begin:end].tolist() if last > first else []
        found = self._fetch([n for n in numbers if n > 0]) if self._wrapped is None else {}
        parts: list[Part | None] = []
        for number in numbers:
            parts += self._parts(number, found)
        skipped = first - self._tops[begin]
        return parts[skipped : skipped + last - first]

    def _parts(self, number: int, found: dict[int, EventRow]) -> Sequence[Part | None]:
        if number < 0:
            span = self._index.spans[-number - 1]
            return [Part(label(span, weekday=True) if span else UNDATED, None, True)]
        if self._wrapped is None:
            event = found.get(number)
            if event is None:
                return [None]
            return [Part(f"~{event.headline}" if event.inferred else event.headline, event, True)]
        known = self._wrapped.get(number)
        if known is None:
            return [None]
        return [Part(words, known[0], not n) for n, words in enumerate(known[1])]

    def render_line(self, y: int) -> Strip:
        """One row of the window; the first one is the heading of what is below it."""
        if y or not self.count():
            return super().render_line(y)
        top = min(self.scroll_offset.y, self.count() - 1)
        return self._head(self._heading_at(self._index_of(top)))

    def _head(self, heading: int) -> Strip:
        width = self.size.width
        base = self.style_of("timeline--day")
        span = self._index.spans[heading]
        words = f" {label(span, weekday=True) if span else UNDATED}"
        room = width - cell_len(words) - 2
        strip = self._density if len(self._density) <= room else ""
        if len(strip) < _LEAST_STRIP:
            return Strip([Segment(fit(words, width), self._base + base)], width)
        at = self._place(len(strip))
        quiet, here = self.style_of("timeline--density"), self.style_of("timeline--here")
        parts = [
            (fit(words, width - len(strip) - 1), base),
            (strip[:at], quiet),
            (strip[at : at + 1] if strip[at : at + 1].strip() else "▁"[: at < len(strip)], here),
            (strip[at + 1 :], quiet),
            (" ", quiet),
        ]
        return Strip([Segment(text, self._base + style) for text, style in parts], width)

    def _place(self, size: int) -> int:
        """Where in the density strip the cursor is."""
        spans = zip(self._index.days, self._index.spans, strict=True)
        days = [day for day, span in spans if len(span) == _DAY]
        day = self.day
        if day is None or not days or not days[0] <= day <= days[-1]:
            return size
        return (day - days[0]) * size // (days[-1] - days[0] + 1)

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the rows that the cursor has left and entered, and the first one."""
        super().watch_cursor(old, new)
        self.refresh_lines(self.scroll_offset.y, 1)

    def draw(self, row: Part, number: int, line: int, width: int) -> list[Segment]:
        """A heading, or a row of an event; its first has the status and the number of accounts."""
        event = row.event
        if event is None:
            return [Segment(fit(f" {row.words}", width), self.style_of("timeline--day"))]
        own = event.row_id in self._of_article
        words = self.style_of("timeline--own" if own else "timeline--other")
        counted = f"{event.accounts}" if event.accounts > 1 else ""
        beside = len(counted) + 1 if counted else 0
        room = width - _BESIDE - beside
        fitted = fit(row.words, room) if self._wrapped is not None else fit_words(row.words, room)
        mark = MARKS[event.status] if row.first else " "
        return [
            Segment("▎" if own else " ", self.style_of("timeline--here")),
            Segment(mark, self.style_of(f"timeline--{event.status}")),
            Segment(" "),
            Segment(fitted, words),
            Segment(fit_right(counted if row.first else "", beside), self.style_of("row--accent")),
            Segment(" "),
        ]

    def action_next_day(self, count: int = 1) -> None:
        """Move to the first event under the next heading."""
        at = bisect_right(self._index.starts, self._index_of(self.cursor)) + count - 1
        if at < len(self._index.starts):
            self.move(self._tops[self._index.starts[at] + 1] - self.cursor)

    def action_previous_day(self, count: int = 1) -> None:
        """Move to the first event under this heading or, from there, under the previous one."""
        number = self._index_of(self.cursor)
        at = bisect_right(self._index.starts, number) - 1
        if at >= 0 and self._index.starts[at] + 1 == number:
            at -= 1
        at = max(0, at - count + 1)
        if self._index.starts:
            self.move(self._tops[self._index.starts[at] + 1] - self.cursor)
