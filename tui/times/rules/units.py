"""Units that are counted from the reference date: last week, three years ago, the end of the year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from tui.times.calendar_days import last_day, shift_months
from tui.times.edtf import approximate, interval
from tui.times.number_words import number
from tui.times.reading import (
    Context,
    Direction,
    Reading,
    of_day,
    of_decade,
    of_month,
    of_quarter,
    of_week,
    of_weekend,
    of_year,
    reference,
    shifted,
)
from tui.times.rule import rule
from tui.times.rules.amounts import period
from tui.times.rules.parts import amount_modifier, group, point_modifier
from tui.times.vocabulary import ABOUT, AMOUNT, UNIT, WEEKDAY, unit_name, weekday_number

_POINT = (
    r"(?:(?P<point>early|earlier|late|later|mid|sometime|(?:the )?(?:end|start|beginning|middle) of)[ -]"
    r"(?P<inside>in )?)"
)
_DEICTIC = r"week|weekend|fortnight|month|year|decade|century"
_PAST = ("last", "this past", "the past", "the last", "past", "the previous", "the preceding")
_COMING = ("next", "the next", "the coming", "this coming", "the following", "the upcoming")
_KIND = r"(?:trading|business|calendar|full|whole|school|working)"


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
        return Reading("DATE", _UNKNOWN.get(unit, "XXXX"), mod=mod, relative=True)
    if unit == "century":
        if at.year is None:
            return None
        century = (at.year - 1) // 100 + count
        return Reading("DATE", f"{century:02}", f"{century:02}XX", mod=mod, relative=True)
    if unit == "weekend":
        return _weekend(which, at, at.ask_direction(*m.span()))
    if which == "the past" and unit in ("decade",):
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
    """The beginning or end of the present unit, or of one that is named."""
    unit = unit_name(group(m, "unit") or "year")
    which = group(m, "which").lower()
    words = group(m, "point").lower() or "end"
    mod = point_modifier(f"the {words} of")
    count = -1 if which in _PAST else 1 if which in _COMING else 0
    if unit == "month" and words == "end" and at.day is not None and not which:
        day = last_day(at.day.year, at.day.month)
        return of_month(day.year, day.month).modified(mod)
    found = shifted(at, count, unit)
    return found.modified(mod) if found else None


def _counted(m: re.Match[str], at: Context) -> Reading | None:
    """So many units ago, from now, before or after another date."""
    unit, way = unit_name(m["unit"]), m["way"].lower()
    back = way in ("ago", "earlier", "before", "previously", "back")
    count = number(m["amount"].lower())
    if m["half"] and count is not None:
        count += Fraction(1, 2)
    mod = amount_modifier(m["about"])
    beside = way in ("before", "after") and re.match(r" [\w(]", m.string[m.end() : m.end() + 2])
    if beside or (unit in ("second", "minute", "hour") and way not in ("ago", "from now", "hence")):
        # "Two days after the vote" is counted from something that is no date.
        end = m.start("way") - 1 if beside else m.end()
        return Reading("DURATION", period(count, unit)).modified(mod).at(m.start(), end)
    if count is None:
        if way in ("ago", "back", "earlier", "previously"):
            return reference("PAST_REF")
        return reference("FUTURE_REF") if way in ("from now", "hence") else None
    compared = way in ("ago", "earlier") and unit == "year" and count == 1
    if compared and at.quarter is not None and _compares_figures(m):
        return of_quarter(at.quarter[0] - 1, at.quarter[1])
    base = at
    if way not in ("ago", "back", "from now", "hence"):
        anchored = _from_previous(at, unit)
        if anchored is not None:
            base = anchored
        elif way in ("before", "after", "on", "afterward", "afterwards"):
            return None
        elif way == "later" and at.ask_direction(*m.span()) == "past":
            # Later than something past that has no date.
            return Reading("DATE", _UNKNOWN.get(unit, "XXXX"), mod=mod, relative=True)
    if way == "ago" and (m["today"] or m["weekday"]) and at.day is not None:
        return _to_the_day(m, at, count, unit)
    long = unit in ("decade", "century", "millennium")
    count, unit = _whole(count, unit)
    found = shifted(base, round(-count if back else count), unit)
    if found is None:
        return reference("PAST_REF" if back else "FUTURE_REF")
    if long and found.edtf:
        found = replace(found, edtf=approximate(found.edtf))
    return found.modified(mod)


_UNKNOWN = {"day": "XXXX-XX-XX", "night": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}


def _from_previous(at: Context, unit: str) -> Context | None:
    """The context of the latest date in the text, None if it is not known as precisely as needed."""
    if at.previous_day is not None:
        day = at.previous_day
        return Context(day, (day.year, day.month), day.year, True, None, at.ask_direction)
    if at.previous is None:
        return None
    known = interval(at.previous)
    first, last = date.fromordinal(known.first), date.fromordinal(known.last)
    if first.year != last.year or unit not in ("month", "quarter", "year", "decade", "century"):
        return None
    month = (first.year, first.month) if first.month == last.month else None
    if unit in ("month", "quarter") and month is None:
        return None
    return Context(None, month, first.year, True, None, at.ask_direction)


_FIGURES = re.compile(r"[$£€%]|percent|per cent|cents|million|billion")


def _compares_figures(m: re.Match[str]) -> bool:
    """Whether a report compares figures, so that "a year earlier" is a quarter of a year."""
    return _FIGURES.search(m.string, max(0, m.start() - 160), m.end() + 40) is not None


def _to_the_day(m: re.Match[str], at: Context, count: Fraction, unit: str) -> Reading | None:
    """A day so long ago: "a year ago today", "a week ago Tuesday"."""
    count, unit = _whole(count, unit)
    day, amount = at.day, round(count)
    if day is None:
        return None
    if unit in ("year", "month"):
        year, month = shift_months(day.year, day.month, -amount * (12 if unit == "year" else 1))
        target = date(year, month, min(day.day, last_day(year, month).day))
    elif unit in ("week", "day"):
        target = day - timedelta(days=amount * (7 if unit == "week" else 1))
    else:
        return None
    if m["weekday"]:
        target -= timedelta(days=(target.weekday() - weekday_number(m["weekday"])) % 7)
    return of_day(target)


def _whole(count: Fraction, unit: str) -> tuple[Fraction, str]:
    """The same amount in a smaller unit if it is no whole number; long units in years."""
    if unit in ("decade", "century", "millennium"):
        count, unit = count * {"decade": 10, "century": 100, "millennium": 1000}[unit], "year"
    smaller = {
        "year": (12, "month"),
        "week": (7, "day"),
        "fortnight": (14, "day"),
        "month": (30, "day"),
    }
    if count.denominator != 1 and unit in smaller:
        factor, unit = smaller[unit]
        count *= factor
    return count, unit


def _ahead(m: re.Match[str], at: Context) -> Reading | None:
    """In two weeks: a date if the clause tells of the future, otherwise how long it took."""
    unit = unit_name(m["unit"])
    count = number(m["amount"].lower())
    if not m["time"] and at.ask_direction(*m.span()) != "future":
        return None
    if count is None:
        return reference("FUTURE_REF")
    count, unit = _whole(count, unit)
    found = shifted(at, round(count), unit)
    return found or reference("FUTURE_REF")


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
        r"(?:the )?(?P<point>end|start|beginning|middle) of (?:the )?(?P<which>current |)(?P<unit>week|month|year|decade)"
        r"|(?:the )?(?:year[’']s[ -]end|year[ -]end)|(?:earlier|later) in the (?P<unit_>week|month|year)",
        _end,
        ("It is due at the end of the month.", "2024-05"),
        ("It was due by year-end.", "2024"),
    ),
    rule(
        "so long ago",
        ("unit",),
        rf"(?:(?P<about>{ABOUT}) )?(?P<amount>{AMOUNT})[ -]?(?:{_KIND} )?(?P<unit>{UNIT})"
        r"(?P<half> and a half)?(?: or (?:so|two|more))? (?P<way>ago|earlier|before|later|after|afterwards?|previously|from now|hence|back)"
        rf"(?: (?:(?P<today>today)|(?P<weekday>{WEEKDAY})))?"
        r"(?! (?!and|but|or|in|at|on|when|as|to|he|she|it|they)[a-z]+ing\b)",
        _counted,
        ("It was built a century ago and burned half a century ago.", "1924 1974"),
        ("It was built a quarter-century ago and burned a year and a half ago.", "1999 2022-11"),
        ("It was founded two centuries ago, a dozen years ago it closed.", "1824 2012"),
        ("It shut eighteen months ago, 1.5 years ago.", "2022-11 2022-11"),
        ("It shut about two years ago and opened ten days ago.", "2022 2024-05-05"),
        ("It shut on 3 May 2021 and opened two days later.", "2021-05-03 2021-05-05"),
        ("It was shut several years ago.", "PAST_REF"),
        ("In 1998 he left. Two years later he returned.", "1998 2000"),
        ("He returned two years later.", "XXXX"),
        ("They met a year ago today, and six months ago Tuesday.", "2023-05-15 2023-11-14"),
        ("It shut two days after the vote.", "P2D"),
    ),
    rule(
        "in so long",
        ("unit",),
        rf"(?<=\bin )(?P<amount>{AMOUNT}) (?:more )?(?P<unit>{UNIT})(?P<time>[’']s? time)?",
        _ahead,
        ("It will open in two weeks.", "2024-W22"),
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
