"""Where a sentence names at its end the official source of what it tells.

"Three people died, the ministry said" tells that three people died. What a person says stays with
the person (see `predicates`).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from tui.events.telling_words import OFFICIAL
from tui.nlp.document import Document

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ATTRIBUTION = re.compile(
    r",?[”’\"]?,?\s+(?P<who>(?:[\w.'’&-]+\s+){1,9}?)(?:has\s+|have\s+)?"
    r"(?:said|says|reported|reports|announced|confirmed)"
    rf"(?:\s+(?:on\s+)?(?:{_DAY}|today|yesterday|late|early|earlier))*"
    r"(?:\s+in\s+a\s+(?:news\s+)?(?:statement|briefing|conference|report))?\s*\.\s*$"
)
# The attribution stands in so many of the last characters.
_REACH = 160
_LEAST_WORDS = 5


def end_of_told(document: Document, start: int, end: int) -> int:
    """The end of what the sentence from `start` to `end` tells, `end` if it names no official
    source at its end."""
    text = document.text
    comma = text.rfind(",", max(start, end - _REACH), end)
    if comma < 0:
        return end
    found = _ATTRIBUTION.match(text, comma, end)
    if found is None or len(text[start:comma].split()) < _LEAST_WORDS:
        return end
    who = found["who"].split()
    official = any(word.lower() in OFFICIAL or (len(word) > 1 and word.isupper()) for word in who)
    return comma if official or _is_organisation(document, *found.span("who")) else end


def _is_organisation(document: Document, start: int, end: int) -> bool:
    mentions = document.mentions
    at = bisect_left(mentions, start, key=lambda m: m.start)
    return at < len(mentions) and mentions[at].start < end and mentions[at].kind == "ORG"
