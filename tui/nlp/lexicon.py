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

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

NUMBERS: dict[str, int] = {
    **{word: number for number, word in enumerate(_ONES)},
    **{word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)},
    "a": 1, "an": 1, "couple": 2, "dozen": 12, "hundred": 100, "thousand": 1000,
}  # fmt: skip
"""Number words of which others are made up, and the articles that stand for one."""

ORDINALS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
            " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
            " twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth"
            " twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
        ).split(),
        start=1,
    )
}
"""Ordinal words up to the number of days in a month."""

UNITS: dict[str, str] = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W",
    "weekend": "W", "fortnight": "W", "month": "M", "quarter": "M", "year": "Y", "decade": "Y",
    "century": "Y", "millennium": "Y",
}  # fmt: skip
"""Units of time with the letters that TIMEX3 durations have for them."""

UNIT_SIZES: dict[str, int] = {
    "fortnight": 2, "quarter": 3, "decade": 10, "century": 100, "millennium": 1000,
}  # fmt: skip
"""The units that are multiples of the one whose letter they have."""

Modifier = Literal[
    "APPROX", "START", "MID", "END", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"
]
AMOUNT_MODIFIERS: dict[str, Modifier] = {
    **dict.fromkeys(
        ("about", "around", "approximately", "roughly", "some", "an estimated", "as long as"),
        "APPROX",
    ),
    **dict.fromkeys(
        ("nearly", "almost", "just under", "less than", "fewer than", "under"), "LESS_THAN"
    ),
    **dict.fromkeys(("more than", "just over", "well over", "over"), "MORE_THAN"),
    **dict.fromkeys(("at least", "no less than"), "EQUAL_OR_MORE"),
    **dict.fromkeys(("up to", "at most", "no more than"), "EQUAL_OR_LESS"),
}
"""Words before an amount, with the TIMEX3 modifiers (`mod`) that they stand for."""

POINT_MODIFIERS: dict[str, Modifier] = {
    **dict.fromkeys(
        ("early", "earlier", "the start of", "the beginning of", "the early part of"), "START"
    ),
    **dict.fromkeys(("mid", "the middle of"), "MID"),
    **dict.fromkeys(("late", "later", "the end of", "the close of", "the latter part of"), "END"),
    **dict.fromkeys(("around", "about", "circa"), "APPROX"),
}
"""Words before a date, with the TIMEX3 modifiers (`mod`) that they stand for."""

DAY_PARTS: dict[str, str] = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
"""Parts of the day with their TIMEX3 codes."""

Season = Literal["spring", "summer", "autumn", "winter"]
SEASONS: dict[Season, tuple[str, int, int]] = {
    "spring": ("SP", 21, 3),
    "summer": ("SU", 22, 6),
    "autumn": ("FA", 23, 9),
    "winter": ("WI", 24, 12),
}
"""Seasons with their TIMEX3 codes, their numbers in EDTF, and the months that they begin in.

The year of a winter is the one that it begins in.
"""

HOLIDAYS: dict[str, tuple[int, int]] = {
    "new year's day": (1, 1), "epiphany": (1, 6), "groundhog day": (2, 2),
    "valentine's day": (2, 14), "st patrick's day": (3, 17), "st. patrick's day": (3, 17),
    "april fools' day": (4, 1), "anzac day": (4, 25), "may day": (5, 1), "v-e day": (5, 8),
    "bloomsday": (6, 16), "juneteenth": (6, 19), "canada day": (7, 1), "bastille day": (7, 14),
    "the fourth of july": (7, 4), "halloween": (10, 31), "all saints' day": (11, 1),
    "guy fawkes night": (11, 5), "armistice day": (11, 11), "veterans day": (11, 11),
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "boxing day": (12, 26), "new year's eve": (12, 31),
}  # fmt: skip
"""Holidays that have the same month and day each year."""

FLOATING_HOLIDAYS: dict[str, tuple[int, int, int]] = {
    "martin luther king day": (1, 0, 3), "presidents' day": (2, 0, 3), "memorial day": (5, 0, -1),
    "labor day": (9, 0, 1), "columbus day": (10, 0, 2), "election day": (11, 1, 1),
    "thanksgiving day": (11, 3, 4), "thanksgiving": (11, 3, 4),
}  # fmt: skip
"""Holidays of the United States on a weekday of a month: month, weekday (Monday is 0), ordinal.

Election day is the Tuesday after the first Monday: `holiday` moves it if that is 1 November.
"""

EASTER_HOLIDAYS: dict[str, int] = {
    "shrove tuesday": -47, "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3,
    "good friday": -2, "easter sunday": 0, "easter monday": 1, "easter": 0,
}  # fmt: skip
"""Holidays by their distance in days from the Easter of the western churches."""

NAME_PARTICLES = frozenset(
    "al ben bin da de del della den der di do dos du el ibn la le van von".split()
)
"""Words that, in small letters, belong to the last name that follows: van Gogh, bin Salman."""

CAPITAL_PARTICLES = NAME_PARTICLES - {"al", "ben"}
"""The particles that a last name can also begin with in capitals, as Le Pen; Al and Ben are first
names then."""
