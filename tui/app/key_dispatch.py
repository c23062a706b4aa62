"""Maps keys to actions, with sequences, counts and contexts, which Textual's bindings lack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from textual import events

from tui.keys.actions import Action, Context
from tui.keys.keymap import Keymap

_MOST = 9999
_DIGITS = frozenset("0123456789")


@runtime_checkable
class HasContexts(Protocol):
    """A screen whose keys are those of the table of actions."""

    @property
    def contexts(self) -> Sequence[Context]:
        """The contexts whose keys apply now, the innermost first."""

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Show the pending keys and their continuations; "" if no keys are pending any more."""


def key_of(event: events.Key) -> str:
    """A key as the keymap writes it: the character, or the name of the key."""
    if event.key == "space":
        return "space"
    plain = "+" not in event.key[:-1]
    if plain and event.is_printable and event.character:
        return event.character
    return event.key


class Dispatch:
    """Collects keys one by one into counts and sequences, and finds their actions."""

    def __init__(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self._pressed: tuple[str, ...] = ()
        self._count = ""

    @property
    def pending(self) -> str:
        """The count and the keys of an unfinished sequence, "" if there is none."""
        return self._count + "".join(self._pressed)

    def take(self, key: str, contexts: Sequence[Context]) -> str | bool:
        """Process a key, and return the action that it completes.

        True if the key is consumed without completing an action, False if it is not consumed.
        """
        counts = "typing" not in contexts and "writing" not in contexts
        digit = key in _DIGITS and (self._count or key != "0")
        if counts and digit and not self._pressed:
            self._count = (self._count + key)[-4:]
            return True
        pressed = (*self._pressed, key)
        found = self.keymap.find(contexts, pressed)
        if found is True:
            self._pressed = pressed
            return True
        waited = bool(self._pressed or self._count)
        count = min(int(self._count or 0), _MOST)
        self._pressed, self._count = (), ""
        if not isinstance(found, Action):
            # The last key of an unknown sequence is consumed, so that it has no effect of its own.
            return waited
        call = found.call.replace("{n}", str(count or 1)).replace("{count}", str(count))
        return call.replace("{letter}", key if key.isalpha() else "")

    def following(self, contexts: Sequence[Context]) -> list[tuple[str, Action]]:
        """The continuations of the unfinished sequence, each with its action."""
        return self.keymap.following(contexts, self._pressed) if self._pressed else []
