"""The kinds of words in a sentence that time expressions need: a cheap test before the rules."""

from __future__ import annotations

import re
from collections import defaultdict

from tui.nlp.lexicon import (
    DAY_PARTS,
    EASTER_HOLIDAYS,
    FLOATING_HOLIDAYS,
    HOLIDAYS,
    MONTH_NUMBERS,
    SEASONS,
    UNITS,
    WEEKDAYS,
)
from tui.times.rule import Signal

_WORD = re.compile(r"[a-z]+")
_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d")
_DIGIT = re.compile(r"\d")


_WORDS_OF: dict[Signal, tuple[str, ...]] = {
    "holiday": tuple(
        max(re.findall(r"[a-z]+", name), key=len)
        for name in (*HOLIDAYS, *FLOATING_HOLIDAYS, *EASTER_HOLIDAYS)
    ),
    "reference": tuple(
        "now currently nowadays presently present moment current recently lately past ago recent"
        " soon future hourly daily nightly weekly biweekly fortnightly monthly yearly annually time"
        " these".split()
    ),
    "number": tuple(
        "half thousand nineteen eighteen twenty twenties thirties forties fifties sixties"
        " seventies eighties nineties".split()
    ),
    "season": (*SEASONS, "fall"),
    "day": (
        *DAY_PARTS, *(f"{part}s" for part in DAY_PARTS), "yesterday", "today", "tomorrow",
        "tonight", "overnight", "noon", "midnight", "midday", "clock",
    ),
    "unit": (*UNITS, *(f"{unit}s" for unit in UNITS), "centuries", "millennia", "period"),
    "month": tuple(MONTH_NUMBERS),
    "weekday": (
        *WEEKDAYS, *(f"{day}s" for day in WEEKDAYS), *(day[:3] for day in WEEKDAYS),
        "tues", "thur", "thurs",
    ),
}  # fmt: skip
"""The words of each kind; of a holiday, its longest word."""


def _table() -> dict[str, set[Signal]]:
    table: dict[str, set[Signal]] = defaultdict(set)
    for signal, words in _WORDS_OF.items():
        for word in words:
            table[word].add(signal)
    return table


_SIGNALS = _table()
_WORDS = frozenset(_SIGNALS)


def signals_in(text: str, start: int, end: int) -> frozenset[Signal]:
    """The kinds of signal words in a span of a text."""
    part = text[start:end].lower()
    found: set[Signal] = set()
    for word in _WORDS.intersection(_WORD.findall(part)):
        found |= _SIGNALS[word]
    if _DIGIT.search(part):
        found.add("digit")
        if _YEAR.search(part):
            found.add("year")
    return frozenset(found)
