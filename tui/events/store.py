"""Event mentions and events in the cache.

Each mention belongs to a block (see `linking`). The blocks that have changed since the previous
linking are remembered in the cache, so that an indexing that ends early continues where it stopped.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from tui.articles.model import Position
from tui.events.model import (
    Account,
    BestAccount,
    Cluster,
    DateVote,
    EventRow,
    EventSummary,
    LinkedMention,
)
from tui.events.packed_terms import pack, pack_vector, unpack, unpack_vector
from tui.events.timeline_store import IS_EVENT, Selection, conditions
from tui.ids import ArticleHash, EntityId, RowId
from tui.nlp.document import MARKED, EventMention, Span
from tui.storage.file_names import file_name

# A sentence that stands in articles of this many days is boilerplate.
_BOILERPLATE_DAYS = 4
# How much an account on a later day adds to the weight of an event.
_ATTACHED_SHARE = 0.5
_ROW = "SELECT event, when_, headline, status, accounts, weight, inferred, voices, said FROM events"
# Whether an event, as `cluster` or `a.event`, has become part of another one by a correction.
_MERGED = "EXISTS (SELECT 1 FROM events_as_linked n WHERE n.event = {} AND n.part_of IS NULL)"
# Whether a mention was attached by its likeness.
_LIKELY = f"(cluster != event_mentions.event AND NOT {_MERGED.format('cluster')})"
# Whether no correction dates an event.
_NOT_DATED = "NOT instr(said, 'date')"


def _spans(text: str) -> tuple[Span, ...]:
    pairs = (part.split("-") for part in text.split())
    return tuple((int(start), int(end)) for start, end in pairs)


# Linking


def add_mention(
    connection: sqlite3.Connection,
    article: RowId,
    reported: int | None,
    block: str,
    mention: EventMention,
) -> None:
    """Store an event mention that is not linked yet, and note that its block has changed.

    `reported` is the ordinal of the day of the article, None if it is undated.
    """
    wording = crc32(pack(sorted(mention.terms)))
    connection.execute(
        "INSERT INTO event_mentions (event, cluster, block, article, start, end, position, triggers,"
        " status, modality, when_, when_origin, line, telling, merit, participants, part, terms, wording,"
        " reported) VALUES (0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            block,
            article,
            mention.start,
            mention.end,
            mention.position,
            " ".join(f"{start}-{end}" for start, end in mention.triggers),
            mention.status,
            mention.modality,
            mention.when,
            mention.when_origin,
            mention.line,
            mention.telling,
            mention.merit,
            " ".join(mention.participants),
            mention.part,
            pack(mention.terms),
            wording,
            reported,
        ),
    )
    connection.execute("INSERT OR IGNORE INTO changed_blocks VALUES (?)", (block,))
    _note_repeats(connection, wording)


def _note_repeats(connection: sqlite3.Connection, wording: int) -> None:
    """Note as changed all blocks with a sentence that has become boilerplate, or is it no more."""
    (days,) = connection.execute(
        "SELECT count(DISTINCT reported) FROM event_mentions WHERE wording = ?", (wording,)
    ).fetchone()
    if _BOILERPLATE_DAYS - 1 <= days <= _BOILERPLATE_DAYS:
        connection.execute(
            "INSERT OR IGNORE INTO changed_blocks"
            " SELECT block FROM event_mentions WHERE wording = ?",
            (wording,),
        )


def unlink(connection: sqlite3.Connection, article: RowId) -> None:
    """Delete the event mentions of an article; their blocks have changed."""
    connection.execute(
        "INSERT OR IGNORE INTO changed_blocks SELECT block FROM event_mentions WHERE article = ?",
        (article,),
    )
    wordings = connection.execute(
        "DELETE FROM event_mentions WHERE article = ? RETURNING wording", (article,)
    ).fetchall()
    for (wording,) in wordings:
        _note_repeats(connection, wording)


def delete_all(connection: sqlite3.Connection) -> None:
    """Delete all events, so that a newer version of the analysis finds them again."""
    for table in ("events", "event_mentions", "changed_blocks", "events_as_linked"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("DELETE FROM snapshots WHERE name = 'timeline'")


def take_changed_blocks(connection: sqlite3.Connection) -> list[str]:
    """The blocks that have changed since the previous call, in order."""
    found = connection.execute("DELETE FROM changed_blocks RETURNING block").fetchall()
    return sorted(block for (block,) in found)


def mentions_of_block(connection: sqlite3.Connection, block: str) -> list[LinkedMention]:
    """All mentions of a block, in no particular order."""
    rows = connection.execute(
        "SELECT mention, cluster, article, id, start, position, status, when_, when_origin, line,"
        " telling, merit, m.terms, wording, coalesce(corrected, participants), part, reported, (SELECT"
        " count(DISTINCT w.reported) FROM event_mentions w WHERE w.wording = m.wording)"
        " FROM event_mentions m JOIN articles ON key = article WHERE block = ?",
        (block,),
    )
    found: list[LinkedMention] = []
    for *plain, terms, wording, participants, part, reported, days in rows:
        values: tuple[Any, ...] = (
            *plain,
            unpack(terms),
            wording,
            tuple(participants.split()),
            bool(part),
            reported,
            days >= _BOILERPLATE_DAYS,
        )
        found.append(LinkedMention(*values))
    return found


def new_event(connection: sqlite3.Connection, block: str) -> RowId:
    """Store a new event without a summary, and return its row id."""
    cursor = connection.execute("INSERT INTO events (block) VALUES (?)", (block,))
    return int(cursor.lastrowid or 0)


def link(connection: sqlite3.Connection, event: RowId, mentions: Iterable[RowId]) -> None:
    """Link mentions to an event, as its own cluster."""
    connection.executemany(
        "UPDATE event_mentions SET cluster = ?1, event = coalesce("
        "(SELECT part_of FROM events WHERE event = ?1), ?1) WHERE mention = ?2",
        [(event, mention) for mention in mentions],
    )


def save_summary(
    connection: sqlite3.Connection, event: RowId, block: str, summary: EventSummary
) -> None:
    """Store the summary of an event; without a line its headline is the sentence of its mention, or
    "" if sentences only mention it."""
    headline = summary.headline
    if not headline and not summary.part:
        headline = _passage(connection, summary.best)
    connection.execute(
        "UPDATE events SET block = ?, when_ = ?, first = ?, last = ?, reported = ?, headline = ?,"
        " best = ?, status = ?, accounts = ?, voices = ?, own_raw = ?, raw = ?, inferred = ?,"
        " reads = ?, loose = ?, part = ?, news = ?, participants = ?, terms = ?, centre = ?"
        " WHERE event = ?",
        (
            block,
            summary.when,
            summary.first,
            summary.last,
            summary.reported,
            headline,
            summary.best,
            summary.status,
            summary.accounts,
            summary.voices,
            summary.raw,
            summary.raw,
            bool(summary.when and summary.when[-1] in "~?%"),
            summary.reads,
            summary.loose,
            summary.part,
            summary.news,
            " ".join(summary.participants),
            pack(summary.terms),
            pack_vector(summary.centre),
            event,
        ),
    )


def _passage(connection: sqlite3.Connection, mention: RowId) -> str:
    row = connection.execute(
        "SELECT substr(text, start + 1, end - start) FROM event_mentions"
        " JOIN texts ON key = article WHERE mention = ?",
        (mention,),
    ).fetchone()
    return " ".join(str(row[0]).split()) if row else ""


def delete_empty_events(
    connection: sqlite3.Connection, block: str, kept: Iterable[RowId]
) -> list[RowId]:
    """Delete the events of a block that are not among some events.

    Returns:
        the clusters that were attached to them.
    """
    detached: list[RowId] = []
    before = connection.execute("SELECT event FROM events WHERE block = ?", (block,)).fetchall()
    gone = {event for (event,) in before} - set(kept)
    for event in sorted(gone):
        connection.execute("DELETE FROM events WHERE event = ?", (event,))
        # What was attached to it is an event again until attachment finds another one.
        connection.execute(
            "UPDATE event_mentions SET event = cluster WHERE event = ? AND cluster != ?",
            (event, event),
        )
        rows = connection.execute(
            "UPDATE events SET part_of = NULL WHERE part_of = ? RETURNING event", (event,)
        )
        detached += [cluster for (cluster,) in rows.fetchall()]
    return detached


# Attachment


def clusters_of_days(connection: sqlite3.Connection, first: int, last: int) -> list[Cluster]:
    """The clusters of the blocks of some days, given as ordinals."""
    blocks = _blocks(range(first, last + 1))
    return _clusters(connection, f"block IN ({','.join('?' * len(blocks))})", blocks)


def _blocks(days: Iterable[int]) -> list[str]:
    """The names of the blocks of some days, without those that no calendar has."""
    last = date.max.toordinal()
    return [date.fromordinal(day).isoformat() for day in days if 0 < day <= last]


def cluster(connection: sqlite3.Connection, event: RowId) -> list[Cluster]:
    """The cluster of an event itself; an empty list if there is no such event."""
    return _clusters(connection, "event = ?", [event])


def undated_clusters(connection: sqlite3.Connection) -> list[Cluster]:
    """The clusters of mentions without a date in undated articles."""
    return _clusters(connection, "block = ''", [])


def heaviest_clusters(connection: sqlite3.Connection, limit: int) -> list[Cluster]:
    """The events that have a date, or whose articles have one, at most `limit`, the heaviest
    first."""
    return _clusters(
        connection,
        "part_of IS NULL AND block != '' ORDER BY own_raw DESC, terms LIMIT ?",
        [limit],
    )


def _clusters(
    connection: sqlite3.Connection, where: str, values: Sequence[int | str]
) -> list[Cluster]:
    rows = connection.execute(
        f"SELECT event, part_of, first, loose, part, news, participants, centre, terms FROM events WHERE {where}",
        values,
    )
    return [
        Cluster(
            event,
            part_of,
            day or 0,
            bool(loose),
            bool(part),
            bool(news),
            frozenset(names.split()),
            unpack_vector(centre),
            unpack(terms),
        )
        for event, part_of, day, loose, part, news, names, centre, terms in rows
    ]


def attach(connection: sqlite3.Connection, cluster: RowId, event: RowId | None) -> None:
    """Make a cluster part of an event, or an event of its own if `event` is None."""
    connection.execute("UPDATE events SET part_of = ? WHERE event = ?", (event, cluster))
    connection.execute(
        "UPDATE event_mentions SET event = ? WHERE cluster = ?",
        (cluster if event is None else event, cluster),
    )


def count_accounts(
    connection: sqlite3.Connection, events: Iterable[RowId], days: Iterable[int]
) -> set[RowId]:
    """Count again the accounts and voices of events to which clusters are attached, or were.

    These are the given events, and all of the blocks of some days, given as ordinals, that have
    clusters attached; they are returned.
    """
    blocks = _blocks(days)
    chosen = set(events)
    chosen.update(
        event
        for block in blocks
        for (event,) in connection.execute(
            "SELECT DISTINCT a.part_of FROM events a JOIN events e ON e.event = a.part_of"
            " WHERE e.block = ?",
            (block,),
        )
    )
    for event in sorted(chosen):
        connection.execute(
            "UPDATE events SET accounts = (SELECT count(DISTINCT article) FROM event_mentions m"
            " WHERE m.event = ?1 AND m.part <= events.part), voices = (SELECT count(DISTINCT id)"
            " FROM (SELECT min(id) AS id FROM event_mentions m JOIN articles ON key = article"
            " WHERE m.event = ?1 AND m.part <= events.part GROUP BY wording)), raw = own_raw"
            f" + reads * (SELECT coalesce(sum(own_raw * iif({_MERGED.format('a.event')}, 1.0,"
            f" a.news * {_ATTACHED_SHARE})), 0) FROM events a WHERE a.part_of = ?1"
            " AND a.part <= events.part) WHERE event = ?1",
            (event,),
        )
        connection.execute(
            "UPDATE events SET (when_, first, last, inferred) = (NULL, NULL, NULL, 0)"
            f" WHERE event = ?1 AND {_NOT_DATED} AND NOT EXISTS"
            " (SELECT 1 FROM event_mentions WHERE cluster = ?1 AND when_ IS NOT NULL)",
            (event,),
        )
        # An event that is only mentioned has the date that those attached to it give it.
        connection.execute(
            "UPDATE events SET (when_, first, last, inferred) = (SELECT when_, first, last,"
            f" max(inferred, NOT {_MERGED.format('a.event')}) FROM events a WHERE a.part_of = ?1 AND first IS NOT NULL"
            " ORDER BY last - first, first LIMIT 1)"
            f" WHERE event = ?1 AND when_ IS NULL AND {_NOT_DATED} AND EXISTS"
            " (SELECT 1 FROM events a WHERE a.part_of = ?1 AND first IS NOT NULL)",
            (event,),
        )
        # What has lost its day is ranked with no other.
        connection.execute(
            "UPDATE events SET weight = 0 WHERE event = ? AND first IS NULL AND block != ''",
            (event,),
        )
    return chosen


def roots_of_days(connection: sqlite3.Connection, days: Iterable[int]) -> set[RowId]:
    """The events to which clusters of some days are attached, given as ordinals."""
    rows = connection.execute(
        "SELECT DISTINCT part_of FROM events"
        " WHERE part_of IS NOT NULL AND block IN (SELECT value FROM json_each(?))",
        (json.dumps(_blocks(days)),),
    )
    return {event for (event,) in rows}


def with_undated(connection: sqlite3.Connection, blocks: Iterable[str]) -> set[RowId]:
    """The events of some blocks that clusters of undated articles are attached to."""
    rows = connection.execute(
        "SELECT DISTINCT a.part_of FROM events a JOIN events e ON e.event = a.part_of"
        " WHERE a.block = '' AND e.block IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(blocks)),),
    )
    return {event for (event,) in rows}


def days_and_blocks(
    connection: sqlite3.Connection, events: Iterable[RowId]
) -> tuple[set[int], set[str]]:
    """The single days, as ordinals, and the blocks of some events."""
    rows = connection.execute(
        "SELECT first, last, block FROM events WHERE event IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(events)),),
    ).fetchall()
    return {f for f, last, _ in rows if f is not None and f == last}, {b for _, _, b in rows}


# Reading


def mentions_in(
    connection: sqlite3.Connection,
    article: RowId,
    text: str,
    clusters: Mapping[EntityId, EntityId],
) -> tuple[EventMention, ...]:
    """The event mentions of an article that are linked, by start.

    `clusters` maps the ids of entities to those of the clusters that they belong to.
    """
    rows = connection.execute(
        "SELECT start, end, triggers, status, modality, when_, when_origin, line,"
        " telling * NOT EXISTS (SELECT 1 FROM events e WHERE e.event = m.event AND hidden), merit,"
        " position, participants, part, event FROM event_mentions m"
        " WHERE article = ? AND event > 0 ORDER BY start",
        (article,),
    )
    return tuple(
        EventMention(
            start,
            end,
            text[start:end],
            _spans(triggers),
            status,
            modality,
            when,
            origin,
            line,
            telling,
            merit,
            position,
            participants=tuple(dict.fromkeys(clusters.get(i, i) for i in participants.split())),
            part=bool(part),
            event=event,
        )
        for (
            start,
            end,
            triggers,
            status,
            modality,
            when,
            origin,
            line,
            telling,
            merit,
            position,
            participants,
            part,
            event,
        ) in rows
    )


def event_count(connection: sqlite3.Connection, article: RowId) -> int:
    """The number of events that an article tells of."""
    row = connection.execute(
        "SELECT count(*) FROM event_mentions WHERE article = ? AND NOT part AND telling >= ?",
        (article, MARKED),
    ).fetchone()
    return int(row[0])


def rows(connection: sqlite3.Connection, events: Sequence[RowId]) -> list[EventRow]:
    """The rows of some events, in no particular order."""
    marks = ",".join("?" * len(events))
    return [_row(row) for row in connection.execute(f"{_ROW} WHERE event IN ({marks})", events)]


def _row(row: Sequence[Any]) -> EventRow:
    event, when, headline, status, accounts, weight, inferred, voices, said = row
    corrected = tuple(said.split(",")) if said else ()
    return EventRow(
        event, when, headline, status, accounts, weight, bool(inferred), voices, corrected
    )


def passages_with(
    connection: sqlite3.Connection, query: str, but: RowId, limit: int
) -> Iterator[tuple[RowId, int, tuple[int, ...]]]:
    """The event mentions of the articles that match an FTS5 query best, without those of `but`.

    Each is given by its article, its start and its terms; at most `limit` articles are read.
    """
    rows = connection.execute(
        "SELECT article, start, terms FROM (SELECT rowid AS found FROM search WHERE search MATCH ?"
        " AND rowid != ? ORDER BY rank LIMIT ?) JOIN event_mentions ON article = found"
        " ORDER BY article, start",
        (query, but, limit),
    )
    for article, start, data in rows:
        yield article, start, unpack(data)


def with_words(connection: sqlite3.Connection, words: Sequence[str]) -> set[RowId]:
    """The events whose line contains each of some texts, whatever the case."""
    if not words:
        return set()
    wanted = " AND ".join("instr(lower(headline), ?)" for _ in words)
    rows = connection.execute(
        f"SELECT event FROM events WHERE {IS_EVENT} AND {wanted}",
        [word.lower() for word in words],
    )
    return {event for (event,) in rows}


def accounts(connection: sqlite3.Connection, event: RowId, limit: int = 500) -> list[Account]:
    """The accounts of an event, one for each article, by the date of the article."""
    # With max(), SQLite takes the other columns from the row that has the maximum.
    found = connection.execute(
        "SELECT article, title, date, date_origin, start, end,"
        f" substr(text, start + 1, end - start), status, url, {_LIKELY} AS likely, wording,"
        f" max(telling - 2 * {_LIKELY} - part)"
        " FROM event_mentions JOIN articles ON articles.key = article"
        " JOIN texts ON texts.key = article WHERE event = ?"
        " GROUP BY article ORDER BY day IS NULL, day, id LIMIT ?",
        (event, limit),
    )
    seen: set[int] = set()
    accounts: list[Account] = []
    for *row, likely, wording, _ in found:
        values: tuple[Any, ...] = (*row, bool(likely), wording in seen)
        accounts.append(Account(*values))
        seen.add(wording)
    return accounts


def date_votes(connection: sqlite3.Connection, event: RowId) -> list[DateVote]:
    """The dates that the accounts of an event have, each with its basis, the most frequent first."""
    rows = connection.execute(
        "SELECT when_, when_origin, count(DISTINCT article) AS articles FROM event_mentions"
        " WHERE event = ?1 AND part <= (SELECT part FROM events WHERE event = ?1)"
        " GROUP BY when_, when_origin ORDER BY articles DESC, when_, when_origin",
        (event,),
    )
    return [DateVote(*row) for row in rows]


def first_account(connection: sqlite3.Connection, event: RowId) -> Position | None:
    """Where the sentence stands that the line of an event comes from."""
    row = connection.execute(
        "SELECT article, start FROM events JOIN event_mentions ON mention = best"
        " WHERE events.event = ?",
        (event,),
    ).fetchone()
    return Position(*row) if row else None


def headlines_in(connection: sqlite3.Connection, article: RowId, start: int, end: int) -> list[str]:
    """The headlines of the events that a span of an article tells of, in order of the text."""
    found = connection.execute(
        "SELECT DISTINCT e.headline FROM event_mentions m JOIN events e USING (event)"
        " WHERE article = ? AND m.start < ? AND m.end > ? AND e.headline != '' AND NOT hidden"
        " ORDER BY m.start",
        (article, end, start),
    )
    return [headline for (headline,) in found]


def all_events(
    connection: sqlite3.Connection, selection: Selection
) -> Iterator[tuple[EventRow, list[ArticleHash], BestAccount | None]]:
    """The events of a selection in order of time, with the hashes of their articles.

    The best account of an event is None if the cache has lost its text.
    """
    where, values = conditions(selection)
    chosen = f"SELECT * FROM events {where}"
    if selection.top is not None:
        chosen += f" ORDER BY weight DESC, terms LIMIT {int(selection.top)}"
    # One query for all: the file is chosen as `source_store.path_of` does.
    found = connection.execute(
        "SELECT chosen.event, chosen.when_, headline, chosen.status, accounts, weight, inferred,"
        " voices, chosen.said, (SELECT group_concat(id, ' ') FROM (SELECT DISTINCT id, day"
        "  FROM event_mentions m JOIN articles ON key = article WHERE m.event = chosen.event"
        "  ORDER BY day IS NULL, day, id)),"
        " substr(text, b.start + 1, b.end - b.start), articles.id, title, url, date,"
        " folders.path, files.name"
        f" FROM ({chosen}) AS chosen"
        " LEFT JOIN event_mentions b ON b.mention = best"
        " LEFT JOIN articles ON articles.key = b.article"
        " LEFT JOIN texts ON texts.key = b.article"
        " LEFT JOIN files ON files.file = (SELECT file FROM sources JOIN files USING (file)"
        "  WHERE sources.article = b.article ORDER BY size < 0, file LIMIT 1)"
        " LEFT JOIN folders ON folders.folder = files.folder"
        " ORDER BY chosen.first IS NULL, chosen.first, chosen.last DESC, weight DESC,"
        " chosen.terms, chosen.event",
        values,
    )
    for row in found:
        yield _row(row[:9]), (row[9] or "").split(), _best_account(*row[10:])


def _best_account(
    quote: str | None,
    article: ArticleHash | None,
    title: str,
    url: str,
    date: str | None,
    folder: str | bytes | None,
    name: str | bytes | None,
) -> BestAccount | None:
    if quote is None or article is None:
        return None
    path = "" if folder is None or name is None else Path(file_name(folder), file_name(name))
    return BestAccount(quote, article, title, url, date, str(path))
