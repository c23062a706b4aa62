"""A selection that motions change: it has a fixed end and a moving one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.app.page import motions
from tui.app.page.motions import MotionText, Span


@dataclass(frozen=True, slots=True)
class TextSelection:
    """A selection from `fixed_end`, the fixed end, to `head`, the moving one.

    Both are offsets of selected characters. `lines` extends the selection to whole rows. `column`
    is the column (code points from the start of a row) to which motions by rows return the head
    after shorter rows, None if the head has not moved by rows.
    """

    fixed_end: int
    head: int
    lines: bool = False
    column: int | None = None

    def span(self, text: MotionText) -> Span:
        """The selected span; its end is exclusive."""
        first, last = sorted((self.fixed_end, self.head))
        if self.lines and len(text.layout):
            layout = text.layout
            return layout.starts[layout.row_of(first)], layout.ends[layout.row_of(last)]
        return first, motions.grapheme_end(text.text, last)

    def moved(self, text: MotionText, motion: str, count: int) -> TextSelection:
        """The same selection with its head moved `count` times by a motion."""
        rows = {"down": 1, "up": -1, "half_down": text.half, "half_up": -text.half}.get(motion)
        if rows is not None:
            column = self.column
            if column is None:
                column = self.head - motions.MOTIONS["line_start"](text, self.head)
            return replace(
                self,
                head=motions.by_rows(text, self.head, column, rows * count),
                column=column,
            )
        head = self.head
        for _ in range(count):
            there = motions.MOTIONS[motion](text, head)
            if there == head:
                break
            head = there
        return replace(self, head=max(0, min(head, text.last)), column=None)

    def grown(self, text: MotionText, name: str, count: int) -> TextSelection:
        """A selection of the word, sentence or paragraph at the head, or of `count` of them."""
        find = motions.OBJECTS[name]
        start, end = find(text.text, self.head)
        for _ in range(count - 1):
            there = end
            while there < len(text.text) and text.text[there].isspace():
                there += 1
            if there >= len(text.text):
                break
            end = find(text.text, there)[1]
        return TextSelection(start, max(start, end - 1))

    def swapped(self) -> TextSelection:
        """The same selection with its ends exchanged."""
        return replace(self, fixed_end=self.head, head=self.fixed_end, column=None)
