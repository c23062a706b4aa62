"""Names by the trained encoder that the package ships (see `model/README.md`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import Any

import numpy as np
import tokenizers

from tui.language.english import is_english
from tui.language.gazetteer import gazetteer
from tui.language.labels import KINDS, LABELS, spans, viterbi
from tui.language.nameable import begins_small, nameable
from tui.language.recognition import rules
from tui.language.recognition.agreement import agreed
from tui.language.recognition.candidates import Candidate
from tui.language.recognition.runtime import onnxruntime
from tui.language.recognition.trimming import trimmed
from tui.language.sentences import Span
from tui.language.words import WORD, listed, shapes
from tui.model import EntityKind, Mention

_LONGEST = 126
# So many pieces together keep the processor busy, and what they need in its cache.
_BATCH = 256
_UNKNOWN, _CLS, _SEP, _SIGN = 100, 101, 102, 5
_LETTERS = re.compile(r"[^\W\d_]+")
# Longer sentences are no sentences: markup, tables. The network sees them in parts.
_MOST_WORDS = 400
# Words whose pieces are remembered.
_MOST_KNOWN = 100_000
# The answer for a word not asked of.
_NO_NAME = np.array([0.0] + [-1e9] * (len(LABELS) - 1), "f4")


def _file(name: str) -> bytes:
    return resources.files("tui.language").joinpath("model", name).read_bytes()


@lru_cache(maxsize=1)
def load() -> Encoder:
    """The encoder, loaded once a process.

    Raises:
        OSError: if the package lacks the model.
        RuntimeError: if it cannot be run here.
    """
    return opened(_file("names.onnx"), _file("tokenizer.json"))


def opened(model: bytes, vocabulary: bytes) -> Encoder:
    """An encoder from the contents of its two files. Raises RuntimeError if it cannot be run here."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    tokenizer = tokenizers.Tokenizer.from_buffer(vocabulary)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Encoder(session, tokenizer)


@dataclass(frozen=True, slots=True)
class _Part:
    """Words that the network sees together with others: where they are, and their pieces.

    `asked` are the pieces of the words that may be named; `answers` says for each word which of
    these is its first, or -1.
    """

    words: tuple[Span, ...]
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    lists: tuple[int, ...]
    asked: tuple[int, ...]
    answers: tuple[int, ...]


class Encoder:
    """A session of the model with its tokenizer."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._pieces: dict[str, tuple[int, ...]] = {}

    def recognise(
        self, text: str, sentences: Sequence[Span], headings: frozenset[int]
    ) -> list[Mention]:
        """The names in a text (see `recogniser.Recognise`)."""
        if not is_english(text):
            return rules.recognise(text, sentences, headings)
        found = [c for part, rows in self._read(text, sentences) for c in _named(text, part, rows)]
        return agreed(text, sentences, found)

    def _read(self, text: str, sentences: Sequence[Span]) -> Iterator[tuple[_Part, Any]]:
        """Log-probabilities over LABELS of the words of each part of a text, in order."""
        windows = list(_windows(self._parts(text, sentences)))
        results: list[Any] = [None] * len(windows)
        order = sorted(range(len(windows)), key=lambda n: _length(windows[n]))
        for batch in _batches(order, windows):
            for number, rows in zip(batch, self._run([windows[n] for n in batch]), strict=True):
                results[number] = rows
        for window, rows in zip(windows, results, strict=True):
            at = 1
            for part in window:
                answers = np.array(part.answers)
                yield part, np.where(answers[:, None] < 0, _NO_NAME, rows[at + answers])
                at += len(part.asked)

    def _parts(self, text: str, sentences: Sequence[Span]) -> Iterator[_Part]:
        lists = gazetteer()
        cut: list[list[Span]] = []
        for start, end in _may_name(text, sentences):
            words = [match.span() for match in WORD.finditer(text, start, end)]
            cut += [words[at : at + _MOST_WORDS] for at in range(0, len(words), _MOST_WORDS)]
        strings = [[text[a:b] for a, b in words] for words in cut]
        self._learn(word for own in strings for word in own)
        for words, own in zip(cut, strings, strict=True):
            kinds, bits = shapes(own), listed(own, lists)
            asked = nameable(own, kinds, bits, lists)
            yield from _cut(words, [self._pieces[word] for word in own], kinds, bits, asked)

    def _learn(self, words: Iterable[str]) -> None:
        """Look up the pieces of words not met before."""
        if len(self._pieces) > _MOST_KNOWN:
            self._pieces.clear()
        new = list({word for word in words if word not in self._pieces})
        for word, encoding in zip(
            new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True
        ):
            self._pieces[word] = tuple(encoding.ids[:_LONGEST]) or (_UNKNOWN,)

    def _run(self, windows: Sequence[Sequence[_Part]]) -> Any:
        length = max(_length(window) for window in windows) + 2
        most = max(sum(len(part.asked) for part in window) for window in windows) + 1
        size = (len(windows), length)
        ids, kinds, lists = np.zeros(size, "i8"), np.full(size, _SIGN, "i8"), np.zeros(size, "i8")
        asked = np.zeros((len(windows), most), "i8")
        for row, window in enumerate(windows):
            end = _length(window) + 1
            ids[row, 0], ids[row, end] = _CLS, _SEP
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
    """The sentences that a name can be in: those that begin small, and those with a capital, but
    for a first word that the text or the lists have in small letters."""
    small = {word for word in _LETTERS.findall(text) if word.islower()} | gazetteer().small
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
    """A sentence as parts that the network can hold, cut between words."""
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


def _named(text: str, part: _Part, rows: Any) -> Iterator[Candidate]:
    labels = rows.argmax(-1).tolist()
    if any(
        label and label % 2 == 0 and (not at or labels[at - 1] not in (label, label - 1))
        for at, label in enumerate(labels)
    ):
        labels = viterbi(rows.tolist())
    chances = np.exp(rows)
    by_kind = chances[:, 1::2] + chances[:, 2::2]
    for first, last, kind in spans(labels):
        start, end = part.words[first][0], part.words[last - 1][1]
        weight = dict(zip(KINDS, by_kind[first:last].mean(0).tolist(), strict=True))
        if kind == "MISC":
            yield Candidate(start, end, "MISC", weight)
            continue
        plain: EntityKind = kind  # type: ignore[assignment]
        start, end = trimmed(text, start, end, plain)
        if start < end:
            yield Candidate(start, end, plain, weight)
