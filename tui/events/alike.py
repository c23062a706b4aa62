"""The sentence of another article that is most alike one that tells of no known event."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from tui.events import store
from tui.events.terms import cosine, line_vector, per_million, terms, words
from tui.ids import RowId

# The number of words that are searched for, the rarest ones, and of articles that are compared.
_WORDS = 10
_ARTICLES = 40
# Less alike sentences are not offered.
_LEAST = 0.25
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Alike:
    """A sentence of another article: where it begins, and its likeness from 0 to 1."""

    article: RowId
    start: int
    likeness: float


def most_alike(connection: sqlite3.Connection, article: RowId, sentence: str) -> Alike | None:
    """The sentence of another article that is most alike a sentence, None if none is alike.

    Likeness is the cosine of their vectors by the rarity of their terms in general English.
    """
    query = _query(sentence)
    if not query:
        return None
    own = line_vector(terms(sentence))
    best: Alike | None = None
    for other, start, theirs in store.passages_with(connection, query, article, _ARTICLES):
        likeness = cosine(own, line_vector(theirs))
        if likeness >= _LEAST and (best is None or likeness > best.likeness):
            best = Alike(other, start, likeness)
    return best


def _query(sentence: str) -> str:
    """An FTS5 query for the rarest words of a sentence."""
    content = {w.lower(): per_million(w) for w in _TOKEN.findall(sentence) if next(words(w), "")}
    rarest = sorted(content, key=lambda word: (content[word], word))[:_WORDS]
    return " OR ".join(f'"{word}"' for word in rarest)
