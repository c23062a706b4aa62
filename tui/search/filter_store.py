"""The articles in the cache that pass a filter."""

from __future__ import annotations

import re
import sqlite3

from tui.ids import RowId
from tui.search.filters import Filter
from tui.times.edtf import interval


def matching(
    connection: sqlite3.Connection, chosen: Filter, naming: set[RowId] | None
) -> set[RowId] | None:
    """The articles that pass the parts of a filter that the cache can answer; None for all.

    `naming` are the articles that name the filter's entity, None if it has no entity.
    """
    found = naming
    if chosen.dates:
        span = interval(chosen.dates)
        dated = connection.execute(
            "SELECT key FROM articles WHERE day BETWEEN ? AND ?", (span.first, span.last)
        )
        found = _both(found, {row_id for (row_id,) in dated})
    if words := re.findall(r"\w+", chosen.title):
        query = "title : (" + " AND ".join(f'"{word}"*' for word in words) + ")"
        titled = connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (query,))
        found = _both(found, {row_id for (row_id,) in titled})
    return found


def _both(left: set[RowId] | None, right: set[RowId]) -> set[RowId]:
    return right if left is None else left & right
