"""Time expressions in a text, as TIMEX3 (ISO-TimeML, with types as in HeidelTime).

`find_times` finds the spans with a small grammar, and `normalisation.value` computes their values.
Dates written in numbers are passed to dateparser with their spans: it parses dates well, but finds
them poorly.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tui.nlp.document import Document, TimeExpression
from tui.nlp.lexicon import DAY_PARTS, MONTH_PATTERN, MONTHS, SEASONS, WEEKDAYS
from tui.times import normalisation
from tui.times.edtf import valid
from tui.times.written_dates import ISO, WRITTEN

_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|sixty|ninety|several|a few|few|some|many|a couple of"
    r"|a dozen|half a|dozens of|hundreds of|decades of)"
)
_UNIT = r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade|centur(?=y|ies))"
_UNITS = rf"(?:{_UNIT}(?:s|y|ies)?)"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_WEEKDAY_SHORT = r"(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\."
_PART = rf"(?:{'|'.join(DAY_PARTS)})"
_SEASON = rf"(?:{'|'.join(SEASONS)}|fall)"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_MOD = r"(?:(?:early|late|mid|the start of|the end of|the beginning of|the middle of)[ -])"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})? ?(?:a\.m\.|p\.m\.|am\b|pm\b|AM\b|PM\b)|\d{1,2}:\d{2}(?: ?(?:GMT|UTC|ET|EST|EDT|CET|BST|local time))?)"

# "March" and "may" are not included, because they are other words, too.
_PLAIN_MONTH = "|".join(month for month in MONTHS if month not in ("march", "may"))

_GRAMMAR = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("full", rf"(?:{_WEEKDAY},? )?(?:the )?(?:{WRITTEN}|{ISO})"),
            ("slashed", r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b"),
            ("range", rf"\b{_YEAR}[–-](?:{_YEAR}|\d\d)\b(?!-)"),
            ("quarter", rf"\b(?:the )?{_ORDINAL} quarter(?: of {_YEAR})?"),
            ("month_year", rf"\b{_MOD}?{MONTH_PATTERN},? (?:of )?{_YEAR}\b"),
            (
                "month_day",
                rf"(?:{_WEEKDAY},? )?\b(?:{MONTH_PATTERN} {_DAY}\b|(?:the )?{_DAY}(?: of)? {MONTH_PATTERN}\b)",
            ),
            (
                "season",
                rf"\b(?:{_MOD}|the |this |last |next |the past |the coming )?{_SEASON}(?: of)? {_YEAR}\b"
                rf"|\b(?:this|last|next|the past|the coming) {_SEASON}\b",
            ),
            (
                "decade",
                r"\b(?:the )?(?:early |late |mid[ -])?(?:1[5-9]\d0s|20\d0s|[’'](?:[2-9]0s))",
            ),
            (
                "set",
                rf"\b(?:every|each) (?:(?:other|single|two|three|few) )?(?:{_UNITS}|{_WEEKDAY}|{_PART}|{_SEASON})\b"
                r"|\b(?:daily|weekly|monthly|yearly|annually|nightly|hourly)\b"
                rf"|\b(?:once|twice|three times) (?:a|per) {_UNIT}\b|\b{_WEEKDAY}s\b",
            ),
            (
                "weekday",
                rf"\b(?:(?:last|next|this|the previous|the following|early|late) )?"
                rf"(?:{_WEEKDAY}\b|{_WEEKDAY_SHORT})(?: {_PART}\b| (?:last|next) week\b)?",
            ),
            (
                "day_word",
                rf"\b(?:the day (?:before|after) )?(?:yesterday|today|tomorrow)(?: {_PART})?\b|\btonight\b"
                rf"|\b(?:last|this) (?:{_PART})\b|\bovernight\b"
                r"|\b(?:the|that) (?:same|previous|next|following) (?:day|night|morning|evening)\b"
                r"|\bthe day (?:before|after)\b",
            ),
            (
                "ago",
                rf"\b(?:(?:about|around|nearly|almost|over|more than|less than|just|some|roughly) )?{_NUMBER} {_UNITS} "
                r"(?:ago|earlier|later|before|after|from now|hence)\b",
            ),
            (
                "unit",
                rf"\b(?:earlier |later )?(?:this|last|next|the previous|the following|the coming|the past|that same"
                rf"|the same|the last|the next) (?:{_NUMBER} )?(?:{_UNITS}|{MONTH_PATTERN})\b",
            ),
            (
                "within",
                rf"\b(?:in|within|over|during|for) (?:the )?(?:(?:past|last|next|coming|previous|following) )"
                rf"(?:{_NUMBER} )?{_UNITS}\b",
            ),
            (
                "vague",
                r"\b(?:in )?recent (?:hours|days|weeks|months|years|decades)\b|\b(?:the )?coming (?:hours|days|weeks|months|years)\b",
            ),
            ("in_unit", rf"\bin {_NUMBER} (?:more )?{_UNITS}(?:[’']s? time)?\b"),
            (
                "duration",
                rf"\b(?:(?:about|around|nearly|almost|over|more than|less than|at least|up to|roughly|some) )?"
                rf"{_NUMBER}[ -](?:{_NUMBER}[ -])?{_UNITS}\b(?![’'-])|\b(?:decades|centuries)\b",
            ),
            ("clock", rf"\b(?:{_CLOCK})|\b(?:noon|midnight|midday)\b"),
            (
                "month",
                rf"\b(?:(?:early|late|mid|last|next|this)[ -])?(?:{_PLAIN_MONTH})\b"
                r"|\b(?:in|since|until|by|early|late|mid|last|next|this|during|from)[ -](?:March|May)\b",
            ),
            (
                "year",
                rf"\b(?:{_MOD}{_YEAR}|(?<=in ){_YEAR}|(?<=since ){_YEAR}|(?<=by ){_YEAR}|(?<=of ){_YEAR}|(?<=from ){_YEAR}"
                rf"|(?<=until ){_YEAR}|(?<=during ){_YEAR}|(?<=after ){_YEAR}|(?<=before ){_YEAR}|(?<=to ){_YEAR}"
                rf"|(?<=the ){_YEAR}|(?<=\(){_YEAR}(?=\)))\b(?! [a-z]+s\b|[,.]\d)",
            ),
            (
                "now",
                r"\b(?:now|currently|nowadays|at present|at the moment|these days|recently|lately|at the time)\b",
            ),
        )
    ),
    re.IGNORECASE,
)
_CASED = ("month", "weekday", "month_day", "month_year", "set")
_LEAD = re.compile(r"(?:on|in|the|within|over|during|for|since|until|by|from) ", re.IGNORECASE)
_SET_WORDS = re.compile(r"(?:every|each|once|twice|three)\b")
_KEEP_THE = frozenset(("day_word", "unit", "quarter", "decade", "season", "within", "vague"))
_FUTURE = re.compile(
    r"\b(?:will|shall|is (?:due|set|scheduled|expected|to)|are (?:due|set|scheduled|expected|to)"
    r"|plans?|planned for|scheduled for|would|going to|upcoming|’ll|'ll)\b"
)
_MAY_HAVE_TIME = re.compile(
    r"\d|day|night|week|month|year|decade|centur|hour|minute|now|recent|current|morrow|noon|daily"
    r"|January|February|March|April|May|June|July|August|Septem|Octo|Novem|Decem|annual|present"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.|spring|summer|autumn|fall|winter"
    r"|lately|moment|at the time|second|Mon\.|Tues?\.|Wed\.|Thu|Fri\.|Sat\.|Sun\.",
    re.IGNORECASE,
)


def find_times(document: Document) -> Document:
    """The document with its time expressions.

    The values of relative expressions are computed from `document.reference_date`; if it is None,
    their unknown parts are X.
    """
    text, anchor = document.text, document.reference_date
    found: list[TimeExpression] = []
    previous: str | None = None
    for start, end in document.sentences:
        # This cheap test excludes about two sentences of three.
        if not _MAY_HAVE_TIME.search(text, start, end):
            continue
        future: bool | None = None
        for match in _GRAMMAR.finditer(text, start, end):
            expression = _expression(match, text)
            if expression is None:
                continue
            begin, stop, rule = expression
            if future is None:
                future = bool(_FUTURE.search(text, start, end))
            words = text[begin:stop]
            try:
                reading = normalisation.value(
                    rule, words, normalisation.Context(anchor, previous, future)
                )
            except (OverflowError, ValueError):
                # `datetime.date` has no days before the year 1 or after the year 9999.
                continue
            if reading is None:
                continue
            edtf = reading.edtf if reading.edtf and valid(reading.edtf) else None
            found.append(
                TimeExpression(
                    begin,
                    stop,
                    words,
                    reading.type,
                    reading.value,
                    edtf,
                    (anchor or "") if reading.relative else "",
                )
            )
            if edtf and reading.type == "DATE" and len(edtf) == 10:
                previous = edtf
    return replace(document, times=tuple(found))


def _expression(match: re.Match[str], text: str) -> tuple[int, int, str] | None:
    """The start, end and rule of a match, without leading prepositions and articles.

    None if the rule requires a capital letter and the match has none.
    """
    rule = match.lastgroup or ""
    start, end = match.span()
    lead = _LEAD.match(text, start, end)
    while lead is not None:
        if lead.group().lower() == "the " and rule in _KEEP_THE:
            break
        start = lead.end()
        lead = _LEAD.match(text, start, end)
    words = text[start:end]
    cased = any(char.isupper() for char in words) or "ly" in words
    if rule in _CASED and not cased and not _SET_WORDS.match(words):
        return None
    if rule == "ago" and words.endswith(("before", "after")) and text[end : end + 1] == " ":
        end -= len(words.rsplit(" ", 1)[1]) + 1
        rule = "duration"
    return start, end, rule
