"""The participants of event mentions under the reader's corrections of entities."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from tui.ids import EntityId, RowId


def participants_in(
    connection: sqlite3.Connection, article: RowId
) -> list[tuple[RowId, int, int, list[EntityId], list[EntityId] | None]]:
    """The event mentions of an article: row id, start, end, participants, and the participants under
    corrections, None if they are the same."""
    rows = connection.execute(
        "SELECT mention, start, end, participants, corrected FROM event_mentions"
        " WHERE article = ? ORDER BY start, mention",
        (article,),
    )
    return [
        (mention, start, end, own.split(), now.split() if now is not None else None)
        for mention, start, end, own, now in rows
    ]


def articles_corrected(connection: sqlite3.Connection) -> list[RowId]:
    """The articles with event mentions that have other participants under corrections."""
    rows = connection.execute(
        "SELECT DISTINCT article FROM event_mentions WHERE corrected IS NOT NULL ORDER BY article"
    )
    return [article for (article,) in rows]


def correct_participants(
    connection: sqlite3.Connection, corrected: Mapping[RowId, Sequence[EntityId] | None]
) -> None:
    """Store the participants of event mentions under corrections, None if they are the same; the
    blocks of these mentions have changed."""
    for mention, participants in corrected.items():
        words = None if participants is None else " ".join(participants)
        connection.execute(
            "UPDATE event_mentions SET corrected = ? WHERE mention = ?", (words, mention)
        )
        connection.execute(
            "INSERT OR IGNORE INTO changed_blocks"
            " SELECT block FROM event_mentions WHERE mention = ?",
            (mention,),
        )
