"""The kinds of words in a sentence that time expressions need: a cheap test before the rules."""

from __future__ import annotations

import re

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


def _table() -> dict[str, Signal]:
    table: dict[str, Signal] = {}
    for name in (*HOLIDAYS, *FLOATING_HOLIDAYS, *EASTER_HOLIDAYS):
        # The last word that is not itself common enough to stand for anything.
        longest = max(re.findall(r"[a-z]+", name), key=len)
        table[longest] = "holiday"
    for word in (
        "now currently nowadays presently present moment current recently lately previously"
        " formerly past ago recent soon future hourly daily nightly weekly biweekly fortnightly"
        " monthly quarterly yearly annually time these"
    ).split():
        table[word] = "reference"
    for word in (
        "half thousand nineteen eighteen twenty seventeen twenties thirties forties fifties sixties"
        " seventies eighties nineties"
    ).split():
        table[word] = "number"
    for season in (*SEASONS, "fall"):
        table[season] = "season"
    for unit in UNITS:
        table[unit] = table[unit + "s"] = "unit"
    # A night is a unit, too: `signals_in` adds that.
    for word in (*DAY_PARTS, *(part + "s" for part in DAY_PARTS), "yesterday", "today", "tomorrow"):
        table[word] = "day"
    for word in ("tonight", "overnight", "noon", "midnight", "midday"):
        table[word] = "day"
    for word in ("centuries", "millennia", "period"):
        table[word] = "unit"
    for name in MONTH_NUMBERS:
        table[name] = "month"
    for day in WEEKDAYS:
        table[day] = table[day + "s"] = table[day[:3]] = "weekday"
    for word in ("tues", "thur", "thurs"):
        table[word] = "weekday"
    return table


_SIGNALS = _table()
_WORDS = frozenset(_SIGNALS)


def signals_in(text: str, start: int, end: int) -> frozenset[Signal]:
    """The kinds of signal words in a span of a text."""
    part = text[start:end].lower()
    found: set[Signal] = {_SIGNALS[word] for word in _WORDS.intersection(_WORD.findall(part))}
    if _DIGIT.search(part):
        found.add("digit")
        if _YEAR.search(part):
            found.add("year")
    if "night" in part:
        found.add("unit")
    return frozenset(found)
