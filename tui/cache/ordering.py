"""The list in another order than by date, and what a filter leaves of it: keys, as sets or arrays.

The notebook's part (read, bookmarked) comes in as ids: the two stores never share a connection.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Iterable

from tui.edtf import interval
from tui.filters import Filter, Sort

_CHUNK = 500
_ORDERS: dict[Sort, str] = {
    "oldest": "day IS NULL, day, key",
    "title": "title COLLATE NOCASE, key",
    "events": "events DESC, day DESC, key",
}


def sorted_keys(connection: sqlite3.Connection, sort: Sort) -> array[int]:
    """The keys of all articles in an order other than the newest first."""
    rows = connection.execute(f"SELECT key FROM articles ORDER BY {_ORDERS[sort]}")
    return array("q", [key for (key,) in rows])


def keys_of(connection: sqlite3.Connection, idents: Iterable[str]) -> set[int]:
    """The keys of those of some articles (ids) that are in the library."""
    wanted = list(idents)
    found: set[int] = set()
    for at in range(0, len(wanted), _CHUNK):
        chunk = wanted[at : at + _CHUNK]
        marks = ",".join("?" * len(chunk))
        found.update(
            key
            for (key,) in connection.execute(
                f"SELECT key FROM articles WHERE id IN ({marks})", chunk
            )
        )
    return found


def matching(
    connection: sqlite3.Connection, chosen: Filter, naming: set[int] | None
) -> set[int] | None:
    """The keys that the cache's part of a filter lets through; None for all.

    `naming` are those that name the filter's entity, None where it has none.
    """
    found = naming
    if chosen.dates:
        span = interval(chosen.dates)
        rows = connection.execute(
            "SELECT key FROM articles WHERE day BETWEEN ? AND ?", (span.first, span.last)
        )
        found = _both(found, {key for (key,) in rows})
    if words := re.findall(r"\w+", chosen.title):
        query = "title : (" + " AND ".join(f'"{word}"*' for word in words) + ")"
        rows = connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (query,))
        found = _both(found, {key for (key,) in rows})
    return found


def _both(left: set[int] | None, right: set[int]) -> set[int]:
    return right if left is None else left & right
