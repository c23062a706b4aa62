"""Selecting, keeping, noting, copying: what a reader takes from a page."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from textual import on

from tui.app.panes.reader import Reader
from tui.app.screens.panes import PanesScreen
from tui.app.text_fit import counted
from tui.model import Bookmark, Passage, Place

# The boxes that open over the page are imported when they do.
if TYPE_CHECKING:
    from tui.app.screens.note import Note


class Keeping(PanesScreen):
    """From a selection to a bookmark, and to the notebook."""

    # A bookmark that a selection is to be attached to, while it is chosen by hand.
    _attaching: Bookmark | None = None

    def action_select(self, lines: bool = False) -> None:
        """Begin to select at the point."""
        if self.reader.page is None:
            return
        self.go_to_pane("reader")
        self.reader.select(self.reader.point, lines=lines)

    def action_leave_selection(self) -> None:
        """Select nothing."""
        self._attaching = None
        self.reader.stop_selecting()

    @on(Reader.Selected)
    def _selected(self) -> None:
        self._show_keys()
        span = self.reader.selected
        page = self.reader.page
        if span is None or page is None:
            self.status.show_selection("")
            return
        words = len(page.text[span[0] : span[1]].split())
        doing = "attach to" if self._attaching else "selected"
        self.status.show_selection(f"{doing} {counted(words, 'word')}")

    def _span_at_hand(self) -> tuple[int, int] | None:
        """The selection, else the kept passage at the point, else the sentence there."""
        if self.reader.selected is not None:
            return self.reader.selected
        passage = self.reader.passage_at_point()
        if passage is not None:
            return passage.anchor.start, passage.anchor.end
        start, end = self.reader.sentence_at_point()
        return (start, end) if end > start else None

    def _keep(self, note: Note | None = None) -> Bookmark | None:
        """Keep what is at hand; None, and it is said, if it cannot be."""
        page, span = self.reader.page, self._span_at_hand()
        if page is None or span is None:
            self.status.say("nothing here to keep")
            return None
        if page.raw is not None:
            self.status.say("raw text cannot be kept: x goes back to the page")
            return None
        start, end = _without_blanks(page.text, *span)
        if start == end:
            self.status.say("nothing here to keep")
            return None
        try:
            if self._attaching is not None:
                kept = self._library.passages.attach(self._attaching, page.article, start, end)
            else:
                tags = note.tags if note else ()
                words = note.text if note else ""
                kept = self._library.passages.keep(page.article, start, end, words, tags)
        except sqlite3.Error as error:
            self._not_kept(error)
            return None
        self._attaching = None
        self.reader.stop_selecting()
        self.reader.go_to(start, tell=True)
        self.passages_changed()
        return kept

    def _not_kept(self, error: Exception) -> None:
        self.notify(
            f"The notebook cannot be written, nothing was kept: {error}.",
            severity="error",
            markup=False,
        )

    def action_keep(self) -> None:
        """Keep the selection, else the sentence; said as kept only when it is."""
        attaching = self._attaching is not None
        already = self.reader.passage_at_point() if not self.reader.selecting else None
        if already is not None:
            self.status.say("kept already: a writes a note, d deletes it")
            return
        if self._keep() is not None:
            if not self._library.lasting:
                self.status.say("kept until you quit: the notebook cannot be written")
            else:
                self.status.say("attached" if attaching else "kept: a writes a note, u undoes")

    def action_note(self) -> None:
        """Write a note and tags for the selection, the passage or the sentence at hand."""
        from tui.app.screens.note import Note, NoteEditor

        page, span = self.reader.page, self._span_at_hand()
        if page is None or page.raw is not None or span is None:
            self.status.say("nothing here to write a note on")
            return
        passage = self.reader.passage_at_point() if not self.reader.selecting else None
        before = passage.bookmark if passage is not None else None
        start, end = _without_blanks(page.text, *span)

        def written(note: Note | None) -> None:
            if note is None:
                return
            if before is None:
                if self._keep(note) is not None:
                    self.status.say("kept with its note")
                return
            try:
                self._library.passages.change(before, note.text, note.tags)
            except sqlite3.Error as error:
                self._not_kept(error)
                return
            self.passages_changed()
            self.status.say("note and tags kept")

        self.app.push_screen(
            NoteEditor(
                page.text[start:end],
                Note(before.note, before.tags) if before else Note(),
                self._library.all_tags(),
                self.reader.rows_of(start, end),
                self.reader.region,
            ),
            written,
        )

    def action_delete_passage(self) -> None:
        """Delete the kept passage at the point."""
        passage = self.reader.passage_at_point()
        if passage is None:
            self.status.say("nothing is kept here: ) goes to the next passage")
            return
        try:
            self._library.passages.delete(passage.bookmark)
        except sqlite3.Error as error:
            self._not_kept(error)
            return
        self.passages_changed()
        self.status.say("deleted: u takes it back")

    def action_passage(self, step: int) -> None:
        """To the next or previous kept passage."""
        if not self.reader.step_passage(step):
            self.status.say("no passage is kept further on" if step > 0 else "none before this one")

    def passages_changed(self) -> None:
        """Show what is kept as it is now."""
        self._refresh_page()
        if self._filter.bookmarked:
            self.show_list()

    def action_undo(self) -> None:
        """Take back what was done last in this session."""
        try:
            undone = self._library.undo()
        except sqlite3.Error as error:
            self._not_kept(error)
            return
        if undone is None:
            self.status.say("nothing to undo")
            return
        self.passages_changed()
        self.show_list()
        self.status.say(f"undone: {undone}")

    # Copying

    def action_copy(self) -> None:
        """Copy the selection, the passage at hand, the event's, or the paragraph."""
        page, span = self.reader.page, self.reader.selected
        if page is None:
            return
        mark, event = self.reader.mark_at_point(), self.reader.event_at_point()
        passage = self.reader.passage_at_point()
        if span is not None:
            text = page.text[span[0] : span[1]]
        elif passage is not None:
            text = page.text[passage.anchor.start : passage.anchor.end]
        elif mark is not None and event is not None:
            text = event.text
        else:
            text = self.reader.paragraph_at_point()
        if text:
            self.app.copy_to_clipboard(text)
            self.reader.stop_selecting()
            self.status.say(f"copied {len(text):,} characters")

    # The notebook

    def action_notebook(self) -> None:
        """Everything that is kept."""
        from tui.app.screens.notebook import NotebookScreen

        def closed(passage: Passage | None) -> None:
            self.passages_changed()
            if passage is None:
                return
            if passage.article is not None and passage.anchor.attached:
                self.go(Place(passage.article, passage.anchor.start))
                self.go_to_pane("reader")
                if passage.anchor.state == "near":
                    self.status.say("its words have changed since it was kept: check it")
            else:
                self._attach_by_hand(passage)

        self.app.push_screen(NotebookScreen(self._library, self._keymap), closed)

    def _attach_by_hand(self, passage: Passage) -> None:
        """Let the reader select on the page where a passage belongs."""
        near = self._library.passages.article_near(passage)
        key = self._library.key_of(near) if near else None
        if key is not None and key != self._key:
            self.go(Place(key, 0))
        self.go_to_pane("reader")
        if self.reader.page is None:
            return
        self._attaching = passage.bookmark
        start = min(passage.bookmark.selector.start, len(self.reader.page.text) - 1)
        self.reader.select(*self.reader.sentence_of(max(0, start)))
        self.status.say("select where it belongs, then m")


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
