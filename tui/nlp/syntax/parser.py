"""Runs the syntax encoder: sentences to words with heads, relations, tags and triggers.

The model and its card are in `model/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import Any

import numpy as np

from tui.nlp.document import Span
from tui.nlp.encoder.onnx_runtime import open_session
from tui.nlp.encoder.word_features import SIGN, shapes
from tui.nlp.encoder.wordpiece import CLS, SEP, UNKNOWN, WordPiece
from tui.nlp.syntax.model import Word
from tui.nlp.syntax.tagset import RELATIONS, ROOT, TAGS
from tui.nlp.syntax.trees import tree
from tui.nlp.syntax.words import words

# Pieces of one part, without the two special ones.
_LONGEST = 126
# Pieces of one word: longer ones are addresses or not English.
_LONGEST_WORD = 16
# The pieces of one batch: enough to keep the processor busy, few enough for its cache.
_BATCH = 512
# The number of words whose pieces are cached.
_CACHED_WORDS = 100_000
# The signs after which a sentence that is too long is cut, the best ones first.
_CUTS = (frozenset(".!?"), frozenset((";", ":", "—", "–", "--")), frozenset(',)”"'))
# How the parts of a sentence that is too long depend on the root of its first part.
_BESIDE = "parataxis"


def _file(name: str) -> bytes:
    return resources.files("tui.nlp.syntax").joinpath("model", name).read_bytes()


@lru_cache(maxsize=1)
def load_parser() -> Parser:
    """The parser that the package ships, loaded once in each process.

    Raises:
        OSError: if the package lacks the model.
        RuntimeError: if it cannot be run here.
    """
    return open_parser(_file("syntax.onnx"), _file("vocabulary.txt"))


def open_parser(model: bytes, vocabulary: bytes) -> Parser:
    """A parser from the contents of its two files.

    Raises:
        RuntimeError: if it cannot be run here.
    """
    return Parser(open_session(model), WordPiece.from_lines(vocabulary.decode()))


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, or as much of one as the model can read at once.

    Attributes:
        sentence: the index of the sentence.
        spans: the spans of its words.
        pieces, shapes: the features of each piece.
        firsts: for each word the index of its first piece, counted from 1.
    """

    sentence: int
    spans: tuple[Span, ...]
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    firsts: tuple[int, ...]


class Parser:
    """A session of the model, with the pieces of the words that it has met."""

    def __init__(self, session: Any, wordpiece: WordPiece) -> None:
        self._session = session
        self._wordpiece = wordpiece
        self._cls, self._sep = wordpiece.id(CLS), wordpiece.id(SEP)
        self._unknown = wordpiece.id(UNKNOWN)
        self._pieces: dict[str, tuple[int, ...]] = {}

    def parse(self, text: str, sentences: Sequence[Span]) -> list[tuple[Word, ...]]:
        """The words of each sentence, as a tree with exactly one root.

        A sentence of more pieces than the model can read is parsed in parts, whose roots depend on
        that of the first part.

        Args:
            text: the text that the sentences stand in.
            sentences: the spans of the sentences, in code points.

        Returns:
            for each sentence its words in the order of the text, their spans in code points of
            `text`; an empty tuple for a sentence of white space.
        """
        parts = [part for n, span in enumerate(sentences) for part in self._parts(text, n, span)]
        parsed: list[list[Word]] = [[] for _ in parts]
        order = sorted(range(len(parts)), key=lambda n: len(parts[n].pieces))
        for batch in _batches(order, parts):
            for number, own in zip(batch, self._run([parts[n] for n in batch]), strict=True):
                parsed[number] = own
        found: list[tuple[Word, ...]] = [()] * len(sentences)
        together = zip(parts, parsed, strict=True)
        for number, group in groupby(together, key=lambda pair: pair[0].sentence):
            found[number] = _joined([own for _, own in group])
        return found

    def _parts(self, text: str, sentence: int, span: Span) -> Iterator[_Part]:
        spans = words(text, *span)
        own = [text[start:end] for start, end in spans]
        kinds = shapes(own)
        pieces = [self._pieces_of(word) for word in own]
        begin = 0
        while begin < len(spans):
            end = _end(own, [len(p) for p in pieces[begin : begin + _LONGEST]], begin)
            firsts, at = [], 1
            for word in range(begin, end):
                firsts.append(at)
                at += len(pieces[word])
            yield _Part(
                sentence,
                tuple(spans[begin:end]),
                tuple(piece for word in range(begin, end) for piece in pieces[word]),
                tuple(kinds[word] for word in range(begin, end) for _ in pieces[word]),
                tuple(firsts),
            )
            begin = end

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        found = self._pieces.get(word)
        if found is None:
            if len(self._pieces) >= _CACHED_WORDS:
                self._pieces.clear()
            found = tuple(self._wordpiece.encode(word)[:_LONGEST_WORD]) or (self._unknown,)
            self._pieces[word] = found
        return found

    def _run(self, parts: Sequence[_Part]) -> Iterator[list[Word]]:
        length = max(len(part.pieces) for part in parts) + 2
        most = max(len(part.firsts) for part in parts) + 1
        size = (len(parts), length)
        ids, kinds = np.zeros(size, "i8"), np.full(size, SIGN, "i8")
        firsts = np.zeros((len(parts), most), "i8")
        for row, part in enumerate(parts):
            end = len(part.pieces) + 1
            ids[row, 0], ids[row, end] = self._cls, self._sep
            ids[row, 1:end] = part.pieces
            kinds[row, 1:end] = part.shapes
            firsts[row, 1 : len(part.firsts) + 1] = part.firsts
        feed = {"pieces": ids, "shapes": kinds, "firsts": firsts}
        names = ["heads", "relations", "tags", "events"]
        arcs, relations, tags, events = self._session.run(names, feed)
        for row, part in enumerate(parts):
            count = len(part.firsts)
            scores = arcs[row, 1 : count + 1, : count + 1].astype("f8")
            scores -= scores.max(1, keepdims=True)
            scores -= np.log(np.exp(scores).sum(1, keepdims=True))
            heads = tree(scores)
            own_tags, own_events = tags[row].tolist(), events[row].tolist()
            own_relations = relations[row, np.arange(1, count + 1), heads].tolist()
            yield [
                Word(
                    start,
                    end,
                    TAGS[own_tags[n + 1]],
                    heads[n] - 1,
                    RELATIONS[own_relations[n]] if heads[n] else ROOT,
                    own_events[n + 1],
                )
                for n, (start, end) in enumerate(part.spans)
            ]


def _end(own: Sequence[str], lengths: Sequence[int], begin: int) -> int:
    """The index of the word after the last one of the part that begins at `begin`.

    The part is as long as can be if it is the rest of the sentence; otherwise it ends after a sign
    in its second half, if there is one. `lengths` has the pieces of the next words.
    """
    size, end = 0, begin
    for length in lengths:
        if size + length > _LONGEST:
            break
        size += length
        end += 1
    if end == len(own):
        return end
    for signs in _CUTS:
        for at in range(end - 1, begin + (end - begin) // 2, -1):
            if own[at] in signs:
                return at + 1
    return end


def _joined(parts: Sequence[list[Word]]) -> tuple[Word, ...]:
    """The words of the parts of a sentence as one tree."""
    if len(parts) == 1:
        return tuple(parts[0])
    root = next(n for n, word in enumerate(parts[0]) if word.head < 0)
    joined: list[Word] = []
    for number, part in enumerate(parts):
        shift = len(joined)
        for word in part:
            head, relation = word.head + shift, word.relation
            if word.head < 0:
                head, relation = (root, _BESIDE) if number else (-1, ROOT)
            joined.append(Word(word.start, word.end, word.tag, head, relation, word.event))
    return tuple(joined)


def _batches(order: Sequence[int], parts: Sequence[_Part]) -> Iterator[list[int]]:
    for _, group in groupby(order, key=lambda n: len(parts[n].pieces) // 8):
        batch: list[int] = []
        for number in group:
            if batch and (len(batch) + 1) * (len(parts[number].pieces) + 2) > _BATCH:
                yield batch
                batch = []
            batch.append(number)
        yield batch
