"""The entities of a library: what the cache says of them, with the reader's corrections applied."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from tui.articles import annotation_store, article_store, listing_store
from tui.articles.model import Position
from tui.entities import correction_store, profile_store, store
from tui.entities.corrections import Corrections, Part, split_id, standing
from tui.entities.model import Companion, Correction, EntityProfile, Likeness
from tui.ids import EntityId, RowId
from tui.nlp.document import Document, Entity, EntityKind, EventMention, Mention
from tui.storage.cache_access import Cache
from tui.storage.notebook_access import Notebook
from tui.storage.open_cache import meta
from tui.timestamps import now
from tui.undo import ChangedSince, UndoStack

# The least similarity of two spellings, as difflib measures it.
_SIMILAR = 0.7
# Invisible characters that names are written with: in Persian, in emoji, from right to left.
_JOINERS = "\u200c\u200d\u200e\u200f"


class Entities:
    """The people, organisations, locations and groups of a library.

    A method that corrects something raises `NotWritten` if the notebook cannot be written.

    Args:
        notebook: where corrections are stored.
        cache: the cache of the library.
        undo: where each correction is pushed.
        library: the id of the library in the notebook.

    Attributes:
        changed: is called after each correction: events are linked again at the next indexing.
    """

    def __init__(self, notebook: Notebook, cache: Cache, undo: UndoStack, library: str) -> None:
        self._notebook = notebook
        self._cache = cache
        self._undo = undo
        self._library = library
        self._known: Corrections | None = None
        self.changed: Callable[[], None] = _nothing

    # Corrections that hold

    @property
    def corrections(self) -> Corrections:
        """The corrections that hold, ready to be applied."""
        if self._known is None:
            stated = self._notebook.read(self._of_library, lambda: None)
            if stated is None:
                # Not kept: the notebook may be readable the next time.
                return Corrections([])
            self._known = Corrections(self._standing(stated))
        return self._known

    def _of_library(self, connection: sqlite3.Connection) -> list[Correction]:
        return correction_store.of_library(connection, self._library)

    def stated(self) -> list[Correction]:
        """All corrections of this library, withdrawn or not, by time.

        Raises:
            NotRead: if the notebook cannot be read.
        """
        return self._notebook.read_strictly(self._of_library)

    def standing(self) -> list[Correction]:
        """The corrections that are not withdrawn, about entities as they are clustered now."""
        return self._standing(self._notebook.read(self._of_library, list[Correction]))

    def _standing(self, stated: Iterable[Correction]) -> list[Correction]:
        def head(entity: EntityId) -> EntityId:
            return self._cache.find(lambda c: profile_store.cluster_of(c, entity)) or entity

        return standing(stated, head)

    def invalidate(self) -> None:
        """Read the corrections again when they are next needed: another process may have written,
        or entities may have been clustered anew."""
        self._known = None

    # Reading

    def corrected(self, document: Document) -> Document:
        """A document with the corrections applied to its mentions, entities and participants."""
        if self.corrections.empty:
            return document
        return replace(
            document,
            mentions=tuple(
                corrected
                for mention in document.mentions
                if (corrected := self._corrected_mention(mention, document.text)) is not None
            ),
            entities=tuple(
                named
                for entity in document.entities
                if (named := self._corrected_entity(entity)) is not None
            ),
            events=tuple(map(self._corrected_event, document.events)),
        )

    def _corrected_mention(self, mention: Mention, text: str) -> Mention | None:
        spelling = " ".join(text[mention.start : mention.end].split())
        entity = self.corrections.entity(mention.entity, spelling)
        if entity is None:
            return None
        return replace(mention, entity=entity, kind=self.corrections.kind(entity) or mention.kind)

    def _corrected_entity(self, entity: Entity) -> Entity | None:
        entity_id = self.corrections.entity(entity.id)
        if entity_id is None:
            return None
        kind = self.corrections.kind(entity_id) or entity.kind
        return replace(entity, id=entity_id, name=self.name(entity_id), kind=kind)

    def _corrected_event(self, event: EventMention) -> EventMention:
        participants = (self.corrections.entity(entity) for entity in event.participants)
        return replace(event, participants=tuple(dict.fromkeys(e for e in participants if e)))

    def name(self, entity: EntityId) -> str:
        """The canonical name of an entity."""
        given = self.corrections.name(entity)
        return given or self._cache.read(lambda c: store.name(c, entity), lambda: entity)

    def resolved(self, entity: EntityId) -> EntityId | None:
        """The id of the entity that an id stands for now, None if no article names it."""
        own = self._cache.find(lambda c: profile_store.cluster_of(c, entity)) or entity
        return self.corrections.entity(own)

    def like(self, words: str, limit: int = 50) -> list[Likeness]:
        """The entities with a spelling that contains `words`, whole spellings first."""
        corrections = self.corrections
        found = self._cache.read(lambda c: store.like(c, words, limit), list[Likeness])
        if corrections.empty:
            return found
        wanted = words.casefold()
        ranks: dict[EntityId, int] = {}
        for likeness in found:
            own = corrections.entity(likeness.id)
            if own is not None:
                ranks[own] = min(likeness.rank, ranks.get(own, 2))
        for entity, name in corrections.named():
            if wanted in name.casefold():
                ranks[entity] = min(int(wanted != name.casefold()), ranks.get(entity, 2))
        rows = [
            Likeness(entity, self.name(entity), len(self.articles(entity)), rank)
            for entity, rank in ranks.items()
        ]
        rows.sort(key=lambda row: (row.rank, -row.articles, row.name))
        return [row for row in rows if row.articles][:limit]

    def similar_spellings(self, words: str, limit: int = 3) -> list[str]:
        """Spellings that are similar to `words`, the most similar first."""
        # Imported here because the reader does not need it to start.
        from difflib import get_close_matches

        spellings = self._cache.read(store.spellings, list[str])
        by_letters = {spelling.casefold(): spelling for spelling in spellings}
        close = get_close_matches(words.casefold(), by_letters, limit, _SIMILAR)
        return [by_letters[spelling] for spelling in close]

    def articles(self, entity: EntityId) -> list[RowId]:
        """The articles that name an entity, newest first and undated last."""
        entity = self.resolved(entity) or entity
        if self.corrections.empty:
            return self._cache.read(lambda c: store.articles_naming(c, entity), list[RowId])
        parts = self.corrections.parts(entity)
        return self._cache.read(lambda c: _articles(c, parts), list[RowId])

    def profile(self, entity: EntityId, limit: int = 200) -> EntityProfile | None:
        """What the library knows of an entity, with at most `limit` events and companions; None if
        no article names it."""
        own = self.resolved(entity)
        if own is None:
            return None
        corrections = self.corrections
        parts = corrections.parts(own)
        articles = self.articles(own)
        found = self._cache.find(
            lambda c: profile_store.profile(c, own, [p.id for p in parts], articles, limit)
        )
        if found is None or corrections.empty:
            return found
        companions: dict[EntityId, Companion] = {}
        for c in found.companions:
            other = corrections.entity(c.id)
            if other is not None and other != own:
                kind = corrections.kind(other) or c.kind
                companions.setdefault(other, replace(c, id=other, name=self.name(other), kind=kind))
        spellings = {
            words: count
            for words, count in found.spellings
            if any(part.has(words) for part in parts)
        }
        whole = not any(part.only or part.without for part in parts)
        return replace(
            found,
            name=self.name(own),
            kind=corrections.kind(own) or found.kind,
            companions=tuple(companions.values()),
            spellings=tuple(spellings.items()),
            mentions=found.mentions if whole else sum(spellings.values()),
        )

    def events(self, entity: EntityId) -> set[RowId]:
        """All events that an entity takes part in."""
        own = self.resolved(entity) or entity
        parts = [part.id for part in self.corrections.parts(own)]
        articles = self.articles(own)
        return self._cache.read(lambda c: profile_store.events(c, parts, articles), set[RowId])

    # Mentions

    def next_mention(self, entity: EntityId, here: Position, step: int) -> Position | None:
        """The next (`step` 1) or previous (-1) mention of an entity, going on into other articles.

        None if there is no other mention of it in the library.
        """
        articles = self.articles(entity)
        at = articles.index(here.article) if here.article in articles else -1
        offsets = self._mention_offsets(here.article, entity)
        beyond = [o for o in offsets if (o - here.offset) * step > 0]
        if beyond:
            return Position(here.article, min(beyond) if step > 0 else max(beyond))
        for distance in range(1, len(articles) + 1):
            article = articles[(at + step * distance) % len(articles)]
            if found := self._mention_offsets(article, entity):
                target = Position(article, found[0] if step > 0 else found[-1])
                return target if target != here else None
        return None

    def first_mention(self, entity: EntityId, article: RowId) -> Position:
        """The first mention of an entity in an article, its beginning if there is none."""
        return Position(article, next(iter(self._mention_offsets(article, entity)), 0))

    def _mention_offsets(self, article: RowId, entity: EntityId) -> list[int]:
        # Only corrections need the words of the mentions: otherwise the text is not read.
        needs_text = not self.corrections.empty

        def read(connection: sqlite3.Connection) -> Document:
            text = ""
            if needs_text:
                found = article_store.article(connection, article)
                text = found.text if found is not None else ""
            clusters = store.clusters_in(connection, article)
            return annotation_store.load(connection, article, text, clusters)

        document = self.corrected(self._cache.read(read, lambda: Document("")))
        return [m.start for m in document.mentions if m.entity == entity]

    # Evidence

    def explain_membership(self, mention: Mention) -> str:
        """Why a mention was taken for its entity, in words for the reader."""
        # Imported here because the reader starts without the lists of names.
        from tui.entities import membership

        # The name in the texts: a name that the reader gave is explained by the correction.
        name = self._cache.read(lambda c: store.name(c, mention.entity), lambda: mention.text)
        return membership.explain(" ".join(mention.text.split()), name, mention.kind)

    def explain_recognition(self) -> str:
        """What found the names of this library, in words for the reader."""
        version = str(self._cache.find(lambda c: meta(c, "analysis")) or "")
        if "encoder" in version:
            return (
                "a network trained on news, held against the rest of the article and lists of names"
            )
        if "spacy:" in version:
            return f"the pipeline {version[version.index('spacy:') + 6 :].split()[0]} of spaCy"
        return "lists of names, and the words around it in this article"

    # Correcting

    def merge(self, entity: EntityId, into: EntityId) -> None:
        """State that two entities are the same one; the second stays.

        Raises:
            ValueError: if they are the same one already.
        """
        target = self.resolved(into) or into
        if target == entity:
            raise ValueError("they are one already")
        words = f"{self.name(entity)} is {self.name(target)}"
        self._state(words, [Correction("merge", entity, "", target)])

    def split(self, entity: EntityId, spelling: str) -> EntityId:
        """State that one spelling of an entity names another one; returns the id of that one.

        Raises:
            ValueError: if the entity has no such spelling or no other one, or that is its name.
        """
        profile = self.profile(entity)
        if profile is None or spelling not in dict(profile.spellings):
            raise ValueError(f"it is never spelt {spelling!r}")
        if len(profile.spellings) < 2:
            raise ValueError("it is spelt in one way only")
        if spelling == profile.name:
            raise ValueError("it is called so itself")
        new = split_id(spelling)
        stated = [
            Correction("split", part, spelling, new) for part in self._parts_spelt(entity, spelling)
        ]
        # The spelling may have been split off before, and merged back since.
        stated += [
            replace(c, withdrawn=True)
            for c in self.stated()
            if c.action == "merge" and c.entity == new and not c.withdrawn
        ]
        self._state(f"{spelling} is not {profile.name}", stated)
        return new

    def _parts_spelt(self, entity: EntityId, spelling: str) -> list[EntityId]:
        """The ids in the cache that an entity is made of and that have a spelling.

        All members of a cluster are included: the cluster may fall apart again.
        """
        found: dict[EntityId, None] = {}
        for part in self.corrections.parts(entity):
            if part.has(spelling):
                found[part.id] = None
                found |= dict.fromkeys(self._members(part.id, spelling))
        return list(found)

    def _members(self, entity: EntityId, spelling: str) -> list[EntityId]:
        return self._cache.read(
            lambda c: profile_store.members(c, entity, spelling), list[EntityId]
        )

    def rename(self, entity: EntityId, name: str) -> None:
        """Give an entity another name.

        Raises:
            ValueError: if the name is empty or has control characters.
        """
        words = " ".join(name.split())
        if not words or not all(c.isprintable() or c in _JOINERS for c in words):
            raise ValueError("a name has letters")
        self._state(
            f"{self.name(entity)} is called {words}", [Correction("rename", entity, "", words)]
        )

    def set_kind(self, entity: EntityId, kind: EntityKind) -> None:
        """Give an entity another kind."""
        self._state(f"{self.name(entity)} is {kind}", [Correction("kind", entity, "", kind)])

    def no_name(self, entity: EntityId, spelling: str) -> None:
        """State that a spelling of an entity is not a name; if it has no other, that the entity is
        none."""
        profile = self.profile(entity)
        only = profile is None or dict(profile.spellings).keys() <= {spelling}
        spellings = (spelling, "") if only else (spelling,)
        stated = [
            Correction("no name", part, words, "")
            for part in self._parts_spelt(entity, spelling)
            for words in spellings
        ]
        self._state(f"“{spelling}” is no name", stated)

    def history(self) -> list[list[Correction]]:
        """The corrections that hold, the latest first; those stated at once are grouped.

        Raises:
            NotRead: if the notebook cannot be read.
        """
        standing = (c for c in reversed(self.stated()) if not c.withdrawn)
        return [list(group) for _, group in groupby(standing, key=lambda c: c.modified)]

    def retract(self, corrections: Sequence[Correction]) -> None:
        """Withdraw corrections that were stated at once."""
        words = f"not any more: {self.describe(corrections[-1])}"
        self._state(words, [replace(c, withdrawn=True) for c in corrections])

    def describe(self, correction: Correction) -> str:
        """A correction in words for the reader."""
        c = correction
        name = self._cache.read(lambda q: store.name(q, c.entity), lambda: c.entity)
        other = self.name(c.value) if c.action == "merge" else c.value
        words = {
            "merge": f"{name} is the same as {other}",
            "split": f"“{c.spelling}” is not {name}",
            "rename": f"{name} is called {other}",
            "kind": f"{name} is {other}",
            "no name": f"“{c.spelling}” is no name" if c.spelling else f"{name} is no name",
        }
        return words[c.action]

    def merge_corrections(self, incoming: Iterable[Correction]) -> int:
        """Store the corrections of another notebook that are later than ours; returns how many."""
        from tui.entities.correction_records import later

        taken = later(self.stated(), incoming)
        self._store(taken)
        return len(taken)

    def _state(self, words: str, corrections: Sequence[Correction]) -> None:
        moment = now()
        stamped = [replace(c, modified=moment) for c in corrections]
        before = {c.about: c for c in self.stated()}
        self._store(stamped)

        def undo() -> None:
            # Withdrawn, not removed: another notebook may have the corrections already.
            current = {c.about: c for c in self.stated()}
            if not all(c.says_the_same(current.get(c.about)) for c in stamped):
                raise ChangedSince(words)
            again = [before.get(c.about, replace(c, withdrawn=True)) for c in stamped]
            self._store([replace(c, modified=now()) for c in again])

        self._undo.push(words, undo)

    def _store(self, corrections: Sequence[Correction]) -> None:
        self._notebook.write(
            lambda c: correction_store.save(c, self._library, corrections), backup=True
        )
        self.invalidate()
        self.changed()


def _nothing() -> None:
    return None


def _articles(connection: sqlite3.Connection, parts: Sequence[Part]) -> list[RowId]:
    found: dict[RowId, None] = {}
    for part in parts:
        if part.only or part.without:
            spelt = profile_store.articles_spelt(connection, part.id)
            articles = [article for article, words in spelt if any(map(part.has, words))]
        else:
            articles = store.articles_naming(connection, part.id)
        found |= dict.fromkeys(articles)
    ordered = list(found)
    return listing_store.in_list_order(connection, ordered) if len(parts) > 1 else ordered
