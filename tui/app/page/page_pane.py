"""The page with its interaction: moving between marks, showing matches, and selecting."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.geometry import Offset
from textual.selection import Selection

from tui.app.page.motions import sentence_at
from tui.app.page.page_drawing import PageDrawing
from tui.app.page.span_index import Mark, Spans
from tui.app.page.text_selection import TextSelection
from tui.nlp.document import Mention
from tui.passages.model import Passage


class PagePane(PageDrawing):
    """The page with the actions of its keys and of the mouse."""

    def mention_at_point(self) -> Mention | None:
        """The first entity mention that starts at or after the point, else the first of the page.

        None if the page has none.
        """
        first = self._mark_spans.next_start(self._point - 1, 1) or 0
        for mark in self._marks[first:] + self._marks[:first]:
            if isinstance(mark, Mention):
                return mark
        return None

    def next_mention_of(self, entity: str, offset: int, step: int) -> int | None:
        """The start of the next (`step` 1) or previous (-1) mention of an entity, from an offset.

        None if there is none.
        """
        at = self._mark_spans.next_start(offset, step)
        while at is not None and 0 <= at < len(self._marks):
            mark = self._marks[at]
            if isinstance(mark, Mention) and mark.entity == entity:
                return mark.start
            at += step
        return None

    def mark_at_point(self) -> Mark | None:
        """The name or time that starts at the point, else the event mention that contains it.

        None if there is neither.
        """
        at = self._mark_spans.next_start(self._point - 1, 1)
        if at is not None and self._marks[at].start == self._point:
            return self._marks[at]
        return self._clause_at_point()

    def passage_at_point(self) -> Passage | None:
        """The bookmarked passage that contains the point, None if there is none."""
        at = self._passage_spans.at(self._point)
        return self._passages[at] if at is not None else None

    def paragraph_at_point(self) -> str:
        """The text of the paragraph at the point, "" if there is no page."""
        if self._page is None:
            return ""
        text = self._page.text
        start = text.rfind("\n\n", 0, self._point)
        end = text.find("\n\n", self._point)
        return text[start + 2 if start >= 0 else 0 : end if end >= 0 else len(text)]

    def sentence_at_point(self) -> tuple[int, int]:
        """The span of the sentence at the point, (0, 0) if there is no page."""
        return sentence_at(self._page.text, self._point) if self._page is not None else (0, 0)

    def sentence_of(self, offset: int) -> tuple[int, int]:
        """The span of the sentence at an offset, (0, 0) if there is no page."""
        return sentence_at(self._page.text, offset) if self._page is not None else (0, 0)

    def go_to(self, offset: int, *, tell: bool = False) -> None:
        """Move the point to an offset and scroll to it; `tell` posts `Moved`."""
        old, clause = self._point, self._clause_at_point()
        self._point = offset
        same = clause == self._clause_at_point()
        self._refresh_around(old, clause=not same)
        self._refresh_around(offset, clause=not same)
        self._quiet = True
        self._scroll_to_point()
        self._quiet = False
        if tell:
            self.post_message(self.Moved(self, offset))

    def step_event(self, step: int) -> bool:
        """Move the point by some event mentions; returns whether there is one to move to."""
        return self._step(self._event_spans, step)

    def step_passage(self, step: int) -> bool:
        """Move the point by some bookmarked passages; returns whether there is one to move to."""
        return self._step(self._passage_spans, step)

    def _step(self, spans: Spans, step: int) -> bool:
        found = spans.next_start(self._point, 1 if step > 0 else -1)
        if found is None:
            return False
        found += step - (1 if step > 0 else -1)
        self.go_to(spans.starts[max(0, min(found, len(spans) - 1))], tell=True)
        return True

    def action_next_mark(self, count: int = 1) -> None:
        """Move to the next name, time or event."""
        for _ in range(count):
            self._step_mark(1)

    def action_previous_mark(self, count: int = 1) -> None:
        """Move to the previous name, time or event."""
        for _ in range(count):
            self._step_mark(-1)

    def _step_mark(self, step: int) -> None:
        found: list[int] = []
        for spans in (self._mark_spans, self._event_spans):
            at = spans.next_start(self._point, step)
            if at is not None:
                found.append(spans.starts[at])
        if found:
            self.go_to(min(found) if step > 0 else max(found), tell=True)

    # Matches of a search

    @property
    def matches(self) -> Spans:
        """The spans of the matches."""
        return self._matches

    @property
    def match(self) -> int | None:
        """The index of the current match, None if there is none."""
        return self._match

    def show_matches(self, spans: Sequence[tuple[int, int]], at: int | None = None) -> None:
        """Mark matches, and go to the one with the index `at` if given."""
        self._matches, self._match = Spans(spans), at
        self._mark_scrollbar()
        self.refresh()
        if at is not None:
            self.go_to(self._matches.starts[at], tell=True)

    # Selecting

    def select(self, start: int, end: int | None = None, *, lines: bool = False) -> None:
        """Select a span, one character if no end is given; motions move its end."""
        if self._page is None or not self._page.text:
            return
        last = start if end is None else max(start, end - 1)
        self._set_selecting(TextSelection(start, last, lines))

    def stop_selecting(self) -> None:
        """Clear the selection."""
        if self._selecting is not None:
            self._set_selecting(None)

    def _set_selecting(self, new: TextSelection | None) -> None:
        before, head = self.selected, self._selecting.head if self._selecting else self._point
        self._selecting = new
        after = self.selected
        # Keys and mouse share Textual's selection, so that both kinds are drawn and copied.
        self.screen.selections = (
            {self: Selection(Offset(after[0], 0), Offset(after[1], 0))} if after else {}
        )
        if before and after:
            self._refresh_rows(min(before[0], after[0]), max(before[0], after[0]))
            self._refresh_rows(min(before[1], after[1]), max(before[1], after[1]))
        elif before or after:
            self._refresh_rows(*(before or after or (0, 0)))
        if new is not None:
            self._refresh_rows(min(head, new.head), max(head, new.head))
            self._point = new.head
            self._quiet = True
            self._scroll_to_point()
            self._quiet = False
        self.post_message(self.Selected(self))

    def action_motion(self, name: str, count: int) -> None:
        """Move the end of the selection by a motion."""
        if self._selecting is not None:
            self._set_selecting(self._selecting.moved(self._motion_text(), name, count))

    def action_object(self, name: str, count: int) -> None:
        """Select the word, sentence or paragraph at the moving end, or `count` of them."""
        if self._selecting is not None:
            self._set_selecting(self._selecting.grown(self._motion_text(), name, count))

    def action_swap(self) -> None:
        """Exchange the moving and the fixed end of the selection."""
        if self._selecting is not None:
            self._set_selecting(self._selecting.swapped())

    def action_lines(self) -> None:
        """Switch between selecting whole rows and selecting characters."""
        if self._selecting is not None:
            s = self._selecting
            self._set_selecting(TextSelection(s.fixed_end, s.head, not s.lines))

    def selection_updated(self, selection: Selection | None) -> None:
        """Adopt a selection that was made with the mouse."""
        span = selection.get_span(0) if selection is not None else None
        if span is None or self._page is None:
            if self._selecting is not None:
                self._selecting = None
                self.refresh()
                self.post_message(self.Selected(self))
            return
        length = len(self._page.text)
        first, last = span[0], length if span[1] < 0 else min(span[1], length)
        if (first, last) != self.selected and last > first:
            self._selecting = TextSelection(first, last - 1)
            self._point = last - 1
            self.refresh()
            self.post_message(self.Selected(self))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, not broken into rows, and a line end; None if nothing is selected."""
        span = self.selected
        if span is None or self._page is None:
            return None
        return self._page.text[span[0] : span[1]], "\n"

    def text_select_all(self) -> None:
        """Do nothing: a double click selects the sentence (see `on_click`), not the whole page."""

    # Layout

    def _refresh_around(self, offset: int, clause: bool) -> None:
        """Redraw the mark at an offset and, if `clause`, the event mention that contains it."""
        spans = [(offset, offset + 1)]
        event = self._event_spans.at(offset) if clause else None
        if event is not None:
            spans.append((self._events[event].start, self._events[event].end))
        mark = self._mark_spans.at(offset)
        if mark is not None:
            spans.append((self._marks[mark].start, self._marks[mark].end))
        for start, end in spans:
            self._refresh_rows(start, max(start, end - 1))

    def on_click(self, event: events.Click) -> None:
        """Move the point to the mark or event under the mouse.

        A double click selects the sentence.
        """
        where = event.get_content_offset(self)
        if where is None or (self.selecting and event.chain == 1):
            return
        offset = self._offset_at(where.x, where.y + self.scroll_offset.y)
        if offset is None:
            return
        if event.chain == 2 and self._page is not None:
            self.select(*sentence_at(self._page.text, offset))
            return
        mark, told = self._mark_spans.at(offset), self._event_spans.at(offset)
        if mark is not None:
            offset = self._marks[mark].start
        elif told is not None:
            offset = self._events[told].start
        self.go_to(offset, tell=True)

    def _by(self, rows: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False)

    def action_down(self, count: int = 1) -> None:
        """Scroll down by lines."""
        self._by(count)

    def action_up(self, count: int = 1) -> None:
        """Scroll up by lines."""
        self._by(-count)

    def action_half_down(self, count: int = 1) -> None:
        """Scroll down by half windows."""
        self._by(count * max(1, self.size.height // 2))

    def action_half_up(self, count: int = 1) -> None:
        """Scroll up by half windows."""
        self._by(-count * max(1, self.size.height // 2))

    def action_page_down(self, count: int = 1) -> None:
        """Scroll down by windows, less two lines each."""
        self._by(count * max(1, self.size.height - 2))

    def action_page_up(self, count: int = 1) -> None:
        """Scroll up by windows, less two lines each."""
        self._by(-count * max(1, self.size.height - 2))

    def action_top(self) -> None:
        """Scroll to the beginning."""
        self.scroll_to(y=0, animate=False)

    def action_bottom(self, row: int = 0) -> None:
        """Scroll to the end, or to a line by its number (from 1)."""
        self.scroll_to(y=row - 1 if row else self.virtual_size.height, animate=False)
