"""Date corrections in the notebook, one row for each article, and the articles of a cache that they
are about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from tui.articles.date_corrections import DateCorrection
from tui.articles.lookup_store import ArticleLookup
from tui.ids import ArticleHash, RowId

_FIELDS = "article, date, url, source, record, title, modified, withdrawn"


def all_stated(connection: sqlite3.Connection) -> list[DateCorrection]:
    """All corrections in order of modification, including withdrawn ones."""
    rows = connection.execute(f"SELECT {_FIELDS} FROM date_corrections ORDER BY modified, article")
    return [_correction(row) for row in rows]


def _correction(row: tuple[Any, ...]) -> DateCorrection:
    article, date, url, source, record, title, modified, withdrawn = row
    return DateCorrection(article, date, url, source, record, title, modified, bool(withdrawn))


def of_article(connection: sqlite3.Connection, article: ArticleHash) -> DateCorrection | None:
    """The correction of an article, withdrawn or not, None if there is none."""
    row = connection.execute(
        f"SELECT {_FIELDS} FROM date_corrections WHERE article = ?", (article,)
    ).fetchone()
    return _correction(row) if row else None


def save(connection: sqlite3.Connection, given: Iterable[DateCorrection]) -> None:
    """Store corrections, each in place of that of the same article."""
    connection.executemany(
        f"REPLACE INTO date_corrections ({_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (c.article, c.date, c.url, c.source, c.record, c.title, c.modified, c.withdrawn)
            for c in given
        ],
    )


def articles_of(
    connection: sqlite3.Connection, corrections: Iterable[DateCorrection]
) -> dict[RowId, DateCorrection]:
    """The articles of a cache that corrections are about.

    An article whose text has changed is found by its address, else by its file.
    """
    lookup = ArticleLookup(connection)
    found: dict[RowId, DateCorrection] = {}
    for correction in corrections:
        hashes = [correction.article]
        if not lookup.has(correction.article):
            hashes = lookup.with_url(correction.url) or lookup.from_source(
                correction.source, correction.record
            )
        if len(hashes) == 1:
            row = connection.execute("SELECT key FROM articles WHERE id = ?", hashes).fetchone()
            if row is not None:
                found[int(row[0])] = correction
    return found


def corrected(connection: sqlite3.Connection) -> list[tuple[RowId, str | None]]:
    """The articles of a cache that have a date by the reader, and that date."""
    return connection.execute(
        "SELECT key, date FROM articles WHERE date_origin = 'corrected'"
    ).fetchall()
