"""What the timeline says of an event, from all its tellings."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from tui.cache.links import Summary, Telling
from tui.edtf import interval
from tui.model import EventStatus

# A time named in the clause itself outweighs several articles that only came out that day.
_VOTES = {"clause": 3.0, "sentence": 1.2, "carried": 1.0}
_STATUS: tuple[EventStatus, ...] = ("happened", "planned", "claimed")


def summarise(tellings: Sequence[Telling], accounts: int) -> Summary | None:
    """The summary of an event; None where there is no telling. `accounts` counts its articles."""
    if not tellings:
        return None
    status = _status(tellings)
    when = _when(tellings)
    span = interval(when) if when else None
    return Summary(
        when=when,
        first=span.first if span else None,
        last=span.last if span else None,
        headline=_headline(tellings, status),
        status=status,
        accounts=accounts,
        weight=round(
            accounts + 0.25 * math.log2(len(tellings)) + (0.2 if status == "happened" else 0), 3
        ),
        inferred=bool(span and span.qualified),
    )


def _when(tellings: Sequence[Telling]) -> str | None:
    """The date with most votes. Articles that name none all vote for the earliest among them."""
    votes: Counter[str] = Counter()
    inherited: list[str] = []
    seen: set[tuple[int, str]] = set()
    for telling in tellings:
        if telling.when is None or (telling.article, telling.when) in seen:
            continue
        seen.add((telling.article, telling.when))
        if telling.when_origin in _VOTES:
            votes[telling.when] += _VOTES[telling.when_origin]  # type: ignore[assignment]
        else:
            inherited.append(telling.when)
    if inherited:
        earliest = min(inherited, key=lambda when: (interval(when).first, interval(when).qualified))
        votes[earliest] += len(inherited)
    if not votes:
        return None
    return max(votes, key=lambda when: (votes[when], -interval(when).days, -interval(when).first))


def _status(tellings: Sequence[Telling]) -> EventStatus:
    """What most tellings say; what happened wins a tie over what was planned or claimed."""
    counts = Counter(telling.status for telling in tellings)
    return max(_STATUS, key=lambda status: (counts[status], -_STATUS.index(status)))


def _headline(tellings: Sequence[Telling], status: EventStatus) -> str:
    """The telling that reads best alone: a whole clause, of middling length, name first."""

    def merit(telling: Telling) -> tuple[float, int, int]:
        words = telling.headline
        length = len(words)
        points = 2.0 if 24 <= length <= 64 else 1.0 if length < 76 else 0.0
        points -= 1.5 if words.endswith("…") else 0.0
        points += 1.0 if telling.status == status else 0.0
        points += 1.0 if _opens_with_name(telling) else 0.0
        return (points, -telling.article, -telling.start)

    return max(tellings, key=merit).headline


def _opens_with_name(telling: Telling) -> bool:
    opening = telling.headline.split(" ")
    second = opening[1] if len(opening) > 1 else ""
    possessive = opening[0].endswith(("’s", "'s", "’", "'")) or second.endswith(("’s", "'s"))
    return not possessive and (second[:1].isupper() or second.endswith("ed"))
