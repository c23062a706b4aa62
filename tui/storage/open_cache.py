"""The cache file: opening it, and the values it holds about itself.

The cache is disposable. A file of another version, or a damaged one, raises `Damaged`, and the
caller sets it aside and opens a new one.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path

from tui.storage.cache_schema import SCHEMA, VERSION
from tui.storage.recovery import Damaged, is_damage

_BUSY_SECONDS = 30.0


def open_cache(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """Open the cache at `path`, creating it if it does not exist.

    A `readonly` connection also opens a cache in a folder that may not be written.

    Raises:
        Damaged: if the file is not a cache, is cut short, or is of another version.
        OSError: if its folder cannot be created.
        sqlite3.OperationalError: if it cannot be written (full disk, no permission).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size:
        _check_length(path)
    try:
        return _opened(path, readonly)
    except sqlite3.OperationalError as error:
        refused = "readonly" in str(error) or "unable to open" in str(error)
        if not (readonly and refused and path.exists()):
            raise
        # WAL needs a writable folder; a file that nobody can write is read without it.
        connection = sqlite3.connect(
            f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
        connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        return connection


def _opened(path: Path, readonly: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            _create(connection)
        _configure(connection, readonly)
        found = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        if is_damage(error) or "no such table" in str(error):
            raise Damaged(str(error)) from error
        raise
    if found is None or found[0] != VERSION:
        connection.close()
        raise Damaged("made by another version")
    return connection


def _create(connection: sqlite3.Connection) -> None:
    """Create the tables, unless another process creates them at the same time."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.executescript(SCHEMA)
            return
        except sqlite3.OperationalError as error:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            if "already exists" in str(error):
                return
            # The change to WAL ignores the busy timeout, unlike every other statement.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.01)
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            return


def _configure(connection: sqlite3.Connection, readonly: bool) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA journal_size_limit = 16777216")
    connection.execute(f"PRAGMA cache_size = {-8192 if readonly else -65536}")
    if readonly:
        connection.execute("PRAGMA query_only = 1")
    else:
        # An index changes no answer, so caches without it do not need a new version.
        connection.execute(
            "CREATE INDEX IF NOT EXISTS articles_by_url ON articles (url) WHERE url != ''"
        )


def _check_length(path: Path) -> None:
    """Raise `Damaged` if the file is shorter than its header says; SQLite would notice only when
    it reads a page that is missing."""
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\x00") or len(header) < 100:
        raise Damaged("not a database")
    size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    wal = path.with_name(path.name + "-wal")
    if pages * (65536 if size == 1 else size) > path.stat().st_size and not (
        wal.exists() and wal.stat().st_size
    ):
        raise Damaged("cut short")


def integrity(connection: sqlite3.Connection) -> str:
    """The result of SQLite's quick check: "ok", or the first fault that it finds."""
    try:
        return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)


def meta(connection: sqlite3.Connection, name: str) -> int | str | None:
    """A value that the cache holds about itself, None if it has no such value."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_meta(connection: sqlite3.Connection, name: str, value: int | str) -> None:
    """Write a value that the cache holds about itself."""
    connection.execute("REPLACE INTO meta VALUES (?, ?)", (name, value))


def bump_revision(connection: sqlite3.Connection) -> None:
    """Note that something changed: readers compare the revision with the one they saw before."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
