"""Finds out by an OSC 11 query, before the app starts, whether the terminal is dark or light.

A query that every terminal answers (DA1) follows, so that a terminal that does not support OSC 11
causes no delay. Keys that are typed in the meantime are put back into the input.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
import time
from typing import Any

_QUESTION = b"\x1b]11;?\x1b\\\x1b[c"
_COLOUR = re.compile(rb"\x1b\]11;rgb:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)(?:\x07|\x1b\\)")
_END = re.compile(rb"\x1b\[\?[\d;]*c")
# Every terminal answers DA1, at once or after the delay of a slow connection. An answer that comes
# later than this would be read as keys.
_SECONDS = 1.0


class Query:
    """A query that has been sent; `answer` must be called, as it restores the terminal."""

    def __init__(self, descriptor: int, before: Any) -> None:
        self._descriptor = descriptor
        self._before = before
        self._until = time.monotonic() + _SECONDS

    def answer(self) -> bool | None:
        """Whether the terminal is dark, None if it does not answer; restores the terminal."""
        heard = b""
        try:
            while not _END.search(heard):
                left = self._until - time.monotonic()
                if left <= 0 or not select.select([self._descriptor], [], [], left)[0]:
                    break
                got = os.read(self._descriptor, 4096)
                if not got:
                    break
                heard += got
        except OSError:
            pass
        finally:
            self.forget()
        self._give_back(_END.sub(b"", _COLOUR.sub(b"", heard)))
        return is_dark(heard)

    def forget(self) -> None:
        """Restore the mode of the terminal."""
        import termios

        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._descriptor, termios.TCSANOW, self._before)

    def _give_back(self, typed: bytes) -> None:
        """Put keys that came with the answer back into the input, if the system allows it."""
        import fcntl
        import termios

        push = getattr(termios, "TIOCSTI", None)
        if push is None or b"\x1b" in typed:
            return
        for byte in typed:
            try:
                fcntl.ioctl(self._descriptor, push, bytes([byte]))
            except OSError:
                return


def ask() -> Query | None:
    """Query the background colour of the terminal; None if it cannot be queried."""
    if os.environ.get("TERM", "") in ("", "dumb", "unknown", "linux"):
        return None
    try:
        import termios
        import tty

        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor, termios.TCSANOW)
    except (ImportError, OSError, ValueError):
        return None
    except termios.error:
        return None
    question = Query(descriptor, before)
    try:
        os.write(sys.stderr.fileno(), _QUESTION)
    except (OSError, ValueError):
        question.forget()
        return None
    return question


def is_dark(heard: bytes) -> bool | None:
    """Whether an answer reports a dark background, None if it reports no colour."""
    found = _COLOUR.search(heard)
    if found is None:
        return None
    red, green, blue = (int(part, 16) / float(16 ** len(part) - 1) for part in found.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5
