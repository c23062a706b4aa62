"""Who is in the story: what the cache says of entities, under the reader's corrections."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from typing import Protocol, TypeVar

from tui.cache import analyses, profiles, queries
from tui.corrections import Overlay, Part, split_id
from tui.model import (
    Correction,
    Entity,
    EntityKind,
    EntityProfile,
    EventMention,
    Mention,
)
from tui.notebook.store import Notebook

T = TypeVar("T")


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
                self._known = Overlay(self.corrections())
            except sqlite3.Error:
                return Overlay()
        return self._known

    def corrections(self) -> list[Correction]:
        """All that was said of entities of this library, withdrawn or not."""
        return self._notebook().corrections(self._library)

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

    def like(self, words: str, limit: int = 50) -> list[tuple[str, str, int]]:
        """Entities whose name holds some words: id, name and number of articles, the most first."""
        overlay = self.overlay
        found = self._ask(
            lambda c: queries.entities_like(c, words, limit), list[tuple[str, str, int]]
        )
        if overlay.empty:
            return found
        wanted = words.casefold()
        idents = dict.fromkeys(
            own for ident, _, _ in found if (own := overlay.entity(ident)) is not None
        )
        idents |= dict.fromkeys(i for i, name in overlay.named() if wanted in name.casefold())
        rows = [(ident, self.name(ident), len(self.articles(ident))) for ident in idents]
        return sorted((row for row in rows if row[2]), key=lambda row: (-row[2], row[1]))[:limit]

    def articles(self, ident: str) -> list[int]:
        """The keys of the articles that name an entity, as the list orders them."""
        if self.overlay.empty:
            return self._ask(lambda c: queries.articles_naming(c, ident), list[int])
        parts = self.overlay.parts(ident)
        return self._ask(lambda c: _articles(c, parts, self._spelt), list[int])

    def _spelt(self, connection: sqlite3.Connection, article: int, part: Part) -> bool:
        """Whether an article has a mention that belongs to a part."""
        row = connection.execute("SELECT text FROM texts WHERE key = ?", (article,)).fetchone()
        mentions, _, _ = analyses.load(connection, article, row[0] if row else "")
        spellings = (" ".join(m.text.split()) for m in mentions if m.entity == part.id)
        if part.only:
            return part.only in spellings
        return any(spelling not in part.without for spelling in spellings)

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
        companions = {
            other: replace(c, id=other, name=self.name(other), kind=overlay.kind(other) or c.kind)
            for c in reversed(found.companions)
            if (other := overlay.entity(c.id)) is not None and other != own
        }
        spellings = {
            words: count
            for words, count in found.spellings
            if any(_belongs(words, part) for part in parts)
        }
        return replace(
            found,
            name=self.name(own),
            kind=overlay.kind(own) or found.kind,
            companions=tuple(
                sorted(companions.values(), key=lambda other: (-other.articles, other.name))
            ),
            spellings=tuple(spellings.items()),
            mentions=sum(spellings.values()) if any(p.only or p.without for p in parts)
            else found.mentions,
        )  # fmt: skip

    def events(self, ident: str) -> set[int]:
        """The keys of all events that an entity takes part in."""
        parts = [part.id for part in self.overlay.parts(ident)]
        articles = self.articles(ident)
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
        new = split_id(spelling)
        parts = [p for p in self.overlay.parts(ident) if _belongs(spelling, p)]
        self._say(
            f"{spelling} is not {profile.name}",
            [Correction("split", part.id, spelling, new) for part in parts],
        )
        return new

    def rename(self, ident: str, name: str) -> None:
        """Call an entity by another name.

        Raises:
            ValueError: if that is no name.
            sqlite3.Error: if the notebook cannot be written.
        """
        words = " ".join(name.split())
        if not words.isprintable() or not words:
            raise ValueError("a name has letters")
        self._say(f"{self.name(ident)} is called {words}", [Correction("rename", ident, "", words)])

    def set_kind(self, ident: str, kind: EntityKind) -> None:
        """Say what kind of name an entity is.

        Raises:
            sqlite3.Error: if the notebook cannot be written.
        """
        self._say(f"{self.name(ident)} is {kind}", [Correction("kind", ident, "", kind)])

    def no_name(self, ident: str, spelling: str) -> None:
        """Say that a spelling of an entity is no name.

        Raises:
            sqlite3.Error: if the notebook cannot be written.
        """
        parts = [p for p in self.overlay.parts(ident) if _belongs(spelling, p)]
        self._say(
            f"“{spelling}” is no name",
            [Correction("no name", part.id, spelling, "") for part in parts],
        )

    def take_in(self, incoming: Iterable[Correction]) -> int:
        """Take in corrections of another notebook where they are later; how many were.

        Raises:
            sqlite3.Error: if the notebook cannot be written.
        """
        from tui.exchange.corrections import newer

        taken = newer(self.corrections(), incoming)
        self._notebook().save_corrections(self._library, taken)
        self.forget()
        return len(taken)

    def _say(self, words: str, said: Sequence[Correction]) -> None:
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        stamped = [replace(c, modified=now) for c in said]
        before = {c.about: c for c in self.corrections()}
        notebook, library = self._notebook(), self._library
        notebook.save_corrections(library, stamped)
        self.forget()

        def undo() -> None:
            notebook.save_corrections(
                library,
                [before[c.about] for c in stamped if c.about in before],
                [c for c in stamped if c.about not in before],
            )
            self.forget()

        self._did(words, undo)


def _belongs(spelling: str, part: Part) -> bool:
    return spelling == part.only if part.only else spelling not in part.without


def _articles(
    connection: sqlite3.Connection,
    parts: Sequence[Part],
    spelt: Callable[[sqlite3.Connection, int, Part], bool],
) -> list[int]:
    found: dict[int, None] = {}
    for part in parts:
        articles = queries.articles_naming(connection, part.id)
        if part.only or part.without:
            articles = [key for key in articles if spelt(connection, key, part)]
        found |= dict.fromkeys(articles)
    return queries.in_order(connection, list(found)) if len(parts) > 1 else list(found)
