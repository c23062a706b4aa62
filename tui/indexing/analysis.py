"""Steps 2 and 3: articles analysed, what the reader has open first, and linked as they come."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from tui.cache import analyses, links, queries, snapshots
from tui.cache.catalogue import save_problem, set_date
from tui.cache.connection import meta, set_meta, touch, transaction
from tui.indexing.progress import Pace, Progress, Report
from tui.language.analysis import VERSION, analyse
from tui.language.recognition import recogniser
from tui.linking import dating, entities, events
from tui.model import Analysis, Article, Problem

_BATCH = 16
_MOST_INFERRED = 200
_SMALL = 2000

Analyser = Callable[[Sequence[Article]], list["Analysis | str"]]


def run(
    connection: sqlite3.Connection,
    jobs: int,
    report: Report,
    stopped: Callable[[], bool],
    wanted: Callable[[], list[int]],
    names: str = recogniser.DEFAULT,
) -> None:
    """Analyse and link whatever is not yet, until nothing is left or `stopped` says so.

    `wanted` gives the keys of articles that the reader opened since it was asked last; `names` is
    the recogniser that marks names.
    """
    _restart_if_older(connection, f"{VERSION} {recogniser.version(names)}")
    status = queries.status(connection)
    done, total = status.analysed, status.articles
    if done == total:
        return
    pace = Pace(1.0)
    first: list[int] = []
    if missing := recogniser.choose(names).missing:
        save_problem(connection, Problem("names", 0, "warning", missing), None)
    with _analyser(jobs, total - done, names) as analyser:
        while not stopped():
            first += wanted()
            keys = _next(connection, first, _BATCH * jobs)
            if not keys:
                break
            articles = [a for key in keys if (a := queries.article(connection, key)) is not None]
            results = analyser(articles)
            with transaction(connection):
                for key, article, result in zip(keys, articles, results, strict=True):
                    _keep(connection, key, article, result)
                if pace.due() or first:
                    with pace.timed():
                        snapshots.save_timeline(connection)
                touch(connection)
            first.clear()
            done = min(done + len(keys), total)
            report(Progress("analyse", done, total))
    with transaction(connection):
        snapshots.save_timeline(connection)
        touch(connection)


def _restart_if_older(connection: sqlite3.Connection, version: str) -> None:
    if meta(connection, "analysis") != version:
        with transaction(connection):
            links.forget_all_links(connection)
            set_meta(connection, "analysis", version)


def _next(connection: sqlite3.Connection, first: Sequence[int], most: int) -> list[int]:
    """The keys to analyse next: the one that was opened last alone, so that it is there at once."""
    for key in reversed(first):
        if analyses.is_pending(connection, key):
            return [key]
    return analyses.to_analyse(connection, most)


def _keep(
    connection: sqlite3.Connection, key: int, article: Article, result: Analysis | str
) -> None:
    """Write and link what was read out of an article; one that cannot be linked harms no other."""
    before = links.blocks_of(connection, key)
    touched = links.forget_links(connection, key)
    try:
        if isinstance(result, str):
            raise ValueError(result)
        told = _write(connection, key, result, touched)
    except (ValueError, OverflowError) as error:
        touched |= links.forget_links(connection, key)
        analyses.save(connection, key, (), (), ())
        save_problem(connection, Problem(article.title, 0, "warning", str(error)), None)
        told = 0
    entities.link(connection, [*before, *links.blocks_of(connection, key)])
    events.refresh(connection, touched)
    analyses.mark_analysed(connection, key, VERSION, told)


def _write(connection: sqlite3.Connection, key: int, result: Analysis, touched: set[int]) -> int:
    """Write and link an analysis; how many events it tells. Adds to the events that changed."""
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in result.mentions:
        spelt[mention.entity][" ".join(mention.text.split())] += 1
    entities.save(connection, key, [(entity, spelt[entity.id]) for entity in result.entities])
    analyses.save(connection, key, result.mentions, result.times, result.entities)
    told = events.link(connection, key, queries.day_of(connection, key), result.events)
    touched |= told
    return len(told)


def _analyse(article: Article, names: str) -> Analysis | str:
    """The analysis of an article, or what went wrong: one bad text must not end a library."""
    try:
        return analyse(article, recogniser.choose(names).recognise)
    except Exception as error:
        return f"not analysed: {type(error).__name__}: {error}"


def _analyse_all(names: str, articles: Sequence[Article]) -> list[Analysis | str]:
    return [_analyse(article, names) for article in articles]


@contextmanager
def _analyser(jobs: int, work: int, names: str) -> Iterator[Analyser]:
    """Analyse here, or in processes of their own where there is enough to do for their start."""
    if jobs < 2 or work < 200:
        yield partial(_analyse_all, names)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_quietly) as pool:

        def spread(articles: Sequence[Article]) -> list[Analysis | str]:
            parts: list[Future[list[Analysis | str]]] = [
                pool.submit(_analyse_all, names, articles[at : at + _BATCH])
                for at in range(0, len(articles), _BATCH)
            ]
            return [result for part in parts for result in part.result()]

        yield spread


def _quietly() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)


def infer_dates(connection: sqlite3.Connection, report: Report) -> None:
    """Give undated articles the date that the library makes likely, as long as it makes one.

    New ones are asked about; in a small library the others too, as what came in may speak for
    another date.
    """
    last = links.last_key(connection)
    before = meta(connection, "dated")
    after = before if isinstance(before, int) else 0
    if after == last:
        return
    if queries.status(connection).articles <= _SMALL:
        after = 0
    likely = dating.Dating(connection)
    while found := links.undated(connection, after, _MOST_INFERRED):
        report(Progress("date", 0, len(found)))
        inferred = [(key, date, likely.infer(key)) for key, date in found]
        after = found[-1][0]
        with transaction(connection):
            for key, date, inference in inferred:
                if inference is not None and inference.date != date:
                    set_date(connection, key, inference.date, "inferred", inference.why)
            set_meta(connection, "dated", after)
            snapshots.save_order(connection)
            touch(connection)
    with transaction(connection):
        set_meta(connection, "dated", last)
