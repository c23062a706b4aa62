"""Opens articles on the page, and keeps list and timeline in step with it."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from tui.app.reader.controller import Controller
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.articles.model import Position
from tui.ids import RowId
from tui.library import Library
from tui.page_content import Page
from tui.storage.notebook_access import NotWritten

# While a key is held, the page follows only when the cursor rests for this long (seconds).
_REST = 0.05
_NOTHING_LEFT = "No article is left by the filter: fx removes the latest part of it."
_NOTHING_YET = (
    "Nothing to read yet. Dateline reads .txt, .md and .jsonl files; it looks for them now."
)
_NOTHING = (
    "Nothing to read here. Dateline reads .txt, .md and .jsonl files; Ctrl-r looks for them again,"
    " P tells what was skipped."
)


class Opening(Controller):
    """Articles on the page.

    Args:
        want: asks the index process for an article.
        indexes: whether there is an index process.

    Attributes:
        shown: called when another text is on the page.
    """

    def __init__(
        self,
        state: ReaderState,
        view: ReaderView,
        library: Library,
        *,
        want: Callable[[RowId], None],
        indexes: bool,
    ) -> None:
        super().__init__(state, view, library)
        self.shown: list[Callable[[], None]] = []
        self._want = want
        self._indexes = indexes
        self._following: Timer | None = None

    # Showing

    def show(self, article: RowId, offset: int | None = None) -> bool:
        """Show an article, and put list and timeline in step; returns whether it is there.

        Without an offset it is opened where it was left.
        """
        page = self.library.page(article)
        if page is None:
            return False
        changed = article != self.state.article
        if changed:
            self.note_position()
        top = None
        if offset is None:
            left = self.state.unsaved_positions.get(page.article.id)
            left = left or self.library.session.position(page.article.id)
            offset, top = left if left is not None else (0, None)
        self.state.article = article
        self.view.page.show(page, offset, top=top)
        if changed:
            self.view.show_title("page", page.article.source or self.library.name)
        if page.pending:
            self._want(article)
        self.view.articles.go_to_article(article)
        self._mark_own(page)
        self.follow_on_timeline()
        if self.state.pane == "page":
            self.mark_read()
        self.announce()
        return True

    def announce(self) -> None:
        """Tell those who want to know that another text is on the page."""
        for call in self.shown:
            call()

    def _mark_own(self, page: Page) -> None:
        self.view.timeline.mark_own(
            frozenset(e.event for e in page.document.events if e.event is not None)
        )

    def show_first(self) -> None:
        """Show the article under the cursor of the list, or why there is none."""
        article = self.view.articles.article
        if article is not None:
            self.show(article)
            return
        if not self.state.filter.empty and not self.library.articles.is_empty():
            words = _NOTHING_LEFT
        elif self._indexes and (self.state.indexing or not self.state.indexed):
            words = _NOTHING_YET
        else:
            words = _NOTHING
        self.note_position()
        self.state.article = None
        self.view.page.show_nothing(words)

    def refresh(self) -> None:
        """Read the article on the page again: annotations or bookmarks may have changed."""
        shown = self.view.page.page
        if self.state.article is None:
            self.show_first()
            return
        if shown is None or shown.raw is not None:
            return
        page = self.library.page(self.state.article)
        if page is None:
            self._show_replacement(shown)
            return
        if page != shown:
            self.view.page.show(page, self.view.page.point, keep_scroll=True)
            self._mark_own(page)
            if self.state.pane != "timeline":
                self.follow_on_timeline()

    def _show_replacement(self, page: Page) -> None:
        """Show what is read now from the file of an article that was edited."""
        point, top = self.view.page.point, self.view.page.top
        self.state.article = None
        article = self.library.articles.from_source(page.article.source, page.article.record)
        if article is None or not self.show(article):
            self.show_first()
        elif self.view.page.page is not None:
            length = len(self.view.page.page.text)
            self.view.page.show(self.view.page.page, min(point, length), top=min(top, length))

    def note_position(self) -> None:
        """Note where the page is left."""
        page = self.view.page.page
        if page is not None and page.raw is None and self.state.article is not None:
            position = self.view.page.point, self.view.page.top
            self.state.unsaved_positions[page.article.id] = position

    def mark_read(self) -> None:
        """Mark the article on the page as read; if that fails, it is tried again the next time."""
        if self.state.article is None:
            return
        row = self.library.articles.rows([self.state.article]).get(self.state.article)
        if row is None or row.read:
            return
        try:
            self.library.articles.mark_read([row.id])
        except NotWritten as error:
            self.library.notices.add(
                f"The notebook cannot be written, the mark is not stored: {error}."
            )
            return
        self.view.articles.refetch(self.view.articles.cursor)

    # Going

    @property
    def position(self) -> Position | None:
        """Where the reader is, None if there is no article."""
        if self.state.article is None:
            return None
        return Position(self.state.article, self.view.page.point)

    def go(self, position: Position) -> None:
        """Go to a position, and remember where the reader was."""
        self.state.history.leave(self.position, position)
        self.arrive(position)

    def arrive(self, position: Position) -> None:
        """Show a position without remembering where the reader was."""
        page = self.view.page.page
        if position.article == self.state.article and page is not None and page.raw is None:
            self.view.page.go_to(position.offset, tell=True)
        else:
            self.show(position.article, position.offset)

    # Following cursors

    def follow_on_timeline(self) -> None:
        """Put the cursor of the timeline on the event at the point of the page."""
        mention = self.view.page.event_at_point()
        if mention is None and self.view.page.page is not None:
            mention = next(iter(self.view.page.page.document.events), None)
        if mention is not None and mention.event is not None:
            row = self.library.timeline.row(mention.event)
            self.view.timeline.go_to_event(mention.event, row.when if row else None)

    def point_moved(self) -> None:
        """The point of the page has moved."""
        if self.state.pane != "timeline":
            # Two panes in one frame cost twice as much: the timeline follows when the point rests.
            self._at_rest(self.follow_on_timeline)

    def article_cursor_moved(self) -> None:
        """The cursor of the list has moved: the page follows."""
        self._at_rest(self._preview_article)

    def event_cursor_moved(self) -> None:
        """The cursor of the timeline has moved: the page follows."""
        self._at_rest(self._preview_event)

    def _at_rest(self, action: Callable[[], None]) -> None:
        if self._following is not None:
            self._following.stop()
        self._following = self.view.after(_REST, action)

    def _preview_article(self) -> None:
        article = self.view.articles.article
        if article is not None and article != self.state.article:
            self._preview(Position(article, 0))
            self.show(article)

    def _preview_event(self) -> None:
        position = self._account(self.view.timeline.event)
        if position is not None:
            self._preview(position)
            self.arrive(position)

    def _preview(self, position: Position) -> None:
        """Remember the position of a preview in place of the one before it."""
        if self.state.previewing:
            self.state.history.replace(position)
        else:
            self.state.history.leave(self.position, position)
            self.state.previewing = True

    def _account(self, event: RowId | None) -> Position | None:
        """Where an event is told: in the article on the page, else in the earliest one."""
        if event is None:
            return None
        page = self.view.page.page
        if page is not None and self.state.article is not None:
            for mention in page.document.events:
                if mention.event == event:
                    return Position(self.state.article, mention.start)
        return self.library.timeline.first_account(event)

    # Actions

    def read(self) -> None:
        """Read the article under the cursor of the list."""
        article = self.view.articles.article
        if article is not None:
            if article != self.state.article:
                self._preview(Position(article, 0))
                self.show(article)
            self.view.go_to_pane("page")

    def tell(self) -> None:
        """Go to the passage that tells of the event under the cursor of the timeline."""
        position = self._account(self.view.timeline.event)
        if position is not None:
            self.go(position)
            self.view.go_to_pane("page")
