"""The Textual application: themes, key dispatch, signals and the reader screen."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from inspect import isawaitable
from typing import Any, ClassVar

from textual import actions, events, on, work
from textual.app import App
from textual.theme import Theme

from tui.app import clipboard, themes
from tui.app.key_dispatch import Dispatch, HasContexts, key_of
from tui.app.palette import Actions, EntityNames
from tui.app.reader.reader_screen import ReaderScreen
from tui.app.widgets.status_bar import StatusBar
from tui.config.loading import path
from tui.config.model import Config
from tui.keys.keymap import build
from tui.library import Library
from tui.times import date_labels


class DatelineApp(App[None]):
    """The application for one library.

    Args:
        library: the library to read.
        config: the reader's configuration; by default all settings have their default values.
        theme_name: the theme to use instead of the one chosen in the app or configured.
        dark: whether the background of the terminal is dark, None if unknown.
        index: whether to run the index process.
        remember: whether to store the state in which the library is left.
    """

    TITLE = "Dateline"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = ""
    COMMANDS: ClassVar[set[Any]] = {Actions, EntityNames}
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
        # With NO_COLOR, Textual's own filter would leave greys; this uses the terminal's colours.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.config = config or Config(path())
        date_labels.use_style(self.config.date_style)
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
        """The name of the theme to start with.

        It is the first of: the theme given, the colourless theme if there is to be no colour, the
        theme chosen in the app unless the configured one has changed since, the configured theme.
        """
        if self.no_color and not named:
            return self._known(themes.COLOURLESS)
        general = self._library.session.load()[1]
        chosen = general.get("theme") if general.get("theme_set") == self.config.theme else None
        wanted = named or chosen or self.config.theme
        if wanted == "auto":
            wanted = self.config.light if dark is False else self.config.dark
        return self._known(str(wanted))

    def _known(self, wanted: str) -> str:
        """The name of a theme if there is such a theme, else that of the default theme.

        The theme is registered. Only its own file is read if that is possible.
        """
        theme = themes.find(wanted)
        if theme is not None:
            self.register_theme(theme)
            return wanted
        self.load_themes()
        if wanted in self.available_themes:
            return wanted
        self._unknown_theme = wanted
        return themes.DEFAULT

    def load_themes(self) -> None:
        """Read and register all themes, once; errors in them are shown when the app is mounted."""
        if self._themes_loaded:
            return
        self._themes_loaded = True
        loaded = themes.available()
        for theme in loaded.themes:
            self.register_theme(theme)
        self._bad_themes = loaded.failed

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Default values of the theme variables, for the first parse of the style sheets.

        The variables of the current theme override them.
        """
        return {**dict.fromkeys(themes.COLOURS, "#808080"), **themes.STYLES}

    def get_css_variables(self) -> dict[str, str]:
        """The variables of the current theme.

        Textual's built-in themes lack the variables of this app, which fall back on their colours.
        """
        variables = super().get_css_variables()
        theme: Theme = self.current_theme
        return {**variables, **themes.variables_of(theme, variables)}

    def get_default_screen(self) -> ReaderScreen:
        """A new reader screen."""
        return ReaderScreen(
            self._library,
            self.config,
            self.keymap,
            faults=self.faults,
            index=self._index,
            remember=self._remember,
        )

    async def on_event(self, event: events.Event) -> None:
        """Run the action of a key in the table of actions; pass other events on to Textual."""
        if isinstance(event, events.Key) and not event.is_forwarded and await self._take(event):
            return
        await super().on_event(event)

    async def _take(self, event: events.Key) -> bool:
        screen = self.screen
        if not isinstance(screen, HasContexts):
            return False
        contexts = screen.contexts
        found = self._dispatch.take(key_of(event), contexts)
        screen.show_pending(self._dispatch.pending, self._dispatch.following(contexts))
        if isinstance(found, str):
            self.app_focus = True
            line = self.focused
            if line is not None and not {"typing", "writing"}.isdisjoint(contexts):
                # The input must first receive the keys that are still in its queue.
                line.call_later(self.perform, found)
            else:
                await self.perform(found)
        return found is not False

    async def perform(self, call: str) -> None:
        """Run an action, given as in the table of actions.

        `find.open` is the method `open` of the screen's controller `find`. Without the name of a
        controller, it is an action of the focused widget, or of the screen if no widget has the
        focus.
        """
        namespace, name, parameters = actions.parse(call)
        screen = self.screen
        controller = screen.controllers.get(namespace) if isinstance(screen, ReaderScreen) else None
        if controller is None:
            await self.run_action(call, self.focused or screen)
            return
        result = getattr(controller, name)(*parameters)
        if isawaitable(result):
            await result

    @on(StatusBar.Pressed)
    async def _pressed(self, message: StatusBar.Pressed) -> None:
        await self.perform(message.call)

    def on_mount(self) -> None:
        """Exit cleanly on SIGTERM and SIGHUP, and show errors in themes and configuration."""
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
            said.append(themes.unknown_theme_message(self._unknown_theme))
        if self.faults:
            first, more = self.config.locate(self.faults[0]), len(self.faults) - 1
            rest = f" ({more} more: dateline config --check)" if more else ""
            said.append(first + rest)
        return said

    def exit(self, result: None = None, return_code: int = 0, message: Any = None) -> None:
        """Store the state in which the library is left, then exit."""
        screen = self.screen_stack[0] if self.screen_stack else None
        if isinstance(screen, ReaderScreen):
            screen.session.store()
        super().exit(result, return_code, message)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text with the system's clipboard command, else with an OSC 52 sequence."""
        self._copy(text)

    @work(thread=True, exclusive=True, group="copy", exit_on_error=False)
    def _copy(self, text: str) -> None:
        if not clipboard.copy(text):
            self.call_from_thread(super().copy_to_clipboard, text)

    def _ended(self, code: int) -> None:
        self.exit(return_code=code)

    def on_ready(self) -> None:
        """Read all themes, and enable the garbage collector now that startup is over.

        The objects created so far live as long as the app, so they are excluded from collection.
        """
        self.load_themes()
        gc.freeze()
        gc.enable()
