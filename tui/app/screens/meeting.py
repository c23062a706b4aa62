"""Meeting who is in the story: from a name to its page, and on from there."""

from __future__ import annotations

from dataclasses import replace

from tui.app.screens.choice import Choice
from tui.app.screens.correcting import Correcting
from tui.app.screens.entity import Fixing, Naming, entity_lines
from tui.app.screens.walking import Walking
from tui.model import Mention, Place


class Meeting(Walking, Correcting):
    """The pages of people, organisations and places."""

    def action_entity(self) -> None:
        """The page of the name at the point; at an event, its accounts."""
        mark = self.reader.mark_at_point()
        if isinstance(mark, Mention):
            self.open_entity(mark.entity)
        elif self.reader.event_at_point() is not None:
            self.action_accounts()
        else:
            self.status.say("no name here: l goes to the next one")

    def open_entity(self, ident: str) -> None:
        """Show all that the library knows of an entity; each line leads there."""
        profile = self._library.entity(ident)
        if profile is None:
            self.status.say("not linked yet: the library is being analysed")
            return
        lines, targets = entity_lines(self._library, profile)

        def chosen(number: int | None) -> None:
            if number is None or number < 0:
                return
            target = targets[number]
            if isinstance(target, Naming):
                target = self._library.first_mention(profile.id, target.article)
            if isinstance(target, Place):
                self.go(target)
                self.go_to_pane("reader")
            elif isinstance(target, Fixing):
                self.fix(target.fix, profile)
            elif isinstance(target, str):
                self.open_entity(target)
            elif number == 0:
                self.narrow(replace(self._filter, entity=profile.id, entity_name=profile.name))

        self.app.push_screen(Choice(profile.name, lines), chosen)

    def entities_like(self, words: str) -> list[tuple[str, str, int]]:
        """Entities whose name holds some words: id, name, number of articles."""
        return self._library.entities_like(words, 20)
