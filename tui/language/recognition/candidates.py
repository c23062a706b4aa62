"""A span that the encoder takes for a name, with how sure it is of each kind."""

from __future__ import annotations

from collections.abc import Mapping
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
