"""The date of the event that a sentence tells of.

It is the date in the sentence that its predicate governs, else the article's day (for the first
sentences), else that of the sentence before, else unknown. How good each of these is was measured;
a date that is carried further is wrong more often than right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui.events.predicates import Predicate, Tense
from tui.events.telling_words import BEFORE, BOUNDS
from tui.nlp.document import DateBasis, Document, Span, TimeExpression
from tui.nlp.syntax.tree import Tree
from tui.times.edtf import Interval, interval, is_qualified, uncertain

# The number of first sentences that tell the news of the day.
_LEAD = 3
# A range of more days than this is no date of an event.
_LONGEST_RANGE = 366
# The rank of a time that belongs to another clause or is a limit.
_OTHER = 3
_OF_TODAY = frozenset(("perfect", "progressive"))
# A time of day by which no day is meant.
_CLOCK = re.compile(
    r"(?:(?:at|about|around|by|near|nearly|just|after|before)\s)*\d{1,2}[:.]?\d{0,2}\s?"
    r"(?:[ap]\.?m\.?|gmt|bst|[cep][ds]t|et|utc|local|time|hours|hrs|o.clock|\s|\(|\))*",
    re.I,
)
_NOUNS = frozenset(
    ("nmod", "nmod:poss", "compound", "amod", "nmod:tmod", "nmod:unmarked", "nummod")
)


@dataclass(frozen=True, slots=True)
class EventDate:
    """The date of an event mention.

    Attributes:
        when: the date as EDTF, None if it is unknown.
        basis: what it is based on.
        spans: the time expressions that it was read from.
    """

    when: str | None
    basis: DateBasis
    spans: tuple[Span, ...] = ()


NO_DATE = EventDate(None, "none")


@dataclass(frozen=True, slots=True)
class _Option:
    time: TimeExpression
    span: Interval
    unlikely: bool
    rank: int


class DateReader:
    """Dates the sentences of one article, which have to be read in order."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._reference = document.reference_date
        self._today = interval(document.reference_date) if document.reference_date else None
        self._carried: tuple[str, int] | None = None

    def date(
        self,
        times: Sequence[TimeExpression],
        position: int,
        tree: Tree | None,
        predicate: Predicate | None,
    ) -> EventDate:
        """The date of the event that a sentence tells of.

        Args:
            times: the time expressions in the sentence.
            position: the number of the sentence in the article.
            tree: the parsed sentence, None if it was not parsed.
            predicate: its predicate, None if it was not parsed.
        """
        planned = predicate is not None and predicate.modality in ("planned", "hypothetical")
        options = [o for o in self._options(times, tree, predicate, planned) if o.rank < _OTHER]
        if options:
            best = min(options, key=lambda o: (o.unlikely, o.rank, o.span.days > 1))
            when = _doubted(best.time.edtf or "", self._today, planned)
            if best.span.first == best.span.last:
                self._carried = (when, position)
            # Time expressions beside each other form one date: "Friday, 3 May".
            spans = tuple((o.time.start, o.time.end) for o in options if o.span.overlaps(best.span))
            return EventDate(when, "clause" if best.rank == 0 else "sentence", spans)
        if any(time.edtf for time in times) and not planned:
            return self._by_article(tree, predicate) if position < _LEAD else NO_DATE
        if planned:
            return NO_DATE
        if position < _LEAD and (found := self._by_article(tree, predicate)) is not NO_DATE:
            return found
        past = predicate is None or (
            predicate.tense in ("past", "pluperfect") and predicate.modality == "asserted"
        )
        if past and self._carried is not None and position - self._carried[1] <= 1:
            return EventDate(self._carried[0], "carried")
        return NO_DATE

    def of_part(self, times: Sequence[TimeExpression], modality: str) -> EventDate:
        """The date of an event that is mentioned in a part of a sentence, from the times there."""
        planned = modality in ("planned", "hypothetical")
        options = [o for o in self._options(times, None, None, planned) if o.rank < _OTHER]
        if not options:
            return NO_DATE
        best = min(options, key=lambda o: (o.unlikely, o.span.days > 1))
        when = _doubted(best.time.edtf or "", self._today, planned)
        return EventDate(when, "clause", ((best.time.start, best.time.end),))

    def _by_article(self, tree: Tree | None, predicate: Predicate | None) -> EventDate:
        if self._reference is None or self._today is None or self._today.days > 1:
            return NO_DATE
        if predicate is not None and predicate.tense == "pluperfect":
            return NO_DATE
        if tree is not None and tree.lower and tree.lower[0] in BEFORE:
            return NO_DATE
        return EventDate(self._reference.split("T")[0], "article")

    def _options(
        self,
        times: Sequence[TimeExpression],
        tree: Tree | None,
        predicate: Predicate | None,
        planned: bool,
    ) -> list[_Option]:
        """The dates in a sentence that its event can have, ranked by what governs them.

        The rank is 0 for the predicate itself, 1 for a noun that depends on it, 2 if there is no
        tree, `_OTHER` for another clause. A date is unlikely if the event is planned and the date
        is not after the article, or the other way round.
        """
        found: list[_Option] = []
        for time in times:
            if not time.edtf or time.type not in ("DATE", "TIME", "DURATION"):
                continue
            if _CLOCK.fullmatch(self._text, time.start, time.end):
                continue
            span = interval(time.edtf)
            if span.days > _LONGEST_RANGE:
                continue
            after = self._today is not None and span.first > self._today.last
            rank = self._rank(time, tree, predicate)
            if predicate is not None and not planned and self._is_off(span, predicate.tense):
                rank = _OTHER
            found.append(_Option(time, span, after != planned, rank))
        return found

    def _is_meanwhile(self, tree: Tree, word: int, main: int) -> bool:
        """Whether a clause says when that of the predicate happened: "when the quake struck"."""
        marks = {tree.lower[n] for n in tree.with_relation(word, "mark", "advmod")}
        own = tree.words[word].head == main and tree.relation(word) == "advcl"
        return own and bool(marks & {"when", "as"})

    def _is_entry(self, time: TimeExpression, tree: Tree) -> bool:
        """Whether a sentence is the entry of a chronology, which begins with its day: "3 March 2011
        The trial is delayed"."""
        behind = tree.word_at(time.end)
        following = self._text[time.end : time.end + 3].lstrip(" :–—-")
        return behind is not None and following[:1].isupper()

    def _is_off(self, span: Interval, tense: Tense) -> bool:
        """Whether a verb of a tense cannot have a date, which then belongs to another word: the
        present perfect has only that of the report."""
        if self._today is None:
            return False
        return tense in _OF_TODAY and not span.overlaps(self._today)

    def _rank(self, time: TimeExpression, tree: Tree | None, predicate: Predicate | None) -> int:
        if tree is None or predicate is None:
            before = self._text[max(0, time.start - 12) : time.start].split()
            return _OTHER if before and before[-1].lower() in BOUNDS else 2
        first = tree.word_at(time.start)
        if first is None:
            return _OTHER
        inside = [n for n, w in enumerate(tree.words) if time.start <= w.start < time.end]
        top = next((n for n in inside if tree.words[n].head not in inside), first)
        if any(tree.lower[n] in BOUNDS for n in tree.with_relation(top, "case", "mark")):
            return _OTHER
        if first == 0 and self._is_entry(time, tree):
            return 0
        nominal = tree.relation(top) in _NOUNS
        if nominal and predicate.tense != "past":
            # "Tuesday's quake has left 50,000 dead": it has by the day of the report.
            return _OTHER
        for number, word in enumerate(tree.path(top)):
            if number and any(tree.lower[n] in BOUNDS for n in tree.with_relation(word, "case")):
                return _OTHER
            if word == predicate.word:
                return 1 if nominal and number > 1 else 0
            if number and self._is_meanwhile(tree, word, predicate.word):
                return 1
            if number and (tree.is_verb(word) and tree.relation(word) not in ("xcomp", "aux")):
                # The verb of saying above the predicate was said when it was reported.
                return _OTHER
        return 1 if tree.root == predicate.word else _OTHER


def _doubted(when: str, today: Interval | None, planned: bool) -> str:
    """The date of an event; uncertain if it has happened and lies after the day of the report."""
    if today is None or planned or is_qualified(when) or interval(when).first <= today.last:
        return when
    return uncertain(when)
