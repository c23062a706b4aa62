"""The filter of the list of articles, and its sort orders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, get_args

from tui.times.date_labels import label
from tui.times.edtf import interval, valid

Sort = Literal["newest", "oldest", "title", "events"]
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions on an article, all of which must hold.

    `entity` is an entity id, and `entity_name` the name that is displayed for it; `dates` is EDTF;
    `title` is text in the title. A condition that is False or "" is not set.
    """

    unread: bool = False
    bookmarked: bool = False
    entity: str = ""
    entity_name: str = ""
    dates: str = ""
    title: str = ""

    @property
    def empty(self) -> bool:
        """Whether no condition is set."""
        return self == Filter()

    def chips(self) -> Iterator[tuple[str, str]]:
        """The conditions that are set: the field of each, and its text for display."""
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
        """The filter without one condition, given by its field."""
        if part == "entity":
            return replace(self, entity="", entity_name="")
        return replace(self, **{part: getattr(Filter(), part)})

    def to_json(self) -> dict[str, Any]:
        """The filter as a JSON object, which `from_json` reads."""
        return asdict(self)

    @staticmethod
    def from_json(data: object) -> Filter:
        """The filter in a JSON object; fields that are unknown or invalid are ignored."""
        if not isinstance(data, dict):
            return Filter()
        empty = asdict(Filter())
        kept = {k: v for k, v in data.items() if k in empty and isinstance(v, type(empty[k]))}
        if not valid(str(kept.get("dates") or "2000")):
            del kept["dates"]
        return Filter(**kept)


def date_range(written: str, week_start: int = 0) -> str:
    """The EDTF of a range of dates that the reader typed.

    The forms are `2024`, `2024-03`, `2024-03-25`, `2024-03..2024-05`, `2024-03-20..`, `..2024-04`
    and `week 2024-03-27`, which is the week that contains the day. A week begins on `week_start`
    (0 is Monday).

    Raises:
        ValueError: if it is in none of these forms, or names a day that does not exist.
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
