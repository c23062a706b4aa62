"""Turns sentences into tensors: pieces, and what is to be predicted for each word."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from tui.nlp.encoder.word_features import SIGN, shapes
from tui.nlp.encoder.wordpiece import CLS, SEP, UNKNOWN, WordPiece
from tui.nlp.syntax.tagset import RELATIONS, TAGS
from tui.training.syntax.syntax_corpora import UNMARKED, Sentence
from tui.training.syntax.syntax_network import EVENT_SETS, LONGEST

IGNORED = -100
# The number of pieces in a batch, padding included.
_BATCH = 1536
_RELATION = {name: number for number, name in enumerate(RELATIONS)}
_TAG = {name: number for number, name in enumerate(TAGS)}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence in pieces, without the special ones; what is not known is IGNORED.

    Attributes:
        pieces, shapes: the ids of the pieces and the shapes of their words.
        firsts: the index of the first piece of each word, counted from 1.
        heads: the heads of the words, counted from 1; 0 is the root.
        relations, tags, events: the labels of the words.
        event_set: the index in EVENT_SETS of the set that has marked the triggers.
    """

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    firsts: tuple[int, ...]
    heads: tuple[int, ...]
    relations: tuple[int, ...]
    tags: tuple[int, ...]
    events: tuple[int, ...]
    event_set: int


class Batch(NamedTuple):
    """Sentences as tensors, padded to multiples of 8; the labels have a column for the root."""

    pieces: Tensor
    shapes: Tensor
    firsts: Tensor
    heads: Tensor
    relations: Tensor
    tags: Tensor
    events: Tensor


def encoded(sentence: Sentence, wordpiece: WordPiece) -> Encoded | None:
    """A sentence in pieces; None if it is too long."""
    pieces: list[int] = []
    kinds: list[int] = []
    firsts: list[int] = []
    unknown = wordpiece.id(UNKNOWN)
    for word, shape in zip(sentence.words, shapes(sentence.words), strict=True):
        own = wordpiece.encode(word) or [unknown]
        firsts.append(len(pieces) + 1)
        pieces += own
        kinds += [shape] * len(own)
    if len(pieces) > LONGEST - 2:
        return None
    blank = (IGNORED,) * len(firsts)
    marked = sentence.corpus in EVENT_SETS
    return Encoded(
        tuple(pieces),
        tuple(kinds),
        tuple(firsts),
        tuple(head + 1 for head in sentence.heads) or blank,
        tuple(_RELATION.get(name) or IGNORED for name in sentence.relations) or blank,
        tuple(_TAG.get(name, IGNORED) for name in sentence.tags) or blank,
        tuple(IGNORED if e == UNMARKED else e for e in sentence.events) or blank,
        EVENT_SETS.index(sentence.corpus) if marked else 0,
    )


def batches(
    sentences: Sequence[Encoded], wordpiece: WordPiece, rng: random.Random
) -> Iterator[Batch]:
    """Batches of sentences of similar length, in random order."""
    keyed = sorted(sentences, key=lambda s: len(s.pieces) // 8 + rng.random())
    groups: list[list[Encoded]] = []
    longest = 0
    for sentence in keyed:
        longest = max(longest, len(sentence.pieces) + 2)
        if not groups or (len(groups[-1]) + 1) * longest > _BATCH:
            groups.append([])
            longest = len(sentence.pieces) + 2
        groups[-1].append(sentence)
    rng.shuffle(groups)
    return (tensors(group, wordpiece) for group in groups)


def tensors(sentences: Sequence[Encoded], wordpiece: WordPiece) -> Batch:
    """A batch of sentences."""
    length = _eights(len(s.pieces) + 2 for s in sentences)
    size = _eights(len(s.firsts) + 1 for s in sentences)
    rows = len(sentences)
    pieces = torch.zeros(rows, length, dtype=torch.long)
    kinds = torch.full((rows, length), SIGN)
    firsts = torch.zeros(rows, size, dtype=torch.long)
    heads, relations, tags = (torch.full((rows, size), IGNORED) for _ in range(3))
    events = torch.full((rows, size, len(EVENT_SETS)), IGNORED)
    for row, sentence in enumerate(sentences):
        end, words = len(sentence.pieces) + 1, len(sentence.firsts) + 1
        pieces[row, 0], pieces[row, end] = wordpiece.id(CLS), wordpiece.id(SEP)
        pieces[row, 1:end] = torch.tensor(sentence.pieces)
        kinds[row, 1:end] = torch.tensor(sentence.shapes)
        firsts[row, 1:words] = torch.tensor(sentence.firsts)
        heads[row, 1:words] = torch.tensor(sentence.heads)
        relations[row, 1:words] = torch.tensor(sentence.relations)
        tags[row, 1:words] = torch.tensor(sentence.tags)
        events[row, 1:words, sentence.event_set] = torch.tensor(sentence.events)
    return Batch(pieces, kinds, firsts, heads, relations, tags, events)


def _eights(lengths: Iterable[int]) -> int:
    return (max(lengths) + 7) // 8 * 8
