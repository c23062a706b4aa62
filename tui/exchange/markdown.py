"""Bookmarks as Markdown, by a Jinja2 template: the one beside this file, or the reader's own."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Any

from tui.edtf import label
from tui.model import Passage

DEFAULT = Path(__file__).with_name("notebook.md.jinja")
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")


class TemplateFault(ValueError):  # noqa: N818 - it names what is wrong, not who raised it
    """A template that cannot be used; its words name the line."""


def render(passages: list[Passage], library: str, template: str | None = None) -> str:
    """All bookmarks by a template.

    It is given `library` and `articles`, each with `title`, `date`, `label`, `source`, `url`, `id`
    and `bookmarks`, each of these with `quote`, `original`
    (as it was kept, if that was otherwise), `note`, `tags`, `context`, `start`, `end`, `state`,
    `created`, `modified` and `id`. The filters are Jinja2's, and `md`, which keeps the signs of
    Markdown in somebody's text from meaning something. It runs in Jinja2's sandbox.

    Raises:
        TemplateFault: if the template is wrong.
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
        # A template is a program of the reader's: it may raise anything.
        raise TemplateFault(f"{type(error).__name__}: {error}") from error


def escaped(text: str) -> str:
    """Text in which Markdown sees no signs."""
    text = _SIGNS.sub(r"\\\1", text)
    text = re.sub(r"^(\s*)([-+=])", r"\1\\\2", text, flags=re.MULTILINE)
    text = re.sub(r"^(\s*\d+)([.)])(?=\s)", r"\1\\\2", text, flags=re.MULTILINE)
    # Four blanks at the start of a line would make code of it.
    return re.sub(r"^[ \t]+", "", text, flags=re.MULTILINE)


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
