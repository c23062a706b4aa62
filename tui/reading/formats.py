"""Which reader reads which file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tui.model import Article, Problem
from tui.reading import plain_text
from tui.reading.decoding import NotText, decode, safe

Reader = Callable[[bytes, str], Iterator[Article | Problem]]


def _markdown(data: bytes, source: str) -> Iterator[Article | Problem]:
    from tui.reading import markdown

    return markdown.read(data, source)


def _json_lines(data: bytes, source: str) -> Iterator[Article | Problem]:
    from tui.reading import json_lines

    return json_lines.read(data, source)


READERS: dict[str, Reader] = {
    ".txt": plain_text.read,
    ".text": plain_text.read,
    ".md": _markdown,
    ".markdown": _markdown,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
}
SUFFIXES = tuple(READERS)

# Windows would put line ends right and end at Ctrl-Z.
_BINARY = getattr(os, "O_BINARY", 0)


def read_file(path: str, source: str) -> Iterator[Article | Problem]:
    """The articles of one file and what is wrong with it; never raises for what a file holds."""
    try:
        # A descriptor of its own is half the cost of Path.read_bytes, over 100,000 files.
        descriptor = os.open(path, os.O_RDONLY | _BINARY)
        try:
            data = os.read(descriptor, os.fstat(descriptor).st_size + 1)
        finally:
            os.close(descriptor)
        if not data.strip():
            yield Problem(source, 0, "error", "empty")
            return
        reader = READERS.get(os.path.splitext(path)[1].lower(), plain_text.read)  # noqa: PTH122
        yield from reader(data, source)
    except NotText as error:
        yield Problem(source, 0, "error", f"not read: {error}")
    except FileNotFoundError:
        yield Problem(source, 0, "error", "vanished while being read", retry=True)
    except OSError as error:
        yield Problem(source, 0, "error", f"not readable: {error.strerror or error}", retry=True)
    except Exception as error:
        # A format's library may raise anything; the other files are to be read all the same.
        yield Problem(source, 0, "error", f"not read: {type(error).__name__}: {error}"[:300])


def raw_text(path: str, record: int = 0) -> str:
    """What a file holds before any cleaning, safe to show; of a JSONL file the one line.

    Raises:
        OSError: if the file cannot be read.
        NotText: if it is no text.
    """
    data = Path(path).read_bytes()
    if record:
        lines = data.split(b"\n")
        data = lines[record - 1] if record <= len(lines) else b""
    return safe(decode(data)[0])
