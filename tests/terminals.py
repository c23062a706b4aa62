"""A real pseudo-terminal with the program in it, read as a terminal would."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pyte
from building import ROOT


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
        columns, rows = size
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self.code: int | None = None
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.chdir(ROOT)
            env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
            os.execvpe(command[0], command, env)
        self._set_size(columns, rows)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.code is None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._fd)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window."""
        self._screen.resize(rows, columns)
        self._set_size(columns, rows)
        os.kill(self._pid, signal.SIGWINCH)

    def read(self, seconds: float = 0.05) -> bytes:
        """What it writes until it is quiet for some seconds."""
        got = b""
        while select.select([self._fd], [], [], seconds)[0]:
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                break
            if not data:
                break
            got += data
            if b"\x1b[c" in data:
                # What every terminal answers to DA1.
                os.write(self._fd, self._ground + b"\x1b[?62;22c")
            self._stream.feed(data)
        self.raw += got
        return got

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self._screen.display)

    def until(self, condition: Callable[[str], bool] | str, seconds: float = 30) -> str:
        """Read until the screen shows something."""
        deadline = time.monotonic() + seconds
        while True:
            self.read()
            text = self.text
            if condition in text if isinstance(condition, str) else condition(text):
                return text
            assert time.monotonic() < deadline, text

    def press(self, keys: str) -> None:
        """Write keys."""
        os.write(self._fd, keys.encode())

    def signal(self, number: int) -> None:
        """Send the command a signal."""
        os.kill(self._pid, number)

    def ended(self, seconds: float = 20) -> int:
        """The exit code, once it has ended."""
        deadline = time.monotonic() + seconds
        while self.code is None:
            self.read()
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self.read()
                self.code = os.waitstatus_to_exitcode(status)
                return self.code
            assert time.monotonic() < deadline, self.text
        return self.code


def dateline(*arguments: str | Path) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-m", "tui", *map(str, arguments)]
