"""Regular expressions for the words that time expressions are made of.

They are made from the tables of `tui.nlp.lexicon`. The rules match them without regard to case, and
each begins and ends at the border of a word unless its name says otherwise.
"""

from __future__ import annotations

import re

from tui.nlp.lexicon import (
    AMOUNT_MODIFIERS,
    DAY_PARTS,
    EASTER_HOLIDAYS,
    FLOATING_HOLIDAYS,
    HOLIDAYS,
    MONTH_NUMBERS,
    MONTH_PATTERN,
    NUMBERS,
    ORDINALS,
    POINT_MODIFIERS,
    SEASONS,
    WEEKDAYS,
)
from tui.times.number_words import AMOUNT as _AMOUNT


def any_of(words: tuple[str, ...] | list[str]) -> str:
    """A group that matches the longest of some phrases."""
    ordered = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(re.escape(word).replace(chr(92) + ' ', ' ') for word in ordered)})"


def _apostrophes(pattern: str) -> str:
    return pattern.replace("'", "['’]")


MONTH = rf"(?:{MONTH_PATTERN}(?![a-z]))"
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})\b"
SHORT_WEEKDAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:\.|\b)"
ANY_WEEKDAY = rf"(?:{WEEKDAY}|{SHORT_WEEKDAY})"
_ORDINAL_WORD = any_of(list(ORDINALS))
DAY = rf"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![.,:]?\d)|{_ORDINAL_WORD}\b)"
YEAR = r"(?:1\d\d\d|20\d\d)(?!\d|[.,]\d)"
CLEAR_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?!\d|[.,]\d)"
_SPOKEN_TENS = "|".join(word for word, value in NUMBERS.items() if value in range(20, 100, 10))
_SPOKEN_ONES = "|".join(
    word for word, value in NUMBERS.items() if 0 < value < 10 and len(word) > 2 and word != "couple"
)
_SPOKEN_TEENS = "|".join(
    word for word, value in NUMBERS.items() if 10 <= value < 20 and word != "dozen"
)
SPOKEN_YEAR = (
    rf"(?:(?:nineteen|eighteen|twenty)[ -](?:(?:{_SPOKEN_TENS})(?:[- ](?:{_SPOKEN_ONES}))?|{_SPOKEN_TEENS})"
    rf"|nineteen oh[- ](?:{_SPOKEN_ONES})|two thousand(?: (?:and )?(?:{_SPOKEN_ONES}|{_SPOKEN_TEENS}))?)(?!-)"
)
ANY_YEAR = rf"(?:{YEAR}|[’']\d\d(?![\ds])|{SPOKEN_YEAR})"
"""A year behind a month or season: in four digits, in two behind an apostrophe, or in words."""

SEASON = rf"(?:{'|'.join(SEASONS)}|fall)\b"
PART = rf"(?:{'|'.join(DAY_PARTS)})\b"
AMOUNT = _AMOUNT
UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies)|millenni(?:um|a))\b"
PLURAL = r"(?:seconds|minutes|hours|days|nights|weeks|weekends|fortnights|months|quarters|years|decades|centuries|millennia)\b"
ABOUT = any_of(list(AMOUNT_MODIFIERS))
POINT = rf"(?:{any_of(list(POINT_MODIFIERS))}[ -])"
QUARTER_ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
ZONE = r"(?:GMT|UTC|[ECMP][SD]?T|CES?T|BST|MSK|JST|IST|AES?T|local time)\b(?: ?[+-]\d{1,2}(?::?\d\d)?)?"
_HOURS = "|".join(
    word
    for word, value in NUMBERS.items()
    if 1 <= value <= 12 and len(word) > 2 and word not in ("dozen", "couple")
)
CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.m\.|[ap]m\b)|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?"
    r"|noon\b|midnight\b|midday\b|(?:[01]\d|2[0-3])[0-5]\d(?= (?:GMT|UTC|local time|hours|hrs)\b)"
    r"|\d{1,2}(?::\d\d)? in the (?:morning|afternoon|evening)\b|\d{1,2}h[0-5]\d\b"
    rf"|(?:\d{{1,2}}|{_HOURS}) o['’]clock|(?:half|quarter) past (?:\d{{1,2}}|{_HOURS}))(?:,? {ZONE})?"
)
HOLIDAY = _apostrophes(rf"(?:{any_of([*HOLIDAYS, *FLOATING_HOLIDAYS, *EASTER_HOLIDAYS])}(?![\w-]))")

SEASON_NAMES = {**{str(name): data for name, data in SEASONS.items()}, "fall": SEASONS["autumn"]}
"""The seasons, and the American name of autumn, which is a verb elsewhere."""


def month_number(word: str) -> int:
    """The number of a month by its name or abbreviation."""
    return MONTH_NUMBERS[word.lower().rstrip(".")]


def year_number(word: str) -> int:
    """The year that `ANY_YEAR` matches.

    Of years of two digits, 40 to 99 are of the 20th century: people write of "May '68".
    """
    word = word.lower()
    if word[0].isdigit() and len(word) == 4:
        return int(word)
    if word[-1].isdigit():
        year = int(word.lstrip("’'"))
        return year + (1900 if year >= 40 else 2000)
    first, *rest = re.split(r"[ -]", word)
    if first == "two":
        return 2000 + sum(NUMBERS.get(part, 0) for part in rest[1:])
    return {"nineteen": 1900, "eighteen": 1800, "twenty": 2000}[first] + sum(
        NUMBERS.get(part, 0) for part in rest
    )


def day_number(word: str) -> int:
    """The day of a month that `DAY` matches."""
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else ORDINALS[word.lower()]


def weekday_number(word: str) -> int:
    """The number of a weekday by its name or abbreviation; Monday is 0."""
    short = word.lower()[:3]
    return next(n for n, name in enumerate(WEEKDAYS) if name.startswith(short))


def unit_name(word: str) -> str:
    """The singular of a unit that `UNIT` matches."""
    word = word.lower()
    irregular = {"centuries": "century", "millennia": "millennium"}
    return irregular.get(word) or word.removesuffix("s")
