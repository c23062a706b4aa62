"""`dateline index`: reads new and changed articles, analyses and links them.

The app runs this command as the index process, with `--progress-json`: the command writes its
progress to standard output as JSON lines, and reads the row ids of the articles that the reader
opens from standard input, one per line. It stops when standard input ends.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import threading
from pathlib import Path
from queue import Empty, SimpleQueue

from tui.articles.source_names import printable
from tui.cli import libraries
from tui.config.loading import load
from tui.folders import cache_of
from tui.indexing.progress import Pace, Progress
from tui.indexing.run import index


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
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
    """Run the command and return its exit code."""
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
    status = library.articles.status()
    print(
        f"articles\t{status.articles}\nanalysed\t{status.analysed}\nevents\t{status.events}"
        f"\nproblems\t{status.problems}"
    )
    library.close()
    return 1 if missing or last.step == "failed" else 0


def jobs_or_default(jobs: int) -> int:
    """The number of processes to use, by default one fewer than there are cores."""
    return jobs if jobs > 0 else max(1, (os.cpu_count() or 1) - 1)


def bring_up_to_date(
    sources: tuple[Path, ...], *, jobs: int = 0, quiet: bool = False, analyse: bool = True
) -> Progress:
    """Index in this process, and return the last progress that was reported.

    The progress is shown on standard error if that is a terminal, unless `quiet`.
    """
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
        recogniser=load().recogniser,
    )
    return last


def _child(sources: tuple[Path, ...], options: argparse.Namespace) -> int:
    """Run as the index process of an app, at low priority, and return the exit code."""
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
            recogniser=load().recogniser,
        )
    except BrokenPipeError:
        return 0
    except (sqlite3.Error, OSError) as error:
        print(Progress("failed", note=str(error)).to_json(), flush=True)
        return 1
    return 0
