"""One run of indexing: scan, catalogue, infer dates, analyse and link."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.cache.connection import Damaged, index_lock, is_damage, open_cache, set_aside
from tui.indexing import analysis, attaching, catalogue
from tui.indexing.progress import KNOWN_AGAIN, Progress, Report
from tui.language.recognition import recogniser
from tui.locations import notebook_file


def _never() -> bool:
    return False


def _nothing() -> list[int]:
    return []


def index(
    sources: Sequence[Path],
    cache: Path,
    *,
    report: Report,
    jobs: int = 1,
    stopped: Callable[[], bool] = _never,
    wanted: Callable[[], list[int]] = _nothing,
    analyse: bool = True,
    notebook: Path | None = None,
    names: str = recogniser.DEFAULT,
) -> None:
    """Bring a library's cache up to date, and find its bookmarks again.

    `names` is the recogniser that marks names.

    Only one process does so at a time: another one waits until it has ended, and then finds
    nothing left to do. A cache that turns out to be damaged is set aside and made anew, once.

    Raises:
        OSError: if the cache's folder cannot be made.
        sqlite3.Error: if the cache cannot be written (full disk, no rights), or is damaged again.
    """

    def run() -> None:
        connection = open_cache(cache)
        try:
            catalogue.run(connection, sources, report, stopped)
            if analyse and not stopped():
                analysis.infer_dates(connection, report)
                analysis.run(connection, jobs, report, stopped, wanted, names)
            moved = not stopped() and attaching.run(
                connection, sources, notebook or notebook_file()
            )
            report(Progress("done", note=KNOWN_AGAIN if moved else ""))
        finally:
            connection.close()

    cache.parent.mkdir(parents=True, exist_ok=True)
    told = False
    while not stopped():
        with index_lock(cache) as mine:
            if mine:
                _repaired(cache, run)
                return
        if not told:
            report(Progress("waiting"))
            told = True
        time.sleep(0.2)


def _repaired(cache: Path, run: Callable[[], None]) -> None:
    """Run, and once more on a new cache if this one turns out to be damaged."""
    try:
        run()
        return
    except Damaged:
        set_aside(cache)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        set_aside(cache)
    run()
