"""The list of articles: the title, on two lines if it is narrow, above date and events."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache

from rich.segment import Segment

from tui.app.panes.layout import lay_out
from tui.app.rows import RowList
from tui.app.text_fit import counted, fit, fit_right
from tui.edtf import short
from tui.model import ArticleRow

# From this width on (cells) a line is enough for most titles.
_ONE_LINE = 40
UNREAD, ABSENT = "•", "×"

Fetch = Callable[[Sequence[int]], dict[int, ArticleRow]]


class ArticleList(RowList[ArticleRow]):
    """Articles by their keys; the rows of a window come from `fetch`."""

    row_height = 3
    exact = True

    def __init__(self, fetch: Fetch) -> None:
        super().__init__(id="articles")
        self._fetch = fetch
        self._keys: array[int] = array("q")

    def show(self, keys: array[int]) -> None:
        """Show other articles; the cursor stays on the one that it is on, if that is there."""
        here = self.key
        top = self.scroll_offset.y - self.cursor * self.row_height
        self._keys = keys
        if here is not None and here in keys:
            self.set_reactive(ArticleList.cursor, keys.index(here))
        self.reload()
        if here is not None and self.size.height:
            self.scroll_to(y=max(0, self.cursor * self.row_height + top), animate=False)

    @property
    def key(self) -> int | None:
        """The key of the article under the cursor."""
        return self._keys[self.cursor] if self.cursor < len(self._keys) else None

    @property
    def keys(self) -> array[int]:
        """The keys of all articles that are listed, in order."""
        return self._keys

    def next_unread(self, way: int) -> int | None:
        """The row of the next (1) or last (-1) unread article, seen from the cursor."""
        row = self.cursor + way
        while 0 <= row < len(self._keys):
            article = self.row(row)
            if article is not None and not article.read:
                return row
            row += way
        return None

    def go_to_key(self, key: int) -> None:
        """Put the cursor on an article without telling."""
        try:
            self.go_to(self._keys.index(key))
        except ValueError:
            return

    def count(self) -> int:
        """How many articles there are."""
        return len(self._keys)

    def fetch(self, first: int, last: int) -> Sequence[ArticleRow | None]:
        """The rows of a window."""
        keys = self._keys[first:last].tolist()
        rows = self._fetch(keys)
        return [rows.get(key) for key in keys]

    def on_resize(self) -> None:
        """Give a narrow list one more line for each title."""
        lines = 3 if self.size.width < _ONE_LINE else 2
        if lines != self.row_height:
            self.row_height = lines
            self.reload()
        super().on_resize()

    def draw(self, row: ArticleRow, number: int, line: int, width: int) -> list[Segment]:
        """The title, dim once it is read; below it date and events."""
        muted = self.style_of("row--muted")
        if line < self.row_height - 1:
            titles = _title_lines(row.title, width - 4, self.row_height - 1)
            mark = ABSENT if row.absent else " " if row.read else UNREAD
            dim = row.read and number != self.cursor
            title = self.style_of("row--muted" if dim else "row--text")
            words = muted if row.absent else title
            # As few segments as can be: each costs its colours on the wire.
            if line:
                return [Segment(f"   {titles[line]} ", words)]
            accent = muted if row.absent else self.style_of("row--accent")
            return [Segment(f" {mark} ", accent), Segment(f"{titles[0]} ", words)]
        date = short(row.date)
        if not row.analysed:
            told = "…"
        elif row.events:
            told = counted(row.events, "event")
        else:
            told = ""
        left = fit(date, min(13, width - 4))
        right = fit_right(told, max(0, width - 17))
        return [Segment(f"   {left}{right} ", muted)]


@lru_cache(maxsize=256)
def _title_lines(title: str, width: int, most: int) -> tuple[str, ...]:
    """A title on `most` lines, one or two, each of `width` cells."""
    if most == 1 or width < 2:
        return (fit(title, width),) * most
    rows = lay_out(title, frozenset(), width, "\n")
    if len(rows) < 2:
        return fit(title, width), fit("", width)
    return fit(title[: rows.ends[0]], width), fit(title[rows.starts[1] :], width)
