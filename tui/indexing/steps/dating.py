"""Step 2: undated articles get the date that the library makes likely."""

from __future__ import annotations

import sqlite3

from tui.articles import dating_store, listing_store
from tui.articles.article_store import set_date
from tui.indexing.progress import Progress, Report
from tui.storage.open_cache import bump_revision, meta, set_meta
from tui.storage.transactions import transaction
from tui.times.date_inference import Dating

_BATCH = 200
# In a library of up to this many articles, all undated ones are dated again: a new article may be
# evidence for another date.
_SMALL = 2000


def infer_dates(connection: sqlite3.Connection, report: Report) -> None:
    """Infer dates of the undated articles that are new, in a small library of all of them."""
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
                if inference is not None and inference.date != date:
                    set_date(connection, row_id, inference.date, "inferred", inference.evidence)
            set_meta(connection, "dated", after)
            listing_store.save_order(connection)
            bump_revision(connection)
    with transaction(connection):
        set_meta(connection, "dated", last)
