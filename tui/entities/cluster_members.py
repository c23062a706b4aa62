"""The members of a block while they are clustered: entities, evidence, and disjoint sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tui.ids import RowId
from tui.nlp.document import EntityKind

# The least number of entities that two names must both co-occur with, by the difference between the
# names: a short form of the first name, an acronym, another spelling.
NICKNAME, ACRONYM, SPELLING = 3, 2, 4

CoOccurrence = Callable[[RowId, RowId], int]
"""Returns the number of other entities that co-occur with both of two."""


@dataclass(frozen=True, slots=True)
class Member:
    """An entity of a block: its row id, its full name, and how often each spelling occurs."""

    row_id: RowId
    name: str
    kind: EntityKind
    spellings: Mapping[str, int] = field(default_factory=dict)


class Sets:
    """Disjoint sets of row ids (union-find)."""

    def __init__(self, numbers: Iterable[RowId]) -> None:
        self._above = {number: number for number in numbers}

    def top(self, number: RowId) -> RowId:
        """The row id that is the same for all row ids of a set."""
        while self._above[number] != number:
            number = self._above[number]
        return number

    def join(self, one: RowId, other: RowId) -> None:
        """Unite the sets of two row ids."""
        first, second = sorted((self.top(one), self.top(other)))
        self._above[second] = first

    def all(self) -> list[list[RowId]]:
        """The sets."""
        sets: dict[RowId, list[RowId]] = defaultdict(list)
        for number in self._above:
            sets[self.top(number)].append(number)
        return list(sets.values())
