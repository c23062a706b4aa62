"""Bookmarks as Markdown, by a Jinja2 template: the default beside this file, or the reader's."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from tui.markdown_text import escaped
from tui.passages.model import Passage
from tui.times.date_labels import label

DEFAULT = Path(__file__).with_name("notebook.md.jinja")


class TemplateFault(ValueError):  # noqa: N818 - it names what is wrong, not who raised it
    """A template that cannot be used; the message gives the line of a syntax error."""


def render(passages: list[Passage], library: str, template: str | None = None) -> str:
    """The Markdown of bookmarks by a template, None for the default one.

    The template's variables are `library` and `articles`. An article has `title`, `date`, `label`
    (the date for display), `source`, `url`, `id` and `bookmarks`. A bookmark has `quote`,
    `original` (the quote as first bookmarked, if it was different), `note`, `tags`, `context`,
    `start`, `end`, `state`, `created`, `modified` and `id`. The filters are those of Jinja2, and
    `md`, which escapes the syntax of Markdown in a text. The template runs in Jinja2's sandbox.

    Consecutive passages of the same article are grouped, so `passages` must be sorted by article.

    Raises:
        TemplateFault: if the template has a syntax error or raises an exception.
    """
    from jinja2 import StrictUndefined, TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined
    )
    environment.filters["md"] = escaped
    source = DEFAULT.read_text(encoding="utf-8") if template is None else template
    try:
        return environment.from_string(source).render(library=library, articles=_articles(passages))
    except TemplateSyntaxError as error:
        raise TemplateFault(f"line {error.lineno}: {error.message}") from error
    except Exception as error:
        # A template is code of the reader, which may raise any exception.
        raise TemplateFault(f"{type(error).__name__}: {error}") from error


def _articles(passages: list[Passage]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for _, group in groupby(passages, key=_article):
        kept = list(group)
        b = kept[0].bookmark
        found.append(
            {
                "title": b.title,
                "date": b.date,
                "label": label(b.date),
                "source": b.source,
                "url": b.url,
                "id": b.article,
                "bookmarks": [_bookmark(passage) for passage in kept],
            }
        )
    return found


def _article(passage: Passage) -> tuple[str, str, str]:
    b = passage.bookmark
    return (b.date or "", b.title, b.article)


def _bookmark(passage: Passage) -> dict[str, Any]:
    b, s = passage.bookmark, passage.bookmark.selector
    attached = passage.anchor.attached
    return {
        "id": b.id,
        "quote": s.exact,
        "original": b.original,
        "note": b.note,
        "tags": list(b.tags),
        "context": b.context,
        "start": passage.anchor.start if attached else s.start,
        "end": passage.anchor.end if attached else s.end,
        "state": passage.anchor.state,
        "created": b.created,
        "modified": b.modified,
    }
