"""Parts that the readers of several rules have in common."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from tui.nlp.lexicon import AMOUNT_MODIFIERS, POINT_MODIFIERS, Modifier
from tui.times.edtf import interval
from tui.times.reading import Context, Direction


def group(m: re.Match[str], *names: str) -> str:
    """The first of some groups that matched, "" if none of them did or the pattern has none."""
    known = m.re.groupindex
    return next((m[name] for name in names if name in known and m[name]), "")


def point_modifier(words: str | None) -> Modifier | Literal[""]:
    """The TIMEX3 modifier of words before a date, as in "early May"."""
    return POINT_MODIFIERS.get((words or "").lower().rstrip(" -"), "")


def amount_modifier(words: str | None) -> Modifier | Literal[""]:
    """The TIMEX3 modifier of words before an amount, as in "nearly two years"."""
    return AMOUNT_MODIFIERS.get((words or "").lower().strip(), "")


def relative_year(words: str, at: Context) -> int | None:
    """The year that "last year", "this year" or "next year" is, None if the present one is unknown."""
    if at.year is None:
        return None
    return at.year + {"last": -1, "previous": -1, "next": 1}.get(words.lower(), 0)


def told_year(at: Context, month: int) -> int | None:
    """In a narrative, the year of a month by the latest date in the text: a month that comes before
    it in the year is one of the next year. None if that date covers more than a year."""
    if at.previous is None:
        return None
    known = interval(at.previous)
    first, last = date.fromordinal(known.first), date.fromordinal(known.last)
    if first.year != last.year:
        return None
    one_month = (first.year, first.month) == (last.year, last.month)
    return first.year + (one_month and month < first.month)


def likely_year(month: int, at: Context, way: Direction | None) -> int | None:
    """The year of a month that is named without one, None if the reference date is unknown.

    It is the latest such month, or in a clause about the future the next one. A month that is
    reached in three months may be meant by a clause that tells of neither.
    """
    if not at.news and at.previous is not None:
        return told_year(at, month)
    if at.month is None:
        return at.year
    year, now = at.month
    if way == "future":
        return year + (month < now)
    ahead = (month - now) % 12
    if way is None and 0 < ahead <= 3:
        return year + (month < now)
    return year - (month > now)
