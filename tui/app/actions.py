"""Every action of the reader in one table: id, keys, words for it, and where it works.

Bindings, footer, help and palette are all made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Where = Literal["anywhere", "rows", "list", "page", "timeline"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a key does.

    `name` is the action as Textual dispatches it, `keys` its keys in Textual's names; `footer` is
    a word for the footer, "" to leave it out; `hidden` keeps it out of the palette.
    """

    where: Where
    name: str
    keys: str
    help: str
    footer: str = ""
    hidden: bool = False

    @property
    def id(self) -> str:
        """What the keymap and a config file call it."""
        return f"{self.where}.{self.name.split('(')[0].removeprefix('screen.')}"


ACTIONS: tuple[Action, ...] = (
    Action("rows", "down", "j,down", "one line down", hidden=True),
    Action("rows", "up", "k,up", "one line up", hidden=True),
    Action("rows", "half_down", "ctrl+d", "half a screen down", hidden=True),
    Action("rows", "half_up", "ctrl+u", "half a screen up", hidden=True),
    Action("rows", "page_down", "space,pagedown,ctrl+f", "a screen down", hidden=True),
    Action("rows", "page_up", "b,pageup,ctrl+b", "a screen up", hidden=True),
    Action("rows", "top", "g,home", "to the first line", hidden=True),
    Action("rows", "bottom", "G,end", "to the last line", hidden=True),
    Action("list", "choose", "enter,l,right", "read the article", "read"),
    Action("page", "next_mark", "l,right", "to the next name, time or event on the page", hidden=True),
    Action("page", "last_mark", "h,left", "to the previous name, time or event on the page", hidden=True),
    Action("page", "screen.event(1)", "right_square_bracket", "to the next event", "next event"),
    Action("page", "screen.event(-1)", "left_square_bracket", "to the previous event"),
    Action("page", "screen.mention(1)", "right_curly_bracket", "to the next mention of the same name, on into the next article", "same name"),
    Action("page", "screen.mention(-1)", "left_curly_bracket", "to the previous mention of the same name"),
    Action("page", "screen.account", "r", "to the next account of the event, in another article", "next account"),
    Action("page", "screen.accounts", "R", "all accounts of the event", "accounts"),
    Action("anywhere", "screen.why", "w", "why is this marked, dated, told here?", "why"),
    Action("anywhere", "screen.raw", "x", "the raw text, as it stands in the file, and back"),
    Action("anywhere", "screen.copy", "y", "copy the event's passage, or the paragraph"),
    Action("anywhere", "screen.original", "o", "open the original in a browser (http and https)"),
    Action("timeline", "choose", "enter,l,right", "to the passage that tells of it", "passage"),
    Action("timeline", "next_day", "right_square_bracket", "to the next day", "next day"),
    Action("timeline", "last_day", "left_square_bracket", "to the previous day"),
    Action("timeline", "screen.account", "r", "to the next account of the event"),
    Action("timeline", "screen.accounts", "R", "all accounts of the event", "accounts"),
    Action("anywhere", "screen.back", "less_than_sign,ctrl+o", "back to where you were", "back"),
    Action("anywhere", "screen.forward", "greater_than_sign,ctrl+i", "forward again"),
    Action("anywhere", "screen.timeline", "t", "to the timeline and back", "timeline"),
    Action("anywhere", "screen.pane(1)", "tab", "to the next pane", hidden=True),
    Action("anywhere", "screen.pane(-1)", "shift+tab", "to the previous pane", hidden=True),
    Action("anywhere", "screen.zen", "z", "the page alone, and back"),
    Action("anywhere", "screen.rescan", "ctrl+r", "look for new and changed articles"),
    Action("anywhere", "screen.problems", "P", "what was skipped or is doubtful"),
    Action("anywhere", "screen.theme", "T", "the next theme"),
    Action("anywhere", "screen.help", "question_mark,f1", "all keys", "keys"),
    Action("anywhere", "app.command_palette", "colon", "commands by name", hidden=True),
    Action("anywhere", "screen.leave", "q", "back one step; from the list: quit", "quit"),
    Action("anywhere", "screen.leave(False)", "escape", "back one step, never out", hidden=True),
    Action("anywhere", "app.quit", "ctrl+c", "quit", hidden=True),
)  # fmt: skip

_SIGNS = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "question_mark": "?",
    "colon": ":",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "S-Tab",
    "f1": "F1",
}

TITLES: dict[Where, str] = {
    "rows": "Moving",
    "list": "In the list",
    "page": "On the page",
    "timeline": "On the timeline",
    "anywhere": "Anywhere",
}


def shown_keys(action: Action) -> list[str]:
    """The keys of an action as a reader knows them."""
    return [_SIGNS.get(key, key.replace("ctrl+", "Ctrl-")) for key in action.keys.split(",")]


def bindings(*where: Where) -> list[Binding]:
    """Textual's bindings of the actions that work in some places."""
    return [
        Binding(action.keys, action.name, action.help, show=False, id=f"{action.id}.{number}")
        for number, action in enumerate(ACTIONS)
        if action.where in where
    ]


def _footer_word(action: Action, where: Where) -> str:
    """The word of the footer: `q` quits from the list alone."""
    return "list" if action.footer == "quit" and where != "list" else action.footer


def footer(where: Where) -> list[tuple[str, str, str]]:
    """Key, word and action for the footer of a pane: its own first, then those of anywhere."""
    return [
        (shown_keys(action)[0], _footer_word(action, where), action.name)
        for place in (where, "anywhere")
        for action in ACTIONS
        if action.where == place and action.footer
    ]
