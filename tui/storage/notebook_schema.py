"""The tables of the notebook, and the migrations from older versions.

Bookmarks, read marks, positions and settings are the reader's data; only `attachments` is derived
and can be computed again.
"""

from __future__ import annotations

VERSION = 5

_FIRST = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE read_marks (article TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE libraries (sources TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
"""

_SECOND = """
CREATE TABLE bookmarks (
    bookmark INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL,
    modified TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    article TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT,
    source TEXT NOT NULL,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    context TEXT NOT NULL,
    note TEXT NOT NULL,
    tags TEXT NOT NULL,
    original TEXT NOT NULL
);
CREATE INDEX bookmarks_by_article ON bookmarks (article);

-- Which library a bookmark was kept in or imported into: it is listed there even as an orphan.
CREATE TABLE shelves (
    library TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (library, id)
) WITHOUT ROWID;

-- Where a bookmark stands in an article other than the one that its selector counts in.
CREATE TABLE attachments (
    library TEXT NOT NULL,
    id TEXT NOT NULL,
    modified TEXT NOT NULL,
    article TEXT NOT NULL,
    state TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    score REAL NOT NULL,
    looked TEXT NOT NULL,
    PRIMARY KEY (library, id)
) WITHOUT ROWID;
CREATE INDEX attachments_by_article ON attachments (library, article);

CREATE TABLE places (
    article TEXT PRIMARY KEY,
    offset INTEGER NOT NULL,
    top INTEGER NOT NULL,
    at REAL NOT NULL
) WITHOUT ROWID;

-- Named places, as vim's marks: a letter in a library.
CREATE TABLE named_places (
    library TEXT NOT NULL,
    letter TEXT NOT NULL,
    article TEXT NOT NULL,
    offset INTEGER NOT NULL,
    PRIMARY KEY (library, letter)
) WITHOUT ROWID;

-- How a library was left, and under "" what holds for all: JSON.
CREATE TABLE sessions (library TEXT PRIMARY KEY, state TEXT NOT NULL, at REAL NOT NULL);

-- Some articles of each library, by which it is known again when its folder has moved.
CREATE TABLE samples (
    library TEXT NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (library, article)
) WITHOUT ROWID;
CREATE INDEX samples_by_article ON samples (article);
"""

_THIRD = """
-- What the reader said of entities, in the library where it was said.
CREATE TABLE corrections (
    library TEXT NOT NULL,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    spelling TEXT NOT NULL,
    value TEXT NOT NULL,
    modified TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    PRIMARY KEY (library, action, entity, spelling)
) WITHOUT ROWID;
"""

_FOURTH = """
-- What the reader said of when articles were written; "" is that they have no date. The address,
-- and in the same library the file, find an article again whose text has changed.
CREATE TABLE date_corrections (
    article TEXT PRIMARY KEY,
    date TEXT NOT NULL,
    library TEXT NOT NULL,
    url TEXT NOT NULL,
    source TEXT NOT NULL,
    record INTEGER NOT NULL,
    title TEXT NOT NULL,
    modified TEXT NOT NULL,
    withdrawn INTEGER NOT NULL
) WITHOUT ROWID;
"""

_FIFTH = """
-- What the reader said of events, each of a passage that tells of it; `passage` and `other` are
-- JSON, "" if there is no other one. The quote in it finds the passage again in a changed text.
CREATE TABLE event_corrections (
    article TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    action TEXT NOT NULL,
    value TEXT NOT NULL,
    passage TEXT NOT NULL,
    other TEXT NOT NULL,
    library TEXT NOT NULL,
    modified TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    PRIMARY KEY (article, start, end, action)
) WITHOUT ROWID;
"""

# The script that migrates a notebook from each version to the next; version 0 is an empty file.
MIGRATIONS: dict[int, str] = {0: _FIRST, 1: _SECOND, 2: _THIRD, 3: _FOURTH, 4: _FIFTH}
