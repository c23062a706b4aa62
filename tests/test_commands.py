"""The command line, as a shell runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from building import ROOT, SEEDS, bring_up_to_date, write
from story import write_story

from tui.folders import absolute, cache_of
from tui.library import Library

posix = pytest.mark.skipif(os.name == "nt", reason="there are no such signals and limits")


def dateline(
    *arguments: str | Path, stdin: bytes = b"", **options: object
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end, without a terminal."""
    done: subprocess.CompletedProcess[bytes] = subprocess.run(
        [sys.executable, "-m", "tui", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        timeout=120,
        check=False,
        **options,  # type: ignore[call-overload]
    )
    return done


def started(*arguments: str | Path, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start a command and leave it to run."""
    return subprocess.Popen(
        [sys.executable, "-m", "tui", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=stdin,
        cwd=ROOT,
    )


def size_of(path: Path) -> int:
    """The size of a file that may come and go."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def many(folder: Path, count: int) -> Path:
    """A folder of small different articles."""
    return write(
        folder,
        **{
            f"n{i}": f" date 2024-03-{i % 28 + 1:02} Minister Anna Weber visited Town{i} in Peru. "
            "The United States attacked nobody. " * 8
            for i in range(count)
        },
    )


def test_version_and_help_are_there() -> None:
    assert dateline("--version").stdout.startswith(b"dateline 0.")
    shown = dateline("--help").stdout.decode()
    assert "examples:" in shown
    for command in ("index", "search", "timeline", "export", "doctor"):
        assert command in shown
        assert dateline(command, "--help").returncode == 0


def test_without_a_terminal_it_says_so_in_one_sentence() -> None:
    done = dateline(SEEDS)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"terminal" in done.stderr
    assert b"\x1b" not in done.stderr


def test_what_is_not_there_is_named() -> None:
    done = dateline("no/such/folder")
    assert done.returncode == 2
    assert done.stderr == b"dateline: no/such/folder: no such file or folder\n"


def test_index_then_search() -> None:
    done = dateline("index", SEEDS)
    assert done.returncode == 0
    assert b"articles\t5\n" in done.stdout
    found = dateline("search", "Rafah -Spicer", SEEDS)
    assert found.returncode == 0
    rows = [line.split("\t") for line in found.stdout.decode().splitlines()]
    assert all(len(row) == 4 for row in rows)
    assert {row[1] for row in rows} >= {"2024-rafah-harris.txt"}
    assert dateline("search", "zzzz", SEEDS).returncode == 1
    assert dateline("search", '"(*)" ^', SEEDS).returncode == 1


def test_search_reads_a_library_that_it_does_not_know_yet() -> None:
    done = dateline("search", "Rafah", SEEDS, "--format", "jsonl")
    assert done.returncode == 0
    assert all("title" in json.loads(line) for line in done.stdout.splitlines())


def test_timeline_lines_and_objects(tmp_path: Path) -> None:
    folder = write_story(tmp_path)
    done = dateline("timeline", folder)
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert all(len(row) == 4 and row[1] in ("happened", "planned", "claimed") for row in rows)
    top = dateline("timeline", folder, "--top", "3", "--format", "jsonl").stdout.splitlines()
    records = [json.loads(line) for line in top]
    assert len(records) == 3
    assert max(len(r["articles"]) for r in records) == 3


def test_what_is_exported_can_be_opened(tmp_path: Path) -> None:
    done = dateline("export", SEEDS, "--format", "jsonl")
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(records) == 5
    (tmp_path / "out.jsonl").write_bytes(done.stdout)
    again = [
        json.loads(line) for line in dateline("export", tmp_path / "out.jsonl").stdout.splitlines()
    ]
    assert [r["text"] for r in again] == [r["text"] for r in records]
    assert [r["id"] for r in again] == [r["id"] for r in records]


def test_what_comes_in_is_read() -> None:
    line = json.dumps({"title": "One", "text": "Anna Weber visited Rome.", "date": "2024-03-25"})
    done = dateline("export", "-", stdin=line.encode())
    assert json.loads(done.stdout)["title"] == "One"


def test_doctor_lists_what_was_skipped(tmp_path: Path) -> None:
    write(tmp_path, a="Anna Weber visited Rome.", empty="")
    (tmp_path / "b.jsonl").write_text("{broken\n")
    dateline("index", tmp_path)
    done = dateline("doctor", tmp_path)
    assert done.returncode == 1
    assert b"error\tempty.txt\tempty\n" in done.stdout
    assert b"error\tb.jsonl:1\tnot JSON" in done.stdout
    assert b"check\tok\n" in done.stdout


def test_doctor_tells_a_damaged_cache() -> None:
    dateline("index", SEEDS)
    cache = cache_of(absolute([SEEDS]))
    cache.write_bytes(b"nothing of the kind" * 100)
    done = dateline("doctor", SEEDS)
    assert done.returncode == 1
    assert b"damaged" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error() -> None:
    dateline("index", SEEDS)
    done = subprocess.run(
        f"'{sys.executable}' -m tui export '{SEEDS}' | head -c 10",
        shell=True,
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stderr == b""


def test_screenshot(tmp_path: Path) -> None:
    picture = tmp_path / "a.svg"
    assert dateline("--screenshot", picture, "--size", "80x24", SEEDS).returncode == 0
    assert "Rafah" in picture.read_text(encoding="utf-8")
    assert dateline("--screenshot", picture, "--size", "big", SEEDS).returncode == 2
    assert dateline("--screenshot", picture, "--theme", "none", SEEDS).returncode == 2


@posix
def test_nothing_is_lost_when_it_is_killed_at_any_moment(tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 300)
    whole: set[str] = set()
    for moment in range(6):
        process = started("index", folder)
        # Kill at a point of the work, not of the clock: once so many bytes are in the cache.
        cache = cache_of(absolute([folder]))
        wal = cache.with_name(cache.name + "-wal")
        while process.poll() is None:
            if size_of(wal) > moment * 120_000:
                process.send_signal(signal.SIGKILL)
                break
        process.communicate()
    bring_up_to_date([folder])
    library = Library([folder])
    for key in library.articles.order():
        article = library.articles.get(key)
        assert article is not None
        whole.add(article.source)
    status = library.articles.status()
    assert len(whole) == 300
    assert status.analysed == 300
    assert len(library.articles.search("Weber", limit=1000)) == 300
    rows = [number for number in library.timeline.index().rows if number > 0]
    assert len(rows) == len(set(rows)) == status.events
    library.close()


def test_two_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 120)
    both = [started("index", folder), started("index", folder)]
    for process in both:
        out, err = process.communicate(timeout=100)
        assert process.returncode == 0, err
        assert b"articles\t120\n" in out
        assert b"analysed\t120\n" in out
    library = Library([folder])
    assert len(library.articles.search("Weber", limit=1000)) == 120
    library.close()


@posix
def test_a_full_disk_is_said_and_leaves_what_was_there(tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 40)
    bring_up_to_date([folder])
    many(folder, 900)

    def small_disk() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    done = dateline("index", folder, preexec_fn=small_disk)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"dateline: ")
    library = Library([folder])
    assert len(library.articles.search("Weber", limit=1000)) >= 40
    library.close()
    bring_up_to_date([folder])
    library = Library([folder])
    assert len(library.articles.order()) == 900
    library.close()


@posix
def test_a_terminated_index_ends_at_once(tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 400)
    # As the app starts it, because then it tells when it is amid the analysis.
    process = started("index", "--progress-json", folder, stdin=subprocess.PIPE)
    assert process.stdout is not None
    assert any(b'"analyse"' in line for line in process.stdout)
    process.terminate()
    process.communicate()
    assert process.returncode == -signal.SIGTERM


@pytest.mark.parametrize(
    "code",
    [
        "import tui.library, tui.json_export, tui.indexing.run",
        "from tui.cli.main import run; run(['--help'])",
        f"from tui.cli.main import run; run(['search', 'Rafah', {str(SEEDS)!r}])",
    ],
)
def test_the_core_imports_nothing_of_textual(code: str) -> None:
    check = (
        f"import sys\ntry:\n {code}\nexcept SystemExit: pass\n"
        "bad = [m for m in sys.modules if m.split('.')[0] in ('textual', 'rich')]\n"
        "print(bad, file=sys.stderr)\nsys.exit(bool(bad))"
    )
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_app_imports_nothing_of_the_analysis() -> None:
    check = (
        "import sys\nimport tui.app.app, tui.app.reader.reader_screen, tui.cli.main, tui.library\n"
        "bad = [m for m in sys.modules if m.startswith(('dateparser', 'yaml', 'onnxruntime',"
        " 'numpy', 'pebble', 'multiprocessing.pool', 'tui.nlp.encoder', 'tui.nlp.gazetteer',"
        " 'tui.entities.recognition', 'tui.entities.clustering', 'tui.events.extraction',"
        " 'tui.events.linking', 'tui.times.expressions', 'tui.indexing.run',"
        " 'tui.indexing.pipeline'))]\n"
        "print(bad, file=sys.stderr)\nsys.exit(bool(bad))"
    )
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_but_dateline_writes_where_programs_keep_their_files(tmp_path: Path) -> None:
    """A library that we use must not leave files about, nor events to send."""
    home = tmp_path / "home"
    names = ("CACHE", "CONFIG", "DATA", "STATE")
    places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in names}
    for place in places.values():
        Path(place).mkdir(parents=True)
    folder = write(tmp_path / "two", a="Talks\n\nAnn Berg met Joe Doe in Rome on Monday.")
    done = dateline("index", folder, env={**os.environ, **places, "HOME": str(home)})
    assert done.returncode == 0, done.stderr
    kept = {path.relative_to(home).parts[:2] for path in home.rglob("*") if path.is_file()}
    assert kept
    assert {parts[1] for parts in kept} == {"dateline"}


def test_environment_of_a_child_is_the_package_itself(tmp_path: Path) -> None:
    """A folder named `tui` where the reader stands must not take the place of ours."""
    from tui.indexing.index_process import IndexProcess
    from tui.indexing.progress import Progress

    (tmp_path / "tui").mkdir()
    (tmp_path / "tui" / "__main__.py").write_text("raise SystemExit(9)")
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        heard: list[Progress] = []
        feeder = IndexProcess([SEEDS])
        feeder.run(heard.append)
        assert heard[-1].step == "done"
    finally:
        os.chdir(before)
