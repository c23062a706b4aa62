"""The line below the title of a page."""

from __future__ import annotations

from tui.page_content import Page
from tui.times.date_labels import label


def meta_line(page: Page) -> str:
    """The date and its origin, the source, and the state of the article, in one line."""
    article = page.article
    origin = {"inferred": "inferred", "corrected": "corrected"}.get(article.date_origin, "")
    parts = [label(article.date, weekday=True) + (f" ({origin})" if origin else "")]
    if article.source:
        parts.append(article.source + (f":{article.record}" if article.record else ""))
    if page.absent:
        parts.append("absent: its file is gone")
    if page.raw is not None:
        parts.append("raw text")
    elif page.pending:
        parts.append("being analysed…")
    elif page.names_by_rules:
        parts.append("not in English: names by rules alone")
    if page.raw is None and page.passages:
        kept = [p for p in page.passages if p.anchor.attached]
        check = sum(p.anchor.state == "near" for p in kept)
        lost = len(page.passages) - len(kept)
        words = f"{len(kept)} kept" + (f", {check} to check" if check else "")
        parts.insert(1, words + (f", {lost} lost (M)" if lost else ""))
    return " · ".join(parts)
