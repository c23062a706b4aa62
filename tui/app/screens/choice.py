"""A list over the page to choose from or to read: help, accounts, problems, reasons."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.app.panes.layout import lay_out
from tui.app.rows import RowList
from tui.app.scrolling import set_length
from tui.app.text_fit import fit
from tui.keys.actions import Action, Where

_GAP = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what stands at the left in its own column, the words, and whether it is a heading."""

    left: str
    words: str
    heading: bool = False
    value: int = -1


class Lines(RowList[Line]):
    """The rows of a choice, the words of each broken to the width."""

    def __init__(self) -> None:
        super().__init__(id="lines")
        # What was asked to be shown; a line may need several rows.
        self.given: Sequence[Line] = ()
        self._rows: list[Line] = []
        # The first row of each line.
        self._first: list[int] = []
        self._column = 0
        self._leads = False

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.given = lines
        self._leads = any(line.value >= 0 for line in lines)
        self._break()
        first = next((n for n in range(len(self._rows)) if self.rests(n)), 0)
        self.set_reactive(Lines.cursor, first)
        self.reload()
        self.scroll_to(y=0, animate=False)

    def _break(self) -> None:
        lefts = [cell_len(line.left) for line in self.given if not line.heading]
        widest = max(lefts, default=0)
        self._column = min(widest, max(0, self.size.width // 2)) if widest else 0
        room = max(8, self.size.width - 2 - (self._column + _GAP if self._column else 0))
        self._rows = []
        self._first = []
        for line in self.given:
            self._first.append(len(self._rows))
            broken = lay_out(line.words, frozenset(), room, "\n")
            for number, (start, end) in enumerate(zip(broken.starts, broken.ends, strict=True)):
                left = line.left if number == 0 else ""
                words = line.words[start:end]
                self._rows.append(Line(left, words, line.heading, line.value))

    def on_resize(self) -> None:
        """Break the words anew; the cursor stays on its line."""
        line = bisect_right(self._first, self.cursor) - 1
        self._break()
        if line >= 0:
            self.set_reactive(Lines.cursor, self._first[line])
        self.reload()
        super().on_resize()

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def rests(self, number: int) -> bool:
        """The cursor passes over headings, and where some lines lead on, over those that do not."""
        row = self._rows[number]
        return not row.heading and (row.value >= 0 or not self._leads)

    def fetch(self, first: int, last: int) -> Sequence[Line | None]:
        """The rows of a window."""
        return self._rows[first:last]

    def go_to_line(self, number: int) -> None:
        """Put the cursor on a line as it was given."""
        self.go_to(self._first[number])

    def chosen(self) -> int:
        """The value of the row under the cursor, -1 if it has none."""
        return self._rows[self.cursor].value if self.cursor < len(self._rows) else -1

    def draw(self, row: Line, number: int, line: int, width: int) -> list[Segment]:
        """A heading, or left column and words."""
        if row.heading:
            return [Segment(fit(f" {row.words}", width), self.style_of("row--strong"))]
        parts = [Segment(" ", self.style_of("row--text"))]
        if self._column:
            parts.append(
                Segment(fit(row.left, self._column) + " " * _GAP, self.style_of("row--accent"))
            )
        parts.append(Segment(row.words, self.style_of("row--text")))
        return parts


class Choice(ModalScreen[int]):
    """Lines to read or choose from. Closes with -1, or with the value of the line chosen."""

    DEFAULT_CSS = """
    Choice {
        align: center middle;
        background: $background 60%;
        #box {
            width: 84;
            max-width: 96%;
            height: auto;
            max-height: 90%;
            background: $background;
            border: round $rule;
            border-subtitle-color: $muted;
            padding: 0 1;
        }
        #heading { height: 1; color: $muted; }
        #filter { border: none; height: 1; padding: 0; background: $surface; margin: 0 0 1 0; }
        #lines { height: auto; background: $background; }
        &.-preview {
            align: right top;
            background: transparent;
            #box { width: 36; }
        }
    }
    """

    def __init__(
        self,
        heading: str,
        lines: Sequence[Line],
        *,
        searchable: bool = False,
        at: int = 0,
        preview: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__(classes="-preview" if preview else None)
        self._at = at
        self._preview = preview
        self._heading = heading
        self._lines = lines
        self._searchable = searchable

    def compose(self) -> ComposeResult:
        """A box with a heading, a line to search in where that helps, and the lines."""
        with Vertical(id="box") as box:
            if any(line.value >= 0 for line in self._lines) and self._preview is None:
                box.border_subtitle = "Enter chooses · q closes"
            yield Static(Content(self._heading), id="heading")
            if self._searchable:
                search = Input(placeholder="/ to search", id="filter", select_on_focus=False)
                search.cursor_blink = False
                yield search
            yield Lines()

    def on_mount(self) -> None:
        """Fill it; the keys go to the lines."""
        lines = self.query_one(Lines)
        self._make_room(len(self._lines))
        lines.show(self._lines)
        lines.focus()
        if self._at:
            lines.go_to_line(self._at)

    def _make_room(self, rows: int) -> None:
        lines = self.query_one(Lines)
        # Words that break need more rows than lines: the true number is known after the layout.
        self.call_after_refresh(self._fit)
        lines.styles.height = max(1, min(rows, self.app.size.height - 8))

    def _fit(self) -> None:
        lines = self.query_one(Lines)
        most = max(1, int(self.app.size.height * 0.9) - (5 if self._searchable else 3))
        lines.styles.height = max(1, min(lines.count(), most))
        set_length(lines, lines.count())

    @property
    def places(self) -> Sequence[Where]:
        """The keys of a box, or of the line in it."""
        return ("typing",) if isinstance(self.focused, Input) else ("dialog", "rows")

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """A box has no line to show it in."""

    @property
    def _rows(self) -> Lines:
        return self.query_one(Lines)

    def action_close(self) -> None:
        """Back to the page; from the line, to all the lines first."""
        if isinstance(self.focused, Input):
            self.focused.value = ""
            self._rows.focus()
            return
        self.dismiss(-1)

    def action_filter(self) -> None:
        """To the line to search in."""
        if self._searchable:
            self.query_one(Input).focus()

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        """Only the lines that hold all words."""
        words = event.value.lower().split()
        lines = [
            line
            for line in self._lines
            if not words
            or (not line.heading and all(w in f"{line.left} {line.words}".lower() for w in words))
        ]
        self._rows.show(lines or [Line("", "nothing found")])
        self._fit()

    def action_accept(self) -> None:
        """From the line to what it left."""
        self._rows.focus()

    def action_down(self) -> None:
        """From the line to what it left."""
        self._rows.focus()

    action_up = action_page_down = action_page_up = action_down

    @on(Lines.Chosen)
    def action_choose(self) -> None:
        """Choose the line under the cursor."""
        value = self._rows.chosen()
        if value >= 0:
            self.dismiss(value)

    @on(Lines.Moved)
    def _moved(self) -> None:
        value = self._rows.chosen()
        if self._preview is not None and value >= 0:
            self._preview(value)
