"""The indexing process as the app sees it: `dateline index` as a child, heard line by line."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.indexing.progress import Progress

Hear = Callable[[Progress], None]


class Feeder:
    """Starts the child, passes on what it says, and takes it along when the app ends."""

    def __init__(self, sources: Sequence[Path]) -> None:
        self._sources = [str(source) for source in sources]
        self._child: subprocess.Popen[str] | None = None
        self._stopped = threading.Event()

    @property
    def running(self) -> bool:
        """Whether the child is at work."""
        return self._child is not None and self._child.poll() is None

    def run(self, hear: Hear) -> None:
        """Start the child and pass on its progress until it ends. Blocks: for a thread."""
        if self.running or self._stopped.is_set():
            return
        # From the folder of the package, so that nothing in the reader's folder can take its name.
        child = subprocess.Popen(
            [sys.executable, "-m", "tui", "index", "--progress-json", "--", *self._sources],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parent.parent.parent,
            text=True,
            encoding="utf-8",
        )
        self._child = child
        if self._stopped.is_set():
            # The app ended between the two lines above.
            self.stop()
        ended = False
        if child.stdout is not None:
            for line in child.stdout:
                try:
                    progress = Progress.from_json(line)
                except ValueError:
                    continue
                ended = progress.step in ("done", "failed")
                hear(progress)
        code = child.wait()
        if not ended and code > 0:
            hear(Progress("failed", note=f"indexing ended with exit code {code}"))

    def want(self, key: int) -> None:
        """Ask for an article to be analysed first."""
        if self._child is not None and self._child.stdin is not None and self.running:
            with contextlib.suppress(OSError, ValueError):
                self._child.stdin.write(f"{key}\n")
                self._child.stdin.flush()

    def stop(self) -> None:
        """End the child. What it has committed stays; the rest is done at the next start."""
        self._stopped.set()
        child = self._child
        if child is None or child.poll() is not None:
            return
        with contextlib.suppress(OSError, ValueError):
            if child.stdin is not None:
                child.stdin.close()
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=2)
            return
        child.kill()
