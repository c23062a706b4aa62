"""Our side: homes that keep the reader's own folders out of it, commands, and the app."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import clock
import corpus
from terminal import Terminal

REPOSITORY = Path(__file__).resolve().parents[2]

# In the list only: the page opens the first article, not the second.
IN_LIST = corpus.HEADS[1].encode()


class Home:
    """A place for cache, data and config of Dateline (or of a rival), and its environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def env(self) -> dict[str, str]:
        """The environment of every process of a run: the user's own folders are out of reach."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {
            "LC_ALL": "C.UTF-8",
            **kept,
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "PYTHONPATH": str(REPOSITORY),
        }

    @property
    def cache(self) -> Path:
        """The one cache file in it.

        Raises:
            FileNotFoundError: if nothing was indexed here.
        """
        for path in (self.folder / "cache").rglob("*.sqlite"):
            return path
        raise FileNotFoundError(self.folder / "cache")

    def cache_size(self) -> int:
        """Bytes of the cache with all that belongs to it."""
        return sum(path.stat().st_size for path in self.cache.parent.glob("*.sqlite*"))

    def copy(self, folder: Path) -> Home:
        """A home with a copy of the cache."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return Home(folder)

    def clear(self) -> None:
        """Take out all that was kept here."""
        shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)

    def run(self, *arguments: str) -> clock.Used:
        """Run a command of Dateline to its end."""
        return clock.run(command(arguments), self.env, self.folder)

    def open(self, library: Path, *, fresh: bool = False) -> Terminal:
        """Start the reader in a terminal; `fresh` as if it had never been opened: no place, pane
        or article of the last time is taken up."""
        env = self.env
        if fresh:
            env["XDG_DATA_HOME"] = tempfile.mkdtemp(dir=self.folder)
        return Terminal(command([str(library)]), env, self.folder)

    def start(self, library: Path) -> clock.Used:
        """What the reader's own process uses until its list is on the screen."""
        with self.open(library) as terminal:
            return terminal.wait_for(IN_LIST)


def command(arguments: Sequence[str]) -> list[str]:
    """The command line of Dateline."""
    return [sys.executable, "-m", "tui", *arguments]


def opened(home: Home, library: Path) -> Terminal:
    """The reader with its list on the screen and its indexing process done with its scan."""
    terminal = home.open(library, fresh=True)
    terminal.wait_for(IN_LIST)
    indexing_ended(terminal)
    return terminal


def indexing_ended(terminal: Terminal, seconds: float = 300.0) -> None:
    """Wait until the reader has begun its indexing process and that has ended.

    Raises:
        TimeoutError: if it has not ended by then.
    """
    begin = time.perf_counter()
    seen = False
    while time.perf_counter() - begin < seconds:
        terminal.settle(0.05)
        running = bool(clock.children_of(terminal.pid))
        # A child that came and went unseen is as good.
        if not running and (seen or time.perf_counter() - begin > 3.0):
            terminal.settle()
            return
        seen = seen or running
    raise TimeoutError("the indexing process has not ended")
