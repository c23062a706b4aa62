"""Bookmarks whose article has changed, moved or come back, found again after indexing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tui.cache.connection import touch, transaction
from tui.cache.lookup import Articles
from tui.cache.queries import ids, key_of
from tui.cache.snapshots import load_order
from tui.locations import library_id
from tui.notebook.sessions import SAMPLE
from tui.notebook.store import Notebook
from tui.passages import Passages


def run(connection: sqlite3.Connection, sources: Sequence[Path], notebook: Path) -> bool:
    """Attach what is not known to stand anywhere.

    Whether the library turned out to be one that was read from elsewhere before: then it has that
    one's past now. A notebook that cannot be opened is left as it is: the reader is told of it by
    the app.
    """
    if not notebook.exists():
        return False
    opened = Notebook(notebook)
    try:
        if opened.notice:
            return False
        moved = _know_again(connection, opened, library_id(sources))
        passages = Passages(
            lambda: opened,
            Articles(lambda: connection),
            lambda ident: key_of(connection, ident),
            lambda key: None,
            library_id(sources),
            lambda words, undo: None,
        )
        changed = passages.settle()
    except sqlite3.Error:
        # The notebook is locked or full: what stands where is worked out the next time.
        return False
    finally:
        opened.close()
    if changed:
        with transaction(connection):
            touch(connection)
    return moved


def _know_again(connection: sqlite3.Connection, notebook: Notebook, library: str) -> bool:
    newest = load_order(connection)[:SAMPLE].tolist()
    found = ids(connection, newest)
    try:
        return notebook.know_again(library, [found[key] for key in newest if key in found])
    except sqlite3.Error:
        return False
