"""Event mentions joined to events, one article at a time.

The work for an article depends on its own mentions: each looks up the few of other articles that
share a key with it and were reported within days of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from zlib import crc32

from tui.cache import links
from tui.cache.links import Telling
from tui.language.triggers import stems
from tui.linking.coreference import THRESHOLD, WINDOW, score
from tui.linking.summaries import summarise
from tui.model import EventMention

_MOST_CANDIDATES = 24
_UNDATED = 0


def link(
    connection: sqlite3.Connection, article: int, day: int | None, mentions: Sequence[EventMention]
) -> set[int]:
    """Join the event mentions of an article; the events that changed.

    `day` is the ordinal of the article's date, None if it has none.
    """
    touched: set[int] = set()
    for mention in mentions:
        telling = _telling(article, day, mention)
        keys = list(_keys(telling))
        first, last = (day - WINDOW, day + WINDOW) if day is not None else (_UNDATED, _UNDATED)
        event = _best(telling, links.candidates(connection, keys, first, last, _MOST_CANDIDATES))
        if event is None:
            event = links.new_event(connection)
        number = links.add_telling(
            connection,
            replace(telling, event=event),
            (mention.start, mention.end, *mention.trigger),
        )
        links.add_keys(connection, number, keys, day if day is not None else _UNDATED)
        touched.add(event)
    return touched


def refresh(connection: sqlite3.Connection, events: set[int]) -> None:
    """Write anew what the timeline says of some events."""
    for event in events:
        tellings = links.tellings(connection, event)
        accounts = links.accounts_of(connection, event) if tellings else 0
        links.save_summary(connection, event, summarise(tellings, accounts))


def _telling(article: int, day: int | None, mention: EventMention) -> Telling:
    named = {part for entity in mention.participants for part in entity.split("-")}
    return Telling(
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


def _keys(telling: Telling) -> Iterator[int]:
    """What a mention can be found by: lemma with participant, and participants two by two."""
    people = sorted(telling.participants)[:6]
    for who in people:
        yield crc32(f"{telling.lemma}|{who}".encode())
    for one, other in combinations(people[:4], 2):
        yield crc32(f"{one}&{other}".encode())


def _best(telling: Telling, candidates: Sequence[Telling]) -> int | None:
    best, event = THRESHOLD, None
    for candidate in candidates:
        found = score(telling, candidate)
        if found >= best and (event is None or found > best):
            best, event = found, candidate.event
    return event
