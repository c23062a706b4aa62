"""Recovery from damaged database files: a cache is created again, a notebook restored from a
backup; the damaged file is set aside."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from tui.storage import backups
from tui.storage.locks import wait_for_lock

_SIGNS = ("malformed", "not a database", "corrupt")


class Damaged(Exception):  # noqa: N818 - it names the state of the file
    """A file cannot be read as a database of this version."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error means that the file itself is damaged, not only this use of it."""
    return any(sign in str(error) for sign in _SIGNS)


def set_aside(path: Path, *, if_possible: bool = True) -> Path:
    """Rename a damaged file with its WAL and shared-memory files; returns its new path.

    Windows does not rename a file that another process has open: that file stays if `if_possible`.

    Raises:
        PermissionError: if the file cannot be renamed, unless `if_possible`.
    """
    ignored = (FileNotFoundError, PermissionError) if if_possible else (FileNotFoundError,)
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}")
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(*ignored):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    return aside


def run_on_sound_file(path: Path, run: Callable[[], None]) -> None:
    """Run something that creates and fills a cache; once more, on a new one, if it is damaged.

    Raises:
        sqlite3.Error: if the file cannot be used, or is damaged again.
    """
    try:
        run()
        return
    except Damaged:
        set_aside(path)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        set_aside(path)
    run()


def recover_notebook(
    path: Path,
    reopen: Callable[[Path], sqlite3.Connection],
    create: Callable[[Path], sqlite3.Connection],
) -> tuple[sqlite3.Connection, str]:
    """Put the newest good backup in the place of a damaged notebook, which is set aside.

    One process does so at a time, and the next one finds the file that it left. The message is
    stored in the notebook too: a command may find the damage, and the reader is told later.

    Args:
        path: the file.
        reopen: opens the file; raises `sqlite3.DatabaseError` or ValueError if it is damaged.
        create: creates an empty notebook.

    Returns:
        The connection and a message for the reader.

    Raises:
        sqlite3.Error: if the file cannot be written.
        OSError: if the damaged file cannot be set aside.
    """
    with wait_for_lock(path):
        try:
            return reopen(path), ""
        except sqlite3.OperationalError:
            raise
        except (sqlite3.DatabaseError, ValueError) as error:
            why = str(error)
        # The backup is copied before anything is moved: a full disk leaves everything as it is.
        ready = next((b for b in backups.newest_first(path) if backups.prepare(b, path)), None)
        message = f"The notebook was damaged ({why})"
        if path.exists():
            message += f" and set aside as {set_aside(path, if_possible=False).name}"
        else:
            set_aside(path, if_possible=False)
        if ready is not None:
            backups.restore_prepared(path)
            message += f"; the backup {ready.name} was opened."
        else:
            message += "; there is no backup of it."
        connection = create(path) if ready is None else reopen(path)
        connection.execute("REPLACE INTO meta VALUES ('notice', ?)", (message,))
        return connection, message
