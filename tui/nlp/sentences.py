"""Splits a text into paragraphs and sentences, by rules.

The rules distinguish the full stops that end a sentence from those of abbreviations and initials.
All spans are half open, in code points from 0.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from tui.nlp.document import Document, Span
from tui.nlp.gazetteer import lines
from tui.nlp.lexicon import MONTH_PATTERN

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[」』”]?")
_WORD_BEFORE = re.compile(r"((?:[^\W\d_]\.)+[^\W\d_]|[^\W_]+)$")
_OPENS = re.compile(r"\s+[\"'“‘«(\[]*([^\W_])")


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(lines("abbreviations.txt"))


def split_sentences(document: Document) -> Document:
    """The document with its sentences; no sentence spans two paragraphs."""
    text = document.text
    spans = [span for start, end in paragraphs(text) for span in sentences(text, start, end)]
    return replace(document, sentences=tuple(spans))


def paragraphs(text: str) -> list[Span]:
    """The spans of the paragraphs of a text, which are separated by blank lines."""
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
    """The spans of the sentences in the paragraph from `start` to `end`.

    They do not include the white space between sentences.
    """
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
    # The window is long enough for any abbreviation and keeps the time linear for a line of 5 MB.
    before = _WORD_BEFORE.search(text[max(begin, match.start() - 24) : match.start()])
    if before is None:
        return True
    word = before[1]
    if word.isdigit() and len(word) < 3 and _MONTH_FOLLOWS.match(text, match.end(), end):
        return False
    if word in _SHORT_WEEKDAYS:
        # "The rally of Sat. May 11", but not "He sat. May is near."
        return _DATE_FOLLOWS.match(text, match.end(), end) is None
    if word.lower() not in _abbreviations():
        return not (len(word) == 1 and word.isupper())
    # The full stop ends a sentence in "in the U.S. The talks", but not in "U.S. President".
    following = re.match(r"\s+(\w+)", text[match.end() : match.end() + 24])
    return "." in word and following is not None and following[1] in _STARTERS


# A German or Norwegian date: "am 5. März 2019".
_MONTH_FOLLOWS = re.compile(r"\s+[^\W\d_]{3,10}\.?\s+\d{4}\b")
_SHORT_WEEKDAYS = frozenset("Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun".split())
_DATE_FOLLOWS = re.compile(rf"\s+(?:the )?(?:\d|(?:{MONTH_PATTERN}) \d)", re.IGNORECASE)
_STARTERS = frozenset(
    "The A An In On At It He She They We I But And However This That These Those After Before As "
    "When While If For With Since Meanwhile Earlier Later Last His Her Their Its There".split()
)


def sentence_span(text: str, offset: int) -> Span:
    """The span of the sentence at an offset.

    If the offset is between two sentences, it is the span of the previous one.
    """
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
