"""Imprecise dates as EDTF strings (ISO 8601-2:2019, levels 0 to 2).

Supported are days, months, years, seasons and quarters (`2024-33`), a time of day behind a day,
unspecified digits (`201X`, `156X-12-25`, `2024-03-XX`), long years (`Y170000002`), the qualifiers
`~ ? %` behind a date or one of its parts, intervals (`a/b`, `../b`, `a/..`), and sets (`[a,b]` is one
of its dates, `{a..b}` all of them). Years are astronomical: `-0043` is 44 BCE.

Days are proleptic Gregorian ordinals (`date.toordinal`). Days before the year 1 and after the year
9999 are clamped to `FIRST_DAY` and `LAST_DAY`, and so are the open ends of an interval.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tui.nlp.lexicon import SEASONS

FIRST_DAY = date.min.toordinal()
LAST_DAY = date.max.toordinal()

_SEASON_MONTHS = {number: (month, 3) for _, number, month in SEASONS.values()}
"""The first month of each season by its EDTF number, and how many months it has."""

_PERIODS = {
    **_SEASON_MONTHS,
    # The seasons of the northern and of the southern hemisphere.
    **{number + 4: months for number, months in _SEASON_MONTHS.items()},
    **{number + 8: ((month + 5) % 12 + 1, 3) for number, (month, _) in _SEASON_MONTHS.items()},
    **{33 + quarter: (quarter * 3 + 1, 3) for quarter in range(4)},
    **{37 + third: (third * 4 + 1, 4) for third in range(3)},
    **{40 + half: (half * 6 + 1, 6) for half in range(2)},
}
"""The first month and the number of months of each division of a year by its EDTF number."""

DATE = re.compile(
    r"[~?%]?(?P<year>Y-?\d{5,18}(?:E\d)?|-?[0-9X]{4})(?:S\d{1,4})?[~?%]?"
    r"(?:-[~?%]?(?P<month>[0-9X]{2})[~?%]?(?:-[~?%]?(?P<day>[0-9X]{2})[~?%]?)?)?"
    r"(?:T(?P<clock>\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d(?::?\d\d)?)?[~?%]?)?"
)
"""An EDTF date that is neither an interval nor a set; that its parts exist is not checked."""


_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of days.

    Attributes:
        first: the first day, as an ordinal.
        last: the last day, which is included, as an ordinal.
        qualified: whether the date has one of the qualifiers `~`, `?` and `%`, or is one of a set.
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
    """The days that an EDTF string covers, from the first to the last of them.

    Raises:
        ValueError: if the string is not in the supported part of EDTF, if it names a day or a time
            of day that does not exist, or if the interval ends before it begins.
    """
    if edtf[:1] in ("[", "{"):
        return _of_set(edtf)
    if "/" in edtf:
        begin, _, end = edtf.partition("/")
        return _between(begin, end, edtf)
    match = DATE.fullmatch(edtf)
    if match is None:
        raise ValueError(f"not an EDTF date: {edtf!r}")
    first, last = _days(match)
    return Interval(first, last, is_qualified(edtf))


def is_qualified(edtf: str) -> bool:
    """Whether a date has one of the qualifiers: uncertain (?), approximate (~), or both (%)."""
    return "~" in edtf or "?" in edtf or "%" in edtf


def _between(begin: str, end: str, edtf: str) -> Interval:
    first = FIRST_DAY if begin in ("..", "") else interval(begin).first
    last = LAST_DAY if end in ("..", "") else interval(end).last
    if last < first:
        raise ValueError(f"ends before it begins: {edtf!r}")
    return Interval(first, last, is_qualified(edtf))


def _of_set(edtf: str) -> Interval:
    if edtf[-1:] != {"[": "]", "{": "}"}[edtf[0]] or "/" in edtf:
        raise ValueError(f"not an EDTF set: {edtf!r}")
    parts = []
    for part in edtf[1:-1].split(","):
        begin, dots, end = part.strip().partition("..")
        parts.append(_between(begin, end, edtf) if dots else interval(begin))
    return Interval(
        min(part.first for part in parts),
        max(part.last for part in parts),
        edtf[0] == "[" or is_qualified(edtf),
    )


def _days(match: re.Match[str]) -> tuple[int, int]:
    year, month, day = match["year"], match["month"], match["day"]
    if match["clock"] and (day is None or not _CLOCK.fullmatch(match["clock"])):
        raise ValueError(f"no such time of day: {match.group()!r}")
    if year[0] in "Y-" or year == "0000":
        if month is not None:
            # The leap year stands for any year: that the month and day exist is checked.
            interval("2000-" + "-".join(part for part in (month, day) if part))
        return (LAST_DAY,) * 2 if year[0] == "Y" and year[1] != "-" else (FIRST_DAY,) * 2
    low, high = max(_lowest(year), 1), max(_highest(year), 1)
    if month is None or (month == "XX" and day in (None, "XX")):
        return date(low, 1, 1).toordinal(), date(high, 12, 31).toordinal()
    if month.isdigit() and int(month) in _PERIODS:
        if day is not None:
            raise ValueError(f"a day of a season: {match.group()!r}")
        return _period(low, high, *_PERIODS[int(month)])
    months = range(max(_lowest(month), 1), min(_highest(month), 12) + 1)
    if not months:
        raise ValueError(f"no such month: {match.group()!r}")
    if day is None:
        return (
            date(low, months[0], 1).toordinal(),
            date(high, months[-1], monthrange(high, months[-1])[1]).toordinal(),
        )
    first, last = _lowest(day), _highest(day)
    if first == last and low == high and len(months) == 1:
        exact = date(low, months[0], first).toordinal()
        return exact, exact
    longest = max(monthrange(2000, number)[1] for number in months)
    if max(first, 1) > min(last, longest):
        raise ValueError(f"no such day: {match.group()!r}")
    return (
        date(low, months[0], min(max(first, 1), monthrange(low, months[0])[1])).toordinal(),
        date(high, months[-1], min(last, monthrange(high, months[-1])[1])).toordinal(),
    )


def _period(low: int, high: int, month: int, months: int) -> tuple[int, int]:
    end_year, end_month = high + (month + months - 2) // 12, (month + months - 2) % 12 + 1
    first = date(low, month, 1).toordinal()
    if end_year > 9999:
        return first, LAST_DAY
    return first, date(end_year, end_month, monthrange(end_year, end_month)[1]).toordinal()


def _lowest(digits: str) -> int:
    return int(digits.replace("X", "0"))


def _highest(digits: str) -> int:
    return int(digits.replace("X", "9"))


def valid(edtf: str) -> bool:
    """Whether `interval` accepts a string."""
    try:
        interval(edtf)
    except ValueError:
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

    Open ends, ends that have a qualifier, and sets stay as they are.
    """
    if edtf[:1] in ("[", "{"):
        return edtf
    return "/".join(
        part if part in ("..", "") or part[-1] in "~?%" else part + "~" for part in edtf.split("/")
    )


def is_uncertain(edtf: str) -> bool:
    """Whether a date is marked as uncertain (`?`, or `%` for both)."""
    return "?" in edtf or "%" in edtf


def plain(edtf: str) -> str:
    """The date without its qualifiers."""
    return edtf.translate({ord(sign): None for sign in "~?%"})


def uncertain(edtf: str) -> str:
    """The date marked as uncertain (`?`), in an interval at each end.

    What is approximate stays so: then the qualifier is `%`. Open ends and sets stay as they are.
    """
    if edtf[:1] in ("[", "{"):
        return edtf
    return "/".join(
        part if part in ("..", "") else plain(part) + ("%" if "~" in part or "%" in part else "?")
        for part in edtf.split("/")
    )
