"""Bookmarks as tables: Readwise's CSV, which goes both ways, and a CSV with everything."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from tui.model import Passage

# What the ids of rows begin with: they are made of the quote, as a row has none.
ID = "urn:readwise:"
# A header is looked for in so much of a text (characters).
_HEADER = 4096
_READWISE = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
_ALL = (
    "id", "created", "modified", "state", "title", "date", "source", "url", "article", "start",
    "end", "quote", "context", "note", "tags", "original",
)  # fmt: skip


def readwise(passages: Iterable[Passage]) -> str:
    """What Readwise's import reads. Tags stand in the note as it has them: `.tag`."""
    return _table(
        _READWISE,
        (
            (
                p.bookmark.selector.exact,
                p.bookmark.title,
                "",
                p.bookmark.url,
                _tagged(p.bookmark.note, p.bookmark.tags),
                p.anchor.start if p.anchor.attached else p.bookmark.selector.start,
                p.bookmark.created.replace("T", " ")[:19],
            )
            for p in passages
        ),
    )  # fmt: skip


def _tagged(note: str, tags: tuple[str, ...]) -> str:
    # A note that begins as tags do is told from them by the empty line before it.
    first = " ".join(f".{tag}" for tag in tags)
    return "\n".join([first, note] if note and (first or note.startswith(".")) else [first or note])


def everything(passages: Iterable[Passage]) -> str:
    """One row for each bookmark; offsets are code points of the article's text, from 0."""
    rows: list[tuple[object, ...]] = []
    for p in passages:
        b, s = p.bookmark, p.bookmark.selector
        start, end = (p.anchor.start, p.anchor.end) if p.anchor.attached else (s.start, s.end)
        rows.append(
            (b.id, b.created, b.modified, p.anchor.state, b.title, b.date or "", b.source, b.url,
             b.article, start, end, s.exact, b.context, b.note, " ".join(b.tags), b.original)
        )  # fmt: skip
    return _table(_ALL, rows)


def _table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def is_readwise(text: str) -> bool:
    """Whether a text is a table as Readwise has it: its own exports name more columns."""
    first = next(csv.reader(io.StringIO(text[:_HEADER])), [])
    return "Highlight" in first


def read(text: str) -> Iterator[dict[str, Any]]:
    """The rows of a Readwise table as records; a row's id is made of its quote and its title."""
    for row in csv.DictReader(io.StringIO(text)):
        quote, url = row.get("Highlight") or "", row.get("URL") or ""
        title = row.get("Title") or row.get("Book Title") or ""
        first, _, rest = (row.get("Note") or "").partition("\n")
        marked = first.split()
        tagged = bool(marked) and all(len(w) > 1 and w.startswith(".") for w in marked)
        tags = [word[1:] for word in marked] if tagged else []
        date = (row.get("Date") or row.get("Highlighted at") or "").strip().replace(" ", "T")
        location = (row.get("Location") or "").strip()
        yield {
            "id": ID + uuid.uuid5(uuid.NAMESPACE_URL, f"{quote}\n{title}\n{url}").hex,
            "created": date,
            "modified": date,
            "exact": quote,
            "start": int(location[:15]) if location.isascii() and location.isdigit() else 0,
            "url": url,
            "title": title,
            "note": (rest if tagged else row.get("Note") or "").strip("\n"),
            "tags": tags + (row.get("Tags") or "").split(","),
        }
