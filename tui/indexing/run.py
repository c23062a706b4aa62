"""One run of indexing: scan and catalogue, infer dates, analyse and link, update the notebook."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.entities.recognition import recognisers
from tui.folders import notebook_file
from tui.ids import RowId
from tui.indexing.progress import ADOPTED, Progress, Report
from tui.indexing.steps import analysis, catalogue
from tui.indexing.steps.dating import apply_corrections, infer_dates
from tui.indexing.steps.event_correcting import locate_corrections
from tui.indexing.steps.notebook_update import update_notebook
from tui.indexing.steps.participants import correct_participants
from tui.storage.locks import try_lock
from tui.storage.open_cache import open_cache
from tui.storage.recovery import run_on_sound_file


def _never() -> bool:
    return False


def _none() -> list[RowId]:
    return []


def index(
    sources: Sequence[Path],
    cache: Path,
    *,
    report: Report,
    jobs: int = 1,
    stopped: Callable[[], bool] = _never,
    wanted: Callable[[], list[RowId]] = _none,
    analyse: bool = True,
    notebook: Path | None = None,
    recogniser: str = recognisers.DEFAULT,
) -> None:
    """Bring a library's cache up to date, and reattach its bookmarks.

    Only one process does so at a time: another one waits until it has ended, and then finds nothing
    left to do. A cache that is found to be damaged is set aside and created again, once.

    Args:
        sources: the files and folders of the library, absolute.
        cache: the cache file.
        report: is told of the progress.
        jobs: the number of worker processes for the analysis.
        stopped: whether to end early.
        wanted: returns the articles that the reader has opened since the previous call.
        analyse: whether to analyse, or to catalogue only.
        notebook: the notebook file; by default the user's.
        recogniser: what finds names.

    Raises:
        OSError: if the cache's folder cannot be created.
        sqlite3.Error: if the cache cannot be written (full disk, no permission), or is damaged
            again.
    """

    def run() -> None:
        connection = open_cache(cache)
        try:
            catalogue.run(connection, sources, report, stopped)
            if analyse and not stopped():
                apply_corrections(connection, sources, notebook or notebook_file())
                infer_dates(connection, report)
                locate_corrections(connection, sources, notebook or notebook_file())
                analysis.run(connection, jobs, report, stopped, wanted, recogniser)
                if not stopped():
                    correct_participants(connection, sources, notebook or notebook_file())
            adopted = not stopped() and update_notebook(
                connection, sources, notebook or notebook_file()
            )
            report(Progress("done", note=ADOPTED if adopted else ""))
        finally:
            connection.close()

    cache.parent.mkdir(parents=True, exist_ok=True)
    reported = False
    while not stopped():
        with try_lock(cache) as free:
            if free:
                run_on_sound_file(cache, run)
                return
        if not reported:
            report(Progress("waiting"))
            reported = True
        time.sleep(0.2)
