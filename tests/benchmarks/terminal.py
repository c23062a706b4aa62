"""A program in a real pseudo-terminal: keys go in, what it paints is timed and counted."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import clock

COLUMNS, ROWS = 120, 36

# A repaint has ended when nothing has come for so long (seconds). The reader opens the article
# under the cursor 50 ms after a key: that is a repaint of its own, and this is to be shorter.
QUIET = 0.025
_SETTLED = 0.15


class NothingPainted(Exception):  # noqa: N818
    """The program did not paint what was waited for."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A repaint: seconds from the key to its last byte, cpu seconds of the program, the bytes."""

    wall: float
    cpu: float
    data: bytes


class Terminal:
    """A program that believes to be in a terminal of 120x36; use it as a context manager."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], cwd: Path) -> None:
        self._master, slave = pty.openpty()
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self.begin = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            env={**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            cwd=cwd,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self.process.pid

    def cpu(self) -> float:
        """Seconds of cpu that the program has used, without its children."""
        return clock.cpu_of(self.pid)

    def _read(self, seconds: float) -> bytes:
        """What comes within some seconds; empty if nothing does."""
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return b""
        try:
            data = os.read(self._master, 1 << 16)
        except OSError as error:
            raise NothingPainted("the program has ended") from error
        if b"\x1b[c" in data:
            # What every terminal answers to DA1.
            os.write(self._master, b"\x1b[?62;22c")
        return data

    def wait_for(self, marker: bytes, seconds: float = 120.0) -> clock.Used:
        """Wait until the marker is painted; wall and cpu seconds of the program until then."""
        deadline = time.perf_counter() + seconds
        seen = b""
        while marker not in seen:
            left = deadline - time.perf_counter()
            data = self._read(left)
            if left < 0:
                raise NothingPainted(f"{marker!r} was not painted; the last was {seen[-600:]!r}")
            # A marker may come in two parts.
            seen = seen[-4096:] + data
        cpu = self.cpu()
        return clock.Used(time.perf_counter() - self.begin, cpu, clock.rss_of(self.pid))

    def settle(self, seconds: float = _SETTLED) -> bytes:
        """Read on until nothing has come for some seconds; what came."""
        seen = b""
        deadline = time.perf_counter() + 60
        while (data := self._read(seconds)) and time.perf_counter() < deadline:
            seen += data
        return seen

    def press(self, keys: bytes, quiet: float = QUIET, until: bytes = b"") -> Paint:
        """Press keys and time the repaint that follows.

        It ends with `quiet` seconds of nothing, and not before `until` has been painted.

        Raises:
            NothingPainted: if there is none within ten seconds.
        """
        before = self.cpu()
        begin = last = time.perf_counter()
        os.write(self._master, keys)
        seen = b""
        while True:
            waiting = not seen or until not in seen
            data = self._read(10.0 if waiting else quiet)
            if not data:
                break
            last = time.perf_counter()
            seen += data
        if waiting:
            raise NothingPainted(f"not painted after {keys!r}: {until!r}")
        return Paint(last - begin, self.cpu() - before, seen)

    def send(self, keys: bytes) -> bytes:
        """Press keys untimed and wait until the screen rests; what was painted."""
        os.write(self._master, keys)
        return self._read(5.0) + self.settle()

    def close(self) -> None:
        """End the program, gently first."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        deadline = time.perf_counter() + 5
        while self.process.poll() is None and time.perf_counter() < deadline:
            # Nobody else empties the terminal, and a full one would keep the program from ending.
            with contextlib.suppress(NothingPainted):
                self._read(0.02)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)


def _take_terminal() -> None:
    """In the new process: make the pseudo-terminal its own, so that it gets its signals."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
