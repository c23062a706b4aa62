"""Times of day: with the day beside them, or that of the sentence."""

from __future__ import annotations

import re

from tui.nlp.lexicon import DAY_PARTS, NUMBERS
from tui.times.reading import Context, Reading
from tui.times.rule import rule
from tui.times.rules.parts import group
from tui.times.vocabulary import CLOCK, PART

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?(?::\d\d)?(?: ?([ap])\.?m)?", re.IGNORECASE)
_OFFSET = re.compile(
    r"(?:(?P<utc>GMT|UTC)(?: ?(?P<offset>[+-]\d{1,2})(?::?(?P<minutes>\d\d))?)?)$", re.IGNORECASE
)
_SPOKEN = re.compile(
    r"(?:(?P<past>half|quarter) past )?(?P<hour>\d{1,2}|[a-z]+)(?= o['’]clock|$)(?<!noon)(?<!midnight)(?<!midday)",
    re.IGNORECASE,
)
_NAMED = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}


def clock_value(words: str) -> str | None:
    """The TIMEX3 time of day (`T15:30`) that `CLOCK` matches, None if there is no such time.

    A zone is part of the value only if it is UTC or counted from it.
    """
    words = words.strip()
    named = _NAMED.get(words.split()[0].lower().rstrip(","))
    if named:
        return named
    if spoken := _SPOKEN.match(words):
        hour = int(spoken["hour"]) if spoken["hour"].isdigit() else NUMBERS[spoken["hour"].lower()]
        past = {"half": 30, "quarter": 15}.get((spoken["past"] or "").lower(), 0)
        return f"T{hour:02}:{past:02}" if hour <= 12 else None
    if len(words.split()[0]) == 4 and words[:4].isdigit():
        words = f"{words[:2]}:{words[2:]}"
    m = _CLOCK.match(words)
    if m is None:
        return None
    hour, minute = int(m[1]), int(m[2] or 0)
    if words.endswith(("afternoon", "evening")) and hour < 12:
        hour += 12
    if m[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if m[3].lower() == "p" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    zone = ""
    if offset := _OFFSET.search(words):
        zone = (
            f"{int(offset['offset']):+03}:{offset['minutes'] or '00'}" if offset["offset"] else "Z"
        )
    return f"T{hour:02}:{minute:02}{zone}"


# "Psalm 19:10" and "he ran it in 2:05:13" tell no time of day.
_NO_CLOCK = re.compile(r"\bin $|\b(?!At|By|On|From|Until|Since|Before|After)[A-Z][a-z]+ $")
_WEEKDAY_BEFORE = re.compile(r"day $", re.IGNORECASE)


def _clock(m: re.Match[str], _: Context) -> Reading | None:
    words = m["clock"]
    if ":" in words and words[-1].isdigit():
        lead = max(0, m.start() - 24)
        before = _NO_CLOCK.search(m.string, lead, m.start())
        if before and not _WEEKDAY_BEFORE.search(m.string, lead, m.start()):
            return None
    value = clock_value(m["clock"])
    return Reading("TIME", value, relative=True) if value else None


def _part(m: re.Match[str], _: Context) -> Reading | None:
    return Reading("TIME", f"T{DAY_PARTS[group(m, 'part', 'part2').lower()]}", relative=True)


RULES = (
    rule(
        "time of day",
        ("digit", "day", "number", "unit"),
        rf"(?:(?:about|around|shortly (?:before|after)|just (?:before|after)) )?(?P<clock>{CLOCK})",
        _clock,
        ("They met at 10:15 on Tuesday.", "2024-05-14T10:15 2024-05-14"),
        ("It began at 3.30 p.m. yesterday.", "2024-05-14T15:30"),
        ("It began on May 3, 2021 at 14:05 UTC.", "2021-05-03 2021-05-03T14:05Z"),
        ("It fell at noon Thursday.", "2024-05-09T12:00"),
        (
            "It came at 1830 GMT on Friday, not at five o'clock.",
            "2024-05-10T18:30Z 2024-05-10 2024-05-10T05:00",
        ),
        ("It began at 10:30 on Tuesday morning.", "2024-05-14T10:30 2024-05-14TMO"),
        ("It will be shut from 10 a.m. to 4 p.m. Saturday.", "2024-05-18T10:00 2024-05-18T16:00"),
        ("It began at 7 o'clock on Monday night.", "2024-05-13T19:00 2024-05-13TNI"),
        ("He read Psalm 19:10 and ran it in 2:05:13.", ""),
    ),
    rule(
        "part of the day",
        ("day",),
        rf"(?<=\bin )(?:the )?(?:(?:early|late) )?(?P<part>{PART})|(?:early|mid|late)[- ](?P<part2>{PART})",
        _part,
        ("On May 3, 2021 it rained in the morning.", "2021-05-03 2021-05-03TMO"),
        ("It fell by mid-afternoon yesterday.", "2024-05-14TAF"),
    ),
)
