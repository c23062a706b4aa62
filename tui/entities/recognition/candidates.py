"""Candidates: spans that the encoder recognises as names, with the probability of each kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that the encoder recognises as a name, half open, in code points from 0.

    `kind` is an entity kind, or MISC for a name of any other kind; `probabilities` maps kinds to
    their mean probabilities over the words of the span.
    """

    start: int
    end: int
    kind: str
    probabilities: Mapping[str, float]

    @property
    def probability(self) -> float:
        """The probability of `kind`, 0.0 if it is not in `probabilities`."""
        return self.probabilities.get(self.kind, 0.0)


class Spans:
    """Half-open spans of a text that do not overlap each other."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether one of them overlaps the span from `start` to `end`."""
        at = bisect_left(self._spans, (start, start))
        return any(a < end and start < b for a, b in self._spans[max(0, at - 1) : at + 1])
