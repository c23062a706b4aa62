"""List, page and timeline beside each other: their sizes, what they show, and how one gets about.

The screen's features are classes over this one, a file each; `library` puts them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tui.app.feeder import Feeder
from tui.app.history import History
from tui.app.panes.article_list import ArticleList
from tui.app.panes.page import Page
from tui.app.panes.reader import Reader
from tui.app.panes.timeline import Timeline
from tui.app.rows import RowList
from tui.app.screens.choice import Choice, Line
from tui.app.status_bar import StatusBar
from tui.app.text_fit import counted
from tui.config import Config
from tui.filters import Filter, Sort
from tui.indexing.progress import KNOWN_AGAIN, Progress
from tui.keys.actions import Action, Where
from tui.keys.keymap import Fault, Keymap
from tui.library import Library
from tui.model import Analysis, Passage, Place

Result = TypeVar("Result")

# Below these widths (columns) the timeline folds away, and then one pane is shown at a time.
WIDE, TWO, LARGE = 110, 70, 160

# While a key is held, the page follows the cursor only when it rests this long (seconds).
_REST = 0.05
PANES = ("articles", "reader", "timeline")
_NAMES = ("list-name", "page-name", "timeline-name")
_PLACES: dict[str, Where] = {"articles": "list", "reader": "page", "timeline": "timeline"}
_LEAST_PANE, _LEAST_PAGE = 16, 24


class PanesScreen(Screen[None]):
    """Holds the three panes and passes data down to them and messages between them."""

    AUTO_FOCUS = "#articles"

    # As Textual's own, less the repaint of the whole screen at every change of focus: the panes
    # draw what looks different.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    class Progressed(Message):
        """The indexing process said something."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

        def can_replace(self, message: Message) -> bool:
            """Only the last word counts."""
            return isinstance(message, PanesScreen.Progressed)

    def __init__(
        self,
        library: Library,
        config: Config,
        keymap: Keymap,
        *,
        faults: Sequence[Fault] = (),
        index: bool = True,
        remember: bool = True,
    ) -> None:
        super().__init__()
        self._faults = faults
        self._library = library
        self._config = config
        self._keymap = keymap
        self._index = index
        self._remember = remember
        self._feeder = Feeder(library.sources)
        self._history = History()
        self._key: int | None = None
        self._zen = False
        self._last_pane = "articles"
        self._follow: Timer | None = None
        self._scanning = False
        self._looked = False
        self._browsing = False
        self._before_raw = 0
        self._filter = Filter()
        self._sort: Sort = "newest"
        # Columns of list and timeline that the reader chose, by the class of the width.
        self._columns: dict[str, tuple[int, int]] = {}
        # Places in articles that are not in the notebook yet.
        self._left: dict[str, tuple[int, int]] = {}
        # What the list and the timeline that are shown are as of.
        self._shown = ((-1, -1), (-1, -1))

    # Building

    def compose(self) -> ComposeResult:
        """Three panes with their names, and the last line."""
        # Six children of one grid: every container more is drawn again with each line in it.
        yield Static(Content("Articles"), id="list-name", classes="name")
        yield Static(Content(self._library.name), id="page-name", classes="name")
        yield Static(Content("Timeline"), id="timeline-name", classes="name")
        yield ArticleList(self._library.rows)
        yield Reader(self._config.marks)
        yield Timeline(self._library.events)
        yield StatusBar(self._keymap)

    @property
    def articles(self) -> ArticleList:
        """The list."""
        return self.query_one(ArticleList)

    @property
    def reader(self) -> Reader:
        """The page."""
        return self.query_one(Reader)

    @property
    def events(self) -> Timeline:
        """The timeline."""
        return self.query_one(Timeline)

    @property
    def status(self) -> StatusBar:
        """The last line."""
        return self.query_one(StatusBar)

    def on_mount(self) -> None:
        """Show what the cache has at once; look for what is new after the first frame."""
        self._library.refresh()
        self.restore()
        self._fit()
        self._show_rows()
        self.open_where_left()
        if self._index:
            self.set_timer(0.02, self._begin)
            self.set_interval(1.0, self._look)
        self.set_interval(2.0, self.remember)

    def restore(self) -> None:
        """Take up how the library was left."""

    def open_where_left(self) -> None:
        """Open the article that was open last, else the first one."""
        self._open_first()

    def remember(self) -> None:
        """Note how the library is left."""

    def known_again(self) -> None:
        """The library turned out to be one that was read from elsewhere before."""

    def _begin(self) -> None:
        self._library.note_opened()
        self._tell_notices()
        self.feed()

    def on_unmount(self) -> None:
        """Take the indexing process along."""
        self._feeder.stop()

    # Keys

    @property
    def places(self) -> Sequence[Where]:
        """The keys of the pane, or of the line that is typed in."""
        if self.typing:
            return ("typing",)
        if self.pane == "reader" and self.reader.selecting:
            return ("select",)
        return (_PLACES[self.pane], "rows", "anywhere")

    @property
    def typing(self) -> bool:
        """Whether a line of the screen is typed in."""
        return False

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Show keys that wait for more."""
        self.status.show_pending(pressed, following)

    def _show_keys(self) -> None:
        place: Where = _PLACES[self.pane]
        self.status.show_keys("select" if place == "page" and self.reader.selecting else place)

    # Sizes

    def on_resize(self) -> None:
        """Choose how many panes there is room for."""
        self._fit()

    @property
    def pane(self) -> str:
        """The pane that has the focus, or had it last."""
        focused = self.focused
        return focused.id if focused is not None and focused.id in PANES else self._last_pane

    def _fit(self, pane: str | None = None) -> None:
        """Show the panes that there is room for, the one at hand always among them."""
        pane = pane or self.pane
        width = self.size.width
        one = width < TWO or self._zen
        two = not one and width < WIDE
        self.set_class(one, "-one")
        self.set_class(two, "-two")
        self.set_class(width >= LARGE and not one, "-large")
        shown = {
            "articles": pane == "articles" if one else pane != "timeline" or not two,
            "reader": pane == "reader" if one else True,
            "timeline": pane == "timeline" if one else pane == "timeline" or not two,
        }
        self.set_class(two and pane == "timeline", "-late")
        for name, title in zip(PANES, _NAMES, strict=True):
            self.query_one(f"#{name}").display = shown[name]
            self.query_one(f"#{title}").display = shown[name]
        self._set_columns(one, two, pane)

    @property
    def _size_class(self) -> str:
        width = self.size.width
        return "two" if width < WIDE else "large" if width >= LARGE else "three"

    def _usual_columns(self) -> tuple[int, int]:
        return {"two": (28, 36), "three": (30, 38), "large": (42, 66)}[self._size_class]

    def _set_columns(self, one: bool, two: bool, pane: str) -> None:
        """Give list and timeline the columns that they were made to have."""
        if one or self._size_class not in self._columns:
            # The style sheet's own.
            if self.styles.inline.has_rule("grid_columns"):
                self.styles.inline.clear_rule("grid_columns")
                self.refresh(layout=True)
            return
        first, last = self._columns[self._size_class]
        if two:
            columns = f"1fr {last}" if pane == "timeline" else f"{first} 1fr"
        else:
            columns = f"{first} 1fr {last}"
        self.styles.grid_columns = columns

    def action_resize_pane(self, by: int) -> None:
        """Make list or timeline wider (or narrower), from the page the list; 0 for as at first."""
        if self.size.width < TWO or self._zen:
            self.status.say("there is one pane only")
            return
        first, last = self._columns.get(self._size_class, self._usual_columns())
        room = self.size.width - _LEAST_PAGE
        if by == 0:
            self._columns.pop(self._size_class, None)
        else:
            wider = 2 * by
            if self.pane == "timeline":
                last += wider
            else:
                first += wider if self.pane == "articles" else -wider
            two = self._size_class == "two"
            first = max(_LEAST_PANE, min(first, room - (0 if two else last)))
            last = max(_LEAST_PANE, min(last, room - (0 if two else first)))
            self._columns[self._size_class] = (first, last)
        self._fit()

    def go_to_pane(self, pane: str) -> None:
        """Give a pane the focus, and room."""
        self._fit(pane)
        # At once: `focus()` waits its turn, and the next key would still meet the old pane.
        self.set_focus(self.query_one(f"#{pane}"), scroll_visible=False)

    def on_descendant_focus(self) -> None:
        """The footer's keys are those of the pane."""
        pane = self._last_pane = self.pane
        for name, title in zip(PANES, _NAMES, strict=True):
            self.query_one(f"#{title}").set_class(name == pane, "-at")
        self._show_keys()
        if pane == "reader":
            self._browsing = False
            self._mark_read()

    # Data down

    def _show_rows(self) -> None:
        order, timeline = self._library.snapshots()
        if order != self._shown[0]:
            self.show_list()
        else:
            self.articles.reload()
        if timeline != self._shown[1]:
            self.show_timeline()
        self._shown = (order, timeline)
        self._rest_status()

    def show_list(self) -> None:
        """Show the articles that the filter lets through, in the order chosen."""
        self.articles.show(self._library.listed(self._filter, self._sort))
        self.show_list_name()

    def show_timeline(self) -> None:
        """Show the events, or those that the filter's entity takes part in."""
        self.events.show(self._library.timeline(self._filter.entity))
        who = f"  {self._filter.entity_name}" if self._filter.entity else ""
        self.query_one("#timeline-name", Static).update(Content(f"Timeline{who}"), layout=False)

    def show_list_name(self) -> None:
        """Say over the list how many articles there are."""
        count = self.articles.count()
        words = f"Articles  {count:,}"
        if not self._filter.empty:
            words += f" of {self._library.status().articles:,}"
        if self._sort != "newest":
            words += f"  by {self._sort}" if self._sort in ("title", "events") else "  oldest"
        self.query_one("#list-name", Static).update(Content(words), layout=False)

    def _rest_status(self) -> None:
        if not self._scanning:
            words = f"{counted(self.articles.count(), 'article')}"
            words += f" · {counted(self.events.event_count(), 'event')}"
            problems = self._library.problem_count()
            if problems:
                words += f" · {counted(problems, 'problem')} (P)"
            self.status.show_progress(words, at_rest=True)

    def _open_first(self) -> None:
        key = self.articles.key
        if key is not None:
            self.show_article(key)
            return
        looking = self._index and (self._scanning or not self._looked)
        if not self._filter.empty and not self._library.is_empty():
            words = "No article is left by the filter: fx takes the last part of it off."
        elif looking:
            words = (
                "Nothing to read yet. Dateline reads .txt, .md and .jsonl files; it looks for"
                " them now."
            )
        else:
            words = (
                "Nothing to read here. Dateline reads .txt, .md and .jsonl files; Ctrl-r looks"
                " for them again, P tells what was skipped."
            )
        self._leave_page()
        self._key = None
        self.reader.show_nothing(words)

    def _leave_page(self) -> None:
        """Note where the page is left."""
        page = self.reader.page
        if page is not None and page.raw is None and self._key is not None:
            self._left[page.article.id] = (self.reader.point, self.reader.top)

    def show_article(self, key: int, point: int | None = None) -> bool:
        """Show an article on the page, with its place in list and timeline.

        Without a point it is opened where it was left.
        """
        article = self._library.article(key)
        if article is None:
            return False
        changed = key != self._key
        if changed:
            self._leave_page()
        top = None
        if point is None:
            left = self._left.get(article.id) or self._library.place_in(article.id)
            point, top = left if left is not None else (0, None)
        row = self._library.rows([key]).get(key)
        pending = row is not None and not row.analysed
        analysis = self._library.analysis(key, article.text) if not pending else Analysis()
        self._key = key
        page = Page(
            article,
            analysis,
            pending,
            row is not None and row.absent,
            passages=self._passages_of(article.id, key),
            foreign=self._library.foreign(article.text),
        )
        self.reader.show(page, point, top=top)
        if changed:
            name = article.source or self._library.name
            self.query_one("#page-name", Static).update(Content(name), layout=False)
        if pending:
            self._feeder.want(key)
        self.articles.go_to_key(key)
        self.events.mark_own(frozenset(int(e.event) for e in analysis.events))
        self._follow_on_timeline()
        if self.pane == "reader":
            self._mark_read()
        self.article_shown()
        return True

    def article_shown(self) -> None:
        """Another text is on the page."""

    def _passages_of(self, ident: str, key: int) -> tuple[Passage, ...]:
        return tuple(self._library.passages_of(ident, key))

    def _refresh_page(self) -> None:
        """Read the open article's annotations again: they may have come in."""
        page = self.reader.page
        if self._key is None:
            self._open_first()
            return
        if page is None or page.raw is not None:
            return
        row = self._library.rows([self._key]).get(self._key)
        article = self._library.article(self._key)
        if row is None or article is None:
            self._replaced(page)
            return
        analysis = self._library.analysis(self._key, article.text)
        passages = self._passages_of(article.id, self._key)
        fresh = Page(
            article,
            analysis,
            not row.analysed,
            row.absent,
            passages=passages,
            foreign=self._library.foreign(article.text),
        )
        if fresh != page:
            self.reader.show(fresh, self.reader.point, keep_scroll=True)
            self.events.mark_own(frozenset(int(e.event) for e in analysis.events))
            if self.pane != "timeline":
                self._follow_on_timeline()

    def _replaced(self, page: Page) -> None:
        """The open article was edited: what is read from its file now takes its place."""
        point, top = self.reader.point, self.reader.top
        self._key = None
        there = self._library.key_from(page.article.source, page.article.record)
        if there is None or not self.show_article(there):
            self._open_first()
        elif self.reader.page is not None:
            length = len(self.reader.page.text)
            self.reader.show(self.reader.page, min(point, length), top=min(top, length))

    def _mark_read(self) -> None:
        page = self.reader.page
        if page is None or self._key is None:
            return
        row = self._library.rows([self._key]).get(self._key)
        if row is not None and not row.read and self._library.mark_read([row.id]):
            self.articles.refetch(self.articles.cursor)

    def _follow_on_timeline(self) -> None:
        """Show on the timeline where the page is."""
        event = self.reader.event_at_point()
        if event is None and self.reader.page is not None:
            mentions = self.reader.page.analysis.events
            event = mentions[0] if mentions else None
        if event is not None:
            number = int(event.event)
            row = self._library.events([number]).get(number)
            self.events.mark_here(number, row.when if row else None)

    def place(self) -> Place | None:
        """Where the reader is."""
        return Place(self._key, self.reader.point) if self._key is not None else None

    def go(self, place: Place) -> None:
        """Go to a place, and remember where one was."""
        self._history.leave(self.place(), place)
        self._arrive(place)

    def _arrive(self, place: Place) -> None:
        if place.article == self._key and self.reader.page and self.reader.page.raw is None:
            self.reader.go_to(place.offset, tell=True)
        else:
            self.show_article(place.article, place.offset)

    # Messages up

    @on(RowList.Moved, "#articles")
    def _article_moved(self) -> None:
        self._soon(self._preview_article)

    def _preview_article(self) -> None:
        key = self.articles.key
        if key is not None and key != self._key:
            self._browse_to(Place(key, 0))
            self.show_article(key)

    @on(RowList.Moved, "#timeline")
    def _event_moved(self) -> None:
        self._soon(self._preview_event)

    def _preview_event(self) -> None:
        place = self._telling(self.events.event)
        if place is not None:
            self._browse_to(place)
            self._arrive(place)

    def _browse_to(self, place: Place) -> None:
        """The page follows a cursor: where one was reading before is a place to come back to."""
        if self._browsing:
            self._history.replace(place)
        else:
            self._history.leave(self.place(), place)
            self._browsing = True

    def _telling(self, event: int | None) -> Place | None:
        """Where an event is told: in the open article if it tells of it, else where first."""
        if event is None:
            return None
        page = self.reader.page
        if page is not None and self._key is not None:
            for mention in page.analysis.events:
                if mention.event == str(event):
                    return Place(self._key, mention.start)
        return self._library.first_account(event)

    def _soon(self, work: Callable[[], None]) -> None:
        """Do it when the cursor rests, so that a held key only moves the cursor."""
        if self._follow is not None:
            self._follow.stop()
        self._follow = self.set_timer(_REST, work)

    @on(RowList.Chosen, "#articles")
    def action_read(self) -> None:
        """Read the article under the cursor. At once, as keys typed ahead are meant for it."""
        key = self.articles.key
        if key is not None:
            if key != self._key:
                self._browse_to(Place(key, 0))
                self.show_article(key)
            self.go_to_pane("reader")

    @on(RowList.Chosen, "#timeline")
    def action_tell(self) -> None:
        """To the passage that tells of the event under the cursor."""
        place = self._telling(self.events.event)
        if place is not None:
            self.go(place)
            self.go_to_pane("reader")

    @on(Reader.Moved)
    def _point_moved(self) -> None:
        if self.pane != "timeline":
            # Two panes in one key are two frames: the timeline follows when the reading rests.
            self._soon(self._follow_on_timeline)

    # Indexing

    @work(thread=True, exclusive=True, group="feed", exit_on_error=False)
    def feed(self) -> None:
        """Let the child process look for what is new, and hear it."""

        def hear(progress: Progress) -> None:
            self.post_message(self.Progressed(progress))

        self._feeder.run(hear)

    @on(Progressed)
    def _progressed(self, message: Progressed) -> None:
        progress = message.progress
        self._scanning = progress.step not in ("done", "failed")
        self._looked = self._looked or not self._scanning
        words = {
            "waiting": "another Dateline reads this library",
            "scan": "looking for new articles",
            "catalogue": f"reading {progress.done:,} of {progress.total:,}",
            "date": "dating the undated",
            "analyse": f"analysing {progress.done:,} of {progress.total:,}",
        }.get(progress.step, "")
        if progress.step == "failed":
            self.notify(
                f"Reading the library stopped: {progress.note}", severity="error", markup=False
            )
        if self._scanning:
            self.status.show_progress(words)
        elif self.is_mounted:
            if progress.note == KNOWN_AGAIN:
                self.known_again()
            self._look(always=True)

    def _look(self, always: bool = False) -> None:
        """Take in what the indexing process has committed since the last look."""
        if self._library.refresh() or always:
            self._show_rows()
            self._refresh_page()
            page = self.reader.page
            if page is not None and page.pending and self._key is not None:
                self._feeder.want(self._key)
        self._tell_notices()

    def _tell_notices(self) -> None:
        if self._library.lost and self._index and not self._feeder.running:
            self._library.lost = False
            self.feed()
        for notice in self._library.take_notices():
            self.notify(notice, severity="warning", markup=False, timeout=10)

    async def open_line(
        self, screen: ModalScreen[Result], done: Callable[[Result | None], None]
    ) -> None:
        """Open a box with a line to type in, and wait until it can be typed in: what is typed
        ahead is meant for it."""
        await self.app.push_screen(screen, done)
        line = screen.query(str(screen.AUTO_FOCUS)).first()
        screen.set_focus(line, scroll_visible=False)

    def _show_lines(self, heading: str, lines: Iterable[Line]) -> None:
        self.app.push_screen(Choice(heading, list(lines)))
