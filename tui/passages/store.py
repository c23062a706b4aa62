"""Bookmarks in the notebook, the libraries that they belong to, and where each is attached."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from tui.ids import ArticleHash
from tui.passages.model import Anchor, Bookmark, Selector

_COLUMNS = (
    "id, created, modified, deleted, article, url, title, date, source,"
    " exact, prefix, suffix, start, end, context, note, tags, original"
)


def _bookmark(row: tuple[object, ...]) -> Bookmark:
    (bookmark_id, created, modified, deleted, article, url, title, date, source) = row[:9]
    (exact, prefix, suffix, start, end, context, note, tags, original) = row[9:]
    return Bookmark(
        id=str(bookmark_id),
        created=str(created),
        modified=str(modified),
        selector=Selector(str(exact), str(prefix), str(suffix), int(str(start)), int(str(end))),
        article=str(article),
        url=str(url),
        title=str(title),
        date=None if date is None else str(date),
        source=str(source),
        context=str(context),
        note=str(note),
        tags=_tags(str(tags)),
        deleted=bool(deleted),
        original=str(original),
    )


def _tags(stored: str) -> tuple[str, ...]:
    # Tags that a disk fault has made unreadable must not make the bookmark unreadable.
    try:
        return tuple(str(tag) for tag in json.loads(stored))
    except (ValueError, TypeError):
        return ()


def save(connection: sqlite3.Connection, bookmark: Bookmark) -> None:
    """Store a bookmark, in place of an earlier version of it."""
    b, s = bookmark, bookmark.selector
    # A change of note or tags does not change where the bookmark is attached.
    connection.execute(
        "UPDATE attachments SET modified = ? WHERE id = ? AND EXISTS (SELECT 1 FROM bookmarks o"
        " WHERE o.id = attachments.id AND o.modified = attachments.modified AND o.article = ?"
        " AND o.start = ? AND o.end = ? AND o.exact = ?)",
        (b.modified, b.id, b.article, s.start, s.end, s.exact),
    )
    connection.execute(
        f"INSERT INTO bookmarks ({_COLUMNS}) VALUES ({','.join('?' * 18)})"
        " ON CONFLICT (id) DO UPDATE SET created = excluded.created, modified = excluded.modified,"
        " deleted = excluded.deleted, article = excluded.article, url = excluded.url,"
        " title = excluded.title, date = excluded.date, source = excluded.source,"
        " exact = excluded.exact, prefix = excluded.prefix, suffix = excluded.suffix,"
        " start = excluded.start, end = excluded.end, context = excluded.context,"
        " note = excluded.note, tags = excluded.tags, original = excluded.original",
        (b.id, b.created, b.modified, b.deleted, b.article, b.url, b.title, b.date, b.source,
         s.exact, s.prefix, s.suffix, s.start, s.end, b.context, b.note,
         json.dumps(b.tags, ensure_ascii=False), b.original),
    )  # fmt: skip


def remove(connection: sqlite3.Connection, bookmark: str) -> None:
    """Delete all rows of a bookmark (by id), to undo its creation."""
    for table in ("bookmarks", "shelves", "attachments"):
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (bookmark,))


def add_membership(connection: sqlite3.Connection, library: str, bookmark: str) -> None:
    """Store that a bookmark (by id) belongs to a library."""
    connection.execute("INSERT OR IGNORE INTO shelves VALUES (?, ?)", (library, bookmark))


def by_id(connection: sqlite3.Connection, bookmark: str) -> Bookmark | None:
    """A bookmark by its id, deleted or not; None if there is none."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM bookmarks WHERE id = ?", (bookmark,)
    ).fetchone()
    return _bookmark(row) if row else None


def all_bookmarks(connection: sqlite3.Connection, *, deleted: bool = False) -> list[Bookmark]:
    """The bookmarks of all libraries by time of creation; `deleted` includes the deleted ones."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM bookmarks WHERE deleted <= ? ORDER BY created, id", (deleted,)
    )
    return [_bookmark(row) for row in rows]


def members(connection: sqlite3.Connection, library: str) -> frozenset[str]:
    """The ids of the bookmarks that were made in a library or imported into it."""
    rows = connection.execute("SELECT id FROM shelves WHERE library = ?", (library,))
    return frozenset(bookmark for (bookmark,) in rows)


def of_article(
    connection: sqlite3.Connection, library: str, article: str
) -> list[tuple[Bookmark, Anchor | None]]:
    """The bookmarks of an article (by hash), each with its anchor or None.

    It is None for a bookmark that was made in the article; a bookmark that was made in another
    article and is attached to this one has an anchor.
    """
    own = connection.execute(
        f"SELECT {_COLUMNS} FROM bookmarks WHERE article = ? AND NOT deleted", (article,)
    )
    found: list[tuple[Bookmark, Anchor | None]] = [(_bookmark(row), None) for row in own]
    columns = ", ".join(f"b.{column.strip()}" for column in _COLUMNS.split(","))
    moved = connection.execute(
        f"SELECT {columns}, a.state, a.start, a.end, a.score FROM attachments a JOIN bookmarks b"
        " USING (id) WHERE a.library = ? AND a.article = ? AND a.modified = b.modified"
        " AND b.article != a.article AND NOT b.deleted",
        (library, article),
    )
    found += [(_bookmark(row[:18]), Anchor(*row[18:])) for row in moved]
    return found


def articles_with(connection: sqlite3.Connection, library: str) -> frozenset[str]:
    """The hashes of the articles with bookmarks: made there, or attached there in a library."""
    rows = connection.execute(
        "SELECT article FROM bookmarks WHERE NOT deleted UNION SELECT a.article FROM attachments a"
        " JOIN bookmarks b USING (id) WHERE library = ? AND NOT deleted"
        " AND a.modified = b.modified AND a.start >= 0",
        (library,),
    )
    return frozenset(article for (article,) in rows)


def located_in(connection: sqlite3.Connection, library: str, generation: str) -> frozenset[str]:
    """The ids of the bookmarks that were searched for in a generation of a library's articles.

    They include those that were not found.
    """
    rows = connection.execute(
        "SELECT id FROM attachments JOIN bookmarks b USING (id) WHERE library = ?"
        " AND attachments.modified = b.modified AND looked = ?",
        (library, generation),
    )
    return frozenset(bookmark for (bookmark,) in rows)


Attachment = tuple[str, ArticleHash, Anchor]


def attachments(connection: sqlite3.Connection, library: str) -> dict[str, Attachment]:
    """The attachments in a library by bookmark: time of modification, article hash and anchor."""
    rows = connection.execute(
        "SELECT id, modified, article, state, start, end, score FROM attachments WHERE library = ?",
        (library,),
    )
    return {
        bookmark: (modified, article, Anchor(state, start, end, score))
        for bookmark, modified, article, state, start, end, score in rows
    }


def attach(
    connection: sqlite3.Connection,
    library: str,
    found: Iterable[tuple[Bookmark, str, Anchor]],
    generation: str,
) -> None:
    """Store the attachments of bookmarks: article hash ("" if there is none) and anchor.

    `generation` identifies the state of the library's articles in which they were located.
    """
    connection.executemany(
        "REPLACE INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (library, b.id, b.modified, article, a.state, a.start, a.end, a.score, generation)
            for b, article, a in found
        ],
    )


def tags(connection: sqlite3.Connection) -> list[str]:
    """All tags in use, the most frequent first."""
    rows = connection.execute(
        "SELECT value FROM bookmarks, json_each(tags) WHERE NOT deleted"
        " GROUP BY value ORDER BY count(*) DESC, value"
    )
    return [tag for (tag,) in rows]
