"""What the reader says of when articles were written, as values and as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tui.ids import ArticleHash
from tui.safe_text import safe_field
from tui.times.date_labels import label
from tui.times.edtf import valid
from tui.timestamps import EARLIEST, parse


@dataclass(frozen=True, slots=True)
class DateCorrection:
    """The date of an article by the reader, in place of the stated or inferred one.

    `date` is EDTF, "" if the article has no date. If its text has changed, the article is found by
    `url`, or, in the library whose id is `library`, by `source` and `record`. `title` is for
    people. `modified` is RFC 3339 in UTC. A withdrawn correction is kept, so that merging notebooks
    does not bring it back.
    """

    article: ArticleHash
    date: str
    library: str = ""
    url: str = ""
    source: str = ""
    record: int = 0
    title: str = ""
    modified: str = ""
    withdrawn: bool = False

    def says_the_same(self, other: DateCorrection) -> bool:
        """Whether two corrections of an article say the same, at whatever time."""
        return (self.date, self.withdrawn) == (other.date, other.withdrawn)


def describe(correction: DateCorrection) -> str:
    """A correction in words for the reader."""
    date = f"is of {label(correction.date)}" if correction.date else "has no date"
    return f"“{correction.title}” {date}"


def lines(corrections: Iterable[DateCorrection]) -> Iterator[str]:
    """One JSON object for each correction, without a line end, with `"type": "date"`."""
    for correction in corrections:
        yield json.dumps({"type": "date", **asdict(correction)}, ensure_ascii=False)


def read(data: dict[str, Any]) -> DateCorrection:
    """The correction in a record; a `modified` that cannot be read becomes `timestamps.EARLIEST`.

    Raises:
        ValueError: if the record is not a valid correction; the message says why.
    """
    article, date = safe_field(data, "article"), safe_field(data, "date")
    if not article:
        raise ValueError("the date of no article")
    if date and not valid(date):
        raise ValueError(f"not an EDTF date: {date}")
    record = data.get("record")
    return DateCorrection(
        article,
        date,
        safe_field(data, "library"),
        safe_field(data, "url"),
        safe_field(data, "source"),
        record if isinstance(record, int) and record >= 0 else 0,
        safe_field(data, "title"),
        parse(data.get("modified")) or EARLIEST,
        data.get("withdrawn") is True,
    )


def later(
    known: Iterable[DateCorrection], incoming: Iterable[DateCorrection]
) -> list[DateCorrection]:
    """The incoming corrections that were modified later than the known ones of the same article.

    Of two of the same moment, a withdrawn one counts as the later, then the greater date.
    """
    best = {correction.article: correction for correction in known}
    taken: dict[ArticleHash, DateCorrection] = {}
    for correction in incoming:
        before = best.get(correction.article)
        if before is None or _rank(correction) > _rank(before):
            best[correction.article] = taken[correction.article] = correction
    return list(taken.values())


def _rank(correction: DateCorrection) -> tuple[str, bool, str]:
    return correction.modified, correction.withdrawn, correction.date
