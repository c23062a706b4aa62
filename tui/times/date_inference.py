"""When an article that states no date was written: inferred, with the evidence.

The latest full date in its own text comes first, then the dated article that shares most of its
rare words (by TF-IDF).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from tui.ids import RowId
from tui.times.date_labels import label
from tui.times.edtf import approximate
from tui.times.written_dates import latest_full_date

_WORD = re.compile(r"[^\W_]{3,}")
_TERMS = 16
_SAMPLE = 400
_CANDIDATES = 6
_LEAST_SHARE = 0.35
_LEAST_TERMS = 6


class Corpus(Protocol):
    """The articles of a library, as inference reads them."""

    def title_and_text(self, article: RowId) -> tuple[str, str] | None:
        """The title and text of an article, None if there is none."""

    def sample(self, size: int) -> list[str]:
        """Titles and texts of about `size` articles, spread evenly over the library."""

    def dated_like(self, article: RowId, query: str, limit: int) -> list[tuple[str, str, str]]:
        """The other dated articles that match a full-text query best: title, date, text."""


@dataclass(frozen=True, slots=True)
class Inference:
    """An approximate EDTF date, and the evidence for it in words for the reader."""

    date: str
    evidence: str


class Dating:
    """Infers dates within one library.

    Document frequencies come from a sample of articles: the full-text index would walk through all
    articles that have a word, so that the cost would depend on the size of the library.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._size = 0
        self._frequencies: Counter[str] = Counter()

    def infer(self, article: RowId) -> Inference | None:
        """The likely date of an undated article, None if there is no evidence for one."""
        found = self._corpus.title_and_text(article)
        if found is None:
            return None
        title, text = found
        written = latest_full_date(text)
        if written is not None:
            evidence = f"{label(written)} is the latest date written in it"
            return Inference(approximate(written), evidence)
        weights = self._weights(f"{title}\n{text}")
        if not weights:
            return None
        query = " OR ".join(f'"{term}"' for term in weights)
        best, share = None, 0.0
        for title, date, other in self._corpus.dated_like(article, query, _CANDIDATES):
            words = set(_terms(f"{title}\n{other}"))
            both = [term for term in weights if term in words]
            weight = sum(weights[term] for term in both)
            if len(both) >= _LEAST_TERMS and weight > share:
                best, share = (title, date), weight
        if best is None or share < _LEAST_SHARE * sum(weights.values()):
            return None
        title, date = best
        return Inference(approximate(date), f"most like “{title}” of {label(date)}")

    def _weights(self, text: str) -> dict[str, float]:
        """The terms of a text with the highest TF-IDF weights that other articles have too."""
        if not self._size:
            for sampled in self._corpus.sample(_SAMPLE):
                self._size += 1
                self._frequencies.update(set(_terms(sampled)))
        counts = Counter(_terms(text))
        weights = {
            term: (1 + math.log(count))
            * math.log((self._size + 1) / max(1, self._frequencies[term]))
            for term, count in counts.items()
        }
        shared = [term for term in weights if self._frequencies[term] > 1 and weights[term] > 0]
        shared.sort(key=lambda term: (-weights[term], term))
        if self._size >= _SAMPLE:
            # A term that the sample lacks may still be in other articles: it gets half the places.
            rare = sorted(
                (term for term in weights if self._frequencies[term] <= 1),
                key=lambda term: (-counts[term], -len(term), term),
            )
            shared = shared[: _TERMS // 2] + rare[: _TERMS // 2]
        return {term: weights[term] for term in shared[:_TERMS]}


def _terms(text: str) -> list[str]:
    """The words of a text, folded as the full-text index folds them."""
    text = text.lower()
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in folded if not unicodedata.combining(char))
    return _WORD.findall(text)
