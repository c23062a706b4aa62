"""Annotates the page: selecting, bookmarking, notes, copying, undo, and the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.reader.controller import Controller
from tui.app.reader.list_and_timeline import Contents
from tui.app.reader.opening import Opening
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.app.widgets.text_fit import counted
from tui.articles.model import Article, Position
from tui.library import Library
from tui.passages.model import Bookmark, Passage
from tui.storage.notebook_access import NotWritten
from tui.undo import ChangedSince

# The dialogs are imported when they are opened.
if TYPE_CHECKING:
    from tui.app.dialogs.note_editor import Note
    from tui.keys.keymap import Keymap

_KNOWN = "kept already: a writes a note, d deletes it"


class Annotate(Controller):
    """From a selection to a bookmark, and to the notebook."""

    def __init__(
        self,
        state: ReaderState,
        view: ReaderView,
        library: Library,
        *,
        keymap: Keymap,
        opening: Opening,
        contents: Contents,
    ) -> None:
        super().__init__(state, view, library)
        self._keymap = keymap
        self._opening = opening
        self._contents = contents
        # The bookmark that the selection is to be attached to.
        self._attaching: Bookmark | None = None

    # Selecting

    def select(self, lines: bool = False) -> None:
        """Begin to select at the point."""
        if self.view.page.page is None:
            return
        self.view.go_to_pane("page")
        self.view.page.select(self.view.page.point, lines=lines)

    def leave_selection(self) -> None:
        """Select nothing."""
        self._attaching = None
        self.view.page.stop_selecting()

    def selection_changed(self) -> None:
        """The selection has changed: show how much is selected."""
        span, page = self.view.page.selected, self.view.page.page
        if span is None or page is None:
            self.view.status.show_selection("")
            if self._attaching is not None:
                self._attaching = None
                self.view.status.say("not attached")
            return
        if self._attaching is None:
            # An earlier message would hide how much is selected.
            self.view.status.say("")
        words = counted(len(page.text[slice(*span)].split()), "word")
        self.view.status.show_selection(f"selected {words}")

    # Bookmarking

    def _span_at_hand(self) -> tuple[int, int] | None:
        """The selection, else the bookmarked passage at the point, else the sentence there."""
        page = self.view.page.page
        if page is None:
            return None
        passage = self.view.page.passage_at_point()
        if self.view.page.selected is not None:
            span = self.view.page.selected
        elif passage is not None:
            span = passage.anchor.start, passage.anchor.end
        else:
            span = self.view.page.sentence_at_point()
        start, end = _without_white_space(page.text, *span)
        return (start, end) if end > start else None

    def _passage_at_hand(self) -> tuple[Article, int, int] | None:
        """The article and the span that would be bookmarked now; says why if there is none."""
        page, span = self.view.page.page, self._span_at_hand()
        if page is None or span is None:
            self.view.status.say("nothing here to keep")
        elif page.raw is not None:
            self.view.status.say("raw text cannot be kept: x goes back to the page")
        else:
            return page.article, *span
        return None

    def _bookmark(self, article: Article, start: int, end: int, note: Note | None = None) -> str:
        """Bookmark a span, or attach the bookmark that is being attached; returns what went wrong,
        "" if nothing."""
        passages = self.library.passages
        words, tags = (note.text, note.tags) if note is not None else ("", ())
        try:
            if self._attaching is not None:
                kept = passages.attach(self._attaching, article, start, end)
                passages.change(kept, words or kept.note, tags or kept.tags)
            else:
                passages.add(article, start, end, words, tags)
        except NotWritten as error:
            return f"nothing was stored, the notebook cannot be written: {error}"
        self._attaching = None
        self.view.page.stop_selecting()
        page = self.view.page.page
        if page is not None and page.article.id == article.id:
            self.view.page.go_to(start, tell=True)
        self.show_changes()
        return ""

    def keep(self) -> None:
        """Bookmark the selection, else the sentence."""
        attaching = self._attaching is not None
        known = self.view.page.passage_at_point() if not self.view.page.selecting else None
        if known is not None:
            self.view.status.say(_KNOWN)
            return
        passage = self._passage_at_hand()
        if passage is None:
            return
        before = self.library.undo.pushed
        wrong = self._bookmark(*passage)
        if wrong:
            self.view.warn(wrong, error=True)
        elif self.library.undo.pushed == before:
            self.view.status.say(_KNOWN)
        elif not self.library.session.lasting:
            self.view.status.say("kept until you quit: the notebook cannot be written")
        else:
            self.view.status.say("attached" if attaching else "kept: a writes a note, u undoes")

    async def note(self) -> None:
        """Write a note and tags for the selection, the passage or the sentence at hand."""
        from tui.app.dialogs.note_editor import Note, NoteEditor

        passage = self._passage_at_hand()
        if passage is None:
            return
        article, start, end = passage
        before = next(
            (
                known.bookmark
                for known in self.library.passages.of(article)
                if (known.anchor.start, known.anchor.end) == (start, end)
            ),
            self._attaching,
        )

        def save(note: Note) -> str:
            if before is None or self._attaching is not None:
                return self._bookmark(article, start, end, note)
            try:
                self.library.passages.change(before, note.text, note.tags)
            except NotWritten as error:
                return f"not kept, the notebook cannot be written: {error}"
            self.view.page.stop_selecting()
            self.show_changes()
            return ""

        def closed(saved: bool | None) -> None:
            self.view.status.say("kept with its note" if saved else "")

        await self.view.open_prompt(
            NoteEditor(
                article.text[start:end],
                Note(before.note, before.tags) if before else Note(),
                self.library.passages.tags(),
                save,
                self.view.page.rows_of(start, end),
                self.view.page.region,
            ),
            closed,
        )

    def delete(self) -> None:
        """Delete the bookmark at the point."""
        passage = self.view.page.passage_at_point()
        if passage is None:
            self.view.status.say("no bookmark here: ) goes to the next one")
            return
        if self.written(lambda: self.library.passages.delete(passage.bookmark), "not deleted"):
            self.show_changes()
            self.view.status.say("deleted: u undoes it")

    def go_to_bookmark(self, step: int) -> None:
        """Go to the next or previous bookmark on the page."""
        if not self.view.page.step_passage(step):
            words = "no bookmark further on" if step > 0 else "none before this one"
            self.view.status.say(words)
            return
        passage = self.view.page.passage_at_point()
        if passage is not None:
            b = passage.bookmark
            note = " ".join([*b.note.split(), *(f"#{tag}" for tag in b.tags)])
            exact = passage.anchor.state == "exact"
            self.view.status.say(note if exact else f"check it: {note}")

    def show_changes(self) -> None:
        """Show the bookmarks as they are now."""
        self._opening.refresh()
        if self.state.filter.bookmarked:
            self._contents.show_list()

    def undo(self) -> None:
        """Undo the latest change of this session."""
        undone: list[str | None] = []
        try:
            if not self.written(
                lambda: undone.append(self.library.undo.undo()), "nothing was undone"
            ):
                return
        except ChangedSince as change:
            self.view.status.say(f"{change} was changed elsewhere since: left as it is")
            return
        if undone[0] is None:
            self.view.status.say("nothing to undo")
            return
        self._opening.refresh()
        self._contents.show_list()
        self.view.status.say(f"undone: {undone[0]}")

    # Copying

    def copy(self) -> None:
        """Copy the selection, the bookmark at hand, the event's clause, or the paragraph."""
        page, span = self.view.page.page, self.view.page.selected
        if page is None:
            return
        mark, event = self.view.page.mark_at_point(), self.view.page.event_at_point()
        passage = self.view.page.passage_at_point()
        if span is not None:
            text = page.text[span[0] : span[1]]
        elif passage is not None:
            text = page.text[passage.anchor.start : passage.anchor.end]
        elif mark is not None and event is not None:
            text = event.text
        else:
            text = self.view.page.paragraph_at_point()
        if text:
            self.view.copy(text)
            self.view.page.stop_selecting()
            self.view.status.say(f"copied {len(text):,} characters")

    # The notebook

    def notebook(self) -> None:
        """Show all bookmarks of the library."""
        from tui.app.notebook.notebook_screen import NotebookScreen

        def closed(passage: Passage | None) -> None:
            self.show_changes()
            if passage is None:
                return
            if passage.article is not None and passage.anchor.attached:
                self._opening.go(Position(passage.article, passage.anchor.start))
                self.view.go_to_pane("page")
                if passage.anchor.state == "near":
                    self.view.status.say("its words have changed since it was kept: check it")
            else:
                self.attach(passage)

        self.view.open_screen(NotebookScreen(self.library, self._keymap), closed)

    def attach(self, passage: Passage) -> None:
        """Let the reader select on the page where a bookmark belongs."""
        likeliest = self.library.passages.likeliest_article(passage)
        article = self.library.articles.row_id(likeliest) if likeliest else None
        if article is not None and article != self.state.article:
            self._opening.go(Position(article, 0))
        self.view.go_to_pane("page")
        page = self.view.page.page
        if page is None:
            return
        self._attaching = passage.bookmark
        start = min(passage.bookmark.selector.start, len(page.text) - 1)
        self.view.page.select(*self.view.page.sentence_of(max(0, start)))
        self.view.status.say("select where it belongs, then m")


def _without_white_space(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
