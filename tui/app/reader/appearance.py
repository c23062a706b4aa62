"""How the page is set, and in which theme."""

from __future__ import annotations

from typing import Any

from tui.app.dialogs.choice import Line
from tui.app.reader.controller import Controller
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.config.model import LEAST_MEASURE, MOST_MEASURE, Config
from tui.library import Library

# The columns of the page pane that are not text.
_MARGIN = 5


class Appearance(Controller):
    """Measure, spacing, justification and theme: what holds for all libraries."""

    def __init__(
        self, state: ReaderState, view: ReaderView, library: Library, config: Config
    ) -> None:
        super().__init__(state, view, library)
        self._config = config
        self._chosen_theme = ""

    def measure(self, by: int) -> None:
        """Make the lines longer or shorter."""
        page = self.view.page
        room = max(LEAST_MEASURE, page.size.width - _MARGIN)
        if by > 0 and page.measure >= room:
            self.view.status.say("the pane has no room for longer lines")
            return
        measure = max(LEAST_MEASURE, min(min(page.measure, room) + by, MOST_MEASURE))
        page.set_type(measure, page.spacing, page.justified)
        self.view.status.say(f"lines of {measure} cells")

    def spacing(self) -> None:
        """Put one blank row between the lines, or two, or none."""
        page = self.view.page
        spacing = page.spacing % 3 + 1
        page.set_type(page.measure, spacing, page.justified)
        self.view.status.say(("single", "double", "triple")[spacing - 1] + " spacing")

    def justify(self) -> None:
        """Stretch the lines to one length, or leave them as they fall."""
        page = self.view.page
        page.set_type(page.measure, page.spacing, not page.justified)
        self.view.status.say("lines of one length" if page.justified else "lines as they fall")

    def themes(self) -> None:
        """Choose a theme; each is shown while the cursor is on it."""
        from tui.app.themes import names

        before = self.view.theme
        every = names()
        ours = [name for name in every if name.startswith("dateline")]
        listed = [*ours, *(name for name in every if name not in ours)]
        lines = [
            Line("•" if name == before else "", name, value=number)
            for number, name in enumerate(listed)
        ]

        def preview(number: int) -> None:
            self.view.theme = listed[number]

        def closed(number: int) -> None:
            if number < 0:
                self.view.theme = before
                return
            self.view.theme = self._chosen_theme = listed[number]
            self.view.status.say(f"theme: {listed[number]}")

        self.view.choose(
            "Themes",
            lines,
            closed,
            searchable=True,
            at=listed.index(before) if before in listed else 0,
            preview=preview,
            always=True,
        )

    # Restoring

    def restore(self, general: dict[str, Any]) -> None:
        """Set the page as it was; what was chosen holds until the configuration changes."""
        config = self._config
        measure, spacing, justify = config.measure, config.spacing, config.justify
        if general.get("type_set") == [measure, spacing, justify]:
            chosen = general.get("type")
            if isinstance(chosen, list) and len(chosen) == 3:
                try:
                    measure = max(LEAST_MEASURE, min(int(chosen[0]), MOST_MEASURE))
                    spacing = max(1, min(int(chosen[1]), 3))
                    justify = bool(chosen[2])
                except (TypeError, ValueError):
                    pass
        self.view.page.set_type(measure, spacing, justify)

    def chosen(self) -> dict[str, Any]:
        """What `restore` reads, and the theme, as values of the session."""
        config, page = self._config, self.view.page
        found: dict[str, Any] = {
            "type": [page.measure, page.spacing, page.justified],
            "type_set": [config.measure, config.spacing, config.justify],
        }
        if self._chosen_theme:
            found |= {"theme": self._chosen_theme, "theme_set": config.theme}
        return found
