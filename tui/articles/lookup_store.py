"""Articles as a bookmark is located in them: by hash, address, source, or words of the text."""

from __future__ import annotations

import re
import sqlite3

from tui.ids import ArticleHash

_WORD = re.compile(r"\w+")
# The number of words of a quote that are looked up: enough to be rare together. Each word of a
# query without phrases costs a walk through all articles that have it.
_PHRASE, _LOOSE = 12, 6
_LIMIT = 8


class ArticleLookup:
    """The articles of a cache, named by their hashes.

    Every method raises `sqlite3.Error` if the cache cannot be read.

    Args:
        connection: the cache.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _hashes(self, query: str, *parameters: object) -> list[ArticleHash]:
        return [found for (found,) in self._connection.execute(query, parameters)]

    def has(self, article: ArticleHash) -> bool:
        """Whether an article is in the cache."""
        return bool(self._hashes("SELECT id FROM articles WHERE id = ?", article))

    def generation(self) -> str:
        """A string that differs whenever articles have been added or deleted."""
        made = "SELECT value FROM meta WHERE name = 'made'"
        query = f"SELECT ({made}), max(key), count(*) FROM articles"
        row = self._connection.execute(query).fetchone()
        return ":".join(map(str, row))

    def text(self, article: ArticleHash) -> str:
        """The text of an article, "" if it is not in the cache."""
        query = "SELECT text FROM articles JOIN texts USING (key) WHERE id = ?"
        row = self._connection.execute(query, (article,)).fetchone()
        return str(row[0]) if row else ""

    def with_url(self, url: str) -> list[ArticleHash]:
        """The articles that have an address."""
        if not url:
            return []
        return self._hashes(
            "SELECT id FROM articles WHERE url = ? AND url != '' LIMIT ?", url, _LIMIT
        )

    def titled(self, title: str) -> list[ArticleHash]:
        """The articles whose title has the words of `title` in their order."""
        return self._search('title : "' + " ".join(_WORD.findall(title)) + '"', title, _LIMIT)

    def from_source(self, source: str, record: int) -> list[ArticleHash]:
        """The articles that are read from a file of the same name, and the same line in it."""
        name = source.rsplit("/", 1)[-1]
        if not name:
            return []
        return self._hashes(
            "SELECT DISTINCT id FROM files JOIN sources USING (file) JOIN articles ON key = article"
            " WHERE name = ? AND record = ? AND size >= 0 LIMIT ?",
            name,
            record,
            _LIMIT,
        )

    def quoting(self, quote: str, prefix: str, suffix: str, limit: int) -> list[ArticleHash]:
        """The articles that have a quote as a phrase, else its context, else as many of its words
        as possible."""
        words = _WORD.findall(quote)
        for phrase in (words[:_PHRASE], words[-_PHRASE:]):
            if found := self._search('text : "' + " ".join(phrase) + '"', quote, limit):
                return found
        for context in (prefix, suffix):
            # The first and the last word of a context may be cut off.
            inner = _WORD.findall(context)[1:-1]
            if len(inner) > 2 and (
                found := self._search('text : "' + " ".join(inner) + '"', context, limit)
            ):
                return found
        loose = " OR ".join(f'"{word}"' for word in sorted(set(words), key=len)[-_LOOSE:])
        return self._search(f"text : ({loose})", quote, limit) if len(words) > 3 else []

    def _search(self, query: str, words: str, limit: int) -> list[ArticleHash]:
        if not _WORD.search(words):
            return []
        try:
            return self._hashes(
                "SELECT id FROM (SELECT rowid AS key, rank AS score FROM search WHERE search"
                " MATCH ? ORDER BY rank LIMIT ?) JOIN articles USING (key) ORDER BY score",
                query,
                limit,
            )
        except sqlite3.OperationalError:
            return []
