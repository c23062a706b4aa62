"""Units that are counted: three years ago, two days later, in two weeks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from tui.nlp.lexicon import UNIT_SIZES
from tui.times.calendar_days import last_day, shift_months
from tui.times.edtf import approximate, interval
from tui.times.number_words import number
from tui.times.reading import (
    Context,
    Reading,
    of_day,
    of_quarter,
    reference,
    shifted,
    unknown_unit,
)
from tui.times.rule import rule
from tui.times.rules.amounts import period
from tui.times.rules.parts import amount_modifier
from tui.times.vocabulary import ABOUT, AMOUNT, UNIT, WEEKDAY, unit_name, weekday_number

_KIND = r"(?:trading|business|calendar|full|whole|school|working)"


def _counted(m: re.Match[str], at: Context) -> Reading | None:
    """So many units ago, from now, before or after another date."""
    unit, way = unit_name(m["unit"]), m["way"].lower()
    back = way in ("ago", "earlier", "before", "previously", "back")
    # "Two to three years ago" is neither.
    count = None if m["more"] else number(m["amount"].lower())
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
            return unknown_unit(unit).modified(mod)
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
        count, unit = count * UNIT_SIZES[unit], "year"
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


RULES = (
    rule(
        "counted back or on",
        ("unit",),
        rf"(?:(?P<about>{ABOUT}) )?(?P<amount>{AMOUNT})(?P<more>(?: to | or |[-–]){AMOUNT})?[ -]?(?:{_KIND} )?(?P<unit>{UNIT})"
        r"(?P<half> and a half)?(?: or (?:so|two|more))? (?P<way>ago|earlier|before|later|after|afterwards?|previously|from now|hence|back)"
        rf"(?:(?<=ago) (?:(?P<today>today)|(?P<weekday>{WEEKDAY})))?"
        r"(?! (?!and|but|or|in|at|on|when|as|to|he|she|it|they)[a-z]+ing\b)",
        _counted,
        ("It was built a century ago and burned half a century ago.", "1924 1974"),
        ("It was built a quarter-century ago and burned a year and a half ago.", "1999 2022-11"),
        ("It was founded two centuries ago, a dozen years ago it closed.", "1824 2012"),
        ("It shut eighteen months ago, 1.5 years ago.", "2022-11 2022-11"),
        ("It shut about two years ago and opened ten days ago.", "2022 2024-05-05"),
        ("It shut on 3 May 2021 and opened two days later.", "2021-05-03 2021-05-05"),
        ("It was shut several years ago, two to three years ago.", "PAST_REF PAST_REF"),
        ("It came a day after Monday's talks.", "P1D 2024-05-13"),
        ("In 1998 he left. Two years later he returned.", "1998 2000"),
        ("He returned two years later.", "XXXX"),
        ("They met a year ago today, and six months ago Tuesday.", "2023-05-15 2023-11-14"),
        ("It shut two days after the vote.", "P2D"),
    ),
    rule(
        "counted ahead",
        ("unit",),
        rf"(?<=\bin )(?P<amount>{AMOUNT}) (?:more )?(?P<unit>{UNIT})(?P<time>[’']s? time)?",
        _ahead,
        ("It will open in two weeks.", "2024-W22"),
    ),
)
