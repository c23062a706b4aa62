"""Events by their lines, as they are compared to find which may be the same."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui.events.packed_terms import unpack
from tui.events.timeline_store import Selection, conditions
from tui.ids import RowId


@dataclass(frozen=True, slots=True)
class LineOfEvent:
    """An event by its line; `day` is its first day as an ordinal, None if it has no date."""

    event: RowId
    day: int | None
    weight: float
    terms: tuple[int, ...]


def lines_of(connection: sqlite3.Connection, events: Iterable[RowId]) -> list[LineOfEvent]:
    """Some events by their lines, in no particular order."""
    return _lines(
        connection,
        "WHERE event IN (SELECT value FROM json_each(?))",
        [json.dumps(list(events))],
    )


def lines_selected(
    connection: sqlite3.Connection, selection: Selection, limit: int
) -> list[LineOfEvent]:
    """The events of a selection by their lines, the heaviest first, at most `limit`."""
    where, values = conditions(selection)
    return _lines(connection, f"{where} ORDER BY weight DESC, terms LIMIT ?", [*values, limit])


def _lines(
    connection: sqlite3.Connection, where: str, values: Sequence[int | str]
) -> list[LineOfEvent]:
    rows = connection.execute(f"SELECT event, first, weight, terms FROM events {where}", values)
    return [
        LineOfEvent(event, first, weight, unpack(terms)) for event, first, weight, terms in rows
    ]
