"""Event mentions and events in the cache.

Candidates for coreference come from `event_keys`, an inverted index from a hash and a day to event
mentions, so that linking an article costs by its own mentions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tui.articles.model import Position
from tui.events.model import Account, EventMentionRecord, EventRow, EventSummary
from tui.ids import ArticleHash, EntityId, RowId
from tui.nlp.document import EventMention

_RECORD = (
    "SELECT mention, event, article, start, trigger_start, lemma, status, when_, when_origin,"
    " headline, participants, stems, day FROM event_mentions JOIN articles ON key = article"
)


def _record(row: tuple[Any, ...]) -> EventMentionRecord:
    values: tuple[Any, ...] = (
        *row[:10],
        tuple(row[10].split()),
        frozenset(row[11].split()),
        row[12],
    )
    return EventMentionRecord(*values)


# Linking


def unlink(connection: sqlite3.Connection, article: RowId) -> set[RowId]:
    """Delete the event mentions of an article; returns the events that lost one.

    Their keys stay in the index: they lead nowhere, because row ids are not used twice.
    """
    events = {
        event
        for (event,) in connection.execute(
            "SELECT event FROM event_mentions WHERE article = ?", (article,)
        )
    }
    connection.execute("DELETE FROM event_mentions WHERE article = ?", (article,))
    return events


def delete_all(connection: sqlite3.Connection) -> None:
    """Delete all events, so that a newer version of the analysis finds them again."""
    for table in ("events", "event_mentions", "event_keys"):
        connection.execute(f"DELETE FROM {table}")


def candidates(
    connection: sqlite3.Connection, hashes: Sequence[int], first: int, last: int, limit: int
) -> list[EventMentionRecord]:
    """The event mentions that have one of some keys and were reported from day `first` to `last`.

    At most `limit` for each key, those nearest to the middle of the days first.
    """
    found: dict[RowId, None] = {}
    middle = (first + last) // 2
    for value in hashes:
        for (mention,) in connection.execute(
            "SELECT mention FROM event_keys JOIN event_mentions USING (mention)"
            " WHERE hash = ? AND day BETWEEN ? AND ?"
            " ORDER BY abs(day - ?) LIMIT ?",
            (value, first, last, middle, limit),
        ):
            found[mention] = None
    return _records(connection, list(found)[: limit * 2])


def _records(connection: sqlite3.Connection, mentions: Sequence[RowId]) -> list[EventMentionRecord]:
    if not mentions:
        return []
    marks = ",".join("?" * len(mentions))
    rows = connection.execute(f"{_RECORD} WHERE mention IN ({marks})", mentions)
    return [_record(row) for row in rows]


def mentions_of(
    connection: sqlite3.Connection, event: RowId, limit: int = 64
) -> list[EventMentionRecord]:
    """The mentions of an event, at most `limit`."""
    rows = connection.execute(
        f"{_RECORD} WHERE event = ? ORDER BY article, start LIMIT ?", (event, limit)
    )
    return [_record(row) for row in rows]


def add_mention(
    connection: sqlite3.Connection, record: EventMentionRecord, mention: EventMention
) -> RowId:
    """Store an event mention and return its row id; offsets come from `mention`."""
    cursor = connection.execute(
        "INSERT INTO event_mentions (event, article, start, end, trigger_start, trigger_end,"
        " lemma, status, when_, when_origin, headline, participants, stems)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.event,
            record.article,
            mention.start,
            mention.end,
            *mention.trigger,
            record.lemma,
            record.status,
            record.when,
            record.when_origin,
            record.headline,
            " ".join(record.participants),
            " ".join(sorted(record.stems)),
        ),
    )
    return int(cursor.lastrowid or 0)


def add_keys(
    connection: sqlite3.Connection, mention: RowId, hashes: Iterable[int], day: int
) -> None:
    """Index an event mention by its keys."""
    connection.executemany(
        "INSERT OR IGNORE INTO event_keys VALUES (?, ?, ?)",
        [(value, day, mention) for value in hashes],
    )


def new_event(connection: sqlite3.Connection) -> RowId:
    """Store a new event without a summary, and return its row id."""
    cursor = connection.execute(
        "INSERT INTO events (headline, status, accounts, weight, inferred)"
        " VALUES ('', 'happened', 0, 0, 0)"
    )
    return int(cursor.lastrowid or 0)


def save_summary(
    connection: sqlite3.Connection, event: RowId, summary: EventSummary | None
) -> None:
    """Store the summary of an event; None deletes the event, as it has no mention left."""
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


def account_count(connection: sqlite3.Connection, event: RowId) -> int:
    """The number of articles that tell of an event."""
    row = connection.execute(
        "SELECT count(DISTINCT article) FROM event_mentions WHERE event = ?", (event,)
    ).fetchone()
    return int(row[0])


# Reading


def mentions_in(
    connection: sqlite3.Connection,
    article: RowId,
    text: str,
    clusters: Mapping[EntityId, EntityId],
) -> tuple[EventMention, ...]:
    """The event mentions of an article, by start.

    `clusters` maps the ids of entities to those of the clusters that they belong to.
    """
    rows = connection.execute(
        "SELECT start, end, trigger_start, trigger_end, lemma, status, when_, when_origin,"
        " headline, participants, event FROM event_mentions WHERE article = ? ORDER BY start",
        (article,),
    )
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
            participants=tuple(dict.fromkeys(clusters.get(i, i) for i in participants.split())),
            event=event,
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


def rows(connection: sqlite3.Connection, events: Sequence[RowId]) -> list[EventRow]:
    """The rows of some events, in no particular order."""
    marks = ",".join("?" * len(events))
    return [
        EventRow(event, when, headline, status, accounts, weight, bool(inferred))
        for event, when, headline, status, accounts, weight, inferred in connection.execute(
            "SELECT event, when_, headline, status, accounts, weight, inferred"
            f" FROM events WHERE event IN ({marks})",
            events,
        )
    ]


def accounts(connection: sqlite3.Connection, event: RowId, limit: int = 500) -> list[Account]:
    """The accounts of an event, one for each article, by the date of the article."""
    found = connection.execute(
        "SELECT article, title, date, date_origin, min(start), end,"
        " substr(text, start + 1, end - start), status"
        " FROM event_mentions JOIN articles ON articles.key = article"
        " JOIN texts ON texts.key = article WHERE event = ?"
        " GROUP BY article ORDER BY day IS NULL, day, article LIMIT ?",
        (event, limit),
    )
    return [Account(*row) for row in found]


def first_account(connection: sqlite3.Connection, event: RowId) -> Position | None:
    """Where the earliest article that tells of an event tells of it."""
    row = connection.execute(
        "SELECT article, start FROM event_mentions JOIN articles ON key = article"
        " WHERE event = ? ORDER BY day IS NULL, day, article, start LIMIT 1",
        (event,),
    ).fetchone()
    return Position(*row) if row else None


def headlines_in(connection: sqlite3.Connection, article: RowId, start: int, end: int) -> list[str]:
    """The headlines of the events that a span of an article tells of, in order of the text."""
    found = connection.execute(
        "SELECT DISTINCT e.headline FROM event_mentions m JOIN events e USING (event)"
        " WHERE article = ? AND m.start < ? AND m.end > ? AND e.headline != '' ORDER BY m.start",
        (article, end, start),
    )
    return [headline for (headline,) in found]


def all_events(
    connection: sqlite3.Connection, top: int | None
) -> Iterator[tuple[EventRow, list[ArticleHash]]]:
    """Events in order of time with the hashes of their articles; the `top` weightiest if given."""
    chosen = (
        "SELECT * FROM events WHERE headline != ''"
        if top is None
        else "SELECT * FROM events WHERE headline != ''"
        f" ORDER BY weight DESC, event LIMIT {int(top)}"
    )
    found = connection.execute(
        "SELECT event, when_, headline, status, accounts, weight, inferred, (SELECT"
        "  group_concat(id, ' ') FROM (SELECT DISTINCT id, day FROM event_mentions m"
        "  JOIN articles ON key = article WHERE m.event = chosen.event"
        "  ORDER BY day IS NULL, day, id))"
        f" FROM ({chosen}) AS chosen ORDER BY first IS NULL, first, last DESC, event"
    )
    for *row, hashes in found:
        event, when, headline, status, count, weight, inferred = row
        yield (
            EventRow(event, when, headline, status, count, weight, bool(inferred)),
            (hashes or "").split(),
        )
