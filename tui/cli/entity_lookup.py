"""Finds the entity that a command line names, and tells on standard error who else is called so."""

from __future__ import annotations

import sys

from tui.entities.model import Likeness
from tui.library import Library

_LONG = 4


def named(library: Library, words: str) -> list[Likeness]:
    """The entities with a spelling that is `words` or has `words` in it, the likeliest first."""
    # A short query occurs inside many names: US must not find Austria.
    long = len(words) >= _LONG
    return [found for found in library.entities.like(words) if long or found.rank < 2]


def say_nobody(library: Library, words: str) -> None:
    """Say that nothing is named so, with spellings that are similar."""
    close = library.entities.similar_spellings(words)
    hint = f" ({', '.join(close)}?)" if close else ""
    print(f"dateline: nobody and nothing is named {words!r} here{hint}", file=sys.stderr)


def say_others(found: list[Likeness]) -> None:
    """Name those that the first one was chosen from, if there are any."""
    others = [other.name for other in found[1:6] if other.rank == found[0].rank]
    if others:
        so = "called so" if found[0].rank == 0 else "with it in the name"
        print(f"dateline: also {so}: {', '.join(others)}", file=sys.stderr)
