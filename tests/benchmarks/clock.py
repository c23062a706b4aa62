"""What a process uses: wall and cpu seconds, memory; both sides of a comparison in turn."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Used:
    """What a whole process and the children it waited for used: seconds, and peak MB."""

    wall: float
    cpu: float
    peak: float


def cpu_of(pid: int) -> float:
    """Seconds of cpu that a running process has used, all its threads, in steps of nanoseconds.

    This is the clock that clock_getcpuclockid(3) names; /proc/PID/stat counts in steps of 10 ms.
    """
    return time.clock_gettime((~pid << 3) | 2)


def rss_of(pid: int) -> float:
    """Resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def children_of(pid: int) -> list[int]:
    """The children of a process, whichever of its threads began them."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def run(command: Sequence[str], env: Mapping[str, str], cwd: Path) -> Used:
    """Run a command to its end; its output goes to a file, as a tool may be idle for /dev/null.

    Raises:
        RuntimeError: if it fails.
    """
    with (cwd / "out.txt").open("wb") as out, (cwd / "err.txt").open("wb") as err:
        begin = time.perf_counter()
        process = subprocess.Popen(command, env=env, cwd=cwd, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        told = (cwd / "err.txt").read_text(errors="replace")[-2000:]
        raise RuntimeError(f"{command} ended with {process.returncode}: {told}")
    return Used(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(rounds: int, *sides: Callable[[], Used]) -> list[Used]:
    """Medians of each side, measured A B A B."""
    found: list[list[Used]] = [[] for _ in sides]
    for _ in range(rounds):
        for side, results in zip(sides, found, strict=True):
            results.append(side())
    return [
        Used(
            median(used.wall for used in results),
            median(used.cpu for used in results),
            median(used.peak for used in results),
        )
        for results in found
    ]
