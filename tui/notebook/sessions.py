"""Where the reader was: places in articles, named places, and how each library was left."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

# A library whose folder has moved is known again by this share of its sample.
_ENOUGH = 0.5
SAMPLE = 64


def save_places(connection: sqlite3.Connection, places: Iterable[tuple[str, int, int]]) -> None:
    """Note the point and the first offset shown in articles (ids)."""
    now = time.time()
    connection.executemany(
        "REPLACE INTO places VALUES (?, ?, ?, ?)",
        [(article, offset, top, now) for article, offset, top in places],
    )


def place(connection: sqlite3.Connection, article: str) -> tuple[int, int] | None:
    """The point and the first offset shown when an article was left."""
    row = connection.execute(
        "SELECT offset, top FROM places WHERE article = ?", (article,)
    ).fetchone()
    return (row[0], row[1]) if row else None


def name_place(
    connection: sqlite3.Connection, library: str, letter: str, where: tuple[str, int] | None
) -> None:
    """Give a place (article id and offset) a letter, or take the letter back."""
    if where is None:
        connection.execute(
            "DELETE FROM named_places WHERE library = ? AND letter = ?", (library, letter)
        )
    else:
        connection.execute(
            "REPLACE INTO named_places VALUES (?, ?, ?, ?)", (library, letter, *where)
        )


def named_places(connection: sqlite3.Connection, library: str) -> dict[str, tuple[str, int]]:
    """The named places of a library: article id and offset by letter."""
    rows = connection.execute(
        "SELECT letter, article, offset FROM named_places WHERE library = ? ORDER BY letter",
        (library,),
    )
    return {letter: (article, offset) for letter, article, offset in rows}


def save(connection: sqlite3.Connection, library: str, state: dict[str, Any]) -> None:
    """Note how a library was left; "" stands for what holds for all."""
    connection.execute(
        "REPLACE INTO sessions VALUES (?, ?, ?)",
        (library, json.dumps(state, ensure_ascii=False), time.time()),
    )


def load(connection: sqlite3.Connection, library: str) -> dict[str, Any]:
    """How a library was left; empty if it never was."""
    row = connection.execute("SELECT state FROM sessions WHERE library = ?", (library,)).fetchone()
    if row is None:
        return {}
    try:
        state = json.loads(row[0])
    except ValueError:
        return {}
    return state if isinstance(state, dict) else {}


def save_sample(connection: sqlite3.Connection, library: str, articles: Sequence[str]) -> None:
    """Note some articles (ids) of a library, to know it again by."""
    connection.execute("DELETE FROM samples WHERE library = ?", (library,))
    connection.executemany(
        "INSERT OR IGNORE INTO samples VALUES (?, ?)", [(library, a) for a in articles]
    )


def moved_from(connection: sqlite3.Connection, library: str, articles: Sequence[str]) -> str | None:
    """The library that one without a past is likely to be: most of its sample is here."""
    if not articles:
        return None
    marks = ",".join("?" * len(articles))
    rows = connection.execute(
        "SELECT library, 1.0 * count(*) / max(?, (SELECT count(*) FROM samples s"
        f"  WHERE s.library = f.library)) AS share FROM samples f WHERE article IN ({marks})"
        " AND library != ? GROUP BY library HAVING share >= ? ORDER BY share DESC",
        (len(articles), *articles, library, _ENOUGH),
    )
    # One that is still where it was has not moved: this is a copy of it, with a past of its own.
    return next((former for former, _ in rows if not _is_there(former)), None)


def _is_there(library: str) -> bool:
    try:
        return any(Path(source).exists() for source in json.loads(library))
    except (ValueError, TypeError, OSError):
        return False


def is_known(connection: sqlite3.Connection, library: str) -> bool:
    """Whether a library has been looked at for what it was before."""
    row = connection.execute("SELECT 1 FROM samples WHERE library = ?", (library,)).fetchone()
    return row is not None


def adopt(connection: sqlite3.Connection, library: str, former: str) -> None:
    """Give a library what a former one had, which it keeps too."""
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
