"""What the reader says of events, as values and as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from tui.ids import ArticleHash, RowId
from tui.nlp.document import EventStatus
from tui.safe_text import safe_field, safe_line
from tui.times.edtf import valid
from tui.timestamps import EARLIEST, parse

EventAction = Literal["merge", "split", "date", "line", "status", "no event"]
EVENT_ACTIONS: tuple[EventAction, ...] = get_args(EventAction)
STATUSES: tuple[EventStatus, ...] = get_args(EventStatus)
# The length of what is kept of the text before and after a passage, in code points.
_CONTEXT = 32
_LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class ToldPassage:
    """A passage of an article that tells of an event, with enough to find it again.

    `start` and `end` are code points of the text whose hash is `article`, from 0. If that text has
    changed, the article is found by `url`, `source` and `record`, or `title`, and in it the passage
    by the quote `exact` with `prefix` and `suffix`, the text around it.
    """

    article: ArticleHash
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    url: str = ""
    title: str = ""
    source: str = ""
    record: int = 0


@dataclass(frozen=True, slots=True)
class EventCorrection:
    """What the reader says of the event that a passage tells of.

    Attributes:
        action: what is said. "merge": it is the event that `other` tells of, which keeps its line
            and date. "split": the passage tells of an event of its own. "date": `value` is its date
            as EDTF, "" if it has none. "line": `value` are the words of its line. "status": `value`
            is its status. "no event": it is none.
        passage: the passage.
        other: the passage of the other event, for "merge" only.
        value: see `action`.
        library: the id of the library in which it was said.
        modified: when it was said (RFC 3339 in UTC).
        withdrawn: whether it holds no more; it is kept, so that merging notebooks does not bring it
            back.
    """

    action: EventAction
    passage: ToldPassage
    other: ToldPassage | None = None
    value: str = ""
    library: str = ""
    modified: str = ""
    withdrawn: bool = False

    @property
    def about(self) -> str:
        """The passage and the action as text: a later correction of the same replaces this one."""
        p = self.passage
        return json.dumps([p.article, p.start, p.end, self.action])

    def says_the_same(self, other: EventCorrection | None) -> bool:
        """Whether two corrections of one passage say the same, at whatever time."""
        return other is not None and (self.value, self.other, self.withdrawn) == (
            other.value,
            other.other,
            other.withdrawn,
        )


Place = tuple[RowId, int, int]
"""A span of an article in a cache: its row id, start and end."""


@dataclass(frozen=True, slots=True)
class LocatedCorrection:
    """A correction that holds, with its passages located in the texts of a cache."""

    about: str
    action: EventAction
    place: Place
    other: Place | None
    value: str
    modified: str


def passage_of(
    text: str,
    start: int,
    end: int,
    *,
    article: ArticleHash,
    url: str = "",
    title: str = "",
    source: str = "",
    record: int = 0,
) -> ToldPassage:
    """A passage of a text.

    Raises:
        ValueError: if the span is empty or not in the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no span of the text: {start} to {end}")
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return ToldPassage(
        article, start, end, text[start:end], before, after, url, title, source, record
    )


def line_of(words: str) -> str:
    """The words of a line as they are stored, on one line.

    Raises:
        ValueError: if there are none.
    """
    line = safe_line(words)
    if not any(c.isalnum() for c in line):
        raise ValueError("a line has words")
    return line


# JSON Lines


def lines(corrections: Iterable[EventCorrection]) -> Iterator[str]:
    """One JSON object for each correction, without a line end, with `"type": "event"`."""
    for correction in corrections:
        yield json.dumps({"type": "event", **asdict(correction)}, ensure_ascii=False)


def read(data: dict[str, Any]) -> EventCorrection:
    """The correction in a record; a `modified` that cannot be read becomes `timestamps.EARLIEST`.

    Raises:
        ValueError: if the record is not a valid correction; the message says why.
    """
    said = safe_field(data, "action")
    action = next((each for each in EVENT_ACTIONS if each == said), None)
    if action is None:
        raise ValueError(f"no correction of an event: its action is one of {_listed()}")
    passage = read_passage(data.get("passage"))
    other = read_passage(data.get("other")) if action == "merge" else None
    if other is not None and _span(other) == _span(passage):
        raise ValueError("an event is the same as itself anyway")
    return EventCorrection(
        action,
        passage,
        other,
        _value(action, safe_field(data, "value")),
        safe_field(data, "library"),
        parse(data.get("modified")) or EARLIEST,
        data.get("withdrawn") is True,
    )


def _listed() -> str:
    return ", ".join(EVENT_ACTIONS)


def _value(action: EventAction, value: str) -> str:
    if action == "date" and value and not valid(value):
        raise ValueError(f"not an EDTF date: {value}")
    if action == "status" and value not in STATUSES:
        raise ValueError(f"no status {value!r}: {', '.join(STATUSES)}")
    if action == "line":
        return line_of(value)
    return value if action in ("date", "status") else ""


def read_passage(data: object) -> ToldPassage:
    """The passage in a record.

    Raises:
        ValueError: if it is none; the message says why.
    """
    if not isinstance(data, dict):
        raise ValueError("a correction of an event needs a passage")
    article, exact = safe_field(data, "article"), safe_field(data, "exact", strip=False)
    start, end, record = (_number(data.get(name)) for name in ("start", "end", "record"))
    if not article or not exact.strip() or start is None or end is None or start >= end:
        raise ValueError("a passage needs article, start, end and exact")
    return ToldPassage(
        article,
        start,
        end,
        exact,
        safe_field(data, "prefix", strip=False),
        safe_field(data, "suffix", strip=False),
        safe_field(data, "url"),
        safe_field(data, "title"),
        safe_field(data, "source"),
        record or 0,
    )


def _number(value: object) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if isinstance(value, int) and whole and 0 <= value < _LARGEST else None


def _span(passage: ToldPassage) -> tuple[ArticleHash, int, int]:
    return passage.article, passage.start, passage.end


def later(
    known: Iterable[EventCorrection], incoming: Iterable[EventCorrection]
) -> list[EventCorrection]:
    """The incoming corrections that were modified later than the known ones about the same.

    Of two of the same moment, a withdrawn one counts as the later, then that with the greater value
    and the greater other passage.
    """
    best = {correction.about: correction for correction in known}
    taken: dict[str, EventCorrection] = {}
    for correction in incoming:
        before = best.get(correction.about)
        if before is None or _rank(correction) > _rank(before):
            best[correction.about] = taken[correction.about] = correction
    return list(taken.values())


def _rank(correction: EventCorrection) -> tuple[str, bool, str, tuple[object, ...]]:
    other = _span(correction.other) if correction.other is not None else ()
    return correction.modified, correction.withdrawn, correction.value, other
