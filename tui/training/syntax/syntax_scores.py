"""Scores the shipped parser: `python -m tui.training.syntax.syntax_scores CORPORA`.

Heads, relations and tags are scored on gold sentences with the words of the parser, which are
aligned with the gold words by their spans. A gold word that the parser splits otherwise counts as
wrong.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.nlp.syntax.model import Word
from tui.nlp.syntax.parser import Parser, load_parser
from tui.training.syntax.syntax_corpora import Part, Sentence, ecb, treebanks

_THRESHOLDS = [number / 100 for number in range(10, 91, 5)]
# Words in an article, for the speed.
_WORDS = 500


@dataclass(frozen=True, slots=True)
class Attachment:
    """Scores of a treebank.

    Attributes:
        words: the number of gold words.
        aligned, unlabelled, labelled, tags: the shares of them, from 0 to 1, that are words of the
            parser, that have the right head, that also have the right relation, and that have the
            right tag.
    """

    words: int
    aligned: float
    unlabelled: float
    labelled: float
    tags: float


@dataclass(frozen=True, slots=True)
class Triggers:
    """Scores of triggers at a threshold, from 0 to 1.

    Precision counts words of the parser that overlap an annotated trigger, recall annotated
    triggers that such a word overlaps.
    """

    threshold: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def attachment(parser: Parser, sentences: Sequence[Sentence]) -> Attachment:
    """The scores of a parser on parsed sentences."""
    counts = [0, 0, 0, 0, 0]
    for sentence, own in zip(sentences, _parsed(parser, sentences), strict=True):
        at = {(word.start, word.end): word for word in own}
        for n, span in enumerate(sentence.spans):
            counts[0] += 1
            word = at.get(span)
            if word is None:
                continue
            counts[1] += 1
            counts[4] += word.tag == sentence.tags[n]
            gold = None if sentence.heads[n] < 0 else sentence.spans[sentence.heads[n]]
            head = None if word.head < 0 else (own[word.head].start, own[word.head].end)
            counts[2] += head == gold
            counts[3] += head == gold and word.relation == sentence.relations[n]
    total = max(1, counts[0])
    return Attachment(counts[0], *(count / total for count in counts[1:]))


def triggers(parser: Parser, sentences: Sequence[Sentence]) -> list[Triggers]:
    """The scores of a parser on sentences with annotated triggers, at several thresholds."""
    parsed = _parsed(parser, sentences)
    found = []
    for threshold in _THRESHOLDS:
        told = right = gold = hit = 0
        for sentence, own in zip(sentences, parsed, strict=True):
            events = [(w.start, w.end) for w in own if w.event >= threshold]
            told += len(events)
            gold += len(sentence.triggers)
            right += sum(any(a < e and s < b for s, e in sentence.triggers) for a, b in events)
            hit += sum(any(a < e and s < b for a, b in events) for s, e in sentence.triggers)
        found.append(Triggers(threshold, right / max(1, told), hit / max(1, gold)))
    return found


def _parsed(parser: Parser, sentences: Sequence[Sentence]) -> list[tuple[Word, ...]]:
    text = "\n".join(sentence.text for sentence in sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence.text)))
        at += len(sentence.text) + 1
    return [
        tuple(_moved(word, start) for word in own)
        for own, (start, _) in zip(parser.parse(text, spans), spans, strict=True)
    ]


def _moved(word: Word, by: int) -> Word:
    return Word(word.start - by, word.end - by, word.tag, word.head, word.relation, word.event)


def milliseconds(parser: Parser, sentences: Sequence[Sentence]) -> float:
    """The time for an article of 500 words, in milliseconds of one thread's processor time.

    Each document is parsed by itself, as articles are.
    """
    documents: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        documents.setdefault(sentence.document, []).append(sentence)
    begin = time.process_time()
    for own in documents.values():
        _parsed(parser, own)
    spent = time.process_time() - begin
    printed = sum(len(sentence.text.split()) for sentence in sentences)
    return 1000 * spent * _WORDS / max(1, printed)


def table(parser: Parser, corpora: Path, part: Part) -> list[str]:
    """The scores on a part of the corpora, as the lines of a table in Markdown."""
    parsed = treebanks(corpora, part)
    sets = {
        "EWT": [s for s in parsed if s.corpus == "ewt"],
        "GUM, genres in training": [s for s in parsed if s.corpus == "gum"],
        "GUM, news documents": [s for s in parsed if s.document.startswith("GUM_news")],
        "PUD, news": [s for s in parsed if s.corpus == "pud"],
    }
    lines = [
        "| set | words | split alike | UAS | LAS | tags |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, sentences in sets.items():
        if not sentences:
            continue
        score = attachment(parser, sentences)
        figures = (score.aligned, score.unlabelled, score.labelled, score.tags)
        told = " | ".join(f"{100 * figure:.1f}" for figure in figures)
        lines.append(f"| {name}, {part} | {score.words:,} | {told} |")
    return lines


def trigger_table(parser: Parser, corpora: Path) -> list[str]:
    """The scores of triggers on the dev topics of ECB+, as the lines of a table in Markdown."""
    sentences = list(ecb(corpora / "ecb.jsonl", "dev"))
    lines = ["| threshold | P | R | F1 |", "| --- | --- | --- | --- |"]
    for score in triggers(parser, sentences):
        figures = (score.precision, score.recall, score.f1)
        told = " | ".join(f"{100 * figure:.1f}" for figure in figures)
        lines.append(f"| {score.threshold:.2f} | {told} |")
    return lines


def main() -> None:
    """Run the command."""
    options = argparse.ArgumentParser(prog="syntax_scores", description=__doc__.split("\n")[0])
    options.add_argument("corpora", type=Path, help="a folder with a folder for each corpus")
    options.add_argument("--part", choices=("dev", "test"), default="dev")
    given = options.parse_args()
    parser = load_parser()
    print("\n".join(table(parser, given.corpora, given.part)))
    print("\n".join(trigger_table(parser, given.corpora)))
    news = [s for s in treebanks(given.corpora, "dev") if s.document.startswith("GUM_news")]
    print(f"{milliseconds(parser, news):.1f} ms for an article of {_WORDS} words")


if __name__ == "__main__":
    main()
