"""EDTF dates as they are shown to the reader: `25 Mar 2024`, `~25 Mar 2024`, `until 1999`."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from tui.nlp.lexicon import MONTHS, SEASONS, WEEKDAYS
from tui.times.edtf import DATE, interval, is_qualified, is_uncertain, valid

_MONTHS = tuple(month[:3].capitalize() for month in MONTHS)
_WEEKDAYS = tuple(day[:3].capitalize() for day in WEEKDAYS)
_SEASONS = {number + shift: name for name, (_, number, _) in SEASONS.items() for shift in (0, 4, 8)}
_DIVISIONS = {
    **{33 + number: f"Q{number + 1}" for number in range(4)},
    **{37 + number: f"{ordinal} third" for number, ordinal in enumerate(("1st", "2nd", "3rd"))},
    **{40 + number: f"H{number + 1}" for number in range(2)},
}

_style = "day-month"


def use_style(style: str) -> None:
    """Set the style of the dates that `label` and `short` return, for the whole process.

    It is called once, when the process starts.

    Args:
        style: `day-month` (25 Mar 2024), `month-day` (Mar 25, 2024) or `iso` (2024-03-25).
    """
    global _style
    _style = style
    label.cache_clear()
    short.cache_clear()


@lru_cache(maxsize=4096)
def label(edtf: str | None, weekday: bool = False) -> str:
    """The text shown for a date: `25 Mar 2024`, `~25 Mar 2024`, `Mar 2024`, `until 1999`.

    An approximate date begins with `~`, an uncertain one with `?`. It is "undated" if there is no
    date, and the string itself if that is not EDTF. With `weekday`, the name of the weekday
    precedes a full date that has no qualifier.
    """
    if not edtf:
        return "undated"
    if edtf[0] in "[{" and valid(edtf):
        return _of_set(edtf)
    if "/" in edtf:
        begin, _, end = edtf.partition("/")
        if begin in ("..", ""):
            return f"until {label(end)}"
        if end in ("..", ""):
            return f"from {label(begin)}"
        if is_qualified(begin) and is_qualified(end):
            return _mark(edtf) + _between(label(begin.rstrip("~?%")), label(end.rstrip("~?%")))
        return _between(label(begin), label(end))
    match = DATE.fullmatch(edtf)
    if match is None:
        return edtf
    mark = _mark(edtf)
    clock = f", {match['clock']}" if match["clock"] else ""
    if weekday and not mark and match["day"] and _covers_one_day(edtf):
        name = _WEEKDAYS[date.fromordinal(interval(edtf).first).weekday()]
        return f"{name} {_date(match)}{clock}"
    return mark + _date(match) + clock


def _mark(edtf: str) -> str:
    """The sign before a date that is uncertain (`?`) or approximate (`~`)."""
    return "?" if is_uncertain(edtf) else "~" if is_qualified(edtf) else ""


def _covers_one_day(edtf: str) -> bool:
    return valid(edtf) and interval(edtf).days == 1


def _of_set(edtf: str) -> str:
    between = " or " if edtf[0] == "[" else ", "
    parts = []
    for part in edtf[1:-1].split(","):
        begin, dots, end = part.strip().partition("..")
        parts.append(label(f"{begin or '..'}/{end or '..'}") if dots else label(begin))
    return between.join(parts)


def _date(match: re.Match[str]) -> str:
    """A date without its qualifiers and its time of day."""
    year, month, day = _year(match["year"]), match["month"], match["day"]
    if month is None or month == "XX":
        return year
    if not month.isdigit():
        return year
    number = int(month)
    if number in _SEASONS or number in _DIVISIONS:
        return f"{_SEASONS.get(number) or _DIVISIONS[number]} {year}"
    if not 1 <= number <= 12:
        return match.group()
    if day is None or not day.isdigit():
        return f"{year}-{number:02}" if _style == "iso" else f"{_MONTHS[number - 1]} {year}"
    if _style == "iso":
        return f"{year}-{number:02}-{day}"
    if _style == "month-day":
        return f"{_MONTHS[number - 1]} {int(day)}, {year}"
    return f"{int(day)} {_MONTHS[number - 1]} {year}"


def _year(digits: str) -> str:
    digits = digits.removeprefix("Y")
    if digits[0] == "-" or digits == "0000":
        # The year before the year 1 is 0, that is 1 BCE.
        return f"{int(digits.lstrip('-').replace('X', '0')) + 1} BCE"
    if digits.endswith("XX") and digits[:2].isdigit():
        century = int(digits[:2]) + 1
        ending = {1: "st", 2: "nd", 3: "rd"}.get(century % 10, "th")
        return f"{century}{'th' if century // 10 == 1 else ending} century"
    return digits.replace("X", "0") + "s" if "X" in digits else digits


def _between(begin: str, end: str) -> str:
    """Two labels joined by a dash, their common end written once: `18–24 Mar 2024`."""
    if begin == end:
        return begin
    if _style != "day-month":
        return f"{begin} – {end}"
    left, right = begin.split(" "), end.split(" ")
    shared: list[str] = []
    while len(left) > 1 and len(right) > 1 and left[-1] == right[-1]:
        left.pop()
        shared.insert(0, right.pop())
    return " ".join(left) + "–" + " ".join(right + shared)


@lru_cache(maxsize=4096)
def short(edtf: str | None) -> str:
    """A short label for a narrow column: without the time of day, the first date of an interval.

    The first date of an interval or set is marked as approximate (`~`). "undated" if there is no
    date.
    """
    if not edtf:
        return "undated"
    head = re.split(r"/|,|(?<=\d)\.\.", edtf.strip("[]{}"))[0]
    if head.startswith("..") or not head:
        head = edtf.strip("[]{}").lstrip("./").split(",")[0]
    match = DATE.fullmatch(head)
    if match is None:
        return head[:11]
    said = _date(match)
    return (_mark(head) or "~" if head != edtf else _mark(head)) + said
