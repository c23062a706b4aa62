"""The notebook: everything that the reader did, in one SQLite file for all libraries.

An article is known by the hash of its text, so that a mark outlives a moved or renamed file. A
method returns only after what it was to keep is committed and on the disk.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tui.locations import library_id
from tui.model import Anchor, Bookmark
from tui.notebook import backups, bookmarks, sessions
from tui.notebook.connection import in_memory, open_notebook, transaction


class Notebook:
    """The reader's own data.

    `notice` says what went wrong at opening ("" if nothing did): a file that cannot be read is set
    aside, never overwritten; where nothing can be written, marks last as long as the program runs.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lasting = True
        try:
            self._connection, self.notice = open_notebook(path)
        except sqlite3.OperationalError as error:
            self._forgetful(str(error))
        except OSError as error:
            self._forgetful(error.strerror or str(error))

    def _forgetful(self, why: str) -> None:
        self._connection = in_memory()
        self.lasting = False
        self.notice = f"The notebook cannot be written ({why}): nothing is kept."

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def back_up(self) -> None:
        """Make today's backup if there is none yet.

        Raises:
            OSError, sqlite3.Error: if it cannot be written.
        """
        if self.lasting:
            backups.daily(self._connection, self.path)

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
        with transaction(self._connection):
            for bookmark in kept:
                bookmarks.save(self._connection, bookmark)
                bookmarks.put_on_shelf(self._connection, library, bookmark.id)

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

    def attach(self, library: str, found: Iterable[tuple[Bookmark, str, Anchor]]) -> None:
        """Note where bookmarks stand today."""
        with transaction(self._connection):
            bookmarks.attach(self._connection, library, found)

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
        """Note at once how a library is left, what holds for all, and places in articles."""
        with transaction(self._connection):
            sessions.save(self._connection, library, state)
            sessions.save(self._connection, "", general)
            sessions.save_places(self._connection, places)

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
            if not sessions.load(self._connection, library):
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
