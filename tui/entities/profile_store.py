"""What the cache has of one entity: where, when and together with which others it is named.

An entity stands for all members of its cluster. The cost of each function depends on the articles
that name it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence

from tui.entities.model import Companion, EntityProfile
from tui.ids import EntityId, RowId

_OWN = (
    "WITH given AS (SELECT entity FROM entities WHERE id IN (SELECT value FROM json_each(?1))),"
    " own AS (SELECT entity FROM given UNION SELECT a.entity FROM entities a"
    " WHERE a.same_as IN (SELECT entity FROM given))"
)


def cluster_of(connection: sqlite3.Connection, entity: EntityId) -> EntityId | None:
    """The id of the entity that stands for the cluster of an entity, None if there is no such
    entity."""
    row = connection.execute(
        "SELECT coalesce(b.id, a.id) FROM entities a LEFT JOIN entities b ON b.entity = a.same_as"
        " WHERE a.id = ?",
        (entity,),
    ).fetchone()
    return str(row[0]) if row else None


def profile(
    connection: sqlite3.Connection,
    entity: EntityId,
    parts: Sequence[EntityId],
    articles: Sequence[RowId],
    limit: int,
) -> EntityProfile | None:
    """The profile of an entity with at most `limit` companions and events; None without articles.

    `parts` are the entities of the cache that it is made of, `articles` those that name it.
    """
    ids = json.dumps(list(parts))
    row = connection.execute(
        "SELECT name, kind FROM entities WHERE id IN (SELECT value FROM json_each(?1))"
        " ORDER BY id = ?2 DESC LIMIT 1",
        (ids, entity),
    ).fetchone()
    keys = json.dumps(list(articles))
    days = connection.execute(
        "SELECT key, day FROM articles WHERE key IN (SELECT value FROM json_each(?))"
        " ORDER BY day IS NULL, day, key",
        (keys,),
    ).fetchall()
    if row is None or not days:
        return None
    ((mentions,),) = connection.execute(
        _OWN + " SELECT coalesce(sum(mentions), 0) FROM own JOIN appearances USING (entity)",
        (ids,),
    )
    by_day: Counter[int] = Counter(day for _, day in days if day is not None)
    return EntityProfile(
        entity,
        row[0],
        row[1],
        articles=tuple(article for article, _ in days),
        mentions=mentions,
        days=tuple(sorted(by_day.items())),
        spellings=_spellings(connection, ids, keys),
        companions=_companions(connection, ids, keys, limit),
        events=_events(connection, ids, keys, limit),
    )


def events(
    connection: sqlite3.Connection, parts: Sequence[EntityId], articles: Sequence[RowId]
) -> set[RowId]:
    """All events that an entity takes part in, given its parts and its articles."""
    return set(_events(connection, json.dumps(list(parts)), json.dumps(list(articles)), -1))


def members(connection: sqlite3.Connection, entity: EntityId, spelling: str) -> list[EntityId]:
    """The members of the cluster of an entity that have a spelling, itself included."""
    rows = connection.execute(
        _OWN + " SELECT id FROM own JOIN entities USING (entity)"
        " JOIN spellings USING (entity) WHERE spelling = ?2 ORDER BY id",
        (json.dumps([entity]), spelling),
    )
    return [member for (member,) in rows]


def articles_spelt(
    connection: sqlite3.Connection, entity: EntityId
) -> Iterator[tuple[RowId, dict[str, int]]]:
    """The articles that name an entity, newest first, each with the counts of its spellings.

    An article comes once for each member of the cluster that it names.
    """
    rows = connection.execute(
        _OWN + " SELECT article, spellings FROM own JOIN appearances USING (entity)"
        " JOIN articles ON key = article ORDER BY day DESC, key",
        (json.dumps([entity]),),
    )
    return ((article, json.loads(spellings)) for article, spellings in rows)


def _spellings(connection: sqlite3.Connection, ids: str, keys: str) -> tuple[tuple[str, int], ...]:
    """The spellings in some articles with their counts, the most frequent first."""
    counts: Counter[str] = Counter()
    for (spellings,) in connection.execute(
        _OWN + " SELECT spellings FROM own JOIN appearances USING (entity)"
        " WHERE article IN (SELECT value FROM json_each(?2))",
        (ids, keys),
    ):
        counts.update(json.loads(spellings))
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _companions(
    connection: sqlite3.Connection, ids: str, keys: str, limit: int
) -> tuple[Companion, ...]:
    """The entities named in the same articles, by number of articles, then of mentions there."""
    rows = connection.execute(
        _OWN + " SELECT coalesce(whole.id, e.id), coalesce(whole.name, e.name),"
        " coalesce(whole.kind, e.kind), count(DISTINCT a.article) AS n"
        " FROM json_each(?2) k JOIN appearances a ON a.article = k.value"
        " JOIN entities e ON e.entity = a.entity"
        " LEFT JOIN entities whole ON whole.entity = e.same_as"
        " WHERE e.entity NOT IN (SELECT entity FROM own)"
        " GROUP BY 1 ORDER BY n DESC, sum(a.mentions) DESC, 2 LIMIT ?3",
        (ids, keys, limit),
    )
    return tuple(Companion(*row) for row in rows)


def _events(connection: sqlite3.Connection, ids: str, keys: str, limit: int) -> tuple[int, ...]:
    """The weightiest events that it takes part in, in order of time and undated ones last."""
    rows = connection.execute(
        _OWN + " SELECT event FROM (SELECT DISTINCT e.event, e.first, e.weight FROM own"
        " JOIN entities n USING (entity) JOIN json_each(?2) k"
        " JOIN event_mentions m ON m.article = k.value JOIN events e ON e.event = m.event"
        " WHERE NOT e.hidden AND instr(' ' || m.participants || ' ', ' ' || n.id || ' ')"
        " ORDER BY e.weight DESC LIMIT ?3) ORDER BY first IS NULL, first, event",
        (ids, keys, limit),
    )
    return tuple(event for (event,) in rows)
