"""`dateline timeline`: one line for each event: when, status, accounts, headline."""

from __future__ import annotations

import argparse
import json

from tui.cli import libraries


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    libraries.argument(parser)
    parser.add_argument(
        "--top", type=libraries.at_least(1), metavar="N", help="only the N weightiest events"
    )
    parser.add_argument("--format", choices=("lines", "jsonl"), default="lines")


def run(options: argparse.Namespace) -> int:
    """Run the command, the library brought up to date first."""
    from tui import export
    from tui.cli.index import bring_up_to_date
    from tui.library import Library

    sources = libraries.named(options.library).sources
    if not libraries.known(sources):
        return 2
    bring_up_to_date(sources)
    library = Library(sources)
    found = False
    for record in export.timeline(library, options.top):
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
