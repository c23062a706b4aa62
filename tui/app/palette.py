"""The palette: every action by its words."""

from __future__ import annotations

from collections.abc import Iterator

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.app.actions import ACTIONS, Action, shown_keys


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
        seen: set[str] = set()
        for action in ACTIONS:
            if action.hidden or action.name in seen or not action.name.startswith("screen."):
                continue
            seen.add(action.name)
            yield action, f"{action.help}  ({shown_keys(action)[0]})"

    async def _run(self, action: Action) -> None:
        await self.app.run_action(
            action.name.removeprefix("screen."), default_namespace=self.screen
        )
