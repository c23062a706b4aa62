"""The system's clipboard, by the command that it has for it; OSC 52 is for where it has none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

_SECONDS = 2


def command(environment: Mapping[str, str]) -> list[str] | None:
    """The command that takes a text to the clipboard; None where the terminal has to be asked.

    Over ssh it would be the clipboard of the wrong machine.
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
    """Put a text on the clipboard; False if no command could."""
    words = command(os.environ)
    if words is None:
        return False
    try:
        # Such commands stay behind to serve the text: their output must not hold ours open.
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
