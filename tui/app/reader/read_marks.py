"""Marks articles as read or unread. Opening an article marks it too: see `opening`."""

from __future__ import annotations

from tui.app.reader.controller import Controller
from tui.app.widgets.text_fit import counted


class ReadMarks(Controller):
    """The read marks of the list."""

    def toggle(self) -> None:
        """Mark the article under the cursor as unread, or as read."""
        article = self.view.articles.article
        row = self.library.articles.rows([article]).get(article) if article is not None else None
        if row is None:
            return
        if self.written(
            lambda: self.library.articles.mark_read([row.id], not row.read, undoable=True),
            "the mark is not stored",
        ):
            self.view.articles.refetch(self.view.articles.cursor)
            self.view.status.say("unread" if row.read else "read")

    def mark_listed(self) -> None:
        """Mark all that are listed as read."""
        hashes = list(self.library.articles.hashes(self.view.articles.row_ids).values())
        changed: list[str] = []
        if not self.written(
            lambda: changed.extend(self.library.articles.mark_read(hashes, undoable=True)),
            "the marks are not stored",
        ):
            return
        self.view.articles.reload()
        if changed:
            words = f"{counted(len(changed), 'article')} marked as read: u undoes it"
            self.view.status.say(words)
        else:
            self.view.status.say("all of them are read")
