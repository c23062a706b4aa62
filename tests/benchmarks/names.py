"""The encoder of names against the rules alone and a blank pipeline of spaCy, one thread each."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from bench import Bench
from table import Row, ms

_ARTICLES = 40
_LOADING = """
import json, resource, time
begin = time.perf_counter()
from tui.language.recognition import encoder
loaded = encoder.load()
took = time.perf_counter() - begin
text = "Angela Merkel met Emmanuel Macron in Paris on Friday, and they spoke of the talks. " * 40
for _ in range(20):
    loaded.recognise(text, [(0, len(text))], frozenset())
print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def names(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """Names in some articles of the library, in turn; then what loading costs."""
    from tui.language.recognition import recogniser, rules
    from tui.language.sentences import paragraphs, sentences
    from tui.model import Article
    from tui.reading.formats import read_file

    chosen = recogniser.choose()
    if chosen.missing:
        bench.say(chosen.missing)
        return
    paths = sorted(p for p in bench.library.glob("2*/*/*") if p.is_file())[:_ARTICLES]
    texts = [
        item.text
        for path in paths
        for item in read_file(str(path), path.name)
        if isinstance(item, Article)
    ]
    spans = [[s for a, b in paragraphs(text) for s in sentences(text, a, b)] for text in texts]
    words = sum(len(text.split()) for text in texts)

    def encoder() -> None:
        for text, own in zip(texts, spans, strict=True):
            chosen.recognise(text, own, frozenset())

    def by_rules() -> None:
        for text, own in zip(texts, spans, strict=True):
            rules.recognise(text, own, frozenset())

    rivals: list[tuple[str, Callable[[], None]]] = [("the rules alone", by_rules)]
    try:
        import spacy

        blank = spacy.blank("en")
        blank.add_pipe("sentencizer")

        def by_spacy() -> None:
            for text in texts:
                blank(text)

        rivals.append(("a blank pipeline of spaCy", by_spacy))
    except ImportError:
        bench.say("spaCy is not installed: its row is left out")
    rate = 0.0
    for name, rival in rivals:
        mine, theirs = _in_turn(bench.rounds, encoder, rival)
        rate = words / 500 / mine
        yield Row(
            f"names of {len(texts)} articles, against {name}", ms(mine, "cpu"), ms(theirs, "cpu"),
            mine / theirs, None, f"{rate:.1f} articles of 500 words a second and core",
        )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True
    )
    took, peak = json.loads(done.stdout)
    yield Row(
        "loading the encoder, against 0.3 s", ms(took, "wall"), "300 ms", took / 0.3, 1.0,
        f"{peak:,.0f} MB at most of 300",
    )  # fmt: skip
    yield Row(
        "25 articles of 500 words, against a second", ms(25 / rate, "cpu"), "1,000 ms",
        25 / rate, 1.0,
    )  # fmt: skip


def _in_turn(
    rounds: int, ours: Callable[[], None], rival: Callable[[], None]
) -> tuple[float, float]:
    """The medians of the CPU seconds of both, run in turn after a warm-up of each."""
    ours()
    rival()
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        for run, taken in ((ours, mine), (rival, theirs)):
            begin = time.process_time()
            run()
            taken.append(time.process_time() - begin)
    return median(mine), median(theirs)
