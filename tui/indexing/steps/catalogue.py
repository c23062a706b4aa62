"""Step 1 of indexing: reads new and changed files into articles that can be searched."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tui.articles import article_store, listing_store, source_store
from tui.articles.formats.registry import read_file
from tui.articles.model import Article, Problem
from tui.articles.scanning import Folder, Missing, scan
from tui.articles.source_names import common_root, printable, shown
from tui.events import linking
from tui.indexing.progress import Pace, Progress, Report
from tui.indexing.steps.unlink import unlink
from tui.storage.open_cache import bump_revision, meta, set_meta
from tui.storage.transactions import transaction

# To be incremented whenever the same file would be read differently: then all files are read again.
VERSION = 1

_BATCH = 256


@dataclass(frozen=True, slots=True)
class _Task:
    folder: str
    stat: source_store.Stat
    known: int | None


@dataclass(slots=True)
class _Plan:
    """The changes that a scan found.

    `digests` holds the new digests by the path of the folder, `gone` and `missing` the row ids of
    files and folders that do not exist any more.
    """

    tasks: list[_Task] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Done:
    """The paths of folders with files to be read again, and whether articles were deleted."""

    unread: set[str] = field(default_factory=set)
    deleted: bool = False


def run(
    connection: sqlite3.Connection,
    sources: Sequence[Path],
    report: Report,
    stopped: Callable[[], bool],
) -> None:
    """Update the articles in the cache from the files of the sources.

    Args:
        connection: the cache.
        sources: the files and folders of the library.
        report: called with the progress.
        stopped: called before each batch of files; if it returns True, the rest is left to the next
            run.
    """
    _reread_if_older(connection)
    report(Progress("scan"))
    plan = _plan(connection, sources)
    if not (plan.tasks or plan.digests or plan.gone or plan.missing or plan.problems):
        if source_store.has_scan_problems(connection):
            with transaction(connection):
                source_store.clear_scan_problems(connection)
        return
    with transaction(connection):
        source_store.clear_scan_problems(connection)
        for problem in plan.problems:
            source_store.save_problem(connection, problem, None)
        for folder in plan.missing:
            source_store.mark_folder_missing(connection, folder)
        source_store.mark_absent(connection, plan.gone)
        bump_revision(connection)
    _read_all(connection, plan, sources, report, stopped)


def _reread_if_older(connection: sqlite3.Connection) -> None:
    if meta(connection, "reading") != VERSION:
        with transaction(connection):
            source_store.mark_all_unread(connection)
            set_meta(connection, "reading", VERSION)


def _plan(connection: sqlite3.Connection, sources: Sequence[Path]) -> _Plan:
    plan = _Plan()
    known = source_store.folder_digests(connection)
    seen: set[str] = set()
    for found in scan(sources):
        if isinstance(found, Missing):
            plan.problems.append(replace(found.problem, source=printable(found.path)))
            continue
        seen.add(found.path)
        before = known.get(found.path)
        if before is None or before[1] != found.digest:
            _compare(connection, plan, found, before[0] if before else None)
    plan.missing.extend(
        number for path, (number, _, missing) in known.items() if path not in seen and not missing
    )
    return plan


def _compare(
    connection: sqlite3.Connection, plan: _Plan, found: Folder, number: int | None
) -> None:
    plan.digests[found.path] = found.digest
    before = source_store.files_of(connection, number) if number is not None else {}
    for stat in found.files:
        known = before.pop(stat[0], None)
        if known is None or known[1:] != stat[1:]:
            plan.tasks.append(_Task(found.path, stat, known[0] if known else None))
    plan.gone.extend(file for file, size, _ in before.values() if size >= 0)


def _read_all(
    connection: sqlite3.Connection,
    plan: _Plan,
    sources: Sequence[Path],
    report: Report,
    stopped: Callable[[], bool],
) -> None:
    root = common_root(sources)
    # In reverse order of the paths: if the names begin with dates, the latest articles come first.
    plan.tasks.sort(key=lambda task: (task.folder, task.stat[0]), reverse=True)
    numbers: dict[str, int] = {}
    pace = Pace(0.5)
    done = _Done()
    total = len(plan.tasks)
    for at in range(0, total, _BATCH):
        if stopped():
            return
        with transaction(connection):
            for task in plan.tasks[at : at + _BATCH]:
                if task.folder not in numbers:
                    # The digest is empty until all files of the folder are read: if the process is
                    # killed, the next scan compares the folder again.
                    numbers[task.folder] = source_store.save_folder(connection, task.folder, b"")
                _read_one(connection, task, numbers[task.folder], root, done)
            if pace.due() or at + _BATCH >= total:
                with pace.timed():
                    listing_store.save_order(connection)
            bump_revision(connection)
        report(Progress("catalogue", min(at + _BATCH, total), total))
    with transaction(connection):
        for path, digest in plan.digests.items():
            source_store.save_folder(connection, path, b"" if path in done.unread else digest)
        listing_store.save_order(connection)
        if done.deleted:
            linking.relink(connection)
        bump_revision(connection)


def _read_one(
    connection: sqlite3.Connection, task: _Task, folder: int, root: str, done: _Done
) -> None:
    path = f"{task.folder}{os.sep}{task.stat[0]}"
    file = source_store.save_file(connection, folder, task.stat, task.known)
    before = source_store.articles_of(connection, file) if task.known is not None else {}
    records: set[int] = set()
    problems: list[Problem] = []
    for item in read_file(path, shown(path, root)):
        if isinstance(item, Article):
            records.add(item.record)
            article_store.save_article(connection, item, file)
        else:
            problems.append(item)
    if any(problem.retry for problem in problems):
        done.unread.add(task.folder)
        source_store.mark_unread(connection, file)
    if before and not records:
        # An error must not overwrite a good text: the previous articles stay, marked as absent.
        source_store.mark_absent(connection, [file])
    elif before:
        _replace(connection, file, before, records, problems, done)
    for problem in problems:
        source_store.save_problem(connection, problem, file)


def _replace(
    connection: sqlite3.Connection,
    file: int,
    before: dict[int, int],
    records: set[int],
    problems: Sequence[Problem],
    done: _Done,
) -> None:
    """Delete the articles that an edited file held before and that no file holds any more.

    If there was an error, the file may be only half written, so no record of it is removed.
    """
    if not any(problem.severity == "error" for problem in problems):
        source_store.remove_sources(connection, file, before.keys() - records)
    for article in source_store.without_source(connection, before.values()):
        unlink(connection, article)
        article_store.delete_article(connection, article)
        done.deleted = True
    source_store.mark_presence(connection, before.values())
