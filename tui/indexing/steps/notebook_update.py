"""The notebook after indexing: a moved library is adopted, and bookmarks are reattached."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tui.articles import listing_store
from tui.articles.lookup_store import ArticleLookup
from tui.folders import library_id
from tui.passages.reattach_all import reattach
from tui.session import store as session_store
from tui.storage.notebook_access import Notebook, NotWritten
from tui.storage.open_cache import bump_revision
from tui.storage.transactions import transaction


def update_notebook(
    connection: sqlite3.Connection, sources: Sequence[Path], notebook: Path
) -> bool:
    """Reattach bookmarks whose articles have changed; returns whether a moved library was adopted.

    A notebook that cannot be opened is left alone: the app tells the reader about it.
    """
    if not notebook.exists():
        return False
    opened = Notebook(notebook)
    library = library_id(sources)
    try:
        if opened.message:
            return False
        adopted = _adopt_moved(connection, opened, library)
        changed = reattach(opened, ArticleLookup(connection), library)
    except (NotWritten, sqlite3.Error):
        # The notebook is locked or full: the next run reattaches.
        return False
    finally:
        opened.close()
    if changed:
        with transaction(connection):
            bump_revision(connection)
    return adopted


def _adopt_moved(connection: sqlite3.Connection, notebook: Notebook, library: str) -> bool:
    newest = listing_store.newest_first(connection)[: session_store.SAMPLE_SIZE].tolist()
    found = listing_store.hashes(connection, newest)
    sample = [found[row_id] for row_id in newest if row_id in found]
    try:
        return notebook.write(lambda c: session_store.adopt_moved(c, library, sample))
    except NotWritten:
        return False
