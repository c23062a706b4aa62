"""Scans the sources of a library for the names, sizes and modification times of its files.

The entries of a folder are combined into one digest, so that a scan that finds no change compares
one value per folder instead of one row per file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from tui.articles.formats.registry import SUFFIXES
from tui.articles.model import Problem


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one folder that can be read: name, size in bytes, modification time in ns."""

    path: str
    files: tuple[tuple[str, int, int], ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Missing:
    """A source, or a folder below one, that does not exist or cannot be read."""

    path: str
    problem: Problem


def scan(sources: Sequence[Path]) -> Iterator[Folder | Missing]:
    """The folders with files to read, and what cannot be read, in no particular order.

    Hidden files and folders are skipped, links to folders are not followed (a cycle of links would
    never end), and a file that is itself a source is included whatever its suffix.
    """
    named: dict[str, list[tuple[str, int, int]]] = {}
    for path in _apart(sources):
        try:
            stat = os.stat(path)
        except OSError as error:
            yield Missing(path, Problem(path, 0, "error", f"not found: {error.strerror}"))
            continue
        if S_ISDIR(stat.st_mode):
            yield from _below(path)
        elif S_ISREG(stat.st_mode):
            folder, name = os.path.split(path)
            named.setdefault(folder, []).append((name, stat.st_size, stat.st_mtime_ns))
        else:
            yield Missing(path, Problem(path, 0, "error", "not read: no file and no folder"))
    for folder, files in named.items():
        yield _folder(folder, files)


def _apart(sources: Sequence[Path]) -> list[str]:
    """The sources without those that are below another one, so that no file is found twice."""
    paths = list(dict.fromkeys(str(source) for source in sources))
    return [
        path
        for path in paths
        if not any(path.startswith(other.rstrip(os.sep) + os.sep) for other in paths)
    ]


def _below(top: str) -> Iterator[Folder | Missing]:
    pending = [top]
    while pending:
        path = pending.pop()
        files: list[tuple[str, int, int]] = []
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith("."):
                        continue
                    # The suffix first: most of the cost would be system calls for other entries.
                    if name.endswith(SUFFIXES) or name.lower().endswith(SUFFIXES):
                        try:
                            stat = entry.stat()
                        except OSError:
                            continue
                        if S_ISREG(stat.st_mode):
                            files.append((name, stat.st_size, stat.st_mtime_ns))
                            continue
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
        except OSError as error:
            yield Missing(path, Problem(path, 0, "error", f"not readable: {error.strerror}"))
            continue
        if files:
            yield _folder(path, files)


def _folder(path: str, files: list[tuple[str, int, int]]) -> Folder:
    files.sort()
    digest = blake2b(repr(files).encode("utf-8", "surrogateescape"), digest_size=16).digest()
    return Folder(path, tuple(files), digest)
