"""The timeline as one value: computed by indexing, and read whole at a start."""

from __future__ import annotations

import json
import sqlite3
from array import array

from tui.events.model import TimelineIndex
from tui.storage.packed_numbers import pack, unpack
from tui.times.edtf import interval

_UNDATED_DAY = 1 << 40


def save(connection: sqlite3.Connection) -> None:
    """Compute the timeline from the events and store it."""
    index = _computed(connection)
    head = json.dumps(index.spans).encode()
    lengths = array("q", [len(head), len(index.rows), len(index.starts)])
    data = pack(lengths) + head + pack(index.rows) + pack(index.starts) + pack(index.days)
    connection.execute(
        "REPLACE INTO snapshots SELECT 'timeline', value, ? FROM meta WHERE name = 'revision'",
        (data,),
    )


def _computed(connection: sqlite3.Connection) -> TimelineIndex:
    index = TimelineIndex()
    spans: list[str] = []
    current: str | None = None
    # A longer span comes before the days in it, undated events come last.
    rows = connection.execute(
        "SELECT event, when_ FROM events WHERE headline != ''"
        " ORDER BY first IS NULL, first, last DESC, accounts DESC, event"
    )
    for event, when in rows:
        span = _heading(when)
        if span != current:
            current = span
            index.starts.append(len(index.rows))
            index.days.append(interval(span).first if span else _UNDATED_DAY)
            spans.append(span)
            index.rows.append(-len(spans))
        index.rows.append(event)
    return TimelineIndex(index.rows, tuple(spans), index.starts, index.days)


def _heading(when: str | None) -> str:
    """The EDTF date under which an event is listed: its own without time of day and qualifier."""
    if not when:
        return ""
    return when if "/" in when else when.split("T")[0].rstrip("~?%")


def load(connection: sqlite3.Connection) -> TimelineIndex:
    """The timeline as stored, empty before the first `save`."""
    row = connection.execute("SELECT data FROM snapshots WHERE name = 'timeline'").fetchone()
    if row is None:
        return TimelineIndex()
    data: bytes = row[0]
    head, rows, starts = unpack(data[:24])
    spans = tuple(json.loads(data[24 : 24 + head]))
    numbers = memoryview(data)[24 + head :]
    return TimelineIndex(
        unpack(bytes(numbers[: rows * 8])),
        spans,
        unpack(bytes(numbers[rows * 8 : (rows + starts) * 8])),
        unpack(bytes(numbers[(rows + starts) * 8 :])),
    )
