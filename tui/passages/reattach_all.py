"""Bookmarks located again in the articles of a library, after these have changed."""

from __future__ import annotations

from tui.ids import ArticleHash
from tui.passages import locating, store
from tui.passages.model import Anchor, Bookmark
from tui.storage.notebook_access import Notebook

_UNKNOWN = ("", "", Anchor("absent"))


def reattach(notebook: Notebook, articles: locating.Articles, library: str) -> int:
    """Locate the bookmarks that are not known to be attached; returns how many have moved.

    A bookmark that was found is located again only if its article is gone, one that was not found
    only if articles have been added or deleted since. A bookmark of another library is located
    only if its article is here by hash or address. This may take long: the index process does it.

    Raises:
        NotWritten: if the notebook cannot be read or written.
        sqlite3.Error: if the articles cannot be read.
    """
    known = notebook.read_strictly(lambda c: store.attachments(c, library))
    members = notebook.read_strictly(lambda c: store.members(c, library))
    generation = articles.generation()
    located = notebook.read_strictly(lambda c: store.located_in(c, library, generation))
    found: list[tuple[Bookmark, ArticleHash, Anchor]] = []
    moved = 0
    for bookmark in notebook.read_strictly(store.all_bookmarks):
        modified, article, anchor = known.get(bookmark.id, _UNKNOWN)
        if modified == bookmark.modified and anchor.attached and articles.has(article):
            continue
        if bookmark.id in located and not (modified and anchor.attached):
            continue
        if bookmark.id not in members and not locating.is_named(bookmark, articles):
            continue
        article_now, anchor_now = locating.locate(bookmark, articles)
        found.append((bookmark, article_now, anchor_now))
        before = (modified, article, anchor)
        moved += before != (bookmark.modified, article_now, anchor_now)
    if found:
        notebook.write(lambda c: store.attach(c, library, found, generation))
    return moved
