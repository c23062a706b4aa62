"""How fast Dateline is, as ratios against what others do: one table for each size of library.

    python tests/benchmarks/run.py [--articles 1000,10000,100000] [--only NAME] [--rounds N]

Linux only. Texts and newsboat's cache stay in a folder below the system's temporary one and are
used again; the caches of a run go when it ends, unless --keep names a folder for all of it.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import corpus
import keys
import names
import startup
import time_expressions
import timelines
import whole
from bench import Bench
from table import Row, markdown
from terminal import NothingPainted

Measure = Callable[[Bench, Sequence[Bench]], Iterator[Row]]

MEASURES: dict[str, Measure] = {
    "catalogue": whole.catalogue,
    "disk": whole.disk,
    "scan": whole.scan,
    "search": whole.search,
    "start": startup.start,
    "memory": startup.memory,
    "keys": keys.keys,
    "opening": keys.opening,
    "indexing": keys.indexing,
    "names": names.names,
    "times": time_expressions.time_expressions,
}
RATE = "rate"

# The bounds are meant for a library of this many articles and more.
JUDGED = 100_000

# The rate over a whole library is measured where that takes seconds.
_RATE_MOST = 1000


def say(words: str) -> None:
    """Tell on stderr what is being done, so that stdout has the tables alone."""
    print(f"[{time.strftime('%H:%M:%S')}] {words}", file=sys.stderr, flush=True)


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--articles", default="1000,10000,100000", help="sizes of the library")
    parser.add_argument("--only", choices=(*MEASURES, RATE), action="append", help="one of them")
    parser.add_argument("--rounds", type=int, default=7, help="pairs of each comparison (7)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work there and leave all of it")
    return parser.parse_args()


def main() -> int:
    """Measure and print; 1 if something could not be measured."""
    chosen = options()
    root = (chosen.keep or Path(tempfile.gettempdir()) / "dateline-benchmarks").absolute()
    root.mkdir(parents=True, exist_ok=True)
    work = root / f"run-{os.getpid()}"
    sizes = sorted({int(size) for size in chosen.articles.split(",")})
    benches = [Bench(size, chosen.rounds, root, work, say) for size in sizes]
    only = chosen.only or [*MEASURES, RATE]
    print(
        f"Seed {corpus.SEED}, corpus version {corpus.VERSION}; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f};"
        f" {chosen.rounds} rounds in turn, medians. Bounds are for {JUDGED:,} articles. Timelines hold"
        f" {timelines.PER_ARTICLE} seeded event mentions an article in place of an analysis.",
        flush=True,
    )
    failed = 0
    try:
        for bench in benches:
            rows: list[Row] = []
            for name in [name for name in MEASURES if name in only]:
                say(f"{name}, {bench.count:,} articles")
                try:
                    for row in MEASURES[name](bench, benches):
                        say(f"  {row.work}: {row.ours} : {row.rival} = {row.ratio:.3f}")
                        rows.append(row)
                except (NothingPainted, TimeoutError, RuntimeError) as error:
                    # One thing that cannot be measured is not to cost the others.
                    say(f"  {name} could not be measured: {error}")
                    failed = 1
            if rows:
                table = markdown(rows, bench.count >= JUDGED)
                print(f"\n{bench.count:,} articles\n\n{table}", flush=True)
        if RATE in only:
            small = next((b for b in benches if b.count <= _RATE_MOST), None)
            small = small or Bench(_RATE_MOST, chosen.rounds, root, work, say)
            say("rate of the analysis")
            print(f"\n{whole.rate(small, benches)}")
    finally:
        if chosen.keep is None:
            shutil.rmtree(work, ignore_errors=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
