"""Which library a command means: the one named, the one opened last, or the bundled one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISFIFO

from tui import locations
from tui.notebook.store import Notebook


def at_least(least: int) -> Callable[[str], int]:
    """A whole number for argparse, not below some least."""

    def number(written: str) -> int:
        value = int(written)
        if value < least:
            raise argparse.ArgumentTypeError(f"{value} is below {least}")
        return min(value, 2**31)

    return number


def argument(parser: argparse.ArgumentParser) -> None:
    """Let a command take a library."""
    parser.add_argument(
        "library",
        nargs="*",
        metavar="LIBRARY",
        help="a folder, files, or - for what comes in; by default the library opened last",
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A library as a command line means it: its sources, absolute, and its name in the config."""

    sources: tuple[Path, ...]
    name: str = ""


def named(words: list[str]) -> Named:
    """The library that the words of a command line mean: paths, or one name of the config.

    Raises:
        OSError: if what comes in cannot be kept.
    """
    if len(words) == 1 and not Path(words[0]).exists() and words[0] != "-":
        from tui import config

        known = config.load().libraries
        if words[0] in known:
            return Named(locations.absolute(known[words[0]]), words[0])
    return Named(locations.absolute(_sources(words)))


def name_of(sources: tuple[Path, ...], libraries: Mapping[str, tuple[Path, ...]]) -> str:
    """What the config calls a library, "" if nothing."""
    for name, paths in libraries.items():
        if locations.absolute(paths) == sources:
            return name
    return ""


def _sources(named: list[str]) -> tuple[Path, ...]:
    if named:
        return tuple(_spooled(name) if _is_stream(name) else Path(name) for name in named)
    notebook = Notebook(locations.notebook_file())
    try:
        last = notebook.last_library()
    finally:
        notebook.close()
    return last or (locations.bundled("seeds"),)


def known(sources: Sequence[Path]) -> bool:
    """Whether there is anything to answer from: a source, or a cache of it. Says it if not."""
    from tui.indexing.paths import printable

    missing = [source for source in sources if not source.exists()]
    if not missing or locations.cache_of(sources).exists():
        return True
    for source in missing:
        print(f"dateline: {printable(str(source))}: no such file or folder", file=sys.stderr)
    return False


def _is_stream(name: str) -> bool:
    """Whether a source can be read only once, as `-` and what a shell makes of `<(...)`."""
    if name == "-":
        return True
    try:
        return S_ISFIFO(os.stat(name).st_mode)  # noqa: PTH116
    except OSError:
        return False


def _spooled(name: str) -> Path:
    """What comes in, kept as a file of the cache: JSON lines or one text."""
    from hashlib import blake2b

    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    suffix = "jsonl" if data.lstrip()[:1] == b"{" else "txt"
    folder = locations.cache_folder() / "stdin"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"stdin-{blake2b(data, digest_size=4).hexdigest()}.{suffix}"
    path.write_bytes(data)
    return path
