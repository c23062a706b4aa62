"""Imprecise dates as EDTF strings (ISO 8601-2:2019, parts of levels 0 to 2).

Supported are `2024`, `2024-03`, `2024-03-25`, a time of day after a date, `2024-24` (seasons 21 to
24), `201X`, `20XX`, `2024-03-XX`, years before the common era (`-0043`), the qualifiers `~ ? %`,
and the intervals `a/b`, `../b` and `a/..`. Days are proleptic Gregorian ordinals
(`date.toordinal`). A year before the common era is clamped to `FIRST_DAY` and year 0 to year 1; the
open ends of an interval are `FIRST_DAY` and `LAST_DAY`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tui.nlp.lexicon import MONTHS, SEASONS, WEEKDAYS

FIRST_DAY = date.min.toordinal()
LAST_DAY = date.max.toordinal()

_MONTHS = tuple(month[:3].capitalize() for month in MONTHS)
_WEEKDAYS = tuple(day[:3].capitalize() for day in WEEKDAYS)
_SEASONS = {number: (name, month) for name, (_, number, month) in SEASONS.items()}
_DATE = re.compile(
    r"(-?)([0-9X]{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:T(\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"([~?%]?)"
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of days.

    Attributes:
        first: the first day, as an ordinal.
        last: the last day, which is included, as an ordinal.
        qualified: whether the date has one of the qualifiers `~`, `?` and `%`.
    """

    first: int
    last: int
    qualified: bool = False

    @property
    def days(self) -> int:
        """The number of days that the interval covers."""
        return self.last - self.first + 1

    def overlaps(self, other: Interval, slack: int = 0) -> bool:
        """Whether two intervals share a day or lie at most `slack` days apart."""
        return self.first - slack <= other.last and other.first - slack <= self.last


@lru_cache(maxsize=4096)
def interval(edtf: str) -> Interval:
    """The days that an EDTF string covers.

    Raises:
        ValueError: if the string is not in the supported part of EDTF, if it names a day that does
            not exist, or if the interval ends before it begins.
    """
    if "/" in edtf:
        begin, _, end = edtf.partition("/")
        first = FIRST_DAY if begin in ("..", "") else interval(begin).first
        last = LAST_DAY if end in ("..", "") else interval(end).last
        if last < first:
            raise ValueError(f"ends before it begins: {edtf!r}")
        return Interval(first, last, "~" in edtf or "?" in edtf or "%" in edtf)
    match = _DATE.fullmatch(edtf)
    if match is None:
        raise ValueError(f"not an EDTF date: {edtf!r}")
    sign, year, month, day, _, qualifier = match.groups()
    if sign:
        return Interval(FIRST_DAY, FIRST_DAY, bool(qualifier))
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    low, high = max(low, 1), max(high, 1)
    if month is None or month == "XX":
        return _spanning(date(low, 1, 1), date(high, 12, 31), qualifier)
    number = int(month)
    if number in _SEASONS:
        start = date(low, _SEASONS[number][1], 1)
        return _spanning(start, date.fromordinal(start.toordinal() + 91), qualifier)
    if day is None or day == "XX":
        return _spanning(
            date(low, number, 1), date(low, number, monthrange(low, number)[1]), qualifier
        )
    exact = date(low, number, int(day))
    return _spanning(exact, exact, qualifier)


def _spanning(first: date, last: date, qualifier: str) -> Interval:
    return Interval(first.toordinal(), last.toordinal(), bool(qualifier))


def valid(edtf: str) -> bool:
    """Whether `interval` accepts a string."""
    try:
        interval(edtf)
    except (ValueError, IndexError):
        return False
    return True


def day_to_edtf(day: int | date) -> str:
    """The EDTF date of a day that is given as a date or an ordinal."""
    return (day if isinstance(day, date) else date.fromordinal(day)).isoformat()


def week_to_edtf(year: int, week: int) -> str:
    """The EDTF interval of an ISO 8601 week, from Monday to Sunday.

    Raises:
        ValueError: if the year has no such week.
    """
    monday = date.fromisocalendar(year, week, 1)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def approximate(edtf: str) -> str:
    """The date marked as approximate (`~`), in an interval at each end.

    Open ends and ends that have a qualifier stay as they are.
    """
    return "/".join(
        part if part in ("..", "") or part[-1] in "~?%" else part + "~" for part in edtf.split("/")
    )


_style = "day-month"


def use_style(style: str) -> None:
    """Set the style of the dates that `label` and `short` return, for the whole process.

    It is called once, when the process starts.

    Args:
        style: `day-month` (25 Mar 2024), `month-day` (Mar 25, 2024) or `iso` (2024-03-25).
    """
    global _style
    _style = style
    label.cache_clear()
    short.cache_clear()


def _formatted_day(day: int, month: int, year: str) -> str:
    if _style == "iso":
        return f"{year}-{month:02}-{day:02}"
    if _style == "month-day":
        return f"{_MONTHS[month - 1]} {day}, {year}"
    return f"{day} {_MONTHS[month - 1]} {year}"


@lru_cache(maxsize=4096)
def label(edtf: str | None, weekday: bool = False) -> str:
    """The text shown for a date: `25 Mar 2024`, `~25 Mar 2024`, `Mar 2024`, `until 1999`.

    It is "undated" if there is no date, and the string itself if that is not EDTF. With `weekday`,
    the name of the weekday precedes a full date that has no qualifier.
    """
    if not edtf:
        return "undated"
    if "/" in edtf:
        begin, _, end = edtf.partition("/")
        if begin in ("..", ""):
            return f"until {label(end)}"
        if end in ("..", ""):
            return f"from {label(begin)}"
        return _between(label(begin), label(end))
    match = _DATE.fullmatch(edtf)
    if match is None:
        return edtf
    sign, year, month, day, clock, qualifier = match.groups()
    mark = "~" if qualifier else ""
    if sign:
        return f"{mark}{int(year.replace('X', '0'))} BCE"
    if "X" in year:
        return f"{mark}{year.replace('X', '0')}s"
    if month is None or month == "XX":
        return mark + year
    number = int(month)
    if number in _SEASONS:
        return f"{mark}{_SEASONS[number][0]} {year}"
    if not 1 <= number <= 12:
        return edtf
    if day is None or day == "XX":
        return mark + (
            f"{year}-{number:02}" if _style == "iso" else f"{_MONTHS[number - 1]} {year}"
        )
    name = ""
    if weekday and not qualifier and valid(edtf):
        name = _WEEKDAYS[date.fromordinal(interval(edtf).first).weekday()] + " "
    return name + mark + _formatted_day(int(day), number, year) + (f", {clock}" if clock else "")


def _between(begin: str, end: str) -> str:
    """Two labels joined by a dash, their common end written once: `18–24 Mar 2024`."""
    if _style != "day-month":
        return f"{begin} – {end}"
    left, right = begin.split(" "), end.split(" ")
    while len(left) > 1 and len(right) > 1 and left[-1] == right[-1]:
        left.pop()
        end_word = right.pop()
        right_tail = [end_word]
        if len(left) > 1 and len(right) > 1 and left[-1] == right[-1]:
            left.pop()
            right_tail.insert(0, right.pop())
        return " ".join(left) + "–" + " ".join(right + right_tail)
    return f"{begin}–{end}"


@lru_cache(maxsize=4096)
def short(edtf: str | None) -> str:
    """A short label for a narrow column: without the time of day, the first date of an interval.

    The first date of an interval is marked as approximate (`~`). "undated" if there is no date.
    """
    if not edtf:
        return "undated"
    head = edtf.split("/")[0] if not edtf.startswith("..") else edtf.split("/")[1]
    match = _DATE.fullmatch(head)
    if match is None:
        return head[:11]
    qualifier = match.group(6)
    if "/" in edtf and not qualifier:
        head += "~"
    said = label(head)
    clock = match.group(5)
    return said.removesuffix(f", {clock}") if clock else said
