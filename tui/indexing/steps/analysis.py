"""Step 4: articles are analysed, those that the reader has open first, and linked as they come."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from tui.articles import annotation_store, article_store, listing_store, source_store
from tui.articles.model import Article, Problem
from tui.articles.source_store import save_problem
from tui.entities import cluster_update
from tui.entities import store as entity_store
from tui.entities.recognition import recognisers
from tui.events import linking
from tui.events import store as event_store
from tui.ids import RowId
from tui.indexing.pipeline import VERSION
from tui.indexing.progress import Pace, Progress, Report
from tui.indexing.steps.unlink import unlink_all, unlink_rows
from tui.indexing.workers import BATCH, Analyser, Result, analyser
from tui.nlp.document import Document
from tui.nlp.language_identification import is_english
from tui.nlp.syntax import parsing
from tui.storage.open_cache import bump_revision, meta, set_meta
from tui.storage.transactions import transaction

# From this many articles on, starting worker processes pays.
_WORTH_WORKERS = 200
_LANGUAGE_BATCH = 500
# The share of the running time in which articles are linked before all are analysed.
_LINKING = 0.05


def run(
    connection: sqlite3.Connection,
    jobs: int,
    report: Report,
    stopped: Callable[[], bool],
    wanted: Callable[[], list[RowId]],
    recogniser: str = recognisers.DEFAULT,
) -> None:
    """Analyse and link all articles that are not yet, until none is left or `stopped` returns True.

    Args:
        connection: the cache.
        jobs: the number of worker processes, if there are enough articles for them.
        report: is told of the progress.
        stopped: whether to end early.
        wanted: returns the articles that the reader has opened since the previous call.
        recogniser: what finds names.
    """
    _restart_if_older(
        connection, f"{VERSION} {recognisers.version(recogniser)} {parsing.version()}"
    )
    _identify_languages(connection, stopped)
    status = listing_store.status(connection)
    done, total = status.analysed, status.articles
    if done == total:
        return
    if missing := recognisers.load(recogniser).missing:
        save_problem(connection, Problem("names", 0, "warning", missing), None)
    # An earlier run that ended in the middle may have met an article that ends its process.
    ended_early = meta(connection, "analysing") == 1
    processes = jobs if total - done >= _WORTH_WORKERS or ended_early else 0
    with transaction(connection):
        set_meta(connection, "analysing", 1)
    with analyser(recogniser, processes) as analyse:
        _analyse_all(connection, analyse, BATCH * jobs, (done, total), report, stopped, wanted)
    with transaction(connection):
        set_meta(connection, "analysing", 0)
        linking.relink(connection)
        bump_revision(connection)


def _analyse_all(
    connection: sqlite3.Connection,
    analyse: Analyser,
    batch: int,
    counts: tuple[int, int],
    report: Report,
    stopped: Callable[[], bool],
    wanted: Callable[[], list[RowId]],
) -> None:
    done, total = counts
    # The first events are shown soon. A block is linked as a whole each time, so that linking often
    # would take longer than analysing.
    pace = Pace(2.0, _LINKING)
    first: list[RowId] = []
    while not stopped():
        first += wanted()
        row_ids = _next(connection, first, batch)
        if not row_ids:
            break
        found = [(n, a) for n in row_ids if (a := article_store.article(connection, n)) is not None]
        results = analyse([article for _, article in found])
        with transaction(connection):
            blocks: list[str] = []
            for (row_id, article), result in zip(found, results, strict=True):
                blocks += _store(connection, row_id, article, result)
            # Once for all: the articles of a batch name the same people.
            cluster_update.update(connection, blocks)
            if pace.due() or first:
                with pace.timed():
                    linking.relink(connection)
            bump_revision(connection)
        first.clear()
        done = min(done + len(row_ids), total)
        report(Progress("analyse", done, total))


def _restart_if_older(connection: sqlite3.Connection, version: str) -> None:
    if meta(connection, "analysis") != version:
        with transaction(connection):
            unlink_all(connection)
            source_store.delete_analysis_problems(connection)
            set_meta(connection, "analysis", version)


def _identify_languages(connection: sqlite3.Connection, stopped: Callable[[], bool]) -> None:
    """Complete the annotations of caches that were written before they held the language."""
    if meta(connection, "languages") == 1:
        return
    after = 0
    while found := annotation_store.without_language(connection, after, _LANGUAGE_BATCH):
        if stopped():
            return
        after = found[-1][0]
        with transaction(connection):
            for row_id, text, record in found:
                annotation_store.add_language(connection, row_id, record, is_english(text))
            bump_revision(connection)
    with transaction(connection):
        set_meta(connection, "languages", 1)


def _next(connection: sqlite3.Connection, first: Sequence[RowId], limit: int) -> list[RowId]:
    """The articles to analyse next: the one that was opened latest alone, so that it is shown at
    once."""
    for row_id in reversed(first):
        if annotation_store.is_pending(connection, row_id):
            return [row_id]
    return annotation_store.to_analyse(connection, limit)


def _store(
    connection: sqlite3.Connection, row_id: RowId, article: Article, result: Result
) -> list[str]:
    """Store the annotations of an article; one that fails does not affect the others.

    Returns:
        the blocks of entities that have changed.
    """
    before = entity_store.blocks_of(connection, row_id)
    unlink_rows(connection, row_id)
    try:
        if isinstance(result, str):
            raise ValueError(result)
        _link(connection, row_id, article, result)
    except (ValueError, OverflowError) as error:
        unlink_rows(connection, row_id)
        annotation_store.save(connection, row_id, Document(article.text))
        problem = Problem(article.title, 0, "warning", str(error))
        source_store.save_problem(connection, problem, source_store.file_of(connection, row_id))
    events = event_store.event_count(connection, row_id)
    annotation_store.mark_analysed(connection, row_id, VERSION, events)
    return [*before, *entity_store.blocks_of(connection, row_id)]


def _link(
    connection: sqlite3.Connection, row_id: RowId, article: Article, document: Document
) -> None:
    """Store the layers of a document."""
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in document.mentions:
        spelt[mention.entity][" ".join(mention.text.split())] += 1
    named = [(entity, spelt[entity.id]) for entity in document.entities]
    cluster_update.save(connection, row_id, named)
    annotation_store.save(connection, row_id, document)
    day = listing_store.day_of(connection, row_id) if article.date_origin != "inferred" else None
    linking.add(connection, row_id, day, document.events)
