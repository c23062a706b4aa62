"""The one door: open a library, ask it questions, be told of changes.

Nothing here knows a screen. A library answers from its cache alone; `indexing` fills that, in a
process of its own, and `refresh` tells when there is something new.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from tui import locations
from tui.cache import (
    analyses,
    catalogue,
    connection,
    ordering,
    queries,
    search,
    snapshots,
)
from tui.cache.lookup import Articles
from tui.cache.search import Searcher
from tui.entities import Entities
from tui.filters import Filter, Sort
from tui.indexing.paths import common_root, shown
from tui.model import (
    Account,
    Analysis,
    Article,
    ArticleRow,
    EntityProfile,
    EventMention,
    EventRow,
    Hit,
    Likeness,
    Mention,
    Passage,
    Place,
    Problem,
    Status,
    TimelineIndex,
)
from tui.notebook.store import Notebook
from tui.passages import Passages

T = TypeVar("T")


class Library:
    """Articles opened together, their cache, and what the reader did with them.

    Args:
        sources: files and folders; they need not exist, what was read of them stays.
        cache: the cache file; by default the library's own in the user's cache folder.
        notebook: the notebook file; by default the user's.
        named: what to call it, if not by its folder or file.

    Raises:
        OSError: if the cache's folder cannot be made.
        sqlite3.OperationalError: if the cache cannot be written.
    """

    def __init__(
        self,
        sources: Sequence[Path],
        cache: Path | None = None,
        notebook: Path | None = None,
        *,
        named: str = "",
    ) -> None:
        self.sources = locations.absolute(sources)
        self.id = locations.library_id(self.sources)
        self._named = named
        self._undo: list[tuple[str, Callable[[], None]]] = []
        # How many changes have been made that can be taken back: it tells whether one was.
        self.changes = 0
        self.cache = cache or locations.cache_of(self.sources)
        self.notices: list[str] = []
        # Set when the cache went away under us: it is to be indexed again.
        self.lost = False
        self._notebook_file = notebook or locations.notebook_file()
        self._opened_notebook: Notebook | None = None
        self._root = common_root(self.sources)
        self._connection = self._open()
        self._revision = -1
        self._inode = self._file_number()
        self.entities = Entities(lambda: self.notebook, self._ask, self.id, self._did)
        self.passages = Passages(
            lambda: self.notebook,
            Articles(lambda: self._connection),
            self.key_of,
            self.article,
            self.id,
            self._did,
        )

    def _open(self) -> sqlite3.Connection:
        try:
            return connection.open_cache(self.cache, readonly=True)
        except connection.Damaged as damage:
            self._set_aside(str(damage))
            return connection.open_cache(self.cache, readonly=True)

    def _file_number(self) -> int:
        try:
            return self.cache.stat().st_ino
        except OSError:
            return 0

    @property
    def name(self) -> str:
        """What to call the library: its folder's or file's name."""
        if self._named:
            return self._named
        first = self.sources[0].name or str(self.sources[0])
        more = len(self.sources) - 1
        return shown(first, "") + (f" +{more}" if more else "")

    @property
    def notebook(self) -> Notebook:
        """The reader's own data, opened when first asked for."""
        if self._opened_notebook is None:
            self._opened_notebook = Notebook(self._notebook_file)
            if said := self._opened_notebook.take_notice():
                self.notices.append(said)
        return self._opened_notebook

    def close(self) -> None:
        """Close both stores."""
        self._connection.close()
        if self._opened_notebook is not None:
            self._opened_notebook.close()

    def _ask(self, question: Callable[[sqlite3.Connection], T], otherwise: Callable[[], T]) -> T:
        """Ask the cache; a damaged one is set aside and answers nothing until it is made anew."""
        try:
            return question(self._connection)
        except sqlite3.DatabaseError as error:
            if not connection.is_damage(error):
                self.notices.append(f"The cache cannot be read: {error}.")
                return otherwise()
            self._connection.close()
            self._set_aside(str(error))
            self._reopen()
        return otherwise()

    def _set_aside(self, why: str) -> None:
        aside = connection.set_aside(self.cache)
        self.lost = True
        self.notices.append(
            f"The cache was damaged ({why}); it was set aside as {aside.name} and is made anew."
        )

    def _reopen(self) -> None:
        self._connection = self._open()
        self._inode = self._file_number()

    def _ask_one(self, question: Callable[[sqlite3.Connection], T | None]) -> T | None:
        """Ask for one thing that may not be there."""
        return self._ask(question, lambda: None)

    def refresh(self) -> bool:
        """Whether the cache has something new since this was asked last."""
        if self._file_number() != self._inode:
            self.lost = True
            try:
                self._reopen()
            except (OSError, sqlite3.Error) as error:
                self.notices.append(f"The cache cannot be opened: {error}.")
                return False
        revision = self._ask_one(lambda c: connection.meta(c, "revision"))
        changed = revision != self._revision
        if changed:
            self.entities.forget()
        self._revision = revision if isinstance(revision, int) else -1
        return changed

    # The list

    def order(self) -> array[int]:
        """The keys of all articles: newest first, undated last."""
        return self._ask(snapshots.load_order, lambda: array("q"))

    def snapshots(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """What list and timeline are as of: what has not changed need not be asked for again."""
        order, timeline = self._ask(snapshots.revisions, lambda: (-1, -1))
        return (self._inode, order), (self._inode, timeline)

    def rows(self, keys: Sequence[int]) -> dict[int, ArticleRow]:
        """The rows of a window of the list, by key."""
        found = self._ask(lambda c: queries.article_rows(c, keys), list[ArticleRow])
        read = self._read_marks([row.id for row in found])
        return {row.key: replace(row, read=True) if row.id in read else row for row in found}

    def _read_marks(self, articles: Sequence[str]) -> frozenset[str]:
        try:
            return self.notebook.read(articles)
        except sqlite3.Error as error:
            self.notices.append(f"The notebook cannot be read: {error}.")
            return frozenset()

    def mark_read(
        self, articles: Sequence[str], read: bool = True, *, undoable: bool = False
    ) -> list[str] | None:
        """Mark articles (by their ids) as read or unread; those that were not so before.

        None if nothing is kept. It can be undone if asked for, and always if it is more than one.
        """
        try:
            changed = self.notebook.mark_read(articles, read)
        except sqlite3.Error as error:
            self.notices.append(f"The notebook cannot be written, the mark is not kept: {error}.")
            return None
        if changed and (len(articles) > 1 or undoable):
            words = f"{len(changed):,} marked as {'read' if read else 'unread'}"
            self._did(words, lambda: self._mark_back(changed, not read))
        return changed

    def _mark_back(self, articles: Sequence[str], read: bool) -> None:
        self.notebook.mark_read(articles, read)

    def ids(self, keys: Sequence[int]) -> list[str]:
        """The ids of articles by their keys, in the same order; what is gone is left out."""
        known = self.idents_by_key(keys)
        return [known[key] for key in keys if key in known]

    def idents_by_key(self, keys: Sequence[int]) -> dict[int, str]:
        """The ids of articles by their keys; what is gone is left out."""
        return self._ask(lambda c: queries.ids(c, keys), dict[int, str])

    def listed(self, chosen: Filter, sort: Sort = "newest") -> array[int]:
        """The keys of the articles that a filter lets through, in an order."""
        if sort == "newest":
            keys = self.order()
        else:
            keys = self._ask(lambda c: ordering.sorted_keys(c, sort), lambda: array("q"))
        if chosen.empty:
            return keys
        naming = set(self.entities.articles(chosen.entity)) if chosen.entity else None
        found = self._ask_one(lambda c: ordering.matching(c, chosen, naming))
        try:
            read = self.notebook.all_read() if chosen.unread else []
            kept = (
                self.notebook.articles_with_bookmarks(self.id)
                if chosen.bookmarked
                else frozenset[str]()
            )
        except sqlite3.Error as error:
            self.notices.append(f"The notebook cannot be read: {error}.")
            return keys
        if chosen.bookmarked:
            with_marks = self._ask(lambda c: ordering.keys_of(c, kept), set[int])
            found = with_marks if found is None else found & with_marks
        seen = self._ask(lambda c: ordering.keys_of(c, read), set[int]) if read else set[int]()
        return array(
            "q", [key for key in keys if (found is None or key in found) and key not in seen]
        )

    def entities_like(self, words: str, limit: int = 50) -> list[Likeness]:
        """Entities that are called or spelt like some words, those that are so wholly first."""
        return self.entities.like(words, limit)

    # What the reader did

    def _did(self, words: str, undo: Callable[[], None]) -> None:
        self.changes += 1
        self._undo.append((words, undo))
        del self._undo[:-200]

    @property
    def last_done(self) -> str:
        """What the reader did last, as `undo` says it."""
        return self._undo[-1][0] if self._undo else ""

    def undo(self) -> str | None:
        """Take back the last change of this session; what it was, None if there is none.

        Raises:
            ChangedSince: if what it changed is otherwise by now; then it is left so.
            sqlite3.Error: if the notebook cannot be written; the change stays then.
        """
        if not self._undo:
            return None
        words, undo = self._undo.pop()
        try:
            undo()
        except sqlite3.Error:
            self._undo.append((words, undo))
            raise
        return words

    def note_opened(self) -> None:
        """Remember this library as the one opened last, and see to today's backup."""
        try:
            self.notebook.opened(self.sources)
            self.notebook.back_up(renew=True)
        except (sqlite3.Error, OSError) as error:
            self.notices.append(f"The notebook cannot be written: {error}.")

    def session(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """How this library was left, and what holds for all libraries."""
        try:
            return self.notebook.session(self.id), self.notebook.session("")
        except sqlite3.Error as error:
            self.notices.append(f"The notebook cannot be read: {error}.")
            return {}, {}

    def save_session(
        self,
        state: dict[str, Any],
        general: dict[str, Any],
        places: Sequence[tuple[str, int, int]],
    ) -> bool:
        """Note how this library is left, and places in articles; whether it is kept.

        If not, nothing is said: it is tried again, and no more than a place is lost.
        """
        try:
            self.notebook.save_session(self.id, state, general, places)
        except sqlite3.Error:
            return False
        return True

    @property
    def lasting(self) -> bool:
        """Whether the notebook keeps what is done; if not, it lasts as long as the program."""
        return self.notebook.lasting

    def passages_of(self, ident: str, key: int) -> list[Passage]:
        """The passages that are kept of an article, in order of its text."""
        try:
            if not self.notebook.bookmarks_of(self.id, ident):
                return []
            article = self.article(key)
            return self.passages.of(article) if article is not None else []
        except sqlite3.Error as error:
            self.notices.append(f"The notebook cannot be read: {error}.")
            return []

    def all_tags(self) -> list[str]:
        """All tags in use, the most frequent first."""
        try:
            return self.passages.tags()
        except sqlite3.Error:
            return []

    def place_in_key(self, key: int) -> int:
        """The point at which an article (key) was left, 0 if it never was."""
        for ident in self.ids([key]):
            left = self.place_in(ident)
            return left[0] if left else 0
        return 0

    def place_in(self, article: str) -> tuple[int, int] | None:
        """The point and the first offset shown when an article (id) was left."""
        try:
            return self.notebook.place(article)
        except sqlite3.Error:
            return None

    def named_places(self) -> dict[str, tuple[str, int]]:
        """The named places: article id and offset by letter."""
        try:
            return self.notebook.named_places(self.id)
        except sqlite3.Error as error:
            self.notices.append(f"The notebook cannot be read: {error}.")
            return {}

    def name_place(self, letter: str, article: str, offset: int) -> None:
        """Give a place a letter; what it named before is forgotten, and can be undone.

        Raises:
            sqlite3.Error: if the notebook cannot be written.
        """
        before = self.notebook.named_places(self.id).get(letter)
        self.notebook.name_place(self.id, letter, (article, offset))
        self._did(
            f"place {letter} named", lambda: self.notebook.name_place(self.id, letter, before)
        )

    # The page

    def article(self, key: int) -> Article | None:
        """An article with its text and where it comes from; None if it is gone from the cache."""
        where = self._ask_one(lambda c: catalogue.path_of(c, key))
        source = shown(where[0], self._root) if where else ""
        found = self._ask_one(lambda c: queries.article(c, key, source))
        return replace(found, record=where[1]) if found and where else found

    def key_from(self, source: str, record: int) -> int | None:
        """The key of the article that is read from a source, as `Article.source` names it, now."""
        found = self._ask(lambda c: Articles(lambda: c).from_source(source, record), list[str])
        for ident in found:
            key = self.key_of(ident)
            article = self.article(key) if key is not None else None
            if article is not None and article.source == source:
                return key
        return None

    def key_of(self, ident: str) -> int | None:
        """The key of an article by its id."""
        return self._ask_one(lambda c: queries.key_of(c, ident))

    def analysis(self, key: int, text: str) -> Analysis:
        """What was read out of an article's text; empty as long as it waits for it."""
        mentions, times, entities = self._annotations(key, text)
        events = self._ask(lambda c: queries.event_mentions(c, key, text), tuple[EventMention, ...])
        told = tuple(self.entities.event(event) for event in events)
        return Analysis(mentions, times, told, entities)

    def why_same(self, mention: Mention) -> str:
        """Why a mention is taken for the entity that it has, in words."""
        # Only for who asks: the reader starts without the lists of names.
        from tui.linking import identity

        # By the name in the texts: what the reader called it is another line.
        name = self._ask(lambda c: queries.entity_name(c, mention.entity), lambda: mention.text)
        return identity.why(" ".join(mention.text.split()), name, mention.kind)

    def names_by(self) -> str:
        """Who marked the names of this library, in words."""
        version = str(self._ask_one(lambda c: connection.meta(c, "analysis")) or "")
        if "encoder" in version:
            return (
                "a network trained on news, held against the rest of the article and lists of names"
            )
        if "spacy:" in version:
            return f"the pipeline {version[version.index('spacy:') + 6 :].split()[0]} of spaCy"
        return "lists of names, and the words around it in this article"

    def foreign(self, text: str) -> bool:
        """Whether a text is in a language that the recogniser of its names has not learnt."""
        version = self._ask_one(lambda c: connection.meta(c, "analysis"))
        if "encoder" not in str(version):
            return False
        from tui.language.english import is_english

        return not is_english(text)

    def raw(self, key: int) -> str:
        """The text as it stands in its source, before cleaning, safe to show.

        Raises:
            OSError: if the source cannot be read now.
        """
        where = self._ask_one(lambda c: catalogue.path_of(c, key))
        if where is None:
            raise FileNotFoundError(2, "No such file or directory")
        from tui.reading.decoding import NotText
        from tui.reading.formats import raw_text

        try:
            return raw_text(*where)
        except NotText as error:
            raise OSError(22, f"it has become {error}") from error

    # The timeline

    def timeline(self, entity: str = "") -> TimelineIndex:
        """The rows of the whole timeline, or of the events that an entity takes part in."""
        whole = self._ask(snapshots.load_timeline, TimelineIndex)
        return whole.only(self.entities.events(entity)) if entity else whole

    def events(self, keys: Sequence[int]) -> dict[int, EventRow]:
        """The rows of a window of the timeline, by key."""
        return {
            row.key: row for row in self._ask(lambda c: queries.event_rows(c, keys), list[EventRow])
        }

    def accounts(self, event: int) -> list[Account]:
        """All accounts of an event, one an article, in order of their dates."""
        return self._ask(lambda c: queries.accounts(c, event), list[Account])

    def first_account(self, event: int) -> Place | None:
        """Where an event is told first."""
        return self._ask_one(lambda c: queries.first_account(c, event))

    def next_account(self, event: int, article: int) -> tuple[Place, int, int] | None:
        """The account after the one in `article`, its number (from 1) and how many there are.

        After the last comes the first; None if no other article tells of the event.
        """
        told = self.accounts(event)
        here = next((n for n, a in enumerate(told) if a.article == article), -1)
        others = len(told) - (here >= 0)
        if not others:
            return None
        number = (here + 1) % len(told)
        account = told[number]
        return Place(account.article, account.start), number + 1, len(told)

    def events_in(self, article: int, start: int, end: int) -> list[str]:
        """The headlines of the events that a span of an article tells of."""
        return self._ask(lambda c: queries.events_in(c, article, start, end), list[str])

    # Mentions

    def next_mention(self, entity: str, place: Place, step: int) -> Place | None:
        """The next (`step` 1) or last (-1) mention of an entity, on into the next article.

        None if there is no other mention of it in the whole library.
        """
        articles = self.entities.articles(entity)
        at = articles.index(place.article) if place.article in articles else -1
        offsets = self._mentions(place.article, entity)
        beyond = [o for o in offsets if (o - place.offset) * step > 0]
        if beyond:
            return Place(place.article, min(beyond) if step > 0 else max(beyond))
        for distance in range(1, len(articles) + 1):
            article = articles[(at + step * distance) % len(articles)]
            if found := self._mentions(article, entity):
                target = Place(article, found[0] if step > 0 else found[-1])
                return target if target != place else None
        return None

    def _mentions(self, article: int, entity: str) -> list[int]:
        # Offsets alone are asked for: the text is fetched only where a correction asks for words.
        text = ""
        if not self.entities.overlay.empty:
            found = self.article(article)
            text = found.text if found is not None else ""
        return [m.start for m in self._annotations(article, text)[0] if m.entity == entity]

    def _annotations(self, key: int, text: str) -> analyses.Annotations:
        found = self._ask(lambda c: analyses.load(c, key, text), lambda: ((), (), ()))
        return self.entities.annotations(found, text)

    def entity_name(self, entity: str) -> str:
        """The canonical name of an entity."""
        return self.entities.name(entity)

    def entity(self, ident: str, most: int = 200) -> EntityProfile | None:
        """All that is known of an entity, with at most `most` events and companions.

        None where no article names it.
        """
        return self.entities.profile(ident, most)

    def first_mention(self, entity: str, article: int) -> Place:
        """Where an article names an entity first; its beginning if it does not."""
        return Place(article, next(iter(self._mentions(article, entity)), 0))

    def articles_naming(self, entity: str) -> int:
        """How many articles name an entity."""
        return len(self.entities.articles(entity))

    # The whole

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """The best articles for some words, "phrases", prefix* and -not."""
        hits = self._ask(lambda c: search.search(c, words, limit), list[Hit])
        return [replace(hit, source=shown(hit.source, "")) for hit in hits]

    def searcher(self, entity: str = "") -> Searcher:
        """Something that searches beside all else, for a thread of its own; where an entity is
        given, only the articles that name it.

        Raises:
            OSError, sqlite3.Error: if the cache cannot be opened.
        """
        return Searcher(self.cache, self.entities.articles(entity) if entity else None)

    def path_of(self, key: int) -> tuple[Path, int] | None:
        """The file that an article is read from, and its line there (0 for the whole file)."""
        where = self._ask_one(lambda c: catalogue.path_of(c, key))
        return (Path(where[0]), where[1]) if where else None

    def keys_by_date(self) -> list[int]:
        """The keys of all articles: oldest first, undated last."""
        return self._ask(queries.keys_by_date, list[int])

    def all_events(self, top: int | None = None) -> Iterator[tuple[EventRow, list[str]]]:
        """Events in order of time with the ids of their articles; the `top` weightiest if given."""
        return self._ask(lambda c: queries.all_events(c, top), lambda: iter(()))

    def problems(self) -> list[Problem]:
        """What was skipped, damaged or doubtful."""
        return self._ask(queries.problems, list[Problem])

    def problem_count(self) -> int:
        """How many problems there are."""
        return self._ask(queries.problem_count, int)

    def absent_count(self) -> int:
        """How many articles are kept although their files are gone."""
        return self._ask(queries.absent_count, int)

    def is_empty(self) -> bool:
        """Whether nothing has been catalogued yet."""
        return self._ask(queries.is_empty, lambda: True)

    def status(self) -> Status:
        """How far the cache is."""
        return self._ask(queries.status, lambda: Status(0, 0, 0, 0))

    def take_notices(self) -> list[str]:
        """What the reader is to be told, each thing once."""
        taken, self.notices = self.notices, []
        return list(dict.fromkeys(taken))
