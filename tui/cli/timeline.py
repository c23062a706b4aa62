"""`dateline timeline`: prints the events of a library, or writes them for other programs."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tui.cli import libraries
from tui.search.filters import date_range
from tui.times.edtf import Interval, interval

if TYPE_CHECKING:
    from tui.events.formats.timeline_record import TimelineRecord
    from tui.events.timeline_store import Selection
    from tui.library import Library

FORMATS = ("lines", "table", "jsonl", "csv", "markdown", "html", "ics", "timelinejs")
_FORMATS = """\
formats:
  lines       for cut and grep: date (EDTF), status, accounts, line, separated by tabs
  table       for a terminal: each date once, the lines wrapped
  jsonl       all that is known of each event, with the sentence and the article of its line
  csv         for a spreadsheet; also with the first and the last day of each date
  markdown    by month, with quotes and links
  html        one page that needs no network: open it in a browser, or print it
  ics         a calendar (RFC 5545), whole days; undated events have no place in it
  timelinejs  the JSON of TimelineJS 3, which has no undated events either
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    libraries.argument(parser)
    parser.add_argument(
        "--top", type=libraries.at_least(1), metavar="N", help="only the N weightiest events"
    )
    parser.add_argument(
        "--from", dest="first", type=_date, metavar="DATE", help="no events before it"
    )
    parser.add_argument("--to", dest="last", type=_date, metavar="DATE", help="no events after it")
    parser.add_argument(
        "--entity",
        type=libraries.a_name,
        metavar="NAME",
        help="only events that it takes part in; a name in any of its spellings",
    )
    parser.add_argument("--format", choices=FORMATS, default="lines", help="see below")
    parser.epilog = _FORMATS


def _date(written: str) -> Interval:
    try:
        return interval(date_range(written, 0))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def run(options: argparse.Namespace) -> int:
    """Bring the library up to date, run the command, and return its exit code."""
    from tui import json_export
    from tui.cli.index import bring_up_to_date
    from tui.library import Library

    named = libraries.named(options.library)
    if not libraries.check_exists(named.sources):
        return 2
    bring_up_to_date(named.sources)
    library = Library(named.sources, name=named.name)
    try:
        selection = _selection(library, options)
        if selection is None:
            return 1
        records = list(json_export.timeline(library, selection))
        if not records:
            return 1
        _write(records, options.format, library.name)
        return 0
    finally:
        library.close()


def _selection(library: Library, options: argparse.Namespace) -> Selection | None:
    """The events that the options choose, None if nobody is named as they say."""
    from tui.events.timeline_store import Selection

    events = None
    if options.entity:
        from tui.cli.entity_lookup import named, say_nobody, say_others

        found = named(library, options.entity)
        if not found:
            say_nobody(library, options.entity)
            return None
        say_others(found)
        events = frozenset(library.entities.events(found[0].id))
    return Selection(
        top=options.top,
        first=options.first.first if options.first else None,
        last=options.last.last if options.last else None,
        events=events,
    )


def _write(records: list[TimelineRecord], form: str, name: str) -> None:
    if form == "lines":
        for record in records:
            print(
                record["when"] or "undated",
                record["status"],
                len(record["articles"]),
                record["headline"],
                sep="\t",
            )
    elif form == "table":
        from tui.events.formats import timeline_table

        print(timeline_table.written(records, shutil.get_terminal_size().columns), end="")
    else:
        if form in ("ics", "timelinejs"):
            _say_undated(records)
        # UTF-8 in any locale, because these are file formats and not text for a terminal.
        for part in _file(records, form, name):
            sys.stdout.buffer.write(part.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()


def _say_undated(records: list[TimelineRecord]) -> None:
    from tui.events.formats.timeline_sections import bounds

    left_out = sum(bounds(record["when"]) == (None, None) for record in records)
    if left_out:
        print(f"dateline: undated events ({left_out}) are left out", file=sys.stderr)


def _file(records: Iterable[TimelineRecord], form: str, name: str) -> Iterator[str]:
    # Only the format that is asked for is imported, so that the command starts faster.
    if form == "jsonl":
        for record in records:
            yield json.dumps(record, ensure_ascii=False) + "\n"
    elif form == "csv":
        from tui.events.formats import timeline_csv

        yield timeline_csv.written(records)
    elif form == "markdown":
        from tui.events.formats import timeline_markdown

        yield timeline_markdown.written(records, name)
    elif form == "html":
        from tui.events.formats import timeline_html

        yield timeline_html.written(records, name)
    elif form == "ics":
        from datetime import datetime, timezone

        from tui.events.formats import icalendar

        yield icalendar.written(records, name, datetime.now(timezone.utc))
    else:
        from tui.events.formats import timelinejs

        yield timelinejs.written(records, name)
