"""The machine-readable form of a library: a contract that only grows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.library import Library
from tui.model import Analysis, Article


def article_record(article: Article, analysis: Analysis) -> dict[str, Any]:
    """One article as the export writes it; every offset is a code point of `text`, from 0."""
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "date": article.date,
        "date_origin": article.date_origin,
        "url": article.url,
        "text": article.text,
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "kind": m.kind, "entity": m.entity}
            for m in analysis.mentions
        ],
        "times": [
            {"start": t.start, "end": t.end, "text": t.text, "type": t.type, "value": t.value}
            for t in analysis.times
        ],
        "events": [
            {
                "start": e.start,
                "end": e.end,
                "text": e.text,
                "trigger": list(e.trigger),
                "when": e.when,
                "when_origin": e.when_origin,
                "status": e.status,
                "event": f"e{e.event}",
                "participants": list(e.participants),
            }
            for e in analysis.events
        ],
    }


def articles(library: Library) -> Iterator[dict[str, Any]]:
    """One object for each article, in order of date, undated last."""
    for key in library.keys_by_date():
        article = library.article(key)
        if article is not None:
            yield article_record(article, library.analysis(key, article.text))


def timeline(library: Library, top: int | None = None) -> Iterator[dict[str, Any]]:
    """One object for each event in order of time, the `top` weightiest if given."""
    for row, ids in library.all_events(top):
        yield {
            "event": f"e{row.key}",
            "when": row.when,
            "headline": row.headline,
            "articles": ids,
            "weight": row.weight,
            "status": row.status,
        }
