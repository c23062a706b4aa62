"""Walking through the story: events, accounts, names, back and forth, named places."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tui.app.panes.timeline import MARKS
from tui.app.screens.choice import Choice, Line
from tui.app.screens.panes import PanesScreen
from tui.app.text_fit import counted
from tui.edtf import short
from tui.keys.actions import Action
from tui.model import Mention, Place

_NONE_HERE = "no event here: ] goes to the next one"


class Walking(PanesScreen):
    """From an event to its other accounts, from a name to its next mention, and back."""

    def action_event(self, step: int) -> None:
        """To the next or last event on the page."""
        if not self.reader.step_event(step):
            self.status.say("no further event here" if step > 0 else "no event before this one")

    def action_mention(self, step: int) -> None:
        """To the next or last mention of the name at the point, on into the next article."""
        mention = self.reader.mention_at_point()
        if mention is None or self._key is None:
            self.status.say("no name on this page")
            return
        here = self.reader.mark_at_point()
        start = mention.start if isinstance(here, Mention) else self.reader.point - (step > 0)
        name = self._library.entity_name(mention.entity)
        inside = self.reader.next_of(mention.entity, start, step)
        if inside is not None:
            self.reader.go_to(inside, tell=True)
            self.status.say(name)
            return
        found = self._library.next_mention(mention.entity, Place(self._key, start), step)
        if found is None:
            self.status.say(f"{name}: named only here")
            return
        if found.article == self._key:
            self.reader.go_to(found.offset, tell=True)
        else:
            self.go(found)
        count = self._library.articles_naming(mention.entity)
        self.status.say(f"{name}: in {counted(count, 'article')}")

    def _event_at_hand(self) -> int | None:
        if self.pane == "timeline":
            return self.events.event
        mention = self.reader.event_at_point()
        return int(mention.event) if mention is not None else None

    def action_account(self) -> None:
        """To the next account of the event at hand, in another article."""
        event = self._event_at_hand()
        if event is None or self._key is None:
            self.status.say(_NONE_HERE)
            return
        found = self._library.next_account(event, self._key)
        if found is None:
            self.status.say("no other article tells of this event")
            return
        place, number, count = found
        self.go(place)
        self.status.say(f"account {number} of {count}")

    def action_accounts(self) -> None:
        """All accounts of the event at hand."""
        event = self._event_at_hand()
        accounts = self._library.accounts(event) if event is not None else []
        row = self._library.events([event]).get(event) if event is not None else None
        if not accounts or row is None:
            self.status.say(_NONE_HERE)
            return
        lines: list[Line] = []
        for number, account in enumerate(accounts):
            lines.append(Line(short(account.date), account.title, value=number))
            lines.append(Line(MARKS[account.status], f"“{account.text}”", value=number))

        def chosen(number: int | None) -> None:
            if number is not None and number >= 0:
                self.go(Place(accounts[number].article, accounts[number].start))
                self.go_to_pane("reader")

        self.app.push_screen(Choice(row.headline, lines), chosen)

    def action_why(self) -> None:
        """Why something is marked, dated or told where it is."""
        from tui.app.screens.reasons import reasons

        page = self.reader.page
        if page is None:
            return
        event = self.events.event if self.pane == "timeline" else None
        mark = self.reader.mark_at_point()
        passage = self.reader.passage_at_point() if event is None else None
        self._show_lines("Why?", reasons(self._library, page, mark, event, passage))

    def action_back(self) -> None:
        """Back to where one was."""
        self._step_history(-1, "nothing to go back to")

    def action_forward(self) -> None:
        """Forward again."""
        self._step_history(1, "nothing to go forward to")

    def _step_history(self, by: int, otherwise: str) -> None:
        place = self._history.step(self.place(), by)
        if place is None:
            self.status.say(otherwise)
        else:
            self._arrive(place)
            self.status.say("")

    # Named places

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Show keys that wait for more; for those of places, which letters are taken."""
        if any(action.id == "place.go" for _, action in following):
            taken = " ".join(self._library.named_places()) or "none yet"
            pressed = f"{pressed}  places: {taken}"
        super().show_pending(pressed, following)

    def action_go_to_place(self, letter: str) -> None:
        """To the place of a letter; one that names nothing yet names this place."""
        where = self._library.named_places().get(letter)
        if where is None:
            self.action_name_place(letter)
            return
        key = self._library.key_of(where[0])
        if key is None:
            self.status.say(f"the article of place {letter} is not here any more")
            return
        self.go(Place(key, where[1]))
        self.go_to_pane("reader")
        self.status.say(f"place {letter}")

    def action_name_place(self, letter: str) -> None:
        """Give this place a letter."""
        page = self.reader.page
        if page is None or page.raw is not None:
            self.status.say("no place here to name")
            return
        try:
            self._library.name_place(letter, page.article.id, self.reader.point)
        except sqlite3.Error as error:
            self.notify(f"The place is not kept: {error}.", severity="error", markup=False)
            return
        self.status.say(f"this place is {letter}: '{letter} comes back")
