"""Every action of the reader in one table: where it works, its id, its keys, and words for it.

Dispatch, footer, help, palette and `dateline keys` are all made from it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Where = Literal[
    "rows", "list", "page", "select", "timeline", "anywhere", "notebook", "dialog", "typing", "writing"
]  # fmt: skip

TITLES: dict[Where, str] = {
    "rows": "Moving",
    "list": "In the list",
    "page": "On the page",
    "select": "Selecting a passage",
    "timeline": "On the timeline",
    "anywhere": "Anywhere",
    "notebook": "In the notebook",
    "dialog": "In a box over the page",
    "typing": "Typing in a line",
    "writing": "Writing a note",
}


class Action(NamedTuple):
    """One thing that a key does.

    `call` is the action as the app runs it: `{n}` in it stands for the count that was typed, 1 if
    none was, `{count}` for the same with 0 for none, `{letter}` for the letter that ended the
    keys. `keys` are in the notation of `notation`; `footer` is a word for the footer, "" to leave
    it out; `hidden` keeps it out of the palette; `hint` is a word for it while its keys wait for
    their last one. A tuple, as a hundred of them are made at each start.
    """

    where: Where
    id: str
    call: str
    keys: str
    help: str
    footer: str = ""
    hidden: bool = False
    hint: str = ""


A = Action
ACTIONS: tuple[Action, ...] = (
    A("rows", "move.down", "down({n})", "j, down", "one line down", hidden=True),
    A("rows", "move.up", "up({n})", "k, up", "one line up", hidden=True),
    A("rows", "move.half-down", "half_down({n})", "ctrl+d", "half a screen down", hidden=True),
    A("rows", "move.half-up", "half_up({n})", "ctrl+u", "half a screen up", hidden=True),
    A("rows", "move.page-down", "page_down({n})", "space, pagedown, ctrl+f", "a screen down", hidden=True),
    A("rows", "move.page-up", "page_up({n})", "b, pageup, ctrl+b", "a screen up", hidden=True),
    A("rows", "move.top", "top", "g, home", "to the first line", hidden=True),
    A("rows", "move.bottom", "bottom({count})", "G, end", "to the last line, or to the line of a count", hidden=True),
    A("list", "list.read", "screen.read", "enter, l, right", "read the article", "read", hidden=True),
    A("list", "list.unread", "screen.toggle_read", "U", "mark the article as unread, or as read"),
    A("list", "list.all-read", "screen.all_read", "A", "mark all that are listed as read (u takes it back)"),
    A("list", "list.sort", "screen.sort", "S", "another order: newest, oldest, title, events"),
    A("page", "page.next-mark", "next_mark({n})", "l, right", "to the next name, time or event", hidden=True),
    A("page", "page.last-mark", "last_mark({n})", "h, left", "to the previous name, time or event", hidden=True),
    A("page", "page.entity", "screen.entity", "enter", "the page of the name; the accounts of the event", "who"),
    A("page", "page.correct", "screen.correct", "C", "put right who or what the name is (u takes it back)"),
    A("page", "page.next-event", "screen.event({n})", "]", "to the next event", "next event"),
    A("page", "page.last-event", "screen.event(-{n})", "[", "to the previous event"),
    A("page", "page.next-mention", "screen.mention(1)", "}", "to the next mention of the same name, on into the next article", "same name"),
    A("page", "page.last-mention", "screen.mention(-1)", "{", "to the previous mention of the same name"),
    A("page", "page.account", "screen.account", "r", "to the next account of the event, in another article", "next account"),
    A("page", "page.accounts", "screen.accounts", "R", "all accounts of the event"),
    A("page", "page.select", "screen.select", "v", "select a passage", "select"),
    A("page", "page.select-lines", "screen.select(True)", "V", "select whole lines"),
    A("page", "page.keep", "screen.keep", "m", "keep the sentence", "keep"),
    A("page", "page.note", "screen.note", "a", "write a note and tags for the passage or the sentence"),
    A("page", "page.delete", "screen.delete_passage", "d", "delete the kept passage (u takes it back)"),
    A("page", "page.next-passage", "screen.passage({n})", ")", "to the next kept passage"),
    A("page", "page.last-passage", "screen.passage(-{n})", "(", "to the previous kept passage"),
    A("page", "page.wider", "screen.measure(4)", "+", "longer lines"),
    A("page", "page.narrower", "screen.measure(-4)", "-", "shorter lines"),
    A("page", "page.spacing", "screen.spacing", "=", "blank rows between the lines, and back"),
    A("page", "page.justify", "screen.justify", "J", "lines of one length, and back"),
    A("select", "select.left", "motion('left', {n})", "h, left, backspace", "to the left", hidden=True),
    A("select", "select.right", "motion('right', {n})", "l, right, space", "to the right", hidden=True),
    A("select", "select.down", "motion('down', {n})", "j, down", "a line down", hidden=True),
    A("select", "select.up", "motion('up', {n})", "k, up", "a line up", hidden=True),
    A("select", "select.word", "motion('word', {n})", "w, W", "to the next word", hidden=True),
    A("select", "select.word-back", "motion('word_back', {n})", "b, B", "to the word before", hidden=True),
    A("select", "select.word-end", "motion('word_end', {n})", "e, E", "to the end of the word", hidden=True),
    A("select", "select.line-start", "motion('line_start', 1)", "0, ^, home", "to the start of the line", hidden=True),
    A("select", "select.line-end", "motion('line_end', {n})", "$, end", "to the end of the line", hidden=True),
    A("select", "select.sentence", "motion('sentence', {n})", ")", "to the end of the sentence", hidden=True),
    A("select", "select.sentence-back", "motion('sentence_back', {n})", "(", "to the sentence before", hidden=True),
    A("select", "select.paragraph", "motion('paragraph', {n})", "}", "to the end of the paragraph", hidden=True),
    A("select", "select.paragraph-back", "motion('paragraph_back', {n})", "{", "to the paragraph before", hidden=True),
    A("select", "select.half-down", "motion('half_down', {n})", "ctrl+d, pagedown", "half a screen down", hidden=True),
    A("select", "select.half-up", "motion('half_up', {n})", "ctrl+u, pageup", "half a screen up", hidden=True),
    A("select", "select.top", "motion('top', 1)", "gg", "to the beginning of the text", hidden=True, hint="to the top"),
    A("select", "select.bottom", "motion('bottom', 1)", "G", "to the end of the text", hidden=True),
    A("select", "select.in-word", "object('word', {n})", "iw", "the word", hidden=True, hint="word"),
    A("select", "select.in-sentence", "object('sentence', {n})", "is", "the sentence, or as many as a count says", "sentence", hidden=True, hint="sentence"),
    A("select", "select.in-paragraph", "object('paragraph', {n})", "ip", "the paragraph, or as many as a count says", "paragraph", hidden=True, hint="paragraph"),
    A("select", "select.swap", "swap", "o", "to the other end", "other end", hidden=True),
    A("select", "select.lines", "lines", "V", "whole lines, and back", hidden=True),
    A("select", "select.keep", "screen.keep", "m, enter", "keep the passage", "keep", hidden=True),
    A("select", "select.note", "screen.note", "a", "keep it with a note and tags", "note", hidden=True),
    A("select", "select.copy", "screen.copy", "y", "copy the passage", "copy", hidden=True),
    A("select", "select.pipe", "screen.pipe", "!", "pipe the passage to a command of the config", hidden=True),
    A("select", "select.help", "screen.help", "?, f1", "all keys", "keys", hidden=True),
    A("select", "select.leave", "screen.leave_selection", "v, q, escape", "select nothing", "leave", hidden=True),
    A("timeline", "timeline.go", "screen.tell", "enter, l, right", "to the passage that tells of it", "passage", hidden=True),
    A("timeline", "timeline.next-day", "next_day({n})", "]", "to the next day", "next day"),
    A("timeline", "timeline.last-day", "last_day({n})", "[", "to the previous day"),
    A("timeline", "timeline.account", "screen.account", "r", "to the next account of the event"),
    A("timeline", "timeline.accounts", "screen.accounts", "R", "all accounts of the event", "accounts"),
    A("anywhere", "find.page", "screen.find", "/", "find on the page", "find"),
    A("anywhere", "find.next", "screen.next_match({n})", "n", "to the next match; without a search, to the next unread article"),
    A("anywhere", "find.last", "screen.next_match(-{n})", "N", "to the previous match; without a search, to the previous unread article"),
    A("anywhere", "find.library", "screen.search", "s", "search the library", "search"),
    A("anywhere", "filter.unread", "screen.filter_unread", "fu", "list what is unread, and all again", hint="unread"),
    A("anywhere", "filter.bookmarked", "screen.filter_bookmarked", "fb", "list what has kept passages, and all again", hint="bookmarked"),
    A("anywhere", "filter.name", "screen.filter_name", "fn", "list what names somebody or something", hint="a name"),
    A("anywhere", "filter.dates", "screen.filter_dates", "fd", "list what is of a day, month, year or range", hint="dates"),
    A("anywhere", "filter.title", "screen.filter_title", "ft", "list what has words in its title", hint="title"),
    A("anywhere", "filter.off", "screen.filter_off", "fx", "take the last filter off", hint="last off"),
    A("anywhere", "filter.all-off", "screen.filter_off(True)", "fX", "take all filters off", hint="all off"),
    A("anywhere", "notebook.open", "screen.notebook", "M", "the notebook: everything that is kept", "notebook"),
    A("anywhere", "place.go", "screen.go_to_place('{letter}')", "'<letter>", "to the place of a letter; a free letter names this place", hidden=True, hint="go or name"),
    A("anywhere", "place.last", "screen.back", "''", "to where you were before the last jump", hidden=True, hint="back"),
    A("anywhere", "place.name", "screen.name_place('{letter}')", '"<letter>', "give this place a letter, taken or not", hidden=True),
    A("anywhere", "app.undo", "screen.undo", "u, ctrl+z", "take back what was done last"),
    A("anywhere", "page.why", "screen.why", "w", "why is this marked, dated, told here?", "why"),
    A("anywhere", "page.raw", "screen.raw", "x", "the raw text, as it stands in the file, and back"),
    A("anywhere", "page.copy", "screen.copy", "y", "copy the passage at hand, or the paragraph"),
    A("anywhere", "page.original", "screen.original", "o", "open the original in a browser (http and https)"),
    A("anywhere", "page.edit", "screen.edit", "e", "open the file in $VISUAL or $EDITOR"),
    A("anywhere", "page.pipe", "screen.pipe", "!", "pipe the article to a command of the config"),
    A("anywhere", "go.back", "screen.back", "<, ctrl+o", "back to where you were", "back"),
    A("anywhere", "go.forward", "screen.forward", ">, ctrl+i", "forward again"),
    A("anywhere", "pane.timeline", "screen.timeline", "t", "to the timeline and back", "timeline"),
    A("anywhere", "pane.next", "screen.pane(1)", "tab", "to the next pane", hidden=True),
    A("anywhere", "pane.last", "screen.pane(-1)", "shift+tab", "to the previous pane", hidden=True),
    A("anywhere", "pane.wider", "screen.resize_pane({n})", "ctrl+w >", "make the pane wider", hint="wider"),
    A("anywhere", "pane.narrower", "screen.resize_pane(-{n})", "ctrl+w <", "make the pane narrower", hint="narrower"),
    A("anywhere", "pane.even", "screen.resize_pane(0)", "ctrl+w =", "panes as wide as they were at first", hint="as at first"),
    A("anywhere", "pane.zen", "screen.zen", "z", "the page alone, and back"),
    A("anywhere", "app.rescan", "screen.rescan", "ctrl+r", "look for new and changed articles"),
    A("anywhere", "app.problems", "screen.problems", "P", "what was skipped or is doubtful"),
    A("anywhere", "app.corrections", "screen.corrections", "", "corrections: what you put right of names, to take back"),
    A("anywhere", "app.theme", "screen.themes", "T", "choose a theme"),
    A("anywhere", "app.help", "screen.help", "?, f1", "all keys", "keys"),
    A("anywhere", "app.palette", "app.command_palette", ":", "commands by name", hidden=True),
    A("anywhere", "app.leave", "screen.leave", "q", "back one step; from the list: quit", "quit"),
    A("anywhere", "app.step-back", "screen.leave(False)", "escape", "back one step, never out", hidden=True),
    A("anywhere", "app.quit", "app.quit", "ctrl+c", "quit", hidden=True),
    A("notebook", "notebook.go", "screen.go", "enter, l, right", "to where it stands", "go there", hidden=True),
    A("notebook", "notebook.edit", "screen.edit", "a, e", "change note and tags", "note", hidden=True),
    A("notebook", "notebook.delete", "screen.delete", "d", "delete it (u takes it back)", "delete", hidden=True),
    A("notebook", "notebook.undo", "screen.undo", "u, ctrl+z", "take back what was done last", "undo", hidden=True),
    A("notebook", "notebook.attach", "screen.attach", "A", "say where it belongs: choose a place, or select one on the page", "attach", hidden=True),
    A("notebook", "notebook.group", "screen.group", "o, tab", "by article, event, tag or day", "grouping", hidden=True),
    A("notebook", "notebook.find", "screen.find", "/", "only what has some words in it", "find", hidden=True),
    A("notebook", "notebook.copy", "screen.copy", "y", "copy the quote", hidden=True),
    A("notebook", "notebook.help", "screen.help", "?, f1", "all keys", "keys", hidden=True),
    A("notebook", "notebook.leave", "screen.close", "q, M, <, escape", "back to the page", "close", hidden=True),
    A("notebook", "notebook.quit", "app.quit", "ctrl+c", "quit", hidden=True),
    A("dialog", "dialog.choose", "screen.choose", "enter, l, right", "choose it", hidden=True),
    A("dialog", "dialog.find", "screen.filter", "/", "only what has some words in it", hidden=True),
    A("dialog", "dialog.close", "screen.close", "q, escape, <, ctrl+o", "back to the page", hidden=True),
    A("dialog", "dialog.quit", "app.quit", "ctrl+c", "quit", hidden=True),
    A("typing", "typing.accept", "screen.accept", "enter", "take what is typed", hidden=True),
    A("typing", "typing.down", "screen.down", "down, ctrl+n", "to the next line below, if any", hidden=True),
    A("typing", "typing.up", "screen.up", "up, ctrl+p", "to the line above, if any", hidden=True),
    A("typing", "typing.page-down", "screen.page_down", "pagedown", "a screen of lines down", hidden=True),
    A("typing", "typing.page-up", "screen.page_up", "pageup", "a screen of lines up", hidden=True),
    A("typing", "typing.leave", "screen.close", "escape, ctrl+g", "leave it as it was", hidden=True),
    A("typing", "typing.quit", "app.quit", "ctrl+c", "quit", hidden=True),
    A("writing", "writing.save", "screen.save", "ctrl+s", "save it (in the line of tags, enter does)", hidden=True),
    A("writing", "writing.leave", "screen.close", "escape, ctrl+g", "leave it as it was", hidden=True),
)  # fmt: skip
del A

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}
