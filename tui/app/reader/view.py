"""What the controllers of the reader screen see of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from textual.screen import ModalScreen, Screen
from textual.timer import Timer

from tui.app.dialogs.choice import Line
from tui.app.page.page_pane import PagePane
from tui.app.reader.state import PaneName
from tui.app.widgets.article_list import ArticleList
from tui.app.widgets.status_bar import StatusBar
from tui.app.widgets.timeline_pane import TimelinePane

Result = TypeVar("Result")


class ReaderView(Protocol):
    """The panes of the screen, and what can be opened over them."""

    @property
    def articles(self) -> ArticleList:
        """The list."""

    @property
    def page(self) -> PagePane:
        """The page."""

    @property
    def timeline(self) -> TimelinePane:
        """The timeline."""

    @property
    def status(self) -> StatusBar:
        """The last line."""

    @property
    def width(self) -> int:
        """The width of the screen in columns."""

    @property
    def ready(self) -> bool:
        """Whether the screen is mounted."""

    @property
    def theme(self) -> str:
        """The name of the theme."""

    @theme.setter
    def theme(self, name: str) -> None: ...

    def go_to_pane(self, pane: PaneName) -> None:
        """Give a pane the focus, and room."""

    def show_title(self, pane: PaneName, words: str) -> None:
        """Show the title of a pane."""

    def show_chips(self, parts: list[tuple[str, str]]) -> None:
        """Show the parts of the filter over the panes."""

    async def open_find_line(self) -> None:
        """Show the line for finding on the page, ready to be typed in."""

    def close_find_line(self) -> None:
        """Hide that line; the page gets the focus."""

    def show_lines(self, heading: str, lines: Iterable[Line]) -> None:
        """Show lines to read in a dialog."""

    def choose(
        self,
        heading: str,
        lines: list[Line],
        chosen: Callable[[int], None],
        *,
        at: int = 0,
        searchable: bool = False,
        preview: Callable[[int], None] | None = None,
        always: bool = False,
    ) -> None:
        """Show lines to choose from; `chosen` gets the value of the line, if one is chosen.

        Args:
            heading: the title of the dialog.
            lines: the lines.
            chosen: what to do with the value of the chosen line.
            at: the line to start at.
            searchable: whether there is a line to search in.
            preview: called with the value of the line that the cursor is on.
            always: call `chosen` with -1 if no line is chosen.
        """

    def open_screen(self, screen: Screen[Result], closed: Callable[[Result | None], None]) -> None:
        """Open a screen over this one."""

    async def open_prompt(
        self, screen: ModalScreen[Result], closed: Callable[[Result | None], None]
    ) -> None:
        """Open a dialog with a line, and wait until it can be typed in: keys typed ahead are meant
        for it."""

    def warn(self, message: str, *, error: bool = False) -> None:
        """Show a message that stays for some seconds."""

    def copy(self, text: str) -> None:
        """Copy a text to the clipboard."""

    def after(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Do something later."""

    def when_drawn(self, action: Callable[[], None]) -> None:
        """Do something after the next refresh."""

    def soon(self, action: Callable[..., Any], *arguments: Any) -> None:
        """Do something when the current messages have been handled."""

    def in_thread(self, work: Callable[[], None]) -> None:
        """Do something in a thread."""

    def suspended(self) -> AbstractContextManager[None]:
        """Give the terminal to another program in the block."""

    def redraw(self) -> None:
        """Draw the whole screen again."""
