"""The list of articles: the title of each, on two lines if narrow, above date and events."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache

from rich.segment import Segment

from tui.app.text_layout import lay_out
from tui.app.widgets.row_list import RowList
from tui.app.widgets.text_fit import counted, fit, fit_right
from tui.articles.model import ArticleRow
from tui.ids import RowId
from tui.times.date_labels import short

# From this width on (cells), one line is enough for most titles.
_ONE_LINE = 40
UNREAD, ABSENT = "•", "×"

Fetch = Callable[[Sequence[int]], dict[int, ArticleRow]]


class ArticleList(RowList[ArticleRow]):
    """Articles by row id; `fetch` returns what to show of some of them."""

    row_height = 3
    exact = True

    def __init__(self, fetch: Fetch) -> None:
        super().__init__(id="articles")
        self._fetch = fetch
        self._articles: array[int] = array("q")

    def show(self, articles: array[int]) -> None:
        """Replace the articles; the cursor stays on its article if that is still listed."""
        here = self.article
        top = self.scroll_offset.y - self.cursor * self.row_height
        self._articles = articles
        if here is not None and here in articles:
            self.set_reactive(ArticleList.cursor, articles.index(here))
        self.reload()
        if here is not None and self.size.height:
            self.scroll_to(y=max(0, self.cursor * self.row_height + top), animate=False)

    @property
    def article(self) -> RowId | None:
        """The row id of the article under the cursor, None if there is none."""
        return self._articles[self.cursor] if self.cursor < len(self._articles) else None

    @property
    def row_ids(self) -> array[int]:
        """The row ids of all articles that are listed, in order."""
        return self._articles

    def next_unread(self, way: int) -> int | None:
        """The index of the next (`way` 1) or previous (-1) unread article from the cursor.

        None if there is none.
        """
        row = self.cursor + way
        while 0 <= row < len(self._articles):
            found = self.row(row)
            if found is not None and not found.read:
                return row
            row += way
        return None

    def go_to_article(self, article: RowId) -> None:
        """Put the cursor on an article, if it is listed, without posting `Moved`."""
        try:
            self.go_to(self._articles.index(article))
        except ValueError:
            return

    def count(self) -> int:
        """The number of articles."""
        return len(self._articles)

    def fetch(self, first: int, last: int) -> Sequence[ArticleRow | None]:
        """The articles from `first` up to, not including, `last`."""
        window = self._articles[first:last].tolist()
        rows = self._fetch(window)
        return [rows.get(row_id) for row_id in window]

    def on_resize(self) -> None:
        """Use two lines for each title if the list is narrow, else one."""
        lines = 3 if self.size.width < _ONE_LINE else 2
        if lines != self.row_height:
            self.row_height = lines
            self.reload()
        super().on_resize()

    def draw(self, row: ArticleRow, number: int, line: int, width: int) -> list[Segment]:
        """A line of the title, dim if the article is read, or the line with date and events."""
        muted = self.style_of("row--muted")
        if line < self.row_height - 1:
            titles = _title_lines(row.title, width - 4, self.row_height - 1)
            mark = ABSENT if row.absent else " " if row.read else UNREAD
            dim = row.read and number != self.cursor
            title = self.style_of("row--muted" if dim else "row--text")
            words = muted if row.absent else title
            # As few segments as possible, because the colours of each are sent to the terminal.
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
    """A title on `most` lines (one or two), each of exactly `width` cells."""
    if most == 1 or width < 2:
        return (fit(title, width),) * most
    rows = lay_out(title, frozenset(), width, "\n")
    if len(rows) < 2:
        return fit(title, width), fit("", width)
    return fit(title[: rows.ends[0]], width), fit(title[rows.starts[1] :], width)
