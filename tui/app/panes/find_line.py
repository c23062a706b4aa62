"""The line to type in what to find on the page, over the keys of the last line: what is said at
its right, the count, stays to be seen."""

from __future__ import annotations

from textual.widgets import Input


class FindLine(Input):
    """An input without a frame; not there until it is wanted."""

    DEFAULT_CSS = """
    FindLine, FindLine:focus {
        dock: bottom;
        height: 1;
        width: 60%;
        max-width: 70;
        border: none;
        padding: 0 1;
        background: $panel;
        color: $foreground;
    }
    """

    def __init__(self) -> None:
        super().__init__(id="find-line", select_on_focus=False, placeholder="find on this page")
        self.cursor_blink = False
        self.display = False

    def open(self, words: str = "") -> None:
        """Show the line with some words, ready to be typed over."""
        self.value = words
        self.cursor_position = len(words)
        # By its own style: a class would be seen only with the next update of the styles, and what
        # is typed ahead would miss the line.
        self.display = True

    def close(self) -> None:
        """Hide it."""
        self.display = False
