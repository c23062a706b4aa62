"""What dating undated articles reads from the cache: the undated ones, and dated ones like them."""

from __future__ import annotations

import sqlite3

from tui.articles import article_store
from tui.ids import RowId


class CachedCorpus:
    """The articles of a cache as `tui.times.date_inference.Corpus`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def title_and_text(self, article: RowId) -> tuple[str, str] | None:
        """The title and text of an article, None if there is none."""
        found = article_store.article(self._connection, article)
        return (found.title, found.text) if found is not None else None

    def sample(self, size: int) -> list[str]:
        """Titles and texts of at most about `size` articles, spread evenly over the library."""
        last = last_row_id(self._connection)
        step = max(1, last // size)
        rows = self._connection.execute(
            "SELECT title, text FROM article_texts WHERE key IN"
            " (WITH RECURSIVE picked(n) AS (SELECT 1 UNION ALL SELECT n + ?1 FROM picked"
            "  WHERE n + ?1 <= ?2) SELECT n FROM picked)",
            (step, last),
        )
        return [f"{title}\n{text}" for title, text in rows]

    def dated_like(self, article: RowId, query: str, limit: int) -> list[tuple[str, str, str]]:
        """The dated articles other than `article` that match a full-text query best: title, date,
        text."""
        return self._connection.execute(
            "SELECT articles.title, date, texts.text FROM search"
            " JOIN articles ON articles.key = search.rowid JOIN texts USING (key)"
            " WHERE search MATCH ? AND date IS NOT NULL"
            " AND date_origin IN ('stated', 'metadata', 'corrected')"
            " AND key != ? ORDER BY rank LIMIT ?",
            (query, article, limit),
        ).fetchall()


def undated(
    connection: sqlite3.Connection, after: RowId, limit: int
) -> list[tuple[RowId, str | None]]:
    """The articles after a row id that state no date, with the date inferred so far."""
    return [
        (row_id, date)
        for row_id, date in connection.execute(
            "SELECT key, date FROM articles WHERE date_origin IN ('unknown', 'inferred')"
            " AND key > ? ORDER BY key LIMIT ?",
            (after, limit),
        )
    ]


def last_row_id(connection: sqlite3.Connection) -> RowId:
    """The highest row id of an article, 0 if there is none."""
    return int(connection.execute("SELECT max(key) FROM articles").fetchone()[0] or 0)
