"""Restores a library as it was left, and stores how it is left."""

from __future__ import annotations

from typing import Any

from tui.app.reader.appearance import Appearance
from tui.app.reader.controller import Controller
from tui.app.reader.filter import FilterList
from tui.app.reader.list_and_timeline import Contents
from tui.app.reader.opening import Opening
from tui.app.reader.pane_layout import TWO_PANES
from tui.app.reader.state import PANES, PaneName, ReaderState
from tui.app.reader.view import ReaderView
from tui.articles.model import Position
from tui.library import Library
from tui.search.filters import SORTS, Filter

# The number of positions of the history that are stored.
_STORED_POSITIONS = 100
# Names of panes in sessions that older versions have stored.
_RENAMED_PANES = {"reader": "page"}


class SessionKeeper(Controller):
    """The session of a library.

    Args:
        stores: whether anything is to be stored.
        indexes: whether there is an index process.
    """

    def __init__(
        self,
        state: ReaderState,
        view: ReaderView,
        library: Library,
        *,
        opening: Opening,
        contents: Contents,
        filters: FilterList,
        appearance: Appearance,
        stores: bool,
        indexes: bool,
    ) -> None:
        super().__init__(state, view, library)
        self._opening = opening
        self._contents = contents
        self._filters = filters
        self._appearance = appearance
        self._stores = stores
        self._indexes = indexes
        self._is_new = False
        self._stored: tuple[Any, ...] = ()
        self._left_at: dict[str, str] = {}

    # Restoring

    def restore(self) -> None:
        """Restore filter, order, sizes and history, but no article yet."""
        state, general = self.library.session.load()
        self._is_new = not state
        self._appearance.restore(general)
        self._restore_list(state)
        self._restore_history(state)
        self._left_at = {name: str(state.get(name) or "") for name in ("article", "listed", "pane")}

    def _restore_list(self, state: dict[str, Any]) -> None:
        self.state.filter = Filter.from_json(state.get("filter"))
        parts = state.get("filter_order")
        self.state.filter_order = tuple(map(str, parts)) if isinstance(parts, list) else ()
        self.state.zen = state.get("zen") is True and self.view.width >= TWO_PANES
        sort = state.get("sort")
        self.state.sort = next((known for known in SORTS if known == sort), "newest")
        columns = state.get("columns")
        for name, pair in (columns if isinstance(columns, dict) else {}).items():
            if isinstance(pair, list) and len(pair) == 2 and all(isinstance(n, int) for n in pair):
                self.state.columns[str(name)] = (pair[0], pair[1])
        self._filters.show_chips()

    def _restore_history(self, state: dict[str, Any]) -> None:
        jumps = state.get("jumps")
        positions: list[Position] = []
        at = state.get("jump")
        at = at if isinstance(at, int) else -1
        for number, jump in enumerate(jumps if isinstance(jumps, list) else []):
            article = None
            if isinstance(jump, list) and len(jump) == 2 and isinstance(jump[1], int):
                article = self.library.articles.row_id(str(jump[0]))
            if article is not None:
                positions.append(Position(article, jump[1]))
            elif number <= at:
                at -= 1
        self.state.history.load(positions, at)

    def open_where_left(self) -> None:
        """Open the article that was on the page, else the first one."""
        left = self._left_at
        article = self.library.articles.row_id(left["article"]) if left.get("article") else None
        if article is None or not self._opening.show(article):
            self._opening.show_first()
            return
        listed = self.library.articles.row_id(left["listed"]) if left["listed"] else None
        if listed is not None:
            self.view.articles.go_to_article(listed)
        pane = _RENAMED_PANES.get(left["pane"], left["pane"])
        known: PaneName | None = next((name for name in PANES if name == pane), None)
        if known is not None and known != "articles":
            self.view.when_drawn(lambda: self.view.go_to_pane(known))

    def adopt(self) -> None:
        """Restore the session of a library whose folder has moved here."""
        self.restore()
        self._contents.show_list()
        self._contents.show_timeline()
        self.open_where_left()
        self.view.status.say("known from another folder: taken up from there")

    # Storing

    def store(self) -> None:
        """Store how the library is left, if that has changed."""
        if not (self._stores and self.view.ready):
            return
        if self._is_new and self._indexes and not self.state.indexed:
            # Whether it is a library that has moved is known only after the first run of indexing.
            return
        self._opening.note_position()
        positions = self.state.unsaved_positions
        if self.state.article is None and not positions:
            return
        state = self._state()
        general = {**self.library.session.load()[1], **self._appearance.chosen()}
        if (state, general, dict(positions)) == self._stored:
            return
        if self.library.session.save(state, general, [(a, *p) for a, p in positions.items()]):
            positions.clear()
            self._opening.note_position()
            self._stored = (state, general, dict(positions))

    def _state(self) -> dict[str, Any]:
        page, listed = self.view.page.page, self.view.articles.article
        history, at = self.state.history.latest(_STORED_POSITIONS)
        articles = [position.article for position in history]
        hashes = self.library.articles.hashes([*articles, *([listed] if listed else [])])
        return {
            "article": page.article.id if page is not None else "",
            "listed": hashes.get(listed, "") if listed is not None else "",
            "pane": self.state.pane,
            "zen": self.state.zen,
            "filter": self.state.filter.to_json(),
            "filter_order": list(self.state.filter_order),
            "sort": self.state.sort,
            "columns": {name: list(pair) for name, pair in self.state.columns.items()},
            "jumps": [[hashes[p.article], p.offset] for p in history if p.article in hashes],
            "jump": at,
        }
