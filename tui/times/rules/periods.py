"""Quarters and halves of a year, and the periods that a report compares with them."""

from __future__ import annotations

import re

from tui.times.calendar_days import shift_months
from tui.times.reading import Context, Direction, Reading, of_half, of_quarter, of_year
from tui.times.rule import rule
from tui.times.rules.parts import group, likely_year, point_modifier, relative_year
from tui.times.vocabulary import CLEAR_YEAR, MONTH, POINT, QUARTER_ORDINAL, month_number

_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_YEAR_AGO = r"(?:comparable )?year-(?:ago|earlier)"
_OF = rf"(?:,? (?:of |in )?(?:fiscal )?(?P<year2>{CLEAR_YEAR})|,? (?:of )?(?P<rel2>last|this|next) year|(?P<ago> (?:of )?a year (?:ago|earlier)))"


def _started_quarter(at: Context, nth: int, way: Direction | None) -> int | None:
    """The year of the latest such quarter that has begun; of the next one for the future."""
    if at.month is None:
        return at.year
    year, month = at.month
    begins = nth * 3 - 2
    # A report of a quarter that has just ended may be announced: "expects a third-quarter loss".
    if way == "future" and (month - begins - 2) % 12 > 4:
        return year + (begins + 2 < month)
    return year - (begins > month)


def _nth(words: str) -> int:
    return int(words) if words.isdigit() else _NTH[words.lower()]


def _quarter(m: re.Match[str], at: Context) -> Reading | None:
    found = _read_quarter(m, at)
    adjective = group(m, "the") and "-quarter" in m.group().lower()
    return found.at(m.end("the"), m.end()) if found and adjective else found


def _read_quarter(m: re.Match[str], at: Context) -> Reading | None:
    nth = _nth(group(m, "nth"))
    mod = point_modifier(group(m, "point"))
    if written := group(m, "year", "year2"):
        return _noted(of_quarter(int(written), nth, relative=False).modified(mod), at)
    year: int | None
    if rel := group(m, "rel", "rel2"):
        year = relative_year(rel, at)
        if year is not None:
            return _noted(of_quarter(year, nth).modified(mod), at)
    year = _started_quarter(at, nth, at.ask_direction(*m.span()))
    if year is None:
        return Reading("DATE", f"XXXX-Q{nth}", relative=True)
    if group(m, "before", "ago"):
        return of_quarter(year - 1, nth)
    return _noted(of_quarter(year, nth).modified(mod), at)


def _noted(reading: Reading, at: Context) -> Reading:
    """Note the quarter that a report tells of: "the quarter" and "a year earlier" depend on it."""
    year, quarter = map(int, reading.value.split("-Q"))
    if at.month is None or (year, quarter * 3 - 2) <= at.month:
        at.quarter = (year, quarter)
    return reading


_ENDED = re.compile(rf" end(?:ed|ing) (?P<month>{MONTH})", re.IGNORECASE)


def _quarter_that_ended(m: re.Match[str], at: Context) -> Reading | None:
    """The quarter of a report that ends on a day of a month, None if none is named."""
    ended = _ENDED.match(m.string, m.end())
    if ended is None or at.month is None:
        return None
    month = month_number(ended["month"])
    year = likely_year(month, at, "past")
    if year is None:
        return None
    # Most of a quarter that ends in the middle of a month lies in the months before.
    year, middle = shift_months(year, month, -1)
    return _noted(of_quarter(year, (middle + 2) // 3), at)


def _this_quarter(m: re.Match[str], at: Context) -> Reading | None:
    """The quarter of the report, or the one before or after the present one."""
    which = group(m, "which").lower()
    if found := _quarter_that_ended(m, at):
        return found
    if year := group(m, "year"):
        return of_quarter(int(year), at.quarter[1], relative=False) if at.quarter else None
    if group(m, "before", "ago"):
        if at.quarter is None:
            return _present(at, -4)
        return of_quarter(at.quarter[0] - 1, at.quarter[1])
    if which in ("", "the", "latest", "the latest", "that", "the same"):
        if at.quarter is None:
            return _present(at, -1) if "latest" in which else None
        return of_quarter(*at.quarter)
    shift = -1 if which in ("last", "the previous", "the preceding", "the past") else 0
    shift = 1 if which in ("next", "the next", "the coming", "the following") else shift
    return _present(at, shift)


def _present(at: Context, shift: int) -> Reading | None:
    if at.month is None:
        return Reading("DATE", "XXXX-QX", relative=True)
    year, month = shift_months(*at.month, shift * 3)
    return of_quarter(year, (month + 2) // 3)


def _period(m: re.Match[str], at: Context) -> Reading | None:
    """The period of a report, or the same one a year before."""
    if m["before"]:
        start = m.start() if m["noun"] else m.start("before")
        if at.quarter is not None:
            return of_quarter(at.quarter[0] - 1, at.quarter[1]).at(start, m.end())
        return of_year(at.year - 1).at(start, m.end()) if at.year is not None else None
    return of_quarter(*at.quarter) if at.quarter else None


def _half(m: re.Match[str], at: Context) -> Reading | None:
    half = 1 if m["nth"].lower() in ("first", "1st") else 2
    if m["year2"]:
        return of_half(int(m["year2"]), half, relative=False)
    year = relative_year(m["rel2"], at) if m["rel2"] else at.year
    if year is None or not (m["rel2"] or m["this"] or "-half" in m.group()):
        return None
    if not m["rel2"] and not m["this"] and at.month is not None and half == 2 and at.month[1] < 7:
        year -= at.ask_direction(*m.span()) != "future"
    return of_half(year, half)


def _short_half(m: re.Match[str], _: Context) -> Reading:
    return of_half(int(m["year"]), int(m["nth"]), relative=False)


RULES = (
    rule(
        "half in short",
        ("digit",),
        rf"H(?P<nth>[12]) (?P<year>{CLEAR_YEAR})",
        _short_half,
        ("Sales of H1 2023 fell.", "2023-H1"),
    ),
    rule(
        "quarter with a number",
        ("unit",),
        rf"(?P<the>the )?(?P<point>{POINT})?(?:(?P<before>(?:the )?{_YEAR_AGO}) "
        rf"|(?P<rel>last|this|next) year[’']s )?"
        rf"(?:(?P<year>{CLEAR_YEAR}) )?(?:fiscal[ -])?(?P<nth>{QUARTER_ORDINAL})[- ]quarter(?!-final)"
        rf"(?!final){_OF}?",
        _quarter,
        ("Profit fell in the third quarter.", "2023-Q3"),
        ("First-quarter sales rose from the 2022 second quarter.", "2024-Q1 2022-Q2"),
        ("It will open in the third quarter of next year.", "2025-Q3"),
        ("Sales fell from the year-ago first quarter.", "2023-Q1"),
    ),
    rule(
        "quarter in short",
        ("digit",),
        rf"Q(?P<nth>[1-4])(?:,? (?:of )?(?:FY ?)?(?P<year>{CLEAR_YEAR}))?",
        _quarter,
        ("Sales of Q3 2023 were better than those of Q1.", "2023-Q3 2024-Q1"),
    ),
    rule(
        "quarter of a report",
        ("unit",),
        rf"(?:(?P<which>last|this|next|the (?:latest|current|previous|preceding|past|next|coming|following"
        rf"|same)|the|latest|that) (?!\w+ quarters)(?:fiscal )?|(?P<before>(?:the )?{_YEAR_AGO}) "
        rf"|the (?P<year>{CLEAR_YEAR}) )quarter(?P<ago> a year (?:ago|earlier))?(?! of\b|-)",
        _this_quarter,
        ("First-quarter sales fell. Profit in the quarter rose.", "2024-Q1 2024-Q1"),
        ("Sales fell last quarter and will rise in the current quarter.", "2024-Q1 2024-Q2"),
        ("Sales of the quarter ended March 31 fell.", "2024-Q1 2024-03-31"),
        ("They walked through the quarter.", ""),
    ),
    rule(
        "period of a report",
        ("unit",),
        rf"(?:the )?(?:(?P<before>{_YEAR_AGO})(?P<noun> period)?|latest (?:quarterly )?period"
        rf"|(?:corresponding|same|comparable)(?: period)? (?:last year|of the previous year))",
        _period,
        ("First-quarter sales fell from the year-ago period.", "2024-Q1 2023-Q1"),
        ("Sales fell from year-earlier figures.", "2023"),
    ),
    rule(
        "half of a year",
        ("number",),
        rf"(?:the )?(?P<nth>first|second|last|latter|1st|2nd)[- ]half(?:{_OF}|(?P<this> of the year))?",
        _half,
        ("It was sold in the second half of 2022.", "2022-H2"),
        ("They led after the first half.", ""),
        ("First-half profit fell.", "2024-H1"),
    ),
)
