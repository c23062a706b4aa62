"""What was read out of a text, one compressed record an article."""

from __future__ import annotations

import json
import sqlite3
import zlib

from tui.cache import queries
from tui.model import Entity, Mention, TimeExpression


def save(
    connection: sqlite3.Connection,
    article: int,
    mentions: tuple[Mention, ...],
    times: tuple[TimeExpression, ...],
    entities: tuple[Entity, ...],
) -> None:
    """Replace the annotations of an article; event mentions are rows (see `links`)."""
    record = [
        [[m.start, m.end, m.kind, m.entity] for m in mentions],
        [[t.start, t.end, t.type, t.value, t.edtf, t.anchor] for t in times],
        [[e.id, e.name, e.kind, list(e.aliases)] for e in entities],
    ]
    data = zlib.compress(json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode(), 6)
    connection.execute("REPLACE INTO annotations VALUES (?, ?)", (article, data))


Annotations = tuple[tuple[Mention, ...], tuple[TimeExpression, ...], tuple[Entity, ...]]


def load(connection: sqlite3.Connection, article: int, text: str) -> Annotations:
    """The annotations of an article, empty where it has not been analysed.

    An entity that was found to be the same as a fuller one of the library appears under that id.
    """
    row = connection.execute(
        "SELECT data FROM annotations WHERE article = ?", (article,)
    ).fetchone()
    if row is None:
        return (), (), ()
    mentions, times, entities = json.loads(zlib.decompress(row[0]))
    same = queries.same_in(connection, article)
    return (
        tuple(Mention(s, e, text[s:e], kind, same.get(i, i)) for s, e, kind, i in mentions),
        tuple(
            TimeExpression(s, e, text[s:e], kind, value, edtf, anchor)
            for s, e, kind, value, edtf, anchor in times
        ),
        tuple(Entity(same.get(i, i), name, kind, tuple(own)) for i, name, kind, own in entities),
    )


def to_analyse(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Articles that wait for their analysis, the newest first."""
    rows = connection.execute(
        "SELECT key FROM articles WHERE analysed = 0 ORDER BY day DESC, key LIMIT ?", (limit,)
    )
    return [key for (key,) in rows]


def is_pending(connection: sqlite3.Connection, article: int) -> bool:
    """Whether an article is there and waits for its analysis."""
    row = connection.execute("SELECT analysed FROM articles WHERE key = ?", (article,)).fetchone()
    return row is not None and row[0] == 0


def mark_analysed(connection: sqlite3.Connection, article: int, version: int, events: int) -> None:
    """Note the version of the analysis that an article has, and how many events it tells."""
    connection.execute(
        "UPDATE articles SET analysed = ?, events = ? WHERE key = ?", (version, events, article)
    )
