"""From keys pressed to actions run: sequences, counts and places, which Textual's bindings lack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from textual import events

from tui.keys.actions import Action, Where
from tui.keys.keymap import Keymap

_MOST = 9999
_DIGITS = frozenset("0123456789")


@runtime_checkable
class HasPlaces(Protocol):
    """A screen whose keys are those of the table."""

    @property
    def places(self) -> Sequence[Where]:
        """The places that the keys of the moment belong to, the nearest first."""

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Show the keys that have been pressed and how they may go on; "" when that is over."""


def key_of(event: events.Key) -> str:
    """A key as the keymap has it: the character itself, or its name."""
    if event.key == "space":
        return "space"
    plain = "+" not in event.key[:-1]
    if plain and event.is_printable and event.character:
        return event.character
    return event.key


class Dispatch:
    """Takes keys one by one, and says what they come to."""

    def __init__(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self._pressed: tuple[str, ...] = ()
        self._count = ""

    @property
    def pending(self) -> str:
        """What has been pressed of something that goes on."""
        return self._count + "".join(self._pressed)

    def take(self, key: str, places: Sequence[Where]) -> str | bool:
        """What a key comes to: an action to run, True if it is taken and waits, else False."""
        counts = "typing" not in places and "writing" not in places
        digit = key in _DIGITS and (self._count or key != "0")
        if counts and digit and not self._pressed:
            self._count = (self._count + key)[-4:]
            return True
        pressed = (*self._pressed, key)
        found = self.keymap.find(places, pressed)
        if found is True:
            self._pressed = pressed
            return True
        waited = bool(self._pressed or self._count)
        count = min(int(self._count or 0), _MOST)
        self._pressed, self._count = (), ""
        if not isinstance(found, Action):
            # Keys that came to nothing are taken, so that the last of them does nothing else.
            return waited
        call = found.call.replace("{n}", str(count or 1)).replace("{count}", str(count))
        return call.replace("{letter}", key if key.isalpha() else "")

    def following(self, places: Sequence[Where]) -> list[tuple[str, Action]]:
        """How what was pressed may go on."""
        return self.keymap.following(places, self._pressed) if self._pressed else []
