"""Sorts the list."""

from __future__ import annotations

from tui.app.reader.controller import Controller
from tui.app.reader.list_and_timeline import Contents
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.library import Library
from tui.search.filters import SORTS

_WORDS = {
    "newest": "newest first",
    "oldest": "oldest first",
    "title": "by title",
    "events": "most events first",
}


class SortList(Controller):
    """The order of the list."""

    def __init__(
        self, state: ReaderState, view: ReaderView, library: Library, contents: Contents
    ) -> None:
        super().__init__(state, view, library)
        self._contents = contents

    def next_order(self) -> None:
        """Show the list in the next order."""
        self.state.sort = SORTS[(SORTS.index(self.state.sort) + 1) % len(SORTS)]
        self._contents.show_list()
        self.view.status.say(_WORDS[self.state.sort])
