"""What narrows the list of articles, and how it is ordered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, get_args

from tui.edtf import interval, label, valid

Sort = Literal["newest", "oldest", "title", "events"]
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class Filter:
    """All of it must hold. `entity` is an id and `entity_name` what to call it; `dates` is EDTF."""

    unread: bool = False
    bookmarked: bool = False
    entity: str = ""
    entity_name: str = ""
    dates: str = ""
    title: str = ""

    @property
    def empty(self) -> bool:
        """Whether it lets everything through."""
        return self == Filter()

    def chips(self) -> Iterator[tuple[str, str]]:
        """The parts that are set, each with its words."""
        if self.unread:
            yield "unread", "unread"
        if self.bookmarked:
            yield "bookmarked", "bookmarked"
        if self.entity:
            yield "entity", self.entity_name or self.entity
        if self.dates:
            yield "dates", label(self.dates)
        if self.title:
            yield "title", f"“{self.title}”"

    def without(self, part: str) -> Filter:
        """The same with one part taken off."""
        if part == "entity":
            return replace(self, entity="", entity_name="")
        return replace(self, **{part: getattr(Filter(), part)})

    def to_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        return asdict(self)

    @staticmethod
    def from_json(data: object) -> Filter:
        """A filter from what was stored; what is not known or not valid is left out."""
        if not isinstance(data, dict):
            return Filter()
        empty = asdict(Filter())
        kept = {k: v for k, v in data.items() if k in empty and isinstance(v, type(empty[k]))}
        if not valid(str(kept.get("dates") or "2000")):
            del kept["dates"]
        return Filter(**kept)


def date_range(written: str, week_start: int = 0) -> str:
    """What a user typed for a range of dates as EDTF.

    `2024`, `2024-03`, `2024-03-25`, `2024-03..2024-05`, `2024-03-20..`, `..2024-04`, and
    `week 2024-03-27`, the week that holds a day; it begins on `week_start`, 0 for Monday.

    Raises:
        ValueError: if it is none.
    """
    words = re.sub(r"-(\d)(?!\d)", r"-0\1", written.strip().lower())
    if words.startswith("week "):
        day = date.fromisoformat(words.removeprefix("week ").strip())
        try:
            first = day - timedelta(days=(day.weekday() - week_start) % 7)
            return f"{first}/{first + timedelta(days=6)}"
        except OverflowError as error:
            raise ValueError(f"no such week: {written}") from error
    begin, dots, end = words.replace("/", "..").partition("..")
    edtf = f"{begin.strip() or '..'}/{end.strip() or '..'}" if dots else begin
    if edtf == "../..":
        raise ValueError("no date")
    try:
        interval(edtf)
    except (ValueError, IndexError) as error:
        raise ValueError(f"not a date: {written}") from error
    return edtf
