"""A dialog to edit the note and the tags of a passage, placed beside the passage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static, TextArea

from tui.app.widgets.text_fit import fit
from tui.keys.actions import Action, Context

_HEIGHT = 9
_LEAST_WIDTH, _MOST_WIDTH = 30, 76


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a note, and its tags."""

    text: str = ""
    tags: tuple[str, ...] = ()


class _Tags(Suggester):
    """Completes the last word to a tag that is in use."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(case_sensitive=True, use_cache=False)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with its last word completed, None if no tag begins with it."""
        head, _, last = value.rpartition(" ")
        if not last:
            return None
        for tag in self._known:
            if tag.startswith(last) and tag != last:
                return f"{head} {tag}" if head else tag
        return None


Save = Callable[[Note], str]

# Unsaved notes by quote, to be restored when the editor is opened for the quote again.
_drafts: dict[str, Note] = {}


class NoteEditor(ModalScreen[bool]):
    """The editor; its result is whether the note has been saved.

    Args:
        quote: the words of the passage.
        note: the stored note.
        known: the tags in use.
        save: stores a note and returns an error message, "" if it succeeds.
        rows: the first and the last row of the screen that show the passage.
        page: the region of the screen that the page takes.
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
        self,
        quote: str,
        note: Note,
        known: Sequence[str],
        save: Save,
        rows: tuple[int, int],
        page: Region,
    ) -> None:
        super().__init__()
        self._quote, self._before, self._known, self._save = quote, note, known, save
        self._note = _drafts.get(quote, note)
        self._rows, self._page = rows, page

    @property
    def contexts(self) -> Sequence[Context]:
        """The contexts whose keys apply; in the input for tags, Enter saves the note."""
        return ("writing",) if isinstance(self.focused, TextArea) else ("typing", "writing")

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Do nothing: the dialog has no line that shows pending keys."""

    def compose(self) -> ComposeResult:
        """A box with the quote on one line, the note, the tags, and a hint about keys."""
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
            draft = " · this is what you left here" if self._note != self._before else ""
            yield Static(Content(f"Tab tags · Ctrl-s save · Esc leave{draft}"), id="hint")

    def on_mount(self) -> None:
        """Put the box below the passage, above it if there is no room, else at the bottom."""
        area = self.query_one("#note", TextArea)
        area.cursor_blink = False
        area.move_cursor(area.document.end)
        self._place()

    def on_resize(self) -> None:
        """Place the box again, so that it stays on the screen."""
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

    def _written(self) -> Note:
        tags = tuple(self.query_one("#tags", Input).value.split())
        return Note(self.query_one("#note", TextArea).text, tags)

    def action_save(self) -> None:
        """Save the note and close the editor; if that fails, show the error and stay open."""
        wrong = self._save(self._written())
        if wrong:
            self.query_one("#hint", Static).update(Content(wrong), layout=False)
            return
        _drafts.pop(self._quote, None)
        self.dismiss(True)

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Save the note and close the editor."""
        self.action_save()

    def action_up(self) -> None:
        """Focus the note."""
        self.query_one("#note").focus()

    def action_close(self) -> None:
        """Close the editor without saving; the changes are restored when it is opened again."""
        written = self._written()
        if written == self._before:
            _drafts.pop(self._quote, None)
        else:
            _drafts[self._quote] = written
        self.dismiss(False)

    def action_down(self) -> None:
        """Do nothing: there is no list below the input."""

    action_page_down = action_page_up = action_down
