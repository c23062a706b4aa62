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
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        return connection, "The notebook is of a newer Dateline: it is read, nothing is kept in it."
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return _recovered(path, error)


def _opened(path: Path) -> sqlite3.Connection:
    size = path.stat().st_size if path.exists() else -1
    if size == 0 and backups.newest_first(path):
        raise sqlite3.DatabaseError("the file is empty")
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
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
    return int(row[0]) if row else 0


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


def _recovered(path: Path, error: sqlite3.DatabaseError) -> tuple[sqlite3.Connection, str]:
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}")
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    said = f"The notebook was damaged ({error}) and set aside as {aside.name}"
    for backup in backups.newest_first(path):
        if backups.restore(backup, path):
            with contextlib.suppress(sqlite3.DatabaseError):
                return _opened(path), f"{said}; the backup {backup.name} was opened."
    return _opened(path), f"{said}; there is no backup of it."


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
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _migrate(connection)
    return connection
