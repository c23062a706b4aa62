"""A timeline in the JSON format of TimelineJS 3, which Knight Lab's web component shows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any

from tui.events.formats.timeline_record import AccountRecord, TimelineRecord, remarks
from tui.events.formats.timeline_sections import bounds
from tui.events.formats.web_links import web_link
from tui.safe_text import safe_line
from tui.times.date_labels import label


def written(records: Iterable[TimelineRecord], title: str) -> str:
    """The JSON of the events that have a date: each slide of TimelineJS must have one.

    The texts are HTML, as TimelineJS shows them. A vague date becomes a span with the label of the
    date.
    """
    slides = [slide for record in records if (slide := _slide(record)) is not None]
    timeline = {"title": {"text": {"headline": _html(title), "text": ""}}, "events": slides}
    return json.dumps(timeline, ensure_ascii=False, indent=1) + "\n"


def _slide(record: TimelineRecord) -> dict[str, Any] | None:
    first, last = bounds(record["when"])
    begin, end = first or last, last or first
    if begin is None or end is None:
        return None
    slide: dict[str, Any] = {
        "unique_id": record["event"],
        "start_date": _date(begin),
        "display_date": label(record["when"]),
        "text": {"headline": _html(record["headline"]), "text": _text(record)},
    }
    if end != begin:
        slide["end_date"] = _date(end)
    return slide


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _text(record: TimelineRecord) -> str:
    beside = ", ".join(remarks(record))
    tail = f"<p>{beside}</p>" if beside else ""
    account = record["account"]
    if account is None:
        return tail
    return f"<blockquote>{_html(account['quote'])}</blockquote><p>{_source(account)}</p>{tail}"


def _source(account: AccountRecord) -> str:
    title, link = _html(account["title"]), web_link(account["url"])
    named = f'<a href="{escape(link)}">{title}</a>' if link and title else title
    date_ = escape(label(account["date"])) if account["date"] else ""
    return ", ".join(part for part in (_html(account["outlet"]), named, date_) if part)


def _html(text: str) -> str:
    return escape(safe_line(text))
