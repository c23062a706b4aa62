"""The dates and weekdays that a text mentions, as clues to when it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tui.nlp.document import Document, TimeExpression
from tui.nlp.sentences import split_sentences
from tui.times.calendar_days import day_or_none
from tui.times.direction import Clauses
from tui.times.expressions import find_times
from tui.times.number_words import CARDINAL, number

# Only the beginning (in code points) is read: what comes later says little about the date.
_READ = 20_000
_YEAR = re.compile(r"\d{4}")
_MONTH_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)")
_BESIDE = re.compile(r"\b(today|tomorrow|yesterday)(?:,? \(?|, on )$", re.IGNORECASE)
# Days of birth, of founding and of an anniversary say little about when a text was written.
_LOOKS_BACK = re.compile(
    r"\b(?:born|founded|established|since|dating from|dates (?:from|back to)|anniversary of[^.]{0,60})"
    r"(?: on| in)? $",
    re.IGNORECASE,
)
_AGO = re.compile(
    rf"\b(?P<amount>{CARDINAL}|\d{{1,3}}) years ago,?(?: today,?)?(?: on)? $", re.IGNORECASE
)
_DASH = re.compile(r"\)? ?(?:\([A-Z][\w ./-]{1,30}\) ?)?(?:—|–|--|-) ")
_LEAD, _DATELINE = 90, 250
_SHIFTS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WEEKDAY = re.compile(r"XXXX-WXX-(\d)")


@dataclass(frozen=True, slots=True)
class FullDate:
    """A day that is written with its year; `start` is an offset in the title and text.

    An `exact` one is said to be that of the article: "today, 10 May 2024".
    """

    day: date
    start: int
    words: str
    ahead: bool
    exact: bool = False


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day that is written without its year; an `exact` one is that of a dateline."""

    month: int
    day: int
    words: str
    ahead: bool
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday (Monday is 0) that is written without a date."""

    number: int
    words: str
    ahead: bool


@dataclass(frozen=True, slots=True)
class Clues:
    """The clues of a text; those that look ahead are later than the text, the others are not."""

    full: tuple[FullDate, ...] = ()
    month_days: tuple[MonthDay, ...] = ()
    weekdays: tuple[Weekday, ...] = ()


def clues_in(title: str, text: str) -> Clues:
    """The clues in a title and a text."""
    document = find_times(split_sentences(Document(f"{title}\n\n{text[:_READ]}")))
    full: list[FullDate] = []
    month_days: list[MonthDay] = []
    weekdays: list[Weekday] = []
    times = iter(document.times)
    time = next(times, None)
    for start, end in document.sentences:
        clauses = Clauses(document.text, start, end)
        while time is not None and time.start < end:
            ahead = clauses.direction(time.start, time.end) == "future"
            day = _day(time)
            shift = _BESIDE.search(document.text, max(0, time.start - 14), time.start)
            if day is not None and shift is not None:
                # "Tomorrow, 11 May 2024" is written on the day before.
                day -= timedelta(days=_SHIFTS[shift[1].lower()])
                full.append(
                    FullDate(day, time.start, f"{shift[1]}, {time.text}", False, exact=True)
                )
            elif day is not None:
                before = document.text[max(0, time.start - _LEAD) : time.start]
                if not _LOOKS_BACK.search(before):
                    ahead = ahead or day > date.today()
                    full.append(_since(before, FullDate(day, time.start, time.text, ahead)))
            elif match := _MONTH_DAY.match(time.value):
                exact = time.start < _DATELINE and bool(_DASH.match(document.text, time.end))
                month_days.append(
                    MonthDay(int(match[1]), int(match[2]), time.text, ahead and not exact, exact)
                )
            elif (match := _WEEKDAY.match(time.value)) and time.type != "SET":
                weekdays.append(Weekday(int(match[1]) - 1, time.text, ahead))
            time = next(times, None)
    return Clues(tuple(full), tuple(month_days), tuple(weekdays))


def _since(before: str, clue: FullDate) -> FullDate:
    """The clue, or the same day so many years later: "Ten years ago, on 5 May 2011"."""
    ago = _AGO.search(before)
    years = number(ago["amount"].lower()) if ago else None
    if years is None:
        return clue
    later = day_or_none(clue.day.year + int(years), clue.day.month, clue.day.day)
    return replace(clue, day=later) if later else clue


def _day(time: TimeExpression) -> date | None:
    """The day of an expression that is written with its year, None if it is none."""
    if time.type not in ("DATE", "TIME") or not time.edtf or not _YEAR.search(time.text):
        return None
    try:
        return date.fromisoformat(time.edtf.split("T")[0])
    except ValueError:
        return None
