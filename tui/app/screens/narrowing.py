"""Narrowing the list: filters, each a chip that can be taken off, and its order."""

from __future__ import annotations

from dataclasses import replace

from textual import on

from tui.app.panes.chips import Chips
from tui.app.screens.choice import Line
from tui.app.screens.panes import PanesScreen
from tui.app.text_fit import counted
from tui.filters import SORTS, Filter, date_range
from tui.model import Likeness, Mention


class Narrowing(PanesScreen):
    """What is listed, in which order, and read marks on it."""

    # The parts of the filter in the order in which they were set.
    _set: tuple[str, ...] = ()
    # Mounted when there is first something to show.
    _chips: Chips | None = None

    def narrow(self, chosen: Filter) -> None:
        """List what a filter lets through; the page stays."""
        parts = [part for part, _ in chosen.chips()]
        self._set = tuple(p for p in self._set if p in parts) + tuple(
            p for p in parts if p not in self._set
        )
        other = chosen.entity != self._filter.entity
        self._filter = chosen
        self.show_chips()
        self.show_list()
        if other:
            self.show_timeline()
        if self.articles.count():
            if self._key is not None:
                self.articles.go_to_key(self._key)
            self.status.say(counted(self.articles.count(), "article"))
            if self._key is None:
                self._open_first()
        else:
            self.status.say("none is left: fx takes the last filter off")

    def show_chips(self) -> None:
        """Show the filter in words, in the order in which its parts were set."""
        words = dict(self._filter.chips())
        order = [*(p for p in self._set if p in words), *(p for p in words if p not in self._set)]
        if self._chips is None:
            if not order:
                return
            self._chips = Chips()
            self.mount(self._chips)
        self._chips.show([(part, words[part]) for part in order])

    def action_filter_unread(self) -> None:
        """Only what is unread, and all again."""
        self.narrow(replace(self._filter, unread=not self._filter.unread))

    def action_filter_bookmarked(self) -> None:
        """Only what has kept passages, and all again."""
        self.narrow(replace(self._filter, bookmarked=not self._filter.bookmarked))

    async def action_filter_name(self) -> None:
        """Only what names somebody: the name at the point first, or one that is typed."""
        from tui.app.screens.ask import Ask

        found: list[Likeness] = []
        mark = self.reader.mark_at_point()
        here = mark if isinstance(mark, Mention) and self.pane == "reader" else None

        def suggest(words: str) -> list[Line]:
            found[:] = self._library.entities_like(words)
            if here is not None and not words:
                count = self._library.articles_naming(here.entity)
                name = self._library.entity_name(here.entity)
                found.insert(0, Likeness(here.entity, name, count))
            return [
                Line(f"{count:,}", name, value=number)
                for number, (_, name, count, _) in enumerate(found)
            ]

        def chosen(number: str | int | None) -> None:
            if isinstance(number, int):
                ident, name, *_ = found[number]
                self.narrow(replace(self._filter, entity=ident, entity_name=name))

        await self.open_line(Ask("List what names", hint="part of a name", suggest=suggest), chosen)

    async def action_filter_dates(self) -> None:
        """Only what is of a range of dates."""
        from tui.app.screens.ask import Ask

        first = self._config.first_weekday

        def check(words: str) -> str:
            try:
                date_range(words, first)
            except ValueError:
                return "no date: 2024, 2024-03-25, 2024-03..2024-05, week 2024-03-25"
            return ""

        def typed(words: str | int | None) -> None:
            if isinstance(words, str):
                dates = date_range(words, first) if words else ""
                self.narrow(replace(self._filter, dates=dates))

        hint = "2024-03, 2024-03-20.., week 2024-03-25"
        await self.open_line(
            Ask("List what is of", self._filter.dates, hint=hint, check=check), typed
        )

    async def action_filter_title(self) -> None:
        """Only what has some words in its title."""
        from tui.app.screens.ask import Ask

        def typed(words: str | int | None) -> None:
            if isinstance(words, str):
                self.narrow(replace(self._filter, title=words))

        await self.open_line(
            Ask("List what has in its title", self._filter.title, hint="words or their beginnings"),
            typed,
        )

    def action_filter_off(self, every: bool = False) -> None:
        """Take the last filter off, or all of them."""
        if self._filter.empty:
            self.status.say("there is no filter: f and a letter sets one")
        elif every or len(self._set) < 2:
            self.narrow(Filter())
        else:
            self.narrow(self._filter.without(self._set[-1]))

    @on(Chips.TakenOff)
    def _taken_off(self, message: Chips.TakenOff) -> None:
        self.narrow(self._filter.without(message.part))

    # Order and read marks

    def action_sort(self) -> None:
        """The next order of the list."""
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self.show_list()
        said = {"newest": "newest first", "oldest": "oldest first", "title": "by title"}
        self.status.say(said.get(self._sort, "most events first"))

    def action_toggle_read(self) -> None:
        """Mark the article under the cursor as unread, or as read."""
        key = self.articles.key
        row = self._library.rows([key]).get(key) if key is not None else None
        if row is None:
            return
        if self._library.mark_read([row.id], not row.read, undoable=True) is not None:
            self.articles.refetch(self.articles.cursor)
            self.status.say("unread" if row.read else "read")

    def action_all_read(self) -> None:
        """Mark all that are listed as read; it can be taken back."""
        idents = self._library.ids(self.articles.keys)
        changed = self._library.mark_read(idents, undoable=True)
        if changed is None:
            return
        self.articles.reload()
        if changed:
            self.status.say(f"{counted(len(changed), 'article')} marked as read: u takes it back")
        else:
            self.status.say("all of them are read")
