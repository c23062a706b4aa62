"""The articles of a library: lists of them, one of them, what was skipped, and full-text search."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tui.articles import (
    article_store,
    date_correction_store,
    listing_store,
    read_mark_store,
    source_store,
)
from tui.articles.date_corrections import DateCorrection, later
from tui.articles.lookup_store import ArticleLookup
from tui.articles.model import Article, ArticleRow, Problem, Status
from tui.articles.source_names import common_root, shown
from tui.folders import library_id
from tui.ids import ArticleHash, RowId
from tui.search import store as full_text
from tui.search.filters import Sort
from tui.search.model import Hit
from tui.search.store import Searcher
from tui.storage.cache_access import Cache
from tui.storage.notebook_access import Notebook
from tui.times.date_labels import label
from tui.times.edtf import valid
from tui.timestamps import now
from tui.undo import ChangedSince, UndoStack


class Articles:
    """Articles in one cache, with their read marks in the notebook.

    Args:
        cache: the cache of the library.
        notebook: where read marks are kept.
        undo: where marking several articles is pushed.
        sources: the files and folders of the library, absolute.

    Attributes:
        dates_changed: is called whenever the reader has said when an article was written, or has
            undone it: the cache follows at its next indexing.
    """

    def __init__(
        self, cache: Cache, notebook: Notebook, undo: UndoStack, sources: Sequence[Path]
    ) -> None:
        self._cache = cache
        self._notebook = notebook
        self._undo = undo
        self.dates_changed: Callable[[], None] = _nothing
        self._root = common_root(sources)
        self._library = library_id(sources)

    # Lists

    def order(self, sort: Sort = "newest") -> array[int]:
        """The row ids of all articles; undated ones come last in an order by date."""
        if sort == "newest":
            return self._cache.read(listing_store.newest_first, lambda: array("q"))
        return self._cache.read(lambda c: listing_store.sorted_by(c, sort), lambda: array("q"))

    def oldest_first(self) -> list[RowId]:
        """The row ids of all articles, oldest first and undated last."""
        return self._cache.read(listing_store.oldest_first, list[RowId])

    def rows(self, articles: Sequence[RowId]) -> dict[RowId, ArticleRow]:
        """The rows of a window of the list, by row id; articles that are gone are left out."""
        found = self._cache.read(lambda c: listing_store.rows(c, articles), list[ArticleRow])
        read = self.read_of([row.id for row in found])
        return {row.row_id: replace(row, read=row.id in read) for row in found}

    def hashes(self, articles: Sequence[RowId]) -> dict[RowId, ArticleHash]:
        """The hashes of articles by their row ids; articles that are gone are left out."""
        return self._cache.read(
            lambda c: listing_store.hashes(c, articles), dict[RowId, ArticleHash]
        )

    def row_id(self, article: ArticleHash) -> RowId | None:
        """The row id of an article, None if it is not in the cache."""
        return self._cache.find(lambda c: listing_store.row_id_of(c, article))

    def row_ids(self, articles: Sequence[ArticleHash]) -> set[RowId]:
        """The row ids of those of some articles that are in the cache."""
        return self._cache.read(lambda c: listing_store.row_ids(c, articles), set[RowId])

    # One article

    def get(self, row_id: RowId) -> Article | None:
        """An article with its text and source, None if it is not in the cache."""
        return self._cache.find_at_once(lambda c: self.read(c, row_id))

    def read(self, connection: sqlite3.Connection, row_id: RowId) -> Article | None:
        """As `get`, on a connection of the caller's: for one transaction with other questions."""
        found = article_store.article(connection, row_id)
        where = source_store.path_of(connection, row_id)
        if found is None or where is None:
            return found
        return replace(found, source=shown(where[0], self._root), record=where[1])

    def from_source(self, source: str, record: int) -> RowId | None:
        """The article that is now read from a source, as `Article.source` names it."""
        found = self._cache.read(
            lambda c: ArticleLookup(c).from_source(source, record), list[ArticleHash]
        )
        for article_hash in found:
            row_id = self.row_id(article_hash)
            article = self.get(row_id) if row_id is not None else None
            if article is not None and article.source == source:
                return row_id
        return None

    def path(self, row_id: RowId) -> tuple[Path, int] | None:
        """The file that an article is read from, and its line in it (0 for the whole file)."""
        where = self._cache.find(lambda c: source_store.path_of(c, row_id))
        return (Path(where[0]), where[1]) if where else None

    def raw_text(self, row_id: RowId) -> str:
        """The text of an article as it stands in its file, before cleaning, safe to show.

        Raises:
            OSError: if the file cannot be read now.
        """
        where = self.path(row_id)
        if where is None:
            raise FileNotFoundError(2, "No such file or directory")
        # Imported here because the reader starts without the formats.
        from tui.articles.decoding import NotText
        from tui.articles.formats.registry import raw_text

        try:
            return raw_text(str(where[0]), where[1])
        except NotText as error:
            raise OSError(22, f"it has become {error}") from error

    # Read marks

    def read_of(self, articles: Sequence[ArticleHash]) -> frozenset[ArticleHash]:
        """Those of some articles that are marked as read."""
        return self._notebook.read(
            lambda c: read_mark_store.read_of(c, articles), frozenset[ArticleHash]
        )

    def all_read(self) -> list[ArticleHash]:
        """All articles that are marked as read, in any library."""
        return self._notebook.read(read_mark_store.all_read, list[ArticleHash])

    def mark_read(
        self, articles: Sequence[ArticleHash], read: bool = True, *, undoable: bool = False
    ) -> list[ArticleHash]:
        """Mark articles as read or unread; returns those that were marked otherwise before.

        The change can be undone if `undoable`, and always if it is of several articles.

        Raises:
            NotWritten: if the notebook cannot be written.
        """
        changed = self._mark(articles, read)
        if changed and (len(articles) > 1 or undoable):
            words = f"{len(changed):,} marked as {'read' if read else 'unread'}"

            def undo() -> None:
                self._mark(changed, not read)

            self._undo.push(words, undo)
        return changed

    def _mark(self, articles: Sequence[ArticleHash], read: bool) -> list[ArticleHash]:
        return self._notebook.write(lambda c: read_mark_store.mark(c, articles, read=read))

    # Search

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """The best articles for a query (see `tui.search.queries`)."""
        hits = self._cache.read(lambda c: full_text.search(c, words, limit), list[Hit])
        return [replace(hit, source=shown(hit.source, "")) for hit in hits]

    def searcher(self, within: Sequence[RowId] | None = None) -> Searcher:
        """A searcher with a connection of its own, to be used in a thread; `within` are the
        articles to search, None for all.

        Raises:
            OSError, sqlite3.Error: if the cache cannot be opened.
        """
        return Searcher(self._cache.path, within)

    # The whole library

    def problems(self) -> list[Problem]:
        """What was skipped, damaged or doubtful, errors first."""
        return self._cache.read(source_store.problems, list[Problem])

    def problem_count(self) -> int:
        """The number of problems."""
        return self._cache.read(source_store.problem_count, int)

    def absent_count(self) -> int:
        """The number of articles whose files are gone."""
        return self._cache.read(listing_store.absent_count, int)

    def is_empty(self) -> bool:
        """Whether nothing has been catalogued yet."""
        return self._cache.read(listing_store.is_empty, lambda: True)

    def status(self) -> Status:
        """How much of the library is in the cache."""
        return self._cache.read(listing_store.status, lambda: Status(0, 0, 0, 0))

    # Dates by the reader

    def date_corrections(self) -> list[DateCorrection]:
        """The date corrections of articles in this library, withdrawn or not, by time.

        Raises:
            NotRead: if the notebook cannot be read.
        """
        stated = self._date_corrections()
        about = self._cache.read(
            lambda c: date_correction_store.articles_of(c, self._library, stated),
            dict[RowId, DateCorrection],
        )
        here = {correction.article for correction in about.values()}
        return [correction for correction in stated if correction.article in here]

    def _date_corrections(self) -> list[DateCorrection]:
        return self._notebook.read_strictly(date_correction_store.all_stated)

    def correct_date(self, article: Article, date: str | None) -> None:
        """State when an article was written; the cache follows at its next indexing.

        Args:
            article: the article.
            date: the date (EDTF), None if it has no date.

        Raises:
            ValueError: if it is not an EDTF date.
            NotRead: if the notebook cannot be read.
            NotWritten: if the notebook cannot be written.
        """
        if date is not None and not valid(date):
            raise ValueError(f"not a date: {date}")
        said = f"dated {label(date)}" if date else "without a date"
        self._state_date(article, date or "", withdrawn=False, words=f"{said}: “{article.title}”")

    def withdraw_date(self, article: Article) -> None:
        """Withdraw the date correction of an article, as `correct_date` states one."""
        said = self._said_of(article, "", withdrawn=True)
        self._state_date(article, "", withdrawn=True, words=_withdrawn(said))

    def retract_date(self, correction: DateCorrection) -> None:
        """Withdraw a date correction, as `correct_date` states one."""
        self._store_date(replace(correction, withdrawn=True), correction, _withdrawn(correction))

    def _state_date(self, article: Article, date: str, *, withdrawn: bool, words: str) -> None:
        before = self._date_correction(article.id)
        if before is None and article.date_origin == "corrected":
            # What is said of an earlier text of the article holds for it.
            before = self._said_of(article, article.date or "", withdrawn=False)
        self._store_date(self._said_of(article, date, withdrawn=withdrawn), before, words)

    def _store_date(
        self, correction: DateCorrection, before: DateCorrection | None, words: str
    ) -> None:
        stated = replace(correction, modified=now())
        self._save_dates([stated])

        def undo() -> None:
            now_said = self._date_correction(stated.article)
            if now_said is None or not now_said.says_the_same(stated):
                raise ChangedSince(words)
            # Withdrawn, not removed: another notebook may have the correction already.
            again = before or replace(stated, withdrawn=True)
            self._save_dates([replace(again, modified=now())])

        self._undo.push(words, undo)

    def _said_of(self, article: Article, date: str, *, withdrawn: bool) -> DateCorrection:
        return DateCorrection(
            article.id,
            date,
            self._library,
            article.url,
            article.source,
            article.record,
            article.title,
            now(),
            withdrawn,
        )

    def _date_correction(self, article: ArticleHash) -> DateCorrection | None:
        return self._notebook.read_strictly(lambda c: date_correction_store.of_article(c, article))

    def merge_date_corrections(self, incoming: Iterable[DateCorrection]) -> int:
        """Store the date corrections of another notebook that are later than ours; returns how
        many."""
        taken = later(self._date_corrections(), incoming)
        self._save_dates(taken)
        return len(taken)

    def _save_dates(self, corrections: Sequence[DateCorrection]) -> None:
        self._notebook.write(lambda c: date_correction_store.save(c, corrections), backup=True)
        self.dates_changed()


def _withdrawn(correction: DateCorrection) -> str:
    return f"correction withdrawn: “{correction.title}”"


def _nothing() -> None:
    return None
