"""Corrections of entities, one row for each thing that was said."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from tui.model import Correction

_FIELDS = "action, entity, spelling, value, modified, withdrawn"


def of_library(connection: sqlite3.Connection, library: str) -> list[Correction]:
    """What was said in a library, in the order in which it was, withdrawn or not."""
    rows = connection.execute(
        f"SELECT {_FIELDS} FROM corrections WHERE library = ? ORDER BY modified, action, entity",
        (library,),
    )
    return [
        Correction(action, entity, spelling, value, modified, bool(withdrawn))
        for action, entity, spelling, value, modified, withdrawn in rows
    ]


def save(connection: sqlite3.Connection, library: str, given: Iterable[Correction]) -> None:
    """Keep corrections; each takes the place of what was said before of the same thing."""
    connection.executemany(
        f"REPLACE INTO corrections (library, {_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (library, c.action, c.entity, c.spelling, c.value, c.modified, c.withdrawn)
            for c in given
        ],
    )
