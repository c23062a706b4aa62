"""Writes the measured part of the model card: data, scores, size and speed."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.nlp.encoder.wordpiece import WordPiece
from tui.nlp.syntax.parser import Parser, open_parser
from tui.training.syntax.syntax_corpora import Sentence, treebanks
from tui.training.syntax.syntax_scores import milliseconds, table, trigger_table

CARD = "README.md"
_BEGIN = "<!-- measured by python -m tui.training.syntax -->"
_END = "<!-- end -->"
# For each corpus: its name, the part that is trained on, and its licence.
_SOURCES = {
    "ewt": ("UD English EWT", "training part", "CC BY-SA 4.0"),
    "gum": ("GUM", "training documents under CC BY, CC BY-SA or in the public domain", "CC BY 4.0"),
    "pud": ("UD English PUD", "all but every fifth sentence of English news", "CC BY-SA 3.0"),
    "ecb": ("ECB+", "the annotated sentences of 25 of the topics 1 to 35", "CC BY 3.0"),
    "litbank": ("LitBank events", "all", "CC BY 4.0"),
    "geneva": ("GENEVA", "val.json and test.json", "CC BY 3.0"),
}


def write(folder: Path, corpora: Path, training: str, trained: Sequence[Sentence]) -> None:
    """Write the measured part of the card of a model into its folder.

    Args:
        folder: the folder of the model, its vocabulary and its card.
        corpora: the folder of the corpora; the commit of one is read from its file COMMIT.
        training: how the model was trained.
        trained: the sentences that it was trained on.
    """
    model = (folder / "syntax.onnx").read_bytes()
    vocabulary = (folder / "vocabulary.txt").read_bytes()
    parser, wordpiece = open_parser(model, vocabulary), WordPiece.from_lines(vocabulary.decode())
    news = [s for s in treebanks(corpora, "dev") if s.document.startswith("GUM_news")]
    parts = (
        _BEGIN,
        f"{training}\n\n" + "\n".join(_data(corpora, trained)),
        "\n".join([*table(parser, corpora, "dev"), *table(parser, corpora, "test")[2:]]),
        "Triggers on the dev topics of ECB+ (2, 5, 12, 18, 21, 23, 34, 35):",
        "\n".join(trigger_table(parser, corpora)),
        f"{len(model) / 1e6:.2f} MB, sha256 {hashlib.sha256(model).hexdigest()}. With one thread"
        f" where this was written: {_pace(parser, wordpiece, news):,.0f} pieces a second,"
        f" {milliseconds(parser, news):.0f} ms for an article of 500 words.",
        _END,
    )
    path = folder / CARD
    text = path.read_text(encoding="utf-8") if path.exists() else f"{_BEGIN}\n{_END}\n"
    measured = "\n\n".join(parts)
    pattern = re.compile(f"{re.escape(_BEGIN)}.*{re.escape(_END)}", re.DOTALL)
    path.write_text(pattern.sub(lambda _: measured, text), encoding="utf-8")


def _data(corpora: Path, trained: Sequence[Sentence]) -> Iterator[str]:
    yield "| corpus | part | licence | commit | sentences | words | triggers |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for key, (name, part, licence) in _SOURCES.items():
        own = [sentence for sentence in trained if sentence.corpus == key]
        noted = corpora / key / "COMMIT"
        commit = noted.read_text().strip()[:12] if noted.exists() else "-"
        words = sum(len(sentence.words) for sentence in own)
        events = sum(event == 1 for sentence in own for event in sentence.events)
        counts = f"{len(own):,} | {words:,} | {events or '-'}"
        yield f"| {name} | {part} | {licence} | {commit} | {counts} |"


def _pace(parser: Parser, wordpiece: WordPiece, sentences: Sequence[Sentence]) -> float:
    """The pieces in a second of one thread's processor time, with words and trees."""
    text = "\n".join(sentence.text for sentence in sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence.text)))
        at += len(sentence.text) + 1
    begin = time.process_time()
    parsed = parser.parse(text, spans)
    spent = time.process_time() - begin
    words = [text[word.start : word.end] for own in parsed for word in own]
    return sum(len(wordpiece.encode(word)) for word in words) / spent
