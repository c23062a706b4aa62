"""A list of any length; the cost of drawing it depends only on the size of the window."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.app.widgets.scrolling import set_length

Row = TypeVar("Row")

_CHUNK = 64
_CHUNKS = 16
_EXACT = 20


class RowList(ScrollView, Generic[Row], can_focus=True, inherit_bindings=False):
    """A list of rows with a cursor; a subclass counts, fetches and draws the rows.

    Moving the cursor draws two rows; scrolling draws the window. Rows are fetched in chunks of 64,
    and the 16 most recently used chunks are cached.
    """

    DEFAULT_CSS = """
    RowList {
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
        & > .row--text { color: $foreground; }
        & > .row--muted { color: $muted; }
        & > .row--strong { color: $foreground; text-style: bold; }
        & > .row--accent { color: $accent; }
        & > .row--cursor { background: $cursor; text-style: $cursor-style; }
        & > .row--cursor-blurred {
            background: $cursor-blurred;
            text-style: $cursor-blurred-style;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row--text",
        "row--muted",
        "row--strong",
        "row--accent",
        "row--cursor",
        "row--cursor-blurred",
    }
    ALLOW_SELECT = False

    row_height: int = 1

    # Whether `draw` returns exactly `width` cells if `width` exceeds `_EXACT`: the result is then
    # not measured again.
    exact: ClassVar[bool] = False

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The reader has moved the cursor; moves by the program are not reported."""

        rows: RowList[object]
        cursor: int

        @property
        def control(self) -> RowList[object]:
            """The list."""
            return self.rows

        def can_replace(self, message: Message) -> bool:
            """Whether this replaces a pending message: only the latest move is handled."""
            return isinstance(message, RowList.Moved) and message.rows is self.rows

    @dataclass
    class Chosen(Message):
        """The reader has chosen the row under the cursor."""

        rows: RowList[object]
        cursor: int

        @property
        def control(self) -> RowList[object]:
            """The list."""
            return self.rows

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._chunks: OrderedDict[int, Sequence[Row | None]] = OrderedDict()
        self._styles: dict[str, Style] = {}
        self._base = Style()

    # To be implemented by a subclass

    def count(self) -> int:
        """The number of rows."""
        raise NotImplementedError

    def fetch(self, first: int, last: int) -> Sequence[Row | None]:
        """The rows from `first` up to, not including, `last`; None for one that is unavailable."""
        raise NotImplementedError

    def draw(self, row: Row, number: int, line: int, width: int) -> list[Segment]:
        """One line (from 0) of a row, at most `width` cells."""
        raise NotImplementedError

    def rests(self, number: int) -> bool:
        """Whether the cursor may rest on a row."""
        return True

    def extent(self, number: int) -> tuple[int, int]:
        """The first row of what a row belongs to, and the number of its rows."""
        return number, 1

    # Fetching and drawing

    def row(self, number: int) -> Row | None:
        """A row by its index, fetched with its chunk if it is not cached; None if unavailable."""
        chunk, place = divmod(number, _CHUNK)
        rows = self._chunks.get(chunk)
        if rows is None:
            first = chunk * _CHUNK
            rows = self.fetch(first, min(first + _CHUNK, self.count()))
            self._chunks[chunk] = rows
            if len(self._chunks) > _CHUNKS:
                self._chunks.popitem(last=False)
        else:
            self._chunks.move_to_end(chunk)
        return rows[place] if place < len(rows) else None

    def reload(self) -> None:
        """Fetch the rows again, because the data have changed."""
        self._chunks.clear()
        set_length(self, self.count() * self.row_height)
        self.set_reactive(RowList.cursor, self.validate_cursor(self.cursor))
        self.refresh()

    def refetch(self, number: int) -> None:
        """Fetch and draw one row again, because only this row has changed."""
        self._chunks.pop(number // _CHUNK, None)
        self._refresh_row(number)

    def style_of(self, *names: str) -> Style:
        """The combined style of some component classes, cached."""
        key = " ".join(names)
        style = self._styles.get(key)
        if style is None:
            style = Style.combine(
                self.get_component_rich_style(name, partial=True) for name in names
            )
            self._styles[key] = style
        return style

    def notify_style_update(self) -> None:
        """Clear the cached styles, because the theme or the focus has changed."""
        self._styles.clear()
        super().notify_style_update()

    def on_focus(self) -> None:
        """Redraw the cursor, which looks different with the focus."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """Redraw the cursor, which looks different without the focus."""
        self._refresh_row(self.cursor)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region of the window."""
        # `rich_style` visits all ancestors, so it is computed only once per frame.
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        width = self.size.width
        base = self._base
        number, line = divmod(y + self.scroll_offset.y, self.row_height)
        if number >= self.count():
            return Strip.blank(width, base)
        row = self.row(number)
        if row is None:
            return Strip.blank(width, base)
        if self.extent(number)[0] == self.cursor:
            # Not by `:focus` in the style sheet, which would repaint the whole pane.
            base += self.style_of("row--cursor" if self.has_focus else "row--cursor-blurred")
        segments = [
            Segment(text, base + style if style else base)
            for text, style, _ in self.draw(row, number, line, width)
        ]
        if self.exact and width > _EXACT:
            return Strip(segments, width)
        return Strip(segments).adjust_cell_length(width, base)

    def validate_cursor(self, cursor: int) -> int:
        """The cursor, limited to the rows that there are."""
        return max(0, min(cursor, self.count() - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the rows that the cursor has left and entered, and scroll to the latter."""
        self._refresh_row(old)
        self._refresh_row(new)
        self.show_cursor()

    def _refresh_row(self, number: int) -> None:
        first, rows = self.extent(number) if number < self.count() else (number, 1)
        self.refresh_lines(first * self.row_height, rows * self.row_height)

    @property
    def page_rows(self) -> int:
        """The number of rows that fit into the window, at least 1."""
        return max(1, self.size.height // self.row_height)

    def show_cursor(self) -> None:
        """Scroll as little as possible to show the cursor, with another row beyond it if it fits.

        If that is more than a window, the cursor is put into its upper third instead.
        """
        height = self.size.height
        if not height:
            return
        top = self.cursor * self.row_height
        own = self.extent(self.cursor)[1] * self.row_height if self.count() else self.row_height
        at = self.scroll_offset.y
        spare = self.row_height if height > own + 3 * self.row_height else 0
        if top < at + spare:
            target = top - spare
        elif top + own + spare > at + height:
            target = top + own + spare - height
        else:
            return
        if abs(target - at) > height:
            target = top - height // 3
        self.scroll_to(y=max(0, target), animate=False)

    def go_to(self, number: int) -> None:
        """Put the cursor on a row without posting `Moved`."""
        self.cursor = number

    def move(self, rows: int) -> None:
        """Move the cursor by some rows, past rows that it may not rest on, and post `Moved`."""
        count = self.count()
        if not count:
            return
        step = 1 if rows > 0 else -1
        target = max(0, min(self.cursor + rows, count - 1))
        found = target
        while 0 <= found < count and not self.rests(found):
            found += step
        if not 0 <= found < count:
            found = target
            while 0 <= found < count and not self.rests(found):
                found -= step
        if 0 <= found < count and found != self.cursor:
            self.cursor = found
            self.post_message(self.Moved(self, found))  # type: ignore[arg-type]
        elif step < 0 and target == 0:
            self.scroll_to(y=0, animate=False)

    def action_down(self, count: int = 1) -> None:
        """Move down by rows."""
        self.move(count)

    def action_up(self, count: int = 1) -> None:
        """Move up by rows."""
        self.move(-count)

    def action_half_down(self, count: int = 1) -> None:
        """Move down by half windows."""
        self.move(count * max(1, self.page_rows // 2))

    def action_half_up(self, count: int = 1) -> None:
        """Move up by half windows."""
        self.move(-count * max(1, self.page_rows // 2))

    def action_page_down(self, count: int = 1) -> None:
        """Move down by windows, less one row each."""
        self.move(count * max(1, self.page_rows - 1))

    def action_page_up(self, count: int = 1) -> None:
        """Move up by windows, less one row each."""
        self.move(-count * max(1, self.page_rows - 1))

    def action_top(self) -> None:
        """Move to the first row."""
        self.move(-self.count())

    def action_bottom(self, row: int = 0) -> None:
        """Move to the last row, or to a row by its number (from 1)."""
        self.move(row - 1 - self.cursor if row else self.count())

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.count():
            self.post_message(self.Chosen(self, self.cursor))  # type: ignore[arg-type]

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row under the mouse; a double click chooses that row."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        number = (offset.y + self.scroll_offset.y) // self.row_height
        if not 0 <= number < self.count():
            return
        number = self.extent(number)[0]
        if not self.rests(number):
            return
        if number == self.cursor and event.chain > 1:
            self.action_choose()
        elif number != self.cursor:
            self.cursor = number
            self.post_message(self.Moved(self, number))  # type: ignore[arg-type]

    def on_resize(self) -> None:
        """Keep the cursor in the window."""
        self.show_cursor()
