"""What the reader says of events in the cache: located corrections, and the events they change.

A correction that holds is laid over what linking has made of the articles. The events that it
changes are kept as linking made them, and are restored before the next linking.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui.events.event_corrections import EventAction, LocatedCorrection, Place
from tui.events.packed_terms import pack
from tui.ids import RowId
from tui.nlp.document import MARKED

_FIELDS = (
    "about, action, article, start, end, other_article, other_start, other_end, value, modified"
)
_COLUMNS = "part_of, when_, first, last, inferred, headline, terms, status, accounts, voices, raw"


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """An event mention, and what it is linked to; `cluster` is the event of its own block."""

    mention: RowId
    event: RowId
    cluster: RowId
    block: str
    wording: int


@dataclass(frozen=True, slots=True)
class Laid:
    """An event that corrections have changed: as the timeline has it, and as linking made it.

    Attributes:
        event: its row id.
        block: its block.
        now: all that corrections can change of it.
        weight: its weight among the events of nearby days.
        attached: whether it is part of another event.
        days: its first and last day as ordinals, None if it has no date.
        linked_days: the same as linking made it.
    """

    event: RowId
    block: str
    now: tuple[object, ...]
    weight: float
    raw: float
    attached: bool
    days: tuple[int, int] | None
    linked_days: tuple[int, int] | None


# Corrections


def corrections(connection: sqlite3.Connection) -> list[LocatedCorrection]:
    """The corrections that hold in this library, the latest last."""
    rows = connection.execute(f"SELECT {_FIELDS} FROM event_corrections ORDER BY modified, about")
    return [
        LocatedCorrection(
            about,
            action,
            (article, start, end),
            (other, other_start, other_end) if other is not None else None,
            value,
            modified,
        )
        for about, action, article, start, end, other, other_start, other_end, value, modified in rows
    ]


def save_corrections(connection: sqlite3.Connection, given: Iterable[LocatedCorrection]) -> None:
    """Replace the corrections that hold."""
    connection.execute("DELETE FROM event_corrections")
    connection.executemany(
        f"INSERT INTO event_corrections ({_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (c.about, c.action, *c.place, *(c.other or (None, None, None)), c.value, c.modified)
            for c in given
        ],
    )


def mention_at(connection: sqlite3.Connection, place: Place) -> PlacedMention | None:
    """The event mention that fits a span best, None if none covers half of it."""
    article, start, end = place
    row = connection.execute(
        "SELECT mention, event, cluster, block, wording FROM event_mentions"
        " WHERE article = ?1 AND start < ?3 AND end > ?2"
        " AND 2 * (min(end, ?3) - max(start, ?2)) >= ?3 - ?2"
        " ORDER BY abs(start - ?2) + abs(end - ?3), part, start, mention LIMIT 1",
        (article, start, end),
    ).fetchone()
    return PlacedMention(*row) if row else None


def blocks_at(connection: sqlite3.Connection, place: Place) -> list[str]:
    """The blocks of the event mentions in a span, linked or not."""
    article, start, end = place
    rows = connection.execute(
        "SELECT DISTINCT block FROM event_mentions WHERE article = ? AND start < ? AND end > ?",
        (article, end, start),
    )
    return [block for (block,) in rows]


def note_changed(connection: sqlite3.Connection, blocks: Iterable[str]) -> None:
    """Note that some blocks are to be linked again."""
    connection.executemany(
        "INSERT OR IGNORE INTO changed_blocks VALUES (?)", [(block,) for block in blocks]
    )


def best_place(connection: sqlite3.Connection, event: RowId) -> Place | None:
    """The span of the sentence that the line of an event comes from, None if there is no event."""
    row = connection.execute(
        "SELECT article, start, end FROM events JOIN event_mentions ON mention = best"
        " WHERE events.event = ?",
        (event,),
    ).fetchone()
    return (row[0], row[1], row[2]) if row else None


def is_divisible(connection: sqlite3.Connection, event: RowId) -> bool:
    """Whether sentences of different wordings tell of an event."""
    row = connection.execute(
        "SELECT count(*) FROM (SELECT DISTINCT wording, cluster FROM event_mentions"
        " WHERE event = ? LIMIT 2)",
        (event,),
    ).fetchone()
    return bool(row[0] > 1)


def corrections_of(connection: sqlite3.Connection, event: RowId) -> list[str]:
    """What the corrections are about (`EventCorrection.about`) that hold for an event."""

    def is_of(place: Place | None) -> bool:
        found = mention_at(connection, place) if place is not None else None
        return found is not None and found.event == event

    return [c.about for c in corrections(connection) if is_of(c.place) or is_of(c.other)]


def merges_of(connection: sqlite3.Connection, event: RowId, place: Place) -> list[str]:
    """What the merges are about by which the event that a passage tells of, as it is linked, has
    become part of an event, or other events part of it."""
    joined = joined_events(connection, event)

    def linked(place: Place | None) -> RowId | None:
        found = mention_at(connection, place) if place is not None else None
        return joined.get(found.cluster, found.cluster) if found is not None else None

    own = linked(place)
    merges = [c for c in corrections(connection) if c.action == "merge"]
    return [
        c.about for c in merges if own is not None and own in (linked(c.place), linked(c.other))
    ]


def joined_events(connection: sqlite3.Connection, event: RowId) -> dict[RowId, RowId]:
    """The clusters of an event that corrections have changed, each with its event as linked."""
    rows = connection.execute(
        "SELECT e.event, coalesce(n.part_of, n.event) FROM events e"
        " JOIN events_as_linked n USING (event) WHERE e.event = ?1 OR e.part_of = ?1",
        (event,),
    )
    return dict(rows.fetchall())


# The events that corrections change


def laid(connection: sqlite3.Connection) -> dict[RowId, Laid]:
    """The events that corrections have changed, by row id."""
    own = ", ".join(f"e.{name}" for name in _COLUMNS.split(", "))
    rows = connection.execute(
        "SELECT e.event, block, e.ranked, n.first, n.last, said, hidden,"
        f" {own} FROM events_as_linked n JOIN events e USING (event) ORDER BY e.event"
    )
    found: dict[RowId, Laid] = {}
    for event, block, weight, linked_first, linked_last, *now in rows:
        _, _, part_of, _, first, last, _, _, _, _, _, _, raw = now
        found[event] = Laid(
            event,
            block,
            tuple(now),
            weight,
            raw,
            part_of is not None,
            None if first is None else (first, last),
            None if linked_first is None else (linked_first, linked_last),
        )
    return found


def restore(connection: sqlite3.Connection) -> None:
    """Restore all events as linking made them; they have no weight until they are ranked."""
    connection.execute(
        f"UPDATE events SET ({_COLUMNS}) = (SELECT {_COLUMNS} FROM events_as_linked n"
        " WHERE n.event = events.event), said = '', hidden = 0, ranked = 0, weight = 0"
        " WHERE event IN (SELECT event FROM events_as_linked)"
    )
    connection.execute(
        "UPDATE event_mentions SET event = coalesce("
        "(SELECT part_of FROM events e WHERE e.event = cluster), cluster)"
        " WHERE event > 0 AND cluster IN (SELECT event FROM events_as_linked)"
    )
    connection.execute("DELETE FROM events_as_linked")


def keep(connection: sqlite3.Connection, event: RowId) -> None:
    """Keep an event, and what is attached to it, as it is before a correction changes it."""
    connection.execute(
        f"INSERT OR IGNORE INTO events_as_linked (event, {_COLUMNS})"
        f" SELECT event, {_COLUMNS} FROM events WHERE event = ?1 OR part_of = ?1",
        (event,),
    )


def note_said(connection: sqlite3.Connection, event: RowId, action: EventAction) -> None:
    """Note what kind of correction an event has."""
    connection.execute(
        "UPDATE events SET said = ltrim(said || ',' || ?1, ',')"
        " WHERE event = ?2 AND NOT instr(',' || said || ',', ',' || ?1 || ',')",
        (action, event),
    )


def join(connection: sqlite3.Connection, event: RowId, into: RowId) -> None:
    """Make an event, with all that is attached to it, part of another one."""
    connection.execute(
        "UPDATE events SET part_of = ?2 WHERE event = ?1 OR part_of = ?1", (event, into)
    )
    connection.execute("UPDATE event_mentions SET event = ?2 WHERE event = ?1", (event, into))


def set_date(
    connection: sqlite3.Connection, event: RowId, when: str | None, days: tuple[int, int] | None
) -> None:
    """Give an event a date (EDTF) with its first and last day, None for none."""
    first, last = days if days is not None else (None, None)
    connection.execute(
        "UPDATE events SET when_ = ?, first = ?, last = ?, inferred = ? WHERE event = ?",
        (when, first, last, bool(when and when[-1] in "~?%"), event),
    )


def set_line(connection: sqlite3.Connection, event: RowId, line: str, terms: Sequence[int]) -> None:
    """Give an event another line."""
    connection.execute(
        "UPDATE events SET headline = ?, terms = ? WHERE event = ?",
        (line, pack(terms), event),
    )


def set_status(connection: sqlite3.Connection, event: RowId, status: str) -> None:
    """Give an event another status."""
    connection.execute("UPDATE events SET status = ? WHERE event = ?", (status, event))


def hide(connection: sqlite3.Connection, event: RowId) -> None:
    """Take an event from the timeline."""
    connection.execute("UPDATE events SET hidden = 1 WHERE event = ?", (event,))


def articles_hidden(connection: sqlite3.Connection) -> set[RowId]:
    """The articles that tell of what is no event, as the reader says."""
    rows = connection.execute(
        "SELECT DISTINCT article FROM events_as_linked n JOIN events e USING (event)"
        " JOIN event_mentions m ON m.event = e.event WHERE hidden"
    )
    return {article for (article,) in rows}


def count_marked(connection: sqlite3.Connection, articles: Iterable[RowId]) -> None:
    """Count again the marked events of some articles."""
    connection.execute(
        "UPDATE articles SET events = (SELECT count(*) FROM event_mentions m WHERE m.article = key"
        " AND NOT part AND telling >= ? AND NOT EXISTS"
        " (SELECT 1 FROM events e WHERE e.event = m.event AND hidden))"
        " WHERE analysed AND key IN (SELECT value FROM json_each(?))",
        (MARKED, json.dumps(sorted(articles))),
    )
