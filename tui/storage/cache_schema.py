"""The tables of the cache.

The rows of `articles` are small, so that a window of the list reads few pages. The texts are in a
separate table, and are the external content of the full-text index. Days are proleptic Gregorian
ordinals. The date of an article is what its source says (`own_date`), what was inferred, or what
the reader says. `event_corrections` has what the reader says of events, located in the texts;
`events_as_linked` the events that it has changed, as the analysis made them; `corrected` of an
event mention the participants under the reader's corrections of entities, NULL if they are the
same.
"""

from __future__ import annotations

VERSION = 8

# A page of 16 KiB holds three articles with little waste: the file is 8 % smaller than with 4 KiB.
PAGE_SIZE = 16384

SCHEMA = f"""
PRAGMA page_size = {PAGE_SIZE};
PRAGMA journal_mode = WAL;
BEGIN EXCLUSIVE;

CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE folders (
    folder INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    digest BLOB NOT NULL,
    missing INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE files (
    file INTEGER PRIMARY KEY,
    folder INTEGER NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    UNIQUE (folder, name)
);

CREATE TABLE articles (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_made INTEGER NOT NULL,
    date TEXT,
    date_origin TEXT NOT NULL,
    date_why TEXT NOT NULL DEFAULT '',
    date_range TEXT,
    date_confidence REAL,
    day INTEGER,
    own_date TEXT,
    own_origin TEXT NOT NULL,
    own_why TEXT NOT NULL,
    url TEXT NOT NULL,
    headings TEXT NOT NULL,
    events INTEGER NOT NULL DEFAULT 0,
    analysed INTEGER NOT NULL DEFAULT 0,
    absent INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX articles_by_day ON articles (day);
CREATE INDEX articles_to_analyse ON articles (day, key) WHERE analysed = 0;
CREATE INDEX articles_by_url ON articles (url) WHERE url != '';
CREATE INDEX articles_undated ON articles (key) WHERE date_origin IN ('unknown', 'inferred');

CREATE TABLE texts (key INTEGER PRIMARY KEY, text TEXT NOT NULL);

CREATE VIEW article_texts AS
    SELECT articles.key AS key, title, text FROM articles JOIN texts ON texts.key = articles.key;

CREATE VIRTUAL TABLE search USING fts5 (
    title, text, content = 'article_texts', content_rowid = 'key',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE sources (
    file INTEGER NOT NULL,
    record INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (file, record)
) WITHOUT ROWID;
CREATE INDEX sources_by_article ON sources (article);

CREATE TABLE problems (
    problem INTEGER PRIMARY KEY,
    file INTEGER,
    source TEXT NOT NULL,
    line INTEGER NOT NULL,
    severity TEXT NOT NULL,
    what TEXT NOT NULL
);
CREATE INDEX problems_by_file ON problems (file);

CREATE TABLE annotations (article INTEGER PRIMARY KEY, data BLOB NOT NULL);

CREATE TABLE entities (
    entity INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    block TEXT NOT NULL,
    same_as INTEGER
);
CREATE INDEX entities_by_block ON entities (block);
CREATE INDEX entities_merged ON entities (same_as) WHERE same_as IS NOT NULL;

CREATE TABLE appearances (
    entity INTEGER NOT NULL,
    article INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    spellings TEXT NOT NULL,
    PRIMARY KEY (entity, article)
) WITHOUT ROWID;
CREATE INDEX appearances_by_article ON appearances (article);

CREATE TABLE spellings (
    spelling TEXT NOT NULL,
    entity INTEGER NOT NULL,
    mentions INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (entity, spelling)
) WITHOUT ROWID;

CREATE TABLE events (
    event INTEGER PRIMARY KEY AUTOINCREMENT,
    block TEXT NOT NULL,
    part_of INTEGER,
    when_ TEXT,
    first INTEGER,
    last INTEGER,
    reported INTEGER,
    headline TEXT NOT NULL DEFAULT '',
    best INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT 'happened',
    accounts INTEGER NOT NULL DEFAULT 0,
    voices INTEGER NOT NULL DEFAULT 0,
    own_raw REAL NOT NULL DEFAULT 0,
    raw REAL NOT NULL DEFAULT 0,
    reads REAL NOT NULL DEFAULT 1,
    ranked REAL NOT NULL DEFAULT 0,
    weight REAL NOT NULL DEFAULT 0,
    inferred INTEGER NOT NULL DEFAULT 0,
    loose INTEGER NOT NULL DEFAULT 0,
    part INTEGER NOT NULL DEFAULT 0,
    news INTEGER NOT NULL DEFAULT 0,
    participants TEXT NOT NULL DEFAULT '',
    terms BLOB NOT NULL DEFAULT x'',
    centre BLOB NOT NULL DEFAULT x'',
    said TEXT NOT NULL DEFAULT '',
    hidden INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX events_by_block ON events (block);
CREATE INDEX events_by_day ON events (first, raw);
CREATE INDEX events_by_weight ON events (weight);
CREATE INDEX events_adjusted ON events (event) WHERE weight != ranked;
CREATE INDEX events_attached ON events (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX events_of_spans ON events (first, last) WHERE first < last;

CREATE TABLE event_mentions (
    mention INTEGER PRIMARY KEY AUTOINCREMENT,
    event INTEGER NOT NULL,
    cluster INTEGER NOT NULL,
    block TEXT NOT NULL,
    article INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    position INTEGER NOT NULL,
    triggers TEXT NOT NULL,
    status TEXT NOT NULL,
    modality TEXT NOT NULL,
    when_ TEXT,
    when_origin TEXT NOT NULL,
    line TEXT NOT NULL,
    telling REAL NOT NULL,
    merit REAL NOT NULL,
    participants TEXT NOT NULL,
    corrected TEXT,
    part INTEGER NOT NULL,
    terms BLOB NOT NULL,
    wording INTEGER NOT NULL,
    reported INTEGER
);
CREATE INDEX event_mentions_by_event ON event_mentions (event, article, start);
CREATE INDEX event_mentions_by_cluster ON event_mentions (cluster);
CREATE INDEX event_mentions_by_article ON event_mentions (article, start);
CREATE INDEX event_mentions_by_block ON event_mentions (block);
CREATE INDEX event_mentions_by_wording ON event_mentions (wording, reported);

CREATE TABLE changed_blocks (block TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE event_corrections (
    about TEXT PRIMARY KEY,
    action TEXT NOT NULL,
    article INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    other_article INTEGER,
    other_start INTEGER,
    other_end INTEGER,
    value TEXT NOT NULL,
    modified TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE events_as_linked (
    event INTEGER PRIMARY KEY,
    part_of INTEGER,
    when_ TEXT,
    first INTEGER,
    last INTEGER,
    inferred INTEGER NOT NULL,
    headline TEXT NOT NULL,
    terms BLOB NOT NULL,
    status TEXT NOT NULL,
    accounts INTEGER NOT NULL,
    voices INTEGER NOT NULL,
    raw REAL NOT NULL
);

CREATE TABLE snapshots (name TEXT PRIMARY KEY, revision INTEGER NOT NULL, data BLOB NOT NULL);

INSERT INTO meta VALUES ('schema', {VERSION}), ('revision', 0), ('made', hex(randomblob(8)));
COMMIT;
"""
