"""The reader's corrections of entities, applied to what the analysis found.

Nothing in the cache changes. Every answer about entities goes through `Corrections`, so that a
correction holds at once and after every later analysis, and can be withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tui.entities.model import Correction
from tui.entities.slug import SINGLE_NAME_SUFFIX, slug
from tui.ids import EntityId
from tui.nlp.document import ENTITY_KINDS, EntityKind

# Distinguishes the id of an entity that was split off from the slug of a name in the texts.
_SPLIT_SUFFIX = "~"


def split_id(spelling: str) -> EntityId:
    """The id of the entity that is split off with a spelling, the same for the same spelling."""
    return f"{slug(spelling)}{_SPLIT_SUFFIX}"


def standing(
    stated: Iterable[Correction], head: Callable[[EntityId], EntityId]
) -> list[Correction]:
    """The corrections that are not withdrawn, about entities as they are clustered now.

    An article may since have brought a fuller name, and with it another id. A correction of a
    single name stays with that id, which may belong to another cluster by now. `head` returns the
    id that stands for the cluster of an entity.
    """
    found: dict[tuple[str, str, str], Correction] = {}
    for c in stated:
        if c.withdrawn:
            continue
        value = head(c.value) if c.action == "merge" else c.value
        follows = c.action in ("split", "no name") or not c.entity.endswith(SINGLE_NAME_SUFFIX)
        entity = head(c.entity) if follows else c.entity
        if c.action != "merge" or entity != value:
            moved = replace(c, entity=entity, value=value)
            found[moved.about] = moved
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Part:
    """The mentions of one entity of the cache that belong to a corrected entity.

    If `only` is not "", those with that spelling; else all of them but the spellings in `without`.
    """

    id: EntityId
    only: str = ""
    without: frozenset[str] = frozenset()

    def has(self, spelling: str) -> bool:
        """Whether mentions with a spelling belong to the part."""
        return spelling == self.only if self.only else spelling not in self.without


class Corrections:
    """The corrections of one library that are not withdrawn; ids are those of the cache."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self._merged: dict[EntityId, EntityId] = {}
        self._split: dict[tuple[EntityId, str], EntityId] = {}
        self._names: dict[EntityId, str] = {}
        self._kinds: dict[EntityId, EntityKind] = {}
        self._hidden: set[tuple[EntityId, str]] = set()
        for c in corrections:
            if c.withdrawn:
                continue
            if c.action == "merge":
                self._merged[c.entity] = c.value
            elif c.action == "split" and c.spelling:
                self._split[c.entity, c.spelling] = c.value
            elif c.action == "rename":
                self._names[c.entity] = c.value
            elif c.action == "kind":
                kinds = [kind for kind in ENTITY_KINDS if kind == c.value]
                self._kinds |= dict.fromkeys([c.entity], kinds[0]) if kinds else {}
            elif c.action == "no name":
                self._hidden.add((c.entity, c.spelling))

    @property
    def empty(self) -> bool:
        """Whether there are no corrections."""
        return not (self._merged or self._split or self._names or self._kinds or self._hidden)

    def entity(self, entity: EntityId, spelling: str = "") -> EntityId | None:
        """The entity that a mention with some spelling names, None if it is not a name."""
        if (entity, spelling) in self._hidden or (entity, "") in self._hidden:
            return None
        entity = self._split.get((entity, spelling), entity)
        path = [entity]
        while (into := self._merged.get(path[-1])) is not None and into not in path:
            path.append(into)
        # Two notebooks may have merged the same two entities in either direction.
        entity = path[-1] if into is None else min(path[path.index(into) :])
        return None if (entity, "") in self._hidden else entity

    def name(self, entity: EntityId) -> str | None:
        """The name that the reader gave an entity, None if there is none."""
        if entity in self._names:
            return self._names[entity]
        return next((s for (_, s), new in self._split.items() if new == entity), None)

    def kind(self, entity: EntityId) -> EntityKind | None:
        """The kind that the reader gave an entity, None if there is none."""
        return self._kinds.get(entity)

    def parts(self, entity: EntityId) -> list[Part]:
        """The parts of the cache's entities that an entity is made of."""
        members = {
            other
            for other in {entity, *self._merged, *self._split.values()}
            if self.entity(other) == entity
        }
        found: list[Part] = []
        for member in sorted(members):
            sources = [key for key, new in self._split.items() if new == member]
            found += [Part(old, only=spelling) for old, spelling in sources]
            gone = {s for (old, s) in (*self._split, *self._hidden) if old == member and s}
            if not member.endswith(_SPLIT_SUFFIX):
                found.append(Part(member, without=frozenset(gone)))
        return found

    def named(self) -> list[tuple[EntityId, str]]:
        """The entities that the reader named, by splitting off or renaming, with their names."""
        entities = {*self._names, *self._split.values()}
        found = ((e, self.name(e)) for e in sorted(entities) if self.entity(e) == e)
        return [(entity, name) for entity, name in found if name]
