"""`.txt`: one article a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.model import Article, Problem
from tui.reading.articles import Fields, build
from tui.reading.decoding import decode, safe

_URL_LINE = re.compile(r"^(?:(?:url|source|link)\s*[:=]\s*)?(https?://\S+)\s*$", re.I | re.M)


def read(data: bytes, source: str) -> Iterator[Article | Problem]:
    """The article in a text file.

    Raises:
        NotText: if the bytes are no text.
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
