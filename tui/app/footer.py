"""The keys that the last line shows for a place."""

from __future__ import annotations

from tui.keys.actions import ACTIONS, Action, Where
from tui.keys.keymap import Keymap


def footer(keymap: Keymap, where: Where) -> list[tuple[str, str, str]]:
    """Key, word and action of a place: its own first, then those of anywhere; unbound ones not."""
    places: tuple[Where, ...] = (
        (where, "anywhere") if where in ("list", "page", "timeline") else (where,)
    )
    return [
        (keymap.shown(action)[0], _word(action, where), action.call.replace("{n}", "1"))
        for place in places
        for action in ACTIONS
        if action.where == place and action.footer and keymap.keys[action.id]
    ]


def _word(action: Action, where: Where) -> str:
    """`q` quits from the list alone."""
    return "list" if action.footer == "quit" and where != "list" else action.footer
