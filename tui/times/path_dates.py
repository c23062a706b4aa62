"""Dates in the names of files and folders, and in the paths of web addresses."""

from __future__ import annotations

import re

from tui.times.calendar_days import day_or_none
from tui.times.vocabulary import MONTH, month_number

_YEAR, _MONTH_, _DAY = (
    r"(?P<y>(?:19|20)\d\d)",
    r"(?P<m>0[1-9]|1[0-2])",
    r"(?P<d>0[1-9]|[12]\d|3[01])",
)
_FULL = (
    re.compile(rf"(?<![a-zA-Z\d.]){_YEAR}(?P<sep>[-_. –]?){_MONTH_}(?P=sep){_DAY}(?![a-zA-Z\d])"),
    re.compile(
        rf"(?<![a-zA-Z\d.]){_YEAR}(?P<sep>[-_.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?!\d)"
    ),
    re.compile(
        rf"(?<!\d){_YEAR}[-_. ]?(?P<name>{MONTH})[-_. ]?(?P<d>\d{{1,2}})(?!\d)", re.IGNORECASE
    ),
    re.compile(rf"(?<!\d){_YEAR}{_MONTH_}{_DAY}(?=T?\d{{4}}(?:\d\d)?Z?(?!\d))"),
    re.compile(rf"(?<![\d.]){_DAY}(?P<sep>[-_. ]){_MONTH_}(?P=sep){_YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){_MONTH_}(?P<sep>[-_]){_DAY}(?P=sep){_YEAR}(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-_. ]?(?P<name>{MONTH})[-_., ]{{0,2}}{_YEAR}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![a-z])(?P<name>{MONTH})[-_. ]?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-_., ]{{1,2}}{_YEAR}(?!\d)",
        re.IGNORECASE,
    ),
)
_COMPACT_FOLDER = re.compile(rf"(?:^|[/\\]){_YEAR}{_MONTH_}{_DAY}(?=[/\\])")
_FOLDERS = re.compile(rf"(?:^|[/\\]){_YEAR}[/\\-]{_MONTH_}(?:[/\\-]{_DAY})?(?=[/\\])")
_SHORT_MONTHS = re.compile(
    rf"(?:^|/){_YEAR}/(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/(?P<d>\d\d?)(?=/)"
)


def path_date(path: str) -> tuple[str, str] | None:
    """The date (EDTF) in the path of a file or web address, and the part of it that says so.

    The name counts before the folders; a full date before a year and month, as in `2024/05/`.
    Folders that are only years, and numbers that are no dates, say nothing. The order of day and
    month of a name such as `05-06-2024` is uncertain.

    Returns:
        None if there is no date.
    """
    if "://" in path:
        path = re.split(r"[?#]", path)[0].rstrip("/")
    name = re.split(r"[/\\]", path)[-1]
    for pattern in _FULL:
        for match in pattern.finditer(name):
            if found := _date(match):
                return found, name
    for folders in (_SHORT_MONTHS, _COMPACT_FOLDER, _FOLDERS):
        vague: str | None = None
        for match in folders.finditer(f"{path}/" if "://" in path else path):
            words = match.group().strip("/\\")
            if match["d"] is None:
                vague = words
            elif found := _date(match):
                return found, words
        if vague:
            return vague.replace("/", "-").replace("\\", "-"), vague
    return None


def _date(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    year, day = int(groups["y"]), int(groups["d"])
    month = month_number(groups["name"]) if groups.get("name") else int(groups["m"])
    found = day_or_none(year, month, day)
    if found is None:
        return None
    first, second = match.start("d"), match.start("y")
    unsure = first < second and not groups.get("name") and groups.get("sep") != "." and day <= 12
    return f"{found}?" if unsure and day != month else found.isoformat()
