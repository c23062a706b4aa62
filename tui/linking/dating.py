"""When an article that does not say so was written: inferred, with the reason kept.

The latest full date in its own text comes first, then the dated article that shares most of its
rare words.
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
from tui.reading.cleaning import latest_full_date

_WORD = re.compile(r"[^\W_]{3,}")
_TERMS = 16
_SAMPLE = 400
_LEAST_SHARE = 0.35
_LEAST_TERMS = 6


@dataclass(frozen=True, slots=True)
class Inference:
    """An approximate EDTF date and the reason for it, in words for the reader."""

    date: str
    why: str


class Dating:
    """Infers dates within one library.

    How rare a word is comes from a sample of articles: asking the full-text index walks the whole
    list of a word's articles, and costs by the size of the library.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._size = 0
        self._found: Counter[str] = Counter()

    def infer(self, key: int) -> Inference | None:
        """The likely date of an undated article, None where nothing speaks for one."""
        article = queries.article(self._connection, key)
        if article is None:
            return None
        written = latest_full_date(article.text)
        if written is not None:
            why = f"{label(written)} is the latest date written in it"
            return Inference(approximate(written), why)
        weights = self._weights(f"{article.title}\n{article.text}")
        if not weights:
            return None
        query = " OR ".join(f'"{term}"' for term in weights)
        best, share = None, 0.0
        for _, title, date, text in links.dated_like(self._connection, key, query, 6):
            words = set(_terms(f"{title}\n{text}"))
            both = [term for term in weights if term in words]
            found = sum(weights[term] for term in both)
            if len(both) >= _LEAST_TERMS and found > share:
                best, share = (title, date), found
        if best is None or share < _LEAST_SHARE * sum(weights.values()):
            return None
        title, date = best
        return Inference(approximate(date), f"most like “{title}” of {label(date)}")

    def _weights(self, text: str) -> dict[str, float]:
        """The words of a text with most TF-IDF weight; those of no other article come last."""
        if not self._size:
            for sampled in links.sample_texts(self._connection, _SAMPLE):
                self._size += 1
                self._found.update(set(_terms(sampled)))
        counts = Counter(_terms(text))
        weights = {
            term: (1 + math.log(count)) * math.log((self._size + 1) / max(1, self._found[term]))
            for term, count in counts.items()
        }
        shared = [term for term in weights if self._found[term] > 1 and weights[term] > 0]
        shared.sort(key=lambda term: (-weights[term], term))
        if self._size >= _SAMPLE:
            # Unseen in a sample is no proof of standing alone: half of the places are for them.
            rare = sorted(
                (term for term in weights if self._found[term] <= 1),
                key=lambda term: (-counts[term], -len(term), term),
            )
            shared = shared[: _TERMS // 2] + rare[: _TERMS // 2]
        return {term: weights[term] for term in shared[:_TERMS]}


def _terms(text: str) -> list[str]:
    """Words as the full-text index folds them."""
    text = text.lower()
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in folded if not unicodedata.combining(char))
    return _WORD.findall(text)
