"""What an earlier version has left: its config, notebook and cache open as they are."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from building import (
    OpenLibrary,
    bookmarks_in,
    bring_up_to_date,
    document_of,
    hashes_of,
    keys_by_source,
    read_in,
    write,
)
from screens import reader_screen, running, until
from test_commands import dateline
from textual.pilot import Pilot

from tui.app.app import DatelineApp
from tui.app.page.meta_line import meta_line
from tui.config.loading import path
from tui.folders import absolute, cache_of, library_id, notebook_file
from tui.library import Library
from tui.storage.backups import newest_first

_GERMAN = """Haushalt

Der Bundeskanzler hat am Montag in Berlin erklärt, dass die Regierung den Haushalt für das kommende
Jahr beschlossen habe. Die Opposition kritisierte den Entwurf, weil er zu wenig für die Schulen tue
und die Steuern so hoch blieben, wie sie es seit Jahren sind. Joe Biden schwieg."""
_ENGLISH = "Talks\n\nJoe Biden met Angela Merkel in Rome on Monday, and they spoke of the budget."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "in", de=_GERMAN, en=_ENGLISH)


# The config

_OLD_KEYS = """\
[keys]
page.last-mark = "f2"
page.last-event = "f3"
page.last-mention = "f4"
page.next-passage = "f5"
page.last-passage = "f6"
timeline.last-day = "f7"
find.last = "f8"
place.last = "f9"
pane.last = "f10"
"""
_NEW_KEYS = {
    "page.previous-mark": "F2",
    "page.previous-event": "F3",
    "page.previous-mention": "F4",
    "page.next-bookmark": "F5",
    "page.previous-bookmark": "F6",
    "timeline.previous-day": "F7",
    "find.previous": "F8",
    "place.back": "F9",
    "pane.previous": "F10",
}


def test_keys_of_actions_that_had_other_names_are_those_of_the_actions() -> None:
    path().parent.mkdir(parents=True)
    path().write_text(_OLD_KEYS, encoding="utf-8")
    checked = dateline("config", "--check")
    assert (checked.returncode, checked.stderr) == (0, b"")
    assert b"nothing is wrong" in checked.stdout
    listed = dateline("keys")
    assert (listed.returncode, listed.stderr) == (0, b"")
    rows = [line.split("\t") for line in listed.stdout.decode().splitlines()]
    assert {action: keys for _, action, keys, _ in rows if keys in _NEW_KEYS.values()} == _NEW_KEYS


# The notebook

# The first version had no bookmarks: see test_passages.py.
_SECOND = """
PRAGMA journal_mode = WAL;
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE read_marks (article TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE libraries (sources TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE bookmarks (
    bookmark INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created TEXT NOT NULL,
    modified TEXT NOT NULL, deleted INTEGER NOT NULL, article TEXT NOT NULL, url TEXT NOT NULL,
    title TEXT NOT NULL, date TEXT, source TEXT NOT NULL, exact TEXT NOT NULL,
    prefix TEXT NOT NULL, suffix TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    context TEXT NOT NULL, note TEXT NOT NULL, tags TEXT NOT NULL, original TEXT NOT NULL
);
CREATE INDEX bookmarks_by_article ON bookmarks (article);
CREATE TABLE shelves (
    library TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (library, id)
) WITHOUT ROWID;
CREATE TABLE attachments (
    library TEXT NOT NULL, id TEXT NOT NULL, modified TEXT NOT NULL, article TEXT NOT NULL,
    state TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, score REAL NOT NULL,
    looked TEXT NOT NULL, PRIMARY KEY (library, id)
) WITHOUT ROWID;
CREATE INDEX attachments_by_article ON attachments (library, article);
CREATE TABLE places (
    article TEXT PRIMARY KEY, offset INTEGER NOT NULL, top INTEGER NOT NULL, at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE named_places (
    library TEXT NOT NULL, letter TEXT NOT NULL, article TEXT NOT NULL, offset INTEGER NOT NULL,
    PRIMARY KEY (library, letter)
) WITHOUT ROWID;
CREATE TABLE sessions (library TEXT PRIMARY KEY, state TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE samples (
    library TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (library, article)
) WITHOUT ROWID;
CREATE INDEX samples_by_article ON samples (article);
INSERT INTO meta VALUES ('schema', 2);
"""


def second_notebook(library: str, article: str) -> None:
    """Write a notebook of the second version: an article is read, kept from, named and open."""
    notebook_file().parent.mkdir(parents=True, exist_ok=True)
    for file in notebook_file().parent.glob("notebook*"):
        file.unlink()
    moment = "2024-03-25T12:00:00Z"
    quote = "Angela Merkel"
    start = _ENGLISH.partition("\n\n")[2].index(quote)
    state = {"article": article, "listed": article, "pane": "reader", "sort": "title"}
    with closing(sqlite3.connect(notebook_file())) as old:
        old.executescript(_SECOND)
        with old:
            old.execute("INSERT INTO read_marks VALUES (?, 1.0)", (article,))
            old.execute("INSERT INTO libraries VALUES (?, 1.0)", (library,))
            old.execute(
                "INSERT INTO bookmarks VALUES (1, 'urn:old:1', ?, ?, 0, ?, '', 'Talks', NULL,"
                " 'en.txt', ?, 'met ', ' in Rome', ?, ?, '', 'who', '[\"people\"]', '')",
                (moment, moment, article, quote, start, start + len(quote)),
            )
            old.execute("INSERT INTO shelves VALUES (?, 'urn:old:1')", (library,))
            old.execute("INSERT INTO places VALUES (?, ?, 0, 1.0)", (article, start))
            old.execute("INSERT INTO named_places VALUES (?, 'a', ?, ?)", (library, article, start))
            old.execute("INSERT INTO sessions VALUES (?, ?, 1.0)", (library, json.dumps(state)))


@pytest.fixture
def article(folder: Path, open_library: OpenLibrary) -> str:
    """Index, write the old notebook for the library, and give the hash of its English article."""
    library = open_library(folder)
    english = library.articles.hashes([keys_by_source(library)["en.txt"]])
    (found,) = english.values()
    library.close()
    second_notebook(library_id(absolute([folder])), found)
    return found


def test_a_notebook_of_the_second_version_keeps_all_that_is_in_it(
    folder: Path, article: str
) -> None:
    with closing(Library([folder])) as library:
        assert not library.notebook.message
        assert library.notebook.lasting
        (passage,) = library.passages.all()
        bookmark = passage.bookmark
        assert (bookmark.selector.exact, bookmark.note, bookmark.tags) == (
            "Angela Merkel", "who", ("people",),
        )  # fmt: skip
        assert passage.anchor.attached
        assert read_in(library.notebook, hashes_of(library)) == {article}
        assert library.session.position(article) == (bookmark.selector.start, 0)
        assert library.session.named_places() == {"a": (article, bookmark.selector.start)}
        assert library.session.load()[0]["sort"] == "title"
    (backup,) = newest_first(notebook_file())
    assert "v2" in backup.name


def test_a_notebook_of_the_second_version_can_be_written_and_opened_again(
    folder: Path, article: str
) -> None:
    with closing(Library([folder])) as library:
        library.entities.rename("angela-merkel", "Chancellor Merkel")
        event = library.timeline.index().rows[-1]
        library.events.set_line(event, "Talks in Rome")
    with closing(Library([folder])) as library:
        assert [c.value for c in library.events.stated()] == ["Talks in Rome"]
        assert library.entities.name("angela-merkel") == "Chancellor Merkel"
        assert [bookmark.id for bookmark in bookmarks_in(library.notebook)] == ["urn:old:1"]


def screen_is_on_the_page(pilot: Pilot[None]) -> Callable[[], bool]:
    assert isinstance(pilot.app, DatelineApp)
    screen = reader_screen(pilot.app)
    return lambda: screen.focused is screen.page


async def test_a_library_that_was_left_on_the_reader_opens_on_the_page(
    folder: Path, article: str
) -> None:
    async with running(folder) as pilot:
        await until(pilot, screen_is_on_the_page(pilot))
        assert isinstance(pilot.app, DatelineApp)
        page = reader_screen(pilot.app).page.page
        assert page is not None
        assert page.article.id == article


# The cache


def forget_languages(cache: Path, change: Callable[[list[Any]], None]) -> None:
    """Make a cache one of the version that did not store languages; `change` alters the record of
    each article."""
    with closing(sqlite3.connect(cache)) as old, old:
        for row_id, data in old.execute("SELECT article, data FROM annotations").fetchall():
            record = json.loads(zlib.decompress(data))[:3]
            change(record)
            stored = zlib.compress(json.dumps(record).encode())
            old.execute("UPDATE annotations SET data = ? WHERE article = ?", (stored, row_id))
        old.execute("DELETE FROM meta WHERE name = 'languages'")


def said_of_language(library: Library) -> dict[str, bool]:
    return {
        source: "not in English" in meta_line(page)
        for source, row_id in keys_by_source(library).items()
        if (page := library.page(row_id))
    }


def test_a_cache_without_languages_gets_them_and_is_not_analysed_again(
    folder: Path, open_library: OpenLibrary
) -> None:
    library = open_library(folder)
    german = keys_by_source(library)["de.txt"]
    assert document_of(library, german).mentions
    library.close()
    # An analysis would find the names again.
    forget_languages(cache_of(absolute([folder])), lambda record: record[0].clear())
    with closing(Library([folder])) as before:
        assert said_of_language(before) == {"de.txt": False, "en.txt": False}
    steps = bring_up_to_date([folder])
    assert "analyse" not in steps
    with closing(Library([folder])) as after:
        assert said_of_language(after) == {"de.txt": True, "en.txt": False}
        assert not any(document_of(after, row).mentions for row in after.articles.order())
        assert after.articles.status().analysed == 2
