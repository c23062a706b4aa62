"""`dateline entity`: prints the profile of a person, organisation, location or group."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from tui.cli import libraries
from tui.sparkline import sparkline
from tui.times.date_labels import short

if TYPE_CHECKING:
    from tui.entities.model import EntityProfile
    from tui.library import Library

_WIDTH = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument(
        "name", type=libraries.a_name, help="a name in any of its spellings, or a part of one"
    )
    libraries.argument(parser)
    parser.add_argument("--format", choices=("lines", "json"), default="lines")


def run(options: argparse.Namespace) -> int:
    """Bring the library up to date, run the command, and return its exit code."""
    from tui.cli.entity_lookup import named, say_nobody, say_others
    from tui.cli.index import bring_up_to_date
    from tui.library import Library

    sources = libraries.named(options.library).sources
    if not libraries.check_exists(sources):
        return 2
    bring_up_to_date(sources)
    library = Library(sources)
    found = named(library, options.name)
    profile = library.entities.profile(found[0].id) if found else None
    if profile is None:
        say_nobody(library, options.name)
    else:
        say_others(found)
        record = _record(library, profile)
        if options.format == "json":
            print(json.dumps(record, ensure_ascii=False))
        else:
            print("\n".join("\t".join(row) for row in _rows(record)))
    library.close()
    return 0 if profile is not None else 1


def _record(library: Library, profile: EntityProfile) -> dict[str, Any]:
    rows = library.articles.rows(profile.articles)
    events = library.timeline.rows(profile.events)
    return {
        "entity": profile.id,
        "name": profile.name,
        "kind": profile.kind,
        "mentions": profile.mentions,
        "first": _day(profile.days[0][0]) if profile.days else None,
        "last": _day(profile.days[-1][0]) if profile.days else None,
        "days": {_day(day): count for day, count in profile.days},
        "spellings": dict(profile.spellings),
        "events": [
            {
                "event": f"e{row_id}",
                "when": row.when,
                "status": row.status,
                "accounts": row.accounts,
                "headline": row.headline,
            }
            for row_id in profile.events
            if (row := events.get(row_id)) is not None
        ],
        "with": [
            {"entity": c.id, "name": c.name, "kind": c.kind, "articles": c.articles}
            for c in profile.companions
        ],
        "articles": [
            {"id": listed.id, "date": listed.date, "title": listed.title}
            for row_id in profile.articles
            if (listed := rows.get(row_id)) is not None
        ],
    }


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _rows(record: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the rows to print, for use with cut and grep: the type of a row, then its fields."""
    yield "name", record["name"], record["kind"], record["entity"]
    yield "named", str(record["mentions"]), str(len(record["articles"]))
    if record["first"]:
        days = [(date.fromisoformat(day).toordinal(), n) for day, n in record["days"].items()]
        yield "seen", record["first"], record["last"], sparkline(days, _WIDTH)
    for spelling, count in record["spellings"].items():
        yield "spelt", str(count), spelling
    for event in record["events"]:
        when = event["when"] or "undated"
        yield "event", when, event["status"], str(event["accounts"]), event["headline"]
    for other in record["with"]:
        yield "with", str(other["articles"]), other["kind"], other["name"]
    for article in record["articles"]:
        yield "article", short(article["date"]), article["title"]
