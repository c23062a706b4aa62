"""Joins what is told without its own date to an event of the days before.

A newspaper tells on Tuesday of what happened on Monday, and need not say so. A cluster of mentions
is loose if no mention in it names the day. It is attached to the most alike event of its own day or
of the days before, if they are very alike. So is what sentences only mention. It is compared with
that event's own cluster only, and nothing is attached to what is attached itself: so no chain can
form.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from functools import cached_property
from heapq import heapify, heappop, heappush

from tui.events import store
from tui.events.model import Cluster
from tui.events.nearest import MENTIONED, Index, Near, most_alike
from tui.ids import RowId

# The number of days before a loose cluster in which its event is sought, if the first sentences of
# an article tell of it, and else.
NEWS_REACH = 3
REACH = 10
# The least cosine of the centres of two clusters that are joined.
VERY_ALIKE = 0.5
# The same if the first sentences of an article tell of it: they may well tell the news of their day.
MORE_ALIKE = 0.55
MOST_EVENTS = 20_000


def attach(
    connection: sqlite3.Connection,
    days: Collection[int],
    detached: Container[RowId] = (),
    alone: Container[RowId] = (),
) -> set[int]:
    """Attach again the loose clusters of some days, and of the later ones that depend on them.

    A cluster of a later day is compared only with those of the days that have changed, and with the
    event that it is attached to. So new articles cost by the days that they tell of.

    Args:
        connection: the cache.
        days: the days whose clusters have changed, as ordinals.
        detached: the clusters of other days whose event has been deleted.
        alone: the clusters that are attached to nothing, as the reader says.

    Returns:
        the days of all events that have changed, as ordinals.
    """
    known = _Days(connection, frozenset(days))
    queue = sorted({day + n for day in known.renewed for n in range(REACH + 1)})
    waiting = set(queue)
    heapify(queue)
    touched = set(known.renewed)
    changed: set[RowId] = set()
    while queue:
        day = heappop(queue)
        waiting.discard(day)
        for cluster in known.day(day).clusters:
            before = known.root(cluster)
            anew = day in known.renewed or cluster.event in detached
            root = _root_anew(known, cluster, day) if anew else _root(known, cluster, day)
            if cluster.event in alone:
                root = None
            if before == root:
                continue
            changed.update(event for event in (cluster.event, before, root) if event)
            store.attach(connection, cluster.event, root)
            known.move(cluster, day, root)
            touched.update(range(day - REACH, day + 1))
            # A cluster that is attached is no event any more to which later ones can be.
            for later in range(day + 1, day + REACH + 1):
                if later not in waiting:
                    waiting.add(later)
                    heappush(queue, later)
    # A cluster that has changed counts for the event that it is attached to.
    changed |= store.roots_of_days(connection, days)
    counted = store.count_accounts(connection, changed, touched)
    return touched | store.days_and_blocks(connection, counted)[0]


class _Day:
    """The clusters of one day."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self.clusters = clusters

    @cached_property
    def events(self) -> frozenset[RowId]:
        return frozenset(cluster.event for cluster in self.clusters)

    @cached_property
    def firm(self) -> Index:
        return Index(c for c in self.clusters if not _is_loose(c))

    @cached_property
    def told(self) -> Index:
        return Index(c for c in self.clusters if not c.part)

    @cached_property
    def mentioned(self) -> Index:
        return Index((c for c in self.clusters if c.part), MENTIONED)


class _Days:
    """The clusters of days, read once each, with what they are attached to by now.

    Attributes:
        renewed: the days whose clusters have changed.
        attached: the clusters that have been attached to an event by now.
        freed: by day, those that have become events of their own.
    """

    def __init__(self, connection: sqlite3.Connection, renewed: frozenset[int]) -> None:
        self.connection = connection
        self.renewed = renewed
        self.attached: set[RowId] = set()
        self.freed: defaultdict[int, list[Cluster]] = defaultdict(list)
        self._days: dict[int, _Day] = {}
        self._roots: dict[RowId, RowId | None] = {}

    def day(self, day: int) -> _Day:
        if day not in self._days:
            self._days[day] = _Day(store.clusters_of_days(self.connection, day, day))
        return self._days[day]

    def move(self, cluster: Cluster, day: int, root: RowId | None) -> None:
        """Attach a cluster of a day to an event, or to none."""
        self._roots[cluster.event] = root
        if root is None:
            self.freed[day].append(cluster)
        else:
            self.attached.add(cluster.event)

    def root(self, cluster: Cluster) -> RowId | None:
        return self._roots.get(cluster.event, cluster.part_of)

    def is_free(self, cluster: Cluster) -> bool:
        """Whether a cluster is not attached, so that others can be attached to it."""
        return self.root(cluster) is None

    def near(self, cluster: Cluster, days: Iterable[int]) -> Iterator[Near]:
        """What a loose cluster of a later day is compared with."""
        for day in days:
            yield self.day(day).told, self.is_free
            if cluster.part:
                # What is only mentioned may be told nowhere else, but mentioned elsewhere too.
                yield self.day(day).mentioned, self.is_free


def attach_undated(
    connection: sqlite3.Connection, blocks: Collection[str], alone: Container[RowId] = ()
) -> set[RowId]:
    """Attach again the clusters of undated articles, to an event of whatever day.

    An unknown day is no evidence for an event, and none against it. In a library of more than
    `MOST_EVENTS` events only the heaviest are compared.

    Args:
        connection: the cache.
        blocks: the blocks that have been linked again.
        alone: the clusters that are attached to nothing, as the reader says.

    Returns:
        the row ids of the events that have changed.
    """
    undated = store.undated_clusters(connection)
    clusters = store.heaviest_clusters(connection, MOST_EVENTS) if undated else []
    events = [(Index(clusters), _every)]
    changed: set[RowId] = set()
    for cluster in undated:
        found = None
        if cluster.event not in alone:
            found = most_alike(cluster, events, _least(cluster))
        root = found.event if found is not None else None
        if cluster.part_of != root:
            changed.update(event for event in (cluster.event, cluster.part_of, root) if event)
            store.attach(connection, cluster.event, root)
        elif root is not None and "" in blocks:
            changed.add(root)
    changed |= store.with_undated(connection, blocks)
    store.count_accounts(connection, changed, ())
    return changed


def _least(cluster: Cluster) -> float:
    return MORE_ALIKE if cluster.news else VERY_ALIKE


def _root(known: _Days, cluster: Cluster, day: int) -> RowId | None:
    """The event that a cluster is part of whose own day has not changed, None for none.

    It stays where it is, unless what has changed is more like it or its event is none any more.
    """
    own = known.root(cluster)
    if not _is_loose(cluster):
        return own
    days = _reach(cluster, day)
    renewed = [other for other in days if other in known.renewed]
    if own in known.attached or any(own in known.day(other).events for other in renewed):
        return _root_anew(known, cluster, day)
    freed = [
        event
        for other in days
        if other not in known.renewed
        for event in known.freed.get(other, ())
        if known.is_free(event) and (cluster.part or not event.part)
    ]
    near = list(known.near(cluster, renewed))
    if not (near or freed):
        return own
    found = most_alike(cluster, near, _least(cluster), freed)
    if found is not None and own is not None:
        before = store.cluster(known.connection, own)
        found = most_alike(cluster, near, _least(cluster), [*freed, *before])
    return found.event if found is not None else own


def _root_anew(known: _Days, cluster: Cluster, day: int) -> RowId | None:
    """The event that a cluster of a day is part of, None for none."""
    if not _is_loose(cluster):
        # It may have been loose, and attached, before.
        return None
    near = [(known.day(day).firm, _every), *known.near(cluster, _reach(cluster, day))]
    found = most_alike(cluster, near, _least(cluster))
    return found.event if found is not None else None


def _reach(cluster: Cluster, day: int) -> range:
    """The days before in which the event of a loose cluster is sought."""
    return range(day - (NEWS_REACH if cluster.news and not cluster.part else REACH), day)


def _is_loose(cluster: Cluster) -> bool:
    return cluster.loose or cluster.part


def _every(_: Cluster) -> bool:
    return True
