"""A selection that grows by motions: two ends, one of which moves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.app.panes import motions
from tui.app.panes.motions import Ground, Span


@dataclass(frozen=True, slots=True)
class Selecting:
    """Both ends are offsets of characters that are selected; `lines` takes in their whole rows.

    `column` is where in a row the moving end would be if each row were long enough.
    """

    anchor: int
    head: int
    lines: bool = False
    column: int | None = None

    def span(self, ground: Ground) -> Span:
        """The selected span, half open."""
        first, last = sorted((self.anchor, self.head))
        if self.lines and len(ground.layout):
            layout = ground.layout
            return layout.starts[layout.row_of(first)], layout.ends[layout.row_of(last)]
        return first, motions.grapheme_end(ground.text, last)

    def moved(self, ground: Ground, motion: str, count: int) -> Selecting:
        """The same with its head moved `count` times."""
        rows = {"down": 1, "up": -1, "half_down": ground.half, "half_up": -ground.half}.get(motion)
        if rows is not None:
            column = self.column
            if column is None:
                column = self.head - motions.MOTIONS["line_start"](ground, self.head)
            return replace(
                self,
                head=motions.by_rows(ground, self.head, column, rows * count),
                column=column,
            )
        head = self.head
        for _ in range(count):
            there = motions.MOTIONS[motion](ground, head)
            if there == head:
                break
            head = there
        return replace(self, head=max(0, min(head, ground.last)), column=None)

    def grown(self, ground: Ground, name: str, count: int) -> Selecting:
        """The word, sentence or paragraph at the head, or as many as a count says."""
        find = motions.OBJECTS[name]
        start, end = find(ground.text, self.head)
        for _ in range(count - 1):
            there = end
            while there < len(ground.text) and ground.text[there].isspace():
                there += 1
            if there >= len(ground.text):
                break
            end = find(ground.text, there)[1]
        return Selecting(start, max(start, end - 1))

    def swapped(self) -> Selecting:
        """The same with its other end at the head."""
        return replace(self, anchor=self.head, head=self.anchor, column=None)
