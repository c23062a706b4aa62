"""Bookmarks as W3C Web Annotations (JSON-LD), for import and export.

The format follows the Web Annotation Data Model and Vocabulary of February 2017: an AnnotationPage
of Annotations, each with a TextQuoteSelector and a TextPositionSelector. Fields that are not in the
model (such as the article's hash, date, file and context) have names in a vocabulary of this
program, which `@context` declares. Hypothes.is exports a similar format: see `hypothesis`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tui.passages.model import Bookmark, Passage

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "dateline": "urn:dateline:terms#",
        "article": "dateline:article",
        "date": "dateline:date",
        "file": "dateline:file",
        "context": "dateline:context",
        "title": "dateline:title",
        "deleted": "dateline:deleted",
        "original": "dateline:original",
    },
]
_ARTICLE = "urn:dateline:article:"


def page(passages: list[Passage]) -> str:
    """The JSON text of bookmarks as one AnnotationPage."""
    items = [annotation(passage.bookmark) for passage in passages]
    whole = {"@context": _CONTEXT, "type": "AnnotationPage", "items": items}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def annotation(bookmark: Bookmark) -> dict[str, Any]:
    """A bookmark as an Annotation.

    The source of its target is the article's address, or a URN of its hash if it has no address.
    """
    b, s = bookmark, bookmark.selector
    bodies: list[dict[str, str]] = []
    if b.note:
        bodies.append(
            {
                "type": "TextualBody",
                "value": b.note,
                "format": "text/plain",
                "purpose": "commenting",
            }
        )
    bodies += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in b.tags]
    found: dict[str, Any] = {
        "id": b.id,
        "type": "Annotation",
        "motivation": "commenting" if b.note else "bookmarking",
        "created": b.created,
        "modified": b.modified,
        "target": {
            "type": "SpecificResource",
            "source": b.url or f"{_ARTICLE}{b.article}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": s.exact,
                    "prefix": s.prefix,
                    "suffix": s.suffix,
                },
                {"type": "TextPositionSelector", "start": s.start, "end": s.end},
            ],
        },
        "article": b.article,
        "title": b.title,
        "date": b.date,
        "file": b.source,
        "context": b.context,
    }
    if bodies:
        found["body"] = bodies
    if b.deleted:
        found["deleted"] = True
    if b.original:
        found["original"] = b.original
    return found


def read(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The annotations in a page, in the first page of a collection, or a single one, as records."""
    if data.get("type") == "AnnotationCollection" and isinstance(data.get("first"), dict):
        data = data["first"]
    items = data.get("items")
    if not isinstance(items, list):
        items = [data] if data.get("type") == "Annotation" else []
    for item in items:
        if isinstance(item, dict):
            yield _record(item)


def _record(item: dict[str, Any]) -> dict[str, Any]:
    target = item.get("target")
    target = target[0] if isinstance(target, list) and target else target
    target = target if isinstance(target, dict) else {}
    source = target.get("source")
    source = source.get("id") if isinstance(source, dict) else source
    source = source if isinstance(source, str) else ""
    bodies = item.get("body") or []
    bodies = [b for b in (bodies if isinstance(bodies, list) else [bodies]) if isinstance(b, dict)]
    notes = [b["value"] for b in bodies
             if b.get("purpose") != "tagging" and isinstance(b.get("value"), str)]  # fmt: skip
    return {
        "id": item.get("id"),
        "created": item.get("created"),
        "modified": item.get("modified") or item.get("created"),
        **selectors(target.get("selector")),
        "article": item.get("article")
        or source.removeprefix(_ARTICLE) * source.startswith(_ARTICLE),
        "url": "" if source.startswith(_ARTICLE) else source,
        "title": item.get("title"),
        "date": item.get("date"),
        "source": item.get("file"),
        "context": item.get("context"),
        "note": "\n\n".join(notes),
        "tags": [b.get("value") for b in bodies if b.get("purpose") == "tagging"],
        "deleted": item.get("deleted"),
        "original": item.get("original"),
    }


def selectors(found: object) -> dict[str, Any]:
    """The quote and the start of selectors (one or a list), by the names of a record's fields."""
    fields: dict[str, Any] = {}
    for selector in found if isinstance(found, list) else [found]:
        if not isinstance(selector, dict):
            continue
        if selector.get("type") == "TextQuoteSelector":
            fields |= {name: selector.get(name) for name in ("exact", "prefix", "suffix")}
        elif selector.get("type") == "TextPositionSelector":
            fields["start"] = selector.get("start")
    return fields
