"""Runs the trained encoder: sentences to log-probabilities of labels for each word.

The model and its card are in `model/`. Only words that may belong to a name are classified; the
others are context (see `nameable`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import Any

import numpy as np

from tui.nlp.document import Document, Span
from tui.nlp.encoder.labels import LABELS
from tui.nlp.encoder.nameable import begins_small, nameable
from tui.nlp.encoder.onnx_runtime import open_session
from tui.nlp.encoder.word_features import SIGN, WORD, list_features, shapes
from tui.nlp.encoder.wordpiece import CLS, SEP, UNKNOWN, WordPiece
from tui.nlp.gazetteer import gazetteer

# Pieces of one window, without the two special ones.
_LONGEST = 126
# The pieces of one batch: enough to keep the processor busy, few enough for its cache.
_BATCH = 256
_LETTERS = re.compile(r"[^\W\d_]+")
# Longer sentences are markup or tables; the network reads them in parts.
_MOST_WORDS = 400
# The number of words whose pieces are cached.
_CACHED_WORDS = 100_000
# The answer for a word that is not classified.
_NO_NAME = np.array([0.0] + [-1e9] * (len(LABELS) - 1), "f4")


def _file(name: str) -> bytes:
    return resources.files("tui.nlp.encoder").joinpath("model", name).read_bytes()


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """The encoder that the package ships, loaded once in each process.

    Raises:
        OSError: if the package lacks the model.
        RuntimeError: if it cannot be run here.
    """
    return open_encoder(_file("names.onnx"), _file("vocabulary.txt"))


def open_encoder(model: bytes, vocabulary: bytes) -> Encoder:
    """An encoder from the contents of its two files.

    Raises:
        RuntimeError: if it cannot be run here.
    """
    return Encoder(open_session(model), WordPiece.from_lines(vocabulary.decode()))


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, or as much of one as a window holds.

    Attributes:
        words: the spans of its words.
        pieces, shapes, lists: the features of each piece.
        asked: the pieces that are classified, counted from the start of the part.
        answers: for each word, the index in `asked` of its first piece, -1 if it is not classified.
    """

    words: tuple[Span, ...]
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    lists: tuple[int, ...]
    asked: tuple[int, ...]
    answers: tuple[int, ...]


class Encoder:
    """A session of the model, with the pieces of the words that it has met."""

    def __init__(self, session: Any, wordpiece: WordPiece) -> None:
        self._session = session
        self._wordpiece = wordpiece
        self._cls, self._sep = wordpiece.id(CLS), wordpiece.id(SEP)
        self._unknown = wordpiece.id(UNKNOWN)
        self._pieces: dict[str, tuple[int, ...]] = {}

    def classify(self, document: Document) -> Iterator[tuple[tuple[Span, ...], Any]]:
        """The words of each sentence that may hold a name, and their log-probabilities.

        Yields the spans of the words with an array of shape (words, labels) in the order of
        `tui.nlp.encoder.labels.LABELS`.
        """
        windows = list(_windows(self._parts(document)))
        results: list[Any] = [None] * len(windows)
        order = sorted(range(len(windows)), key=lambda n: _length(windows[n]))
        for batch in _batches(order, windows):
            for number, rows in zip(batch, self._run([windows[n] for n in batch]), strict=True):
                results[number] = rows
        for window, rows in zip(windows, results, strict=True):
            at = 1
            for part in window:
                answers = np.array(part.answers)
                yield part.words, np.where(answers[:, None] < 0, _NO_NAME, rows[at + answers])
                at += len(part.asked)

    def _parts(self, document: Document) -> Iterator[_Part]:
        lists, text = gazetteer(), document.text
        cut: list[list[Span]] = []
        for start, end in _may_name(text, document.sentences):
            words = [match.span() for match in WORD.finditer(text, start, end)]
            cut += [words[at : at + _MOST_WORDS] for at in range(0, len(words), _MOST_WORDS)]
        for words in cut:
            own = [text[start:end] for start, end in words]
            kinds, bits = shapes(own), list_features(own, lists)
            asked = nameable(own, kinds, bits, lists)
            yield from _cut(words, [self._pieces_of(word) for word in own], kinds, bits, asked)

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        found = self._pieces.get(word)
        if found is None:
            if len(self._pieces) >= _CACHED_WORDS:
                self._pieces.clear()
            found = tuple(self._wordpiece.encode(word)[:_LONGEST]) or (self._unknown,)
            self._pieces[word] = found
        return found

    def _run(self, windows: Sequence[Sequence[_Part]]) -> Any:
        length = max(_length(window) for window in windows) + 2
        most = max(sum(len(part.asked) for part in window) for window in windows) + 1
        size = (len(windows), length)
        ids, kinds, lists = np.zeros(size, "i8"), np.full(size, SIGN, "i8"), np.zeros(size, "i8")
        asked = np.zeros((len(windows), most), "i8")
        for row, window in enumerate(windows):
            end = _length(window) + 1
            ids[row, 0], ids[row, end] = self._cls, self._sep
            ids[row, 1:end] = [piece for part in window for piece in part.pieces]
            kinds[row, 1:end] = [shape for part in window for shape in part.shapes]
            lists[row, 1:end] = [bits for part in window for bits in part.lists]
            at, own = 1, [0]
            for part in window:
                own += [at + place for place in part.asked]
                at += len(part.pieces)
            asked[row, : len(own)] = own
        feed = {"pieces": ids, "shapes": kinds, "lists": lists, "asked": asked}
        logits = self._session.run(["names"], feed)[0].astype("f4")
        logits -= logits.max(-1, keepdims=True)
        return logits - np.log(np.exp(logits).sum(-1, keepdims=True))


def _may_name(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The sentences that may hold a name: those that begin with a small letter, and those with a
    capital other than that of a first word known in small letters."""
    small = {
        word for word in _LETTERS.findall(text) if word.islower()
    } | gazetteer().lower_case_words
    kept: list[Span] = []
    for start, end in sentences:
        words = _LETTERS.findall(text, start, end)
        large = [at for at, word in enumerate(words) if not word.islower()]
        opens = bool(large) and (large != [0] or words[0].lower() not in small)
        if opens or begins_small(words):
            kept.append((start, end))
    return kept


def _cut(
    words: Sequence[Span],
    pieces: Sequence[tuple[int, ...]],
    kinds: Sequence[int],
    bits: Sequence[int],
    may: Sequence[bool],
) -> Iterator[_Part]:
    """A sentence as parts that a window can hold, cut between words."""
    begin = 0
    while begin < len(words):
        end, size = begin, 0
        while end < len(words) and size + len(pieces[end]) <= _LONGEST:
            size += len(pieces[end])
            end += 1
        own = range(begin, end)
        asked: list[int] = []
        answers: list[int] = []
        at = 0
        for word in own:
            answers.append(len(asked) if may[word] else -1)
            stop = at + len(pieces[word])
            if may[word]:
                asked += range(at, stop)
            at = stop
        yield _Part(
            tuple(words[begin:end]),
            tuple(piece for word in own for piece in pieces[word]),
            tuple(kinds[word] for word in own for _ in pieces[word]),
            tuple(bits[word] for word in own for _ in pieces[word]),
            tuple(asked),
            tuple(answers),
        )
        begin = end


def _windows(parts: Iterator[_Part]) -> Iterator[list[_Part]]:
    window: list[_Part] = []
    size = 0
    for part in parts:
        if window and size + len(part.pieces) > _LONGEST:
            yield window
            window, size = [], 0
        window.append(part)
        size += len(part.pieces)
    if window:
        yield window


def _length(window: Sequence[_Part]) -> int:
    return sum(len(part.pieces) for part in window)


def _batches(order: Sequence[int], windows: Sequence[Sequence[_Part]]) -> Iterator[list[int]]:
    for _, group in groupby(order, key=lambda n: _length(windows[n]) // 16):
        batch: list[int] = []
        for number in group:
            if batch and (len(batch) + 1) * (_length(windows[number]) + 2) > _BATCH:
                yield batch
                batch = []
            batch.append(number)
        yield batch
