"""Annotations of web pages in the JSON that Hypothes.is exports and that its API returns.

Its offsets count UTF-16 code units of the text of the web page, not code points of the article's
text: they are only a hint, and the quote decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.passages.formats.web_annotation import selectors

_ID = "urn:hypothesis:"


def is_hypothesis(data: dict[str, Any]) -> bool:
    """Whether a JSON object is an export of Hypothes.is or an answer of its API."""
    return isinstance(data.get("annotations", data.get("rows")), list)


def read(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The annotations as records, without notes on whole pages and replies, which have no quote."""
    for item in data.get("annotations", data.get("rows")) or ():
        if not isinstance(item, dict):
            continue
        targets = item.get("target")
        target = targets[0] if isinstance(targets, list) and targets else {}
        quote = selectors(target.get("selector") if isinstance(target, dict) else None)
        if not quote.get("exact"):
            continue
        document = item.get("document")
        title = document.get("title") if isinstance(document, dict) else None
        yield {
            "id": f"{_ID}{item.get('id')}" if item.get("id") else "",
            "created": item.get("created"),
            "modified": item.get("updated") or item.get("created"),
            **quote,
            "url": item.get("uri"),
            "title": title[0] if isinstance(title, list) and title else title,
            "note": item.get("text"),
            "tags": item.get("tags"),
        }
