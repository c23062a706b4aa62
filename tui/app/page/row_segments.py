"""A row of the page as segments: combined styles of layers, and spaces widened to justify it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tui.app.text_layout import TEXT, Layout

Layer: TypeAlias = tuple[int, int, Style]
"""A span of the text, in code points from 0, and the style that it adds."""

# A row that fills less than this share of the measure is not justified.
_FULL = 0.6


def styled(text: str, start: int, end: int, layers: Iterable[Layer], base: Style) -> list[Segment]:
    """A span of a text, cut where a layer begins or ends; later layers are combined over earlier
    ones."""
    here = [layer for layer in layers if layer[0] < end and start < layer[1]]
    cuts = {start, end}
    for begin, stop, _ in here:
        cuts.add(max(begin, start))
        cuts.add(min(stop, end))
    segments: list[Segment] = []
    for begin, stop in pairwise(sorted(cuts)):
        style = base
        for first, last, layer in here:
            if first <= begin and stop <= last:
                style += layer
        segments.append(Segment(text[begin:stop], style))
    return segments


def gaps_of(text: str, layout: Layout, number: int, width: int) -> dict[int, int]:
    """The cells to add after each space, by its offset, so that a row fills a width in cells.

    It is empty for a row that ends a paragraph, has no space, or is too short.
    """
    start, end = layout.starts[number], layout.ends[number]
    if layout.kinds[number] != TEXT or text[end : end + 1] != " ":
        return {}
    row = text[start:end]
    length = cell_len(row)
    blanks = [start + column for column, char in enumerate(row) if char == " "]
    missing = width - length
    if not blanks or missing <= 0 or length < _FULL * width:
        return {}
    each, rest = divmod(missing, len(blanks))
    # Alternately from the left and from the right, so that wide gaps do not line up.
    favoured = set(blanks[:rest] if number % 2 else blanks[len(blanks) - rest :])
    return {blank: each + (blank in favoured) for blank in blanks}


def stretched(segments: Sequence[Segment], start: int, gaps: dict[int, int]) -> Iterator[Segment]:
    """Segments with widened spaces, each piece with its offset for the mouse."""
    at = start
    for words, style, _ in segments:
        for piece in re.findall(r"[^ ]+ ?| ", words):
            offset = Style.from_meta({"offset": (at, 0)})
            yield Segment(piece, style + offset if style else offset)
            at += len(piece)
            if more := gaps.get(at - 1, 0):
                blank = Style.from_meta({"offset": (at - 1, 0)})
                yield Segment(" " * more, style + blank if style else blank)
