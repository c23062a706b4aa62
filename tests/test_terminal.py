"""The program in a real pseudo-terminal."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from building import ROOT, SEEDS, write

if sys.platform == "win32":
    pytest.skip("there is no pseudo-terminal on Windows", allow_module_level=True)

from story import write_story
from terminals import Terminal, dateline

LEFT = b"\x1b[?1049l"
DONE = "5 articles · "


def all_of(*texts: str) -> Callable[[str], bool]:
    """Whether the screen shows each of some texts."""
    return lambda screen: all(text in screen for text in texts)


def test_start_read_walk_and_quit(tmp_path: Path) -> None:
    with Terminal(dateline(write_story(tmp_path))) as terminal:
        terminal.until(all_of("Articles  3", "3 articles · "))
        terminal.press("\r")
        terminal.until("next account")
        terminal.press("]")
        terminal.until("›● The United States abstained")
        terminal.press("r")
        told = "›● The United States abstained"
        terminal.until(all_of("council.txt", told, "account 1 of 3"))
        terminal.press("<")
        terminal.until(all_of("later.txt", "›● The United States abstained"))
        terminal.press("qq")
        assert terminal.ended() == 0
        assert LEFT in terminal.raw


def walk(terminal: Terminal, key: str, stops: Sequence[str], beyond: str) -> int:
    """Move the cursor from stop to stop with a key; how many bytes that wrote.

    The cursor does not come to the text `beyond`, so its ground is that of a text at rest.
    """
    before = len(terminal.raw)
    for stop in stops:
        terminal.press(key)
        terminal.until(partial(is_lit, terminal, stop, beyond))
    return len(terminal.raw) - before


def is_lit(terminal: Terminal, stop: str, beyond: str, screen: str) -> bool:
    """Whether the ground of a text on the screen is another than that of a text at rest."""
    both = all_of(stop, beyond)(screen)
    return both and terminal.ground_of(stop) != terminal.ground_of(beyond)


def test_a_cursor_move_in_the_list_writes_less_than_a_kilobyte(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{f"n{i}": f" date 2024-03-{i % 28 + 1:02} Thing {i} is here." for i in range(60)},
    )
    with Terminal(dateline(tmp_path)) as terminal:
        terminal.until("60 articles · 0 events")
        # The list alone, in which a title takes one row instead of two: the page would follow.
        terminal.resize(68, 36)
        terminal.until(lambda text: text.count(" is here") == 17)
        stops = re.findall(r"Thing \d+ is here", terminal.text)[1:13]
        beyond = stops.pop()
        # When these are lit, all that the new size had to draw has been written.
        walk(terminal, "j", stops[:3], beyond)
        assert walk(terminal, "j", stops[3:], beyond) < len(stops[3:]) * 1024


def test_a_cursor_move_on_the_page_writes_less_than_a_kilobyte(tmp_path: Path) -> None:
    write(tmp_path, a="Talks\n\nAnn Berg, Joe Doe, Max Roth and Tom Lang.\n\nEva Klein.")
    first, *names, beyond = "Ann Berg", "Joe Doe", "Max Roth", "Tom Lang", "Eva Klein"
    with Terminal(dateline(tmp_path)) as terminal:
        # Without an event, as the timeline would follow.
        terminal.until("1 article · 0 events")
        terminal.press("\r")
        terminal.until("Enter who")
        # When these are lit, all that the change of panes had to draw has been written.
        walk(terminal, "l", names, beyond)
        back = [*names[-2::-1], first]
        assert walk(terminal, "h", back, beyond) < len(back) * 1024
        assert walk(terminal, "l", names, beyond) < len(names) * 1024


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
        terminal.until("analysing ")
        terminal.press("\x03")
        assert terminal.ended() == 0
        assert b"400 articles" not in terminal.raw
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
        terminal.until("Notebook  1 bookmark")
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
        terminal.until("visited Oslo")
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
        terminal.press("\r]]")
        terminal.until("›● Netanyahu put them off")
    styles = re.findall(rb"\x1b\[([\d;]*)m", terminal.raw)
    parameters = {int(number) for style in styles for number in style.split(b";") if number}
    assert parameters
    assert not parameters & {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}


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

    def until(self, condition: Callable[[str], bool] | str, seconds: float = 60) -> None:
        """Ask for the screen until it shows something.

        `seconds` only bounds a failure.
        """
        deadline = time.monotonic() + seconds
        while True:
            pane = self("capture-pane", "-p")
            if condition in pane if isinstance(condition, str) else condition(pane):
                return
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
    tmux.until(lambda pane: re.search(r"Timeline  \d+ of \d\d", pane) is not None)
    tmux("send-keys", "g")
    tmux.until("Mar 2024")
    tmux("send-keys", "?")
    tmux.until("Moving")


def fits(screen: str, rows: int, titles: list[str]) -> bool:
    """Whether a screen has the titles of some panes in its first row and keys in its last one."""
    lines = screen.splitlines()
    titled = [title for title in ("Articles", "video-meeting.txt", "Timeline") if title in lines[0]]
    return len(lines) == rows and titled == titles and "? keys" in lines[-1]


def test_sizes_while_it_runs(tmux: Tmux) -> None:
    tmux.until("Articles  5")
    tmux("send-keys", "Enter")
    tmux.until("next event")
    page = "video-meeting.txt"
    for columns, rows, titles in (
        (40, 10, [page]),
        (20, 5, [page]),
        (200, 50, ["Articles", page, "Timeline"]),
        (80, 24, ["Articles", page]),
    ):
        tmux("resize-window", "-x", str(columns), "-y", str(rows))
        tmux.until(partial(fits, rows=rows, titles=titles))
