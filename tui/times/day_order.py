"""The order of day and month in dates of digits: one order holds within a text or a source.

The dates that can be read in one way only settle the order of the others. Dates with dots are
always day first, as everywhere where they are in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from tui.nlp.lexicon import WEEKDAYS
from tui.times.calendar_days import day_or_none, full_year

DOTTED = (
    r"(?<!\d[.])(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<year>\d{4}|(?<=\b\d\d\.\d\d\.)\d\d)"
    r"(?!\d|[.]\d)"
)
"""A date with dots; a year of two digits only after a day and month of two digits each."""

PAIRED = r"(?<![\d/.])(?P<first>\d{1,2})/(?P<second>\d{1,2})(?![\d/]|[.,]\d| of\b)"
"""A day and month without a year, which may also be a fraction."""

_BEFORE_PAIR = re.compile(
    r"\b(?:on|since|until|till|from|by|and|to|before|after|between|dated?|(?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day),? $",
    re.IGNORECASE,
)
"""What stands before a day and month without a year that are no fraction."""

SLASHED = (
    r"(?<![\d/-])(?P<first>\d{1,2})(?P<sep>[/-])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)"
    r"(?![\d/-]|[.]\d)"
)
"""A date with slashes or hyphens."""

_WEEKDAY_BEFORE = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? (?:the )?$", re.IGNORECASE
)
_SLASHED = re.compile(SLASHED)
_PAIRED = re.compile(PAIRED)
# What both patterns have in the middle: a cheap test before them.
_DIGITS = re.compile(r"\d[/-]\d")


def day_first(texts: Iterable[str]) -> bool | None:
    """Whether the dates with slashes or hyphens in some texts have the day first.

    None if all of them can be read in both ways, or if they disagree.
    """
    orders: set[bool] = set()
    for text in texts:
        if _DIGITS.search(text) is None:
            continue
        pairs = (m for m in _PAIRED.finditer(text) if is_pair(m))
        for m in (*_SLASHED.finditer(text), *pairs):
            first, second = int(m["first"]), int(m["second"])
            if first > 12 >= second > 0:
                orders.add(True)
            elif second > 12 >= first > 0:
                orders.add(False)
    return orders.pop() if len(orders) == 1 else None


def is_pair(m: re.Match[str]) -> bool:
    """Whether a match of `PAIRED` is a day and month by what stands before it."""
    return _BEFORE_PAIR.search(m.string, max(0, m.start() - 12), m.start()) is not None


def reading_of(m: re.Match[str], order: bool | None, reference: date | None) -> tuple[date, bool]:
    """The day of a match of `DOTTED` or `SLASHED`, and whether it is certain.

    A weekday before it that fits one of the two readings decides.

    Args:
        m: the match.
        order: whether the day comes first, None if that is unknown.
        reference: the day on which the text is written, None if it is unknown. If the order is
            unknown, a date that is not after it is preferred, then the American order.

    Raises:
        ValueError: if there is no such day.
    """
    year = full_year(m["year"])
    first, second = int(m["first"]), int(m["second"])
    dotted = "sep" not in m.re.groupindex
    days = {
        is_day_first: found
        for is_day_first in (False, True)
        if (found := day_or_none(year, *((second, first) if is_day_first else (first, second))))
    }
    if not days or (dotted and True not in days):
        raise ValueError(f"no such day: {m.group()}")
    if dotted:
        return days[True], True
    if len(set(days.values())) == 1:
        return next(iter(days.values())), True
    if named := _WEEKDAY_BEFORE.search(m.string, max(0, m.start("first") - 16), m.start("first")):
        number = next(n for n, name in enumerate(WEEKDAYS) if name.startswith(named[1].lower()))
        fitting = [day for day in days.values() if day.weekday() == number]
        if len(fitting) == 1:
            return fitting[0], True
    if order is not None:
        return days[order], True
    if reference is not None:
        past = [found for found in days.values() if found <= reference]
        if len(past) == 1:
            return past[0], False
    return days[False], False
