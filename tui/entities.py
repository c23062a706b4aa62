"""Who is in the story: what the cache says of entities, under the reader's corrections."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from itertools import groupby
from typing import Protocol, TypeVar

from tui.cache import analyses, profiles, queries
from tui.corrections import Overlay, Part, split_id
from tui.model import (
    Companion,
    Correction,
    Entity,
    EntityKind,
    EntityProfile,
    EventMention,
    Likeness,
    Mention,
)
from tui.notebook.store import Notebook
from tui.passages import ChangedSince
from tui.slug import LONE

T = TypeVar("T")

# How alike two spellings must be, as difflib counts it.
_NEARLY = 0.7
# Signs without a shape that names are written with: in Persian, in emoji, from right to left.
_JOINERS = "\u200c\u200d\u200e\u200f"


class Ask(Protocol):
    """Asks the cache; what cannot be answered is answered by `otherwise`."""

    def __call__(
        self, question: Callable[[sqlite3.Connection], T], otherwise: Callable[[], T], /
    ) -> T:
        """Ask."""
        ...


class Entities:
    """The people, organisations and places of a library."""

    def __init__(
        self,
        notebook: Callable[[], Notebook],
        ask: Ask,
        library: str,
        did: Callable[[str, Callable[[], None]], None],
    ) -> None:
        self._notebook = notebook
        self._ask = ask
        self._library = library
        self._did = did
        self._known: Overlay | None = None

    @property
    def overlay(self) -> Overlay:
        """The corrections that stand."""
        if self._known is None:
            try:
                self._known = Overlay(self.standing())
            except sqlite3.Error:
                return Overlay()
        return self._known

    def corrections(self) -> list[Correction]:
        """All that was said of entities of this library, withdrawn or not."""
        return self._notebook().corrections(self._library)

    def standing(self) -> list[Correction]:
        """The corrections that stand, of what entities are now: an article may have brought one a
        fuller name since, and by that another id.

        What was said of a lone name stays with that: it may belong to another by now.
        """

        def top(ident: str) -> str:
            return self._ask(lambda c: profiles.known(c, ident), lambda: None) or ident

        now: dict[tuple[str, str, str], Correction] = {}
        for c in self.corrections():
            if c.withdrawn:
                continue
            value = top(c.value) if c.action == "merge" else c.value
            of_all = c.action in ("split", "no name") or not c.entity.endswith(LONE)
            entity = top(c.entity) if of_all else c.entity
            if c.action != "merge" or entity != value:
                moved = replace(c, entity=entity, value=value)
                now[moved.about] = moved
        return list(now.values())

    def forget(self) -> None:
        """Ask the notebook again: another process may have written."""
        self._known = None

    # What is read

    def annotations(self, found: analyses.Annotations, text: str) -> analyses.Annotations:
        """Annotations of an article as they are with the corrections."""
        overlay = self.overlay
        if overlay.empty:
            return found
        mentions, times, entities = found
        return (
            tuple(m for mention in mentions if (m := self._mention(mention, text)) is not None),
            times,
            tuple(e for entity in entities if (e := self._entity(entity)) is not None),
        )

    def _mention(self, mention: Mention, text: str) -> Mention | None:
        overlay = self.overlay
        spelling = " ".join(text[mention.start : mention.end].split())
        ident = overlay.entity(mention.entity, spelling)
        if ident is None:
            return None
        return replace(mention, entity=ident, kind=overlay.kind(ident) or mention.kind)

    def _entity(self, entity: Entity) -> Entity | None:
        overlay = self.overlay
        ident = overlay.entity(entity.id)
        if ident is None:
            return None
        kind = overlay.kind(ident) or entity.kind
        return replace(entity, id=ident, name=self.name(ident), kind=kind)

    def event(self, event: EventMention) -> EventMention:
        """An event mention with its participants as they are with the corrections."""
        overlay = self.overlay
        if overlay.empty:
            return event
        who = (overlay.entity(ident) for ident in event.participants)
        return replace(event, participants=tuple(dict.fromkeys(i for i in who if i)))

    def name(self, ident: str) -> str:
        """The canonical name of an entity."""
        given = self.overlay.name(ident)
        return given or self._ask(lambda c: queries.entity_name(c, ident), lambda: ident)

    def known(self, ident: str) -> str | None:
        """The id of the entity that an id stands for, None where no article names it."""
        own = self._ask(lambda c: profiles.known(c, ident), lambda: None) or ident
        return self.overlay.entity(own)

    def like(self, words: str, limit: int = 50) -> list[Likeness]:
        """Entities that are called or spelt like some words, those that are so wholly first."""
        overlay = self.overlay
        found = self._ask(lambda c: queries.entities_like(c, words, limit), list[Likeness])
        if overlay.empty:
            return found
        wanted = words.casefold()
        ranks: dict[str, int] = {}
        for likeness in found:
            own = overlay.entity(likeness.id)
            if own is not None:
                ranks[own] = min(likeness.rank, ranks.get(own, 2))
        for ident, name in overlay.named():
            if wanted in name.casefold():
                ranks[ident] = min(int(wanted != name.casefold()), ranks.get(ident, 2))
        rows = [
            Likeness(ident, self.name(ident), len(self.articles(ident)), rank)
            for ident, rank in ranks.items()
        ]
        rows.sort(key=lambda row: (row.rank, -row.articles, row.name))
        return [row for row in rows if row.articles][:limit]

    def nearly(self, words: str, limit: int = 3) -> list[str]:
        """Names that are written nearly as some words are, the nearest first."""
        # Only for who asks: the reader starts without it.
        from difflib import get_close_matches

        every = self._ask(queries.spellings, list[str])
        by_letters = {spelling.casefold(): spelling for spelling in every}
        close = get_close_matches(words.casefold(), by_letters, limit, _NEARLY)
        return [by_letters[spelling] for spelling in close]

    def articles(self, ident: str) -> list[int]:
        """The keys of the articles that name an entity, as the list orders them."""
        ident = self.known(ident) or ident
        if self.overlay.empty:
            return self._ask(lambda c: queries.articles_naming(c, ident), list[int])
        parts = self.overlay.parts(ident)
        return self._ask(lambda c: _articles(c, parts), list[int])

    def profile(self, ident: str, most: int = 200) -> EntityProfile | None:
        """All that is known of an entity, with at most `most` events and companions.

        None where no article names it.
        """
        own = self.known(ident)
        if own is None:
            return None
        overlay = self.overlay
        parts = overlay.parts(own)
        articles = self.articles(own)
        found = self._ask(
            lambda c: profiles.profile(c, own, [p.id for p in parts], articles, most), lambda: None
        )
        if found is None or overlay.empty:
            return found
        companions: dict[str, Companion] = {}
        for c in found.companions:
            other = overlay.entity(c.id)
            if other is not None and other != own:
                kind = overlay.kind(other) or c.kind
                companions.setdefault(other, replace(c, id=other, name=self.name(other), kind=kind))
        spellings = {
            words: count
            for words, count in found.spellings
            if any(_belongs(words, part) for part in parts)
        }
        return replace(
            found,
            name=self.name(own),
            kind=overlay.kind(own) or found.kind,
            companions=tuple(companions.values()),
            spellings=tuple(spellings.items()),
            mentions=sum(spellings.values()) if any(p.only or p.without for p in parts)
            else found.mentions,
        )  # fmt: skip

    def events(self, ident: str) -> set[int]:
        """The keys of all events that an entity takes part in."""
        own = self.known(ident) or ident
        parts = [part.id for part in self.overlay.parts(own)]
        articles = self.articles(own)
        return self._ask(lambda c: profiles.events(c, parts, articles), set[int])

    # What is said

    def merge(self, ident: str, into: str) -> None:
        """Say that two entities are one; the second stays.

        Raises:
            ValueError: if they are one already.
            sqlite3.Error: if the notebook cannot be written.
        """
        target = self.known(into) or into
        if target == ident:
            raise ValueError("they are one already")
        words = f"{self.name(ident)} is {self.name(target)}"
        self._say(words, [Correction("merge", ident, "", target)])

    def split(self, ident: str, spelling: str) -> str:
        """Say that one spelling of an entity names somebody else; the id of that one.

        Raises:
            ValueError: if that is how the entity itself is called, or it has no such spelling.
            sqlite3.Error: if the notebook cannot be written.
        """
        profile = self.profile(ident)
        if profile is None or spelling not in dict(profile.spellings):
            raise ValueError(f"it is never spelt {spelling!r}")
        if len(profile.spellings) < 2:
            raise ValueError("it is spelt in one way only")
        if spelling == profile.name:
            raise ValueError("it is called so itself")
        new = split_id(spelling)
        said = [Correction("split", part, spelling, new) for part in self._spelt(ident, spelling)]
        # It may have been split off before, and merged back since.
        said += [
            replace(c, withdrawn=True)
            for c in self.corrections()
            if c.action == "merge" and c.entity == new and not c.withdrawn
        ]
        self._say(f"{spelling} is not {profile.name}", said)
        return new

    def _spelt(self, ident: str, spelling: str) -> list[str]:
        """The ids in the cache that an entity is made of and that are spelt so: all of them, for
        what was found to be one may be found to be two again."""
        found: dict[str, None] = {}
        for part in self.overlay.parts(ident):
            if _belongs(spelling, part):
                found[part.id] = None
                found |= dict.fromkeys(self._members(part.id, spelling))
        return list(found)

    def _members(self, ident: str, spelling: str) -> list[str]:
        return self._ask(lambda c: profiles.members(c, ident, spelling), list[str])

    def rename(self, ident: str, name: str) -> None:
        """Call an entity by another name.

        Raises:
            ValueError: if that is no name.
            sqlite3.Error: if the notebook cannot be written.
        """
        words = " ".join(name.split())
        if not words or not all(c.isprintable() or c in _JOINERS for c in words):
            raise ValueError("a name has letters")
        self._say(f"{self.name(ident)} is called {words}", [Correction("rename", ident, "", words)])

    def set_kind(self, ident: str, kind: EntityKind) -> None:
        """Say what kind of name an entity is.

        Raises:
            sqlite3.Error: if the notebook cannot be written.
        """
        self._say(f"{self.name(ident)} is {kind}", [Correction("kind", ident, "", kind)])

    def no_name(self, ident: str, spelling: str) -> None:
        """Say that a spelling of an entity is no name; where it has no other, that it is none.

        Raises:
            sqlite3.Error: if the notebook cannot be written.
        """
        profile = self.profile(ident)
        only = profile is None or dict(profile.spellings).keys() <= {spelling}
        spellings = (spelling, "") if only else (spelling,)
        said = [
            Correction("no name", part, words, "")
            for part in self._spelt(ident, spelling)
            for words in spellings
        ]
        self._say(f"“{spelling}” is no name", said)

    def said(self) -> list[list[Correction]]:
        """What was put right and stands, the last first: what was said at once together."""
        standing = (c for c in reversed(self.corrections()) if not c.withdrawn)
        return [list(group) for _, group in groupby(standing, key=lambda c: c.modified)]

    def take_back(self, corrections: Sequence[Correction]) -> None:
        """Say no longer what was said at once.

        Raises:
            sqlite3.Error: if the notebook cannot be written.
        """
        words = f"not any more: {self.words(corrections[-1])}"
        self._say(words, [replace(c, withdrawn=True) for c in corrections])

    def words(self, correction: Correction) -> str:
        """What a correction says, in words for the reader."""
        c = correction
        name = self._ask(lambda q: queries.entity_name(q, c.entity), lambda: c.entity)
        other = self.name(c.value) if c.action == "merge" else c.value
        said = {
            "merge": f"{name} is the same as {other}",
            "split": f"“{c.spelling}” is not {name}",
            "rename": f"{name} is called {other}",
            "kind": f"{name} is {other}",
            "no name": f"“{c.spelling}” is no name" if c.spelling else f"{name} is no name",
        }
        return said[c.action]

    def take_in(self, incoming: Iterable[Correction]) -> int:
        """Take in corrections of another notebook where they are later; how many were.

        Raises:
            sqlite3.Error: if the notebook cannot be written.
        """
        from tui.exchange.corrections import newer

        taken = newer(self.corrections(), incoming)
        self._keep(taken)
        return len(taken)

    def _say(self, words: str, said: Sequence[Correction]) -> None:
        now = _now()
        stamped = [replace(c, modified=now) for c in said]
        before = {c.about: c for c in self.corrections()}
        self._keep(stamped)

        def undo() -> None:
            # Taken back, not out: another notebook may have them already.
            current = {c.about: c for c in self.corrections()}
            if any(current.get(c.about) != c for c in stamped):
                raise ChangedSince(words)
            again = [before.get(c.about, replace(c, withdrawn=True)) for c in stamped]
            self._keep([replace(c, modified=_now()) for c in again])

        self._did(words, undo)

    def _keep(self, said: Sequence[Correction]) -> None:
        self._notebook().save_corrections(self._library, said)
        self.forget()


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _belongs(spelling: str, part: Part) -> bool:
    return spelling == part.only if part.only else spelling not in part.without


def _articles(connection: sqlite3.Connection, parts: Sequence[Part]) -> list[int]:
    found: dict[int, None] = {}
    for part in parts:
        if part.only or part.without:
            spelt = profiles.articles_spelt(connection, part.id)
            articles = [key for key, words in spelt if any(_belongs(word, part) for word in words)]
        else:
            articles = queries.articles_naming(connection, part.id)
        found |= dict.fromkeys(articles)
    return queries.in_order(connection, list(found)) if len(parts) > 1 else list(found)
