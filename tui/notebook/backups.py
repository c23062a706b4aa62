"""Copies of the notebook beside it: one before each migration, one a day, the last ten."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from pathlib import Path

KEPT = 10


def folder(notebook: Path) -> Path:
    """Where the backups of a notebook are."""
    return notebook.with_name("backups")


def newest_first(notebook: Path) -> list[Path]:
    """The backups of a notebook."""
    return sorted(folder(notebook).glob(f"{notebook.stem}-*.sqlite"), reverse=True)


def daily(connection: sqlite3.Connection, notebook: Path) -> Path | None:
    """Make today's backup if there is none yet; None if there is.

    Raises:
        OSError, sqlite3.Error: if it cannot be written.
    """
    today = time.strftime("%Y%m%d")
    if any(path.stem.startswith(f"{notebook.stem}-{today}T") for path in newest_first(notebook)):
        return None
    return make(connection, notebook, "day")


def make(connection: sqlite3.Connection, notebook: Path, why: str) -> Path:
    """Copy the notebook, whole and on the disk before it gets its name; old ones go.

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
    for old in newest_first(notebook)[KEPT:]:
        old.unlink(missing_ok=True)
    return path


def restore(backup: Path, notebook: Path) -> bool:
    """Put a copy of a backup in the notebook's place; False if the backup is no good itself."""
    draft = notebook.with_name(f"{notebook.name}.{os.getpid()}.part")
    source = sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)
    try:
        if source.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            return False
        target = sqlite3.connect(draft)
        try:
            source.backup(target)
        finally:
            target.close()
        _sync(draft)
        draft.replace(notebook)
    except sqlite3.DatabaseError:
        return False
    finally:
        source.close()
        draft.unlink(missing_ok=True)
    return True


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    with contextlib.suppress(OSError, AttributeError):
        # A file's name is on the disk when its folder is; not every system lets one ask for it.
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
