"""Step 1: files that are new or changed become articles that can be read and searched."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tui.cache import catalogue, snapshots
from tui.cache.connection import meta, set_meta, touch, transaction
from tui.indexing.paths import common_root, printable, shown
from tui.indexing.progress import Pace, Progress, Report
from tui.linking.forgetting import forget
from tui.model import Article, Problem
from tui.reading.formats import read_file
from tui.reading.scanning import Folder, Missing, scan

# Raised whenever the same file would be read differently: caches read all files again.
VERSION = 1

_BATCH = 256


@dataclass(frozen=True, slots=True)
class _Task:
    folder: str
    stat: catalogue.Stat
    known: int | None


@dataclass(slots=True)
class _Plan:
    """What a scan found to do."""

    tasks: list[_Task] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Done:
    """What reading did besides: folders with files to be tried again, and whether events went."""

    unread: set[str] = field(default_factory=set)
    deleted: bool = False


def run(
    connection: sqlite3.Connection,
    sources: Sequence[Path],
    report: Report,
    stopped: Callable[[], bool],
) -> None:
    """Bring the catalogue up to date."""
    _reread_if_older(connection)
    report(Progress("scan"))
    plan = _plan(connection, sources)
    if not (plan.tasks or plan.digests or plan.gone or plan.missing or plan.problems):
        if connection.execute("SELECT 1 FROM problems WHERE file IS NULL").fetchone():
            with transaction(connection):
                catalogue.clear_scan_problems(connection)
        return
    with transaction(connection):
        catalogue.clear_scan_problems(connection)
        for problem in plan.problems:
            catalogue.save_problem(connection, problem, None)
        for folder in plan.missing:
            catalogue.mark_folder_missing(connection, folder)
        catalogue.mark_absent(connection, plan.gone)
        touch(connection)
    _read_all(connection, plan, sources, report, stopped)


def _reread_if_older(connection: sqlite3.Connection) -> None:
    if meta(connection, "reading") != VERSION:
        with transaction(connection):
            connection.execute("UPDATE folders SET digest = x''")
            connection.execute("UPDATE files SET mtime = -1 WHERE size >= 0")
            set_meta(connection, "reading", VERSION)


def _plan(connection: sqlite3.Connection, sources: Sequence[Path]) -> _Plan:
    plan = _Plan()
    known = catalogue.folder_digests(connection)
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
    before = catalogue.files_of(connection, number) if number is not None else {}
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
    # What changed last is what the reader came for.
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
                    # An empty digest until all its files are read: a kill in between loses none.
                    numbers[task.folder] = catalogue.save_folder(connection, task.folder, b"")
                _read_one(connection, task, numbers[task.folder], root, done)
            if pace.due() or at + _BATCH >= total:
                with pace.timed():
                    snapshots.save_order(connection)
            touch(connection)
        report(Progress("catalogue", min(at + _BATCH, total), total))
    with transaction(connection):
        for path, digest in plan.digests.items():
            catalogue.save_folder(connection, path, b"" if path in done.unread else digest)
        snapshots.save_order(connection)
        if done.deleted:
            snapshots.save_timeline(connection)
        touch(connection)


def _read_one(
    connection: sqlite3.Connection, task: _Task, folder: int, root: str, done: _Done
) -> None:
    path = f"{task.folder}{os.sep}{task.stat[0]}"
    file = catalogue.save_file(connection, folder, task.stat, task.known)
    before = catalogue.articles_of(connection, file) if task.known is not None else {}
    records: set[int] = set()
    problems: list[Problem] = []
    for item in read_file(path, shown(path, root)):
        if isinstance(item, Article):
            records.add(item.record)
            catalogue.save_article(connection, item, file)
        else:
            problems.append(item)
    if any(problem.retry for problem in problems):
        done.unread.add(task.folder)
        catalogue.mark_unread(connection, file)
    if before and not records:
        # Never let an error overwrite a good text: what was read before stays, marked absent.
        catalogue.mark_absent(connection, [file])
    elif before:
        _replace(connection, file, before, records, problems, done)
    for problem in problems:
        catalogue.save_problem(connection, problem, file)


def _replace(
    connection: sqlite3.Connection,
    file: int,
    before: dict[int, int],
    records: set[int],
    problems: Sequence[Problem],
    done: _Done,
) -> None:
    """Take out what an edited file held before and nobody holds any more.

    A record that cannot be read may be half written: then what is missing stays.
    """
    if not any(problem.severity == "error" for problem in problems):
        catalogue.forget_sources(connection, file, before.keys() - records)
    for article in catalogue.without_source(connection, before.values()):
        forget(connection, article)
        catalogue.delete_article(connection, article)
        done.deleted = True
    catalogue.mark_presence(connection, before.values())
