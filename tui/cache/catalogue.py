"""Files and articles into the cache: what step 1, cataloguing, writes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence

from tui.edtf import interval
from tui.model import Article, DateOrigin, Problem

Stat = tuple[str, int, int]


def _stored(name: str) -> str | bytes:
    """A file's name as SQLite takes it: its bytes where they are no UTF-8."""
    return name if name.isascii() or _is_text(name) else os.fsencode(name)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def file_name(stored: str | bytes) -> str:
    """A stored name as the file system takes it."""
    return os.fsdecode(stored) if isinstance(stored, bytes) else stored


def folder_digests(connection: sqlite3.Connection) -> dict[str, tuple[int, bytes, int]]:
    """Each known folder: its number, digest, and whether it is marked missing."""
    return {
        file_name(path): (folder, digest, missing)
        for folder, path, digest, missing in connection.execute(
            "SELECT folder, path, digest, missing FROM folders"
        )
    }


def files_of(connection: sqlite3.Connection, folder: int) -> dict[str, tuple[int, int, int]]:
    """The files of a folder as last read: number, size, modification time."""
    return {
        file_name(name): (file, size, mtime)
        for file, name, size, mtime in connection.execute(
            "SELECT file, name, size, mtime FROM files WHERE folder = ?", (folder,)
        )
    }


def save_folder(connection: sqlite3.Connection, path: str, digest: bytes) -> int:
    """The number of a folder, with its new digest, present."""
    connection.execute(
        "INSERT INTO folders (path, digest) VALUES (?, ?)"
        " ON CONFLICT (path) DO UPDATE SET digest = excluded.digest, missing = 0",
        (_stored(path), digest),
    )
    row = connection.execute(
        "SELECT folder FROM folders WHERE path = ?", (_stored(path),)
    ).fetchone()
    return int(row[0])


def save_file(connection: sqlite3.Connection, folder: int, stat: Stat, known: int | None) -> int:
    """The number of a file that is about to be read; what it held before is detached from it."""
    name, size, mtime = stat
    if known is None:
        cursor = connection.execute(
            "INSERT INTO files (folder, name, size, mtime) VALUES (?, ?, ?, ?)",
            (folder, _stored(name), size, mtime),
        )
        return int(cursor.lastrowid or 0)
    connection.execute("UPDATE files SET size = ?, mtime = ? WHERE file = ?", (size, mtime, known))
    connection.execute("DELETE FROM problems WHERE file = ?", (known,))
    return known


def mark_unread(connection: sqlite3.Connection, file: int) -> None:
    """Have a file read again at the next scan, whatever its size and time."""
    connection.execute("UPDATE files SET mtime = -1 WHERE file = ?", (file,))


def articles_of(connection: sqlite3.Connection, file: int) -> dict[int, int]:
    """The articles that a file held when it was last read, by record."""
    return dict(
        connection.execute("SELECT record, article FROM sources WHERE file = ?", (file,)).fetchall()
    )


def save_article(connection: sqlite3.Connection, article: Article, file: int) -> int:
    """The key of an article; one that is known by its text gains a source, and a date if it had
    none."""
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
        key = _join(connection, article, file, day)
    else:
        key = int(cursor.lastrowid or 0)
        connection.execute("INSERT INTO texts VALUES (?, ?)", (key, article.text))
        connection.execute(
            "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)",
            (key, article.title, article.text),
        )
    connection.execute("REPLACE INTO sources VALUES (?, ?, ?)", (file, article.record, key))
    return key


def _join(connection: sqlite3.Connection, article: Article, file: int, day: int | None) -> int:
    key, date, origin, title, made = connection.execute(
        "SELECT key, date, date_origin, title, title_made FROM articles WHERE id = ?",
        (article.id,),
    ).fetchone()
    # A file that is gone says nothing any more of a text that another one holds.
    connection.execute(
        "DELETE FROM sources WHERE article = ? AND file IN (SELECT file FROM files WHERE size < 0)",
        (key,),
    )
    own = connection.execute(
        "SELECT 1 FROM sources WHERE article = ? AND file = ? AND record = ?",
        (key, file, article.record),
    ).fetchone()
    connection.execute("UPDATE articles SET absent = 0 WHERE key = ?", (key,))
    known = article.date is not None
    if (
        origin != "corrected"
        and article.date != date
        and (
            (known and (own or origin in ("unknown", "inferred")))
            or (own and not known and origin != "inferred")
        )
    ):
        set_date(connection, key, article.date, article.date_origin, "")
    if title != article.title and (own or (made and not article.title_made)):
        set_title(connection, key, title, article.title, article.title_made)
    if own or article.url:
        connection.execute("UPDATE articles SET url = ? WHERE key = ?", (article.url, key))
    return int(key)


def set_title(connection: sqlite3.Connection, key: int, old: str, new: str, made: bool) -> None:
    """Another title for an article, in the full-text index too."""
    (text,) = connection.execute("SELECT text FROM texts WHERE key = ?", (key,)).fetchone()
    connection.execute(
        "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        (key, old, text),
    )
    connection.execute(
        "UPDATE articles SET title = ?, title_made = ? WHERE key = ?", (new, made, key)
    )
    connection.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (key, new, text))


def set_date(
    connection: sqlite3.Connection, key: int, date: str | None, origin: DateOrigin, why: str
) -> None:
    """Another date for an article. Its times hang on it, so it is to be analysed again."""
    connection.execute(
        "UPDATE articles SET date = ?, date_origin = ?, date_why = ?, day = ?, analysed = 0"
        " WHERE key = ?",
        (date, origin, why, interval(date).first if date else None, key),
    )


def forget_sources(connection: sqlite3.Connection, file: int, records: Iterable[int]) -> None:
    """Detach records from a file that no longer has them."""
    connection.executemany(
        "DELETE FROM sources WHERE file = ? AND record = ?", [(file, record) for record in records]
    )


def without_source(connection: sqlite3.Connection, articles: Iterable[int]) -> list[int]:
    """Those of some articles that no file holds any more."""
    return [
        article
        for article in set(articles)
        if not connection.execute("SELECT 1 FROM sources WHERE article = ?", (article,)).fetchone()
    ]


def delete_article(connection: sqlite3.Connection, key: int) -> None:
    """Take out an article that was replaced by another version; its annotations must be out."""
    title, text = connection.execute(
        "SELECT title, text FROM article_texts WHERE key = ?", (key,)
    ).fetchone()
    connection.execute(
        "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        (key, title, text),
    )
    connection.execute("DELETE FROM texts WHERE key = ?", (key,))
    connection.execute("DELETE FROM articles WHERE key = ?", (key,))


def mark_absent(connection: sqlite3.Connection, files: Sequence[int]) -> None:
    """Mark the articles of files that are gone; they stay readable. Their files are forgotten, so
    that the same file is read again when it comes back."""
    for file in files:
        articles = [
            row[0]
            for row in connection.execute(
                "SELECT DISTINCT article FROM sources WHERE file = ?", (file,)
            )
        ]
        connection.execute("UPDATE files SET size = -1, mtime = -1 WHERE file = ?", (file,))
        connection.execute("DELETE FROM problems WHERE file = ?", (file,))
        mark_presence(connection, articles)


def mark_presence(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Work out anew whether a file that is there holds each of some articles."""
    connection.executemany(
        "UPDATE articles SET absent = NOT EXISTS (SELECT 1 FROM sources JOIN files"
        " USING (file) WHERE article = key AND size >= 0) WHERE key = ?",
        [(article,) for article in articles],
    )


def mark_folder_missing(connection: sqlite3.Connection, folder: int) -> None:
    """A folder that is not there now: all its files are absent."""
    files = [
        row[0] for row in connection.execute("SELECT file FROM files WHERE folder = ?", (folder,))
    ]
    mark_absent(connection, files)
    connection.execute("UPDATE folders SET missing = 1, digest = x'' WHERE folder = ?", (folder,))


def save_problem(connection: sqlite3.Connection, problem: Problem, file: int | None) -> None:
    """Keep a problem until its file is read again (or, without a file, until the next scan)."""
    connection.execute(
        "INSERT INTO problems (file, source, line, severity, what) VALUES (?, ?, ?, ?, ?)",
        (file, problem.source, problem.line, problem.severity, problem.what),
    )


def clear_scan_problems(connection: sqlite3.Connection) -> None:
    """Drop the problems of the last scan, those that hang on no file."""
    connection.execute("DELETE FROM problems WHERE file IS NULL")


def path_of(connection: sqlite3.Connection, article: int) -> tuple[str, int] | None:
    """Where an article is read from: path and record; a file that is present comes first."""
    row = connection.execute(
        "SELECT folders.path, files.name, sources.record FROM sources JOIN files USING (file)"
        " JOIN folders USING (folder) WHERE article = ? ORDER BY size < 0, file LIMIT 1",
        (article,),
    ).fetchone()
    return (os.path.join(file_name(row[0]), file_name(row[1])), row[2]) if row else None  # noqa: PTH118
