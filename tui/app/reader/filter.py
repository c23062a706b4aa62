"""Filters the list: what is unread, bookmarked, names an entity, is of some dates, has a title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tui.app.dialogs.choice import Line
from tui.app.reader.controller import Controller
from tui.app.reader.list_and_timeline import Contents
from tui.app.reader.opening import Opening
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.app.widgets.text_fit import counted
from tui.entities.model import Likeness
from tui.library import Library
from tui.nlp.document import Mention
from tui.search.filters import Filter, date_range


class FilterList(Controller):
    """What the list shows.

    Args:
        first_weekday: the day that a week begins on, 0 for Monday.
    """

    def __init__(
        self,
        state: ReaderState,
        view: ReaderView,
        library: Library,
        *,
        first_weekday: int,
        opening: Opening,
        contents: Contents,
    ) -> None:
        super().__init__(state, view, library)
        self._first_weekday = first_weekday
        self._opening = opening
        self._contents = contents

    def apply(self, chosen: Filter) -> None:
        """List what passes a filter; the page stays."""
        parts = [part for part, _ in chosen.chips()]
        self.state.filter_order = (
            *(p for p in self.state.filter_order if p in parts),
            *(p for p in parts if p not in self.state.filter_order),
        )
        self.state.filter = chosen
        self.show_chips()
        self._contents.show_list()
        self._contents.show_timeline()
        count = self.view.articles.count()
        if not count:
            self.view.status.say("no article is left: fx removes the latest filter")
            return
        if self.state.article is not None:
            self.view.articles.go_to_article(self.state.article)
        self.view.status.say(counted(count, "article"))
        if self.state.article is None:
            self._opening.show_first()

    def show_chips(self) -> None:
        """Show the parts of the filter in the order in which they were set."""
        words = dict(self.state.filter.chips())
        order = dict.fromkeys([*(p for p in self.state.filter_order if p in words), *words])
        self.view.show_chips([(part, words[part]) for part in order])

    def unread(self) -> None:
        """List only what is unread, or everything again."""
        self.apply(replace(self.state.filter, unread=not self.state.filter.unread))

    def bookmarked(self) -> None:
        """List only what has bookmarks, or everything again."""
        self.apply(replace(self.state.filter, bookmarked=not self.state.filter.bookmarked))

    async def name(self) -> None:
        """List only what names an entity: the one at the point, or one that is typed."""
        from tui.app.dialogs.prompt import Prompt

        found: list[Likeness] = []
        mark = self.view.page.mark_at_point()
        here = mark if isinstance(mark, Mention) and self.state.pane == "page" else None
        entities = self.library.entities

        def suggest(words: str) -> list[Line]:
            found[:] = entities.like(words)
            if here is not None and not words:
                count = len(entities.articles(here.entity))
                found.insert(0, Likeness(here.entity, entities.name(here.entity), count))
            return [
                Line(f"{likeness.articles:,}", likeness.name, value=number)
                for number, likeness in enumerate(found)
            ]

        def chosen(number: str | int | None) -> None:
            if isinstance(number, int):
                entity = found[number]
                self.apply(replace(self.state.filter, entity=entity.id, entity_name=entity.name))

        await self.view.open_prompt(
            Prompt("List what names", hint="part of a name", suggest=suggest), chosen
        )

    async def dates(self) -> None:
        """List only what is of a range of dates."""

        def check(words: str) -> str:
            try:
                date_range(words, self._first_weekday)
            except ValueError:
                return "no date: 2024, 2024-03-25, 2024-03..2024-05, week 2024-03-25"
            return ""

        def typed(words: str) -> Filter:
            dates = date_range(words, self._first_weekday) if words else ""
            return replace(self.state.filter, dates=dates)

        await self._ask(
            "List what is of",
            self.state.filter.dates,
            "2024-03, 2024-03-20.., week 2024-03-25",
            typed,
            check,
        )

    async def title(self) -> None:
        """List only what has some words in its title."""
        await self._ask(
            "List what has in its title",
            self.state.filter.title,
            "words or their beginnings",
            lambda words: replace(self.state.filter, title=words),
        )

    async def _ask(
        self,
        heading: str,
        words: str,
        hint: str,
        changed: Callable[[str], Filter],
        check: Callable[[str], str] | None = None,
    ) -> None:
        from tui.app.dialogs.prompt import Prompt

        def typed(answer: str | int | None) -> None:
            if isinstance(answer, str):
                self.apply(changed(answer))

        await self.view.open_prompt(Prompt(heading, words, hint=hint, check=check), typed)

    def off(self, every: bool = False) -> None:
        """Remove the part of the filter that was set most recently, or all parts."""
        if self.state.filter.empty:
            self.view.status.say("there is no filter: f and a letter sets one")
        elif every or len(self.state.filter_order) < 2:
            self.apply(Filter())
        else:
            self.remove_part(self.state.filter_order[-1])

    def remove_part(self, part: str) -> None:
        """Remove one part of the filter."""
        self.apply(self.state.filter.without(part))
