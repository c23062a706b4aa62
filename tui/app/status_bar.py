"""The last line: a few keys for where one is, and at the right what is going on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.app.footer import footer
from tui.app.text_fit import fit
from tui.keys.actions import Action, Where
from tui.keys.keymap import Keymap

# How long something that was said stays (seconds).
_WHILE = 6.0


class StatusBar(Widget):
    """Keys at the left, which the mouse can press; progress or the last message at the right."""

    DEFAULT_CSS = """
    StatusBar {
        dock: bottom;
        height: 1;
        background: $surface;
        color: $muted;
        & > .status--key { color: $foreground; text-style: bold; }
        & > .status--message { color: $accent; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--key", "status--message"}
    ALLOW_SELECT = False

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(id="status")
        self._keymap = keymap
        self._pending = ""
        self._selection = ""
        self._hidden = False
        self._where: Where = "list"
        self._progress = ""
        self._at_rest = True
        self._message = ""
        self._silence: Timer | None = None

    def show_keys(self, where: Where) -> None:
        """Show the keys of a pane."""
        if where != self._where:
            self._where = where
            self.refresh()

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Show keys that wait for more, with what may follow."""
        words = [f"{key} {action.hint or action.help}" for key, action in following]
        shown = "  ".join([pressed, *words]) if pressed else ""
        if shown != self._pending:
            self._pending = shown
            self.refresh()

    def hide_keys(self, hidden: bool) -> None:
        """Show no keys, as something lies over them."""
        if hidden != self._hidden:
            self._hidden = hidden
            self.refresh()

    def show_selection(self, words: str) -> None:
        """Show what is selected, as long as something is; "" for nothing."""
        if words != self._selection:
            self._selection = words
            self.refresh()

    def show_progress(self, words: str, at_rest: bool = False) -> None:
        """Show what goes on; what is so `at_rest` gives way to the keys where there is no room."""
        if (words, at_rest) != (self._progress, self._at_rest):
            self._progress, self._at_rest = words, at_rest
            self.refresh()

    def say(self, words: str) -> None:
        """Say something for a while, or until the next thing is said."""
        if self._silence is not None:
            self._silence.stop()
            self._silence = None
        if words:
            self._silence = self.set_timer(_WHILE, lambda: self.say(""))
        if words != self._message:
            self._message = words
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The one line."""
        width = self.size.width
        base = self.rich_style
        if self._pending:
            return Strip([Segment(fit(f" {self._pending}", width), base)])
        right = self._message or self._selection or self._progress
        room = max(0, width - 2)
        if right and not self._message and not self._selection and self._at_rest:
            every = sum(
                cell_len(f" {key} {word} ") for key, word, _ in footer(self._keymap, self._where)
            )
            shown = right if every + cell_len(right) < room else ""
        else:
            shown = fit(right, min(cell_len(right), max(room // 2, room - 60))) if right else ""
        style = base
        if self._message:
            style += self.get_component_rich_style("status--message", partial=True)
        keys = [] if self._hidden else self._keys(base, width - cell_len(shown) - 3)
        used = sum(cell_len(segment.text) for segment in keys)
        gap = " " * max(0, width - used - cell_len(shown) - 1)
        return Strip([*keys, Segment(gap, base), Segment(shown, style)]).adjust_cell_length(
            width, base
        )

    def _keys(self, base: Style, width: int) -> list[Segment]:
        """As many keys as there is room for, `?` always among them."""
        bold = base + self.get_component_rich_style("status--key", partial=True)
        entries = footer(self._keymap, self._where)
        last = next((entry for entry in entries if entry[1] == "keys"), ("", "", ""))
        chosen = [last] if last[0] else []
        used = cell_len(f" {last[0]} {last[1]} ") if last[0] else 0
        for entry in entries:
            length = cell_len(f" {entry[0]} {entry[1]} ")
            if entry is not last and used + length <= width:
                chosen.insert(len(chosen) - bool(last[0]), entry)
                used += length
        if used > width:
            return []
        segments: list[Segment] = []
        for key, word, action in chosen:
            press = Style.from_meta({"press": action})
            segments += [
                Segment(" ", base),
                Segment(key, bold + press),
                Segment(f" {word}", base + press),
                Segment(" ", base),
            ]
        return segments

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        action = event.style.meta.get("press")
        if action:
            target = self.screen.focused or self.screen
            await self.app.run_action(
                action.removeprefix("screen."),
                default_namespace=self.screen if action.startswith("screen.") else target,
            )
