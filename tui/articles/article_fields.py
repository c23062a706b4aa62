"""Builds articles from the fields that a parser found: cleaned, with a title, a date and a hash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from tui.articles import titles
from tui.articles.cleaning import Cleaned, clean
from tui.articles.model import Article, DateOrigin, Problem
from tui.safe_text import safe_line
from tui.times.day_order import day_first
from tui.times.edtf import valid
from tui.times.path_dates import path_date
from tui.times.written_dates import NoSuchDate, stated

# So many characters of the words that state a date are kept as evidence.
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Fields:
    """The parts of an article before cleaning; `raw` is safe text, the rest unchanged input.

    `record` is the line of a JSONL file (from 1), 0 if the file is the article. `headings` holds
    offsets in the cleaned text (code points, from 0), None if cleaning is to find the headings.
    `day_first` says whether the dates in digits of this source have the day first, None if that is
    unknown.
    """

    raw: str
    title: str = ""
    date: str = ""
    url: str = ""
    record: int = 0
    headings: tuple[int, ...] | None = None
    day_first: bool | None = None


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
    dated = _dated(fields, found, source)
    for warning in (found.bad_date, dated.doubt):
        if warning:
            yield Problem(source, fields.record, "warning", f"{warning}; not used")
    title = title or found.title
    url = safe_line(fields.url)
    yield Article(
        id=identity(found.text),
        title=title or titles.from_lead(found.text) or "Untitled",
        text=found.text,
        date=dated.date,
        date_origin=dated.origin,
        date_evidence=dated.evidence,
        url=url if url.startswith(("http://", "https://")) else "",
        source=source,
        record=fields.record,
        title_made=not title,
        headings=found.headings if fields.headings is None else fields.headings,
    )


@dataclass(frozen=True, slots=True)
class _Dated:
    """The date of an article, its origin, its evidence in words, and a warning."""

    date: str | None = None
    origin: DateOrigin = "unknown"
    evidence: str = ""
    doubt: str = ""


def _dated(fields: Fields, found: Cleaned, source: str) -> _Dated:
    """The date by metadata, then by a line of the text, then by the path or the web address."""
    doubt = ""
    if fields.date:
        field = safe_line(fields.date)[:_SHOWN]
        try:
            order = fields.day_first
            if order is None and "/" in fields.date:
                order = day_first([fields.raw])
            written = stated(fields.date, order)
        except NoSuchDate as error:
            doubt = str(error)
        else:
            if written is not None and valid(written):
                return _Dated(written, "metadata", f"its field says “{field}”")
            doubt = f"not understood as a date: {field[:40]}"
    if found.date is not None:
        words = safe_line(found.date_words)[:_SHOWN]
        return _Dated(found.date, "stated", f"it says “{words}”", doubt)
    places = ((source, "path") if not fields.record else ("", ""), (fields.url, "address"))
    for place, name in places:
        if in_path := path_date(place):
            date, words = in_path
            return _Dated(date, "metadata", f"its {name} has “{safe_line(words)[:_SHOWN]}”", doubt)
    return _Dated(doubt=doubt)
