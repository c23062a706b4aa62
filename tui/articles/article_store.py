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
            "INSERT INTO articles (id, title, title_made, date, date_origin, day, url, headings)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.id,
                article.title,
                article.title_made,
                date,
                article.date_origin,
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
    row_id, date, origin, title, made = connection.execute(
        "SELECT key, date, date_origin, title, title_made FROM articles WHERE id = ?",
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
    if (
        origin != "corrected"
        and article.date != date
        and (
            (known and (own or origin in ("unknown", "inferred")))
            or (own and not known and origin != "inferred")
        )
    ):
        set_date(connection, row_id, article.date, article.date_origin, "")
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
) -> None:
    """Change the date (EDTF) of an article, and have it analysed again: its times depend on it."""
    connection.execute(
        "UPDATE articles SET date = ?, date_origin = ?, date_why = ?, day = ?, analysed = 0"
        " WHERE key = ?",
        (date, origin, evidence, interval(date).first if date else None, row_id),
    )


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
        "SELECT id, title, text, date, date_origin, url, title_made, headings, date_why"
        " FROM articles JOIN texts USING (key) WHERE key = ?",
        (row_id,),
    ).fetchone()
    if row is None:
        return None
    article_hash, title, text, date, origin, url, made, headings, evidence = row
    return Article(
        id=article_hash,
        title=title,
        text=text,
        date=date,
        date_origin=origin,
        date_evidence=evidence,
        url=url,
        title_made=bool(made),
        headings=tuple(int(n) for n in headings.split(",") if n),
    )
