"""The app: themes, signals, and the one screen that everything else opens over."""

from __future__ import annotations

import asyncio
import gc
import signal
from typing import Any, ClassVar

from textual.app import App

from tui.app import theming
from tui.app.palette import Actions
from tui.app.screens.library import LibraryScreen
from tui.library import Library


class DatelineApp(App[None]):
    """Dateline over one library.

    Args:
        library: what to read.
        theme_name: a theme to use instead of the default, one of `theming.names()`.
        index: whether to look for what is new in a process of its own.
    """

    TITLE = "Dateline"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "colon"
    COMMANDS: ClassVar[set[Any]] = {Actions}
    DEFAULT_CSS = """
    Toast { background: $panel; color: $foreground; }
    """

    def __init__(
        self, library: Library, *, theme_name: str | None = None, index: bool = True
    ) -> None:
        super().__init__()
        self._library = library
        self._index = index
        loaded = theming.available()
        for theme in loaded.themes:
            self.register_theme(theme)
        self._bad_themes = loaded.failed
        self.theme = theme_name or theming.DEFAULT

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; Textual's own themes lack ours, which fall back on colours."""
        variables = super().get_css_variables()
        for name, base in theming.VARIABLES.items():
            variables.setdefault(name, variables[base])
        return variables

    def get_default_screen(self) -> LibraryScreen:
        """The reader."""
        return LibraryScreen(self._library, index=self._index)

    def on_mount(self) -> None:
        """Leave the terminal as it was, also when told to end from outside."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                number = getattr(signal, name)
                try:
                    loop.add_signal_handler(number, self._ended, 128 + number)
                except (NotImplementedError, RuntimeError, ValueError):
                    continue
        for failure in self._bad_themes:
            self.notify(f"A theme was left out: {failure}", severity="warning", markup=False)

    def _ended(self, code: int) -> None:
        self.exit(return_code=code)

    def on_ready(self) -> None:
        """The start is over: what it made stays, and the collector may run again."""
        gc.freeze()
        gc.enable()
