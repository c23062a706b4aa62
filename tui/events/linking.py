"""Links event mentions to events (cross-document event coreference), block by block.

A block holds the mentions of one date: a day, or a longer span if the day is unknown. A mention
without a date belongs to the block of the day that it was reported on, where it joins others only
if it is very alike. All mentions of a block are clustered together, so that the result does not
depend on the order in which articles come, and new articles cost by the blocks that they touch.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tui.events import overlay, overlay_store, relevance, store, timeline_store
from tui.events.attachment import attach, attach_undated
from tui.events.average_link import clusters
from tui.events.model import LinkedMention
from tui.events.ranking import rank
from tui.events.summaries import summarise
from tui.events.terms import Vector, vector, weights
from tui.events.weighting import DayTopic, day_weight, event_weight, mention_weight
from tui.ids import RowId
from tui.nlp.document import EventMention
from tui.times.edtf import interval, is_qualified, plain

# The least mean similarity of two groups of sentences that tell of one event.
ALIKE = 0.2
# The same among the articles of one story.
ALIKE_IN_STORY = 0.05
ALIKE_IN_ARTICLE = 0.4
# The least mean similarity of two groups of articles that tell one story.
ALIKE_ARTICLES = 0.2
# How much an event without a day weighs, compared with one that has a day.
VAGUE = 0.25
# How far a mention without a date is trusted to be of the day that it was reported on.
UNDATED = 0.6


def add(
    connection: sqlite3.Connection,
    article: RowId,
    day: int | None,
    mentions: Sequence[EventMention],
) -> None:
    """Store the event mentions of an article; they are linked by the next `relink`.

    `day` is the ordinal of the article's date, None if it has none or only an inferred one.
    """
    for mention in mentions:
        store.add_mention(connection, article, day, block(mention.when, day), mention)


def block(when: str | None, reported: int | None) -> str:
    """The block of a mention: the date of its event, else the day of its report.

    It is "" for a mention of an undated article that has no date of its own. A date that was
    counted from an inferred one is qualified and not its own.
    """
    if when and not (reported is None and is_qualified(when)):
        span = interval(when)
        if span.days == 1:
            return date.fromordinal(span.first).isoformat()
        return plain(when)
    return "" if reported is None else date.fromordinal(reported).isoformat()


def relink(connection: sqlite3.Connection, *, corrected: bool = False) -> None:
    """Link the mentions of all blocks that have changed, and weigh their events.

    The opening view of the timeline is computed again if anything has changed.

    Args:
        connection: the cache.
        corrected: whether the corrections of events have changed.
    """
    changed = set(store.take_changed_blocks(connection))
    if not (changed or corrected):
        return
    hidden = overlay_store.articles_hidden(connection)
    before = overlay.lift(connection)
    said = overlay_store.corrections(connection)
    apart = overlay.apart(connection, said)
    detached = {
        event
        for name in sorted(changed)
        for event in _relink_block(connection, name, apart.get(name, frozenset()))
    }
    alone = overlay.alone(connection, said)
    own_days = {day for name in changed if (day := _day(name)) is not None}
    days = attach(connection, own_days, detached, alone)
    joined = attach_undated(connection, changed, alone)
    after = overlay.lay(connection, said)
    overlay.weigh_unchanged(connection, before, after)
    for found_days, blocks in (
        store.days_and_blocks(connection, joined),
        overlay.days_to_rank(before, after),
    ):
        days |= found_days
        changed |= blocks
    rank(connection, days, sorted(name for name in changed if _day(name) is None))
    overlay.weigh_undated(connection, after)
    relevance.weigh(connection)
    hidden |= overlay_store.articles_hidden(connection)
    if hidden:
        overlay_store.count_marked(connection, hidden)
    timeline_store.save(connection)


def _relink_block(connection: sqlite3.Connection, name: str, apart: frozenset[int]) -> list[RowId]:
    """Cluster the mentions of a block, those of some wordings as events of their own; returns the
    clusters whose event is no more."""
    mentions = sorted(store.mentions_of_block(connection, name), key=_canonical_key)
    weight = weights({m.wording: m.terms for m in mentions}.values())
    vectors = {m.mention: vector(m.terms, weight) for m in mentions}
    if name:
        # What sentences only mention would blur what others tell.
        whole = [m for m in mentions if not m.part and m.wording not in apart]
        part = [m for m in mentions if m.part and m.wording not in apart]
        groups = _groups(whole, vectors, ALIKE) + _groups(part, vectors, ALIKE)
    else:
        groups = [
            group
            for story in _stories(mentions)
            for group in _groups(
                [m for m in story if m.wording not in apart], vectors, _least_in(story)
            )
        ]
    groups += [[m for m in mentions if m.wording == wording] for wording in sorted(apart)]
    events = _identities(connection, name, groups)
    return _save(connection, name, mentions, groups, events, vectors)


def _canonical_key(mention: LinkedMention) -> tuple[int, str, int]:
    return (mention.reported or 0, mention.hash, mention.start)


def _least_in(story: Sequence[LinkedMention]) -> float:
    """The least similarity in a story; within one article, sentences that are alike tell of the
    same only if they are very alike."""
    return ALIKE_IN_STORY if len({m.article for m in story}) > 1 else ALIKE_IN_ARTICLE


def _groups(
    mentions: Sequence[LinkedMention], vectors: Mapping[RowId, Vector], least: float
) -> list[list[LinkedMention]]:
    """The mentions that tell of one event each, all in canonical order.

    Mentions of the same wording are compared once.
    """
    units: dict[int, list[LinkedMention]] = {}
    for mention in mentions:
        units.setdefault(mention.wording, []).append(mention)
    members = list(units.values())
    trust = [
        1.0 if any(m.when or m.reported is None for m in unit) else UNDATED for unit in members
    ]
    names = [frozenset(name for m in unit for name in m.participants) for unit in members]
    # An article seldom tells the same twice, but may well mention it twice.
    articles = [frozenset(m.article for m in unit if not m.part) for unit in members]
    found = clusters([vectors[unit[0].mention] for unit in members], least, trust, names, articles)
    return [sorted((m for n in group for m in members[n]), key=_canonical_key) for group in found]


def _stories(mentions: Sequence[LinkedMention]) -> list[list[LinkedMention]]:
    """The mentions of undated articles divided by story: groups of articles that are alike.

    Without a date, only the rest of its article tells which of several alike happenings is meant.
    """
    words: dict[RowId, list[int]] = {}
    for mention in mentions:
        words.setdefault(mention.article, []).extend(mention.terms)
    articles = list(words)
    weight = weights(words.values())
    story: dict[RowId, int] = {}
    for number, group in enumerate(
        clusters([vector(words[article], weight) for article in articles], ALIKE_ARTICLES)
    ):
        story.update({articles[n]: number for n in group})
    divided: dict[int, list[LinkedMention]] = {}
    for mention in mentions:
        divided.setdefault(story[mention.article], []).append(mention)
    return list(divided.values())


def _identities(
    connection: sqlite3.Connection, name: str, groups: Sequence[Sequence[LinkedMention]]
) -> list[RowId]:
    """The row id of the event of each group: the one that most of its mentions had, or a new one.

    An event that is divided stays with the largest part.
    """
    claims: list[tuple[int, int, RowId]] = []
    for number, group in enumerate(groups):
        for event, count in Counter(m.event for m in group if m.event).items():
            claims.append((-count, event, number))
    found: dict[int, RowId] = {}
    taken: set[RowId] = set()
    for _, event, number in sorted(claims):
        if number not in found and event not in taken:
            found[number] = event
            taken.add(event)
    return [
        found[number] if number in found else store.new_event(connection, name)
        for number in range(len(groups))
    ]


def _save(
    connection: sqlite3.Connection,
    name: str,
    mentions: Sequence[LinkedMention],
    groups: Sequence[Sequence[LinkedMention]],
    events: Sequence[RowId],
    vectors: Mapping[RowId, Vector],
) -> list[RowId]:
    day = _day(name)
    topic = DayTopic([(m, vectors[m.mention]) for m in mentions])
    weighed = {
        m.mention: mention_weight(m, day, topic.closeness(m, vectors[m.mention])) for m in mentions
    }
    whole = day_weight(mentions, day)
    for event, group in zip(events, groups, strict=True):
        voices = _voices(group)
        raw = whole * event_weight(group, weighed, voices) * (1 if day else VAGUE)
        count = len({m.article for m in group if voices.get(m.mention)})
        summary = summarise(group, vectors, weighed, count, raw)
        store.save_summary(connection, event, name, summary)
        store.link(connection, event, [m.mention for m in group if m.event != event])
    return store.delete_empty_events(connection, name, events)


def _voices(group: Iterable[LinkedMention]) -> dict[RowId, int]:
    """Which mentions, by row id, do not repeat the words of one before: 1 for each of those."""
    first: dict[int, RowId] = {}
    for mention in group:
        first.setdefault(mention.wording, mention.mention)
    return dict.fromkeys(first.values(), 1)


def _day(name: str) -> int | None:
    """The ordinal of the day of a block, None if the block is not a day."""
    span = interval(name) if name else None
    return span.first if span is not None and span.days == 1 else None
