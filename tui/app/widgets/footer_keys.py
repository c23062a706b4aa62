"""The keys that the status bar shows in a context."""

from __future__ import annotations

from tui.keys.actions import ACTIONS, Action, Context
from tui.keys.keymap import Keymap


def footer(keymap: Keymap, context: Context) -> list[tuple[str, str, str]]:
    """The first key, the word and the call of each bound action for the status bar in a context.

    In the context of a pane, the actions of the pane are followed by those that work anywhere.
    """
    contexts: tuple[Context, ...] = (
        (context, "anywhere") if context in ("list", "page", "timeline") else (context,)
    )
    return [
        (keymap.shown(action)[0], _word(action, context), action.call.replace("{n}", "1"))
        for each in contexts
        for action in ACTIONS
        if action.context == each and action.footer and keymap.keys[action.id]
    ]


def _word(action: Action, context: Context) -> str:
    """The word for an action; `q` quits in the list, and leads back to the list elsewhere."""
    return "list" if action.footer == "quit" and context != "list" else action.footer
