"""Summarises the mentions of an event for the timeline."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from tui.events.model import EventMentionRecord, EventSummary
from tui.nlp.document import EventStatus
from tui.times.edtf import interval

# A date in the clause itself has more weight than several articles published on one day.
_VOTE_WEIGHTS = {"clause": 3.0, "sentence": 1.2, "carried": 1.0}
_STATUS: tuple[EventStatus, ...] = ("happened", "planned", "claimed")


def summarise(mentions: Sequence[EventMentionRecord], accounts: int) -> EventSummary | None:
    """The summary of an event, None if it has no mentions; `accounts` is the number of articles."""
    if not mentions:
        return None
    status = _status(mentions)
    when = _when(mentions)
    span = interval(when) if when else None
    return EventSummary(
        when=when,
        first=span.first if span else None,
        last=span.last if span else None,
        headline=_headline(mentions, status),
        status=status,
        accounts=accounts,
        weight=round(
            accounts + 0.25 * math.log2(len(mentions)) + (0.2 if status == "happened" else 0), 3
        ),
        inferred=bool(span and span.qualified),
    )


def _when(mentions: Sequence[EventMentionRecord]) -> str | None:
    """The date (EDTF) with the most votes, None if no mention has a date.

    Each article votes once for a date, with a weight that depends on the origin of the date. All
    mentions that are dated by their articles vote for the earliest of their dates.
    """
    votes: Counter[str] = Counter()
    inherited: list[str] = []
    seen: set[tuple[int, str]] = set()
    for mention in mentions:
        if mention.when is None or (mention.article, mention.when) in seen:
            continue
        seen.add((mention.article, mention.when))
        if mention.when_origin in _VOTE_WEIGHTS:
            votes[mention.when] += _VOTE_WEIGHTS[mention.when_origin]  # type: ignore[assignment]
        else:
            inherited.append(mention.when)
    if inherited:
        earliest = min(inherited, key=lambda when: (interval(when).first, interval(when).qualified))
        votes[earliest] += len(inherited)
    if not votes:
        return None
    return max(votes, key=lambda when: (votes[when], -interval(when).days, -interval(when).first))


def _status(mentions: Sequence[EventMentionRecord]) -> EventStatus:
    """The most frequent status; ties are resolved in the order happened, planned, claimed."""
    counts = Counter(mention.status for mention in mentions)
    return max(_STATUS, key=lambda status: (counts[status], -_STATUS.index(status)))


def _headline(mentions: Sequence[EventMentionRecord], status: EventStatus) -> str:
    """The headline that reads best on its own.

    It is preferably complete, of medium length, of a mention with the given status, and begins with
    a name.
    """

    def merit(mention: EventMentionRecord) -> tuple[float, int, int]:
        words = mention.headline
        length = len(words)
        points = 2.0 if 24 <= length <= 64 else 1.0 if length < 76 else 0.0
        points -= 1.5 if words.endswith("…") else 0.0
        points += 1.0 if mention.status == status else 0.0
        points += 1.0 if _opens_with_name(mention) else 0.0
        return (points, -mention.article, -mention.start)

    return max(mentions, key=merit).headline


def _opens_with_name(mention: EventMentionRecord) -> bool:
    opening = mention.headline.split(" ")
    second = opening[1] if len(opening) > 1 else ""
    possessive = opening[0].endswith(("’s", "'s", "’", "'")) or second.endswith(("’s", "'s"))
    return not possessive and (second[:1].isupper() or second.endswith("ed"))
