"""Articles in the cache: saved once for each text, with their sources and the full-text index."""

from __future__ import annotations

import sqlite3

from tui.articles.model import Article, DateOrigin
from tui.ids import RowId
from tui.times.edtf import interval


def save_article(connection: sqlite3.Connection, article: Article, file: int) -> RowId:
    """Store an article and return its row id.

    An article whose text is known already gains a source, and a date if it had none.
    """
    date = article.date
    day = interval(date).first if date else None
    try:
        cursor = connection.execute(
            "INSERT INTO articles (id, title, title_made, date, date_origin, date_why, own_date,"
            " own_origin, own_why, day, url, headings)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?4, ?5, ?6, ?7, ?8, ?9)",
            (
                article.id,
                article.title,
                article.title_made,
                date,
                article.date_origin,
                article.date_evidence,
                day,
                article.url,
                ",".join(map(str, article.headings)),
            ),
        )
    except sqlite3.IntegrityError:
        row_id = _add_source(connection, article, file)
    else:
        row_id = int(cursor.lastrowid or 0)
        connection.execute("INSERT INTO texts VALUES (?, ?)", (row_id, article.text))
        connection.execute(
            "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)",
            (row_id, article.title, article.text),
        )
    connection.execute("REPLACE INTO sources VALUES (?, ?, ?)", (file, article.record, row_id))
    return row_id


def _add_source(connection: sqlite3.Connection, article: Article, file: int) -> RowId:
    """Update the article that has the same text, and return its row id."""
    row_id, date, origin, why, own_date, title, made = connection.execute(
        "SELECT key, date, date_origin, date_why, own_date, title, title_made FROM articles"
        " WHERE id = ?",
        (article.id,),
    ).fetchone()
    # A file that is gone is not a source any more of a text that another file holds.
    connection.execute(
        "DELETE FROM sources WHERE article = ? AND file IN (SELECT file FROM files WHERE size < 0)",
        (row_id,),
    )
    own = connection.execute(
        "SELECT 1 FROM sources WHERE article = ? AND file = ? AND record = ?",
        (row_id, file, article.record),
    ).fetchone()
    connection.execute("UPDATE articles SET absent = 0 WHERE key = ?", (row_id,))
    known = article.date is not None
    if own or (known and own_date is None):
        connection.execute(
            "UPDATE articles SET own_date = ?, own_origin = ?, own_why = ? WHERE key = ?",
            (article.date, article.date_origin, article.date_evidence, row_id),
        )
        changed = (date, why) != (article.date, article.date_evidence)
        if origin != "corrected" and changed and (known or origin != "inferred"):
            set_date(connection, row_id, article.date, article.date_origin, article.date_evidence)
    if title != article.title and (own or (made and not article.title_made)):
        _set_title(connection, row_id, title, article.title, article.title_made)
    if own or article.url:
        connection.execute("UPDATE articles SET url = ? WHERE key = ?", (article.url, row_id))
    return int(row_id)


def _set_title(
    connection: sqlite3.Connection, row_id: RowId, old: str, new: str, made: bool
) -> None:
    (text,) = connection.execute("SELECT text FROM texts WHERE key = ?", (row_id,)).fetchone()
    connection.execute(
        "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        (row_id, old, text),
    )
    connection.execute(
        "UPDATE articles SET title = ?, title_made = ? WHERE key = ?", (new, made, row_id)
    )
    connection.execute(
        "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (row_id, new, text)
    )


def set_date(
    connection: sqlite3.Connection,
    row_id: RowId,
    date: str | None,
    origin: DateOrigin,
    evidence: str,
    *,
    range_: str | None = None,
    confidence: float | None = None,
) -> None:
    """Change the date (EDTF) of an article, and have it analysed again if its date is another: its
    times depend on it.

    Args:
        connection: the cache.
        row_id: the article.
        date: the date, None if there is none.
        origin: where the date is from.
        evidence: the evidence in words.
        range_: the days between which an inferred date lies (EDTF).
        confidence: how probable it is, from 0 to 1.
    """
    connection.execute(
        "UPDATE articles SET analysed = CASE WHEN date IS ?1 THEN analysed ELSE 0 END, date = ?1,"
        " date_origin = ?2, date_why = ?3, day = ?4, date_range = ?5, date_confidence = ?6"
        " WHERE key = ?7",
        (
            date,
            origin,
            evidence,
            interval(date).first if date else None,
            range_,
            confidence,
            row_id,
        ),
    )


def restore_own_date(connection: sqlite3.Connection, row_id: RowId) -> bool:
    """Give an article the date that its source says; returns whether it says one."""
    date, origin, why = connection.execute(
        "SELECT own_date, own_origin, own_why FROM articles WHERE key = ?", (row_id,)
    ).fetchone()
    set_date(connection, row_id, date, origin, why)
    return date is not None


def delete_article(connection: sqlite3.Connection, row_id: RowId) -> None:
    """Delete an article that another version has replaced; its annotations must be gone."""
    title, text = connection.execute(
        "SELECT title, text FROM article_texts WHERE key = ?", (row_id,)
    ).fetchone()
    connection.execute(
        "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        (row_id, title, text),
    )
    connection.execute("DELETE FROM texts WHERE key = ?", (row_id,))
    connection.execute("DELETE FROM articles WHERE key = ?", (row_id,))


def article(connection: sqlite3.Connection, row_id: RowId) -> Article | None:
    """An article with its text, without its source; None if there is none."""
    row = connection.execute(
        "SELECT id, title, text, date, date_origin, url, title_made, headings, date_why,"
        " date_range, date_confidence FROM articles JOIN texts USING (key) WHERE key = ?",
        (row_id,),
    ).fetchone()
    if row is None:
        return None
    article_hash, title, text, date, origin, url, made, headings, evidence, between, sure = row
    return Article(
        id=article_hash,
        title=title,
        text=text,
        date=date,
        date_origin=origin,
        date_evidence=evidence,
        date_range=between,
        date_confidence=sure,
        url=url,
        title_made=bool(made),
        headings=tuple(int(n) for n in headings.split(",") if n),
    )
