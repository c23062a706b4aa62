"""The status bar: some keys of the current context, and a message or the progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.app.widgets.footer_keys import footer
from tui.app.widgets.text_fit import fit
from tui.keys.actions import Action, Context
from tui.keys.keymap import Keymap

# The time for which a message is shown (seconds).
_WHILE = 6.0


class StatusBar(Widget):
    """Keys at the left, which can be clicked; the progress or the latest message at the right."""

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

    @dataclass
    class Pressed(Message):
        """A key has been clicked; `call` is the action to run."""

        call: str

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(id="status")
        self._keymap = keymap
        self._pending = ""
        self._selection = ""
        self._hidden = False
        self._key_context: Context = "list"
        self._progress = ""
        self._at_rest = True
        self._message = ""
        self._silence: Timer | None = None

    def show_keys(self, context: Context) -> None:
        """Show the keys of a context."""
        if context != self._key_context:
            self._key_context = context
            self.refresh()

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Show the pending keys and their continuations instead of all else; "" for no keys."""
        words = [f"{key} {action.hint or action.help}" for key, action in following]
        shown = "  ".join([pressed, *words]) if pressed else ""
        if shown != self._pending:
            self._pending = shown
            self.refresh()

    def hide_keys(self, hidden: bool) -> None:
        """Hide the keys while something else covers them, or show them again."""
        if hidden != self._hidden:
            self._hidden = hidden
            self.refresh()

    def show_selection(self, words: str) -> None:
        """Show words about the selection until they are replaced; "" if nothing is selected."""
        if words != self._selection:
            self._selection = words
            self.refresh()

    def show_progress(self, words: str, at_rest: bool = False) -> None:
        """Show the progress; if `at_rest`, only if there is room for it beside all keys."""
        if (words, at_rest) != (self._progress, self._at_rest):
            self._progress, self._at_rest = words, at_rest
            self.refresh()

    def say(self, words: str) -> None:
        """Show a message for some seconds, or until the next one; "" removes it."""
        if self._silence is not None:
            self._silence.stop()
            self._silence = None
        if words:
            self._silence = self.set_timer(_WHILE, lambda: self.say(""))
        if words != self._message:
            self._message = words
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The keys and what is shown at their right, or the pending keys."""
        width = self.size.width
        base = self.rich_style
        if self._pending:
            return Strip([Segment(fit(f" {self._pending}", width), base)])
        right = self._message or self._selection or self._progress
        room = max(0, width - 2)
        if right and not self._message and not self._selection and self._at_rest:
            every = sum(
                cell_len(f" {key} {word} ")
                for key, word, _ in footer(self._keymap, self._key_context)
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
        """The keys that fit into a width, including that for help; none if that does not fit."""
        bold = base + self.get_component_rich_style("status--key", partial=True)
        entries = footer(self._keymap, self._key_context)
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

    def on_click(self, event: events.Click) -> None:
        """Post `Pressed` for the key under the mouse."""
        call = event.style.meta.get("press")
        if call:
            self.post_message(self.Pressed(call))
