"""Days of a named month, with and without a year: single ones, lists, ranges and weeks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tui.times.calendar_days import (
    day_or_none,
    full_year,
    last_day,
    nth_weekday,
    shift_months,
)
from tui.times.reading import Context, Direction, Reading, of_day, of_week, of_weekend
from tui.times.rule import rule
from tui.times.rules.parts import group, likely_year, point_modifier, relative_year, told_year
from tui.times.vocabulary import (
    ANY_WEEKDAY,
    ANY_YEAR,
    DAY,
    MONTH,
    POINT,
    WEEKDAY,
    day_number,
    month_number,
    weekday_number,
    year_number,
)

_DIGITS = r"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![.,:]?\d))"
_OF_YEAR = rf"(?:,? (?P<year>{ANY_YEAR})|,? (?:of )?(?P<rel>last|this|next) year)"
_TO = r"(?: ?[-–—] ?| (?:to|until|till|through|and) )"
_WEEKDAY = rf"(?:{ANY_WEEKDAY},? )?"
_NOUN = r"(?! (?!and |or |to |in |at |on |for |by |is |was |as )[a-z]+s\b)"


def nearest(
    month: int, day: int, at: Context, way: Direction | None, weekday: int | None
) -> date | None:
    """The likely day of a month and day without a year, None if there is none.

    It is the one nearest to the reference date; one on the wrong side of the reference date by the
    direction of the clause counts three times as far. Where the weekday is given, it decides.
    """
    now = at.now
    if now is None:
        return None
    around = [
        found
        for year in (now.year - 1, now.year, now.year + 1)
        if (found := day_or_none(year, month, day))
    ]
    if weekday is not None:
        around = [found for found in around if found.weekday() == weekday] or around

    def distance(found: date) -> int:
        days = (found - now).days
        wrong = (way == "past" and days > 0) or (way == "future" and days < 0)
        return abs(days) * (3 if wrong else 1)

    return min(around, key=distance, default=None)


def _read_one(
    month: int, day: int, weekday: str | None, year: int | None, at: Context, span: tuple[int, int]
) -> Reading | None:
    """A day of a month, in a year or in the likely one; None if the likely one does not have it.

    Raises:
        ValueError: if there is no such day.
    """
    if year is not None:
        return of_day(date(year, month, day), relative=False)
    date(2000, month, day)
    if at.now is None:
        year = at.year if at.news else told_year(at, month) or at.year
        if year is not None and (found := day_or_none(year, month, day)):
            return of_day(found)
        return Reading("DATE", f"XXXX-{month:02}-{day:02}", relative=True)
    number = weekday_number(weekday) if weekday else None
    found = nearest(month, day, at, at.ask_direction(*span), number)
    return of_day(found) if found else None


def _year(m: re.Match[str], at: Context) -> int | None:
    if year := group(m, "year", "year2"):
        return year_number(year)
    rel = group(m, "rel")
    return relative_year(rel, at) if rel else None


def _day(m: re.Match[str], at: Context) -> Reading | None:
    month, day = group(m, "month", "month2"), group(m, "day", "day2")
    weekday = group(m, "weekday", "weekday2") or None
    if m["which"] and weekday is None and at.now is not None:
        number = month_number(month), day_number(day)
        way: Direction = "past" if m["which"].lower() == "last " else "future"
        year = at.now.year
        if way == "past" and number >= (at.now.month, at.now.day):
            year -= 1
        elif m["which"].lower() == "next " and number <= (at.now.month, at.now.day):
            year += 1
        only = day_or_none(year, *number)
        return of_day(only) if only else None
    found = _read_one(month_number(month), day_number(day), weekday, _year(m, at), at, m.span())
    return found.modified(point_modifier(m["point"])) if found else None


def _hyphened(m: re.Match[str], _: Context) -> Reading | None:
    day = date(full_year(m["year"]), month_number(m["month"]), int(m["day"]))
    return of_day(day, relative=False)


_LISTED = re.compile(
    rf"(?:(?P<weekday>{ANY_WEEKDAY}),? )?(?:the )?(?P<day>{_DIGITS})", re.IGNORECASE
)


def _listed(m: re.Match[str], at: Context) -> Sequence[Reading] | None:
    """Days that share one month: each is an expression, the last or first with the month."""
    found: list[Reading] = []
    month_first = bool(group(m, "month"))
    month = month_number(group(m, "month", "month2"))
    year = _year(m, at)
    begin, end = m.span("days")
    parts = list(_LISTED.finditer(m.string, begin, end))
    for number, part in enumerate(parts):
        start = m.start() if month_first and number == 0 else part.start()
        stop = part.end()
        if number == len(parts) - 1:
            stop = m.end()
        one = _read_one(month, day_number(part["day"]), part["weekday"], year, at, m.span())
        if one is None:
            return None
        found.append(one.at(start, stop))
    return found


def _range(m: re.Match[str], at: Context) -> Sequence[Reading] | Reading | None:
    """A range of days: one duration if it has a hyphen, two dates if it has words."""
    first_month = month_number(group(m, "month", "month3", "month4"))
    last_month = month_number(group(m, "month2", "month4", "month"))
    first_day, final_day = day_number(group(m, "day", "day3")), day_number(group(m, "day2", "day4"))
    last = _read_one(last_month, final_day, None, _year(m, at), at, m.span())
    if last is None or last.edtf is None:
        return None
    end = date.fromisoformat(last.edtf)
    begin = day_or_none(end.year, first_month, first_day)
    if begin is not None and begin > end:
        begin = day_or_none(end.year - 1, begin.month, begin.day)
    if begin is None:
        return None
    to = m["to"] or m["to2"]
    if any(char in to for char in "-–—"):
        return Reading(
            "DURATION", f"P{(end - begin).days + 1}D", f"{begin}/{end}", relative=last.relative
        )
    border = m.start("to" if m["to"] else "to2")
    return (
        of_day(begin, relative=last.relative).at(m.start("first" if m["to"] else "first2"), border),
        last.at(border + len(to), m.end()),
    )


def _week_of(m: re.Match[str], at: Context) -> Reading | None:
    one = _read_one(
        month_number(group(m, "month", "month2")), day_number(group(m, "day", "day2")), None,
        _year(m, at), at, m.span(),
    )  # fmt: skip
    return of_week(date.fromisoformat(one.edtf)) if one and one.edtf else None


_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


def _nth(m: re.Match[str], at: Context) -> Reading | None:
    """A week or weekday of a month, counted from its beginning or its end."""
    month = month_number(m["month"])
    year = _year(m, at) or likely_year(month, at, at.ask_direction(*m.span()))
    if year is None:
        return None
    nth = _NTH.get(m["nth"].lower(), -1)
    if m["weekday"]:
        found = nth_weekday(year, month, weekday_number(m["weekday"]), nth)
        return of_day(found, relative=not m["year"]) if found.month == month else None
    if m["weekend"]:
        return of_weekend(nth_weekday(year, month, 5, nth))
    middle = nth * 7 - 3 if nth > 0 else last_day(year, month).day - 3
    return of_week(date(year, month, 1) + timedelta(days=middle - 1))


_VERB = re.compile(
    r"[.,;:)]|$| (?:and|to|at|the|he|she|it|they|we|of (?:this|last|next) month|when|but|in|by)\b"
)


def _ordinal(m: re.Match[str], at: Context) -> Reading | None:
    """A day of the present month, or of one beside it: "on the 15th"."""
    if at.month is None or not _VERB.match(m.string, m.end("day")):
        return None
    day = day_number(m["day"])
    year, month = at.month
    if m["rel"]:
        year, month = shift_months(year, month, {"last": -1, "next": 1}.get(m["rel"].lower(), 0))
        return of_day(date(year, month, day))
    way = at.ask_direction(*m.span())
    around = [shift_months(year, month, count) for count in (-1, 0, 1)]
    days = [found for one in around if (found := day_or_none(*one, day))]
    if at.now is None:
        return None
    now = at.now
    if way == "future":
        days = [found for found in days if found >= now]
    elif way == "past":
        days = [found for found in days if found <= now]
    found = min(days, key=lambda one: abs((one - now).days), default=None)
    return of_day(found) if found else None


RULES = (
    rule(
        "day of the present month",
        ("digit",),
        r"(?:(?<=\bon )|(?<=\bby )|(?<=\buntil ))the (?P<day>(?:[12]?1st|2?2nd|2?3rd|[12]?[04-9]th|1[123]th|3[01](?:st|th)))"
        r"(?: of (?P<rel>this|last|next) month)?",
        _ordinal,
        ("The rent is due on the 15th; on the 3rd, the army withdrew.", "2024-05-15 2024-05-03"),
        ("They met on the 28th of last month, on the 3rd rung.", "2024-04-28"),
    ),
    rule(
        "day of a month",
        ("month",),
        rf"(?:(?:(?:this|last|next)(?: past| coming)? )?(?P<weekday>{ANY_WEEKDAY}),? )?"
        rf"(?P<point>{POINT})?(?P<which>last |this |next )?(?:"
        rf"(?P<month>{MONTH}) (?:the )?(?P<day>{DAY})(?![- ](?:quarter|half))"
        rf"|(?:the )?(?:(?P<weekday2>{ANY_WEEKDAY}),? )?(?:the )?"
        rf"(?P<day2>{_DIGITS}|{DAY}(?= of))(?: day)?(?: of)? (?P<month2>{MONTH})"
        rf"){_OF_YEAR}?",
        _day,
        ("It closed on May 6, 2019.", "2019-05-06"),
        ("It opens again by May 20.", "2024-05-20"),
        ("The rally of Sat. May 11 is called off.", "2024-05-11"),
        ("They met on the 3rd of March last year.", "2023-03-03"),
        ("They met on Friday 15 December.", "2023-12-15"),
        ("The vote will be on January 3rd.", "2025-01-03"),
        ("It began around Nov. 1, before last Oct. 23.", "2023-11-01 2023-10-23"),
        ("They come this Friday, May seventeenth.", "2024-05-17"),
    ),
    rule(
        "day, hyphen, month",
        ("month",),
        rf"(?P<day>\d{{1,2}})(?P<sep>[-/ .])(?P<month>{MONTH})(?P=sep)(?P<year>\d{{4}}|\d\d)",
        _hyphened,
        ("The log has entries of 19-Nov-12 and 12-Dec-2014.", "2012-11-19 2014-12-12"),
        ("It was filed 03/Jan/1998.", "1998-01-03"),
    ),
    rule(
        "list of days",
        ("month",),
        rf"(?P<month>{MONTH}) (?P<days>{_DIGITS}(?:, {_DIGITS})*,? (?:and|or|&) {_DIGITS}){_NOUN}"
        rf"{_OF_YEAR}?",
        _listed,
        ("The court sat on May 6, 7 and 8.", "2024-05-06 2024-05-07 2024-05-08"),
        ("The shops closed on June 3 and 4, 2021.", "2021-06-03 2021-06-04"),
    ),
    rule(
        "list of days before the month",
        ("month",),
        rf"(?P<days>(?:{ANY_WEEKDAY},? )?(?:the )?{_DIGITS}"
        rf"(?:(?:,| and|, and| or|, or| &) (?:{ANY_WEEKDAY},? )?(?:the )?{_DIGITS}){{1,8}})"
        rf"(?: of)? (?P<month2>{MONTH}){_OF_YEAR}?",
        _listed,
        (
            "The fair opens on Monday 20, Tuesday 21 and Friday 24 May.",
            "2024-05-20 2024-05-21 2024-05-24",
        ),
        ("It sat on 3, 4 and 9 April 2019.", "2019-04-03 2019-04-04 2019-04-09"),
    ),
    rule(
        "range of days",
        ("month",),
        rf"(?P<first>{_WEEKDAY}(?P<month>{MONTH}) (?P<day>{_DIGITS}))(?P<to>{_TO}){_WEEKDAY}"
        rf"(?:(?P<month2>{MONTH}) )?(?P<day2>{_DIGITS}){_NOUN}{_OF_YEAR}?"
        rf"|(?P<first2>{_WEEKDAY}(?:the )?(?P<day3>{_DIGITS})(?: (?:of )?(?P<month3>{MONTH}))?)"
        rf"(?P<to2>{_TO}){_WEEKDAY}(?:the )?(?P<day4>{_DIGITS}) (?:of )?(?P<month4>{MONTH})"
        rf"(?:,? (?P<year2>{ANY_YEAR}))?",
        _range,
        ("The strike lasted from May 6-8, 2024.", "P3D"),
        ("The strike lasted from May 6 to 8, 2021.", "2021-05-06 2021-05-08"),
        ("It was shut from 28 April to 3 May 2019.", "2019-04-28 2019-05-03"),
        ("It runs from Monday 20 to Thursday 23 May.", "2024-05-20 2024-05-23"),
        ("It was shut between December 28 and January 4, 2020.", "2019-12-28 2020-01-04"),
        ("It was shut from the 3rd to the 5th of June.", "2024-06-03 2024-06-05"),
        ("It was shut 3–7 March.", "P5D"),
    ),
    rule(
        "week of a day",
        ("month",),
        rf"(?:the )?week (?:of|to|beginning|starting|ending|ended) (?:the )?(?:(?P<month>{MONTH}) (?P<day>{_DIGITS})"
        rf"|(?P<day2>{_DIGITS})(?: of)? (?P<month2>{MONTH})){_OF_YEAR}?",
        _week_of,
        ("It is due in the week of 3 June.", "2024-W23"),
        ("Claims fell in the week ended May 4.", "2024-W18"),
        ("They met in the week of March 6, 2000.", "2000-W10"),
    ),
    rule(
        "week of a month",
        ("month",),
        rf"(?:the )?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|last|final)(?: full)? "
        rf"(?:(?P<weekend>weekend)|week|(?P<weekday>{WEEKDAY})) (?:of|in) (?P<month>{MONTH}){_OF_YEAR}?",
        _nth,
        ("The last week in April was quiet.", "2024-W17"),
        ("The first week of June 2019 was not.", "2019-W23"),
        ("They vote on the first Tuesday of November 2024.", "2024-11-05"),
        ("It was on the last Friday in March.", "2024-03-29"),
    ),
)
