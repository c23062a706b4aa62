"""Months, with and without a year, and ranges of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tui.times.reading import Context, Direction, Reading, of_month
from tui.times.rule import rule
from tui.times.rules.parts import likely_year, point_modifier, relative_year
from tui.times.vocabulary import ANY_YEAR, MONTH, POINT, month_number, year_number

_WHICH = r"(?:last|this|next|this past|this coming|the previous|the following)"
# Months that are also names of persons or other words count only behind one of these words.
_LEAD = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|to|of|through|between|for|before|after|and|or|during|late"
    r"|early|mid|around|about|as|than|beginning|starting|ending|is|was|an?|its|his|her|their|[’']s)"
    r"|\d,|[(/–—-]) ?$",
    re.IGNORECASE,
)
_THE = re.compile(r"\b(?:the|this|that|each|every) $", re.IGNORECASE)
_NOUN = re.compile(r" (?!on\b|of\b|against\b|for\b|to\b|in\b|was\b|is\b|will\b|has\b)[a-z]{3,}")
_FIGURES = re.compile(
    r" (?:sales|inflation|figures|data|exports|imports|earnings|profits?|elections?|unemployment"
    r"|deliveries|orders|production|trade|output|jobs|results|prices|numbers|polls?|vote|retail)\b"
)
_NEXT_MONTH = re.compile(rf" (?:and|or|to|through) {MONTH}")
_LIMIT = re.compile(r"\b(?:by|until|till|through) $", re.IGNORECASE)
_NEAR_MONTHS = 5
_HAD = re.compile(r",? (?:[a-z]+ ){1,3}had\b")
_SURNAME = re.compile(r" (?!I\b)[A-Z][a-z]")
_ALSO_NAMES = frozenset(("april", "august", "june", "may", "march", "jan", "mar", "augustus"))


def _month(m: re.Match[str], at: Context) -> Reading | None:
    name = m["month"].lower().rstrip(".")
    month = month_number(name)
    mod = point_modifier(m["point"])
    if m["year"]:
        return of_month(year_number(m["year"]), month, relative=False).modified(mod)
    if m["rel"]:
        year = relative_year(m["rel"], at)
    elif m["which"]:
        year = _which_year(m["which"].lower(), month, at)
    else:
        if not mod and name in _ALSO_NAMES and not _is_month(m):
            return None
        if len(name) == 3 and name != "may" and not m["month"].endswith("."):
            return None
        year = likely_year(month, at, _direction(m, month, at))
    if year is None:
        return Reading("DATE", f"XXXX-{month:02}", mod=mod, relative=True)
    return of_month(date(year, month, 1).year, month).modified(mod)


def _direction(m: re.Match[str], month: int, at: Context) -> Direction | None:
    """The direction of the clause; a month that something lasts until, or that it is due by, lies
    ahead if it is near."""
    lead = _LIMIT.search(m.string, max(0, m.start() - 12), m.start())
    gone = _HAD.match(m.string, m.end()) is not None
    if (
        lead
        and not gone
        and at.month is not None
        and 0 < (month - at.month[1]) % 12 <= _NEAR_MONTHS
    ):
        return "future"
    return at.ask_direction(*m.span())


def _is_month(m: re.Match[str]) -> bool:
    text, start, end = m.string, m.start(), m.end()
    if _SURNAME.match(text, end):
        return False
    if _LEAD.search(text, max(0, start - 16), start) or _FIGURES.match(text, end):
        return True
    if _THE.search(text, max(0, start - 8), start) and _NOUN.match(text, end):
        return True
    return _NEXT_MONTH.match(text, end) is not None


def _which_year(which: str, month: int, at: Context) -> int | None:
    if at.month is None:
        return at.year
    year, now = at.month
    if which in ("last", "this past", "the previous"):
        return year - (month >= now)
    if which in ("next", "this coming", "the following"):
        return year + (month <= now)
    return year


def _range(m: re.Match[str], _: Context) -> Sequence[Reading] | Reading:
    """Months of one year: one duration if there is a hyphen, two dates if there are words."""
    year, first, last = year_number(m["year"]), month_number(m["month"]), month_number(m["month2"])
    begin = year - (first > last)
    if m["to"].strip() in ("-", "–", "—"):
        months = (year - begin) * 12 + last - first + 1
        return Reading("DURATION", f"P{months}M", f"{begin:04}-{first:02}/{year:04}-{last:02}")
    return (
        of_month(begin, first, relative=False).at(m.start(), m.end("month")),
        of_month(year, last, relative=False).at(m.start("month2"), m.end()),
    )


_ONE = re.compile(MONTH, re.IGNORECASE)


def _list(m: re.Match[str], _: Context) -> Sequence[Reading]:
    """Months of one year, which stands behind the last of them."""
    year = year_number(m["year"])
    parts = list(_ONE.finditer(m.string, *m.span("months")))
    return [
        of_month(year, month_number(part.group()), relative=False).at(
            part.start(), m.end() if number == len(parts) else part.end()
        )
        for number, part in enumerate(parts, start=1)
    ]


RULES = (
    rule(
        "list of months",
        ("month",),
        rf"(?P<months>{MONTH}(?:, {MONTH}){{1,8}},? (?:and|or) {MONTH}),? (?:of )?(?P<year>{ANY_YEAR})",
        _list,
        ("January, February and March 2021 were cold.", "2021-01 2021-02 2021-03"),
    ),
    rule(
        "month",
        ("month",),
        rf"(?:(?P<point>{POINT})|(?P<which>{_WHICH}) )?(?P<month>{MONTH})"
        rf"(?:,? (?:of )?(?P<year>{ANY_YEAR})|,? (?:of )?(?P<rel>last|this|next) year)?",
        _month,
        ("The bridge was built in March 2011.", "2011-03"),
        ("It was shut in June last year.", "2023-06"),
        ("It closed last March.", "2024-03"),
        ("It opens this September.", "2024-09"),
        ("It shut in early December.", "2023-12"),
        ("It will open in July.", "2024-07"),
        ("The April report and May sales were weak.", "2024-04 2024-05"),
        ("April Smith met August Wilson. In April, May visited them.", "2024-04"),
        ("She may resign. The march went on.", ""),
    ),
    rule(
        "range of months",
        ("month",),
        rf"(?P<month>{MONTH})(?P<to> (?:to|until|till|through|and) | ?[-–—] ?)(?P<month2>{MONTH})"
        rf",? (?:of )?(?P<year>{ANY_YEAR})",
        _range,
        ("It was shut from March to May 2023.", "2023-03 2023-05"),
        ("It was shut between November and January 2020.", "2019-11 2020-01"),
        ("It was shut March–May 2023.", "P3M"),
    ),
)
