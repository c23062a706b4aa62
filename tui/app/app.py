"""The app: themes, keys, signals, and the one screen that everything else opens over."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from typing import Any, ClassVar

from textual import events, work
from textual.app import App
from textual.theme import Theme

from tui import edtf
from tui.app import clipboard, theming
from tui.app.dispatch import Dispatch, HasPlaces, key_of
from tui.app.palette import Actions, People
from tui.app.screens.library import LibraryScreen
from tui.config import Config, path
from tui.keys.keymap import build
from tui.library import Library


class DatelineApp(App[None]):
    """Dateline over one library.

    Args:
        library: what to read.
        config: what the reader set; by default nothing.
        theme_name: a theme to use instead of what was chosen last or set.
        dark: whether the terminal is dark, None if that is not known.
        index: whether to look for what is new in a process of its own.
    """

    TITLE = "Dateline"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = ""
    COMMANDS: ClassVar[set[Any]] = {Actions, People}
    DEFAULT_CSS = """
    Toast { background: $panel; color: $foreground; }
    """

    def __init__(
        self,
        library: Library,
        *,
        config: Config | None = None,
        theme_name: str | None = None,
        dark: bool | None = None,
        index: bool = True,
        remember: bool = True,
    ) -> None:
        # Without colour Textual's own filter would leave grey: the terminal's ground it is then.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.config = config or Config(path())
        edtf.use_style(self.config.date_style)
        self.keymap, faults = build(self.config.preset, self.config.keys)
        self.faults = [*self.config.faults, *faults]
        self._dispatch = Dispatch(self.keymap)
        self._library = library
        self._index = index
        self._remember = remember
        self._bad_themes: tuple[str, ...] = ()
        self._themes_loaded = False
        self._unknown_theme = ""
        self.theme = self._first_theme(theme_name, dark)

    def _first_theme(self, named: str | None, dark: bool | None) -> str:
        """The theme to start with: the one named, none without colour, the one chosen last, the
        one that is set."""
        if self.no_color and not named:
            return self._known(theming.COLOURLESS)
        general = self._library.session()[1]
        chosen = general.get("theme") if general.get("theme_set") == self.config.theme else None
        wanted = named or chosen or self.config.theme
        if wanted == "auto":
            wanted = self.config.light if dark is False else self.config.dark
        return self._known(str(wanted))

    def _known(self, wanted: str) -> str:
        """The theme of a name, read alone where that can be; the default if there is none."""
        theme = theming.find(wanted)
        if theme is not None:
            self.register_theme(theme)
            return wanted
        self.load_themes()
        if wanted in self.available_themes:
            return wanted
        self._unknown_theme = wanted
        return theming.DEFAULT

    def load_themes(self) -> None:
        """Read all themes, once; what is wrong with one is said when the app is up."""
        if self._themes_loaded:
            return
        self._themes_loaded = True
        loaded = theming.available()
        for theme in loaded.themes:
            self.register_theme(theme)
        self._bad_themes = loaded.failed

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Literals for the first parse of the style sheets: what a theme has comes over them."""
        return {**dict.fromkeys(theming.COLOURS, "#808080"), **theming.STYLES}

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; Textual's own themes lack ours, which fall back on colours."""
        variables = super().get_css_variables()
        theme: Theme = self.current_theme
        return {**variables, **theming.variables_of(theme, variables)}

    def get_default_screen(self) -> LibraryScreen:
        """The reader."""
        return LibraryScreen(
            self._library,
            self.config,
            self.keymap,
            faults=self.faults,
            index=self._index,
            remember=self._remember,
        )

    async def on_event(self, event: events.Event) -> None:
        """Keys of the table are run here; all others go where Textual takes them."""
        if isinstance(event, events.Key) and not event.is_forwarded and await self._take(event):
            return
        await super().on_event(event)

    async def _take(self, event: events.Key) -> bool:
        screen = self.screen
        if not isinstance(screen, HasPlaces):
            return False
        places = screen.places
        found = self._dispatch.take(key_of(event), places)
        screen.show_pending(self._dispatch.pending, self._dispatch.following(places))
        if isinstance(found, str):
            self.app_focus = True
            line = self.focused
            if line is not None and not {"typing", "writing"}.isdisjoint(places):
                # What was typed before it may still be in the queue of the line: it comes after.
                line.call_later(self.run_action, found, line)
            else:
                await self.run_action(found, line or screen)
        return found is not False

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
        for words in self._complaints():
            self.notify(words, severity="warning", markup=False, timeout=12)

    def _complaints(self) -> list[str]:
        said = [f"A theme was left out: {failure}" for failure in self._bad_themes]
        if self._unknown_theme:
            said.append(theming.near(self._unknown_theme))
        if self.faults:
            first, more = self.config.told(self.faults[0]), len(self.faults) - 1
            rest = f" ({more} more: dateline config --check)" if more else ""
            said.append(first + rest)
        return said

    def exit(self, result: None = None, return_code: int = 0, message: Any = None) -> None:
        """Note how the library is left, then end."""
        screen = self.screen_stack[0] if self.screen_stack else None
        if isinstance(screen, LibraryScreen):
            screen.remember()
        super().exit(result, return_code, message)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy by the system's command where it has one, else by asking the terminal (OSC 52)."""
        self._copy(text)

    @work(thread=True, exclusive=True, group="copy", exit_on_error=False)
    def _copy(self, text: str) -> None:
        if not clipboard.copy(text):
            self.call_from_thread(super().copy_to_clipboard, text)

    def _ended(self, code: int) -> None:
        self.exit(return_code=code)

    def on_ready(self) -> None:
        """The start is over: what it made stays, and the collector may run again."""
        self.load_themes()
        gc.freeze()
        gc.enable()
