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

from tui.cache import analyses, links, snapshots
from tui.cache.connection import open_cache, set_meta, touch, transaction
from tui.language.analysis import VERSION
from tui.model import Entity, EventStatus, Mention

PER_ARTICLE = 5

# A telling joins an event of the last articles with this chance: some events have many accounts.
_JOINS = 0.4
_RECENT = 12
_LONG = 15_000
_SENTENCE = re.compile(r"[A-Z][^.“”]{20,180}\.")
_NAME = re.compile(r"[A-Z][a-z]{2,} [A-Z][a-z]{3,}")


@dataclass(slots=True)
class _Event:
    """An event while it gathers its accounts."""

    number: int
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
        keys = connection.execute(
            "SELECT key, day FROM articles JOIN texts USING (key) WHERE length(text) < ?"
            " ORDER BY day, key",
            (_LONG,),
        ).fetchall()
        for key, day in keys:
            (text,) = connection.execute("SELECT text FROM texts WHERE key = ?", (key,)).fetchone()
            _names(connection, key, text)
            spans = [match.span() for match in _SENTENCE.finditer(text[:4000])][:PER_ARTICLE]
            for start, end in spans:
                event = random.choice(recent) if recent and random.random() < _JOINS else None
                if event is None or key in event.articles:
                    headline = text[start : start + 70].rsplit(" ", 1)[0]
                    told = (day or date(2015, 1, 1).toordinal()) - int(random.expovariate(0.2))
                    event = _Event(links.new_event(connection), told, headline)
                    events.append(event)
                    recent.append(event)
                event.articles.add(key)
                _tell(connection, event, key, day, (start, end), random)
            made += len(spans)
            analyses.mark_analysed(connection, key, VERSION, len(spans))
        for event in events:
            _summarise(connection, event, random)
        snapshots.save_timeline(connection)
        touch(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return made


def _names(connection: sqlite3.Connection, key: int, text: str) -> None:
    mentions: list[Mention] = []
    entities: dict[str, Entity] = {}
    for match in list(_NAME.finditer(text[:1200]))[:4]:
        ident = match.group().lower().replace(" ", "-")
        entities[ident] = Entity(ident, match.group(), "PER", (match.group(),))
        mentions.append(Mention(match.start(), match.end(), match.group(), "PER", ident))
    links.save_entities(
        connection, key, [(entity, "", {entity.name: 1}) for entity in entities.values()]
    )
    analyses.save(connection, key, tuple(mentions), (), tuple(entities.values()))


def _status(random: Random) -> EventStatus:
    drawn = random.random()
    return "happened" if drawn < 0.8 else "planned" if drawn < 0.92 else "claimed"


def _tell(
    connection: sqlite3.Connection,
    event: _Event,
    key: int,
    day: int | None,
    span: tuple[int, int],
    random: Random,
) -> None:
    start, end = span
    telling = links.Telling(
        mention=0,
        event=event.number,
        article=key,
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
    links.add_telling(connection, telling, (start, end, start + 10, start + 16))


def _summarise(connection: sqlite3.Connection, event: _Event, random: Random) -> None:
    undated = random.random() < 0.02
    links.save_summary(
        connection,
        event.number,
        links.Summary(
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
