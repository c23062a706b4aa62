"""Corrects entities: the same as another one, somebody else, another name or kind, not a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tui.app.dialogs.choice import Line
from tui.app.reader.controller import Controller
from tui.app.reader.entity_lines import corrections_of
from tui.app.reader.list_and_timeline import Contents
from tui.app.reader.opening import Opening
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.articles import date_corrections
from tui.entities.model import KIND_NAMES, CorrectionAction, EntityProfile, Likeness
from tui.library import Library
from tui.nlp.document import Mention
from tui.storage.notebook_access import NotRead
from tui.times.date_labels import label


class EntityCorrections(Controller):
    """Corrections, each of which can be undone."""

    def __init__(
        self,
        state: ReaderState,
        view: ReaderView,
        library: Library,
        *,
        opening: Opening,
        contents: Contents,
    ) -> None:
        super().__init__(state, view, library)
        self._opening = opening
        self._contents = contents

    def correct_at_point(self) -> None:
        """Correct the entity that the name at the point stands for."""
        mark = self.view.page.mark_at_point()
        profile = self.library.entities.profile(mark.entity) if isinstance(mark, Mention) else None
        if profile is None or not isinstance(mark, Mention):
            self.view.status.say("no name here: l goes to the next one")
            return
        spelling = " ".join(mark.text.split())
        offered = corrections_of(profile, spelling)
        lines = [Line(action, words, value=n) for n, (action, words) in enumerate(offered)]
        self.view.choose(
            f"Correct everywhere: {profile.name}",
            lines,
            lambda number: self.correct(offered[number][0], profile, spelling),
        )

    def history(self) -> None:
        """Show the corrections that hold, the latest first; each can be withdrawn."""
        try:
            history = sorted(
                (*self._names(), *self._dates(), *self._events()), key=lambda each: each[0]
            )
        except NotRead as error:
            self.view.status.say(f"the notebook cannot be read: {error}")
            return
        history.reverse()
        lines = [
            Line(label(modified[:10]), words, value=n)
            for n, (modified, words, _) in enumerate(history)
        ]
        heading = "Corrections: Enter withdraws one" if history else "Corrections"
        self.view.choose(
            heading,
            lines or [Line("", "There are no corrections.")],
            lambda n: self._apply(history[n][2], "u undoes it"),
        )

    def _names(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """Corrections of entities: when they were stated, in words, and what withdraws them."""
        entities = self.library.entities
        for stated in entities.history():
            latest = stated[-1]
            yield latest.modified, entities.describe(latest), partial(entities.retract, stated)

    def _dates(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """Corrections of dates, as `_names`."""
        articles = self.library.articles
        for stated in articles.date_corrections():
            if not stated.withdrawn:
                words = date_corrections.describe(stated)
                yield stated.modified, words, partial(articles.retract_date, stated)

    def _events(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """Corrections of events, as `_names`."""
        events = self.library.events
        for stated in events.stated():
            if not stated.withdrawn:
                yield stated.modified, events.describe(stated), partial(events.retract, stated)

    def correct(self, action: CorrectionAction, profile: EntityProfile, spelling: str = "") -> None:
        """Make one correction, after asking for what it needs."""
        entities = self.library.entities
        if action == "merge":
            self.view.soon(self._ask_other, profile)
        elif action == "rename":
            self.view.soon(self._ask_name, profile)
        elif action == "kind":
            self._ask_kind(profile)
        elif action == "split":
            self._with_spelling(profile, spelling, lambda words: entities.split(profile.id, words))
        else:
            self._with_spelling(
                profile, spelling, lambda words: entities.no_name(profile.id, words)
            )

    async def _ask_other(self, profile: EntityProfile) -> None:
        from tui.app.dialogs.prompt import Prompt

        entities = self.library.entities
        found: list[Likeness] = []

        def suggest(words: str) -> list[Line]:
            found[:] = [other for other in entities.like(words) if other.id != profile.id]
            return [Line(f"{o.articles:,}", o.name, value=n) for n, o in enumerate(found)]

        def chosen(number: str | int | None) -> None:
            if isinstance(number, int):
                into = found[number].id
                self._apply(lambda: entities.merge(profile.id, into))

        heading = f"{profile.name} is the same as"
        await self.view.open_prompt(Prompt(heading, hint="part of a name", suggest=suggest), chosen)

    async def _ask_name(self, profile: EntityProfile) -> None:
        from tui.app.dialogs.prompt import Prompt

        def typed(words: str | int | None) -> None:
            if isinstance(words, str) and words and words != profile.name:
                self._apply(lambda: self.library.entities.rename(profile.id, words))

        await self.view.open_prompt(Prompt("Call it", profile.name), typed)

    def _ask_kind(self, profile: EntityProfile) -> None:
        kinds = [kind for kind in KIND_NAMES if kind != profile.kind]
        lines = [Line(kind, KIND_NAMES[kind], value=n) for n, kind in enumerate(kinds)]

        def chosen(number: int) -> None:
            self._apply(lambda: self.library.entities.set_kind(profile.id, kinds[number]))

        self.view.choose(f"{profile.name} is a", lines, chosen)

    def _with_spelling(
        self, profile: EntityProfile, spelling: str, correct: Callable[[str], object]
    ) -> None:
        """Correct one spelling: the one given, the only one, or one that the reader chooses."""
        spellings = [words for words, _ in profile.spellings]
        if spelling or len(spellings) == 1:
            self._apply(lambda: correct(spelling or spellings[0]))
            return
        lines = [
            Line(f"{count:,}", words, value=n) for n, (words, count) in enumerate(profile.spellings)
        ]
        self.view.choose(
            "Which spelling?", lines, lambda n: self._apply(lambda: correct(spellings[n]))
        )

    def _apply(self, correct: Callable[[], object], hint: str = "u undoes it") -> None:
        """Correct, and show the result once it is stored."""
        try:
            if not self.written(correct, "not stored"):
                return
        except ValueError as error:
            self.view.status.say(str(error))
            return
        self._opening.refresh()
        if self.state.filter.entity:
            self._contents.show_list()
            self._contents.show_timeline()
        self.view.status.say(f"{hint}: {self.library.undo.latest}")
