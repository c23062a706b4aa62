"""`.jsonl`: one article per line, an object with "text" and optional "title", "date" and "url"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tui.articles.article_fields import Fields, build, scalar
from tui.articles.decoding import NotText, decode
from tui.articles.model import Article, Problem
from tui.safe_text import safe
from tui.times.day_order import day_first

DATE_FIELDS = (
    "date", "published", "published_at", "publishedAt", "pubDate", "pubdate", "datePublished",
    "date_published", "publish_date", "created", "created_at",
)  # fmt: skip
"""The fields that say when an article was written, the first that has something."""

# Dates in digits, whose order of day and month is that of the file.
_DATE_FIELD = re.compile(rb'"(?:date|publish\w*|pub[dD]ate)"\s*:\s*"([^"]{1,40}/[^"]{1,40})"')


def read(data: bytes, source: str) -> Iterator[Article | Problem]:
    """The articles of a JSONL file; a line that cannot be read yields a problem with its number.

    Raises:
        NotText: if the bytes are not text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode(data)[0].encode()
    if b"\x00" in data[:65536]:
        raise NotText("a binary file")
    order = day_first(field.decode("utf-8", "replace") for field in _DATE_FIELD.findall(data))
    found = False
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            found = True
            yield from _record(line, number, source, order)
    if not found:
        yield Problem(source, 0, "error", "no text in it")


def _record(
    line: bytes, number: int, source: str, order: bool | None
) -> Iterator[Article | Problem]:
    text, warning = decode(line)
    if warning:
        yield Problem(source, number, "warning", warning)
    try:
        record = json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        yield Problem(source, number, "error", f"not JSON: {error.msg} at column {error.colno}")
        return
    except (ValueError, RecursionError) as error:
        yield Problem(source, number, "error", f"not JSON: {error}"[:120])
        return
    if not isinstance(record, dict):
        yield Problem(source, number, "error", "not a JSON object")
        return
    body = record.get("text")
    if not isinstance(body, str) or not body.strip():
        yield Problem(source, number, "error", 'no "text" in it')
        return
    yield from build(
        Fields(
            raw=safe(body),
            title=_field(record, "title"),
            date=next((found for name in DATE_FIELDS if (found := _field(record, name))), ""),
            url=_field(record, "url"),
            record=number,
            day_first=order,
        ),
        source,
    )


def _field(record: dict[str, Any], name: str) -> str:
    return scalar(record.get(name))
