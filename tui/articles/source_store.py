"""Folders, files and problems in the cache, which a scan compares and cataloguing writes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence

from tui.articles.model import Problem
from tui.storage.file_names import file_name, stored_name

Stat = tuple[str, int, int]

# How the problems of articles that could not be analysed begin.
NOT_ANALYSED = "not analysed"


def folder_digests(connection: sqlite3.Connection) -> dict[str, tuple[int, bytes, int]]:
    """The known folders by path: row id, digest, and 1 if marked as missing, otherwise 0."""
    return {
        file_name(path): (folder, digest, missing)
        for folder, path, digest, missing in connection.execute(
            "SELECT folder, path, digest, missing FROM folders"
        )
    }


def files_of(connection: sqlite3.Connection, folder: int) -> dict[str, tuple[int, int, int]]:
    """The files of a folder, as they were read most recently, by name.

    Each has its row id, its size in bytes (-1 if the file is gone) and its modification time in
    nanoseconds (-1 if it is to be read again).
    """
    return {
        file_name(name): (file, size, mtime)
        for file, name, size, mtime in connection.execute(
            "SELECT file, name, size, mtime FROM files WHERE folder = ?", (folder,)
        )
    }


def save_folder(connection: sqlite3.Connection, path: str, digest: bytes) -> int:
    """Store a folder as present, with its digest; returns its row id."""
    connection.execute(
        "INSERT INTO folders (path, digest) VALUES (?, ?)"
        " ON CONFLICT (path) DO UPDATE SET digest = excluded.digest, missing = 0",
        (stored_name(path), digest),
    )
    row = connection.execute(
        "SELECT folder FROM folders WHERE path = ?", (stored_name(path),)
    ).fetchone()
    return int(row[0])


def save_file(connection: sqlite3.Connection, folder: int, stat: Stat, known: int | None) -> int:
    """Store a file that is about to be read, and delete its problems; returns its row id.

    `stat` is its name, size in bytes and modification time in nanoseconds; `known` is its row id,
    None if it is new.
    """
    name, size, mtime = stat
    if known is None:
        cursor = connection.execute(
            "INSERT INTO files (folder, name, size, mtime) VALUES (?, ?, ?, ?)",
            (folder, stored_name(name), size, mtime),
        )
        return int(cursor.lastrowid or 0)
    connection.execute("UPDATE files SET size = ?, mtime = ? WHERE file = ?", (size, mtime, known))
    connection.execute("DELETE FROM problems WHERE file = ?", (known,))
    return known


def mark_unread(connection: sqlite3.Connection, file: int) -> None:
    """Have a file read again at the next scan, even if its size and time have not changed.

    The scan compares the file only if the digest of its folder differs too.
    """
    connection.execute("UPDATE files SET mtime = -1 WHERE file = ?", (file,))


def articles_of(connection: sqlite3.Connection, file: int) -> dict[int, int]:
    """The row ids of the articles that a file held when it was read most recently, by record."""
    return dict(
        connection.execute("SELECT record, article FROM sources WHERE file = ?", (file,)).fetchall()
    )


def remove_sources(connection: sqlite3.Connection, file: int, records: Iterable[int]) -> None:
    """Detach records from a file that no longer has them."""
    connection.executemany(
        "DELETE FROM sources WHERE file = ? AND record = ?", [(file, record) for record in records]
    )


def without_source(connection: sqlite3.Connection, articles: Iterable[int]) -> list[int]:
    """The row ids of those of some articles that no file holds any more."""
    return [
        article
        for article in set(articles)
        if not connection.execute("SELECT 1 FROM sources WHERE article = ?", (article,)).fetchone()
    ]


def mark_absent(connection: sqlite3.Connection, files: Sequence[int]) -> None:
    """Mark files as gone, and their articles as absent unless another file holds them.

    Absent articles can still be read. The stored sizes and times are deleted, so that a file that
    comes back is read again.
    """
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
    """Mark each of some articles as absent if no present file holds it, otherwise as present."""
    connection.executemany(
        "UPDATE articles SET absent = NOT EXISTS (SELECT 1 FROM sources JOIN files"
        " USING (file) WHERE article = key AND size >= 0) WHERE key = ?",
        [(article,) for article in articles],
    )


def mark_folder_missing(connection: sqlite3.Connection, folder: int) -> None:
    """Mark a folder as missing and all its files as gone."""
    files = [
        row[0] for row in connection.execute("SELECT file FROM files WHERE folder = ?", (folder,))
    ]
    mark_absent(connection, files)
    connection.execute("UPDATE folders SET missing = 1, digest = x'' WHERE folder = ?", (folder,))


def save_problem(connection: sqlite3.Connection, problem: Problem, file: int | None) -> None:
    """Store a problem until its file is read again, or until the next scan if `file` is None."""
    connection.execute(
        "INSERT INTO problems (file, source, line, severity, what) VALUES (?, ?, ?, ?, ?)",
        (file, problem.source, problem.line, problem.severity, problem.what),
    )


def clear_scan_problems(connection: sqlite3.Connection) -> None:
    """Delete the problems that belong to no file: those of the previous scan."""
    connection.execute("DELETE FROM problems WHERE file IS NULL")


def path_of(connection: sqlite3.Connection, article: int) -> tuple[str, int] | None:
    """The path and the record that an article is read from, None if it has no source.

    A present file is preferred to one that is gone.
    """
    row = connection.execute(
        "SELECT folders.path, files.name, sources.record FROM sources JOIN files USING (file)"
        " JOIN folders USING (folder) WHERE article = ? ORDER BY size < 0, file LIMIT 1",
        (article,),
    ).fetchone()
    return (os.path.join(file_name(row[0]), file_name(row[1])), row[2]) if row else None  # noqa: PTH118


def file_of(connection: sqlite3.Connection, article: int) -> int | None:
    """The row id of the file that an article is read from, None if it has no source."""
    row = connection.execute(
        "SELECT file FROM sources JOIN files USING (file) WHERE article = ?"
        " ORDER BY size < 0, file LIMIT 1",
        (article,),
    ).fetchone()
    return int(row[0]) if row else None


def delete_analysis_problems(connection: sqlite3.Connection) -> None:
    """Delete the problems of articles that could not be analysed: they are analysed again."""
    connection.execute("DELETE FROM problems WHERE what LIKE ?", (f"{NOT_ANALYSED}%",))


def problems(connection: sqlite3.Connection, limit: int = 5000) -> list[Problem]:
    """The first `limit` problems, errors first, then by source and line."""
    rows = connection.execute(
        "SELECT source, line, severity, what FROM problems ORDER BY severity, source, line LIMIT ?",
        (limit,),
    )
    return [Problem(*row) for row in rows]


def problem_count(connection: sqlite3.Connection) -> int:
    """The number of problems."""
    return int(connection.execute("SELECT count(*) FROM problems").fetchone()[0])


def has_scan_problems(connection: sqlite3.Connection) -> bool:
    """Whether there are problems that belong to no file."""
    return bool(connection.execute("SELECT 1 FROM problems WHERE file IS NULL").fetchone())


def mark_all_unread(connection: sqlite3.Connection) -> None:
    """Have every file read again at the next scan."""
    connection.execute("UPDATE folders SET digest = x''")
    connection.execute("UPDATE files SET mtime = -1 WHERE size >= 0")
