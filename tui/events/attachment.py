"""Joins what is told without its own date to an event of the days before.

A newspaper tells on Tuesday of what happened on Monday, and need not say so. A cluster of mentions
is loose if no mention in it names the day. It is attached to the most alike event of its own day or
of the three days before, if they are very alike. So is what sentences only mention. It is compared with that event's own cluster only,
and nothing is attached to what is attached itself: so no chain can form.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from tui.events import store
from tui.events.average_link import agreement
from tui.events.model import Cluster
from tui.ids import RowId

# The number of days before a loose cluster in which its event is sought, if the first sentences of
# an article tell of it, and else.
NEWS_REACH = 3
REACH = 10
# The least cosine of the centres of two clusters that are joined.
VERY_ALIKE = 0.5
# The same if the first sentences of an article tell of it: they may well tell the news of their day.
MORE_ALIKE = 0.55
# How much of its likeness an event keeps that sentences only mention: a few words are soon alike.
MENTIONED = 0.75
MOST_EVENTS = 20_000


def attach(connection: sqlite3.Connection, days: Iterable[int]) -> set[int]:
    """Attach again the loose clusters of some days, and of the later ones that depend on them.

    Returns:
        the days of all events that have changed, as ordinals.
    """
    known = _Days(connection)
    queue = sorted({day + n for day in days for n in range(REACH + 1)})
    waiting = set(queue)
    heapify(queue)
    touched: set[int] = set(days)
    changed: set[RowId] = set()
    while queue:
        day = heappop(queue)
        waiting.discard(day)
        for cluster, root in _attachments(known, day):
            before = known.root(cluster)
            if before == root:
                continue
            changed.update(event for event in (cluster.event, before, root) if event)
            store.attach(connection, cluster.event, root)
            known.roots[cluster.event] = root
            touched.update(range(day - REACH, day + 1))
            # A cluster that is attached is no event any more to which later ones can be.
            for later in range(day + 1, day + REACH + 1):
                if later not in waiting:
                    waiting.add(later)
                    heappush(queue, later)
    store.count_accounts(connection, changed, touched)
    return touched


class _Days:
    """The clusters of days, read once each, with what they are attached to by now."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._clusters: dict[int, list[Cluster]] = {}
        self.roots: dict[RowId, RowId | None] = {}

    def clusters(self, day: int) -> list[Cluster]:
        if day not in self._clusters:
            self._clusters[day] = store.clusters_of_days(self._connection, day, day)
        return self._clusters[day]

    def root(self, cluster: Cluster) -> RowId | None:
        return self.roots.get(cluster.event, cluster.part_of)


def attach_undated(connection: sqlite3.Connection) -> None:
    """Attach again the clusters of undated articles, to an event of whatever day.

    An unknown day is no evidence for an event, and none against it. In a library of more than
    `MOST_EVENTS` events only the heaviest are compared.
    """
    undated = store.undated_clusters(connection)
    if not undated:
        return
    found = _found(undated, store.heaviest_clusters(connection, MOST_EVENTS))
    changed: set[RowId] = set()
    for cluster, root in found:
        if cluster.part_of != root:
            changed.update(event for event in (cluster.event, cluster.part_of, root) if event)
            store.attach(connection, cluster.event, root)
    store.count_accounts(connection, changed, ())


def _attachments(known: _Days, day: int) -> list[tuple[Cluster, RowId | None]]:
    """The loose clusters of a day, each with the event that it is part of, None for none."""
    own = known.clusters(day)
    loose = [cluster for cluster in own if cluster.loose or cluster.part]
    if not loose:
        return []
    firm = [cluster for cluster in own if not (cluster.loose or cluster.part)]
    before = [
        (cluster, day - earlier)
        for earlier in range(day - REACH, day)
        for cluster in known.clusters(earlier)
        if known.root(cluster) is None
    ]
    whole = firm + [c for c, _ in before if not c.part]
    recent = firm + [c for c, days in before if not c.part and days <= NEWS_REACH]
    news = [cluster for cluster in loose if cluster.news and not cluster.part]
    rest = [cluster for cluster in loose if not cluster.news and not cluster.part]
    parts = [cluster for cluster in loose if cluster.part]
    # What is only mentioned may be told nowhere else, but mentioned elsewhere too.
    mentioned = [c for c, _ in before if c.part]
    return [
        *_found(news, recent),
        *_found(rest, whole),
        *_found(parts, [*whole, *mentioned]),
    ]


def _found(
    clusters: Iterable[Cluster], events: Sequence[Cluster]
) -> list[tuple[Cluster, RowId | None]]:
    """Each of some clusters with the most alike of some events, None if none is alike enough."""
    postings: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for number, event in enumerate(events):
        for term, value in event.centre.items():
            postings[term].append((number, value))
    return [(cluster, _best(cluster, events, postings)) for cluster in clusters]


def _best(
    cluster: Cluster,
    events: Sequence[Cluster],
    postings: Mapping[int, Sequence[tuple[int, float]]],
) -> RowId | None:
    alike: defaultdict[int, float] = defaultdict(float)
    for term, value in cluster.centre.items():
        for number, other in postings.get(term, ()):
            alike[number] += value * other
    for number in alike:
        alike[number] *= agreement(cluster.names, events[number].names)
        if events[number].part:
            alike[number] *= MENTIONED
    best = max(
        alike, key=lambda n: (round(alike[n], 9), events[n].day, events[n].key), default=None
    )
    least = MORE_ALIKE if cluster.news else VERY_ALIKE
    if best is None or alike[best] < least:
        return None
    return events[best].event
