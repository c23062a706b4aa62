"""Takes weight from events that no other day of the library tells anything like.

A story goes on for days, and its events share words. What stands alone in a pile of articles comes
from a page about something else, or is an aside. Only the heaviest events are compared, as they are
the ones that the timeline opens on.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import nlargest

from tui.events import ranking_store
from tui.events.model import Weighed
from tui.events.terms import line_vector

_HEAVIEST = 500
# How many events of other days an event is compared with: the most alike ones.
_NEIGHBOURS = 5
# An event keeps its weight from this mean likeness on, and least of it up to that.
_RELATED, _ALONE = 0.2, 0.05
_LEAST = 0.05
# What is told again after so many days, this much alike and without a day, explains the news.
_SAME, _NEWS_DAYS, _BACKGROUND = 0.75, 3, 0.2
# In a library that tells of fewer events there is no telling what it is about.
_FEWEST = 30


def _is_background(alike: Mapping[int, float], events: Sequence[Weighed], event: Weighed) -> bool:
    """Whether earlier articles have told the same as an event that names no day itself."""
    if event.day is None:
        return False
    return any(
        value >= _SAME and (day := events[other].day) is not None and event.day - day > _NEWS_DAYS
        for other, value in alike.items()
    )


def weigh(connection: sqlite3.Connection) -> None:
    """Weigh the heaviest events again by how many events of other days are like them."""
    ranking_store.restore_weights(connection)
    events = ranking_store.heaviest(connection, _HEAVIEST)
    if len(events) < _FEWEST:
        return
    vectors = [line_vector(event.terms) for event in events]
    postings: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for term, value in vector.items():
            postings[term].append((number, value))
    found = []
    for number, event in enumerate(events):
        alike: defaultdict[int, float] = defaultdict(float)
        for term, value in vectors[number].items():
            for other, factor in postings[term]:
                if events[other].day != event.day:
                    alike[other] += value * factor
        nearest = nlargest(_NEIGHBOURS, alike.values())
        mean = sum(nearest) / _NEIGHBOURS
        kept = min(1.0, max(_LEAST, (mean - _ALONE) / (_RELATED - _ALONE)))
        if event.loose and _is_background(alike, events, event):
            kept *= _BACKGROUND
        # Several independent accounts are a reason of their own.
        found.append((event.raw * kept ** (2 / (1 + max(1, event.voices))), event.event))
    ranking_store.adjust_weights(connection, found)
