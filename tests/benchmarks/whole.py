"""Whole processes without a screen: scan, cataloguing, search; and the cache on disk."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import clock
import corpus
from bench import Bench
from table import Row, compared, ms

_INSERT = str(Path(__file__).with_name("plain_insert.py"))


def scan(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """A scan that finds nothing changed against find."""
    library, home = bench.library, bench.plain

    def ours() -> clock.Used:
        return bench.catalogue(home)

    def rival() -> clock.Used:
        command = ["find", str(library), "-type", "f", "-printf", r"%p %s %T@\n"]
        return clock.run(command, home.env, home.folder)

    ours()
    rival()
    mine, found = clock.in_turn(bench.rounds, ours, rival)
    yield compared(
        "scan, nothing changed, against find -type f -printf", mine.cpu, found.cpu, 4, "cpu",
        f"wall {ms(mine.wall)} : {ms(found.wall)}",
    )  # fmt: skip


def catalogue(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """Cataloguing from nothing against reading and inserting."""
    library = bench.library
    home, plain = bench.home("from-nothing"), bench.home("plain-insert")

    def ours() -> clock.Used:
        home.clear()
        return bench.catalogue(home)

    def rival() -> clock.Used:
        plain.clear()
        command = [sys.executable, _INSERT, str(library), str(plain.folder / "plain.db")]
        return clock.run(command, plain.env, plain.folder)

    mine, found = clock.in_turn(1 if bench.count > 20_000 else min(3, bench.rounds), ours, rival)
    yield compared(
        "cataloguing an article, against reading and inserting into FTS5",
        mine.cpu / bench.count, found.cpu / bench.count, 1.5, "cpu",
        f"{bench.count / mine.cpu:,.0f} articles a cpu second; peak {mine.peak:.0f} MB",
    )  # fmt: skip
    shutil.rmtree(plain.folder)
    # What was made last serves the other measurements.
    bench.plain = home


def search(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """The first page of hits for a frequent word against ripgrep."""
    library, home = bench.library, bench.plain
    if shutil.which("rg") is None:
        bench.say("rg is not installed: its row is left out")
        return

    def ours() -> clock.Used:
        return home.run("search", corpus.FREQUENT, str(library))

    def rival() -> clock.Used:
        return clock.run(["rg", "-li", corpus.FREQUENT, str(library)], home.env, home.folder)

    ours()
    rival()
    mine, found = clock.in_turn(bench.rounds, ours, rival)
    yield compared(
        f"search “{corpus.FREQUENT}”, first page, against rg -li", mine.cpu, found.cpu, 0.15, "cpu",
        f"wall {ms(mine.wall)} : {ms(found.wall)}",
    )  # fmt: skip


def disk(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """The cache, text and index without annotations, against the texts."""
    cache, texts = bench.plain.cache_size() / 1e6, bench.texts / 1e6
    yield Row(
        "cache on disk, against the texts", f"{cache:,.1f} MB", f"{texts:,.1f} MB",
        cache / texts, 2.2, f"{cache / bench.count * 1000:.2f} kB an article",
    )  # fmt: skip


def rate(bench: Bench, others: Sequence[Bench]) -> str:
    """The analysis, articles a second of one core: alone, and with linking and writing."""
    import time

    from tui.articles.formats.registry import read_file
    from tui.articles.model import Article
    from tui.indexing.pipeline import analyse

    library = bench.library
    paths = sorted(path for path in library.glob("2*/*/*") if path.is_file())[:300]
    read = [item for path in paths for item in read_file(str(path), path.name)]
    articles = [item for item in read if isinstance(item, Article)]
    for article in articles[:20]:
        analyse(article)
    begin = time.process_time()
    for article in articles:
        analyse(article)
    alone = (time.process_time() - begin) / len(articles)
    home = bench.plain.copy(bench.work / "rate")
    used = home.run("index", "--quiet", "--jobs", "1", str(library))
    shutil.rmtree(home.folder)
    return (
        f"Analysis, one core: {1 / alone:,.0f} articles a cpu second ({ms(alone)} each, median"
        f" length 500 words) by themselves; {bench.count / used.cpu:,.0f} a cpu second with linking"
        f" and writing, over a whole library of {bench.count:,}."
    )
