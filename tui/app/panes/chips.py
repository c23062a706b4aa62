"""The filter in words, over the panes: each part can be taken off."""

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


class Chips(Widget):
    """One line of parts with a cross each; not there while there is no filter."""

    DEFAULT_CSS = """
    Chips {
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
    class TakenOff(Message):
        """The mouse took a part off."""

        part: str

    def __init__(self) -> None:
        super().__init__(id="chips")
        self._parts: Sequence[tuple[str, str]] = ()

    def show(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show the parts of a filter; none hides the line."""
        if parts != self._parts:
            self._parts = parts
            self.display = bool(parts)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The one line."""
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
        hint = "fx takes the last off, fX all "
        gap = self.size.width - used - cell_len(hint)
        if gap > 1:
            segments.append(Segment(" " * gap + hint, base))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Take the part under the mouse off."""
        name = event.style.meta.get("off")
        if name:
            self.post_message(self.TakenOff(name))
