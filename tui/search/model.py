"""Search results as values."""

from __future__ import annotations

from dataclasses import dataclass

from tui.ids import ArticleHash, RowId


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found by a search; `snippet` has the matched words between \\x02 and \\x03.

    `start` and `end` span the first match in the text, both 0 if only the title matches.
    """

    row_id: RowId
    id: ArticleHash
    title: str
    date: str | None
    source: str
    snippet: str
    start: int = 0
    end: int = 0
