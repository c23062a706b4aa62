"""A dialog with an input and, if wanted, suggestions below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.app.dialogs.choice import Line, Lines
from tui.app.widgets.row_list import RowList
from tui.keys.actions import Action, Context

Suggest = Callable[[str], Sequence[Line]]
Check = Callable[[str], str]

_ROWS = 10


class Prompt(ModalScreen["str | int | None"]):
    """A dialog to type in; its result is the value of a suggestion, the text, or None.

    Args:
        heading: the title.
        words: the initial text of the input.
        hint: the placeholder of the input.
        suggest: returns the suggestions for a text; if given, only a suggestion can be accepted.
        check: returns an error message for a text, "" if it is valid.
    """

    DEFAULT_CSS = """
    Prompt {
        align: center middle;
        background: $background 60%;
        #box {
            width: 64;
            max-width: 96%;
            height: auto;
            background: $background;
            border: round $rule;
            padding: 0 1;
        }
        #heading { height: 1; color: $muted; }
        #line, #line:focus { border: none; height: 1; padding: 0; background: $surface; }
        #said { height: 1; color: $muted; }
        #lines { height: 10; background: $background; }
    }
    """
    AUTO_FOCUS = "#line"

    def __init__(
        self,
        heading: str,
        words: str = "",
        *,
        hint: str = "",
        suggest: Suggest | None = None,
        check: Check | None = None,
    ) -> None:
        super().__init__()
        self._heading, self._words, self._hint = heading, words, hint
        self._suggest, self._check = suggest, check
        self._shown = ""

    @property
    def contexts(self) -> Sequence[Context]:
        """The context whose keys apply: the input always has the focus."""
        return ("typing",)

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Do nothing: no sequence of keys applies while typing."""

    def compose(self) -> ComposeResult:
        """A box with the heading, the input, a line for errors, and the suggestions."""
        with Vertical(id="box"):
            yield Static(Content(self._heading), id="heading")
            line = Input(self._words, id="line", placeholder=self._hint)
            line.cursor_blink = False
            yield line
            yield Static(Content(""), id="said")
            if self._suggest is not None:
                lines = Lines()
                lines.can_focus = False
                yield lines

    def on_mount(self) -> None:
        """Show the suggestions for the initial text."""
        self._typed(self._words)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._typed(event.value)

    def _typed(self, words: str) -> None:
        self._shown = words
        said = self._check(words) if self._check is not None and words else ""
        self.query_one("#said", Static).update(Content(said), layout=False)
        if self._suggest is not None:
            self.query_one(Lines).show(list(self._suggest(words)) or [Line("", "nothing like it")])

    @on(RowList.Chosen)
    def action_accept(self) -> None:
        """Accept the suggestion under the cursor, or the text if it is valid."""
        if self._suggest is not None and self.query_one(Input).value != self._shown:
            # Enter may be processed before the change of the text that precedes it.
            self._typed(self.query_one(Input).value)
        if self._suggest is not None:
            value = self.query_one(Lines).chosen()
            if value >= 0:
                self.dismiss(value)
            return
        words = self.query_one(Input).value.strip()
        if self._check is None or not words or not self._check(words):
            self.dismiss(words)

    def _move(self, rows: int) -> None:
        if self._suggest is not None:
            self.query_one(Lines).move(rows)

    def action_down(self) -> None:
        """Move to the suggestion below."""
        self._move(1)

    def action_up(self) -> None:
        """Move to the suggestion above."""
        self._move(-1)

    def action_page_down(self) -> None:
        """Move down by a window of suggestions."""
        self._move(_ROWS)

    def action_page_up(self) -> None:
        """Move up by a window of suggestions."""
        self._move(-_ROWS)

    def action_close(self) -> None:
        """Close the dialog without a result."""
        self.dismiss(None)
