"""What a rule reads out of a time expression, and the context that it may ask.

The values are those of TIMEX3 (ISO 24617-1): weeks (`2024-W12`), parts of the day
(`2024-03-25TEV`), quarters (`2024-Q1`) and references (`PAST_REF`) have no form in EDTF. There,
weeks and quarters become intervals, parts of the day become the day, and references have no value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from tui.nlp.document import TimexType
from tui.nlp.lexicon import UNIT_SIZES, Modifier
from tui.times.calendar_days import last_day, monday, shift_months
from tui.times.edtf import approximate, interval

Direction = Literal["past", "future"]
ArticleType = Literal["news", "narrative"]
"""Whether times are counted from the reference date, or from the latest date in the text."""


_SECONDS = {"second": 1, "minute": 60, "hour": 3600}


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a time expression.

    Attributes:
        type: the TIMEX3 type.
        value: the TIMEX3 value.
        edtf: the same value as EDTF, None if it has none.
        mod: the TIMEX3 modifier, "" if there is none.
        relative: whether the value depends on the reference date.
        span: the offsets in the text, if they are not those of the match.
    """

    type: TimexType
    value: str
    edtf: str | None = None
    mod: Modifier | Literal[""] = ""
    relative: bool = False
    span: tuple[int, int] | None = None

    def at(self, start: int, end: int) -> Reading:
        """The same reading of another span."""
        return replace(self, span=(start, end))

    def modified(self, mod: Modifier | Literal[""]) -> Reading:
        """The same reading with a modifier; a date with APPROX is also approximate in EDTF."""
        if not mod:
            return self
        edtf = self.edtf
        if mod == "APPROX" and edtf and self.type == "DATE":
            edtf = approximate(edtf)
        return replace(self, mod=mod, edtf=edtf)


@dataclass(slots=True)
class Context:
    """What is known where an expression stands.

    Attributes:
        day: the reference day, None if it is unknown or vaguer than a day.
        month: the year and month of the reference date, None if they are unknown.
        year: the year of the reference date, None if it is unknown.
        news: whether times are counted from the reference date.
        day_first: whether dates with slashes or hyphens have the day first, None if that is unknown.
        previous: the latest date in the text before the expression (EDTF), None if there is none.
        previous_day: the latest of these that is a day.
        quarter: the latest year and quarter in the text before the expression.
        ask_direction: whether the clause of a span tells of the past or of the future.
    """

    day: date | None
    month: tuple[int, int] | None
    year: int | None
    news: bool
    day_first: bool | None
    ask_direction: Callable[[int, int], Direction | None]
    previous: str | None = None
    previous_day: date | None = None
    quarter: tuple[int, int] | None = None

    @property
    def now(self) -> date | None:
        """The day that weekdays and days without a year are counted from."""
        return self.day if self.news else self.previous_day or self.day


def context(
    reference: str | None,
    article_type: ArticleType,
    day_first: bool | None,
    ask_direction: Callable[[int, int], Direction | None],
) -> Context:
    """The context at the beginning of a text that is written at a reference date (EDTF)."""
    day = month = year = None
    if reference:
        known = interval(reference)
        first, last = date.fromordinal(known.first), date.fromordinal(known.last)
        day = first if first == last else None
        month = (first.year, first.month) if (first.year, first.month) == (last.year, last.month) else None  # fmt: skip
        year = first.year if first.year == last.year else None
    return Context(day, month, year, article_type == "news", day_first, ask_direction)


def of_day(day: date, part: str = "", relative: bool = True) -> Reading:
    """A day, or a part of it with a TIMEX3 code (`TEV`) or a time of day (`T15:30`)."""
    edtf = day.isoformat()
    if not part:
        return Reading("DATE", edtf, edtf, relative=relative)
    exact = part[1:2].isdigit() and part[1:3] != "24"
    return Reading("TIME", edtf + part, edtf + part if exact else edtf, relative=relative)


def of_week(day: date) -> Reading:
    """The ISO 8601 week of a day."""
    first = monday(day)
    year, week, _ = day.isocalendar()
    return Reading(
        "DATE", f"{year:04}-W{week:02}", f"{first}/{first + timedelta(days=6)}", relative=True
    )


def of_weekend(day: date) -> Reading:
    """The Saturday and Sunday of the ISO 8601 week of a day."""
    saturday = monday(day) + timedelta(days=5)
    year, week, _ = day.isocalendar()
    return Reading(
        "DATE", f"{year:04}-W{week:02}-WE", f"{saturday}/{saturday + timedelta(days=1)}",
        relative=True,
    )  # fmt: skip


def of_month(year: int, month: int, relative: bool = True) -> Reading:
    """A month of a year."""
    edtf = f"{year:04}-{month:02}"
    return Reading("DATE", edtf, edtf, relative=relative)


def of_quarter(year: int, quarter: int, relative: bool = True) -> Reading:
    """A quarter (1 to 4) of a year."""
    first, last = quarter * 3 - 2, quarter * 3
    return Reading(
        "DATE", f"{year:04}-Q{quarter}", f"{year:04}-{first:02}/{year:04}-{last:02}",
        relative=relative,
    )  # fmt: skip


def of_half(year: int, half: int, relative: bool = True) -> Reading:
    """A half (1 or 2) of a year."""
    first, last = half * 6 - 5, half * 6
    edtf = f"{year:04}-{first:02}/{year:04}-{last:02}"
    return Reading("DATE", f"{year:04}-H{half}", edtf, relative=relative)


def of_season(year: int, code: str, number: int, relative: bool = True) -> Reading:
    """A season of a year, with its TIMEX3 code and its EDTF number."""
    return Reading("DATE", f"{year:04}-{code}", f"{year:04}-{number}", relative=relative)


def of_year(year: int, relative: bool = True) -> Reading:
    """A year."""
    edtf = f"{year:04}"
    return Reading("DATE", edtf, edtf, relative=relative)


def of_decade(year: int, relative: bool = False) -> Reading:
    """The decade of a year."""
    return Reading("DATE", f"{year // 10:03}", f"{year // 10:03}X", relative=relative)


def unknown_unit(unit: str) -> Reading:
    """A day, week, month or year that nothing in the text dates."""
    values = {"day": "XXXX-XX-XX", "night": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}
    return Reading("DATE", values.get(unit, "XXXX"), relative=True)


def reference(value: Literal["PAST_REF", "PRESENT_REF", "FUTURE_REF"]) -> Reading:
    """A time that is only known to be past, present or future."""
    return Reading("DATE", value, relative=True)


def shifted(at: Context, count: int, unit: str) -> Reading | None:
    """The date `count` units after the reference date, as precise as the unit.

    In a narrative, it is counted from the latest day in the text. None if that date is not known as
    precisely, or if the result is outside the years 1 to 9999.
    """
    try:
        return _shifted(at, count, unit)
    except (OverflowError, ValueError):
        return None


def _shifted(at: Context, count: int, unit: str) -> Reading | None:
    day = at.now
    in_text = at.previous_day if not at.news else None
    if unit in ("year", "decade", "century", "millennium"):
        year = at.year if in_text is None else in_text.year
        if year is None:
            return None
        target = date(year + count * UNIT_SIZES.get(unit, 1), 1, 1).year
        return of_decade(target, True) if unit == "decade" else of_year(target)
    if unit in ("month", "quarter"):
        month = at.month if in_text is None else (in_text.year, in_text.month)
        if month is None:
            return None
        year, number = shift_months(*month, count * UNIT_SIZES.get(unit, 1))
        last_day(year, number)
        return of_quarter(year, (number + 2) // 3) if unit == "quarter" else of_month(year, number)
    if day is None:
        return None
    if unit in _SECONDS:
        return of_day(day + timedelta(days=int(count * _SECONDS[unit] / 86_400)))
    if unit in ("day", "night"):
        return of_day(day + timedelta(days=count))
    if unit == "weekend":
        return of_weekend(day + timedelta(weeks=count))
    return of_week(day + timedelta(weeks=count * UNIT_SIZES.get(unit, 1)))
