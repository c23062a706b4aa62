"""A timeline by years, months and dates, as the formats that people read show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tui.events.formats.timeline_record import TimelineRecord
from tui.nlp.lexicon import MONTHS
from tui.times.date_labels import label
from tui.times.edtf import FIRST_DAY, LAST_DAY, interval, plain, valid

# A span of more days than a month has is listed before the months of its year.
_LONGEST = 31
# Years that a calendar of four digits does not have are listed together, before and after the others.
_ERAS = {0: "BCE", 10_000: "After 9999"}


@dataclass(frozen=True, slots=True)
class DateGroup:
    """The records of one date; `label` is how it is shown, "undated" if there is none."""

    label: str
    records: list[TimelineRecord] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MonthSection:
    """The dates of a month; `name` is "" for the spans of a year that are longer than a month."""

    name: str
    dates: list[DateGroup]


@dataclass(frozen=True, slots=True)
class YearSection:
    """The months of a year; `name` is "" for what is undated, which comes last."""

    name: str
    months: list[MonthSection]


def sections(records: Iterable[TimelineRecord]) -> list[YearSection]:
    """Records by year and month, and in order of time within a month."""
    years: dict[int, dict[int, list[TimelineRecord]]] = {}
    undated: list[TimelineRecord] = []
    for record in records:
        place = _year_and_month(record["when"])
        if place is None:
            undated.append(record)
        else:
            years.setdefault(place[0], {}).setdefault(place[1], []).append(record)
    found = [
        YearSection(
            _ERAS.get(year, str(year)),
            [
                MonthSection(MONTHS[month - 1].capitalize() if month else "", by_date(kept))
                for month, kept in sorted(months.items())
            ],
        )
        for year, months in sorted(years.items())
    ]
    return [*found, YearSection("", [MonthSection("", by_date(undated))])] if undated else found


def by_date(records: Iterable[TimelineRecord]) -> list[DateGroup]:
    """Records by date and in order of time, undated ones last.

    The exact date comes before the approximate and the uncertain one of the same day, a longer span
    before those that begin on the same day. The order of records of one date is kept.
    """
    groups: dict[str, DateGroup] = {}
    for record in sorted(records, key=_order):
        text = date_label(record["when"])
        groups.setdefault(text, DateGroup(text)).records.append(record)
    return list(groups.values())


def date_label(when: str | None) -> str:
    """The label of a date without its time of day."""
    return label(when if when is None or "/" in when else when.split("T")[0] + _sign(when))


def clock(when: str | None) -> str:
    """The time of day of a date, "" if it has none."""
    return when.split("T")[1][:5] if when and "T" in when and "/" not in when else ""


def bounds(when: str | None) -> tuple[date | None, date | None]:
    """The first and the last day of an EDTF date.

    An end that is open, or before the year 1 or after the year 9999, is None. Both are None if there
    is no date.
    """
    if not when or not valid(when):
        return None, None
    days = interval(when)
    return (
        date.fromordinal(days.first) if FIRST_DAY < days.first < LAST_DAY else None,
        date.fromordinal(days.last) if FIRST_DAY < days.last < LAST_DAY else None,
    )


def _year_and_month(when: str | None) -> tuple[int, int] | None:
    """The section of a date: a year of `_ERAS` or of the calendar, and a month or 0."""
    if not when or not valid(when):
        return None
    first, last = bounds(when)
    day = first or last
    if day is None:
        return (0 if interval(when).first <= FIRST_DAY else 10_000), 0
    short = first is None or last is None or (last - first).days < _LONGEST
    return day.year, day.month if short else 0


def _order(record: TimelineRecord) -> tuple[bool, int, int, str, int]:
    when = record["when"]
    if not when or not valid(when):
        return (True, 0, 0, "", 0)
    days = interval(when)
    qualified = "~?%".find(when[-1]) + 1
    return (False, days.first, -days.last, plain(when).split("T")[0], qualified)


def _sign(when: str) -> str:
    """The qualifier behind the time of day, which is of the day too."""
    return when[-1] if "T" in when and when[-1] in "~?%" else ""
