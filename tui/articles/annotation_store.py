"""The annotations of an article, one compressed record each; event mentions are rows of their own
(`tui.events.store`)."""

from __future__ import annotations

import json
import sqlite3
import zlib
from typing import Any

from tui.ids import RowId
from tui.nlp.document import Document, Entity, Mention, TimeExpression

_MENTIONS, _TIMES, _ENTITIES, _ENGLISH = range(4)


def save(connection: sqlite3.Connection, article: RowId, document: Document) -> None:
    """Replace the annotations of an article by those of a document."""
    _write(
        connection,
        article,
        [
            [[m.start, m.end, m.kind, m.entity] for m in document.mentions],
            [[t.start, t.end, t.type, t.value, t.edtf, t.anchor, t.mod] for t in document.times],
            [[e.id, e.name, e.kind, list(e.aliases)] for e in document.entities],
            document.english,
        ],
    )


def _write(connection: sqlite3.Connection, article: RowId, record: list[Any]) -> None:
    data = zlib.compress(json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode(), 6)
    connection.execute("REPLACE INTO annotations VALUES (?, ?)", (article, data))


def load(
    connection: sqlite3.Connection, article: RowId, text: str, clusters: dict[str, str]
) -> Document:
    """A text with its annotations but the event mentions; without any before it is analysed.

    `clusters` maps the ids of entities to those of the clusters that they belong to.
    """
    row = connection.execute(
        "SELECT data FROM annotations WHERE article = ?", (article,)
    ).fetchone()
    if row is None:
        return Document(text)
    record = json.loads(zlib.decompress(row[0]))
    return Document(
        text,
        english=record[_ENGLISH] if len(record) > _ENGLISH else None,
        mentions=tuple(
            Mention(start, end, text[start:end], kind, clusters.get(entity, entity))
            for start, end, kind, entity in record[_MENTIONS]
        ),
        times=tuple(
            # Records of older versions have fewer fields.
            TimeExpression(start, end, text[start:end], *fields)
            for start, end, *fields in record[_TIMES]
        ),
        entities=tuple(
            Entity(clusters.get(entity, entity), name, kind, tuple(aliases))
            for entity, name, kind, aliases in record[_ENTITIES]
        ),
    )


def without_language(
    connection: sqlite3.Connection, after: RowId, limit: int
) -> list[tuple[RowId, str, list[Any]]]:
    """At most `limit` records that were written before they held the language: article, text and
    record, in order of the articles' row ids, which are greater than `after`."""
    found: list[tuple[RowId, str, list[Any]]] = []
    rows = connection.execute(
        "SELECT article, text, data FROM annotations JOIN texts ON key = article"
        " WHERE article > ? ORDER BY article",
        (after,),
    )
    for article, text, data in rows:
        record = json.loads(zlib.decompress(data))
        if len(record) <= _ENGLISH:
            found.append((article, text, record))
            if len(found) == limit:
                break
    return found


def add_language(
    connection: sqlite3.Connection, article: RowId, record: list[Any], english: bool
) -> None:
    """Complete a record of `without_language`."""
    _write(connection, article, [*record, english])


def delete(connection: sqlite3.Connection, article: RowId) -> None:
    """Delete the annotations of an article."""
    connection.execute("DELETE FROM annotations WHERE article = ?", (article,))


def delete_all(connection: sqlite3.Connection) -> None:
    """Delete all annotations, so that every article is analysed again."""
    connection.execute("DELETE FROM annotations")
    connection.execute("UPDATE articles SET analysed = 0, events = 0")


def to_analyse(connection: sqlite3.Connection, limit: int) -> list[RowId]:
    """The articles that are to be analysed, newest first."""
    rows = connection.execute(
        "SELECT key FROM articles WHERE analysed = 0 ORDER BY day DESC, key LIMIT ?", (limit,)
    )
    return [row_id for (row_id,) in rows]


def is_pending(connection: sqlite3.Connection, article: RowId) -> bool:
    """Whether an article is in the cache and to be analysed."""
    row = connection.execute("SELECT analysed FROM articles WHERE key = ?", (article,)).fetchone()
    return row is not None and row[0] == 0


def mark_analysed(
    connection: sqlite3.Connection, article: RowId, version: int, events: int
) -> None:
    """Note the version of the analysis that an article has, and the number of its events."""
    connection.execute(
        "UPDATE articles SET analysed = ?, events = ? WHERE key = ?", (version, events, article)
    )
