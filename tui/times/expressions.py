"""Time expressions in a text, as TIMEX3 (ISO-TimeML, with the types of HeidelTime).

The rules of `tui.times.rules` match the words of each sentence. Of matches that overlap, the longest
counts; its reader computes the value, or refuses it, and then the next longest counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from tui.nlp.document import Document, Mention, Span, TimeExpression
from tui.times.clock_days import Placed, with_days
from tui.times.day_order import day_first
from tui.times.direction import Clauses
from tui.times.edtf import approximate, interval, valid
from tui.times.reading import ArticleType, Direction, Reading, context
from tui.times.rule import Rule, Signal
from tui.times.rules import RULES, foreign_dates
from tui.times.signals import signals_in


def find_times(document: Document, article_type: ArticleType | None = None) -> Document:
    """The document with its time expressions.

    Args:
        document: a document with its sentences. Names that contain the words of a time expression,
            such as April Smith, are taken into account if it has its mentions.
        article_type: `news` if times are counted from `document.reference_date`, `narrative` if
            they are counted from the latest date in the text; None for `news` if the reference date
            is known, otherwise `narrative`.

    Relative expressions whose reference date is not known as precisely as they need have X for the
    unknown parts of their values.
    """
    if article_type is None:
        article_type = "news" if document.reference_date else "narrative"
    return replace(document, times=tuple(_Finder(document, article_type).find()))


# In news, a date that stands further back than so many code points is not what "the next day" is
# counted from.
_FAR = 600


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    rule: Rule
    match: re.Match[str]


class _Finder:
    def __init__(self, document: Document, article_type: ArticleType) -> None:
        self._document = document
        self._text = document.text
        self._reference = document.reference_date
        self._names = _Names(document.mentions)
        self._clauses: Clauses | None = None
        self._at = context(
            document.reference_date, article_type, day_first([document.text]), self._direction
        )
        # Where the latest date stands.
        self._noted = 0
        self._vague = bool(self._reference) and interval(self._reference or "").qualified

    def _direction(self, start: int, end: int) -> Direction | None:
        return self._clauses.direction(start, end) if self._clauses else None

    def find(self) -> Iterator[TimeExpression]:
        for start, end in self._document.sentences:
            signals = signals_in(self._text, start, end)
            if not signals:
                continue
            rules = _rules_for(signals)
            if self._document.english is False:
                rules = (foreign_dates.RULE, *rules)
            matches = self._matches(rules, start, end)
            if not matches:
                continue
            self._clauses = Clauses(self._text, start, end)
            if self._at.news and start - self._noted > _FAR:
                self._at.previous = self._at.previous_day = None
            readings = list(self._readings(matches))
            yield from map(self._expression, with_days(self._text, readings, self._at))

    def _matches(self, rules: Sequence[Rule], start: int, end: int) -> list[_Match]:
        found = [
            _Match(*match.span(), rule, match)
            for rule in rules
            for match in rule.pattern.finditer(self._text, start, end)
            if _capitalised(match) and not self._names.contain(match)
        ]
        found.sort(key=lambda m: m.start)
        return found

    def _readings(self, matches: Sequence[_Match]) -> Iterator[Placed]:
        """The readings in the order of the text; no two of them overlap."""
        at = 0
        while at < len(matches):
            end, stop = matches[at].end, at + 1
            while stop < len(matches) and matches[stop].start < end:
                end = max(end, matches[stop].end)
                stop += 1
            yield from self._compete(matches[at:stop])
            at = stop

    def _compete(self, matches: Sequence[_Match]) -> Sequence[Placed]:
        """The readings of matches that overlap each other: the longest first."""
        taken: list[Placed] = []
        spans: list[Span] = []
        for match in sorted(matches, key=lambda m: m.start - m.end):
            if any(match.start < end and start < match.end for start, end in spans):
                continue
            read = self._read(match)
            if read is not None:
                spans += [(found.start, found.end) for found in read] or [(match.start, match.end)]
                taken += read
        taken.sort(key=lambda reading: reading.start)
        for reading in taken:
            self._note(reading.reading, reading.start)
        return taken

    def _read(self, match: _Match) -> list[Placed] | None:
        try:
            found = match.rule.read(match.match, self._at)
        except (OverflowError, ValueError):
            # There is no such day, or it is outside the years 1 to 9999.
            return []
        if found is None:
            return None
        readings = [found] if isinstance(found, Reading) else found
        return [
            Placed(*_trimmed(self._text, *(reading.span or (match.start, match.end))), reading)
            for reading in readings
        ]

    def _note(self, reading: Reading, start: int) -> None:
        """Remember a date that later expressions may be counted from."""
        if reading.type != "DATE" or not reading.edtf or not valid(reading.edtf):
            return
        if reading.value.startswith("BC"):
            return
        self._at.previous = reading.edtf
        self._noted = start
        known = interval(reading.edtf)
        if known.days == 1 and not known.qualified:
            self._at.previous_day = date.fromordinal(known.first)

    def _expression(self, found: Placed) -> TimeExpression:
        reading = found.reading
        edtf = reading.edtf if reading.edtf and valid(reading.edtf) else None
        if edtf and reading.relative and self._vague:
            edtf = approximate(edtf)
        return TimeExpression(
            found.start,
            found.end,
            self._text[found.start : found.end],
            reading.type,
            reading.value,
            edtf,
            (self._reference or "") if reading.relative else "",
            reading.mod,
        )


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " ,":
        start += 1
    while start < end and text[end - 1] in " ,-":
        end -= 1
    return start, end


@lru_cache(maxsize=512)
def _rules_for(signals: frozenset[Signal]) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if rule.signals & signals)


def _capitalised(match: re.Match[str]) -> bool:
    """Whether the names of months and weekdays in a match begin with a capital letter."""
    return all(
        word is None or not name.startswith(("month", "weekday")) or not word[0].islower()
        for name, word in match.groupdict().items()
    )


class _Names:
    """The names of a document, for words of time that are part of a name."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]

    def contain(self, match: re.Match[str]) -> bool:
        """Whether a match without digits is part of a name, or the name of a person."""
        start, end = match.span()
        at = bisect_right(self._starts, start) - 1
        if at < 0:
            return False
        mention = self._mentions[at]
        if mention.end < end or any(char.isdigit() for char in match.group()):
            return False
        if mention.end == end:
            # "Sununu Sunday" is a name and a day; "Theresa May" is a name.
            whole = mention.start == start
            groups = match.groupdict()
            return mention.kind == "PER" if whole else not (groups.get("weekday"))
        return True
