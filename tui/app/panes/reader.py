"""The page: an article set to a comfortable measure, its names, times and events marked."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

from rich.cells import split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.app.actions import bindings
from tui.app.panes.layout import HEADING, Layout, lay_out
from tui.app.panes.timeline import MARKS
from tui.app.scrolling import set_length
from tui.app.text_fit import fit
from tui.edtf import label
from tui.model import Analysis, Article, EventMention, Mention, TimeExpression

MEASURE = 72
_GUTTER = 3
_KIND_STYLES = {
    "PER": "reader--person",
    "ORG": "reader--organisation",
    "LOC": "reader--place",
    "NORP": "reader--group",
}

Mark = Mention | TimeExpression | EventMention


@dataclass(frozen=True, slots=True)
class Page:
    """What the reader shows: an article with its analysis, or (`raw`) its text as it came."""

    article: Article
    analysis: Analysis = field(default_factory=Analysis)
    pending: bool = False
    absent: bool = False
    raw: str | None = None

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self.article.text if self.raw is None else self.raw


class Reader(ScrollView, can_focus=True, inherit_bindings=False):
    """A page with a point in it: the mark that the reader is at, else where the reading is.

    Everything is found by offset into the text, so that the place survives a resize.
    """

    DEFAULT_CSS = """
    Reader {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-color: $rule;
        scrollbar-color-hover: $muted;
        scrollbar-color-active: $muted;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        background: $background;
        color: $foreground;
        & > .reader--title { color: $foreground; text-style: bold; }
        & > .reader--meta { color: $muted; }
        & > .reader--heading { color: $foreground; text-style: bold; }
        & > .reader--person { color: $person; }
        & > .reader--organisation { color: $organisation; }
        & > .reader--place { color: $place; }
        & > .reader--group { color: $group; }
        & > .reader--time { color: $time; text-style: italic; }
        & > .reader--trigger { text-style: underline; }
        & > .reader--clause { background: $clause; }
        & > .reader--margin { color: $muted; }
        & > .reader--current { text-style: reverse; }
        & > .reader--selected { background: $cursor; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--title",
        "reader--meta",
        "reader--heading",
        "reader--person",
        "reader--organisation",
        "reader--place",
        "reader--group",
        "reader--time",
        "reader--trigger",
        "reader--clause",
        "reader--margin",
        "reader--current",
        "reader--selected",
    }
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("rows", "page")]

    @dataclass
    class Moved(Message):
        """The point moved: by a key, a click, or because its place was scrolled away."""

        reader: Reader
        point: int

        @property
        def control(self) -> Reader:
            """The page."""
            return self.reader

        def can_replace(self, message: Message) -> bool:
            """A held key leaves only the last move to be handled."""
            return isinstance(message, Reader.Moved)

    def __init__(self) -> None:
        super().__init__(id="reader")
        self._page: Page | None = None
        self._empty = ""
        self._head: list[tuple[str, str]] = []
        self._layout = Layout()
        self._point = 0
        self._marks: list[Mention | TimeExpression] = []
        self._mark_starts: array[int] = array("q")
        self._events: Sequence[EventMention] = ()
        self._event_starts: array[int] = array("q")
        self._styles: dict[str, Style] = {}
        self._base = Style()
        self._measure = MEASURE
        self._quiet = False
        self._resizing = False
        self._laid_out_for = Size(0, 0)
        # The first offset in the window as the reader scrolled it: widths come and go, it stays.
        self._anchor = 0

    # The page

    @property
    def page(self) -> Page | None:
        """What is shown."""
        return self._page

    @property
    def point(self) -> int:
        """The offset that the reader is at."""
        return self._point

    @property
    def top(self) -> int:
        """The offset of the first text in the window."""
        row = self.scroll_offset.y - len(self._head)
        return self._layout.starts[row] if 0 < row < len(self._layout) else 0

    def show(self, page: Page, point: int = 0, *, keep_scroll: bool = False) -> None:
        """Show a page, the point in its upper third; `keep_scroll` leaves the window as it is."""
        same = keep_scroll and self._page is not None and self._page.text == page.text
        self._page = page
        marks: list[Mention | TimeExpression] = []
        if page.raw is None:
            taken = [(m.start, m.end) for m in page.analysis.mentions]
            starts = [start for start, _ in taken]
            marks.extend(page.analysis.mentions)
            marks.extend(t for t in page.analysis.times if not _overlaps(taken, starts, t))
            marks.sort(key=lambda mark: mark.start)
        self._marks = marks
        self._mark_starts = array("q", [mark.start for mark in marks])
        self._events = page.analysis.events if page.raw is None else ()
        self._event_starts = array("q", [event.start for event in self._events])
        self._point = max(0, min(point, len(page.text)))
        if same:
            self.refresh()
            return
        self._lay_out()
        self._quiet = True
        self._scroll_to_point(always=True)
        self._quiet = False
        self.refresh()

    def show_nothing(self, words: str) -> None:
        """Show a sentence instead of a page."""
        self._page = None
        self._empty = words
        self._marks, self._events = [], ()
        self._mark_starts = self._event_starts = array("q")
        self._lay_out()
        self.refresh()

    def event_at_point(self) -> EventMention | None:
        """The event mention at the point, else the last one before it."""
        at = bisect_right(self._event_starts, self._point) - 1
        return self._events[at] if at >= 0 else None

    def mention_at_point(self) -> Mention | None:
        """The name at the point, else the first one after it."""
        at = bisect_left(self._mark_starts, self._point)
        for mark in self._marks[at:] + self._marks[:at]:
            if isinstance(mark, Mention):
                return mark
        return None

    def next_of(self, entity: str, offset: int, step: int) -> int | None:
        """Where the page names an entity next (`step` 1) or last (-1), seen from an offset."""
        if step > 0:
            order = range(bisect_right(self._mark_starts, offset), len(self._marks))
        else:
            order = range(bisect_left(self._mark_starts, offset) - 1, -1, -1)
        for at in order:
            mark = self._marks[at]
            if isinstance(mark, Mention) and mark.entity == entity:
                return mark.start
        return None

    def mark_at_point(self) -> Mark | None:
        """The name, time or event that begins exactly at the point."""
        at = bisect_left(self._mark_starts, self._point)
        if at < len(self._marks) and self._marks[at].start == self._point:
            return self._marks[at]
        return self._clause_at_point()

    def paragraph_at_point(self) -> str:
        """The paragraph around the point."""
        if self._page is None:
            return ""
        text = self._page.text
        start = text.rfind("\n\n", 0, self._point)
        end = text.find("\n\n", self._point)
        return text[start + 2 if start >= 0 else 0 : end if end >= 0 else len(text)]

    def go_to(self, offset: int, *, tell: bool = False) -> None:
        """Put the point at an offset and show it."""
        old, clause = self._point, self._clause_at_point()
        self._point = offset
        same = clause == self._clause_at_point()
        self._refresh_around(old, clause=not same)
        self._refresh_around(offset, clause=not same)
        self._quiet = True
        self._scroll_to_point()
        self._quiet = False
        if tell:
            self.post_message(self.Moved(self, offset))

    def step_event(self, step: int) -> bool:
        """Put the point on the next or last event mention; whether there is one."""
        if step > 0:
            at = bisect_right(self._event_starts, self._point)
        else:
            at = bisect_left(self._event_starts, self._point) - 1
        if not 0 <= at < len(self._events):
            return False
        self.go_to(self._events[at].start, tell=True)
        return True

    def action_next_mark(self) -> None:
        """To the next name, time or event."""
        self._step_mark(1)

    def action_last_mark(self) -> None:
        """To the last name, time or event."""
        self._step_mark(-1)

    def _step_mark(self, step: int) -> None:
        found: list[int] = []
        for starts in (self._mark_starts, self._event_starts):
            at = (
                bisect_right(starts, self._point)
                if step > 0
                else bisect_left(starts, self._point) - 1
            )
            if 0 <= at < len(starts):
                found.append(starts[at])
        if found:
            self.go_to(min(found) if step > 0 else max(found), tell=True)

    # Layout

    @property
    def _width(self) -> int:
        return max(1, min(self._measure, self.size.width - _GUTTER - 2))

    @property
    def _left(self) -> int:
        """Cells before the text: the margin with the marks of events is the last of them."""
        return max(min(_GUTTER, self.size.width - 1), (self.size.width - self._width) // 2)

    def _lay_out(self) -> None:
        page = self._page
        width = self._width
        self._laid_out_for = self.size
        if page is None:
            self._head = [("", "")] * max(0, self.size.height // 3) + [
                (line, "reader--meta") for line in _lines(self._empty, width)
            ]
            self._layout = Layout()
        else:
            title = [(line, "reader--title") for line in _lines(page.article.title, width)]
            # One line whatever it says: the page must not shift when its analysis comes in.
            meta = (fit(_meta(page), width), "reader--meta")
            self._head = [("", ""), *title, meta, ("", "")]
            headings = frozenset(page.article.headings if page.raw is None else ())
            separator = "\n\n" if page.raw is None else "\n"
            self._layout = lay_out(page.text, headings, width, separator)
        set_length(self, len(self._head) + len(self._layout) + 1)

    def on_resize(self) -> None:
        """Break the text anew; the same words stay at the top."""
        anchor = self._anchor
        at_start = self.scroll_offset.y == 0
        self._quiet = self._resizing = True
        self._lay_out()
        if at_start:
            self._scroll_to_point()
        else:
            self.scroll_to(y=self._row(anchor), animate=False)
            if not 0 <= self._row(self._point) - self.scroll_offset.y < self.size.height:
                self._scroll_to_point()
        self._quiet = self._resizing = False
        self.refresh()

    def _row(self, offset: int) -> int:
        return len(self._head) + self._layout.row_of(offset) if len(self._layout) else 0

    def _scroll_to_point(self, always: bool = False) -> None:
        height = self.size.height
        if not height:
            return
        row = self._row(self._point)
        top = self.scroll_offset.y
        if self._point == 0:
            target = 0
        elif always or not top + 1 <= row < top + height - 2:
            target = max(0, row - height // 3)
        else:
            return
        self.scroll_to(y=target, animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Take the point along when it is scrolled out of the window."""
        super().watch_scroll_y(old_value, new_value)
        # A new size clamps the scrolling before the text is set anew: that is not the reader's.
        if self.size == self._laid_out_for and not self._resizing:
            self._anchor = self.top
        if self._quiet or self._page is None or not len(self._layout):
            return
        height = self.size.height
        first = max(0, round(new_value) - len(self._head))
        last = min(len(self._layout) - 1, round(new_value) - len(self._head) + height - 1)
        if last < first or first <= self._layout.row_of(self._point) <= last:
            return
        begin, end = self._layout.starts[first], self._layout.ends[last]
        point = begin
        at = bisect_left(self._event_starts, begin)
        if at < len(self._events) and self._event_starts[at] < end:
            point = self._event_starts[at]
        self._point = point
        self.refresh()
        self.post_message(self.Moved(self, point))

    def _clause_at_point(self) -> EventMention | None:
        """The event mention whose clause the point is in."""
        event = self.event_at_point()
        return event if event is not None and self._point < event.end else None

    def _refresh_around(self, offset: int, clause: bool) -> None:
        """Draw again what looks different with the point at an offset: a mark, maybe a clause."""
        at = bisect_right(self._event_starts, offset) - 1
        spans = [(offset, offset)]
        if clause and at >= 0 and offset < self._events[at].end:
            spans.append((self._events[at].start, self._events[at].end))
        mark = bisect_right(self._mark_starts, offset) - 1
        if mark >= 0 and offset < self._marks[mark].end:
            spans.append((self._marks[mark].start, self._marks[mark].end))
        rows: set[int] = set()
        for start, end in spans:
            rows.update(range(self._row(start), self._row(max(start, end - 1)) + 1))
        top = self.scroll_offset.y
        for row in rows:
            self.refresh(Region(0, row - top, self.size.width, 1))

    # Drawing

    def style_of(self, name: str) -> Style:
        """The style of a component class, worked out once."""
        style = self._styles.get(name)
        if style is None:
            style = self.get_component_rich_style(name, partial=True)
            self._styles[name] = style
        return style

    def notify_style_update(self) -> None:
        """Forget the styles: the theme changed."""
        self._styles.clear()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the window."""
        # It walks all ancestors: once a frame is enough.
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        width = self.size.width
        base = self._base
        row = y + self.scroll_offset.y
        left = self._left
        if row < len(self._head):
            words, name = self._head[row]
            style = base + self.style_of(name) if name else base
            return Strip([Segment(" " * left, base), Segment(words, style)]).adjust_cell_length(
                width, base
            )
        number = row - len(self._head)
        if self._page is None or number >= len(self._layout):
            return Strip.blank(width, base)
        start, end = self._layout.starts[number], self._layout.ends[number]
        heading = self._layout.kinds[number] == HEADING
        text_style = base + self.style_of("reader--heading") if heading else base
        margin = Strip(self._margin(start, end, left, base))
        # Every row lies on line 0 of the selection: its column is the offset in the text.
        body = Strip(self._segments(start, end, text_style)).apply_offsets(start, 0)
        return Strip.join([margin, body]).adjust_cell_length(width, base)

    def _margin(self, start: int, end: int, left: int, base: Style) -> list[Segment]:
        """The cells before the text, with the mark of an event that begins in the row."""
        if left < _GUTTER or not self._events or start == end:
            return [Segment(" " * left, base)]
        at = bisect_left(self._event_starts, start)
        sign = " "
        if at < len(self._events) and self._event_starts[at] < end:
            sign = MARKS[self._events[at].status]
        return [Segment(" " * (left - 2) + sign + " ", base + self.style_of("reader--margin"))]

    def _segments(self, start: int, end: int, base: Style) -> list[Segment]:
        """A span of the text in the styles of all that lies on it."""
        page = self._page
        if page is None or start == end:
            return []
        layers = list(self._layers(start, end))
        if not layers:
            return [Segment(page.text[start:end], base)]
        cuts = {start, end}
        for begin, stop, _ in layers:
            cuts.add(max(begin, start))
            cuts.add(min(stop, end))
        segments: list[Segment] = []
        for begin, stop in pairwise(sorted(cuts)):
            style = base
            for first, last, layer in layers:
                if first <= begin and stop <= last:
                    style += layer
            segments.append(Segment(page.text[begin:stop], style))
        return segments

    def _layers(self, start: int, end: int) -> list[tuple[int, int, Style]]:
        """What lies on a span, from below: clause, trigger, marks, the point, the selection."""
        found: list[tuple[int, int, Style]] = []
        current = self._clause_at_point()
        if current is not None and current.start < end and start < current.end:
            found.append((current.start, current.end, self.style_of("reader--clause")))
        at = max(0, bisect_left(self._event_starts, start) - 1)
        while at < len(self._events) and self._event_starts[at] < end:
            first, last = self._events[at].trigger
            if first < end and start < last:
                found.append((first, last, self.style_of("reader--trigger")))
            at += 1
        at = max(0, bisect_left(self._mark_starts, start) - 1)
        while at < len(self._marks) and self._mark_starts[at] < end:
            mark = self._marks[at]
            at += 1
            if mark.end <= start:
                continue
            name = _KIND_STYLES[mark.kind] if isinstance(mark, Mention) else "reader--time"
            found.append((mark.start, mark.end, self.style_of(name)))
            if mark.start == self._point:
                found.append((mark.start, mark.end, self.style_of("reader--current")))
        selected = self._selected()
        if selected is not None:
            found.append((*selected, self.style_of("reader--selected")))
        return found

    # Mouse

    def _selected(self) -> tuple[int, int] | None:
        selection = self.text_selection
        if selection is None or self._page is None:
            return None
        span = selection.get_span(0)
        if span is None:
            return None
        first, last = span
        return first, len(self._page.text) if last < 0 else last

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, without the breaks of the rows."""
        span = self._selected()
        if span is None or self._page is None:
            return None
        return self._page.text[span[0] : span[1]], "\n"

    def text_select_all(self) -> None:
        """A double click selects nothing: it is a click on a mark, done twice."""

    def on_click(self, event: events.Click) -> None:
        """A click puts the point on the mark or the event under it."""
        where = event.get_content_offset(self)
        if where is None or self._selected() is not None:
            return
        offset = self._offset_at(where.x, where.y + self.scroll_offset.y)
        if offset is None:
            return
        at = bisect_right(self._mark_starts, offset) - 1
        if at >= 0 and offset < self._marks[at].end:
            offset = self._marks[at].start
        else:
            at = bisect_right(self._event_starts, offset) - 1
            if at >= 0 and offset < self._events[at].end:
                offset = self._events[at].start
        self.go_to(offset, tell=True)

    def _offset_at(self, x: int, row: int) -> int | None:
        """The offset of the character in a cell, None outside of the text."""
        number = row - len(self._head)
        if self._page is None or not 0 <= number < len(self._layout):
            return None
        start, end = self._layout.starts[number], self._layout.ends[number]
        cell = x - self._left
        if cell < 0:
            return start
        used = 0
        for begin, _, cells in split_graphemes(self._page.text[start:end])[0]:
            used += cells
            if cell < used:
                return start + begin
        return None

    # Keys that move the window

    def _by(self, rows: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False)

    def action_down(self) -> None:
        """One line down."""
        self._by(1)

    def action_up(self) -> None:
        """One line up."""
        self._by(-1)

    def action_half_down(self) -> None:
        """Half a window down."""
        self._by(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        """Half a window up."""
        self._by(-max(1, self.size.height // 2))

    def action_page_down(self) -> None:
        """A window down."""
        self._by(max(1, self.size.height - 2))

    def action_page_up(self) -> None:
        """A window up."""
        self._by(-max(1, self.size.height - 2))

    def action_top(self) -> None:
        """To the beginning."""
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """To the end."""
        self.scroll_to(y=self.virtual_size.height, animate=False)


def _overlaps(taken: list[tuple[int, int]], starts: list[int], mark: TimeExpression) -> bool:
    at = bisect_right(starts, mark.start) - 1
    return (at >= 0 and taken[at][1] > mark.start) or (
        at + 1 < len(taken) and taken[at + 1][0] < mark.end
    )


def _lines(words: str, width: int) -> list[str]:
    rows = lay_out(words, frozenset(), width, "\n")
    return [words[s:e] for s, e in zip(rows.starts, rows.ends, strict=True)]


def _meta(page: Page) -> str:
    """The line under the title: date, how it is known, and where the article comes from."""
    article = page.article
    said = {"inferred": "inferred", "corrected": "corrected"}.get(article.date_origin, "")
    parts = [label(article.date, weekday=True) + (f" ({said})" if said else "")]
    if article.source:
        parts.append(article.source + (f":{article.record}" if article.record else ""))
    if page.absent:
        parts.append("absent: its file is gone")
    if page.raw is not None:
        parts.append("raw text")
    elif page.pending:
        parts.append("being analysed…")
    return " · ".join(parts)
