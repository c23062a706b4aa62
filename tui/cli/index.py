"""`dateline index`: read what is new or changed, analyse and link it.

The app runs this same command as its child, with `--progress-json`: progress goes to stdout as
JSON lines, and the keys of articles that the reader opens come in on stdin, one a line; when stdin
ends, so does the command.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import threading
from pathlib import Path
from queue import Empty, SimpleQueue

from tui import config
from tui.cli import libraries
from tui.indexing.paths import printable
from tui.indexing.progress import Pace, Progress
from tui.indexing.run import index
from tui.locations import cache_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    libraries.argument(parser)
    parser.add_argument(
        "--jobs",
        type=libraries.at_least(1),
        default=0,
        metavar="N",
        help="processes that analyse (by default one for each core but one)",
    )
    parser.add_argument("--catalogue-only", action="store_true", help="leave the analysis out")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")
    parser.add_argument("--progress-json", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    sources = libraries.named(options.library).sources
    if options.progress_json:
        return _child(sources, options)
    missing = [source for source in sources if not source.exists()]
    for source in missing:
        print(f"dateline: {printable(str(source))}: not found", file=sys.stderr)
    last = bring_up_to_date(
        sources, jobs=options.jobs, quiet=options.quiet, analyse=not options.catalogue_only
    )
    from tui.library import Library

    library = Library(sources)
    status = library.status()
    print(
        f"articles\t{status.articles}\nanalysed\t{status.analysed}\nevents\t{status.events}"
        f"\nproblems\t{status.problems}"
    )
    library.close()
    return 1 if missing or last.step == "failed" else 0


def jobs_or_default(jobs: int) -> int:
    """The number of processes to use: one core is left to the reader."""
    return jobs if jobs > 0 else max(1, (os.cpu_count() or 1) - 1)


def bring_up_to_date(
    sources: tuple[Path, ...], *, jobs: int = 0, quiet: bool = False, analyse: bool = True
) -> Progress:
    """Index in this process; progress goes to stderr where that is a terminal."""
    show = not quiet and sys.stderr.isatty()
    pace = Pace(0.2)
    last = Progress("scan")

    def report(progress: Progress) -> None:
        nonlocal last
        last = progress
        if show and (pace.due() or progress.step == "done"):
            with pace.timed():
                words = f"{progress.step} {progress.done}/{progress.total}" * bool(progress.total)
                print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)

    index(
        sources,
        cache_of(sources),
        report=report,
        jobs=jobs_or_default(jobs),
        analyse=analyse,
        names=config.load().names,
    )
    return last


def _child(sources: tuple[Path, ...], options: argparse.Namespace) -> int:
    """Work for an app: low priority, heard by JSON lines, gone when the app is."""
    if hasattr(os, "nice"):
        os.nice(10)
    wanted: SimpleQueue[int] = SimpleQueue()
    stop = threading.Event()

    def listen() -> None:
        for line in sys.stdin:
            if line.strip().isdigit():
                wanted.put(int(line))
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    pace = Pace(0.15, share=1.0)
    step = ""

    def report(progress: Progress) -> None:
        nonlocal step
        if pace.due() or progress.step != step:
            step = progress.step
            with pace.timed():
                print(progress.to_json(), flush=True)

    def opened() -> list[int]:
        keys: list[int] = []
        while True:
            try:
                keys.append(wanted.get_nowait())
            except Empty:
                return keys

    try:
        index(
            sources,
            cache_of(sources),
            report=report,
            jobs=max(1, options.jobs),
            stopped=stop.is_set,
            wanted=opened,
            names=config.load().names,
        )
    except BrokenPipeError:
        return 0
    except (sqlite3.Error, OSError) as error:
        print(Progress("failed", note=str(error)).to_json(), flush=True)
        return 1
    return 0
