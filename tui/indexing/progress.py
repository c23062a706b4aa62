"""The progress of indexing, as its process reports it: one JSON object a line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Literal

Step = Literal["waiting", "scan", "catalogue", "date", "analyse", "done", "failed"]

ADOPTED = "adopted"
"""The note of `done` if the state of a library that has moved here was adopted."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A step, how much of it is done, and for `failed` the reason."""

    step: Step
    done: int = 0
    total: int = 0
    note: str = ""

    def to_json(self) -> str:
        """The progress as one line of JSON."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(line: str) -> Progress:
        """The progress of a line of JSON.

        Raises:
            ValueError: if the line is not one that `to_json` returns.
        """
        try:
            return Progress(**json.loads(line))
        except TypeError as error:
            raise ValueError(str(error)) from error


Report = Callable[[Progress], None]


class Pace:
    """Says when something that takes time is to be done again: often at first, and less often the
    longer it takes.

    Args:
        least: the least time between two times, in seconds.
        share: the share of the running time that it may take.
    """

    def __init__(self, least: float, share: float = 0.1) -> None:
        self._least = least
        self._share = share
        self._next = 0.0

    def due(self) -> bool:
        """Whether it is to be done now."""
        return time.monotonic() >= self._next

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Do it in the block; the time that it takes determines when it is due again."""
        begin = time.monotonic()
        yield
        end = time.monotonic()
        self._next = end + max(self._least, (end - begin) / self._share)
