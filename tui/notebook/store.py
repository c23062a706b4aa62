"""The notebook: everything that the reader did, in one SQLite file for all libraries.

An article is known by the hash of its text, so that a mark outlives a moved or renamed file. A
method returns only after what it was to keep is committed and on the disk.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tui.locations import library_id
from tui.model import Anchor, Bookmark, Correction
from tui.notebook import backups, bookmarks, corrections, sessions
from tui.notebook.connection import in_memory, open_notebook, read_only, transaction


class Notebook:
    """The reader's own data.

    `notice` says what went wrong at opening ("" if nothing did): a file that cannot be read is set
    aside, never overwritten. `lasting` is false where nothing can be written: what is there is read
    if it can be (`readable`), and what is done lasts as long as the program runs, if at all.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lasting = True
        self.readable = True
        self._day = ""
        self._open()

    def _open(self) -> None:
        try:
            self._opened, self.notice = open_notebook(self.path)
            self.lasting = "newer" not in self.notice
        except (sqlite3.OperationalError, OSError) as error:
            self._without_writing(getattr(error, "strerror", None) or str(error))
        self._file = self._file_number()
        if not self.notice and self.lasting:
            row = self._opened.execute("SELECT value FROM meta WHERE name = 'notice'").fetchone()
            self.notice = str(row[0]) if row else ""

    def _without_writing(self, why: str) -> None:
        self.lasting = False
        try:
            self._opened = read_only(self.path)
            self.notice = f"The notebook cannot be written ({why}): it is read, nothing is kept."
        except sqlite3.Error:
            self.readable = False
            self._opened = in_memory()
            self.notice = f"The notebook cannot be written ({why}): nothing is kept."

    def _file_number(self) -> int:
        try:
            return self.path.stat().st_ino
        except OSError:
            return 0

    @property
    def _connection(self) -> sqlite3.Connection:
        """The connection, made anew where another process has put a backup in the file's place:
        what is written to a file that was set aside is lost."""
        if self.lasting and self._file_number() != self._file:
            self._opened.close()
            self._open()
        return self._opened

    def close(self) -> None:
        """Close the file."""
        self._opened.close()

    def take_notice(self) -> str:
        """What the reader is to be told, once; it may be of an earlier process."""
        said, self.notice = self.notice, ""
        if said and self.lasting:
            # It is told again if it cannot be noted that it was.
            with suppress(sqlite3.Error):
                self._connection.execute("DELETE FROM meta WHERE name = 'notice'")
        return said

    def back_up(self, *, renew: bool = False) -> None:
        """Make today's backup if there is none yet; `renew` makes another in its place.

        Raises:
            OSError, sqlite3.Error: if it cannot be written.
        """
        today = time.strftime("%Y%m%d")
        if self.lasting and (renew or today != self._day):
            backups.daily(self._connection, self.path, renew=renew)
            self._day = today

    # Read marks

    def read(self, articles: Sequence[str]) -> frozenset[str]:
        """Which of some articles (ids) have been read."""
        return bookmarks.read_of(self._connection, articles)

    def all_read(self) -> list[str]:
        """The ids of all articles that have been read, in any library."""
        return [a for (a,) in self._connection.execute("SELECT article FROM read_marks")]

    def mark_read(self, articles: Iterable[str], read: bool = True) -> list[str]:
        """Mark articles as read, or as unread; those that were not so before, for an undo."""
        changed: list[str] = []
        with transaction(self._connection):
            for article in articles:
                cursor = (
                    self._connection.execute(
                        "INSERT OR IGNORE INTO read_marks VALUES (?, ?)", (article, time.time())
                    )
                    if read
                    else self._connection.execute(
                        "DELETE FROM read_marks WHERE article = ?", (article,)
                    )
                )
                if cursor.rowcount:
                    changed.append(article)
        return changed

    # Bookmarks

    def save(self, bookmark: Bookmark, library: str) -> None:
        """Keep a bookmark of a library, new or changed."""
        self.save_all([bookmark], library)

    def save_all(self, kept: Iterable[Bookmark], library: str) -> None:
        """Keep bookmarks of a library, all of them or none."""
        self.merge(lambda known: list(kept), library, whole=False)

    def merge(
        self,
        decide: Callable[[dict[str, Bookmark]], list[Bookmark]],
        library: str,
        shelved: Iterable[str] = (),
        *,
        whole: bool = True,
    ) -> None:
        """Keep what `decide` makes of all that is kept (by id), in one transaction; not `whole`
        spares the reading of it.

        `shelved` are ids that belong to the library from now on, changed or not.
        """
        with suppress(sqlite3.Error, OSError):
            # Before the first change of a day, however long the program has been running.
            self.back_up()
        connection = self._connection
        with transaction(connection):
            known = {b.id: b for b in bookmarks.everything(connection, True)} if whole else {}
            for bookmark in decide(known):
                bookmarks.save(connection, bookmark)
                bookmarks.put_on_shelf(connection, library, bookmark.id)
            for ident in shelved:
                bookmarks.put_on_shelf(connection, library, ident)

    def corrections(self, library: str) -> list[Correction]:
        """What was said of the entities of a library, withdrawn or not, in order."""
        return corrections.of_library(self._connection, library)

    def save_corrections(self, library: str, given: Iterable[Correction]) -> None:
        """Keep corrections of a library in place of what was said of the same things; all of it or
        nothing."""
        with suppress(sqlite3.Error, OSError):
            self.back_up()
        connection = self._connection
        with transaction(connection):
            corrections.save(connection, library, given)

    def remove(self, ident: str) -> None:
        """Take a bookmark out without a trace, as the undo of its making does."""
        with transaction(self._connection):
            bookmarks.remove(self._connection, ident)

    def bookmark(self, ident: str) -> Bookmark | None:
        """One bookmark, deleted or not."""
        return bookmarks.by_id(self._connection, ident)

    def bookmarks(self, *, deleted: bool = False) -> list[Bookmark]:
        """All bookmarks of all libraries in order of their making."""
        return bookmarks.everything(self._connection, deleted)

    def shelf(self, library: str) -> frozenset[str]:
        """The ids of the bookmarks that were kept in a library or imported into it."""
        return bookmarks.on_shelf(self._connection, library)

    def bookmarks_of(self, library: str, article: str) -> list[tuple[Bookmark, Anchor | None]]:
        """The bookmarks made in an article (None) or attached to it since (where)."""
        return bookmarks.of_article(self._connection, library, article)

    def articles_with_bookmarks(self, library: str) -> frozenset[str]:
        """The ids of the articles in which something is kept."""
        return bookmarks.articles_with(self._connection, library)

    def attachments(self, library: str) -> dict[str, tuple[str, str, Anchor]]:
        """Where bookmarks were last found: modification, article and anchor by id."""
        return bookmarks.attachments(self._connection, library)

    def attach(
        self, library: str, found: Iterable[tuple[Bookmark, str, Anchor]], generation: str
    ) -> None:
        """Note where bookmarks stand in the articles of a generation."""
        with transaction(self._connection):
            bookmarks.attach(self._connection, library, found, generation)

    def looked_for(self, library: str, generation: str) -> frozenset[str]:
        """The ids of what was looked for in a library's articles of a generation already."""
        return bookmarks.looked_for(self._connection, library, generation)

    def tags(self) -> list[str]:
        """All tags in use, the most frequent first."""
        return bookmarks.tags(self._connection)

    # Places and sessions

    def save_session(
        self,
        library: str,
        state: dict[str, Any],
        general: dict[str, Any],
        places: Iterable[tuple[str, int, int]],
    ) -> None:
        """Note at once how a library is left, what holds for all, and places in articles.

        It does not wait for another process: there is a next time.
        """
        connection = self._connection
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            with transaction(connection):
                sessions.save(connection, library, state)
                sessions.save(connection, "", general)
                sessions.save_places(connection, places)
        finally:
            connection.execute("PRAGMA busy_timeout = 2000")

    def session(self, library: str) -> dict[str, Any]:
        """How a library was left; "" for what holds for all."""
        return sessions.load(self._connection, library)

    def place(self, article: str) -> tuple[int, int] | None:
        """The point and the first offset shown when an article was left."""
        return sessions.place(self._connection, article)

    def name_place(self, library: str, letter: str, where: tuple[str, int] | None) -> None:
        """Give a place (article id and offset) a letter, or take the letter back."""
        sessions.name_place(self._connection, library, letter, where)

    def named_places(self, library: str) -> dict[str, tuple[str, int]]:
        """The named places of a library: article id and offset by letter."""
        return sessions.named_places(self._connection, library)

    def know_again(self, library: str, sample: Sequence[str]) -> bool:
        """Note a sample of a library's articles (ids); whether it took over a former one's past.

        A library without a past that holds most of what another one did is that one, moved.
        """
        with transaction(self._connection):
            former = None
            if not sessions.is_known(self._connection, library):
                former = sessions.moved_from(self._connection, library, sample)
                if former is not None:
                    sessions.adopt(self._connection, library, former)
            sessions.save_sample(self._connection, library, sample)
        return former is not None

    # Libraries

    def opened(self, sources: Sequence[Path]) -> None:
        """Note that a library was opened now."""
        self._connection.execute(
            "REPLACE INTO libraries VALUES (?, ?)",
            (library_id(sources), time.time()),
        )

    def last_library(self) -> tuple[Path, ...] | None:
        """The sources of the library opened last, None before the first."""
        row = self._connection.execute(
            "SELECT sources FROM libraries ORDER BY at DESC LIMIT 1"
        ).fetchone()
        return tuple(Path(source) for source in json.loads(row[0])) if row else None
