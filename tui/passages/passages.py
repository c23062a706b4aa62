"""The bookmarks of a library: made, changed, undone, and located in the current articles."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.articles.articles import Articles
from tui.articles.lookup_store import ArticleLookup
from tui.articles.model import Article
from tui.ids import ArticleHash, RowId
from tui.passages import anchoring, locating, store
from tui.passages.model import Anchor, Bookmark, Passage, tidy_tags
from tui.passages.reattach_all import reattach
from tui.safe_text import safe
from tui.storage.cache_access import Cache
from tui.storage.notebook_access import Notebook
from tui.timestamps import after, now
from tui.undo import ChangedSince, UndoStack

if TYPE_CHECKING:
    from tui.passages.fuzzy_matching import Candidate

# The number of candidates among which the reader chooses.
_CANDIDATES = 9


class Passages:
    """The bookmarks that belong to a library or stand in its articles.

    What a method stores is on the disk when it returns; every method that changes something raises
    `NotWritten` if the notebook cannot be written.

    Args:
        notebook: where bookmarks are stored.
        cache: the cache of the library.
        articles: the articles of the library.
        undo: where each change is pushed.
        library: the id of the library in the notebook.
    """

    def __init__(
        self,
        notebook: Notebook,
        cache: Cache,
        articles: Articles,
        undo: UndoStack,
        library: str,
    ) -> None:
        self._notebook = notebook
        self._articles = articles
        self._cache = cache
        self._undo = undo
        self._library = library
        # Maps the moment at which an undo stored a bookmark to the moment that it restored.
        self._restored: dict[str, str] = {}

    # Changing

    def add(
        self, article: Article, start: int, end: int, note: str = "", tags: Sequence[str] = ()
    ) -> Bookmark:
        """Bookmark a span of an article's text.

        If the span is bookmarked already, that bookmark is returned, with the note and the tags if
        any are given.

        Raises:
            ValueError: if the span is empty or not in the text.
        """
        for passage in self._of(article, self._notebook.read_strictly(self._of_article(article))):
            if (passage.anchor.start, passage.anchor.end) == (start, end):
                known = passage.bookmark
                return self.change(known, note or known.note, tags or known.tags)
        moment = now()
        selector = anchoring.selector_of(article.text, start, end)
        bookmark = _in_article(
            Bookmark(
                uuid.uuid4().urn, moment, moment, selector, note=_safe(note), tags=tidy_tags(tags)
            ),
            article,
            start,
            end,
        )
        self._save(bookmark)

        def undo() -> None:
            self._check_unchanged(bookmark)
            self._notebook.write(lambda c: store.remove(c, bookmark.id))

        self._undo.push(f"kept {_short(bookmark)}", undo)
        return bookmark

    def change(self, bookmark: Bookmark, note: str, tags: Sequence[str]) -> Bookmark:
        """Change the note and the tags of a bookmark."""
        changed = replace(bookmark, note=_safe(note), tags=tidy_tags(tags))
        return self._change(bookmark, changed, "note and tags")

    def delete(self, bookmark: Bookmark) -> None:
        """Delete a bookmark; merging with an older notebook does not bring it back."""
        self._change(bookmark, replace(bookmark, deleted=True), "deleted")

    def attach(self, bookmark: Bookmark, article: Article, start: int, end: int) -> Bookmark:
        """Attach a bookmark to a span that the reader chose; its offsets refer to that article
        from now on.

        Raises:
            ValueError: if the span is empty or not in the text.
        """
        changed = _in_article(bookmark, article, start, end)
        if changed.selector.exact != bookmark.first_quote:
            changed = replace(changed, original=bookmark.first_quote)
        return self._change(bookmark, changed, "attached")

    def _change(self, given: Bookmark, new: Bookmark, words: str) -> Bookmark:
        if new == given:
            return given
        # `all` fills in what it knows of the article today: the stored version is the one to undo.
        old = self._stored(given.id) or given
        new = replace(new, modified=after(old.modified))
        self._save(new)
        self._locate_one(new)

        def undo() -> None:
            self._check_unchanged(new)
            before = replace(old, modified=after(new.modified))
            self._save(before)
            self._locate_one(before)
            # Earlier changes of the same bookmark can still be undone.
            self._restored[before.modified] = old.modified

        self._undo.push(f"{words} {_short(old)}", undo)
        return new

    def _stored(self, bookmark: str) -> Bookmark | None:
        return self._notebook.read_strictly(lambda c: store.by_id(c, bookmark))

    def _save(self, bookmark: Bookmark) -> None:
        def change(connection: sqlite3.Connection) -> None:
            store.save(connection, bookmark)
            store.add_membership(connection, self._library, bookmark.id)

        self._notebook.write(change, backup=True)

    def _check_unchanged(self, ours: Bookmark) -> None:
        """Raise ChangedSince if another process or an import has changed a bookmark since."""
        stored = self._stored(ours.id)
        modified = stored.modified if stored is not None else ""
        while modified and modified != ours.modified:
            modified = self._restored.get(modified, "")
        if modified != ours.modified:
            raise ChangedSince(_short(ours))

    def _locate_one(self, bookmark: Bookmark) -> None:
        known = self._attachments().get(bookmark.id)
        if bookmark.deleted or (known is not None and known[0] == bookmark.modified):
            return

        def locate(connection: sqlite3.Connection) -> tuple[ArticleHash, Anchor, str]:
            lookup = ArticleLookup(connection)
            return (*locating.locate(bookmark, lookup), lookup.generation())

        located = self._cache.find(locate)
        if located is None:
            # The index process locates it once the cache can be read.
            return
        article, anchor, generation = located
        found = [(bookmark, article, anchor)]
        self._notebook.write(lambda c: store.attach(c, self._library, found, generation))

    def _text(self, article: ArticleHash) -> str:
        return self._cache.read(lambda c: ArticleLookup(c).text(article), str)

    def _attachments(self) -> dict[str, store.Attachment]:
        return self._notebook.read(
            lambda c: store.attachments(c, self._library), dict[str, store.Attachment]
        )

    # Reading

    def of(self, article: Article) -> list[Passage]:
        """The passages of an article, in order of the text."""
        return self._of(
            article,
            self._notebook.read(self._of_article(article), list[tuple[Bookmark, Anchor | None]]),
        )

    def _of_article(
        self, article: Article
    ) -> Callable[[sqlite3.Connection], list[tuple[Bookmark, Anchor | None]]]:
        return lambda c: store.of_article(c, self._library, article.id)

    def _of(
        self, article: Article, bookmarks: list[tuple[Bookmark, Anchor | None]]
    ) -> list[Passage]:
        if not bookmarks:
            return []
        row_id = self._articles.row_id(article.id)
        found = [
            Passage(b, anchor or anchoring.anchor(article.text, b.selector), row_id)
            for b, anchor in bookmarks
        ]
        return sorted(found, key=lambda p: (p.anchor.start, p.anchor.end, p.bookmark.id))

    def articles_with_bookmarks(self) -> frozenset[ArticleHash] | None:
        """The articles that have bookmarks, None if the notebook cannot be read."""
        return self._notebook.read(lambda c: store.articles_with(c, self._library), lambda: None)

    def all(self, *, deleted: bool = False) -> list[Passage]:
        """Every bookmark of the library, in order of the articles' dates and of the text.

        A bookmark belongs to the library if it was made in it or imported into it, or if its
        article is there.

        Raises:
            NotRead: if the notebook cannot be read.
        """
        members = self._notebook.read_strictly(lambda c: store.members(c, self._library))
        known = self._attachments()
        found: list[Passage] = []
        for bookmark in self._notebook.read_strictly(
            lambda c: store.all_bookmarks(c, deleted=deleted)
        ):
            modified, article, anchor = known.get(bookmark.id, ("", "", Anchor("absent")))
            row_id = None
            if article and modified == bookmark.modified:
                row_id = self._articles.row_id(article)
            if row_id is None and bookmark.article:
                row_id = self._articles.row_id(bookmark.article)
                if row_id is not None:
                    anchor = anchoring.anchor(self._text(bookmark.article), bookmark.selector)
            if row_id is None:
                anchor = Anchor("absent") if anchor.attached else anchor
            if row_id is not None or bookmark.id in members:
                found.append(Passage(self._of_today(bookmark, row_id), anchor, row_id))
        return sorted(found, key=_order)

    def _of_today(self, bookmark: Bookmark, row_id: RowId | None) -> Bookmark:
        """A bookmark with the source of its article as it is now, and the title and date that it
        lacks."""
        article = self._articles.get(row_id) if row_id is not None else None
        if article is None:
            return bookmark
        return replace(
            bookmark,
            source=_source_of(article) or bookmark.source,
            title=bookmark.title or article.title,
            date=bookmark.date or article.date,
        )

    def reattach(self) -> int:
        """Locate the bookmarks that are not known to be attached (see `reattach_all`)."""
        return self._cache.read(
            lambda c: reattach(self._notebook, ArticleLookup(c), self._library), int
        )

    def candidates(self, passage: Passage) -> list[Candidate]:
        """The spans that a doubtful or orphaned passage may mean in its likeliest article."""
        article = self.likeliest_article(passage)
        text = self._text(article) if article else ""
        selector = passage.bookmark.selector
        return anchoring.candidates(text, selector)[:_CANDIDATES] if text else []

    def likeliest_article(self, passage: Passage) -> ArticleHash:
        """The article in which a passage stands or is likely to belong, "" if there is none."""
        known = self._attachments().get(passage.bookmark.id)
        if known is not None and known[1]:
            return known[1]
        own = passage.bookmark.article
        return own if own and self._articles.row_id(own) is not None else ""

    def tags(self) -> list[str]:
        """All tags in use, the most frequent first."""
        return self._notebook.read(store.tags, list[str])

    def merge(
        self, decide: Callable[[dict[str, Bookmark]], list[Bookmark]], added: Iterable[str]
    ) -> None:
        """Store what `decide` returns for all bookmarks by id, in one transaction.

        `added` are the ids that belong to the library from now on, changed or not.
        """

        def change(connection: sqlite3.Connection) -> None:
            known = {b.id: b for b in store.all_bookmarks(connection, deleted=True)}
            for bookmark in decide(known):
                store.save(connection, bookmark)
                store.add_membership(connection, self._library, bookmark.id)
            for bookmark_id in added:
                store.add_membership(connection, self._library, bookmark_id)

        self._notebook.write(change, backup=True)


def _safe(note: str) -> str:
    return safe(note).strip()


def _short(bookmark: Bookmark) -> str:
    words = " ".join(bookmark.selector.exact.split())
    return f"“{words[:23].rstrip()}…”" if len(words) > 24 else f"“{words}”"


def _source_of(article: Article) -> str:
    return article.source + (f":{article.record}" if article.record else "")


def _in_article(bookmark: Bookmark, article: Article, start: int, end: int) -> Bookmark:
    """A bookmark with the selector of a span of an article, and what it stores of the article."""
    return replace(
        bookmark,
        selector=anchoring.selector_of(article.text, start, end),
        article=article.id,
        url=article.url,
        title=article.title,
        date=article.date,
        source=_source_of(article),
        context=_sentences_around(article.text, start, end),
    )


def _order(passage: Passage) -> tuple[bool, str, str, str, int, str]:
    b = passage.bookmark
    start = passage.anchor.start if passage.anchor.attached else b.selector.start
    return (b.date is None, b.date or "", b.title, b.article, start, b.created)


def _sentences_around(text: str, start: int, end: int) -> str:
    # Imported here because the reader starts without text processing.
    from tui.nlp.sentences import sentence_span

    first, _ = sentence_span(text, start)
    _, last = sentence_span(text, max(start, end - 1))
    return text[min(first, start) : max(last, end)]
