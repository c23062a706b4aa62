"""`dateline search`: prints a line for each article found: date, source, title, snippet."""

from __future__ import annotations

import argparse
import json
import sys

from tui.cli import libraries
from tui.times.date_labels import short


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("words", help='words (all must be there), "a phrase", prefix*, -not')
    libraries.argument(parser)
    parser.add_argument(
        "--limit", type=libraries.at_least(1), default=20, metavar="N", help="at most N (20)"
    )
    parser.add_argument("--format", choices=("lines", "jsonl"), default="lines")
    parser.add_argument("--fresh", action="store_true", help="look for new and changed files first")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit code.

    It searches the cache as it is; if the cache is empty, the library is read first.
    """
    from tui.library import Library

    sources = libraries.named(options.library).sources
    if not libraries.check_exists(sources):
        return 2
    library = Library(sources)
    if options.fresh or library.articles.is_empty():
        from tui.cli.index import bring_up_to_date

        bring_up_to_date(sources, quiet=True, analyse=False)
    hits = library.articles.search(options.words, options.limit)
    for notice in library.notices.take():
        print(f"dateline: {notice}", file=sys.stderr)
    colour = sys.stdout.isatty()
    for hit in hits:
        if options.format == "jsonl":
            snippet = hit.snippet.replace("\x02", "").replace("\x03", "")
            record = {
                "id": hit.id,
                "date": hit.date,
                "source": hit.source,
                "title": hit.title,
                "snippet": snippet,
            }
            print(json.dumps(record, ensure_ascii=False))
        else:
            print(short(hit.date), hit.source, hit.title, _marked(hit.snippet, colour), sep="\t")
    library.close()
    return 0 if hits else 1


def _marked(snippet: str, colour: bool) -> str:
    """A snippet on one line, with its matches in bold if `colour`."""
    opened, closed = ("\x1b[1m", "\x1b[0m") if colour else ("", "")
    line = " ".join(snippet.split())
    return line.replace("\x02", opened).replace("\x03", closed)
