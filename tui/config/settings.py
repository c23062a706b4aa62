"""The table of all settings: names, allowed values and descriptions.

The check of a file and `dateline config --print` are derived from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from tui.config.model import DATE_STYLES, LEAST_MEASURE, MARKS, MOST_MEASURE
from tui.nlp.lexicon import WEEKDAYS

Check = Callable[[Any], Any]


def word(*allowed: str) -> Check:
    """A check that returns a word in lower case, and raises ValueError if it is not allowed."""

    def check(value: Any) -> str:
        if isinstance(value, str) and value.lower() in allowed:
            return value.lower()
        raise ValueError(f"{listed(allowed)}, not {value!r}{near(value, allowed)}")

    return check


def _words(*allowed: str) -> Check:
    def check(value: Any) -> tuple[str, ...]:
        one = word(*allowed)
        if isinstance(value, list):
            return tuple(one(each) for each in value)
        raise ValueError(f"a list of {listed(allowed)}, not {value!r}")

    return check


def _number(least: int, most: int) -> Check:
    def check(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise ValueError(f"a number from {least} to {most}, not {value!r}")

    return check


def _text(value: Any) -> str:
    if isinstance(value, str) and value.isprintable():
        return value
    raise ValueError(f"a text in quotes, not {value!r}")


def _recogniser(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"encoder|rules|spacy:\S+", value):
        return value
    hint = near(value, ("encoder", "rules"))
    raise ValueError(f'"encoder", "rules" or "spacy:" with a pipeline, not {value!r}{hint}')


def flag(value: Any) -> bool:
    """The value, if it is true or false.

    Raises:
        ValueError: if it is neither.
    """
    if isinstance(value, bool):
        return value
    raise ValueError(f"true or false, not {value!r}")


def listed(words: tuple[str, ...]) -> str:
    """Two or more words as an enumeration: `a, b or c`."""
    return f"{', '.join(words[:-1])} or {words[-1]}"


def near(value: object, words: tuple[str, ...] | list[str]) -> str:
    """A hint at the word that is most similar to a value, such as `: theme?`, "" if none is."""
    from difflib import get_close_matches

    close = get_close_matches(str(value).lower(), words, 1, 0.5)
    return f": {close[0]}?" if close else ""


class Setting(NamedTuple):
    """A setting: its table and name, its attribute of `Config`, its check, and its description."""

    table: str
    name: str
    attribute: str
    check: Check
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("reader", "theme", "theme", _text, '"auto" follows the terminal: dark or light'),
    Setting("reader", "dark", "dark", _text, "the theme of a dark terminal"),
    Setting("reader", "light", "light", _text, "the theme of a light terminal"),
    Setting("reader", "measure", "measure", _number(LEAST_MEASURE, MOST_MEASURE), "the most cells in a line"),
    Setting("reader", "spacing", "spacing", _number(1, 3), "rows from line to line"),
    Setting("reader", "justify", "justify", flag, "lines of one length"),
    Setting("reader", "marks", "marks", _words(*MARKS), "what is marked on the page"),
    Setting("dates", "style", "date_style", word(*DATE_STYLES), "day-month, month-day or iso"),
    Setting("dates", "week-start", "week_start", word(*WEEKDAYS), "where `week DAY` begins in a filter"),
    Setting("language", "recogniser", "recogniser", _recogniser, '"encoder", "rules" or "spacy:PIPELINE": who marks names'),
    Setting("notebook", "template", "template", _text, "a Jinja2 template for its export as Markdown"),
)  # fmt: skip
OWN_TABLES = ("keys", "libraries", "commands")
TABLES = tuple(dict.fromkeys([*(s.table for s in SETTINGS), *OWN_TABLES]))
