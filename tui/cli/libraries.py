"""Finds the library of a command: the one named, the latest one opened, or the bundled one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISFIFO

from tui import folders
from tui.session import store as session_store
from tui.storage.notebook_access import Notebook


def at_least(least: int) -> Callable[[str], int]:
    """A type for argparse: a whole number, not less than `least`."""

    def number(written: str) -> int:
        value = int(written)
        if value < least:
            raise argparse.ArgumentTypeError(f"{value} is below {least}")
        return min(value, 2**31)

    return number


def a_name(words: str) -> str:
    """A type for argparse: the name of an entity, which has letters."""
    if not words.strip():
        raise argparse.ArgumentTypeError("a name has letters")
    return words.strip()


def argument(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names a library to a parser."""
    parser.add_argument(
        "library",
        nargs="*",
        metavar="LIBRARY",
        help="a folder, files, or - for what comes in; by default the one opened most recently",
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A library given on the command line: its sources (absolute), and its configured name."""

    sources: tuple[Path, ...]
    name: str = ""


def named(words: list[str]) -> Named:
    """The library given by the words of a command line: paths, or one configured name.

    Without words, it is the latest library opened, or else the bundled one.

    Raises:
        OSError: if a stream cannot be read, or not be stored.
    """
    if len(words) == 1 and not Path(words[0]).exists() and words[0] != "-":
        from tui.config.loading import load

        known = load().libraries
        if words[0] in known:
            return Named(folders.absolute(known[words[0]]), words[0])
    return Named(folders.absolute(_sources(words)))


def name_of(sources: tuple[Path, ...], libraries: Mapping[str, tuple[Path, ...]]) -> str:
    """The configured name of a library, "" if it has none."""
    for name, paths in libraries.items():
        if folders.absolute(paths) == sources:
            return name
    return ""


def _sources(named: list[str]) -> tuple[Path, ...]:
    if named:
        return tuple(_spooled(name) if _is_stream(name) else Path(name) for name in named)
    notebook = Notebook(folders.notebook_file())
    try:
        latest = notebook.read(session_store.latest_library, lambda: None)
    finally:
        notebook.close()
    return latest or (folders.bundled("seeds"),)


def check_exists(sources: Sequence[Path]) -> bool:
    """Whether all sources of a library exist, or its cache; prints the missing sources if not."""
    from tui.articles.source_names import printable

    missing = [source for source in sources if not source.exists()]
    if not missing or folders.cache_of(sources).exists():
        return True
    for source in missing:
        print(f"dateline: {printable(str(source))}: no such file or folder", file=sys.stderr)
    return False


def _is_stream(name: str) -> bool:
    """Whether a source can be read only once, such as `-` or the FIFO of a shell's `<(...)`."""
    if name == "-":
        return True
    try:
        return S_ISFIFO(os.stat(name).st_mode)  # noqa: PTH116
    except OSError:
        return False


def _spooled(name: str) -> Path:
    """The file in the cache folder to which a stream is copied: JSON lines or one text."""
    from hashlib import blake2b

    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    suffix = "jsonl" if data.lstrip()[:1] == b"{" else "txt"
    folder = folders.cache_folder() / "stdin"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"stdin-{blake2b(data, digest_size=4).hexdigest()}.{suffix}"
    path.write_bytes(data)
    return path
