"""Motions through a text as in vim: functions from an offset in the text to another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import split_graphemes

from tui.app.text_layout import BLANK, Layout

Span = tuple[int, int]


# As in vim, a word is a run of letters or of punctuation; without spaces, each character is one.
@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    return re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\\w+|[^\\w\\s]+")


@dataclass(frozen=True, slots=True)
class MotionText:
    """The text that motions move through, its layout, and the rows of half a window."""

    text: str
    layout: Layout
    half: int

    @property
    def last(self) -> int:
        """The offset of the last character, 0 if the text is empty."""
        return max(0, len(self.text) - 1)


def grapheme_end(text: str, at: int) -> int:
    """The end of the grapheme (what a reader sees as one character) at an offset."""
    if text[at : at + 2].isascii():
        return min(at + 1, len(text))
    spans = split_graphemes(text[at : at + 32])[0]
    return at + max(1, spans[0][1]) if spans else min(at + 1, len(text))


def _right(text: MotionText, at: int) -> int:
    return min(grapheme_end(text.text, at), text.last)


def _left(text: MotionText, at: int) -> int:
    begin = max(0, at - 32)
    starts = [begin + s for s, _, _ in split_graphemes(text.text[begin:at])[0]]
    return starts[-1] if starts else 0


def _word(text: MotionText, at: int) -> int:
    for match in _words().finditer(text.text, _word_start(text.text, at)):
        if match.start() > at:
            return match.start()
    return text.last


def _word_start(text: str, at: int) -> int:
    for match in _words().finditer(text, max(0, text.rfind(" ", 0, at) + 1)):
        if match.end() > at:
            return min(match.start(), at)
    return at


def _word_end(text: MotionText, at: int) -> int:
    for match in _words().finditer(text.text, _word_start(text.text, at)):
        if match.end() - 1 > at:
            return match.end() - 1
    return text.last


def _word_back(text: MotionText, at: int) -> int:
    reach = 64
    while True:
        begin = max(0, at - reach)
        begin = text.text.rfind(" ", 0, begin) + 1
        before = [m.start() for m in _words().finditer(text.text, begin, at)]
        if before:
            return before[-1]
        if begin == 0:
            return 0
        reach *= 4


def sentence_at(text: str, at: int) -> Span:
    """The span of the sentence at an offset."""
    # Imported here because the app starts without the analysis.
    from tui.nlp.sentences import sentence_span

    return sentence_span(text, at)


def paragraph_at(text: str, at: int) -> Span:
    """The span of the paragraph at an offset."""
    start = text.rfind("\n\n", 0, at + 1)
    start = 0 if start < 0 else start + 2
    end = text.find("\n\n", max(at, start))
    return start, len(text) if end < 0 else end


def word_at(text: str, at: int) -> Span:
    """The span of the word at an offset, else that of the grapheme there."""
    for match in _words().finditer(text, _word_start(text, at)):
        if match.start() <= at < match.end():
            return match.span()
        if match.start() > at:
            break
    return at, grapheme_end(text, at)


def _end_of(find: Callable[[str, int], Span]) -> Callable[[MotionText, int], int]:
    """A motion to the last character of the unit at an offset, or of the next unit from there.

    vim moves to the start of the next unit instead, whose first letter a selection would include.
    """

    def move(text: MotionText, at: int) -> int:
        end = find(text.text, at)[1] - 1
        if end <= at:
            beyond = at + 1
            while beyond < len(text.text) and text.text[beyond].isspace():
                beyond += 1
            end = find(text.text, beyond)[1] - 1 if beyond < len(text.text) else text.last
        return min(max(at, end), text.last)

    return move


def _start_of(find: Callable[[str, int], Span]) -> Callable[[MotionText, int], int]:
    def move(text: MotionText, at: int) -> int:
        start = find(text.text, at)[0]
        if start < at:
            return start
        before = at - 1
        while before > 0 and text.text[before].isspace():
            before -= 1
        return find(text.text, before)[0] if before >= 0 else 0

    return move


def _line_start(text: MotionText, at: int) -> int:
    return text.layout.starts[text.layout.row_of(at)] if len(text.layout) else 0


def _line_end(text: MotionText, at: int) -> int:
    if not len(text.layout):
        return 0
    row = text.layout.row_of(at)
    return max(text.layout.starts[row], text.layout.ends[row] - 1)


def by_rows(text: MotionText, at: int, column: int, step: int) -> int:
    """The offset `step` rows below, or above if negative, without counting blank rows.

    `column` is the column to go to, in code points from the start of the row.
    """
    layout = text.layout
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


MOTIONS: dict[str, Callable[[MotionText, int], int]] = {
    "left": _left,
    "right": _right,
    "word": _word,
    "word_back": _word_back,
    "word_end": _word_end,
    "line_start": _line_start,
    "line_end": _line_end,
    "sentence": _end_of(sentence_at),
    "sentence_back": _start_of(sentence_at),
    "paragraph": _end_of(paragraph_at),
    "paragraph_back": _start_of(paragraph_at),
    "top": lambda text, at: 0,
    "bottom": lambda text, at: text.last,
}
OBJECTS: dict[str, Callable[[str, int], Span]] = {
    "word": word_at,
    "sentence": sentence_at,
    "paragraph": paragraph_at,
}
