"""Full dates as they are written in articles and their metadata, as EDTF.

A date line says when an article was published: "By Jane Example | Friday, May 10, 2024, 9:15 a.m.
EDT". A dateline begins the first paragraph: "LONDON, May 10, 2024 (Reuters) - ".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from tui.times.calendar_days import full_year
from tui.times.day_order import DOTTED, SLASHED, reading_of
from tui.times.edtf import valid, week_to_edtf
from tui.times.vocabulary import MONTH, SEASON_NAMES, month_number

_ISO = (
    r"(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?"
    r"(?: ?Z\b| ?[+-]\d{2}:?\d{2})?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NAMED = (
    rf"(?P<month>{MONTH}) (?P<day>{_DAY}),? (?P<year>\d{{4}})(?!\d)"
    rf"|(?<!\d)(?P<day2>{_DAY})(?: of)? (?P<month2>{MONTH}),? (?P<year2>\d{{4}})(?!\d)"
    rf"|(?<!\d)(?P<day3>\d{{1,2}})[-/](?P<month3>{MONTH})[-/](?P<year3>\d{{4}}|\d\d)(?!\d)"
)
_WRITTEN = re.compile(rf"{_ISO}|{_NAMED}", re.IGNORECASE | re.ASCII)
_DOTTED = re.compile(DOTTED)
_SLASHED = re.compile(SLASHED)
# In a field, a year of two digits is no version number.
_DOTTED_FIELD = re.compile(r"(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<year>\d{4}|\d\d)(?!\d)")
_SLASHED_FIELD = re.compile(rf"(?i:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?{SLASHED}")
_SPACED = re.compile(r"(?<=\d) ?/ ?(?=\d)")

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{4}(?:\d\d)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_MONTH_YEAR = re.compile(rf"({MONTH}),? (\d{{4}})", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-?([1-7]))?")
# Sets, intervals and qualifiers of EDTF.
_EDTF_SYNTAX = re.compile(r"[\[{~?%X]|\d-.*/|/.*\d-|\.\.")
_MONTH_SLASH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_QUARTER = re.compile(r"Q([1-4]) (\d{4})", re.IGNORECASE)
_SEASON = re.compile(rf"({'|'.join(SEASON_NAMES)}) (\d{{4}})", re.IGNORECASE)

# The words of a date line that are neither the date nor a name.
_LABEL = (
    r"(?:page )?(?:first |last |originally )?(?:published|posted|updated|modified|created|issued|filed"
    r"|released|dated?|publication date|release date)(?: (?:on|at))?\s*:?"
)
_WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b[.,]?"
_CLOCK = r"(?:at )?\d{1,2} ?[:.] ?\d{2}(?:[:.]\d{2})? ?(?:[ap]\.?m\.?(?![a-z]))?|\d{1,2} ?[ap]\.?m\.?(?![a-z])"
_ZONE = (
    r"\(?(?:(?:GMT|UTC)(?: ?[+-] ?\d{1,2}(?::?\d\d)?)?|[ECMP][SD]?T|CES?T|BST|MSK|JST|IST|AES?T|UK|Z"
    r"|[+-]\d{2}:?\d{2}|local time)\)?(?!\w)"
)
_FILLER = re.compile(
    rf"(?i:{_LABEL}(?: \d+ [a-z]+ ago)?|{_WEEKDAY}|{_CLOCK}|\d+ min(?:ute)?s? read|\d+ comments?|\bon\b"
    rf"|\bat\b|\buhr\b)|{_ZONE}|[\s|•·–—,:;/.()\[\]-]"
)
_NAME = r"[A-Z][\w.’'-]+"
_BYLINE = re.compile(
    rf"(?i:by |posted by )[^\d.!?]{{2,80}}$|{_NAME}(?: {_NAME}){{1,3}}(?: in {_NAME}(?: {_NAME})?)?"
    rf"(?: (?:{_NAME} )?(?:editor|correspondent|reporter|writer))?$|Staff and agencies$"
)
_LONGEST_LINE = 160
_GAP = r"[ \t]{0,4}"
_HEAD = re.compile(
    rf"(?:By [^|\n]{{3,80}}\|{_GAP})?(?P<label>(?i:{_LABEL}))?{_GAP}"
    rf"(?:(?i:{_CLOCK})(?:{_GAP}{_ZONE})?,?{_GAP})?(?:(?i:{_WEEKDAY}),?{_GAP})?"
    rf"(?P<date>(?i:{_ISO}|{_NAMED}))"
    rf"(?P<clock>{_GAP}[,|•·]?{_GAP}(?i:{_CLOCK})(?:{_GAP}{_ZONE})?)?{_GAP}(?P<end>[|•·–—-])?"
    r"(?P<space>\s|$)",
    re.ASCII,
)
_NO_SPACE = re.compile(r"\S")
UPDATED = re.compile(r"(?:page )?(?:last )?(?:updated|modified)", re.IGNORECASE)
"""The label of the date of an update, after which that of the publication may stand."""
_AGENCY = r"(?: ?\([A-Za-z ./-]{2,30}\)| /[A-Za-z -]{2,30}/)"
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2},)(?:,? [A-Z][\w.]*){0,3}"
    rf"{_AGENCY}?,? ?[(—–-]{{0,2}} ?(?P<date>(?i:{_NAMED}))\)?{_AGENCY}?"
    r" ?(?:--|[—–:-])",
    re.ASCII,
)


class NoSuchDate(ValueError):  # noqa: N818
    """The text has the form of a date that does not exist, such as 2024-02-31."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date that a text states.

    Attributes:
        date: the date (EDTF); one whose order of day and month is unknown is uncertain.
        words: the words that state it.
        end: the offset at which the text after the date begins, 0 if the date stays in the text.
    """

    date: str
    words: str
    end: int


def _day(year: int, month: int, day: int, written: str) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise NoSuchDate(f"no such date: {written}") from None


def _month(year: int, month: int, written: str) -> str:
    if not 1 <= month <= 12:
        raise NoSuchDate(f"no such month: {written}")
    return f"{year:04}-{month:02}"


def _numeric(match: re.Match[str], day_first: bool | None, reference: date | None = None) -> str:
    try:
        day, sure = reading_of(match, day_first, reference)
    except ValueError:
        raise NoSuchDate(f"no such date: {match.group()}") from None
    return day.isoformat() if sure else f"{day.isoformat()}?"


def _matched(match: re.Match[str]) -> str:
    """The date of a match of the pattern for full dates."""
    written = match.group()
    if iso := match.groupdict().get("iso"):
        year, month, day = map(int, re.split(r"[-/.]", iso))
        return _day(year, month, day, written)
    for suffix in ("", "2", "3"):
        if match[f"month{suffix}"]:
            digits = match[f"year{suffix}"]
            day = int(re.sub(r"\D", "", match[f"day{suffix}"]))
            return _day(full_year(digits), month_number(match[f"month{suffix}"]), day, written)
    raise NoSuchDate(f"no such date: {written}")


def date_line(line: str, day_first: bool | None = None) -> WrittenDate | None:
    """The date of a line that says nothing but when, and perhaps by whom, an article was written.

    Of several dates, such as that of an update, the first counts.

    Raises:
        NoSuchDate: if the date does not exist.
    """
    if len(line) > _LONGEST_LINE or not any(char.isdigit() for char in line):
        return None
    text = _SPACED.sub("/", line)
    matches = [m for pattern in (_WRITTEN, _DOTTED, _SLASHED) for m in pattern.finditer(text)]
    if not matches:
        return _foreign_line(line)
    rest = text
    for match in sorted(matches, key=lambda m: m.start(), reverse=True):
        rest = f"{rest[: match.start()]} | {rest[match.end() :]}"
    if not _says_no_more(rest):
        return None
    first = min(
        matches,
        key=lambda m: (bool(UPDATED.search(text, max(0, m.start() - 24), m.start())), m.start()),
    )
    found = _matched(first) if first.re is _WRITTEN else _numeric(first, day_first)
    if found > (date.today() + timedelta(days=1)).isoformat():
        # A notice of something that is to come: nothing was written after today.
        return None
    return WrittenDate(found, " ".join(line.split()), len(line))


_FOREIGN = re.compile(
    r"(?:[^\W\d_]+ (?:[^\W\d_]{1,3} )?)?(?P<date>\d{1,2}(?:\.|er)? (?:de )?[^\W\d_]{3,14}\.? (?:de )?\d{4}"
    r"|\d{4}年\d{1,2}月\d{1,2}日)(?:,? (?:[^\W\d_]+ )?\d{1,2}[:.]\d\d(?: Uhr)?)?"
)
_LONGEST_FOREIGN = 48


def _foreign_line(line: str) -> WrittenDate | None:
    """The date of a short line in another language: "Publié le 18 mai 2021"."""
    match = _FOREIGN.fullmatch(line.strip()) if len(line) <= _LONGEST_FOREIGN else None
    found = _parsed(match["date"]) if match else None
    return WrittenDate(found, " ".join(line.split()), len(line)) if found else None


def _says_no_more(rest: str) -> bool:
    """Whether the rest of a date line is empty, or the name of a writer."""
    pieces = [" ".join(_FILLER.sub(" ", piece).split()) for piece in rest.split("|")]
    said = [piece for piece in pieces if piece]
    return len(said) <= 2 and all(_BYLINE.fullmatch(piece) for piece in said)


def head_date(text: str) -> WrittenDate | None:
    """The date that stands before the first words of a text, as web pages leave it there.

    Words that begin with a date tell of it; a label, a time of day or a separator sets it apart.

    Raises:
        NoSuchDate: if the date does not exist.
    """
    first: WrittenDate | None = None
    at = _after_space(text, 0)
    # An article that was updated also says when it was published.
    for _ in range(2):
        match = _HEAD.match(text, at)
        if match is None or not _stands_apart(text, match):
            break
        if first is None or UPDATED.match(first.words):
            first = WrittenDate(_matched(match), " ".join(match.group().split()), match.end())
        else:
            first = replace(first, end=match.end())
        at = _after_space(text, match.end())
    return first


def _after_space(text: str, at: int) -> int:
    found = _NO_SPACE.search(text, at)
    return found.start() if found else len(text)


def _stands_apart(text: str, match: re.Match[str]) -> bool:
    """Whether a date before the first words is no part of their sentence."""
    if text[match.end() : match.end() + 1].islower():
        return False
    return bool(
        match["label"] or match["clock"] or match["end"] or match["iso"] or match["space"] == "\n"
    )


def dateline(paragraph: str) -> WrittenDate | None:
    """The date in the dateline of a paragraph: "LONDON, May 10, 2024 (Reuters) - ".

    Raises:
        NoSuchDate: if the date does not exist.
    """
    match = _DATELINE.match(paragraph)
    return WrittenDate(_matched(match), match.group().strip(), 0) if match else None


@lru_cache(maxsize=4096)
def stated(written: str, day_first: bool | None = None, *, whole: bool = False) -> str | None:
    """The EDTF date in a metadata field, None if it holds no date.

    Args:
        written: the field.
        day_first: whether dates in digits have the day first in this source, None if that is
            unknown: a date that can be read in both ways is then uncertain.
        whole: whether there may be nothing but the date.

    Raises:
        NoSuchDate: if the field has the form of a date that does not exist.
    """
    written = " ".join(written.split())
    if not written.isascii():
        match = _WRITTEN.search(written)
        return _matched(match) if match else _parsed(written)
    if re.fullmatch(r"\d{4}", written):
        return written if int(written) else None
    if match := _MONTH_YEAR.fullmatch(written):
        return f"{match[2]}-{month_number(match[1]):02}"
    if match := _WEEK.fullmatch(written):
        try:
            year, week = int(match[1]), int(match[2])
            if match[3]:
                return date.fromisocalendar(year, week, int(match[3])).isoformat()
            return week_to_edtf(year, week)
        except ValueError:
            raise NoSuchDate(f"no such week: {written}") from None
    if _EDTF_SYNTAX.search(written) and valid(written):
        return written
    if match := _MONTH_SLASH_YEAR.fullmatch(written):
        return _month(int(match[2]), int(match[1]), written)
    if match := _QUARTER.fullmatch(written):
        last = int(match[1]) * 3
        return f"{match[2]}-{last - 2:02}/{match[2]}-{last:02}"
    if match := _SEASON.fullmatch(written):
        return f"{match[2]}-{SEASON_NAMES[match[1].lower()][1]}"
    if match := _YEAR_MONTH.fullmatch(written):
        if valid(written):
            return written
        if 1 <= int(match[2]) <= 12:
            return f"{match[1]}-{int(match[2]):02}"
        raise NoSuchDate(f"no such month: {written}")
    if match := _COMPACT.fullmatch(written):
        return _day(int(match[1]), int(match[2]), int(match[3]), written)
    if match := _WRITTEN.fullmatch(written) if whole else _WRITTEN.search(written):
        return _matched(match)
    if match := _DOTTED_FIELD.match(written) or _SLASHED_FIELD.match(written):
        return _numeric(match, day_first)
    if not written.isdigit() and valid(written):
        return written
    return None if whole and _WRITTEN.search(written) else _parsed(written)


def _parsed(written: str) -> str | None:
    if not any(char.isdigit() for char in written) or len(written) > 80:
        return None
    import dateparser

    # dateparser fills in missing parts from the base date: the result was fully written only if two
    # base dates give the same one.
    found = {
        dateparser.parse(
            written,
            settings={
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PARSERS": ["absolute-time", "timestamp"],
                "RELATIVE_BASE": base,
            },
        )
        for base in (datetime(2001, 2, 3), datetime(2010, 11, 12))
    }
    parsed = found.pop() if len(found) == 1 else None
    return parsed.date().isoformat() if parsed else None
