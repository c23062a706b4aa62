"""The values of time expressions, as TIMEX3 and as EDTF.

TIMEX3 (ISO 24617-1) has weeks (`2024-W12`), parts of the day (`2024-03-25TEV`) and references
(`PAST_REF`), which EDTF lacks: weeks become intervals, parts of the day become the day, and
references have no EDTF value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tui.nlp.document import TimexType
from tui.nlp.lexicon import DAY_PARTS, MONTH_NUMBERS, NUMBERS, SEASONS, UNITS, WEEKDAYS
from tui.times.edtf import day_to_edtf, interval, week_to_edtf
from tui.times.written_dates import FULL_DATE, NoSuchDate, full_date


@dataclass(frozen=True, slots=True)
class Context:
    """The context that the value of a time expression depends on.

    Attributes:
        anchor: the reference date (EDTF), None if it is unknown.
        previous: the latest full date (EDTF) before the expression in the text, None if there is
            none.
        future: whether the sentence is about the future.
    """

    anchor: str | None
    previous: str | None
    future: bool

    @property
    def day(self) -> date | None:
        """The first day of the reference date, None if that is unknown."""
        return date.fromordinal(interval(self.anchor).first) if self.anchor else None


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a time expression.

    Attributes:
        type: the TIMEX3 type.
        value: the TIMEX3 value.
        edtf: the same value as EDTF, None if it has none.
        relative: whether the value depends on the context.
    """

    type: TimexType
    value: str
    edtf: str | None = None
    relative: bool = False


# SEASONS lacks "fall", which is a season only in American English and a verb elsewhere.
_SEASONS = {
    name: (letters, number)
    for season, (letters, number, _) in SEASONS.items()
    for name in (season, *(("fall",) if season == "autumn" else ()))
}
_UNIT = re.compile(
    r"\b(second|minute|hour|day|night|weekend|week|fortnight|month|quarter|year|decade|centur)(?:s|y|ies)?\b"
)
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


def value(rule: str, words: str, context: Context) -> Reading | None:
    """The value of a span that a rule of the grammar found, None if it is not a time expression.

    Args:
        rule: the name of the rule.
        words: the text of the span.
        context: the context of the span.

    Raises:
        OverflowError, ValueError: if the date is outside the years 1 to 9999.
    """
    return _RULES[rule](words.lower().replace("’", "'"), context)


def _full(words: str, _: Context) -> Reading | None:
    match = FULL_DATE.search(words)
    if match is None:
        return None
    try:
        edtf = full_date(match.group())
    except NoSuchDate:
        return None
    return Reading("DATE", edtf, edtf)


def _slashed(words: str, _: Context) -> Reading | None:
    """A date in numbers; dateparser infers the order of day and month from them."""
    edtf = _dateparsed(words)
    return Reading("DATE", edtf, edtf) if edtf else None


@lru_cache(maxsize=2048)
def _dateparsed(words: str) -> str | None:
    import dateparser

    found = dateparser.parse(
        words,
        languages=["en"],
        settings={"REQUIRE_PARTS": ["day", "month"], "PARSERS": ["absolute-time"]},
    )
    return found.date().isoformat() if found else None


def _range(words: str, _: Context) -> Reading | None:
    first, last = re.split(r"[–-]", words)
    last = last if len(last) == 4 else first[:2] + last
    if int(last) <= int(first):
        return None
    return Reading("DURATION", f"P{int(last) - int(first)}Y", f"{first}/{last}")


def _quarter(words: str, context: Context) -> Reading | None:
    number = next(
        n
        for n, w in enumerate(("first", "second", "third", "fourth"), 1)
        if w in words or f"{n}" in words.split(" quarter")[0]
    )
    year = _year_in(words) or (context.day.year if context.day else None)
    if year is None:
        return Reading("DATE", f"XXXX-Q{number}", relative=True)
    last = number * 3
    return Reading(
        "DATE", f"{year}-Q{number}", f"{year}-{last - 2:02}/{year}-{last:02}", not _year_in(words)
    )


def _year_in(words: str) -> int | None:
    match = _YEAR.search(words)
    return int(match[1]) if match else None


def _month_in(words: str) -> int | None:
    for word in re.findall(r"[a-z]+", words):
        if word in MONTH_NUMBERS:
            return MONTH_NUMBERS[word]
    return None


def _month_year(words: str, _: Context) -> Reading | None:
    edtf = f"{_year_in(words)}-{_month_in(words):02}"
    return Reading("DATE", edtf, edtf)


def _nearest_year(month: int, day: int, context: Context) -> int | None:
    """The year of a day that is written without one, None if the reference date is unknown.

    It is the year of the reference date, with two exceptions: in a sentence about the future, a day
    more than about 120 days before the reference date is in the next year; in any other sentence, a
    day more than about 60 days after it is in the previous year.
    """
    anchor = context.day
    if anchor is None:
        return None
    distance = (month - anchor.month) * 31 + day - anchor.day
    if context.future:
        return anchor.year + (distance < -120)
    return anchor.year - (distance > 60)


def _month_day(words: str, context: Context) -> Reading | None:
    month = _month_in(words)
    number = re.search(r"\d{1,2}", words)
    if month is None or number is None:
        return None
    day = int(number.group())
    year = _nearest_year(month, day, context)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02}-{day:02}", relative=True)
    try:
        edtf = date(year, month, day).isoformat()
    except ValueError:
        return None
    return Reading("DATE", edtf, edtf, True)


def _month(words: str, context: Context) -> Reading | None:
    month = _month_in(words)
    if month is None:
        return None
    anchor = context.day
    if anchor is None:
        return Reading("DATE", f"XXXX-{month:02}", relative=True)
    year = anchor.year
    if words.startswith("last"):
        year -= month >= anchor.month
    elif words.startswith("next") or context.future:
        year += month < anchor.month
    else:
        year -= month > anchor.month
    edtf = f"{year}-{month:02}"
    return Reading("DATE", edtf, edtf, True)


def _season(words: str, context: Context) -> Reading | None:
    name = next(season for season in _SEASONS if season in words)
    letters, number = _SEASONS[name]
    year = _year_in(words)
    relative = year is None
    if year is None:
        anchor = context.day
        if anchor is None:
            return Reading("DATE", f"XXXX-{letters}", relative=True)
        year = anchor.year - words.startswith(("last", "the past")) + words.startswith("next")
    return Reading("DATE", f"{year}-{letters}", f"{year}-{number}", relative)


def _decade(words: str, _: Context) -> Reading | None:
    digits = re.search(r"\d+", words)
    if digits is None:
        return None
    number = digits.group()
    stem = number[:3] if len(number) == 4 else "19" + number[0]
    return Reading("DATE", stem, stem + "X")


def _set(words: str, _: Context) -> Reading | None:
    adverbs = {
        "daily": "P1D",
        "nightly": "P1D",
        "weekly": "P1W",
        "monthly": "P1M",
        "yearly": "P1Y",
        "annually": "P1Y",
        "hourly": "PT1H",
    }
    if words in adverbs:
        return Reading("SET", adverbs[words])
    for number, name in enumerate(WEEKDAYS, 1):
        if name in words:
            return Reading("SET", f"XXXX-WXX-{number}")
    match = _UNIT.search(words)
    if match is None:
        return Reading("SET", "P1D")
    step = 2 if "other" in words or "two" in words else 1
    return Reading("SET", _period(step, match[1]))


def _period(number: int | float | str, unit: str) -> str:
    if unit == "centur":
        unit = "century"
    if unit == "fortnight":
        number, unit = (number * 2 if isinstance(number, int) else number), "week"
    letter = UNITS[unit]
    return f"P{'T' if letter in 'SH' or unit == 'minute' else ''}{number}{letter}"


def _weekday(words: str, context: Context) -> Reading | None:
    name = next((n for n in WEEKDAYS if n in words), None)
    if name is None:
        short = re.search(r"(mon|tue|wed|thu|fri|sat|sun)", words)
        if short is None:
            return None
        name = next(n for n in WEEKDAYS if n.startswith(short[1]))
    number = WEEKDAYS.index(name)
    part = next((code for word, code in DAY_PARTS.items() if word in words), None)
    anchor = context.day
    if anchor is None:
        return Reading(
            "TIME" if part else "DATE",
            f"XXXX-WXX-{number + 1}" + (f"T{part}" if part else ""),
            relative=True,
        )
    back = (anchor.weekday() - number) % 7
    if words.endswith("next week"):
        day = anchor + timedelta(days=7 - anchor.weekday() + number)
    elif words.endswith("last week"):
        day = anchor - timedelta(days=7 + anchor.weekday() - number)
    elif words.startswith(("next", "the following")) or (
        context.future and not words.startswith(("last", "the previous"))
    ):
        day = anchor + timedelta(
            days=(number - anchor.weekday()) % 7 or (7 if words.startswith("next") else 0)
        )
    else:
        day = anchor - timedelta(days=back or (7 if words.startswith("last") else 0))
    return _on(day, part)


def _on(day: date, part: str | None = None) -> Reading:
    edtf = day_to_edtf(day)
    return Reading("TIME" if part else "DATE", edtf + (f"T{part}" if part else ""), edtf, True)


def _day_word(words: str, context: Context) -> Reading | None:
    part = next((code for word, code in DAY_PARTS.items() if word in words), None)
    if words in ("tonight", "overnight"):
        part = "NI"
    shift = 0
    base = context.day
    if "yesterday" in words:
        shift = -2 if "before" in words else -1
    elif "tomorrow" in words:
        shift = 2 if "after" in words else 1
    elif words.startswith("last"):
        shift = -1
    elif words.startswith(("the", "that")) and "today" not in words:
        base = (
            date.fromordinal(interval(context.previous or context.anchor).first)
            if (context.previous or context.anchor)
            else None
        )
        shift = -1 if "previous" in words or "before" in words else 0 if "same" in words else 1
    if base is None:
        return Reading(
            "TIME" if part else "DATE", "XXXX-XX-XX" + (f"T{part}" if part else ""), relative=True
        )
    return _on(base + timedelta(days=shift), part)


def _amount(words: str) -> float | None:
    digits = re.search(r"\d+(?:[.,]\d+)?", words)
    if digits:
        return float(digits.group().replace(",", ""))
    if re.search(r"\bhalf a\b", words):
        return 0.5
    if re.search(r"\b(?:several|few|some|many|couple|dozens|hundreds|decades of)\b", words):
        return 2.0 if "couple" in words else None
    for word in re.findall(r"[a-z]+", words):
        if word in NUMBERS:
            return float(NUMBERS[word])
    return None


def _shifted(day: date, amount: float, unit: str) -> Reading | None:
    """The date `amount` units after a day, as precise as the unit, None if it is out of range."""
    count = round(amount)
    try:
        if unit in ("second", "minute", "hour"):
            return _on(day)
        if unit in ("day", "night"):
            return _on(day + timedelta(days=count))
        if unit in ("week", "weekend", "fortnight"):
            year, week, _ = (
                day + timedelta(weeks=count * (2 if unit == "fortnight" else 1))
            ).isocalendar()
            return Reading("DATE", f"{year}-W{week:02}", week_to_edtf(year, week), True)
        if unit in ("month", "quarter"):
            months = day.year * 12 + day.month - 1 + count * (3 if unit == "quarter" else 1)
            edtf = f"{months // 12:04}-{months % 12 + 1:02}"
            return Reading("DATE", edtf, edtf, True)
        if unit == "year":
            edtf = f"{day.year + count:04}"
            return Reading("DATE", edtf, edtf, True)
        edtf = f"{(day.year + count * 10) // 10:03}X"
        return Reading("DATE", edtf[:3], edtf, True)
    except (ValueError, OverflowError):
        return None


def _ago(words: str, context: Context) -> Reading | None:
    match = _UNIT.search(words)
    if match is None:
        return None
    amount = _amount(words)
    past = words.endswith(("ago", "earlier"))
    if amount is None or context.day is None:
        return Reading("DATE", "PAST_REF" if past else "FUTURE_REF", relative=True)
    base = context.day
    if words.endswith(("earlier", "later")) and context.previous:
        base = date.fromordinal(interval(context.previous).first)
    return _shifted(base, -amount if past else amount, match[1])


def _unit(words: str, context: Context) -> Reading | None:
    match = _UNIT.search(words)
    if match is None:
        return _month(re.sub(r"^(?:earlier|later) ", "", words), context)
    unit = match[1]
    amount = _amount(words)
    backwards = re.search(r"\b(?:last|previous|past)\b", words)
    forwards = re.search(r"\b(?:next|following|coming)\b", words)
    if amount is not None or match.group() != unit:
        return _over(amount, unit, bool(backwards), context)
    anchor = context.day
    if anchor is None:
        return Reading(
            "DATE",
            "PAST_REF" if backwards else "FUTURE_REF" if forwards else "PRESENT_REF",
            relative=True,
        )
    if unit == "weekend":
        start = anchor - timedelta(days=anchor.weekday()) + timedelta(days=5)
        start += timedelta(days=-7 if backwards or not forwards else 0)
        if not backwards and not forwards and anchor.weekday() < 5:
            start += timedelta(days=7 if context.future else 0)
        year, week, _ = start.isocalendar()
        return Reading(
            "DATE", f"{year}-W{week:02}-WE", f"{start}/{start + timedelta(days=1)}", True
        )
    return _shifted(anchor, -1 if backwards else 1 if forwards else 0, unit)


def _over(amount: float | None, unit: str, past: bool, context: Context) -> Reading:
    """A duration that ends or begins at the reference date: "the past two weeks"."""
    period = _period("X" if amount is None else _plain(amount), unit)
    if context.day is None or amount is None or unit in ("second", "minute", "hour"):
        return Reading("DURATION", period, relative=True)
    other = _shifted(context.day, -amount if past else amount, unit)
    if other is None or other.edtf is None:
        return Reading("DURATION", period, relative=True)
    ends = (other.edtf.split("/")[0], day_to_edtf(context.day))
    first, last = ends if past else (ends[1], other.edtf.split("/")[-1])
    return Reading("DURATION", period, f"{first}/{last}", True)


def _plain(amount: float) -> int | float:
    return int(amount) if amount == int(amount) else amount


def _within(words: str, context: Context) -> Reading | None:
    return _unit(re.sub(r"^(?:in|within|over|during|for) ", "", words), context)


def _vague(words: str, _: Context) -> Reading | None:
    return Reading("DATE", "FUTURE_REF" if "coming" in words else "PAST_REF", relative=True)


def _in_unit(words: str, context: Context) -> Reading | None:
    match = _UNIT.search(words)
    amount = _amount(words)
    if match is None:
        return None
    if context.future and amount is not None and context.day is not None:
        return _shifted(context.day, amount, match[1])
    return _duration(words, context)


def _duration(words: str, _: Context) -> Reading | None:
    match = _UNIT.search(words)
    if match is None:
        return Reading("DURATION", "PXDE" if "decades" in words else "PXCE")
    amount = _amount(words[: match.start()])
    if amount == 1 and re.match(r"(?:a|an) (?:second|minute|night)\b", words):
        return None
    if match[1] == "second" and re.search(r"\ba\b", words):
        return None
    return Reading("DURATION", _period("X" if amount is None else _plain(amount), match[1]))


def _clock(words: str, context: Context) -> Reading | None:
    named = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
    if words in named:
        clock = named[words]
    else:
        match = re.match(r"(\d{1,2})(?:[:.](\d{2}))? ?([ap])?", words)
        if match is None or int(match[1]) > 24 or int(match[2] or 0) > 59:
            return None
        hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0) if match[3] else int(match[1])
        clock = f"{hour:02}:{match[2] or '00'}"
    day = context.previous or context.anchor
    edtf = day_to_edtf(interval(day).first) if day else None
    return Reading("TIME", f"{edtf or 'XXXX-XX-XX'}T{clock}", edtf, True)


def _year(words: str, _: Context) -> Reading | None:
    year = _year_in(words)
    return Reading("DATE", str(year), str(year)) if year else None


def _now(words: str, _: Context) -> Reading | None:
    past = words in ("recently", "lately", "at the time")
    return Reading("DATE", "PAST_REF" if past else "PRESENT_REF", relative=True)


_RULES: dict[str, Callable[[str, Context], Reading | None]] = {
    "full": _full,
    "slashed": _slashed,
    "range": _range,
    "quarter": _quarter,
    "month_year": _month_year,
    "month_day": _month_day,
    "season": _season,
    "decade": _decade,
    "set": _set,
    "weekday": _weekday,
    "day_word": _day_word,
    "ago": _ago,
    "unit": _unit,
    "within": _within,
    "vague": _vague,
    "in_unit": _in_unit,
    "duration": _duration,
    "clock": _clock,
    "month": _month,
    "year": _year,
    "now": _now,
}
