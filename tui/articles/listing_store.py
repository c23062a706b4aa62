"""Articles in the cache, as the list and the page read them: windows of rows, never all of them.

What the notebook says (read, bookmarked) comes in as hashes: the two stores never share a
connection.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence

from tui.articles.model import ArticleRow, Status
from tui.ids import ArticleHash, RowId
from tui.search.filters import Sort
from tui.storage.packed_numbers import pack, unpack

_CHUNK = 500
_ORDERS: dict[Sort, str] = {
    "oldest": "day IS NULL, day, key",
    "title": "title COLLATE NOCASE, key",
    "events": "events DESC, day DESC, key",
}


def rows(connection: sqlite3.Connection, articles: Sequence[RowId]) -> list[ArticleRow]:
    """The rows of some articles, in no particular order; `read` is left False."""
    marks = ",".join("?" * len(articles))
    return [
        ArticleRow(row_id, article_hash, title, date, origin, events, analysed > 0, bool(absent))
        for row_id, article_hash, title, date, origin, events, analysed, absent in (
            connection.execute(
                "SELECT key, id, title, date, date_origin, events, analysed, absent"
                f" FROM articles WHERE key IN ({marks})",
                articles,
            )
        )
    ]


def row_id_of(connection: sqlite3.Connection, article_hash: ArticleHash) -> RowId | None:
    """The row id of an article, None if it is not in the cache."""
    row = connection.execute("SELECT key FROM articles WHERE id = ?", (article_hash,)).fetchone()
    return int(row[0]) if row else None


def hashes(connection: sqlite3.Connection, articles: Sequence[RowId]) -> dict[RowId, ArticleHash]:
    """The hashes of those of some articles that are in the cache, by row id."""
    known: dict[RowId, ArticleHash] = {}
    for at in range(0, len(articles), _CHUNK):
        chunk = list(articles[at : at + _CHUNK])
        marks = ",".join("?" * len(chunk))
        known.update(
            connection.execute(f"SELECT key, id FROM articles WHERE key IN ({marks})", chunk)
        )
    return known


def row_ids(connection: sqlite3.Connection, articles: Iterable[ArticleHash]) -> set[RowId]:
    """The row ids of those of some articles that are in the cache."""
    wanted = list(articles)
    found: set[RowId] = set()
    for at in range(0, len(wanted), _CHUNK):
        chunk = wanted[at : at + _CHUNK]
        marks = ",".join("?" * len(chunk))
        found.update(
            row_id
            for (row_id,) in connection.execute(
                f"SELECT key FROM articles WHERE id IN ({marks})", chunk
            )
        )
    return found


def day_of(connection: sqlite3.Connection, row_id: RowId) -> int | None:
    """The ordinal of the first day of an article's date, None if it has no date."""
    row = connection.execute("SELECT day FROM articles WHERE key = ?", (row_id,)).fetchone()
    return row[0] if row else None


# Orders and filters


def newest_first(connection: sqlite3.Connection) -> array[int]:
    """The row ids of all articles, newest first and undated last: the snapshot if there is one."""
    row = connection.execute("SELECT data FROM snapshots WHERE name = 'order'").fetchone()
    return unpack(row[0]) if row else _newest_first(connection)


def save_order(connection: sqlite3.Connection) -> None:
    """Store the order of the list: a start reads 800 KB for 100,000 articles, not 100,000 rows."""
    connection.execute(
        "REPLACE INTO snapshots SELECT 'order', value, ? FROM meta WHERE name = 'revision'",
        (pack(_newest_first(connection)),),
    )


def _newest_first(connection: sqlite3.Connection) -> array[int]:
    found = connection.execute("SELECT key FROM articles ORDER BY day DESC, key")
    return array("q", [row_id for (row_id,) in found])


def oldest_first(connection: sqlite3.Connection) -> list[RowId]:
    """All articles, oldest first and undated last: the order of the export."""
    found = connection.execute("SELECT key FROM articles ORDER BY day IS NULL, day, id")
    return [row_id for (row_id,) in found]


def sorted_by(connection: sqlite3.Connection, sort: Sort) -> array[int]:
    """The row ids of all articles in an order other than `newest`."""
    found = connection.execute(f"SELECT key FROM articles ORDER BY {_ORDERS[sort]}")
    return array("q", [row_id for (row_id,) in found])


def in_list_order(connection: sqlite3.Connection, articles: Sequence[RowId]) -> list[RowId]:
    """Some articles, newest first and undated last."""
    found = connection.execute(
        "SELECT key FROM articles WHERE key IN (SELECT value FROM json_each(?))"
        " ORDER BY day DESC, key",
        (json.dumps(list(articles)),),
    )
    return [row_id for (row_id,) in found]


# Counts


def absent_count(connection: sqlite3.Connection) -> int:
    """The number of articles whose file is gone."""
    return int(connection.execute("SELECT count(*) FROM articles WHERE absent").fetchone()[0])


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether there is no article."""
    return connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None


def status(connection: sqlite3.Connection) -> Status:
    """How much is in the cache."""
    articles, waiting, events, problems = connection.execute(
        "SELECT (SELECT count(*) FROM articles),"
        " (SELECT count(*) FROM articles WHERE analysed = 0),"
        " (SELECT count(*) FROM events WHERE part_of IS NULL AND NOT hidden"
        "  AND (NOT part OR accounts > 1 OR said != '')),"
        " (SELECT count(*) FROM problems)"
    ).fetchone()
    return Status(articles, articles - waiting, events, problems)


def snapshot_revisions(connection: sqlite3.Connection) -> tuple[int, int]:
    """The revisions of the cache at which the order of the list and the timeline were stored, -1
    for one that was never stored."""
    found = dict(connection.execute("SELECT name, revision FROM snapshots").fetchall())
    return found.get("order", -1), found.get("timeline", -1)
