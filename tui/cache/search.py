"""Full-text search over titles and texts (FTS5, ranked by bm25)."""

from __future__ import annotations

import re
import sqlite3

from tui.model import Hit

_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"\w+")


def fts_query(words: str) -> str:
    """What a user typed as an FTS5 query: words (all of them), "phrases", prefix*, -not.

    Nothing that is typed is an error: signs that mean something to FTS5 are taken as blanks.
    An empty string means that there is nothing to search for.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _PART.findall(words):
        tokens = _WORD.findall(phrase or word)
        if not tokens:
            continue
        prefix = "*" if word.endswith("*") else ""
        (unwanted if minus else wanted).append('"' + " ".join(tokens) + '"' + prefix)
    if not wanted:
        return ""
    query = " AND ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def search(connection: sqlite3.Connection, words: str, limit: int, offset: int = 0) -> list[Hit]:
    """The best articles for what a user typed; the words found stand between \\x02 and \\x03."""
    query = fts_query(words)
    if not query:
        return []
    # Rank and limit first: a snippet is dear, and only the rows that are shown need one.
    rows = connection.execute(
        "SELECT key, id, articles.title, date, coalesce((SELECT name FROM sources JOIN files"
        " USING (file) WHERE article = key LIMIT 1), ''),"
        " snippet(search, -1, char(2), char(3), '…', 16)"
        " FROM search JOIN articles ON key = search.rowid"
        " WHERE search MATCH ?1 AND search.rowid IN"
        "  (SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rank LIMIT ?2 OFFSET ?3)"
        " ORDER BY rank",
        (query, limit, offset),
    )
    return [Hit(*row) for row in rows]


def count(connection: sqlite3.Connection, words: str) -> int:
    """How many articles match what a user typed."""
    query = fts_query(words)
    if not query:
        return 0
    row = connection.execute(
        "SELECT count(*) FROM search WHERE search MATCH ?", (query,)
    ).fetchone()
    return int(row[0])
