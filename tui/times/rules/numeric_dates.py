"""Dates in digits: `2024-05-06`, `2024/5/6`, `6.5.2024`, `5/6/24`.

Dots separate days from months in this order. For other separators, the order of the article counts
(see `tui.times.day_order`); if that is unknown, the date is marked as uncertain.
"""

from __future__ import annotations

import re
from datetime import date

from tui.times.day_order import DOTTED, PAIRED, SLASHED, is_pair, reading_of
from tui.times.reading import Context, Reading, of_day
from tui.times.rule import rule
from tui.times.rules.days import nearest


def _iso(m: re.Match[str], _: Context) -> Reading | None:
    day = date(int(m["year"]), int(m["month_"]), int(m["day"]))
    if m["clock"] is None:
        return of_day(day, relative=False)
    return of_day(day, f"T{m['clock']}{(m['zone'] or '').upper()}", relative=False)


def _paired(m: re.Match[str], at: Context) -> Reading | None:
    """A day and month without a year, which take the order of the article."""
    if not is_pair(m):
        return None
    first, second = int(m["first"]), int(m["second"])
    orders = [order for order in (False, True) if at.day_first in (order, None)]
    pairs = [(second, first) if order else (first, second) for order in orders]
    found = [
        day
        for month, number in pairs
        if month <= 12 and (day := nearest(month, number, at, at.ask_direction(*m.span()), None))
    ]
    if not found:
        return None
    edtf = found[0].isoformat()
    return Reading(
        "DATE", edtf, edtf + "?" if len(found) > 1 and found[0] != found[1] else edtf, relative=True
    )


def _ordered(m: re.Match[str], at: Context) -> Reading | None:
    day, sure = reading_of(m, at.day_first, at.day)
    edtf = day.isoformat()
    return Reading("DATE", edtf, edtf if sure else edtf + "?")


RULES = (
    rule(
        "date of ISO 8601",
        ("digit",),
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month_>0?[1-9]|1[0-2])(?P=sep)(?P<day>[12]\d|3[01]|0?[1-9])"
        r"(?:[T ](?P<clock>(?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d(?:\.\d{1,9})?)?"
        r" ?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?![-/]?\d)",
        _iso,
        ("It came out 2024-05-06.", "2024-05-06"),
        ("It was logged 2011/3/9 and 2011-03-09T14:30Z.", "2011-03-09 2011-03-09T14:30Z"),
    ),
    rule(
        "day, month and year in digits",
        ("digit",),
        DOTTED,
        _ordered,
        ("The note of 3.5.2024 was answered on 06.05.24.", "2024-05-03 2024-05-06"),
    ),
    rule(
        "day and month with a slash",
        ("digit",),
        PAIRED,
        _paired,
        ("They met on 13/4 and 5/4 for 3/4 of it.", "2024-04-13 2024-04-05"),
    ),
    rule(
        "day, month and year with slashes",
        ("digit",),
        SLASHED,
        _ordered,
        ("It arrived on 5/4/2024 and left on 13/4/2024.", "2024-04-05 2024-04-13"),
        ("It arrived on 4/13/2024 and left on 5/4/2024.", "2024-04-13 2024-05-04"),
    ),
)
