"""Seasons and holidays."""

from __future__ import annotations

import re

from tui.times.calendar_days import holiday, monday
from tui.times.reading import Context, Direction, Reading, of_day, of_season, of_week
from tui.times.rule import rule
from tui.times.rules.parts import point_modifier, relative_year
from tui.times.vocabulary import ANY_YEAR, HOLIDAY, POINT, SEASON, SEASON_NAMES, year_number

_WHICH = r"(?:last|this past|the past|this coming|this|next)"
_OF_YEAR = rf"(?:(?: of|,)? (?P<year>{ANY_YEAR})(?:[-–/](?:\d\d)?\d\d)?| (?:of )?(?P<rel>last|this|next) year)"
_IN = re.compile(r"\b(?:in|since|until|by|during|for|over|early|late|through|of) $", re.IGNORECASE)


def _season(m: re.Match[str], at: Context) -> Reading | None:
    name = m["season"].lower()
    code, number, month = SEASON_NAMES[name]
    mod = point_modifier(m["point"])
    if m["year"]:
        return of_season(year_number(m["year"]), code, number, relative=False).modified(mod)
    which = (m["which"] or "").lower()
    if not which and not m["rel"]:
        if name == "fall" and not m["point"]:
            return None
        if not m["point"] and not _IN.search(m.string[max(0, m.start() - 8) : m.start()]):
            return None
        if m["the"] is None and m["season"][0].isupper():
            return None
    if at.year is None:
        return Reading("DATE", f"XXXX-{code}", mod=mod, relative=True)
    if m["rel"]:
        year = relative_year(m["rel"], at)
    else:
        year = _year(which, month, at, at.ask_direction(*m.span()))
    return of_season(year, code, number).modified(mod) if year is not None else None


def _year(which: str, month: int, at: Context, way: Direction | None) -> int | None:
    if at.month is None or at.year is None:
        return at.year
    year, now = at.month
    # The winter that is going on in January began in the previous year.
    going_on = (now - month) % 12 < 3
    begun = year - (month > now)
    if which in ("last", "the past"):
        return begun - going_on
    if which == "this past":
        return begun
    if which in ("next", "this coming"):
        return begun + 1
    if going_on or (way != "future" if which == "" else way == "past"):
        return begun
    return year


def _holiday(m: re.Match[str], at: Context) -> Reading | None:
    name = m["holiday"].lower().replace("’", "'")
    if not m["holiday"][0].isupper():
        return None
    week = m["week"] is not None
    which = (m["which"] or "").lower()
    if m["year"]:
        year: int | None = year_number(m["year"])
    elif m["rel"]:
        year = relative_year(m["rel"], at)
    elif at.now is None:
        year = at.year
    else:
        year = _holiday_year(name, which, at, at.ask_direction(*m.span()))
    if year is None:
        return None
    day = holiday(name, year)
    return of_week(monday(day)) if week else of_day(day, relative=not m["year"])


def _holiday_year(name: str, which: str, at: Context, way: Direction | None) -> int | None:
    now = at.now
    if now is None:
        return None
    this_year = holiday(name, now.year)
    if which.startswith(("last", "the past", "this past")):
        return now.year - (this_year >= now)
    if which.startswith("next"):
        return now.year + (this_year <= now)
    days = [holiday(name, year) for year in (now.year - 1, now.year, now.year + 1)]
    if way == "future":
        return next(day.year for day in days if day >= now)
    if way == "past":
        return next(day.year for day in reversed(days) if day <= now)
    return min(days, key=lambda day: abs((day - now).days)).year


RULES = (
    rule(
        "season",
        ("season",),
        rf"(?:(?P<which>{_WHICH}) |(?P<the>the )?(?P<point>{POINT})?(?:the )?)(?P<season>{SEASON})"
        rf"{_OF_YEAR}?",
        _season,
        ("It opened in the summer of 2019, not in the winter of '98.", "2019-SU 1998-WI"),
        ("They met last winter and will meet this fall.", "2023-WI 2024-FA"),
        ("It closed in late summer last year.", "2023-SU"),
        ("Rome saw the fall of an empire.", ""),
        ("Water from the spring and a cast in a spring.", ""),
    ),
    rule(
        "holiday",
        ("holiday",),
        rf"(?:(?P<which>{_WHICH}) )?(?P<holiday>{HOLIDAY})(?! (?:[Aa]greement|Accord|Island|Rising|Bunny|Parade))"
        rf"(?P<week> week)?{_OF_YEAR}?",
        _holiday,
        ("They met last Thanksgiving and on Easter Monday 2019.", "2023-11-23 2019-04-22"),
        ("It will close on Christmas Eve.", "2024-12-24"),
        ("The Good Friday Agreement and Easter Island are no days.", ""),
    ),
)
