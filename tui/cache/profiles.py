"""Everything the library knows of one entity: where, when and with whom it is named.

An entity stands for itself and for those that were found to be the same. Every question costs by
the articles that name it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence

from tui.model import Companion, EntityProfile

_OWN = (
    "WITH given AS (SELECT entity FROM entities WHERE id IN (SELECT value FROM json_each(?1))),"
    " own AS (SELECT entity FROM given UNION SELECT a.entity FROM entities a"
    " WHERE a.same_as IN (SELECT entity FROM given))"
)


def known(connection: sqlite3.Connection, ident: str) -> str | None:
    """The id of the entity that an id stands for, None where the library names none such."""
    row = connection.execute(
        "SELECT coalesce(b.id, a.id) FROM entities a LEFT JOIN entities b ON b.entity = a.same_as"
        " WHERE a.id = ?",
        (ident,),
    ).fetchone()
    return str(row[0]) if row else None


def profile(
    connection: sqlite3.Connection,
    ident: str,
    parts: Sequence[str],
    articles: Sequence[int],
    most: int,
) -> EntityProfile | None:
    """The profile of an entity, at most `most` companions and events; None where it has no article.

    `parts` are the ids in the cache that it is made of, `articles` the keys of those that name it.
    """
    idents = json.dumps(list(parts))
    row = connection.execute(
        "SELECT name, kind FROM entities WHERE id IN (SELECT value FROM json_each(?1))"
        " ORDER BY id = ?2 DESC LIMIT 1",
        (idents, ident),
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
        (idents,),
    )
    by_day: Counter[int] = Counter(day for _, day in days if day is not None)
    return EntityProfile(
        ident,
        row[0],
        row[1],
        articles=tuple(article for article, _ in days),
        mentions=mentions,
        days=tuple(sorted(by_day.items())),
        spellings=_spellings(connection, idents, keys),
        companions=_companions(connection, idents, keys, most),
        events=_events(connection, idents, keys, most),
    )


def events(
    connection: sqlite3.Connection, parts: Sequence[str], articles: Sequence[int]
) -> set[int]:
    """All events that an entity takes part in, by the ids that it is made of and its articles."""
    return set(_events(connection, json.dumps(list(parts)), json.dumps(list(articles)), -1))


def members(connection: sqlite3.Connection, ident: str, spelling: str) -> list[str]:
    """The ids of those that were found to be an entity, itself among them, and are spelt so."""
    rows = connection.execute(
        _OWN + " SELECT id FROM own JOIN entities USING (entity)"
        " JOIN spellings USING (entity) WHERE spelling = ?2 ORDER BY id",
        (json.dumps([ident]), spelling),
    )
    return [member for (member,) in rows]


def articles_spelt(
    connection: sqlite3.Connection, ident: str
) -> Iterator[tuple[int, dict[str, int]]]:
    """The articles that name an entity, as the list orders them, with how each spells it how often.

    An article comes once for each of the names that were found to be the entity's.
    """
    rows = connection.execute(
        _OWN + " SELECT article, spellings FROM own JOIN appearances USING (entity)"
        " JOIN articles ON key = article ORDER BY day DESC, key",
        (json.dumps([ident]),),
    )
    return ((article, json.loads(spellings)) for article, spellings in rows)


def _spellings(
    connection: sqlite3.Connection, idents: str, keys: str
) -> tuple[tuple[str, int], ...]:
    """How it is written in its articles, with counts, the most frequent first."""
    counts: Counter[str] = Counter()
    for (spellings,) in connection.execute(
        _OWN + " SELECT spellings FROM own JOIN appearances USING (entity)"
        " WHERE article IN (SELECT value FROM json_each(?2))",
        (idents, keys),
    ):
        counts.update(json.loads(spellings))
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _companions(
    connection: sqlite3.Connection, idents: str, keys: str, most: int
) -> tuple[Companion, ...]:
    """Who is named in the same articles, by the number of articles, then of mentions there."""
    rows = connection.execute(
        _OWN + " SELECT coalesce(whole.id, e.id), coalesce(whole.name, e.name),"
        " coalesce(whole.kind, e.kind), count(DISTINCT a.article) AS n"
        " FROM json_each(?2) k JOIN appearances a ON a.article = k.value"
        " JOIN entities e ON e.entity = a.entity"
        " LEFT JOIN entities whole ON whole.entity = e.same_as"
        " WHERE e.entity NOT IN (SELECT entity FROM own)"
        " GROUP BY 1 ORDER BY n DESC, sum(a.mentions) DESC, 2 LIMIT ?3",
        (idents, keys, most),
    )
    return tuple(Companion(*row) for row in rows)


def _events(connection: sqlite3.Connection, idents: str, keys: str, most: int) -> tuple[int, ...]:
    """The weightiest events that it takes part in, in order of time, undated ones last."""
    rows = connection.execute(
        _OWN + " SELECT event FROM (SELECT DISTINCT e.event, e.first, e.weight FROM own"
        " JOIN entities n USING (entity) JOIN json_each(?2) k"
        " JOIN event_mentions m ON m.article = k.value JOIN events e ON e.event = m.event"
        " WHERE instr(' ' || m.participants || ' ', ' ' || n.id || ' ')"
        " ORDER BY e.weight DESC LIMIT ?3) ORDER BY first IS NULL, first, event",
        (idents, keys, most),
    )
    return tuple(event for (event,) in rows)
