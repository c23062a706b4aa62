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


class ChangedSince(Exception):  # noqa: N818 - it names what has happened
    """A bookmark is otherwise than it was left: another process or an import has changed it."""


def now() -> str:
    """This moment as RFC 3339 in UTC with milliseconds."""
    return _written(datetime.now(timezone.utc))


def after(moment: str) -> str:
    """This moment, or one millisecond after another one if that is not past yet."""
    current = now()
    if current > moment:
        return current
    then = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    try:
        return _written(then + timedelta(milliseconds=1))
    except OverflowError:
        return moment


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Passages:
    """What is kept of a library's articles.

    Args:
        notebook: where it is kept; asked for when first needed.
        articles: the library's articles.
        key_of: the cache's key of an article by its id.
        article: an article by its key, with where it is read from (its text is not looked at).
        library: what the library is called in the notebook.
        done: is told of each change in words, with what undoes it.

    Every method may raise `sqlite3.Error` if the notebook cannot be read or written; what a method
    was to keep is on the disk when it returns.
    """

    def __init__(
        self,
        notebook: Callable[[], Notebook],
        articles: attaching.Articles,
        key_of: Callable[[str], int | None],
        article: Callable[[int], Article | None],
        library: str,
        done: Done,
    ) -> None:
        self._notebook = notebook
        self._articles = articles
        self._key_of = key_of
        self._article = article
        self._library = library
        self._done = done
        # Of what an undo has written: when that was written first.
        self._as_if: dict[str, str] = {}

    # Keeping

    def keep(
        self, article: Article, start: int, end: int, note: str = "", tags: Sequence[str] = ()
    ) -> Bookmark:
        """Keep a span of an article's text.

        One that is kept already is given back, with the note and the tags if any are given.

        Raises:
            ValueError: if the span is empty or not in the text.
        """
        for passage in self.of(article):
            if (passage.anchor.start, passage.anchor.end) == (start, end):
                kept = passage.bookmark
                return self.change(kept, note or kept.note, tags or kept.tags)
        moment = now()
        selector = anchoring.selector_of(article.text, start, end)
        bookmark = _in_article(
            Bookmark(uuid.uuid4().urn, moment, moment, selector, note=_safe(note), tags=tidy(tags)),
            article,
            start,
            end,
        )
        self._notebook().save(bookmark, self._library)

        def undo() -> None:
            self._unchanged(bookmark)
            self._notebook().remove(bookmark.id)

        self._done(f"kept {_short(bookmark)}", undo)
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
        changed = _in_article(bookmark, article, start, end)
        if changed.selector.exact != bookmark.kept:
            changed = replace(changed, original=bookmark.kept)
        return self._change(bookmark, changed, "attached")

    def _change(self, given: Bookmark, new: Bookmark, words: str) -> Bookmark:
        if new == given:
            return given
        # What was given may have come with its article's place of today.
        old = self._notebook().bookmark(given.id) or given
        new = replace(new, modified=after(old.modified))
        self._notebook().save(new, self._library)
        self._settle_one(new)

        def undo() -> None:
            self._unchanged(new)
            before = replace(old, modified=after(new.modified))
            self._notebook().save(before, self._library)
            self._settle_one(before)
            # What was done before this can be taken back too: it is as it was then.
            self._as_if[before.modified] = old.modified

        self._done(f"{words} {_short(old)}", undo)
        return new

    def _unchanged(self, ours: Bookmark) -> None:
        """See that a bookmark is as we left it.

        Raises:
            ChangedSince: if another process or an import has changed it since.
        """
        stored = self._notebook().bookmark(ours.id)
        modified = stored.modified if stored is not None else ""
        while modified and modified != ours.modified:
            modified = self._as_if.get(modified, "")
        if modified != ours.modified:
            raise ChangedSince(_short(ours))

    def _settle_one(self, bookmark: Bookmark) -> None:
        known = self._notebook().attachments(self._library).get(bookmark.id)
        if bookmark.deleted or (known is not None and known[0] == bookmark.modified):
            return
        found = attaching.find(bookmark, self._articles)
        self._notebook().attach(self._library, [(bookmark, *found)], self._articles.generation())

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
        shelf = self._notebook().shelf(self._library)
        known = self._notebook().attachments(self._library)
        found: list[Passage] = []
        for bookmark in self._notebook().bookmarks(deleted=deleted):
            modified, article, anchor = known.get(bookmark.id, ("", "", Anchor("absent")))
            key = self._key_of(article) if article and modified == bookmark.modified else None
            if key is None and bookmark.article:
                key = self._key_of(bookmark.article)
                if key is not None:
                    text = self._articles.text(bookmark.article)
                    anchor = anchoring.anchor(text, bookmark.selector)
            if key is None:
                anchor = Anchor("absent") if anchor.attached else anchor
            if key is not None or bookmark.id in shelf:
                found.append(Passage(self._of_today(bookmark, key), anchor, key))
        return sorted(found, key=_order)

    def _of_today(self, bookmark: Bookmark, key: int | None) -> Bookmark:
        """A bookmark with its article's place of today, and what it lacked of it."""
        article = self._article(key) if key is not None else None
        if article is None:
            return bookmark
        return replace(
            bookmark,
            source=_source_of(article) or bookmark.source,
            title=bookmark.title or article.title,
            date=bookmark.date or article.date,
        )

    def settle(self) -> int:
        """Find in today's articles what is not known to stand anywhere; for how many that is new.

        What was found once is asked again only when its article has gone, what was not found only
        when articles have come or gone; a bookmark of another library only by what names its
        article. It may take its time: the indexing process does it.
        """
        notebook = self._notebook()
        known = notebook.attachments(self._library)
        shelf = notebook.shelf(self._library)
        generation = self._articles.generation()
        looked = notebook.looked_for(self._library, generation)
        fresh: list[tuple[Bookmark, str, Anchor]] = []
        changed = 0
        for bookmark in notebook.bookmarks():
            modified, article, anchor = known.get(bookmark.id, ("", "", Anchor("absent")))
            if modified == bookmark.modified and anchor.attached and self._articles.has(article):
                continue
            if bookmark.id in looked and not (modified and anchor.attached):
                continue
            if bookmark.id not in shelf and not attaching.is_named(bookmark, self._articles):
                continue
            ident, where = attaching.find(bookmark, self._articles)
            fresh.append((bookmark, ident, where))
            changed += (modified, article, anchor) != (bookmark.modified, ident, where)
        if fresh:
            notebook.attach(self._library, fresh, generation)
        return changed

    def candidates(self, passage: Passage) -> list[Candidate]:
        """The places that a doubtful or lost passage may mean in the article that it is near to."""
        text = self._text_near(passage)
        return anchoring.candidates(text, passage.bookmark.selector)[:9] if text else []

    def _text_near(self, passage: Passage) -> str:
        article = self.article_near(passage)
        return self._articles.text(article) if article else ""

    def article_near(self, passage: Passage) -> str:
        """The id of the article that a passage stands in or is likely to belong to, if any."""
        known = self._notebook().attachments(self._library).get(passage.bookmark.id)
        if known is not None and known[1]:
            return known[1]
        own = passage.bookmark.article
        return own if own and self._articles.has(own) else ""

    def tags(self) -> list[str]:
        """All tags in use, the most frequent first."""
        return self._notebook().tags()


def _safe(note: str) -> str:
    from tui.reading.decoding import safe

    return safe(note).strip()


def _short(bookmark: Bookmark) -> str:
    words = " ".join(bookmark.selector.exact.split())
    return f"“{words[:23].rstrip()}…”" if len(words) > 24 else f"“{words}”"


def _source_of(article: Article) -> str:
    return article.source + (f":{article.record}" if article.record else "")


def _in_article(bookmark: Bookmark, article: Article, start: int, end: int) -> Bookmark:
    """A bookmark of a span of an article."""
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


def tidy(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without blanks and signs around them, each once, in order."""
    found = ("-".join(tag.strip(" #,;").split()) for tag in tags)
    return tuple(dict.fromkeys(tag for tag in found if tag))


def _order(passage: Passage) -> tuple[bool, str, str, str, int, str]:
    b = passage.bookmark
    start = passage.anchor.start if passage.anchor.attached else b.selector.start
    return (b.date is None, b.date or "", b.title, b.article, start, b.created)


def _sentences_around(text: str, start: int, end: int) -> str:
    # Not at the top: the reader starts without the analysis.
    from tui.language.sentences import sentence_span

    first, _ = sentence_span(text, start)
    _, last = sentence_span(text, max(start, end - 1))
    return text[min(first, start) : max(last, end)]
