"""Whether the terminal is dark or light: asked by OSC 11, before the reader takes it over.

The question ends with one that every terminal answers (DA1), so that one that knows no colours
does not make us wait. What was typed in the meantime is lost to nobody: it is put back.
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
# Every terminal answers DA1, within a millisecond or a slow line's time; what came later than this
# would be taken for keys.
_SECONDS = 1.0


class Question:
    """A question that was asked; `answer` is to be called, whatever else happens."""

    def __init__(self, descriptor: int, before: Any) -> None:
        self._descriptor = descriptor
        self._before = before
        self._until = time.monotonic() + _SECONDS

    def answer(self) -> bool | None:
        """Whether the terminal is dark; None if it does not say."""
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
        """Leave the terminal as it was."""
        import termios

        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._descriptor, termios.TCSANOW, self._before)

    def _give_back(self, typed: bytes) -> None:
        """Keys that came with the answer, as if they were typed now, where the system lets us."""
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


def ask() -> Question | None:
    """Ask the terminal for its ground; None if it cannot be asked."""
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
    question = Question(descriptor, before)
    try:
        os.write(sys.stderr.fileno(), _QUESTION)
    except (OSError, ValueError):
        question.forget()
        return None
    return question


def is_dark(heard: bytes) -> bool | None:
    """Whether an answer tells of a dark ground; None if it tells of none."""
    found = _COLOUR.search(heard)
    if found is None:
        return None
    red, green, blue = (int(part, 16) / float(16 ** len(part) - 1) for part in found.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5
