"""Groups alike sentences by average link (UPGMA; Sokal and Michener 1958).

Two groups are joined while the mean similarity of all pairs between them is high enough, most alike
first. So every group agrees as a whole: a chain, of which only neighbours are alike, does not hold
together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from tui.events.terms import Vector

# At most this many products are added up; beyond, the most frequent terms, which weigh least, are
# left out. It bounds time and memory for a day with thousands of sentences.
_MOST_PRODUCTS = 1_500_000
# Pairs that are less alike count as not alike at all.
_LEAST = 0.03
# How much of their similarity two sentences keep that name nobody in common.
_STRANGERS = 0.2
_SAME_SOURCE = 0.5


def clusters(
    vectors: Sequence[Vector],
    least: float,
    trust: Sequence[float] | None = None,
    names: Sequence[frozenset[str]] | None = None,
    sources: Sequence[frozenset[int]] | None = None,
) -> list[list[int]]:
    """The groups of some vectors, as ascending indexes, ordered by their first index.

    The result depends on the order of the vectors only where similarities are equal.

    Args:
        vectors: unit vectors with their terms in ascending order.
        least: the least mean similarity (cosine) of two groups that are joined.
        trust: factors from 0 to 1; the similarity of two vectors is multiplied by the smaller one
            of theirs.
        names: the entities that each names; two that name different ones are less alike (see
            `agreement`).
        sources: the articles that each stands in; an article seldom tells the same twice, so two of
            one article are less alike.
    """
    alike = _similarities(vectors)
    for one, row in enumerate(alike):
        for other, value in row.items():
            if other < one:
                continue
            factor = min(trust[one], trust[other]) if trust is not None else 1.0
            if names is not None and names[one] and names[other]:
                factor *= agreement(names[one], names[other])
            if sources is not None and not sources[one].isdisjoint(sources[other]):
                factor *= _SAME_SOURCE
            if factor != 1.0:
                row[other] = alike[other][one] = value * factor
    return _joined(len(vectors), alike, least)


def agreement(one: frozenset[str], other: frozenset[str]) -> float:
    """How well two sets of names agree: 1 if one contains the other, less if each has others."""
    if not one or not other:
        return 1.0
    shared = len(one & other) / min(len(one), len(other))
    return _STRANGERS + (1 - _STRANGERS) * shared


def _similarities(vectors: Sequence[Vector]) -> list[dict[int, float]]:
    """The similarity of each vector to the others, only those above `_LEAST`."""
    used = _used_terms(vectors)
    postings: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    alike: list[dict[int, float]] = [{} for _ in vectors]
    for number, vector in enumerate(vectors):
        sums: defaultdict[int, float] = defaultdict(float)
        for term, value in vector.items():
            if term not in used:
                continue
            for other, factor in postings[term]:
                sums[other] += value * factor
            postings[term].append((number, value))
        for other, total in sums.items():
            if total >= _LEAST:
                alike[number][other] = alike[other][number] = total
    return alike


def _used_terms(vectors: Sequence[Vector]) -> set[int]:
    counts = Counter(term for vector in vectors for term in vector)
    used: set[int] = set()
    products = 0
    for term, count in sorted(counts.items(), key=lambda item: (item[1], item[0])):
        products += count * count // 2
        if products > _MOST_PRODUCTS:
            break
        used.add(term)
    return used


def _joined(number: int, alike: list[dict[int, float]], least: float) -> list[list[int]]:
    """Join groups; `alike` becomes the sums of the similarities between groups."""
    members: list[list[int]] = [[n] for n in range(number)]
    heap = [
        (-value, one, other, 1, 1)
        for one, row in enumerate(alike)
        for other, value in row.items()
        if one < other and value >= least
    ]
    heapify(heap)
    while heap:
        _, one, other, size, other_size = heappop(heap)
        if len(members[one]) != size or len(members[other]) != other_size:
            continue
        members[one] += members[other]
        members[other] = []
        row, gone = alike[one], alike[other]
        row.pop(other, None)
        for third, total in gone.items():
            if third != one:
                alike[third].pop(other, None)
                row[third] = alike[third][one] = row.get(third, 0.0) + total
        alike[other] = {}
        for third, total in row.items():
            mean = total / (len(members[one]) * len(members[third]))
            if mean >= least:
                low, high = min(one, third), max(one, third)
                heappush(heap, (-mean, low, high, len(members[low]), len(members[high])))
    return sorted(sorted(group) for group in members if group)
