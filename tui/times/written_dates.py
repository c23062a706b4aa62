"""Converts dates as they are written in articles and their metadata to EDTF.

Rules read the common forms. Anything else in a metadata field is passed to dateparser, which is
imported only then, because its import takes as long as that of the rest of the program.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from tui.nlp.lexicon import MONTH_NUMBERS, MONTH_PATTERN
from tui.times.edtf import week_to_edtf

ISO = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?Z| ?[+-]\d{2}:?\d{2})?)?"
WRITTEN = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH_PATTERN},? \d{{4}}"
    rf"|{MONTH_PATTERN} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
)
FULL_DATE = re.compile(rf"{ISO}|{WRITTEN}", re.IGNORECASE | re.ASCII)
_PARTS = re.compile(rf"(\d{{1,4}})|({MONTH_PATTERN})", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_MONTH_YEAR = re.compile(rf"({MONTH_PATTERN}),? (\d{{4}})", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_RFC = re.compile(
    rf"(?:mon|tue|wed|thu|fri|sat|sun)\w*,? (\d{{1,2}}) ({MONTH_PATTERN}) (\d{{4}})", re.I
)


class NoSuchDate(ValueError):  # noqa: N818
    """The text has the form of a date that does not exist, such as 2024-02-31."""


def _day(year: int, month: int, day: int, written: str) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise NoSuchDate(f"no such date: {written}") from None


@lru_cache(maxsize=4096)
def full_date(written: str) -> str:
    """The EDTF date of a string that `FULL_DATE` matches.

    Raises:
        NoSuchDate: if the day does not exist.
    """
    if written[4:5] == "-":
        return _day(int(written[:4]), int(written[5:7]), int(written[8:10]), written)
    day = month = year = 0
    for number, name in _PARTS.findall(written):
        if name:
            month = MONTH_NUMBERS[name.lower().rstrip(".")]
        elif len(number) == 4:
            year = int(number)
        else:
            day = int(number)
    return _day(year, month, day, written)


@lru_cache(maxsize=4096)
def stated(written: str) -> str | None:
    """The EDTF date in a metadata field, None if it holds no date.

    Raises:
        NoSuchDate: if the field has the form of a date that does not exist.
    """
    written = written.strip()
    if not written.isascii():
        return _parsed(written)
    if re.fullmatch(r"\d{4}", written):
        return written if int(written) else None
    if match := _MONTH_YEAR.fullmatch(written):
        return f"{match[2]}-{MONTH_NUMBERS[match[1].lower().rstrip('.')]:02}"
    if match := _WEEK.fullmatch(written):
        try:
            return week_to_edtf(int(match[1]), int(match[2]))
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
        return _day(
            int(match[3]), MONTH_NUMBERS[match[2].lower().rstrip(".")], int(match[1]), written
        )
    if match := re.match(ISO, written):
        return full_date(match.group())
    return _parsed(written)


def _parsed(written: str) -> str | None:
    if not any(char.isdigit() for char in written) or len(written) > 80:
        return None
    import dateparser

    # dateparser fills in missing parts from the base date: the result was fully written only if two
    # base dates give the same one.
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


def latest_full_date(text: str) -> str | None:
    """The latest full date that is written in a text (EDTF), None if there is none."""
    dates: list[str] = []
    for match in FULL_DATE.finditer(text):
        try:
            dates.append(full_date(match.group()))
        except NoSuchDate:
            continue
    return max(dates, default=None)
