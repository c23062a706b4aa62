"""The notebook: all that is kept of a library, grouped, searched, changed, and gone to."""

from __future__ import annotations

import sqlite3
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

from tui.app.rows import RowList
from tui.app.screens.choice import Choice, Line
from tui.app.screens.help import help_screen
from tui.app.screens.note import Note, NoteEditor
from tui.app.status_bar import StatusBar
from tui.app.text_fit import counted, fit, fit_right
from tui.edtf import label, short
from tui.keys.actions import Action, Where
from tui.keys.keymap import Keymap
from tui.library import Library
from tui.model import Passage
from tui.passages import ChangedSince

Grouping = Literal["article", "event", "tag", "day"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)

# From this width on (columns) the passage at hand is shown beside the list, else below it.
_WIDE = 100
_SIGNS = {"exact": " ", "near": "≈", "doubtful": "?", "orphan": "!", "absent": "×"}
_SAID = {
    "exact": "",
    "near": "The words there have changed since it was kept: check it.",
    "doubtful": "It may stand in several places: A lets you choose.",
    "orphan": "Its article does not say so any more: A attaches it by hand.",
    "absent": "Its article is not here any more. The quote is kept.",
}


class PassageList(RowList[Passage | str]):
    """Headings, and under each its passages, a line each."""

    def __init__(self) -> None:
        super().__init__(id="passages")
        self._rows: list[Passage | str] = []

    def show(self, rows: list[Passage | str], at: str) -> None:
        """Show other rows; the cursor stays on a bookmark (by id) if it is there."""
        self._rows = rows
        found = [n for n, r in enumerate(rows) if isinstance(r, Passage)]
        same = next((n for n in found if _id(rows[n]) == at), None)
        near = next((n for n in found if n >= self.cursor), found[-1] if found else 0)
        self.set_reactive(PassageList.cursor, near if same is None else same)
        self.reload()
        self.show_cursor()

    @property
    def passage(self) -> Passage | None:
        """The passage under the cursor."""
        row = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        return row if isinstance(row, Passage) else None

    def count(self) -> int:
        """How many rows there are, headings too."""
        return len(self._rows)

    def rests(self, number: int) -> bool:
        """The cursor passes over headings."""
        return isinstance(self._rows[number], Passage)

    def fetch(self, first: int, last: int) -> Sequence[Passage | str | None]:
        """The rows of a window."""
        return self._rows[first:last]

    def draw(self, row: Passage | str, number: int, line: int, width: int) -> list[Segment]:
        """A heading, or a passage: how it stands, its words, and whether it has a note."""
        if isinstance(row, str):
            # The last cell is the scrollbar's.
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
    """Closes with the passage to go to, or one that is to be attached by hand, or None."""

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
    def places(self) -> Sequence[Where]:
        """Keys of the notebook, or of the line in it."""
        return ("typing",) if isinstance(self.focused, Input) else ("notebook", "rows")

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Show keys that wait for more."""
        self.query_one(StatusBar).show_pending(pressed, following)

    def compose(self) -> ComposeResult:
        """The name, a line to search in, the passages, and the one at hand whole."""
        yield Static(Content("Notebook"), id="name")
        words = Input(placeholder="words of quote, note, tag or title", id="words")
        words.cursor_blink = False
        yield words
        with Vertical(id="both"):
            yield PassageList()
            yield Static(Content(""), id="detail")
        yield StatusBar(self._keymap)

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one(StatusBar).show_keys("notebook")
        self._load()

    def on_resize(self) -> None:
        """Show the passage at hand where there is room."""
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
        except sqlite3.Error as error:
            self._status.say(f"the notebook cannot be read: {error}")
        self._show()

    def _show(self) -> None:
        words = self.query_one("#words", Input).value.lower().split()
        found = [p for p in self._passages if all(word in _words_of(p) for word in words)]
        current = self._list.passage
        self._list.show(self._grouped(found), current.bookmark.id if current else "")
        name = f"Notebook  {counted(len(found), 'passage')} by {self._grouping}"
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
        return self._library.events_in(passage.article, passage.anchor.start, passage.anchor.end)

    @on(RowList.Moved)
    def _show_detail(self) -> None:
        passage = self._list.passage
        detail = self.query_one("#detail", Static)
        if passage is None:
            said = (
                "Nothing is kept yet. On the page, m keeps the sentence at hand, v selects."
                if not self._passages
                else "Nothing has those words."
            )
            detail.update(Content(said))
            return
        detail.update(_detail(passage, self.app.theme_variables))

    # Keys

    def action_go(self) -> None:
        """Where it stands; what stands nowhere is attached first."""
        passage = self._list.passage
        if passage is None:
            return
        if passage.article is not None and passage.anchor.attached:
            self.dismiss(passage)
        elif passage.anchor.state == "absent":
            self._status.say("its article is not here any more; the quote is kept")
        else:
            self.action_attach()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_go()

    def action_attach(self) -> None:
        """Choose the place that is meant, or select it on the page."""
        passage = self._list.passage
        if passage is None:
            return
        near = self._library.passages.article_near(passage)
        key = self._library.key_of(near) if near else None
        article = self._library.article(key) if key is not None else None
        if article is None:
            self._status.say(
                "its article is not here: open one, select the place, and keep it anew"
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
                self.dismiss(Passage(passage.bookmark, type(passage.anchor)("orphan"), key))
                return
            place = candidates[number]
            self._change(
                lambda: self._library.passages.attach(
                    passage.bookmark, article, place.start, place.end
                ),
                "attached: u takes it back",
            )

        self.app.push_screen(Choice("Where does it belong?", lines), chosen)

    def _change(self, change: Callable[[], object], said: str) -> None:
        before = self._library.changes
        try:
            change()
        except ChangedSince as other:
            self._status.say(f"{other} was changed elsewhere since: left as it is")
            return
        except sqlite3.Error as error:
            self._status.say(f"nothing was kept, the notebook cannot be written: {error}")
            return
        self._load()
        # What changed nothing has nothing to take back: `u` would take back something else.
        self._status.say(
            said if self._library.changes != before or not said else "it is so already"
        )

    def action_edit(self) -> None:
        """Another note, other tags."""
        passage = self._list.passage
        if passage is None:
            return
        bookmark = passage.bookmark

        def save(note: Note) -> str:
            try:
                self._library.passages.change(bookmark, note.text, note.tags)
            except sqlite3.Error as error:
                return f"not kept, the notebook cannot be written: {error}"
            return ""

        def closed(saved: bool | None) -> None:
            if saved:
                self._load()
                self._status.say("note and tags kept")

        row = self._list.cursor - self._list.scroll_offset.y + self._list.content_region.y
        width, height = self.size
        self.app.push_screen(
            NoteEditor(
                bookmark.selector.exact,
                Note(bookmark.note, bookmark.tags),
                self._library.all_tags(),
                save,
                (row, row),
                Region(0, 0, min(width, 80), height),
            ),
            closed,
        )

    def action_delete(self) -> None:
        """Delete it; it can be taken back."""
        passage = self._list.passage
        if passage is not None:
            self._change(
                lambda: self._library.passages.delete(passage.bookmark), "deleted: u takes it back"
            )

    def action_undo(self) -> None:
        """Take back what was done last in this session."""
        undone: list[str | None] = []
        self._change(lambda: undone.append(self._library.undo()), "")
        if undone:
            self._status.say(f"undone: {undone[0]}" if undone[0] else "nothing to undo")

    def action_group(self) -> None:
        """Another grouping."""
        self._grouping = GROUPINGS[(GROUPINGS.index(self._grouping) + 1) % len(GROUPINGS)]
        self._show()

    def action_copy(self) -> None:
        """Copy the quote."""
        passage = self._list.passage
        if passage is not None:
            self.app.copy_to_clipboard(passage.bookmark.selector.exact)
            self._status.say(f"copied {len(passage.bookmark.selector.exact):,} characters")

    def action_find(self) -> None:
        """To the line to search in."""
        self.add_class("-finding")
        self.query_one("#words", Input).focus()

    @on(Input.Changed, "#words")
    def _typed(self) -> None:
        self._show()

    def action_accept(self) -> None:
        """From the line to what it left."""
        if not self.query_one("#words", Input).value:
            self.remove_class("-finding")
        self._list.focus()

    def action_down(self) -> None:
        """From the line to what it left."""
        if isinstance(self.focused, Input):
            self._list.focus()

    action_up = action_page_down = action_page_up = action_down

    def action_help(self) -> None:
        """All keys."""
        self.app.push_screen(help_screen(self._keymap, "notebook"))

    def action_close(self) -> None:
        """The words away first, then back to the page."""
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
    """A passage whole: quote, note, tags, its sentence, and where it comes from."""
    b = passage.bookmark
    muted = ContentStyle.parse(variables.get("muted", "dim"))
    accent = ContentStyle.parse(variables.get("accent", "bold"))
    parts: list[Content] = []
    if said := _SAID[passage.anchor.state]:
        parts.append(Content.styled(said + "\n", accent))
    # The reader's own words first: the quote is in the list already.
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
