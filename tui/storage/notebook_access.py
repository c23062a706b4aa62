"""The notebook: everything that the reader did, in one SQLite file for all libraries.

It is opened when it is first used. One policy holds for its errors: a read that fails answers a
default and tells the reader; a write that fails raises `NotWritten`; a write that returns is
committed and on the disk.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from tui.notices import Notices
from tui.storage import backups
from tui.storage.open_notebook import (
    delete_stored_notice,
    in_memory,
    open_notebook,
    read_only,
    set_busy_timeout,
    stored_notice,
)
from tui.storage.transactions import transaction

T = TypeVar("T")


class NotWritten(Exception):  # noqa: N818 - it names what has not happened
    """The notebook could not be written; nothing of the change was stored."""


class NotRead(NotWritten):
    """The notebook could not be read, so that nothing that depends on it was written."""


class Notebook:
    """The reader's own data.

    Args:
        path: the file.
        notices: where messages for the reader go, those of earlier processes too; without it a
            message is left for whoever opens the notebook next.

    Attributes:
        unread: whether a read has failed, so that what was answered may lack something.
    """

    def __init__(self, path: Path, notices: Notices | None = None) -> None:
        self.path = path
        self.unread = False
        self._notices = notices
        self._opened: sqlite3.Connection | None = None
        self._inode = 0
        self._lasting = True
        self._readable = True
        self._message = ""
        self._backed_up_on = ""

    @property
    def lasting(self) -> bool:
        """Whether what is written lasts; otherwise it is lost when the program ends."""
        self.open()
        return self._lasting

    @property
    def readable(self) -> bool:
        """Whether the reader's data could be read at all."""
        self.open()
        return self._readable

    @property
    def message(self) -> str:
        """What went wrong when the file was opened, now or in an earlier process; "" if nothing."""
        self.open()
        return self._message

    def open(self) -> sqlite3.Connection:
        """The connection; the file is opened again if another process has replaced it, as what is
        written to a file that was set aside is lost."""
        opened = self._opened
        if opened is not None and (not self._lasting or self._current_inode() == self._inode):
            return opened
        if opened is not None:
            opened.close()
        self._opened = connection = self._connect()
        self._inode = self._current_inode()
        if self._lasting:
            with suppress(sqlite3.Error):
                stored = stored_notice(connection)
                self._message = self._message or stored
            if self._notices is not None:
                with suppress(sqlite3.Error):
                    delete_stored_notice(connection)
        if self._message and self._notices is not None:
            self._notices.add(self._message)
        return connection

    def _connect(self) -> sqlite3.Connection:
        self._lasting = self._readable = True
        try:
            connection, self._message = open_notebook(self.path)
        except (sqlite3.Error, OSError) as error:
            return self._connect_without_writing(getattr(error, "strerror", None) or str(error))
        self._lasting = "newer" not in self._message
        return connection

    def _connect_without_writing(self, why: str) -> sqlite3.Connection:
        self._lasting = False
        try:
            connection = read_only(self.path)
            self._message = (
                f"The notebook cannot be written ({why}): it is read, nothing is stored."
            )
        except sqlite3.Error:
            self._readable = False
            connection = in_memory()
            self._message = f"The notebook cannot be written ({why}): nothing is stored."
        return connection

    def _current_inode(self) -> int:
        try:
            return self.path.stat().st_ino
        except OSError:
            return 0

    def close(self) -> None:
        """Close the file, if it is open."""
        if self._opened is not None:
            self._opened.close()

    def read(self, question: Callable[[sqlite3.Connection], T], otherwise: Callable[[], T]) -> T:
        """Answer a question, by `otherwise` if the notebook cannot be read."""
        try:
            return question(self.open())
        except sqlite3.Error as error:
            self.unread = True
            if self._notices is not None:
                self._notices.add(f"The notebook cannot be read: {error}.")
            return otherwise()

    def read_strictly(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Answer a question on which a change depends: a default would destroy what is stored.

        Raises:
            NotRead: if the notebook cannot be read.
        """
        try:
            return question(self.open())
        except sqlite3.Error as error:
            raise NotRead(str(error)) from error

    def write(
        self,
        change: Callable[[sqlite3.Connection], T],
        *,
        backup: bool = False,
        wait: bool = True,
    ) -> T:
        """Make a change in one transaction.

        Args:
            change: makes it, and returns what `write` returns.
            backup: make today's backup first, if there is none yet and it can be written.
            wait: wait for another process that writes; otherwise give up at once.

        Raises:
            NotWritten: if it could not be made.
        """
        try:
            connection = self.open()
            if backup:
                with suppress(sqlite3.Error, OSError):
                    self._back_up_today()
            if not wait:
                set_busy_timeout(connection, wait=False)
            try:
                with transaction(connection):
                    return change(connection)
            finally:
                if not wait:
                    set_busy_timeout(connection, wait=True)
        except sqlite3.Error as error:
            raise NotWritten(str(error)) from error

    def back_up(self) -> None:
        """Make today's backup, in place of an earlier one of today.

        Raises:
            NotWritten: if it cannot be written.
        """
        try:
            self._back_up_today(renew=True)
        except (sqlite3.Error, OSError) as error:
            raise NotWritten(str(error)) from error

    def _back_up_today(self, *, renew: bool = False) -> None:
        connection = self.open()
        today = time.strftime("%Y%m%d")
        if self._lasting and (renew or today != self._backed_up_on):
            backups.daily(connection, self.path, renew=renew)
            self._backed_up_on = today
