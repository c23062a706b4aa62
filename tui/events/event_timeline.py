"""The timeline of a library: its events in order of time, and the accounts of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.articles.model import Position
from tui.events import store, timeline_store
from tui.events.model import Account, BestAccount, DateVote, EventRow, TimelineIndex
from tui.events.timeline_store import Selection
from tui.ids import ArticleHash, RowId
from tui.storage.cache_access import Cache

if TYPE_CHECKING:
    from tui.events.alike import Alike

_ALL = Selection()


class Timeline:
    """Events in one cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def opening(self) -> TimelineIndex:
        """The rows of the events that tell the story."""
        return self._cache.read(timeline_store.load, TimelineIndex)

    def zoomed(self, selection: Selection, zoom: int) -> TimelineIndex:
        """The rows of those events of a selection that tell the story, of twice as many for each
        step of `zoom` above 0, and of half as many for each below."""
        if zoom == 0 and selection == Selection():
            return self.opening()
        return self._cache.read(lambda c: timeline_store.zoomed(c, selection, zoom), TimelineIndex)

    def index(self, selection: Selection = _ALL) -> TimelineIndex:
        """The rows of the events of a selection, by default of all events."""
        return self._cache.read(lambda c: timeline_store.read(c, selection), TimelineIndex)

    def density(self, selection: Selection) -> list[tuple[int, float]]:
        """The days that have events, as ordinals, each with the weight of its events."""
        return self._cache.read(
            lambda c: timeline_store.density(c, selection), list[tuple[int, float]]
        )

    def rows(self, events: Sequence[RowId]) -> dict[RowId, EventRow]:
        """The rows of a window of the timeline, by row id; events that are gone are left out."""
        found = self._cache.read(lambda c: store.rows(c, events), list[EventRow])
        return {row.row_id: row for row in found}

    def row(self, event: RowId) -> EventRow | None:
        """The row of one event, None if it is gone."""
        return self.rows([event]).get(event)

    def most_alike(self, article: RowId, sentence: str) -> Alike | None:
        """The sentence of another article that is most alike one of `article`, None if none is."""
        # Imported late: the lists of words that it needs would delay each start.
        from tui.events import alike

        return self._cache.find(lambda c: alike.most_alike(c, article, sentence))

    def with_words(self, words: str) -> set[RowId]:
        """The row ids of the events whose line has all of some words, or words that they begin."""
        return self._cache.read(lambda c: store.with_words(c, words.split()), set[RowId])

    def accounts(self, event: RowId) -> list[Account]:
        """The accounts of an event, one for each article, by the date of the article."""
        return self._cache.read(lambda c: store.accounts(c, event), list[Account])

    def date_votes(self, event: RowId) -> list[DateVote]:
        """The dates that the accounts of an event have, each with what it is based on and the
        number of articles; the most frequent first."""
        return self._cache.read(lambda c: store.date_votes(c, event), list[DateVote])

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

    def all_events(
        self, selection: Selection | None = None
    ) -> Iterator[tuple[EventRow, list[ArticleHash], BestAccount | None]]:
        """The events of a selection, or all, in order of time with their articles and the account
        that the line of each comes from."""
        chosen = selection or Selection()
        return self._cache.read(lambda c: store.all_events(c, chosen), lambda: iter(()))
