"""A timeline as an iCalendar file (RFC 5545): an event of whole days for each dated event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from hashlib import blake2b

from tui.events.formats.timeline_record import AccountRecord, TimelineRecord
from tui.events.formats.timeline_sections import bounds
from tui.events.formats.web_links import web_link
from tui.safe_text import safe, safe_line
from tui.times.date_labels import label

# The longest line in octets, without its end.
_LONGEST = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def written(records: Iterable[TimelineRecord], title: str, stamp: datetime) -> str:
    """The calendar of the events that have a date; undated ones have no place in a calendar.

    A vague date becomes a span of all the days that it covers; of one that is open at an end, the
    known day is taken.

    Args:
        records: the events.
        title: the name of the calendar.
        stamp: when the calendar is written, with its time zone.
    """
    written_at = f"{stamp.astimezone(timezone.utc):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dateline//dateline timeline//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    seen: Counter[str] = Counter()
    for record in records:
        first, last = bounds(record["when"])
        begin, end = first or last, last or first
        if begin is None or end is None:
            continue
        uid = _uid(record)
        seen[uid] += 1
        # Two events that are equal in all that the id is made of are told apart by their order.
        number = f"-{seen[uid]}" if seen[uid] > 1 else ""
        lines += _event(record, begin, end, f"{uid}{number}@dateline", written_at)
    lines.append("END:VCALENDAR")
    return "".join(piece + "\r\n" for line in lines for piece in folded(line))


def _event(
    record: TimelineRecord, begin: date, end: date, uid: str, written_at: str
) -> Iterator[str]:
    account = record["account"]
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{written_at}"
    yield f"DTSTART;VALUE=DATE:{_day(begin)}"
    # The end is the day after the last one.
    yield f"DTEND;VALUE=DATE:{_day(end + timedelta(days=1))}"
    yield f"SUMMARY:{_text(record['headline'])}"
    yield f"DESCRIPTION:{_text(_description(record))}"
    link = web_link(account["url"]) if account is not None else ""
    if link:
        yield f"URL:{link}"
    yield f"CATEGORIES:{record['status']}"
    yield f"STATUS:{'CONFIRMED' if record['status'] == 'happened' else 'TENTATIVE'}"
    # News does not make anybody busy.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(record: TimelineRecord) -> str:
    count = len(record["articles"])
    head = f"{label(record['when'])}, {record['status']}"
    parts = [f"{head}, {count} accounts" if count != 1 else head]
    if record["account"] is not None:
        parts += [f"“{safe_line(record['account']['quote'])}”", _source(record["account"])]
    return "\n".join(parts)


def _source(account: AccountRecord) -> str:
    date_ = label(account["date"]) if account["date"] else ""
    parts = (safe_line(account["outlet"]), safe_line(account["title"]), date_)
    return ", ".join(part for part in parts if part)


def _uid(record: TimelineRecord) -> str:
    """An id that another cache of the same articles gives too, as row ids are those of one cache."""
    account = record["account"]
    parts = [record["when"] or "", record["headline"]]
    if account is not None:
        parts += [account["article"], account["quote"]]
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    """A value of the type TEXT."""
    return safe(text).translate(_ESCAPES)


def folded(line: str) -> Iterator[str]:
    """The physical lines of a content line, of at most 75 octets; all but the first begin with a
    space. No character is divided."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST:
            yield piece
            piece, size = " ", 1
        piece += character
        size += octets
    yield piece
