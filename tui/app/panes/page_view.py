"""How a page looks: its text set to a measure, and drawn with all that is marked and kept on it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.app.panes import scroll_marks
from tui.app.panes.layout import HEADING, TEXT, Layout, lay_out, spaced
from tui.app.panes.motions import Ground
from tui.app.panes.page import Page, Spans, marks_of
from tui.app.panes.selecting import Selecting
from tui.app.panes.timeline import MARKS
from tui.app.scrolling import set_length
from tui.app.text_fit import fit
from tui.config import MARKS as ALL_MARKS
from tui.model import EventMention, Mention, Passage, TimeExpression

MEASURE = 72
KEPT, NOTED, HERE = "▎", "▌", "›"
_GUTTER = 3
_KIND_STYLES = {
    "PER": "reader--person",
    "ORG": "reader--organisation",
    "LOC": "reader--place",
    "NORP": "reader--group",
}
# A row with less than this part of its cells filled is not stretched to them.
_FULL = 0.6


class PageView(ScrollView, can_focus=True, inherit_bindings=False):
    """A page with a point in it, and a window that moves over it.

    Everything is found by offset into the text, so that the place survives a resize.

    Args:
        shown: what is marked: names, times, events, passages.
    """

    DEFAULT_CSS = """
    PageView {
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
        & > .reader--person { color: $person; text-style: $person-style; }
        & > .reader--organisation { color: $organisation; text-style: $organisation-style; }
        & > .reader--place { color: $place; text-style: $place-style; }
        & > .reader--group { color: $group; text-style: $group-style; }
        & > .reader--time { color: $time; text-style: $time-style; }
        & > .reader--trigger { text-style: $event-style; }
        & > .reader--clause { background: $clause; }
        & > .reader--margin { color: $muted; }
        & > .reader--kept { background: $kept; text-style: $kept-style; }
        & > .reader--kept-bar { color: $kept-bar; }
        & > .reader--current { text-style: reverse; }
        & > .reader--selected { color: $selected-text; background: $selected; text-style: $selected-style; }
        & > .reader--match { color: $match-text; background: $match; text-style: $match-style; }
        & > .reader--match-here { color: $match-here-text; background: $match-here; text-style: $match-here-style; }
    }
    """  # noqa: E501
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
        "reader--kept",
        "reader--kept-bar",
        "reader--current",
        "reader--selected",
        "reader--match",
        "reader--match-here",
    }

    @dataclass
    class Moved(Message):
        """The point moved: by a key, a click, or because its place was scrolled away."""

        reader: PageView
        point: int

        @property
        def control(self) -> PageView:
            """The page."""
            return self.reader

        def can_replace(self, message: Message) -> bool:
            """A held key leaves only the last move to be handled."""
            return isinstance(message, PageView.Moved)

    @dataclass
    class Selected(Message):
        """The selection changed, by a key or the mouse; there may be none now."""

        reader: PageView

        @property
        def control(self) -> PageView:
            """The page."""
            return self.reader

        def can_replace(self, message: Message) -> bool:
            """Only what is selected now counts."""
            return isinstance(message, PageView.Selected)

    def __init__(self, shown: Sequence[str] = ALL_MARKS) -> None:
        super().__init__(id="reader")
        self._shown = shown
        self._page: Page | None = None
        self._empty = ""
        self._head: list[tuple[str, str]] = []
        self._layout = Layout()
        self._point = 0
        self._marks: list[Mention | TimeExpression] = []
        self._mark_spans = Spans()
        self._events: Sequence[EventMention] = ()
        self._event_spans = Spans()
        self._passages: Sequence[Passage] = ()
        self._passage_spans = Spans()
        self._matches = Spans()
        self._match: int | None = None
        self._selecting: Selecting | None = None
        self._styles: dict[str, Style] = {}
        self._base = Style()
        self.measure = MEASURE
        self.spacing = 1
        self.justified = False
        self._marked_bar = False
        self._quiet = False
        self._resizing = False
        self._laid_out_for = Size(0, 0)
        # The first offset in the window as the reader scrolled it: widths come and go, it stays.
        self._anchor = 0

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

    @property
    def selecting(self) -> bool:
        """Whether something is selected."""
        return self._selecting is not None

    @property
    def selected(self) -> tuple[int, int] | None:
        """The selected span of the text."""
        return self._selecting.span(self._ground()) if self._selecting is not None else None

    def _ground(self) -> Ground:
        text = self._page.text if self._page is not None else ""
        return Ground(text, self._layout, max(1, self.size.height // 2))

    def event_at_point(self) -> EventMention | None:
        """The event mention at the point, else the last one before it."""
        at = bisect_right(self._event_spans.starts, self._point) - 1
        return self._events[at] if at >= 0 else None

    def _clause_at_point(self) -> EventMention | None:
        """The event mention whose clause the point is in."""
        event = self.event_at_point()
        return event if event is not None and self._point < event.end else None

    # The page

    def show(
        self, page: Page, point: int = 0, *, top: int | None = None, keep_scroll: bool = False
    ) -> None:
        """Show a page, the point in its upper third.

        `top` puts an offset at the top of the window instead; `keep_scroll` leaves the window as
        it is.
        """
        same = self._page is not None and self._page.text == page.text
        self._page = page
        self._marks = marks_of(page, self._shown)
        self._mark_spans = Spans([(mark.start, mark.end) for mark in self._marks])
        events_shown = page.raw is None and "events" in self._shown
        self._events = page.analysis.events if events_shown else ()
        self._event_spans = Spans([(event.start, event.end) for event in self._events])
        kept = page.passages if page.raw is None and "passages" in self._shown else ()
        self._passages = [passage for passage in kept if passage.anchor.attached]
        self._passage_spans = Spans([(p.anchor.start, p.anchor.end) for p in self._passages])
        self._point = max(0, min(point, len(page.text)))
        if same and keep_scroll:
            self._mark_scrollbar()
            self._set_head()
            self.refresh()
            return
        self._matches, self._match = Spans(), None
        self._drop_selection()
        # A shorter text is scrolled less: that must not take the point along.
        self._quiet = True
        self._lay_out()
        self._mark_scrollbar()
        if top is not None:
            self.scroll_to(y=self._row(top) if top else 0, animate=False)
        else:
            self._scroll_to_point(always=True)
        self._quiet = False
        self.refresh()

    def show_nothing(self, words: str) -> None:
        """Show a sentence instead of a page."""
        self._page = None
        self._empty = words
        self._marks, self._events, self._passages = [], (), ()
        self._mark_spans = self._event_spans = self._passage_spans = self._matches = Spans()
        self._drop_selection()
        self._lay_out()
        self.refresh()

    def _drop_selection(self) -> None:
        """Forget a selection with the text that it was in."""
        if self._selecting is not None:
            self._selecting = None
            self.screen.selections = {}
            self.post_message(self.Selected(self))

    def rows_of(self, start: int, end: int) -> tuple[int, int]:
        """The rows of the screen that show a span, those of its first and last character."""
        shift = self.content_region.y - self.scroll_offset.y
        return self._row(start) + shift, self._row(max(start, end - 1)) + shift

    # Layout

    @property
    def _width(self) -> int:
        return max(1, min(self.measure, self.size.width - _GUTTER - 2))

    @property
    def _left(self) -> int:
        """Cells before the text: the margin with the marks of events is the last of them."""
        return max(min(_GUTTER, self.size.width - 1), (self.size.width - self._width) // 2)

    def _lay_out(self) -> None:
        page = self._page
        width = self._width
        self._laid_out_for = self.size
        self._set_head()
        if page is None:
            self._layout = Layout()
        else:
            headings = frozenset(page.article.headings if page.raw is None else ())
            separator = "\n\n" if page.raw is None else "\n"
            layout = lay_out(page.text, headings, width, separator)
            self._layout = spaced(layout, self.spacing)
        set_length(self, len(self._head) + len(self._layout) + 1)

    def _set_head(self) -> None:
        page, width = self._page, self._width
        if page is None:
            self._head = [("", "")] * max(0, self.size.height // 3) + [
                (line, "reader--meta") for line in _lines(self._empty, width)
            ]
            return
        title = [(line, "reader--title") for line in _lines(page.article.title, width)]
        # One line whatever it says: the page must not shift when its analysis comes in.
        self._head = [("", ""), *title, (fit(page.meta(), width), "reader--meta"), ("", "")]

    def set_type(self, measure: int, spacing: int, justified: bool) -> None:
        """Set the text to another measure (cells), spacing (rows) or edge; its top stays."""
        if (measure, spacing, justified) != (self.measure, self.spacing, self.justified):
            self.measure, self.spacing, self.justified = measure, spacing, justified
            if self.is_mounted:
                self.on_resize()

    def on_resize(self) -> None:
        """Break the text anew; the same words stay at the top."""
        anchor = self._anchor
        at_start = self.scroll_offset.y == 0
        self._quiet = self._resizing = True
        self._lay_out()
        self._mark_scrollbar()
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

    def _offset_at(self, x: int, row: int) -> int | None:
        """The offset of the character in a cell, None outside of the text."""
        number = row - len(self._head)
        if self._page is None or not 0 <= number < len(self._layout):
            return None
        start, end = self._layout.starts[number], self._layout.ends[number]
        cell = x - self._left
        if cell < 0:
            return start
        gaps = self._gaps(number) if self.justified else {}
        used = 0
        for begin, _, cells in split_graphemes(self._page.text[start:end])[0]:
            used += cells + gaps.get(start + begin, 0)
            if cell < used:
                return start + begin
        return None

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
        if self._quiet or self._page is None or not len(self._layout) or self.selecting:
            return
        height = self.size.height
        first = max(0, round(new_value) - len(self._head))
        last = min(len(self._layout) - 1, round(new_value) - len(self._head) + height - 1)
        if last < first or first <= self._layout.row_of(self._point) <= last:
            return
        begin, end = self._layout.starts[first], self._layout.ends[last]
        point = begin
        at = self._event_spans.next_start(begin - 1, 1)
        if at is not None and self._event_spans.starts[at] < end:
            point = self._event_spans.starts[at]
        self._point = point
        self.refresh()
        self.post_message(self.Moved(self, point))

    def _mark_scrollbar(self) -> None:
        """Show on the scrollbar where the matches are, else where something is kept."""
        if not (len(self._matches) or len(self._passage_spans) or self._marked_bar):
            return
        self._marked_bar = bool(len(self._matches) or len(self._passage_spans))
        whole = max(1, len(self._head) + len(self._layout) + 1)
        spans = self._matches if len(self._matches) else self._passage_spans
        rows = {self._row(start) for start in spans.starts} if len(self._layout) else set()
        name = "reader--match-here" if len(self._matches) else "reader--kept-bar"
        style = self.style_of(name)
        color = style.bgcolor if len(self._matches) and style.bgcolor else style.color
        bar = self.vertical_scrollbar
        bar.renderer = scroll_marks.renderer(sorted(row / whole for row in rows), color)  # type: ignore[misc]
        bar.refresh()

    def _refresh_rows(self, start: int, end: int) -> None:
        top = self.scroll_offset.y
        first, last = self._row(start) - top, self._row(end) - top
        first, last = max(0, first), min(last, self.size.height - 1)
        if first <= last:
            self.refresh(Region(0, first, self.size.width, last - first + 1))

    # Drawing

    def style_of(self, name: str) -> Style:
        """The style of a component class, worked out once."""
        style = self._styles.get(name)
        if style is None:
            style = self.get_component_rich_style(name, partial=True)
            self._styles[name] = style
        return style

    def on_focus(self) -> None:
        """Where the reader is, is shown with the focus."""
        self._refresh_rows(self._point, self._point)

    def on_blur(self) -> None:
        """Where the reader is, is not shown without the focus."""
        self._refresh_rows(self._point, self._point)

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
        gaps = self._gaps(number) if self.justified else {}
        if gaps:
            body = Strip(list(self._stretched(self._segments(number, text_style), start, gaps)))
        else:
            body = Strip(self._segments(number, text_style)).apply_offsets(start, 0)
        return Strip.join([margin, body]).adjust_cell_length(width, base)

    def _margin(self, start: int, end: int, left: int, base: Style) -> list[Segment]:
        """The cells before the text: where the reader is, the mark of an event that begins in the
        row, and the bar of what is kept."""
        if left < _GUTTER or start == end:
            return [Segment(" " * left, base)]
        at = self._event_spans.next_start(start - 1, 1)
        sign = " "
        if at is not None and self._event_spans.starts[at] < end:
            sign = MARKS[self._events[at].status]
        here = HERE if self.has_focus and start <= self._point <= end else " "
        margin = Segment(" " * (left - 3) + here + sign, base + self.style_of("reader--margin"))
        kept = [self._passages[at].bookmark for at in self._passage_spans.within(start, end)]
        if not kept:
            return [margin, Segment(" ", base)]
        bar = NOTED if any(bookmark.note for bookmark in kept) else KEPT
        return [margin, Segment(bar, base + self.style_of("reader--kept-bar"))]

    def _segments(self, number: int, base: Style) -> list[Segment]:
        """A row of the text in the styles of all that lies on it."""
        page = self._page
        start, end = self._layout.starts[number], self._layout.ends[number]
        if page is None or start == end:
            return []
        layers = [
            layer for layer in self._layers(start, end) if layer[0] < end and start < layer[1]
        ]
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

    @staticmethod
    def _stretched(
        segments: Sequence[Segment], start: int, gaps: dict[int, int]
    ) -> Iterator[Segment]:
        """Segments with their blanks widened, each piece with its offset for the mouse."""
        at = start
        for words, style, _ in segments:
            for piece in re.findall(r"[^ ]+ ?| ", words):
                place = Style.from_meta({"offset": (at, 0)})
                yield Segment(piece, style + place if style else place)
                at += len(piece)
                if more := gaps.get(at - 1, 0):
                    blank = Style.from_meta({"offset": (at - 1, 0)})
                    yield Segment(" " * more, style + blank if style else blank)

    def _gaps(self, number: int) -> dict[int, int]:
        """How many blanks more each blank of a row gets so that it fills the measure."""
        page, layout = self._page, self._layout
        start, end = layout.starts[number], layout.ends[number]
        if page is None or layout.kinds[number] != TEXT or page.text[end : end + 1] != " ":
            return {}
        row = page.text[start:end]
        length = cell_len(row)
        blanks = [start + place for place, char in enumerate(row) if char == " "]
        missing = self._width - length
        if not blanks or missing <= 0 or length < _FULL * self._width:
            return {}
        each, rest = divmod(missing, len(blanks))
        # From the left and from the right in turn, so that no river runs down the page.
        favoured = set(blanks[:rest] if number % 2 else blanks[len(blanks) - rest :])
        return {blank: each + (blank in favoured) for blank in blanks}

    def _layers(self, start: int, end: int) -> Iterator[tuple[int, int, Style]]:
        """What lies on a span, from below: what is kept, the clause at the point, triggers, marks,
        matches, the selection."""
        for at in self._passage_spans.within(start, end):
            anchor = self._passages[at].anchor
            yield anchor.start, anchor.end, self.style_of("reader--kept")
        current = self._clause_at_point()
        if current is not None and current.start < end and start < current.end:
            yield current.start, current.end, self.style_of("reader--clause")
        for at in self._event_spans.within(start, end):
            first, last = self._events[at].trigger
            if first < end and start < last:
                yield first, last, self.style_of("reader--trigger")
        for at in self._mark_spans.within(start, end):
            mark = self._marks[at]
            name = _KIND_STYLES[mark.kind] if isinstance(mark, Mention) else "reader--time"
            yield mark.start, mark.end, self.style_of(name)
            if mark.start == self._point and self._match is None and not self.selecting:
                yield mark.start, mark.end, self.style_of("reader--current")
        for at in self._matches.within(start, end):
            name = "reader--match-here" if at == self._match else "reader--match"
            yield self._matches.starts[at], self._matches.ends[at], self.style_of(name)
        selected = self.selected
        if selected is not None and self._selecting is not None:
            yield *selected, self.style_of("reader--selected")
            head = self._selecting.head
            yield head, head + 1, self.style_of("reader--current")


def _lines(words: str, width: int) -> list[str]:
    rows = lay_out(words, frozenset(), width, "\n")
    return [words[s:e] for s, e in zip(rows.starts, rows.ends, strict=True)]
