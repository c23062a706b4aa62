"""The configuration as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tui.keys.keymap import Binding, Fault
from tui.nlp.lexicon import WEEKDAYS

DateStyle = Literal["day-month", "month-day", "iso"]
DATE_STYLES = ("day-month", "month-day", "iso")
MARKS = ("names", "times", "events", "passages")
PRESETS = ("dateline", "vim", "less", "newsboat")
LEAST_MEASURE, MOST_MEASURE = 20, 200


@dataclass(frozen=True, slots=True)
class Command:
    """A command for `!`: a program and its arguments, run without a shell.

    `terminal` gives it the whole terminal while it runs, as a pager or an editor needs, and its
    output is not shown afterwards. `article` pipes the whole article to it even if a passage is
    selected.
    """

    name: str
    run: tuple[str, ...]
    terminal: bool = False
    article: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in effect: those of the file if they are valid, else the defaults."""

    path: Path
    theme: str = "auto"
    dark: str = "dateline-dark"
    light: str = "dateline-light"
    measure: int = 72
    spacing: int = 1
    justify: bool = False
    marks: tuple[str, ...] = MARKS
    date_style: DateStyle = "day-month"
    week_start: str = "monday"
    preset: str = "dateline"
    keys: tuple[Binding, ...] = ()
    libraries: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    commands: tuple[Command, ...] = ()
    template: str = ""
    recogniser: str = "encoder"
    faults: tuple[Fault, ...] = ()

    @property
    def first_weekday(self) -> int:
        """The first day of the week, 0 for Monday."""
        return WEEKDAYS.index(self.week_start)

    def locate(self, fault: Fault) -> str:
        """A fault with its file and line: `config.toml:3: …`."""
        place = f"{self.path.name}:{fault.line}" if fault.line else self.path.name
        return f"{place}: {fault.what}"
