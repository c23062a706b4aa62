"""Opening a cache file: created where absent, set aside where damaged or of another version."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.cache.schema import SCHEMA, VERSION

BUSY_SECONDS = 30.0


class Damaged(Exception):  # noqa: N818
    """The cache file cannot be read as one; `set_aside` makes room for a new one."""


def open_cache(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """A connection to the cache at `path`, which is created if it does not exist.

    A `readonly` one is for asking: it also opens a cache whose folder may not be written.

    Raises:
        Damaged: if the file is no cache, is cut short, or is of another version.
        OSError: if its folder cannot be made.
        sqlite3.OperationalError: if it cannot be written (full disk, no rights).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size:
        _check_length(path)
    try:
        return _opened(path, readonly)
    except sqlite3.OperationalError as error:
        shut = "readonly" in str(error) or "unable to open" in str(error)
        if not (readonly and shut and path.exists()):
            raise
        # A folder that may not be written: WAL wants to, a file that nobody writes needs none.
        connection = sqlite3.connect(
            f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
        connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        return connection


def _opened(path: Path, readonly: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
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


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file itself is no good, and not only this use of it."""
    words = str(error)
    return any(sign in words for sign in ("malformed", "not a database", "corrupt"))


def _create(connection: sqlite3.Connection) -> None:
    """Make the tables. Another process may be at it: what it makes is as good."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.executescript(SCHEMA)
            return
        except sqlite3.OperationalError as error:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            if "already exists" in str(error):
                return
            # The change to WAL does not wait for its turn as everything else does.
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
        # Caches that were made before it go without a new version: it changes no answer.
        connection.execute(
            "CREATE INDEX IF NOT EXISTS articles_by_url ON articles (url) WHERE url != ''"
        )


def _check_length(path: Path) -> None:
    """A file shorter than its own header says is cut short: SQLite would find out page by page."""
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


def set_aside(path: Path) -> Path:
    """Rename a damaged cache and its companions; the new name of it."""
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}")
    for suffix in ("", "-wal", "-shm"):
        # A file that another process has open may not be renamed everywhere.
        with contextlib.suppress(FileNotFoundError, PermissionError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    return aside


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction, rolled back if the block raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def index_lock(path: Path) -> Iterator[bool]:
    """Whether this process is the only one that indexes into the cache at `path`.

    The lock is a transaction on a file of its own: it goes when the process does, however it ends.
    """
    file = path.with_name(path.name + ".lock")
    lock = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            yield False
        except sqlite3.DatabaseError:
            # Nothing is kept in it: one that cannot be read is made anew at the next try.
            file.unlink()
            yield False
        else:
            yield True
    finally:
        lock.close()


def integrity(connection: sqlite3.Connection) -> str:
    """SQLite's own verdict: "ok", or the first fault that it finds."""
    try:
        return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)


def meta(connection: sqlite3.Connection, name: str) -> int | str | None:
    """One value of the cache about itself."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_meta(connection: sqlite3.Connection, name: str, value: int | str) -> None:
    """Write one value of the cache about itself."""
    connection.execute("REPLACE INTO meta VALUES (?, ?)", (name, value))


def touch(connection: sqlite3.Connection) -> None:
    """Tell readers that something changed: they compare the revision that they last saw."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
