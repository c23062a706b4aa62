"""Finds words: on the page as they are typed, in the library, and on from match to match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.app.reader.controller import Controller
from tui.app.reader.opening import Opening
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.articles.model import Position
from tui.ids import RowId
from tui.library import Library
from tui.search import queries

if TYPE_CHECKING:
    from tui.app.dialogs.search_dialog import Found

# More matches on one page are not marked.
_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and the articles that a search of the library found."""

    words: str
    pattern: re.Pattern[str]
    articles: tuple[RowId, ...] = ()


class Find(Controller):
    """Matches on the page and in the library."""

    def __init__(
        self, state: ReaderState, view: ReaderView, library: Library, opening: Opening
    ) -> None:
        super().__init__(state, view, library)
        self._opening = opening
        self._query: Query | None = None
        self._query_before: Query | None = None
        self._started_at: tuple[int, int] = (0, 0)
        self._previous_words = ""
        self._previous_search = ""

    # On the page

    async def open(self) -> None:
        """Open the line to type in what to find on the page."""
        if self.view.page.page is None:
            return
        self.view.go_to_pane("page")
        self._started_at = (self.view.page.point, self.view.page.scroll_offset.y)
        self._query_before = self._query
        await self.view.open_find_line()

    def typed(self, words: str) -> None:
        """Mark what matches so far, and show the first match from where the reader was."""
        query = self._query
        if query is not None and query.words == words and not query.articles:
            return
        pattern = queries.page_pattern(words)
        if pattern is None:
            self._query = None
            self._show_matches(None)
            self._return_to_start()
            return
        self._query = Query(words, pattern)
        spans = self._spans()
        first = next((n for n, span in enumerate(spans) if span[0] >= self._started_at[0]), 0)
        if not spans:
            self._return_to_start()
        self._show_matches(first if spans else None, spans)

    def _return_to_start(self) -> None:
        point, top = self._started_at
        self.view.page.go_to(point)
        self.view.page.scroll_to(y=top, animate=False)

    def accept(self, words: str) -> None:
        """Close the line and keep the matches; an empty line repeats the previous words."""
        # Enter may be handled before the last change of the line.
        self.typed(words)
        if not words and self._previous_words:
            pattern = queries.page_pattern(self._previous_words)
            self._query = Query(self._previous_words, pattern) if pattern else None
            self.view.close_find_line()
            if self._query:
                self.view.page.show_matches(self._spans())
                self.next_match(1)
            return
        self._previous_words = words or self._previous_words
        here = self._opening.position
        if here is not None and self.view.page.match is not None:
            self.state.history.leave(Position(here.article, self._started_at[0]), here)
        self.view.close_find_line()

    def cancel(self) -> None:
        """Close the line, and return to where the reader was."""
        self._query = self._query_before
        self.view.close_find_line()
        self._show_matches(None, self._spans())
        self._return_to_start()

    def end(self) -> bool:
        """Remove the marks of matches; returns whether there was a query."""
        if self._query is None:
            return False
        self._query = None
        self._show_matches(None)
        return True

    def mark_new_page(self) -> None:
        """Mark the matches of the query on a page that was opened."""
        if self._query is not None:
            self.view.page.show_matches(self._spans())

    # From match to match

    def _spans(self) -> list[tuple[int, int]]:
        page = self.view.page.page
        if page is None or self._query is None:
            return []
        spans: list[tuple[int, int]] = []
        for match in self._query.pattern.finditer(page.text):
            if match.end() > match.start():
                spans.append(match.span())
            if len(spans) >= _LIMIT:
                break
        return spans

    def _show_matches(self, at: int | None, spans: list[tuple[int, int]] | None = None) -> None:
        self.view.page.show_matches(spans or [], at)
        if self._query is None:
            self.view.status.say("")
        elif not spans:
            self.view.status.say(f"“{self._query.words}” is not on this page")
        else:
            number = f"{at + 1:,} of " if at is not None else ""
            self.view.status.say(f"{number}{len(spans):,}")

    def next_match(self, step: int) -> None:
        """Go some matches on or back, and into the other articles of a search; without a query, to
        an unread article."""
        if self._query is None:
            self._next_unread(1 if step > 0 else -1)
            return
        matches, point = self.view.page.matches, self.view.page.point
        way = 1 if step > 0 else -1
        at = matches.next_start(point, way)
        at = at + step - way if at is not None else None
        if at is None or not 0 <= at < len(matches):
            if self._query.articles and self._next_article(self._query, way):
                return
            if not len(matches):
                self.view.status.say(f"“{self._query.words}” is not on this page")
                return
            at = 0 if way > 0 else len(matches) - 1
            wrapped = ", from the top again" if way > 0 else ", from the end again"
        else:
            wrapped = ""
        spans = list(zip(matches.starts, matches.ends, strict=True))
        self._show_matches(at, spans)
        if wrapped:
            self.view.status.say(f"{at + 1:,} of {len(spans):,}{wrapped}")

    def _next_article(self, query: Query, way: int) -> bool:
        """Go to the next or previous article of a search that matches in its text."""
        articles, here = query.articles, self.state.article
        at = articles.index(here) if here in articles else -1 if way > 0 else 0
        for distance in range(1, len(articles) + 1):
            number = (at + way * distance) % len(articles)
            if articles[number] == here:
                continue
            article = self.library.articles.get(articles[number])
            match = query.pattern.search(article.text) if article is not None else None
            if match is None:
                continue
            self._opening.go(Position(articles[number], match.start()))
            spans = self._spans()
            if spans:
                self._show_matches(0 if way > 0 else len(spans) - 1, spans)
            self.view.status.say(f"article {number + 1:,} of {len(articles):,}")
            return True
        return False

    def _next_unread(self, way: int) -> None:
        """Go to the next or previous unread article of the list."""
        row = self.view.articles.next_unread(way)
        if row is None:
            words = "no unread article further on" if way > 0 else "none before this one"
            self.view.status.say(words)
            return
        self.view.articles.go_to(row)
        article = self.view.articles.article
        if article is not None:
            self.state.history.leave(self._opening.position, Position(article, 0))
            self._opening.show(article)
            self.state.history.replace(Position(article, self.view.page.point))

    # In the library

    async def search(self) -> None:
        """Search the library as words are typed."""
        from tui.app.dialogs.search_dialog import SearchDialog

        def closed(found: Found | None) -> None:
            if found is None:
                return
            self._previous_search = found.words
            pattern = queries.library_pattern(found.words, unfinished=True)
            if pattern is None:
                return
            self._query = Query(found.words, pattern, found.articles)
            self._opening.go(Position(found.hit.row_id, found.hit.start))
            self.view.go_to_pane("page")
            spans = self._spans()
            at = next((n for n, s in enumerate(spans) if s[0] == found.hit.start), None)
            self._show_matches(at if spans else None, spans)

        chosen = self.state.filter
        dialog = SearchDialog(
            self.library, self._previous_search, chosen.entity, chosen.entity_name
        )
        await self.view.open_prompt(dialog, closed)
