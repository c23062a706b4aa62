"""Locks between processes. A lock is a transaction on a file of its own, so that it is released
when the process ends, however it ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_RECOVERY_SECONDS = 30


def _lock_file(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


@contextmanager
def try_lock(path: Path) -> Iterator[bool]:
    """Try to get the lock of the file at `path`; yields whether it was free."""
    file = _lock_file(path)
    lock = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            yield False
        except sqlite3.DatabaseError:
            # The lock file holds nothing: a damaged one is created again at the next try.
            file.unlink()
            yield False
        else:
            yield True
    finally:
        lock.close()


@contextmanager
def wait_for_lock(path: Path) -> Iterator[None]:
    """Hold the lock of the file at `path`, waiting for it up to 30 seconds.

    Raises:
        sqlite3.OperationalError: if another process holds it for longer.
    """
    lock = sqlite3.connect(_lock_file(path), timeout=_RECOVERY_SECONDS, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()
