"""Sets of times: every day, each Monday, weekly, twice a year."""

from __future__ import annotations

import re

from tui.nlp.lexicon import DAY_PARTS
from tui.times.number_words import CARDINAL, number
from tui.times.reading import Context, Reading
from tui.times.rule import rule
from tui.times.rules.amounts import period
from tui.times.rules.parts import group
from tui.times.vocabulary import (
    MONTH,
    PART,
    SEASON,
    SEASON_NAMES,
    UNIT,
    WEEKDAY,
    month_number,
    unit_name,
    weekday_number,
)

_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W",
    "fortnightly": "P2W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y",
}  # fmt: skip


def _every(m: re.Match[str], _: Context) -> Reading | None:
    if m["weekday"]:
        part = f"T{DAY_PARTS[m['part'].lower()]}" if m["part"] else ""
        return Reading("SET", f"XXXX-WXX-{weekday_number(m['weekday']) + 1}{part}")
    if m["month"]:
        return Reading("SET", f"XXXX-{month_number(m['month']):02}")
    if m["season"]:
        return Reading("SET", f"XXXX-{SEASON_NAMES[m['season'].lower()][0]}")
    if m["part2"]:
        return Reading("SET", f"XXXX-XX-XXT{DAY_PARTS[m['part2'].lower()]}")
    count = number((m["amount"] or "one").lower().replace("other", "two"))
    return Reading("SET", period(count, unit_name(m["unit"])))


def _plural(m: re.Match[str], _: Context) -> Reading:
    part = group(m, "part", "part2").lower().removesuffix("s")
    code = f"T{DAY_PARTS[part]}" if part else ""
    weekday = weekday_number(group(m, "weekday", "weekday2"))
    return Reading("SET", f"XXXX-WXX-{weekday + 1}{code}")


def _adverb(m: re.Match[str], _: Context) -> Reading | None:
    # "The Daily Star" is a name.
    if m.group()[0].isupper() and m.start() > 0:
        return None
    return Reading("SET", _ADVERBS[m.group().lower()])


def _times(m: re.Match[str], _: Context) -> Reading | None:
    return Reading("SET", period(number("one"), unit_name(m["unit"])))


RULES = (
    rule(
        "every",
        ("unit", "weekday", "month", "season", "day"),
        rf"(?:every|each) (?:(?:(?:other|second) )?(?P<weekday>{WEEKDAY})(?: (?P<part>{PART}))?"
        rf"|(?:(?P<amount>other|single|{CARDINAL}|few|\d{{1,3}}) )?(?P<unit>{UNIT})|(?P<month>{MONTH})|(?P<season>{SEASON})"
        rf"|(?P<part2>{PART}))",
        _every,
        ("They meet every three months, each Monday and every other week.", "P3M XXXX-WXX-1 P2W"),
        ("Every 5 May they march, every second Friday they meet.", "2024-05-05 XXXX-WXX-5"),
        ("They pray every morning and march each July.", "XXXX-XX-XXTMO XXXX-07"),
    ),
    rule(
        "weekdays in the plural",
        ("weekday",),
        r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s(?: (?P<part>mornings?|afternoons?|evenings?|nights?))?"
        r"|(?P<weekday2>(?:mon|tues|wednes|thurs|fri|satur|sun)day) (?P<part2>mornings|afternoons|evenings|nights)",
        _plural,
        ("It opens on Mondays and Tuesday nights.", "XXXX-WXX-1 XXXX-WXX-2TNI"),
    ),
    rule(
        "adverb of repetition",
        ("reference",),
        "|".join(_ADVERBS),
        _adverb,
        ("It is read daily and printed monthly.", "P1D P1M"),
        ("The Daily Star appeared.", ""),
    ),
    rule(
        "so many times",
        ("unit",),
        rf"(?:once|twice|(?:{CARDINAL}|\d{{1,3}}|several) times) (?:a|an|each|every|per) (?P<unit>{UNIT})",
        _times,
        ("They met twice a year.", "P1Y"),
    ),
)
