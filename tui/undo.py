"""The changes of this session that can be undone, the newest first."""

from __future__ import annotations

from collections.abc import Callable

_LIMIT = 200


class ChangedSince(Exception):  # noqa: N818 - it names what has happened
    """What a change wrote has been changed again by another process or an import."""


class UndoStack:
    """Changes with the functions that undo them.

    Attributes:
        pushed: the number of changes ever pushed, from which a caller can tell whether one was.
    """

    def __init__(self) -> None:
        self._changes: list[tuple[str, Callable[[], None]]] = []
        self.pushed = 0

    def push(self, description: str, undo: Callable[[], None]) -> None:
        """Add a change; of more than 200, the oldest is dropped."""
        self.pushed += 1
        self._changes.append((description, undo))
        del self._changes[:-_LIMIT]

    @property
    def latest(self) -> str:
        """The description of the change that `undo` would undo, "" if there is none."""
        return self._changes[-1][0] if self._changes else ""

    def undo(self) -> str | None:
        """Undo the latest change and return its description, None if there is none.

        Raises:
            ChangedSince: if what it wrote has been changed since; it is left as it is, and the
                change is dropped from the stack.
            NotWritten: if the notebook cannot be written; the change stays on the stack.
        """
        if not self._changes:
            return None
        description, undo = self._changes.pop()
        try:
            undo()
        except ChangedSince:
            raise
        except Exception:
            self._changes.append((description, undo))
            raise
        return description
