"""Cross-document event coreference: whether two event mentions are of the same event.

The score of two mentions adds up what they share: the lemma of the trigger, participants and words;
their times must agree. Precision matters more than recall, because a wrong account of an event is
worse than a missing one.
"""

from __future__ import annotations

from functools import lru_cache

from tui.events.model import EventMentionRecord
from tui.times.edtf import Interval, interval

# The largest number of days between two articles on an event, or between the stated date of the
# event and a later article on it.
WINDOW = 10
THRESHOLD = 1.65
EXPLICIT = frozenset(("clause", "sentence"))

# Lemmas of triggers so frequent that sharing one is weak evidence.
FREQUENT_LEMMAS = frozenset(
    "call say meet visit attack war vote talk agree plan urge demand criticise condemn reject"
    " support warn fight conflict strike operation offensive kill respond decide discuss meeting"
    " summit election ceasefire announce offer propose threaten welcome vow praise continue"
    " report launch campaign protest increase rise fall win lose sign send".split()
)


@lru_cache(maxsize=8192)
def days(when: str) -> Interval:
    """The days that a valid EDTF date covers."""
    return interval(when)


def score(one: EventMentionRecord, other: EventMentionRecord) -> float:
    """The similarity of two mentions, 0 if they cannot be of one event.

    Mentions with a score of at least `THRESHOLD` can be of one event.
    """
    shared = len(set(one.participants).intersection(other.participants))
    if not shared:
        return 0.0
    gap = _gap(one, other)
    if gap is None:
        return 0.0
    same = one.lemma == other.lemma
    words = _overlap(one.stems - {one.lemma}, other.stems - {other.lemma})
    if same:
        base = 0.7 if one.lemma in FREQUENT_LEMMAS else 1.2
        if words < (0.34 if one.lemma in FREQUENT_LEMMAS else 0.2 if gap > 2 else 0.0):
            return 0.0
    else:
        base = 0.0
        if words < 0.6 or shared < 2 or one.status != other.status:
            return 0.0
    if one.status != other.status:
        base -= 0.2
    return base + 0.5 * min(shared, 3) + 2.0 * words - 0.03 * gap


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The number of shared words divided by the size of the smaller set.

    The divisor is at least 4, because small sets overlap by chance.
    """
    if not one or not other:
        return 0.0
    return len(one & other) / max(min(len(one), len(other)), 4)


def _gap(one: EventMentionRecord, other: EventMentionRecord) -> int | None:
    """The number of days between two mentions, None if they are too far apart for one event."""
    first, second = one.when_origin in EXPLICIT, other.when_origin in EXPLICIT
    if first and second and one.when and other.when:
        return 0 if days(one.when).overlaps(days(other.when), slack=1) else None
    if first != second:
        named, plain = (one, other) if first else (other, one)
        if named.when is None or plain.article_day is None:
            return None
        span = days(named.when)
        if span.first - 1 <= plain.article_day <= span.last + WINDOW:
            return max(0, plain.article_day - span.last)
        return None
    if one.article_day is None or other.article_day is None:
        return 3 if one.article_day == other.article_day else None
    gap = abs(one.article_day - other.article_day)
    return gap if gap <= WINDOW else None
