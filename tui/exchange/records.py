"""Bookmarks as JSON lines: everything that there is of them, those deleted too.

It is the form for one's own backups and for merging the notebooks of several people or machines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from tui.model import Bookmark, Passage, Selector
from tui.passages import tidy

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
# Offsets and years beyond these are none: arithmetic on them would fail.
_MOST = 2**53
_LAST_YEAR = 9000
_EARLIEST = "1970-01-01T00:00:00.000Z"


def record(bookmark: Bookmark) -> dict[str, Any]:
    """A bookmark as one JSON object, its selector flat in it; offsets are code points from 0."""
    fields = asdict(bookmark)
    fields |= fields.pop("selector")
    return {"type": "bookmark", **fields, "tags": list(bookmark.tags)}


def lines(passages: list[Passage]) -> Iterator[str]:
    """One line for each bookmark: the record, and where it stands today (for those who read it)."""
    for passage in passages:
        yield json.dumps({**record(passage.bookmark), "state": passage.anchor.state},
                         ensure_ascii=False)  # fmt: skip


def canonical(bookmark: Bookmark) -> str:
    """The same string for the same bookmark, whatever it was read from."""
    return json.dumps(record(bookmark), sort_keys=True, ensure_ascii=False)


def read(data: dict[str, Any]) -> Bookmark:
    """The bookmark that a record tells; what is missing is empty.

    Raises:
        ValueError: if there is no id or no quote.
    """
    ident, exact = text_of(data, "id"), text_of(data, "exact", strip=False)
    if not ident or not exact.strip():
        raise ValueError("no id or no quote")
    start = data.get("start")
    begin = start if isinstance(start, int) and 0 <= start < _MOST else 0
    created = moment(data.get("created")) or _EARLIEST
    return Bookmark(
        id=ident,
        created=created,
        modified=moment(data.get("modified")) or created,
        selector=Selector(
            exact,
            text_of(data, "prefix", strip=False),
            text_of(data, "suffix", strip=False),
            begin,
            begin + len(exact),
        ),
        article=text_of(data, "article"),
        url=text_of(data, "url"),
        title=text_of(data, "title"),
        date=text_of(data, "date") or None,
        source=text_of(data, "source"),
        context=text_of(data, "context", strip=False),
        note=text_of(data, "note", strip=False),
        tags=_tags(data.get("tags")),
        deleted=data.get("deleted") is True,
        original=text_of(data, "original", strip=False),
    )


def text_of(data: dict[str, Any], name: str, *, strip: bool = True) -> str:
    """A field that is text, safe to show; "" where it is none."""
    from tui.reading.decoding import safe

    value = data.get(name)
    if not isinstance(value, str):
        return ""
    value = safe(value)
    return value.strip() if strip else value


def _tags(value: object) -> tuple[str, ...]:
    from tui.reading.decoding import safe_line

    if not isinstance(value, (list, tuple)):
        return ()
    return tidy(safe_line(tag) for tag in value if isinstance(tag, str))


def moment(value: object) -> str:
    """A time as RFC 3339 in UTC with milliseconds, "" if it is none."""
    from datetime import datetime, timezone

    if not isinstance(value, str) or not _TIME.fullmatch(value.strip()):
        return ""
    written = value.strip().replace("Z", "+00:00")
    head, dot, rest = written.partition(".")
    if dot:
        digits = re.match(r"\d+", rest)
        fraction = digits.group() if digits else "0"
        written = f"{head}.{fraction[:6]:<06}{rest[len(fraction) :]}"
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        return ""
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=timezone.utc)
    if not 1 < parsed.year < _LAST_YEAR:
        return ""
    utc = parsed.astimezone(timezone.utc)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
