"""Meeting who is in the story: from a name to its page, and on from there."""

from __future__ import annotations

from dataclasses import replace

from tui.app.screens.choice import Choice
from tui.app.screens.correcting import Correcting
from tui.app.screens.entity import Fixing, Naming, entity_lines
from tui.app.screens.walking import Walking
from tui.model import Likeness, Mention, Place


class Meeting(Walking, Correcting):
    """The pages of people, organisations and places."""

    # From which line of whose page one went to which place of the history.
    _met: tuple[int, str, int] | None = None

    def action_entity(self) -> None:
        """The page of the name at the point; at an event, its accounts."""
        mark = self.reader.mark_at_point()
        if isinstance(mark, Mention):
            self.open_entity(mark.entity)
        elif self.reader.event_at_point() is not None:
            self.action_accounts()
        else:
            self.status.say("no name here: l goes to the next one")

    def action_back(self) -> None:
        """Back to where one was; where one came from somebody's page, to that."""
        met = self._met
        self._met = None
        super().action_back()
        if met is not None and met[0] == self._history.at + 1:
            self.open_entity(met[1], met[2])

    def open_entity(self, ident: str, at: int = 0, before: tuple[str, int] | None = None) -> None:
        """Show all that the library knows of an entity; each line leads there.

        `at` is the line to begin at by its value, `before` the page and line that led here.
        """
        profile = self._library.entity(ident)
        if profile is None:
            self.status.say("not linked yet: the library is being analysed")
            return
        lines, targets = entity_lines(self._library, profile)

        def chosen(number: int | None) -> None:
            if number is None or number < 0:
                if before is not None:
                    self.open_entity(*before)
                return
            target = targets[number]
            if isinstance(target, Naming):
                target = self._library.first_mention(profile.id, target.article)
            if isinstance(target, Place):
                self.go(target)
                self._met = self._history.at, profile.id, number
                self.go_to_pane("reader")
            elif isinstance(target, Fixing):
                self.fix(target.fix, profile)
            elif isinstance(target, str):
                self.open_entity(target, before=(profile.id, number))
            elif number == 0:
                self.narrow(replace(self._filter, entity=profile.id, entity_name=profile.name))

        row = next((n for n, line in enumerate(lines) if at and line.value == at), 0)
        self.app.push_screen(Choice(profile.name, lines, at=row), chosen)

    def entities_like(self, words: str) -> list[Likeness]:
        """Entities that are called or spelt like some words."""
        return self._library.entities_like(words, 20)
