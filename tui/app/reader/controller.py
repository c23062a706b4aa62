"""What the controllers of the reader screen have in common."""

from __future__ import annotations

from collections.abc import Callable

from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.library import Library
from tui.storage.notebook_access import NotWritten


class Controller:
    """One feature of the reader screen.

    Args:
        state: what the controllers share.
        view: the screen, as far as they see it.
        library: what is read.
    """

    def __init__(self, state: ReaderState, view: ReaderView, library: Library) -> None:
        self.state = state
        self.view = view
        self.library = library

    def written(self, change: Callable[[], object], failed: str = "nothing was stored") -> bool:
        """Change the notebook, and say so if that fails; returns whether it was written."""
        try:
            change()
        except NotWritten as error:
            self.view.warn(f"{failed}, the notebook cannot be written: {error}", error=True)
            return False
        return True
