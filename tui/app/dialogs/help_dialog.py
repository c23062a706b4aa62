"""The help dialog: all keys, grouped by context."""

from __future__ import annotations

from tui.app.dialogs.choice import Choice, Line
from tui.app.page.page_drawing import BOOKMARKED, HERE, NOTED
from tui.app.widgets.timeline_pane import MARKS
from tui.keys.actions import ACTIONS, TITLES, Context
from tui.keys.keymap import Keymap


def help_dialog(keymap: Keymap, first: Context = "rows") -> Choice:
    """A dialog with all actions, those of one context first, and the signs used by the panes."""
    lines: list[Line] = []
    for context, title in sorted(TITLES.items(), key=lambda item: item[0] != first):
        lines.append(Line("", title, heading=True))
        lines.extend(
            Line("  ".join(keymap.shown(action)), action.help)
            for action in ACTIONS
            if action.context == context
        )
    lines.append(Line("", "Signs", heading=True))
    lines.append(Line(MARKS["happened"], "an event that happened"))
    lines.append(Line(MARKS["planned"], "an event that is planned, or only proposed"))
    lines.append(Line(MARKS["claimed"], "an event that somebody claims"))
    lines.append(Line(BOOKMARKED, "on the page: a bookmark"))
    lines.append(Line(NOTED, "on the page: one with a note"))
    lines.append(Line(HERE, "on the page: where you are; m keeps the sentence there"))
    lines.append(Line("─", "on the scrollbar: matches, or bookmarks"))
    lines.append(Line("▎", "on the timeline: the open article tells of it"))
    lines.append(Line("2", "on the timeline: how many articles tell of it, if several"))
    lines.append(Line("~", "a date that is inferred or approximate"))
    lines.append(Line("?", "a date that is uncertain"))
    lines.append(Line("•", "in the list: not read yet"))
    lines.append(Line("×", "in the list: its file is gone, the text stays"))
    lines.append(
        Line("", "Counts go before keys: 5j. Rebind all of it: dateline keys, config.toml.")
    )
    return Choice("Keys", lines, searchable=True)
