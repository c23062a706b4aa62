"""Full-text search over titles and texts (FTS5, ranked by bm25)."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

from tui.search import queries
from tui.search.model import Hit
from tui.storage.file_names import file_name
from tui.storage.open_cache import open_cache

_AROUND = 64
_WITHIN = (" AND ?4 IS NULL", " AND rowid IN (SELECT value FROM json_each(?4))")


def search(
    connection: sqlite3.Connection,
    words: str,
    limit: int,
    offset: int = 0,
    unfinished: bool = False,
    within: str | None = None,
) -> list[Hit]:
    """The articles that match a query, best first; see `queries.fts_query` for the query.

    In the snippets, the matched words are between \\x02 and \\x03. `within` is a JSON array of the
    row ids of the articles that are searched, None for all.
    """
    query = queries.fts_query(words, unfinished)
    pattern = queries.library_pattern(words, unfinished)
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
    for row_id, article_hash, title, date, source, text in rows:
        match = pattern.search(text)
        start, end = match.span() if match else (0, 0)
        snippet = _snippet(text, pattern, start)
        hits.append(Hit(row_id, article_hash, title, date, file_name(source), snippet, start, end))
    return hits


def count(
    connection: sqlite3.Connection,
    words: str,
    unfinished: bool = False,
    within: str | None = None,
) -> int:
    """The number of articles that match a query; the arguments are those of `search`."""
    query = queries.fts_query(words, unfinished)
    if not query:
        return 0
    row = connection.execute(
        "SELECT count(*) FROM search WHERE search MATCH ?1" + _WITHIN[within is not None],
        (query, 0, 0, within),
    )
    return int(row.fetchone()[0])


class Searcher:
    """Searches over a separate read-only connection, so that a search can run in a worker thread.

    Args:
        cache: the cache file.
        within: the row ids of the articles that are searched, None for all.
    """

    def __init__(self, cache: Path, within: Sequence[int] | None = None) -> None:
        self._connection = open_cache(cache, readonly=True)
        self._within = None if within is None else json.dumps(list(within))
        self._at_work = threading.Lock()

    def search(self, words: str, limit: int, offset: int = 0) -> tuple[list[Hit], int]:
        """The articles that match an unfinished query, best first, and how many there are in all.

        The number is 0 if there are no articles from `offset` on.

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
        """Interrupt the search that is running, because its result is no longer needed."""
        self._connection.interrupt()

    def close(self) -> None:
        """Close the connection, as soon as no search is running."""
        with self._at_work:
            self._connection.close()


def _snippet(text: str, pattern: re.Pattern[str], middle: int) -> str:
    """The words of a text around the offset `middle`, with the matches of a pattern marked.

    FTS5's `snippet` reads the whole text of each article again, which takes as long as the ranking.
    """
    start = text.rfind(" ", 0, max(0, middle - _AROUND)) + 1 if middle > _AROUND else 0
    end = text.find(" ", min(len(text), middle + _AROUND))
    end = len(text) if end < 0 else end
    shown = pattern.sub("\x02\\g<0>\x03", text[start:end].replace("\n", " "))
    return ("…" if start else "") + shown + ("…" if end < len(text) else "")
