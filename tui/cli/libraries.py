"""Which library a command means: the one named, the one opened last, or the bundled one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tui import locations
from tui.notebook.store import Notebook


def argument(parser: argparse.ArgumentParser) -> None:
    """Let a command take a library."""
    parser.add_argument(
        "library",
        nargs="*",
        metavar="LIBRARY",
        help="a folder, files, or - for what comes in; by default the library opened last",
    )


def sources(named: list[str]) -> tuple[Path, ...]:
    """The sources that the words of a command line mean.

    Raises:
        OSError: if what comes in cannot be kept.
    """
    if named:
        return tuple(_spooled() if name == "-" else Path(name) for name in named)
    notebook = Notebook(locations.notebook_file())
    try:
        last = notebook.last_library()
    finally:
        notebook.close()
    return last or (locations.bundled("seeds"),)


def _spooled() -> Path:
    """What comes in on standard input, kept as a file of the cache: JSON lines or one text."""
    from hashlib import blake2b

    data = sys.stdin.buffer.read()
    suffix = "jsonl" if data.lstrip()[:1] == b"{" else "txt"
    folder = locations.cache_folder() / "stdin"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"stdin-{blake2b(data, digest_size=6).hexdigest()}.{suffix}"
    path.write_bytes(data)
    return path
