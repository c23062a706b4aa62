"""Backups of the notebook: one before each migration and one a day; the newest ten are kept."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from pathlib import Path

MAX_BACKUPS = 10


def folder(notebook: Path) -> Path:
    """The folder of the backups of a notebook."""
    return notebook.with_name("backups")


def newest_first(notebook: Path) -> list[Path]:
    """The backups of a notebook, newest first."""
    return sorted(folder(notebook).glob(f"{notebook.stem}-*.sqlite"), reverse=True)


def daily(connection: sqlite3.Connection, notebook: Path, *, renew: bool = False) -> None:
    """Make today's backup if there is none yet; `renew` replaces it if there is one.

    Raises:
        OSError, sqlite3.Error: if it cannot be written.
    """
    begin = f"{notebook.stem}-{time.strftime('%Y%m%d')}T"
    todays = list(folder(notebook).glob(f"{begin}*-day.sqlite"))
    if todays and not renew:
        return
    made = make(connection, notebook, "day")
    for old in todays:
        if old != made:
            old.unlink(missing_ok=True)


def make(connection: sqlite3.Connection, notebook: Path, why: str) -> Path:
    """Make a backup and delete the oldest ones; returns its path, whose name contains `why`.

    The backup gets its name only when it is complete and on the disk.

    Raises:
        OSError, sqlite3.Error: if it cannot be written.
    """
    place = folder(notebook)
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{notebook.stem}-{time.strftime('%Y%m%dT%H%M%S')}-{why}.sqlite"
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        target = sqlite3.connect(draft)
        try:
            connection.backup(target)
        finally:
            target.close()
        _sync(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    for old in newest_first(notebook)[MAX_BACKUPS:]:
        old.unlink(missing_ok=True)
    return path


def prepare(backup: Path, notebook: Path) -> bool:
    """Prepare a copy of a backup beside the notebook; False if the backup is damaged.

    Raises:
        OSError, sqlite3.OperationalError: if the copy cannot be written.
    """
    draft = _draft(notebook)
    draft.unlink(missing_ok=True)
    source = sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)
    try:
        if source.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            return False
        target = sqlite3.connect(draft)
        try:
            source.backup(target)
        finally:
            target.close()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False
    finally:
        source.close()
    _sync(draft)
    return True


def restore_prepared(notebook: Path) -> None:
    """Replace the notebook by the copy that `prepare` made."""
    _draft(notebook).replace(notebook)


def _draft(notebook: Path) -> Path:
    return notebook.with_name(f"{notebook.name}.{os.getpid()}.part")


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    with contextlib.suppress(OSError, AttributeError):
        # A file name is on the disk only when its folder is; not every system can sync a folder.
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
