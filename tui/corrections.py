"""What the reader said of entities, laid over what was worked out.

Nothing in the cache changes: whatever is asked of entities is answered through this, so a
correction holds at once, at every later analysis, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tui.model import Correction, EntityKind
from tui.slug import slug

# What an entity that was split off is told from one that the texts make by.
_SPLIT = "~"


def split_id(spelling: str) -> str:
    """The id of what is split off under a spelling; the same spelling is one entity."""
    return f"{slug(spelling)}{_SPLIT}"


@dataclass(frozen=True, slots=True)
class Part:
    """One entity of the cache that belongs to one under corrections: all its mentions but those
    spelt as in `without`, or (`only`) those spelt so."""

    id: str
    only: str = ""
    without: frozenset[str] = frozenset()


class Overlay:
    """Standing corrections of one library. Entities are named by the ids of the cache."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self._merged: dict[str, str] = {}
        self._split: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] = {}
        self._kinds: dict[str, EntityKind] = {}
        self._hidden: set[tuple[str, str]] = set()
        for c in corrections:
            if c.withdrawn:
                continue
            if c.action == "merge":
                self._merged[c.entity] = c.value
            elif c.action == "split" and c.spelling:
                self._split[c.entity, c.spelling] = c.value
            elif c.action == "rename":
                self._names[c.entity] = c.value
            elif c.action == "kind" and c.value in ("PER", "ORG", "LOC", "NORP"):
                self._kinds[c.entity] = c.value  # type: ignore[assignment]
            elif c.action == "no name":
                self._hidden.add((c.entity, c.spelling))

    @property
    def empty(self) -> bool:
        """Whether nothing was corrected."""
        return not (self._merged or self._split or self._names or self._kinds or self._hidden)

    def entity(self, ident: str, spelling: str = "") -> str | None:
        """Who a mention of an entity in some spelling is; None if it was said to be no name."""
        if (ident, spelling) in self._hidden or (ident, "") in self._hidden:
            return None
        ident = self._split.get((ident, spelling), ident)
        path = [ident]
        while (into := self._merged.get(path[-1])) is not None and into not in path:
            path.append(into)
        # Two notebooks may have merged the same two either way: one of the two it is.
        ident = path[-1] if into is None else min(path[path.index(into) :])
        return None if (ident, "") in self._hidden else ident

    def name(self, ident: str) -> str | None:
        """What an entity is called by the reader, None if by nothing else."""
        if ident in self._names:
            return self._names[ident]
        return next((s for (_, s), new in self._split.items() if new == ident), None)

    def kind(self, ident: str) -> EntityKind | None:
        """The kind that the reader gave an entity."""
        return self._kinds.get(ident)

    def parts(self, ident: str) -> list[Part]:
        """What of the cache an entity is made of."""
        members = {
            other
            for other in {ident, *self._merged, *self._split.values()}
            if self.entity(other) == ident
        }
        found: list[Part] = []
        for member in sorted(members):
            sources = [key for key, new in self._split.items() if new == member]
            found += [Part(old, only=spelling) for old, spelling in sources]
            gone = {s for (old, s) in (*self._split, *self._hidden) if old == member and s}
            if not member.endswith(_SPLIT):
                found.append(Part(member, without=frozenset(gone)))
        return found

    def named(self) -> list[tuple[str, str]]:
        """The entities whose name the reader gave, by splitting off or renaming: id and name."""
        idents = {*self._names, *self._split.values()}
        found = ((i, self.name(i)) for i in sorted(idents) if self.entity(i) == i)
        return [(ident, name) for ident, name in found if name]
