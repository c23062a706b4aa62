"""A timeline of five seeded event mentions an article, in place of hours of analysis.

Everything goes in by the modules of the cache, the snapshot of the timeline by the builder that the
indexer uses; only what the mentions say is made up. The long articles at the head of the list are
left to the real analysis.
"""

from __future__ import annotations

import re
import sqlite3
from collections import deque
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from tui.articles import annotation_store
from tui.entities import store as entity_store
from tui.events import store, timeline_store
from tui.events.model import EventMentionRecord, EventSummary
from tui.indexing.pipeline import VERSION
from tui.nlp.document import Document, Entity, EventMention, EventStatus, Mention
from tui.storage.open_cache import bump_revision, open_cache, set_meta
from tui.storage.transactions import transaction

PER_ARTICLE = 5

# An event mention joins an event of the previous articles with this chance: some events have many accounts.
_JOINS = 0.4
_RECENT = 12
_LONG = 15_000
_SENTENCE = re.compile(r"[A-Z][^.“”]{20,180}\.")
_NAME = re.compile(r"[A-Z][a-z]{2,} [A-Z][a-z]{3,}")


@dataclass(slots=True)
class _Event:
    """An event while it gathers its accounts."""

    row_id: int
    day: int
    headline: str
    articles: set[int] = field(default_factory=set)


def fill(cache: Path, seed: int) -> int:
    """Fill the cache of a catalogued library; how many event mentions it then has."""
    random = Random(seed)
    connection = open_cache(cache)
    made = 0
    recent: deque[_Event] = deque(maxlen=_RECENT)
    events: list[_Event] = []
    with transaction(connection):
        set_meta(connection, "analysis", VERSION)
        rows = connection.execute(
            "SELECT key, day FROM articles JOIN texts USING (key) WHERE length(text) < ?"
            " ORDER BY day, key",
            (_LONG,),
        ).fetchall()
        for row_id, day in rows:
            (text,) = connection.execute(
                "SELECT text FROM texts WHERE key = ?", (row_id,)
            ).fetchone()
            _names(connection, row_id, text)
            spans = [match.span() for match in _SENTENCE.finditer(text[:4000])][:PER_ARTICLE]
            for start, end in spans:
                event = random.choice(recent) if recent and random.random() < _JOINS else None
                if event is None or row_id in event.articles:
                    headline = text[start : start + 70].rsplit(" ", 1)[0]
                    told = (day or date(2015, 1, 1).toordinal()) - int(random.expovariate(0.2))
                    event = _Event(store.new_event(connection), told, headline)
                    events.append(event)
                    recent.append(event)
                event.articles.add(row_id)
                _add_account(connection, event, row_id, day, (start, end), random)
            made += len(spans)
            annotation_store.mark_analysed(connection, row_id, VERSION, len(spans))
        for event in events:
            _summarise(connection, event, random)
        timeline_store.save(connection)
        bump_revision(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return made


def _names(connection: sqlite3.Connection, row_id: int, text: str) -> None:
    mentions: list[Mention] = []
    entities: dict[str, Entity] = {}
    for match in list(_NAME.finditer(text[:1200]))[:4]:
        entity_id = match.group().lower().replace(" ", "-")
        entities[entity_id] = Entity(entity_id, match.group(), "PER", (match.group(),))
        mentions.append(Mention(match.start(), match.end(), match.group(), "PER", entity_id))
    entity_store.save(
        connection, row_id, [(entity, "", {entity.name: 1}) for entity in entities.values()]
    )
    annotation_store.save(
        connection,
        row_id,
        Document(text, mentions=tuple(mentions), entities=tuple(entities.values())),
    )


def _status(random: Random) -> EventStatus:
    drawn = random.random()
    return "happened" if drawn < 0.8 else "planned" if drawn < 0.92 else "claimed"


def _add_account(
    connection: sqlite3.Connection,
    event: _Event,
    row_id: int,
    day: int | None,
    span: tuple[int, int],
    random: Random,
) -> None:
    start, end = span
    record = EventMentionRecord(
        mention=0,
        event=event.row_id,
        article=row_id,
        start=start,
        trigger_start=start + 10,
        lemma="sign",
        status=_status(random),
        when=date.fromordinal(event.day).isoformat(),
        when_origin="sentence",
        headline=event.headline,
        participants=(),
        stems=frozenset(),
        article_day=day,
    )
    mention = EventMention(
        start,
        end,
        text="",
        trigger=(start + 10, start + 16),
        lemma=record.lemma,
        status=record.status,
        when=record.when,
        when_origin=record.when_origin,
        headline=record.headline,
    )
    store.add_mention(connection, record, mention)


def _summarise(connection: sqlite3.Connection, event: _Event, random: Random) -> None:
    undated = random.random() < 0.02
    store.save_summary(
        connection,
        event.row_id,
        EventSummary(
            when=None if undated else date.fromordinal(event.day).isoformat(),
            first=None if undated else event.day,
            last=None if undated else event.day,
            headline=event.headline,
            status=_status(random),
            accounts=len(event.articles),
            weight=random.random(),
            inferred=False,
        ),
    )
