"""All keys, by where they work."""

from __future__ import annotations

from tui.app.panes.page_view import HERE, KEPT, NOTED
from tui.app.panes.timeline import MARKS
from tui.app.screens.choice import Choice, Line
from tui.keys.actions import ACTIONS, TITLES, Where
from tui.keys.keymap import Keymap


def help_screen(keymap: Keymap, first: Where = "rows") -> Choice:
    """The table of actions as lines, those of a place first, with the signs that the panes use."""
    lines: list[Line] = []
    for where, title in sorted(TITLES.items(), key=lambda item: item[0] != first):
        lines.append(Line("", title, heading=True))
        lines.extend(
            Line("  ".join(keymap.shown(action)), action.help)
            for action in ACTIONS
            if action.where == where
        )
    lines.append(Line("", "Signs", heading=True))
    lines.append(Line(MARKS["happened"], "an event that happened"))
    lines.append(Line(MARKS["planned"], "one that is planned, or only proposed"))
    lines.append(Line(MARKS["claimed"], "one that somebody claims"))
    lines.append(Line(KEPT, "on the page: a passage is kept here"))
    lines.append(Line(NOTED, "on the page: one with a note"))
    lines.append(Line(HERE, "on the page: where you are; m keeps the sentence there"))
    lines.append(Line("─", "on the scrollbar: matches, or what is kept"))
    lines.append(Line("▎", "on the timeline: the open article tells of it"))
    lines.append(Line("2", "on the timeline: how many articles tell of it, if several"))
    lines.append(Line("~", "a date that is inferred or approximate"))
    lines.append(Line("•", "in the list: not read yet"))
    lines.append(Line("×", "in the list: its file is gone, the text is kept"))
    lines.append(
        Line("", "Counts go before keys: 5j. Rebind all of it: dateline keys, config.toml.")
    )
    return Choice("Keys", lines, searchable=True)
