"""Bookmarks as JSON lines, with all their fields, deleted bookmarks included.

This format is for backups, and for merging the notebooks of several people or machines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from tui.passages.model import Bookmark, Passage, Selector, tidy_tags
from tui.safe_text import safe_field, safe_line
from tui.timestamps import EARLIEST, parse

# Offsets are less than this, so that arithmetic with them does not overflow.
_MOST = 2**53


def record(bookmark: Bookmark) -> dict[str, Any]:
    """A bookmark as one JSON object, with its selector's fields; offsets are code points from 0."""
    fields = asdict(bookmark)
    fields |= fields.pop("selector")
    return {"type": "bookmark", **fields, "tags": list(bookmark.tags)}


def lines(passages: list[Passage]) -> Iterator[str]:
    """One JSON line for each bookmark: its record and, for information, the state of its anchor."""
    for passage in passages:
        yield json.dumps({**record(passage.bookmark), "state": passage.anchor.state},
                         ensure_ascii=False)  # fmt: skip


def canonical(bookmark: Bookmark) -> str:
    """A string that is equal for equal bookmarks, whatever format they were read from."""
    return json.dumps(record(bookmark), sort_keys=True, ensure_ascii=False)


def read(data: dict[str, Any]) -> Bookmark:
    """The bookmark in a record; missing text is "", and a missing time is the earliest one.

    Raises:
        ValueError: if there is no id or no quote.
    """
    bookmark_id, exact = safe_field(data, "id"), safe_field(data, "exact", strip=False)
    if not bookmark_id or not exact.strip():
        raise ValueError("no id or no quote")
    start = data.get("start")
    begin = start if isinstance(start, int) and 0 <= start < _MOST else 0
    created = parse(data.get("created")) or EARLIEST
    return Bookmark(
        id=bookmark_id,
        created=created,
        modified=parse(data.get("modified")) or created,
        selector=Selector(
            exact,
            safe_field(data, "prefix", strip=False),
            safe_field(data, "suffix", strip=False),
            begin,
            begin + len(exact),
        ),
        article=safe_field(data, "article"),
        url=safe_field(data, "url"),
        title=safe_field(data, "title"),
        date=safe_field(data, "date") or None,
        source=safe_field(data, "source"),
        context=safe_field(data, "context", strip=False),
        note=safe_field(data, "note", strip=False),
        tags=_tags(data.get("tags")),
        deleted=data.get("deleted") is True,
        original=safe_field(data, "original", strip=False),
    )


def _tags(value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        return ()
    return tidy_tags(safe_line(tag) for tag in value if isinstance(tag, str))
