"""Events across articles as values: mentions as linking compares them, and the timeline."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from tui.articles.model import DateOrigin
from tui.ids import ArticleHash, EntityId, RowId
from tui.nlp.document import DateBasis, EventStatus


@dataclass(frozen=True, slots=True)
class LinkedMention:
    """An event mention as linking compares it; for the other attributes see `EventMention`.

    Attributes:
        mention: its row id.
        event: the event that it was linked to before, 0 if it was not linked yet.
        article: the row id of its article.
        hash: the hash of its article, by which mentions are ordered.
        start: where it begins.
        wording: the hash of its terms in any order, which copies share.
        reported: the ordinal of the day that its article is dated, None if that is undated.
        boilerplate: whether its words stand in articles of several days.
    """

    mention: RowId
    event: RowId
    article: RowId
    hash: ArticleHash
    start: int
    position: int
    status: EventStatus
    when: str | None
    basis: DateBasis
    line: str
    telling: float
    merit: float
    terms: tuple[int, ...]
    wording: int
    participants: tuple[EntityId, ...]
    part: bool
    reported: int | None
    boilerplate: bool


@dataclass(frozen=True, slots=True)
class EventSummary:
    """What the timeline shows of an event, computed from its mentions; days are ordinals.

    Attributes:
        when: its date as EDTF, None if it is unknown.
        first: the first day of `when`, or None.
        last: the last day of `when`, or None.
        reported: the day of the earliest article on it, None if they are undated.
        headline: its line.
        best: the row id of the mention that the line comes from.
        status: the most frequent status of its mentions.
        accounts: the number of articles that tell of it.
        voices: the number of those that do not copy another.
        raw: its weight regardless of the other events of the day.
        reads: how well its line reads alone, from 0 to 1; `raw` is multiplied by it.
        terms: the terms of the line.
        loose: whether no mention names its day.
        part: whether all its mentions are parts of sentences.
        news: whether a mention is dated by its article.
        participants: the entities that take part, in alphabetical order.
        centre: the greatest components of the unit vector of its mentions.
    """

    when: str | None
    first: int | None
    last: int | None
    reported: int | None
    headline: str
    best: RowId
    status: EventStatus
    accounts: int
    voices: int
    raw: float
    reads: float
    terms: tuple[int, ...]
    loose: bool
    part: bool
    news: bool
    participants: tuple[EntityId, ...]
    centre: dict[int, float]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The mentions of one block that tell of one event, as attachment compares them.

    Attributes:
        event: the row id of its own event.
        part_of: the row id of the event that it is attached to, None if it is attached to none.
        day: the ordinal of its day.
        loose: whether no mention in it names the day.
        part: whether sentences only mention it beside what they tell.
        news: whether the first sentences of an article tell of it.
        names: the entities that take part.
        centre: the unit vector of its mentions, with the weights of their block.
        key: what tells it from others whatever the order in which articles came.
    """

    event: RowId
    part_of: RowId | None
    day: int
    loose: bool
    part: bool
    news: bool
    names: frozenset[EntityId]
    centre: dict[int, float]
    key: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An event as ranking compares it; `day` is an ordinal, None if it is of no single day. `loose`
    says that no mention names the day, `own` that it is an event of its own whatever it reads like,
    as the reader says."""

    event: RowId
    block: str
    day: int | None
    raw: float
    terms: tuple[int, ...]
    loose: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """An event as `relevance` compares it; `day` is an ordinal, None if it is of no single day,
    `loose` says that no mention names the day."""

    event: RowId
    day: int | None
    raw: float
    voices: int
    loose: bool
    terms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """What the timeline shows of an event; `accounts` is the number of articles that tell of it,
    `inferred` says that no article names the day itself, `said` what the reader's corrections say
    of it (see `EventCorrection.action`)."""

    row_id: RowId
    when: str | None
    headline: str
    status: EventStatus
    accounts: int
    weight: float
    inferred: bool = False
    voices: int = 1
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """One article's account of an event: where it is told, and in which words.

    `likely` says that neither the words nor the date leave no doubt that it is the same event: the
    passage names no day and was joined by its likeness. `copy` says that an earlier account has the
    same words.
    """

    article: RowId
    title: str
    date: str | None
    date_origin: DateOrigin
    start: int
    end: int
    text: str
    status: EventStatus
    url: str
    likely: bool
    copy: bool


@dataclass(frozen=True, slots=True)
class DateVote:
    """How many articles date an event alike, and on what basis."""

    when: str | None
    basis: DateBasis
    articles: int


@dataclass(frozen=True, slots=True)
class TimelineIndex:
    """The rows of a timeline as numbers.

    `rows` holds the row id of an event if it is positive and, if it is negative, -(n + 1) for
    `spans[n]`, the heading of the rows that follow (an EDTF string, "" for undated); `starts[n]` is
    the row of that heading, and `days[n]` the first day that it covers as a proleptic Gregorian
    ordinal, for bisecting. `total` is the number of events of the library that pass the filters,
    shown or not.
    """

    rows: array[int] = field(default_factory=lambda: array("q"))
    spans: tuple[str, ...] = ()
    starts: array[int] = field(default_factory=lambda: array("q"))
    days: array[int] = field(default_factory=lambda: array("q"))
    total: int = 0


@dataclass(frozen=True, slots=True)
class BestAccount:
    """The sentence that the line of an event comes from, and its article.

    Attributes:
        quote: the sentence as it stands in the text.
        article: the hash of the article.
        title: its title.
        url: its web address, "" if it has none.
        date: its date as EDTF, None if it is undated.
        path: the file that it is read from, "" if no file holds it any more.
    """

    quote: str
    article: ArticleHash
    title: str
    url: str
    date: str | None
    path: str
