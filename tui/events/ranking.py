"""Ranks events so that the weightiest tell the story: few of each day, and none twice.

The weight of an event is that among the mentions of its day, multiplied by a factor for each
weightier event of its day, and much less if a weightier one of nearby days reads like it. It depends
on the events of nearby days only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from tui.events import store
from tui.events.model import Ranked
from tui.events.terms import Vector, cosine, line_vector
from tui.ids import RowId

# Each further line of a day counts this much of the one before.
_FURTHER = 0.3
_MOST_FURTHER = 12
_REPEATED = 0.05
# Lines that are more alike repeat each other if they are of days that are at most so far apart.
_ALIKE = 0.5
_REACH = 5
# Only the weightiest events of a day can make those of another a repetition.
_HEAVY = 12


def rank(connection: sqlite3.Connection, changed: Iterable[int], blocks: Iterable[str]) -> None:
    """Weigh again the events of some days, of those nearby, and of some blocks of longer spans.

    The days are given as ordinals.
    """
    days = {day + n for day in changed for n in range(-_REACH, _REACH + 1)}
    for name in blocks:
        _rank(connection, store.ranked_of_block(connection, name), [])
    heavy = {
        day: [(r, line_vector(r.terms)) for r in store.ranked_of_day(connection, day, _HEAVY)]
        for day in sorted({d + n for d in days for n in range(-_REACH, _REACH + 1)})
    }
    for day in sorted(days):
        if not heavy[day]:
            continue
        near = [
            found
            for other in range(day - _REACH, day + _REACH + 1)
            if other != day
            for found in heavy[other]
        ]
        _rank(connection, store.ranked_of_day(connection, day, None), near)


def _rank(
    connection: sqlite3.Connection,
    events: Sequence[Ranked],
    near: Sequence[tuple[Ranked, Vector]],
) -> None:
    shown: list[tuple[Ranked, Vector]] = []
    weights: list[tuple[float, RowId]] = []
    further = 0
    for event in sorted(events, key=_order):
        if further > _MOST_FURTHER:
            weights.append((event.raw * _FURTHER**further, event.event))
            continue
        own = line_vector(event.terms)
        repeats = any(
            _heavier(other, event) and cosine(own, theirs) > _ALIKE
            for other, theirs in [*shown, *near]
        )
        if repeats:
            weights.append((event.raw * _REPEATED * _FURTHER**further, event.event))
            continue
        weights.append((event.raw * _FURTHER**further, event.event))
        shown.append((event, own))
        further += 1
    store.save_weights(connection, weights)


def _heavier(one: Ranked, other: Ranked) -> bool:
    return _order(one) < _order(other)


def _order(event: Ranked) -> tuple[float, tuple[int, ...]]:
    """Sorts the heaviest first; ties do not depend on row ids, which differ with the order in which
    articles come."""
    return (-event.raw, event.terms)
