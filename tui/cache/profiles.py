"""Everything the library knows of one entity: where, when and with whom it is named.

An entity stands for itself and for those that were found to be the same. Every question costs by
the articles that name it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

from tui.cache import analyses
from tui.model import Companion, EntityProfile

_GROUP = (
    "WITH own AS (SELECT entity FROM entities WHERE id = ?1 UNION"
    " SELECT a.entity FROM entities a JOIN entities b ON a.same_as = b.entity WHERE b.id = ?1)"
)
_SPELT_IN = 500


def known(connection: sqlite3.Connection, ident: str) -> str | None:
    """The id of the entity that an id stands for, None where the library names none such."""
    row = connection.execute(
        "SELECT coalesce(b.id, a.id) FROM entities a LEFT JOIN entities b ON b.entity = a.same_as"
        " WHERE a.id = ?",
        (ident,),
    ).fetchone()
    return str(row[0]) if row else None


def profile(connection: sqlite3.Connection, ident: str, most: int) -> EntityProfile | None:
    """The profile of an entity by its id, at most `most` companions and events.

    None where no article names it.
    """
    row = connection.execute("SELECT name, kind FROM entities WHERE id = ?", (ident,)).fetchone()
    days = connection.execute(
        _GROUP + " SELECT article, day, sum(mentions) FROM own JOIN appearances USING (entity)"
        " JOIN articles ON key = article GROUP BY article ORDER BY day IS NULL, day, article",
        (ident,),
    ).fetchall()
    if row is None or not days:
        return None
    by_day: Counter[int] = Counter(day for _, day, _ in days if day is not None)
    return EntityProfile(
        ident,
        row[0],
        row[1],
        articles=tuple(article for article, _, _ in days),
        mentions=sum(count for _, _, count in days),
        days=tuple(sorted(by_day.items())),
        spellings=_spellings(connection, ident, [article for article, _, _ in days]),
        companions=_companions(connection, ident, most),
        events=_events(connection, ident, most),
    )


def _spellings(
    connection: sqlite3.Connection, ident: str, articles: list[int]
) -> tuple[tuple[str, int], ...]:
    """How it is written, with counts, in the latest of its articles."""
    counts: Counter[str] = Counter()
    for article in articles[-_SPELT_IN:]:
        row = connection.execute("SELECT text FROM texts WHERE key = ?", (article,)).fetchone()
        if row is not None:
            mentions, _, _ = analyses.load(connection, article, row[0])
            counts.update(" ".join(m.text.split()) for m in mentions if m.entity == ident)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _companions(connection: sqlite3.Connection, ident: str, most: int) -> tuple[Companion, ...]:
    """Who is named in the same articles, by the number of articles."""
    rows = connection.execute(
        _GROUP + " SELECT coalesce(whole.id, e.id), coalesce(whole.name, e.name),"
        " coalesce(whole.kind, e.kind), count(DISTINCT other.article) AS n"
        " FROM own JOIN appearances mine USING (entity)"
        " JOIN appearances other ON other.article = mine.article"
        " JOIN entities e ON e.entity = other.entity"
        " LEFT JOIN entities whole ON whole.entity = e.same_as"
        " WHERE e.entity NOT IN (SELECT entity FROM own)"
        " GROUP BY 1 ORDER BY n DESC, 2 LIMIT ?2",
        (ident, most),
    )
    return tuple(Companion(*row) for row in rows)


def _events(connection: sqlite3.Connection, ident: str, most: int) -> tuple[int, ...]:
    """The weightiest events that it takes part in, in order of time, undated ones last."""
    rows = connection.execute(
        _GROUP + " SELECT event FROM (SELECT DISTINCT e.event, e.first, e.weight FROM own"
        " JOIN entities n USING (entity) JOIN appearances USING (entity)"
        " JOIN event_mentions m USING (article) JOIN events e USING (event)"
        " WHERE instr(' ' || m.participants || ' ', ' ' || n.id || ' ')"
        " ORDER BY e.weight DESC LIMIT ?2) ORDER BY first IS NULL, first, event",
        (ident, most),
    )
    return tuple(event for (event,) in rows)
