"""`dateline doctor`: reports paths, versions, and what is damaged, absent or was skipped."""

from __future__ import annotations

import argparse
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tui import __version__, folders
from tui.articles.source_names import printable
from tui.cli import libraries
from tui.config.loading import load, path
from tui.storage import backups
from tui.storage.open_cache import integrity, open_cache
from tui.storage.recovery import Damaged

_PARTS = (
    "textual",
    "rich",
    "dateparser",
    "platformdirs",
    "markdown-it-py",
    "PyYAML",
    "onnxruntime",
    "pebble",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    libraries.argument(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; returns 1 if something is damaged, absent or was skipped, else 0."""
    from tui.library import Library

    sources = libraries.named(options.library).sources
    cache = folders.cache_of(sources)
    _line("dateline", __version__)
    _line("python", f"{platform.python_version()} on {platform.system()}")
    _line("sqlite", sqlite3.sqlite_version)
    for part in _PARTS:
        _line(part, _version(part))
    _line("names", _recogniser(load().recogniser))
    for source in sources:
        _line("library", f"{source}" + ("" if source.exists() else "  (absent)"))
    _line("cache", _file(cache))
    notebook = folders.notebook_file()
    _line("notebook", _file(notebook))
    for backup in backups.newest_first(notebook)[:1]:
        _line("its latest backup", _file(backup))
    for name in (notebook.name, cache.name):
        folder = notebook.parent if name == notebook.name else cache.parent
        for aside in sorted(folder.glob(f"{name}.damaged-*")):
            if not aside.name.endswith(("-wal", "-shm")):
                _line("set aside", _file(aside))
    _line("config", _file(path()))
    verdict = _verdict(cache)
    _line("check", verdict)
    bad = verdict not in ("ok", "no cache yet") or any(not s.exists() for s in sources)
    if verdict != "ok":
        return int(bad)
    library = Library(sources)
    status = library.articles.status()
    _line("articles", f"{status.articles}, {status.analysed} analysed, {status.events} events")
    absent = library.articles.absent_count()
    if absent:
        _line("absent", f"{absent} articles whose file is gone; their text stays")
    problems = library.articles.problems()
    for problem in problems:
        print(problem.severity, problem.place, problem.what, sep="\t")
    library.close()
    return int(bad or bool(problems))


def _line(name: str, value: str) -> None:
    print(name, printable(value), sep="\t")


def _recogniser(name: str) -> str:
    """The version of the configured recogniser, or why it cannot be used."""
    from tui.entities.recognition import recognisers

    return recognisers.load(name).missing or recognisers.version(name)


def _version(part: str) -> str:
    try:
        return version(part)
    except PackageNotFoundError:
        return "absent"


def _file(path: Path) -> str:
    try:
        return f"{path}  ({path.stat().st_size / 1e6:.1f} MB)"
    except OSError:
        return f"{path}  (none yet)"


def _verdict(cache: Path) -> str:
    if not cache.exists():
        return "no cache yet"
    try:
        opened = open_cache(cache, readonly=True)
    except Damaged as error:
        return f"damaged: {error}"
    except (sqlite3.Error, OSError) as error:
        return f"cannot be opened: {error}"
    try:
        return integrity(opened)
    finally:
        opened.close()
