"""Corrects events: the same as another one, another date, other words, no event, and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tui.app.dialogs.choice import Line
from tui.app.reader.controller import Controller
from tui.app.reader.state import ReaderState
from tui.app.reader.typed_date import FORMS, edtf, fault
from tui.app.reader.view import ReaderView
from tui.app.widgets.text_fit import fit_words
from tui.events.event_corrections import Place
from tui.events.model import EventRow
from tui.library import Library
from tui.nlp.document import EventMention, EventStatus
from tui.storage.notebook_access import NotRead
from tui.times.date_labels import label, short
from tui.times.edtf import plain

_STATUS: dict[EventStatus, str] = {
    "happened": "it has happened",
    "planned": "it is planned",
    "claimed": "it is only claimed",
}

# The most columns of a passage in a choice.
_MOST = 30

_Choices = Iterator[tuple[str, str, Callable[[], None]]]


class CorrectEvent(Controller):
    """Corrections of events, each of which can be undone.

    Args:
        rescan: is called after each change; it brings the cache up to date, so that timeline and
            page follow.
        indexes: whether there is an index process that does so.
    """

    def __init__(
        self,
        state: ReaderState,
        view: ReaderView,
        library: Library,
        *,
        rescan: Callable[[], None],
        indexes: bool,
    ) -> None:
        super().__init__(state, view, library)
        self._indexes = indexes
        library.events.changed = rescan

    def correct(self) -> None:
        """Offer what can be said of the event on the timeline, or at the point of the page."""
        mention = self._mention_at_hand()
        event = self.view.timeline.event if self.state.pane == "timeline" else None
        if mention is not None:
            event = mention.event
        row = self.library.timeline.row(event) if event is not None else None
        if row is None:
            self.view.status.say("no event here: ] goes to the next one")
            return
        place = None
        if mention is not None and self.state.article is not None:
            place = self.state.article, mention.start, mention.end
        try:
            choices = list(self._choices(row, place))
        except NotRead as error:
            self.view.status.say(f"the notebook cannot be read: {error}")
            return
        self.view.choose(
            f"{label(row.when, weekday=True)}: {row.headline}",
            [Line(left, words, value=n) for n, (left, words, _) in enumerate(choices)],
            lambda number: choices[number][2](),
        )

    def _mention_at_hand(self) -> EventMention | None:
        """The passage of the page that tells of the event at hand, None if none does."""
        page = self.view.page
        if self.state.pane == "timeline":
            event = self.view.timeline.event
            events = page.page.document.events if page.page is not None else ()
            return next((m for m in events if m.event == event), None)
        mark = page.mark_at_point()
        if isinstance(mark, EventMention):
            return mark
        return next(iter(page.accounts_at_point()), None)

    def _choices(self, row: EventRow, place: Place | None) -> _Choices:
        events, event = self.library.events, row.row_id
        standing = events.standing_of(event)
        if "no event" not in row.said:
            yield "same", "it is the same event as …", lambda: self.view.soon(self._ask_same, row)
            if "merge" in row.said or events.can_be_divided(event):
                words = f"{self._quote(place)} tells of another event"
                yield "other", words, lambda: self._apply(lambda: events.split(event, place))
            yield from self._date_choices(row)
            yield "words", "other words", lambda: self.view.soon(self._ask_words, row)
            for status, words in _STATUS.items():
                if status != row.status:
                    change = partial(events.set_status, event, status)
                    yield status, words, partial(self._apply, change)
            yield "no event", "it is no event", lambda: self._apply(lambda: events.no_event(event))
        for correction in standing:
            change = partial(events.retract, correction)
            yield "withdraw", events.describe(correction), partial(self._apply, change)

    def _quote(self, place: Place | None) -> str:
        """The passage at hand in a few words."""
        page = self.view.page.page
        if place is None or page is None:
            return "the passage of this line"
        words = " ".join(page.text[place[1] : place[2]].split())
        return f"“{fit_words(words, _MOST).rstrip()}”"

    def _date_choices(self, row: EventRow) -> _Choices:
        events, event, when = self.library.events, row.row_id, row.when
        if when is not None and plain(when) != when:
            words = f"{label(plain(when), weekday=True)} is right"
            exact = partial(events.set_date, event, plain(when))
            yield "accept", words, lambda: self._apply(exact)
        yield "date", "another date", lambda: self.view.soon(self._ask_date, row)
        if when is not None:
            none = partial(events.set_date, event, None)
            yield "undated", "it has no date", lambda: self._apply(none)

    async def _ask_same(self, row: EventRow) -> None:
        from tui.app.dialogs.prompt import Prompt

        found: list[EventRow] = []

        def suggest(words: str) -> list[Line]:
            found[:] = self.library.events.alike(row.row_id, words)
            return [Line(short(o.when), o.headline, value=n) for n, o in enumerate(found)]

        def chosen(number: str | int | None) -> None:
            if isinstance(number, int):
                into = found[number].row_id
                self._apply(lambda: self.library.events.merge(row.row_id, into))

        prompt = Prompt(
            f"The same event as: {row.headline}", hint="words of its line", suggest=suggest
        )
        await self.view.open_prompt(prompt, chosen)

    async def _ask_date(self, row: EventRow) -> None:
        from tui.app.dialogs.prompt import Prompt

        def typed(words: str | int | None) -> None:
            if isinstance(words, str) and words and not fault(words):
                self._apply(lambda: self.library.events.set_date(row.row_id, edtf(words)))

        prompt = Prompt(
            f"When: {row.headline}",
            row.when or "",
            hint=FORMS,
            check=lambda words: fault(words.strip()),
        )
        await self.view.open_prompt(prompt, typed)

    async def _ask_words(self, row: EventRow) -> None:
        from tui.app.dialogs.prompt import Prompt

        def typed(words: str | int | None) -> None:
            if isinstance(words, str) and words and words != row.headline:
                self._apply(lambda: self.library.events.set_line(row.row_id, words))

        await self.view.open_prompt(Prompt("Its line", row.headline), typed)

    def _apply(self, change: Callable[[], None]) -> None:
        try:
            if not self.written(change, "the correction is not stored"):
                return
        except ValueError as error:
            self.view.status.say(str(error))
            return
        then = "" if self._indexes else "; it holds at the next indexing"
        self.view.status.say(f"u undoes it: {self.library.undo.latest}{then}")
