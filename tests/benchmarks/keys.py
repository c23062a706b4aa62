"""Keys in a real terminal: from the key to the last byte of the repaint.

Both sides of a comparison are open at the same time and get their keys in turn. Wall time is what
the reader feels and what is judged; the cpu of the app's process is told beside it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import clock
import corpus
import timelines
from bench import Bench
from dateline import IN_LIST, Home, opened
from table import Row, ms
from terminal import Paint, Terminal

_BARE = str(Path(__file__).with_name("bare_list.py"))

# Opening takes more than one frame: the cursor's, the page's, the focus's.
_OPENING_QUIET = 0.1


@contextmanager
def _bare_list(bench: Bench) -> Iterator[Terminal]:
    home = Home(bench.work / "bare")
    with Terminal([sys.executable, _BARE], home.env, home.folder) as terminal:
        terminal.wait_for(b"article 3")
        terminal.settle()
        yield terminal


def _timed(terminal: Terminal, key: bytes) -> Paint:
    paint = terminal.press(key)
    terminal.settle()
    return paint


def _row(
    work: str, mine: Sequence[Paint], rival: Sequence[Paint], most: float | None, note: str = ""
) -> Row:
    ours, theirs = (median(p.wall for p in side) for side in (mine, rival))
    cpu = median(p.cpu for p in mine) / median(p.cpu for p in rival)
    p95 = quantiles((p.wall for p in mine), n=20)[-1]
    size = int(median(len(p.data) for p in mine))
    said = f"cpu {ms(median(p.cpu for p in mine))}, ratio {cpu:.2f}; p95 {ms(p95)}; {size:,} bytes"
    return Row(
        work, ms(ours), ms(theirs), ours / theirs, most, "; ".join(filter(None, (said, note)))
    )


def _walk(
    ours: Terminal, bare: Terminal, way: bytes, times: int
) -> tuple[list[tuple[Paint, Paint]], list[tuple[Paint, Paint]]]:
    """Moves within the window and moves that scroll it, in turn; `way` is j or k."""
    back = b"k" if way == b"j" else b"j"
    for terminal in (ours, bare):
        # More than a window, so that the cursor stands at its edge.
        terminal.send(way * 40)
    moves: list[tuple[Paint, Paint]] = []
    scrolls: list[tuple[Paint, Paint]] = []
    for _ in range(times):
        scrolls.append((_timed(ours, way), _timed(bare, way)))
        moves.append((_timed(ours, back), _timed(bare, back)))
        moves.append((_timed(ours, way), _timed(bare, way)))
    return moves, scrolls


def _places(ours: Terminal, bare: Terminal, name: str, times: int, pages: int) -> Iterator[Row]:
    """Top, far down and end of a list that has the focus."""
    moves: list[tuple[Paint, Paint]] = []
    scrolls: list[tuple[Paint, Paint]] = []
    for place, way in ((b"g", b"j"), (b" " * pages, b"j"), (b"G", b"k")):
        ours.send(place)
        ours.settle(0.4)
        bare.send(b"G" if place == b"G" else b"gjk")
        moved, scrolled = _walk(ours, bare, way, times)
        moves += moved
        scrolls += scrolled
    for what, pairs in (("moves the cursor", moves), ("scrolls", scrolls)):
        mine, rival = [a for a, _ in pairs], [b for _, b in pairs]
        yield _row(f"{name}: a key that {what}", mine, rival, 1.5)


def keys(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """Keys in the list and in the timeline against a bare list."""
    times = max(3, bench.rounds)
    # A third of the way down a small list, some thousand rows in a large one.
    pages = min(400, bench.count // 30)
    with opened(bench.full, bench.library) as ours, _bare_list(bench) as bare:
        yield from _places(ours, bare, f"list of {bench.count:,}", times, pages)
        ours.send(b"g")
        ours.send(b"t")
        mentions = bench.count * timelines.PER_ARTICLE
        yield from _places(ours, bare, f"timeline of {mentions:,} mentions", times, pages)


def opening(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """Opening long articles, and going from mention to mention in a huge one.

    Two readers are open: one opens, the other's list is scrolled by a line with each key, which
    is what a key in a list does once the cursor stands at the edge of the window.
    """
    with opened(bench.full, bench.library) as page, opened(bench.full, bench.library) as rows:
        opens: list[Paint] = []
        listed: list[Paint] = []
        rows.send(b"j" * 40)
        page.send(b"gjj")
        page.settle(0.3)
        for number in range(1, corpus.LONG + 1):
            opens.append(
                page.press(b"j\r", _OPENING_QUIET, _source(len(corpus.HEADS) + number - 1))
            )
            page.settle()
            page.send(b"q")
            listed.append(_timed(rows, b"j"))
        yield _row(
            "opening an article of 5,000 words by enter, against scrolling the list",
            opens, listed, 3, "with the cursor's move and the change of focus",
        )  # fmt: skip
        listed.clear()
        steps: list[Paint] = []
        # The last one again, so that the history ends in two of them.
        page.send(b"k\r")
        page.send(b"q")
        page.send(b"j\r")
        for number in range(max(6, bench.rounds)):
            key = b">" if number % 2 else b"<"
            steps.append(page.press(key, _OPENING_QUIET, b"special/"))
            page.settle()
            listed.append(_timed(rows, b"j"))
        yield _row(
            "opening it by < and > (the page alone), against scrolling the list",
            steps, listed, 3,
        )  # fmt: skip
        page.send(b"q")
        huge = page.press(b"j\r", _OPENING_QUIET, _source(len(corpus.HEADS) + corpus.LONG))
        page.settle(0.5)
        page.send(b"l")
        hops: list[Paint] = []
        listed.clear()
        for _ in range(max(10, bench.rounds * 2)):
            hops.append(_timed(page, b"}"))
            listed.append(_timed(rows, b"j"))
        note = f"opening it took {ms(huge.wall)}"
        yield _row(
            "next mention of a name in an article of 100,000 words, against scrolling the list",
            hops, listed, 2, note,
        )  # fmt: skip


def _source(number: int) -> bytes:
    """Where the page says that a special article comes from: no other pane has it."""
    return f"special/{number:02}.txt".encode()


def indexing(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """Keys in the list while the indexing process works, and while it is stopped.

    It is one reader: SIGSTOP and SIGCONT to its child make the difference, in turn.
    """
    for step, home in (
        ("analyses", bench.plain.copy(bench.work / "analysing")),
        ("catalogues", bench.home("cataloguing")),
    ):
        with home.open(bench.library) as terminal:
            if step == "analyses":
                terminal.wait_for(IN_LIST)
                terminal.wait_for(b"analysing")
            else:
                # Enough has been catalogued to move in, much is left.
                terminal.wait_for(b"reading ")
                terminal.wait_for(b"Articles")
            children = clock.children_of(terminal.pid)
            busy, idle = _with_and_without(terminal, children, max(3, bench.rounds))
        if busy and idle:
            yield _row(
                f"key in the list while indexing {step}, against none running", busy, idle, 2
            )


def _with_and_without(
    terminal: Terminal, children: Sequence[int], rounds: int
) -> tuple[list[Paint], list[Paint]]:
    busy: list[Paint] = []
    idle: list[Paint] = []
    try:
        terminal.send(b"j" * 3)
        for _ in range(rounds):
            for signs, found in ((signal.SIGCONT, busy), (signal.SIGSTOP, idle)):
                for child in children:
                    os.kill(child, signs)
                terminal.settle(0.1)
                found += [_beside(terminal, key) for key in (b"j", b"k", b"j", b"k")]
    except ProcessLookupError:
        # A small library is done before its keys are: what was measured by then counts.
        pass
    finally:
        for child in children:
            if child in clock.children_of(terminal.pid):
                os.kill(child, signal.SIGCONT)
    return busy, idle


def _beside(terminal: Terminal, key: bytes) -> Paint:
    """A key beside indexing, whose progress may be painted at any time: no waiting for rest."""
    paint = terminal.press(key)
    terminal.settle(0.08)
    return paint
