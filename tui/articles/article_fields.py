"""Builds articles from the fields that a parser found: cleaned, with a title, a date and a hash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from tui.articles import titles
from tui.articles.cleaning import clean
from tui.articles.model import Article, DateOrigin, Problem
from tui.safe_text import safe_line
from tui.times.edtf import valid
from tui.times.written_dates import NoSuchDate, stated

_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2}|\d{4}_\d{2}_\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Fields:
    """The parts of an article before cleaning; `raw` is safe text, the rest unchanged input.

    `record` is the line of a JSONL file (from 1), 0 if the file is the article. `headings` holds
    offsets in the cleaned text (code points, from 0), None if cleaning is to find the headings.
    """

    raw: str
    title: str = ""
    date: str = ""
    url: str = ""
    record: int = 0
    headings: tuple[int, ...] | None = None


def scalar(value: object) -> str:
    """A metadata field as text: the first item of a list, "" if not a text, number or date."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, (str, int, float, date)):
        return str(value)
    return ""


def identity(text: str) -> str:
    """The article hash of a text: 16 hexadecimal digits of its BLAKE2b hash."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def build(fields: Fields, source: str) -> Iterator[Article | Problem]:
    """Build an article: yields warnings and the article, or only an error if there is no text.

    `source` is the name of the file in the article and in the problems.
    """
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
    """The date (EDTF or None), its origin, and a warning ("" if there is none)."""
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
