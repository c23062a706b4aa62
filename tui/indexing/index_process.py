"""The index process of the app: `dateline index` as a child that reports its progress in lines."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.ids import RowId
from tui.indexing.progress import Progress


class IndexProcess:
    """Starts the child, passes its progress on, and ends it when the app ends."""

    def __init__(self, sources: Sequence[Path]) -> None:
        self._sources = [str(source) for source in sources]
        self._child: subprocess.Popen[str] | None = None
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._active = False
        self._again = False

    @property
    def running(self) -> bool:
        """Whether the child is running."""
        return self._child is not None and self._child.poll() is None

    def run(self, report: Callable[[Progress], None]) -> None:
        """Start the child and report its progress until it ends. Blocks: call it in a thread.

        If a child is running, another one follows it, because the first may have passed the files
        that have changed since; this call then returns at once.
        """
        with self._lock:
            if self._active:
                self._again = True
                return
            self._active = True
        again = True
        while again:
            try:
                if not self._stopped.is_set():
                    self._run_child(report)
            except OSError as error:
                report(Progress("failed", note=f"the index process cannot be started: {error}"))
            finally:
                with self._lock:
                    again, self._again = self._again and not self._stopped.is_set(), False
                    self._active = again

    def _run_child(self, report: Callable[[Progress], None]) -> None:
        # In the folder of the package, so that no module of the reader's folder is imported.
        child = subprocess.Popen(
            [sys.executable, "-m", "tui", "index", "--progress-json", "--", *self._sources],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parent.parent.parent,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._child = child
        if self._stopped.is_set():
            # The app has ended since the child was started.
            self.stop()
        ended = False
        if child.stdout is not None:
            for line in child.stdout:
                try:
                    progress = Progress.from_json(line)
                except ValueError:
                    continue
                ended = progress.step in ("done", "failed")
                report(progress)
        code = child.wait()
        if not ended and code and not self._stopped.is_set():
            report(Progress("failed", note=f"indexing ended with exit code {code}"))

    def want(self, article: RowId) -> None:
        """Ask for an article to be analysed first."""
        if self._child is not None and self._child.stdin is not None and self.running:
            with contextlib.suppress(OSError, ValueError):
                self._child.stdin.write(f"{article}\n")
                self._child.stdin.flush()

    def stop(self) -> None:
        """End the child. What it has committed stays; the next start does the rest."""
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
