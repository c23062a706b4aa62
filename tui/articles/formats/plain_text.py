"""`.txt`: one article per file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.articles.article_fields import Fields, build
from tui.articles.decoding import decode
from tui.articles.model import Article, Problem
from tui.safe_text import safe

_URL_LINE = re.compile(r"^(?:(?:url|source|link)\s*[:=]\s*)?(https?://\S+)\s*$", re.I | re.M)


def read(data: bytes, source: str) -> Iterator[Article | Problem]:
    """The article in a text file.

    A line that consists of a URL, in the first 2000 characters, is the article's address and not
    part of its text.

    Raises:
        NotText: if the bytes are not text.
    """
    text, warning = decode(data)
    if warning:
        yield Problem(source, 0, "warning", warning)
    raw, url = safe(text), ""
    if "://" in raw:
        match = _URL_LINE.search(raw, 0, 2000)
        if match is not None:
            url = match[1]
            raw = raw[: match.start()] + raw[match.end() :]
    yield from build(Fields(raw=raw, url=url), source)
