"""Event mentions linked to events (event coreference), one article at a time.

The cost of an article depends on its own mentions: each is compared with the few mentions of other
articles that share a key with it and were reported within days of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from zlib import crc32

from tui.events import store
from tui.events.coreference import THRESHOLD, WINDOW, score
from tui.events.model import EventMentionRecord
from tui.events.summaries import summarise
from tui.events.triggers import stems
from tui.ids import RowId
from tui.nlp.document import EventMention

_CANDIDATES = 24
_UNDATED = 0


def link(
    connection: sqlite3.Connection,
    article: RowId,
    day: int | None,
    mentions: Sequence[EventMention],
) -> set[RowId]:
    """Link the event mentions of an article; returns the events that have changed.

    `day` is the ordinal of the article's date, None if it has none.
    """
    changed: set[RowId] = set()
    for mention in mentions:
        record = _record(article, day, mention)
        keys = list(_keys(record))
        first, last = (day - WINDOW, day + WINDOW) if day is not None else (_UNDATED, _UNDATED)
        event = _best(record, store.candidates(connection, keys, first, last, _CANDIDATES))
        if event is None:
            event = store.new_event(connection)
        row_id = store.add_mention(connection, replace(record, event=event), mention)
        store.add_keys(connection, row_id, keys, day if day is not None else _UNDATED)
        changed.add(event)
    return changed


def update_summaries(connection: sqlite3.Connection, events: set[RowId]) -> None:
    """Compute again what the timeline shows of some events."""
    for event in events:
        mentions = store.mentions_of(connection, event)
        accounts = store.account_count(connection, event) if mentions else 0
        store.save_summary(connection, event, summarise(mentions, accounts))


def _record(article: RowId, day: int | None, mention: EventMention) -> EventMentionRecord:
    named = {part for entity in mention.participants for part in entity.split("-")}
    return EventMentionRecord(
        mention=0,
        event=0,
        article=article,
        start=mention.start,
        trigger_start=mention.trigger[0],
        lemma=mention.lemma,
        status=mention.status,
        when=mention.when,
        when_origin=mention.when_origin,
        headline=mention.headline,
        participants=mention.participants,
        stems=frozenset(s for s in stems(mention.text) if s not in named),
        article_day=day,
    )


def _keys(record: EventMentionRecord) -> Iterator[int]:
    """The keys under which a mention is indexed: its lemma with each participant, and pairs of
    participants."""
    participants = sorted(record.participants)[:6]
    for participant in participants:
        yield crc32(f"{record.lemma}|{participant}".encode())
    for one, other in combinations(participants[:4], 2):
        yield crc32(f"{one}&{other}".encode())


def _best(record: EventMentionRecord, candidates: Sequence[EventMentionRecord]) -> RowId | None:
    best, event = THRESHOLD, None
    for candidate in candidates:
        found = score(record, candidate)
        if found >= best and (event is None or found > best):
            best, event = found, candidate.event
    return event
