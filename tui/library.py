"""A library: articles opened together, what the analysis found in them, and what the reader did.

`Library` opens the two stores and puts its six parts together. It knows no screen, and answers
from the cache alone: `tui.indexing` fills the cache in a process of its own, and `refresh` tells
when there is something new.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tui import folders
from tui.articles import annotation_store, listing_store
from tui.articles.articles import Articles
from tui.articles.model import Article
from tui.articles.source_names import shown
from tui.entities import store as entity_store
from tui.entities.entities import Entities
from tui.events import store as event_store
from tui.events.correcting import EventCorrections
from tui.events.event_timeline import Timeline
from tui.events.model import TimelineIndex
from tui.events.timeline_store import Selection
from tui.ids import RowId
from tui.nlp.document import Document
from tui.notices import Notices
from tui.page_content import Page
from tui.passages.passages import Passages
from tui.search import filter_store
from tui.search.filters import Filter, Sort
from tui.session.stored_session import Session
from tui.storage.cache_access import Cache
from tui.storage.notebook_access import Notebook
from tui.storage.open_cache import meta
from tui.times.edtf import interval
from tui.undo import UndoStack


class Library:
    """Articles opened together.

    Args:
        sources: files and folders; they need not exist, what was read from them stays.
        cache: the cache file; by default the library's own in the user's cache folder.
        notebook: the notebook file; by default the user's.
        name: what to call the library; by default its folder or file.

    Attributes:
        cache: what the analysis found; it can be deleted at any time.
        notebook: what the reader did.
        articles: lists of articles, single articles, search.
        timeline: events and their accounts.
        events: the reader's corrections of events.
        entities: people, organisations, locations and groups, and the reader's corrections.
        passages: bookmarks.
        session: positions, named places, and how the library was left.
        undo: the changes of this session that can be undone.
        notices: what the reader is to be told about the stores.

    Raises:
        OSError: if the cache's folder cannot be created.
        sqlite3.OperationalError: if the cache cannot be created.
    """

    def __init__(
        self,
        sources: Sequence[Path],
        cache: Path | None = None,
        notebook: Path | None = None,
        *,
        name: str = "",
    ) -> None:
        self.sources = folders.absolute(sources)
        self.id = folders.library_id(self.sources)
        self.name = name or _name_of(self.sources)
        self.notices = Notices()
        self.undo = UndoStack()
        self.notebook = Notebook(notebook or folders.notebook_file(), self.notices)
        self.cache = Cache(cache or folders.cache_of(self.sources), self.notices)
        self.articles = Articles(self.cache, self.notebook, self.undo, self.sources)
        self.timeline = Timeline(self.cache)
        self.entities = Entities(self.notebook, self.cache, self.undo, self.id)
        self.passages = Passages(self.notebook, self.cache, self.articles, self.undo, self.id)
        self.events = EventCorrections(self.notebook, self.cache, self.articles, self.undo, self.id)
        self.session = Session(self.notebook, self.undo, self.sources)

    def close(self) -> None:
        """Close both stores."""
        self.cache.close()
        self.notebook.close()

    # What is new

    def refresh(self) -> bool:
        """Whether the cache has changed since the previous call."""
        changed = self.cache.refresh()
        if changed:
            self.entities.invalidate()
        return changed

    def take_lost(self) -> bool:
        """Whether the cache has gone since the previous call, so that it is to be indexed again."""
        lost, self.cache.lost = self.cache.lost, False
        return lost

    def revisions(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The versions of the list and of the timeline: one that has not changed need not be read
        again."""
        order, timeline = self.cache.read(listing_store.snapshot_revisions, lambda: (-1, -1))
        return (self.cache.inode, order), (self.cache.inode, timeline)

    # Questions to several parts

    def page(self, row_id: RowId) -> Page | None:
        """What a page shows of an article, None if it is not in the cache.

        All that the cache has of it is read in one transaction.
        """
        page = self.cache.find_at_once(lambda c: self._read_page(c, row_id))
        if page is None:
            return None
        return replace(
            page,
            document=self.entities.corrected(page.document),
            passages=tuple(self.passages.of(page.article)),
        )

    def _read_page(self, connection: sqlite3.Connection, row_id: RowId) -> Page | None:
        article = self.articles.read(connection, row_id)
        rows = listing_store.rows(connection, [row_id])
        if article is None or not rows:
            return None
        document = _read_document(connection, row_id, article)
        by_encoder = "encoder" in str(meta(connection, "analysis"))
        return Page(
            article,
            document,
            pending=not rows[0].analysed,
            absent=rows[0].absent,
            names_by_rules=by_encoder and document.english is False,
        )

    def document(self, row_id: RowId, article: Article) -> Document:
        """The text of an article with its annotations, under the reader's corrections."""
        found = self.cache.find_at_once(lambda c: _read_document(c, row_id, article))
        return self.entities.corrected(found or Document(article.text))

    def listed(self, chosen: Filter, sort: Sort = "newest") -> array[int]:
        """The row ids of the articles that pass a filter, in some order."""
        order = self.articles.order(sort)
        if chosen.empty:
            return order
        naming = set(self.entities.articles(chosen.entity)) if chosen.entity else None
        passing = self.cache.find(lambda c: filter_store.matching(c, chosen, naming))
        if chosen.bookmarked:
            hashes = self.passages.articles_with_bookmarks()
            if hashes is not None:
                bookmarked = self.articles.row_ids(list(hashes))
                passing = bookmarked if passing is None else passing & bookmarked
        read = self.articles.row_ids(self.articles.all_read()) if chosen.unread else set[RowId]()
        return array(
            "q",
            [row for row in order if (passing is None or row in passing) and row not in read],
        )

    def selection(self, chosen: Filter) -> Selection:
        """The events that pass a filter of the list: those in which its entity takes part, those of
        its dates, and those that an article tells that passes the rest."""
        span = interval(chosen.dates) if chosen.dates else None
        rest = replace(chosen, entity="", entity_name="", dates="")
        return Selection(
            first=span.first if span else None,
            last=span.last if span else None,
            events=frozenset(self.entities.events(chosen.entity)) if chosen.entity else None,
            articles=None if rest.empty else frozenset(self.listed(rest)),
        )

    def shown_events(self, chosen: Filter, zoom: int = 0) -> TimelineIndex:
        """The timeline under a filter of the list; for `zoom` see `Timeline.zoomed`."""
        return self.timeline.zoomed(self.selection(chosen), zoom)


def _read_document(connection: sqlite3.Connection, row_id: RowId, article: Article) -> Document:
    clusters = entity_store.clusters_in(connection, row_id)
    document = annotation_store.load(connection, row_id, article.text, clusters)
    events = event_store.mentions_in(connection, row_id, article.text, clusters)
    return replace(
        document,
        events=events,
        headings=frozenset(article.headings),
        reference_date=article.date,
    )


def _name_of(sources: Sequence[Path]) -> str:
    first = sources[0].name or str(sources[0])
    more = len(sources) - 1
    return shown(first, "") + (f" +{more}" if more else "")
