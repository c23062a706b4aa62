"""`.md`: front matter (YAML between `---`, TOML between `+++`) and a body in CommonMark."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tui.articles.article_fields import Fields, build, scalar
from tui.articles.cleaning import PARAGRAPH
from tui.articles.decoding import decode
from tui.articles.model import Article, Problem
from tui.safe_text import safe

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

# The C loader is ten times faster, but not every build of PyYAML has it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FRONT = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(.*?\n)?\1[ \t]*(?:\n|$)", re.DOTALL)
_DATES = ("date", "published", "pubdate", "date_published", "created", "updated")
_URLS = ("url", "link", "source", "canonical", "source_url")


def read(data: bytes, source: str) -> Iterator[Article | Problem]:
    """The article in a Markdown file.

    Raises:
        NotText: if the bytes are not text.
    """
    text, warning = decode(data)
    if warning:
        yield Problem(source, 0, "warning", warning)
    text = safe(text)
    meta: dict[str, Any] = {}
    if match := _FRONT.match(text):
        try:
            meta = _front_matter(match[1], match[2] or "")
            text = text[match.end() :]
        except (yaml.YAMLError, tomllib.TOMLDecodeError) as error:
            what = str(error).split("\n")[0]
            yield Problem(source, 0, "warning", f"front matter not understood: {what}")
    title, body, headings = _plain(text)
    yield from build(
        Fields(
            raw=safe(body),
            title=scalar(meta.get("title")) or title,
            date=_first(meta, _DATES),
            url=_first(meta, _URLS),
            headings=headings,
        ),
        source,
    )


def _front_matter(fence: str, block: str) -> dict[str, Any]:
    # BaseLoader leaves every value a string, so that `build` reports a date that does not exist.
    found = tomllib.loads(block) if fence == "+++" else yaml.load(block, Loader=_LOADER)
    return {str(k).lower(): v for k, v in found.items()} if isinstance(found, dict) else {}


def _first(meta: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := scalar(meta.get(name)))), "")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").enable("strikethrough")


def _plain(text: str) -> tuple[str, str, tuple[int, ...] | None]:
    """The title (a heading of level 1 before all other text, else ""), the body, and headings.

    The headings are always None, because cleaning could shift their offsets; it finds the same
    headings by their form.
    """
    title = ""
    lines: list[str] = []
    level = 0
    for token in _parser().parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "inline":
            line = " ".join(_inline(token.children or []).split())
            if level == 1 and not title and not lines:
                title = line
            elif line:
                lines.append(line)
            level = 0
        elif token.type in ("fence", "code_block"):
            lines.append(" ".join(token.content.split()))
    return title, PARAGRAPH.join(lines), None


def _inline(tokens: list[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            continue
        elif token.content and token.type != "html_inline":
            parts.append(token.content)
    return "".join(parts)
