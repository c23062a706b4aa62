"""What the list, the page and the timeline ask for: windows of rows, never a whole collection."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from tui.model import (
    Account,
    Article,
    ArticleRow,
    EventMention,
    EventRow,
    Likeness,
    Place,
    Problem,
    Status,
)


def article_rows(connection: sqlite3.Connection, keys: Sequence[int]) -> list[ArticleRow]:
    """The rows of some articles, in no certain order; whether they are read is not known here."""
    marks = ",".join("?" * len(keys))
    return [
        ArticleRow(key, ident, title, date, origin, events, analysed > 0, bool(absent))
        for key, ident, title, date, origin, events, analysed, absent in connection.execute(
            "SELECT key, id, title, date, date_origin, events, analysed, absent"
            f" FROM articles WHERE key IN ({marks})",
            keys,
        )
    ]


def article(connection: sqlite3.Connection, key: int, source: str = "") -> Article | None:
    """An article with its text; `source` is what to name as the place where it comes from."""
    row = connection.execute(
        "SELECT id, title, text, date, date_origin, url, title_made, headings, date_why"
        " FROM articles JOIN texts USING (key) WHERE key = ?",
        (key,),
    ).fetchone()
    if row is None:
        return None
    ident, title, text, date, origin, url, made, headings, why = row
    return Article(
        id=ident,
        title=title,
        text=text,
        date=date,
        date_origin=origin,
        url=url,
        source=source,
        title_made=bool(made),
        headings=tuple(int(n) for n in headings.split(",") if n),
        warnings=(why,) if why else (),
    )


def key_of(connection: sqlite3.Connection, ident: str) -> int | None:
    """The key of an article by its id."""
    row = connection.execute("SELECT key FROM articles WHERE id = ?", (ident,)).fetchone()
    return int(row[0]) if row else None


def ids(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, str]:
    """The ids of articles by their keys; what is not there is left out."""
    known: dict[int, str] = {}
    for at in range(0, len(keys), 500):
        chunk = list(keys[at : at + 500])
        marks = ",".join("?" * len(chunk))
        known.update(
            connection.execute(f"SELECT key, id FROM articles WHERE key IN ({marks})", chunk)
        )
    return known


def entities_like(connection: sqlite3.Connection, words: str, limit: int) -> list[Likeness]:
    """Entities that are called or spelt so, wholly first, then where a word begins so, then inside
    of words; the most named first. Dots in acronyms and capitals do not matter."""
    plain = words.replace(".", "").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = connection.execute(
        "WITH near AS (SELECT coalesce(same_as, entity) AS entity,"
        " replace(spelling, '.', '') AS own FROM spellings JOIN entities USING (entity)),"
        " found AS (SELECT entity, min(CASE WHEN own LIKE ?1 ESCAPE '\\' THEN 0"
        " WHEN own LIKE ?1 || '%' ESCAPE '\\' OR own LIKE '% ' || ?1 || '%' ESCAPE '\\' THEN 1"
        " ELSE 2 END) AS rank FROM near"
        " WHERE own LIKE '%' || ?1 || '%' ESCAPE '\\' GROUP BY entity)"
        " SELECT id, name, (SELECT count(DISTINCT article) FROM appearances a WHERE a.entity IN"
        " (SELECT e.entity UNION SELECT s.entity FROM entities s WHERE s.same_as = e.entity)) AS n,"
        " rank FROM found JOIN entities e USING (entity) WHERE n > 0"
        " ORDER BY rank, n DESC, name LIMIT ?2",
        (plain, limit),
    )
    return [Likeness(*row) for row in rows]


def spellings(connection: sqlite3.Connection) -> list[str]:
    """How everybody is written that an article names."""
    return [
        spelling
        for (spelling,) in connection.execute(
            "SELECT DISTINCT spelling FROM spellings"
            " WHERE entity IN (SELECT entity FROM appearances) ORDER BY spelling"
        )
    ]


def day_of(connection: sqlite3.Connection, key: int) -> int | None:
    """The first day of an article's date as an ordinal, None if it has none."""
    row = connection.execute("SELECT day FROM articles WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def event_mentions(
    connection: sqlite3.Connection, article: int, text: str
) -> tuple[EventMention, ...]:
    """The event mentions of an article, by start; `event` is the number of the event."""
    rows = connection.execute(
        "SELECT start, end, trigger_start, trigger_end, lemma, status, when_, when_origin,"
        " headline, participants, event FROM event_mentions WHERE article = ? ORDER BY start",
        (article,),
    )
    same = same_in(connection, article)
    return tuple(
        EventMention(
            start=start,
            end=end,
            text=text[start:end],
            trigger=(trigger_start, trigger_end),
            lemma=lemma,
            status=status,
            when=when,
            when_origin=origin,
            headline=headline,
            participants=tuple(dict.fromkeys(same.get(i, i) for i in participants.split())),
            event=str(event),
        )
        for (
            start,
            end,
            trigger_start,
            trigger_end,
            lemma,
            status,
            when,
            origin,
            headline,
            participants,
            event,
        ) in rows
    )


def event_rows(connection: sqlite3.Connection, events: Sequence[int]) -> list[EventRow]:
    """The rows of some events, in no certain order."""
    marks = ",".join("?" * len(events))
    return [
        EventRow(event, when, headline, status, accounts, weight, bool(inferred))
        for event, when, headline, status, accounts, weight, inferred in connection.execute(
            "SELECT event, when_, headline, status, accounts, weight, inferred"
            f" FROM events WHERE event IN ({marks})",
            events,
        )
    ]


def accounts(connection: sqlite3.Connection, event: int, most: int = 500) -> list[Account]:
    """The accounts of an event, one for each article, by the date of the article."""
    rows = connection.execute(
        "SELECT article, title, date, date_origin, min(start), end,"
        " substr(text, start + 1, end - start), status"
        " FROM event_mentions JOIN articles ON articles.key = article"
        " JOIN texts ON texts.key = article WHERE event = ?"
        " GROUP BY article ORDER BY day IS NULL, day, article LIMIT ?",
        (event, most),
    )
    return [Account(*row) for row in rows]


def first_account(connection: sqlite3.Connection, event: int) -> Place | None:
    """Where an event is told first: in the earliest article that tells of it."""
    row = connection.execute(
        "SELECT article, start FROM event_mentions JOIN articles ON key = article"
        " WHERE event = ? ORDER BY day IS NULL, day, article, start LIMIT 1",
        (event,),
    ).fetchone()
    return Place(*row) if row else None


def events_in(connection: sqlite3.Connection, article: int, start: int, end: int) -> list[str]:
    """The headlines of the events that a span of an article tells of, in its order."""
    rows = connection.execute(
        "SELECT DISTINCT e.headline FROM event_mentions m JOIN events e USING (event)"
        " WHERE article = ? AND m.start < ? AND m.end > ? AND e.headline != '' ORDER BY m.start",
        (article, end, start),
    )
    return [headline for (headline,) in rows]


def articles_naming(connection: sqlite3.Connection, entity: str) -> list[int]:
    """The keys of the articles that name an entity, as the list orders them."""
    rows = connection.execute(
        "SELECT DISTINCT key, day FROM entities JOIN appearances USING (entity)"
        " JOIN articles ON key = article"
        " WHERE entity IN (SELECT entity FROM entities WHERE id = ?1 UNION"
        "  SELECT a.entity FROM entities a JOIN entities b ON a.same_as = b.entity WHERE b.id = ?1)"
        " ORDER BY day DESC, key",
        (entity,),
    )
    return [key for key, _ in rows]


def in_order(connection: sqlite3.Connection, articles: Sequence[int]) -> list[int]:
    """The keys of some articles, as the list orders them."""
    rows = connection.execute(
        "SELECT key FROM articles WHERE key IN (SELECT value FROM json_each(?))"
        " ORDER BY day DESC, key",
        (json.dumps(list(articles)),),
    )
    return [key for (key,) in rows]


def same_in(connection: sqlite3.Connection, article: int) -> dict[str, str]:
    """The entities of an article that were found to be another, by id, to that one's id."""
    rows = connection.execute(
        "SELECT a.id, b.id FROM appearances JOIN entities a USING (entity)"
        " JOIN entities b ON b.entity = a.same_as WHERE article = ?",
        (article,),
    )
    return dict(rows.fetchall())


def entity_name(connection: sqlite3.Connection, entity: str) -> str:
    """The canonical name of an entity; its id where the library does not know it."""
    row = connection.execute("SELECT name FROM entities WHERE id = ?", (entity,)).fetchone()
    return str(row[0]) if row else entity


def problems(connection: sqlite3.Connection, most: int = 5000) -> list[Problem]:
    """What was skipped or is doubtful, errors first."""
    rows = connection.execute(
        "SELECT source, line, severity, what FROM problems ORDER BY severity, source, line LIMIT ?",
        (most,),
    )
    return [Problem(*row) for row in rows]


def problem_count(connection: sqlite3.Connection) -> int:
    """How many problems there are."""
    return int(connection.execute("SELECT count(*) FROM problems").fetchone()[0])


def absent_count(connection: sqlite3.Connection) -> int:
    """How many articles are kept although no file holds them now."""
    return int(connection.execute("SELECT count(*) FROM articles WHERE absent").fetchone()[0])


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether there is no article."""
    return connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None


def status(connection: sqlite3.Connection) -> Status:
    """How far the cache is."""
    articles, waiting, events, problems = connection.execute(
        "SELECT (SELECT count(*) FROM articles),"
        " (SELECT count(*) FROM articles WHERE analysed = 0),"
        " (SELECT count(*) FROM events), (SELECT count(*) FROM problems)"
    ).fetchone()
    return Status(articles, articles - waiting, events, problems)


def all_events(
    connection: sqlite3.Connection, top: int | None
) -> Iterator[tuple[EventRow, list[str]]]:
    """Events in order of time with the ids of their articles; the `top` weightiest if given."""
    chosen = (
        "SELECT * FROM events WHERE headline != ''"
        if top is None
        else "SELECT * FROM events WHERE headline != ''"
        f" ORDER BY weight DESC, event LIMIT {int(top)}"
    )
    rows = connection.execute(
        "SELECT event, when_, headline, status, accounts, weight, inferred, (SELECT"
        "  group_concat(id, ' ') FROM (SELECT DISTINCT id, day FROM event_mentions m"
        "  JOIN articles ON key = article WHERE m.event = chosen.event"
        "  ORDER BY day IS NULL, day, id))"
        f" FROM ({chosen}) AS chosen ORDER BY first IS NULL, first, last DESC, event"
    )
    for *row, ids in rows:
        event, when, headline, status, count, weight, inferred = row
        yield (
            EventRow(event, when, headline, status, count, weight, bool(inferred)),
            (ids or "").split(),
        )


def keys_by_date(connection: sqlite3.Connection) -> list[int]:
    """All articles, the oldest first, undated last: the order of the export."""
    return [
        key
        for (key,) in connection.execute("SELECT key FROM articles ORDER BY day IS NULL, day, id")
    ]
