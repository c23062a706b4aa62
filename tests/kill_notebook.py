"""Kills a process that keeps bookmarks, hundreds of times, and looks for what it had confirmed.

    python kill_notebook.py FOLDER TIMES

Forks, so that a kill costs milliseconds. Prints how many bookmarks were confirmed in all; exits 1
if one of them was lost, or if the notebook was damaged.
"""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import sys
from pathlib import Path

from building import bookmarks_in, save_in

from tui.passages.model import Bookmark, Selector
from tui.storage.notebook_access import Notebook
from tui.timestamps import now


def keep_for_ever(path: Path, pipe: int, first: int) -> None:
    """Keep bookmark after bookmark, and say each only when it is kept."""
    notebook = Notebook(path)
    number = first
    while True:
        moment = now()
        bookmark = Bookmark(
            f"urn:test:{number}", moment, moment, Selector(f"quote {number} " * 20, "", "", 0, 9)
        )
        save_in(notebook, bookmark, "library")
        os.write(pipe, f"{number}\n".encode())
        number += 1


def one_kill(path: Path, first: int, rng: random.Random) -> list[int]:
    """Let a child work for some milliseconds and kill it; what it confirmed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            os.close(reading)
            keep_for_ever(path, writing, first)
        os._exit(3)
    os.close(writing)
    heard = b""
    # At a random moment after a random number of confirmations.
    wanted = rng.randrange(4)
    while heard.count(b"\n") < wanted:
        data = os.read(reading, 65536)
        if not data:
            break
        heard += data
    select.select([], [], [], rng.random() * 0.004)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while data := os.read(reading, 65536):
        heard += data
    os.close(reading)
    return [int(line) for line in heard.split()]


def main() -> int:
    """Kill, and check after each time."""
    path = Path(sys.argv[1]) / "notebook.sqlite"
    rng = random.Random(7)
    confirmed: set[int] = set()
    for number in range(int(sys.argv[2])):
        confirmed.update(one_kill(path, number * 1000, rng))
        notebook = Notebook(path)
        found = {int(b.id.rsplit(":", 1)[1]) for b in bookmarks_in(notebook)}
        notice = notebook.message
        notebook.close()
        if notice or not confirmed <= found:
            print(notice or f"lost after {number} kills: {sorted(confirmed - found)}")
            return 1
    print(len(confirmed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
