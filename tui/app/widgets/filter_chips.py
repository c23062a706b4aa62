"""The line above the panes that shows the filter; each part of it can be removed."""

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
from textual.widget import Widget


class FilterChips(Widget):
    """One line with the parts of the filter, a cross after each; hidden if there is no filter."""

    DEFAULT_CSS = """
    FilterChips {
        dock: top;
        height: 1;
        display: none;
        background: $surface;
        color: $muted;
        & > .chips--part { color: $foreground; text-style: bold; }
        & > .chips--off { color: $accent; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"chips--part", "chips--off"}
    ALLOW_SELECT = False

    @dataclass
    class Removed(Message):
        """A part is to be removed, because it has been clicked."""

        part: str

    def __init__(self) -> None:
        super().__init__(id="chips")
        self._parts: Sequence[tuple[str, str]] = ()

    def show(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show the parts of a filter (name and words); the line is hidden if there are none."""
        if parts != self._parts:
            self._parts = parts
            self.display = bool(parts)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The parts and, if there is room, a hint about the keys."""
        base = self.rich_style
        part = base + self.get_component_rich_style("chips--part", partial=True)
        off = base + self.get_component_rich_style("chips--off", partial=True)
        segments = [Segment(" only", base)]
        for name, words in self._parts:
            press = Style.from_meta({"off": name})
            segments += [
                Segment("  ", base),
                Segment(words, part + press),
                Segment(" ×", off + press),
            ]
        used = sum(cell_len(segment.text) for segment in segments)
        hint = "fx removes the latest, fX all "
        gap = self.size.width - used - cell_len(hint)
        if gap > 1:
            segments.append(Segment(" " * gap + hint, base))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Post `Removed` for the part under the mouse."""
        name = event.style.meta.get("off")
        if name:
            self.post_message(self.Removed(name))
