"""Which files a library has: one pass of names, sizes and times over its sources.

A folder's entries become one digest, so that a scan that finds nothing new compares one value a
folder and not one row a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from tui.model import Problem
from tui.reading.formats import SUFFIXES


@dataclass(frozen=True, slots=True)
class Folder:
    """The readable files of one folder: name, size in bytes, modification time in ns."""

    path: str
    files: tuple[tuple[str, int, int], ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Missing:
    """A source, or a folder below one, that is not there or may not be read."""

    path: str
    problem: Problem


def scan(sources: Sequence[Path]) -> Iterator[Folder | Missing]:
    """Every folder that holds something to read, in no certain order.

    Hidden files and folders are passed over, links to folders are not followed (a loop of links
    would have no end), and a file named as a source is read whatever its ending.
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
    """The sources without those that lie below another one: nothing is to be met twice."""
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
                    # The ending first: most of the cost of a scan is what is not asked.
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
