"""Time expressions, against dateparser's search in the same sentences; and how the time grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench import Bench
from names import in_turn, texts_of
from table import Row, ms

from tui.nlp.document import Document
from tui.nlp.sentences import split_sentences
from tui.times.expressions import find_times

_SEEDS = Path(__file__).parents[2] / "seeds"
_TIMES = 4
# One sentence without an end, of words that many rules begin with.
_HARD = "Monday 6, May 6 and 7, two years 12:30 last week 1990-95 a year ago "
_LENGTH = 400


def time_expressions(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """Times in the bundled articles, and in a text of nothing else at two lengths."""
    from dateparser.search import search_dates

    texts = texts_of(sorted(_SEEDS.glob("*.txt"))) * _TIMES
    sentences = [document.text[a:b] for document in texts for a, b in document.sentences]
    mine, theirs = in_turn(
        bench.rounds,
        partial(_find, texts),
        partial(_search, partial(search_dates, languages=["en"]), sentences),
    )
    yield Row(
        f"times in {len(sentences):,} sentences, against dateparser.search_dates",
        ms(mine, "cpu"), ms(theirs, "cpu"), mine / theirs, 0.2,
        f"{len(sentences) / mine:,.0f} sentences a second and core",
    )  # fmt: skip
    once, twice = (split_sentences(Document(_HARD * n)) for n in (_LENGTH, 2 * _LENGTH))
    longer, shorter = in_turn(bench.rounds, partial(_find, [twice]), partial(_find, [once]))
    yield Row(
        "a sentence of times, against half of it", ms(longer, "cpu"), ms(shorter, "cpu"),
        longer / shorter, 2.3,
    )  # fmt: skip


def _find(texts: Sequence[Document]) -> None:
    for document in texts:
        find_times(document)


def _search(search: partial[object], sentences: Sequence[str]) -> None:
    for sentence in sentences:
        search(sentence)
