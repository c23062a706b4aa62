"""Times of day get the day that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tui.times.reading import Context, Reading


@dataclass(frozen=True, slots=True)
class Placed:
    """A reading with its offsets in the text."""

    start: int
    end: int
    reading: Reading


_BESIDE = re.compile(r",? ")
_DAY = re.compile(r"(?:\d{4}|XXXX)-(?:(?:\d\d|XX)-(?:\d\d|XX)|WXX-\d)(?P<part>T(?:MO|AF|EV|NI))?")
_AND = re.compile(r"(?: (?:to|until|till|and) |[ -–/]{1,3}| ?\()")
_NEAR, _NEXT = 30, 8
_NOON = 12


def with_days(text: str, readings: Sequence[Placed], at: Context) -> Iterator[Placed]:
    """The readings, with times of day joined to the days that they belong to.

    "noon Thursday" is one expression; in "on Thursday at noon" the time of day takes the day of the
    other expression, and in "from 10 a.m. to 4 p.m. Thursday" both do. Without a day near it, it is
    a time of the reference date.
    """
    placed: list[Placed] = []
    last = len(readings) - 1
    number = last
    while number >= 0:
        found = readings[number]
        before = readings[number - 1] if number else None
        after = placed[-1] if placed else None
        if not _is_clock(found):
            placed.append(found)
        elif after and _is_day(after) and _BESIDE.fullmatch(text, found.end, after.start):
            placed[-1] = Placed(found.start, after.end, _on(after.reading, found.reading))
        elif before and _is_day(before) and _BESIDE.fullmatch(text, before.end, found.start):
            placed.append(Placed(before.start, found.end, _on(before.reading, found.reading)))
            number -= 1
        elif (after and _is_day(after) and after.start - found.end < _NEXT) or (
            after and _has_clock(after) and _AND.fullmatch(text, found.end, after.start)
        ):
            placed.append(replace(found, reading=_on(after.reading, found.reading)))
        elif before and _is_day(before) and found.start - before.end < _NEAR:
            placed.append(replace(found, reading=_on(before.reading, found.reading)))
        else:
            placed.append(replace(found, reading=_on(_today(at), found.reading)))
        number -= 1
    return reversed(placed)


def _today(at: Context) -> Reading:
    """The day of a time of day that no day stands near."""
    day = at.day if at.news else at.previous_day
    edtf = day.isoformat() if day else None
    return Reading("DATE", edtf or "XXXX-XX-XX", edtf, relative=True)


def _is_clock(found: Placed) -> bool:
    return found.reading.value.startswith("T")


def _is_day(found: Placed) -> bool:
    return _DAY.fullmatch(found.reading.value) is not None


def _has_clock(found: Placed) -> bool:
    return found.reading.type == "TIME" and found.reading.value[10:11] == "T"


def _on(day: Reading, clock: Reading) -> Reading:
    """A time of day on a day, or on the day of another time of day."""
    value, _, part = day.value.partition("T")
    hour = clock.value[1:3]
    if hour.isdigit() and _is_afternoon(part, int(hour)):
        clock = replace(clock, value=f"T{int(hour) + _NOON}{clock.value[3:]}")
    edtf = day.edtf and day.edtf.partition("T")[0]
    exact = clock.value[1:2].isdigit() and not clock.value.startswith("T24")
    if edtf and exact and edtf[-1].isdigit():
        edtf += clock.value
    return Reading("TIME", value + clock.value, edtf, day.mod, day.relative)


def _is_afternoon(part: str, hour: int) -> bool:
    """Whether an hour of a part of the day is one after noon: "seven o'clock on Monday night"."""
    return part in ("AF", "EV", "NI") and (1 if part == "AF" else 5) <= hour < _NOON
