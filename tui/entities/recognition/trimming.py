"""Removes determiners, titles, possessives and punctuation from the spans of names."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.nlp.document import EntityKind
from tui.nlp.gazetteer import gazetteer
from tui.nlp.tokens import TOKEN

_BEFORE = re.compile(r"(?:(?:the|an?)\s+|[\s\"'“”‘’«»()\[\],;:–—-])+", re.IGNORECASE)
_BEHIND = re.compile(r"(?:['’]s|[\s\"'“”‘’«»()\[\],;:–—-])+$")


def trimmed(text: str, start: int, end: int, kind: EntityKind) -> tuple[int, int]:
    """The span of the bare name, an empty span if nothing is left.

    Titles are removed from the names of people only. Offsets are code points from 0.
    """
    found = _BEFORE.match(text, start, end)
    if found is not None:
        start = found.end()
    behind = _BEHIND.search(text[start:end])
    if behind is not None:
        end = start + behind.start()
    if kind == "PER":
        start = _behind_titles(text, start, end)
    # A plural title ("Senators") is not a name, but a single title can be one (Prince, Major).
    if text[start:end].endswith("s") and (text[start : end - 1],) in _titles():
        return start, start
    return start, max(start, end)


@lru_cache(maxsize=1)
def _titles() -> frozenset[tuple[str, ...]]:
    return frozenset(title for title in gazetteer().titles if title and title[0][:1].isupper())


def _behind_titles(text: str, start: int, end: int) -> int:
    titles = _titles()
    while True:
        tokens = [m for _, m in zip(range(5), TOKEN.finditer(text, start, end), strict=False)]
        words = tuple(match.group() for match in tokens)
        for length in range(min(4, len(words) - 1), 0, -1):
            if words[:length] in titles:
                start = tokens[length].start()
                break
        else:
            return start
