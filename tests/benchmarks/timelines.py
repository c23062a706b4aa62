"""A timeline of five seeded event mentions an article, in place of hours of analysis.

Everything goes in by the modules of the cache, and events are linked as by the indexer; only what
the mentions say is made up. The long articles at the head of the list are
left to the real analysis.
"""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from pathlib import Path
from random import Random

from tui.articles import annotation_store
from tui.entities import store as entity_store
from tui.events import linking
from tui.events.terms import terms
from tui.indexing.pipeline import VERSION
from tui.nlp.document import Document, Entity, EventMention, EventStatus, Mention
from tui.storage.open_cache import bump_revision, open_cache, set_meta
from tui.storage.transactions import transaction

PER_ARTICLE = 5

_LONG = 15_000
_SENTENCE = re.compile(r"[A-Z][^.“”]{20,180}\.")
_NAME = re.compile(r"[A-Z][a-z]{2,} [A-Z][a-z]{3,}")


def fill(cache: Path, seed: int) -> int:
    """Fill the cache of a catalogued library; how many event mentions it then has."""
    random = Random(seed)
    connection = open_cache(cache)
    made = 0
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
            told = [_mention(text, span, day, random) for span in spans]
            linking.add(connection, row_id, day, told)
            made += len(told)
            annotation_store.mark_analysed(connection, row_id, VERSION, len(spans))
        linking.relink(connection)
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


def _mention(text: str, span: tuple[int, int], day: int | None, random: Random) -> EventMention:
    start, end = span
    told = (day or date(2015, 1, 1).toordinal()) - int(random.expovariate(0.2))
    status = _status(random)
    return EventMention(
        start,
        end,
        text[start:end],
        triggers=((start, start + 6),),
        status=status,
        modality="asserted",
        when=None if random.random() < 0.02 else date.fromordinal(told).isoformat(),
        when_origin="sentence",
        line=text[start : start + 70].rsplit(" ", 1)[0],
        telling=random.random(),
        terms=terms(text[start:end]),
    )
