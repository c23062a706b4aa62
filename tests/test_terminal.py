"""The program in a real pseudo-terminal."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import ROOT, SEEDS, write
from rich.cells import cell_len
from terminals import Terminal, dateline

LEFT = b"\x1b[?1049l"
DONE = "5 articles · "


def test_start_read_walk_and_quit() -> None:
    with Terminal(dateline(SEEDS)) as terminal:
        terminal.until(lambda text: "Articles  5" in text and DONE in text)
        terminal.press("\r")
        terminal.until("next account")
        terminal.press("]")
        terminal.read(0.3)
        for _ in range(12):
            terminal.press("r")
            terminal.read(0.3)
            if "account 1 of 3" in terminal.text:
                break
            terminal.press("]")
            terminal.read(0.3)
        assert "un-vote-gaza.txt" in terminal.text
        terminal.press("<")
        terminal.until("video-meeting.txt")
        terminal.press("qq")
        assert terminal.ended() == 0
        assert LEFT in terminal.raw


def test_a_cursor_move_writes_less_than_a_kilobyte(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{f"n{i}": f" date 2024-03-{i % 28 + 1:02} Thing {i} is here." for i in range(60)},
    )
    with Terminal(dateline(tmp_path)) as terminal:
        terminal.until("60 articles · 0 events")
        terminal.press("j")
        terminal.read(0.5)
        # The list alone: the page follows when the cursor rests, and is another thing to draw.
        terminal.press("j")
        moved = terminal.read(0.025)
        assert 0 < len(moved) < 1024, moved
    with Terminal(dateline(SEEDS)) as terminal:
        terminal.until(lambda text: DONE in text)
        terminal.press("\r")
        terminal.read(0.5)
        terminal.press("l")
        terminal.read(0.3)
        terminal.press("l")
        assert 0 < len(terminal.read(0.3)) < 1024


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(number: int) -> None:
    with Terminal(dateline(SEEDS)) as terminal:
        terminal.until(DONE)
        terminal.signal(number)
        assert terminal.ended() == 128 + number
        assert LEFT in terminal.raw


def test_control_c_quits_while_it_indexes(tmp_path: Path) -> None:
    write(tmp_path, **{f"n{i}": f"Anna Weber visited Town{i} in Peru. " * 20 for i in range(400)})
    with Terminal(dateline(tmp_path)) as terminal:
        terminal.until("Articles")
        terminal.press("\x03")
        assert terminal.ended() == 0
        assert LEFT in terminal.raw


@pytest.mark.parametrize(
    ("ground", "colour"),
    [
        (b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", b"48;2;251;250;247"),
        (b"\x1b]11;rgb:1e/1e/2e\x07", b"48;2;21;24;28"),
        (b"", b"48;2;21;24;28"),
    ],
)
def test_dark_or_light_as_the_terminal_is(ground: bytes, colour: bytes) -> None:
    with Terminal(dateline(SEEDS), ground=ground) as terminal:
        terminal.until(DONE)
        assert colour in terminal.raw
        terminal.press("q")
        assert terminal.ended() == 0
        # The answer is the program's own, not a key and not on the screen.
        assert b"rgb:" not in terminal.raw


def test_what_was_shown_as_kept_is_there_after_a_kill() -> None:
    with Terminal(dateline(SEEDS)) as terminal:
        terminal.until(DONE)
        terminal.press("\r]vis")
        terminal.until("selected")
        terminal.press("m")
        terminal.until("kept: a writes")
        terminal.signal(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
    with Terminal(dateline(SEEDS)) as terminal:
        terminal.until("1 kept")
        terminal.press("M")
        terminal.until("Notebook  1 passage")
        terminal.press("qqq")
        assert terminal.ended() == 0


def test_an_editor_gets_the_terminal_and_gives_it_back(tmp_path: Path) -> None:
    write(tmp_path / "lib", a=" date 2024-03-25 Anna Weber visited Rome.")
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "editing $1"; sed -i s/Rome/Oslo/ "$1"\n')
    editor.chmod(0o755)
    with Terminal(dateline(tmp_path / "lib"), EDITOR=str(editor), VISUAL="") as terminal:
        terminal.until("1 article · ")
        terminal.press("\re")
        terminal.until(lambda text: "visited Oslo" in text)
        terminal.press("qq")
        assert terminal.ended() == 0
        assert b"editing " in terminal.raw


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_without_a_cursor_is_refused(term: str) -> None:
    with Terminal(dateline(SEEDS), TERM=term) as terminal:
        assert terminal.ended() == 2
        assert b"\x1b" not in terminal.raw
        assert term.encode() in terminal.raw


def test_no_color_has_no_colour() -> None:
    with Terminal(dateline(SEEDS), NO_COLOR="1") as terminal:
        terminal.until(DONE)
        terminal.press("\r]")
        terminal.read(0.5)
        for code in terminal.raw.split(b"\x1b[")[1:]:
            parameters = code.split(b"m", 1)[0]
            if parameters.startswith((b"38;2;", b"48;2;")):
                red, green, blue = parameters.split(b";")[2:5]
                assert red == green == blue


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_what_comes_through_a_pipe_is_read_with_the_keys_of_the_terminal() -> None:
    seed = SEEDS / "spicer-biden.txt"
    command = ["sh", "-c", f"cat '{seed}' | '{sys.executable}' -m tui -"]
    with Terminal(command) as terminal:
        terminal.until("1 article · ")
        terminal.press("\r")
        terminal.until("next account")
        terminal.press("qq")
        assert terminal.ended() == 0


def test_the_last_library_is_opened_again() -> None:
    with Terminal(dateline()) as terminal:
        terminal.until(DONE)
        terminal.press("q")
        assert terminal.ended() == 0
    with Terminal(dateline(SEEDS / "spicer-biden.txt")) as terminal:
        terminal.until("1 article · ")
        terminal.press("q")
        assert terminal.ended() == 0
    with Terminal(dateline()) as terminal:
        terminal.until("1 article · ")


class Tmux:
    """A session of tmux of its own with a command in it."""

    def __init__(self, command: list[str], columns: int, rows: int) -> None:
        # One of its own each time: a server that is told to end still answers for a moment.
        self._socket = f"dateline-{os.getpid()}-{time.monotonic_ns()}"
        quoted = " ".join(f"'{part}'" for part in command)
        self("new-session", "-d", "-x", str(columns), "-y", str(rows), quoted)

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._socket, "-f", "/dev/null", *arguments],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        return done.stdout

    def until(self, text: str, seconds: float = 30) -> str:
        """The screen, once it shows something."""
        deadline = time.monotonic() + seconds
        while True:
            pane = self("capture-pane", "-p")
            if text in pane:
                return pane
            assert time.monotonic() < deadline, pane


@pytest.fixture
def tmux() -> Iterator[Tmux]:
    """The bundled articles at 80 by 24."""
    if shutil.which("tmux") is None:
        assert not os.environ.get("CI"), "tmux is to be installed by .ci/run"
        pytest.skip("tmux is not installed")
    session = Tmux(dateline(SEEDS), 80, 24)
    yield session
    session("kill-server")


def test_in_tmux_as_a_user_would(tmux: Tmux) -> None:
    tmux.until("Articles  5")
    tmux("send-keys", "t")
    # A timeline that grows keeps the cursor on its event: first let it be whole.
    tmux.until("Gaza sinks further")
    tmux("send-keys", "g")
    tmux.until("11–17 Mar 2024")
    tmux("send-keys", "?")
    tmux.until("Moving")


def test_sizes_while_it_runs(tmux: Tmux) -> None:
    tmux.until("Articles  5")
    tmux("send-keys", "Enter")
    tmux.until("next event")
    for columns, rows, shown in (
        (40, 10, "video-meeting.txt"),
        (20, 5, "keys"),
        (200, 50, "Timeline"),
        (80, 24, "Articles"),
    ):
        tmux("resize-window", "-x", str(columns), "-y", str(rows))
        pane = tmux.until(shown)
        assert all(cell_len(line) <= columns for line in pane.splitlines())
