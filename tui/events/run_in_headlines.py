"""Where headlines and captions end that run into a sentence without a punctuation mark.

Texts that were taken from web pages often have the headline, the caption of a picture and the first
sentence on one line. Within a sentence, a capitalised word that is no name begins another one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tui.events.telling_words import REPORTING, WEAK_ENDS
from tui.events.terms import per_million
from tui.nlp.document import Document, Mention
from tui.nlp.gazetteer import gazetteer

_OPENING = frozenset(
    """The A An In On At He She They It There This These Those More Some Many Most About After
    Before When While As For Thousands Hundreds Dozens Tens Officials Police Authorities Two Three
    Four Five Six Seven Eight Nine Ten One No His Her Its Their Several Almost Nearly Up Since
    Despite With From By How Why Where If Not Every Each Another Both Former Here What Who Only
    Just Over Under Amid During Following According""".split()
)
"""Words that begin sentences and are no names."""

_CAPITAL = re.compile(r"(?<=[a-z0-9’'”)])\s+(?=([A-Z][A-Za-z’']*)\s+(\S))")
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"(?<=[a-z.’'”)])\s+(?=\d{{1,2}}\s(?:{_MONTH})\s\d{{4}}\s[A-Z])")
_CALENDAR = frozenset(_MONTH.split("|")) | frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
# A word that stands in so many of a million sentences is capitalised only where a sentence begins.
_COMMON = 40
_FEWEST_WORDS, _MOST_WORDS = 3, 24
_LEAST_REST = 5
# What is longer, in characters, is no sentence.
_LONGEST = 2000


def beginnings(document: Document, start: int, end: int) -> Iterator[int]:
    """The offsets within a sentence at which another one begins, in ascending order."""
    if end - start > _LONGEST:
        return
    first = bisect_left(document.mentions, start, key=lambda m: m.start)
    last = bisect_left(document.mentions, end, key=lambda m: m.start)
    names: Sequence[Mention] = document.mentions[first:last]
    while (found := _next(document.text, start, end, names)) is not None:
        yield found
        start = found
        names = [m for m in names if m.start >= start]


def _next(text: str, start: int, end: int, names: Sequence[Mention]) -> int | None:
    found = [
        at
        for at in (_by_day(text, start, end), _by_word(text, start, end, names),
                   _by_name(text, start, end, names))
        if at is not None
    ]  # fmt: skip
    return min(found, default=None)


def _is_boundary(text: str, start: int, at: int, end: int, names: Sequence[Mention]) -> bool:
    """Whether a sentence can end before the word at an offset."""
    before = text[start:at].split()
    if not _FEWEST_WORDS <= len(before) <= _MOST_WORDS:
        return False
    if len(text[at:end].split()) < _LEAST_REST or not any(word.islower() for word in before):
        return False
    opening = text[start:at]
    if opening.count("“") > opening.count("”") or opening.count('"') % 2:
        return False
    last = before[-1]
    if last.lower() in WEAK_ENDS | REPORTING:
        return False
    stop = start + len(opening.rstrip())
    ends_name = any(stop - 2 <= m.end <= stop for m in names)
    return ends_name or last[0].islower() or last[0].isdigit()


def _by_day(text: str, start: int, end: int) -> int | None:
    """Where the next entry of a chronology begins, with its day."""
    for match in _DAY.finditer(text, start, end):
        before = text[start : match.start()].split()
        if len(before) >= _FEWEST_WORDS and before[-1].lower() not in WEAK_ENDS:
            return match.end()
    return None


def _by_word(text: str, start: int, end: int, names: Sequence[Mention]) -> int | None:
    """Where a capitalised word stands that is no name."""
    for match in _CAPITAL.finditer(text, start, end):
        word, at = match[1], match.end()
        if word in _CALENDAR or any(m.start <= at < m.end for m in names):
            continue
        follows_name = any(m.start == match.start(2) for m in names)
        if not (follows_name or not match[2].isupper()):
            continue
        begins = word in _OPENING or (_is_common(word) and not follows_name)
        if begins and _is_boundary(text, start, at, end, names):
            return at
    return None


def _by_name(text: str, start: int, end: int, names: Sequence[Mention]) -> int | None:
    """Where somebody is named for the second time without a word between two clauses.

    A headline names whom the article is about, and the first sentence begins with the name again.
    """
    seen: set[str] = set()
    for name in names:
        if name.entity in seen and name.start > start:
            at = _with_title(text, start, name.start)
            last = text[start:at].split()[-1:]
            if (
                last
                and last[0].isalpha()
                and last[0].islower()
                and _is_boundary(text, start, at, end, names)
            ):
                return at
        seen.add(name.entity)
    return None


def _with_title(text: str, start: int, at: int) -> int:
    """Where the capitalised words begin that precede a name, as a title does."""
    while at > start:
        head = text[start:at].rstrip()
        word = head.rsplit(None, 1)[-1] if head else ""
        if not word[:1].isupper() or not word.isalpha() or len(head) == len(word):
            break
        at = start + len(head) - len(word)
    return at


def _is_common(word: str) -> bool:
    """Whether a word is known not to be a name."""
    plain = word.lower()
    if word in gazetteer().first_names:
        return False
    return plain in gazetteer().lower_case_words or per_million(word) >= _COMMON
