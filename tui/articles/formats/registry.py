"""The parsers of articles, by the suffix of the file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tui.articles.decoding import NotText, decode
from tui.articles.formats import plain_text
from tui.articles.model import Article, Problem
from tui.safe_text import safe

Parser = Callable[[bytes, str], Iterator[Article | Problem]]


def _markdown(data: bytes, source: str) -> Iterator[Article | Problem]:
    from tui.articles.formats import markdown

    return markdown.read(data, source)


def _json_lines(data: bytes, source: str) -> Iterator[Article | Problem]:
    from tui.articles.formats import json_lines

    return json_lines.read(data, source)


PARSERS: dict[str, Parser] = {
    ".txt": plain_text.read,
    ".text": plain_text.read,
    ".md": _markdown,
    ".markdown": _markdown,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
}
SUFFIXES = tuple(PARSERS)

# Without this flag, Windows translates line ends and stops at Ctrl-Z.
_BINARY = getattr(os, "O_BINARY", 0)


def read_file(path: str, source: str) -> Iterator[Article | Problem]:
    """The articles and the problems of one file; an error while reading it is a problem too."""
    try:
        # For 100,000 files, os.read takes half the time of Path.read_bytes.
        descriptor = os.open(path, os.O_RDONLY | _BINARY)
        try:
            data = os.read(descriptor, os.fstat(descriptor).st_size + 1)
        finally:
            os.close(descriptor)
        if not data.strip():
            yield Problem(source, 0, "error", "empty")
            return
        parser = PARSERS.get(os.path.splitext(path)[1].lower(), plain_text.read)  # noqa: PTH122
        yield from parser(data, source)
    except NotText as error:
        yield Problem(source, 0, "error", f"not read: {error}")
    except FileNotFoundError:
        yield Problem(source, 0, "error", "vanished while being read", retry=True)
    except OSError as error:
        yield Problem(source, 0, "error", f"not readable: {error.strerror or error}", retry=True)
    except Exception as error:
        # A parser library may raise any exception, which must not stop the reading of other files.
        yield Problem(source, 0, "error", f"not read: {type(error).__name__}: {error}"[:300])


def raw_text(path: str, record: int = 0) -> str:
    """The safe text of a file before cleaning, or that of its line `record` (from 1), if given.

    It is "" if there is no such line.

    Raises:
        OSError: if the file cannot be read.
        NotText: if it is not text.
    """
    data = Path(path).read_bytes()
    if record:
        lines = data.split(b"\n")
        data = lines[record - 1] if record <= len(lines) else b""
    return safe(decode(data)[0])
