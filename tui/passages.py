"""The bookmarks of a library: kept, changed, undone, and found in the articles of today."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from tui.model import Anchor, Article, Bookmark, Passage
from tui.notebook import anchoring, attaching
from tui.notebook.store import Notebook

if TYPE_CHECKING:
    from tui.notebook.near import Candidate

Done = Callable[[str, Callable[[], None]], None]


def now() -> str:
    """This moment as RFC 3339 in UTC with milliseconds."""
    return _written(datetime.now(timezone.utc))


def after(moment: str) -> str:
    """This moment, or one millisecond after another one if that is not past yet."""
    current = now()
    if current > moment:
        return current
    then = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return _written(then + timedelta(milliseconds=1))


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Passages:
    """What is kept of a library's articles.

    Args:
        notebook: where it is kept; asked for when first needed.
        articles: the library's articles.
        key_of: the cache's key of an article by its id.
        library: what the library is called in the notebook.
        revision: the cache's revision: what was not found is not looked for twice in the same.
        done: is told of each change in words, with what undoes it.

    Every method may raise `sqlite3.Error` if the notebook cannot be read or written; what a method
    was to keep is on the disk when it returns.
    """

    def __init__(
        self,
        notebook: Callable[[], Notebook],
        articles: attaching.Articles,
        key_of: Callable[[str], int | None],
        library: str,
        revision: Callable[[], int],
        done: Done,
    ) -> None:
        self._notebook = notebook
        self._articles = articles
        self._key_of = key_of
        self._library = library
        self._revision = revision
        self._done = done
        self._looked: dict[str, tuple[str, int]] = {}

    # Keeping

    def keep(
        self, article: Article, start: int, end: int, note: str = "", tags: Sequence[str] = ()
    ) -> Bookmark:
        """Keep a span of an article's text; one that is kept already is given back.

        Raises:
            ValueError: if the span is empty or not in the text.
        """
        for passage in self.of(article):
            if (passage.anchor.start, passage.anchor.end) == (start, end):
                return passage.bookmark
        moment = now()
        bookmark = Bookmark(
            id=uuid.uuid4().urn,
            created=moment,
            modified=moment,
            selector=anchoring.selector_of(article.text, start, end),
            article=article.id,
            url=article.url,
            title=article.title,
            date=article.date,
            source=article.source + (f":{article.record}" if article.record else ""),
            context=_sentences_around(article.text, start, end),
            note=_safe(note),
            tags=tidy(tags),
        )
        self._notebook().save(bookmark, self._library)
        self._done("kept", lambda: self._notebook().remove(bookmark.id))
        return bookmark

    def change(self, bookmark: Bookmark, note: str, tags: Sequence[str]) -> Bookmark:
        """Give a bookmark another note and other tags."""
        changed = replace(bookmark, note=_safe(note), tags=tidy(tags))
        return self._change(bookmark, changed, "note and tags")

    def delete(self, bookmark: Bookmark) -> None:
        """Delete a bookmark; a merge with an older copy does not bring it back."""
        self._change(bookmark, replace(bookmark, deleted=True), "deleted")

    def attach(self, bookmark: Bookmark, article: Article, start: int, end: int) -> Bookmark:
        """Say by hand where a bookmark belongs: it counts in that article from now on.

        Raises:
            ValueError: if the span is empty or not in the text.
        """
        changed = replace(
            bookmark,
            selector=anchoring.selector_of(article.text, start, end),
            article=article.id,
            url=article.url,
            title=article.title,
            date=article.date,
            source=article.source + (f":{article.record}" if article.record else ""),
            context=_sentences_around(article.text, start, end),
        )
        return self._change(bookmark, changed, "attached")

    def _change(self, old: Bookmark, new: Bookmark, words: str) -> Bookmark:
        if new == old:
            return old
        new = replace(new, modified=after(old.modified))
        self._notebook().save(new, self._library)

        def undo() -> None:
            self._notebook().save(replace(old, modified=after(new.modified)), self._library)

        self._done(words, undo)
        return new

    # Finding

    def of(self, article: Article) -> list[Passage]:
        """The passages of an article in order of the text."""
        found: list[Passage] = []
        key = self._key_of(article.id)
        for bookmark, anchor in self._notebook().bookmarks_of(self._library, article.id):
            stands = anchor or anchoring.anchor(article.text, bookmark.selector)
            found.append(Passage(bookmark, stands, key))
        return sorted(found, key=lambda p: (p.anchor.start, p.anchor.end, p.bookmark.id))

    def all(self, *, deleted: bool = False) -> list[Passage]:
        """Every bookmark of the library, in order of articles' dates and of the text.

        A bookmark is of the library if it was kept in it or imported into it, or if its article is
        there.
        """
        self.settle()
        shelf = self._notebook().shelf(self._library)
        known = self._notebook().attachments(self._library)
        found: list[Passage] = []
        for bookmark in self._notebook().bookmarks(deleted=deleted):
            modified, article, anchor = known.get(bookmark.id, ("", "", Anchor("absent")))
            key = self._key_of(article) if article and modified == bookmark.modified else None
            if key is None:
                anchor = Anchor("absent") if anchor.attached else anchor
            if key is not None or bookmark.id in shelf:
                found.append(Passage(bookmark, anchor, key))
        return sorted(found, key=_order)

    def settle(self) -> int:
        """Find in today's articles what is not known to stand anywhere; how much was looked for.

        What was found once is asked again only when its article has gone. What was not found is
        looked for again when articles may have come; a bookmark of another library only by what
        names its article.
        """
        known = self._notebook().attachments(self._library)
        shelf = self._notebook().shelf(self._library)
        revision = self._revision()
        fresh: list[tuple[Bookmark, str, Anchor]] = []
        for bookmark in self._notebook().bookmarks():
            modified, article, anchor = known.get(bookmark.id, ("", "", Anchor("absent")))
            if modified == bookmark.modified and anchor.attached and self._articles.has(article):
                continue
            if self._looked.get(bookmark.id) == (bookmark.modified, revision):
                continue
            self._looked[bookmark.id] = (bookmark.modified, revision)
            if bookmark.id not in shelf and not attaching.is_named(bookmark, self._articles):
                continue
            ident, where = attaching.find(bookmark, self._articles)
            if (modified, article, anchor) != (bookmark.modified, ident, where):
                fresh.append((bookmark, ident, where))
        if fresh:
            self._notebook().attach(self._library, fresh)
        return len(fresh)

    def candidates(self, passage: Passage) -> list[Candidate]:
        """The places that a doubtful or lost passage may mean in the article that it is near to."""
        text = self._text_near(passage)
        return anchoring.candidates(text, passage.bookmark.selector)[:9] if text else []

    def _text_near(self, passage: Passage) -> str:
        article = self.article_near(passage)
        return self._articles.text(article) if article else ""

    def article_near(self, passage: Passage) -> str:
        """The id of the article that a passage that stands nowhere is likely to belong to."""
        return (
            self._notebook()
            .attachments(self._library)
            .get(passage.bookmark.id, ("", "", Anchor("absent")))[1]
        )

    def tags(self) -> list[str]:
        """All tags in use, the most frequent first."""
        return self._notebook().tags()


def _safe(note: str) -> str:
    from tui.reading.decoding import safe

    return safe(note).strip()


def tidy(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without blanks and signs around them, each once, in order."""
    found = ("-".join(tag.strip(" #,;").split()) for tag in tags)
    return tuple(dict.fromkeys(tag for tag in found if tag))


def _order(passage: Passage) -> tuple[bool, str, str, int, str]:
    b = passage.bookmark
    start = passage.anchor.start if passage.anchor.attached else b.selector.start
    return (b.date is None, b.date or "", b.title, start, b.created)


def _sentences_around(text: str, start: int, end: int) -> str:
    # Not at the top: the reader starts without the analysis.
    from tui.language.sentences import sentence_span

    first, _ = sentence_span(text, start)
    _, last = sentence_span(text, max(start, end - 1))
    return text[min(first, start) : max(last, end)]
