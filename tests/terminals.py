"""A real pseudo-terminal with the program in it, read as a terminal would."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pyte
from building import ROOT

# A query that every terminal answers, and the answer.
_DA1, _ANSWER = b"\x1b[c", b"\x1b[?62;22c"


class Terminal:
    """A command in a pseudo-terminal of some size; `raw` is all that it wrote so far.

    `ground` is what it answers when it is asked for the colour of its ground.
    """

    def __init__(
        self,
        command: list[str],
        size: tuple[int, int] = (120, 36),
        ground: bytes = b"",
        **environment: str,
    ) -> None:
        self._ground = ground
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self._fd, inside = pty.openpty()
        self._set_size(*size)
        self._process = subprocess.Popen(
            command,
            stdin=inside,
            stdout=inside,
            stderr=inside,
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment},
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(inside)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._fd)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window; the command gets SIGWINCH."""
        self._screen.resize(rows, columns)
        self._set_size(columns, rows)

    def _read(self, deadline: float) -> bool:
        """Wait for output and take it in; returns whether there was any before a deadline."""
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self._fd], [], [], left)[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            # How Linux tells that the command has ended; others give back nothing.
            return False
        if _DA1 in self.raw[1 - len(_DA1) :] + data:
            os.write(self._fd, self._ground + _ANSWER)
        self._stream.feed(data)
        self.raw += data
        return bool(data)

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self._screen.display)

    def ground_of(self, text: str) -> str:
        """The colour behind a text where the screen first shows it, "" if it does not."""
        for row, line in enumerate(self._screen.display):
            if text in line:
                cell = self._screen.buffer[row][line.index(text)]
                return str(cell.fg if cell.reverse else cell.bg)
        return ""

    def until(self, condition: Callable[[str], bool] | str, seconds: float = 60) -> str:
        """Read until the screen shows something, and return what it shows then.

        `seconds` only bounds a failure.
        """
        deadline = time.monotonic() + seconds
        while True:
            text = self.text
            if condition in text if isinstance(condition, str) else condition(text):
                return text
            assert self._read(deadline), text

    def press(self, keys: str) -> None:
        """Write keys."""
        os.write(self._fd, keys.encode())

    def signal(self, number: int) -> None:
        """Send the command a signal."""
        self._process.send_signal(number)

    def ended(self, seconds: float = 60) -> int:
        """The exit code, once it has ended and all that it wrote has been read.

        `seconds` only bounds a failure.
        """
        deadline = time.monotonic() + seconds
        while self._read(deadline):
            pass
        assert time.monotonic() < deadline, self.text
        return self._process.wait(seconds)


def _take_terminal() -> None:
    """In the new process: make the pseudo-terminal its own, so that it gets its signals."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def dateline(*arguments: str | Path) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-m", "tui", *map(str, arguments)]
