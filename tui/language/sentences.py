"""Sentences of a text, by rules: full stops that end one, told from those that do not."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.language.gazetteer import lines

Span = tuple[int, int]

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[」』”]?")
_WORD_BEFORE = re.compile(r"((?:[^\W\d_]\.)+[^\W\d_]|[^\W_]+)$")
_OPENS = re.compile(r"\s+[\"'“‘«(\[]*([^\W_])")


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(lines("abbreviations.txt"))


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, which a blank line parts."""
    spans: list[Span] = []
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        if end < 0:
            end = len(text)
        if end > start:
            spans.append((start, end))
        start = end + 2
    return spans


def sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of one paragraph, without the blanks between them."""
    spans: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and not _ends(text, match, begin, end):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        spans.append((begin, end))
    return spans


def _ends(text: str, match: re.Match[str], begin: int, end: int) -> bool:
    if match.group()[0] in "。！？":
        return True
    follows = _OPENS.match(text, match.end(), end)
    if follows is None or follows[1].islower():
        return False
    if match.group() != ".":
        return True
    # A window is enough for any abbreviation, and keeps a line of 5 MB linear.
    before = _WORD_BEFORE.search(text[max(begin, match.start() - 24) : match.start()])
    if before is None:
        return True
    word = before[1]
    if word.lower() not in _abbreviations():
        return not (len(word) == 1 and word.isupper())
    # "in the U.S. The talks" ends one, "U.S. President" does not.
    following = re.match(r"\s+(\w+)", text[match.end() : match.end() + 24])
    return "." in word and following is not None and following[1] in _STARTERS


_STARTERS = frozenset(
    "The A An In On At It He She They We I But And However This That These Those After Before As "
    "When While If For With Since Meanwhile Earlier Later Last His Her Their Its There".split()
)


def sentence_span(text: str, offset: int) -> Span:
    """The sentence at an offset, the one before it where the offset lies between two."""
    start = text.rfind("\n\n", 0, offset)
    start = 0 if start < 0 else start + 2
    end = text.find("\n\n", max(start, offset))
    end = len(text) if end < 0 else end
    found = (start, end)
    for span in sentences(text, start, end):
        if span[0] > offset and found != (start, end):
            break
        found = span
        if offset < span[1]:
            break
    return found
