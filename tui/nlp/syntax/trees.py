"""Decodes the scores of heads into a tree (Chu and Liu 1965; Edmonds 1967)."""

from __future__ import annotations

from typing import Any

import numpy as np

# The number of words that are tried as the only root of a sentence.
_ROOTS = 3
_NEVER = -1e9


def tree(scores: Any) -> list[int]:
    """The heads of the words of a sentence: the best tree with exactly one root.

    Args:
        scores: an array of shape (words, words + 1): for each word the log-probability of each
            head. Head 0 is the root, head n + 1 the n-th word.

    Returns:
        The head of each word, counted as in `scores`.
    """
    size = len(scores)
    if not size:
        return []
    table = np.full((size + 1, size + 1), _NEVER)
    table[1:] = scores
    np.fill_diagonal(table, _NEVER)
    heads = table.argmax(1)
    if (heads[1:] == 0).sum() == 1 and _cycle(heads) is None:
        return [int(head) for head in heads[1:]]
    best, most = heads, -np.inf
    for root in np.argsort(-table[1:, 0], kind="stable")[:_ROOTS] + 1:
        own = table.copy()
        own[1:, 0] = _NEVER
        own[root] = _NEVER
        own[root, 0] = 0.0
        found = _edmonds(own)
        total = table[np.arange(1, size + 1), found[1:]].sum()
        if total > most:
            best, most = found, total
    return [int(head) for head in best[1:]]


def _cycle(heads: Any) -> list[int] | None:
    """The nodes of a cycle, None if there is none; node 0 is the root."""
    state = [0] * len(heads)
    state[0] = -1
    for begin in range(1, len(heads)):
        at = begin
        while not state[at]:
            state[at] = begin
            at = int(heads[at])
        if state[at] == begin:
            cycle = [at]
            while int(heads[cycle[-1]]) != at:
                cycle.append(int(heads[cycle[-1]]))
            return cycle
    return None


def _edmonds(table: Any) -> Any:
    """The heads of the best tree with root 0, by contracting one cycle after another.

    `table` has the score of each head (column) of each node (row).
    """
    heads = table.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.array(cycle)
    outside = np.array([n for n in range(len(table)) if n not in set(cycle)])
    kept = table[inside, heads[inside]]
    # The cycle becomes one node, the last; a head from outside replaces the head of one of its
    # nodes.
    small = np.full((len(outside) + 1, len(outside) + 1), _NEVER)
    small[:-1, :-1] = table[np.ix_(outside, outside)]
    leaving = table[np.ix_(outside, inside)]
    small[:-1, -1] = leaving.max(1)
    entering = table[np.ix_(inside, outside)] - kept[:, None]
    small[-1, :-1] = entering.max(0)
    np.fill_diagonal(small, _NEVER)
    found = _edmonds(small)
    result = heads.copy()
    for at, node in enumerate(outside):
        head = found[at]
        result[node] = inside[leaving[at].argmax()] if head == len(outside) else outside[head]
    into = found[-1]
    broken = entering[:, into].argmax()
    result[inside[broken]] = outside[into]
    result[0] = 0
    return result
