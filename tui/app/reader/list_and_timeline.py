"""What the list and the timeline show, and the counts in the last line."""

from __future__ import annotations

from tui.app.reader.controller import Controller
from tui.app.widgets.text_fit import counted

_NEVER = ((-1, -1), (-1, -1))


class Contents(Controller):
    """List and timeline under the filter."""

    _revisions = _NEVER

    def show_changes(self) -> None:
        """Show what has changed in the cache since the previous call."""
        order, timeline = self.library.revisions()
        if order != self._revisions[0]:
            self.show_list()
        else:
            self.view.articles.reload()
        if timeline != self._revisions[1]:
            self.show_timeline()
        self._revisions = (order, timeline)
        self.show_counts()

    def show_list(self) -> None:
        """Show the articles that pass the filter, in the chosen order."""
        self.view.articles.show(self.library.listed(self.state.filter, self.state.sort))
        words = f"Articles  {self.view.articles.count():,}"
        if not self.state.filter.empty:
            words += f" of {self.library.articles.status().articles:,}"
        if self.state.sort in ("title", "events"):
            words += f"  by {self.state.sort}"
        elif self.state.sort == "oldest":
            words += "  oldest"
        self.view.show_title("articles", words)

    def show_timeline(self) -> None:
        """Show the events that pass the filter, the weightiest as the zoom has it."""
        entity = self.state.filter.entity
        self.view.timeline.show(self.library.shown_events(self.state.filter, self.state.zoom))
        timeline = self.view.timeline
        shown, total = timeline.event_count(), timeline.total
        words = f"Timeline  {shown:,}"
        if shown < total:
            words += f" of {total:,}"
        if entity:
            words += f"  {self.state.filter.entity_name}"
        self.view.show_title("timeline", words)

    def show_counts(self) -> None:
        """Show the counts of articles, events and problems, unless the index process is at work."""
        if self.state.indexing:
            return
        words = counted(self.view.articles.count(), "article")
        words += f" · {counted(self.view.timeline.total, 'event')}"
        problems = self.library.articles.problem_count()
        if problems:
            words += f" · {counted(problems, 'problem')} (P)"
        self.view.status.show_progress(words, at_rest=True)
