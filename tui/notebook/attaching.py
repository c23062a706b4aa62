"""In which article of a library a bookmark stands today, and where in it.

By what names the article first (its text's hash, its address, its file, its title), then by the
words of the quote. Whatever names it, the quote decides: an article in which it does not stand is
not the one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from tui.model import Anchor, Bookmark
from tui.notebook.anchoring import LEAST, MARGIN, anchor

# As many articles are looked into where only the words of the quote lead to them.
_MOST = 6


class Articles(Protocol):
    """What is asked of a library's articles; all are known by their ids."""

    def has(self, ident: str) -> bool:
        """Whether there is such an article."""

    def generation(self) -> str:
        """What is another whenever articles have come or gone."""

    def text(self, ident: str) -> str:
        """The text of an article, "" if there is none."""

    def with_url(self, url: str) -> list[str]:
        """The articles of an address."""

    def from_source(self, source: str, record: int) -> list[str]:
        """The articles that are read from a file whose path ends so."""

    def titled(self, title: str) -> list[str]:
        """The articles of a title."""

    def telling(self, quote: str, prefix: str, suffix: str, most: int) -> list[str]:
        """The articles that have the words of a quote."""


def find(bookmark: Bookmark, articles: Articles) -> tuple[str, Anchor]:
    """The id of the article that a bookmark belongs to today ("" if none), and where in it."""
    if bookmark.article and articles.has(bookmark.article):
        return bookmark.article, anchor(articles.text(bookmark.article), bookmark.selector)
    doubt: tuple[str, Anchor] | None = None
    for group in _named(bookmark, articles):
        ident, found = _best(bookmark, group, articles)
        if found.attached:
            return ident, found
        # An article that alone has the address or file is where the quote was lost.
        lost = found.state == "orphan" and len(group) == 1
        if doubt is None and (found.state == "doubtful" or lost):
            doubt = ident, found
    if doubt is not None and doubt[1].state == "doubtful":
        return doubt
    selector = bookmark.selector
    group = articles.telling(selector.exact, selector.prefix, selector.suffix, _MOST)
    ident, found = _best(bookmark, group, articles)
    if found.attached or found.state == "doubtful":
        return ident, found
    return doubt or ("", Anchor("absent"))


def is_named(bookmark: Bookmark, articles: Articles) -> bool:
    """Whether its article is there by hash or address, without a look at any text."""
    return bool(
        (bookmark.article and articles.has(bookmark.article)) or articles.with_url(bookmark.url)
    )


def _named(bookmark: Bookmark, articles: Articles) -> Iterator[list[str]]:
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


def _best(bookmark: Bookmark, group: Iterable[str], articles: Articles) -> tuple[str, Anchor]:
    """The article of a group in which the quote stands best; two that are as good are a doubt."""
    found = [(ident, anchor(articles.text(ident), bookmark.selector)) for ident in group]
    found.sort(key=lambda pair: -pair[1].score)
    if not found:
        return "", Anchor("orphan")
    first = found[0][1]
    if len(found) > 1 and first.score >= LEAST and first.score - found[1][1].score < MARGIN:
        return found[0][0], Anchor("doubtful", score=first.score)
    return found[0]
