"""The rows of the timeline in the cache: the weightiest events, in order of time.

The opening view, which is read at each start, is stored as one value; others are read from the
events when they are asked for.
"""

from __future__ import annotations

import json
import math
import sqlite3
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tui.events.model import TimelineIndex
from tui.ids import RowId
from tui.storage.packed_numbers import pack, unpack
from tui.times.edtf import interval

_UNDATED_DAY = 1 << 40
# The opening view has about this many lines for each square root of a day that has events.
_LINES = 6.0
_MOST_A_DAY = 2
_FEWEST = 12
_DEEPEST = 40
# What only one sentence mentions beside something else is no event of the timeline, nor is what is
# attached to another event; unless the reader says something of it.
IS_EVENT = "(part_of IS NULL AND NOT hidden AND (NOT part OR accounts > 1 OR said != ''))"
_ORDER = "first IS NULL, first, last DESC, weight DESC, terms, event"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events a timeline has.

    Attributes:
        top: the number of events, the weightiest ones; None for all.
        first: the first day as an ordinal, None for no limit. Only events of single days or spans
            that overlap the days from `first` to `last` are chosen, and no undated ones.
        last: the last day, None for no limit.
        events: the row ids among which events are chosen, None for all.
        articles: the row ids of articles of which one tells of each event, None for all.
    """

    top: int | None = None
    first: int | None = None
    last: int | None = None
    events: frozenset[RowId] | None = None
    articles: frozenset[RowId] | None = None


def _opening_size(days: int) -> int:
    """How many lines tell the story of some days: more for more days, but at most two for each."""
    return max(_FEWEST, min(_MOST_A_DAY * days, round(_LINES * math.sqrt(days))))


def _counts(connection: sqlite3.Connection, selection: Selection) -> tuple[int, int]:
    """The number of days that have events of a selection, and that of the events."""
    where, values = conditions(selection)
    days, total = connection.execute(
        "SELECT count(DISTINCT CASE WHEN first = last THEN first END), count(*)"
        f" FROM events {where}",
        values,
    ).fetchone()
    return int(days), int(total)


def save(connection: sqlite3.Connection) -> None:
    """Compute the opening view from the events and store it."""
    index = zoomed(connection, Selection(), 0)
    head = json.dumps(index.spans).encode()
    lengths = array("q", [len(head), len(index.rows), len(index.starts), index.total])
    data = pack(lengths) + head + pack(index.rows) + pack(index.starts) + pack(index.days)
    connection.execute(
        "REPLACE INTO snapshots SELECT 'timeline', value, ? FROM meta WHERE name = 'revision'",
        (data,),
    )


def load(connection: sqlite3.Connection) -> TimelineIndex:
    """The opening view as stored, empty before the first `save`."""
    row = connection.execute("SELECT data FROM snapshots WHERE name = 'timeline'").fetchone()
    if row is None:
        return TimelineIndex()
    data: bytes = row[0]
    head, rows, starts, total = unpack(data[:32])
    spans = tuple(json.loads(data[32 : 32 + head]))
    numbers = memoryview(data)[32 + head :]
    return TimelineIndex(
        unpack(bytes(numbers[: rows * 8])),
        spans,
        unpack(bytes(numbers[rows * 8 : (rows + starts) * 8])),
        unpack(bytes(numbers[(rows + starts) * 8 :])),
        total,
    )


def zoomed(connection: sqlite3.Connection, selection: Selection, zoom: int) -> TimelineIndex:
    """The rows of the events of a selection that tell the story (zoom 0), or of twice as many for
    each step of zoom above 0, and half as many for each below."""
    days, total = _counts(connection, selection)
    top = max(1, round(_opening_size(days) * 2.0 ** min(zoom, _DEEPEST)))
    return _read(connection, replace(selection, top=top), total)


def read(connection: sqlite3.Connection, selection: Selection) -> TimelineIndex:
    """The rows of the timeline that a selection has."""
    _, total = _counts(connection, selection)
    return _read(connection, selection, total)


def _read(connection: sqlite3.Connection, selection: Selection, total: int) -> TimelineIndex:
    where, values = conditions(selection)
    if selection.top is None:
        query, limit = f"SELECT event, when_ FROM events {where} ORDER BY {_ORDER}", []
    else:
        query = (
            f"SELECT event, when_ FROM (SELECT * FROM events {where}"
            f" ORDER BY weight DESC, terms LIMIT ?) ORDER BY {_ORDER}"
        )
        limit = [selection.top]
    return _index(connection.execute(query, [*values, *limit]), total)


def conditions(selection: Selection) -> tuple[str, list[int | str]]:
    """A WHERE clause for the events of a selection, and its values."""
    parts: list[str] = ["headline != ''", IS_EVENT]
    values: list[int | str] = []
    if selection.first is not None:
        parts.append("last >= ?")
        values.append(selection.first)
    if selection.last is not None:
        parts.append("first <= ?")
        values.append(selection.last)
    if selection.events is not None:
        parts.append("event IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(selection.events)))
    if selection.articles is not None:
        parts.append(
            "event IN (SELECT event FROM event_mentions"
            " WHERE article IN (SELECT value FROM json_each(?)))"
        )
        values.append(json.dumps(sorted(selection.articles)))
    return "WHERE " + " AND ".join(parts), values


def _index(rows: Iterable[tuple[RowId, str | None]], total: int) -> TimelineIndex:
    index = TimelineIndex()
    spans: list[str] = []
    current: str | None = None
    # A longer span comes before the days in it, undated events come last.
    for event, when in rows:
        span = _heading(when)
        if span != current:
            current = span
            index.starts.append(len(index.rows))
            index.days.append(interval(span).first if span else _UNDATED_DAY)
            spans.append(span)
            index.rows.append(-len(spans))
        index.rows.append(event)
    return TimelineIndex(index.rows, tuple(spans), index.starts, index.days, total)


def density(connection: sqlite3.Connection, selection: Selection) -> list[tuple[int, float]]:
    """The days that have events of a selection, as ordinals, each with the weight of its events."""
    where, values = conditions(selection)
    return [
        (int(day), float(weight))
        for day, weight in connection.execute(
            f"SELECT first, sum(weight) FROM events {where} AND first = last"
            " GROUP BY first ORDER BY first",
            values,
        )
    ]


def _heading(when: str | None) -> str:
    """The EDTF date under which an event is listed: its own without time of day and qualifier."""
    if not when:
        return ""
    return when if "/" in when else when.split("T")[0].rstrip("~?%")
