"""Moves through a text as vim has them, over plain text and its layout: offset in, offset out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import split_graphemes

from tui.app.panes.layout import BLANK, Layout

Span = tuple[int, int]


# vim's words: a run of letters, a run of signs; scripts without blanks go sign by sign.
@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    return re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\\w+|[^\\w\\s]+")


@dataclass(frozen=True, slots=True)
class Ground:
    """What is moved over: a text, its rows, and how many of these half a window has."""

    text: str
    layout: Layout
    half: int

    @property
    def last(self) -> int:
        """The last offset that a head can be at."""
        return max(0, len(self.text) - 1)


def grapheme_end(text: str, at: int) -> int:
    """Where the character that a reader sees at an offset ends."""
    if text[at : at + 2].isascii():
        return min(at + 1, len(text))
    spans = split_graphemes(text[at : at + 32])[0]
    return at + max(1, spans[0][1]) if spans else min(at + 1, len(text))


def _right(ground: Ground, at: int) -> int:
    return min(grapheme_end(ground.text, at), ground.last)


def _left(ground: Ground, at: int) -> int:
    begin = max(0, at - 32)
    starts = [begin + s for s, _, _ in split_graphemes(ground.text[begin:at])[0]]
    return starts[-1] if starts else 0


def _word(ground: Ground, at: int) -> int:
    for match in _words().finditer(ground.text, _word_start(ground.text, at)):
        if match.start() > at:
            return match.start()
    return ground.last


def _word_start(text: str, at: int) -> int:
    for match in _words().finditer(text, max(0, text.rfind(" ", 0, at) + 1)):
        if match.end() > at:
            return min(match.start(), at)
    return at


def _word_end(ground: Ground, at: int) -> int:
    for match in _words().finditer(ground.text, _word_start(ground.text, at)):
        if match.end() - 1 > at:
            return match.end() - 1
    return ground.last


def _word_back(ground: Ground, at: int) -> int:
    reach = 64
    while True:
        begin = max(0, at - reach)
        begin = ground.text.rfind(" ", 0, begin) + 1
        before = [m.start() for m in _words().finditer(ground.text, begin, at)]
        if before:
            return before[-1]
        if begin == 0:
            return 0
        reach *= 4


def sentence_at(text: str, at: int) -> Span:
    """The sentence at an offset."""
    # Not at the top: the reader starts without the analysis.
    from tui.language.sentences import sentence_span

    return sentence_span(text, at)


def paragraph_at(text: str, at: int) -> Span:
    """The paragraph at an offset."""
    start = text.rfind("\n\n", 0, at + 1)
    start = 0 if start < 0 else start + 2
    end = text.find("\n\n", max(at, start))
    return start, len(text) if end < 0 else end


def word_at(text: str, at: int) -> Span:
    """The word at an offset, else the one before it."""
    for match in _words().finditer(text, _word_start(text, at)):
        if match.start() <= at < match.end():
            return match.span()
        if match.start() > at:
            break
    return at, grapheme_end(text, at)


def _end_of(find: Callable[[str, int], Span]) -> Callable[[Ground, int], int]:
    """To the last character of what one is in, or of the next one: vim goes one blank further, and
    a selection would end with the first letter of what is not meant."""

    def move(ground: Ground, at: int) -> int:
        end = find(ground.text, at)[1] - 1
        if end <= at:
            beyond = at + 1
            while beyond < len(ground.text) and ground.text[beyond].isspace():
                beyond += 1
            end = find(ground.text, beyond)[1] - 1 if beyond < len(ground.text) else ground.last
        return min(max(at, end), ground.last)

    return move


def _last_of(find: Callable[[str, int], Span]) -> Callable[[Ground, int], int]:
    def move(ground: Ground, at: int) -> int:
        start = find(ground.text, at)[0]
        if start < at:
            return start
        before = at - 1
        while before > 0 and ground.text[before].isspace():
            before -= 1
        return find(ground.text, before)[0] if before >= 0 else 0

    return move


def _line_start(ground: Ground, at: int) -> int:
    return ground.layout.starts[ground.layout.row_of(at)] if len(ground.layout) else 0


def _line_end(ground: Ground, at: int) -> int:
    if not len(ground.layout):
        return 0
    row = ground.layout.row_of(at)
    return max(ground.layout.starts[row], ground.layout.ends[row] - 1)


def by_rows(ground: Ground, at: int, column: int, step: int) -> int:
    """Some rows down or up, to a column (code points from the row's start)."""
    layout = ground.layout
    if not len(layout):
        return 0
    row = layout.row_of(at)
    left = abs(step)
    way = 1 if step > 0 else -1
    best = row
    while left and 0 <= row + way < len(layout):
        row += way
        if layout.kinds[row] != BLANK:
            best = row
            left -= 1
    return min(layout.starts[best] + column, max(layout.starts[best], layout.ends[best] - 1))


MOTIONS: dict[str, Callable[[Ground, int], int]] = {
    "left": _left,
    "right": _right,
    "word": _word,
    "word_back": _word_back,
    "word_end": _word_end,
    "line_start": _line_start,
    "line_end": _line_end,
    "sentence": _end_of(sentence_at),
    "sentence_back": _last_of(sentence_at),
    "paragraph": _end_of(paragraph_at),
    "paragraph_back": _last_of(paragraph_at),
    "top": lambda ground, at: 0,
    "bottom": lambda ground, at: ground.last,
}
OBJECTS: dict[str, Callable[[str, int], Span]] = {
    "word": word_at,
    "sentence": sentence_at,
    "paragraph": paragraph_at,
}
