"""Lays what the reader says of events over what linking has made of the articles.

Linking itself knows only of passages that are events of their own. All else that the reader says is
applied to its result, and lifted again before the next linking: so a correction that is withdrawn
leaves nothing behind, and linking gives the same with the same corrections at any time.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from tui.events import overlay_store, ranking_store, store
from tui.events.event_corrections import LocatedCorrection
from tui.events.overlay_store import Laid
from tui.events.terms import terms
from tui.ids import RowId
from tui.times.edtf import interval


def lift(connection: sqlite3.Connection) -> dict[RowId, Laid]:
    """Restore the events as linking made them; returns those that corrections had changed."""
    before = overlay_store.laid(connection)
    overlay_store.restore(connection)
    return before


def apart(
    connection: sqlite3.Connection, said: Iterable[LocatedCorrection]
) -> dict[str, frozenset[int]]:
    """The wordings of the passages that tell of events of their own, by block."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for correction in said:
        if correction.action == "split":
            mention = overlay_store.mention_at(connection, correction.place)
            if mention is not None:
                found[mention.block].add(mention.wording)
    return {block: frozenset(wordings) for block, wordings in found.items()}


def alone(connection: sqlite3.Connection, said: Iterable[LocatedCorrection]) -> frozenset[RowId]:
    """The clusters that are events of their own, as the reader says."""
    places = [c.place for c in said if c.action == "split"]
    found = (overlay_store.mention_at(connection, place) for place in places)
    return frozenset(mention.cluster for mention in found if mention is not None)


def lay(connection: sqlite3.Connection, said: Iterable[LocatedCorrection]) -> dict[RowId, Laid]:
    """Apply corrections to the events, one after the other; returns the events that they change.

    What is said of an event before it is merged into another one does not hold for that one.
    """
    for correction in said:
        mention = overlay_store.mention_at(connection, correction.place)
        if mention is None:
            continue
        if correction.action != "merge":
            _change(connection, mention.event, correction)
        elif correction.other is not None:
            other = overlay_store.mention_at(connection, correction.other)
            if other is not None:
                _merge(connection, mention.event, other.event)
    return overlay_store.laid(connection)


def _merge(connection: sqlite3.Connection, event: RowId, into: RowId) -> None:
    if event == into:
        return
    overlay_store.keep(connection, event)
    overlay_store.keep(connection, into)
    overlay_store.join(connection, event, into)
    overlay_store.note_said(connection, into, "merge")
    store.count_accounts(connection, [into], ())


def _change(connection: sqlite3.Connection, event: RowId, correction: LocatedCorrection) -> None:
    value = correction.value
    overlay_store.keep(connection, event)
    overlay_store.note_said(connection, event, correction.action)
    if correction.action == "date":
        span = interval(value) if value else None
        days = (span.first, span.last) if span is not None else None
        overlay_store.set_date(connection, event, value or None, days)
    elif correction.action == "line":
        overlay_store.set_line(connection, event, value, terms(value))
    elif correction.action == "status":
        overlay_store.set_status(connection, event, value)
    elif correction.action == "no event":
        overlay_store.hide(connection, event)


def weigh_unchanged(
    connection: sqlite3.Connection, before: Mapping[RowId, Laid], after: Mapping[RowId, Laid]
) -> None:
    """Give the events that are as they were the weights that they had, since only the days of those
    that are not are ranked again."""
    unchanged = [e for e, laid in after.items() if e in before and before[e].now == laid.now]
    ranking_store.save_weights(connection, [(before[e].weight, e) for e in unchanged])


def days_to_rank(
    before: Mapping[RowId, Laid], after: Mapping[RowId, Laid]
) -> tuple[set[int], set[str]]:
    """The days, as ordinals, and the blocks of events that corrections change otherwise than
    before."""
    days: set[int] = set()
    blocks: set[str] = set()
    for event in before.keys() | after.keys():
        was, now = before.get(event), after.get(event)
        if was is not None and now is not None and was.now == now.now:
            continue
        for laid in (was, now):
            if laid is not None:
                spans = (laid.days, laid.linked_days)
                days.update(s[0] for s in spans if s is not None and s[0] == s[1])
                blocks.add(laid.block)
    return days, blocks


def weigh_undated(connection: sqlite3.Connection, after: Mapping[RowId, Laid]) -> None:
    """Weigh the events that a correction has taken from their day: no ranking compares them."""
    ranking_store.save_weights(
        connection,
        [
            (laid.raw, laid.event)
            for laid in after.values()
            if not laid.attached
            and laid.days != laid.linked_days
            and (laid.days is None or laid.days[0] != laid.days[1])
        ],
    )
