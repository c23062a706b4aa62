"""The table of all actions of the reader: context, id, keys and descriptions.

Key dispatch, status bar, help, palette and `dateline keys` are derived from it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Context = Literal[
    "rows", "list", "page", "select", "timeline", "anywhere", "notebook", "dialog", "typing", "writing"
]  # fmt: skip

TITLES: dict[Context, str] = {
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
    """An action and its default keys.

    The keys apply in `context`. `call` is the action as the app runs it: `{n}`
    in it stands for the count that was typed, 1 if there was none; `{count}` for the same, but 0 if
    there was none; `{letter}` for the letter that ended the keys. `keys` are in the notation of
    `tui.keys.notation`. `help` is the description. `footer` is its word in the status bar, "" to
    leave the action out. `hidden` excludes it from the palette. `hint` is its description while its
    keys are pending, "" to use `help`. It is a tuple because a hundred of them are created at each
    start.
    """

    context: Context
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
    A("list", "list.read", "opening.read", "enter, l, right", "read the article", "read", hidden=True),
    A("list", "list.unread", "read_marks.toggle", "U", "mark the article as unread, or as read"),
    A("list", "list.all-read", "read_marks.mark_listed", "A", "mark all that are listed as read (u undoes it)"),
    A("list", "list.sort", "sort.next_order", "S", "another order: newest, oldest, title, events"),
    A("page", "page.next-mark", "next_mark({n})", "l, right", "to the next name, time or event", hidden=True),
    A("page", "page.previous-mark", "previous_mark({n})", "h, left", "to the previous name, time or event", hidden=True),
    A("page", "page.entity", "entities.open_at_point", "enter", "the page of the name; the accounts of the event", "who"),
    A("page", "page.correct", "corrections.correct_at_point", "C", "correct who or what the name is (u undoes it)"),
    A("page", "page.next-event", "navigate.event({n})", "]", "to the next event", "next event"),
    A("page", "page.previous-event", "navigate.event(-{n})", "[", "to the previous event"),
    A("page", "page.next-mention", "navigate.mention(1)", "}", "to the next mention of the same name, on into the next article", "same name"),
    A("page", "page.previous-mention", "navigate.mention(-1)", "{", "to the previous mention of the same name"),
    A("page", "page.account", "navigate.account", "r", "to the next account of the event, in another article", "next account"),
    A("page", "page.accounts", "navigate.accounts", "R", "all accounts of the event"),
    A("page", "page.select", "annotate.select", "v", "select a passage", "select"),
    A("page", "page.select-lines", "annotate.select(True)", "V", "select whole lines"),
    A("page", "page.keep", "annotate.keep", "m", "keep the sentence", "keep"),
    A("page", "page.note", "annotate.note", "a", "write a note and tags for the passage or the sentence"),
    A("page", "page.delete", "annotate.delete", "d", "delete the bookmark (u undoes it)"),
    A("page", "page.next-bookmark", "annotate.go_to_bookmark({n})", ")", "to the next bookmark"),
    A("page", "page.previous-bookmark", "annotate.go_to_bookmark(-{n})", "(", "to the previous bookmark"),
    A("page", "page.wider", "appearance.measure(4)", "+", "longer lines"),
    A("page", "page.narrower", "appearance.measure(-4)", "-", "shorter lines"),
    A("page", "page.spacing", "appearance.spacing", "=", "blank rows between the lines, and back"),
    A("page", "page.justify", "appearance.justify", "J", "lines of one length, and back"),
    A("select", "select.left", "motion('left', {n})", "h, left, backspace", "to the left", hidden=True),
    A("select", "select.right", "motion('right', {n})", "l, right, space", "to the right", hidden=True),
    A("select", "select.down", "motion('down', {n})", "j, down", "a line down", hidden=True),
    A("select", "select.up", "motion('up', {n})", "k, up", "a line up", hidden=True),
    A("select", "select.word", "motion('word', {n})", "w, W", "to the next word", hidden=True),
    A("select", "select.word-back", "motion('word_back', {n})", "b, B", "to the previous word", hidden=True),
    A("select", "select.word-end", "motion('word_end', {n})", "e, E", "to the end of the word", hidden=True),
    A("select", "select.line-start", "motion('line_start', 1)", "0, ^, home", "to the start of the line", hidden=True),
    A("select", "select.line-end", "motion('line_end', {n})", "$, end", "to the end of the line", hidden=True),
    A("select", "select.sentence", "motion('sentence', {n})", ")", "to the end of the sentence", hidden=True),
    A("select", "select.sentence-back", "motion('sentence_back', {n})", "(", "to the previous sentence", hidden=True),
    A("select", "select.paragraph", "motion('paragraph', {n})", "}", "to the end of the paragraph", hidden=True),
    A("select", "select.paragraph-back", "motion('paragraph_back', {n})", "{", "to the previous paragraph", hidden=True),
    A("select", "select.half-down", "motion('half_down', {n})", "ctrl+d, pagedown", "half a screen down", hidden=True),
    A("select", "select.half-up", "motion('half_up', {n})", "ctrl+u, pageup", "half a screen up", hidden=True),
    A("select", "select.top", "motion('top', 1)", "gg", "to the beginning of the text", hidden=True, hint="to the top"),
    A("select", "select.bottom", "motion('bottom', 1)", "G", "to the end of the text", hidden=True),
    A("select", "select.in-word", "object('word', {n})", "iw", "the word", hidden=True, hint="word"),
    A("select", "select.in-sentence", "object('sentence', {n})", "is", "the sentence, or as many as a count says", "sentence", hidden=True, hint="sentence"),
    A("select", "select.in-paragraph", "object('paragraph', {n})", "ip", "the paragraph, or as many as a count says", "paragraph", hidden=True, hint="paragraph"),
    A("select", "select.swap", "swap", "o", "to the other end", "other end", hidden=True),
    A("select", "select.lines", "lines", "V", "whole lines, and back", hidden=True),
    A("select", "select.keep", "annotate.keep", "m, enter", "keep the passage", "keep", hidden=True),
    A("select", "select.note", "annotate.note", "a", "keep it with a note and tags", "note", hidden=True),
    A("select", "select.copy", "annotate.copy", "y", "copy the passage", "copy", hidden=True),
    A("select", "select.pipe", "external.pipe", "!", "pipe the passage to a command of the config", hidden=True),
    A("select", "select.help", "screen.help", "?, f1", "all keys", "keys", hidden=True),
    A("select", "select.leave", "annotate.leave_selection", "v, q, escape", "select nothing", "leave", hidden=True),
    A("timeline", "timeline.go", "opening.tell", "enter, l, right", "to the passage that tells of it", "passage", hidden=True),
    A("timeline", "timeline.next-day", "next_day({n})", "]", "to the next day", "next day"),
    A("timeline", "timeline.previous-day", "previous_day({n})", "[", "to the previous day"),
    A("timeline", "timeline.account", "navigate.account", "r", "to the next account of the event"),
    A("timeline", "timeline.more", "timeline_view.zoom({n})", "+", "twice as many events", "more"),
    A("timeline", "timeline.fewer", "timeline_view.zoom(-{n})", "-", "half as many events"),
    A("timeline", "timeline.all", "timeline_view.everything", "=", "all events, and back to those that tell the story"),
    A("timeline", "timeline.date", "timeline_view.go_to_date", "@", "to the events of a date"),
    A("timeline", "timeline.find", "timeline_view.find", "/", "find words in its lines"),
    A("timeline", "timeline.next-match", "timeline_view.next_match({n})", "n", "to the next line with the words", hidden=True),
    A("timeline", "timeline.previous-match", "timeline_view.next_match(-{n})", "N", "to the previous line with the words", hidden=True),
    A("timeline", "timeline.accounts", "navigate.accounts", "R", "all accounts of the event", "accounts"),
    A("anywhere", "find.page", "find.open", "/", "find on the page", "find"),
    A("anywhere", "find.next", "find.next_match({n})", "n", "to the next match; without a search, to the next unread article"),
    A("anywhere", "find.previous", "find.next_match(-{n})", "N", "to the previous match; without a search, to the previous unread article"),
    A("anywhere", "find.library", "find.search", "s", "search the library", "search"),
    A("anywhere", "filter.unread", "filter.unread", "fu", "list what is unread, and all again", hint="unread"),
    A("anywhere", "filter.bookmarked", "filter.bookmarked", "fb", "list what has bookmarks, and all again", hint="bookmarked"),
    A("anywhere", "filter.name", "filter.name", "fn", "list what names somebody or something", hint="a name"),
    A("anywhere", "filter.dates", "filter.dates", "fd", "list what is of a day, month, year or range", hint="dates"),
    A("anywhere", "filter.title", "filter.title", "ft", "list what has words in its title", hint="title"),
    A("anywhere", "filter.off", "filter.off", "fx", "remove the latest filter", hint="latest off"),
    A("anywhere", "filter.all-off", "filter.off(True)", "fX", "remove all filters", hint="all off"),
    A("anywhere", "notebook.open", "annotate.notebook", "M", "the notebook: all bookmarks", "notebook"),
    A("anywhere", "place.go", "navigate.go_to_place('{letter}')", "'<letter>", "to the place of a letter; a free letter names this place", hidden=True, hint="go or name"),
    A("anywhere", "place.back", "navigate.back", "''", "to where you were before the latest jump", hidden=True, hint="back"),
    A("anywhere", "place.name", "navigate.name_place('{letter}')", '"<letter>', "name this place by a letter, also if it is taken", hidden=True),
    A("anywhere", "app.undo", "annotate.undo", "u, ctrl+z", "undo the latest change"),
    A("anywhere", "page.why", "navigate.explain", "w", "why is this marked, dated, told here?", "why"),
    A("anywhere", "page.date", "date.correct", "D", "accept, correct or reject the date of the article (u undoes it)"),
    A("anywhere", "page.event", "event.correct", "E", "correct the event: same, other, date, words, status, none (u undoes it)"),
    A("anywhere", "page.raw", "external.raw", "x", "the raw text, as it stands in the file, and back"),
    A("anywhere", "page.copy", "annotate.copy", "y", "copy the bookmark at the point, or the paragraph"),
    A("anywhere", "page.original", "external.original", "o", "open the original in a browser (http and https)"),
    A("anywhere", "page.edit", "external.edit", "e", "open the file in $VISUAL or $EDITOR"),
    A("anywhere", "page.pipe", "external.pipe", "!", "pipe the article to a command of the config"),
    A("anywhere", "go.back", "navigate.back", "<, ctrl+o", "back to where you were", "back"),
    A("anywhere", "go.forward", "navigate.forward", ">, ctrl+i", "forward again"),
    A("anywhere", "pane.timeline", "screen.timeline", "t", "to the timeline and back", "timeline"),
    A("anywhere", "pane.next", "screen.pane(1)", "tab", "to the next pane", hidden=True),
    A("anywhere", "pane.previous", "screen.pane(-1)", "shift+tab", "to the previous pane", hidden=True),
    A("anywhere", "pane.wider", "screen.resize_pane({n})", "ctrl+w >", "make the pane wider", hint="wider"),
    A("anywhere", "pane.narrower", "screen.resize_pane(-{n})", "ctrl+w <", "make the pane narrower", hint="narrower"),
    A("anywhere", "pane.even", "screen.resize_pane(0)", "ctrl+w =", "panes of the default widths", hint="default widths"),
    A("anywhere", "pane.zen", "screen.zen", "z", "the page alone, and back"),
    A("anywhere", "app.rescan", "index.rescan", "ctrl+r", "look for new and changed articles"),
    A("anywhere", "app.problems", "screen.problems", "P", "what was skipped or is doubtful"),
    A("anywhere", "app.corrections", "corrections.history", "", "corrections of names, dates and events, to look at and to withdraw"),
    A("anywhere", "app.theme", "appearance.themes", "T", "choose a theme"),
    A("anywhere", "app.help", "screen.help", "?, f1", "all keys", "keys"),
    A("anywhere", "app.palette", "app.command_palette", ":", "commands by name", hidden=True),
    A("anywhere", "app.leave", "screen.leave", "q", "back one step; from the list: quit", "quit"),
    A("anywhere", "app.step-back", "screen.leave(False)", "escape", "back one step, without quitting", hidden=True),
    A("anywhere", "app.quit", "app.quit", "ctrl+c", "quit", hidden=True),
    A("notebook", "notebook.go", "screen.go", "enter, l, right", "to where it stands", "go there", hidden=True),
    A("notebook", "notebook.edit", "screen.edit", "a, e", "change note and tags", "note", hidden=True),
    A("notebook", "notebook.delete", "screen.delete", "d", "delete it (u undoes it)", "delete", hidden=True),
    A("notebook", "notebook.undo", "screen.undo", "u, ctrl+z", "undo the latest change", "undo", hidden=True),
    A("notebook", "notebook.attach", "screen.attach", "A", "say where it belongs: choose a passage, or select one on the page", "attach", hidden=True),
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
    A("typing", "typing.accept", "screen.accept", "enter", "accept what is typed", hidden=True),
    A("typing", "typing.down", "screen.down", "down, ctrl+n", "to the next line below, if any", hidden=True),
    A("typing", "typing.up", "screen.up", "up, ctrl+p", "to the line above, if any", hidden=True),
    A("typing", "typing.page-down", "screen.page_down", "pagedown", "a screen of lines down", hidden=True),
    A("typing", "typing.page-up", "screen.page_up", "pageup", "a screen of lines up", hidden=True),
    A("typing", "typing.leave", "screen.close", "escape, ctrl+g", "cancel", hidden=True),
    A("typing", "typing.quit", "app.quit", "ctrl+c", "quit", hidden=True),
    A("writing", "writing.save", "screen.save", "ctrl+s", "save it (in the line of tags, enter does)", hidden=True),
    A("writing", "writing.leave", "screen.close", "escape, ctrl+g", "cancel", hidden=True),
)  # fmt: skip
del A

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}

# Ids in configurations of earlier versions, with the ids that replace them.
RENAMED: dict[str, str] = {
    "page.last-mark": "page.previous-mark",
    "page.last-event": "page.previous-event",
    "page.last-mention": "page.previous-mention",
    "page.next-passage": "page.next-bookmark",
    "page.last-passage": "page.previous-bookmark",
    "timeline.last-day": "timeline.previous-day",
    "find.last": "find.previous",
    "place.last": "place.back",
    "pane.last": "pane.previous",
}
