"""The encoder of names against the rules alone and a blank pipeline of spaCy, one thread each."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from bench import Bench
from table import Row, ms

from tui.entities.recognition.recognisers import Recognise
from tui.nlp.document import Document

_SEEDS = Path(__file__).parents[2] / "seeds"
_ARTICLES = 40
# The bundled articles are read so many times in one measurement.
_TIMES = 8
_LOADING = """
import json, resource, time
begin = time.perf_counter()
from tui.entities.recognition.recognisers import load
from tui.nlp.document import Document
loaded = load()
took = time.perf_counter() - begin
text = "Angela Merkel met Emmanuel Macron in Paris on Friday, and they spoke of the talks. " * 40
for _ in range(20):
    loaded.recognise(Document(text, english=True, sentences=((0, len(text)),)))
print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def names(bench: Bench, others: Sequence[Bench]) -> Iterator[Row]:
    """Names in the bundled articles and in some of the library, in turn; then what loading costs.

    A quarter of the library's content words are invented, and fall into more word pieces than those
    of news do: the bundled articles are what the asked speed is measured on.
    """
    from tui.entities.recognition import rule_recogniser as rules
    from tui.entities.recognition.recognisers import load

    chosen = load()
    if chosen.missing:
        bench.say(chosen.missing)
        return
    paths = sorted(p for p in bench.library.glob("2*/*/*") if p.is_file())[:_ARTICLES]
    bundled, library = texts_of(sorted(_SEEDS.glob("*.txt"))) * _TIMES, texts_of(paths)
    blank = _blank(bench)
    rate = 0.0
    for label, texts in (("bundled", bundled), ("invented", library)):
        rivals = [("the rules alone", partial(_recognise, rules.recognise, texts))]
        if blank is not None:
            rivals.append(("a blank pipeline of spaCy", partial(_read, blank, texts)))
        words = sum(len(document.text.split()) for document in texts)
        for name, rival in rivals:
            mine, theirs = in_turn(
                bench.rounds, partial(_recognise, chosen.recognise, texts), rival
            )
            pace = words / 500 / mine
            rate = pace if texts is bundled else rate
            yield Row(
                f"names of {len(texts)} {label} articles, against {name}", ms(mine, "cpu"),
                ms(theirs, "cpu"), mine / theirs, None,
                f"{pace:.1f} articles of 500 words a second and core",
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


def texts_of(paths: Sequence[Path]) -> list[Document]:
    from tui.articles.formats.registry import read_file
    from tui.articles.model import Article
    from tui.nlp.language_identification import identify_language
    from tui.nlp.sentences import split_sentences
    from tui.nlp.tokens import tokenize

    return [
        identify_language(tokenize(split_sentences(Document(item.text))))
        for path in paths
        for item in read_file(str(path), path.name)
        if isinstance(item, Article)
    ]


def _recognise(recognise: Recognise, texts: Sequence[Document]) -> None:
    for document in texts:
        recognise(document)


def _read(pipeline: Callable[[str], object], texts: Sequence[Document]) -> None:
    for document in texts:
        pipeline(document.text)


def _blank(bench: Bench) -> Callable[[str], object] | None:
    try:
        import spacy
    except ImportError:
        bench.say("spaCy is not installed: its rows are left out")
        return None
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    return blank  # type: ignore[no-any-return]


def in_turn(
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
