"""Events that may be the same as another one, for the reader to choose from."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tui.events import line_store, store
from tui.events.terms import cosine, line_vector
from tui.events.timeline_store import Selection
from tui.ids import RowId

# The number of days before and after an event in which others are offered.
_REACH = 14
# The most events that are compared.
_MOST = 2000


def alike(
    connection: sqlite3.Connection, event: RowId, words: Sequence[str], limit: int
) -> list[RowId]:
    """Other events of the timeline, the most alike first, at most `limit`.

    Args:
        connection: the cache.
        event: the event.
        words: what their lines contain; without any, they are of the days around the event, or of
            any day if it has no date.
        limit: the most that are returned.
    """
    own = next(iter(line_store.lines_of(connection, [event])), None)
    if own is None:
        return []
    if words:
        found = sorted(store.with_words(connection, words))[:_MOST]
        others = line_store.lines_of(connection, found)
    else:
        near = Selection() if own.day is None else _around(own.day)
        others = line_store.lines_selected(connection, near, _MOST)
    vector = line_vector(own.terms)

    def order(other: line_store.LineOfEvent) -> tuple[float, int, float]:
        apart = abs(other.day - own.day) if other.day is not None and own.day is not None else 0
        return -cosine(vector, line_vector(other.terms)), apart, -other.weight

    ranked = sorted((other for other in others if other.event != event), key=order)
    return [other.event for other in ranked[:limit]]


def _around(day: int) -> Selection:
    return Selection(first=day - _REACH, last=day + _REACH)
