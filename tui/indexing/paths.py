"""How the sources of articles are named to the reader."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def common_root(sources: Sequence[Path]) -> str:
    """The folder that sources are named from: the one opened, else the one they share."""
    if len(sources) == 1:
        source = sources[0]
        return str(source if source.is_dir() else source.parent)
    try:
        return os.path.commonpath([str(source) for source in sources])
    except ValueError:
        return ""


def shown(path: str, root: str) -> str:
    """A path as the reader sees it: from the library's folder on, with signs for what cannot be
    shown."""
    if root and path.startswith(root.rstrip(os.sep) + os.sep):
        path = path[len(root.rstrip(os.sep)) + 1 :]
    return printable(path)


def printable(path: str) -> str:
    """A path without surrogates and control characters."""
    if path.isascii() and path.isprintable():
        return path
    # Only for such a path: the command line starts without the readers.
    from tui.reading.decoding import safe_line

    return safe_line(path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
