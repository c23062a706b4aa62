"""Spans of a text that can be found by offset, and the names and times to mark on a page."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from tui.nlp.document import EventMention, Mention, TimeExpression
from tui.page_content import Page

Mark = Mention | TimeExpression | EventMention


class Spans:
    """Spans, given in order of their starts, that can be found by offset; they may overlap."""

    def __init__(self, spans: Sequence[tuple[int, int]] = ()) -> None:
        self.starts = array("q", [start for start, _ in spans])
        self.ends = array("q", [end for _, end in spans])
        self._longest = max((end - start for start, end in spans), default=0)

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, start: int, end: int) -> Iterator[int]:
        """Yield the indexes of the spans that overlap the span from `start` to `end`."""
        at = bisect_left(self.starts, start - self._longest)
        while at < len(self.starts) and self.starts[at] < end:
            if self.ends[at] > start:
                yield at
            at += 1

    def at(self, offset: int) -> int | None:
        """The index of the last span that contains an offset, None if there is none."""
        found = None
        for number in self.within(offset, offset + 1):
            found = number
        return found

    def next_start(self, offset: int, step: int) -> int | None:
        """The index of the first span that starts after an offset, None if there is none.

        If `step` is -1, that of the last span that starts before it.
        """
        at = bisect_right(self.starts, offset) if step > 0 else bisect_left(self.starts, offset) - 1
        return at if 0 <= at < len(self.starts) else None


def marks_of(page: Page, shown: Sequence[str]) -> list[Mention | TimeExpression]:
    """The names and times to mark on a page, by start, without times that overlap a name."""
    if page.raw is not None:
        return []
    mentions = page.document.mentions if "names" in shown else ()
    marks: list[Mention | TimeExpression] = list(mentions)
    if "times" in shown:
        taken = Spans([(m.start, m.end) for m in mentions])
        marks.extend(
            time
            for time in page.document.times
            if next(taken.within(time.start, time.end), None) is None
        )
        marks.sort(key=lambda mark: mark.start)
    return marks
