"""How much each event of a day weighs: what the timeline shows first.

An event weighs by the articles that tell of it, each by its best sentence: more if it leads the
article or looks back at the day from later, less if it is a quote, an opinion or a plan, or off
what the articles of the day are about; and by the articles that tell of the day at all.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from tui.events.model import LinkedMention
from tui.events.terms import Vector
from tui.ids import RowId

_LEAD, _LEAD_SENTENCES = 1.5, 3
# Far down a page stand comments, archives and other articles.
_FAR, _FAR_SENTENCES = 0.3, 120
_LOOKING_BACK = 2.5
_UNDATED = 0.3
_PLANNED = 0.5
_BOILERPLATE = 0.02
# An article that mentions a day of long ago explains more than it reports.
_LONG_AGO, _LONG_AGO_DAYS = 0.3, 400
_OFF_TOPIC = 0.3


class DayTopic:
    """What the articles that tell of a day are about.

    An article is compared with the others only: it is not a witness to its own relevance.

    Args:
        mentions: the mentions of the day with their unit vectors.
    """

    def __init__(self, mentions: Sequence[tuple[LinkedMention, Vector]]) -> None:
        self._sum: defaultdict[int, float] = defaultdict(float)
        self._own: defaultdict[RowId, defaultdict[int, float]] = defaultdict(
            lambda: defaultdict(float)
        )
        for mention, vector in mentions:
            own = self._own[mention.article]
            for term, value in vector.items():
                self._sum[term] += value
                own[term] += value
        self._square = sum(value * value for value in self._sum.values())
        self._others: dict[RowId, float] = {}

    def closeness(self, mention: LinkedMention, vector: Vector) -> float:
        """The cosine of a mention and the sum of those of other articles."""
        own = self._own[mention.article]
        product = sum(value * (self._sum[term] - own[term]) for term, value in vector.items())
        square = self._others.get(mention.article)
        if square is None:
            square = self._others[mention.article] = self._square + sum(
                value * value - 2 * self._sum[term] * value for term, value in own.items()
            )
        return product / math.sqrt(square) if square > 1e-9 else 0.0


def mention_weight(mention: LinkedMention, day: int | None, closeness: float) -> float:
    """The weight of one mention, from 0 to 3 or so; `day` is the ordinal of the event's day."""
    weight = mention.telling * (_OFF_TOPIC + closeness)
    if mention.position < _LEAD_SENTENCES:
        weight *= _LEAD
    elif mention.position >= _FAR_SENTENCES:
        weight *= _FAR
    if mention.status == "planned":
        weight *= _PLANNED
    if mention.boilerplate:
        weight *= _BOILERPLATE
    if mention.when is None:
        weight *= _UNDATED
    elif day is not None and mention.reported is not None and _is_own(mention):
        if mention.reported - day > _LONG_AGO_DAYS:
            weight *= _LONG_AGO
        elif mention.reported > day + 1:
            weight *= _LOOKING_BACK
    return weight


def day_weight(mentions: Sequence[LinkedMention], day: int | None) -> float:
    """The weight of a day: the square root of the number of articles that tell of it, those that
    look back at it counted three times."""
    telling = {m.article for m in mentions}
    looking_back = {
        m.article
        for m in mentions
        if day is not None and m.reported is not None and m.reported > day + 1 and _is_own(m)
    }
    return math.sqrt(len(telling) + 2 * len(looking_back))


def event_weight(
    mentions: Sequence[LinkedMention], weights: Mapping[RowId, float], voices: Mapping[RowId, int]
) -> float:
    """The sum of the best mention of each article; a copy of another article adds nothing."""
    best: Counter[RowId] = Counter()
    for mention in mentions:
        if voices.get(mention.mention):
            best[mention.article] = max(best[mention.article], weights[mention.mention])  # type: ignore[assignment]
    return sum(best[article] for article in sorted(best))


def _is_own(mention: LinkedMention) -> bool:
    return mention.basis in ("clause", "sentence")
