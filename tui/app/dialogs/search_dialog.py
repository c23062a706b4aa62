"""The search dialog: ranked hits with the matched words in context, updated while typing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.app.text_layout import lay_out
from tui.app.widgets.row_list import RowList
from tui.app.widgets.text_fit import counted, fit
from tui.ids import RowId
from tui.keys.actions import Action, Context
from tui.library import Library
from tui.search.model import Hit
from tui.search.store import Searcher
from tui.times.date_labels import short

_MOST = 200
_HELP = 'all words · "a phrase" · begin* · -not'


@dataclass(frozen=True, slots=True)
class Found:
    """The result of the dialog: the query, the chosen hit, and all articles found in order."""

    words: str
    hit: Hit
    articles: tuple[RowId, ...]


class Results(RowList[Hit]):
    """Hits, each with its title, its date, and two lines of the text around the matches."""

    DEFAULT_CSS = """
    Results {
        & > .results--match { color: $match-text; background: $match; text-style: $match-style; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"results--match"}
    row_height = 3

    def __init__(self) -> None:
        super().__init__(id="results")
        self.can_focus = False
        self._hits: Sequence[Hit] = ()

    @property
    def hits(self) -> Sequence[Hit]:
        """The hits that are shown."""
        return self._hits

    def show(self, hits: Sequence[Hit]) -> None:
        """Replace the hits; the cursor goes to the first, which is the best."""
        self._hits = hits
        self.set_reactive(Results.cursor, 0)
        self.reload()
        self.scroll_to(y=0, animate=False)

    def count(self) -> int:
        """The number of hits."""
        return len(self._hits)

    def fetch(self, first: int, last: int) -> Sequence[Hit | None]:
        """The hits from `first` up to, not including, `last`."""
        return self._hits[first:last]

    def draw(self, row: Hit, number: int, line: int, width: int) -> list[Segment]:
        """The date and the title on line 0, the text around the matches on the others."""
        muted = self.style_of("row--muted")
        if line == 0:
            date = short(row.date)
            room = max(1, width - 16)
            return [
                Segment(f" {fit(date, 12)} ", muted),
                Segment(fit(row.title, room), self.style_of("row--strong")),
            ]
        plain = row.snippet.replace("\x02", "").replace("\x03", "")
        rows = lay_out(plain, frozenset(), max(8, width - 16), "\n")
        if line > len(rows):
            return [Segment(" " * 14, muted)]
        start, end = rows.starts[line - 1], rows.ends[line - 1]
        segments = [Segment(" " * 14, muted)]
        # The markers around matches are not part of the plain text, to which the offsets refer.
        at, marked, text = 0, False, ""
        for char in row.snippet:
            if char in "\x02\x03":
                self._flush(segments, text, marked)
                text, marked = "", char == "\x02"
                continue
            if start <= at < end:
                text += char
            at += 1
        self._flush(segments, text, marked)
        return segments

    def _flush(self, segments: list[Segment], text: str, marked: bool) -> None:
        if text:
            name = "results--match" if marked else "row--text"
            segments.append(Segment(text, self.style_of(name)))


class SearchDialog(ModalScreen[Found | None]):
    """A dialog with an input above the hits; its result is None if it is left.

    Each change of the input starts a search, and the results of outdated searches are dropped.

    Args:
        library: the library to search.
        words: the initial query.
        entity: the id of an entity, to search only the articles that name it; "" to search all.
        entity_name: the name of that entity, for display.
    """

    DEFAULT_CSS = """
    SearchDialog {
        align: center middle;
        background: $background 60%;
        #box {
            width: 96%;
            max-width: 110;
            height: 92%;
            background: $background;
            border: round $rule;
            padding: 0 1;
        }
        #words, #words:focus {
            border: none; height: 1; padding: 0; background: $surface; color: $foreground;
        }
        #said { height: 1; color: $muted; margin: 0 0 1 0; }
        #results { height: 1fr; background: $background; }
    }
    """
    AUTO_FOCUS = "#words"

    @dataclass
    class Answered(Message):
        """A search has ended: its number, the query, the best hits, and the number of all hits."""

        number: int
        words: str
        hits: Sequence[Hit]
        count: int

    def __init__(
        self, library: Library, words: str = "", entity: str = "", entity_name: str = ""
    ) -> None:
        super().__init__()
        self._entity, self._entity_name = entity, entity_name
        self._library = library
        self._first = words
        self._number = 0
        self._answered = ""
        self._asked = ""
        self._answered_number = 0
        self._accepting = False
        self._searcher: Searcher | None = None

    @property
    def contexts(self) -> Sequence[Context]:
        """The context whose keys apply: the input always has the focus."""
        return ("typing",)

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Do nothing: no sequence of keys applies while typing."""

    def compose(self) -> ComposeResult:
        """A box with the input, a line about the hits, and the hits."""
        with Vertical(id="box"):
            words = Input(self._first, placeholder=f"search {self._where}", id="words")
            words.cursor_blink = False
            yield words
            yield Static(Content(_HELP), id="said")
            yield Results()

    @property
    def _where(self) -> str:
        return f"what names {self._entity_name}" if self._entity else "the library"

    def on_mount(self) -> None:
        """Open a separate connection, so that the page never waits for a search."""
        try:
            within = self._library.entities.articles(self._entity) if self._entity else None
            self._searcher = self._library.articles.searcher(within)
        except (OSError, sqlite3.Error) as error:
            self._say(f"the cache cannot be searched: {error}")
        if self._first:
            self._ask(self._first)

    def on_unmount(self) -> None:
        """Cancel the search that is running, and close the connection."""
        self._number += 1
        if self._searcher is not None:
            self._searcher.interrupt()
            # In a thread, because it waits for a search that the interruption has not ended yet.
            self.app.run_worker(self._searcher.close, thread=True, exit_on_error=False)

    @property
    def results(self) -> Results:
        """The list of hits."""
        return self.query_one(Results)

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(Content(words), layout=False)

    @on(Input.Changed)
    def _typed(self) -> None:
        # The current text, because other keys may have followed the one that the message is about.
        words = self.query_one("#words", Input).value
        if words != self._asked:
            self._ask(words)

    def _ask(self, words: str) -> None:
        self._number += 1
        self._asked = words
        self._accepting = False
        if self._searcher is not None:
            self._searcher.interrupt()
            self._search(self._number, words)

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _search(self, number: int, words: str) -> None:
        if number != self._number or self._searcher is None:
            return
        try:
            hits, count = self._searcher.search(words, _MOST)
        except sqlite3.Error:
            # Interrupted or closed: a newer search follows, or the dialog has been left.
            return
        self.post_message(self.Answered(number, words, hits, count))

    @on(Answered)
    def _show(self, message: Answered) -> None:
        if message.number != self._number:
            return
        self._answered, self._answered_number = message.words, message.number
        self.results.show(message.hits)
        if not message.words.strip():
            self._say(_HELP)
        elif not message.hits:
            self._say(f"nothing found in {self._where}" if self._entity else "nothing found")
        else:
            shown = f", the best {len(message.hits)}" if message.count > len(message.hits) else ""
            found = f"{counted(message.count, 'article')}{shown}"
            if self._entity:
                found += f" of {self._where}"
            self._say(f"{found} · Enter opens, then n goes on")
        if self._accepting:
            self.action_accept()

    def action_down(self) -> None:
        """Move to the hit below."""
        self.results.move(1)

    def action_up(self) -> None:
        """Move to the hit above."""
        self.results.move(-1)

    def action_page_down(self) -> None:
        """Move down by a window of hits."""
        self.results.action_page_down()

    def action_page_up(self) -> None:
        """Move up by a window of hits."""
        self.results.action_page_up()

    @on(RowList.Chosen)
    def action_accept(self) -> None:
        """Open the hit under the cursor, as soon as the hits are those for the current text."""
        typed = self.query_one("#words", Input).value
        if typed != self._asked:
            # Enter may be processed before the change of the text that precedes it.
            self._ask(typed)
        if self._answered_number != self._number:
            self._accepting = True
            return
        hits = self.results.hits
        if self.results.cursor < len(hits):
            articles = tuple(hit.row_id for hit in hits)
            self.dismiss(Found(self._answered, hits[self.results.cursor], articles))

    def action_close(self) -> None:
        """Close the dialog without a result."""
        self.dismiss(None)
