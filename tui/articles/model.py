"""Articles as values: what a format yields, and what the list shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tui.ids import ArticleHash, RowId

DateOrigin = Literal["stated", "metadata", "inferred", "corrected", "unknown"]


@dataclass(frozen=True, slots=True)
class Article:
    """One text as a reader of some format found it.

    `headings` holds the offsets (code points of `text`, from 0) at which the paragraphs that are
    headings begin; `record` is the line of a JSONL file (from 1), 0 if the file is the article;
    `date` is EDTF or None, and `date_evidence` says in words what states it or why it was inferred.
    An inferred date has a range (EDTF) in which it lies with a probability of about 80 %, and a
    confidence from 0 to 1 that it is right within a week.
    """

    id: ArticleHash
    title: str
    text: str
    date: str | None = None
    date_origin: DateOrigin = "unknown"
    date_evidence: str = ""
    date_range: str | None = None
    date_confidence: float | None = None
    url: str = ""
    source: str = ""
    record: int = 0
    title_made: bool = False
    headings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What the list shows of an article."""

    row_id: RowId
    id: ArticleHash
    title: str
    date: str | None
    date_origin: DateOrigin
    events: int
    analysed: bool
    absent: bool
    read: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """A point in the library: an article, and an offset into its text."""

    article: RowId
    offset: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was skipped, damaged or doubtful, with its source and (JSONL) line.

    `retry` marks a problem that may be gone next time although the file does not change, such as
    missing permissions.
    """

    source: str
    line: int
    severity: Literal["error", "warning"]
    what: str
    retry: bool = False

    @property
    def place(self) -> str:
        """The source, with the line if there is one."""
        return f"{self.source}:{self.line}" if self.line else self.source


@dataclass(frozen=True, slots=True)
class Status:
    """How much of a library is in the cache: articles, those analysed, events, problems."""

    articles: int
    analysed: int
    events: int
    problems: int
