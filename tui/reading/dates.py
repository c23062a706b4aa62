"""Dates as articles state them, to EDTF.

The common written forms are read by rules; whatever else a metadata field holds goes to
dateparser, which is imported only then (it costs as much as the rest of the program).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from tui.edtf import of_week

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
ISO = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?Z| ?[+-]\d{2}:?\d{2})?)?"
WRITTEN = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH},? \d{{4}}"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
)
FULL_DATE = re.compile(rf"{ISO}|{WRITTEN}", re.IGNORECASE | re.ASCII)
_PARTS = re.compile(rf"(\d{{1,4}})|({MONTH})", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_MONTH_YEAR = re.compile(rf"({MONTH}),? (\d{{4}})", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_RFC = re.compile(rf"(?:mon|tue|wed|thu|fri|sat|sun)\w*,? (\d{{1,2}}) ({MONTH}) (\d{{4}})", re.I)


class NoSuchDate(ValueError):  # noqa: N818
    """It looks like a date but no calendar has it, as 2024-02-31."""


def _day(year: int, month: int, day: int, written: str) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise NoSuchDate(f"no such date: {written}") from None


@lru_cache(maxsize=4096)
def full_date(written: str) -> str:
    """The EDTF day of a string that `FULL_DATE` matches.

    Raises:
        NoSuchDate: if the calendar has no such day.
    """
    if written[4:5] == "-":
        return _day(int(written[:4]), int(written[5:7]), int(written[8:10]), written)
    day = month = year = 0
    for number, name in _PARTS.findall(written):
        if name:
            month = MONTHS[name.lower().rstrip(".")]
        elif len(number) == 4:
            year = int(number)
        else:
            day = int(number)
    return _day(year, month, day, written)


@lru_cache(maxsize=4096)
def stated(written: str) -> str | None:
    """The EDTF date of a metadata field, or None where it holds none.

    Raises:
        NoSuchDate: if it is written as a date that does not exist.
    """
    written = written.strip()
    if not written.isascii():
        return _parsed(written)
    if re.fullmatch(r"\d{4}", written):
        return written if int(written) else None
    if match := _MONTH_YEAR.fullmatch(written):
        return f"{match[2]}-{MONTHS[match[1].lower().rstrip('.')]:02}"
    if match := _WEEK.fullmatch(written):
        try:
            return of_week(int(match[1]), int(match[2]))
        except ValueError:
            raise NoSuchDate(f"no such week: {written}") from None
    if match := FULL_DATE.fullmatch(written):
        return full_date(match.group())
    if match := _YEAR_MONTH.fullmatch(written):
        if 1 <= int(match[2]) <= 12:
            return f"{match[1]}-{int(match[2]):02}"
        raise NoSuchDate(f"no such month: {written}")
    if match := _SLASHED.match(written) or _COMPACT.fullmatch(written):
        return _day(int(match[1]), int(match[2]), int(match[3]), written)
    if match := _RFC.match(written):
        return _day(int(match[3]), MONTHS[match[2].lower().rstrip(".")], int(match[1]), written)
    if match := re.match(ISO, written):
        return full_date(match.group())
    return _parsed(written)


def _parsed(written: str) -> str | None:
    if not any(char.isdigit() for char in written) or len(written) > 80:
        return None
    import dateparser

    # What it does not find it takes from the day it counts from: only what two such days agree on
    # was written.
    found = {
        dateparser.parse(
            written,
            settings={
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PARSERS": ["absolute-time", "timestamp"],
                "RELATIVE_BASE": base,
            },
        )
        for base in (datetime(2001, 2, 3), datetime(2010, 11, 12))
    }
    parsed = found.pop() if len(found) == 1 else None
    return parsed.date().isoformat() if parsed else None
