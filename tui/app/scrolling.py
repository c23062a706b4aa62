"""The length of what scrolls, set without a layout of the whole screen."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView


def set_length(view: ScrollView, rows: int) -> None:
    """Tell a view how many lines it has.

    `virtual_size` lays out the screen anew whenever it changes, although nothing but the scrollbar
    can look different: the views of the reader have one at all times.
    """
    view.set_reactive(ScrollView.virtual_size, Size(0, rows))
    if view.show_vertical_scrollbar:
        view.vertical_scrollbar.window_virtual_size = rows
    if view.scroll_offset.y > view.max_scroll_y:
        view.scroll_to(y=view.max_scroll_y, animate=False)
