"""A small editor over the page, beside the passage: a note and tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static, TextArea

from tui.app.text_fit import fit
from tui.keys.actions import Action, Where

_HEIGHT = 9
_LEAST_WIDTH, _MOST_WIDTH = 30, 76


@dataclass(frozen=True, slots=True)
class Note:
    """What was written: the note and the tags."""

    text: str = ""
    tags: tuple[str, ...] = ()


class _Tags(Suggester):
    """Ends the last word as a tag that is in use."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(case_sensitive=True, use_cache=False)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with its last word ended."""
        head, _, last = value.rpartition(" ")
        if not last:
            return None
        for tag in self._known:
            if tag.startswith(last) and tag != last:
                return f"{head} {tag}" if head else tag
        return None


class NoteEditor(ModalScreen[Note | None]):
    """Closes with what was written, or with None if it is to stay as it was.

    Args:
        quote: the passage.
        note: what was written of it before.
        known: tags in use.
        rows: the first and the last row of the screen that show the passage.
        page: where the page is on the screen.
    """

    DEFAULT_CSS = """
    NoteEditor {
        background: transparent;
        #box {
            background: $surface;
            border: round $accent;
            padding: 0 1;
        }
        #quote { height: 1; color: $muted; }
        #note {
            height: 1fr;
            border: none;
            padding: 0;
            background: $surface;
            color: $foreground;
            &:focus { border: none; }
        }
        #tags, #tags:focus { height: 1; border: none; padding: 0; background: $panel; }
        #hint { height: 1; color: $muted; }
    }
    """
    AUTO_FOCUS = "#note"

    def __init__(
        self, quote: str, note: Note, known: Sequence[str], rows: tuple[int, int], page: Region
    ) -> None:
        super().__init__()
        self._quote, self._note, self._known = quote, note, known
        self._rows, self._page = rows, page

    @property
    def places(self) -> Sequence[Where]:
        """Keys of writing; in the line of tags enter saves."""
        return ("writing",) if isinstance(self.focused, TextArea) else ("typing", "writing")

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """A box has no line to show it in."""

    def compose(self) -> ComposeResult:
        """The quote in a line, the note, the tags, and how to go on."""
        with Vertical(id="box"):
            yield Static(Content(""), id="quote")
            yield TextArea(
                self._note.text, id="note", tab_behavior="focus", show_line_numbers=False
            )
            tags = Input(
                " ".join(self._note.tags),
                placeholder="tags, with blanks between them",
                id="tags",
                suggester=_Tags(self._known),
                select_on_focus=False,
            )
            tags.cursor_blink = False
            yield tags
            yield Static(Content("Tab tags · Ctrl-s save · Esc leave"), id="hint")

    def on_mount(self) -> None:
        """Put the box under the passage, over it where there is no room."""
        area = self.query_one("#note", TextArea)
        area.cursor_blink = False
        area.move_cursor(area.document.end)
        self._place()

    def on_resize(self) -> None:
        """Keep it on the screen."""
        self._place()

    def _place(self) -> None:
        width, height = self.app.size
        box = self.query_one("#box")
        wide = max(min(_LEAST_WIDTH, width), min(_MOST_WIDTH, self._page.width - 2, width))
        tall = min(_HEIGHT, height)
        below, above = self._rows[1] + 1, self._rows[0] - tall
        top = below if below + tall < height else above if above >= 0 else height - tall - 1
        left = self._page.x + max(0, (self._page.width - wide) // 2)
        box.styles.width, box.styles.height = wide, tall
        box.styles.offset = (max(0, min(left, width - wide)), max(0, top))
        self.query_one("#quote", Static).update(
            Content(fit(" ".join(self._quote.split()), max(1, wide - 4)))
        )

    def action_save(self) -> None:
        """Close with what is written."""
        tags = tuple(self.query_one("#tags", Input).value.split())
        self.dismiss(Note(self.query_one("#note", TextArea).text, tags))

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Close with what is written."""
        self.action_save()

    def action_up(self) -> None:
        """Back to the note."""
        self.query_one("#note").focus()

    def action_close(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)

    def action_down(self) -> None:
        """There is nothing below."""

    action_page_down = action_page_up = action_down
