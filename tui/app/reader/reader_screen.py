"""The reader screen: list, page and timeline beside each other, put together with its controllers.

It lays out the panes and passes messages on; each feature is a controller in a module of its own,
which acts on the screen through `tui.app.reader.view.ReaderView`. A key runs a method of a
controller: `find.open` in the table of actions is `open` of the controller `find`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.app.dialogs.choice import Choice, Line
from tui.app.page.page_pane import PagePane
from tui.app.reader.annotate import Annotate
from tui.app.reader.appearance import Appearance
from tui.app.reader.controller import Controller
from tui.app.reader.correct_date import CorrectDate
from tui.app.reader.correct_event import CorrectEvent
from tui.app.reader.entity_corrections import EntityCorrections
from tui.app.reader.entity_pages import EntityPages
from tui.app.reader.external import External
from tui.app.reader.filter import FilterList
from tui.app.reader.find import Find
from tui.app.reader.index_watch import IndexWatch
from tui.app.reader.list_and_timeline import Contents
from tui.app.reader.navigate import Navigate
from tui.app.reader.opening import Opening
from tui.app.reader.pane_layout import THREE_PANES, TWO_PANES, arranged, resized, width_class
from tui.app.reader.read_marks import ReadMarks
from tui.app.reader.session import SessionKeeper
from tui.app.reader.sort import SortList
from tui.app.reader.state import PANES, PaneName, ReaderState
from tui.app.reader.timeline_view import TimelineView
from tui.app.widgets.article_list import ArticleList
from tui.app.widgets.filter_chips import FilterChips
from tui.app.widgets.find_line import FindLine
from tui.app.widgets.row_list import RowList
from tui.app.widgets.status_bar import StatusBar
from tui.app.widgets.text_fit import counted
from tui.app.widgets.timeline_pane import TimelinePane
from tui.config.model import Config
from tui.entities.model import Likeness
from tui.ids import EntityId
from tui.indexing.index_process import IndexProcess
from tui.indexing.progress import Progress
from tui.keys.actions import Action, Context
from tui.keys.keymap import Fault, Keymap
from tui.library import Library

Result = TypeVar("Result")

_TITLES: dict[PaneName, str] = {
    "articles": "articles-title",
    "page": "page-title",
    "timeline": "timeline-title",
}
_CONTEXTS: dict[PaneName, Context] = {"articles": "list", "page": "page", "timeline": "timeline"}
# Seconds.
_INDEX_AFTER, _LOOK_EVERY, _STORE_EVERY = 0.02, 1.0, 2.0


class ReaderScreen(Screen[None]):
    """The three panes of a library.

    Args:
        library: what is read.
        config: what the reader has set.
        keymap: which keys do what.
        faults: what is wrong with the configuration.
        index: whether to run the index process.
        remember: whether to store how the library is left.

    Attributes:
        library: what is read.
        state: what the controllers share.
        controllers: the controllers by the names that the table of actions has for them.
    """

    # Textual does not load a CSS_PATH of the default screen.
    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text(encoding="utf-8")
    AUTO_FOCUS = "#articles"

    # As in Textual, but a change of focus does not repaint the whole screen: the panes draw what
    # looks different.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    @dataclass
    class Progressed(Message):
        """The index process has reported its progress."""

        progress: Progress

        def can_replace(self, message: Message) -> bool:
            """Only the latest progress counts."""
            return isinstance(message, ReaderScreen.Progressed)

    @dataclass
    class Answered(Message):
        """A command that a text was piped to has ended."""

        heading: str
        text: str

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
        self.library = library
        self._config = config
        self._keymap = keymap
        self._faults = faults
        self._indexes = index
        # Mounted when they are first needed: each costs a start some milliseconds.
        self._chips: FilterChips | None = None
        self._find_line: FindLine | None = None
        self.state = ReaderState()
        self._make_controllers(remember)

    def _make_controllers(self, remember: bool) -> None:
        state, library, config, index = self.state, self.library, self._config, self._indexes
        process = IndexProcess(library.sources)
        opening = Opening(state, self, library, want=process.want, indexes=index)
        contents = Contents(state, self, library)
        navigate = Navigate(state, self, library, opening)
        find = Find(state, self, library, opening)
        opening.shown.append(find.mark_new_page)
        filters = FilterList(
            state, self, library,
            first_weekday=config.first_weekday, opening=opening, contents=contents,
        )  # fmt: skip
        corrections = EntityCorrections(state, self, library, opening=opening, contents=contents)
        self.corrections = corrections
        appearance = Appearance(state, self, library, config)
        self.opening, self.navigate, self.find, self.filters = opening, navigate, find, filters
        self.annotate = Annotate(
            state, self, library, keymap=self._keymap, opening=opening, contents=contents
        )
        self.entities = EntityPages(
            state, self, library, opening=opening, navigate=navigate, corrections=corrections,
            apply_filter=filters.apply,
        )  # fmt: skip
        self.session = SessionKeeper(
            state, self, library, opening=opening, contents=contents, filters=filters,
            appearance=appearance, stores=remember, indexes=index,
        )  # fmt: skip
        self.index = IndexWatch(
            state, self, library, process=process,
            post=lambda progress: self._post(self.Progressed(progress)),
            opening=opening, contents=contents, adopted=self.session.adopt, indexes=index,
        )  # fmt: skip
        self.external = External(
            state, self, library, config=config, opening=opening, rescan=self.index.rescan,
            answer=lambda heading, text: self._post(self.Answered(heading, text)),
        )  # fmt: skip
        self._contents = contents
        # Events are linked by who takes part in them.
        library.entities.changed = self.index.rescan
        self.controllers: Mapping[str, Controller] = {
            "opening": opening,
            "navigate": navigate,
            "annotate": self.annotate,
            "find": find,
            "filter": filters,
            "sort": SortList(state, self, library, contents),
            "timeline_view": TimelineView(state, self, library, contents),
            "read_marks": ReadMarks(state, self, library),
            "entities": self.entities,
            "corrections": corrections,
            "date": CorrectDate(state, self, library, rescan=self.index.rescan, indexes=index),
            "event": CorrectEvent(state, self, library, rescan=self.index.rescan, indexes=index),
            "external": self.external,
            "appearance": appearance,
            "index": self.index,
        }

    def _post(self, message: Message) -> None:
        self.post_message(message)

    # Building

    def compose(self) -> ComposeResult:
        """Three panes with their titles, and the last line."""
        # Six children of one grid: a container more would be drawn with each line in it.
        for pane, words in (("articles", "Articles"), ("page", self.library.name)):
            yield Static(Content(words), id=f"{pane}-title", classes="title")
        yield Static(Content("Timeline"), id="timeline-title", classes="title")
        yield ArticleList(self.library.articles.rows)
        yield PagePane(self._config.marks)
        yield TimelinePane(self.library.timeline.rows)
        yield StatusBar(self._keymap)

    def on_mount(self) -> None:
        """Show what is in the cache at once; look for what is new after the first frame."""
        self.library.refresh()
        self.session.restore()
        self.arrange_panes()
        self._contents.show_changes()
        self.session.open_where_left()
        if self._indexes:
            self.set_timer(_INDEX_AFTER, self.index.begin)
            self.set_interval(_LOOK_EVERY, self.index.show_commits)
        self.set_interval(_STORE_EVERY, self.session.store)

    def on_unmount(self) -> None:
        """End the index process with the screen."""
        self.index.stop()

    # What controllers see of the screen

    @property
    def articles(self) -> ArticleList:
        """The list."""
        return self.query_one(ArticleList)

    @property
    def page(self) -> PagePane:
        """The page."""
        return self.query_one(PagePane)

    @property
    def timeline(self) -> TimelinePane:
        """The timeline."""
        return self.query_one(TimelinePane)

    @property
    def status(self) -> StatusBar:
        """The last line."""
        return self.query_one(StatusBar)

    @property
    def width(self) -> int:
        """The width of the screen in columns."""
        return self.size.width

    @property
    def ready(self) -> bool:
        """Whether the screen is mounted."""
        return self.is_mounted

    @property
    def theme(self) -> str:
        """The name of the theme."""
        return self.app.theme

    @theme.setter
    def theme(self, name: str) -> None:
        self.app.theme = name

    def go_to_pane(self, pane: PaneName) -> None:
        """Give a pane the focus, and room."""
        self.arrange_panes(pane)
        # At once: `focus()` waits for its turn, and the next key would go to the previous pane.
        self.state.pane = pane
        self.set_focus(self.query_one(f"#{pane}"), scroll_visible=False)

    def show_title(self, pane: PaneName, words: str) -> None:
        """Show the title of a pane."""
        self.query_one(f"#{_TITLES[pane]}", Static).update(Content(words), layout=False)

    def show_chips(self, parts: list[tuple[str, str]]) -> None:
        """Show the parts of the filter over the panes."""
        if self._chips is None:
            if not parts:
                return
            self._chips = FilterChips()
            self.mount(self._chips)
        self._chips.show(parts)

    async def open_find_line(self) -> None:
        """Show the line for finding on the page, ready to be typed in."""
        if self._find_line is None:
            self._find_line = FindLine()
            # Awaited, so that keys typed ahead go to the line.
            await self.mount(self._find_line)
        self._find_line.open()
        self.status.hide_keys(True)
        self.set_focus(self._find_line)

    def close_find_line(self) -> None:
        """Hide that line; the page gets the focus."""
        if self._find_line is not None:
            self._find_line.close()
        self.status.hide_keys(False)
        self.set_focus(self.page, scroll_visible=False)

    def show_lines(self, heading: str, lines: Iterable[Line]) -> None:
        """Show lines to read in a dialog."""
        self.app.push_screen(Choice(heading, list(lines)))

    def choose(
        self,
        heading: str,
        lines: list[Line],
        chosen: Callable[[int], None],
        *,
        at: int = 0,
        searchable: bool = False,
        preview: Callable[[int], None] | None = None,
        always: bool = False,
    ) -> None:
        """Show lines to choose from; `chosen` gets the value of the line, if one is chosen.

        With `always`, it gets -1 if none is chosen.
        """

        def closed(value: int | None) -> None:
            value = -1 if value is None else value
            if always or value >= 0:
                chosen(value)

        dialog = Choice(heading, lines, at=at, searchable=searchable, preview=preview)
        self.app.push_screen(dialog, closed)

    def open_screen(self, screen: Screen[Result], closed: Callable[[Result | None], None]) -> None:
        """Open a screen over this one."""
        self.app.push_screen(screen, closed)

    async def open_prompt(
        self, screen: ModalScreen[Result], closed: Callable[[Result | None], None]
    ) -> None:
        """Open a dialog with a line, and wait until it can be typed in."""
        await self.app.push_screen(screen, closed)
        line = screen.query(str(screen.AUTO_FOCUS)).first()
        screen.set_focus(line, scroll_visible=False)

    def warn(self, message: str, *, error: bool = False) -> None:
        """Show a message that stays for some seconds."""
        if error:
            self.notify(message, severity="error", markup=False)
        else:
            self.notify(message, severity="warning", markup=False, timeout=10)

    def copy(self, text: str) -> None:
        """Copy a text to the clipboard."""
        self.app.copy_to_clipboard(text)

    def after(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Do something later."""
        return self.set_timer(seconds, action)

    def when_drawn(self, action: Callable[[], None]) -> None:
        """Do something after the next refresh."""
        self.call_after_refresh(action)

    def soon(self, action: Callable[..., Any], *arguments: Any) -> None:
        """Do something when the current messages have been handled."""
        self.call_later(action, *arguments)

    def in_thread(self, work: Callable[[], None]) -> None:
        """Do something in a thread."""
        self.run_worker(work, thread=True, exit_on_error=False)

    def suspended(self) -> AbstractContextManager[None]:
        """Give the terminal to another program in the block."""
        return self.app.suspend()

    def redraw(self) -> None:
        """Draw the whole screen again."""
        self.refresh(repaint=True, layout=True)

    # Layout

    def on_resize(self) -> None:
        """Show the panes that there is room for."""
        self.arrange_panes()

    def arrange_panes(self, pane: PaneName | None = None) -> None:
        """Show the panes that there is room for, the one at hand always among them."""
        state = self.state
        layout = arranged(self.width, state.zen, pane or state.pane, state.columns)
        for name, holds in layout.classes.items():
            self.set_class(holds, name)
        for name, shown in layout.shown.items():
            self.query_one(f"#{name}").display = shown
            self.query_one(f"#{_TITLES[name]}").display = shown
        if layout.columns is not None:
            self.styles.grid_columns = layout.columns
        elif self.styles.inline.has_rule("grid_columns"):
            self.styles.inline.clear_rule("grid_columns")
            self.refresh(layout=True)

    def on_descendant_focus(self) -> None:
        """Note the pane that has the focus, and show its keys."""
        focused = self.focused
        self.state.pane = next(
            (pane for pane in PANES if focused is not None and focused.id == pane), self.state.pane
        )
        for pane, title in _TITLES.items():
            self.query_one(f"#{title}").set_class(pane == self.state.pane, "-at")
        self._show_keys()
        if self.state.pane == "page":
            self.state.previewing = False
            self.opening.mark_read()

    def _show_keys(self) -> None:
        context = _CONTEXTS[self.state.pane]
        self.status.show_keys("select" if context == "page" and self.page.selecting else context)

    # Keys

    @property
    def contexts(self) -> Sequence[Context]:
        """The contexts whose keys apply now, the innermost first."""
        if self._find_line is not None and self.focused is self._find_line:
            return ("typing",)
        if self.state.pane == "page" and self.page.selecting:
            return ("select",)
        return (_CONTEXTS[self.state.pane], "rows", "anywhere")

    def show_pending(self, pressed: str, following: Sequence[tuple[str, Action]]) -> None:
        """Show keys that wait for more; for those of named places, which letters are taken."""
        if any(action.id == "place.go" for _, action in following):
            pressed = f"{pressed}  places: {self.navigate.place_letters()}"
        self.status.show_pending(pressed, following)

    def entities_like(self, words: str) -> list[Likeness]:
        """The entities with a spelling that contains `words`, for the palette."""
        return self.library.entities.like(words, 20)

    def open_entity(self, entity: EntityId) -> None:
        """Open the page of an entity, for the palette."""
        self.entities.open(entity)

    # Messages of the panes

    @on(RowList.Moved, "#articles")
    def _article_cursor_moved(self) -> None:
        self.opening.article_cursor_moved()

    @on(RowList.Moved, "#timeline")
    def _event_cursor_moved(self) -> None:
        self.opening.event_cursor_moved()

    @on(RowList.Chosen, "#articles")
    def _article_chosen(self) -> None:
        self.opening.read()

    @on(RowList.Chosen, "#timeline")
    def _event_chosen(self) -> None:
        self.opening.tell()

    @on(PagePane.Moved)
    def _point_moved(self) -> None:
        self.opening.point_moved()

    @on(PagePane.Selected)
    def _selection_changed(self) -> None:
        self._show_keys()
        self.annotate.selection_changed()

    @on(FilterChips.Removed)
    def _chip_removed(self, message: FilterChips.Removed) -> None:
        self.filters.remove_part(message.part)

    @on(Input.Changed, "#find-line")
    def _find_line_changed(self) -> None:
        if self._find_line is not None and self._find_line.display:
            self.find.typed(self._find_line.value)

    @on(Progressed)
    def _progressed(self, message: Progressed) -> None:
        self.index.report(message.progress)

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        self.external.show_answer(message.heading, message.text)

    # Actions of the line for finding

    def action_accept(self) -> None:
        """Close the line and keep the matches."""
        if self._find_line is not None:
            self.find.accept(self._find_line.value)

    def action_close(self) -> None:
        """Close the line, and return to where the reader was."""
        self.find.cancel()

    def action_down(self) -> None:
        """Go to the next match while the line is open."""
        self.find.next_match(1)

    def action_up(self) -> None:
        """Go to the previous match while the line is open."""
        self.find.next_match(-1)

    def action_page_down(self) -> None:
        """Nothing: there is nothing to page through."""

    action_page_up = action_page_down

    # Actions of the screen

    def action_timeline(self) -> None:
        """Go to the timeline, or back to the page."""
        self.go_to_pane("page" if self.state.pane == "timeline" else "timeline")

    def action_pane(self, step: int) -> None:
        """Go to the next or previous pane."""
        self.go_to_pane(PANES[(PANES.index(self.state.pane) + step) % len(PANES)])

    def action_resize_pane(self, by: int) -> None:
        """Make list or timeline wider or narrower; 0 for the default widths."""
        state = self.state
        if self.width < TWO_PANES or state.zen:
            self.status.say("there is one pane only")
            return
        if by == 0:
            state.columns.pop(width_class(self.width), None)
        else:
            columns = resized(self.width, state.pane, by, state.columns)
            state.columns[width_class(self.width)] = columns
        self.arrange_panes()

    def action_zen(self) -> None:
        """Show the page alone, or all panes again."""
        if not self.state.zen and self.width < TWO_PANES:
            self.status.say("there is room for one pane only as it is")
            return
        self.state.zen = not self.state.zen
        if self.state.zen:
            self.go_to_pane("page")
        else:
            self.arrange_panes()

    def action_problems(self) -> None:
        """Show what was skipped or is doubtful."""
        lines = [Line(p.place, p.what) for p in self.library.articles.problems()]
        for fault in self._faults:
            place, _, what = self._config.locate(fault).partition(": ")
            lines.append(Line(place, what))
        heading = counted(len(lines), "problem") if lines else "Problems"
        self.show_lines(heading, lines or [Line("", "Nothing was skipped, nothing is doubtful.")])

    def action_help(self) -> None:
        """Show all keys."""
        from tui.app.dialogs.help_dialog import help_dialog

        contexts = self.contexts
        self.app.push_screen(help_dialog(self._keymap, contexts[0] if contexts else "rows"))

    def action_leave(self, out: bool = True) -> None:
        """Go back one step: raw text, query, zen, timeline, page, list, and (if `out`) out."""
        if self.page.page is not None and self.page.page.raw is not None:
            self.external.raw()
        elif self.state.pane == "page" and self.find.end():
            return
        elif self.state.zen:
            self.action_zen()
        elif self.state.pane == "timeline":
            self.go_to_pane("page" if self.width < THREE_PANES else "articles")
        elif self.state.pane == "page":
            self.go_to_pane("articles")
        elif out:
            self.app.exit()
        else:
            self.status.say("q quits")
