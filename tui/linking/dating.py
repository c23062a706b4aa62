"""When an article that does not say so was written: inferred, with the reason kept.

A full date in its own text comes first, then the dated article that shares most of its rare words.
"""

from __future__ import annotations

import math
import re
import sqlite3
import unicodedata
from collections import Counter
from dataclasses import dataclass

from tui.cache import links, queries
from tui.edtf import approximate, label
from tui.reading.cleaning import last_full_date

_WORD = re.compile(r"[^\W_]{3,}")
_TERMS = 16
_LEAST_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Inference:
    """An approximate EDTF date and the reason for it, in words for the reader."""

    date: str
    why: str


def infer(connection: sqlite3.Connection, key: int, articles: int) -> Inference | None:
    """The likely date of an undated article; `articles` is how many the library has."""
    article = queries.article(connection, key)
    if article is None:
        return None
    written = last_full_date(article.text)
    if written is not None:
        return Inference(approximate(written), f"{label(written)} is the last date written in it")
    weights = _weights(connection, f"{article.title}\n{article.text}", articles)
    if not weights:
        return None
    query = " OR ".join(f'"{term}"' for term in weights)
    best, share = None, 0.0
    for _, title, date, _, text in _alike(connection, key, query):
        words = set(_terms(f"{title}\n{text}"))
        found = sum(weight for term, weight in weights.items() if term in words)
        if found > share:
            best, share = (title, date), found
    if best is None or share < _LEAST_SHARE * sum(weights.values()):
        return None
    title, date = best
    return Inference(approximate(date), f"most like “{title}” of {label(date)}")


def _alike(
    connection: sqlite3.Connection, key: int, query: str
) -> list[tuple[int, str, str, float, str]]:
    found = []
    for other, title, date, rank in links.dated_like(connection, key, query, 6):
        article = queries.article(connection, other)
        found.append((other, title, date, rank, article.text if article else ""))
    return found


def _terms(text: str) -> list[str]:
    """Words as the full-text index folds them."""
    folded = unicodedata.normalize("NFKD", text.lower())
    return _WORD.findall("".join(char for char in folded if not unicodedata.combining(char)))


def _weights(connection: sqlite3.Connection, text: str, articles: int) -> dict[str, float]:
    """The terms of a text with most TF-IDF weight among those that other articles have too."""
    counts = Counter(_terms(text))
    common = [term for term, _ in counts.most_common(200)]
    rarity = links.rarity(connection, common)
    weights = {
        term: (1 + math.log(counts[term])) * math.log((articles + 1) / found)
        for term, found in rarity.items()
        if found > 1
    }
    top = sorted(weights, key=lambda term: (-weights[term], term))[:_TERMS]
    return {term: weights[term] for term in top if weights[term] > 0}
