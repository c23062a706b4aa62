"""The rows of bookmarks, and where each stands in the articles of a library."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from tui.model import Anchor, Bookmark, Selector

_COLUMNS = (
    "id, created, modified, deleted, article, url, title, date, source,"
    " exact, prefix, suffix, start, end, context, note, tags, original"
)
# As many as SQLite takes parameters in one statement, with room to spare.
_CHUNK = 500


def _bookmark(row: tuple[object, ...]) -> Bookmark:
    (ident, created, modified, deleted, article, url, title, date, source) = row[:9]
    (exact, prefix, suffix, start, end, context, note, tags, original) = row[9:]
    return Bookmark(
        id=str(ident),
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
    # One that a fault of the disk has made unreadable takes nothing else with it.
    try:
        return tuple(str(tag) for tag in json.loads(stored))
    except (ValueError, TypeError):
        return ()


def save(connection: sqlite3.Connection, bookmark: Bookmark) -> None:
    """Write a bookmark, in place of the one that has its id."""
    b, s = bookmark, bookmark.selector
    # Where it stands does not change with its note: what was worked out of it goes on to hold.
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


def remove(connection: sqlite3.Connection, ident: str) -> None:
    """Take a bookmark out without a trace: for one that was never there, as an undo has it."""
    for table in ("bookmarks", "shelves", "attachments"):
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (ident,))


def put_on_shelf(connection: sqlite3.Connection, library: str, ident: str) -> None:
    """Note that a bookmark belongs to a library."""
    connection.execute("INSERT OR IGNORE INTO shelves VALUES (?, ?)", (library, ident))


def by_id(connection: sqlite3.Connection, ident: str) -> Bookmark | None:
    """One bookmark, deleted or not."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM bookmarks WHERE id = ?", (ident,)).fetchone()
    return _bookmark(row) if row else None


def everything(connection: sqlite3.Connection, deleted: bool = False) -> list[Bookmark]:
    """All bookmarks in order of their making; those deleted only where asked for."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM bookmarks WHERE deleted <= ? ORDER BY created, id", (deleted,)
    )
    return [_bookmark(row) for row in rows]


def on_shelf(connection: sqlite3.Connection, library: str) -> frozenset[str]:
    """The ids of the bookmarks that belong to a library."""
    rows = connection.execute("SELECT id FROM shelves WHERE library = ?", (library,))
    return frozenset(ident for (ident,) in rows)


def of_article(
    connection: sqlite3.Connection, library: str, article: str
) -> list[tuple[Bookmark, Anchor | None]]:
    """The bookmarks of an article: those made in it, those attached since (with where)."""
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
    """The ids of the articles in which something is kept."""
    rows = connection.execute(
        "SELECT article FROM bookmarks WHERE NOT deleted UNION SELECT a.article FROM attachments a"
        " JOIN bookmarks b USING (id) WHERE library = ? AND NOT deleted"
        " AND a.modified = b.modified AND a.start >= 0",
        (library,),
    )
    return frozenset(article for (article,) in rows)


def looked_for(connection: sqlite3.Connection, library: str, generation: str) -> frozenset[str]:
    """The ids of what was looked for in a library's articles of a generation, in vain or not."""
    rows = connection.execute(
        "SELECT id FROM attachments JOIN bookmarks b USING (id) WHERE library = ?"
        " AND attachments.modified = b.modified AND looked = ?",
        (library, generation),
    )
    return frozenset(ident for (ident,) in rows)


def attachments(connection: sqlite3.Connection, library: str) -> dict[str, tuple[str, str, Anchor]]:
    """What is known of where bookmarks stand in a library: modification, article, anchor by id."""
    rows = connection.execute(
        "SELECT id, modified, article, state, start, end, score FROM attachments WHERE library = ?",
        (library,),
    )
    return {
        ident: (modified, article, Anchor(state, start, end, score))
        for ident, modified, article, state, start, end, score in rows
    }


def attach(
    connection: sqlite3.Connection,
    library: str,
    found: Iterable[tuple[Bookmark, str, Anchor]],
    generation: str,
) -> None:
    """Note where bookmarks stand: in which article ("" for none), and how; `generation` is of what
    articles that was found out."""
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


def read_of(connection: sqlite3.Connection, articles: Sequence[str]) -> frozenset[str]:
    """Which of some articles (ids) have been read."""
    found: set[str] = set()
    for at in range(0, len(articles), _CHUNK):
        chunk = articles[at : at + _CHUNK]
        marks = ",".join("?" * len(chunk))
        found.update(
            article
            for (article,) in connection.execute(
                f"SELECT article FROM read_marks WHERE article IN ({marks})", chunk
            )
        )
    return frozenset(found)
