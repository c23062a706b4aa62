"""Passages for tests: kept of the bundled articles, and compared."""

from __future__ import annotations

from building import keys_by_source

from tui.articles.model import Article
from tui.library import Library
from tui.passages.model import Bookmark, Passage

VOTE = "un-vote-gaza.txt"
HARRIS = "2024-rafah-harris.txt"


def article_of(library: Library, source: str) -> Article:
    """An article by the path that it was read from."""
    article = library.articles.get(keys_by_source(library)[source])
    assert article is not None
    return article


def keep(
    library: Library, source: str, quote: str, note: str = "", tags: tuple[str, ...] = ()
) -> Bookmark:
    """Keep the first place where an article says something."""
    article = article_of(library, source)
    start = article.text.index(quote)
    return library.passages.add(article, start, start + len(quote), note, tags)


def only(library: Library) -> Passage:
    """The one passage that a library has."""
    (passage,) = library.passages.all()
    return passage


def words_at(library: Library, passage: Passage) -> str:
    """What stands today where a passage is attached."""
    assert passage.article is not None
    article = library.articles.get(passage.article)
    assert article is not None
    return article.text[passage.anchor.start : passage.anchor.end]
