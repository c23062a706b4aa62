"""Years, decades, centuries and ranges of years."""

from __future__ import annotations

import re

from tui.nlp.lexicon import ORDINALS
from tui.times.reading import Context, Reading, of_decade, of_year
from tui.times.rule import rule
from tui.times.rules.parts import point_modifier
from tui.times.vocabulary import CLEAR_YEAR, POINT, SPOKEN_YEAR, YEAR, any_of, year_number

_DECADES = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7,
    "eighties": 8, "nineties": 9,
}  # fmt: skip
# What stands before a number that is no year: a sum of money, a number of something.
_NO_YEAR = re.compile(
    r"(?:[$£€#№]|\b(?:no\.|about|nearly|some|than|over|at least|only|another|all|room|route|highway|flight"
    r"|page|building|apartment|crowd of|total of|number of|average of|index at|closed at) )$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[ -](?:percent|per cent|people|points|mph|km|miles|feet|meters|metres|tons|tonnes|troops|soldiers"
    r"|men|women|children|homes|houses|jobs|shares|dollars|euros|pounds|yards|acres|block)\b"
    r"|[%:]|-[a-z]| [A-Z][a-z]+ (?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Place)\b"
)
# "Suite 2024" and "Windows 2000" are names.
_NAME = re.compile(r"\b[A-Z][\w.-]* $")
_PLURAL = re.compile(r" (?!(?:is|was|has|its|his|as|this|us)\b)[a-z]+s\b")
_LEAD = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|during|after|before|to|the|a|and|or|through|between|both"
    r"|early|late|mid|fiscal|year|circa|c\.|its|his|her|their|our|that|this|due)|[’']s|[(,–]|(?<!\d)-) ?$",
    re.IGNORECASE,
)


def _year(m: re.Match[str], _: Context) -> Reading | None:
    year = int(m["year"])
    if not m["year_"]:
        text, start, end = m.string, m.start(), m.end()
        if _NO_YEAR.search(text, max(0, start - 12), start) or _COUNTED.match(text, end):
            return None
        led = m["point"] or _LEAD.search(text, max(0, start - 12), start) is not None
        if not led and _NAME.search(text, max(0, start - 24), start):
            return None
        if not led and (_PLURAL.match(text, end) or year < 1900):
            return None
    return of_year(year, relative=False).modified(point_modifier(m["point"]))


def _spoken(m: re.Match[str], _: Context) -> Reading | None:
    """A year in words; "two thousand" is one only where "year" stands before it."""
    if m["year"].lower().startswith("two") and not m["year_"]:
        return None
    return of_year(year_number(m["year"]), relative=False)


def _range(m: re.Match[str], _: Context) -> Reading | None:
    first = int(m["year"])
    digits = m["last"]
    last = int(digits) if len(digits) == 4 else first // 100 * 100 + int(digits)
    # With a slash, only the year that follows: a season, or a school year.
    if len(digits) == 2 and last <= first:
        last += 100
    if last <= first or last > first + 200 or (m["to"] == "/" and last != first + 1):
        return None
    return Reading("DURATION", f"P{last - first}Y", f"{first:04}/{last:04}")


def _decade(m: re.Match[str], _: Context) -> Reading | None:
    mod = point_modifier(m["point"])
    if m["year"]:
        return of_decade(int(m["year"] + "0")).modified(mod)
    ten = int(m["ten"]) if m["ten"] else _DECADES[m["word"].lower()]
    if m["word"] and not m.group().lower().startswith("the "):
        return None
    return of_decade(1900 + ten * 10).modified(mod)


def _century(m: re.Match[str], _: Context) -> Reading | None:
    digits = re.match(r"\d+", m["nth"])
    nth = int(digits.group()) if digits else ORDINALS[m["nth"].lower()]
    if not 1 <= nth <= 30:
        return None
    mod = point_modifier(m["point"])
    if m["before"]:
        return Reading("DATE", f"BC{nth - 1:02}", mod=mod)
    return Reading("DATE", f"{nth - 1:02}", f"{nth - 1:02}XX", mod=mod)


def _era(m: re.Match[str], _: Context) -> Reading | None:
    year = int(m["year"] or m["year_"])
    if year == 0:
        return None
    if m["before"]:
        return Reading("DATE", f"BC{year:04}", f"-{year - 1:04}")
    return of_year(year, relative=False)


_EARLY_LEAD = re.compile(
    r"\b(?:in|since|by|until|from|between|of|to|and|before|after|circa|c\.|late|early|born) $",
    re.IGNORECASE,
)


def _early(m: re.Match[str], _: Context) -> Reading | None:
    """A year from 1000 to 1499, which is more often a number."""
    if not _EARLY_LEAD.search(m.string, max(0, m.start() - 10), m.start()):
        return None
    return of_year(int(m["year"]), relative=False)


RULES = (
    rule(
        "early year",
        ("year",),
        r"(?P<year>1[0-4]\d\d)(?=[.;:)]|, (?!\d)|$| (?:and|to|until|the|he|she|it|they|when|by)\b)",
        _early,
        ("In 1066, William landed; the war lasted from 1337 to 1453.", "1066 1337 1453"),
        ("It sold 1200 cars in 1450 shops.", ""),
    ),
    rule(
        "year",
        ("year",),
        rf"(?:(?P<point>{POINT})|(?P<year_>(?:the )?(?:(?:fiscal|calendar)(?: year)?|year) |FY ?))?"
        rf"(?P<year>{CLEAR_YEAR})(?!s|-\d\d\b)",
        _year,
        ("It was founded in 1901 and grew until the end of 1994.", "1901 1994"),
        ("Sales rose in fiscal 1989.", "1989"),
        ("The 1988 period was worse.", "1988"),
        ("About 1990 people came to 2000 houses.", ""),
        ("It costs $1999.", ""),
    ),
    rule(
        "year in words",
        ("number",),
        rf"(?P<year_>(?:the )?year )?(?P<year>{SPOKEN_YEAR})",
        _spoken,
        ("It was so in nineteen ninety-one.", "1991"),
        ("It was so in the year two thousand.", "2000"),
    ),
    rule(
        "range of years",
        ("year",),
        rf"(?P<year>{YEAR})(?P<to>[-–—/])(?P<last>{YEAR}|\d\d)(?![-\d/])",
        _range,
        ("The war of 1990–95 ended there.", "P5Y"),
        ("King John (1199-1216) ruled; the 1999/00 season is over.", "P17Y P1Y"),
    ),
    rule(
        "decade",
        ("year", "digit", "number"),
        rf"(?:the )?(?P<point>{POINT})?(?:the )?(?:(?P<year>1\d\d|20\d)0[’']?s|(?:[’']|(?<=0s and )|(?<=0s or )|(?<=the early )|(?<=the late )|(?<=the mid-))(?P<ten>[1-9])0s"
        rf"|(?P<word>{any_of(list(_DECADES))}))",
        _decade,
        ("It was so in the 1980s and the early '90s.", "198 199"),
        ("Prices fell in the nineties and in the 1970s and 80s.", "199 197 198"),
    ),
    rule(
        "century",
        ("unit",),
        rf"(?:the )?(?P<point>{POINT})?(?:the )?(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{any_of(list(ORDINALS))})"
        r"(?:[- ]centur(?:y|ies)|(?= (?:and|or|to|through) (?:the )?\d{1,2}(?:st|nd|rd|th) centur))(?P<before> (?:B\.C\.(?:E\.)?|BCE?))?",
        _century,
        ("It dates from the 20th century.", "19"),
        ("It was so in the 17th and 18th centuries.", "16 17"),
        ("An eleventh-century church burned.", "10"),
    ),
    rule(
        "year with an era",
        ("digit", "year"),
        r"(?P<year>\d{1,4}) (?:(?P<before>B\.C\.(?:E\.)?|BCE?)|C\.E\.|CE|A\.D\.|AD)"
        r"|(?:A\.D\.|AD|C\.E\.|CE) (?P<year_>\d{1,4})",
        _era,
        ("Caesar died in 44 BC.", "BC0044"),
        ("The mountain erupted in AD 79.", "0079"),
    ),
)
