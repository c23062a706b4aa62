"""Which passages of an article can tell of an event: its sentences and headings.

What precedes the first sentence in the text of an agency (byline, dateline, stamp, caption, and a
headline that runs into the sentence) is cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.events.telling_words import REPORTING, WEAK_ENDS
from tui.events.terms import per_million
from tui.nlp.document import Document, Mention
from tui.nlp.gazetteer import gazetteer

_LEAST_WORDS = 4
_MOST_CHARACTERS = 1200
# Behind this many sentences there is no dateline any more.
_HEAD = 3
_PLACE = r"[A-Z][A-Z .,'’/-]{2,40}(?:,\s[A-Z][a-z.]+)?"
_AGENCY = r"\((?:Reuters|AP|AFP|CNN|BBC|Xinhua|dpa|UPI|IANS|PTI|TASS|RIA)[^)]{0,20}\)"
_ZONE = r"(?:EDT|EST|GMT|BST|UTC|PDT|PST|CET|CEST)"
_STAMPS = (
    re.compile(
        rf".{{0,160}}?\b\d{{1,2}}[:.]\d\d\s?(?:[ap]\.?m\.?\s)?{_ZONE}\b(?:[,\s|]*Help\b)?[,\s|]*"
    ),
    re.compile(rf".{{0,120}}?\b{_PLACE}\s*{_AGENCY}\s*[—–:-]{{0,2}}\s*"),
    re.compile(rf".{{0,40}}?{_AGENCY}\s*[—–-]{{1,2}}\s*"),
    re.compile(rf"{_PLACE}(?:,\s(?:[A-Z][a-z]+\.?\s\d{{1,2}}))?\s*[—–]\s*"),
    re.compile(
        r"(?:Photograph|Photo|Picture|Image|Caption|Credit)s?:\s.{2,60}?"
        r"(?:/(?:AP|AFP|EPA|PA|Reuters|Getty(?: Images)?|Corbis|Rex(?: Features)?))+\s+"
    ),
    re.compile(r"(?:Share this|Read more|Related|Watch|Listen|Advertisement)\b[^.]{0,40}[:.]\s*"),
)
_FUNCTION = (
    "The|A|An|In|On|At|He|She|They|It|There|This|These|Those|More|Some|Many|Most|About|After"
    "|Before|When|While|As|For|Thousands|Hundreds|Dozens|Tens|Officials|Police|Authorities|Two"
    "|Three|Four|Five|Six|Seven|Eight|Nine|Ten|One|No|His|Her|Its|Their|Several|Almost|Nearly|Up"
)
_RUN_IN = re.compile(rf"(?<=[a-z0-9’'”)])\s+(?=(?:{_FUNCTION})\s+[a-z0-9“‘\"'-])")
_THE_PEOPLE = re.compile(r"(?<=[a-z0-9’'”)])\s+(?=(?:The|A|An)\s+([A-Z][a-z]+)\s+[a-z])")
_CAPITAL = re.compile(r"(?<=[a-z0-9’'”)])\s+(?=([A-Z][a-z]{2,})\s+[a-z])")
# A word that stands in so many of a million sentences is capitalised only where a sentence begins.
_COMMON = 40
_LEAST_HEADLINE, _MOST_HEADLINE = 3, 16
_LEAST_REST = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may tell of an event.

    Attributes:
        start: where it begins, in code points of the text.
        end: where it ends.
        position: its number among the sentences of the article, from 0; headings do not count.
        heading: whether it is a heading, or a headline that ran into a sentence.
    """

    start: int
    end: int
    position: int
    heading: bool


def candidates(document: Document) -> list[Candidate]:
    """The passages of an article that may tell of an event, in order."""
    found: list[Candidate] = []
    position = 0
    for start, end in document.sentences:
        heading = start in document.headings
        for begin, stop, is_heading in _pieces(document, start, end, position, heading):
            if _is_passage(document.text, begin, stop):
                found.append(Candidate(begin, stop, position, is_heading))
        position += not heading
    return found


def _pieces(
    document: Document, start: int, end: int, position: int, heading: bool
) -> Iterator[tuple[int, int, bool]]:
    """The parts of a sentence: what is left of it behind a stamp, divided where a headline ends."""
    text = document.text
    if heading or position >= _HEAD:
        yield start, end, heading
        return
    for pattern in _STAMPS:
        found = pattern.match(text, start, end)
        if found is not None and found.end() < end:
            start = found.end()
    split = _end_of_headline(document, start, end)
    if split is not None:
        yield start, split, True
        start = split
        while start < end and text[start].isspace():
            start += 1
    yield start, end, False


def _end_of_headline(document: Document, start: int, end: int) -> int | None:
    """Where a headline ends that has no punctuation mark before the first sentence.

    Within a sentence, a capitalised word that is no name begins another sentence.
    """
    text = document.text
    names = [m for m in document.mentions if start <= m.start < end]
    best: int | None = None
    for pattern in (_RUN_IN, _THE_PEOPLE, _CAPITAL):
        for match in pattern.finditer(text, start, end):
            if any(m.start <= match.end() < m.end for m in names):
                continue
            if pattern is _CAPITAL and not _is_common(match[1]):
                continue
            if pattern is _THE_PEOPLE and not any(
                m.start <= match.start(1) < m.end and m.kind in ("NORP", "LOC", "ORG")
                for m in names
            ):
                continue
            opening = text[start : match.start()].split()
            if opening[-1].lower() in WEAK_ENDS | REPORTING:
                continue
            before = len(opening)
            behind = len(text[match.end() : end].split())
            if _LEAST_HEADLINE <= before <= _MOST_HEADLINE and behind >= _LEAST_REST:
                best = match.start() if best is None else min(best, match.start())
                break
    return best if best is not None else _named_again(text, start, end, names)


def _named_again(text: str, start: int, end: int, names: Sequence[Mention]) -> int | None:
    """Where somebody is named for the second time without a word between two clauses.

    A headline names whom the article is about, and the first sentence begins with the name again.
    """
    seen: set[str] = set()
    for name in names:
        before = text[start : name.start].split()
        behind = len(text[name.start : end].split())
        if (
            name.entity in seen
            and _LEAST_HEADLINE <= len(before) <= _MOST_HEADLINE
            and behind >= _LEAST_REST
            and before[-1].isalpha()
            and before[-1].islower()
            and before[-1] not in WEAK_ENDS | REPORTING
        ):
            return name.start
        seen.add(name.entity)
    return None


def _is_common(word: str) -> bool:
    """Whether a word is known not to be a name."""
    if word.lower() in gazetteer().lower_case_words:
        return True
    return per_million(word) >= _COMMON and word not in gazetteer().first_names


def _is_passage(text: str, start: int, end: int) -> bool:
    """Whether a span is long enough to tell something, and is no question, link or table."""
    if end - start > _MOST_CHARACTERS:
        return False
    passage = text[start:end]
    if passage.rstrip("\"'”’)").endswith("?") or "://" in passage:
        return False
    words = passage.split()
    letters = sum(1 for char in passage if char.isalpha() or char.isspace())
    return len(words) >= _LEAST_WORDS and letters * 10 >= len(passage) * 7
