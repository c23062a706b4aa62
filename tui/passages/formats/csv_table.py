"""Bookmarks as a CSV table with all fields."""

from __future__ import annotations

from collections.abc import Iterable

from tui.csv_text import table
from tui.passages.model import Passage

_COLUMNS = (
    "id", "created", "modified", "state", "title", "date", "source", "url", "article", "start",
    "end", "quote", "context", "note", "tags", "original",
)  # fmt: skip


def all_fields(passages: Iterable[Passage]) -> str:
    """The CSV table of bookmarks, one row for each.

    `start` and `end` are code points of the article's text, from 0: those of the anchor if it is
    attached, otherwise those of the selector.
    """
    rows: list[tuple[object, ...]] = []
    for p in passages:
        b, s = p.bookmark, p.bookmark.selector
        start, end = (p.anchor.start, p.anchor.end) if p.anchor.attached else (s.start, s.end)
        rows.append(
            (b.id, b.created, b.modified, p.anchor.state, b.title, b.date or "", b.source, b.url,
             b.article, start, end, s.exact, b.context, b.note, " ".join(b.tags), b.original)
        )  # fmt: skip
    return table(_COLUMNS, rows)
