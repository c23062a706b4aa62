"""Breaks the text of an article into rows of the page, represented as numbers.

A row is the span of the text that it shows, so that everything on the page is found by offset.
Wrapping searches for spaces from the right, and measures cells only in paragraphs whose characters
may be wide or combining.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from rich.cells import split_graphemes

TEXT, HEADING, BLANK = 0, 1, 2

# Below this code point every character is one cell wide and none combines.
_NARROW = 0x300


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of a text: the span that each shows, and its kind (TEXT, HEADING or BLANK)."""

    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))
    kinds: array[int] = field(default_factory=lambda: array("b"))

    def __len__(self) -> int:
        return len(self.starts)

    def row_of(self, offset: int) -> int:
        """The index of the last row that is not blank and starts at or before an offset."""
        row = max(0, bisect_right(self.starts, offset) - 1)
        while row and self.kinds[row] == BLANK:
            row -= 1
        return row


def lay_out(text: str, headings: frozenset[int], width: int, separator: str = "\n\n") -> Layout:
    """The rows of a text at a width in cells (at least 1), with blank rows between paragraphs.

    `headings` are the offsets of the paragraphs that are headings. If `separator` is a single line
    end, each line of the text is a paragraph, and no blank rows are added.
    """
    layout = Layout()
    gap = len(separator) > 1
    start = 0
    while start <= len(text):
        end = text.find(separator, start)
        if end < 0:
            end = len(text)
        if gap and layout.starts:
            _add(layout, start, start, BLANK)
        kind = HEADING if start in headings else TEXT
        if end > start:
            _wrap(layout, text, start, end, max(1, width), kind)
        elif not gap:
            _add(layout, start, start, TEXT)
        start = end + len(separator)
    return layout


def _add(layout: Layout, start: int, end: int, kind: int) -> None:
    layout.starts.append(start)
    layout.ends.append(end)
    layout.kinds.append(kind)


def _wrap(layout: Layout, text: str, start: int, end: int, width: int, kind: int) -> None:
    paragraph = text if start == 0 and end == len(text) else text[start:end]
    if paragraph.isascii() or max(map(ord, paragraph)) < _NARROW or _is_narrow(paragraph):
        _wrap_narrow(layout, text, start, end, width, kind)
    else:
        _wrap_wide(layout, paragraph, start, width, kind)


_PLAIN = frozenset(
    [*map(chr, range(_NARROW)), *"–—‘’“”…•·€™′″−", *map(chr, range(0x370, 0x483)), "\ufffd"]
)


def _is_narrow(paragraph: str) -> bool:
    """Whether a paragraph has only Latin, Greek and Cyrillic letters and typographic signs."""
    return _PLAIN.issuperset(set(paragraph))


def _wrap_narrow(layout: Layout, text: str, start: int, end: int, width: int, kind: int) -> None:
    while end - start > width:
        cut = text.rfind(" ", start + 1, start + width + 1)
        if cut < 0:
            _add(layout, start, start + width, kind)
            start += width
        else:
            _add(layout, start, cut, kind)
            start = cut + 1
    _add(layout, start, end, kind)


def _wrap_wide(layout: Layout, paragraph: str, base: int, width: int, kind: int) -> None:
    """Wrap by graphemes: at a space if the row has one, else where the row is full."""
    row = 0
    used = 0
    blank = -1
    since_blank = 0
    for begin, stop, cells in split_graphemes(paragraph)[0]:
        if paragraph[begin] == " ":
            if used == 0 and begin == row and row:
                row = stop
                continue
            blank, since_blank = begin, 0
        elif used + cells > width and used:
            if blank > row:
                _add(layout, base + row, base + blank, kind)
                row, used = blank + 1, since_blank
            else:
                _add(layout, base + row, base + begin, kind)
                row, used = begin, 0
            blank = -1
        used += cells
        since_blank += 0 if begin == blank else cells
    if row < len(paragraph):
        _add(layout, base + row, base + len(paragraph), kind)


def spaced(layout: Layout, spacing: int) -> Layout:
    """The same rows at a line spacing; the distance between paragraphs grows in proportion."""
    if spacing <= 1:
        return layout
    wide = Layout()
    for row in range(len(layout)):
        start, end, kind = layout.starts[row], layout.ends[row], layout.kinds[row]
        _add(wide, start, end, kind)
        following = layout.starts[row + 1] if row + 1 < len(layout) else end
        for _ in range(spacing - 1):
            # Like a blank row between paragraphs, it has the offset of the row that follows it.
            _add(wide, following, following, BLANK)
    return wide
