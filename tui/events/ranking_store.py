"""The weights of events in the cache: what ranking compares, and what it finds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from tui.events.model import Ranked, Weighed
from tui.events.packed_terms import unpack, unpack_vector
from tui.events.timeline_store import IS_EVENT
from tui.ids import RowId


def ranked_of_block(connection: sqlite3.Connection, block: str) -> list[Ranked]:
    """The events of a block that are not of a single day."""
    return _ranked(
        connection,
        "WHERE block = ? AND first IS NOT last AND part_of IS NULL AND NOT hidden",
        (block,),
    )


def span_blocks(connection: sqlite3.Connection, days: Iterable[int]) -> list[str]:
    """The blocks of more than one day that include any of some days, given as ordinals."""
    rows = connection.execute(
        "SELECT DISTINCT block FROM events, json_each(?) WHERE first < last"
        " AND value BETWEEN first AND last",
        (json.dumps(sorted(days)),),
    )
    return [block for (block,) in rows]


def ranked_of_day(connection: sqlite3.Connection, day: int, limit: int | None) -> list[Ranked]:
    """The events of a day, the heaviest first, at most `limit` if given."""
    return _ranked(
        connection,
        "WHERE first = ? AND last = first AND part_of IS NULL AND NOT hidden ORDER BY raw DESC, terms LIMIT ?",
        (day, -1 if limit is None else limit),
    )


def _ranked(
    connection: sqlite3.Connection, where: str, values: tuple[int | str, ...]
) -> list[Ranked]:
    rows = connection.execute(
        "SELECT event, block, first, last, raw, terms, loose, instr(said, 'split') FROM events"
        f" {where}",
        values,
    )
    return [
        Ranked(
            event,
            block,
            first if first == last else None,
            raw,
            unpack(terms),
            bool(loose),
            bool(own),
        )
        for event, block, first, last, raw, terms, loose, own in rows
    ]


def save_weights(connection: sqlite3.Connection, weights: Iterable[tuple[float, RowId]]) -> None:
    """Store the weights of events among those of nearby days."""
    connection.executemany(
        "UPDATE events SET ranked = ?, weight = ? WHERE event = ?",
        ((weight, weight, event) for weight, event in weights),
    )


def adjust_weights(connection: sqlite3.Connection, weights: Iterable[tuple[float, RowId]]) -> None:
    """Store the weights of events among those of the library."""
    connection.executemany("UPDATE events SET weight = ? WHERE event = ?", weights)


def restore_weights(connection: sqlite3.Connection) -> None:
    """Give all events the weights again that they have among those of nearby days."""
    connection.execute("UPDATE events SET weight = ranked WHERE weight != ranked")


def heaviest(connection: sqlite3.Connection, limit: int) -> list[Weighed]:
    """The events with the greatest weights, at most `limit`, with the terms of their centres."""
    rows = connection.execute(
        f"SELECT event, first, last, weight, voices, loose, centre FROM events WHERE headline != '' AND"
        f" {IS_EVENT} ORDER BY weight DESC, terms LIMIT ?",
        (limit,),
    )
    return [
        Weighed(
            event,
            first if first == last else None,
            weight,
            voices,
            bool(loose),
            tuple(unpack_vector(centre)),
        )
        for event, first, last, weight, voices, loose, centre in rows
    ]  # fmt: skip
