"""`dateline timeline`: prints a line for each event: date, status, accounts, headline."""

from __future__ import annotations

import argparse
import json

from tui.cli import libraries


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    libraries.argument(parser)
    parser.add_argument(
        "--top", type=libraries.at_least(1), metavar="N", help="only the N weightiest events"
    )
    parser.add_argument("--format", choices=("lines", "jsonl"), default="lines")


def run(options: argparse.Namespace) -> int:
    """Bring the library up to date, run the command, and return its exit code."""
    from tui import json_export
    from tui.cli.index import bring_up_to_date
    from tui.library import Library

    sources = libraries.named(options.library).sources
    if not libraries.check_exists(sources):
        return 2
    bring_up_to_date(sources)
    library = Library(sources)
    found = False
    for record in json_export.timeline(library, options.top):
        found = True
        if options.format == "jsonl":
            print(json.dumps(record, ensure_ascii=False))
        else:
            print(
                record["when"] or "undated",
                record["status"],
                len(record["articles"]),
                record["headline"],
                sep="\t",
            )
    library.close()
    return 0 if found else 1
