"""The input for words to find on the page.

It covers the keys in the status bar, but not the number of matches at the right.
"""

from __future__ import annotations

from textual.widgets import Input


class FindLine(Input):
    """An input without a border, hidden until it is opened."""

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
        """Show the input with some words, and the text cursor after them."""
        self.value = words
        self.cursor_position = len(words)
        # Not by a class, which takes effect only with the next update of the styles: the input
        # would miss keys typed before that.
        self.display = True

    def close(self) -> None:
        """Hide the input."""
        self.display = False
