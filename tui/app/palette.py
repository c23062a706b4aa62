"""The command palette: actions by their descriptions, and entities by their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.app.widgets.text_fit import counted
from tui.entities.model import Likeness
from tui.ids import EntityId
from tui.keys.actions import ACTIONS, Action
from tui.keys.keymap import Keymap

# Scores to be compared with those of the matcher, which are about 1.
_WHOLLY, _BY_SPELLING = 100.0, 0.1


@runtime_checkable
class Performs(Protocol):
    """An app that runs the actions of the table."""

    keymap: Keymap

    async def perform(self, call: str) -> None:
        """Run an action, given as in the table of actions."""
        ...


class Actions(Provider):
    """The actions of the table that do not depend on the focused widget."""

    async def discover(self) -> Hits:
        """Yield all actions, before anything is typed."""
        for action, words in self._entries():
            yield DiscoveryHit(Content(words), lambda a=action: self._run(a), text=words)

    async def search(self, query: str) -> Hits:
        """Yield the actions whose descriptions match what is typed."""
        matcher = self.matcher(query)
        for action, words in self._entries():
            score = matcher.match(words)
            if score > 0:
                yield Hit(
                    score, matcher.highlight(words), lambda a=action: self._run(a), text=words
                )

    def _entries(self) -> Iterator[tuple[Action, str]]:
        keymap = self._app.keymap
        seen: set[str] = set()
        for action in ACTIONS:
            call = action.call
            if action.hidden or call in seen or "." not in call.split("(")[0]:
                continue
            seen.add(call)
            keys = keymap.shown(action)
            yield action, action.help + (f"  ({keys[0]})" if keys else "")

    @property
    def _app(self) -> Performs:
        app = self.app
        if not isinstance(app, Performs):
            raise TypeError(f"{app!r} performs no actions")
        return app

    async def _run(self, action: Action) -> None:
        await self._app.perform(action.call.replace("{n}", "1"))


class EntityNames(Provider):
    """The entities of the library; choosing one opens its page."""

    async def search(self, query: str) -> Hits:
        """Yield the entities with a spelling that contains the two or more characters typed."""
        screen = self.screen
        if not isinstance(screen, NamesEntities) or len(query.strip()) < 2:
            return
        matcher = self.matcher(query)
        for entity, name, count, rank in screen.entities_like(query.strip()):
            # A complete spelling ranks above the actions that contain the letters somewhere.
            score = _WHOLLY if rank == 0 else matcher.match(name) or _BY_SPELLING
            yield Hit(
                score,
                matcher.highlight(name),
                lambda e=entity: screen.open_entity(e),
                text=name,
                help=f"in {counted(count, 'article')}",
            )


@runtime_checkable
class NamesEntities(Protocol):
    """A screen that can search the entities of a library."""

    def entities_like(self, words: str) -> list[Likeness]:
        """The entities with a spelling that contains `words`, the best matches first."""
        ...

    def open_entity(self, entity: EntityId) -> None:
        """Show the page of an entity."""
        ...
