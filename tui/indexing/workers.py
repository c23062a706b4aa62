"""Processes that analyse articles. A worker that dies or hangs costs one article, not the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.context import SpawnContext
from typing import TYPE_CHECKING, TypeAlias

from tui.articles.model import Article
from tui.articles.source_store import NOT_ANALYSED
from tui.indexing.pipeline import analyse
from tui.nlp.document import Document

if TYPE_CHECKING:
    from multiprocessing.synchronize import RLock

    from pebble import ProcessFuture, ProcessPool

BATCH = 16
# An article takes milliseconds; one that takes as long as this (seconds) never ends.
ARTICLE_SECONDS = 120.0
_LOOK_EVERY = 1.0
# How often an article is given to a new pool, because the one that had it was given up.
_TRIES = 3
_GIVEN_UP = f"{NOT_ANALYSED}: the processes ended"

Result: TypeAlias = Document | str
"""The annotations of an article without its text, or what went wrong."""

Analyser: TypeAlias = Callable[[Sequence[Article]], list[Result]]


def analyse_here(recogniser: str, articles: Sequence[Article]) -> list[Result]:
    """Analyse articles in this process; one that raises does not end the run."""
    return [_analyse_one(recogniser, article) for article in articles]


def _analyse_one(recogniser: str, article: Article) -> Result:
    try:
        return analyse(article, recogniser)
    except Exception as error:
        return f"{NOT_ANALYSED}: {type(error).__name__}: {error}"


@contextmanager
def analyser(
    recogniser: str, processes: int, *, seconds: float = ARTICLE_SECONDS
) -> Iterator[Analyser]:
    """An analyser that works in some processes, or in this one if there are to be none.

    Args:
        recogniser: what finds names (see `tui.entities.recognition.recognisers`).
        processes: the number of processes.
        seconds: how long one article may take in a process.
    """
    if processes < 1:
        yield partial(analyse_here, recogniser)
        return
    spread = _Spread(processes, recogniser, seconds)
    try:
        yield spread
    finally:
        spread.stop()


class _Spread:
    """Spreads articles over a pool in batches; a batch that fails is repeated one by one."""

    def __init__(self, processes: int, recogniser: str, seconds: float) -> None:
        self._processes = processes
        self._recogniser = recogniser
        self._seconds = seconds
        self._pool = _pool(processes)

    def __call__(self, articles: Sequence[Article]) -> list[Result]:
        batches = [articles[at : at + BATCH] for at in range(0, len(articles), BATCH)]
        futures = [self._submit(batch) for batch in batches]
        results: list[Result] = []
        for batch, future in zip(batches, futures, strict=True):
            found = self._result(future)
            if isinstance(found, str):
                results += [self._alone(article) for article in batch]
            else:
                results += found
        return results

    def _submit(self, articles: Sequence[Article]) -> ProcessFuture[list[Result]]:
        if not self._pool.active:
            # Pebble gives a pool up if a worker ends while none is at work.
            self.stop()
            self._pool = _pool(self._processes)
        return self._pool.schedule(
            _analyse_in_worker, args=[self._recogniser, articles], timeout=self._seconds
        )

    def _alone(self, article: Article) -> Result:
        found: list[Result] | str = _GIVEN_UP
        for _ in range(_TRIES):
            if found == _GIVEN_UP:
                found = self._result(self._submit([article]))
        return found if isinstance(found, str) else found[0]

    def _result(self, future: ProcessFuture[list[Result]]) -> list[Result] | str:
        """What a worker returned, or what happened to it."""
        from concurrent.futures import TimeoutError as TookTooLong
        from concurrent.futures import wait
        from concurrent.futures.process import BrokenProcessPool

        from pebble import ProcessExpired

        while not wait([future], timeout=_LOOK_EVERY).done:
            if not self._pool.active:
                return _GIVEN_UP
        try:
            results: list[Result] = future.result()
        except TookTooLong:
            return f"{NOT_ANALYSED}: it took too long"
        except ProcessExpired as error:
            return f"{NOT_ANALYSED}: the process ended (exit code {error.exitcode})"
        except BrokenProcessPool:
            return _GIVEN_UP
        except Exception as error:
            return f"{NOT_ANALYSED}: {type(error).__name__}: {error}"
        return results

    def stop(self) -> None:
        """End the workers."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


class _Spawn(SpawnContext):
    """Starts processes, and keeps the locks that they share for as long as their pool.

    Pebble drops its locks before it ends its workers. A worker that is still starting would not
    find them, and would end with a traceback.
    """

    def __init__(self) -> None:
        self._locks: list[RLock] = []

    def RLock(self) -> RLock:  # noqa: N802
        lock = super().RLock()
        self._locks.append(lock)
        return lock


def _pool(processes: int) -> ProcessPool:
    from pebble import ProcessPool

    return ProcessPool(max_workers=processes, initializer=_start_worker, context=_Spawn())


def _analyse_in_worker(recogniser: str, articles: Sequence[Article]) -> list[Result]:
    results = analyse_here(recogniser, articles)
    # The text is known to the other side: sending it back would cost as much again.
    return [
        replace(result, text="", tokens=(), sentences=())
        if isinstance(result, Document)
        else result
        for result in results
    ]


def _start_worker() -> None:
    # An interrupt from the keyboard is for the process that started the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)


def _end_with_parent() -> None:
    """End this worker when the process that started it ends, even in the middle of an article."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_any([parent.sentinel])
        os._exit(1)
