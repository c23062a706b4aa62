"""The reader's screen: all its features over the three panes."""

from __future__ import annotations

from pathlib import Path

from tui.app.screens.choice import Line
from tui.app.screens.keeping import Keeping
from tui.app.screens.looking import LookingFor
from tui.app.screens.meeting import Meeting
from tui.app.screens.outside import Outside
from tui.app.screens.panes import PANES, TWO, WIDE
from tui.app.screens.remembering import Remembering
from tui.app.text_fit import counted


class LibraryScreen(Meeting, Keeping, LookingFor, Outside, Remembering):
    """List, page and timeline with everything that can be done in them."""

    # Not by CSS_PATH: Textual does not load that of a default screen.
    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text(encoding="utf-8")

    def action_timeline(self) -> None:
        """To the timeline, and back to the page."""
        self.go_to_pane("reader" if self.pane == "timeline" else "timeline")

    def action_pane(self, step: int) -> None:
        """To the next pane."""
        self.go_to_pane(PANES[(PANES.index(self.pane) + step) % len(PANES)])

    def action_zen(self) -> None:
        """The page alone, and back."""
        if not self._zen and self.size.width < TWO:
            self.status.say("there is room for one pane only as it is")
            return
        self._zen = not self._zen
        if self._zen:
            self.go_to_pane("reader")
        else:
            self._fit()

    def action_problems(self) -> None:
        """What was skipped or is doubtful."""
        lines = [Line(p.place, p.what) for p in self._library.problems()]
        for fault in self._faults:
            place, _, what = self._config.told(fault).partition(": ")
            lines.append(Line(place, what))
        heading = counted(len(lines), "problem") if lines else "Problems"
        lines = lines or [Line("", "Nothing was skipped, nothing is doubtful.")]
        self._show_lines(heading, lines)

    def action_help(self) -> None:
        """All keys."""
        from tui.app.screens.help import help_screen

        places = self.places
        self.app.push_screen(help_screen(self._keymap, places[0] if places else "rows"))

    def action_leave(self, out: bool = True) -> None:
        """Back one step: search, raw text, zen, timeline, page, list and (if `out`) out."""
        if self.reader.page is not None and self.reader.page.raw is not None:
            self.action_raw()
        elif self.pane == "reader" and self.end_looking():
            return
        elif self._zen:
            self.action_zen()
        elif self.pane == "timeline":
            self.go_to_pane("reader" if self.size.width < WIDE else "articles")
        elif self.pane == "reader":
            self.go_to_pane("articles")
        elif out:
            self.app.exit()
        else:
            self.status.say("q quits")
