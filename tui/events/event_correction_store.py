"""Corrections of events in the notebook, one row for each passage and action."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict

from tui.events.event_corrections import EventCorrection, ToldPassage, read_passage

_FIELDS = "article, start, end, action, value, passage, other, library, modified, withdrawn"


def all_stated(connection: sqlite3.Connection) -> list[EventCorrection]:
    """All corrections in order of modification, including withdrawn ones."""
    rows = connection.execute(
        "SELECT action, passage, other, value, library, modified, withdrawn FROM event_corrections"
        " ORDER BY modified, article, start, end, action"
    )
    found: list[EventCorrection] = []
    for action, passage, other, value, library, modified, withdrawn in rows:
        # One damaged row must not make all the others unreadable.
        with suppress(ValueError):
            about = read_passage(json.loads(passage))
            same = read_passage(json.loads(other)) if other else None
            found.append(
                EventCorrection(action, about, same, value, library, modified, bool(withdrawn))
            )
    return found


def save(connection: sqlite3.Connection, given: Iterable[EventCorrection]) -> None:
    """Store corrections, each in place of that about the same passage and action."""
    connection.executemany(
        f"REPLACE INTO event_corrections ({_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                c.passage.article,
                c.passage.start,
                c.passage.end,
                c.action,
                c.value,
                _text(c.passage),
                _text(c.other) if c.other is not None else "",
                c.library,
                c.modified,
                c.withdrawn,
            )
            for c in given
        ],
    )


def _text(passage: ToldPassage) -> str:
    return json.dumps(asdict(passage), ensure_ascii=False)
