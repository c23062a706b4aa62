"""Bookmarks whose article has changed, moved or come back, found again after indexing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tui.cache.connection import meta, touch, transaction
from tui.cache.lookup import Articles
from tui.cache.queries import key_of
from tui.locations import library_id
from tui.notebook.store import Notebook
from tui.passages import Passages


def run(connection: sqlite3.Connection, sources: Sequence[Path], notebook: Path) -> int:
    """Attach what is not known to stand anywhere; for how many that changed something.

    A notebook that cannot be opened is left as it is: the reader is told of it by the app.
    """
    if not notebook.exists():
        return 0
    opened = Notebook(notebook)
    try:
        if opened.notice:
            return 0
        passages = Passages(
            lambda: opened,
            Articles(lambda: connection),
            lambda ident: key_of(connection, ident),
            library_id(sources),
            lambda: int(meta(connection, "revision") or 0),
            lambda words, undo: None,
        )
        changed = passages.settle()
    finally:
        opened.close()
    if changed:
        with transaction(connection):
            touch(connection)
    return changed
