"""The timeline of a library: its events in order of time, and the accounts of each."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from tui.articles.model import Position
from tui.events import store, timeline_store
from tui.events.model import Account, EventRow, TimelineIndex
from tui.ids import ArticleHash, RowId
from tui.storage.cache_access import Cache


class Timeline:
    """Events in one cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def index(self, only: Container[RowId] | None = None) -> TimelineIndex:
        """The rows of the whole timeline, or of those events that are in `only`."""
        whole = self._cache.read(timeline_store.load, TimelineIndex)
        return whole if only is None else whole.only(only)

    def rows(self, events: Sequence[RowId]) -> dict[RowId, EventRow]:
        """The rows of a window of the timeline, by row id; events that are gone are left out."""
        found = self._cache.read(lambda c: store.rows(c, events), list[EventRow])
        return {row.row_id: row for row in found}

    def row(self, event: RowId) -> EventRow | None:
        """The row of one event, None if it is gone."""
        return self.rows([event]).get(event)

    def accounts(self, event: RowId) -> list[Account]:
        """The accounts of an event, one for each article, by the date of the article."""
        return self._cache.read(lambda c: store.accounts(c, event), list[Account])

    def first_account(self, event: RowId) -> Position | None:
        """Where the earliest article that tells of an event tells of it."""
        return self._cache.find(lambda c: store.first_account(c, event))

    def next_account(self, event: RowId, article: RowId) -> tuple[Position, int, int] | None:
        """The account after the one in `article`, its number (from 1), and the number of accounts.

        The first account comes after the last one. None if no other article tells of the event.
        """
        accounts = self.accounts(event)
        here = next((n for n, a in enumerate(accounts) if a.article == article), -1)
        others = len(accounts) - (here >= 0)
        if not others:
            return None
        number = (here + 1) % len(accounts)
        account = accounts[number]
        return Position(account.article, account.start), number + 1, len(accounts)

    def headlines_in(self, article: RowId, start: int, end: int) -> list[str]:
        """The headlines of the events that a span of an article tells of."""
        return self._cache.read(lambda c: store.headlines_in(c, article, start, end), list[str])

    def all_events(self, top: int | None = None) -> Iterator[tuple[EventRow, list[ArticleHash]]]:
        """Events in order of time with their articles; only the `top` weightiest if given."""
        return self._cache.read(lambda c: store.all_events(c, top), lambda: iter(()))
