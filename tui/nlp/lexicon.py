"""Closed classes of English words, each defined once.

Lists of names, which are open classes, are files in `data/` (see `gazetteer`).
"""

from __future__ import annotations

from typing import Literal

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
"""The months in order, January first."""

MONTH_NUMBERS: dict[str, int] = {
    name: number
    for number, month in enumerate(MONTHS, start=1)
    for name in (month, month[:3], *(("sept",) if month == "september" else ()))
}
"""The numbers of months by name and abbreviation, without full stops."""

MONTH_PATTERN = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
"""A regular expression for the names and abbreviations of months, in lower case."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of the week in order, as `datetime.date.weekday` counts them."""

NUMBERS: dict[str, int] = {
    **{
        word: number
        for number, word in enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve".split()
        )
    },
    "a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "ninety": 90, "dozen": 12,
}  # fmt: skip
"""Number words, and the articles that stand for one."""

UNITS: dict[str, str] = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W",
    "weekend": "W", "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE",
    "century": "CE",
}  # fmt: skip
"""Units of time with their letters in TIMEX3 durations."""

DAY_PARTS: dict[str, str] = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
"""Parts of the day with their TIMEX3 codes."""

Season = Literal["spring", "summer", "autumn", "winter"]
SEASONS: dict[Season, tuple[str, int, int]] = {
    "spring": ("SP", 21, 3),
    "summer": ("SU", 22, 6),
    "autumn": ("FA", 23, 9),
    "winter": ("WI", 24, 12),
}
"""Seasons with their TIMEX3 codes, their numbers in EDTF, and the months that they begin in."""

NAME_PARTICLES = frozenset(
    "al ben bin da de del della den der di do dos du el ibn la le van von".split()
)
"""Words that, in small letters, belong to the last name that follows: van Gogh, bin Salman."""

CAPITAL_PARTICLES = NAME_PARTICLES - {"al", "ben"}
"""The particles that a last name can also begin with in capitals, as Le Pen; Al and Ben are first
names then."""
