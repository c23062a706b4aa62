"""The reader's screen: list, page and timeline beside each other, and what moves between them."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tui.app.actions import bindings
from tui.app.feeder import Feeder
from tui.app.history import History
from tui.app.panes.article_list import ArticleList
from tui.app.panes.reader import Page, Reader
from tui.app.panes.timeline import MARKS, Timeline
from tui.app.rows import RowList
from tui.app.screens.choice import Choice, Line
from tui.app.screens.help import help_screen
from tui.app.screens.reasons import reasons
from tui.app.status_bar import StatusBar
from tui.app.text_fit import counted
from tui.edtf import short
from tui.indexing.progress import Progress
from tui.library import Library
from tui.model import Analysis, Mention, Place

# Below these widths (columns) the timeline folds away, and then one pane is shown at a time.
WIDE, TWO = 110, 70

# While a key is held, the page follows the cursor only when it rests this long (seconds).
_REST = 0.05
_PANES = ("articles", "reader", "timeline")
_NAMES = ("list-name", "page-name", "timeline-name")


class LibraryScreen(Screen[None]):
    """Holds the three panes and passes data down to them and messages between them."""

    # Not by CSS_PATH: Textual does not load that of a default screen.
    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text(encoding="utf-8")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("anywhere")]
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
            return isinstance(message, LibraryScreen.Progressed)

    def __init__(self, library: Library, *, index: bool = True) -> None:
        super().__init__()
        self._library = library
        self._index = index
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
        yield Reader()
        yield Timeline(self._library.events)
        yield StatusBar()

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
        # Without colour names are told by their weight.
        self.set_class(self.app.no_color, "-mono")
        self._fit()
        self._show_rows()
        self._open_first()
        if self._index:
            self.set_timer(0.02, self._begin)
            self.set_interval(1.0, self._look)

    def _begin(self) -> None:
        self._library.note_opened()
        self._tell_notices()
        self.feed()

    def on_unmount(self) -> None:
        """Take the indexing process along."""
        self._feeder.stop()

    # Sizes

    def on_resize(self) -> None:
        """Choose how many panes there is room for."""
        self._fit()

    @property
    def pane(self) -> str:
        """The pane that has the focus, or had it last."""
        focused = self.focused
        return focused.id if focused is not None and focused.id in _PANES else self._last_pane

    def _fit(self, pane: str | None = None) -> None:
        """Show the panes that there is room for, the one at hand always among them."""
        pane = pane or self.pane
        width = self.size.width
        one = width < TWO or self._zen
        two = not one and width < WIDE
        self.set_class(one, "-one")
        self.set_class(two, "-two")
        self.set_class(width >= 160 and not one, "-large")
        shown = {
            "articles": pane == "articles" if one else pane != "timeline" or not two,
            "reader": pane == "reader" if one else True,
            "timeline": pane == "timeline" if one else pane == "timeline" or not two,
        }
        self.set_class(two and pane == "timeline", "-late")
        for name, title in zip(_PANES, _NAMES, strict=True):
            self.query_one(f"#{name}").display = shown[name]
            self.query_one(f"#{title}").display = shown[name]

    def go_to_pane(self, pane: str) -> None:
        """Give a pane the focus, and room."""
        self._fit(pane)
        # At once: `focus()` waits its turn, and the next key would still meet the old pane.
        self.set_focus(self.query_one(f"#{pane}"), scroll_visible=False)

    def on_descendant_focus(self) -> None:
        """The footer's keys are those of the pane."""
        pane = self._last_pane = self.pane
        for name, title in zip(_PANES, _NAMES, strict=True):
            self.query_one(f"#{title}").set_class(name == pane, "-at")
        self.status.show_keys(
            "list" if pane == "articles" else "page" if pane == "reader" else "timeline"
        )
        if pane == "reader":
            self._browsing = False
            self._mark_read()

    # Data down

    def _show_rows(self) -> None:
        order, timeline = self._library.snapshots()
        if order != self._shown[0]:
            self.articles.show(self._library.order())
        else:
            self.articles.reload()
        if timeline != self._shown[1]:
            self.events.show(self._library.timeline())
        self._shown = (order, timeline)
        count = self.articles.count()
        self.query_one("#list-name", Static).update(Content(f"Articles  {count:,}"), layout=False)
        self._rest_status()

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
        else:
            looking = self._index and (self._scanning or not self._looked)
            self.reader.show_nothing(
                "Nothing to read yet. Dateline reads .txt, .md and .jsonl files; it looks for"
                " them now."
                if looking
                else "Nothing to read here. Dateline reads .txt, .md and .jsonl files; Ctrl-r looks"
                " for them again, P tells what was skipped."
            )

    def show_article(self, key: int, point: int = 0) -> bool:
        """Show an article on the page, with its place in list and timeline."""
        article = self._library.article(key)
        if article is None:
            return False
        row = self._library.rows([key]).get(key)
        pending = row is not None and not row.analysed
        analysis = self._library.analysis(key, article.text) if not pending else Analysis()
        changed = key != self._key
        self._key = key
        page = Page(article, analysis, pending, row is not None and row.absent)
        self.reader.show(page, point)
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
        return True

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
            self._key = None
            self._open_first()
            return
        analysis = self._library.analysis(self._key, article.text)
        fresh = Page(article, analysis, not row.analysed, row.absent)
        if fresh != page:
            self.reader.show(fresh, self.reader.point, keep_scroll=True)
            self.events.mark_own(frozenset(int(e.event) for e in analysis.events))
            if self.pane != "timeline":
                self._follow_on_timeline()

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

    def _soon(self, work: object) -> None:
        """Do it when the cursor rests, so that a held key only moves the cursor."""
        if self._follow is not None:
            self._follow.stop()
        self._follow = self.set_timer(_REST, work)  # type: ignore[arg-type]

    @on(RowList.Chosen, "#articles")
    def _article_chosen(self) -> None:
        key = self.articles.key
        if key is not None:
            if key != self._key:
                self._browse_to(Place(key, 0))
                self.show_article(key)
            self.go_to_pane("reader")

    @on(RowList.Chosen, "#timeline")
    def _event_chosen(self) -> None:
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

    # Actions

    def action_event(self, step: int) -> None:
        """To the next or last event on the page."""
        if not self.reader.step_event(step):
            self.status.say("no further event here" if step > 0 else "no event before this one")

    def action_mention(self, step: int) -> None:
        """To the next or last mention of the name at the point, on into the next article."""
        mention = self.reader.mention_at_point()
        if mention is None or self._key is None:
            self.status.say("no name on this page")
            return
        here = self.reader.mark_at_point()
        start = mention.start if isinstance(here, Mention) else self.reader.point - (step > 0)
        name = self._library.entity_name(mention.entity)
        inside = self.reader.next_of(mention.entity, start, step)
        if inside is not None:
            self.reader.go_to(inside, tell=True)
            self.status.say(name)
            return
        found = self._library.next_mention(mention.entity, Place(self._key, start), step)
        if found is None:
            self.status.say(f"{name}: named only here")
            return
        if found.article == self._key:
            self.reader.go_to(found.offset, tell=True)
        else:
            self.go(found)
        count = self._library.articles_naming(mention.entity)
        self.status.say(f"{name}: in {counted(count, 'article')}")

    def _event_at_hand(self) -> int | None:
        if self.pane == "timeline":
            return self.events.event
        mention = self.reader.event_at_point()
        return int(mention.event) if mention is not None else None

    def action_account(self) -> None:
        """To the next account of the event at hand, in another article."""
        event = self._event_at_hand()
        if event is None or self._key is None:
            self.status.say("no event here: ] goes to the next one")
            return
        found = self._library.next_account(event, self._key)
        if found is None:
            self.status.say("no other article tells of this event")
            return
        place, number, count = found
        self.go(place)
        self.status.say(f"account {number} of {count}")

    def action_accounts(self) -> None:
        """All accounts of the event at hand."""
        event = self._event_at_hand()
        accounts = self._library.accounts(event) if event is not None else []
        row = self._library.events([event]).get(event) if event is not None else None
        if not accounts or row is None:
            self.status.say("no event here: ] goes to the next one")
            return
        lines: list[Line] = []
        for number, account in enumerate(accounts):
            lines.append(Line(short(account.date), account.title, value=number))
            lines.append(Line(MARKS[account.status], f"“{account.text}”", value=number))

        def chosen(number: int | None) -> None:
            if number is not None and number >= 0:
                self.go(Place(accounts[number].article, accounts[number].start))
                self.go_to_pane("reader")

        self.app.push_screen(Choice(row.headline, lines), chosen)

    def action_why(self) -> None:
        """Why something is marked, dated or told where it is."""
        page = self.reader.page
        if page is None:
            return
        event = None
        if self.pane == "timeline" and self.events.event is not None:
            event = self.events.event
        mark = self.reader.mark_at_point()
        self._show_lines("Why?", reasons(self._library, page, mark, event))

    def _show_lines(self, heading: str, lines: Iterable[Line]) -> None:
        self.app.push_screen(Choice(heading, list(lines)))

    def action_raw(self) -> None:
        """The raw text of the article, and back."""
        page = self.reader.page
        if page is None or self._key is None:
            return
        if page.raw is not None:
            if not self.show_article(self._key, self._before_raw):
                self._key = None
                self._open_first()
            self.status.say("")
            return
        try:
            raw = self._library.raw(self._key)
        except OSError as error:
            self.status.say(f"the source cannot be read: {error.strerror or error}")
            return
        self._before_raw = self.reader.point
        self.reader.show(Page(page.article, raw=raw))
        self.status.say("raw text: x goes back")

    def action_copy(self) -> None:
        """Copy the selection, the event's passage or the paragraph."""
        selected = self.get_selected_text()
        mark = self.reader.mark_at_point()
        event = self.reader.event_at_point()
        told = event if mark is not None and event is not None else None
        text = selected or (told.text if told else self.reader.paragraph_at_point())
        if text:
            self.app.copy_to_clipboard(text)
            self.status.say(f"copied {len(text):,} characters")

    def action_original(self) -> None:
        """Open the original of the article in a browser."""
        page = self.reader.page
        url = page.article.url if page is not None else ""
        if url.startswith(("http://", "https://")):
            self._browse(url)
            self.status.say(f"opened {url}")
        else:
            self.status.say("no address of an original is known")

    @work(thread=True, exit_on_error=False)
    def _browse(self, url: str) -> None:
        webbrowser.open(url)

    def action_back(self) -> None:
        """Back to where one was."""
        self._step_history(-1, "nothing to go back to")

    def action_forward(self) -> None:
        """Forward again."""
        self._step_history(1, "nothing to go forward to")

    def _step_history(self, by: int, otherwise: str) -> None:
        place = self._history.step(self.place(), by)
        if place is None:
            self.status.say(otherwise)
        else:
            self._arrive(place)
            self.status.say("")

    def action_timeline(self) -> None:
        """To the timeline, and back to the page."""
        self.go_to_pane("reader" if self.pane == "timeline" else "timeline")

    def action_pane(self, step: int) -> None:
        """To the next pane."""
        self.go_to_pane(_PANES[(_PANES.index(self.pane) + step) % len(_PANES)])

    def action_zen(self) -> None:
        """The page alone, and back."""
        if not self._zen and self.size.width < TWO:
            self.status.say("there is room for one pane only as it is")
            return
        self._zen = not self._zen
        if self._zen:
            self.go_to_pane("reader")
        else:
            self._fit()

    def action_rescan(self) -> None:
        """Look for new and changed articles."""
        if self._index and not self._feeder.running:
            self.feed()

    def action_problems(self) -> None:
        """What was skipped or is doubtful."""
        problems = self._library.problems()
        lines = [Line(p.place, p.what) for p in problems] or [
            Line("", "Nothing was skipped, nothing is doubtful.")
        ]
        self._show_lines(counted(len(problems), "problem") if problems else "Problems", lines)

    def action_theme(self) -> None:
        """The next theme."""
        names = sorted(self.app.available_themes)
        own = [name for name in names if name.startswith("dateline")] or names
        at = own.index(self.app.theme) if self.app.theme in own else -1
        self.app.theme = own[(at + 1) % len(own)]
        self.status.say(f"theme: {self.app.theme}")

    def action_help(self) -> None:
        """All keys."""
        self.app.push_screen(help_screen())

    def action_leave(self, out: bool = True) -> None:
        """Back one step: zen, raw text, timeline, page, list and (unless not `out`) out."""
        if self.reader.page is not None and self.reader.page.raw is not None:
            self.action_raw()
        elif self._zen:
            self.action_zen()
        elif self.pane == "timeline":
            self.go_to_pane("reader" if self.size.width < WIDE else "articles")
        elif self.pane == "reader":
            self.go_to_pane("articles")
        elif out:
            self.app.exit()
        else:
            self.status.say("q quits")
