"""Step 5: who takes part in events, under the reader's corrections of entities.

Events are linked by who takes part in them, so a correction of an entity links its events again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.articles import annotation_store, article_store
from tui.entities import correction_store, profile_store
from tui.entities import store as entity_store
from tui.entities.corrections import Corrections, standing
from tui.entities.model import Correction
from tui.events import linking, participant_store
from tui.folders import library_id
from tui.ids import EntityId, RowId
from tui.nlp.document import Mention
from tui.storage.notebook_access import Notebook
from tui.storage.open_cache import bump_revision
from tui.storage.transactions import transaction


def correct_participants(
    connection: sqlite3.Connection, sources: Sequence[Path], notebook: Path
) -> None:
    """Apply the corrections of entities to event mentions, and link again what has changed.

    A notebook that cannot be read leaves the events as they are.
    """
    stated = _stated(notebook, library_id(sources))
    if stated is None:
        return
    corrected = dict(_Participants(connection, stated).changed())
    if not corrected:
        return
    with transaction(connection):
        participant_store.correct_participants(connection, corrected)
        linking.relink(connection)
        bump_revision(connection)


def _stated(notebook: Path, library: str) -> list[Correction] | None:
    """The corrections of entities in a notebook, None if it cannot be read."""
    if not notebook.exists():
        return []
    opened = Notebook(notebook)
    try:
        found = opened.read(lambda c: correction_store.of_library(c, library), lambda: None)
        return found if opened.readable else None
    finally:
        opened.close()


class _Participants:
    """The participants of event mentions under corrections."""

    def __init__(self, connection: sqlite3.Connection, stated: Sequence[Correction]) -> None:
        self._connection = connection
        held = standing(stated, lambda e: profile_store.cluster_of(connection, e) or e)
        self._corrections = Corrections(held)
        # The entities of which the reader has said who they are, by the members of their clusters.
        told = {c.entity for c in held if c.action in ("merge", "split", "no name")}
        told |= {c.value for c in held if c.action == "merge"}
        self._heads = {
            member: entity
            for entity in sorted(told)
            for member in entity_store.members(connection, entity)
        }
        self._spelt = {c.entity for c in held if c.spelling and c.action in ("split", "no name")}

    def changed(self) -> Iterator[tuple[RowId, list[EntityId] | None]]:
        """The event mentions whose participants are not what is stored, with what they are now."""
        articles = set(participant_store.articles_corrected(self._connection))
        for entity in sorted(set(self._heads.values())):
            articles.update(entity_store.articles_naming(self._connection, entity))
        for article in sorted(articles):
            named = self._mentions(article)
            rows = participant_store.participants_in(self._connection, article)
            for mention, start, end, own, stored in rows:
                now = list(dict.fromkeys(self._now(own, start, end, named)))
                if (own if stored is None else stored) != now:
                    yield mention, None if now == own else now

    def _now(
        self, participants: Sequence[EntityId], start: int, end: int, named: Sequence[Mention]
    ) -> Iterator[EntityId]:
        for participant in participants:
            head = self._heads.get(participant)
            if head is None:
                yield participant
            elif head in self._spelt:
                yield from self._by_spelling(head, start, end, named)
            elif (entity := self._corrections.entity(head)) is not None:
                yield entity

    def _by_spelling(
        self, head: EntityId, start: int, end: int, named: Sequence[Mention]
    ) -> Iterator[EntityId]:
        """The entities that a participant is, by its spellings in the passage; in the article, if
        the passage only refers to it."""
        mine = [m for m in named if m.entity == head]
        inside = [m for m in mine if start <= m.start < end] or mine
        for spelling in dict.fromkeys(" ".join(m.text.split()) for m in inside):
            entity = self._corrections.entity(head, spelling)
            if entity is not None:
                yield entity

    def _mentions(self, article: RowId) -> Sequence[Mention]:
        """The mentions in an article, if spellings matter."""
        found = article_store.article(self._connection, article) if self._spelt else None
        if found is None:
            return ()
        return annotation_store.load(self._connection, article, found.text, self._heads).mentions
