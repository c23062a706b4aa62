"""Starting: cpu until the list is on the screen; and the memory of what then runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import clock
import corpus
from bench import Bench
from dateline import Home, opened
from table import Row, compared, mb, ms
from terminal import Terminal

_BARE = str(Path(__file__).with_name("bare_app.py"))


def start(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """The start against a bare Textual app, against the smallest library, against newsboat."""
    library, home = bench.library, bench.full
    bare_home = Home(bench.work / "bare")

    def ours() -> clock.Used:
        return home.start(library)

    def bare() -> clock.Used:
        with Terminal([sys.executable, _BARE], bare_home.env, bare_home.folder) as terminal:
            return terminal.wait_for(corpus.HEADS[1].encode())

    ours()
    mine, rival = clock.in_turn(bench.rounds, ours, bare)
    yield compared(
        "start to the list filled, against a bare Textual app", mine.cpu, rival.cpu, 1.5, "cpu",
        f"wall {ms(mine.wall)} : {ms(rival.wall)}",
    )  # fmt: skip
    small = others[0]
    if small.count < bench.count:
        small_library, small_home = small.library, small.full
        small_home.start(small_library)
        mine, rival = clock.in_turn(bench.rounds, ours, lambda: small_home.start(small_library))
        yield compared(
            f"start, {bench.count:,} against {small.count:,} articles",
            mine.cpu, rival.cpu, 1.2, "cpu", f"wall {ms(mine.wall)} : {ms(rival.wall)}",
        )  # fmt: skip
    boat = bench.newsboat
    if boat is not None:
        mine, rival = clock.in_turn(min(bench.rounds, 3), ours, boat.start)
        yield compared(
            "start, against newsboat (to its list of feeds)", mine.cpu, rival.cpu, 0.08, "cpu",
            f"wall {ms(mine.wall)} : {ms(rival.wall)}",
        )  # fmt: skip


def memory(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """Resident memory, the list open and its cursor at the end."""
    with opened(bench.full, bench.library) as terminal:
        terminal.send(b"G")
        mine = clock.rss_of(terminal.pid)
    boat = bench.newsboat
    if boat is not None:
        rival = boat.memory()
        note = "the app's own process, cursor at the end"
        yield Row(
            "memory, against newsboat's list of all", mb(mine), mb(rival), mine / rival, 0.15, note
        )
