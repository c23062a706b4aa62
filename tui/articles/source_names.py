"""The names of the sources of articles, as they are displayed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def common_root(sources: Sequence[Path]) -> str:
    """The folder that displayed paths are relative to.

    It is the only source (its folder, if it is a file), or else the longest common path of the
    sources, "" if they have none.
    """
    if len(sources) == 1:
        source = sources[0]
        return str(source if source.is_dir() else source.parent)
    try:
        return os.path.commonpath([str(source) for source in sources])
    except ValueError:
        return ""


def shown(path: str, root: str) -> str:
    """A path as it is displayed: relative to `root` if it is below it, and printable."""
    if root and path.startswith(root.rstrip(os.sep) + os.sep):
        path = path[len(root.rstrip(os.sep)) + 1 :]
    return printable(path)


def printable(path: str) -> str:
    """A path in which surrogates and control characters are replaced by visible characters."""
    if path.isascii() and path.isprintable():
        return path
    # Imported here because most paths do not need it, so that the command line starts faster.
    from tui.safe_text import safe_line

    return safe_line(path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
