"""Extracts event mentions: sentences and headings that tell what happened, or is to happen.

A sentence is an event mention if a word in it denotes an event (TimeML; Saurí et al. 2006). Its
predicate, found in the dependency tree, tells whether the event is asserted, planned, claimed,
denied or hypothetical, to which verb a time belongs, and what of the sentence the line keeps.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from tui.events import shallow
from tui.events.event_dates import DateReader
from tui.events.line_quality import quality
from tui.events.lines import Fuller, line
from tui.events.predicates import Predicate, part, predicate
from tui.events.subjects import Subjects
from tui.events.subordinate import parts, span_of
from tui.events.telling_words import (
    NEVER_SUBJECTS,
    OTHER_OWNERS,
    RELATIVE,
    UNRESOLVED,
)
from tui.events.terms import terms
from tui.events.title_lines import is_clause, line_of, tells
from tui.events.told_passages import CAPTION, Candidate, candidates
from tui.ids import EntityId
from tui.nlp.document import (
    Document,
    EventMention,
    EventStatus,
    Mention,
    Modality,
    Span,
    TimeExpression,
)
from tui.nlp.syntax.parsing import Parse
from tui.nlp.syntax.tree import Tree

# From this probability on a word denotes an event.
TRIGGER = 0.5
# From this value on a sentence without such a word is a mention by its predicate.
_TELLING = 0.3
_QUOTED = 0.35
# How well lines read that no tree confirms.
_BY_PATTERNS = 0.7
# What is left of 1 for a headline or caption that ran into a sentence, and for a sentence that no
# mark closes, as that of a caption.
_RUN_IN, _NOT_CLOSED = 0.4, 0.6
# The same for a last name by which somebody else may be meant.
_SHARED_NAME = 0.4
# How much more the present tense tells where it tells of what has happened.
_HISTORIC = 2.0
_NOW = frozenset(("present", "passive", "progressive"))
# How telling an event is that a sentence only mentions: as a clause, and as a noun.
_MENTIONED, _NOMINAL = 0.5, 0.5
_QUOTED_WORDS = re.compile(r"[“\"]([^“”\"]*)[”\"]")
_MOST_QUOTED = 0.35
_CLOSING = ".!…”’\"')"
# The first sentences of an article, in which its news stands.
_LEAD = 3
# In a long article, the sentences after this many are parsed only if they have a date.
_HEAD = 24
_STATUS: dict[Modality, EventStatus] = {
    "asserted": "happened",
    "planned": "planned",
    "claimed": "claimed",
    "denied": "claimed",
    "hypothetical": "claimed",
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a candidate tells, from its tree or from patterns."""

    triggers: tuple[Span, ...]
    modality: Modality
    telling: float
    tree: Tree | None = None
    predicate: Predicate | None = None
    line: str = ""


def extract_events(document: Document, parse: Parse | None = None) -> Document:
    """The document with its event mentions; it must have its sentences, mentions and times.

    Args:
        document: the document.
        parse: parses sentences; without it, and for a text that is not English, patterns are used.
    """
    passages = candidates(document)
    trees: list[Tree | None] = [None] * len(passages)
    title = line_of(document.title)
    if parse is not None and document.english is not False:
        dated = {t.start for t in document.times if t.edtf}
        chosen = [n for n, passage in enumerate(passages) if _is_read(passage, dated)]
        spans = [(passages[n].begins, passages[n].told) for n in chosen]
        for n, words in zip(chosen, parse(document.text, spans), strict=True):
            trees[n] = Tree(document.text, words) if words else None
        if title and not is_clause(Tree(title, parse(title, [(0, len(title))])[0])):
            title = ""
    extraction = _Extraction(document, title)
    return replace(document, events=tuple(extraction.mentions(passages, trees)))


def _is_read(passage: Candidate, dated: Container[int]) -> bool:
    """Whether a passage is parsed: in a long article those at its head and those with a date."""
    if passage.heading or passage.position < _HEAD:
        return True
    return any(at in dated for at in range(passage.start, passage.end))


class _Extraction:
    def __init__(self, document: Document, title: str) -> None:
        self._document = document
        self._title = title
        self._dates = DateReader(document)
        self._subjects = Subjects()
        self._names = _plain_names(document)
        self._shared = _shared_last_names(document)
        self._mention_starts = [m.start for m in document.mentions]
        self._time_starts = [t.start for t in document.times]

    def mentions(
        self, passages: Sequence[Candidate], trees: Sequence[Tree | None]
    ) -> list[EventMention]:
        found: list[EventMention] = []
        for passage, tree in zip(passages, trees, strict=True):
            named = self._named(passage)
            reading = self._reading(passage, tree)
            own = reading.predicate.word if reading is not None and reading.predicate else None
            subject = tree.subject(own) if tree is not None and own is not None else None
            if reading is not None:
                inner = list(self._parts(passage, reading))
                taken = {span for mention in inner for span in mention.triggers}
                left = tuple(t for t in reading.triggers if t not in taken)
                found.append(
                    self._mention(passage, replace(reading, triggers=left), named, subject)
                )
                found += inner
            self._subjects.read(tree, subject, named, passage.position)
        return found

    def _named(self, passage: Candidate) -> Sequence[Mention]:
        starts = self._mention_starts
        first, last = bisect_left(starts, passage.start), bisect_left(starts, passage.end)
        return self._document.mentions[first:last]

    def _inside(self, tree: Tree, words: Sequence[int]) -> Iterator[Mention]:
        """The names among some words of a sentence."""
        starts = {tree.words[n].start for n in words}
        end = max(tree.words[n].end for n in words)
        span = Candidate(min(starts), end, 0, False, begins=min(starts), told=end)
        return (m for m in self._named(span) if m.start in starts)

    def _times(self, passage: Candidate) -> Sequence[TimeExpression]:
        starts = self._time_starts
        first, last = bisect_left(starts, passage.start), bisect_left(starts, passage.told)
        return self._document.times[first:last]

    def _reading(self, passage: Candidate, tree: Tree | None) -> _Reading | None:
        """What a passage tells, None if it tells of no event."""
        text = self._document.text
        if tree is None:
            found = shallow.read(text, passage.start, passage.end, passage.heading)
            if found is None:
                return None
            return _Reading(found.triggers, found.modality, found.telling, line=found.line)
        main = predicate(tree)
        if main is None or (main.tense in _NOW and _is_caption(text, passage)):
            return None
        likely = [n for n, word in enumerate(tree.words) if word.event >= TRIGGER]
        if not likely and main.telling < _TELLING:
            return None
        likely.sort(key=lambda n: (n != main.word, n))
        spans = tuple((tree.words[n].start, tree.words[n].end) for n in likely)
        telling = main.telling * (0.3 + 0.7 * max(w.event for w in tree.words))
        if _is_quoted(text[passage.start : passage.end]):
            telling *= _QUOTED
        word = tree.words[main.word]
        modality = main.modality
        if passage.told < passage.end and modality == "asserted":
            modality = "claimed"
        return _Reading(spans or ((word.start, word.end),), modality, telling, tree, main)

    def _parts(self, passage: Candidate, reading: _Reading) -> Iterator[EventMention]:
        """The events that a sentence mentions beside the one it tells."""
        tree, main = reading.tree, reading.predicate
        if tree is None or main is None:
            return
        text = self._document.text
        likely = [n for n, word in enumerate(tree.words) if word.event >= TRIGGER]
        for head, own in parts(tree, main.word, likely).items():
            begin, end = span_of(tree, own)
            inside = Candidate(
                begin, end, passage.position, passage.heading, begins=begin, told=end
            )
            triggers = sorted((n for n in likely if n in own), key=lambda n: (n != head, n))
            found = part(tree, head)
            date = self._dates.of_part(self._times(inside), found.modality)
            words, merit = "", 0.0
            if found.complete and (subject := tree.subject(head)) is not None:
                mention = replace(reading, predicate=found)
                words, merit = self._line(passage, mention, subject, date.spans, False)
            telling = _MENTIONED * (found.telling if found.complete else _NOMINAL)
            yield EventMention(
                start=begin,
                end=end,
                text=text[begin:end],
                triggers=tuple((tree.words[n].start, tree.words[n].end) for n in triggers),
                status=_STATUS[found.modality],
                modality=found.modality,
                when=date.when,
                when_origin=date.basis,
                line=words,
                telling=round(telling, 3),
                merit=round(merit * _MENTIONED, 3),
                position=passage.position,
                terms=terms(" ".join(tree.forms[n] for n in own)),
                participants=tuple(dict.fromkeys(m.entity for m in self._inside(tree, own))),
                part=True,
            )

    def _mention(
        self, passage: Candidate, reading: _Reading, named: Sequence[Mention], subject: int | None
    ) -> EventMention:
        text = self._document.text
        date = self._dates.date(
            self._times(passage), passage.position, reading.tree, reading.predicate
        )
        words, merit, telling = reading.line, _BY_PATTERNS, reading.telling
        if reading.tree is not None and reading.predicate is not None:
            historic = passage.heading or (date.basis == "clause" and self._has_passed(date.when))
            if historic and reading.predicate.tense in _NOW:
                telling = min(1.0, telling * _HISTORIC)
            words, merit = self._line(passage, reading, subject, date.spans, historic)
        if passage.run_in:
            merit *= _RUN_IN
            telling *= _RUN_IN
        elif not passage.heading and not _is_closed(text, passage.end):
            merit *= _NOT_CLOSED
        found = terms(text[passage.start : passage.end])
        if self._title and passage.position < _LEAD and tells(self._title, found):
            words, merit = self._title, 1.0
            self._title = ""
        return EventMention(
            start=passage.start,
            end=passage.end,
            text=text[passage.start : passage.end],
            triggers=reading.triggers,
            status=_STATUS[reading.modality],
            modality=reading.modality,
            when=date.when,
            when_origin=date.basis,
            line=words,
            telling=round(telling, 3),
            merit=round(merit, 3),
            position=passage.position,
            terms=found,
            participants=tuple(dict.fromkeys(m.entity for m in named)),
        )

    def _line(
        self,
        passage: Candidate,
        reading: _Reading,
        subject: int | None,
        times: Sequence[Span],
        historic: bool,
    ) -> tuple[str, float]:
        """The line of a parsed passage, and how well it reads."""
        tree, main = reading.tree, reading.predicate
        if (
            tree is None
            or main is None
            or not main.complete
            or subject is None
            or tree.lower[subject] in NEVER_SUBJECTS | RELATIVE
            or self._is_time(tree, subject)
        ):
            return "", 0.0
        names: dict[int, str] = {}
        person = self._subjects.named_by(tree, subject, passage.position)
        if person is not None:
            full = self._names.get(person.entity, "")
            names[subject] = full if full.endswith(" " + person.text) else person.text
        elif tree.lower[subject] in UNRESOLVED or any(
            tree.lower[n] in OTHER_OWNERS for n in tree.with_relation(subject, "nmod:poss")
        ):
            return "", 0.0
        named = self._named(passage)
        whole = [(m.start, m.end) for m in named]
        found = line(
            self._document.text,
            tree,
            main.word,
            times,
            names,
            whole,
            list(self._fuller(tree, named)),
            [(t.start, t.end) for t in self._times(passage)],
        )
        if not found.text:
            return "", 0.0
        people = frozenset(
            n
            for m in named
            if m.kind == "PER"
            for n, word in enumerate(tree.words)
            if m.start <= word.start < m.end
        )
        people |= frozenset(names)
        starts = {m.start for m in named}
        names_at = frozenset(n for n, word in enumerate(tree.words) if word.start in starts)
        reads = quality(tree, main, subject, found, people, names_at, historic)
        if found.words and self._is_shared(tree, subject, named):
            reads *= _SHARED_NAME
        return found.text, reads

    def _is_shared(self, tree: Tree, subject: int, named: Sequence[Mention]) -> bool:
        """Whether a subject is a last name that several people in the article have."""
        at = tree.words[subject].start
        return any(
            m.start == at and m.kind == "PER" and " " not in m.text and m.text in self._shared
            for m in named
        )

    def _fuller(self, tree: Tree, named: Sequence[Mention]) -> Iterator[Fuller]:
        """The people of a sentence, each with the full name if only the last one stands there."""
        starts = {word.start: n for n, word in enumerate(tree.words)}
        for mention in named:
            n = starts.get(mention.start)
            if mention.kind != "PER" or n is None:
                continue
            full = self._names.get(mention.entity, "")
            is_last = " " not in mention.text and full.endswith(" " + mention.text)
            yield Fuller(n, mention.entity, full if is_last else "")

    def _has_passed(self, when: str | None) -> bool:
        """Whether a day is that of the article, or before it."""
        reference = self._document.reference_date
        return bool(when and reference and when[:10] <= reference[:10])

    def _is_time(self, tree: Tree, subject: int) -> bool:
        """Whether a subject is a time, so that a verb was misread: "January and another"."""
        at = tree.words[subject].start
        return any(time.start <= at < time.end for time in self._document.times)


def _plain_names(document: Document) -> dict[EntityId, str]:
    """The full names of people whose last name nobody else in the article has, by entity."""
    people = [entity for entity in document.entities if entity.kind == "PER"]
    shared = _shared_last_names(document)
    return {
        entity.id: entity.name
        for entity in people
        if " " in entity.name and entity.name.split()[-1] not in shared
    }


def _shared_last_names(document: Document) -> frozenset[str]:
    """The last names that several people in an article have."""
    people = [entity.name for entity in document.entities if entity.kind == "PER"]
    last = Counter(name.split()[-1] for name in people if " " in name)
    return frozenset(name for name, count in last.items() if count > 1)


def _is_caption(text: str, passage: Candidate) -> bool:
    return CAPTION.search(text, passage.start, passage.end) is not None


def _is_closed(text: str, end: int) -> bool:
    """Whether a mark closes the sentence that ends at an offset."""
    return (
        text[:end].rstrip()[-1:] in _CLOSING
        if end < 200
        else (text[end - 200 : end].rstrip()[-1:] in _CLOSING)
    )


def _is_quoted(passage: str) -> bool:
    """Whether a passage is for the most part what somebody said."""
    opening = passage[:1] in "\"“‘'”"
    marks = passage.count("“") + passage.count("”") + passage.count('"')
    quoted = sum(len(words) for words in _QUOTED_WORDS.findall(passage))
    return (
        opening
        or marks >= 4
        or (marks == 1 and passage.rstrip()[-1:] in '”"')
        or quoted > _MOST_QUOTED * len(passage)
    )
