"""A raw news text to title, stated date, paragraphs and headings.

What a page leaves between its paragraphs (markers of advertisements, calls to subscribe) goes; a
date glued before the first word is taken off; short bare lines between paragraphs are headings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.reading.dates import FULL_DATE, ISO, WRITTEN, NoSuchDate, full_date

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
_LABEL = (
    r"(?:date|dated|published|posted|updated|last updated|first published)(?: on| at)?\s*[:\s]\s*"
)
_GLUED = re.compile(
    rf"\s*(?:{_LABEL}({ISO}|{WRITTEN})|({ISO}))(?:\s*[,:;|•·–—-])?(?:\s+|$)",
    re.IGNORECASE | re.ASCII,
)
_DATE_LINE = re.compile(
    rf"(?:{_LABEL}|by .{{0,60}}[,|•·–—-] ?|[A-Z][a-z]+day,? )?({ISO}|{WRITTEN})"
    r"(?:[,|•·–—]? ?(?:at )?\d{1,2}[:.]\d{2}.{0,20})?\.?",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\n[ \t]*\n\s*")
_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’»)\]]*$|[。！？]$")
_HEADING_MOST = 110
_TITLE_MOST = 200


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`headings` are offsets into `text`; `date` is EDTF or None, `bad_date` what was no date."""

    title: str
    text: str
    headings: tuple[int, ...]
    date: str | None
    bad_date: str


def clean(raw: str, find_title: bool = True, find_date: bool = True) -> Cleaned:
    """Clean one article; `raw` is safe text (see `decoding.safe`).

    `find_title` takes a first line that is one off the text; `find_date` likewise the date that
    stands before the first word or on a line of its own under the title.
    """
    day, bad, raw = _glued_date(raw) if find_date else (None, "", raw)
    lines = _lines(raw)
    title = ""
    if find_title and len(lines) > 1 and _is_title(lines[0], lines[1]):
        title = lines.pop(0)
    if find_date and day is None and not bad and lines:
        day, bad, lines = _date_line(lines)
    return _assembled(lines, title, day, bad)


def _glued_date(raw: str) -> tuple[str | None, str, str]:
    match = _GLUED.match(raw)
    if match is None:
        return None, "", raw
    try:
        return full_date(match[1] or match[2]), "", raw[match.end() :]
    except NoSuchDate as error:
        return None, str(error), raw[match.end() :]


def _lines(raw: str) -> list[str]:
    """Paragraphs, each on one line. Where no blank line parts them, every line is one."""
    raw = raw.strip()
    lines = raw.split(PARAGRAPH) if _is_even(raw) else _evened(raw)
    return [line for line in lines if line and not _is_clutter(line)]


def _is_even(raw: str) -> bool:
    """Whether only blank lines part paragraphs, and one blank words: nothing is to be put right.

    Looking for fixed strings costs a tenth of a regular expression that says the same.
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
    """Whether lines were broken at a width: most are alike in length and end inside a sentence."""
    body = lines[:-1]
    if len(body) < 2:
        return False
    longest = max(len(line) for line in body)
    inside = sum(1 for line in body if not _ENDS_SENTENCE.search(line))
    full = sum(1 for line in body if len(line) > longest * 0.7)
    return longest <= 120 and inside * 2 > len(body) and full * 10 > len(body) * 7


def _unwrapped(piece: str) -> list[str]:
    """The lines of one block: parts of one paragraph if they were wrapped, else one each."""
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


def _date_line(lines: list[str]) -> tuple[str | None, str, list[str]]:
    for number, line in enumerate(lines[:3]):
        match = _DATE_LINE.fullmatch(line) if len(line) <= 120 else None
        if match is not None:
            rest = lines[:number] + lines[number + 1 :]
            try:
                return full_date(match[1]), "", rest
            except NoSuchDate as error:
                return None, str(error), rest
    return None, "", lines


def _assembled(lines: list[str], title: str, day: str | None, bad: str) -> Cleaned:
    headings: list[int] = []
    offset = 0
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if len(line) <= _HEADING_MOST and _is_heading(line, following):
            headings.append(offset)
        offset += len(line) + len(PARAGRAPH)
    return Cleaned(title, PARAGRAPH.join(lines), tuple(headings), day, bad)


def latest_full_date(text: str) -> str | None:
    """The latest full date written in a text, as EDTF, or None."""
    dates: list[str] = []
    for match in FULL_DATE.finditer(text):
        try:
            dates.append(full_date(match.group()))
        except NoSuchDate:
            continue
    return max(dates, default=None)
