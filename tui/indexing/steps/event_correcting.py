"""Step 3: what the reader says of events is located in the texts, and holds from here on.

Only the texts are needed, so it comes before the analysis: an article that is analysed is linked
under the corrections at once. A correction whose passage is not found waits in the notebook.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from tui.articles import listing_store
from tui.articles.lookup_store import ArticleLookup
from tui.events import event_correction_store, linking, overlay_store
from tui.events.event_corrections import EventCorrection, LocatedCorrection, Place, ToldPassage
from tui.folders import library_id
from tui.ids import ArticleHash
from tui.passages.locating import is_named, locate
from tui.passages.model import Bookmark, Selector
from tui.storage.notebook_access import Notebook
from tui.storage.open_cache import bump_revision
from tui.storage.transactions import transaction


def locate_corrections(
    connection: sqlite3.Connection, sources: Sequence[Path], notebook: Path
) -> None:
    """Locate the corrections of events, and link again what depends on those that have changed.

    A notebook that cannot be read leaves the events as they are.
    """
    stated = _stated(notebook)
    if stated is None:
        return
    before = overlay_store.corrections(connection)
    found = _located(connection, library_id(sources), stated)
    if found == before:
        return
    with transaction(connection):
        for correction in set(before) ^ set(found):
            if correction.action == "split":
                blocks = overlay_store.blocks_at(connection, correction.place)
                overlay_store.note_changed(connection, blocks)
        overlay_store.save_corrections(connection, found)
        linking.relink(connection, corrected=True)
        bump_revision(connection)


def _stated(notebook: Path) -> list[EventCorrection] | None:
    """The corrections in a notebook, None if it cannot be read."""
    if not notebook.exists():
        return []
    opened = Notebook(notebook)
    try:
        found = opened.read(event_correction_store.all_stated, lambda: None)
        return found if opened.readable else None
    finally:
        opened.close()


def _located(
    connection: sqlite3.Connection, library: str, stated: Iterable[EventCorrection]
) -> list[LocatedCorrection]:
    """The corrections that hold here, the latest last.

    One of another library holds only if its articles are here by hash or address.
    """
    articles = _Named(connection)
    found: list[LocatedCorrection] = []
    for c in stated:
        if c.withdrawn:
            continue
        own = c.library == library
        place = _place(connection, c.passage, articles, own=own)
        other = _place(connection, c.other, articles, own=own) if c.other is not None else None
        if place is not None and (c.other is None or other is not None):
            found.append(LocatedCorrection(c.about, c.action, place, other, c.value, c.modified))
    return sorted(found, key=lambda c: (c.modified, c.about))


class _Named(ArticleLookup):
    """Articles by what names them only: words alone do not lead from one article to another."""

    def quoting(self, quote: str, prefix: str, suffix: str, limit: int) -> list[ArticleHash]:
        """No articles."""
        return []


def _place(
    connection: sqlite3.Connection, passage: ToldPassage, articles: _Named, *, own: bool
) -> Place | None:
    """Where a passage stands in the texts of the library, None if it is not found for certain."""
    quote = Selector(passage.exact, passage.prefix, passage.suffix, passage.start, passage.end)
    source = f"{passage.source}:{passage.record}" if passage.record else passage.source
    bookmark = Bookmark(
        "", "", "", quote, passage.article, passage.url, passage.title, source=source
    )
    if not own and not is_named(bookmark, articles):
        return None
    article, anchor = locate(bookmark, articles)
    if not anchor.attached:
        return None
    row_id = listing_store.row_id_of(connection, article)
    return (row_id, anchor.start, anchor.end) if row_id is not None else None
