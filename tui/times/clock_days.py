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
_DAY = re.compile(r"(?:\d{4}|XXXX)-(?:(?:\d\d|XX)-(?:\d\d|XX)|WXX-\d)")
_NEAR = 30


def with_days(text: str, readings: Sequence[Placed], at: Context) -> Iterator[Placed]:
    """The readings, with times of day joined to the days beside them.

    "noon Thursday" is one expression; in "on Thursday at noon" the time of day takes the day of the
    other expression. Without a day near it, it is a time of the reference date.
    """
    merged: set[int] = set()
    for number, found in enumerate(readings):
        if number in merged:
            continue
        if not found.reading.value.startswith("T"):
            following = number + 1
            if (
                following < len(readings)
                and readings[following].reading.value.startswith("T")
                and _is_day(found)
                and _BESIDE.fullmatch(text, found.end, readings[following].start)
            ):
                merged.add(following)
                clock = readings[following]
                yield Placed(found.start, clock.end, _on(found.reading, clock.reading))
                continue
            yield found
            continue
        after = readings[number + 1] if number + 1 < len(readings) else None
        before = readings[number - 1] if number else None
        if after and _is_day(after) and _BESIDE.fullmatch(text, found.end, after.start):
            merged.add(number + 1)
            yield Placed(found.start, after.end, _on(after.reading, found.reading))
        elif after and _is_day(after) and after.start - found.end < 8:
            yield replace(found, reading=_on(after.reading, found.reading))
        elif before and _is_day(before) and found.start - before.end < _NEAR:
            yield replace(found, reading=_on(before.reading, found.reading))
        else:
            base = _today(at)
            yield replace(found, reading=_on(base, found.reading))


def _today(at: Context) -> Reading:
    """The day of a time of day that no day stands near."""
    day = at.day if at.news else at.previous_day
    edtf = day.isoformat() if day else None
    return Reading("DATE", edtf or "XXXX-XX-XX", edtf, relative=True)


def _is_day(found: Placed) -> bool:
    return found.reading.type == "DATE" and _DAY.fullmatch(found.reading.value) is not None


def _on(day: Reading, clock: Reading) -> Reading:
    """A time of day on a day."""
    exact = clock.value[1:2].isdigit() and not clock.value.startswith("T24")
    edtf = day.edtf and (day.edtf + clock.value if exact and day.edtf[-1].isdigit() else day.edtf)
    return Reading("TIME", day.value + clock.value, edtf, day.mod, day.relative)
