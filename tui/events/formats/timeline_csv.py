"""A timeline as a CSV table with a row for each event."""

from __future__ import annotations

from collections.abc import Iterable

from tui.csv_text import table
from tui.events.formats.timeline_record import TimelineRecord
from tui.events.formats.timeline_sections import bounds
from tui.safe_text import safe_line

_COLUMNS = (
    "event", "when", "first", "last", "status", "accounts", "voices", "weight", "headline", "quote",
    "outlet", "title", "url", "date", "article",
)  # fmt: skip


def written(records: Iterable[TimelineRecord]) -> str:
    """The CSV table of events.

    `when` and `date` are EDTF; `first` and `last` are the days that `when` covers, for programs that
    do not read EDTF, empty if an end is open. `accounts` is the number of articles. Each text is on
    one line.
    """
    return table(_COLUMNS, map(_row, records))


def _row(record: TimelineRecord) -> tuple[object, ...]:
    account = record["account"]
    quoted: tuple[str, ...] = ("",) * 6
    if account is not None:
        quoted = (
            safe_line(account["quote"]),
            safe_line(account["outlet"]),
            safe_line(account["title"]),
            safe_line(account["url"]),
            account["date"] or "",
            account["article"],
        )
    first, last = bounds(record["when"])
    return (
        record["event"],
        record["when"] or "",
        first or "",
        last or "",
        record["status"],
        len(record["articles"]),
        record["voices"],
        f"{record['weight']:.6g}",
        safe_line(record["headline"]),
        *quoted,
    )
