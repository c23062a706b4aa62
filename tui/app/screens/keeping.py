"""Selecting, keeping, noting, copying: what a reader takes from a page."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from textual import on

from tui.app.panes.reader import Reader
from tui.app.screens.panes import PanesScreen
from tui.app.text_fit import counted
from tui.model import Article, Bookmark, Passage, Place
from tui.passages import ChangedSince

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
            if self._attaching is not None:
                self._attaching = None
                self.status.say("not attached")
            return
        if self._attaching is None:
            # What was said before would hide how much is selected.
            self.status.say("")
        self.status.show_selection(
            f"selected {counted(len(page.text[slice(*span)].split()), 'word')}"
        )

    def _span_at_hand(self) -> tuple[int, int] | None:
        """The selection, else the kept passage at the point, else the sentence there."""
        page = self.reader.page
        if page is None:
            return None
        passage = self.reader.passage_at_point()
        if self.reader.selected is not None:
            span = self.reader.selected
        elif passage is not None:
            span = passage.anchor.start, passage.anchor.end
        else:
            span = self.reader.sentence_at_point()
        start, end = _without_blanks(page.text, *span)
        return (start, end) if end > start else None

    def _keepable(self) -> tuple[Article, int, int] | None:
        """The article and the span that would be kept now; None, and it is said, if there is
        none."""
        page, span = self.reader.page, self._span_at_hand()
        if page is None or span is None:
            self.status.say("nothing here to keep")
        elif page.raw is not None:
            self.status.say("raw text cannot be kept: x goes back to the page")
        else:
            return page.article, *span
        return None

    def _keep(self, article: Article, start: int, end: int, note: Note | None = None) -> str:
        """Keep a span, or attach to it what is to be attached; what is wrong, "" if it is kept."""
        passages = self._library.passages
        words, tags = (note.text, note.tags) if note is not None else ("", ())
        try:
            if self._attaching is not None:
                kept = passages.attach(self._attaching, article, start, end)
                passages.change(kept, words or kept.note, tags or kept.tags)
            else:
                passages.keep(article, start, end, words, tags)
        except sqlite3.Error as error:
            return f"nothing was kept, the notebook cannot be written: {error}"
        self._attaching = None
        self.reader.stop_selecting()
        page = self.reader.page
        if page is not None and page.article.id == article.id:
            self.reader.go_to(start, tell=True)
        self.passages_changed()
        return ""

    def _not_kept(self, why: str) -> None:
        self.notify(why, severity="error", markup=False)

    def action_keep(self) -> None:
        """Keep the selection, else the sentence; said as kept only when it is."""
        attaching = self._attaching is not None
        already = self.reader.passage_at_point() if not self.reader.selecting else None
        if already is not None:
            self.status.say("kept already: a writes a note, d deletes it")
            return
        place = self._keepable()
        if place is None:
            return
        before = self._library.changes
        wrong = self._keep(*place)
        if not wrong and self._library.changes == before:
            self.status.say("kept already: a writes a note, d deletes it")
        elif wrong:
            self._not_kept(wrong)
        elif not self._library.lasting:
            self.status.say("kept until you quit: the notebook cannot be written")
        else:
            self.status.say("attached" if attaching else "kept: a writes a note, u undoes")

    async def action_note(self) -> None:
        """Write a note and tags for the selection, the passage or the sentence at hand."""
        from tui.app.screens.note import Note, NoteEditor

        place = self._keepable()
        if place is None:
            return
        article, start, end = place
        before = next(
            (
                passage.bookmark
                for passage in self._passages_of(article.id, self._key or 0)
                if (passage.anchor.start, passage.anchor.end) == (start, end)
            ),
            self._attaching,
        )

        def save(note: Note) -> str:
            if before is None or self._attaching is not None:
                return self._keep(article, start, end, note)
            try:
                self._library.passages.change(before, note.text, note.tags)
            except sqlite3.Error as error:
                return f"not kept, the notebook cannot be written: {error}"
            self.reader.stop_selecting()
            self.passages_changed()
            return ""

        def closed(saved: bool | None) -> None:
            self.status.say("kept with its note" if saved else "")

        await self.open_line(
            NoteEditor(
                article.text[start:end],
                Note(before.note, before.tags) if before else Note(),
                self._library.all_tags(),
                save,
                self.reader.rows_of(start, end),
                self.reader.region,
            ),
            closed,
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
            self._not_kept(f"not deleted, the notebook cannot be written: {error}")
            return
        self.passages_changed()
        self.status.say("deleted: u takes it back")

    def action_passage(self, step: int) -> None:
        """To the next or previous kept passage."""
        if not self.reader.step_passage(step):
            self.status.say("no passage is kept further on" if step > 0 else "none before this one")
            return
        passage = self.reader.passage_at_point()
        if passage is not None:
            b = passage.bookmark
            note = " ".join([*b.note.split(), *(f"#{tag}" for tag in b.tags)])
            self.status.say(note if passage.anchor.state == "exact" else f"check it: {note}")

    def passages_changed(self) -> None:
        """Show what is kept as it is now."""
        self._refresh_page()
        if self._filter.bookmarked:
            self.show_list()

    def action_undo(self) -> None:
        """Take back what was done last in this session."""
        try:
            undone = self._library.undo()
        except ChangedSince as change:
            self.status.say(f"{change} was changed elsewhere since: left as it is")
            return
        except sqlite3.Error as error:
            self._not_kept(f"nothing was undone, the notebook cannot be written: {error}")
            return
        if undone is None:
            self.status.say("nothing to undo")
            return
        self.passages_changed()
        self._refresh_page()
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
