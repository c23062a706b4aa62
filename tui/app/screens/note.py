"""A small editor over the page, beside the passage: a note and tags."""

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


Save = Callable[[Note], str]

# What was written and left, by the quote: it is there again when one comes back to it.
_drafts: dict[str, Note] = {}


class NoteEditor(ModalScreen[bool]):
    """Closes with whether something was saved, and only after it was.

    Args:
        quote: the passage.
        note: what was written of it before.
        known: tags in use.
        save: keeps what was written; what is wrong, "" if nothing is.
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
            draft = " · this is what you left here" if self._note != self._before else ""
            yield Static(Content(f"Tab tags · Ctrl-s save · Esc leave{draft}"), id="hint")

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

    def _written(self) -> Note:
        tags = tuple(self.query_one("#tags", Input).value.split())
        return Note(self.query_one("#note", TextArea).text, tags)

    def action_save(self) -> None:
        """Keep what is written; the editor stays if that fails."""
        wrong = self._save(self._written())
        if wrong:
            self.query_one("#hint", Static).update(Content(wrong), layout=False)
            return
        _drafts.pop(self._quote, None)
        self.dismiss(True)

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Keep what is written."""
        self.action_save()

    def action_up(self) -> None:
        """Back to the note."""
        self.query_one("#note").focus()

    def action_close(self) -> None:
        """Leave it as it was. What was written is there again when one comes back."""
        written = self._written()
        if written == self._before:
            _drafts.pop(self._quote, None)
        else:
            _drafts[self._quote] = written
        self.dismiss(False)

    def action_down(self) -> None:
        """There is nothing below."""

    action_page_down = action_page_up = action_down
