"""Full dates in texts of other languages: dateparser reads them, given their spans."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.times.calendar_days import day_or_none
from tui.times.reading import Context, Reading, of_day
from tui.times.rule import Rule

_LETTERS = r"[^\W\d_]"


@lru_cache(maxsize=2048)
def _parsed(words: str) -> tuple[int, int, int] | None:
    """The year, month and day of a date, None if dateparser does not know the words."""
    # Imported here because its import takes as long as that of the rest of the grammar.
    import dateparser

    found = dateparser.parse(
        words,
        settings={
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
            "DATE_ORDER": "DMY",
        },
    )
    return (found.year, found.month, found.day) if found else None


def _read(m: re.Match[str], _: Context) -> Reading | None:
    parts = _parsed(m.group())
    day = day_or_none(*parts) if parts else None
    if day is None or str(day.year) not in m.group():
        return None
    return of_day(day, relative=False)


RULE = Rule(
    "date in another language",
    frozenset(("year",)),
    re.compile(
        rf"(?<!\w)\d{{1,2}}(?:\.|er|º|ª)? (?:de |d['’])?{_LETTERS}{{3,14}}\.? (?:de[l]? )?\d{{4}}(?!\w)"
        r"|\d{4}年\d{1,2}月\d{1,2}日|\d{4}년 \d{1,2}월 \d{1,2}일"
    ),
    _read,
    (("Die Brücke wurde am 5. März 2019 eröffnet.", "2019-03-05"),),
)
"""Applies to texts that are not English; see `tui.nlp.document.Document.english`."""
