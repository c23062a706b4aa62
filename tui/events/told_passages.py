"""Which passages of an article can tell of an event: its sentences and headings.

What precedes the first sentence in the text of an agency (byline, dateline, stamp, caption, and a
headline that runs into the sentence) is cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tui.events.attributions import end_of_told
from tui.events.run_in_headlines import beginnings
from tui.nlp.document import Document

_LEAST_WORDS = 4
_MOST_CHARACTERS = 1200
# Behind this many sentences there is no dateline any more.
_HEAD = 3
_PLACE = r"[A-Z][A-Z .,'’/-]{2,40}(?:,\s[A-Z][a-z.]+)?"
_AGENCY = r"\((?:Reuters|AP|AFP|CNN|BBC|Xinhua|dpa|UPI|IANS|PTI|TASS|RIA)[^)]{0,20}\)"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
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
# The day at the end of the caption of a picture.
CAPTION = re.compile(rf"\b(?:{_MONTH})\s\d{{1,2}},\s\d{{4}}\s?[.)]?\s*(?:\(.{{2,30}}\))?$")
# The day at the beginning of an entry of a chronology.
_ENTRY = re.compile(
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?(?:\d{{1,2}}\s(?:{_MONTH})(?:\s\d{{4}})?"
    rf"|(?:{_MONTH})\s\d{{1,2}}(?:,\s\d{{4}})?|(?:{_MONTH})\s\d{{4}})\s?[:–—-]?\s(?=[A-Z])"
)
_MESSAGE = re.compile(
    r"processing this directive|\bfile (?:photo|picture|pic)\b|\bjavascript\b|\bcookies?\b.*\b(?:accept|browser|site)"
    r"|\bclick here\b|\bsign up (?:for|to)\b|\ball rights reserved\b|\bterms of (?:use|service)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may tell of an event.

    Attributes:
        start: where it begins, in code points of the text.
        end: where it ends.
        position: its number among the sentences of the article, from 0; headings do not count.
        heading: whether it is a heading, or a headline or caption that ran into a sentence.
        run_in: whether it is a headline or caption that ran into a sentence.
        begins: where what it tells begins; before it stands only the day, as in a chronology.
        told: where what it tells ends; behind it stands only which official source says so.
    """

    start: int
    end: int
    position: int
    heading: bool
    run_in: bool = False
    begins: int = 0
    told: int = 0


def candidates(document: Document) -> list[Candidate]:
    """The passages of an article that may tell of an event, in order."""
    found: list[Candidate] = []
    position = 0
    for start, end in document.sentences:
        heading = start in document.headings
        for begin, stop, is_heading in _pieces(document, start, end, position, heading):
            if _is_passage(document.text, begin, stop):
                told = end_of_told(document, begin, stop)
                run_in = is_heading and not heading
                entry = _ENTRY.match(document.text, begin, stop)
                begins = entry.end() if entry is not None else begin
                found.append(Candidate(begin, stop, position, is_heading, run_in, begins, told))
        position += not heading
    return found


def _pieces(
    document: Document, start: int, end: int, position: int, heading: bool
) -> Iterator[tuple[int, int, bool]]:
    """The parts of a sentence: what is left of it behind a stamp, divided where headlines end."""
    text = document.text
    if heading:
        yield start, end, True
        return
    if position < _HEAD:
        for pattern in _STAMPS:
            found = pattern.match(text, start, end)
            if found is not None and found.end() < end:
                start = found.end()
    for begin in beginnings(document, start, end):
        yield start, begin, True
        start = begin
    yield start, end, False


def _is_passage(text: str, start: int, end: int) -> bool:
    """Whether a span is long enough to tell something, and is no question, link, table or message of a website."""
    if end - start > _MOST_CHARACTERS:
        return False
    passage = text[start:end]
    if _MESSAGE.search(passage):
        return False
    if passage.rstrip("\"'”’)").endswith("?") or "://" in passage:
        return False
    words = passage.split()
    letters = sum(1 for char in passage if char.isalpha() or char.isspace())
    return len(words) >= _LEAST_WORDS and letters * 10 >= len(passage) * 7
