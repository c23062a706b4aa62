"""What the reader is to be told about the stores, collected until somebody shows it."""

from __future__ import annotations


class Notices:
    """Messages for the reader; each is shown once."""

    def __init__(self) -> None:
        self._pending: list[str] = []

    def add(self, message: str) -> None:
        """Add a message, a whole sentence."""
        self._pending.append(message)

    def take(self) -> list[str]:
        """The messages added since the previous call, without repetitions."""
        taken, self._pending = self._pending, []
        return list(dict.fromkeys(taken))
