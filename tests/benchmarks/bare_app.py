"""A rival: the least that Textual can do, one frame of one line."""

from __future__ import annotations

import gc

# The collector is off while the reader starts; the rival gets the same.
gc.disable()

from textual.app import App, ComposeResult  # noqa: E402
from textual.widgets import Static  # noqa: E402


class Bare(App[None]):
    """Paints a word."""

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static("Secondmark")


if __name__ == "__main__":
    Bare().run()
