"""Full-text search over titles and texts (FTS5, ranked by bm25)."""

from __future__ import annotations

import re
import sqlite3

from tui.cache.catalogue import file_name
from tui.model import Hit

_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_AROUND = 64
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
    rows = connection.execute(
        "SELECT key, id, articles.title, date, coalesce((SELECT name FROM sources JOIN files"
        " USING (file) WHERE article = key LIMIT 1), ''), texts.text"
        " FROM (SELECT rowid AS key, rank AS score FROM search WHERE search MATCH ?1"
        "  ORDER BY rank LIMIT ?2 OFFSET ?3) JOIN articles USING (key) JOIN texts USING (key)"
        " ORDER BY score",
        (query, limit, offset),
    )
    pattern = _highlighter(words)
    return [
        Hit(key, ident, title, date, file_name(source), _snippet(text, pattern))
        for key, ident, title, date, source, text in rows
    ]


def _highlighter(words: str) -> re.Pattern[str]:
    """What to mark of a text for what a user typed."""
    found: list[str] = []
    for minus, phrase, word in _PART.findall(words):
        tokens = _WORD.findall(phrase or word)
        if tokens and not minus:
            found.append(r"\W+".join(map(re.escape, tokens)) + (r"\w*" if word[-1:] == "*" else ""))
    return re.compile(r"\b(?:" + "|".join(sorted(found, key=len, reverse=True)) + r")\b", re.I)


def _snippet(text: str, pattern: re.Pattern[str]) -> str:
    """Some words around the first place where a text says what was asked for.

    FTS5's own `snippet` reads the whole text of each article again: as dear as all the ranking.
    """
    match = pattern.search(text)
    middle = match.start() if match else 0
    start = text.rfind(" ", 0, max(0, middle - _AROUND)) + 1 if middle > _AROUND else 0
    end = text.find(" ", min(len(text), middle + _AROUND))
    end = len(text) if end < 0 else end
    shown = pattern.sub("\x02\\g<0>\x03", text[start:end].replace("\n", " "))
    return ("…" if start else "") + shown + ("…" if end < len(text) else "")
