"""A library as JSON objects: a contract to which fields are added, and in which none changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.articles.model import Article
from tui.articles.outlets import outlet
from tui.articles.source_names import common_root, shown
from tui.events.formats.timeline_record import AccountRecord, TimelineRecord
from tui.events.model import BestAccount
from tui.events.timeline_store import Selection
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
                "trigger": list(trigger),
                "when": e.when,
                "when_origin": e.when_origin,
                "status": e.status,
                "modality": e.modality,
                "event": f"e{e.event}",
                "participants": list(e.participants),
            }
            for e in document.events
            for trigger in e.triggers
        ],
    }


def articles(library: Library) -> Iterator[dict[str, Any]]:
    """One object for each article in order of date, undated ones last."""
    for row_id in library.articles.oldest_first():
        article = library.articles.get(row_id)
        if article is not None:
            yield article_record(article, library.document(row_id, article))


def timeline(library: Library, selection: Selection | None = None) -> Iterator[TimelineRecord]:
    """One object for each event of a selection in order of time."""
    root = common_root(library.sources)
    for row, hashes, best in library.timeline.all_events(selection):
        yield {
            "event": f"e{row.row_id}",
            "when": row.when,
            "headline": row.headline,
            "articles": hashes,
            "weight": row.weight,
            "status": row.status,
            "voices": row.voices,
            "account": _account(best, root) if best is not None else None,
            "corrected": list(row.said),
        }


def _account(account: BestAccount, root: str) -> AccountRecord:
    return {
        "quote": account.quote,
        "outlet": outlet(account.url, shown(account.path, root)),
        "title": account.title,
        "url": account.url,
        "date": account.date,
        "article": account.article,
    }
