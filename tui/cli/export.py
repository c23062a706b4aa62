"""`dateline export`: writes a library as JSON lines, one article per line."""

from __future__ import annotations

import argparse
import json
import sys

from tui.cli import libraries


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    libraries.argument(parser)
    parser.add_argument("--format", choices=("jsonl",), default="jsonl")


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
    # UTF-8 in any locale, because this is a file format and not text for a terminal.
    write = sys.stdout.buffer.write
    for record in json_export.articles(library):
        found = True
        line = json.dumps(record, ensure_ascii=False) + "\n"
        write(line.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
    library.close()
    return 0 if found else 1
