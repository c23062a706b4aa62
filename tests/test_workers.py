"""Worker processes that die or hang: each costs one article, and the run goes on.

A package that stands for spaCy does to its process what an article tells it to do.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from building import ROOT, document_of, keys_by_source, write
from test_commands import dateline

from tui.articles.model import Article
from tui.config.loading import path
from tui.indexing.workers import analyser
from tui.library import Library
from tui.nlp.document import Document

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are listed by /proc")

# So many articles that the first run starts workers.
_MANY = 208
_ORDINARY = "Talks {0}\n\nAnna Weber went to Rome on Monday for talks {0}."
_KILLS = "Kill {0}\n\nAnna Weber went to Rome for talks {0}. kill-the-process"
_RAISES = "Raise {0}\n\nAnna Weber went to Rome for talks {0}. raise-an-error"
_WAITS = "Wait {0}\n\nAnna Weber went to Rome for talks {0}. wait-for-the-file"

_PACKAGE = """
import os, signal, threading
from pathlib import Path
from types import SimpleNamespace

NOTES = Path({notes!r})

def load(name):
    return pipeline

def pipeline(text):
    if "kill-the-process" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "raise-an-error" in text:
        raise RuntimeError("no such word")
    if "wait-for-the-file" in text:
        (NOTES / str(os.getpid())).touch()
        # Not for ever, so that a run without a limit ends too.
        for _ in range(900):
            if (NOTES / "go").exists():
                break
            threading.Event().wait(0.02)
    at = text.index("Anna Weber")
    return SimpleNamespace(
        ents=[SimpleNamespace(label_="PERSON", start_char=at, end_char=at + len("Anna Weber"))]
    )
"""


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the package find the names; the folder has a file for each process that waits."""
    folder, package = tmp_path / "notes", tmp_path / "package"
    folder.mkdir()
    package.mkdir()
    (package / "spacy.py").write_text(_PACKAGE.format(notes=str(folder)), encoding="utf-8")
    # Commands find it by the environment, workers of this process by the path that they inherit.
    monkeypatch.setenv("PYTHONPATH", str(package))
    monkeypatch.syspath_prepend(package)
    path().parent.mkdir(parents=True, exist_ok=True)
    path().write_text('[language]\nrecogniser = "spacy:obedient"\n', encoding="utf-8")
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[Library]:
    library = Library([folder])
    yield library
    library.close()


def articles(folder: Path, count: int, **special: str) -> Path:
    """A folder of so many articles, some of them special."""
    ordinary = {f"n{number}": _ORDINARY.format(number) for number in range(count - len(special))}
    named = {name: text.format(name) for name, text in special.items()}
    return write(folder, **ordinary, **named)


def problems(folder: Path) -> dict[str, str]:
    with opened(folder) as library:
        return {problem.place: problem.what for problem in library.articles.problems()}


def without_names(folder: Path) -> set[str]:
    """The sources of the articles in which the analysis has found nobody."""
    with opened(folder) as library:
        assert library.articles.status().analysed == len(library.articles.order())
        return {
            source.removesuffix(".txt")
            for source, row_id in keys_by_source(library).items()
            if not document_of(library, row_id).mentions
        }


def test_an_article_that_raises_costs_itself_and_is_named(tmp_path: Path, notes: Path) -> None:
    folder = articles(tmp_path / "in", 4, a=_RAISES)
    done = dateline("index", folder)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"problems\t1\n" in done.stdout
    named = {"Raise a": "not analysed: RuntimeError: no such word"}
    assert problems(folder) == named
    assert without_names(folder) == {"a"}
    # It is named until its file is read again.
    assert b"problems\t1\n" in dateline("index", folder).stdout
    write(folder, a=_ORDINARY.format("a"))
    assert b"problems\t0\n" in dateline("index", folder).stdout
    assert without_names(folder) == set()


def test_articles_that_kill_their_worker_cost_themselves_and_are_named(
    tmp_path: Path, notes: Path
) -> None:
    folder = articles(tmp_path / "in", _MANY, a=_KILLS, b=_RAISES, c=_KILLS)
    done = dateline("index", "--jobs", "2", folder)
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"analysed\t{_MANY}\n".encode() in done.stdout
    assert problems(folder) == {
        "Kill a": "not analysed: the process ended (exit code -9)",
        "Raise b": "not analysed: RuntimeError: no such word",
        "Kill c": "not analysed: the process ended (exit code -9)",
    }
    assert without_names(folder) == {"a", "b", "c"}


def test_an_article_that_kills_the_run_costs_only_itself_in_the_next_one(
    tmp_path: Path, notes: Path
) -> None:
    folder = articles(tmp_path / "in", 4, a=_KILLS)
    assert dateline("index", folder).returncode == -signal.SIGKILL
    done = dateline("index", folder)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(problems(folder)) == ["Kill a"]
    assert without_names(folder) == {"a"}
    # It is not tried again, so a run without workers ends too.
    write(folder, later=_ORDINARY.format("later"))
    assert dateline("index", folder).returncode == 0
    assert without_names(folder) == {"a"}


def test_an_article_that_hangs_costs_only_itself(notes: Path) -> None:
    texts = {name: _ORDINARY.format(name) for name in "abc"} | {"b": _WAITS.format("b")}
    waiting = [Article(name, "", text) for name, text in texts.items()]
    # Long enough for a new worker to import the analysis on a busy machine.
    with analyser("spacy:obedient", 1, seconds=5) as analyse:
        first, second, third = analyse(waiting)
    assert second == "not analysed: it took too long"
    for result in (first, third):
        assert isinstance(result, Document)
        assert [mention.text for mention in result.mentions] == ["Anna Weber"]


# The processes


@contextmanager
def indexing(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`dateline index` with two workers, in a process group of its own that ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "index", "--jobs", "2", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def running_in(group: int) -> dict[int, str]:
    """The processes of a group that have not ended, with their command lines."""
    found: dict[int, str] = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state, _, of_group = (process / "stat").read_text().rpartition(")")[2].split()[:3]
            command = (process / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if int(of_group) == group and state not in "ZX":
            found[int(process.name)] = command
    return found


def happens(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Wait until something is so; returns False if it is not by then."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def waiting_articles(folder: Path) -> Path:
    return write(folder, **{f"n{number}": _WAITS.format(number) for number in range(_MANY)})


def kill_while_workers_wait(process: subprocess.Popen[bytes], notes: Path) -> None:
    if not happens(lambda: len(list(notes.iterdir())) == 2):
        pytest.fail(f"no two workers are at work: {running_in(process.pid)}")
    process.kill()
    process.wait()
    if not running_in(process.pid):
        pytest.fail("the workers have not been at work")


@linux
def test_a_killed_run_leaves_no_worker_behind(tmp_path: Path, notes: Path) -> None:
    with indexing(waiting_articles(tmp_path / "in")) as process:
        kill_while_workers_wait(process, notes)
        (notes / "go").touch()
        assert happens(lambda: not running_in(process.pid))


@linux
def test_a_killed_run_leaves_no_worker_behind_that_hangs(tmp_path: Path, notes: Path) -> None:
    with indexing(waiting_articles(tmp_path / "in")) as process:
        kill_while_workers_wait(process, notes)
        assert happens(lambda: not running_in(process.pid))


@linux
def test_a_worker_that_is_killed_before_its_first_article_costs_nothing(
    tmp_path: Path, notes: Path
) -> None:
    def workers() -> list[int]:
        found = running_in(process.pid)
        return [pid for pid, command in found.items() if "spawn_main" in command]

    folder = articles(tmp_path / "in", _MANY)
    with indexing(folder) as process:
        if not happens(lambda: len(workers()) == 2):
            pytest.fail("there are no two workers")
        killed, other = workers()
        # The other one does not begin to work before the pool has seen that this one has ended.
        os.kill(other, signal.SIGSTOP)
        os.kill(killed, signal.SIGKILL)
        happens(lambda: not Path(f"/proc/{killed}").exists())
        os.kill(other, signal.SIGCONT)
        out, err = process.communicate(timeout=12)
    assert (process.returncode, err) == (0, b"")
    assert f"analysed\t{_MANY}\n".encode() in out
    assert without_names(folder) == set()


# The second worker goes on starting when the first has ended, as a slow one does.
_LATE = """
import os, signal, sys, threading
from pathlib import Path

NOTES = Path({notes!r})

def wait_for(condition):
    # Not for ever, so that a pool that is not ended ends too.
    for _ in range(900):
        if condition():
            return
        threading.Event().wait(0.02)

def ended(process):
    try:
        os.kill(process, 0)
    except OSError:
        return True
    return False

def started():
    return sorted(int(path.name) for path in NOTES.glob("[0-9]*"))

if "--multiprocessing-fork" in sys.orig_argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    (NOTES / str(os.getpid())).touch()
    wait_for(lambda: len(started()) == 2)
    first, second = started()
    if os.getpid() == second:
        wait_for(lambda: ended(first))
        (NOTES / "late").touch()
"""


def test_workers_that_are_still_starting_end_quietly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sitecustomize.py").write_text(_LATE.format(notes=str(tmp_path)), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    article = Article("a.txt", "A title", "Talks took place in Rome.")
    with analyser("rules", 2) as analyse:
        assert len(analyse([article])) == 1
    assert (tmp_path / "late").exists()
    assert capfd.readouterr().err == ""
