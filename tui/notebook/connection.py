"""Opening the notebook's file: WAL, synchronous FULL, brought up to today's version.

A damaged file is never written to: it is set aside, and the newest good backup takes its place.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.notebook import backups
from tui.notebook.schema import MIGRATIONS, VERSION

# Short: a key waits for it.
_BUSY_SECONDS = 2.0

# A file of fewer bytes is no database: SQLite would take it for a new one and write over it.
_LEAST = 512


class Newer(Exception):  # noqa: N818 - it names what the file is
    """The notebook was written by a newer Dateline: it can be read, not written."""


def open_notebook(path: Path) -> tuple[sqlite3.Connection, str]:
    """A connection to the notebook at `path`, and what the reader is to be told ("" if nothing).

    Raises:
        OSError: if its folder cannot be made.
        sqlite3.OperationalError: if it cannot be written (full disk, no rights, locked).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(path), ""
    except Newer:
        return read_only(path), "The notebook is of a newer Dateline: it is read, nothing is kept."
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, ValueError):
        return _recovered(path)


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that only reads, also from a folder that may not be written.

    Raises:
        sqlite3.Error: if there is nothing to read.
    """
    for how in ("mode=ro", "immutable=1"):
        connection = _connect(f"{path.absolute().as_uri()}?{how}")
        try:
            connection.execute("SELECT count(*) FROM bookmarks").fetchone()
        except sqlite3.OperationalError:
            connection.close()
        else:
            return connection
    raise sqlite3.OperationalError("nothing to read")


def _connect(name: str | Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        name,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=isinstance(name, str),
    )
    # A byte that went bad in one note must not hide all the others.
    connection.text_factory = _decoded
    return connection


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _opened(path: Path) -> sqlite3.Connection:
    size = path.stat().st_size if path.exists() else -1
    if size < _LEAST and (size > 0 or backups.newest_first(path)):
        # Not there, or next to nothing of it, where there was a notebook before.
        raise sqlite3.DatabaseError("the file is gone" if size < 0 else "the file is cut short")
    connection = _connect(path)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        if size > 0:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)
        version = _version(connection)
        if version > VERSION:
            raise Newer
        if version < VERSION:
            if version:
                backups.make(connection, path, f"v{version}")
            _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return 0
    row = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    return int(str(row[0])) if row else 0


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the file up to date in one transaction; another process may have been quicker."""
    deadline = time.monotonic() + 10 * _BUSY_SECONDS
    while True:
        try:
            # The change to WAL does not wait for its turn as everything else does.
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    with transaction(connection):
        for version in range(_version(connection), VERSION):
            for statement in _statements(MIGRATIONS[version]):
                connection.execute(statement)
            connection.execute("REPLACE INTO meta VALUES ('schema', ?)", (version + 1,))


def _statements(script: str) -> Iterator[str]:
    # `executescript` would commit before it begins.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _recovered(path: Path) -> tuple[sqlite3.Connection, str]:
    """The newest good backup in the place of a damaged notebook, which is set aside.

    One process at a time: the second finds what the first has put there. What is told is noted in
    the notebook too, as it may be a command that finds the damage and the reader who is to know.
    """
    with _alone(path):
        try:
            return _opened(path), ""
        except sqlite3.OperationalError:
            raise
        except (sqlite3.DatabaseError, ValueError) as error:
            why = str(error)
        # The backup is made ready before anything is moved: a full disk leaves all as it is.
        ready = next((b for b in backups.newest_first(path) if backups.prepare(b, path)), None)
        aside = _set_aside(path)
        said = f"The notebook was damaged ({why})"
        if aside is not None:
            said += f" and set aside as {aside.name}"
        if ready is not None:
            backups.put_in_place(path)
            said += f"; the backup {ready.name} was opened."
        else:
            said += "; there is no backup of it."
        connection = _created(path) if ready is None else _opened(path)
        connection.execute("REPLACE INTO meta VALUES ('notice', ?)", (said,))
        return connection, said


def _created(path: Path) -> sqlite3.Connection:
    connection = _connect(path)
    connection.execute("PRAGMA synchronous = FULL")
    _migrate(connection)
    return connection


def _set_aside(path: Path) -> Path | None:
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}")
    found = path.exists()
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    return aside if found else None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock that goes when the process does, however it ends: a transaction on a file."""
    lock = sqlite3.connect(path.with_name(path.name + ".lock"), timeout=30, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction, rolled back if the block raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def in_memory() -> sqlite3.Connection:
    """A notebook that lasts as long as the program runs."""
    connection = _connect(Path(":memory:"))
    _migrate(connection)
    return connection
