"""The notebook file: opened in WAL mode with full synchronisation, and migrated to this version.

A damaged file is never written: it is set aside, and the newest good backup takes its place.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from tui.storage import backups
from tui.storage.notebook_schema import MIGRATIONS, VERSION
from tui.storage.recovery import recover_notebook
from tui.storage.transactions import transaction

# Short, because a key press waits for it.
_BUSY_SECONDS = 2.0

# SQLite would take a file of fewer bytes for a new database and write over it.
_LEAST_BYTES = 512


class Newer(Exception):  # noqa: N818 - it names what the file is
    """The notebook was written by a newer Dateline: it can be read, but not written."""


def open_notebook(path: Path) -> tuple[sqlite3.Connection, str]:
    """Open the notebook at `path`; returns the connection and a message for the reader ("" if
    there is none).

    Raises:
        OSError: if its folder cannot be created.
        sqlite3.OperationalError: if it cannot be written (full disk, no permission, locked).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(path), ""
    except Newer:
        message = "The notebook is of a newer Dateline: it is read, nothing is stored."
        return read_only(path), message
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, ValueError):
        return recover_notebook(path, _opened, _created)


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that only reads, even if the folder of the file may not be written.

    Raises:
        sqlite3.Error: if there is nothing to read.
    """
    for mode in ("mode=ro", "immutable=1"):
        connection = _connect(f"{path.absolute().as_uri()}?{mode}")
        try:
            connection.execute("SELECT count(*) FROM bookmarks").fetchone()
        except sqlite3.OperationalError:
            connection.close()
        else:
            return connection
    raise sqlite3.OperationalError("nothing to read")


def in_memory() -> sqlite3.Connection:
    """An empty notebook that lasts as long as the program runs."""
    connection = _connect(Path(":memory:"))
    _migrate(connection)
    return connection


def set_busy_timeout(connection: sqlite3.Connection, *, wait: bool) -> None:
    """Let a connection wait for another process that writes, or fail at once."""
    connection.execute(f"PRAGMA busy_timeout = {int(_BUSY_SECONDS * 1000) if wait else 0}")


def stored_notice(connection: sqlite3.Connection) -> str:
    """The message that an earlier process left for the reader, "" if there is none."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'notice'").fetchone()
    return str(row[0]) if row else ""


def delete_stored_notice(connection: sqlite3.Connection) -> None:
    """Delete that message: the reader has been told."""
    connection.execute("DELETE FROM meta WHERE name = 'notice'")


def _connect(name: str | Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        name,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=isinstance(name, str),
    )
    # One bad byte in a note must not make all the others unreadable.
    connection.text_factory = _decoded
    return connection


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _opened(path: Path) -> sqlite3.Connection:
    size = path.stat().st_size if path.exists() else -1
    if size < _LEAST_BYTES and (size > 0 or backups.newest_first(path)):
        # There was a notebook before, and now there is no file or next to nothing of it.
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
    """Migrate the file in one transaction, unless another process has done so by now."""
    deadline = time.monotonic() + 10 * _BUSY_SECONDS
    while True:
        try:
            # The change to WAL ignores the busy timeout, unlike every other statement.
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
    # `executescript` commits the open transaction before it begins.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _created(path: Path) -> sqlite3.Connection:
    connection = _connect(path)
    connection.execute("PRAGMA synchronous = FULL")
    _migrate(connection)
    return connection
