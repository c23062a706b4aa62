"""Entities and events across articles: rows that linking reads and writes.

Everything here costs by the article at hand: look-ups go through `event_keys`, an inverted index
from a hash and a day to event mentions, and through the indexes on names.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tui.model import Entity, EntityKind, EventStatus

# The articles of an entity that are looked at for whom it is named with.
_CONTEXT = 100


@dataclass(frozen=True, slots=True)
class Telling:
    """An event mention as linking compares it; `article_day` is when it was reported."""

    mention: int
    event: int
    article: int
    start: int
    trigger_start: int
    lemma: str
    status: EventStatus
    when: str | None
    when_origin: str
    headline: str
    participants: tuple[str, ...]
    stems: frozenset[str]
    article_day: int | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the timeline says of an event, worked out from its tellings; days are ordinals."""

    when: str | None
    first: int | None
    last: int | None
    headline: str
    status: EventStatus
    accounts: int
    weight: float
    inferred: bool


_TELLING = (
    "SELECT mention, event, article, start, trigger_start, lemma, status, when_, when_origin,"
    " headline, participants, stems, day FROM event_mentions JOIN articles ON key = article"
)


def _telling(row: tuple[Any, ...]) -> Telling:
    values: tuple[Any, ...] = (
        *row[:10],
        tuple(row[10].split()),
        frozenset(row[11].split()),
        row[12],
    )
    return Telling(*values)


def save_entities(
    connection: sqlite3.Connection,
    article: int,
    named: Iterable[tuple[Entity, str, Mapping[str, int]]],
) -> None:
    """Entities of an article with their block, and how often each is written how."""
    for entity, block, spellings in named:
        connection.execute(
            "INSERT INTO entities (id, name, kind, block) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            (entity.id, entity.name, entity.kind, block),
        )
        connection.execute(
            "REPLACE INTO appearances SELECT entity, ?, ?, ? FROM entities WHERE id = ?",
            (
                article,
                sum(spellings.values()),
                json.dumps(spellings, separators=(",", ":"), ensure_ascii=False),
                entity.id,
            ),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO spellings SELECT ?, entity FROM entities WHERE id = ?",
            [(spelling, entity.id) for spelling in (*spellings, entity.name)],
        )


def names_of_block(
    connection: sqlite3.Connection, block: str
) -> list[tuple[int, str, EntityKind, int | None]]:
    """The entities of a block that articles name: number, name, kind and the number of the one that
    each is."""
    rows = connection.execute(
        "SELECT entity, name, kind, same_as FROM entities e WHERE block = ? AND EXISTS"
        " (SELECT 1 FROM appearances a WHERE a.entity = e.entity) ORDER BY id",
        (block,),
    )
    return rows.fetchall()


def blocks_of(connection: sqlite3.Connection, article: int) -> list[str]:
    """The blocks of the entities that an article names."""
    rows = connection.execute(
        "SELECT DISTINCT block FROM appearances JOIN entities USING (entity) WHERE article = ?",
        (article,),
    )
    return [block for (block,) in rows]


def names_by_id(connection: sqlite3.Connection, idents: Sequence[str]) -> dict[str, str]:
    """The names of those of some entities that are known."""
    rows = connection.execute(
        "SELECT id, name FROM entities WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(idents),),
    )
    return dict(rows.fetchall())


def named_with_both(connection: sqlite3.Connection, one: int, other: int) -> int:
    """How many people and organisations are named in an article with one and in an article with
    the other, with one for all places and nations; none if more than a quarter of either's articles
    name both, for then they are two."""
    ((count,),) = connection.execute(
        "WITH mine AS"
        " (SELECT article FROM appearances WHERE entity = ?1 ORDER BY article LIMIT ?3),"
        " theirs AS"
        " (SELECT article FROM appearances WHERE entity = ?2 ORDER BY article LIMIT ?3)"
        " SELECT coalesce(sum(kind IN ('PER', 'ORG')) + max(kind IN ('LOC', 'NORP')), 0) FROM ("
        " SELECT entity FROM appearances WHERE article IN (SELECT article FROM mine)"
        " INTERSECT SELECT entity FROM appearances WHERE article IN (SELECT article FROM theirs))"
        " JOIN entities USING (entity) WHERE entity NOT IN (?1, ?2)"
        " AND (SELECT count(*) FROM mine JOIN theirs USING (article)) * 4"
        " <= min((SELECT count(*) FROM mine), (SELECT count(*) FROM theirs))",
        (one, other, _CONTEXT),
    )
    return int(count)


def set_same(connection: sqlite3.Connection, entity: int, other: int | None) -> None:
    """Say that an entity is another one, or (None) itself."""
    connection.execute("UPDATE entities SET same_as = ? WHERE entity = ?", (other, entity))


def forget_links(connection: sqlite3.Connection, article: int) -> set[int]:
    """Take out all that an article told; the events that lost a telling by it.

    The keys of its event mentions stay behind: they lead nowhere, as numbers are not used twice.
    """
    events = {
        event
        for (event,) in connection.execute(
            "SELECT event FROM event_mentions WHERE article = ?", (article,)
        )
    }
    connection.execute("DELETE FROM event_mentions WHERE article = ?", (article,))
    connection.execute("DELETE FROM appearances WHERE article = ?", (article,))
    connection.execute("DELETE FROM annotations WHERE article = ?", (article,))
    return events


def forget_all_links(connection: sqlite3.Connection) -> None:
    """Empty every table that analysis and linking fill: a newer version is to do them again."""
    for table in (
        "annotations",
        "entities",
        "appearances",
        "spellings",
        "events",
        "event_mentions",
        "event_keys",
    ):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("UPDATE articles SET analysed = 0, events = 0")


def candidates(
    connection: sqlite3.Connection, hashes: Sequence[int], first: int, last: int, most: int
) -> list[Telling]:
    """Event mentions that share a key with one at hand and were reported from `first` to `last`.

    At most `most` of each key, the nearest to the middle of the days first.
    """
    found: dict[int, None] = {}
    middle = (first + last) // 2
    for value in hashes:
        for (mention,) in connection.execute(
            "SELECT mention FROM event_keys JOIN event_mentions USING (mention)"
            " WHERE hash = ? AND day BETWEEN ? AND ?"
            " ORDER BY abs(day - ?) LIMIT ?",
            (value, first, last, middle, most),
        ):
            found[mention] = None
    return _by_number(connection, list(found)[: most * 2])


def _by_number(connection: sqlite3.Connection, mentions: Sequence[int]) -> list[Telling]:
    if not mentions:
        return []
    marks = ",".join("?" * len(mentions))
    rows = connection.execute(f"{_TELLING} WHERE mention IN ({marks})", mentions)
    return [_telling(row) for row in rows]


def tellings(connection: sqlite3.Connection, event: int, most: int = 64) -> list[Telling]:
    """The event mentions of an event, at most `most`."""
    rows = connection.execute(
        f"{_TELLING} WHERE event = ? ORDER BY article, start LIMIT ?", (event, most)
    )
    return [_telling(row) for row in rows]


def add_telling(
    connection: sqlite3.Connection, telling: Telling, span: tuple[int, int, int, int]
) -> int:
    """The number of a new event mention; `span` is start, end, trigger start, trigger end."""
    start, end, trigger_start, trigger_end = span
    cursor = connection.execute(
        "INSERT INTO event_mentions (event, article, start, end, trigger_start, trigger_end,"
        " lemma, status, when_, when_origin, headline, participants, stems)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            telling.event,
            telling.article,
            start,
            end,
            trigger_start,
            trigger_end,
            telling.lemma,
            telling.status,
            telling.when,
            telling.when_origin,
            telling.headline,
            " ".join(telling.participants),
            " ".join(sorted(telling.stems)),
        ),
    )
    return int(cursor.lastrowid or 0)


def add_keys(connection: sqlite3.Connection, mention: int, hashes: Iterable[int], day: int) -> None:
    """Make an event mention findable by its keys."""
    connection.executemany(
        "INSERT OR IGNORE INTO event_keys VALUES (?, ?, ?)",
        [(value, day, mention) for value in hashes],
    )


def new_event(connection: sqlite3.Connection) -> int:
    """The number of a new event, whose summary is to follow."""
    cursor = connection.execute(
        "INSERT INTO events (headline, status, accounts, weight, inferred)"
        " VALUES ('', 'happened', 0, 0, 0)"
    )
    return int(cursor.lastrowid or 0)


def save_summary(connection: sqlite3.Connection, event: int, summary: Summary | None) -> None:
    """Write what the timeline says of an event; None deletes it, for it has no telling left."""
    if summary is None:
        connection.execute("DELETE FROM events WHERE event = ?", (event,))
        return
    connection.execute(
        "UPDATE events SET when_ = ?, first = ?, last = ?, headline = ?, status = ?,"
        " accounts = ?, weight = ?, inferred = ? WHERE event = ?",
        (
            summary.when,
            summary.first,
            summary.last,
            summary.headline,
            summary.status,
            summary.accounts,
            summary.weight,
            summary.inferred,
            event,
        ),
    )


def accounts_of(connection: sqlite3.Connection, event: int) -> int:
    """How many articles tell of an event."""
    row = connection.execute(
        "SELECT count(DISTINCT article) FROM event_mentions WHERE event = ?", (event,)
    ).fetchone()
    return int(row[0])


def undated(connection: sqlite3.Connection, after: int, most: int) -> list[tuple[int, str | None]]:
    """Articles without a date of their own, by key, with the date inferred so far."""
    return [
        (key, date)
        for key, date in connection.execute(
            "SELECT key, date FROM articles WHERE date_origin IN ('unknown', 'inferred')"
            " AND key > ? ORDER BY key LIMIT ?",
            (after, most),
        )
    ]


def last_key(connection: sqlite3.Connection) -> int:
    """The highest key of any article."""
    return int(connection.execute("SELECT max(key) FROM articles").fetchone()[0] or 0)


def sample_texts(connection: sqlite3.Connection, most: int) -> list[str]:
    """Titles and texts of some articles, spread evenly over the library."""
    last = connection.execute("SELECT max(key) FROM articles").fetchone()[0] or 0
    step = max(1, last // most)
    return [
        f"{title}\n{text}"
        for title, text in connection.execute(
            "SELECT title, text FROM article_texts WHERE key IN"
            " (WITH RECURSIVE picked(n) AS (SELECT 1 UNION ALL SELECT n + ?1 FROM picked"
            "  WHERE n + ?1 <= ?2) SELECT n FROM picked)",
            (step, last),
        )
    ]


def dated_like(
    connection: sqlite3.Connection, key: int, query: str, most: int
) -> list[tuple[int, str, str, str]]:
    """Dated articles that match a full-text query best: key, title, date, text."""
    return connection.execute(
        "SELECT key, articles.title, date, texts.text FROM search"
        " JOIN articles ON articles.key = search.rowid JOIN texts USING (key)"
        " WHERE search MATCH ? AND date_origin IN ('stated', 'metadata', 'corrected')"
        " AND key != ? ORDER BY rank LIMIT ?",
        (query, key, most),
    ).fetchall()
