"""The notebook screen: the bookmarks of a library, to group, search, change and go to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.style import Style as ContentStyle
from textual.widgets import Input, Static

from tui.app.dialogs.choice import Choice, Line
from tui.app.dialogs.help_dialog import help_dialog
from tui.app.dialogs.note_editor import Note, NoteEditor
from tui.app.widgets.row_list import RowList
from tui.app.widgets.status_bar import StatusBar
from tui.app.widgets.text_fit import counted, fit, fit_right
from tui.keys.actions import Action, Context
from tui.keys.keymap import Keymap
from tui.library import Library
from tui.passages.model import Anchor, Passage
from tui.storage.notebook_access import NotRead, NotWritten
from tui.times.date_labels import label, short
from tui.undo import ChangedSince

Grouping = Literal["article", "event", "tag", "day"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)

# From this width on (columns), the details are shown beside the list, else below it.
_WIDE = 100
_SIGNS = {"exact": " ", "near": "≈", "doubtful": "?", "orphan": "!", "absent": "×"}
_STATE_TEXTS = {
    "exact": "",
    "near": "The words there have changed since it was kept: check it.",
    "doubtful": "It may stand at several positions: A lets you choose.",
    "orphan": "Its article does not say so any more: A attaches it by hand.",
    "absent": "Its article is not here any more. The quote stays.",
}


class PassageList(RowList[Passage | str]):
    """Headings, and under each its passages, one line each."""

    def __init__(self) -> None:
        super().__init__(id="passages")
        self._rows: list[Passage | str] = []

    def show(self, rows: list[Passage | str], at: str) -> None:
        """Replace the rows; the cursor goes to the bookmark with the id `at` if it is there."""
        self._rows = rows
        found = [n for n, r in enumerate(rows) if isinstance(r, Passage)]
        same = next((n for n in found if _id(rows[n]) == at), None)
        near = next((n for n in found if n >= self.cursor), found[-1] if found else 0)
        self.set_reactive(PassageList.cursor, near if same is None else same)
        self.reload()
        self.show_cursor()

    @property
    def passage(self) -> Passage | None:
        """The passage under the cursor, None if there is none."""
        row = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        return row if isinstance(row, Passage) else None

    def count(self) -> int:
        """The number of rows, headings included."""
        return len(self._rows)

    def rests(self, number: int) -> bool:
        """Whether a row is a passage; the cursor skips headings."""
        return isinstance(self._rows[number], Passage)

    def fetch(self, first: int, last: int) -> Sequence[Passage | str | None]:
        """The rows from `first` up to, not including, `last`."""
        return self._rows[first:last]

    def draw(self, row: Passage | str, number: int, line: int, width: int) -> list[Segment]:
        """A heading, or a passage: its state, its quote, whether it has a note, and its tags."""
        if isinstance(row, str):
            # The last cell belongs to the scrollbar.
            return [Segment(fit(f" {row}", width - 1), self.style_of("row--strong"))]
        b = row.bookmark
        sign = _SIGNS[row.anchor.state]
        more = ("✎ " if b.note else "") + " ".join(f"#{tag}" for tag in b.tags)
        more = fit(more, min(len(more), max(0, width // 3))) if more else ""
        quote = " ".join(b.selector.exact.split())
        room = max(1, width - 5 - (len(more) + 1 if more else 0))
        words = self.style_of("row--text" if row.anchor.attached else "row--muted")
        return [
            Segment(f" {sign} ", self.style_of("row--accent")),
            Segment(fit(quote, room), words),
            Segment(fit_right(more, len(more) + 1) if more else "", self.style_of("row--muted")),
            Segment(" "),
        ]


def _id(row: Passage | str) -> str:
    return row.bookmark.id if isinstance(row, Passage) else ""


class NotebookScreen(Screen["Passage | None"]):
    """The notebook; its result is a passage to go to or to attach on the page, else None.

    A passage to attach has an anchor with the state `orphan`.
    """

    DEFAULT_CSS = """
    NotebookScreen {
        background: $background;
        #name { height: 1; color: $accent; text-style: bold; padding: 0 1; }
        #words, #words:focus {
            display: none; border: none; height: 1; padding: 0 1; background: $surface;
        }
        &.-finding #words { display: block; }
        #both { layout: vertical; height: 1fr; margin: 0 0 1 0; }
        #passages { height: 1fr; }
        #detail {
            height: 11;
            max-height: 50%;
            padding: 0 2;
            border-top: hkey $rule;
            overflow-y: auto;
            scrollbar-size-vertical: 1;
        }
        &.-wide #both { layout: horizontal; }
        &.-wide #passages { width: 3fr; height: 100%; }
        &.-wide #detail {
            width: 2fr;
            height: 100%;
            max-height: 100%;
            border-top: none;
            border-left: vkey $rule;
            padding: 1 2;
        }
    }
    """
    AUTO_FOCUS = "#passages"

    def __init__(self, library: Library, keymap: Keymap) -> None:
        super().__init__()
        self._library = library
        self._keymap = keymap
        self._grouping: Grouping = "article"
        self._passages: list[Passage] = []

    @property
    def contexts(self) -> Sequence[Context]:
        """The contexts whose keys apply: those of the notebook, or of its input if focused."""
        return ("typing",) if isinstance(self.focused, Input) else ("notebook", "rows")

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Show the pending keys in the status bar."""
        self.query_one(StatusBar).show_pending(pressed, following)

    def compose(self) -> ComposeResult:
        """The title, the input to search with, the passages, and the details of the current one."""
        yield Static(Content("Notebook"), id="name")
        words = Input(placeholder="words of quote, note, tag or title", id="words")
        words.cursor_blink = False
        yield words
        with Vertical(id="both"):
            yield PassageList()
            yield Static(Content(""), id="detail")
        yield StatusBar(self._keymap)

    def on_mount(self) -> None:
        """Show the passages and the keys."""
        self.query_one(StatusBar).show_keys("notebook")
        self._load()

    def on_resize(self) -> None:
        """Show the details beside the list if there is room, else below it."""
        self.set_class(self.size.width >= _WIDE, "-wide")

    @property
    def _list(self) -> PassageList:
        return self.query_one(PassageList)

    @property
    def _status(self) -> StatusBar:
        return self.query_one(StatusBar)

    def _load(self) -> None:
        try:
            self._passages = self._library.passages.all()
        except NotRead as error:
            self._status.say(f"the notebook cannot be read: {error}")
            return
        self._show()

    def _show(self) -> None:
        words = self.query_one("#words", Input).value.lower().split()
        found = [p for p in self._passages if all(word in _words_of(p) for word in words)]
        current = self._list.passage
        self._list.show(self._grouped(found), current.bookmark.id if current else "")
        name = f"Notebook  {counted(len(found), 'bookmark')} by {self._grouping}"
        lost = sum(not p.anchor.attached for p in found)
        self.query_one("#name", Static).update(
            Content(name + (f" · {lost} not attached" if lost else "")), layout=False
        )
        self._show_detail()

    def _grouped(self, found: Sequence[Passage]) -> list[Passage | str]:
        groups: dict[str, list[Passage]] = {}
        for passage in found:
            for heading in self._headings(passage):
                groups.setdefault(heading, []).append(passage)
        order: list[str] = list(groups)
        if self._grouping in ("tag", "event"):
            last = {"no tag", "no event"}
            order.sort(key=lambda heading: (heading in last, heading.lower()))
        elif self._grouping == "day":
            order.sort(key=lambda heading: groups[heading][0].bookmark.created, reverse=True)
        rows: list[Passage | str] = []
        for heading in order:
            rows.append(heading)
            rows.extend(groups[heading])
        return rows

    def _headings(self, passage: Passage) -> list[str]:
        b = passage.bookmark
        if self._grouping == "tag":
            return [f"#{tag}" for tag in b.tags] or ["no tag"]
        if self._grouping == "day":
            return [f"kept {label(b.created[:10], weekday=True)}"]
        if self._grouping == "event":
            return self._events(passage) or ["no event"]
        gone = "" if passage.article is not None else "  (not here any more)"
        return [f"{fit(short(b.date), 12)}  {b.title or b.source or b.url}{gone}"]

    def _events(self, passage: Passage) -> list[str]:
        if passage.article is None or not passage.anchor.attached:
            return []
        return self._library.timeline.headlines_in(
            passage.article, passage.anchor.start, passage.anchor.end
        )

    @on(RowList.Moved)
    def _show_detail(self) -> None:
        passage = self._list.passage
        detail = self.query_one("#detail", Static)
        if passage is None:
            said = (
                "No bookmarks yet. On the page, m keeps the sentence at the point, v selects."
                if not self._passages
                else "Nothing has those words."
            )
            detail.update(Content(said))
            return
        detail.update(_detail(passage, self.app.theme_variables))

    # Keys

    def action_go(self) -> None:
        """Go to the passage under the cursor; if it is not attached, attach it instead."""
        passage = self._list.passage
        if passage is None:
            return
        if passage.article is not None and passage.anchor.attached:
            self.dismiss(passage)
        elif passage.anchor.state == "absent":
            self._status.say("its article is not here any more; the quote stays")
        else:
            self.action_attach()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_go()

    def action_attach(self) -> None:
        """Attach the passage to a span that the reader chooses, or selects on the page."""
        passage = self._list.passage
        if passage is None:
            return
        articles = self._library.articles
        likeliest = self._library.passages.likeliest_article(passage)
        row_id = articles.row_id(likeliest) if likeliest else None
        article = articles.get(row_id) if row_id is not None else None
        if article is None:
            self._status.say(
                "its article is not here: open one, select the passage, and keep it anew"
            )
            return
        candidates = self._library.passages.candidates(passage)
        lines: list[Line] = []
        for number, candidate in enumerate(candidates):
            before = article.text[max(0, candidate.start - 40) : candidate.start]
            behind = article.text[candidate.end : candidate.end + 40]
            words = f"…{before}[{article.text[candidate.start : candidate.end]}]{behind}…"
            lines.append(Line(f"{candidate.score:.0%}", " ".join(words.split()), value=number))
        lines.append(Line("", "select it on the page", value=len(candidates)))

        def chosen(number: int | None) -> None:
            if number is None or number < 0 or passage is None:
                return
            if number == len(candidates):
                self.dismiss(Passage(passage.bookmark, Anchor("orphan"), row_id))
                return
            candidate = candidates[number]
            self._change(
                lambda: self._library.passages.attach(
                    passage.bookmark, article, candidate.start, candidate.end
                ),
                "attached: u undoes it",
            )

        self.app.push_screen(Choice("Where does it belong?", lines), chosen)

    def _change(self, change: Callable[[], object], said: str) -> None:
        before = self._library.undo.pushed
        try:
            change()
        except ChangedSince as other:
            self._status.say(f"{other} was changed elsewhere since: left as it is")
            return
        except NotWritten as error:
            self._status.say(f"nothing was stored, the notebook cannot be written: {error}")
            return
        self._load()
        # A change without effect cannot be undone: `u` would undo an earlier change.
        self._status.say(
            said if self._library.undo.pushed != before or not said else "it is so already"
        )

    def action_edit(self) -> None:
        """Edit the note and the tags of the passage."""
        passage = self._list.passage
        if passage is None:
            return
        bookmark = passage.bookmark

        def save(note: Note) -> str:
            try:
                self._library.passages.change(bookmark, note.text, note.tags)
            except NotWritten as error:
                return f"not kept, the notebook cannot be written: {error}"
            return ""

        def closed(saved: bool | None) -> None:
            if saved:
                self._load()
                self._status.say("note and tags stored")

        row = self._list.cursor - self._list.scroll_offset.y + self._list.content_region.y
        width, height = self.size
        self.app.push_screen(
            NoteEditor(
                bookmark.selector.exact,
                Note(bookmark.note, bookmark.tags),
                self._library.passages.tags(),
                save,
                (row, row),
                Region(0, 0, min(width, 80), height),
            ),
            closed,
        )

    def action_delete(self) -> None:
        """Delete the bookmark; this can be undone."""
        passage = self._list.passage
        if passage is not None:
            self._change(
                lambda: self._library.passages.delete(passage.bookmark), "deleted: u undoes it"
            )

    def action_undo(self) -> None:
        """Undo the latest change of this session."""
        undone: list[str | None] = []
        self._change(lambda: undone.append(self._library.undo.undo()), "")
        if undone:
            self._status.say(f"undone: {undone[0]}" if undone[0] else "nothing to undo")

    def action_group(self) -> None:
        """Switch to the next grouping."""
        self._grouping = GROUPINGS[(GROUPINGS.index(self._grouping) + 1) % len(GROUPINGS)]
        self._show()

    def action_copy(self) -> None:
        """Copy the quote."""
        passage = self._list.passage
        if passage is not None:
            self.app.copy_to_clipboard(passage.bookmark.selector.exact)
            self._status.say(f"copied {len(passage.bookmark.selector.exact):,} characters")

    def action_find(self) -> None:
        """Show and focus the input to search with."""
        self.add_class("-finding")
        self.query_one("#words", Input).focus()

    @on(Input.Changed, "#words")
    def _typed(self) -> None:
        self._show()

    def action_accept(self) -> None:
        """Leave the input for the passages found, and hide it if it is empty."""
        if not self.query_one("#words", Input).value:
            self.remove_class("-finding")
        self._list.focus()

    def action_down(self) -> None:
        """Leave the input for the passages found."""
        if isinstance(self.focused, Input):
            self._list.focus()

    action_up = action_page_down = action_page_up = action_down

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(help_dialog(self._keymap, "notebook"))

    def action_close(self) -> None:
        """Clear and hide the input if it is shown, else close the notebook."""
        words = self.query_one("#words", Input)
        if self.has_class("-finding"):
            words.value = ""
            self.remove_class("-finding")
            self._list.focus()
            return
        self.dismiss(None)


def _words_of(passage: Passage) -> str:
    b = passage.bookmark
    return " ".join(
        (b.selector.exact, b.note, *(f"#{tag}" for tag in b.tags), b.title, b.source)
    ).lower()


def _detail(passage: Passage, variables: dict[str, str]) -> Content:
    """The details of a passage: its state, note, tags, quote, sentence and source."""
    b = passage.bookmark
    muted = ContentStyle.parse(variables.get("muted", "dim"))
    accent = ContentStyle.parse(variables.get("accent", "bold"))
    parts: list[Content] = []
    if said := _STATE_TEXTS[passage.anchor.state]:
        parts.append(Content.styled(said + "\n", accent))
    # The note comes before the quote, which the list shows already.
    if b.note:
        parts.append(Content(b.note))
    if b.tags:
        parts.append(Content.styled(" ".join(f"#{tag}" for tag in b.tags), accent))
    if b.note or b.tags:
        parts.append(Content(""))
    parts.append(Content(f"“{b.selector.exact}”"))
    if b.original:
        parts.append(Content.styled(f"kept as: “{b.original}”", muted))
    if b.context.strip() and b.context.strip() != b.selector.exact.strip():
        parts.append(Content.styled("\nin: " + " ".join(b.context.split()), muted))
    where = " · ".join(filter(None, (label(b.date), b.source, b.url)))
    parts.append(Content.styled(f"\n{b.title}\n{where}", muted))
    parts.append(Content.styled(f"kept {b.created[:16].replace('T', ' ')} UTC", muted))
    return Content("\n").join(parts)
