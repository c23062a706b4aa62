"""Entities across articles as values: profiles, search results and corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from tui.ids import EntityId, RowId
from tui.nlp.document import EntityKind

KIND_NAMES: dict[EntityKind, str] = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "location",
    "NORP": "nation or group",
}

CorrectionAction = Literal["merge", "split", "rename", "kind", "no name"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the reader stated about an entity, in place of what was computed.

    `merge`: it is the entity `value`. `split`: mentions spelled `spelling` are the new entity
    `value`. `rename`: its name is `value`. `kind`: its kind is `value`. `no name`: mentions spelled
    `spelling` ("" for all of them) name nothing. `modified` is RFC 3339 in UTC. A withdrawn
    correction is kept, so that merging notebooks does not bring it back.
    """

    action: CorrectionAction
    entity: EntityId
    spelling: str = ""
    value: str = ""
    modified: str = ""
    withdrawn: bool = False

    @property
    def about(self) -> tuple[str, str, str]:
        """What it is a statement about; of two with the same one, the later holds."""
        return self.action, self.entity, self.spelling

    def says_the_same(self, other: Correction | None) -> bool:
        """Whether another correction says the same of the same, at whatever time."""
        return other is not None and (self.about, self.value, self.withdrawn) == (
            other.about,
            other.value,
            other.withdrawn,
        )


class Likeness(NamedTuple):
    """An entity whose name or spelling matches a query, and the number of its articles.

    `rank` is 0 if the whole spelling matches, 1 if a word of it begins with the query, else 2.
    """

    id: EntityId
    name: str
    articles: int
    rank: int = 2


@dataclass(frozen=True, slots=True)
class Companion:
    """An entity named in the same articles as another one, and in how many of them."""

    id: EntityId
    name: str
    kind: EntityKind
    articles: int


@dataclass(frozen=True, slots=True)
class EntityProfile:
    """What a library knows of one entity.

    `articles` are row ids, the earliest first, undated ones last; `days` pairs proleptic Gregorian
    ordinals with the number of articles of that day; `spellings` pairs each spelling with its
    count; `events` are row ids in order of time.
    """

    id: EntityId
    name: str
    kind: EntityKind
    articles: tuple[RowId, ...]
    mentions: int
    days: tuple[tuple[int, int], ...] = ()
    spellings: tuple[tuple[str, int], ...] = ()
    companions: tuple[Companion, ...] = ()
    events: tuple[RowId, ...] = ()
