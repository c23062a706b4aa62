"""The positions that the reader has been at: back and forward as in a browser."""

from __future__ import annotations

from tui.articles.model import Position

_LIMIT = 200


class History:
    """Positions gone to, and which of them is the current one.

    Going to a new position drops those that lie ahead.
    """

    def __init__(self) -> None:
        self._positions: list[Position] = []
        self._at = -1

    @property
    def at(self) -> int:
        """The index of the current position, -1 before the first one."""
        return self._at

    def leave(self, here: Position | None, there: Position) -> None:
        """Note that the reader goes from one position to another."""
        del self._positions[self._at + 1 :]
        if here is not None and (not self._positions or self._positions[-1] != here):
            self._positions.append(here)
        if not self._positions or self._positions[-1] != there:
            self._positions.append(there)
        del self._positions[: max(0, len(self._positions) - _LIMIT)]
        self._at = len(self._positions) - 1

    def replace(self, there: Position) -> None:
        """Put another position in the place of the current one."""
        if self._at >= 0:
            self._positions[self._at] = there

    def step(self, here: Position | None, by: int) -> Position | None:
        """Step one position back (-1) or forward (1); None at the end.

        `here`, where the reader is now, replaces the current position.
        """
        target = self._at + by
        if not 0 <= target < len(self._positions):
            return None
        if here is not None and 0 <= self._at < len(self._positions):
            self._positions[self._at] = here
        self._at = target
        return self._positions[target]

    def latest(self, limit: int) -> tuple[list[Position], int]:
        """The latest positions, and the index of the current one among them, for `load`."""
        first = max(0, len(self._positions) - limit)
        return self._positions[first:], max(-1, self._at - first)

    def load(self, positions: list[Position], at: int) -> None:
        """Restore what `latest` returned."""
        self._positions = positions[-_LIMIT:]
        self._at = max(-1, min(at, len(self._positions) - 1))
