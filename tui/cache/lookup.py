"""Articles as a bookmark looks for them: by id, address, source, or by words of the text."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable

_WORD = re.compile(r"\w+")
# The words of a quote that are asked for: enough to be rare together. Each word of the loose ones
# costs a walk through all articles that have it.
_PHRASE, _LOOSE = 12, 6


class Articles:
    """The articles of a cache, known by their ids; `connection` gives the one of the moment."""

    def __init__(self, connection: Callable[[], sqlite3.Connection]) -> None:
        self._connection = connection

    def _ids(self, query: str, *parameters: object) -> list[str]:
        return [ident for (ident,) in self._connection().execute(query, parameters)]

    def has(self, ident: str) -> bool:
        """Whether there is such an article."""
        return bool(self._ids("SELECT id FROM articles WHERE id = ?", ident))

    def generation(self) -> str:
        """What is another whenever articles have come or gone."""
        made = "SELECT value FROM meta WHERE name = 'made'"
        query = f"SELECT ({made}), max(key), count(*) FROM articles"
        row = self._connection().execute(query).fetchone()
        return ":".join(map(str, row))

    def text(self, ident: str) -> str:
        """The text of an article, "" if there is none."""
        row = (
            self._connection()
            .execute("SELECT text FROM articles JOIN texts USING (key) WHERE id = ?", (ident,))
            .fetchone()
        )
        return str(row[0]) if row else ""

    def with_url(self, url: str) -> list[str]:
        """The articles of an address."""
        if not url:
            return []
        return self._ids("SELECT id FROM articles WHERE url = ? AND url != '' LIMIT 8", url)

    def titled(self, title: str) -> list[str]:
        """The articles of a title, to the letter."""
        return self._search('title : "' + " ".join(_WORD.findall(title)) + '"', title, 8)

    def from_source(self, source: str, record: int) -> list[str]:
        """The articles that are read from a file whose path ends so."""
        name = source.rsplit("/", 1)[-1]
        if not name:
            return []
        return self._ids(
            "SELECT DISTINCT id FROM files JOIN sources USING (file) JOIN articles ON key = article"
            " WHERE name = ? AND record = ? AND size >= 0 LIMIT 8",
            name,
            record,
        )

    def telling(self, quote: str, prefix: str, suffix: str, most: int) -> list[str]:
        """The articles that have the words of a quote: as a phrase, else what stood around it,
        else as many of the words as can be."""
        words = _WORD.findall(quote)
        for phrase in (words[:_PHRASE], words[-_PHRASE:]):
            if found := self._search('text : "' + " ".join(phrase) + '"', quote, most):
                return found
        for around in (prefix, suffix):
            # The first and the last word of a context may be cut.
            inner = _WORD.findall(around)[1:-1]
            if len(inner) > 2 and (
                found := self._search('text : "' + " ".join(inner) + '"', around, most)
            ):
                return found
        loose = " OR ".join(f'"{word}"' for word in sorted(set(words), key=len)[-_LOOSE:])
        return self._search(f"text : ({loose})", quote, most) if len(words) > 3 else []

    def _search(self, query: str, words: str, most: int) -> list[str]:
        if not _WORD.search(words):
            return []
        try:
            return self._ids(
                "SELECT id FROM (SELECT rowid AS key, rank AS score FROM search WHERE search"
                " MATCH ? ORDER BY rank LIMIT ?) JOIN articles USING (key) ORDER BY score",
                query,
                most,
            )
        except sqlite3.OperationalError:
            return []
