"""Summarises the mentions of one event for the timeline: its line, its date and its status."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tui.events.model import EventSummary, LinkedMention
from tui.events.terms import Vector, cosine, terms
from tui.ids import RowId
from tui.nlp.document import EventStatus
from tui.times.edtf import approximate, interval, is_qualified

_STATUS: tuple[EventStatus, ...] = ("happened", "planned", "claimed")
# A date in the sentence itself has more weight than that of its article.
_VOTES = {"clause": 3.0, "sentence": 2.0, "article": 1.0, "carried": 0.7, "none": 0.0}
_OWN = frozenset(("clause", "sentence"))
_NO_LINE = 1.5
# What telling well and reading well add to being near the centre of the others.
_TELLING, _READING = 0.5, 1.0
# How much of its weight an event keeps whose line reads badly.
_EXPONENT, _BADLY = 1.75, 0.03
# How much of its weight an event keeps without a line, and if sentences only mention it.
_WITHOUT_LINE, _ONLY_MENTIONED = 0.02, 0.2
# The number of terms that are kept of the centre of an event.
_CENTRE = 32


def summarise(
    mentions: Sequence[LinkedMention],
    vectors: Mapping[RowId, Vector],
    weights: Mapping[RowId, float],
    voices: int,
    raw: float,
) -> EventSummary:
    """The summary of an event; its headline is "" if no mention has a line.

    Args:
        mentions: its mentions, at least one, in their canonical order.
        vectors: their unit vectors by row id.
        weights: their weights by row id.
        voices: the number of independent accounts.
        raw: the weight of the event.
    """
    when = _when(mentions)
    span = interval(when) if when else None
    best = _best(mentions, vectors, weights)
    part = all(m.part for m in mentions)
    reads = max(_BADLY, best.merit**_EXPONENT) if best.line else _WITHOUT_LINE
    reported = [m.reported for m in mentions if m.reported is not None]
    return EventSummary(
        when=when,
        first=span.first if span else None,
        last=span.last if span else None,
        reported=min(reported, default=None),
        headline=best.line,
        best=best.mention,
        status=_status(mentions, weights),
        accounts=len({m.article for m in mentions if not m.part} or {m.article for m in mentions}),
        voices=voices,
        raw=raw * reads * (_ONLY_MENTIONED if part else 1),
        reads=reads,
        terms=terms(best.line) if best.line else best.terms,
        part=part,
        news=any(m.basis == "article" for m in mentions),
        participants=tuple(sorted({name for m in mentions for name in m.participants})),
        loose=not any(m.basis in _OWN for m in mentions),
        centre=_kept_centre(mentions, vectors),
    )


def centre(vectors: Iterable[Vector]) -> Vector:
    """The unit vector of the sum of some vectors."""
    total: defaultdict[int, float] = defaultdict(float)
    for vector in vectors:
        for term, value in vector.items():
            total[term] += value
    norm = sum(value * value for value in total.values()) ** 0.5
    return {term: total[term] / norm for term in sorted(total)} if norm else {}


def _kept_centre(mentions: Sequence[LinkedMention], vectors: Mapping[RowId, Vector]) -> Vector:
    """The greatest components of the centre of some mentions, those of one wording counted once."""
    once = {m.wording: vectors[m.mention] for m in mentions}
    found = centre(once.values())
    greatest = sorted(found, key=lambda term: (-found[term], term))[:_CENTRE]
    return {term: found[term] for term in sorted(greatest)}


def _best(
    mentions: Sequence[LinkedMention],
    vectors: Mapping[RowId, Vector],
    weights: Mapping[RowId, float],
) -> LinkedMention:
    """The mention whose line is shown: near the centre of the others, telling, and well formed."""
    if len(mentions) == 1:
        return mentions[0]
    middle = centre(vectors[m.mention] for m in mentions)

    def goodness(mention: LinkedMention) -> float:
        near = cosine(vectors[mention.mention], middle)
        return (
            near
            + _TELLING * mention.telling
            + _READING * mention.merit
            - (0 if mention.line else _NO_LINE)
        )

    # Of several alike, the first in canonical order.
    return max(mentions, key=goodness)


def _when(mentions: Sequence[LinkedMention]) -> str | None:
    """The date (EDTF) with the most votes, approximate if no sentence names it itself.

    Each article votes once for a date. Of two with as many votes, the more exact one is taken, and
    the earlier one.
    """
    votes: Counter[str] = Counter()
    seen: set[tuple[RowId, str]] = set()
    named = False
    for mention in mentions:
        if mention.when is None or (mention.article, mention.when) in seen:
            continue
        seen.add((mention.article, mention.when))
        day = mention.when.split("T")[0] if "/" not in mention.when else mention.when
        votes[day] += _VOTES[mention.basis]  # type: ignore[assignment]
        named = named or mention.basis in _OWN
    if not votes:
        return None
    when = max(votes, key=lambda w: (votes[w], -interval(w).days, -interval(w).first, w))
    if not named and not is_qualified(when):
        return approximate(when)
    return when


def _status(mentions: Sequence[LinkedMention], weights: Mapping[RowId, float]) -> EventStatus:
    """The status with the greatest weight; ties are resolved in the order happened, planned,
    claimed."""
    votes: Counter[EventStatus] = Counter()
    for mention in mentions:
        votes[mention.status] += 0.1 + weights[mention.mention]  # type: ignore[assignment]
    return max(_STATUS, key=lambda status: (votes[status], -_STATUS.index(status)))
