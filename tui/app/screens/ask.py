"""A line to type in over the page, with what it may mean below it where that is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.app.rows import RowList
from tui.app.screens.choice import Line, Lines
from tui.keys.actions import Action, Where

Suggest = Callable[[str], Sequence[Line]]
Check = Callable[[str], str]

_ROWS = 10


class Ask(ModalScreen["str | int | None"]):
    """Closes with the value of a suggestion, else with what was typed, or with None.

    Args:
        heading: what is asked.
        words: what stands there at first.
        hint: what may be typed.
        suggest: the lines for what is typed; only one of them can be taken then.
        check: what is wrong with what is typed, "" for nothing.
    """

    DEFAULT_CSS = """
    Ask {
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
    def places(self) -> Sequence[Where]:
        """One types all the time."""
        return ("typing",)

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """No key of typing waits for another."""

    def compose(self) -> ComposeResult:
        """What is asked, the line, what is said of it, and suggestions."""
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
        """Suggest at once."""
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
        """Take the suggestion, or what is typed if nothing is wrong with it."""
        if self._suggest is not None and self.query_one(Input).value != self._shown:
            # Enter may be here before what was typed is.
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
        """To the suggestion below."""
        self._move(1)

    def action_up(self) -> None:
        """To the suggestion above."""
        self._move(-1)

    def action_page_down(self) -> None:
        """A window of suggestions down."""
        self._move(_ROWS)

    def action_page_up(self) -> None:
        """A window of suggestions up."""
        self._move(-_ROWS)

    def action_close(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)
