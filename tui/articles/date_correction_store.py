"""Date corrections in the notebook, one row for each article, and the articles of a cache that they
are about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from tui.articles.date_corrections import DateCorrection
from tui.articles.lookup_store import ArticleLookup
from tui.ids import ArticleHash, RowId

_FIELDS = "article, date, library, url, source, record, title, modified, withdrawn"


def all_stated(connection: sqlite3.Connection) -> list[DateCorrection]:
    """All corrections in order of modification, including withdrawn ones."""
    rows = connection.execute(f"SELECT {_FIELDS} FROM date_corrections ORDER BY modified, article")
    return [_correction(row) for row in rows]


def _correction(row: tuple[Any, ...]) -> DateCorrection:
    article, date, library, url, source, record, title, modified, withdrawn = row
    return DateCorrection(
        article, date, library, url, source, record, title, modified, bool(withdrawn)
    )


def of_article(connection: sqlite3.Connection, article: ArticleHash) -> DateCorrection | None:
    """The correction of an article, withdrawn or not, None if there is none."""
    row = connection.execute(
        f"SELECT {_FIELDS} FROM date_corrections WHERE article = ?", (article,)
    ).fetchone()
    return _correction(row) if row else None


def save(connection: sqlite3.Connection, given: Iterable[DateCorrection]) -> None:
    """Store corrections, each in place of that of the same article."""
    connection.executemany(
        f"REPLACE INTO date_corrections ({_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [astuple(correction) for correction in given],
    )


def articles_of(
    connection: sqlite3.Connection, library: str, corrections: Iterable[DateCorrection]
) -> dict[RowId, DateCorrection]:
    """The articles of a library's cache that corrections are about, withdrawn ones included.

    An article whose text has changed is found by its address, else in the same library by its file,
    unless there is a correction of its present text.
    """
    lookup = ArticleLookup(connection)
    found: dict[RowId, DateCorrection] = {}
    lost: list[DateCorrection] = []
    for correction in corrections:
        row_id = _row_id(connection, correction.article)
        if row_id is None:
            lost.append(correction)
        else:
            found[row_id] = correction
    for correction in reversed(lost):
        hashes = lookup.with_url(correction.url)
        if not hashes and correction.library == library:
            hashes = lookup.from_source(correction.source, correction.record)
        row_id = _row_id(connection, hashes[0]) if len(hashes) == 1 else None
        if row_id is not None:
            found.setdefault(row_id, correction)
    return found


def _row_id(connection: sqlite3.Connection, article: ArticleHash) -> RowId | None:
    row = connection.execute("SELECT key FROM articles WHERE id = ?", (article,)).fetchone()
    return int(row[0]) if row is not None else None


def corrected(connection: sqlite3.Connection) -> list[tuple[RowId, str | None]]:
    """The articles of a cache that have a date by the reader, and that date."""
    return connection.execute(
        "SELECT key, date FROM articles WHERE date_origin = 'corrected'"
    ).fetchall()
