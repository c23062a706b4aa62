"""A rival: read all files of a folder and insert them into SQLite with FTS5, nothing else.

Takes the folder and the database to make. No date, title or cleaning, no list of files to compare
with; the settings are those of the reader's cache (WAL, 256 articles a transaction).
"""

from __future__ import annotations

import os
import sqlite3
import sys

BATCH = 256


def main(folder: str, database: str) -> None:
    """Fill the database."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.executescript(
        "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        "PRAGMA cache_size = -65536;"
        "CREATE VIRTUAL TABLE articles USING fts5 (path UNINDEXED, text);"
    )
    paths = sorted(
        os.path.join(place, name)  # noqa: PTH118
        for place, _, names in os.walk(folder)
        for name in names
    )
    for at in range(0, len(paths), BATCH):
        connection.execute("BEGIN")
        for path in paths[at : at + BATCH]:
            with open(path, encoding="utf-8") as file:  # noqa: PTH123
                connection.execute("INSERT INTO articles VALUES (?, ?)", (path, file.read()))
        connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
