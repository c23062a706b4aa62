"""Splits a raw news text into title, stated date, paragraphs and headings.

Lines that a web page leaves between paragraphs (markers of advertisements, calls to subscribe) are
removed. A date before the first word is removed and returned separately. Short lines without a
final punctuation mark, each followed by a longer paragraph, are headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tui.times.day_order import day_first
from tui.times.edtf import is_uncertain
from tui.times.written_dates import (
    UPDATED,
    NoSuchDate,
    WrittenDate,
    date_line,
    dateline,
    head_date,
)

PARAGRAPH = "\n\n"

_CLUTTER = re.compile(
    r"[\W_]*(?:"
    r"adverti[sz]e?ments?|ads? by .{0,40}|ad|ads|sponsored(?: content| by .{0,40})?|promoted(?: content)?"
    r"|(?:story|article) continues (?:below|after).{0,40}|(?:continue|keep) reading.{0,40}"
    r"|scroll (?:down )?to continue.{0,40}|read (?:more|also|next).{0,12}"
    r"|share(?: this| on).{0,30}|subscribe(?: now| today)?|sign up(?: now| for .{0,60})?"
    r"|click here.{0,40}|related(?: articles?| stories| content)?|cookie settings"
    r")[\W_]*",
    re.IGNORECASE,
)
_MAY_BE_CLUTTER = re.compile(
    r"[\W_]*(?:adv|ads?\b|spon|prom|story|arti|cont|keep|scro|read|shar|subs|sign|clic|rela|cook)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\n[ \t]*\n\s*")
_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’»)\]]*$|[。！？]$")
_HEADING_MOST = 110
_TITLE_MOST = 200
_DATE_LINES = 4
_YEAR_LIKE = re.compile(r"\d{4}|\d ?[/.-] ?\d|['’-]\d\d")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article after cleaning.

    `title` is "" if none was found. `headings` holds the offsets in `text` (code points, from 0) at
    which headings begin. `date` is EDTF or None, and `date_words` the words that state it;
    `bad_date` is the message about a stated date that does not exist, "" if there is none.
    """

    title: str
    text: str
    headings: tuple[int, ...]
    date: str | None
    date_words: str
    bad_date: str


def clean(raw: str, find_title: bool = True, find_date: bool = True) -> Cleaned:
    """Clean one article.

    Args:
        raw: safe text (see `safe_text.safe`).
        find_title: move the first line from the text to the title, if it has the form of a title.
        find_date: move a date from the text to `date`, if it precedes the first word or is alone on
            one of the first lines after the title. The dateline of the first paragraph is read, and
            stays.
    """
    head = _stated_by(head_date, raw) if find_date else _Stated()
    if head.end:
        raw = raw[head.end :]
    lines = _lines(raw)
    title = ""
    if find_title and len(lines) > 1 and _is_title(lines[0], lines[1]):
        title = lines.pop(0)
    if find_date and not head.found and lines:
        head, lines = _date_line(lines)
    return _assembled(lines, title, head)


@dataclass(frozen=True, slots=True)
class _Stated:
    """What was found of a stated date: the date, or the message that it does not exist."""

    date: str | None = None
    words: str = ""
    bad: str = ""
    end: int = 0

    @property
    def found(self) -> bool:
        return self.date is not None or bool(self.bad)


def _stated_by(reader: Callable[[str], WrittenDate | None], text: str) -> _Stated:
    try:
        written = reader(text)
    except NoSuchDate as error:
        return _Stated(bad=str(error))
    return _Stated(written.date, written.words, end=written.end) if written else _Stated()


def _lines(raw: str) -> list[str]:
    """The paragraphs without clutter, each on one line.

    If no blank line separates paragraphs, every line is a paragraph, unless the lines are wrapped.
    """
    raw = raw.strip()
    lines = raw.split(PARAGRAPH) if _is_even(raw) else _evened(raw)
    return [line for line in lines if line and not _is_clutter(line)]


def _is_even(raw: str) -> bool:
    """Whether paragraphs are separated by single blank lines only, and words by single spaces.

    Searching for fixed strings takes a tenth of the time of an equivalent regular expression.
    """
    return not ("  " in raw or " \n" in raw or "\n " in raw or "\n\n\n" in raw) and raw.count(
        "\n"
    ) == 2 * raw.count(PARAGRAPH)


def _evened(raw: str) -> list[str]:
    pieces = _BREAK.split(raw)
    if len(pieces) == 1 and "\n" in raw:
        pieces = raw.split("\n")
        if _is_wrapped(pieces):
            pieces = [" ".join(pieces)]
    lines: list[str] = []
    for piece in pieces:
        parts = _unwrapped(piece) if "\n" in piece else [piece]
        lines.extend(" ".join(part.split()) for part in parts)
    return lines


def _is_clutter(line: str) -> bool:
    return (
        len(line) <= 80
        and _MAY_BE_CLUTTER.match(line) is not None
        and _CLUTTER.fullmatch(line) is not None
    )


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines are wrapped at a width: most have similar lengths and end inside a sentence."""
    body = lines[:-1]
    if len(body) < 2:
        return False
    longest = max(len(line) for line in body)
    inside = sum(1 for line in body if not _ENDS_SENTENCE.search(line))
    full = sum(1 for line in body if len(line) > longest * 0.7)
    return longest <= 120 and inside * 2 > len(body) and full * 10 > len(body) * 7


def _unwrapped(piece: str) -> list[str]:
    """The paragraphs of one block: one if its lines are wrapped, otherwise one for each line."""
    lines = piece.split("\n")
    return [" ".join(lines)] if _is_wrapped([*lines, ""]) or _is_wrapped(lines) else lines


def _is_heading(line: str, following: str | None) -> bool:
    return (
        following is not None
        and len(line) <= _HEADING_MOST
        and len(following) > len(line)
        and not _ENDS_SENTENCE.search(line)
        and not line.startswith(("-", "*", "•", "–", "—", '"', "“", "'", "‘", "(", ">"))
        and line.count(" ") < 16
    )


def _is_title(line: str, following: str) -> bool:
    return (
        len(line) <= _TITLE_MOST
        and not line.endswith((".", ",", ";", ":"))
        and (len(following) > len(line) or len(line) <= _HEADING_MOST)
    )


def _date_line(lines: list[str]) -> tuple[_Stated, list[str]]:
    """The date of the first date line or dateline, and the lines without the date line."""
    for number, line in enumerate(lines[:_DATE_LINES]):
        if not _YEAR_LIKE.search(line, 0, 200):
            continue
        found = _date_of_line(line, lines)
        if found.found:
            rest = lines[:number] + lines[number + 1 :]
            if UPDATED.match(found.words) and number < len(rest):
                # When it was published may stand in the next line.
                published = _date_of_line(rest[number], lines)
                if published.date:
                    return published, rest[:number] + rest[number + 1 :]
            return found, rest
        found = _stated_by(dateline, line)
        if found.date:
            return found, lines
        if number == 0 and (found := _stated_by(head_date, line)).date:
            return found, [line[found.end :], *lines[1:]]
    return _Stated(), lines


def _date_of_line(line: str, lines: list[str]) -> _Stated:
    """The date of a date line; the order of day and month is that of the article."""
    found = _stated_by(date_line, line)
    if found.date and is_uncertain(found.date):
        return _stated_by(partial(date_line, day_first=day_first(lines)), line)
    return found


def _assembled(lines: list[str], title: str, stated: _Stated) -> Cleaned:
    headings: list[int] = []
    offset = 0
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if len(line) <= _HEADING_MOST and _is_heading(line, following):
            headings.append(offset)
        offset += len(line) + len(PARAGRAPH)
    return Cleaned(
        title, PARAGRAPH.join(lines), tuple(headings), stated.date, stated.words, stated.bad
    )
