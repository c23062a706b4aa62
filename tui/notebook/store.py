"""The notebook's file: SQLite in WAL mode with synchronous FULL, one for all libraries.

An article is known by the hash of its text, so that a mark outlives a moved or renamed file.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

VERSION = 1

_SCHEMA = f"""
PRAGMA journal_mode = WAL;
BEGIN IMMEDIATE;
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE read_marks (article TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE libraries (sources TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('schema', {VERSION});
COMMIT;
"""


class Notebook:
    """The reader's own data. A method returns only after what it was to keep is committed.

    `notice` says what went wrong at opening ("" if nothing did): a file that cannot be read is set
    aside, never overwritten; where nothing can be written, marks last as long as the program runs.
    """

    def __init__(self, path: Path) -> None:
        self.notice = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _open(path)
        except sqlite3.OperationalError as error:
            self._connection = _in_memory()
            self.notice = f"The notebook cannot be written ({error}): marks are not kept."
        except OSError as error:
            self._connection = _in_memory()
            self.notice = f"The notebook cannot be written ({error.strerror}): marks are not kept."
        except sqlite3.DatabaseError as error:
            aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%dT%H%M%S')}")
            for suffix in ("", "-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
            self._connection = _open(path)
            self.notice = f"The notebook was damaged ({error}) and set aside as {aside.name}."

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def read(self, articles: Sequence[str]) -> frozenset[str]:
        """Which of some articles (ids) have been read."""
        marks = ",".join("?" * len(articles))
        rows = self._connection.execute(
            f"SELECT article FROM read_marks WHERE article IN ({marks})", articles
        )
        return frozenset(article for (article,) in rows)

    def mark_read(self, article: str, read: bool = True) -> None:
        """Mark an article as read, or as unread."""
        if read:
            self._connection.execute(
                "INSERT OR IGNORE INTO read_marks VALUES (?, ?)", (article, time.time())
            )
        else:
            self._connection.execute("DELETE FROM read_marks WHERE article = ?", (article,))

    def opened(self, sources: Sequence[Path]) -> None:
        """Note that a library was opened now."""
        self._connection.execute(
            "REPLACE INTO libraries VALUES (?, ?)",
            (json.dumps([str(source) for source in sources]), time.time()),
        )

    def last_library(self) -> tuple[Path, ...] | None:
        """The sources of the library opened last, None before the first."""
        row = self._connection.execute(
            "SELECT sources FROM libraries ORDER BY at DESC LIMIT 1"
        ).fetchone()
        return tuple(Path(source) for source in json.loads(row[0])) if row else None


def _open(path: Path) -> sqlite3.Connection:
    # Short: a key waits for it.
    connection = sqlite3.connect(path, timeout=2, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            _create(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _create(connection: sqlite3.Connection) -> None:
    try:
        connection.executescript(_SCHEMA)
    except sqlite3.OperationalError as error:
        # Another process may have been quicker; what it made is as good.
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        if "already exists" not in str(error):
            raise


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.executescript(_SCHEMA)
    return connection
