"""Bookmarks as the CSV of Readwise, for import and export."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from tui.csv_text import table
from tui.passages.model import Passage

# The prefix of the ids of rows: they are derived from the row, as the table has no ids.
ID_PREFIX = "urn:readwise:"
# The number of characters of a text in which its header is searched for.
_HEADER = 4096
_READWISE = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")


def table_of(passages: Iterable[Passage]) -> str:
    """The CSV that Readwise imports; tags are in the note, in the notation of Readwise: `.tag`."""
    return table(
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
    # An empty line before a note that begins with a dot distinguishes it from tags.
    first = " ".join(f".{tag}" for tag in tags)
    return "\n".join([first, note] if note and (first or note.startswith(".")) else [first or note])


def is_readwise(text: str) -> bool:
    """Whether a text is a table of Readwise: one that has a column `Highlight`.

    The other columns are not required, because the exports of Readwise have more than its imports.
    """
    try:
        first = next(csv.reader(io.StringIO(text[:_HEADER])), [])
    except csv.Error:
        return False
    return "Highlight" in first


def read(text: str) -> Iterator[dict[str, Any]]:
    """The rows of a Readwise table as records; ids are derived from quote, title and address.

    Raises:
        csv.Error: if the table is malformed.
    """
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
            "id": ID_PREFIX + uuid.uuid5(uuid.NAMESPACE_URL, f"{quote}\n{title}\n{url}").hex,
            "created": date,
            "modified": date,
            "exact": quote,
            "start": int(location[:15]) if location.isascii() and location.isdigit() else 0,
            "url": url,
            "title": title,
            "note": (rest if tagged else row.get("Note") or "").strip("\n"),
            "tags": tags + (row.get("Tags") or "").split(","),
        }
