"""What a page shows, as values: the article, what was read out of it, and what is kept of it."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tui.edtf import label
from tui.model import Analysis, Article, EventMention, Mention, Passage, TimeExpression

Mark = Mention | TimeExpression | EventMention


@dataclass(frozen=True, slots=True)
class Page:
    """What the reader shows: an article with its analysis, or (`raw`) its text as it came.

    `foreign` is a text in a language that the recogniser of names has not learnt.
    """

    article: Article
    analysis: Analysis = field(default_factory=Analysis)
    pending: bool = False
    absent: bool = False
    raw: str | None = None
    passages: tuple[Passage, ...] = ()
    foreign: bool = False

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self.article.text if self.raw is None else self.raw

    def meta(self) -> str:
        """The line under the title: date, how it is known, and where the article comes from."""
        article = self.article
        said = {"inferred": "inferred", "corrected": "corrected"}.get(article.date_origin, "")
        parts = [label(article.date, weekday=True) + (f" ({said})" if said else "")]
        if article.source:
            parts.append(article.source + (f":{article.record}" if article.record else ""))
        if self.absent:
            parts.append("absent: its file is gone")
        if self.raw is not None:
            parts.append("raw text")
        elif self.pending:
            parts.append("being analysed…")
        elif self.foreign:
            parts.append("not in English: names by rules alone")
        if self.raw is None and self.passages:
            kept = [p for p in self.passages if p.anchor.attached]
            check = sum(p.anchor.state == "near" for p in kept)
            lost = len(self.passages) - len(kept)
            words = f"{len(kept)} kept" + (f", {check} to check" if check else "")
            parts.insert(1, words + (f", {lost} lost (M)" if lost else ""))
        return " · ".join(parts)


class Spans:
    """Spans sorted by their starts, found by offset. They may overlap, by little."""

    def __init__(self, spans: Sequence[tuple[int, int]] = ()) -> None:
        self.starts = array("q", [start for start, _ in spans])
        self.ends = array("q", [end for _, end in spans])
        self._longest = max((end - start for start, end in spans), default=0)

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, start: int, end: int) -> Iterator[int]:
        """The numbers of the spans that share a character with one."""
        at = bisect_left(self.starts, start - self._longest)
        while at < len(self.starts) and self.starts[at] < end:
            if self.ends[at] > start:
                yield at
            at += 1

    def at(self, offset: int) -> int | None:
        """The number of the last span that an offset is in."""
        found = None
        for number in self.within(offset, offset + 1):
            found = number
        return found

    def next_start(self, offset: int, step: int) -> int | None:
        """The number of the span that starts next (`step` 1) or last (-1), seen from an offset."""
        at = bisect_right(self.starts, offset) if step > 0 else bisect_left(self.starts, offset) - 1
        return at if 0 <= at < len(self.starts) else None


def marks_of(page: Page, shown: Sequence[str]) -> list[Mention | TimeExpression]:
    """The names and times of a page that are to be marked, sorted; a time in a name is none."""
    if page.raw is not None:
        return []
    mentions = page.analysis.mentions if "names" in shown else ()
    marks: list[Mention | TimeExpression] = list(mentions)
    if "times" in shown:
        taken = Spans([(m.start, m.end) for m in mentions])
        marks.extend(
            time
            for time in page.analysis.times
            if next(taken.within(time.start, time.end), None) is None
        )
        marks.sort(key=lambda mark: mark.start)
    return marks
