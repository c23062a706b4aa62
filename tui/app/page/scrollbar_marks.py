"""Marks on a scrollbar that show where something is in the scrolled content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

_SIGN = "─"


class _Marked(ScrollBarRender):
    """Textual's scrollbar with a sign at each mark; `marks` are fractions of its length, 0 to 1."""

    marks: ClassVar[Sequence[float]] = ()
    color: ClassVar[Color | None] = None

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = Color.parse("default"),  # noqa: B008
        bar_color: Color = Color.parse("default"),  # noqa: B008
    ) -> Segments:
        bar = super().render_bar(
            size, virtual_size, window_size, position, thickness, vertical, back_color, bar_color
        )
        segments = list(bar.segments)
        for row in {min(size - 1, int(mark * size)) for mark in cls.marks}:
            if 0 <= row < len(segments):
                style = segments[row].style or Style()
                text = style.color if style.reverse else style.bgcolor
                meta = Style(meta=style.meta)
                sign = Style(color=cls.color, bgcolor=text or back_color, bold=True)
                segments[row] = Segment(_SIGN * thickness, sign + meta)
        return Segments(segments, new_lines=bar.new_lines)


def renderer(marks: Sequence[float], color: Color | None) -> type[ScrollBarRender]:
    """A renderer for a scrollbar with marks at some fractions (0 to 1) of its length."""
    if not marks:
        return ScrollBarRender
    return type("_MarkedHere", (_Marked,), {"marks": tuple(marks), "color": color})
