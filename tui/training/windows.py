"""Packs consecutive sentences of a document into windows of word pieces."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from torch import Tensor

from tui.nlp.encoder.labels import LABELS
from tui.nlp.encoder.nameable import nameable
from tui.nlp.encoder.word_features import TITLE_LOWER_CASE, list_features, shapes
from tui.nlp.encoder.wordpiece import WordPiece
from tui.nlp.gazetteer import gazetteer
from tui.training.corpora import Sentence
from tui.training.gum import UNKNOWN

LONGEST = 128
# Labels besides LABELS: O or MISC, unlabelled words, and pieces that do not begin a word.
O_OR_MISC = len(LABELS)
UNLABELLED = O_OR_MISC + 1
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence in word pieces.

    Attributes:
        pieces: the ids of the pieces.
        shapes: the shapes of their words.
        lists: the gazetteer's bits of their words, each as a sum.
        labels: the label of each word at its first piece, IGNORED at the others.
        asked: whether each piece is classified.
        taught: the predictions of the teachers, with a row of probabilities over LABELS for each
            word; None without teachers.
    """

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    lists: tuple[int, ...]
    labels: tuple[int, ...]
    asked: tuple[bool, ...]
    taught: Tensor | None = None


def pieces(sentence: Sentence, wordpiece: WordPiece, whole: bool = False) -> Pieces:
    """A sentence as input of the network, without the special tokens at both ends.

    All words are classified if `whole`, else only those that may belong to a name.
    """
    words = list(sentence.words)
    plain = UNLABELLED if not sentence.labelled else O_OR_MISC if not sentence.misc else 0
    gold = [plain] * len(words)
    for start, end, kind in sentence.spans:
        if kind == UNKNOWN:
            gold[start:end] = [O_OR_MISC] * (end - start)
        else:
            begin = LABELS.index(f"B-{kind}")
            gold[start:end] = [begin] + [begin + 1] * (end - start - 1)
    word_shapes, bits = shapes(words), list_features(words, gazetteer())
    may = [True] * len(words) if whole else nameable(words, word_shapes, bits, gazetteer())
    ids, kinds, lists, labels, asked = [], [], [], [], []
    for word, text in enumerate(words):
        for place, piece in enumerate(wordpiece.encode(text)):
            ids.append(piece)
            kinds.append(word_shapes[word])
            lists.append(bits[word])
            labels.append(IGNORED if place else gold[word])
            asked.append(may[word])
    return Pieces(tuple(ids), tuple(kinds), tuple(lists), tuple(labels), tuple(asked))


def recased(sentence: Sentence, how: str) -> Sentence:
    """A copy of a sentence in another case: "title" (as a headline), "upper" or "lower".

    The sentence itself if a word would become longer or shorter.
    """
    change = {
        "title": lambda w: w if w in TITLE_LOWER_CASE else w[:1].upper() + w[1:],
        "upper": str.upper,
        "lower": str.lower,
    }[how]
    words = tuple(change(word) for word in sentence.words)
    # Some letters become several in another case, as "ß" becomes "SS".
    if any(len(a) != len(b) for a, b in zip(words, sentence.words, strict=True)):
        return sentence
    return replace(sentence, words=words)


def windows(
    sentences: Sequence[tuple[str, Pieces]], rng: random.Random | None
) -> Iterator[list[Pieces]]:
    """Runs of consecutive sentences of a document that fit into a window.

    With `rng`, the maximum length of each window is random. A sentence without a document is a
    window by itself.

    Args:
        sentences: pairs of the name of a document, "" for none, and a sentence.
        rng: the source of random maximum lengths, None for the longest windows.
    """
    for document, group in groupby(sentences, key=lambda pair: pair[0]):
        window: list[Pieces] = []
        size = 0
        most = _most(rng, document)
        for _, sentence in group:
            length = min(len(sentence.pieces), LONGEST - 2)
            if window and size + length > most:
                yield window
                window, size, most = [], 0, _most(rng, document)
            window.append(sentence)
            size += length
        if window:
            yield window


def _most(rng: random.Random | None, document: str) -> int:
    if not document:
        return 1
    return LONGEST - 2 if rng is None else rng.choice((1, 48, LONGEST - 2))
