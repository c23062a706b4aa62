"""A rule of the grammar: its pattern, its reader and its examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tui.times.reading import Context, Reading

Signal = Literal[
    "month", "weekday", "unit", "day", "season", "year", "digit", "reference", "holiday", "number"
]
"""The kinds of words without one of which a rule cannot match."""

Reader: TypeAlias = Callable[[re.Match[str], Context], "Reading | Sequence[Reading] | None"]
"""Reads a match: one expression, or several that it is made of.

It returns None if the match tells no time: then shorter matches count. It raises ValueError or
OverflowError if there is no such time, as on 30 February 2024: then no part of the match counts.
"""


# Matched as ASCII, so that no other letter or digit stands for one of English; these are letters of
# words, too.
_LETTERS = "À-ɏ"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of time expression.

    Attributes:
        name: the name of the rule.
        signals: a sentence is searched only if it has a word of one of these kinds.
        pattern: the compiled pattern. Its groups that begin with `month` or `weekday` match only
            words with a capital letter.
        read: the reader.
        examples: texts and the TIMEX3 values of the expressions in them, in order, for a reference
            date of Wednesday, 15 May 2024.
    """

    name: str
    signals: frozenset[Signal]
    pattern: re.Pattern[str]
    read: Reader
    examples: tuple[tuple[str, str], ...]


def rule(
    name: str,
    signals: Sequence[Signal],
    pattern: str,
    read: Reader,
    *examples: tuple[str, str],
) -> Rule:
    """A rule whose pattern is matched without regard to case, and not inside a word."""
    compiled = re.compile(
        rf"(?<![\w$£€{_LETTERS}])(?:{pattern})(?![\w{_LETTERS}])", re.IGNORECASE | re.ASCII
    )
    return Rule(name, frozenset(signals), compiled, read, examples)
