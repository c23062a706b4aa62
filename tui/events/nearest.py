"""Finds the most alike of many clusters without comparing all of them.

The clusters of a day are indexed by the terms of their centres. Each term contributes at most the
product of its value and the greatest value that it has in the index. As long as the terms that
contribute least cannot make two clusters alike by themselves, they are not looked up (MaxScore;
Turtle and Flood 1995): these are the words that many clusters of a day have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import itemgetter

from tui.events.average_link import agreement
from tui.events.model import Cluster

# How much of the least likeness the terms contribute at most that are not looked up.
_LEFT_OUT = 0.7
# Sums of the same numbers in another order can differ by this much.
_SLACK = 1e-6
# How much of its likeness an event keeps that sentences only mention: a few words are soon alike.
MENTIONED = 0.75
_FIRST = itemgetter(0)


class Index:
    """Some clusters by the terms of their centres.

    Args:
        clusters: the clusters.
        kept: how much of its likeness each of them keeps.
    """

    def __init__(self, clusters: Iterable[Cluster], kept: float = 1.0) -> None:
        self._clusters = tuple(clusters)
        self._kept = kept
        postings: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for number, cluster in enumerate(self._clusters):
            for term, value in cluster.centre.items():
                postings[term].append((number, value))
        # Of each term its greatest value, and the clusters that have it.
        self._terms = {
            term: (max(value for _, value in own), own) for term, own in postings.items()
        }

    def candidates(self, cluster: Cluster, least: float) -> list[Cluster]:
        """The clusters that may be alike to one by `least`, in the order in which they were given."""
        least /= self._kept
        known = self._terms.get
        bounds = [
            (value * found[0], value, found[1])
            for term, value in cluster.centre.items()
            if (found := known(term)) is not None
        ]
        total = 0.0
        for bound, _, _ in bounds:
            total += bound
        if total < least - _SLACK:
            return []
        bounds.sort(key=_FIRST)
        rest = 0.0
        left_out = 0
        for bound, _, _ in bounds:
            if rest + bound >= least * _LEFT_OUT:
                break
            rest += bound
            left_out += 1
        products: defaultdict[int, float] = defaultdict(float)
        for _, value, own in bounds[left_out:]:
            for number, other in own:
                products[number] += value * other
        enough = least - rest - _SLACK
        alike = [number for number, product in products.items() if product >= enough]
        alike.sort()
        return [self._clusters[number] for number in alike]


Near = tuple[Index, Callable[[Cluster], bool]]
"""An index, and which of its clusters count."""


def most_alike(
    cluster: Cluster, near: Iterable[Near], least: float, also: Sequence[Cluster] = ()
) -> Cluster | None:
    """The cluster that is most like another one, None if none is so by `least`.

    Args:
        cluster: the one that others are compared with.
        near: what is compared with it.
        least: the least likeness: the cosine of the centres, less if they name others.
        also: further ones that are compared with it.
    """
    best: tuple[tuple[float, int, tuple[int, ...]], float, Cluster] | None = None
    candidates = (
        other
        for index, counts in near
        for other in index.candidates(cluster, least)
        if counts(other)
    )
    for other in chain(candidates, also):
        alike = _likeness(cluster, other, least)
        if alike < least - _SLACK:
            continue
        order = (round(alike, 9), other.day, other.key)
        if best is None or order > best[0]:
            best = order, alike, other
    return best[2] if best is not None and best[1] >= least else None


def _likeness(cluster: Cluster, other: Cluster, least: float) -> float:
    alike = 0.0
    theirs = other.centre
    for term, value in cluster.centre.items():
        if term in theirs:
            alike += value * theirs[term]
    if alike < least - _SLACK:
        # Names can only make it less.
        return alike
    alike *= agreement(cluster.names, other.names)
    return alike * MENTIONED if other.part else alike
