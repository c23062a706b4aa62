"""`dateline export`: a library as JSON lines, one article each."""

from __future__ import annotations

import argparse
import json
import sys

from tui.cli import libraries


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    libraries.argument(parser)
    parser.add_argument("--format", choices=("jsonl",), default="jsonl")


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
    # UTF-8 whatever the locale: it is a file format, not words for a terminal.
    write = sys.stdout.buffer.write
    for record in export.articles(library):
        found = True
        line = json.dumps(record, ensure_ascii=False) + "\n"
        write(line.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
    library.close()
    return 0 if found else 1
