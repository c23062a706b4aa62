"""Units beside the reference date: last week, this year, the weekend, the end of the month."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tui.times.edtf import interval
from tui.times.reading import (
    Context,
    Direction,
    Reading,
    of_decade,
    of_month,
    of_week,
    of_weekend,
    of_year,
    shifted,
    unknown_unit,
)
from tui.times.rule import rule
from tui.times.rules.parts import group, point_modifier
from tui.times.vocabulary import unit_name

_POINT = (
    r"(?:(?P<point>early|earlier|late|later|mid|sometime|(?:the )?(?:end|start|beginning|middle) of)[ -]"
    r"(?:in )?)"
)
_DEICTIC = r"week|weekend|fortnight|month|year|decade|century"
_PAST = ("last", "this past", "the past", "the last", "past", "the previous", "the preceding")
_COMING = ("next", "the next", "the coming", "this coming", "the following", "the upcoming")


def _point(words: str | None) -> str:
    words = (words or "").lower()
    return (
        words
        if words in ("early", "earlier", "late", "later", "mid")
        else f"the {words.removeprefix('the ')}"
    )


def _deictic(m: re.Match[str], at: Context) -> Reading | None:
    """This, last or next week, month or year."""
    which, unit = m["which"].lower(), unit_name(m["unit"])
    mod = point_modifier(_point(m["point"]))
    if which in ("that", "that same", "the same"):
        return _same(unit, at, mod != "")
    count = -1 if which in _PAST else 1 if which in _COMING else 0
    if which in ("the previous", "the preceding", "the following") and at.previous:
        found = _beside(at.previous, unit, count)
        if found is not None:
            return found.modified(mod)
    if which == "the following" and at.ask_direction(*m.span()) == "past":
        return unknown_unit(unit).modified(mod)
    if unit == "century":
        if at.year is None:
            return None
        century = (at.year - 1) // 100 + count
        if century < 0:
            # Before year 1, no value of TIMEX3 counts centuries by two digits.
            return None
        return Reading("DATE", f"{century:02}", f"{century:02}XX", mod=mod, relative=True)
    if unit == "weekend":
        return _weekend(which, at, at.ask_direction(*m.span()))
    if which == "the past" and unit == "decade":
        return Reading("DURATION", "P10Y", _since(at, 10), relative=True)
    found = shifted(at, count, unit)
    if found is None:
        ref = "PAST_REF" if count < 0 else "FUTURE_REF" if count else "PRESENT_REF"
        return Reading("DATE", ref, relative=True)
    return found.modified(mod)


def _since(at: Context, years: int) -> str | None:
    if at.day is None:
        return None
    return f"{at.day.year - years:04}/{at.day.isoformat()}" if at.day.year > years else None


def _the_weekend(m: re.Match[str], at: Context) -> Reading | None:
    return _weekend("the", at, at.ask_direction(*m.span()))


def _weekend(which: str, at: Context, way: Direction | None) -> Reading | None:
    now = at.now
    if now is None:
        return Reading("DATE", "XXXX-WXX-WE", relative=True)
    if which in _PAST:
        # On a Sunday, the weekend that is going on is not the last one.
        return of_weekend(now - timedelta(weeks=1))
    if which in _COMING:
        return of_weekend(now + timedelta(weeks=now.weekday() >= 5))
    going_on = now.weekday() >= 5
    if (
        going_on
        or way == "future"
        or (which == "this" and not (way == "past" and now.weekday() == 0))
    ):
        return of_weekend(now)
    return of_weekend(now - timedelta(weeks=1))


def _same(unit: str, at: Context, anyhow: bool) -> Reading | None:
    """The week, month or year of the latest date in the text."""
    if at.previous is None:
        return None
    known = interval(at.previous)
    day = date.fromordinal(known.first)
    if unit in ("week", "weekend"):
        return (of_week if unit == "week" else of_weekend)(day) if known.days <= 7 else None
    if unit == "month":
        return of_month(day.year, day.month) if known.days <= 31 else None
    if unit == "year":
        return of_year(day.year)
    return of_decade(day.year, True) if unit == "decade" else None


def _beside(previous: str, unit: str, count: int) -> Reading | None:
    """The unit before or after that of the latest date in the text."""
    known = interval(previous)
    day = date.fromordinal(known.first)
    at = Context(day, (day.year, day.month), day.year, True, None, lambda *_: None)
    limits = {"week": 7, "weekend": 7, "month": 31, "year": 366}
    if known.days > limits.get(unit, 0):
        return None
    return (
        of_weekend(day + timedelta(weeks=count)) if unit == "weekend" else shifted(at, count, unit)
    )


def _end(m: re.Match[str], at: Context) -> Reading | None:
    """The beginning or end of the present unit: the end of the month, earlier in the week."""
    words = group(m, "side").lower() or f"the {group(m, 'point').lower() or 'end'} of"
    found = shifted(at, 0, unit_name(group(m, "unit", "unit2") or "year"))
    return found.modified(point_modifier(words)) if found else None


def _report_year(m: re.Match[str], at: Context) -> Reading | None:
    if m.string.startswith(" end", m.end()):
        return Reading("DURATION", "P1Y")
    return of_year(at.year) if at.year is not None else None


RULES = (
    rule(
        "the unit before last",
        ("unit",),
        r"the (?P<unit>week|weekend|month|year) before last",
        lambda m, at: shifted(at, -2, unit_name(m["unit"])),
        ("They met the week before last.", "2024-W18"),
    ),
    rule(
        "this, last, next unit",
        ("unit",),
        rf"{_POINT}?(?P<which>last|this past|this coming|this|next|the previous|the preceding|the following"
        r"|the past|the coming|the upcoming|the current|the same|that same|that|the last|the next|the"
        rf"|the latest)(?: (?:fiscal|full|current|calendar|academic|school|tax))?(?<!the) (?P<unit>{_DEICTIC})(?!-)",
        _deictic,
        ("It shut last week and opens next month.", "2024-W19 2024-06"),
        ("It shut earlier this year.", "2024"),
        ("It closed over the past year.", "2023"),
        ("It shut in March 2011 and opened the following year.", "2011-03 2012"),
        ("It shut on 3 May 2021, and that month the mayor left.", "2021-05-03 2021-05"),
        ("They met last weekend.", "2024-W19-WE"),
    ),
    rule(
        "the weekend",
        ("unit",),
        r"the weekend",
        _the_weekend,
        ("They met over the weekend.", "2024-W19-WE"),
    ),
    rule(
        "end of a unit",
        ("unit",),
        r"(?:the )?(?P<point>end|start|beginning|middle) of (?:the )?(?:current )?(?P<unit>week|month|year|decade)"
        r"|(?:the )?(?:year[’']s[ -]end|year[ -]end)|(?P<side>earlier|later) in the (?P<unit2>week|month|year)",
        _end,
        ("It is due at the end of the month.", "2024-05"),
        ("It was due by year-end, or later in the week.", "2024 2024-W20"),
    ),
    rule(
        "the year of a report",
        ("unit",),
        r"(?<=for )the (?:full )?year(?=[,.;]| end(?:ed|ing))|(?<=in )the (?:full )?year(?= end(?:ed|ing))",
        _report_year,
        (
            "Sales for the year rose; for the year, they fell in the year ended May 1, 2023.",
            "2024 P1Y 2023-05-01",
        ),
    ),
)
