"""Step 2: sets the dates stated by the reader, and infers those of undated articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tui.articles import date_correction_store, dating_store, listing_store
from tui.articles.article_store import restore_own_date, set_date
from tui.articles.date_corrections import DateCorrection
from tui.folders import library_id
from tui.ids import RowId
from tui.indexing.progress import Progress, Report
from tui.storage.notebook_access import Notebook
from tui.storage.open_cache import bump_revision, meta, set_meta
from tui.storage.transactions import transaction
from tui.times.date_inference import Dating, Inference

_BATCH = 200
# In a library of up to this many articles, all undated ones are dated again: a new article may be
# evidence for another date.
_SMALL = 2000
_BY_READER = "you say so"


def apply_corrections(
    connection: sqlite3.Connection, sources: Sequence[Path], notebook: Path
) -> None:
    """Set the dates that the reader has stated, and restore those of articles whose correction is
    withdrawn.

    A notebook that cannot be read leaves all dates as they are.
    """
    stated = _stated(notebook)
    if stated is None:
        return
    about = date_correction_store.articles_of(connection, library_id(sources), stated)
    wanted = {row_id: said for row_id, said in about.items() if not said.withdrawn}
    now = dict(date_correction_store.corrected(connection))
    given = {
        row_id: correction.date or None
        for row_id, correction in wanted.items()
        if row_id not in now or now[row_id] != (correction.date or None)
    }
    withdrawn = [row_id for row_id in now if row_id not in wanted]
    if not given and not withdrawn:
        return
    with transaction(connection):
        for row_id, date in given.items():
            set_date(connection, row_id, date, "corrected", _BY_READER)
        for row_id in withdrawn:
            restore_own_date(connection, row_id)
        # A date is evidence for others, and what is undated again is dated again.
        dated = meta(connection, "dated")
        first = min([*given, *withdrawn]) - 1
        set_meta(connection, "dated", min(first, dated) if isinstance(dated, int) else 0)
        listing_store.save_order(connection)
        bump_revision(connection)


def _stated(notebook: Path) -> list[DateCorrection] | None:
    """The date corrections of a notebook, None if it cannot be read."""
    if not notebook.exists():
        return []
    opened = Notebook(notebook)
    try:
        return opened.read(date_correction_store.all_stated, lambda: None)
    finally:
        opened.close()


def infer_dates(connection: sqlite3.Connection, report: Report) -> None:
    """Infer the dates of undated articles: the new ones, or all of them in a small library."""
    last = dating_store.last_row_id(connection)
    before = meta(connection, "dated")
    after = before if isinstance(before, int) else 0
    if after == last:
        return
    if listing_store.status(connection).articles <= _SMALL:
        after = 0
    dating = Dating(dating_store.CachedCorpus(connection))
    while found := dating_store.undated(connection, after, _BATCH):
        report(Progress("date", 0, len(found)))
        inferred = [(row_id, date, dating.infer(row_id)) for row_id, date in found]
        after = found[-1][0]
        with transaction(connection):
            for row_id, date, inference in inferred:
                if inference is not None:
                    _set_inferred(connection, row_id, inference)
                elif date is not None:
                    set_date(connection, row_id, None, "unknown", "")
            set_meta(connection, "dated", after)
            listing_store.save_order(connection)
            bump_revision(connection)
    with transaction(connection):
        set_meta(connection, "dated", last)


def _set_inferred(connection: sqlite3.Connection, row_id: RowId, inference: Inference) -> None:
    set_date(
        connection,
        row_id,
        inference.date,
        "inferred",
        inference.evidence,
        range_=inference.range,
        confidence=inference.confidence,
    )
