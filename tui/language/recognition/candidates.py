"""A span that the encoder takes for a name, with how sure it is of each kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """`kind` may be MISC, a name of another kind; `chances` are mean probabilities by kind."""

    start: int
    end: int
    kind: str
    chances: Mapping[str, float]

    @property
    def sure(self) -> float:
        """The probability of its own kind."""
        return self.chances.get(self.kind, 0.0)


class Spans:
    """Spans of a text of which none lies over another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with a span."""
        at = bisect_left(self._spans, (start, start))
        return any(a < end and start < b for a, b in self._spans[max(0, at - 1) : at + 1])
