"""Days that are counted from the reference date: weekdays, yesterday, tonight, the next day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tui.nlp.lexicon import DAY_PARTS
from tui.times.calendar_days import monday
from tui.times.number_words import CARDINAL
from tui.times.number_words import number as counted
from tui.times.reading import Context, Reading, of_day
from tui.times.rule import rule
from tui.times.rules.parts import group, point_modifier
from tui.times.vocabulary import PART, WEEKDAY, weekday_number

_PRE = r"(?:(?P<point>early|earlier|late|later|mid)[ -])"
_WHICH = r"(?:last|next|this past|this coming|this|the previous|the following|the next|the coming|the past|past)"


# Black Friday is no Friday of this week, and the Sunday Times is a newspaper.
_NAME_BEFORE = re.compile(
    r"\b(?:Good|Easter|Ash|Palm|Maundy|Shrove|Black|Bloody|Super|Cyber|Holy|Casual) $"
)
_NAME_AFTER = re.compile(
    r" (?:Times|Mail|Telegraph|Post|Mirror|Express|Herald|Tribune|Star|World|Mass|School|Football)\b"
)


def _part(word: str | None) -> str:
    return f"T{DAY_PARTS[word.lower()]}" if word else ""


def _unknown(value: str, part: str) -> Reading:
    return Reading("TIME" if part else "DATE", value + part, relative=True)


def _weekday(m: re.Match[str], at: Context) -> Reading | None:
    if _NAME_BEFORE.search(m.string, max(0, m.start() - 8), m.start()) or _NAME_AFTER.match(
        m.string, m.end()
    ):
        return None
    number = weekday_number(m["weekday"])
    part = _part(m["part"])
    mod = point_modifier(m["point"])
    now = at.now
    if now is None:
        return _unknown(f"XXXX-WXX-{number + 1}", part).modified(mod)
    which = (m["which"] or "").lower()
    this_week = monday(now) + timedelta(days=number)
    if m["weeks"]:
        weeks = {"last": -1, "next": 1}.get(m["weeks"].lower(), 0)
        return of_day(this_week + timedelta(weeks=weeks), part).modified(mod)
    if m["ago"]:
        days = (now.weekday() - number) % 7 + 7 * (2 if m["ago"].lower() == "two" else 1)
        return of_day(now - timedelta(days=days), part).modified(mod)
    return of_day(_weekday_day(number, which, now, this_week, m, at), part).modified(mod)


def _weekday_day(
    number: int, which: str, now: date, this_week: date, m: re.Match[str], at: Context
) -> date:
    back, ahead = (now.weekday() - number) % 7, (number - now.weekday()) % 7
    if which == "last" and back == 1:
        # The day before is "yesterday" or plain "Tuesday": "last Tuesday" is that of last week.
        return now - timedelta(days=8)
    if which in ("last", "the past", "past", "this past"):
        return now - timedelta(days=back or 7)
    if which in ("next", "the next", "this coming", "the coming"):
        return now + timedelta(days=ahead or 7)
    if which in ("the previous", "the following") and at.previous_day is not None:
        base = at.previous_day
        if which == "the previous":
            return base - timedelta(days=(base.weekday() - number) % 7 or 7)
        return base + timedelta(days=(number - base.weekday()) % 7 or 7)
    way = at.ask_direction(*m.span())
    if (which == "the following" and way != "past") or way == "future":
        return now + timedelta(days=ahead)
    if which == "this":
        return this_week if way is None or this_week <= now else now - timedelta(days=back)
    return now - timedelta(days=back)


def _range(m: re.Match[str], at: Context) -> Sequence[Reading] | None:
    """From one weekday to another: the second is the next one after the first."""
    first, last = weekday_number(m["weekday"]), weekday_number(m["weekday2"])
    now = at.now
    if now is None:
        return None
    if m["weeks"]:
        weeks = {"last": -1, "next": 1}.get(m["weeks"].lower(), 0)
        begin = monday(now) + timedelta(days=first, weeks=weeks)
    else:
        begin = _weekday_day(first, "", now, monday(now) + timedelta(days=first), m, at)
    end = begin + timedelta(days=(last - first) % 7)
    border = m.end("weekday")
    return of_day(begin).at(m.start(), border), of_day(end).at(m.start("weekday2"), m.end())


def _counted_weekday(m: re.Match[str], at: Context) -> Reading | None:
    """So many weeks from a weekday, or so many weekdays ago."""
    now = at.now
    if now is None:
        return None
    number = weekday_number(group(m, "weekday", "weekday2", "weekday3"))
    if m["before"]:
        return of_day(now - timedelta(days=((now.weekday() - number) % 7 or 7) + 7))
    count = counted(group(m, "amount", "amount2").lower() or "one")
    if count is None:
        return None
    if m["weekday3"]:
        back = (now.weekday() - number) % 7 or 7
        return of_day(now - timedelta(days=back + 7 * (int(count) - 1)))
    ahead = (number - now.weekday()) % 7 or 7
    return of_day(now + timedelta(days=ahead + 7 * int(count)))


def _day_word(m: re.Match[str], at: Context) -> Reading | None:
    word = m["word"].lower()
    part = _part(m["part"])
    mod = point_modifier(m["point"])
    before = (m["before"] or "").lower()
    shift = {"yesterday": -1, "today": 0, "tomorrow": 1}[word]
    if before:
        shift += -1 if "before" in before else 1
    now = at.now
    if now is None:
        return _unknown("XXXX-XX-XX", part).modified(mod)
    return of_day(now + timedelta(days=shift), part).modified(mod)


def _this_part(m: re.Match[str], at: Context) -> Reading | None:
    which = (m["which"] or "").lower()
    word = (m["part"] or "night").lower()
    part = _part(word)
    mod = point_modifier(m["point"])
    now = at.now
    if which in ("that", "that same", "the same"):
        now = at.previous_day or now
    if now is None:
        return _unknown("XXXX-XX-XX", part).modified(mod)
    # News is written after the night that it tells of as "last".
    return of_day(now - timedelta(days=which == "last"), part).modified(mod)


def _next_day(m: re.Match[str], at: Context) -> Reading | None:
    """A day that is counted from the latest day in the text."""
    which = (m["which"] or m["side"] or "").lower()
    base = at.previous_day
    if base is None and at.ask_direction(*m.span()) != "past":
        # Without a day in the text, "the next day" of something past is nobody's.
        base = at.now
    word = (m["part"] or "day").lower()
    part = _part(word) if word in DAY_PARTS else ""
    if base is None:
        return _unknown("XXXX-XX-XX", part)
    shift = -1 if which in ("previous", "before") else 0 if which in ("same", "") else 1
    return of_day(base + timedelta(days=shift), part)


RULES = (
    rule(
        "range of weekdays",
        ("weekday",),
        rf"(?P<weekday>{WEEKDAY})(?: (?:to|through|until|till) |-)(?P<weekday2>{WEEKDAY})"
        r"(?: (?P<weeks>last|next|this) week)?",
        _range,
        ("The fair will run Friday through Sunday.", "2024-05-17 2024-05-19"),
        ("It will be shut Monday to Friday next week.", "2024-05-20 2024-05-24"),
    ),
    rule(
        "weeks from a weekday",
        ("weekday",),
        rf"(?:a|(?P<amount>{CARDINAL})) weeks? (?:from|on) (?P<weekday>{WEEKDAY})"
        rf"|the (?P<weekday2>{WEEKDAY}) (?P<before>before last)"
        r"|(?P<amount2>two|three|four) (?P<weekday3>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s ago",
        _counted_weekday,
        ("They meet a week from Monday.", "2024-05-27"),
        ("They met two Fridays ago, on the Tuesday before last.", "2024-05-03 2024-05-07"),
    ),
    rule(
        "weekday",
        ("weekday",),
        rf"{_PRE}?(?:(?P<which>{_WHICH}) )?(?P<weekday>{WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.)"
        rf"(?: (?P<part>{PART}))?(?: (?:of )?(?P<weeks>last|next|this) week| (?P<ago>a|two) weeks? ago)?",
        _weekday,
        ("She said on Monday that she would resign.", "2024-05-13"),
        ("The council meets again this Friday.", "2024-05-17"),
        ("The talks have been put off until Monday, they said.", "2024-05-20"),
        ("They met last Wednesday and will meet next Wednesday.", "2024-05-08 2024-05-22"),
        ("It closed early Tuesday morning.", "2024-05-14TMO"),
        ("They met on Thursday of last week.", "2024-05-09"),
        ("On Friday, the court will rule.", "2024-05-17"),
        ("Parliament votes Thursday; the summit is on Saturday.", "2024-05-16 2024-05-18"),
        ("The deal, signed on Monday, takes effect on Friday.", "2024-05-13 2024-05-17"),
    ),
    rule(
        "yesterday, today, tomorrow",
        ("day",),
        rf"{_PRE}?(?:(?P<before>the day (?:before|after)) )?(?P<word>yesterday|today|tomorrow)"
        rf"(?:[’']s(?= {PART}))?(?: (?P<part>{PART}))?",
        _day_word,
        ("It rained yesterday and will rain tomorrow morning.", "2024-05-14 2024-05-16TMO"),
        ("They left the day before yesterday.", "2024-05-13"),
    ),
    rule(
        "this morning, last night",
        ("day",),
        rf"{_PRE}?(?:(?P<which>last|this|that same|that|the same) (?P<part>{PART})|tonight|overnight)",
        _this_part,
        ("It rained last night and this morning.", "2024-05-14TNI 2024-05-15TMO"),
        ("They will meet later tonight.", "2024-05-15TNI"),
    ),
    rule(
        "the next day",
        ("day", "unit"),
        rf"(?:(?:the|that) (?P<which>same|previous|next|following) (?P<part>day|{PART})"
        r"|(?:earlier |later )?that (?:same )?day"
        r"|the day (?P<side>before|after)(?! [a-z]| [A-Z]))",
        _next_day,
        ("It shut on May 3, 2021. The next day, it opened.", "2021-05-03 2021-05-04"),
        ("It shut on May 3, 2021 and opened later that day.", "2021-05-03 2021-05-03"),
    ),
)
