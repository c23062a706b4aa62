"""Ranks events so that the weightiest tell the story: few of each day, and none twice.

The weight of an event is that among the mentions of its day, multiplied by a factor for each
weightier event of its day, and much less if a weightier one of nearby days reads like it. It depends
on the events of nearby days only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from tui.events import ranking_store
from tui.events.model import Ranked
from tui.events.terms import Vector, cosine, line_vector
from tui.ids import RowId
from tui.times.edtf import interval

# Each further line of a day counts this much of the one before.
_FURTHER = 0.25
_MOST_FURTHER = 12
_REPEATED = 0.01
# Lines that are more alike than this repeat each other, by the number of days between them.
_ALIKE = (0.3, 0.4, 0.43, 0.5, 0.5, 0.5)
# The same for one that no article dates itself, if the other is of one of the days before.
_ALIKE_NEWS, _NEWS_REACH = 0.36, 3
_REACH = len(_ALIKE) - 1
# A date of so many days at most is compared with the days in it.
_LONGEST_SPAN = 62
# Only the weightiest events of a day can make those of another a repetition.
_HEAVY = 12


def rank(connection: sqlite3.Connection, changed: Iterable[int], blocks: Iterable[str]) -> None:
    """Weigh again the events of some days, of those nearby, and of some blocks of longer spans.

    The days are given as ordinals.
    """
    days = {day + n for day in changed for n in range(-_REACH, _REACH + 1)}
    heavy = {
        day: [
            (r, line_vector(r.terms)) for r in ranking_store.ranked_of_day(connection, day, _HEAVY)
        ]
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
        _rank(connection, ranking_store.ranked_of_day(connection, day, None), near)
    for name in sorted({*blocks, *ranking_store.span_blocks(connection, days)}):
        _rank(
            connection, ranking_store.ranked_of_block(connection, name), _within(connection, name)
        )


def _within(connection: sqlite3.Connection, block: str) -> list[tuple[Ranked, Vector]]:
    """The heaviest events of each day of a span, none if it is long or the block of no date."""
    span = interval(block) if block else None
    if span is None or span.days > _LONGEST_SPAN:
        return []
    return [
        (found, line_vector(found.terms))
        for day in range(span.first, span.last + 1)
        for found in ranking_store.ranked_of_day(connection, day, _HEAVY)
    ]


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
        repeats = not event.own and any(
            not other.own and _is_first(other, event) and cosine(own, theirs) > _least(other, event)
            for other, theirs in [*shown, *near]
        )
        if repeats:
            weights.append((event.raw * _REPEATED * _FURTHER**further, event.event))
            continue
        weights.append((event.raw * _FURTHER**further, event.event))
        shown.append((event, own))
        further += 1
    ranking_store.save_weights(connection, weights)


def _is_first(one: Ranked, other: Ranked) -> bool:
    """Whether one of two events is shown rather than the other: the one that has a day, else the
    heavier one."""
    if (one.day is None) != (other.day is None):
        return other.day is None
    return _order(one) < _order(other)


def _least(one: Ranked, other: Ranked) -> float:
    """How alike the lines of two events are at least if the second repeats the first."""
    if one.day is None or other.day is None:
        return _ALIKE[1]
    days = other.day - one.day
    if other.loose and not one.loose and 0 < days <= _NEWS_REACH:
        return _ALIKE_NEWS
    return _ALIKE[min(abs(days), _REACH)]


def _order(event: Ranked) -> tuple[float, tuple[int, ...]]:
    """Sorts the heaviest first; ties do not depend on row ids, which differ with the order in which
    articles come."""
    return (-event.raw, event.terms)
