"""The state of reading in the notebook: positions, named places, sessions and libraries."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tui.ids import ArticleHash

# A library whose folder has moved is recognised by at least this share of its sample.
_MIN_SHARE = 0.5
SAMPLE_SIZE = 64


def save_positions(
    connection: sqlite3.Connection, positions: Iterable[tuple[ArticleHash, int, int]]
) -> None:
    """Store the positions in articles: article hash, offset of the point, first offset shown."""
    now = time.time()
    connection.executemany(
        "REPLACE INTO places VALUES (?, ?, ?, ?)",
        [(article, offset, top, now) for article, offset, top in positions],
    )


def position(connection: sqlite3.Connection, article: ArticleHash) -> tuple[int, int] | None:
    """The offset of the point and the first offset shown in an article, None if none are stored."""
    row = connection.execute(
        "SELECT offset, top FROM places WHERE article = ?", (article,)
    ).fetchone()
    return (row[0], row[1]) if row else None


def name_place(
    connection: sqlite3.Connection,
    library: str,
    letter: str,
    position: tuple[ArticleHash, int] | None,
) -> None:
    """Name a position (article hash and offset) by a letter; None removes the named place."""
    if position is None:
        connection.execute(
            "DELETE FROM named_places WHERE library = ? AND letter = ?", (library, letter)
        )
    else:
        connection.execute(
            "REPLACE INTO named_places VALUES (?, ?, ?, ?)", (library, letter, *position)
        )


def named_places(
    connection: sqlite3.Connection, library: str
) -> dict[str, tuple[ArticleHash, int]]:
    """The named places of a library: article hash and offset, by letter."""
    rows = connection.execute(
        "SELECT letter, article, offset FROM named_places WHERE library = ? ORDER BY letter",
        (library,),
    )
    return {letter: (article, offset) for letter, article, offset in rows}


def save(connection: sqlite3.Connection, library: str, state: dict[str, Any]) -> None:
    """Store the session state of a library, or the state shared by all libraries under ""."""
    connection.execute(
        "REPLACE INTO sessions VALUES (?, ?, ?)",
        (library, json.dumps(state, ensure_ascii=False), time.time()),
    )


def load(connection: sqlite3.Connection, library: str) -> dict[str, Any]:
    """The session state of a library, empty if there is none or it cannot be read."""
    row = connection.execute("SELECT state FROM sessions WHERE library = ?", (library,)).fetchone()
    if row is None:
        return {}
    try:
        state = json.loads(row[0])
    except ValueError:
        return {}
    return state if isinstance(state, dict) else {}


def _save_sample(
    connection: sqlite3.Connection, library: str, articles: Sequence[ArticleHash]
) -> None:
    connection.execute("DELETE FROM samples WHERE library = ?", (library,))
    connection.executemany(
        "INSERT OR IGNORE INTO samples VALUES (?, ?)", [(library, a) for a in articles]
    )


def _moved_from(
    connection: sqlite3.Connection, library: str, articles: Sequence[ArticleHash]
) -> str | None:
    """The library that has become this one: its sources are gone, and its sample is similar.

    None if there is none.
    """
    if not articles:
        return None
    marks = ",".join("?" * len(articles))
    rows = connection.execute(
        "SELECT library, 1.0 * count(*) / max(?, (SELECT count(*) FROM samples s"
        f"  WHERE s.library = f.library)) AS share FROM samples f WHERE article IN ({marks})"
        " AND library != ? GROUP BY library HAVING share >= ? ORDER BY share DESC",
        (len(articles), *articles, library, _MIN_SHARE),
    )
    # If the sources of the other library still exist, this one is a copy of it and has not moved.
    return next((former for former, _ in rows if not _exists(former)), None)


def _exists(library: str) -> bool:
    try:
        return any(Path(source).exists() for source in json.loads(library))
    except (ValueError, TypeError, OSError):
        return False


def _is_known(connection: sqlite3.Connection, library: str) -> bool:
    row = connection.execute("SELECT 1 FROM samples WHERE library = ?", (library,)).fetchone()
    return row is not None


def _adopt(connection: sqlite3.Connection, library: str, former: str) -> None:
    """Copy the state of a former library to the library that it has become."""
    for table, rest in (
        ("sessions", "state, at"),
        ("named_places", "letter, article, offset"),
        ("shelves", "id"),
        ("corrections", "action, entity, spelling, value, modified, withdrawn"),
    ):
        connection.execute(
            f"REPLACE INTO {table} (library, {rest}) SELECT ?, {rest} FROM {table}"
            " WHERE library = ?",
            (library, former),
        )

    for table in ("date_corrections", "event_corrections"):
        connection.execute(f"UPDATE {table} SET library = ? WHERE library = ?", (library, former))


# Libraries


def note_opened(connection: sqlite3.Connection, library: str) -> None:
    """Store that a library was opened now."""
    connection.execute("REPLACE INTO libraries VALUES (?, ?)", (library, time.time()))


def latest_library(connection: sqlite3.Connection) -> tuple[Path, ...] | None:
    """The sources of the library that was opened most recently, None if none was ever opened."""
    row = connection.execute("SELECT sources FROM libraries ORDER BY at DESC LIMIT 1").fetchone()
    return tuple(Path(source) for source in json.loads(row[0])) if row else None


def adopt_moved(
    connection: sqlite3.Connection, library: str, sample: Sequence[ArticleHash]
) -> bool:
    """Store a sample of a library's articles; returns whether another library's state was adopted.

    A new library that shares at least half of its sample with a library whose sources are gone is
    taken to be that library after a move.
    """
    former = None
    if not _is_known(connection, library):
        former = _moved_from(connection, library, sample)
        if former is not None:
            _adopt(connection, library, former)
    _save_sample(connection, library, sample)
    return former is not None
