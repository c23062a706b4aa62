"""The display of a page: its text in rows, with marks, bookmarks, matches and the selection."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.app.page import scrollbar_marks as scroll_marks
from tui.app.page.meta_line import meta_line
from tui.app.page.motions import MotionText
from tui.app.page.row_segments import gaps_of, stretched, styled
from tui.app.page.span_index import Spans, marks_of
from tui.app.page.text_selection import TextSelection
from tui.app.text_layout import HEADING, Layout, lay_out, spaced
from tui.app.widgets.scrolling import set_length
from tui.app.widgets.text_fit import fit
from tui.app.widgets.timeline_pane import MARKS
from tui.config.model import MARKS as ALL_MARKS
from tui.nlp.document import EventMention, Mention, TimeExpression
from tui.page_content import Page
from tui.passages.model import Passage

MEASURE = 72
BOOKMARKED, NOTED, HERE = "▎", "▌", "›"
_GUTTER = 3
_KIND_STYLES = {
    "PER": "page--person",
    "ORG": "page--organisation",
    "LOC": "page--location",
    "NORP": "page--group",
}


class PageDrawing(ScrollView, can_focus=True, inherit_bindings=False):
    """A page with a point (the offset that the reader is at) and a window that scrolls over it.

    Everything is stored by offset (code points of the text, from 0), so that the reader's position
    survives a resize.

    Args:
        shown: the kinds of marks that are shown: names, times, events, passages.
    """

    DEFAULT_CSS = """
    PageDrawing {
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
        & > .page--title { color: $foreground; text-style: bold; }
        & > .page--meta { color: $muted; }
        & > .page--heading { color: $foreground; text-style: bold; }
        & > .page--person { color: $person; text-style: $person-style; }
        & > .page--organisation { color: $organisation; text-style: $organisation-style; }
        & > .page--location { color: $location; text-style: $location-style; }
        & > .page--group { color: $group; text-style: $group-style; }
        & > .page--time { color: $time; text-style: $time-style; }
        & > .page--trigger { text-style: $event-style; }
        & > .page--clause { background: $clause; }
        & > .page--margin { color: $muted; }
        & > .page--bookmark { background: $bookmark; text-style: $bookmark-style; }
        & > .page--bookmark-bar { color: $bookmark-bar; }
        & > .page--current { text-style: reverse; }
        & > .page--selected { color: $selected-text; background: $selected; text-style: $selected-style; }
        & > .page--match { color: $match-text; background: $match; text-style: $match-style; }
        & > .page--match-here { color: $match-here-text; background: $match-here; text-style: $match-here-style; }
    }
    """  # noqa: E501
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "page--title",
        "page--meta",
        "page--heading",
        "page--person",
        "page--organisation",
        "page--location",
        "page--group",
        "page--time",
        "page--trigger",
        "page--clause",
        "page--margin",
        "page--bookmark",
        "page--bookmark-bar",
        "page--current",
        "page--selected",
        "page--match",
        "page--match-here",
    }

    @dataclass
    class Moved(Message):
        """The point has moved: by a key, a click, or because it was scrolled out of the window."""

        pane: PageDrawing
        point: int

        @property
        def control(self) -> PageDrawing:
            """The page."""
            return self.pane

        def can_replace(self, message: Message) -> bool:
            """Whether this replaces a pending message: only the latest move is handled."""
            return isinstance(message, PageDrawing.Moved)

    @dataclass
    class Selected(Message):
        """The selection has been changed or cleared, by a key or the mouse."""

        pane: PageDrawing

        @property
        def control(self) -> PageDrawing:
            """The page."""
            return self.pane

        def can_replace(self, message: Message) -> bool:
            """Whether this replaces a pending message: only the current selection counts."""
            return isinstance(message, PageDrawing.Selected)

    def __init__(self, shown: Sequence[str] = ALL_MARKS) -> None:
        super().__init__(id="page")
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
        self._selecting: TextSelection | None = None
        self._styles: dict[str, Style] = {}
        self._base = Style()
        self.measure = MEASURE
        self.spacing = 1
        self.justified = False
        self._marked_bar = False
        self._quiet = False
        self._resizing = False
        self._laid_out_for = Size(0, 0)
        # The first offset in the window when the reader last scrolled; a resize does not change it.
        self._top_offset = 0

    @property
    def page(self) -> Page | None:
        """The page that is shown, None if there is none."""
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
        """The selected span of the text, None if nothing is selected."""
        return self._selecting.span(self._motion_text()) if self._selecting is not None else None

    def _motion_text(self) -> MotionText:
        text = self._page.text if self._page is not None else ""
        return MotionText(text, self._layout, max(1, self.size.height // 2))

    def event_at_point(self) -> EventMention | None:
        """The event mention that contains the point, else the last one that starts before it.

        None if there is none.
        """
        inside = self.accounts_at_point() if self._events else []
        if inside:
            return inside[0]
        at = bisect_right(self._event_spans.starts, self._point) - 1
        return self._events[at] if at >= 0 else None

    def accounts_at_point(self) -> list[EventMention]:
        """The event mentions that contain the point, marked or not, the innermost first; of the
        sentence at the point, what it mentions elsewhere comes last."""
        if self._page is None:
            return []
        events = self._page.document.events
        inside = [e for e in events if e.start <= self._point < e.end]
        inside.sort(key=lambda e: e.end - e.start)
        around = [e for e in events if any(o.start <= e.start < o.end for o in inside)]
        return list(dict.fromkeys([*inside, *around]))

    def _clause_at_point(self) -> EventMention | None:
        """The event mention whose clause contains the point, None if there is none."""
        event = self.event_at_point()
        return event if event is not None and self._point < event.end else None

    # The page

    def show(
        self, page: Page, point: int = 0, *, top: int | None = None, keep_scroll: bool = False
    ) -> None:
        """Show a page, with the point in the upper third of the window.

        `top` puts that offset at the top of the window instead. `keep_scroll` does not scroll if
        the text is the same.
        """
        same = self._page is not None and self._page.text == page.text
        self._page = page
        self._marks = marks_of(page, self._shown)
        self._mark_spans = Spans([(mark.start, mark.end) for mark in self._marks])
        events_shown = page.raw is None and "events" in self._shown
        self._events = [e for e in page.document.events if e.is_telling] if events_shown else ()
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
        # A shorter text limits the scrolling, which must not move the point.
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
        """Show a message instead of a page."""
        self._page = None
        self._empty = words
        self._marks, self._events, self._passages = [], (), ()
        self._mark_spans = self._event_spans = self._passage_spans = self._matches = Spans()
        self._drop_selection()
        self._lay_out()
        self.refresh()

    def _drop_selection(self) -> None:
        """Clear the selection, whose text is no longer shown."""
        if self._selecting is not None:
            self._selecting = None
            self.screen.selections = {}
            self.post_message(self.Selected(self))

    def rows_of(self, start: int, end: int) -> tuple[int, int]:
        """The rows of the screen that show the first and the last character of a span."""
        shift = self.content_region.y - self.scroll_offset.y
        return self._row(start) + shift, self._row(max(start, end - 1)) + shift

    # Layout

    @property
    def _width(self) -> int:
        return max(1, min(self.measure, self.size.width - _GUTTER - 2))

    @property
    def _left(self) -> int:
        """The number of cells before the text; the last of them are the margin."""
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
                (line, "page--meta") for line in _lines(self._empty, width)
            ]
            return
        title = [(line, "page--title") for line in _lines(page.article.title, width)]
        # Always one line, so that the page does not shift when its analysis arrives.
        self._head = [("", ""), *title, (fit(meta_line(page), width), "page--meta"), ("", "")]

    def set_type(self, measure: int, spacing: int, justified: bool) -> None:
        """Set measure (cells), line spacing (rows) and justification; the top offset stays."""
        if (measure, spacing, justified) != (self.measure, self.spacing, self.justified):
            self.measure, self.spacing, self.justified = measure, spacing, justified
            if self.is_mounted:
                self.on_resize()

    def on_resize(self) -> None:
        """Lay the text out again; the same words stay at the top of the window."""
        anchor = self._top_offset
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
        """The offset of the character in a cell, None outside the text."""
        number = row - len(self._head)
        if self._page is None or not 0 <= number < len(self._layout):
            return None
        start, end = self._layout.starts[number], self._layout.ends[number]
        cell = x - self._left
        if cell < 0:
            return start
        gaps = self._gaps(number)
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
        """Move the point into the window if it has been scrolled out of it."""
        super().watch_scroll_y(old_value, new_value)
        # A resize may scroll before the text is laid out again, without an action of the reader.
        if self.size == self._laid_out_for and not self._resizing:
            self._top_offset = self.top
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
        """Mark the matches on the scrollbar, or the bookmarks if there are no matches."""
        if not (len(self._matches) or len(self._passage_spans) or self._marked_bar):
            return
        self._marked_bar = bool(len(self._matches) or len(self._passage_spans))
        whole = max(1, len(self._head) + len(self._layout) + 1)
        spans = self._matches if len(self._matches) else self._passage_spans
        rows = {self._row(start) for start in spans.starts} if len(self._layout) else set()
        name = "page--match-here" if len(self._matches) else "page--bookmark-bar"
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
        """The style of a component class, cached."""
        style = self._styles.get(name)
        if style is None:
            style = self.get_component_rich_style(name, partial=True)
            self._styles[name] = style
        return style

    def on_focus(self) -> None:
        """Draw the sign at the point, which is shown only with the focus."""
        self._refresh_rows(self._point, self._point)

    def on_blur(self) -> None:
        """Remove the sign at the point, which is shown only with the focus."""
        self._refresh_rows(self._point, self._point)

    def notify_style_update(self) -> None:
        """Clear the cached styles, because the theme has changed."""
        self._styles.clear()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region of the window."""
        # `rich_style` visits all ancestors, so it is computed only once per frame.
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
        text_style = base + self.style_of("page--heading") if heading else base
        margin = Strip(self._margin(start, end, left, base))
        # For the selection, all rows are on line 0, so that a column is an offset in the text.
        gaps = self._gaps(number)
        if gaps:
            body = Strip(list(stretched(self._segments(number, text_style), start, gaps)))
        else:
            body = Strip(self._segments(number, text_style)).apply_offsets(start, 0)
        return Strip.join([margin, body]).adjust_cell_length(width, base)

    def _margin(self, start: int, end: int, left: int, base: Style) -> list[Segment]:
        """The cells before the text of a row.

        They show the sign at the point, the status of the first event mention that starts in the
        row, and the bar of a bookmark.
        """
        if left < _GUTTER or start == end:
            return [Segment(" " * left, base)]
        at = self._event_spans.next_start(start - 1, 1)
        sign = " "
        if at is not None and self._event_spans.starts[at] < end:
            sign = MARKS[self._events[at].status]
        here = HERE if self.has_focus and start <= self._point <= end else " "
        margin = Segment(" " * (left - 3) + here + sign, base + self.style_of("page--margin"))
        kept = [self._passages[at].bookmark for at in self._passage_spans.within(start, end)]
        if not kept:
            return [margin, Segment(" ", base)]
        bar = NOTED if any(bookmark.note for bookmark in kept) else BOOKMARKED
        return [margin, Segment(bar, base + self.style_of("page--bookmark-bar"))]

    def _segments(self, number: int, base: Style) -> list[Segment]:
        """A row of the text in the combined styles of the layers that cover it."""
        start, end = self._layout.starts[number], self._layout.ends[number]
        if self._page is None or start == end:
            return []
        return styled(self._page.text, start, end, self._layers(start, end), base)

    def _gaps(self, number: int) -> dict[int, int]:
        if self._page is None or not self.justified:
            return {}
        return gaps_of(self._page.text, self._layout, number, self._width)

    def _layers(self, start: int, end: int) -> Iterator[tuple[int, int, Style]]:
        """Styled spans that overlap a span, in the order in which their styles are combined.

        They are bookmarks, the clause at the point, triggers, marks, matches and the selection.
        """
        for at in self._passage_spans.within(start, end):
            anchor = self._passages[at].anchor
            yield anchor.start, anchor.end, self.style_of("page--bookmark")
        current = self._clause_at_point()
        if current is not None and current.start < end and start < current.end:
            yield current.start, current.end, self.style_of("page--clause")
        for at in self._event_spans.within(start, end):
            for first, last in self._events[at].triggers:
                if first < end and start < last:
                    yield first, last, self.style_of("page--trigger")
        for at in self._mark_spans.within(start, end):
            mark = self._marks[at]
            name = _KIND_STYLES[mark.kind] if isinstance(mark, Mention) else "page--time"
            yield mark.start, mark.end, self.style_of(name)
            if mark.start == self._point and self._match is None and not self.selecting:
                yield mark.start, mark.end, self.style_of("page--current")
        for at in self._matches.within(start, end):
            name = "page--match-here" if at == self._match else "page--match"
            yield self._matches.starts[at], self._matches.ends[at], self.style_of(name)
        selected = self.selected
        if selected is not None and self._selecting is not None:
            yield *selected, self.style_of("page--selected")
            head = self._selecting.head
            yield head, head + 1, self.style_of("page--current")


def _lines(words: str, width: int) -> list[str]:
    rows = lay_out(words, frozenset(), width, "\n")
    return [words[s:e] for s, e in zip(rows.starts, rows.ends, strict=True)]
