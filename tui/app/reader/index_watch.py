"""Watches the index process: starts it, shows its progress, and takes in what it has committed."""

from __future__ import annotations

from collections.abc import Callable

from tui.app.reader.controller import Controller
from tui.app.reader.list_and_timeline import Contents
from tui.app.reader.opening import Opening
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.indexing.index_process import IndexProcess
from tui.indexing.progress import ADOPTED, Progress
from tui.library import Library
from tui.storage.notebook_access import NotWritten


class IndexWatch(Controller):
    """The index process of the library.

    Args:
        process: the index process.
        post: hands progress from its thread to the screen.
        opening: what refreshes the page.
        contents: what refreshes list and timeline.
        adopted: called if the library turns out to be one that has moved.
        indexes: whether there is to be an index process.
    """

    def __init__(
        self,
        state: ReaderState,
        view: ReaderView,
        library: Library,
        *,
        process: IndexProcess,
        post: Callable[[Progress], None],
        opening: Opening,
        contents: Contents,
        adopted: Callable[[], None],
        indexes: bool,
    ) -> None:
        super().__init__(state, view, library)
        self._process = process
        self._post = post
        self._opening = opening
        self._contents = contents
        self._adopted = adopted
        self._indexes = indexes

    def begin(self) -> None:
        """Note that the library was opened, and look for what is new."""
        try:
            self.library.session.note_opened()
        except NotWritten as error:
            self.library.notices.add(f"The notebook cannot be written: {error}.")
        self.show_notices()
        self.start()

    def start(self) -> None:
        """Start the index process in a thread that reports its progress."""
        self.view.in_thread(lambda: self._process.run(self._post))

    def stop(self) -> None:
        """End the index process."""
        self._process.stop()

    def rescan(self) -> None:
        """Look for new and changed articles."""
        if self._indexes:
            self.start()

    def report(self, progress: Progress) -> None:
        """Show the progress of the index process."""
        self.state.indexing = progress.step not in ("done", "failed")
        self.state.indexed = self.state.indexed or not self.state.indexing
        words = {
            "waiting": "another Dateline reads this library",
            "scan": "looking for new articles",
            "catalogue": f"reading {progress.done:,} of {progress.total:,}",
            "date": "dating the undated",
            "analyse": f"analysing {progress.done:,} of {progress.total:,}",
        }.get(progress.step, "")
        if progress.step == "failed":
            self.view.warn(f"Reading the library stopped: {progress.note}", error=True)
        if self.state.indexing:
            self.view.status.show_progress(words)
        elif self.view.ready:
            if progress.note == ADOPTED:
                self._adopted()
            self.show_commits(always=True)

    def show_commits(self, always: bool = False) -> None:
        """Show what has been committed since the previous call."""
        if self.library.refresh() or always:
            self._contents.show_changes()
            self._opening.refresh()
            page = self.view.page.page
            if page is not None and page.pending and self.state.article is not None:
                self._process.want(self.state.article)
        self.show_notices()

    def show_notices(self) -> None:
        """Show what the stores have to tell; index again if the cache is gone."""
        if self._indexes and not self._process.running and self.library.take_lost():
            self.start()
        for notice in self.library.notices.take():
            self.view.warn(notice)
