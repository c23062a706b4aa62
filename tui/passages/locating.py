"""Locates a bookmark: the article of a library that it belongs to now, and its anchor there.

Articles are looked up by what names them (the hash of the text, the address, the file, the title),
then by the words of the quote. In each case the quote decides: an article in which it does not
stand is not the right one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from tui.ids import ArticleHash
from tui.passages.anchoring import MARGIN, MIN_SCORE, anchor
from tui.passages.model import Anchor, Bookmark

# The number of articles that are examined if only the words of the quote lead to them.
_LIMIT = 6


class Articles(Protocol):
    """The articles of a library, named by their hashes."""

    def has(self, article: ArticleHash) -> bool:
        """Whether there is such an article."""

    def generation(self) -> str:
        """A string that differs whenever articles have been added or deleted."""

    def text(self, article: ArticleHash) -> str:
        """The text of an article, "" if there is none."""

    def with_url(self, url: str) -> list[ArticleHash]:
        """The articles that have an address."""

    def from_source(self, source: str, record: int) -> list[ArticleHash]:
        """The articles that are read from a file of the same name, and the same line in it."""

    def titled(self, title: str) -> list[ArticleHash]:
        """The articles that have a title."""

    def quoting(self, quote: str, prefix: str, suffix: str, limit: int) -> list[ArticleHash]:
        """The articles that have the words of a quote."""


def locate(bookmark: Bookmark, articles: Articles) -> tuple[ArticleHash, Anchor]:
    """The article that a bookmark belongs to now ("" if there is none), and its anchor there."""
    if bookmark.article and articles.has(bookmark.article):
        return bookmark.article, anchor(articles.text(bookmark.article), bookmark.selector)
    doubt: tuple[ArticleHash, Anchor] | None = None
    for group in _named(bookmark, articles):
        article, found = _best(bookmark, group, articles)
        if found.attached:
            return article, found
        # The only article with the address or file is the one that has lost the quote.
        lost = found.state == "orphan" and len(group) == 1
        if doubt is None and (found.state == "doubtful" or lost):
            doubt = article, found
    if doubt is not None and doubt[1].state == "doubtful":
        return doubt
    selector = bookmark.selector
    group = articles.quoting(selector.exact, selector.prefix, selector.suffix, _LIMIT)
    article, found = _best(bookmark, group, articles)
    if found.attached or found.state == "doubtful":
        return article, found
    return doubt or ("", Anchor("absent"))


def is_named(bookmark: Bookmark, articles: Articles) -> bool:
    """Whether the article of a bookmark is there by hash or address; reads no text."""
    return bool(
        (bookmark.article and articles.has(bookmark.article)) or articles.with_url(bookmark.url)
    )


def _named(bookmark: Bookmark, articles: Articles) -> Iterator[list[ArticleHash]]:
    source, _, record = bookmark.source.rpartition(":")
    if not (source and record.isdigit()):
        source, record = bookmark.source, "0"
    for group in (
        articles.with_url(bookmark.url),
        articles.from_source(source, int(record)),
        articles.titled(bookmark.title),
    ):
        if group:
            yield group


def _best(
    bookmark: Bookmark, group: Iterable[ArticleHash], articles: Articles
) -> tuple[ArticleHash, Anchor]:
    """The article of a group that fits best; doubtful if two fit about equally well."""
    found = [(article, anchor(articles.text(article), bookmark.selector)) for article in group]
    found.sort(key=lambda pair: -pair[1].score)
    if not found:
        return "", Anchor("orphan")
    first = found[0][1]
    if len(found) > 1 and first.score >= MIN_SCORE and first.score - found[1][1].score < MARGIN:
        return found[0][0], Anchor("doubtful", score=first.score)
    return found[0]
