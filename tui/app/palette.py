"""The palette: every action by its words, and everybody in the story by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.app.text_fit import counted
from tui.keys.actions import ACTIONS, Action
from tui.keys.keymap import Keymap
from tui.model import Likeness

# Scores beside those of the matcher, which are about 1.
_WHOLLY, _BY_SPELLING = 100.0, 0.1


class Actions(Provider):
    """The actions of the table that make sense without a place on the screen."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for action, words in self._entries():
            yield DiscoveryHit(Content(words), lambda a=action: self._run(a), text=words)

    async def search(self, query: str) -> Hits:
        """Those that match what is typed."""
        matcher = self.matcher(query)
        for action, words in self._entries():
            score = matcher.match(words)
            if score > 0:
                yield Hit(
                    score, matcher.highlight(words), lambda a=action: self._run(a), text=words
                )

    def _entries(self) -> Iterator[tuple[Action, str]]:
        keymap: Keymap = getattr(self.app, "keymap")  # noqa: B009 - any app that has one
        seen: set[str] = set()
        for action in ACTIONS:
            call = action.call
            if action.hidden or call in seen or not call.startswith("screen."):
                continue
            seen.add(call)
            keys = keymap.shown(action)
            yield action, action.help + (f"  ({keys[0]})" if keys else "")

    async def _run(self, action: Action) -> None:
        call = action.call.removeprefix("screen.").replace("{n}", "1")
        await self.app.run_action(call, default_namespace=self.screen)


class People(Provider):
    """Who and what the library names: each leads to its page."""

    async def search(self, query: str) -> Hits:
        """Those whose name holds what is typed, the most named first."""
        screen = self.screen
        if not isinstance(screen, Naming) or len(query.strip()) < 2:
            return
        matcher = self.matcher(query)
        for ident, name, count, rank in screen.entities_like(query.strip()):
            # Who is called so wholly comes before the actions that hold the letters somewhere.
            score = _WHOLLY if rank == 0 else matcher.match(name) or _BY_SPELLING
            yield Hit(
                score,
                matcher.highlight(name),
                lambda i=ident: screen.open_entity(i),
                text=name,
                help=f"in {counted(count, 'article')}",
            )


@runtime_checkable
class Naming(Protocol):
    """A screen of a library whose names can be asked for."""

    def entities_like(self, words: str) -> list[Likeness]:
        """Entities that are called or spelt like some words."""
        ...

    def open_entity(self, ident: str) -> None:
        """Show the page of an entity."""
        ...
