"""Where the reader has been: back and forth as in a browser."""

from __future__ import annotations

from tui.model import Place

_MOST = 200


class History:
    """Places gone to, and where in them one is. Going somewhere new forgets what lay ahead."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def at(self) -> int:
        """Which of the places one is at, -1 before the first."""
        return self._at

    def leave(self, here: Place | None, there: Place) -> None:
        """Note that one goes from a place to another."""
        del self._places[self._at + 1 :]
        if here is not None and (not self._places or self._places[-1] != here):
            self._places.append(here)
        if not self._places or self._places[-1] != there:
            self._places.append(there)
        del self._places[: max(0, len(self._places) - _MOST)]
        self._at = len(self._places) - 1

    def replace(self, there: Place) -> None:
        """Note that one goes on looking around: only the last place of it is kept."""
        if self._at >= 0:
            self._places[self._at] = there

    def step(self, here: Place | None, by: int) -> Place | None:
        """One place back (-1) or forward (1); None at the end. Remembers where one was."""
        target = self._at + by
        if not 0 <= target < len(self._places):
            return None
        if here is not None and 0 <= self._at < len(self._places):
            self._places[self._at] = here
        self._at = target
        return self._places[target]

    def saved(self, most: int) -> tuple[list[Place], int]:
        """The last places, and which of them one is at, to be taken up by `load`."""
        first = max(0, len(self._places) - most)
        return self._places[first:], max(-1, self._at - first)

    def load(self, places: list[Place], at: int) -> None:
        """Take up what was saved."""
        self._places = places[-_MOST:]
        self._at = max(-1, min(at, len(self._places) - 1))
