"""Full-text search over titles and texts (FTS5, ranked by bm25)."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

from tui import finding
from tui.cache.catalogue import file_name
from tui.cache.connection import open_cache
from tui.model import Hit

_AROUND = 64
_WITHIN = (" AND ?4 IS NULL", " AND rowid IN (SELECT value FROM json_each(?4))")


def fts_query(words: str, unfinished: bool = False) -> str:
    """What a user typed as an FTS5 query: words (all of them), "phrases", prefix*, -not.

    Nothing that is typed is an error: signs that mean something to FTS5 are taken as blanks.
    An empty string means that there is nothing to search for. `unfinished` takes the last word as
    the beginning of one.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    asked = finding.parts(words)
    for number, (minus, tokens, prefix) in enumerate(asked):
        open_end = prefix or (unfinished and number == len(asked) - 1 and finding.is_open(words))
        (unwanted if minus else wanted).append('"' + " ".join(tokens) + '"' + "*" * open_end)
    if not wanted:
        return ""
    query = " AND ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def search(
    connection: sqlite3.Connection,
    words: str,
    limit: int,
    offset: int = 0,
    unfinished: bool = False,
    within: str | None = None,
) -> list[Hit]:
    """The best articles for what a user typed; the words found stand between \\x02 and \\x03.

    `within` is a JSON array of the keys of the articles that are asked, None for all.
    """
    query = fts_query(words, unfinished)
    pattern = finding.in_library(words, unfinished)
    if not query or pattern is None:
        return []
    rows = connection.execute(
        "SELECT key, id, articles.title, date, coalesce((SELECT name FROM sources JOIN files"
        " USING (file) WHERE article = key LIMIT 1), ''), texts.text"
        " FROM (SELECT rowid AS key, rank AS score FROM search WHERE search MATCH ?1"
        + _WITHIN[within is not None]
        + "  ORDER BY rank LIMIT ?2 OFFSET ?3) JOIN articles USING (key) JOIN texts USING (key)"
        " ORDER BY score",
        (query, limit, offset, within),
    )
    hits: list[Hit] = []
    for key, ident, title, date, source, text in rows:
        match = pattern.search(text)
        start, end = match.span() if match else (0, 0)
        snippet = _snippet(text, pattern, start)
        hits.append(Hit(key, ident, title, date, file_name(source), snippet, start, end))
    return hits


def count(
    connection: sqlite3.Connection,
    words: str,
    unfinished: bool = False,
    within: str | None = None,
) -> int:
    """How many articles there are for what a user typed."""
    query = fts_query(words, unfinished)
    if not query:
        return 0
    row = connection.execute(
        "SELECT count(*) FROM search WHERE search MATCH ?1" + _WITHIN[within is not None],
        (query, 0, 0, within),
    )
    return int(row.fetchone()[0])


class Searcher:
    """A connection of its own that searches in a thread while the app goes on."""

    def __init__(self, cache: Path, within: Sequence[int] | None = None) -> None:
        self._connection = open_cache(cache, readonly=True)
        self._within = None if within is None else json.dumps(list(within))
        self._at_work = threading.Lock()

    def search(self, words: str, limit: int, offset: int = 0) -> tuple[list[Hit], int]:
        """The best articles for what is typed so far, and how many there are in all.

        Raises:
            sqlite3.OperationalError: if it was interrupted.
        """
        with self._at_work:
            within = self._within
            hits = search(self._connection, words, limit, offset, unfinished=True, within=within)
            if not hits:
                return hits, 0
            return hits, count(self._connection, words, unfinished=True, within=within)

    def interrupt(self) -> None:
        """End the search that is under way: its answer is not wanted any more."""
        self._connection.interrupt()

    def close(self) -> None:
        """Close the connection, when no search is under way any more."""
        with self._at_work:
            self._connection.close()


def _snippet(text: str, pattern: re.Pattern[str], middle: int) -> str:
    """Some words around the first place where a text says what was asked for.

    FTS5's own `snippet` reads the whole text of each article again: as dear as all the ranking.
    """
    start = text.rfind(" ", 0, max(0, middle - _AROUND)) + 1 if middle > _AROUND else 0
    end = text.find(" ", min(len(text), middle + _AROUND))
    end = len(text) if end < 0 else end
    shown = pattern.sub("\x02\\g<0>\x03", text[start:end].replace("\n", " "))
    return ("…" if start else "") + shown + ("…" if end < len(text) else "")
