"""Putting right who somebody is: the same as another, somebody else, another name or kind, none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from tui.app.screens.choice import Choice, Line
from tui.app.screens.entity import KINDS, Fix, fixes
from tui.app.screens.narrowing import Narrowing
from tui.edtf import label
from tui.model import EntityKind, EntityProfile, Likeness, Mention


class Correcting(Narrowing):
    """Corrections, each of which can be taken back."""

    def action_correct(self) -> None:
        """Put right who or what the name at the point is."""
        mark = self.reader.mark_at_point()
        profile = self._library.entity(mark.entity) if isinstance(mark, Mention) else None
        if profile is None or not isinstance(mark, Mention):
            self.status.say("no name here: l goes to the next one")
            return
        spelling = " ".join(mark.text.split())
        offered = fixes(profile, spelling)

        def chosen(number: int | None) -> None:
            if number is not None and number >= 0:
                self.fix(offered[number][0], profile, spelling)

        lines = [Line(fix, words, value=n) for n, (fix, words) in enumerate(offered)]
        self.app.push_screen(Choice(f"Put right everywhere: {profile.name}", lines), chosen)

    def action_corrections(self) -> None:
        """What was put right of names, the last first; each can be taken back."""
        entities = self._library.entities
        said = entities.said()

        def chosen(number: int | None) -> None:
            if number is not None and number >= 0:
                self._corrected(lambda: entities.take_back(said[number]), "u undoes it")

        lines = [
            Line(label(cs[-1].modified[:10]), entities.words(cs[-1]), value=n)
            for n, cs in enumerate(said)
        ]
        heading = "Put right: Enter takes one back" if said else "Put right"
        lines = lines or [Line("", "Nothing was put right.")]
        self.app.push_screen(Choice(heading, lines), chosen)

    def fix(self, fix: Fix, profile: EntityProfile, spelling: str = "") -> None:
        """Put one thing right, after asking what is needed for it."""
        entities = self._library.entities
        if fix == "merge":
            self.call_later(self._ask_same, profile)
        elif fix == "rename":
            self.call_later(self._ask_name, profile)
        elif fix == "kind":
            self._ask_kind(profile)
        elif fix == "split":
            self._with_spelling(profile, spelling, lambda words: entities.split(profile.id, words))
        else:
            self._with_spelling(
                profile, spelling, lambda words: entities.no_name(profile.id, words)
            )

    async def _ask_same(self, profile: EntityProfile) -> None:
        from tui.app.screens.ask import Ask

        found: list[Likeness] = []

        def suggest(words: str) -> list[Line]:
            found[:] = [f for f in self._library.entities_like(words) if f[0] != profile.id]
            return [Line(f"{n:,}", name, value=at) for at, (_, name, n, _) in enumerate(found)]

        def chosen(number: str | int | None) -> None:
            if isinstance(number, int):
                into = found[number][0]
                self._corrected(lambda: self._library.entities.merge(profile.id, into))

        heading = f"{profile.name} is the same as"
        await self.open_line(Ask(heading, hint="part of a name", suggest=suggest), chosen)

    async def _ask_name(self, profile: EntityProfile) -> None:
        from tui.app.screens.ask import Ask

        def typed(words: str | int | None) -> None:
            if isinstance(words, str) and words and words != profile.name:
                self._corrected(lambda: self._library.entities.rename(profile.id, words))

        await self.open_line(Ask("Call it", profile.name), typed)

    def _ask_kind(self, profile: EntityProfile) -> None:
        kinds: list[EntityKind] = [kind for kind in KINDS if kind != profile.kind]

        def chosen(number: int | None) -> None:
            if number is not None and number >= 0:
                kind = kinds[number]
                self._corrected(lambda: self._library.entities.set_kind(profile.id, kind))

        lines = [Line(kind, KINDS[kind], value=n) for n, kind in enumerate(kinds)]
        self.app.push_screen(Choice(f"{profile.name} is a", lines), chosen)

    def _with_spelling(
        self, profile: EntityProfile, spelling: str, correct: Callable[[str], object]
    ) -> None:
        """Correct one spelling: the one given, the only one, or one that is chosen."""
        spellings = [words for words, _ in profile.spellings]
        if spelling or len(spellings) == 1:
            self._corrected(lambda: correct(spelling or spellings[0]))
            return

        def chosen(number: int | None) -> None:
            if number is not None and number >= 0:
                self._corrected(lambda: correct(spellings[number]))

        lines = [
            Line(f"{count:,}", words, value=n) for n, (words, count) in enumerate(profile.spellings)
        ]
        self.app.push_screen(Choice("Which spelling?", lines), chosen)

    def _corrected(self, correct: Callable[[], object], how: str = "u takes it back") -> None:
        """Do it and show what came of it; say so only once it is kept."""
        try:
            correct()
        except ValueError as error:
            self.status.say(str(error))
            return
        except sqlite3.Error as error:
            self.status.say(f"not kept, the notebook cannot be written: {error}")
            return
        self._refresh_page()
        if self._filter.entity:
            self.show_list()
            self.show_timeline()
        self.status.say(f"{how}: {self._library.last_done}")
