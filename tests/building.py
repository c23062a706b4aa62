"""Libraries for tests: written, indexed in this process, and asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.articles import read_mark_store
from tui.folders import absolute, cache_of
from tui.indexing.run import index
from tui.library import Library
from tui.nlp.document import Document
from tui.passages import store
from tui.passages.model import Bookmark
from tui.storage.notebook_access import Notebook

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SHARED_SEEDS = ROOT.parent / "shared" / "seeds"

OpenLibrary = Callable[..., Library]


def bring_up_to_date(sources: Sequence[Path], *, analyse: bool = True) -> list[str]:
    """Index here; the steps that it went through."""
    steps: list[str] = []
    index(
        absolute(sources),
        cache_of(absolute(sources)),
        report=lambda progress: steps.append(progress.step),
        analyse=analyse,
    )
    return steps


def write(folder: Path, **files: str) -> Path:
    """Write text files (`name` becomes `name.txt`) and give back the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def keys_by_source(library: Library) -> dict[str, int]:
    """The keys of a library's articles by the path that each was read from."""
    found: dict[str, int] = {}
    for key in library.articles.order():
        article = library.articles.get(key)
        assert article is not None
        found[article.source] = key
    return found


def document_of(library: Library, row_id: int) -> Document:
    """The text of an article with its annotations."""
    page = library.page(row_id)
    assert page is not None
    return page.document


def hashes_of(library: Library) -> list[str]:
    """The hashes of all articles of a library, in the order of the list."""
    order = library.articles.order()
    known = library.articles.hashes(order)
    return [known[row_id] for row_id in order]


def bookmarks_in(notebook: Notebook) -> list[Bookmark]:
    """All bookmarks in a notebook."""
    return notebook.read(store.all_bookmarks, list[Bookmark])


def read_in(notebook: Notebook, articles: Sequence[str]) -> frozenset[str]:
    """Those of some articles that a notebook has as read."""
    return notebook.read(lambda c: read_mark_store.read_of(c, articles), frozenset[str])


def mark_read_in(notebook: Notebook, articles: Sequence[str]) -> None:
    """Mark articles as read in a notebook."""
    notebook.write(lambda c: read_mark_store.mark(c, articles, read=True))


def save_in(notebook: Notebook, bookmark: Bookmark, library: str) -> None:
    """Store a bookmark of a library, as another process or an import does."""

    def change(connection: sqlite3.Connection) -> None:
        store.save(connection, bookmark)
        store.add_membership(connection, library, bookmark.id)

    notebook.write(change)
