"""What the timeline shows: more or fewer events, a date, events with some words."""

from __future__ import annotations

from tui.app.reader.controller import Controller
from tui.app.reader.list_and_timeline import Contents
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.library import Library
from tui.search.filters import date_range
from tui.times.edtf import interval
from tui.times.written_dates import stated

_FEWEST = 3


class TimelineView(Controller):
    """Zoom, dates and words on the timeline."""

    def __init__(
        self, state: ReaderState, view: ReaderView, library: Library, contents: Contents
    ) -> None:
        super().__init__(state, view, library)
        self._contents = contents
        self._words = ""

    def zoom(self, steps: int) -> None:
        """Show twice as many events for each step, or half as many for each step below 0."""
        timeline = self.view.timeline
        shown, total = timeline.event_count(), timeline.total
        if steps > 0 and shown >= total:
            self.view.status.say("these are all events")
            return
        if steps < 0 and shown <= _FEWEST:
            self.view.status.say("these are the weightiest events")
            return
        self.state.zoom += steps
        self._contents.show_timeline()
        self.view.status.say(f"{timeline.event_count():,} of {timeline.total:,} events")

    def everything(self) -> None:
        """Show all events, or again those that tell the story."""
        timeline = self.view.timeline
        deepest = 0
        while timeline.event_count() << deepest < timeline.total:
            deepest += 1
        self.state.zoom = self.state.zoom + deepest if deepest else 0
        self._contents.show_timeline()
        self.view.status.say(f"{timeline.event_count():,} of {timeline.total:,} events")

    async def go_to_date(self) -> None:
        """Ask for a date, and go to the first event of it or after it."""
        from tui.app.dialogs.prompt import Prompt

        def check(words: str) -> str:
            return "" if day_of(words) is not None else "no date: 2011-02, 11 feb 2011, 2011"

        def typed(answer: str | int | None) -> None:
            day = day_of(answer) if isinstance(answer, str) else None
            if day is None:
                return
            self.view.go_to_pane("timeline")
            if not self.view.timeline.go_to_day(day):
                self.view.status.say("no event is dated then or later")

        await self.view.open_prompt(
            Prompt("Go to the events of", hint="2011-02, 11 feb 2011", check=check), typed
        )

    async def find(self) -> None:
        """Ask for words, and go to the next event whose line has them."""
        from tui.app.dialogs.prompt import Prompt

        def typed(answer: str | int | None) -> None:
            if isinstance(answer, str) and answer.strip():
                self._words = answer
                self.view.go_to_pane("timeline")
                self.next_match(1)

        await self.view.open_prompt(Prompt("Find on the timeline", self._words), typed)

    def next_match(self, step: int) -> None:
        """Go some matches on or back."""
        if not self._words:
            self.view.status.say("/ finds words on the timeline")
            return
        timeline = self.view.timeline
        shown = timeline.shown_events()
        having = self.library.timeline.with_words(self._words)
        found = [number for number in shown if number in having]
        if not found:
            more = " that are shown: + shows more" if having else ""
            self.view.status.say(f"“{self._words}” is in no lines{more}")
            return
        places = {number: place for place, number in enumerate(shown)}
        here = places.get(timeline.event or 0, -1)
        way = 1 if step > 0 else -1
        ahead = [n for n in found[::way] if (places[n] - here) * way > 0]
        target = (ahead or found[::way])[min(abs(step), len(ahead or found)) - 1]
        timeline.select(target)
        wrapped = "" if ahead else ", from the other end again"
        self.view.status.say(f"{found.index(target) + 1:,} of {len(found):,}{wrapped}")


def day_of(words: str) -> int | None:
    """The ordinal of the first day of a date as people write it; None if it is no date."""
    written = words.strip()
    if not written:
        return None
    try:
        return interval(date_range(written, 0)).first
    except ValueError:
        pass
    try:
        found = stated(written)
    except ValueError:
        return None
    return interval(found).first if found else None
