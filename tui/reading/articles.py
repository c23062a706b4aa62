"""What a reader of a format found, made an article: cleaned, titled, dated, identified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from tui.edtf import valid
from tui.model import Article, DateOrigin, Problem
from tui.reading import titles
from tui.reading.cleaning import clean
from tui.reading.dates import NoSuchDate, stated
from tui.reading.decoding import safe_line

_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2}|\d{4}_\d{2}_\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Fields:
    """The parts of an article before they are cleaned; `raw` is safe text, the rest as it came.

    `headings` are given where the format knows them, None where they are to be found.
    """

    raw: str
    title: str = ""
    date: str = ""
    url: str = ""
    record: int = 0
    headings: tuple[int, ...] | None = None


def scalar(value: object) -> str:
    """A metadata field as text: the first of a list, "" for what is no plain value."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, (str, int, float, date)):
        return str(value)
    return ""


def identity(text: str) -> str:
    """The id of an article: 16 hexadecimal digits of the BLAKE2b hash of its text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def build(fields: Fields, source: str) -> Iterator[Article | Problem]:
    """The article and what is doubtful about it; only a problem where there is no text."""
    title = safe_line(fields.title) if fields.title else ""
    found = clean(fields.raw, find_title=not title)
    if not found.text:
        yield Problem(source, fields.record, "error", "no text in it")
        return
    day, origin, doubt = _dated(fields, found.date, source)
    for warning in (found.bad_date, doubt):
        if warning:
            yield Problem(source, fields.record, "warning", f"{warning}; kept as undated")
    title = title or found.title
    url = safe_line(fields.url)
    yield Article(
        id=identity(found.text),
        title=title or titles.from_lead(found.text) or "Untitled",
        text=found.text,
        date=day,
        date_origin=origin,
        url=url if url.startswith(("http://", "https://")) else "",
        source=source,
        record=fields.record,
        title_made=not title,
        headings=found.headings if fields.headings is None else fields.headings,
    )


def _dated(fields: Fields, in_text: str | None, source: str) -> tuple[str | None, DateOrigin, str]:
    """The date, where it was read, and a warning ("" if none)."""
    doubt = ""
    if fields.date:
        try:
            written = stated(fields.date)
        except NoSuchDate as error:
            doubt = str(error)
        else:
            if written is not None and valid(written):
                return written, "metadata", ""
            doubt = f"not understood as a date: {safe_line(fields.date)[:40]}"
    if in_text is not None:
        return in_text, "stated", ""
    if not fields.record and (match := _IN_NAME.search(re.split(r"[/\\]", source)[-1])):
        try:
            return stated(match[1].replace("_", "-")), "metadata", ""
        except NoSuchDate:
            pass
    return None, "unknown", doubt
