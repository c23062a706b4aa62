"""Events across articles as values: mentions as linking compares them, and the timeline."""

from __future__ import annotations

from array import array
from collections.abc import Container
from dataclasses import dataclass, field

from tui.articles.model import DateOrigin
from tui.ids import EntityId, RowId
from tui.nlp.document import EventStatus


@dataclass(frozen=True, slots=True)
class EventMentionRecord:
    """An event mention with what coreference compares; `article_day` is the ordinal of the day
    that its article is dated, None if it is undated."""

    mention: RowId
    event: RowId
    article: RowId
    start: int
    trigger_start: int
    lemma: str
    status: EventStatus
    when: str | None
    when_origin: str
    headline: str
    participants: tuple[EntityId, ...]
    stems: frozenset[str]
    article_day: int | None


@dataclass(frozen=True, slots=True)
class EventSummary:
    """What the timeline shows of an event, computed from its mentions; days are ordinals."""

    when: str | None
    first: int | None
    last: int | None
    headline: str
    status: EventStatus
    accounts: int
    weight: float
    inferred: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """What the timeline shows of an event; `accounts` is the number of articles that tell of it."""

    row_id: RowId
    when: str | None
    headline: str
    status: EventStatus
    accounts: int
    weight: float
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One article's account of an event: where it is told, and in which words."""

    article: RowId
    title: str
    date: str | None
    date_origin: DateOrigin
    start: int
    end: int
    text: str
    status: EventStatus


@dataclass(frozen=True, slots=True)
class TimelineIndex:
    """The rows of the whole timeline as numbers.

    `rows` holds the row id of an event if it is positive and, if it is negative, -(n + 1) for
    `spans[n]`, the heading of the rows that follow (an EDTF string, "" for undated); `starts[n]` is
    the row of that heading, and `days[n]` the first day that it covers as a proleptic Gregorian
    ordinal, for bisecting.
    """

    rows: array[int] = field(default_factory=lambda: array("q"))
    spans: tuple[str, ...] = ()
    starts: array[int] = field(default_factory=lambda: array("q"))
    days: array[int] = field(default_factory=lambda: array("q"))

    def only(self, events: Container[RowId]) -> TimelineIndex:
        """The rows of some events, under those headings that still have any."""
        rows, starts, days = array("q"), array("q"), array("q")
        spans: list[str] = []
        heading = 0
        for row in self.rows:
            if row < 0:
                heading = row
            elif row in events:
                if heading:
                    old = -heading - 1
                    starts.append(len(rows))
                    days.append(self.days[old])
                    spans.append(self.spans[old])
                    rows.append(-len(spans))
                    heading = 0
                rows.append(row)
        return TimelineIndex(rows, tuple(spans), starts, days)
