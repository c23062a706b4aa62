"""Read marks in the notebook, by the hashes of articles."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence

from tui.ids import ArticleHash

# SQLite takes a limited number of parameters in one statement.
_CHUNK = 500


def read_of(
    connection: sqlite3.Connection, articles: Sequence[ArticleHash]
) -> frozenset[ArticleHash]:
    """Those of some articles that are marked as read."""
    found: set[ArticleHash] = set()
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


def all_read(connection: sqlite3.Connection) -> list[ArticleHash]:
    """All articles that are marked as read, in any library."""
    return [article for (article,) in connection.execute("SELECT article FROM read_marks")]


def mark(
    connection: sqlite3.Connection, articles: Iterable[ArticleHash], *, read: bool
) -> list[ArticleHash]:
    """Mark articles as read or unread; returns those that were marked otherwise before."""
    changed: list[ArticleHash] = []
    for article in articles:
        cursor = (
            connection.execute(
                "INSERT OR IGNORE INTO read_marks VALUES (?, ?)", (article, time.time())
            )
            if read
            else connection.execute("DELETE FROM read_marks WHERE article = ?", (article,))
        )
        if cursor.rowcount:
            changed.append(article)
    return changed
