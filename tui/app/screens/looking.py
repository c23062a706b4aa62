"""Finding: on the page as one types, in the library, and on from match to match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from tui import finding
from tui.app.screens.panes import PanesScreen
from tui.model import Place

if TYPE_CHECKING:
    from tui.app.panes.find_line import FindLine
    from tui.app.screens.search import Found

# More matches than this are not marked: a page of them says enough.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Looking:
    """What is looked for: a pattern, and the articles that a search of the library found."""

    words: str
    pattern: re.Pattern[str]
    articles: tuple[int, ...] = ()


class LookingFor(PanesScreen):
    """`/`, `n`, `N` and `s`."""

    _looking: Looking | None = None
    _from: tuple[int, int] = (0, 0)
    _before: Looking | None = None
    _last_words: str = ""
    _last_search: str = ""
    # Mounted when it is first wanted: an input costs a start some milliseconds.
    _line: FindLine | None = None

    @property
    def find_line(self) -> FindLine:
        """The line to type in what to find on the page."""
        if self._line is None:
            from tui.app.panes.find_line import FindLine

            self._line = FindLine()
        return self._line

    @property
    def typing(self) -> bool:
        """Whether the line is typed in."""
        return self._line is not None and self.focused is self._line

    # On the page

    async def action_find(self) -> None:
        """Type what to find on the page."""
        if self.reader.page is None:
            return
        self.go_to_pane("reader")
        self._from = (self.reader.point, self.reader.scroll_offset.y)
        self._before = self._looking
        if not self.find_line.is_attached:
            # Waited for, so that what is typed ahead meets the line.
            await self.mount(self.find_line)
        self.find_line.open()
        self.status.hide_keys(True)
        self.set_focus(self.find_line)

    @on(Input.Changed, "#find-line")
    def _find_typed(self) -> None:
        """Mark what matches so far, and show the first match from where one was."""
        if self.find_line.display:
            self._find(self.find_line.value)

    def _find(self, words: str) -> None:
        if (
            self._looking is not None
            and self._looking.words == words
            and not self._looking.articles
        ):
            return
        pattern = finding.on_page(words)
        if pattern is None:
            self._looking = None
            self._show_matches(None)
            self._back_to_start()
            return
        self._looking = Looking(words, pattern)
        spans = self._spans()
        first = next((n for n, span in enumerate(spans) if span[0] >= self._from[0]), 0)
        if not spans:
            self._back_to_start()
        self._show_matches(first if spans else None, spans)

    def _back_to_start(self) -> None:
        point, top = self._from
        self.reader.go_to(point)
        self.reader.scroll_to(y=top, animate=False)

    def action_accept(self) -> None:
        """Leave the line; the matches stay. An empty line ends the search."""
        words = self.find_line.value
        # Enter may be here before what was typed is.
        self._find(words)
        if not words and self._last_words:
            # As in less: nothing typed means what was typed last.
            pattern = finding.on_page(self._last_words)
            self._looking = Looking(self._last_words, pattern) if pattern else None
            self._close_find_line()
            if self._looking:
                self.reader.show_matches(self._spans())
                self.action_next_match(1)
            return
        self._last_words = words or self._last_words
        here = self.place()
        if here is not None and self.reader.match is not None:
            self._history.leave(Place(here.article, self._from[0]), here)
        self._close_find_line()

    def action_close(self) -> None:
        """Leave the line, and be where one was."""
        self._looking = self._before
        self._close_find_line()
        self._show_matches(None, self._spans())
        self._back_to_start()

    def _close_find_line(self) -> None:
        self.find_line.close()
        self.status.hide_keys(False)
        self.set_focus(self.reader, scroll_visible=False)

    def action_down(self) -> None:
        """The next match while one types."""
        self.action_next_match(1)

    def action_up(self) -> None:
        """The previous match while one types."""
        self.action_next_match(-1)

    def action_page_down(self) -> None:
        """There is nothing to page through."""

    action_page_up = action_page_down

    def end_looking(self) -> bool:
        """Mark no matches any more; whether there was a search."""
        if self._looking is None:
            return False
        self._looking = None
        self._show_matches(None)
        return True

    # From match to match

    def _spans(self) -> list[tuple[int, int]]:
        page = self.reader.page
        if page is None or self._looking is None:
            return []
        spans: list[tuple[int, int]] = []
        for match in self._looking.pattern.finditer(page.text):
            if match.end() > match.start():
                spans.append(match.span())
            if len(spans) >= _MOST:
                break
        return spans

    def _show_matches(self, at: int | None, spans: list[tuple[int, int]] | None = None) -> None:
        self.reader.show_matches(spans or [], at)
        if self._looking is None:
            self.status.say("")
        elif not spans:
            self.status.say(f"“{self._looking.words}” is not on this page")
        else:
            number = f"{at + 1:,} of " if at is not None else ""
            self.status.say(f"{number}{len(spans):,}")

    def article_shown(self) -> None:
        """Mark on the new page what is looked for."""
        super().article_shown()
        if self._looking is not None:
            self.reader.show_matches(self._spans())

    def action_next_match(self, step: int) -> None:
        """Some matches on or back, on into the articles of a search; else unread articles."""
        if self._looking is None:
            self._next_unread(1 if step > 0 else -1)
            return
        matches, point = self.reader.matches, self.reader.point
        way = 1 if step > 0 else -1
        at = matches.next_start(point, way)
        at = at + step - way if at is not None else None
        if at is None or not 0 <= at < len(matches):
            if self._looking.articles and self._next_article(way):
                return
            if not len(matches):
                self.status.say(f"“{self._looking.words}” is not on this page")
                return
            at = 0 if way > 0 else len(matches) - 1
            wrapped = ", from the top again" if way > 0 else ", from the end again"
        else:
            wrapped = ""
        spans = list(zip(matches.starts, matches.ends, strict=True))
        self._show_matches(at, spans)
        if wrapped:
            self.status.say(f"{at + 1:,} of {len(spans):,}{wrapped}")

    def _next_article(self, way: int) -> bool:
        """On to the next (or last) article of the search that has a match in its text."""
        looking = self._looking
        if looking is None:
            return False
        articles = looking.articles
        at = articles.index(self._key) if self._key in articles else -1 if way > 0 else 0
        for distance in range(1, len(articles) + 1):
            number = (at + way * distance) % len(articles)
            if articles[number] == self._key:
                continue
            article = self._library.article(articles[number])
            match = looking.pattern.search(article.text) if article is not None else None
            if match is None:
                continue
            self.go(Place(articles[number], match.start()))
            spans = self._spans()
            if spans:
                self._show_matches(0 if way > 0 else len(spans) - 1, spans)
            self.status.say(f"article {number + 1:,} of {len(articles):,}")
            return True
        return False

    def _next_unread(self, way: int) -> None:
        """To the next (or last) unread article of the list."""
        row = self.articles.next_unread(way)
        if row is None:
            self.status.say("no unread article further on" if way > 0 else "none before this one")
            return
        self.articles.go_to(row)
        key = self.articles.key
        if key is not None:
            place = self._library.place_in_key(key)
            self._history.leave(self.place(), Place(key, place))
            self.show_article(key)

    # In the library

    async def action_search(self) -> None:
        """Search the library, as one types."""
        from tui.app.screens.search import SearchScreen

        def found(result: Found | None) -> None:
            if result is None:
                return
            self._last_search = result.words
            pattern = finding.in_library(result.words, unfinished=True)
            if pattern is None:
                return
            self._looking = Looking(result.words, pattern, result.articles)
            self.go(Place(result.hit.key, result.hit.start))
            self.go_to_pane("reader")
            spans = self._spans()
            at = next((n for n, s in enumerate(spans) if s[0] == result.hit.start), None)
            self._show_matches(at if spans else None, spans)

        chosen = self._filter
        screen = SearchScreen(self._library, self._last_search, chosen.entity, chosen.entity_name)
        await self.open_line(screen, found)
