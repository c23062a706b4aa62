"""What indexing says of itself while it runs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Literal

Step = Literal["waiting", "scan", "catalogue", "date", "analyse", "done", "failed"]


# What `done` notes of a library that was read from elsewhere before.
KNOWN_AGAIN = "known again"


@dataclass(frozen=True, slots=True)
class Progress:
    """A step, how much of it is done, and (`failed`) why not."""

    step: Step
    done: int = 0
    total: int = 0
    note: str = ""

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(line: str) -> Progress:
        """The progress that a line of JSON tells.

        Raises:
            ValueError: if the line is none.
        """
        try:
            return Progress(**json.loads(line))
        except TypeError as error:
            raise ValueError(str(error)) from error


Report = Callable[[Progress], None]


class Pace:
    """Lets something that costs time happen often at first and more rarely the more it costs."""

    def __init__(self, least: float, share: float = 0.1) -> None:
        self._least = least
        self._share = share
        self._next = 0.0

    def due(self) -> bool:
        """Whether it is time again."""
        return time.monotonic() >= self._next

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Do it; how long it takes sets when it is due again."""
        begin = time.monotonic()
        yield
        end = time.monotonic()
        self._next = end + max(self._least, (end - begin) / self._share)
