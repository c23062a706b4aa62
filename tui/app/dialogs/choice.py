"""A dialog with lines to read or to choose from, such as help, accounts, problems or evidence."""

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

from tui.app.text_layout import lay_out
from tui.app.widgets.row_list import RowList
from tui.app.widgets.scrolling import set_length
from tui.app.widgets.text_fit import fit
from tui.keys.actions import Action, Context

_GAP = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line: the text of its left column, its words, and whether it is a heading.

    `value` is the result if the line is chosen; a line with a negative value cannot be chosen.
    """

    left: str
    words: str
    heading: bool = False
    value: int = -1


class Lines(RowList[Line]):
    """The lines of a dialog, wrapped to the width, so that a line may take several rows."""

    def __init__(self) -> None:
        super().__init__(id="lines")
        # The lines passed to `show`; each may take several rows.
        self.given: Sequence[Line] = ()
        self._rows: list[Line] = []
        # The first row of each line.
        self._first: list[int] = []
        self._column = 0
        self._leads = False

    def show(self, lines: Sequence[Line]) -> None:
        """Replace the lines; the cursor goes to the first row that it may rest on."""
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
        """Wrap the lines again; the cursor stays on its line."""
        line = bisect_right(self._first, self.cursor) - 1
        self._break()
        if line >= 0:
            self.set_reactive(Lines.cursor, self._first[line])
        self.reload()
        super().on_resize()

    def count(self) -> int:
        """The number of rows."""
        return len(self._rows)

    def rests(self, number: int) -> bool:
        """Whether the cursor may rest on a row.

        It skips headings and, if some lines can be chosen, those that cannot.
        """
        row = self._rows[number]
        return not row.heading and (row.value >= 0 or not self._leads)

    def fetch(self, first: int, last: int) -> Sequence[Line | None]:
        """The rows from `first` up to, not including, `last`."""
        return self._rows[first:last]

    def go_to_line(self, number: int) -> None:
        """Put the cursor on a line, given by its index in the lines passed to `show`."""
        self.go_to(self._first[number])

    def chosen(self) -> int:
        """The value of the line under the cursor, -1 if it has none."""
        return self._rows[self.cursor].value if self.cursor < len(self._rows) else -1

    def draw(self, row: Line, number: int, line: int, width: int) -> list[Segment]:
        """A heading, or the left column and the words."""
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
    """A dialog with lines; its result is the value of the chosen line, -1 if none was chosen.

    Args:
        heading: the title.
        lines: the lines to show.
        searchable: whether an input narrows the lines by words.
        at: the index of the line on which the cursor starts.
        preview: called with the value of each line that the cursor moves to.
    """

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
        """A box with the heading, the input if the dialog is searchable, and the lines."""
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
        """Show the lines and focus them."""
        lines = self.query_one(Lines)
        self._make_room(len(self._lines))
        lines.show(self._lines)
        lines.focus()
        if self._at:
            lines.go_to_line(self._at)

    def _make_room(self, rows: int) -> None:
        lines = self.query_one(Lines)
        # Wrapped lines take more rows; how many is known only after the layout.
        self.call_after_refresh(self._fit)
        lines.styles.height = max(1, min(rows, self.app.size.height - 8))

    def _fit(self) -> None:
        lines = self.query_one(Lines)
        most = max(1, int(self.app.size.height * 0.9) - (5 if self._searchable else 3))
        lines.styles.height = max(1, min(lines.count(), most))
        set_length(lines, lines.count())

    @property
    def contexts(self) -> Sequence[Context]:
        """The contexts whose keys apply: those of the dialog, or of the input if focused."""
        return ("typing",) if isinstance(self.focused, Input) else ("dialog", "rows")

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Do nothing: the dialog has no line that shows pending keys."""

    @property
    def _rows(self) -> Lines:
        return self.query_one(Lines)

    def action_close(self) -> None:
        """Close the dialog; if the input has the focus, only clear and leave the input."""
        if isinstance(self.focused, Input):
            self.focused.value = ""
            self._rows.focus()
            return
        self.dismiss(-1)

    def action_filter(self) -> None:
        """Focus the input if the dialog is searchable."""
        if self._searchable:
            self.query_one(Input).focus()

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        """Show only the lines that contain all words."""
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
        """Leave the input for the lines found."""
        self._rows.focus()

    def action_down(self) -> None:
        """Leave the input for the lines found."""
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
