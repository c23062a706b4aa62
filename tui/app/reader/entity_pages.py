"""The pages of entities: from a name to its page, and on from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tui.app.reader.controller import Controller
from tui.app.reader.entity_corrections import EntityCorrections
from tui.app.reader.entity_lines import CorrectionLine, FirstMention, entity_lines
from tui.app.reader.navigate import Navigate
from tui.app.reader.opening import Opening
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.articles.model import Position
from tui.ids import EntityId
from tui.library import Library
from tui.nlp.document import Mention
from tui.search.filters import Filter


class EntityPages(Controller):
    """Pages of people, organisations, locations and groups.

    Args:
        opening: what goes to a position.
        navigate: what steps back, and shows the accounts of an event.
        corrections: what corrects an entity.
        apply_filter: lists what passes a filter.
    """

    def __init__(
        self,
        state: ReaderState,
        view: ReaderView,
        library: Library,
        *,
        opening: Opening,
        navigate: Navigate,
        corrections: EntityCorrections,
        apply_filter: Callable[[Filter], None],
    ) -> None:
        super().__init__(state, view, library)
        self._opening = opening
        self._navigate = navigate
        self._corrections = corrections
        self._apply_filter = apply_filter
        # The number of the position gone to from an entity's page, the entity, and the line.
        self._came_from: tuple[int, EntityId, int] | None = None
        navigate.went_back.append(self._return_to_page)

    def open_at_point(self) -> None:
        """Open the page of the name at the point; at an event, its accounts."""
        mark = self.view.page.mark_at_point()
        if isinstance(mark, Mention):
            self.open(mark.entity)
        elif self.view.page.event_at_point() is not None:
            self._navigate.accounts()
        else:
            self.view.status.say("no name here: l goes to the next one")

    def _return_to_page(self) -> None:
        """After a step back: open the entity's page again if the reader came from it."""
        came_from, self._came_from = self._came_from, None
        if came_from is not None and came_from[0] == self.state.history.at + 1:
            self.open(came_from[1], came_from[2])

    def open(
        self, entity: EntityId, at: int = 0, before: tuple[EntityId, int] | None = None
    ) -> None:
        """Open the page of an entity; each of its lines leads somewhere.

        Args:
            entity: the entity.
            at: the value of the line to start at.
            before: the entity and the line that led here, which closing the page returns to.
        """
        profile = self.library.entities.profile(entity)
        if profile is None:
            self.view.status.say("not linked yet: the library is being analysed")
            return
        lines, targets = entity_lines(self.library, profile)

        def closed(number: int) -> None:
            if number < 0:
                if before is not None:
                    self.open(*before)
                return
            target = targets[number]
            if isinstance(target, FirstMention):
                target = self.library.entities.first_mention(profile.id, target.article)
            if isinstance(target, Position):
                self._opening.go(target)
                self._came_from = self.state.history.at, profile.id, number
                self.view.go_to_pane("page")
            elif isinstance(target, CorrectionLine):
                self._corrections.correct(target.action, profile)
            elif isinstance(target, str):
                self.open(target, before=(profile.id, number))
            elif number == 0:
                self._apply_filter(
                    replace(self.state.filter, entity=profile.id, entity_name=profile.name)
                )

        row = next((n for n, line in enumerate(lines) if at and line.value == at), 0)
        self.view.choose(profile.name, lines, closed, at=row, always=True)
