"""Navigates through the story: events, accounts, mentions, back and forward, named places."""

from __future__ import annotations

from collections.abc import Callable

from tui.app.reader.account_lines import account_lines
from tui.app.reader.controller import Controller
from tui.app.reader.explain import evidence
from tui.app.reader.opening import Opening
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.app.widgets.text_fit import counted
from tui.articles.model import Position
from tui.ids import RowId
from tui.library import Library
from tui.nlp.document import Mention

_NO_EVENT = "no event here: ] goes to the next one"


class Navigate(Controller):
    """From an event to its other accounts, from a name to its next mention, and back.

    Attributes:
        went_back: called after a step back.
    """

    def __init__(
        self, state: ReaderState, view: ReaderView, library: Library, opening: Opening
    ) -> None:
        super().__init__(state, view, library)
        self.went_back: list[Callable[[], None]] = []
        self._opening = opening

    def event(self, step: int) -> None:
        """Go to the next or previous event on the page."""
        if not self.view.page.step_event(step):
            words = "no further event here" if step > 0 else "no event before this one"
            self.view.status.say(words)

    def mention(self, step: int) -> None:
        """Go to the next or previous mention of the name at the point, in any article."""
        mention = self.view.page.mention_at_point()
        if mention is None or self.state.article is None:
            self.view.status.say("no name on this page")
            return
        here = self.view.page.mark_at_point()
        start = mention.start if isinstance(here, Mention) else self.view.page.point - (step > 0)
        name = self.library.entities.name(mention.entity)
        inside = self.view.page.next_mention_of(mention.entity, start, step)
        if inside is not None:
            self.view.page.go_to(inside, tell=True)
            self.view.status.say(name)
            return
        found = self.library.entities.next_mention(
            mention.entity, Position(self.state.article, start), step
        )
        if found is None:
            self.view.status.say(f"{name}: named only here")
            return
        if found.article == self.state.article:
            self.view.page.go_to(found.offset, tell=True)
        else:
            self._opening.go(found)
        count = len(self.library.entities.articles(mention.entity))
        self.view.status.say(f"{name}: in {counted(count, 'article')}")

    def _events_at_hand(self) -> list[RowId]:
        """The events that the passage at the point tells of, what it mentions last."""
        if self.state.pane == "timeline":
            event = self.view.timeline.event
            return [] if event is None else [event]
        page = self.view.page
        mentions = page.accounts_at_point()
        return list(dict.fromkeys(m.event for m in mentions if m.event is not None))

    def account(self) -> None:
        """Go to the next account of the event at hand, in another article."""
        if self.state.article is None:
            return
        for event in self._events_at_hand():
            found = self.library.timeline.next_account(event, self.state.article)
            if found is not None:
                position, number, count = found
                self._opening.go(position)
                account = self.library.timeline.accounts(event)[number - 1]
                doubt = ", joined by its likeness" if account.likely else ""
                self.view.status.say(f"account {number} of {count}{doubt}")
                return
        self._go_to_alike()

    def _go_to_alike(self) -> None:
        """Go to the most alike sentence of another article, and say that it is only alike."""
        page = self.view.page.page
        if page is None or self.state.article is None or self.state.pane == "timeline":
            self.view.status.say("no other article tells of this event")
            return
        start, end = self.view.page.sentence_at_point()
        found = self.library.timeline.most_alike(self.state.article, page.text[start:end])
        if found is None:
            self.view.status.say("no other article tells of this, or something alike")
            return
        self._opening.go(Position(found.article, found.start))
        self.view.status.say(f"alike, perhaps not the same ({found.likeness:.0%})")

    def accounts(self) -> None:
        """Show all accounts of the event at hand, by day and outlet."""
        event = next(iter(self._events_at_hand()), None)
        accounts = self.library.timeline.accounts(event) if event is not None else []
        row = self.library.timeline.row(event) if event is not None else None
        if not accounts or row is None:
            self.view.status.say(_NO_EVENT)
            return

        def chosen(number: int) -> None:
            self._opening.go(Position(accounts[number].article, accounts[number].start))
            self.view.go_to_pane("page")

        self.view.choose(row.headline, list(account_lines(accounts)), chosen)

    def explain(self) -> None:
        """Show why something is marked, dated or told where it is."""
        page = self.view.page.page
        if page is None:
            return
        event = self.view.timeline.event if self.state.pane == "timeline" else None
        mark = self.view.page.mark_at_point()
        passage = self.view.page.passage_at_point() if event is None else None
        self.view.show_lines("Why?", evidence(self.library, page, mark, event, passage))

    # History

    def back(self) -> None:
        """Go back to where the reader was."""
        self._step(-1, "nothing to go back to")
        for call in self.went_back:
            call()

    def forward(self) -> None:
        """Go forward again."""
        self._step(1, "nothing to go forward to")

    def _step(self, by: int, otherwise: str) -> None:
        position = self.state.history.step(self._opening.position, by)
        if position is None:
            self.view.status.say(otherwise)
        else:
            self._opening.arrive(position)
            self.view.status.say("")

    # Named places

    def place_letters(self) -> str:
        """The letters of the named places, in words for the last line."""
        return " ".join(self.library.session.named_places()) or "none yet"

    def go_to_place(self, letter: str) -> None:
        """Go to the place that a letter names; a letter that names none names this one."""
        named = self.library.session.named_places().get(letter)
        if named is None:
            self.name_place(letter)
            return
        article = self.library.articles.row_id(named[0])
        if article is None:
            self.view.status.say(f"the article of place {letter} is not here any more")
            return
        self._opening.go(Position(article, named[1]))
        self.view.go_to_pane("page")
        self.view.status.say(f"place {letter}")

    def name_place(self, letter: str) -> None:
        """Name this place by a letter."""
        page = self.view.page.page
        if page is None or page.raw is not None:
            self.view.status.say("no place here to name")
            return
        article, point = page.article.id, self.view.page.point
        if self.written(
            lambda: self.library.session.name_place(letter, article, point),
            "the place is not stored",
        ):
            self.view.status.say(f"this place is {letter}: '{letter} comes back")
