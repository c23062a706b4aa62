"""The cache as the reader's process uses it: a connection that only reads and never raises.

What cannot be answered is answered by a default, and the reader is told why. A damaged file is set
aside, and `lost` says that the library is to be indexed again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tui.notices import Notices
from tui.storage.open_cache import meta, open_cache
from tui.storage.recovery import Damaged, is_damage, set_aside
from tui.storage.transactions import snapshot

T = TypeVar("T")


class Cache:
    """One library's cache, opened for reading.

    Attributes:
        path: the file.
        lost: set when the file was damaged or replaced; whoever indexes again clears it.

    Raises:
        OSError: if the folder of the cache cannot be created.
        sqlite3.OperationalError: if the cache cannot be created.
    """

    def __init__(self, path: Path, notices: Notices) -> None:
        self.path = path
        self.lost = False
        self._notices = notices
        self._connection = self._open()
        self._inode = self._current_inode()
        self._revision: int | str | None = -1

    def _open(self) -> sqlite3.Connection:
        try:
            return open_cache(self.path, readonly=True)
        except Damaged as damage:
            self._set_aside(str(damage))
            return open_cache(self.path, readonly=True)

    def _current_inode(self) -> int:
        try:
            return self.path.stat().st_ino
        except OSError:
            return 0

    @property
    def inode(self) -> int:
        """The inode of the file that is open; row ids of another file mean something else."""
        return self._inode

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection that is open now; it changes when a damaged file is set aside."""
        return self._connection

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def read(self, question: Callable[[sqlite3.Connection], T], otherwise: Callable[[], T]) -> T:
        """Answer a question, by `otherwise` if the cache cannot be read."""
        try:
            return question(self._connection)
        except sqlite3.Error as error:
            if not is_damage(error):
                self._notices.add(f"The cache cannot be read: {error}.")
                return otherwise()
            self._connection.close()
            self._set_aside(str(error))
            self._try_reopen()
        return otherwise()

    def find(self, question: Callable[[sqlite3.Connection], T | None]) -> T | None:
        """Answer a question, by None if the cache cannot be read."""
        return self.read(question, lambda: None)

    def find_at_once(self, question: Callable[[sqlite3.Connection], T | None]) -> T | None:
        """Answer a question of several statements in one read transaction."""

        def ask(connection: sqlite3.Connection) -> T | None:
            with snapshot(connection):
                return question(connection)

        return self.find(ask)

    def refresh(self) -> bool:
        """Whether the cache has changed since the previous call; opens the file again if another
        process has replaced it."""
        if self._current_inode() != self._inode:
            self.lost = True
            if not self._try_reopen():
                return False
        before = self._revision
        self._revision = self.read(lambda c: meta(c, "revision"), _no_revision)
        return before != self._revision

    def _try_reopen(self) -> bool:
        try:
            self._connection = self._open()
        except (OSError, sqlite3.Error) as error:
            self._notices.add(f"The cache cannot be opened: {error}.")
            return False
        self._inode = self._current_inode()
        return True

    def _set_aside(self, why: str) -> None:
        aside = set_aside(self.path)
        self.lost = True
        self._notices.add(
            f"The cache was damaged ({why}); it was set aside as {aside.name} and is made anew."
        )


def _no_revision() -> int | str | None:
    return None
