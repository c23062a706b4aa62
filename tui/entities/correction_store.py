"""Corrections of entities in the notebook, one row for each library and `Correction.about`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from tui.entities.model import Correction

_FIELDS = "action, entity, spelling, value, modified, withdrawn"


def of_library(connection: sqlite3.Connection, library: str) -> list[Correction]:
    """The corrections of a library in order of modification, including withdrawn ones."""
    rows = connection.execute(
        f"SELECT {_FIELDS} FROM corrections WHERE library = ? ORDER BY modified, action, entity",
        (library,),
    )
    return [
        Correction(action, entity, spelling, value, modified, bool(withdrawn))
        for action, entity, spelling, value, modified, withdrawn in rows
    ]


def save(connection: sqlite3.Connection, library: str, given: Iterable[Correction]) -> None:
    """Store corrections of a library, each in place of the stored one with the same `about`."""
    connection.executemany(
        f"REPLACE INTO corrections (library, {_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (library, c.action, c.entity, c.spelling, c.value, c.modified, c.withdrawn)
            for c in given
        ],
    )
