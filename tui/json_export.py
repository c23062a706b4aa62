"""A library as JSON objects: a contract to which fields are added, and in which none changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.articles.model import Article
from tui.library import Library
from tui.nlp.document import Document


def article_record(article: Article, document: Document) -> dict[str, Any]:
    """One article; every offset is a code point of `text`, from 0."""
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "date": article.date,
        "date_origin": article.date_origin,
        "date_evidence": article.date_evidence,
        "date_range": article.date_range,
        "date_confidence": article.date_confidence,
        "url": article.url,
        "text": article.text,
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "kind": m.kind, "entity": m.entity}
            for m in document.mentions
        ],
        "times": [
            {
                "start": t.start,
                "end": t.end,
                "text": t.text,
                "type": t.type,
                "value": t.value,
                "mod": t.mod,
                "edtf": t.edtf,
            }
            for t in document.times
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
            for e in document.events
        ],
    }


def articles(library: Library) -> Iterator[dict[str, Any]]:
    """One object for each article in order of date, undated ones last."""
    for row_id in library.articles.oldest_first():
        article = library.articles.get(row_id)
        if article is not None:
            yield article_record(article, library.document(row_id, article))


def timeline(library: Library, top: int | None = None) -> Iterator[dict[str, Any]]:
    """One object for each event in order of time, only the `top` weightiest if given."""
    for row, hashes in library.timeline.all_events(top):
        yield {
            "event": f"e{row.row_id}",
            "when": row.when,
            "headline": row.headline,
            "articles": hashes,
            "weight": row.weight,
            "status": row.status,
        }
