"""Sets the length of a scrolling view without a layout of the whole screen."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView


def set_length(view: ScrollView, rows: int) -> None:
    """Set the number of lines of a view.

    Assigning `virtual_size` would lay out the whole screen, although only the scrollbar can look
    different, because the views of the app always have one.
    """
    view.set_reactive(ScrollView.virtual_size, Size(0, rows))
    if view.show_vertical_scrollbar:
        view.vertical_scrollbar.window_virtual_size = rows
    if view.scroll_offset.y > view.max_scroll_y:
        view.scroll_to(y=view.max_scroll_y, animate=False)
