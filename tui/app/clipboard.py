"""Copies to the system's clipboard with an external command.

The app uses OSC 52 if there is no such command.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

_SECONDS = 2


def command(environment: Mapping[str, str]) -> list[str] | None:
    """The command that copies its standard input to the clipboard, None if there is none.

    None over SSH, where a command would use the clipboard of the wrong machine.
    """
    if environment.get("SSH_TTY") or environment.get("SSH_CONNECTION"):
        return None
    for needs, words in (
        ("WAYLAND_DISPLAY", ["wl-copy"]),
        ("DISPLAY", ["xclip", "-selection", "clipboard"]),
        ("DISPLAY", ["xsel", "--clipboard", "--input"]),
        ("WSL_DISTRO_NAME", ["clip.exe"]),
    ):
        if environment.get(needs) and shutil.which(words[0]):
            return words
    return ["pbcopy"] if sys.platform == "darwin" and shutil.which("pbcopy") else None


def copy(text: str) -> bool:
    """Copy a text to the clipboard; returns whether a command has done so."""
    words = command(os.environ)
    if words is None:
        return False
    try:
        # Such commands keep running to serve the text, so they must not inherit our output streams.
        done = subprocess.run(
            words,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
