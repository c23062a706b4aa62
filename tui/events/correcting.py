"""The reader's corrections of the events of a library.

They are kept in the notebook and hold in the cache from its next indexing on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from tui.articles.articles import Articles
from tui.events import event_correction_store, overlay_store, store
from tui.events.event_corrections import (
    EventAction,
    EventCorrection,
    LocatedCorrection,
    Place,
    ToldPassage,
    later,
    line_of,
    passage_of,
)
from tui.events.model import EventRow
from tui.ids import RowId
from tui.nlp.document import EventStatus
from tui.storage.cache_access import Cache
from tui.storage.notebook_access import Notebook
from tui.times.date_labels import label
from tui.times.edtf import valid
from tui.timestamps import now
from tui.undo import ChangedSince, UndoStack

_Located = list[LocatedCorrection]
# The most characters of a passage in a description.
_MOST = 60


class EventCorrections:
    """What the reader says of events; each change can be undone.

    A method that changes something raises `NotWritten` if the notebook cannot be written, and
    `ValueError` if the event is gone.

    Args:
        notebook: where corrections are kept.
        cache: the cache of the library.
        articles: its articles.
        undo: where each change is pushed.
        library: the id of the library in the notebook.

    Attributes:
        changed: is called after each change: the cache follows at its next indexing.
    """

    def __init__(
        self,
        notebook: Notebook,
        cache: Cache,
        articles: Articles,
        undo: UndoStack,
        library: str,
    ) -> None:
        self.changed: Callable[[], None] = _nothing
        self._notebook = notebook
        self._cache = cache
        self._articles = articles
        self._undo = undo
        self._library = library

    # Reading

    def stated(self) -> list[EventCorrection]:
        """The corrections that were stated in this library or are about its articles, withdrawn or
        not, by time.

        Raises:
            NotRead: if the notebook cannot be read.
        """
        stated = self._all()
        located = {c.about for c in self._cache.read(overlay_store.corrections, _Located)}
        articles = {c.passage.article for c in stated}
        here = set(self._articles.hashes(list(self._articles.row_ids(list(articles)))).values())
        return [
            c
            for c in stated
            if c.library == self._library or c.passage.article in here or c.about in located
        ]

    def standing_of(self, event: RowId) -> list[EventCorrection]:
        """The corrections that hold for an event, the latest first.

        Raises:
            NotRead: if the notebook cannot be read.
        """
        about = self._cache.read(lambda c: overlay_store.corrections_of(c, event), list[str])
        return [c for c in reversed(self._all()) if c.about in about and not c.withdrawn]

    def can_be_divided(self, event: RowId) -> bool:
        """Whether several sentences tell of an event in different words."""
        return self._cache.read(lambda c: overlay_store.is_divisible(c, event), bool)

    def alike(self, event: RowId, words: str = "", limit: int = 40) -> list[EventRow]:
        """Other events that may be the same one: those whose line has some words, if given, else
        those of the days around it; the most alike first."""
        # Imported late: the lists of words that it needs would delay each start.
        from tui.events import alike_events

        found = self._cache.read(
            lambda c: alike_events.alike(c, event, words.split(), limit), list[RowId]
        )
        rows = self._cache.read(lambda c: store.rows(c, found), list[EventRow])
        by_id = {row.row_id: row for row in rows}
        return [by_id[number] for number in found if number in by_id]

    def _all(self) -> list[EventCorrection]:
        return self._notebook.read_strictly(event_correction_store.all_stated)

    # Correcting

    def split(self, event: RowId, place: Place | None = None) -> None:
        """State that a passage tells of another event than the rest of what is linked to it.

        If it is there because the reader has merged its event into another one, that is withdrawn.

        Args:
            event: the event.
            place: where the passage stands; by default the one that the line comes from.
        """
        place = place or self._best(event)
        passage = self._passage(place)
        about = self._cache.read(lambda c: overlay_store.merges_of(c, event, place), list[str])
        merges = [c for c in self._all() if c.about in about and not c.withdrawn]
        if merges:
            self._state(
                f"not the same event: “{_shown(passage)}”",
                [replace(c, withdrawn=True) for c in merges],
            )
            return
        if not self.can_be_divided(event):
            raise ValueError("nothing else tells of this event")
        self._correct("split", passage)

    def merge(self, event: RowId, into: RowId) -> None:
        """State that an event is the same as another one, which keeps its line and date.

        Raises:
            ValueError: also if it is that event already.
        """
        if event == into:
            raise ValueError("it is that event already")
        other = self._passage(self._best(into))
        self._correct("merge", self._passage(self._best(event)), other=other)

    def set_date(self, event: RowId, date: str | None) -> None:
        """State when an event was (EDTF), None if it has no date.

        Raises:
            ValueError: also if it is not an EDTF date.
        """
        if date and not valid(date):
            raise ValueError(f"not a date: {date}")
        self._correct("date", self._passage_for(event, "date"), date or "")

    def set_line(self, event: RowId, words: str) -> None:
        """Give an event another line.

        Raises:
            ValueError: also if there are no words.
        """
        self._correct("line", self._passage_for(event, "line"), line_of(words))

    def set_status(self, event: RowId, status: EventStatus) -> None:
        """State whether an event has happened, is planned or is claimed."""
        self._correct("status", self._passage_for(event, "status"), status)

    def no_event(self, event: RowId) -> None:
        """State that an event is none: it is on no timeline."""
        self._correct("no event", self._passage_for(event, "no event"))

    def retract(self, correction: EventCorrection) -> None:
        """Withdraw a correction."""
        words = f"withdrawn: {_in_short(correction)}"
        self._state(words, [replace(correction, withdrawn=True)])

    def describe(self, correction: EventCorrection) -> str:
        """A correction in words for the reader."""
        c, words = correction, f"“{_shown(correction.passage)}”"
        if c.action == "merge" and c.other is not None:
            return f"{words} is the same event as “{_shown(c.other)}”"
        if c.action == "date":
            return f"{words} is of {label(c.value)}" if c.value else f"{words} has no date"
        said = {
            "split": f"{words} is an event of its own",
            "line": f"“{c.value}” for {words}",
            "status": f"{words} is {c.value}",
            "no event": f"{words} is no event",
        }
        return said.get(c.action, words)

    def merge_corrections(self, incoming: Iterable[EventCorrection]) -> int:
        """Store the corrections of another notebook that are later than ours; returns how many."""
        taken = later(self._all(), incoming)
        self._save(taken)
        return len(taken)

    def _best(self, event: RowId) -> Place:
        place = self._cache.find(lambda c: overlay_store.best_place(c, event))
        if place is None:
            raise ValueError("the event is not here any more")
        return place

    def _passage(self, place: Place) -> ToldPassage:
        article = self._articles.get(place[0])
        if article is None:
            raise ValueError("its article is not here any more")
        return passage_of(
            article.text,
            place[1],
            place[2],
            article=article.id,
            url=article.url,
            title=article.title,
            source=article.source,
            record=article.record,
        )

    def _passage_for(self, event: RowId, action: EventAction) -> ToldPassage:
        """The passage of the correction of the same kind that holds for an event, which a new one
        replaces, else the one that its line comes from."""
        before = next((c for c in self.standing_of(event) if c.action == action), None)
        return before.passage if before is not None else self._passage(self._best(event))

    def _correct(
        self,
        action: EventAction,
        passage: ToldPassage,
        value: str = "",
        other: ToldPassage | None = None,
    ) -> None:
        correction = EventCorrection(action, passage, other, value, self._library)
        self._state(_in_short(correction), [correction])

    def _state(self, words: str, corrections: Sequence[EventCorrection]) -> None:
        moment = now()
        stated = [replace(c, modified=moment) for c in corrections]
        before = {c.about: c for c in self._all()}
        self._save(stated)

        def undo() -> None:
            # Withdrawn, not removed: another notebook may have the corrections already.
            current = {c.about: c for c in self._all()}
            if not all(c.says_the_same(current.get(c.about)) for c in stated):
                raise ChangedSince(words)
            again = [before.get(c.about, replace(c, withdrawn=True)) for c in stated]
            self._save([replace(c, modified=now()) for c in again])

        self._undo.push(words, undo)

    def _save(self, corrections: Sequence[EventCorrection]) -> None:
        self._notebook.write(lambda c: event_correction_store.save(c, corrections), backup=True)
        self.changed()


def _in_short(correction: EventCorrection) -> str:
    """A correction in few words, what matters first."""
    c, quote = correction, f"“{_shown(correction.passage)}”"
    if c.action == "date":
        return f"dated {label(c.value)}: {quote}" if c.value else f"without a date: {quote}"
    said = {
        "merge": f"the same event: {quote}",
        "split": f"an event of its own: {quote}",
        "line": f"other words: “{c.value}”",
        "status": f"{c.value}: {quote}",
    }
    return said.get(c.action, f"no event: {quote}")


def _shown(passage: ToldPassage) -> str:
    words = " ".join(passage.exact.split())
    if len(words) <= _MOST:
        return words
    return words[:_MOST].rpartition(" ")[0] + " …"


def _nothing() -> None:
    return None
