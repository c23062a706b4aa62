"""Arithmetic on days of the proleptic Gregorian calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from tui.nlp.lexicon import EASTER_HOLIDAYS, FLOATING_HOLIDAYS, HOLIDAYS


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day, None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(digits: str) -> int:
    """A year of four or two digits; of two digits, 69 to 99 are of the 20th century, as in POSIX."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= 69 else 2000)


def shift_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The year and month `count` months after a month."""
    months = year * 12 + month - 1 + count
    return months // 12, months % 12 + 1


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def monday(day: date) -> date:
    """The Monday of the ISO 8601 week of a day."""
    return day - timedelta(days=day.weekday())


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday (Monday is 0) of a month, counted from its end if nth is negative."""
    if nth < 0:
        last = last_day(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the Gregorian computus (Meeus, Jones, Butcher)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (8 * century + 13) // 25
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leap_years, year_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    correction = (golden + 11 * epact + 19 * weekday) // 433
    month = (epact + weekday - 7 * correction + 90) // 25
    day = (epact + weekday - 7 * correction + 33 * month + 19) % 32
    return date(year, month, day)


def holiday(name: str, year: int) -> date:
    """The day of a holiday in a year; the name is one of the tables of `tui.nlp.lexicon`."""
    if name in HOLIDAYS:
        return date(year, *HOLIDAYS[name])
    if name in EASTER_HOLIDAYS:
        return easter(year) + timedelta(days=EASTER_HOLIDAYS[name])
    month, weekday, nth = FLOATING_HOLIDAYS[name]
    day = nth_weekday(year, month, weekday, nth)
    if name == "election day" and day.day == 1:
        day += timedelta(days=7)
    return day
