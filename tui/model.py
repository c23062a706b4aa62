"""The words of Dateline as frozen values. Imports nothing of ours.

Every offset is a code-point index into `Article.text`, counted from 0; spans are half open.
"""

from __future__ import annotations

from array import array
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

DateOrigin = Literal["stated", "metadata", "inferred", "corrected", "unknown"]
EntityKind = Literal["PER", "ORG", "LOC", "NORP"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
EventStatus = Literal["happened", "planned", "claimed"]


@dataclass(frozen=True, slots=True)
class Article:
    """One text as a reader of some format found it.

    `headings` holds the offsets at which the paragraphs that are headings begin; `record` is the
    line of a JSONL file (from 1), 0 where the file is the article; `date` is EDTF or None.
    """

    id: str
    title: str
    text: str
    date: str | None = None
    date_origin: DateOrigin = "unknown"
    url: str = ""
    source: str = ""
    record: int = 0
    title_made: bool = False
    headings: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names somebody or something; `entity` is the id of who that is."""

    start: int
    end: int
    text: str
    kind: EntityKind
    entity: str = ""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A span that says when, after TimeML's TIMEX3.

    `value` is the TIMEX3 value (ISO 8601 with its X, W and P forms); `edtf` the same as EDTF, None
    for a duration or a set; `anchor` the EDTF date that a relative value was counted from, else "".
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    edtf: str | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class EventMention:
    """A clause that tells of a happening.

    `trigger` is the span of the word that tells it and `lemma` that word's dictionary form;
    `when` is EDTF or None and `when_origin` says where it was read (clause, sentence, carried,
    article, none); `participants` are entity ids in order of their first mention.
    """

    start: int
    end: int
    text: str
    trigger: tuple[int, int]
    lemma: str
    status: EventStatus
    when: str | None
    when_origin: str
    headline: str
    participants: tuple[str, ...] = ()
    event: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something within one article: canonical name, kind and the spellings met."""

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()


CorrectionAction = Literal["merge", "split", "rename", "kind", "no name"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the reader said of an entity (by id), in place of what was worked out.

    `merge`: it is the entity `value`; `split`: what is spelt so is the new entity `value`;
    `rename`: it is called `value`; `kind`: it is of the kind `value`; `no name`: what is spelt so
    ("" for all of it) names nobody. `modified` is RFC 3339 in UTC; one that was taken back is kept
    as withdrawn, for a merge of notebooks to know of it.
    """

    action: CorrectionAction
    entity: str
    spelling: str = ""
    value: str = ""
    modified: str = ""
    withdrawn: bool = False

    @property
    def about(self) -> tuple[str, str, str]:
        """What it says something of: the later one about the same thing stands."""
        return self.action, self.entity, self.spelling


class Likeness(NamedTuple):
    """An entity that is called or spelt like some words, and in how many articles.

    `rank` is 0 where it is spelt so wholly, 1 where a word of it begins so, 2 else.
    """

    id: str
    name: str
    articles: int
    rank: int = 2


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody or something named in the same articles as another, in how many of them."""

    id: str
    name: str
    kind: EntityKind
    articles: int


@dataclass(frozen=True, slots=True)
class EntityProfile:
    """What a library knows of one entity.

    `articles` are keys, the earliest first, undated ones last; `days` pairs proleptic Gregorian
    ordinals with the number of articles of that day; `spellings` pairs each way it is written with
    its count; `events` are keys in order of time.
    """

    id: str
    name: str
    kind: EntityKind
    articles: tuple[int, ...]
    mentions: int
    days: tuple[tuple[int, int], ...] = ()
    spellings: tuple[tuple[str, int], ...] = ()
    companions: tuple[Companion, ...] = ()
    events: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was read out of one article's text; every list is sorted by start."""

    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    events: tuple[EventMention, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What the list shows of an article. `key` is the cache's own number of it."""

    key: int
    id: str
    title: str
    date: str | None
    date_origin: DateOrigin
    events: int
    analysed: bool
    absent: bool
    read: bool = False


@dataclass(frozen=True, slots=True)
class EventRow:
    """What the timeline shows of an event. `accounts` counts the articles that tell of it."""

    key: int
    when: str | None
    headline: str
    status: EventStatus
    accounts: int
    weight: float
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One article's telling of an event: where it is and the words of it."""

    article: int
    title: str
    date: str | None
    date_origin: DateOrigin
    start: int
    end: int
    text: str
    status: EventStatus


@dataclass(frozen=True, slots=True)
class Place:
    """A point to go to: an article by its key and an offset in its text."""

    article: int
    offset: int


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found by a search; `snippet` has the words between \\x02 and \\x03.

    `start` and `end` span the first of them in the text, both 0 where the title alone has them.
    """

    key: int
    id: str
    title: str
    date: str | None
    source: str
    snippet: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was skipped, damaged or doubtful, named by source and (JSONL) line.

    `retry` marks what may be otherwise next time although the file does not change (no rights).
    """

    source: str
    line: int
    severity: Literal["error", "warning"]
    what: str
    retry: bool = False

    @property
    def place(self) -> str:
        """The source, with the line where there is one."""
        return f"{self.source}:{self.line}" if self.line else self.source


@dataclass(frozen=True, slots=True)
class TimelineIndex:
    """The rows of the whole timeline as numbers.

    `rows` holds an event's key where it is positive and, where it is negative, -(n + 1) for
    `spans[n]`, the heading of the rows that follow (an EDTF string, "" for undated);
    `starts[n]` is the row of that heading, and `days[n]` the first day that it covers as a
    proleptic Gregorian ordinal, for bisecting.
    """

    rows: array[int] = field(default_factory=lambda: array("q"))
    spans: tuple[str, ...] = ()
    starts: array[int] = field(default_factory=lambda: array("q"))
    days: array[int] = field(default_factory=lambda: array("q"))

    def only(self, events: Container[int]) -> TimelineIndex:
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


@dataclass(frozen=True, slots=True)
class Status:
    """How far the cache is: articles in the list, those analysed, problems met."""

    articles: int
    analysed: int
    events: int
    problems: int


@dataclass(frozen=True, slots=True)
class Selector:
    """Where a passage is: a TextQuoteSelector and a TextPositionSelector (W3C Web Annotation).

    `prefix` and `suffix` are up to 32 code points before and behind the quote.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A passage kept by the reader, with the quote itself and enough to find it again.

    `id` is an IRI (`urn:uuid:…`); `created` and `modified` are RFC 3339 in UTC with milliseconds,
    so that their order as text is their order in time; `article` is the id of the article that the
    selector counts in ("" if unknown), `context` the sentences around the quote. `original` is the
    quote as it was kept, where it has been attached to other words since. One that was deleted is
    kept as such, for a merge to know of it.
    """

    id: str
    created: str
    modified: str
    selector: Selector
    article: str = ""
    url: str = ""
    title: str = ""
    date: str | None = None
    source: str = ""
    context: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    deleted: bool = False
    original: str = ""

    @property
    def kept(self) -> str:
        """The words that were kept at first, whatever it was attached to since."""
        return self.original or self.selector.exact


AnchorState = Literal["exact", "near", "doubtful", "orphan", "absent"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a bookmark stands in an article of today.

    `exact`: its quote stands there; `near`: its words or those around it have changed, which is to
    be checked; `doubtful`: two places or more are about as good, or the one that there is is not
    good enough; `orphan`: the article is there and the quote is not; `absent`: the article is not
    there. Only the first two are attached: `start` and `end` are -1 otherwise.
    """

    state: AnchorState
    start: int = -1
    end: int = -1
    score: float = 0.0

    @property
    def attached(self) -> bool:
        """Whether it stands somewhere."""
        return self.state in ("exact", "near")


@dataclass(frozen=True, slots=True)
class Passage:
    """A bookmark and where it stands now: `article` is the cache's key, None if there is none."""

    bookmark: Bookmark
    anchor: Anchor
    article: int | None = None
