"""A rival: a bare list of 1,000 rows over Textual's line API, held in memory."""

from __future__ import annotations

import gc

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

COUNT = 1000
CURSOR = Style(reverse=True)


class BareList(ScrollView, can_focus=True):
    """A cursor over lines."""

    DEFAULT_CSS = "BareList { overflow-y: scroll; overflow-x: hidden; }"
    BINDINGS = [  # noqa: RUF012
        Binding("j", "move(1)"),
        Binding("k", "move(-1)"),
        Binding("g", "move(-10000)"),
        Binding("G", "move(10000)"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    def on_mount(self) -> None:
        """Tell how long the list is."""
        self.rows = [f"{2009 + n % 15}-03-12  The title of article {n}" for n in range(COUNT)]
        self.virtual_size = Size(0, COUNT)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, COUNT - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw two rows, and scroll where the cursor left the window."""
        self.refresh_line(old)
        self.refresh_line(new)
        top = self.scroll_offset.y
        if not top <= new < top + self.size.height:
            target = new if new < top else new - self.size.height + 1
            self.scroll_to(y=target, animate=False)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.cursor += rows

    def render_line(self, y: int) -> Strip:
        """One line."""
        number = y + self.scroll_offset.y
        width = self.size.width
        base = self.rich_style
        if number >= COUNT:
            return Strip.blank(width, base)
        style = base + CURSOR if number == self.cursor else base
        return Strip([Segment(self.rows[number], style)]).adjust_cell_length(width, style)


class Bare(App[None]):
    """The list and nothing else."""

    def compose(self) -> ComposeResult:
        """The list."""
        yield BareList()

    def on_ready(self) -> None:
        """Spare the collector what the start made, as the reader does."""
        gc.freeze()


if __name__ == "__main__":
    Bare().run()
